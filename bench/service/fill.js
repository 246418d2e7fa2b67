// Fills the peer's database: one account with a session and a thousand songs, another with ten thousand. The tables
// and indexes that a list reads are ours. fill.js DATABASE TOKEN
import { createHash } from "node:crypto";
import Database from "better-sqlite3";

const [file, token] = process.argv.slice(2);
const database = new Database(file);
database.pragma("journal_mode = WAL");
database.exec(`
  CREATE TABLE accounts (
    id TEXT PRIMARY KEY NOT NULL, email TEXT NOT NULL UNIQUE, display_name TEXT NOT NULL, role TEXT NOT NULL,
    state TEXT NOT NULL, plan TEXT NOT NULL, songs INTEGER NOT NULL DEFAULT 0) STRICT;
  CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY NOT NULL, account_id TEXT NOT NULL REFERENCES accounts (id),
    last_active_at INTEGER NOT NULL, ends_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE songs (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, account_id TEXT NOT NULL REFERENCES accounts (id),
    state TEXT NOT NULL, title TEXT NOT NULL, genre TEXT NOT NULL, bpm REAL NOT NULL, musical_key TEXT NOT NULL,
    metre TEXT NOT NULL, duration_ms INTEGER NOT NULL, pinned INTEGER NOT NULL, held INTEGER NOT NULL,
    audio_bytes INTEGER NOT NULL, parent_id TEXT NOT NULL, error_user TEXT NOT NULL, created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL, prompt TEXT NOT NULL) STRICT;
  CREATE INDEX songs_by_creation ON songs (account_id, seq);
  INSERT INTO accounts VALUES ('bench-owner', 'someone@example.com', 'Someone', 'administrator', 'active', 'studio', 1000);
  INSERT INTO accounts VALUES ('bench-other', 'other@example.com', 'Other', 'user', 'active', 'free', 10000);`);
const hash = createHash("sha256").update(token).digest("hex");
database.prepare("INSERT INTO sessions VALUES (?, 'bench-owner', ?, ?)").run(hash, Date.now(), Date.now() + 86400000);
const insert = database.prepare(
  "INSERT INTO songs (id, account_id, state, title, genre, bpm, musical_key, metre, duration_ms, pinned, held," +
  " audio_bytes, parent_id, error_user, created_at, updated_at, prompt) VALUES (?, ?, 'archived', ?, 'lo-fi', 92," +
  " 'D minor', '4/4', 180000, 0, 0, 0, '', '', ?, ?, 'rain')");
database.transaction(() => {
  for (let i = 0; i < 11000; ++i) {
    const made = Date.now() - i * 1000;
    insert.run(`bench-${i}`, i % 11 === 0 ? "bench-owner" : "bench-other", `Rain on the window number ${i}`, made, made);
  }
})();
