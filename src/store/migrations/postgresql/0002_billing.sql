-- Credits and counts. The ledger only appends; everything else here can be checked against it.

CREATE TABLE ledger (
    seq            BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id     TEXT NOT NULL REFERENCES accounts(id),
    kind           TEXT NOT NULL CHECK (kind IN ('grant', 'reserve', 'commit', 'refund')),
    amount         BIGINT NOT NULL,
    reservation_id TEXT,
    subject        TEXT,
    reason         TEXT NOT NULL DEFAULT '',
    actor_id       TEXT,
    at             BIGINT NOT NULL
);
CREATE INDEX ledger_of_account ON ledger (account_id, seq);
-- A reservation is made once and ends once, whatever the program believes.
CREATE UNIQUE INDEX ledger_reserves_once ON ledger (reservation_id) WHERE kind = 'reserve';
CREATE UNIQUE INDEX ledger_ends_once ON ledger (reservation_id) WHERE kind IN ('commit', 'refund');

CREATE TABLE balances (
    account_id TEXT PRIMARY KEY REFERENCES accounts(id) ON DELETE CASCADE,
    balance    BIGINT NOT NULL CHECK (balance >= 0),
    updated_at BIGINT NOT NULL
);

CREATE TABLE reservations (
    id         TEXT PRIMARY KEY,
    subject    TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    cost       BIGINT NOT NULL CHECK (cost >= 0),
    day        TEXT NOT NULL,
    month      TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('open', 'committed', 'refunded')),
    created_at BIGINT NOT NULL,
    ended_at   BIGINT
);
CREATE UNIQUE INDEX reservation_in_force ON reservations (subject) WHERE state IN ('open', 'committed');
CREATE INDEX reservations_of_account ON reservations (account_id);

-- period: '2031-05-04' or '2031-05', UTC.
CREATE TABLE usage (
    account_id TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    period     TEXT NOT NULL,
    used       BIGINT NOT NULL CHECK (used >= 0),
    PRIMARY KEY (account_id, period)
);

CREATE TABLE monthly_grants (
    account_id TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    period     TEXT NOT NULL,
    amount     BIGINT NOT NULL,
    PRIMARY KEY (account_id, period)
);

-- An account is here only while its rows are being erased, within one transaction.
CREATE TABLE billing_erasures (account_id TEXT PRIMARY KEY);

CREATE FUNCTION refuse_to_change_ledger() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF EXISTS (SELECT 1 FROM billing_erasures WHERE account_id = OLD.account_id) THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'the ledger only appends';
END
$$;
CREATE TRIGGER ledger_only_appends BEFORE UPDATE OR DELETE ON ledger
    FOR EACH ROW EXECUTE FUNCTION refuse_to_change_ledger();
CREATE TRIGGER ledger_is_never_emptied BEFORE TRUNCATE ON ledger
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_ledger();
