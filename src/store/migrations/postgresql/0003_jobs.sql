-- The queue, the events that browsers follow, and the answers kept by Idempotency-Key.

-- A lane is an account, or for the service's own work a kind of job. Its row counts the lane's running jobs
-- (triggers below keep it true) and is what a claim locks to hold the account's cap.
CREATE TABLE job_lanes (
    lane       TEXT PRIMARY KEY,
    account_id TEXT REFERENCES accounts(id) ON DELETE CASCADE,
    running    BIGINT NOT NULL CHECK (running >= 0)
);
CREATE INDEX job_lanes_by_running ON job_lanes (running, lane);
CREATE INDEX job_lanes_of_account ON job_lanes (account_id);

CREATE TABLE jobs (
    id             TEXT PRIMARY KEY,
    kind           TEXT NOT NULL,
    unique_key     TEXT,
    account_id     TEXT REFERENCES accounts(id) ON DELETE CASCADE,
    lane           TEXT NOT NULL,
    subject        TEXT,
    parallel       BIGINT NOT NULL CHECK (parallel >= 1),
    engine         TEXT,
    engine_version TEXT,
    payload        TEXT NOT NULL,
    state          TEXT NOT NULL
                   CHECK (state IN ('queued', 'running', 'done', 'failed', 'dead', 'cancelled')),
    priority       BIGINT NOT NULL,
    -- Smaller goes first: when it could first run, less a minute a step of priority. So waiting and
    -- priority are compared without ever being computed again.
    rank_at        BIGINT NOT NULL,
    attempts       BIGINT NOT NULL DEFAULT 0,
    max_attempts   BIGINT NOT NULL,
    run_after_at   BIGINT NOT NULL,
    lease_token    TEXT,
    lease_until_at BIGINT,
    worker         TEXT,
    cancel_asked   BIGINT NOT NULL DEFAULT 0,
    stage          TEXT NOT NULL DEFAULT '',
    progress       DOUBLE PRECISION NOT NULL DEFAULT 0,
    error_user     TEXT NOT NULL DEFAULT '',
    error_log      TEXT NOT NULL DEFAULT '',
    replayed_by    TEXT,
    created_at     BIGINT NOT NULL,
    started_at     BIGINT,
    ended_at       BIGINT,
    CHECK ((state = 'running') = (lease_token IS NOT NULL))
);
CREATE UNIQUE INDEX jobs_active_key ON jobs (unique_key)
    WHERE unique_key IS NOT NULL AND state IN ('queued', 'running');
CREATE INDEX jobs_queued ON jobs (rank_at, id) WHERE state = 'queued';
CREATE INDEX jobs_queued_in_lane ON jobs (lane, rank_at, id) WHERE state = 'queued';
CREATE INDEX jobs_leased ON jobs (lease_until_at) WHERE state = 'running';
CREATE INDEX jobs_of_subject ON jobs (account_id, subject, created_at);
CREATE INDEX jobs_newest ON jobs (created_at, id);
CREATE INDEX jobs_by_state ON jobs (state, created_at, id);
CREATE INDEX jobs_ended ON jobs (ended_at) WHERE ended_at IS NOT NULL;

CREATE FUNCTION count_running_jobs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO job_lanes (lane, account_id, running) VALUES (NEW.lane, NEW.account_id, 0)
            ON CONFLICT DO NOTHING;
        IF NEW.state = 'running' THEN
            UPDATE job_lanes SET running = running + 1 WHERE lane = NEW.lane;
        END IF;
    ELSIF TG_OP = 'UPDATE' THEN
        IF OLD.state <> 'running' AND NEW.state = 'running' THEN
            UPDATE job_lanes SET running = running + 1 WHERE lane = NEW.lane;
        ELSIF OLD.state = 'running' AND NEW.state <> 'running' THEN
            UPDATE job_lanes SET running = running - 1 WHERE lane = NEW.lane;
        END IF;
    ELSIF OLD.state = 'running' THEN
        UPDATE job_lanes SET running = running - 1 WHERE lane = OLD.lane;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER jobs_keep_lanes AFTER INSERT OR UPDATE OF state OR DELETE ON jobs
    FOR EACH ROW EXECUTE FUNCTION count_running_jobs();

-- transaction_id orders events: numbers of seq become visible out of order, but once every transaction below
-- an id has ended, no event can appear below it.
CREATE TABLE events (
    seq            BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    transaction_id BIGINT NOT NULL DEFAULT (pg_current_xact_id()::text::bigint),
    account_id     TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    kind           TEXT NOT NULL,
    body           TEXT NOT NULL,
    at             BIGINT NOT NULL
);
CREATE INDEX events_in_order ON events (transaction_id, seq);
CREATE INDEX events_of_account ON events (account_id, transaction_id, seq);
CREATE INDEX events_by_age ON events (at);

-- status is NULL until the order that took the key has its answer, within one transaction.
CREATE TABLE idempotency (
    account_id TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    key        TEXT NOT NULL,
    body_hash  TEXT NOT NULL,
    status     BIGINT,
    answer     TEXT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, key)
);
CREATE INDEX idempotency_by_age ON idempotency (created_at);
