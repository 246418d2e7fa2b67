#!/usr/bin/python3
"""Makes of an account's one song many, straight in the embedded database: many_songs.py DATABASE SONG COUNT."""

import sqlite3
import sys

path, song, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
database = sqlite3.connect(path, timeout=30)
columns = [row[1] for row in database.execute("PRAGMA table_info(songs)") if row[1] != "seq"]
of_its_own = {
    "id": "printf('%s-%05d', id, n)", "generation_id": "printf('%016x', 4096 + n)", "state": "'archived'",
    "title": "printf('Song %05d', n)", "title_key": "printf('song %05d', n)",
    "created_at": "created_at - 60000 * (? - n)",
}
values = ", ".join(of_its_own.get(column, column) for column in columns)
with database:
    database.execute(
        f"WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < ?) "
        f"INSERT INTO songs ({', '.join(columns)}) SELECT {values} FROM songs, counted WHERE songs.id = ?",
        (count, *([count] if "created_at" in columns else []), song))
print(database.execute("SELECT COUNT(*) FROM songs").fetchone()[0])
