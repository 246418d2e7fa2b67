-- Credits and counts. The ledger only appends; everything else here can be checked against it.

CREATE TABLE ledger (
    seq            INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id     TEXT NOT NULL REFERENCES accounts(id),
    kind           TEXT NOT NULL CHECK (kind IN ('grant', 'reserve', 'commit', 'refund')),
    amount         INTEGER NOT NULL,
    reservation_id TEXT,
    subject        TEXT,
    reason         TEXT NOT NULL DEFAULT '',
    actor_id       TEXT,
    at             INTEGER NOT NULL
) STRICT;
CREATE INDEX ledger_of_account ON ledger (account_id, seq);
-- A reservation is made once and ends once, whatever the program believes.
CREATE UNIQUE INDEX ledger_reserves_once ON ledger (reservation_id) WHERE kind = 'reserve';
CREATE UNIQUE INDEX ledger_ends_once ON ledger (reservation_id) WHERE kind IN ('commit', 'refund');

CREATE TABLE balances (
    account_id TEXT PRIMARY KEY REFERENCES accounts(id) ON DELETE CASCADE,
    balance    INTEGER NOT NULL CHECK (balance >= 0),
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE reservations (
    id         TEXT PRIMARY KEY,
    subject    TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    cost       INTEGER NOT NULL CHECK (cost >= 0),
    day        TEXT NOT NULL,
    month      TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('open', 'committed', 'refunded')),
    created_at INTEGER NOT NULL,
    ended_at   INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX reservation_in_force ON reservations (subject) WHERE state IN ('open', 'committed');
CREATE INDEX reservations_of_account ON reservations (account_id);

-- period: '2031-05-04' or '2031-05', UTC.
CREATE TABLE usage (
    account_id TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    period     TEXT NOT NULL,
    used       INTEGER NOT NULL CHECK (used >= 0),
    PRIMARY KEY (account_id, period)
) STRICT, WITHOUT ROWID;

CREATE TABLE monthly_grants (
    account_id TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    period     TEXT NOT NULL,
    amount     INTEGER NOT NULL,
    PRIMARY KEY (account_id, period)
) STRICT, WITHOUT ROWID;

-- An account is here only while its rows are being erased, within one transaction.
CREATE TABLE billing_erasures (account_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TRIGGER ledger_is_never_changed BEFORE UPDATE ON ledger
BEGIN
    SELECT RAISE(ABORT, 'the ledger only appends');
END;
CREATE TRIGGER ledger_is_never_shortened BEFORE DELETE ON ledger
WHEN NOT EXISTS (SELECT 1 FROM billing_erasures WHERE account_id = OLD.account_id)
BEGIN
    SELECT RAISE(ABORT, 'the ledger only appends');
END;
