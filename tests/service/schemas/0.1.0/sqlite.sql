PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE schema_migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at BIGINT NOT NULL);
INSERT INTO schema_migrations VALUES(1,'0001_accounts','66811619af6bbb5538ece49f6e37b408b7a91082271ea99d87ec7f81c14ff03c',1795647344526);
INSERT INTO schema_migrations VALUES(2,'0002_billing','449d10b2c2ac96a563fa7ef5ce2a0a4d7422686c11a5e19f1ab004601930d3e7',1795647344528);
INSERT INTO schema_migrations VALUES(3,'0003_jobs','78db2f0f4ea6fc8a407e8b62fd0b2bc3759fef2e404ad47f720c5cedd5efe3ee',1795647344530);
INSERT INTO schema_migrations VALUES(4,'0004_library','a1332575816b514f5bd4f8a87789ac1e5633a95e8cc99b812daccd4c2427651a',1795647344539);
INSERT INTO schema_migrations VALUES(5,'0005_mail','87d3e4279014969ca647d61e2996a382168b788b187246ea4e717b02e1755378',1795647344540);
INSERT INTO schema_migrations VALUES(6,'0006_service','9fe09a9687c20becaa393068ee3c1742032638f861eb640540e319638aa321c5',1795647344544);
CREATE TABLE accounts (
    id TEXT PRIMARY KEY NOT NULL,
    email TEXT NOT NULL UNIQUE,
    display_name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    role TEXT NOT NULL DEFAULT 'user' CHECK (role IN ('user', 'reviewer', 'administrator')),
    state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'suspended')),
    plan TEXT NOT NULL,
    terms_version TEXT NOT NULL,
    age_confirmed_at INTEGER,
    created_at INTEGER NOT NULL
) STRICT;
INSERT INTO accounts VALUES('4p75k30rrznn2mn7vdafndbx3w','kept@example.com','Kept for years','$2b$04$GZ8L9VBQUe67eLuuzTBxOOTC0A1tUopluJM1A3j2zGT/IL.GcHSqa','user','active','free','2026-01',1795647344664,1795647344736);
INSERT INTO accounts VALUES('b9v9hs2cptpvba4wwjeg7khgcr','admin1@example.com','The administrator','$2b$04$KJ95QmKDPFMYYt6If9SyrOlI1enhsQhKbinh0SPZHW0RjRvcJ/uMO','administrator','active','studio','2026-01',NULL,1795647344784);
CREATE TABLE pending_registrations (
    token_hash TEXT PRIMARY KEY NOT NULL,
    email TEXT NOT NULL,
    display_name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    terms_version TEXT NOT NULL,
    age_confirmed_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY NOT NULL,
    id TEXT NOT NULL UNIQUE,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    agent TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_active_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO sessions VALUES('0d34a226032328fa9d584193041ef7080eb416be1ae1b7afacd2ababa2cce88f','f55jmdc3h7d6mkkx433831h5ac','b9v9hs2cptpvba4wwjeg7khgcr','a browser',1795647344785,1795647344785,1798239344785);
CREATE TABLE account_tokens (
    token_hash TEXT PRIMARY KEY NOT NULL,
    account_id TEXT REFERENCES accounts (id) ON DELETE CASCADE,
    purpose TEXT NOT NULL CHECK (purpose IN ('reset', 'email')),
    new_email TEXT,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE setup_tokens (
    token_hash TEXT PRIMARY KEY NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE login_attempts (
    key_hash TEXT PRIMARY KEY NOT NULL,
    failures INTEGER NOT NULL,
    since_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    blocked_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO login_attempts VALUES('370ccc03dd9b7a04521b019eaea3f77c7c7269892ec973d44653734906f6c250',1,1795647344664,1795647344664,0);
CREATE TABLE account_locks (
    name TEXT PRIMARY KEY NOT NULL
) STRICT;
INSERT INTO account_locks VALUES('administrators');
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
INSERT INTO ledger VALUES(1,'b9v9hs2cptpvba4wwjeg7khgcr','grant',500,NULL,NULL,'welcome',NULL,1795647344786);
INSERT INTO ledger VALUES(2,'b9v9hs2cptpvba4wwjeg7khgcr','grant',10000,NULL,NULL,'monthly credits 2026-11',NULL,1795647345033);
INSERT INTO ledger VALUES(3,'b9v9hs2cptpvba4wwjeg7khgcr','reserve',-1,'455c28ayccgz01znkpj66hw9j0','q6ty1w2a6w12b3hmzwv7x20adm','',NULL,1795647345041);
INSERT INTO ledger VALUES(4,'b9v9hs2cptpvba4wwjeg7khgcr','refund',1,'455c28ayccgz01znkpj66hw9j0','q6ty1w2a6w12b3hmzwv7x20adm','welcome',NULL,1795647345044);
INSERT INTO ledger VALUES(5,'b9v9hs2cptpvba4wwjeg7khgcr','reserve',-1,'nefqbyvgndm3tmj7k3ktjr64bg','t2w2fcc8ghe75dpxavqapjxfrm','',NULL,1795647345044);
INSERT INTO ledger VALUES(6,'b9v9hs2cptpvba4wwjeg7khgcr','refund',1,'nefqbyvgndm3tmj7k3ktjr64bg','t2w2fcc8ghe75dpxavqapjxfrm','welcome',NULL,1795647345044);
INSERT INTO ledger VALUES(7,'b9v9hs2cptpvba4wwjeg7khgcr','reserve',-2,'spg459a82ds165w81ewwqj4a24','w6tyaae5fm78vy0dmg8br3ckzm','',NULL,1795647345044);
INSERT INTO ledger VALUES(8,'b9v9hs2cptpvba4wwjeg7khgcr','refund',2,'spg459a82ds165w81ewwqj4a24','w6tyaae5fm78vy0dmg8br3ckzm','welcome',NULL,1795647345045);
INSERT INTO ledger VALUES(9,'4p75k30rrznn2mn7vdafndbx3w','grant',20,NULL,NULL,'a gift','b9v9hs2cptpvba4wwjeg7khgcr',1795647345074);
INSERT INTO ledger VALUES(10,'4p75k30rrznn2mn7vdafndbx3w','grant',100,NULL,NULL,'monthly credits 2026-11',NULL,1795647345083);
INSERT INTO ledger VALUES(11,'4p75k30rrznn2mn7vdafndbx3w','reserve',-1,'eh1y837mt1zpxfq6vk2mamw4f4','ms841j7fkjqvhqawwrm8chr58r','',NULL,1795647345083);
INSERT INTO ledger VALUES(12,'4p75k30rrznn2mn7vdafndbx3w','commit',0,'eh1y837mt1zpxfq6vk2mamw4f4','ms841j7fkjqvhqawwrm8chr58r','',NULL,1795647357751);
INSERT INTO ledger VALUES(13,'4p75k30rrznn2mn7vdafndbx3w','reserve',-2,'k7sjpxfjga19v1ffr5wpyh6q0c','hs6e2e28g663d5401s3p3y223w','',NULL,1795647357783);
INSERT INTO ledger VALUES(14,'4p75k30rrznn2mn7vdafndbx3w','refund',2,'k7sjpxfjga19v1ffr5wpyh6q0c','hs6e2e28g663d5401s3p3y223w','cancelled',NULL,1795647359817);
CREATE TABLE balances (
    account_id TEXT PRIMARY KEY REFERENCES accounts(id) ON DELETE CASCADE,
    balance    INTEGER NOT NULL CHECK (balance >= 0),
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO balances VALUES('4p75k30rrznn2mn7vdafndbx3w',119,1795647359817);
INSERT INTO balances VALUES('b9v9hs2cptpvba4wwjeg7khgcr',10500,1795647345045);
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
INSERT INTO reservations VALUES('455c28ayccgz01znkpj66hw9j0','q6ty1w2a6w12b3hmzwv7x20adm','b9v9hs2cptpvba4wwjeg7khgcr',1,'2026-11-25','2026-11','refunded',1795647345032,1795647345043);
INSERT INTO reservations VALUES('eh1y837mt1zpxfq6vk2mamw4f4','ms841j7fkjqvhqawwrm8chr58r','4p75k30rrznn2mn7vdafndbx3w',1,'2026-11-25','2026-11','committed',1795647345082,1795647357751);
INSERT INTO reservations VALUES('k7sjpxfjga19v1ffr5wpyh6q0c','hs6e2e28g663d5401s3p3y223w','4p75k30rrznn2mn7vdafndbx3w',2,'2026-11-25','2026-11','refunded',1795647357783,1795647359817);
INSERT INTO reservations VALUES('nefqbyvgndm3tmj7k3ktjr64bg','t2w2fcc8ghe75dpxavqapjxfrm','b9v9hs2cptpvba4wwjeg7khgcr',1,'2026-11-25','2026-11','refunded',1795647345044,1795647345044);
INSERT INTO reservations VALUES('spg459a82ds165w81ewwqj4a24','w6tyaae5fm78vy0dmg8br3ckzm','b9v9hs2cptpvba4wwjeg7khgcr',2,'2026-11-25','2026-11','refunded',1795647345044,1795647345045);
CREATE TABLE usage (
    account_id TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    period     TEXT NOT NULL,
    used       INTEGER NOT NULL CHECK (used >= 0),
    PRIMARY KEY (account_id, period)
) STRICT, WITHOUT ROWID;
INSERT INTO usage VALUES('4p75k30rrznn2mn7vdafndbx3w','2026-11',1);
INSERT INTO usage VALUES('4p75k30rrznn2mn7vdafndbx3w','2026-11-25',1);
INSERT INTO usage VALUES('b9v9hs2cptpvba4wwjeg7khgcr','2026-11',0);
INSERT INTO usage VALUES('b9v9hs2cptpvba4wwjeg7khgcr','2026-11-25',0);
CREATE TABLE monthly_grants (
    account_id TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    period     TEXT NOT NULL,
    amount     INTEGER NOT NULL,
    PRIMARY KEY (account_id, period)
) STRICT, WITHOUT ROWID;
INSERT INTO monthly_grants VALUES('4p75k30rrznn2mn7vdafndbx3w','2026-11',100);
INSERT INTO monthly_grants VALUES('b9v9hs2cptpvba4wwjeg7khgcr','2026-11',10000);
CREATE TABLE billing_erasures (account_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE job_lanes (
    lane       TEXT PRIMARY KEY,
    account_id TEXT REFERENCES accounts(id) ON DELETE CASCADE,
    running    INTEGER NOT NULL CHECK (running >= 0)
) STRICT, WITHOUT ROWID;
INSERT INTO job_lanes VALUES('4p75k30rrznn2mn7vdafndbx3w','4p75k30rrznn2mn7vdafndbx3w',0);
INSERT INTO job_lanes VALUES('b9v9hs2cptpvba4wwjeg7khgcr','b9v9hs2cptpvba4wwjeg7khgcr',0);
INSERT INTO job_lanes VALUES('kind:check_nodes',NULL,0);
INSERT INTO job_lanes VALUES('kind:deliver_mail',NULL,0);
INSERT INTO job_lanes VALUES('kind:deliver_mail_now',NULL,0);
INSERT INTO job_lanes VALUES('kind:evict_renditions',NULL,0);
INSERT INTO job_lanes VALUES('kind:forget_deleted',NULL,0);
INSERT INTO job_lanes VALUES('kind:sweep_deletions',NULL,0);
INSERT INTO job_lanes VALUES('kind:sweep_events',NULL,0);
INSERT INTO job_lanes VALUES('kind:sweep_idempotency',NULL,0);
INSERT INTO job_lanes VALUES('kind:sweep_jobs',NULL,0);
INSERT INTO job_lanes VALUES('kind:sweep_limits',NULL,0);
INSERT INTO job_lanes VALUES('kind:sweep_logs',NULL,0);
INSERT INTO job_lanes VALUES('kind:sweep_mail',NULL,0);
INSERT INTO job_lanes VALUES('kind:sweep_scratch',NULL,0);
INSERT INTO job_lanes VALUES('kind:sweep_tokens',NULL,0);
INSERT INTO job_lanes VALUES('kind:sweep_usage',NULL,0);
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
INSERT INTO jobs VALUES('g5n3a3pcqb3evxf39798ctxrhc','deliver_mail_now','deliver_mail_now',NULL,'kind:deliver_mail_now',NULL,64,NULL,NULL,'{}','done',0,1795647344678,1,3,1795647344678,NULL,NULL,'vm-25371/house',0,'',1.0,'','',NULL,1795647344678,1795647344680,1795647344692);
INSERT INTO jobs VALUES('wyq3sspj5xsezv3zxmex4e0zmm','deliver_mail','deliver_mail',NULL,'kind:deliver_mail',NULL,64,NULL,NULL,'{}','done',0,1795647344682,1,3,1795647344682,NULL,NULL,'vm-25371/house',0,'',1.0,'','',NULL,1795647344682,1795647344734,1795647344735);
INSERT INTO jobs VALUES('9smtv16gq5bfymfv4c034sgr18','sweep_mail','sweep_mail',NULL,'kind:sweep_mail',NULL,64,NULL,NULL,'{}','done',0,1795647344682,1,3,1795647344682,NULL,NULL,'vm-25371/house',0,'',1.0,'','',NULL,1795647344682,1795647344697,1795647344698);
INSERT INTO jobs VALUES('a1ntg82r3vn17dzjqe9h06hy6w','sweep_tokens','sweep_tokens',NULL,'kind:sweep_tokens',NULL,64,NULL,NULL,'{}','done',0,1795647344682,1,3,1795647344682,NULL,NULL,'vm-25371/house',0,'',1.0,'','',NULL,1795647344682,1795647344698,1795647344699);
INSERT INTO jobs VALUES('wj65dhrg8ynqy2jjh5pg23s77g','sweep_deletions','sweep_deletions',NULL,'kind:sweep_deletions',NULL,64,NULL,NULL,'{}','done',0,1795647344682,1,3,1795647344682,NULL,NULL,'vm-25371/house',0,'',1.0,'','',NULL,1795647344682,1795647344732,1795647344732);
INSERT INTO jobs VALUES('gx167qvbcr7r6t21acfnbvjg04','evict_renditions','evict_renditions',NULL,'kind:evict_renditions',NULL,64,NULL,NULL,'{}','done',0,1795647344682,1,3,1795647344682,NULL,NULL,'vm-25371/house',0,'',1.0,'','',NULL,1795647344682,1795647344705,1795647344705);
INSERT INTO jobs VALUES('2b39m6nqw0c2e3nf02zfn2cc84','sweep_scratch','sweep_scratch',NULL,'kind:sweep_scratch',NULL,64,NULL,NULL,'{}','done',0,1795647344682,1,3,1795647344682,NULL,NULL,'vm-25371/house',0,'',1.0,'','',NULL,1795647344682,1795647344695,1795647344695);
INSERT INTO jobs VALUES('b62agz846nxehqwvq888enbmkg','sweep_events','sweep_events',NULL,'kind:sweep_events',NULL,64,NULL,NULL,'{}','done',0,1795647344682,1,3,1795647344682,NULL,NULL,'vm-25371/house',0,'',1.0,'','',NULL,1795647344682,1795647344699,1795647344699);
INSERT INTO jobs VALUES('w03wcpj044dmfq8xyq31vhdqeg','sweep_idempotency','sweep_idempotency',NULL,'kind:sweep_idempotency',NULL,64,NULL,NULL,'{}','done',0,1795647344682,1,3,1795647344682,NULL,NULL,'vm-25371/house',0,'',1.0,'','',NULL,1795647344682,1795647344721,1795647344722);
INSERT INTO jobs VALUES('md0p09xmk85ybhvjf2295yzw8g','sweep_jobs','sweep_jobs',NULL,'kind:sweep_jobs',NULL,64,NULL,NULL,'{}','done',0,1795647344682,1,3,1795647344682,NULL,NULL,'vm-25371/house',0,'',1.0,'','',NULL,1795647344682,1795647344705,1795647344706);
INSERT INTO jobs VALUES('1ayjs3w42penwbg56zmpa8cmp8','sweep_usage','sweep_usage',NULL,'kind:sweep_usage',NULL,64,NULL,NULL,'{}','done',0,1795647344682,1,3,1795647344682,NULL,NULL,'vm-25371/house',0,'',1.0,'','',NULL,1795647344682,1795647344693,1795647344694);
INSERT INTO jobs VALUES('mnat0gqbhkedqd72mr8fndb64m','sweep_logs','sweep_logs',NULL,'kind:sweep_logs',NULL,64,NULL,NULL,'{}','done',0,1795647344682,1,3,1795647344682,NULL,NULL,'vm-25371/house',0,'',1.0,'','',NULL,1795647344682,1795647344707,1795647344717);
INSERT INTO jobs VALUES('qpty88n2zfv55x93m6r3en16pm','forget_deleted','forget_deleted',NULL,'kind:forget_deleted',NULL,64,NULL,NULL,'{}','done',0,1795647344682,1,3,1795647344682,NULL,NULL,'vm-25371/house',0,'',1.0,'','',NULL,1795647344682,1795647344718,1795647344719);
INSERT INTO jobs VALUES('fxztabdn3gswexcvj8mbeexjng','sweep_limits','sweep_limits',NULL,'kind:sweep_limits',NULL,64,NULL,NULL,'{}','done',0,1795647344682,1,3,1795647344682,NULL,NULL,'vm-25371/house',0,'',1.0,'','',NULL,1795647344682,1795647344704,1795647344704);
INSERT INTO jobs VALUES('qz5h5nhn6d9cpnfz1qmf6ax5wg','check_nodes','check_nodes',NULL,'kind:check_nodes',NULL,64,NULL,NULL,'{}','done',0,1795647344682,1,3,1795647344682,NULL,NULL,'vm-25371/house',0,'',1.0,'','',NULL,1795647344682,1795647344720,1795647344721);
INSERT INTO jobs VALUES('rpx37790yy8n60v485h852kysm','sweep_usage','sweep_usage',NULL,'kind:sweep_usage',NULL,64,NULL,NULL,'{}','queued',0,1795733744694,0,3,1795733744694,NULL,NULL,NULL,0,'',0.0,'','',NULL,1795647344694,NULL,NULL);
INSERT INTO jobs VALUES('hf21kzwvacza2nanc5kydedthg','sweep_scratch','sweep_scratch',NULL,'kind:sweep_scratch',NULL,64,NULL,NULL,'{}','queued',0,1795650944695,0,3,1795650944695,NULL,NULL,NULL,0,'',0.0,'','',NULL,1795647344695,NULL,NULL);
INSERT INTO jobs VALUES('wy58r84cmy72n1zbshn0vnxc1c','sweep_mail','sweep_mail',NULL,'kind:sweep_mail',NULL,64,NULL,NULL,'{}','queued',0,1795650944698,0,3,1795650944698,NULL,NULL,NULL,0,'',0.0,'','',NULL,1795647344698,NULL,NULL);
INSERT INTO jobs VALUES('bj33vjazny792eewtxz69ahva4','sweep_tokens','sweep_tokens',NULL,'kind:sweep_tokens',NULL,64,NULL,NULL,'{}','queued',0,1795647944699,0,3,1795647944699,NULL,NULL,NULL,0,'',0.0,'','',NULL,1795647344699,NULL,NULL);
INSERT INTO jobs VALUES('ykh22v5vmzygk9mynken76fm50','sweep_events','sweep_events',NULL,'kind:sweep_events',NULL,64,NULL,NULL,'{}','queued',0,1795650944699,0,3,1795650944699,NULL,NULL,NULL,0,'',0.0,'','',NULL,1795647344699,NULL,NULL);
INSERT INTO jobs VALUES('nen0waaehegpbqje2h2cvx8d94','sweep_limits','sweep_limits',NULL,'kind:sweep_limits',NULL,64,NULL,NULL,'{}','queued',0,1795650944704,0,3,1795650944704,NULL,NULL,NULL,0,'',0.0,'','',NULL,1795647344704,NULL,NULL);
INSERT INTO jobs VALUES('3kn6t52ecnsb7akd0gh784k4f0','evict_renditions','evict_renditions',NULL,'kind:evict_renditions',NULL,64,NULL,NULL,'{}','queued',0,1795647944705,0,3,1795647944705,NULL,NULL,NULL,0,'',0.0,'','',NULL,1795647344705,NULL,NULL);
INSERT INTO jobs VALUES('y54g5ph3wfswp2ddhs3bap9rb8','sweep_jobs','sweep_jobs',NULL,'kind:sweep_jobs',NULL,64,NULL,NULL,'{}','queued',0,1795650944706,0,3,1795650944706,NULL,NULL,NULL,0,'',0.0,'','',NULL,1795647344706,NULL,NULL);
INSERT INTO jobs VALUES('9s8h7tq6ysr5cyjq3vg13h9v5w','sweep_logs','sweep_logs',NULL,'kind:sweep_logs',NULL,64,NULL,NULL,'{}','queued',0,1795650944717,0,3,1795650944717,NULL,NULL,NULL,0,'',0.0,'','',NULL,1795647344717,NULL,NULL);
INSERT INTO jobs VALUES('xh5n7p3756en80y5vhdenp0cpm','forget_deleted','forget_deleted',NULL,'kind:forget_deleted',NULL,64,NULL,NULL,'{}','queued',0,1795650944719,0,3,1795650944719,NULL,NULL,NULL,0,'',0.0,'','',NULL,1795647344719,NULL,NULL);
INSERT INTO jobs VALUES('zq3tjdm4jve1sgb8s7azdbtq4r','check_nodes','check_nodes',NULL,'kind:check_nodes',NULL,64,NULL,NULL,'{}','queued',0,1795648244721,0,3,1795648244721,NULL,NULL,NULL,0,'',0.0,'','',NULL,1795647344721,NULL,NULL);
INSERT INTO jobs VALUES('x61cbtjdy3rfkcxx6d1rprqnfm','sweep_idempotency','sweep_idempotency',NULL,'kind:sweep_idempotency',NULL,64,NULL,NULL,'{}','queued',0,1795650944722,0,3,1795650944722,NULL,NULL,NULL,0,'',0.0,'','',NULL,1795647344722,NULL,NULL);
INSERT INTO jobs VALUES('qry5gg7q0xas55xs9p99behzx8','sweep_deletions','sweep_deletions',NULL,'kind:sweep_deletions',NULL,64,NULL,NULL,'{}','queued',0,1795647404732,0,3,1795647404732,NULL,NULL,NULL,0,'',0.0,'','',NULL,1795647344732,NULL,NULL);
INSERT INTO jobs VALUES('1qavhw0hq9qms6m9vtwayj4xp4','deliver_mail','deliver_mail',NULL,'kind:deliver_mail',NULL,64,NULL,NULL,'{}','queued',0,1795647404735,0,3,1795647404735,NULL,NULL,NULL,0,'',0.0,'','',NULL,1795647344735,NULL,NULL);
INSERT INTO jobs VALUES('kkn910y6jwtm081b4wdtt7yn3c','make_song','song:q6ty1w2a6w12b3hmzwv7x20adm','b9v9hs2cptpvba4wwjeg7khgcr','b9v9hs2cptpvba4wwjeg7khgcr','q6ty1w2a6w12b3hmzwv7x20adm',4,'embedded','embedded-2','{}','done',0,1795647345043,1,3,1795647345043,NULL,NULL,'vm-25371/1',0,'encoding',1.0,'','',NULL,1795647345043,1795647345055,1795647349121);
INSERT INTO jobs VALUES('61m61h1sbqfe3fdcnhww20nnz4','make_song','song:t2w2fcc8ghe75dpxavqapjxfrm','b9v9hs2cptpvba4wwjeg7khgcr','b9v9hs2cptpvba4wwjeg7khgcr','t2w2fcc8ghe75dpxavqapjxfrm',4,'embedded','embedded-2','{}','done',0,1795647345044,1,3,1795647345044,NULL,NULL,'vm-25371/1',0,'mastering',1.0,'','',NULL,1795647345044,1795647349137,1795647351631);
INSERT INTO jobs VALUES('mhxt4f2ffkcva6a5r09e44eyk4','make_song','song:w6tyaae5fm78vy0dmg8br3ckzm','b9v9hs2cptpvba4wwjeg7khgcr','b9v9hs2cptpvba4wwjeg7khgcr','w6tyaae5fm78vy0dmg8br3ckzm',4,'embedded','embedded-2','{}','done',0,1795647345045,1,3,1795647345045,NULL,NULL,'vm-25371/1',0,'playing',1.0,'','',NULL,1795647345045,1795647351649,1795647357357);
INSERT INTO jobs VALUES('fbxgb4tnspcyh9aa3wgcwzk0nw','make_song','song:ms841j7fkjqvhqawwrm8chr58r','4p75k30rrznn2mn7vdafndbx3w','4p75k30rrznn2mn7vdafndbx3w','ms841j7fkjqvhqawwrm8chr58r',1,'embedded','embedded-2','{}','done',0,1795647345083,1,3,1795647345083,NULL,NULL,'vm-25371/1',0,'',1.0,'','',NULL,1795647345083,1795647357369,1795647357750);
INSERT INTO jobs VALUES('03pttg68r0yy553scs1kz75e2m','make_song','song:hs6e2e28g663d5401s3p3y223w','4p75k30rrznn2mn7vdafndbx3w','4p75k30rrznn2mn7vdafndbx3w','hs6e2e28g663d5401s3p3y223w',1,'embedded','embedded-2','{}','cancelled',0,1795647357783,1,3,1795647357783,NULL,NULL,'vm-25371/1',1,'playing',0.25083333333333335257,'The song was cancelled; nothing was written.','',NULL,1795647357783,1795647357784,1795647359817);
CREATE TABLE events (
    seq            INTEGER PRIMARY KEY AUTOINCREMENT,
    transaction_id INTEGER NOT NULL DEFAULT 0,
    account_id     TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    kind           TEXT NOT NULL,
    body           TEXT NOT NULL,
    at             INTEGER NOT NULL
) STRICT;
INSERT INTO events VALUES(1,0,'b9v9hs2cptpvba4wwjeg7khgcr','song','{"has_audio":false,"id":"q6ty1w2a6w12b3hmzwv7x20adm","state":"queued","title":"Rainy Night"}',1795647345043);
INSERT INTO events VALUES(2,0,'b9v9hs2cptpvba4wwjeg7khgcr','song','{"has_audio":false,"id":"t2w2fcc8ghe75dpxavqapjxfrm","state":"queued","title":"Morning Again"}',1795647345044);
INSERT INTO events VALUES(3,0,'b9v9hs2cptpvba4wwjeg7khgcr','song','{"has_audio":false,"id":"w6tyaae5fm78vy0dmg8br3ckzm","state":"queued","title":"Second Wind"}',1795647345045);
INSERT INTO events VALUES(4,0,'b9v9hs2cptpvba4wwjeg7khgcr','song','{"has_audio":false,"id":"q6ty1w2a6w12b3hmzwv7x20adm","state":"making","title":"Rainy Night"}',1795647345057);
INSERT INTO events VALUES(5,0,'4p75k30rrznn2mn7vdafndbx3w','song','{"has_audio":false,"id":"ms841j7fkjqvhqawwrm8chr58r","state":"queued","title":"Before"}',1795647345083);
INSERT INTO events VALUES(6,0,'b9v9hs2cptpvba4wwjeg7khgcr','progress','{"id":"q6ty1w2a6w12b3hmzwv7x20adm","progress":0.15,"stage":"playing"}',1795647345559);
INSERT INTO events VALUES(7,0,'b9v9hs2cptpvba4wwjeg7khgcr','progress','{"id":"q6ty1w2a6w12b3hmzwv7x20adm","progress":0.26,"stage":"playing"}',1795647346573);
INSERT INTO events VALUES(8,0,'b9v9hs2cptpvba4wwjeg7khgcr','progress','{"id":"q6ty1w2a6w12b3hmzwv7x20adm","progress":0.3516666666666667,"stage":"playing"}',1795647347074);
INSERT INTO events VALUES(9,0,'b9v9hs2cptpvba4wwjeg7khgcr','progress','{"id":"q6ty1w2a6w12b3hmzwv7x20adm","progress":0.48,"stage":"playing"}',1795647347575);
INSERT INTO events VALUES(10,0,'b9v9hs2cptpvba4wwjeg7khgcr','progress','{"id":"q6ty1w2a6w12b3hmzwv7x20adm","progress":0.6266666666666667,"stage":"playing"}',1795647348075);
INSERT INTO events VALUES(11,0,'b9v9hs2cptpvba4wwjeg7khgcr','progress','{"id":"q6ty1w2a6w12b3hmzwv7x20adm","progress":0.7400000000000001,"stage":"mastering"}',1795647348575);
INSERT INTO events VALUES(12,0,'b9v9hs2cptpvba4wwjeg7khgcr','progress','{"id":"q6ty1w2a6w12b3hmzwv7x20adm","progress":1.0,"stage":"encoding"}',1795647349076);
INSERT INTO events VALUES(13,0,'b9v9hs2cptpvba4wwjeg7khgcr','song','{"has_audio":true,"id":"q6ty1w2a6w12b3hmzwv7x20adm","state":"ready","title":"Rainy Night"}',1795647349125);
INSERT INTO events VALUES(14,0,'b9v9hs2cptpvba4wwjeg7khgcr','song','{"has_audio":false,"id":"t2w2fcc8ghe75dpxavqapjxfrm","state":"making","title":"Morning Again"}',1795647349138);
INSERT INTO events VALUES(15,0,'b9v9hs2cptpvba4wwjeg7khgcr','progress','{"id":"t2w2fcc8ghe75dpxavqapjxfrm","progress":0.15,"stage":"playing"}',1795647349643);
INSERT INTO events VALUES(16,0,'b9v9hs2cptpvba4wwjeg7khgcr','progress','{"id":"t2w2fcc8ghe75dpxavqapjxfrm","progress":0.326,"stage":"playing"}',1795647350145);
INSERT INTO events VALUES(17,0,'b9v9hs2cptpvba4wwjeg7khgcr','progress','{"id":"t2w2fcc8ghe75dpxavqapjxfrm","progress":0.524,"stage":"playing"}',1795647350649);
INSERT INTO events VALUES(18,0,'b9v9hs2cptpvba4wwjeg7khgcr','progress','{"id":"t2w2fcc8ghe75dpxavqapjxfrm","progress":0.7400000000000001,"stage":"mastering"}',1795647351153);
INSERT INTO events VALUES(19,0,'b9v9hs2cptpvba4wwjeg7khgcr','song','{"has_audio":true,"id":"t2w2fcc8ghe75dpxavqapjxfrm","state":"ready","title":"Morning Again"}',1795647351631);
INSERT INTO events VALUES(20,0,'b9v9hs2cptpvba4wwjeg7khgcr','song','{"has_audio":false,"id":"w6tyaae5fm78vy0dmg8br3ckzm","state":"making","title":"Second Wind"}',1795647351650);
INSERT INTO events VALUES(21,0,'b9v9hs2cptpvba4wwjeg7khgcr','progress','{"id":"w6tyaae5fm78vy0dmg8br3ckzm","progress":0.15,"stage":"playing"}',1795647352157);
INSERT INTO events VALUES(22,0,'b9v9hs2cptpvba4wwjeg7khgcr','progress','{"id":"w6tyaae5fm78vy0dmg8br3ckzm","progress":0.19714285714285715,"stage":"playing"}',1795647353163);
INSERT INTO events VALUES(23,0,'b9v9hs2cptpvba4wwjeg7khgcr','progress','{"id":"w6tyaae5fm78vy0dmg8br3ckzm","progress":0.26,"stage":"playing"}',1795647353664);
INSERT INTO events VALUES(24,0,'b9v9hs2cptpvba4wwjeg7khgcr','progress','{"id":"w6tyaae5fm78vy0dmg8br3ckzm","progress":0.3385714285714286,"stage":"playing"}',1795647354164);
INSERT INTO events VALUES(25,0,'b9v9hs2cptpvba4wwjeg7khgcr','progress','{"id":"w6tyaae5fm78vy0dmg8br3ckzm","progress":0.40142857142857147,"stage":"playing"}',1795647354665);
INSERT INTO events VALUES(26,0,'b9v9hs2cptpvba4wwjeg7khgcr','progress','{"id":"w6tyaae5fm78vy0dmg8br3ckzm","progress":0.48,"stage":"playing"}',1795647355166);
INSERT INTO events VALUES(27,0,'b9v9hs2cptpvba4wwjeg7khgcr','progress','{"id":"w6tyaae5fm78vy0dmg8br3ckzm","progress":0.5585714285714286,"stage":"playing"}',1795647355666);
INSERT INTO events VALUES(28,0,'b9v9hs2cptpvba4wwjeg7khgcr','progress','{"id":"w6tyaae5fm78vy0dmg8br3ckzm","progress":0.6371428571428571,"stage":"playing"}',1795647356167);
INSERT INTO events VALUES(29,0,'b9v9hs2cptpvba4wwjeg7khgcr','progress','{"id":"w6tyaae5fm78vy0dmg8br3ckzm","progress":0.7400000000000001,"stage":"mastering"}',1795647356667);
INSERT INTO events VALUES(30,0,'b9v9hs2cptpvba4wwjeg7khgcr','progress','{"id":"w6tyaae5fm78vy0dmg8br3ckzm","progress":0.9521371428571429,"stage":"encoding"}',1795647357168);
INSERT INTO events VALUES(31,0,'b9v9hs2cptpvba4wwjeg7khgcr','song','{"has_audio":true,"id":"w6tyaae5fm78vy0dmg8br3ckzm","state":"ready","title":"Second Wind"}',1795647357357);
INSERT INTO events VALUES(32,0,'4p75k30rrznn2mn7vdafndbx3w','song','{"has_audio":false,"id":"ms841j7fkjqvhqawwrm8chr58r","state":"making","title":"Before"}',1795647357369);
INSERT INTO events VALUES(33,0,'4p75k30rrznn2mn7vdafndbx3w','song','{"has_audio":true,"id":"ms841j7fkjqvhqawwrm8chr58r","state":"ready","title":"Before"}',1795647357751);
INSERT INTO events VALUES(34,0,'4p75k30rrznn2mn7vdafndbx3w','song','{"has_audio":true,"id":"ms841j7fkjqvhqawwrm8chr58r","state":"ready","title":"Written before"}',1795647357779);
INSERT INTO events VALUES(35,0,'4p75k30rrznn2mn7vdafndbx3w','song','{"has_audio":true,"id":"ms841j7fkjqvhqawwrm8chr58r","state":"ready","title":"Written before"}',1795647357779);
INSERT INTO events VALUES(36,0,'4p75k30rrznn2mn7vdafndbx3w','song','{"has_audio":false,"id":"hs6e2e28g663d5401s3p3y223w","state":"queued","title":"Ordinary Magic"}',1795647357783);
INSERT INTO events VALUES(37,0,'4p75k30rrznn2mn7vdafndbx3w','song','{"has_audio":false,"id":"hs6e2e28g663d5401s3p3y223w","state":"making","title":"Ordinary Magic"}',1795647357785);
INSERT INTO events VALUES(38,0,'4p75k30rrznn2mn7vdafndbx3w','progress','{"id":"hs6e2e28g663d5401s3p3y223w","progress":0.15,"stage":"playing"}',1795647358290);
INSERT INTO events VALUES(39,0,'4p75k30rrznn2mn7vdafndbx3w','progress','{"id":"hs6e2e28g663d5401s3p3y223w","progress":0.19583333333333333,"stage":"playing"}',1795647359295);
INSERT INTO events VALUES(40,0,'4p75k30rrznn2mn7vdafndbx3w','progress','{"id":"hs6e2e28g663d5401s3p3y223w","progress":0.25083333333333335,"stage":"playing"}',1795647359796);
INSERT INTO events VALUES(41,0,'4p75k30rrznn2mn7vdafndbx3w','song','{"has_audio":false,"id":"hs6e2e28g663d5401s3p3y223w","state":"cancelled","title":"Ordinary Magic"}',1795647359818);
CREATE TABLE idempotency (
    account_id TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    key        TEXT NOT NULL,
    body_hash  TEXT NOT NULL,
    status     INTEGER,
    answer     TEXT,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (account_id, key)
) STRICT, WITHOUT ROWID;
INSERT INTO idempotency VALUES('4p75k30rrznn2mn7vdafndbx3w','key-2','b101003a578fe88bfbda9432a9205f397b2bf23554ad15d2d4e42f960dbc1de8',202,'{"id":"ms841j7fkjqvhqawwrm8chr58r","state":"queued","title":"Before","prompt":"quiet piano by the sea","genre":"classical-piano","bpm":66.0,"key":"B minor","time_signature":"4/4","duration_seconds":10.0,"has_audio":false,"pinned":false,"held":false,"error":null,"variation_of":null,"created_at":"2026-11-25T22:55:45.083Z","updated_at":"2026-11-25T22:55:45.083Z","lyrics":"","generation_id":"8a4107d9bceead2e","seed":"7","engine":"embedded","engine_version":"embedded-2","sounds_hash":null,"sha256":null,"audio_bytes":0,"audio_sha256":null,"audio_made_at":null,"remake_exact":null,"request":{"prompt":"quiet piano by the sea","title":"Before","duration_seconds":10,"sample_rate":48000,"seed":7,"voice":"none","engine":"embedded","preset":"streaming"},"decided":null,"record":null}',1795647345082);
INSERT INTO idempotency VALUES('4p75k30rrznn2mn7vdafndbx3w','key-3','c0c4f6c2902e1095a5264f0789599296940e1245bbb9d164cc2b785cf8e02f9c',202,'{"id":"hs6e2e28g663d5401s3p3y223w","state":"queued","title":"Ordinary Magic","prompt":"never finished","genre":"pop","bpm":107.0,"key":"B minor","time_signature":"4/4","duration_seconds":120.0,"has_audio":false,"pinned":false,"held":false,"error":null,"variation_of":null,"created_at":"2026-11-25T22:55:57.783Z","updated_at":"2026-11-25T22:55:57.783Z","lyrics":"","generation_id":"d5eac765e11d3433","seed":"7","engine":"embedded","engine_version":"embedded-2","sounds_hash":null,"sha256":null,"audio_bytes":0,"audio_sha256":null,"audio_made_at":null,"remake_exact":null,"request":{"prompt":"never finished","duration_seconds":120,"sample_rate":48000,"seed":7,"voice":"none","engine":"embedded","preset":"streaming"},"decided":null,"record":null}',1795647357782);
CREATE TABLE library_accounts (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id TEXT NOT NULL UNIQUE REFERENCES accounts (id),
    stored_bytes INTEGER NOT NULL DEFAULT 0,
    remake_day INTEGER NOT NULL DEFAULT 0,
    remakes INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO library_accounts VALUES(1,'b9v9hs2cptpvba4wwjeg7khgcr',34592672,0,0);
INSERT INTO library_accounts VALUES(2,'4p75k30rrznn2mn7vdafndbx3w',1353848,0,0);
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
INSERT INTO songs VALUES(1,'q6ty1w2a6w12b3hmzwv7x20adm','b9v9hs2cptpvba4wwjeg7khgcr','ready','Rainy Night','rainy night','lofi-hip-hop',82.0,'D minor','4/4',60000,0,0,'72cecc0ed48ebbc5','1','embedded','embedded-2','f44a15aadcb443268e997ccee8662edf23d20b22de55e5065330d8994d856165','641d2616b431f118de242d6f05d6ca6efbb6562ebf503f1a4843757c87869804','songs/t1/t12wyetmmey9xfaszq42t6fckw','',12384121,'86a81906b53b7095ac1299d3fb253bc1e94006f595ebaa262493ab1d4d1026df',1795647349125,NULL,'','',1795647345042,1795647349125,'warm lo-fi hip hop, rainy night, mellow Rhodes, 82 bpm in D minor','',replace('{\n  "prompt": "warm lo-fi hip hop, rainy night, mellow Rhodes, 82 bpm in D minor",\n  "duration_seconds": 60,\n  "sample_rate": 48000,\n  "seed": 1,\n  "engine": "embedded",\n  "preset": "streaming"\n}\n','\n',char(10)),replace('{\n  "format": "mmx-song-record",\n  "format_version": 1,\n  "request": {\n    "prompt": "warm lo-fi hip hop, rainy night, mellow Rhodes, 82 bpm in D minor",\n    "duration_seconds": 60,\n    "sample_rate": 48000,\n    "seed": 1,\n    "engine": "embedded",\n    "preset": "streaming"\n  },\n  "decided": {\n    "prompt": "warm lo-fi hip hop, rainy night, mellow Rhodes, 82 bpm in D minor",\n    "title": "Rainy Night",\n    "bpm": 82,\n    "key": "D minor",\n    "time_signature": "4/4",\n    "instruments": [\n      "electric-piano"\n    ],\n    "duration_seconds": 60,\n    "ending": "fade",\n    "sample_rate": 48000,\n    "seed": 1,\n    "voice": "none",\n    "engine": "embedded",\n    "preset": "streaming",\n    "inference": {\n      "variation": 0.5,\n      "complexity": 0.5,\n      "energy": 0.252625,\n      "humanise": 0.5\n    }\n  },\n  "genre": "lofi-hip-hop",\n  "decisions": [\n    {\n      "field": "title",\n      "value": "Rainy Night",\n      "because": "from the prompt''s pictures"\n    },\n    {\n      "field": "genre",\n      "value": "lo-fi hip hop",\n      "because": "said in the prompt (''lo-fi hip hop'')"\n    },\n    {\n      "field": "bpm",\n      "value": "82",\n      "because": "said in the prompt (''82 bpm'')"\n    },\n    {\n      "field": "key",\n      "value": "D minor",\n      "because": "said in the prompt (''D minor'')"\n    },\n    {\n      "field": "time_signature",\n      "value": "4/4",\n      "because": "usual for lo-fi hip hop"\n    },\n    {\n      "field": "instruments",\n      "value": "clean electric guitar, lo-fi drums, upright bass, Rhodes electric piano, warm pad, hand percussion, effects",\n      "because": "said in the prompt"\n    },\n    {\n      "field": "duration_seconds",\n      "value": "60",\n      "because": "asked for"\n    },\n    {\n      "field": "ending",\n      "value": "fade",\n      "because": "usual for lo-fi hip hop"\n    },\n    {\n      "field": "voice",\n      "value": "none",\n      "because": "voices are not here yet"\n    },\n    {\n      "field": "valence",\n      "value": "-0.02",\n      "because": "from ''mellow''"\n    },\n    {\n      "field": "arousal",\n      "value": "-0.52",\n      "because": "from ''mellow''"\n    },\n    {\n      "field": "inference.energy",\n      "value": "0.25",\n      "because": "from ''mellow''"\n    },\n    {\n      "field": "production.warmth",\n      "value": "0.7",\n      "because": "from ''warm''"\n    }\n  ],\n  "substitutions": [],\n  "not_understood": [],\n  "messages": [],\n  "engine": "embedded",\n  "engine_version": "embedded-2",\n  "sounds_hash": "f44a15aadcb443268e997ccee8662edf23d20b22de55e5065330d8994d856165",\n  "samples_sha256": "641d2616b431f118de242d6f05d6ca6efbb6562ebf503f1a4843757c87869804",\n  "created_at": "2026-11-25T22:55:49Z"\n}\n','\n',char(10)));
INSERT INTO songs VALUES(2,'t2w2fcc8ghe75dpxavqapjxfrm','b9v9hs2cptpvba4wwjeg7khgcr','ready','Morning Again','morning again','bossa-nova',125.0,'Bb major','4/4',50000,0,0,'1ab9cc52b84e2507','2','embedded','embedded-2','f44a15aadcb443268e997ccee8662edf23d20b22de55e5065330d8994d856165','4f6a45289624bba3d803a8e54baf7b7b79b9051daa457375ddc7a2d63b9dc201','songs/v4/v4x7x4dsmk1vgftqcrst3qmmmc','',9107991,'3ad6e1059bde1d60113912bebdb53bdf633e49a675d358ddb84200c31d3f7957',1795647351631,NULL,'','',1795647345044,1795647351631,'bright bossa nova, morning at the beach, nylon guitar and flute','',replace('{\n  "prompt": "bright bossa nova, morning at the beach, nylon guitar and flute",\n  "duration_seconds": 50,\n  "sample_rate": 48000,\n  "seed": 2,\n  "engine": "embedded",\n  "preset": "streaming"\n}\n','\n',char(10)),replace('{\n  "format": "mmx-song-record",\n  "format_version": 1,\n  "request": {\n    "prompt": "bright bossa nova, morning at the beach, nylon guitar and flute",\n    "duration_seconds": 50,\n    "sample_rate": 48000,\n    "seed": 2,\n    "engine": "embedded",\n    "preset": "streaming"\n  },\n  "decided": {\n    "prompt": "bright bossa nova, morning at the beach, nylon guitar and flute",\n    "title": "Morning Again",\n    "bpm": 125,\n    "key": "Bb major",\n    "time_signature": "4/4",\n    "instruments": [\n      "nylon-guitar",\n      "flute"\n    ],\n    "duration_seconds": 50,\n    "ending": "ring",\n    "sample_rate": 48000,\n    "seed": 2,\n    "voice": "none",\n    "engine": "embedded",\n    "preset": "streaming",\n    "inference": {\n      "variation": 0.5,\n      "complexity": 0.5,\n      "energy": 0.38,\n      "humanise": 0.5\n    }\n  },\n  "genre": "bossa-nova",\n  "decisions": [\n    {\n      "field": "title",\n      "value": "Morning Again",\n      "because": "from the prompt''s pictures"\n    },\n    {\n      "field": "genre",\n      "value": "bossa nova",\n      "because": "said in the prompt (''bossa nova'')"\n    },\n    {\n      "field": "bpm",\n      "value": "125",\n      "because": "usual for bossa nova"\n    },\n    {\n      "field": "key",\n      "value": "Bb major",\n      "because": "major: from ''beach''"\n    },\n    {\n      "field": "time_signature",\n      "value": "4/4",\n      "because": "usual for bossa nova"\n    },\n    {\n      "field": "instruments",\n      "value": "flute, nylon-string guitar, upright bass, jazz drum kit, hand percussion, grand piano",\n      "because": "said in the prompt"\n    },\n    {\n      "field": "duration_seconds",\n      "value": "50",\n      "because": "asked for"\n    },\n    {\n      "field": "ending",\n      "value": "ring",\n      "because": "usual for bossa nova"\n    },\n    {\n      "field": "voice",\n      "value": "none",\n      "because": "voices are not here yet"\n    },\n    {\n      "field": "valence",\n      "value": "0.57",\n      "because": "from ''beach''"\n    },\n    {\n      "field": "arousal",\n      "value": "0",\n      "because": "from ''morning''"\n    },\n    {\n      "field": "inference.energy",\n      "value": "0.38",\n      "because": "usual for bossa nova"\n    },\n    {\n      "field": "production.brightness",\n      "value": "0.55",\n      "because": "from ''bright''"\n    }\n  ],\n  "substitutions": [],\n  "not_understood": [],\n  "messages": [],\n  "engine": "embedded",\n  "engine_version": "embedded-2",\n  "sounds_hash": "f44a15aadcb443268e997ccee8662edf23d20b22de55e5065330d8994d856165",\n  "samples_sha256": "4f6a45289624bba3d803a8e54baf7b7b79b9051daa457375ddc7a2d63b9dc201",\n  "created_at": "2026-11-25T22:55:51Z"\n}\n','\n',char(10)));
INSERT INTO songs VALUES(3,'w6tyaae5fm78vy0dmg8br3ckzm','b9v9hs2cptpvba4wwjeg7khgcr','ready','Second Wind','second wind','orchestral-film',95.0,'F minor','4/4',70000,0,0,'319434bccb9c45ec','3','embedded','embedded-2','f44a15aadcb443268e997ccee8662edf23d20b22de55e5065330d8994d856165','5c7e8f3b2c3b49d37f727d97e0a5676231c7f6a356bfa2bfd6128f4ee1ee8e65','songs/z0/z0mwgj13ecfxyzjg1knf4teakg','',13100560,'f84d6369f7d6150429b400d9bf3dfe426f1b02cd76865954327d5b2594a20d5c',1795647357357,NULL,'','',1795647345044,1795647357357,'heroic orchestral film theme, brass and strings, grows to a triumphant end','',replace('{\n  "prompt": "heroic orchestral film theme, brass and strings, grows to a triumphant end",\n  "duration_seconds": 70,\n  "sample_rate": 48000,\n  "seed": 3,\n  "engine": "embedded",\n  "preset": "streaming"\n}\n','\n',char(10)),replace('{\n  "format": "mmx-song-record",\n  "format_version": 1,\n  "request": {\n    "prompt": "heroic orchestral film theme, brass and strings, grows to a triumphant end",\n    "duration_seconds": 70,\n    "sample_rate": 48000,\n    "seed": 3,\n    "engine": "embedded",\n    "preset": "streaming"\n  },\n  "decided": {\n    "prompt": "heroic orchestral film theme, brass and strings, grows to a triumphant end",\n    "title": "Second Wind",\n    "bpm": 95,\n    "key": "F minor",\n    "time_signature": "4/4",\n    "instruments": [\n      "brass-section",\n      "string-ensemble"\n    ],\n    "duration_seconds": 70,\n    "ending": "ring",\n    "sample_rate": 48000,\n    "seed": 3,\n    "voice": "none",\n    "engine": "embedded",\n    "preset": "streaming",\n    "inference": {\n      "variation": 0.5,\n      "complexity": 0.5,\n      "energy": 0.81,\n      "humanise": 0.5\n    }\n  },\n  "genre": "orchestral-film",\n  "decisions": [\n    {\n      "field": "title",\n      "value": "Second Wind",\n      "because": "suggested by the mood"\n    },\n    {\n      "field": "genre",\n      "value": "orchestral film score",\n      "because": "said in the prompt (''orchestral'')"\n    },\n    {\n      "field": "bpm",\n      "value": "95",\n      "because": "usual for orchestral film score"\n    },\n    {\n      "field": "key",\n      "value": "F minor",\n      "because": "usual for orchestral film score"\n    },\n    {\n      "field": "time_signature",\n      "value": "4/4",\n      "because": "usual for orchestral film score"\n    },\n    {\n      "field": "instruments",\n      "value": "violin, string section, orchestral double bass, brass section, cello, trumpet, choir, timpani, orchestral percussion",\n      "because": "said in the prompt"\n    },\n    {\n      "field": "duration_seconds",\n      "value": "70",\n      "because": "asked for"\n    },\n    {\n      "field": "ending",\n      "value": "ring",\n      "because": "usual for orchestral film score"\n    },\n    {\n      "field": "voice",\n      "value": "none",\n      "because": "voices are not here yet"\n    },\n    {\n      "field": "valence",\n      "value": "0.5",\n      "because": "from ''heroic''"\n    },\n    {\n      "field": "arousal",\n      "value": "0.6",\n      "because": "from ''heroic''"\n    },\n    {\n      "field": "inference.energy",\n      "value": "0.81",\n      "because": "from ''heroic''"\n    }\n  ],\n  "substitutions": [],\n  "not_understood": [\n    "grows"\n  ],\n  "messages": [],\n  "engine": "embedded",\n  "engine_version": "embedded-2",\n  "sounds_hash": "f44a15aadcb443268e997ccee8662edf23d20b22de55e5065330d8994d856165",\n  "samples_sha256": "5c7e8f3b2c3b49d37f727d97e0a5676231c7f6a356bfa2bfd6128f4ee1ee8e65",\n  "created_at": "2026-11-25T22:55:57Z"\n}\n','\n',char(10)));
INSERT INTO songs VALUES(4,'ms841j7fkjqvhqawwrm8chr58r','4p75k30rrznn2mn7vdafndbx3w','ready','Written before','written before','classical-piano',66.0,'B minor','4/4',10000,1,0,'8a4107d9bceead2e','7','embedded','embedded-2','f44a15aadcb443268e997ccee8662edf23d20b22de55e5065330d8994d856165','e560d9584cf1b5235109ccd0aef7335d89973ad4ee13e0f1c6204b3279f89054','songs/gz/gzbsdjaazccrr8c6jwtbh65jzg','',1353848,'303b3f3de811513389278fa68f87e34572f262b074a7ef8a48158ace5d94b203',1795647357751,NULL,'','',1795647345083,1795647357779,'quiet piano by the sea','',replace('{\n  "prompt": "quiet piano by the sea",\n  "title": "Before",\n  "duration_seconds": 10,\n  "sample_rate": 48000,\n  "seed": 7,\n  "voice": "none",\n  "engine": "embedded",\n  "preset": "streaming"\n}\n','\n',char(10)),replace('{\n  "format": "mmx-song-record",\n  "format_version": 1,\n  "request": {\n    "prompt": "quiet piano by the sea",\n    "title": "Before",\n    "duration_seconds": 10,\n    "sample_rate": 48000,\n    "seed": 7,\n    "voice": "none",\n    "engine": "embedded",\n    "preset": "streaming"\n  },\n  "decided": {\n    "prompt": "quiet piano by the sea",\n    "title": "Before",\n    "bpm": 66,\n    "key": "B minor",\n    "time_signature": "4/4",\n    "instruments": [\n      "grand-piano"\n    ],\n    "duration_seconds": 10,\n    "ending": "ring",\n    "sample_rate": 48000,\n    "seed": 7,\n    "voice": "none",\n    "engine": "embedded",\n    "preset": "streaming",\n    "inference": {\n      "variation": 0.5,\n      "complexity": 0.5,\n      "energy": 0.2693529411764706,\n      "humanise": 0.5\n    }\n  },\n  "genre": "classical-piano",\n  "decisions": [\n    {\n      "field": "title",\n      "value": "Before",\n      "because": "asked for"\n    },\n    {\n      "field": "genre",\n      "value": "classical piano",\n      "because": "from ''piano''"\n    },\n    {\n      "field": "bpm",\n      "value": "66",\n      "because": "usual for classical piano"\n    },\n    {\n      "field": "key",\n      "value": "B minor",\n      "because": "usual for classical piano"\n    },\n    {\n      "field": "time_signature",\n      "value": "4/4",\n      "because": "usual for classical piano"\n    },\n    {\n      "field": "instruments",\n      "value": "grand piano",\n      "because": "said in the prompt"\n    },\n    {\n      "field": "duration_seconds",\n      "value": "10",\n      "because": "asked for"\n    },\n    {\n      "field": "ending",\n      "value": "ring",\n      "because": "usual for classical piano"\n    },\n    {\n      "field": "voice",\n      "value": "none",\n      "because": "asked for"\n    },\n    {\n      "field": "valence",\n      "value": "0.2",\n      "because": "from ''quiet''"\n    },\n    {\n      "field": "arousal",\n      "value": "-0.53",\n      "because": "from ''quiet''"\n    },\n    {\n      "field": "inference.energy",\n      "value": "0.27",\n      "because": "from ''quiet''"\n    }\n  ],\n  "substitutions": [],\n  "not_understood": [],\n  "messages": [],\n  "engine": "embedded",\n  "engine_version": "embedded-2",\n  "sounds_hash": "f44a15aadcb443268e997ccee8662edf23d20b22de55e5065330d8994d856165",\n  "samples_sha256": "e560d9584cf1b5235109ccd0aef7335d89973ad4ee13e0f1c6204b3279f89054",\n  "created_at": "2026-11-25T22:55:57Z"\n}\n','\n',char(10)));
INSERT INTO songs VALUES(5,'hs6e2e28g663d5401s3p3y223w','4p75k30rrznn2mn7vdafndbx3w','cancelled','Ordinary Magic','ordinary magic','pop',107.0,'B minor','4/4',120000,0,0,'d5eac765e11d3433','7','embedded','embedded-2','','','','',0,'',NULL,NULL,'','',1795647357783,1795647359817,'never finished','',replace('{\n  "prompt": "never finished",\n  "duration_seconds": 120,\n  "sample_rate": 48000,\n  "seed": 7,\n  "voice": "none",\n  "engine": "embedded",\n  "preset": "streaming"\n}\n','\n',char(10)),'');
PRAGMA writable_schema=ON;
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','song_words','song_words',0,'CREATE VIRTUAL TABLE song_words USING fts5 (
    words,
    tokenize = "ascii tokenchars ''#/:.+&-=^''",
    detail = none,
    columnsize = 0
)');
CREATE TABLE IF NOT EXISTS 'song_words_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO song_words_data VALUES(1,X'058120');
INSERT INTO song_words_data VALUES(10,X'0000000002021100021101010101010000');
INSERT INTO song_words_data VALUES(137438953473,X'000000a50c303030303030323d67706f7005000008027030050000080a7363616e63656c6c65640509066d616b696e67050007025e6605000009016905000008016d05000009016105000008016e05000009016505000008016f05000009017205000008017005000009016f050000070866696e697368656405000007056d6167696305000007056e6576657205000007086f7264696e6172790500000703706f700500000410070d0a070606060606060606060d0a0a0d');
INSERT INTO song_words_data VALUES(2336462209025,X'000003380930303030303031383201070c3d67626f7373612d6e6f766102090c6c6f66692d6869702d686f7001090f6f72636865737472616c2d66696c6d0308027030010101080673726561647901010107025e38010901320108016102010901670209016e0201090174020801620101010901650209016f02090170010901720201080164010801650309016e03080166010101090169010209016c02080167020109017203090175020801680102090165030901690109016f010801690109016e0108016c0109016f0108016d0101090165010901690109016f0208016e01010901690109016f020901790208016f03090172030801720109016101090168010801730309016503090174030801740201090168020109016f0309017203080177010209016101090169030701610308046761696e0208026e64020108017402070562656163680208046f737361020802706d010804726173730309046967687402070164010703656e6403070266690109026c6d0308046c75746502070567726f777303080575697461720207066865726f696303080269700108026f70010702696e0107026c6f01090266690107066d656c6c6f77010804696e6f720108066f726e696e670207056e696768740108036f7661020804796c6f6e02070a6f72636865737472616c0307057261696e79010805686f6465730107067365636f6e640308067472696e6773030703746865020a026d650308016f0308097269756d7068616e740307047761726d010803696e64030612323d67636c6173736963616c2d7069616e6f040903706f70050802703005090131040807736d616b696e6705090572656164790407025e620409016504090179040801630409016c04080166050901690508016d050901610508016e050901650508016f050901720508017004010901690409016f05080171040901750408017304090165040801740409016804080177040901720407066265666f726504080179040709636c6173736963616c04070866696e69736865640507056d616769630507056e657665720507086f7264696e6172790507057069616e6f0408026f7005070571756965740407037365610407037468650407077772697474656e04040b0f0f12070b050405040504060404040504040406050405040405040404040404040504040405040404040404040404040405050404050404040706040807050707040605050708080905050505050907090806070d080809090605040c0706150605040a0805040404040404040404040404050404040404040404040409040c0b08080b0805080606');
CREATE TABLE IF NOT EXISTS 'song_words_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO song_words_idx VALUES(1,X'',2);
INSERT INTO song_words_idx VALUES(17,X'',2);
CREATE TABLE IF NOT EXISTS 'song_words_content'(id INTEGER PRIMARY KEY, c0);
INSERT INTO song_words_content VALUES(1,'00000182 000001=glofi-hip-hop 000001=p0 000001=sready 000001^8 000001^82 000001^b 000001^bp 000001^d 000001^f 000001^fi 000001^h 000001^hi 000001^ho 000001^i 000001^in 000001^l 000001^lo 000001^m 000001^me 000001^mi 000001^n 000001^ni 000001^r 000001^ra 000001^rh 000001^w 000001^wa 000001bpm 000001d 000001fi 000001hip 000001hop 000001in 000001lo 000001lofi 000001mellow 000001minor 000001night 000001rainy 000001rhodes 000001warm');
INSERT INTO song_words_content VALUES(2,'000001=gbossa-nova 000001=p0 000001=sready 000001^a 000001^ag 000001^an 000001^at 000001^b 000001^be 000001^bo 000001^br 000001^f 000001^fl 000001^g 000001^gu 000001^m 000001^mo 000001^n 000001^no 000001^ny 000001^t 000001^th 000001again 000001and 000001at 000001beach 000001bossa 000001bright 000001flute 000001guitar 000001morning 000001nova 000001nylon 000001the');
INSERT INTO song_words_content VALUES(3,'000001=gorchestral-film 000001=p0 000001=sready 000001^a 000001^an 000001^b 000001^br 000001^e 000001^en 000001^f 000001^fi 000001^g 000001^gr 000001^h 000001^he 000001^o 000001^or 000001^s 000001^se 000001^st 000001^t 000001^th 000001^to 000001^tr 000001^w 000001^wi 000001a 000001and 000001brass 000001end 000001film 000001grows 000001heroic 000001orchestral 000001second 000001strings 000001theme 000001to 000001triumphant 000001wind');
INSERT INTO song_words_content VALUES(4,'000002=gclassical-piano 000002=p1 000002=sready 000002^b 000002^be 000002^by 000002^c 000002^cl 000002^p 000002^pi 000002^q 000002^qu 000002^s 000002^se 000002^t 000002^th 000002^w 000002^wr 000002before 000002by 000002classical 000002piano 000002quiet 000002sea 000002the 000002written');
INSERT INTO song_words_content VALUES(5,'000002=gpop 000002=p0 000002=scancelled 000002^f 000002^fi 000002^m 000002^ma 000002^n 000002^ne 000002^o 000002^or 000002^p 000002^po 000002finished 000002magic 000002never 000002ordinary 000002pop');
CREATE TABLE IF NOT EXISTS 'song_words_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO song_words_config VALUES('version',4);
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
CREATE TABLE object_deletions (
    key TEXT PRIMARY KEY NOT NULL,
    due_at INTEGER NOT NULL
) STRICT;
INSERT INTO object_deletions VALUES('songs/v3/v3m6hcff2y4cazjzna3zwp2b18/',1795648259817);
CREATE TABLE outbox (
    id TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    account_id TEXT REFERENCES accounts (id) ON DELETE CASCADE,
    to_address TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    html TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sending', 'sent', 'dead')),
    attempts INTEGER NOT NULL DEFAULT 0,
    next_at INTEGER NOT NULL,
    lease_until INTEGER NOT NULL DEFAULT 0,
    lease_token TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;
INSERT INTO outbox VALUES('rcxv94gmg98gbxsjype0e1f33c','confirm_registration',NULL,'','','','','sent',1,1795647344664,1795647464691,'2bf0zj5ysa8tnps99eymmch3mr',1795647344664,1795647344692);
CREATE TABLE settings (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;
INSERT INTO settings VALUES('master_key_fingerprint','a048090a67c8202175ce3ebb72b20846',1795647344545);
CREATE TABLE nodes (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('server', 'worker')),
    started_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    engine_versions TEXT NOT NULL,
    objects_place TEXT NOT NULL
) STRICT;
CREATE TABLE rate_buckets (
    key_hash TEXT PRIMARY KEY,
    count INTEGER NOT NULL,
    window_ends_at INTEGER NOT NULL
) STRICT;
INSERT INTO rate_buckets VALUES('e47760bba5e8babf529b57fd492f09a5',3,1795647944662);
INSERT INTO rate_buckets VALUES('637823480801de62b1566dcaa262cf21',1,1795647944782);
INSERT INTO rate_buckets VALUES('6dd0aa48f2b826e17510ce721461606b',1,1795647405074);
INSERT INTO rate_buckets VALUES('078c2558b5ea8719c752333457bf4906',2,1795647405082);
INSERT INTO rate_buckets VALUES('57cf112d496326791fa247c59461207b',3,1795647417778);
CREATE TABLE audit (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    actor_id TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    details TEXT NOT NULL
) STRICT;
INSERT INTO audit VALUES(1,1795647344785,'command line','account.plan','b9v9hs2cptpvba4wwjeg7khgcr','{"plan":"studio"}');
INSERT INTO audit VALUES(2,1795647345074,'b9v9hs2cptpvba4wwjeg7khgcr','credits.grant','4p75k30rrznn2mn7vdafndbx3w','{"amount":20,"reason":"a gift"}');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('audit',2);
INSERT INTO sqlite_sequence VALUES('ledger',14);
INSERT INTO sqlite_sequence VALUES('library_accounts',2);
INSERT INTO sqlite_sequence VALUES('songs',5);
INSERT INTO sqlite_sequence VALUES('events',41);
CREATE INDEX accounts_newest ON accounts (created_at, id);
CREATE INDEX accounts_staff ON accounts (role) WHERE role <> 'user';
CREATE INDEX pending_registrations_by_email ON pending_registrations (email);
CREATE INDEX pending_registrations_by_end ON pending_registrations (expires_at);
CREATE INDEX sessions_by_account ON sessions (account_id);
CREATE INDEX sessions_by_end ON sessions (ends_at);
CREATE INDEX account_tokens_by_account ON account_tokens (account_id);
CREATE INDEX account_tokens_by_end ON account_tokens (expires_at);
CREATE INDEX login_attempts_by_age ON login_attempts (last_at);
CREATE INDEX ledger_of_account ON ledger (account_id, seq);
CREATE UNIQUE INDEX ledger_reserves_once ON ledger (reservation_id) WHERE kind = 'reserve';
CREATE UNIQUE INDEX ledger_ends_once ON ledger (reservation_id) WHERE kind IN ('commit', 'refund');
CREATE UNIQUE INDEX reservation_in_force ON reservations (subject) WHERE state IN ('open', 'committed');
CREATE INDEX reservations_of_account ON reservations (account_id);
CREATE TRIGGER ledger_is_never_changed BEFORE UPDATE ON ledger
BEGIN
    SELECT RAISE(ABORT, 'the ledger only appends');
END;
CREATE TRIGGER ledger_is_never_shortened BEFORE DELETE ON ledger
WHEN NOT EXISTS (SELECT 1 FROM billing_erasures WHERE account_id = OLD.account_id)
BEGIN
    SELECT RAISE(ABORT, 'the ledger only appends');
END;
CREATE INDEX job_lanes_by_running ON job_lanes (running, lane);
CREATE INDEX job_lanes_of_account ON job_lanes (account_id);
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
CREATE INDEX events_in_order ON events (transaction_id, seq);
CREATE INDEX events_of_account ON events (account_id, transaction_id, seq);
CREATE INDEX events_by_age ON events (at);
CREATE INDEX idempotency_by_age ON idempotency (created_at);
CREATE INDEX songs_by_creation ON songs (account_id, seq, state, genre, pinned);
CREATE INDEX songs_by_title ON songs (account_id, title_key, seq, state, genre, pinned);
CREATE INDEX songs_by_duration ON songs (account_id, duration_ms, seq, state, genre, pinned);
CREATE INDEX songs_by_state ON songs (account_id, state, seq, genre, pinned);
CREATE INDEX songs_by_genre ON songs (account_id, genre, seq, state, pinned);
CREATE INDEX songs_pinned ON songs (account_id, seq, state, genre) WHERE pinned = 1;
CREATE INDEX songs_by_making ON songs (account_id, audio_made_at, seq) WHERE audio_made_at IS NOT NULL;
CREATE INDEX songs_by_parent ON songs (parent_id) WHERE parent_id <> '';
CREATE INDEX renditions_by_use ON renditions (last_used_at) WHERE state = 'ready';
CREATE INDEX object_deletions_due ON object_deletions (due_at);
CREATE INDEX outbox_waiting ON outbox (next_at) WHERE state IN ('queued', 'sending');
CREATE INDEX outbox_ended ON outbox (ended_at) WHERE state IN ('sent', 'dead');
CREATE INDEX outbox_by_account ON outbox (account_id);
CREATE INDEX nodes_by_seen ON nodes (seen_at);
CREATE INDEX rate_buckets_by_end ON rate_buckets (window_ends_at);
CREATE INDEX audit_by_actor ON audit (actor_id, seq);
CREATE INDEX audit_by_subject ON audit (subject, seq);
PRAGMA writable_schema=OFF;
COMMIT;
