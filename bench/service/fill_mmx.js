// Gives the only account of our database a thousand songs, and another account ten thousand. fill_mmx.js DATABASE
import Database from "better-sqlite3";

const database = new Database(process.argv[2]);
const owner = database.prepare("SELECT id FROM accounts").get().id;
const columns = database.prepare("SELECT name, type, dflt_value, \"notnull\" FROM pragma_table_info('accounts')").all();
const names = columns.map((column) => column.name);
// The other account is a copy of the first under another id and address.
database.prepare(
  `INSERT INTO accounts (${names.join(", ")}) SELECT ${names
    .map((name) => (name === "id" ? "'bench-other'" : name === "email" ? "'other@example.com'" : name)).join(", ")}` +
  " FROM accounts WHERE id = ?").run(owner);
const counted = database.prepare("INSERT OR IGNORE INTO library_accounts (account_id) VALUES (?)");
for (const account of [owner, "bench-other"]) counted.run(account);
const insert = database.prepare(
  "INSERT INTO songs (id, account_id, state, title, title_key, genre, bpm, musical_key, metre, duration_ms, generation_id," +
  " seed, engine, engine_version, created_at, updated_at, prompt, lyrics, request)" +
  " VALUES (?, ?, 'archived', ?, ?, 'lo-fi', 92, 'D minor', '4/4', 180000, ?, '7', 'embedded', '1', ?, ?, 'rain', '', '{}')");
database.transaction(() => {
  for (let i = 0; i < 11000; ++i) {
    const title = `Rain on the window number ${i}`, made = Date.now() - i * 1000;
    insert.run(`bench-${i}`, i % 11 === 0 ? owner : "bench-other", title, title.toLowerCase(), `bench-generation-${i}`, made, made);
  }
})();
