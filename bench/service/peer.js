// The peer: an authenticated list of 20 songs on fastify and better-sqlite3. peer.js DATABASE PORT
//
// Each request looks its session up by the SHA-256 of the cookie's token, and reads one page by keyset, as
// ours does: the work is the same, only the program around it differs.
import { createHash } from "node:crypto";
import Database from "better-sqlite3";
import Fastify from "fastify";

const [file, port] = process.argv.slice(2);
const database = new Database(file);
database.pragma("journal_mode = WAL");
const session = database.prepare(
  "SELECT account_id FROM sessions WHERE token_hash = ? AND expires_at > ?");
const page = database.prepare(
  "SELECT id, state, title, genre, bpm, musical_key, metre, duration_ms, pinned, created_at, seq" +
  " FROM songs WHERE account_id = ? AND seq < ? ORDER BY seq DESC LIMIT 21");

const cookie = (header, name) => {
  for (const pair of (header ?? "").split(";")) {
    const equals = pair.indexOf("=");
    if (equals > 0 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
  }
  return "";
};

const song = {
  type: "object",
  properties: {
    id: { type: "string" }, state: { type: "string" }, title: { type: "string" }, genre: { type: "string" },
    bpm: { type: "number" }, key: { type: "string" }, time_signature: { type: "string" },
    duration_ms: { type: "integer" }, pinned: { type: "boolean" }, created_at: { type: "string" },
  },
};
const answer = {
  type: "object",
  properties: { songs: { type: "array", items: song }, next_cursor: { type: "string", nullable: true } },
};

const server = Fastify({ logger: false });
server.get("/api/v1/songs", { schema: { response: { 200: answer } } }, (request, reply) => {
  const token = cookie(request.headers.cookie, "session_token");
  const found = session.get(createHash("sha256").update(token).digest(), Date.now());
  if (!found) return reply.code(401).send({ error: "Please sign in." });
  const before = Number(request.query.cursor ?? Number.MAX_SAFE_INTEGER);
  const rows = page.all(found.account_id, before);
  reply.header("cache-control", "no-store");
  return {
    songs: rows.slice(0, 20).map((row) => ({
      id: row.id, state: row.state, title: row.title, genre: row.genre, bpm: row.bpm, key: row.musical_key,
      time_signature: row.metre, duration_ms: row.duration_ms, pinned: row.pinned === 1,
      created_at: new Date(row.created_at).toISOString(),
    })),
    next_cursor: rows.length > 20 ? String(rows[19].seq) : null,
  };
});
await server.listen({ host: "127.0.0.1", port: Number(port) });
console.log("ready");
