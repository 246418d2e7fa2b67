-- Songs, their words, their renditions, and objects that wait to be removed.

-- What the library keeps of an account: a short number for the search index, bytes of kept audio (the sum of
-- audio_bytes below, changed with it), and how often songs were made again today.
CREATE TABLE library_accounts (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id TEXT NOT NULL UNIQUE REFERENCES accounts (id),
    stored_bytes INTEGER NOT NULL DEFAULT 0,
    remake_day INTEGER NOT NULL DEFAULT 0,
    remakes INTEGER NOT NULL DEFAULT 0
) STRICT;

-- No ON DELETE CASCADE: songs go through the library, which queues their objects for removal.
CREATE TABLE songs (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    state TEXT NOT NULL CHECK (state IN ('queued', 'making', 'ready', 'failed', 'cancelled', 'archived')),
    title TEXT NOT NULL,
    title_key TEXT NOT NULL, -- folded and cut, to sort by
    genre TEXT NOT NULL,
    bpm REAL NOT NULL,
    musical_key TEXT NOT NULL,
    metre TEXT NOT NULL,
    duration_ms INTEGER NOT NULL,
    pinned INTEGER NOT NULL DEFAULT 0,
    held INTEGER NOT NULL DEFAULT 0,
    generation_id TEXT NOT NULL UNIQUE,
    seed TEXT NOT NULL,
    engine TEXT NOT NULL,
    engine_version TEXT NOT NULL,
    sounds_hash TEXT NOT NULL DEFAULT '',
    samples_sha256 TEXT NOT NULL DEFAULT '',
    objects TEXT NOT NULL DEFAULT '', -- folder of what was made
    making_objects TEXT NOT NULL DEFAULT '', -- folder of what is being made
    audio_bytes INTEGER NOT NULL DEFAULT 0, -- 0: the audio is not there
    audio_sha256 TEXT NOT NULL DEFAULT '',
    audio_made_at INTEGER,
    remake_exact INTEGER,
    parent_id TEXT NOT NULL DEFAULT '',
    error_user TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    prompt TEXT NOT NULL,
    lyrics TEXT NOT NULL,
    request TEXT NOT NULL,
    record TEXT NOT NULL DEFAULT '' -- empty until made
) STRICT;
-- Each order of a list with the filters beside it, so that a walk looks at no row it does not show.
CREATE INDEX songs_by_creation ON songs (account_id, seq, state, genre, pinned);
CREATE INDEX songs_by_title ON songs (account_id, title_key, seq, state, genre, pinned);
CREATE INDEX songs_by_duration ON songs (account_id, duration_ms, seq, state, genre, pinned);
CREATE INDEX songs_by_state ON songs (account_id, state, seq, genre, pinned);
CREATE INDEX songs_by_genre ON songs (account_id, genre, seq, state, pinned);
CREATE INDEX songs_pinned ON songs (account_id, seq, state, genre) WHERE pinned = 1;
CREATE INDEX songs_by_making ON songs (account_id, audio_made_at, seq) WHERE audio_made_at IS NOT NULL;
CREATE INDEX songs_by_parent ON songs (parent_id) WHERE parent_id <> '';

-- Words begin with the account's number, so a word's list of songs holds one account's only. rowid is seq.
CREATE VIRTUAL TABLE song_words USING fts5 (
    words,
    tokenize = "ascii tokenchars '#/:.+&-=^'",
    detail = none,
    columnsize = 0
);

CREATE TABLE renditions (
    id TEXT PRIMARY KEY NOT NULL,
    song_id TEXT NOT NULL REFERENCES songs (id),
    what TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'making', 'ready', 'failed')),
    objects TEXT NOT NULL,
    bytes INTEGER NOT NULL DEFAULT 0,
    contents TEXT NOT NULL DEFAULT '',
    error_user TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    made_at INTEGER,
    last_used_at INTEGER NOT NULL,
    UNIQUE (song_id, what)
) STRICT;
CREATE INDEX renditions_by_use ON renditions (last_used_at) WHERE state = 'ready';

-- Objects whose rows are gone. A key that ends with '/' is a folder.
CREATE TABLE object_deletions (
    key TEXT PRIMARY KEY NOT NULL,
    due_at INTEGER NOT NULL
) STRICT;
CREATE INDEX object_deletions_due ON object_deletions (due_at);
