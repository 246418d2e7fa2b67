-- Accounts, their sessions, and the links and counters that guard them. Tokens are stored as SHA-256 only.

CREATE TABLE accounts (
    id TEXT PRIMARY KEY NOT NULL,
    email TEXT NOT NULL UNIQUE,
    display_name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    role TEXT NOT NULL DEFAULT 'user' CHECK (role IN ('user', 'reviewer', 'administrator')),
    state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'suspended')),
    plan TEXT NOT NULL,
    terms_version TEXT NOT NULL,
    age_confirmed_at BIGINT,
    created_at BIGINT NOT NULL
);
CREATE INDEX accounts_newest ON accounts (created_at, id);
CREATE INDEX accounts_staff ON accounts (role) WHERE role <> 'user';

-- Somebody asked for an account; it comes to be when the link in the mail is used. One address may have
-- several, each with a link of its own, and none knows of the others.
CREATE TABLE pending_registrations (
    token_hash TEXT PRIMARY KEY NOT NULL,
    email TEXT NOT NULL,
    display_name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    terms_version TEXT NOT NULL,
    age_confirmed_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX pending_registrations_by_email ON pending_registrations (email);
CREATE INDEX pending_registrations_by_end ON pending_registrations (expires_at);

-- No network address; "agent" is as coarse as "Firefox on Linux".
CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY NOT NULL,
    id TEXT NOT NULL UNIQUE,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    agent TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_active_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_account ON sessions (account_id);
CREATE INDEX sessions_by_end ON sessions (ends_at);

-- Links sent by mail to those who have an account. Rows without one were made for strangers, so that the time
-- an answer takes does not tell them from users; their tokens nobody has.
CREATE TABLE account_tokens (
    token_hash TEXT PRIMARY KEY NOT NULL,
    account_id TEXT REFERENCES accounts (id) ON DELETE CASCADE,
    purpose TEXT NOT NULL CHECK (purpose IN ('reset', 'email')),
    new_email TEXT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX account_tokens_by_account ON account_tokens (account_id);
CREATE INDEX account_tokens_by_end ON account_tokens (expires_at);

-- The link that makes the first administrator.
CREATE TABLE setup_tokens (
    token_hash TEXT PRIMARY KEY NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- Tries by what they were aimed at: a keyed hash of an address or account, whether that exists or not.
CREATE TABLE login_attempts (
    key_hash TEXT PRIMARY KEY NOT NULL,
    failures BIGINT NOT NULL,
    since_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    blocked_until BIGINT NOT NULL
);
CREATE INDEX login_attempts_by_age ON login_attempts (last_at);

-- A row to lock while the number of administrators is looked at and changed.
CREATE TABLE account_locks (
    name TEXT PRIMARY KEY NOT NULL
);
INSERT INTO account_locks (name) VALUES ('administrators');
