// Fills the peer's database: one session, and a thousand songs of its account among ten thousand others.
// fill.js DATABASE TOKEN
import { createHash } from "node:crypto";
import Database from "better-sqlite3";

const [file, token] = process.argv.slice(2);
const database = new Database(file);
database.pragma("journal_mode = WAL");
database.exec(`
  CREATE TABLE sessions (token_hash BLOB PRIMARY KEY, account_id TEXT NOT NULL, expires_at INTEGER NOT NULL) STRICT;
  CREATE TABLE songs (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, account_id TEXT NOT NULL, state TEXT NOT NULL,
    title TEXT NOT NULL, genre TEXT NOT NULL, bpm REAL NOT NULL, musical_key TEXT NOT NULL, metre TEXT NOT NULL,
    duration_ms INTEGER NOT NULL, pinned INTEGER NOT NULL, created_at INTEGER NOT NULL) STRICT;
  CREATE INDEX songs_by_creation ON songs (account_id, seq);`);
const hash = createHash("sha256").update(token).digest();
database.prepare("INSERT INTO sessions VALUES (?, 'account-0', ?)").run(hash, Date.now() + 86400000);
const insert = database.prepare(
  "INSERT INTO songs (id, account_id, state, title, genre, bpm, musical_key, metre, duration_ms, pinned, created_at)" +
  " VALUES (?, ?, 'ready', ?, 'lo-fi', 92, 'D minor', '4/4', 180000, 0, ?)");
database.transaction(() => {
  for (let i = 0; i < 11000; ++i)
    insert.run(`song-${i}`, `account-${i % 11}`, `Rain on the window number ${i}`, Date.now() - i * 1000);
})();
