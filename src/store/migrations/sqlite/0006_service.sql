-- What the service itself remembers: settings, its processes, rate limits, the audit.

CREATE TABLE settings (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;

-- Processes of the service. objects_place is a fingerprint of where a process keeps its objects.
CREATE TABLE nodes (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('server', 'worker')),
    started_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    engine_versions TEXT NOT NULL,
    objects_place TEXT NOT NULL
) STRICT;
CREATE INDEX nodes_by_seen ON nodes (seen_at);

-- key_hash is a keyed hash: addresses are never stored.
CREATE TABLE rate_buckets (
    key_hash TEXT PRIMARY KEY,
    count INTEGER NOT NULL,
    window_ends_at INTEGER NOT NULL
) STRICT;
CREATE INDEX rate_buckets_by_end ON rate_buckets (window_ends_at);

-- Who did what to what. Only ever appended to; no address of mail or network.
CREATE TABLE audit (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    actor_id TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    details TEXT NOT NULL
) STRICT;
CREATE INDEX audit_by_actor ON audit (actor_id, seq);
CREATE INDEX audit_by_subject ON audit (subject, seq);
