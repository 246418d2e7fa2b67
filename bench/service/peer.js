// The peer: an authenticated list of 20 songs on fastify and better-sqlite3. peer.js DATABASE PORT
//
// Each request looks its session up by the SHA-256 of the cookie's token, with the account it belongs to, and reads one
// page by keyset and the account's count of songs. The answer has the fields of ours, written by fastify's own compiled
// serialiser: the work is the same, only the program around it differs. It keeps no access log and sends no security
// headers, which ours does.
import { createHash } from "node:crypto";
import Database from "better-sqlite3";
import Fastify from "fastify";

const [file, port] = process.argv.slice(2);
const database = new Database(file);
database.pragma("journal_mode = WAL");
const session = database.prepare(
  "SELECT a.id, a.role, a.plan, a.songs FROM sessions s JOIN accounts a ON a.id = s.account_id WHERE s.token_hash = ?" +
  " AND a.state = 'active' AND s.ends_at > ? AND s.last_active_at > ?");
const page = database.prepare(
  "SELECT seq, id, state, title, prompt, genre, bpm, musical_key, metre, duration_ms, audio_bytes, pinned, held," +
  " error_user, parent_id, created_at, updated_at" +
  " FROM songs WHERE account_id = ? AND seq < ? ORDER BY seq DESC LIMIT 21");

const cookie = (header, name) => {
  for (const pair of (header ?? "").split(";")) {
    const equals = pair.indexOf("=");
    if (equals > 0 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
  }
  return "";
};

const text = { type: "string" }, flag = { type: "boolean" }, maybe = { type: "string", nullable: true };
const song = {
  type: "object",
  properties: {
    id: text, state: text, title: text, prompt: text, genre: maybe, bpm: { type: "number" }, key: maybe,
    time_signature: maybe, duration_seconds: { type: "number" }, has_audio: flag, pinned: flag, held: flag, error: maybe,
    variation_of: maybe, created_at: text, updated_at: text,
  },
};
const answer = {
  type: "object",
  properties: {
    songs: { type: "array", items: song }, next_cursor: maybe, total: { type: "integer" }, total_is_exact: flag,
  },
};

const server = Fastify({ logger: false });
server.get("/api/v1/songs", { schema: { response: { 200: answer } } }, (request, reply) => {
  const token = cookie(request.headers.cookie, "session_token");
  const now = Date.now();
  const found = session.get(createHash("sha256").update(token).digest("hex"), now, now - 86400000);
  if (!found) return reply.code(401).send({ error: "Please sign in." });
  const before = Number(request.query.cursor ?? Number.MAX_SAFE_INTEGER);
  const rows = page.all(found.id, before);
  reply.header("cache-control", "no-store");
  return {
    songs: rows.slice(0, 20).map((row) => ({
      id: row.id, state: row.state, title: row.title, prompt: row.prompt, genre: row.genre || null, bpm: row.bpm,
      key: row.musical_key || null, time_signature: row.metre || null, duration_seconds: row.duration_ms / 1000,
      has_audio: row.audio_bytes > 0, pinned: row.pinned === 1, held: row.held === 1, error: row.error_user || null,
      variation_of: row.parent_id || null, created_at: new Date(row.created_at).toISOString(),
      updated_at: new Date(row.updated_at).toISOString(),
    })),
    next_cursor: rows.length > 20 ? String(rows[19].seq) : null, total: found.songs, total_is_exact: true,
  };
});
await server.listen({ host: "127.0.0.1", port: Number(port) });
console.log("ready");
