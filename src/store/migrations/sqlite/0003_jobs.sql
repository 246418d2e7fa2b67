-- The queue, the events that browsers follow, and the answers kept by Idempotency-Key.

-- A lane is an account, or for the service's own work a kind of job. Its row counts the lane's running jobs
-- (triggers below keep it true) and is what a claim locks to hold the account's cap.
CREATE TABLE job_lanes (
    lane       TEXT PRIMARY KEY,
    account_id TEXT REFERENCES accounts(id) ON DELETE CASCADE,
    running    INTEGER NOT NULL CHECK (running >= 0)
) STRICT, WITHOUT ROWID;
CREATE INDEX job_lanes_by_running ON job_lanes (running, lane);
CREATE INDEX job_lanes_of_account ON job_lanes (account_id);

CREATE TABLE jobs (
    id             TEXT PRIMARY KEY,
    kind           TEXT NOT NULL,
    unique_key     TEXT,
    account_id     TEXT REFERENCES accounts(id) ON DELETE CASCADE,
    lane           TEXT NOT NULL,
    subject        TEXT,
    parallel       INTEGER NOT NULL CHECK (parallel >= 1),
    engine         TEXT,
    engine_version TEXT,
    payload        TEXT NOT NULL,
    state          TEXT NOT NULL
                   CHECK (state IN ('queued', 'running', 'done', 'failed', 'dead', 'cancelled')),
    priority       INTEGER NOT NULL,
    -- Smaller goes first: when it could first run, less a minute a step of priority. So waiting and
    -- priority are compared without ever being computed again.
    rank_at        INTEGER NOT NULL,
    attempts       INTEGER NOT NULL DEFAULT 0,
    max_attempts   INTEGER NOT NULL,
    run_after_at   INTEGER NOT NULL,
    lease_token    TEXT,
    lease_until_at INTEGER,
    worker         TEXT,
    cancel_asked   INTEGER NOT NULL DEFAULT 0,
    stage          TEXT NOT NULL DEFAULT '',
    progress       REAL NOT NULL DEFAULT 0,
    error_user     TEXT NOT NULL DEFAULT '',
    error_log      TEXT NOT NULL DEFAULT '',
    replayed_by    TEXT,
    created_at     INTEGER NOT NULL,
    started_at     INTEGER,
    ended_at       INTEGER,
    CHECK ((state = 'running') = (lease_token IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX jobs_active_key ON jobs (unique_key)
    WHERE unique_key IS NOT NULL AND state IN ('queued', 'running');
CREATE INDEX jobs_queued ON jobs (rank_at, id) WHERE state = 'queued';
CREATE INDEX jobs_queued_in_lane ON jobs (lane, rank_at, id) WHERE state = 'queued';
CREATE INDEX jobs_leased ON jobs (lease_until_at) WHERE state = 'running';
CREATE INDEX jobs_of_subject ON jobs (account_id, subject, created_at);
CREATE INDEX jobs_newest ON jobs (created_at, id);
CREATE INDEX jobs_by_state ON jobs (state, created_at, id);
CREATE INDEX jobs_ended ON jobs (ended_at) WHERE ended_at IS NOT NULL;

CREATE TRIGGER jobs_open_lane AFTER INSERT ON jobs
BEGIN
    INSERT INTO job_lanes (lane, account_id, running) VALUES (NEW.lane, NEW.account_id, 0)
        ON CONFLICT DO NOTHING;
    UPDATE job_lanes SET running = running + 1 WHERE lane = NEW.lane AND NEW.state = 'running';
END;
CREATE TRIGGER jobs_enter_lane AFTER UPDATE OF state ON jobs
WHEN OLD.state <> 'running' AND NEW.state = 'running'
BEGIN
    UPDATE job_lanes SET running = running + 1 WHERE lane = NEW.lane;
END;
CREATE TRIGGER jobs_leave_lane AFTER UPDATE OF state ON jobs
WHEN OLD.state = 'running' AND NEW.state <> 'running'
BEGIN
    UPDATE job_lanes SET running = running - 1 WHERE lane = NEW.lane;
END;
CREATE TRIGGER jobs_vanish_from_lane AFTER DELETE ON jobs
WHEN OLD.state = 'running'
BEGIN
    UPDATE job_lanes SET running = running - 1 WHERE lane = OLD.lane;
END;

-- transaction_id is PostgreSQL's concern: here one transaction writes at a time, so seq alone orders events.
CREATE TABLE events (
    seq            INTEGER PRIMARY KEY AUTOINCREMENT,
    transaction_id INTEGER NOT NULL DEFAULT 0,
    account_id     TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    kind           TEXT NOT NULL,
    body           TEXT NOT NULL,
    at             INTEGER NOT NULL
) STRICT;
CREATE INDEX events_in_order ON events (transaction_id, seq);
CREATE INDEX events_of_account ON events (account_id, transaction_id, seq);
CREATE INDEX events_by_age ON events (at);

-- status is NULL until the order that took the key has its answer, within one transaction.
CREATE TABLE idempotency (
    account_id TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    key        TEXT NOT NULL,
    body_hash  TEXT NOT NULL,
    status     INTEGER,
    answer     TEXT,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (account_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_by_age ON idempotency (created_at);
