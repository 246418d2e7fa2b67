--
-- PostgreSQL database dump
--

\restrict tNeZ1dpgcCamUZOufeBd8mLSCZ0i4tOfdnkhFe8gERwwylXnY0F16uaJypFjxv7

-- Dumped from database version 15.20 (Debian 15.20-0+deb12u1)
-- Dumped by pg_dump version 15.20 (Debian 15.20-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: access_log; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA access_log;


--
-- Name: count_running_jobs(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.count_running_jobs() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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


--
-- Name: now_ms(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.now_ms() RETURNS bigint
    LANGUAGE sql STABLE
    AS $$ SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint $$;


--
-- Name: refuse_to_change_ledger(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.refuse_to_change_ledger() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF EXISTS (SELECT 1 FROM billing_erasures WHERE account_id = OLD.account_id) THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'the ledger only appends';
END
$$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: requests; Type: TABLE; Schema: access_log; Owner: -
--

CREATE TABLE access_log.requests (
    at bigint NOT NULL,
    address text NOT NULL,
    method text NOT NULL,
    route text NOT NULL,
    status bigint NOT NULL,
    user_agent text NOT NULL
);


--
-- Name: account_locks; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.account_locks (
    name text NOT NULL
);


--
-- Name: account_tokens; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.account_tokens (
    token_hash text NOT NULL,
    account_id text,
    purpose text NOT NULL,
    new_email text,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    CONSTRAINT account_tokens_purpose_check CHECK ((purpose = ANY (ARRAY['reset'::text, 'email'::text])))
);


--
-- Name: accounts; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.accounts (
    id text NOT NULL,
    email text NOT NULL,
    display_name text NOT NULL,
    password_hash text NOT NULL,
    role text DEFAULT 'user'::text NOT NULL,
    state text DEFAULT 'active'::text NOT NULL,
    plan text NOT NULL,
    terms_version text NOT NULL,
    age_confirmed_at bigint,
    created_at bigint NOT NULL,
    CONSTRAINT accounts_role_check CHECK ((role = ANY (ARRAY['user'::text, 'reviewer'::text, 'administrator'::text]))),
    CONSTRAINT accounts_state_check CHECK ((state = ANY (ARRAY['active'::text, 'suspended'::text])))
);


--
-- Name: audit; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.audit (
    seq bigint NOT NULL,
    at bigint NOT NULL,
    actor_id text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    details text NOT NULL
);


--
-- Name: audit_seq_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.audit ALTER COLUMN seq ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.audit_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: balances; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.balances (
    account_id text NOT NULL,
    balance bigint NOT NULL,
    updated_at bigint NOT NULL,
    CONSTRAINT balances_balance_check CHECK ((balance >= 0))
);


--
-- Name: billing_erasures; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.billing_erasures (
    account_id text NOT NULL
);


--
-- Name: events; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.events (
    seq bigint NOT NULL,
    transaction_id bigint DEFAULT ((pg_current_xact_id())::text)::bigint NOT NULL,
    account_id text NOT NULL,
    kind text NOT NULL,
    body text NOT NULL,
    at bigint NOT NULL
);


--
-- Name: events_seq_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.events ALTER COLUMN seq ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.events_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: idempotency; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.idempotency (
    account_id text NOT NULL,
    key text NOT NULL,
    body_hash text NOT NULL,
    status bigint,
    answer text,
    created_at bigint NOT NULL
);


--
-- Name: job_lanes; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.job_lanes (
    lane text NOT NULL,
    account_id text,
    running bigint NOT NULL,
    CONSTRAINT job_lanes_running_check CHECK ((running >= 0))
);


--
-- Name: jobs; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.jobs (
    id text NOT NULL,
    kind text NOT NULL,
    unique_key text,
    account_id text,
    lane text NOT NULL,
    subject text,
    parallel bigint NOT NULL,
    engine text,
    engine_version text,
    payload text NOT NULL,
    state text NOT NULL,
    priority bigint NOT NULL,
    rank_at bigint NOT NULL,
    attempts bigint DEFAULT 0 NOT NULL,
    max_attempts bigint NOT NULL,
    run_after_at bigint NOT NULL,
    lease_token text,
    lease_until_at bigint,
    worker text,
    cancel_asked bigint DEFAULT 0 NOT NULL,
    stage text DEFAULT ''::text NOT NULL,
    progress double precision DEFAULT 0 NOT NULL,
    error_user text DEFAULT ''::text NOT NULL,
    error_log text DEFAULT ''::text NOT NULL,
    replayed_by text,
    created_at bigint NOT NULL,
    started_at bigint,
    ended_at bigint,
    CONSTRAINT jobs_check CHECK (((state = 'running'::text) = (lease_token IS NOT NULL))),
    CONSTRAINT jobs_parallel_check CHECK ((parallel >= 1)),
    CONSTRAINT jobs_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'dead'::text, 'cancelled'::text])))
);


--
-- Name: ledger; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.ledger (
    seq bigint NOT NULL,
    account_id text NOT NULL,
    kind text NOT NULL,
    amount bigint NOT NULL,
    reservation_id text,
    subject text,
    reason text DEFAULT ''::text NOT NULL,
    actor_id text,
    at bigint NOT NULL,
    CONSTRAINT ledger_kind_check CHECK ((kind = ANY (ARRAY['grant'::text, 'reserve'::text, 'commit'::text, 'refund'::text])))
);


--
-- Name: ledger_seq_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.ledger ALTER COLUMN seq ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ledger_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: library_accounts; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.library_accounts (
    number bigint NOT NULL,
    account_id text NOT NULL,
    stored_bytes bigint DEFAULT 0 NOT NULL,
    remake_day bigint DEFAULT 0 NOT NULL,
    remakes bigint DEFAULT 0 NOT NULL
);


--
-- Name: library_accounts_number_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.library_accounts ALTER COLUMN number ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.library_accounts_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: login_attempts; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.login_attempts (
    key_hash text NOT NULL,
    failures bigint NOT NULL,
    since_at bigint NOT NULL,
    last_at bigint NOT NULL,
    blocked_until bigint NOT NULL
);


--
-- Name: monthly_grants; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.monthly_grants (
    account_id text NOT NULL,
    period text NOT NULL,
    amount bigint NOT NULL
);


--
-- Name: nodes; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.nodes (
    id text NOT NULL,
    kind text NOT NULL,
    started_at bigint NOT NULL,
    seen_at bigint NOT NULL,
    engine_versions text NOT NULL,
    objects_place text NOT NULL,
    CONSTRAINT nodes_kind_check CHECK ((kind = ANY (ARRAY['server'::text, 'worker'::text])))
);


--
-- Name: object_deletions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.object_deletions (
    key text NOT NULL,
    due_at bigint NOT NULL
);


--
-- Name: outbox; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.outbox (
    id text NOT NULL,
    kind text NOT NULL,
    account_id text,
    to_address text NOT NULL,
    subject text NOT NULL,
    text text NOT NULL,
    html text NOT NULL,
    state text DEFAULT 'queued'::text NOT NULL,
    attempts bigint DEFAULT 0 NOT NULL,
    next_at bigint NOT NULL,
    lease_until bigint DEFAULT 0 NOT NULL,
    lease_token text DEFAULT ''::text NOT NULL,
    created_at bigint NOT NULL,
    ended_at bigint,
    CONSTRAINT outbox_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sending'::text, 'sent'::text, 'dead'::text])))
);


--
-- Name: pending_registrations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.pending_registrations (
    token_hash text NOT NULL,
    email text NOT NULL,
    display_name text NOT NULL,
    password_hash text NOT NULL,
    terms_version text NOT NULL,
    age_confirmed_at bigint NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL
);


--
-- Name: rate_buckets; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.rate_buckets (
    key_hash text NOT NULL,
    count bigint NOT NULL,
    window_ends_at bigint NOT NULL
);


--
-- Name: renditions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.renditions (
    id text NOT NULL,
    song_id text NOT NULL,
    what text NOT NULL,
    state text NOT NULL,
    objects text NOT NULL,
    bytes bigint DEFAULT 0 NOT NULL,
    contents text DEFAULT ''::text NOT NULL,
    error_user text DEFAULT ''::text NOT NULL,
    created_at bigint NOT NULL,
    made_at bigint,
    last_used_at bigint NOT NULL,
    CONSTRAINT renditions_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'making'::text, 'ready'::text, 'failed'::text])))
);


--
-- Name: reservations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.reservations (
    id text NOT NULL,
    subject text NOT NULL,
    account_id text NOT NULL,
    cost bigint NOT NULL,
    day text NOT NULL,
    month text NOT NULL,
    state text NOT NULL,
    created_at bigint NOT NULL,
    ended_at bigint,
    CONSTRAINT reservations_cost_check CHECK ((cost >= 0)),
    CONSTRAINT reservations_state_check CHECK ((state = ANY (ARRAY['open'::text, 'committed'::text, 'refunded'::text])))
);


--
-- Name: schema_migrations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.schema_migrations (
    number integer NOT NULL,
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at bigint NOT NULL
);


--
-- Name: sessions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.sessions (
    token_hash text NOT NULL,
    id text NOT NULL,
    account_id text NOT NULL,
    agent text NOT NULL,
    created_at bigint NOT NULL,
    last_active_at bigint NOT NULL,
    ends_at bigint NOT NULL
);


--
-- Name: settings; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.settings (
    key text NOT NULL,
    value text NOT NULL,
    changed_at bigint NOT NULL
);


--
-- Name: setup_tokens; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.setup_tokens (
    token_hash text NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL
);


--
-- Name: song_words; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.song_words (
    seq bigint NOT NULL,
    words tsvector NOT NULL
);
ALTER TABLE ONLY public.song_words ALTER COLUMN words SET STORAGE MAIN;


--
-- Name: songs; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.songs (
    seq bigint NOT NULL,
    id text NOT NULL,
    account_id text NOT NULL,
    state text NOT NULL,
    title text NOT NULL,
    title_key text NOT NULL COLLATE pg_catalog."C",
    genre text NOT NULL,
    bpm double precision NOT NULL,
    musical_key text NOT NULL,
    metre text NOT NULL,
    duration_ms bigint NOT NULL,
    pinned bigint DEFAULT 0 NOT NULL,
    held bigint DEFAULT 0 NOT NULL,
    generation_id text NOT NULL,
    seed text NOT NULL,
    engine text NOT NULL,
    engine_version text NOT NULL,
    sounds_hash text DEFAULT ''::text NOT NULL,
    samples_sha256 text DEFAULT ''::text NOT NULL,
    objects text DEFAULT ''::text NOT NULL,
    making_objects text DEFAULT ''::text NOT NULL,
    audio_bytes bigint DEFAULT 0 NOT NULL,
    audio_sha256 text DEFAULT ''::text NOT NULL,
    audio_made_at bigint,
    remake_exact bigint,
    parent_id text DEFAULT ''::text NOT NULL,
    error_user text DEFAULT ''::text NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    prompt text NOT NULL,
    lyrics text NOT NULL,
    request text NOT NULL,
    record text DEFAULT ''::text NOT NULL,
    CONSTRAINT songs_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'making'::text, 'ready'::text, 'failed'::text, 'cancelled'::text, 'archived'::text])))
);


--
-- Name: songs_seq_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.songs ALTER COLUMN seq ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.songs_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: usage; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.usage (
    account_id text NOT NULL,
    period text NOT NULL,
    used bigint NOT NULL,
    CONSTRAINT usage_used_check CHECK ((used >= 0))
);


--
-- Data for Name: requests; Type: TABLE DATA; Schema: access_log; Owner: -
--

INSERT INTO access_log.requests VALUES (1795647365027, '127.0.0.1', 'GET', '/healthz', 200, '');
INSERT INTO access_log.requests VALUES (1795647365051, '127.10.0.4', 'POST', '/api/v1/auth/register', 202, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647365320, '127.10.0.4', 'POST', '/api/v1/auth/verify', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647365352, '127.10.0.4', 'POST', '/api/v1/auth/login', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647365565, '127.10.0.5', 'POST', '/api/v1/setup', 201, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647365966, '127.10.0.5', 'GET', '/api/v1/me', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647365975, '127.10.0.5', 'POST', '/api/v1/admin/users/{id}/credits', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647366025, '127.10.0.4', 'POST', '/api/v1/songs', 202, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647366134, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647366202, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647366271, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647366333, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647366400, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647366458, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647366505, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647366545, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647366588, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647366633, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647366681, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647366721, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647366755, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647366801, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647366840, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647366876, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647366910, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647366942, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647367003, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647367040, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647367085, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647367120, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647367160, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647367197, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647367245, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647367282, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647367329, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647367372, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647367412, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647367445, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647367484, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647367523, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647367569, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647367621, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647367657, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647367709, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647367745, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647367789, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647367832, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647367876, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647367909, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647367945, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647367990, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647368033, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647368069, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647368104, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647368149, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647368186, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647368226, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647368267, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647368308, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647368342, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647368379, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647368429, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647368470, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647368503, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647368541, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647368583, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647368618, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647368656, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647368694, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647368729, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647368769, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647368813, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647368857, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647368894, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647368938, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647368972, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647369021, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647369056, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647369100, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647369133, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647369169, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647369213, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647369251, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647369289, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647369340, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647369379, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647369417, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647369469, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647369507, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647369545, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647369594, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647369637, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647369681, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647369723, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647369763, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647369809, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647369843, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647369893, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647369926, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647369960, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647370000, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647370032, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647370067, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647370101, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647370149, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647370185, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647370241, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647370274, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647370309, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647370356, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647370394, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647370431, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647370469, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647370520, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647370555, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647370596, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647370637, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647370671, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647370709, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647370747, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647370783, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647370816, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647370852, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647370905, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647370954, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647370990, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647371041, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647371101, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647371140, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647371178, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647371226, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647371272, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647371306, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647371340, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647371378, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647371419, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647371459, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647371501, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647371539, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647371577, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647371621, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647371673, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647371712, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647371745, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647371793, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647371840, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647371880, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647371916, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647371949, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647371997, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647372048, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647372085, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647372125, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647372174, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647372214, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647372265, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647372301, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647372337, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647372383, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647372425, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647372466, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647372510, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647372545, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647372581, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647372659, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647372699, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647372750, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647372797, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647372845, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647372880, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647372924, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647372961, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647373000, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647373040, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647373084, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647373122, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647373158, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647373201, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647373244, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647373280, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647373317, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647373363, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647373401, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647373440, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647373479, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647373549, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647373593, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647373636, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647373681, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647373716, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647373764, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647373800, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647373837, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647373898, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647373935, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647373997, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647374033, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647374084, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647374128, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647374184, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647374224, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647374259, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647374299, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647374340, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647374384, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647374425, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647374468, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647374501, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647374541, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647374585, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647374637, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647374681, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647374720, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647374771, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647374808, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647374846, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647374893, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647374941, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647374984, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647375025, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647375063, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647375121, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647375158, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647375193, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647375245, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647375284, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647375317, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647375361, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647375409, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647375473, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647375512, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647375557, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647375605, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647375655, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647375700, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647375756, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647375796, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647375844, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647375887, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647375925, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647375976, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647376012, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647376053, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647376100, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647376154, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647376204, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647376248, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647376285, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647376328, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647376365, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647376405, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647376445, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647376489, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647376557, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647376601, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647376641, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647376695, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647376733, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647376770, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647376804, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647376841, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647376897, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647376949, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647376993, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647377028, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647377062, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647377108, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647377153, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647377188, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647377241, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647377292, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647377331, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647377367, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647377405, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647377449, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647377487, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647377537, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647377577, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647377623, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647377662, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647377702, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647377753, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647377801, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647377842, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647377883, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647377943, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647377999, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647378045, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647378087, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647378129, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647378173, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647378221, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647378255, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647378325, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647378361, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647378417, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647378460, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647378496, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647378547, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647378583, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647378620, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647378677, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647378713, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647378752, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647378793, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647378833, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647378889, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647378928, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647378986, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647379049, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647379090, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647379123, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647379159, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647379201, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647379241, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647379281, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647379321, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647379373, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647379408, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647379449, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647379497, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647379538, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647379574, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647379613, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647379650, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647379688, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647379729, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647379772, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647379814, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647379873, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647379908, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647379944, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647379978, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647380012, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647380072, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647380115, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647380149, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647380182, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647380223, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647380266, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647380307, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647380345, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647380388, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647380428, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647380470, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647380509, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647380546, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647380583, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647380625, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647380665, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647380701, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647380745, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647380782, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647380820, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647380864, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647380905, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647380949, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647380988, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647381025, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647381068, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647381115, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647381152, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647381193, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647381234, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647381267, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647381304, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647381340, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647381385, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647381419, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647381461, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647381510, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647381560, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647381608, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647381613, '127.10.0.4', 'PATCH', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647381632, '127.10.0.4', 'POST', '/api/v1/songs', 202, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647381669, '127.10.0.4', 'POST', '/api/v1/songs/{id}/cancel', 202, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647381695, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647381732, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647381772, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647381812, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647381853, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647381898, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647381931, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647381977, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647382021, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647382066, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647382110, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647382146, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647382185, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647382224, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647382272, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647382316, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647382349, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647382387, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647382429, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647382473, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647382513, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647382553, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647382597, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647382633, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647382674, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647382707, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647382740, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647382778, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647382813, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647382856, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647382894, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647382935, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647382984, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647383037, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647383078, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647383134, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647383167, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647383218, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647383255, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647383293, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647383341, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647383377, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647383435, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647383474, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647383513, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647383553, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647383604, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647383651, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647383683, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647383740, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647383777, '127.10.0.4', 'GET', '/api/v1/songs/{id}', 200, 'mmx-outside-check/1');
INSERT INTO access_log.requests VALUES (1795647383789, '127.10.0.4', 'POST', '/api/v1/auth/logout', 204, 'mmx-outside-check/1');


--
-- Data for Name: account_locks; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.account_locks VALUES ('administrators');


--
-- Data for Name: account_tokens; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: accounts; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.accounts VALUES ('tq27304bmzejtwyrg18b307h2w', 'kept@example.com', 'Kept for years', '$2b$04$j9xHVWDiRRF78vikvpFq2O3LfIHdDl5N5.YJ3Q4maFBEz.mnh/Z2i', 'user', 'active', 'free', '2026-01', 1795647365107, 1795647365348);
INSERT INTO public.accounts VALUES ('aace906nr2f6z12ep5vym0t8pm', 'admin4@example.com', 'The administrator', '$2b$04$ZsX1q97paoEf1TJs.FXUtOKba4nBDjU7prWGVLerIUUz4I8v3R7fW', 'administrator', 'active', 'studio', '2026-01', NULL, 1795647365614);


--
-- Data for Name: audit; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.audit OVERRIDING SYSTEM VALUE VALUES (1, 1795647365634, 'command line', 'account.plan', 'aace906nr2f6z12ep5vym0t8pm', '{"plan":"studio"}');
INSERT INTO public.audit OVERRIDING SYSTEM VALUE VALUES (2, 1795647366013, 'aace906nr2f6z12ep5vym0t8pm', 'credits.grant', 'tq27304bmzejtwyrg18b307h2w', '{"amount":20,"reason":"a gift"}');


--
-- Data for Name: balances; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.balances VALUES ('aace906nr2f6z12ep5vym0t8pm', 10500, 1795647365959);
INSERT INTO public.balances VALUES ('tq27304bmzejtwyrg18b307h2w', 119, 1795647383735);


--
-- Data for Name: billing_erasures; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: events; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (1, 782, 'aace906nr2f6z12ep5vym0t8pm', 'song', '{"has_audio":false,"id":"9pg8m6agkbhgdah2brgw681spr","state":"queued","title":"Rainy Night"}', 1795647365919);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (2, 782, 'aace906nr2f6z12ep5vym0t8pm', 'song', '{"has_audio":false,"id":"3sxwk61d7ah9g5s2x4a2y6cbs0","state":"queued","title":"Morning Again"}', 1795647365940);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (3, 782, 'aace906nr2f6z12ep5vym0t8pm', 'song', '{"has_audio":false,"id":"mj0g9nbyzmaxpjdd1khxmt4tmm","state":"queued","title":"Second Wind"}', 1795647365957);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (4, 784, 'aace906nr2f6z12ep5vym0t8pm', 'song', '{"has_audio":false,"id":"9pg8m6agkbhgdah2brgw681spr","state":"making","title":"Rainy Night"}', 1795647365979);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (5, 788, 'tq27304bmzejtwyrg18b307h2w', 'song', '{"has_audio":false,"id":"qj2bd38tt1a74y64enr4jjy9j0","state":"queued","title":"Before"}', 1795647366123);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (6, 790, 'aace906nr2f6z12ep5vym0t8pm', 'progress', '{"id":"9pg8m6agkbhgdah2brgw681spr","progress":0.15,"stage":"playing"}', 1795647366485);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (7, 793, 'aace906nr2f6z12ep5vym0t8pm', 'progress', '{"id":"9pg8m6agkbhgdah2brgw681spr","progress":0.24166666666666667,"stage":"playing"}', 1795647367491);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (8, 795, 'aace906nr2f6z12ep5vym0t8pm', 'progress', '{"id":"9pg8m6agkbhgdah2brgw681spr","progress":0.3516666666666667,"stage":"playing"}', 1795647368008);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (9, 798, 'aace906nr2f6z12ep5vym0t8pm', 'progress', '{"id":"9pg8m6agkbhgdah2brgw681spr","progress":0.46166666666666667,"stage":"playing"}', 1795647368524);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (10, 800, 'aace906nr2f6z12ep5vym0t8pm', 'progress', '{"id":"9pg8m6agkbhgdah2brgw681spr","progress":0.5900000000000001,"stage":"playing"}', 1795647369028);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (11, 802, 'aace906nr2f6z12ep5vym0t8pm', 'progress', '{"id":"9pg8m6agkbhgdah2brgw681spr","progress":0.7000000000000001,"stage":"mastering"}', 1795647369537);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (12, 803, 'aace906nr2f6z12ep5vym0t8pm', 'progress', '{"id":"9pg8m6agkbhgdah2brgw681spr","progress":0.8227555555555556,"stage":"encoding"}', 1795647370063);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (13, 807, 'aace906nr2f6z12ep5vym0t8pm', 'progress', '{"id":"9pg8m6agkbhgdah2brgw681spr","progress":0.9956977777777778,"stage":"encoding"}', 1795647370572);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (14, 808, 'aace906nr2f6z12ep5vym0t8pm', 'song', '{"has_audio":true,"id":"9pg8m6agkbhgdah2brgw681spr","state":"ready","title":"Rainy Night"}', 1795647370660);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (15, 810, 'aace906nr2f6z12ep5vym0t8pm', 'song', '{"has_audio":false,"id":"3sxwk61d7ah9g5s2x4a2y6cbs0","state":"making","title":"Morning Again"}', 1795647370686);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (16, 812, 'aace906nr2f6z12ep5vym0t8pm', 'progress', '{"id":"3sxwk61d7ah9g5s2x4a2y6cbs0","progress":0.15,"stage":"playing"}', 1795647371198);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (17, 814, 'aace906nr2f6z12ep5vym0t8pm', 'progress', '{"id":"3sxwk61d7ah9g5s2x4a2y6cbs0","progress":0.216,"stage":"playing"}', 1795647371700);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (18, 816, 'aace906nr2f6z12ep5vym0t8pm', 'progress', '{"id":"3sxwk61d7ah9g5s2x4a2y6cbs0","progress":0.41400000000000003,"stage":"playing"}', 1795647372201);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (19, 818, 'aace906nr2f6z12ep5vym0t8pm', 'progress', '{"id":"3sxwk61d7ah9g5s2x4a2y6cbs0","progress":0.5900000000000001,"stage":"playing"}', 1795647372708);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (20, 821, 'aace906nr2f6z12ep5vym0t8pm', 'progress', '{"id":"3sxwk61d7ah9g5s2x4a2y6cbs0","progress":0.7400000000000001,"stage":"mastering"}', 1795647373217);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (21, 823, 'aace906nr2f6z12ep5vym0t8pm', 'progress', '{"id":"3sxwk61d7ah9g5s2x4a2y6cbs0","progress":0.96384,"stage":"encoding"}', 1795647373719);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (22, 824, 'aace906nr2f6z12ep5vym0t8pm', 'song', '{"has_audio":true,"id":"3sxwk61d7ah9g5s2x4a2y6cbs0","state":"ready","title":"Morning Again"}', 1795647373870);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (23, 826, 'aace906nr2f6z12ep5vym0t8pm', 'song', '{"has_audio":false,"id":"mj0g9nbyzmaxpjdd1khxmt4tmm","state":"making","title":"Second Wind"}', 1795647373905);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (24, 828, 'aace906nr2f6z12ep5vym0t8pm', 'progress', '{"id":"mj0g9nbyzmaxpjdd1khxmt4tmm","progress":0.15,"stage":"playing"}', 1795647374405);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (25, 831, 'aace906nr2f6z12ep5vym0t8pm', 'progress', '{"id":"mj0g9nbyzmaxpjdd1khxmt4tmm","progress":0.18142857142857144,"stage":"playing"}', 1795647375414);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (26, 833, 'aace906nr2f6z12ep5vym0t8pm', 'progress', '{"id":"mj0g9nbyzmaxpjdd1khxmt4tmm","progress":0.22857142857142856,"stage":"playing"}', 1795647375915);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (27, 836, 'aace906nr2f6z12ep5vym0t8pm', 'progress', '{"id":"mj0g9nbyzmaxpjdd1khxmt4tmm","progress":0.2914285714285714,"stage":"playing"}', 1795647376417);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (28, 838, 'aace906nr2f6z12ep5vym0t8pm', 'progress', '{"id":"mj0g9nbyzmaxpjdd1khxmt4tmm","progress":0.3542857142857143,"stage":"playing"}', 1795647376930);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (29, 840, 'aace906nr2f6z12ep5vym0t8pm', 'progress', '{"id":"mj0g9nbyzmaxpjdd1khxmt4tmm","progress":0.40142857142857147,"stage":"playing"}', 1795647377434);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (30, 842, 'aace906nr2f6z12ep5vym0t8pm', 'progress', '{"id":"mj0g9nbyzmaxpjdd1khxmt4tmm","progress":0.4642857142857143,"stage":"playing"}', 1795647377947);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (31, 845, 'aace906nr2f6z12ep5vym0t8pm', 'progress', '{"id":"mj0g9nbyzmaxpjdd1khxmt4tmm","progress":0.5271428571428571,"stage":"playing"}', 1795647378462);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (32, 847, 'aace906nr2f6z12ep5vym0t8pm', 'progress', '{"id":"mj0g9nbyzmaxpjdd1khxmt4tmm","progress":0.5742857142857143,"stage":"playing"}', 1795647378977);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (33, 849, 'aace906nr2f6z12ep5vym0t8pm', 'progress', '{"id":"mj0g9nbyzmaxpjdd1khxmt4tmm","progress":0.6371428571428571,"stage":"playing"}', 1795647379498);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (34, 852, 'aace906nr2f6z12ep5vym0t8pm', 'progress', '{"id":"mj0g9nbyzmaxpjdd1khxmt4tmm","progress":0.7400000000000001,"stage":"mastering"}', 1795647380007);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (35, 855, 'aace906nr2f6z12ep5vym0t8pm', 'progress', '{"id":"mj0g9nbyzmaxpjdd1khxmt4tmm","progress":0.8858209523809524,"stage":"encoding"}', 1795647380543);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (36, 857, 'aace906nr2f6z12ep5vym0t8pm', 'progress', '{"id":"mj0g9nbyzmaxpjdd1khxmt4tmm","progress":1.0,"stage":"encoding"}', 1795647381051);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (37, 858, 'aace906nr2f6z12ep5vym0t8pm', 'song', '{"has_audio":true,"id":"mj0g9nbyzmaxpjdd1khxmt4tmm","state":"ready","title":"Second Wind"}', 1795647381084);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (38, 860, 'tq27304bmzejtwyrg18b307h2w', 'song', '{"has_audio":false,"id":"qj2bd38tt1a74y64enr4jjy9j0","state":"making","title":"Before"}', 1795647381120);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (39, 862, 'tq27304bmzejtwyrg18b307h2w', 'song', '{"has_audio":true,"id":"qj2bd38tt1a74y64enr4jjy9j0","state":"ready","title":"Before"}', 1795647381594);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (40, 864, 'tq27304bmzejtwyrg18b307h2w', 'song', '{"has_audio":true,"id":"qj2bd38tt1a74y64enr4jjy9j0","state":"ready","title":"Written before"}', 1795647381622);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (41, 864, 'tq27304bmzejtwyrg18b307h2w', 'song', '{"has_audio":true,"id":"qj2bd38tt1a74y64enr4jjy9j0","state":"ready","title":"Written before"}', 1795647381629);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (42, 866, 'tq27304bmzejtwyrg18b307h2w', 'song', '{"has_audio":false,"id":"fhpy75km4p9r2spk9ad69x16n8","state":"queued","title":"Ordinary Magic"}', 1795647381658);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (43, 868, 'tq27304bmzejtwyrg18b307h2w', 'song', '{"has_audio":false,"id":"fhpy75km4p9r2spk9ad69x16n8","state":"making","title":"Ordinary Magic"}', 1795647381675);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (44, 872, 'tq27304bmzejtwyrg18b307h2w', 'progress', '{"id":"fhpy75km4p9r2spk9ad69x16n8","progress":0.15,"stage":"playing"}', 1795647382170);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (45, 876, 'tq27304bmzejtwyrg18b307h2w', 'progress', '{"id":"fhpy75km4p9r2spk9ad69x16n8","progress":0.21416666666666667,"stage":"playing"}', 1795647383675);
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES (46, 878, 'tq27304bmzejtwyrg18b307h2w', 'song', '{"has_audio":false,"id":"fhpy75km4p9r2spk9ad69x16n8","state":"cancelled","title":"Ordinary Magic"}', 1795647383761);


--
-- Data for Name: idempotency; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.idempotency VALUES ('tq27304bmzejtwyrg18b307h2w', 'key-5', 'b101003a578fe88bfbda9432a9205f397b2bf23554ad15d2d4e42f960dbc1de8', 202, '{"id":"qj2bd38tt1a74y64enr4jjy9j0","state":"queued","title":"Before","prompt":"quiet piano by the sea","genre":"classical-piano","bpm":66.0,"key":"B minor","time_signature":"4/4","duration_seconds":10.0,"has_audio":false,"pinned":false,"held":false,"error":null,"variation_of":null,"created_at":"2026-11-25T22:56:06.092Z","updated_at":"2026-11-25T22:56:06.092Z","lyrics":"","generation_id":"ad40ecadd47be315","seed":"7","engine":"embedded","engine_version":"embedded-2","sounds_hash":null,"sha256":null,"audio_bytes":0,"audio_sha256":null,"audio_made_at":null,"remake_exact":null,"request":{"prompt":"quiet piano by the sea","title":"Before","duration_seconds":10,"sample_rate":48000,"seed":7,"voice":"none","engine":"embedded","preset":"streaming"},"decided":null,"record":null}', 1795647366046);
INSERT INTO public.idempotency VALUES ('tq27304bmzejtwyrg18b307h2w', 'key-6', 'c0c4f6c2902e1095a5264f0789599296940e1245bbb9d164cc2b785cf8e02f9c', 202, '{"id":"fhpy75km4p9r2spk9ad69x16n8","state":"queued","title":"Ordinary Magic","prompt":"never finished","genre":"pop","bpm":107.0,"key":"B minor","time_signature":"4/4","duration_seconds":120.0,"has_audio":false,"pinned":false,"held":false,"error":null,"variation_of":null,"created_at":"2026-11-25T22:56:21.650Z","updated_at":"2026-11-25T22:56:21.650Z","lyrics":"","generation_id":"505677544011bb6f","seed":"7","engine":"embedded","engine_version":"embedded-2","sounds_hash":null,"sha256":null,"audio_bytes":0,"audio_sha256":null,"audio_made_at":null,"remake_exact":null,"request":{"prompt":"never finished","duration_seconds":120,"sample_rate":48000,"seed":7,"voice":"none","engine":"embedded","preset":"streaming"},"decided":null,"record":null}', 1795647381645);


--
-- Data for Name: job_lanes; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.job_lanes VALUES ('kind:deliver_mail_now', NULL, 0);
INSERT INTO public.job_lanes VALUES ('kind:deliver_mail', NULL, 0);
INSERT INTO public.job_lanes VALUES ('kind:sweep_mail', NULL, 0);
INSERT INTO public.job_lanes VALUES ('kind:sweep_tokens', NULL, 0);
INSERT INTO public.job_lanes VALUES ('kind:evict_renditions', NULL, 0);
INSERT INTO public.job_lanes VALUES ('kind:sweep_deletions', NULL, 0);
INSERT INTO public.job_lanes VALUES ('kind:sweep_scratch', NULL, 0);
INSERT INTO public.job_lanes VALUES ('kind:sweep_events', NULL, 0);
INSERT INTO public.job_lanes VALUES ('kind:sweep_usage', NULL, 0);
INSERT INTO public.job_lanes VALUES ('kind:sweep_idempotency', NULL, 0);
INSERT INTO public.job_lanes VALUES ('kind:sweep_jobs', NULL, 0);
INSERT INTO public.job_lanes VALUES ('kind:forget_deleted', NULL, 0);
INSERT INTO public.job_lanes VALUES ('kind:sweep_logs', NULL, 0);
INSERT INTO public.job_lanes VALUES ('kind:sweep_limits', NULL, 0);
INSERT INTO public.job_lanes VALUES ('kind:check_nodes', NULL, 0);
INSERT INTO public.job_lanes VALUES ('aace906nr2f6z12ep5vym0t8pm', 'aace906nr2f6z12ep5vym0t8pm', 0);
INSERT INTO public.job_lanes VALUES ('tq27304bmzejtwyrg18b307h2w', 'tq27304bmzejtwyrg18b307h2w', 0);


--
-- Data for Name: jobs; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.jobs VALUES ('rjahnrbcb4r3tgvtm2bcp3jm0g', 'deliver_mail_now', 'deliver_mail_now', NULL, 'kind:deliver_mail_now', NULL, 64, NULL, NULL, '{}', 'done', 0, 1795647365125, 1, 3, 1795647365125, NULL, NULL, 'vm-25475/house', 0, '', 1, '', '', NULL, 1795647365125, 1795647365180, 1795647365270);
INSERT INTO public.jobs VALUES ('dz03qy21hmfm1ngp7q612y4n5g', 'deliver_mail', 'deliver_mail', NULL, 'kind:deliver_mail', NULL, 64, NULL, NULL, '{}', 'done', 0, 1795647365139, 1, 3, 1795647365139, NULL, NULL, 'vm-25475/house', 0, '', 1, '', '', NULL, 1795647365139, 1795647365285, 1795647365302);
INSERT INTO public.jobs VALUES ('8ggjx4nyazvaqw9qhm2wxsbmr0', 'deliver_mail', 'deliver_mail', NULL, 'kind:deliver_mail', NULL, 64, NULL, NULL, '{}', 'queued', 0, 1795647425304, 0, 3, 1795647425304, NULL, NULL, NULL, 0, '', 0, '', '', NULL, 1795647365304, NULL, NULL);
INSERT INTO public.jobs VALUES ('0f0r5ned63t7rthdnqw17fyky4', 'sweep_mail', 'sweep_mail', NULL, 'kind:sweep_mail', NULL, 64, NULL, NULL, '{}', 'done', 0, 1795647365145, 1, 3, 1795647365145, NULL, NULL, 'vm-25475/house', 0, '', 1, '', '', NULL, 1795647365145, 1795647365318, 1795647365334);
INSERT INTO public.jobs VALUES ('7wv20hfvsvph8x7k6dqp62jr5c', 'sweep_mail', 'sweep_mail', NULL, 'kind:sweep_mail', NULL, 64, NULL, NULL, '{}', 'queued', 0, 1795650965337, 0, 3, 1795650965337, NULL, NULL, NULL, 0, '', 0, '', '', NULL, 1795647365337, NULL, NULL);
INSERT INTO public.jobs VALUES ('e7axzg0bfkrnwkpws1qhmz0y80', 'sweep_tokens', 'sweep_tokens', NULL, 'kind:sweep_tokens', NULL, 64, NULL, NULL, '{}', 'done', 0, 1795647365146, 1, 3, 1795647365146, NULL, NULL, 'vm-25475/house', 0, '', 1, '', '', NULL, 1795647365146, 1795647365344, 1795647365385);
INSERT INTO public.jobs VALUES ('8f5vzn15ak6rgr9a8wgs4w2kv8', 'sweep_tokens', 'sweep_tokens', NULL, 'kind:sweep_tokens', NULL, 64, NULL, NULL, '{}', 'queued', 0, 1795647965388, 0, 3, 1795647965388, NULL, NULL, NULL, 0, '', 0, '', '', NULL, 1795647365388, NULL, NULL);
INSERT INTO public.jobs VALUES ('b0pqm2e709a6e2wn8wm06jy4zg', 'evict_renditions', 'evict_renditions', NULL, 'kind:evict_renditions', NULL, 64, NULL, NULL, '{}', 'done', 0, 1795647365147, 1, 3, 1795647365147, NULL, NULL, 'vm-25475/house', 0, '', 1, '', '', NULL, 1795647365147, 1795647365404, 1795647365429);
INSERT INTO public.jobs VALUES ('3cr74d727j8qye8mprvrtb3hgr', 'evict_renditions', 'evict_renditions', NULL, 'kind:evict_renditions', NULL, 64, NULL, NULL, '{}', 'queued', 0, 1795647965433, 0, 3, 1795647965433, NULL, NULL, NULL, 0, '', 0, '', '', NULL, 1795647365434, NULL, NULL);
INSERT INTO public.jobs VALUES ('hvfn852hhdnnfawnxykn2axdh8', 'sweep_deletions', 'sweep_deletions', NULL, 'kind:sweep_deletions', NULL, 64, NULL, NULL, '{}', 'done', 0, 1795647365147, 1, 3, 1795647365147, NULL, NULL, 'vm-25475/house', 0, '', 1, '', '', NULL, 1795647365147, 1795647365442, 1795647365450);
INSERT INTO public.jobs VALUES ('95zdts77wxax50pkcms74p5jdg', 'sweep_deletions', 'sweep_deletions', NULL, 'kind:sweep_deletions', NULL, 64, NULL, NULL, '{}', 'queued', 0, 1795647425456, 0, 3, 1795647425456, NULL, NULL, NULL, 0, '', 0, '', '', NULL, 1795647365456, NULL, NULL);
INSERT INTO public.jobs VALUES ('9daxz3yf64ghkfdjcz46hw3av4', 'sweep_scratch', 'sweep_scratch', NULL, 'kind:sweep_scratch', NULL, 64, NULL, NULL, '{}', 'done', 0, 1795647365153, 1, 3, 1795647365153, NULL, NULL, 'vm-25475/house', 0, '', 1, '', '', NULL, 1795647365153, 1795647365466, 1795647365467);
INSERT INTO public.jobs VALUES ('9v3h5crvxe8tq2tsm0zvrybcgw', 'sweep_scratch', 'sweep_scratch', NULL, 'kind:sweep_scratch', NULL, 64, NULL, NULL, '{}', 'queued', 0, 1795650965468, 0, 3, 1795650965468, NULL, NULL, NULL, 0, '', 0, '', '', NULL, 1795647365468, NULL, NULL);
INSERT INTO public.jobs VALUES ('aa9a1m5m0sa8wjj89tn7dphrdr', 'sweep_events', 'sweep_events', NULL, 'kind:sweep_events', NULL, 64, NULL, NULL, '{}', 'done', 0, 1795647365153, 1, 3, 1795647365153, NULL, NULL, 'vm-25475/house', 0, '', 1, '', '', NULL, 1795647365153, 1795647365477, 1795647365488);
INSERT INTO public.jobs VALUES ('cdv81p998kzw8qdr34thz6ajtw', 'sweep_events', 'sweep_events', NULL, 'kind:sweep_events', NULL, 64, NULL, NULL, '{}', 'queued', 0, 1795650965488, 0, 3, 1795650965488, NULL, NULL, NULL, 0, '', 0, '', '', NULL, 1795647365488, NULL, NULL);
INSERT INTO public.jobs VALUES ('2dyq9eexq8ts82n7s897fnj8g0', 'sweep_usage', 'sweep_usage', NULL, 'kind:sweep_usage', NULL, 64, NULL, NULL, '{}', 'done', 0, 1795647365154, 1, 3, 1795647365154, NULL, NULL, 'vm-25475/house', 0, '', 1, '', '', NULL, 1795647365154, 1795647365490, 1795647365494);
INSERT INTO public.jobs VALUES ('wf4czmt1xb5nf0dnhypgvkj24w', 'sweep_usage', 'sweep_usage', NULL, 'kind:sweep_usage', NULL, 64, NULL, NULL, '{}', 'queued', 0, 1795733765495, 0, 3, 1795733765495, NULL, NULL, NULL, 0, '', 0, '', '', NULL, 1795647365495, NULL, NULL);
INSERT INTO public.jobs VALUES ('7ahedjm57a1rxj06pawt4v4wgm', 'sweep_idempotency', 'sweep_idempotency', NULL, 'kind:sweep_idempotency', NULL, 64, NULL, NULL, '{}', 'done', 0, 1795647365154, 1, 3, 1795647365154, NULL, NULL, 'vm-25475/house', 0, '', 1, '', '', NULL, 1795647365154, 1795647365496, 1795647365498);
INSERT INTO public.jobs VALUES ('kb5tyq403074q3p0k4yrkfmvt4', 'sweep_idempotency', 'sweep_idempotency', NULL, 'kind:sweep_idempotency', NULL, 64, NULL, NULL, '{}', 'queued', 0, 1795650965498, 0, 3, 1795650965498, NULL, NULL, NULL, 0, '', 0, '', '', NULL, 1795647365498, NULL, NULL);
INSERT INTO public.jobs VALUES ('a5fh7g5wycz6h198a9gerkd7e0', 'sweep_jobs', 'sweep_jobs', NULL, 'kind:sweep_jobs', NULL, 64, NULL, NULL, '{}', 'done', 0, 1795647365154, 1, 3, 1795647365154, NULL, NULL, 'vm-25475/house', 0, '', 1, '', '', NULL, 1795647365154, 1795647365502, 1795647365521);
INSERT INTO public.jobs VALUES ('e02qkssfxjhmhe0yymth959qj4', 'sweep_jobs', 'sweep_jobs', NULL, 'kind:sweep_jobs', NULL, 64, NULL, NULL, '{}', 'queued', 0, 1795650965521, 0, 3, 1795650965521, NULL, NULL, NULL, 0, '', 0, '', '', NULL, 1795647365521, NULL, NULL);
INSERT INTO public.jobs VALUES ('cxqydj20cd27p6aq60rbnjhgym', 'forget_deleted', 'forget_deleted', NULL, 'kind:forget_deleted', NULL, 64, NULL, NULL, '{}', 'done', 0, 1795647365154, 1, 3, 1795647365154, NULL, NULL, 'vm-25475/house', 0, '', 1, '', '', NULL, 1795647365154, 1795647365523, 1795647365524);
INSERT INTO public.jobs VALUES ('w8n6357he8snq5sbe25h2yqfhr', 'forget_deleted', 'forget_deleted', NULL, 'kind:forget_deleted', NULL, 64, NULL, NULL, '{}', 'queued', 0, 1795650965525, 0, 3, 1795650965525, NULL, NULL, NULL, 0, '', 0, '', '', NULL, 1795647365525, NULL, NULL);
INSERT INTO public.jobs VALUES ('yg8czada9rxbmn2jfans2nfgjg', 'sweep_logs', 'sweep_logs', NULL, 'kind:sweep_logs', NULL, 64, NULL, NULL, '{}', 'done', 0, 1795647365154, 1, 3, 1795647365154, NULL, NULL, 'vm-25475/house', 0, '', 1, '', '', NULL, 1795647365154, 1795647365527, 1795647365539);
INSERT INTO public.jobs VALUES ('1h0ps9sp7rq6ttkxjf2ak8c438', 'sweep_logs', 'sweep_logs', NULL, 'kind:sweep_logs', NULL, 64, NULL, NULL, '{}', 'queued', 0, 1795650965540, 0, 3, 1795650965540, NULL, NULL, NULL, 0, '', 0, '', '', NULL, 1795647365540, NULL, NULL);
INSERT INTO public.jobs VALUES ('8ksa38my32p5kz5cjv4dgt2phg', 'sweep_limits', 'sweep_limits', NULL, 'kind:sweep_limits', NULL, 64, NULL, NULL, '{}', 'done', 0, 1795647365155, 1, 3, 1795647365155, NULL, NULL, 'vm-25475/house', 0, '', 1, '', '', NULL, 1795647365155, 1795647365547, 1795647365550);
INSERT INTO public.jobs VALUES ('xh195e6msvhwshy4mbfvbgavh8', 'sweep_limits', 'sweep_limits', NULL, 'kind:sweep_limits', NULL, 64, NULL, NULL, '{}', 'queued', 0, 1795650965550, 0, 3, 1795650965550, NULL, NULL, NULL, 0, '', 0, '', '', NULL, 1795647365550, NULL, NULL);
INSERT INTO public.jobs VALUES ('d41yqy6vrjffqdhzs4nrtadnmw', 'check_nodes', 'check_nodes', NULL, 'kind:check_nodes', NULL, 64, NULL, NULL, '{}', 'done', 0, 1795647365155, 1, 3, 1795647365155, NULL, NULL, 'vm-25475/house', 0, '', 1, '', '', NULL, 1795647365155, 1795647365552, 1795647365598);
INSERT INTO public.jobs VALUES ('jnm0dtzx63f4knjmcxar77t8bw', 'check_nodes', 'check_nodes', NULL, 'kind:check_nodes', NULL, 64, NULL, NULL, '{}', 'queued', 0, 1795648265601, 0, 3, 1795648265601, NULL, NULL, NULL, 0, '', 0, '', '', NULL, 1795647365601, NULL, NULL);
INSERT INTO public.jobs VALUES ('bwg3kkhs9rjyewyewn7by4w8gr', 'make_song', 'song:9pg8m6agkbhgdah2brgw681spr', 'aace906nr2f6z12ep5vym0t8pm', 'aace906nr2f6z12ep5vym0t8pm', '9pg8m6agkbhgdah2brgw681spr', 4, 'embedded', 'embedded-2', '{}', 'done', 0, 1795647365886, 1, 3, 1795647365886, NULL, NULL, 'vm-25475/1', 0, 'encoding', 1, '', '', NULL, 1795647365886, 1795647365970, 1795647370647);
INSERT INTO public.jobs VALUES ('75d5mdcgxy6rmedr33xvqnsa14', 'make_song', 'song:mj0g9nbyzmaxpjdd1khxmt4tmm', 'aace906nr2f6z12ep5vym0t8pm', 'aace906nr2f6z12ep5vym0t8pm', 'mj0g9nbyzmaxpjdd1khxmt4tmm', 4, 'embedded', 'embedded-2', '{}', 'done', 0, 1795647365952, 1, 3, 1795647365952, NULL, NULL, 'vm-25475/1', 0, 'mastering', 1, '', '', NULL, 1795647365952, 1795647373896, 1795647381076);
INSERT INTO public.jobs VALUES ('crmwac10tdw93c5r6cbm267jd8', 'make_song', 'song:3sxwk61d7ah9g5s2x4a2y6cbs0', 'aace906nr2f6z12ep5vym0t8pm', 'aace906nr2f6z12ep5vym0t8pm', '3sxwk61d7ah9g5s2x4a2y6cbs0', 4, 'embedded', 'embedded-2', '{}', 'done', 0, 1795647365938, 1, 3, 1795647365938, NULL, NULL, 'vm-25475/1', 0, 'playing', 1, '', '', NULL, 1795647365938, 1795647370678, 1795647373851);
INSERT INTO public.jobs VALUES ('h5vdjvn7r7n2381q5nbtt7absg', 'make_song', 'song:qj2bd38tt1a74y64enr4jjy9j0', 'tq27304bmzejtwyrg18b307h2w', 'tq27304bmzejtwyrg18b307h2w', 'qj2bd38tt1a74y64enr4jjy9j0', 1, 'embedded', 'embedded-2', '{}', 'done', 0, 1795647366114, 1, 3, 1795647366114, NULL, NULL, 'vm-25475/1', 0, '', 1, '', '', NULL, 1795647366114, 1795647381117, 1795647381585);
INSERT INTO public.jobs VALUES ('m7y3ezhjf5r1y0pb9xs0bp4vr8', 'make_song', 'song:fhpy75km4p9r2spk9ad69x16n8', 'tq27304bmzejtwyrg18b307h2w', 'tq27304bmzejtwyrg18b307h2w', 'fhpy75km4p9r2spk9ad69x16n8', 1, 'embedded', 'embedded-2', '{}', 'cancelled', 0, 1795647381652, 1, 3, 1795647381652, NULL, NULL, 'vm-25475/1', 1, 'playing', 0.21416666666666667, 'The song was cancelled; nothing was written.', '', NULL, 1795647381652, 1795647381664, 1795647383733);


--
-- Data for Name: ledger; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.ledger OVERRIDING SYSTEM VALUE VALUES (1, 'aace906nr2f6z12ep5vym0t8pm', 'grant', 500, NULL, NULL, 'welcome', NULL, 1795647365651);
INSERT INTO public.ledger OVERRIDING SYSTEM VALUE VALUES (2, 'aace906nr2f6z12ep5vym0t8pm', 'grant', 10000, NULL, NULL, 'monthly credits 2026-11', NULL, 1795647365851);
INSERT INTO public.ledger OVERRIDING SYSTEM VALUE VALUES (3, 'aace906nr2f6z12ep5vym0t8pm', 'reserve', -1, 'n56br980559nvm4ad53k8w96j0', '9pg8m6agkbhgdah2brgw681spr', '', NULL, 1795647365852);
INSERT INTO public.ledger OVERRIDING SYSTEM VALUE VALUES (4, 'aace906nr2f6z12ep5vym0t8pm', 'refund', 1, 'n56br980559nvm4ad53k8w96j0', '9pg8m6agkbhgdah2brgw681spr', 'welcome', NULL, 1795647365928);
INSERT INTO public.ledger OVERRIDING SYSTEM VALUE VALUES (5, 'aace906nr2f6z12ep5vym0t8pm', 'reserve', -1, 'nc5g7fwd4487p8xnk1b9ts5af0', '3sxwk61d7ah9g5s2x4a2y6cbs0', '', NULL, 1795647365932);
INSERT INTO public.ledger OVERRIDING SYSTEM VALUE VALUES (6, 'aace906nr2f6z12ep5vym0t8pm', 'refund', 1, 'nc5g7fwd4487p8xnk1b9ts5af0', '3sxwk61d7ah9g5s2x4a2y6cbs0', 'welcome', NULL, 1795647365946);
INSERT INTO public.ledger OVERRIDING SYSTEM VALUE VALUES (7, 'aace906nr2f6z12ep5vym0t8pm', 'reserve', -2, '474q0b0aay8v2eqan28wa96ey0', 'mj0g9nbyzmaxpjdd1khxmt4tmm', '', NULL, 1795647365950);
INSERT INTO public.ledger OVERRIDING SYSTEM VALUE VALUES (8, 'aace906nr2f6z12ep5vym0t8pm', 'refund', 2, '474q0b0aay8v2eqan28wa96ey0', 'mj0g9nbyzmaxpjdd1khxmt4tmm', 'welcome', NULL, 1795647365960);
INSERT INTO public.ledger OVERRIDING SYSTEM VALUE VALUES (9, 'tq27304bmzejtwyrg18b307h2w', 'grant', 20, NULL, NULL, 'a gift', 'aace906nr2f6z12ep5vym0t8pm', 1795647366002);
INSERT INTO public.ledger OVERRIDING SYSTEM VALUE VALUES (10, 'tq27304bmzejtwyrg18b307h2w', 'grant', 100, NULL, NULL, 'monthly credits 2026-11', NULL, 1795647366082);
INSERT INTO public.ledger OVERRIDING SYSTEM VALUE VALUES (11, 'tq27304bmzejtwyrg18b307h2w', 'reserve', -1, '8vz93j2hvb33c2ee7qrvmxkj0r', 'qj2bd38tt1a74y64enr4jjy9j0', '', NULL, 1795647366086);
INSERT INTO public.ledger OVERRIDING SYSTEM VALUE VALUES (12, 'tq27304bmzejtwyrg18b307h2w', 'commit', 0, '8vz93j2hvb33c2ee7qrvmxkj0r', 'qj2bd38tt1a74y64enr4jjy9j0', '', NULL, 1795647381590);
INSERT INTO public.ledger OVERRIDING SYSTEM VALUE VALUES (13, 'tq27304bmzejtwyrg18b307h2w', 'reserve', -2, 'x6zsasrm4z2na30mdpm28x6m0c', 'fhpy75km4p9r2spk9ad69x16n8', '', NULL, 1795647381650);
INSERT INTO public.ledger OVERRIDING SYSTEM VALUE VALUES (14, 'tq27304bmzejtwyrg18b307h2w', 'refund', 2, 'x6zsasrm4z2na30mdpm28x6m0c', 'fhpy75km4p9r2spk9ad69x16n8', 'cancelled', NULL, 1795647383735);


--
-- Data for Name: library_accounts; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.library_accounts VALUES (1, 'aace906nr2f6z12ep5vym0t8pm', 34592672, 0, 0);
INSERT INTO public.library_accounts VALUES (2, 'tq27304bmzejtwyrg18b307h2w', 1353848, 0, 0);


--
-- Data for Name: login_attempts; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.login_attempts VALUES ('370ccc03dd9b7a04521b019eaea3f77c7c7269892ec973d44653734906f6c250', 1, 1795647365099, 1795647365099, 0);


--
-- Data for Name: monthly_grants; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.monthly_grants VALUES ('aace906nr2f6z12ep5vym0t8pm', '2026-11', 10000);
INSERT INTO public.monthly_grants VALUES ('tq27304bmzejtwyrg18b307h2w', '2026-11', 100);


--
-- Data for Name: nodes; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: object_deletions; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.object_deletions VALUES ('songs/nf/nfajrym0v7jf995sfrwkd9bjbw/', 1795648283754);


--
-- Data for Name: outbox; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.outbox VALUES ('vwq8nxxtgx6ge6zpxv30brjcqg', 'confirm_registration', NULL, '', '', '', '', 'sent', 1, 1795647365117, 1795647485253, 'b23etpe21cjf3ny3gt319qgrm4', 1795647365117, 1795647365262);


--
-- Data for Name: pending_registrations; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: rate_buckets; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.rate_buckets VALUES ('d42bfbd860486279f8bbd59b3948194f', 3, 1795647965078);
INSERT INTO public.rate_buckets VALUES ('a3d67c1635d0fe782ae3b031c1c4a6fc', 1, 1795647965583);
INSERT INTO public.rate_buckets VALUES ('0c4510c7f69e6605c80af6fa7da39051', 1, 1795647425978);
INSERT INTO public.rate_buckets VALUES ('2e4453e6fa632f83c7fe154552a29d7d', 2, 1795647426035);
INSERT INTO public.rate_buckets VALUES ('c684592f5d06678396038e6d12b20e6f', 3, 1795647441614);


--
-- Data for Name: renditions; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: reservations; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.reservations VALUES ('n56br980559nvm4ad53k8w96j0', '9pg8m6agkbhgdah2brgw681spr', 'aace906nr2f6z12ep5vym0t8pm', 1, '2026-11-25', '2026-11', 'refunded', 1795647365837, 1795647365923);
INSERT INTO public.reservations VALUES ('nc5g7fwd4487p8xnk1b9ts5af0', '3sxwk61d7ah9g5s2x4a2y6cbs0', 'aace906nr2f6z12ep5vym0t8pm', 1, '2026-11-25', '2026-11', 'refunded', 1795647365930, 1795647365941);
INSERT INTO public.reservations VALUES ('474q0b0aay8v2eqan28wa96ey0', 'mj0g9nbyzmaxpjdd1khxmt4tmm', 'aace906nr2f6z12ep5vym0t8pm', 2, '2026-11-25', '2026-11', 'refunded', 1795647365947, 1795647365958);
INSERT INTO public.reservations VALUES ('8vz93j2hvb33c2ee7qrvmxkj0r', 'qj2bd38tt1a74y64enr4jjy9j0', 'tq27304bmzejtwyrg18b307h2w', 1, '2026-11-25', '2026-11', 'committed', 1795647366054, 1795647381589);
INSERT INTO public.reservations VALUES ('x6zsasrm4z2na30mdpm28x6m0c', 'fhpy75km4p9r2spk9ad69x16n8', 'tq27304bmzejtwyrg18b307h2w', 2, '2026-11-25', '2026-11', 'refunded', 1795647381646, 1795647383734);


--
-- Data for Name: schema_migrations; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.schema_migrations VALUES (1, '0001_accounts', '3f11c9208fecfa2e4e87dc85911ed5e893559cc15cb268fa9ac9890c5f3df825', 1795647364718);
INSERT INTO public.schema_migrations VALUES (2, '0002_billing', '474ee9111932bb40406e872cb06bdf9dcd8fcc6d6968d7cb5e5ef95c244d20e4', 1795647364752);
INSERT INTO public.schema_migrations VALUES (3, '0003_jobs', 'c484f56f56f0040cad59b5839ba5d49def7cb1b59746a84858eec99d18184952', 1795647364789);
INSERT INTO public.schema_migrations VALUES (4, '0004_library', '55d62668f0429117fe8c93d4f0f4c67c2ce0a8ee6f9a06ab24f5fcc68c2a6b63', 1795647364829);
INSERT INTO public.schema_migrations VALUES (5, '0005_mail', '2418b6a5211b4e313c440474fd5c2401ffcd93d3e5d429e8369e2f2c0c106f36', 1795647364849);
INSERT INTO public.schema_migrations VALUES (6, '0006_service', '7a9b5426440d8cb29b38bc9c62f44eea8fc4806b5bf19bb9b20f420b6a6c026f', 1795647364860);


--
-- Data for Name: sessions; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.sessions VALUES ('9611574e38a8e3235c2ae166769aee4c1f096d2f89c89ea2f6e3fdb0f1d895d2', 't3hrk2w7fv1k1d2p6jkew98h6g', 'aace906nr2f6z12ep5vym0t8pm', 'a browser', 1795647365623, 1795647365623, 1798239365623);


--
-- Data for Name: settings; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.settings VALUES ('master_key_fingerprint', 'a048090a67c8202175ce3ebb72b20846', 1795647364864);


--
-- Data for Name: setup_tokens; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: song_words; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.song_words VALUES (1, '''00000182'' ''000001=glofi-hip-hop'' ''000001=p0'' ''000001=sready'' ''000001^8'' ''000001^82'' ''000001^b'' ''000001^bp'' ''000001^d'' ''000001^f'' ''000001^fi'' ''000001^h'' ''000001^hi'' ''000001^ho'' ''000001^i'' ''000001^in'' ''000001^l'' ''000001^lo'' ''000001^m'' ''000001^me'' ''000001^mi'' ''000001^n'' ''000001^ni'' ''000001^r'' ''000001^ra'' ''000001^rh'' ''000001^w'' ''000001^wa'' ''000001bpm'' ''000001d'' ''000001fi'' ''000001hip'' ''000001hop'' ''000001in'' ''000001lo'' ''000001lofi'' ''000001mellow'' ''000001minor'' ''000001night'' ''000001rainy'' ''000001rhodes'' ''000001warm''');
INSERT INTO public.song_words VALUES (2, '''000001=gbossa-nova'' ''000001=p0'' ''000001=sready'' ''000001^a'' ''000001^ag'' ''000001^an'' ''000001^at'' ''000001^b'' ''000001^be'' ''000001^bo'' ''000001^br'' ''000001^f'' ''000001^fl'' ''000001^g'' ''000001^gu'' ''000001^m'' ''000001^mo'' ''000001^n'' ''000001^no'' ''000001^ny'' ''000001^t'' ''000001^th'' ''000001again'' ''000001and'' ''000001at'' ''000001beach'' ''000001bossa'' ''000001bright'' ''000001flute'' ''000001guitar'' ''000001morning'' ''000001nova'' ''000001nylon'' ''000001the''');
INSERT INTO public.song_words VALUES (3, '''000001=gorchestral-film'' ''000001=p0'' ''000001=sready'' ''000001^a'' ''000001^an'' ''000001^b'' ''000001^br'' ''000001^e'' ''000001^en'' ''000001^f'' ''000001^fi'' ''000001^g'' ''000001^gr'' ''000001^h'' ''000001^he'' ''000001^o'' ''000001^or'' ''000001^s'' ''000001^se'' ''000001^st'' ''000001^t'' ''000001^th'' ''000001^to'' ''000001^tr'' ''000001^w'' ''000001^wi'' ''000001a'' ''000001and'' ''000001brass'' ''000001end'' ''000001film'' ''000001grows'' ''000001heroic'' ''000001orchestral'' ''000001second'' ''000001strings'' ''000001theme'' ''000001to'' ''000001triumphant'' ''000001wind''');
INSERT INTO public.song_words VALUES (4, '''000002=gclassical-piano'' ''000002=p1'' ''000002=sready'' ''000002^b'' ''000002^be'' ''000002^by'' ''000002^c'' ''000002^cl'' ''000002^p'' ''000002^pi'' ''000002^q'' ''000002^qu'' ''000002^s'' ''000002^se'' ''000002^t'' ''000002^th'' ''000002^w'' ''000002^wr'' ''000002before'' ''000002by'' ''000002classical'' ''000002piano'' ''000002quiet'' ''000002sea'' ''000002the'' ''000002written''');
INSERT INTO public.song_words VALUES (5, '''000002=gpop'' ''000002=p0'' ''000002=scancelled'' ''000002^f'' ''000002^fi'' ''000002^m'' ''000002^ma'' ''000002^n'' ''000002^ne'' ''000002^o'' ''000002^or'' ''000002^p'' ''000002^po'' ''000002finished'' ''000002magic'' ''000002never'' ''000002ordinary'' ''000002pop''');


--
-- Data for Name: songs; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.songs VALUES (1, '9pg8m6agkbhgdah2brgw681spr', 'aace906nr2f6z12ep5vym0t8pm', 'ready', 'Rainy Night', 'rainy night', 'lofi-hip-hop', 82, 'D minor', '4/4', 60000, 0, 0, '7655a0186304055f', '1', 'embedded', 'embedded-2', 'f44a15aadcb443268e997ccee8662edf23d20b22de55e5065330d8994d856165', '641d2616b431f118de242d6f05d6ca6efbb6562ebf503f1a4843757c87869804', 'songs/cw/cw2yy9rx7czc9kd3273jy003m8', '', 12384121, '86a81906b53b7095ac1299d3fb253bc1e94006f595ebaa262493ab1d4d1026df', 1795647370649, NULL, '', '', 1795647365863, 1795647370649, 'warm lo-fi hip hop, rainy night, mellow Rhodes, 82 bpm in D minor', '', '{
  "prompt": "warm lo-fi hip hop, rainy night, mellow Rhodes, 82 bpm in D minor",
  "duration_seconds": 60,
  "sample_rate": 48000,
  "seed": 1,
  "engine": "embedded",
  "preset": "streaming"
}
', '{
  "format": "mmx-song-record",
  "format_version": 1,
  "request": {
    "prompt": "warm lo-fi hip hop, rainy night, mellow Rhodes, 82 bpm in D minor",
    "duration_seconds": 60,
    "sample_rate": 48000,
    "seed": 1,
    "engine": "embedded",
    "preset": "streaming"
  },
  "decided": {
    "prompt": "warm lo-fi hip hop, rainy night, mellow Rhodes, 82 bpm in D minor",
    "title": "Rainy Night",
    "bpm": 82,
    "key": "D minor",
    "time_signature": "4/4",
    "instruments": [
      "electric-piano"
    ],
    "duration_seconds": 60,
    "ending": "fade",
    "sample_rate": 48000,
    "seed": 1,
    "voice": "none",
    "engine": "embedded",
    "preset": "streaming",
    "inference": {
      "variation": 0.5,
      "complexity": 0.5,
      "energy": 0.252625,
      "humanise": 0.5
    }
  },
  "genre": "lofi-hip-hop",
  "decisions": [
    {
      "field": "title",
      "value": "Rainy Night",
      "because": "from the prompt''s pictures"
    },
    {
      "field": "genre",
      "value": "lo-fi hip hop",
      "because": "said in the prompt (''lo-fi hip hop'')"
    },
    {
      "field": "bpm",
      "value": "82",
      "because": "said in the prompt (''82 bpm'')"
    },
    {
      "field": "key",
      "value": "D minor",
      "because": "said in the prompt (''D minor'')"
    },
    {
      "field": "time_signature",
      "value": "4/4",
      "because": "usual for lo-fi hip hop"
    },
    {
      "field": "instruments",
      "value": "clean electric guitar, lo-fi drums, upright bass, Rhodes electric piano, warm pad, hand percussion, effects",
      "because": "said in the prompt"
    },
    {
      "field": "duration_seconds",
      "value": "60",
      "because": "asked for"
    },
    {
      "field": "ending",
      "value": "fade",
      "because": "usual for lo-fi hip hop"
    },
    {
      "field": "voice",
      "value": "none",
      "because": "voices are not here yet"
    },
    {
      "field": "valence",
      "value": "-0.02",
      "because": "from ''mellow''"
    },
    {
      "field": "arousal",
      "value": "-0.52",
      "because": "from ''mellow''"
    },
    {
      "field": "inference.energy",
      "value": "0.25",
      "because": "from ''mellow''"
    },
    {
      "field": "production.warmth",
      "value": "0.7",
      "because": "from ''warm''"
    }
  ],
  "substitutions": [],
  "not_understood": [],
  "messages": [],
  "engine": "embedded",
  "engine_version": "embedded-2",
  "sounds_hash": "f44a15aadcb443268e997ccee8662edf23d20b22de55e5065330d8994d856165",
  "samples_sha256": "641d2616b431f118de242d6f05d6ca6efbb6562ebf503f1a4843757c87869804",
  "created_at": "2026-11-25T22:56:10Z"
}
');
INSERT INTO public.songs VALUES (2, '3sxwk61d7ah9g5s2x4a2y6cbs0', 'aace906nr2f6z12ep5vym0t8pm', 'ready', 'Morning Again', 'morning again', 'bossa-nova', 125, 'Bb major', '4/4', 50000, 0, 0, 'f0593b55a9f125eb', '2', 'embedded', 'embedded-2', 'f44a15aadcb443268e997ccee8662edf23d20b22de55e5065330d8994d856165', '4f6a45289624bba3d803a8e54baf7b7b79b9051daa457375ddc7a2d63b9dc201', 'songs/g2/g2y4awcs85fp7qqw1jcqk2d228', '', 9107991, '3ad6e1059bde1d60113912bebdb53bdf633e49a675d358ddb84200c31d3f7957', 1795647373862, NULL, '', '', 1795647365933, 1795647373862, 'bright bossa nova, morning at the beach, nylon guitar and flute', '', '{
  "prompt": "bright bossa nova, morning at the beach, nylon guitar and flute",
  "duration_seconds": 50,
  "sample_rate": 48000,
  "seed": 2,
  "engine": "embedded",
  "preset": "streaming"
}
', '{
  "format": "mmx-song-record",
  "format_version": 1,
  "request": {
    "prompt": "bright bossa nova, morning at the beach, nylon guitar and flute",
    "duration_seconds": 50,
    "sample_rate": 48000,
    "seed": 2,
    "engine": "embedded",
    "preset": "streaming"
  },
  "decided": {
    "prompt": "bright bossa nova, morning at the beach, nylon guitar and flute",
    "title": "Morning Again",
    "bpm": 125,
    "key": "Bb major",
    "time_signature": "4/4",
    "instruments": [
      "nylon-guitar",
      "flute"
    ],
    "duration_seconds": 50,
    "ending": "ring",
    "sample_rate": 48000,
    "seed": 2,
    "voice": "none",
    "engine": "embedded",
    "preset": "streaming",
    "inference": {
      "variation": 0.5,
      "complexity": 0.5,
      "energy": 0.38,
      "humanise": 0.5
    }
  },
  "genre": "bossa-nova",
  "decisions": [
    {
      "field": "title",
      "value": "Morning Again",
      "because": "from the prompt''s pictures"
    },
    {
      "field": "genre",
      "value": "bossa nova",
      "because": "said in the prompt (''bossa nova'')"
    },
    {
      "field": "bpm",
      "value": "125",
      "because": "usual for bossa nova"
    },
    {
      "field": "key",
      "value": "Bb major",
      "because": "major: from ''beach''"
    },
    {
      "field": "time_signature",
      "value": "4/4",
      "because": "usual for bossa nova"
    },
    {
      "field": "instruments",
      "value": "flute, nylon-string guitar, upright bass, jazz drum kit, hand percussion, grand piano",
      "because": "said in the prompt"
    },
    {
      "field": "duration_seconds",
      "value": "50",
      "because": "asked for"
    },
    {
      "field": "ending",
      "value": "ring",
      "because": "usual for bossa nova"
    },
    {
      "field": "voice",
      "value": "none",
      "because": "voices are not here yet"
    },
    {
      "field": "valence",
      "value": "0.57",
      "because": "from ''beach''"
    },
    {
      "field": "arousal",
      "value": "0",
      "because": "from ''morning''"
    },
    {
      "field": "inference.energy",
      "value": "0.38",
      "because": "usual for bossa nova"
    },
    {
      "field": "production.brightness",
      "value": "0.55",
      "because": "from ''bright''"
    }
  ],
  "substitutions": [],
  "not_understood": [],
  "messages": [],
  "engine": "embedded",
  "engine_version": "embedded-2",
  "sounds_hash": "f44a15aadcb443268e997ccee8662edf23d20b22de55e5065330d8994d856165",
  "samples_sha256": "4f6a45289624bba3d803a8e54baf7b7b79b9051daa457375ddc7a2d63b9dc201",
  "created_at": "2026-11-25T22:56:13Z"
}
');
INSERT INTO public.songs VALUES (3, 'mj0g9nbyzmaxpjdd1khxmt4tmm', 'aace906nr2f6z12ep5vym0t8pm', 'ready', 'Second Wind', 'second wind', 'orchestral-film', 95, 'F minor', '4/4', 70000, 0, 0, '612edfc7cceda8cc', '3', 'embedded', 'embedded-2', 'f44a15aadcb443268e997ccee8662edf23d20b22de55e5065330d8994d856165', '5c7e8f3b2c3b49d37f727d97e0a5676231c7f6a356bfa2bfd6128f4ee1ee8e65', 'songs/v0/v07x9p01vcn547g61chth4pbmm', '', 13100560, 'f84d6369f7d6150429b400d9bf3dfe426f1b02cd76865954327d5b2594a20d5c', 1795647381077, NULL, '', '', 1795647365950, 1795647381077, 'heroic orchestral film theme, brass and strings, grows to a triumphant end', '', '{
  "prompt": "heroic orchestral film theme, brass and strings, grows to a triumphant end",
  "duration_seconds": 70,
  "sample_rate": 48000,
  "seed": 3,
  "engine": "embedded",
  "preset": "streaming"
}
', '{
  "format": "mmx-song-record",
  "format_version": 1,
  "request": {
    "prompt": "heroic orchestral film theme, brass and strings, grows to a triumphant end",
    "duration_seconds": 70,
    "sample_rate": 48000,
    "seed": 3,
    "engine": "embedded",
    "preset": "streaming"
  },
  "decided": {
    "prompt": "heroic orchestral film theme, brass and strings, grows to a triumphant end",
    "title": "Second Wind",
    "bpm": 95,
    "key": "F minor",
    "time_signature": "4/4",
    "instruments": [
      "brass-section",
      "string-ensemble"
    ],
    "duration_seconds": 70,
    "ending": "ring",
    "sample_rate": 48000,
    "seed": 3,
    "voice": "none",
    "engine": "embedded",
    "preset": "streaming",
    "inference": {
      "variation": 0.5,
      "complexity": 0.5,
      "energy": 0.81,
      "humanise": 0.5
    }
  },
  "genre": "orchestral-film",
  "decisions": [
    {
      "field": "title",
      "value": "Second Wind",
      "because": "suggested by the mood"
    },
    {
      "field": "genre",
      "value": "orchestral film score",
      "because": "said in the prompt (''orchestral'')"
    },
    {
      "field": "bpm",
      "value": "95",
      "because": "usual for orchestral film score"
    },
    {
      "field": "key",
      "value": "F minor",
      "because": "usual for orchestral film score"
    },
    {
      "field": "time_signature",
      "value": "4/4",
      "because": "usual for orchestral film score"
    },
    {
      "field": "instruments",
      "value": "violin, string section, orchestral double bass, brass section, cello, trumpet, choir, timpani, orchestral percussion",
      "because": "said in the prompt"
    },
    {
      "field": "duration_seconds",
      "value": "70",
      "because": "asked for"
    },
    {
      "field": "ending",
      "value": "ring",
      "because": "usual for orchestral film score"
    },
    {
      "field": "voice",
      "value": "none",
      "because": "voices are not here yet"
    },
    {
      "field": "valence",
      "value": "0.5",
      "because": "from ''heroic''"
    },
    {
      "field": "arousal",
      "value": "0.6",
      "because": "from ''heroic''"
    },
    {
      "field": "inference.energy",
      "value": "0.81",
      "because": "from ''heroic''"
    }
  ],
  "substitutions": [],
  "not_understood": [
    "grows"
  ],
  "messages": [],
  "engine": "embedded",
  "engine_version": "embedded-2",
  "sounds_hash": "f44a15aadcb443268e997ccee8662edf23d20b22de55e5065330d8994d856165",
  "samples_sha256": "5c7e8f3b2c3b49d37f727d97e0a5676231c7f6a356bfa2bfd6128f4ee1ee8e65",
  "created_at": "2026-11-25T22:56:21Z"
}
');
INSERT INTO public.songs VALUES (4, 'qj2bd38tt1a74y64enr4jjy9j0', 'tq27304bmzejtwyrg18b307h2w', 'ready', 'Written before', 'written before', 'classical-piano', 66, 'B minor', '4/4', 10000, 1, 0, 'ad40ecadd47be315', '7', 'embedded', 'embedded-2', 'f44a15aadcb443268e997ccee8662edf23d20b22de55e5065330d8994d856165', 'e560d9584cf1b5235109ccd0aef7335d89973ad4ee13e0f1c6204b3279f89054', 'songs/sj/sj2qskcz1n3cb2sehw6rpsv5ac', '', 1353848, '303b3f3de811513389278fa68f87e34572f262b074a7ef8a48158ace5d94b203', 1795647381586, NULL, '', '', 1795647366092, 1795647381622, 'quiet piano by the sea', '', '{
  "prompt": "quiet piano by the sea",
  "title": "Before",
  "duration_seconds": 10,
  "sample_rate": 48000,
  "seed": 7,
  "voice": "none",
  "engine": "embedded",
  "preset": "streaming"
}
', '{
  "format": "mmx-song-record",
  "format_version": 1,
  "request": {
    "prompt": "quiet piano by the sea",
    "title": "Before",
    "duration_seconds": 10,
    "sample_rate": 48000,
    "seed": 7,
    "voice": "none",
    "engine": "embedded",
    "preset": "streaming"
  },
  "decided": {
    "prompt": "quiet piano by the sea",
    "title": "Before",
    "bpm": 66,
    "key": "B minor",
    "time_signature": "4/4",
    "instruments": [
      "grand-piano"
    ],
    "duration_seconds": 10,
    "ending": "ring",
    "sample_rate": 48000,
    "seed": 7,
    "voice": "none",
    "engine": "embedded",
    "preset": "streaming",
    "inference": {
      "variation": 0.5,
      "complexity": 0.5,
      "energy": 0.2693529411764706,
      "humanise": 0.5
    }
  },
  "genre": "classical-piano",
  "decisions": [
    {
      "field": "title",
      "value": "Before",
      "because": "asked for"
    },
    {
      "field": "genre",
      "value": "classical piano",
      "because": "from ''piano''"
    },
    {
      "field": "bpm",
      "value": "66",
      "because": "usual for classical piano"
    },
    {
      "field": "key",
      "value": "B minor",
      "because": "usual for classical piano"
    },
    {
      "field": "time_signature",
      "value": "4/4",
      "because": "usual for classical piano"
    },
    {
      "field": "instruments",
      "value": "grand piano",
      "because": "said in the prompt"
    },
    {
      "field": "duration_seconds",
      "value": "10",
      "because": "asked for"
    },
    {
      "field": "ending",
      "value": "ring",
      "because": "usual for classical piano"
    },
    {
      "field": "voice",
      "value": "none",
      "because": "asked for"
    },
    {
      "field": "valence",
      "value": "0.2",
      "because": "from ''quiet''"
    },
    {
      "field": "arousal",
      "value": "-0.53",
      "because": "from ''quiet''"
    },
    {
      "field": "inference.energy",
      "value": "0.27",
      "because": "from ''quiet''"
    }
  ],
  "substitutions": [],
  "not_understood": [],
  "messages": [],
  "engine": "embedded",
  "engine_version": "embedded-2",
  "sounds_hash": "f44a15aadcb443268e997ccee8662edf23d20b22de55e5065330d8994d856165",
  "samples_sha256": "e560d9584cf1b5235109ccd0aef7335d89973ad4ee13e0f1c6204b3279f89054",
  "created_at": "2026-11-25T22:56:21Z"
}
');
INSERT INTO public.songs VALUES (5, 'fhpy75km4p9r2spk9ad69x16n8', 'tq27304bmzejtwyrg18b307h2w', 'cancelled', 'Ordinary Magic', 'ordinary magic', 'pop', 107, 'B minor', '4/4', 120000, 0, 0, '505677544011bb6f', '7', 'embedded', 'embedded-2', '', '', '', '', 0, '', NULL, NULL, '', '', 1795647381650, 1795647383755, 'never finished', '', '{
  "prompt": "never finished",
  "duration_seconds": 120,
  "sample_rate": 48000,
  "seed": 7,
  "voice": "none",
  "engine": "embedded",
  "preset": "streaming"
}
', '');


--
-- Data for Name: usage; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.usage VALUES ('aace906nr2f6z12ep5vym0t8pm', '2026-11-25', 0);
INSERT INTO public.usage VALUES ('aace906nr2f6z12ep5vym0t8pm', '2026-11', 0);
INSERT INTO public.usage VALUES ('tq27304bmzejtwyrg18b307h2w', '2026-11-25', 1);
INSERT INTO public.usage VALUES ('tq27304bmzejtwyrg18b307h2w', '2026-11', 1);


--
-- Name: audit_seq_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.audit_seq_seq', 2, true);


--
-- Name: events_seq_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.events_seq_seq', 46, true);


--
-- Name: ledger_seq_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.ledger_seq_seq', 14, true);


--
-- Name: library_accounts_number_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.library_accounts_number_seq', 2, true);


--
-- Name: songs_seq_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.songs_seq_seq', 5, true);


--
-- Name: account_locks account_locks_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account_locks
    ADD CONSTRAINT account_locks_pkey PRIMARY KEY (name);


--
-- Name: account_tokens account_tokens_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account_tokens
    ADD CONSTRAINT account_tokens_pkey PRIMARY KEY (token_hash);


--
-- Name: accounts accounts_email_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_email_key UNIQUE (email);


--
-- Name: accounts accounts_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_pkey PRIMARY KEY (id);


--
-- Name: audit audit_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit
    ADD CONSTRAINT audit_pkey PRIMARY KEY (seq);


--
-- Name: balances balances_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.balances
    ADD CONSTRAINT balances_pkey PRIMARY KEY (account_id);


--
-- Name: billing_erasures billing_erasures_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.billing_erasures
    ADD CONSTRAINT billing_erasures_pkey PRIMARY KEY (account_id);


--
-- Name: events events_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (seq);


--
-- Name: idempotency idempotency_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.idempotency
    ADD CONSTRAINT idempotency_pkey PRIMARY KEY (account_id, key);


--
-- Name: job_lanes job_lanes_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.job_lanes
    ADD CONSTRAINT job_lanes_pkey PRIMARY KEY (lane);


--
-- Name: jobs jobs_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_pkey PRIMARY KEY (id);


--
-- Name: ledger ledger_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ledger
    ADD CONSTRAINT ledger_pkey PRIMARY KEY (seq);


--
-- Name: library_accounts library_accounts_account_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.library_accounts
    ADD CONSTRAINT library_accounts_account_id_key UNIQUE (account_id);


--
-- Name: library_accounts library_accounts_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.library_accounts
    ADD CONSTRAINT library_accounts_pkey PRIMARY KEY (number);


--
-- Name: login_attempts login_attempts_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.login_attempts
    ADD CONSTRAINT login_attempts_pkey PRIMARY KEY (key_hash);


--
-- Name: monthly_grants monthly_grants_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.monthly_grants
    ADD CONSTRAINT monthly_grants_pkey PRIMARY KEY (account_id, period);


--
-- Name: nodes nodes_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.nodes
    ADD CONSTRAINT nodes_pkey PRIMARY KEY (id);


--
-- Name: object_deletions object_deletions_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.object_deletions
    ADD CONSTRAINT object_deletions_pkey PRIMARY KEY (key);


--
-- Name: outbox outbox_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);


--
-- Name: pending_registrations pending_registrations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.pending_registrations
    ADD CONSTRAINT pending_registrations_pkey PRIMARY KEY (token_hash);


--
-- Name: rate_buckets rate_buckets_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.rate_buckets
    ADD CONSTRAINT rate_buckets_pkey PRIMARY KEY (key_hash);


--
-- Name: renditions renditions_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.renditions
    ADD CONSTRAINT renditions_pkey PRIMARY KEY (id);


--
-- Name: renditions renditions_song_id_what_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.renditions
    ADD CONSTRAINT renditions_song_id_what_key UNIQUE (song_id, what);


--
-- Name: reservations reservations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.reservations
    ADD CONSTRAINT reservations_pkey PRIMARY KEY (id);


--
-- Name: schema_migrations schema_migrations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.schema_migrations
    ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (number);


--
-- Name: sessions sessions_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_id_key UNIQUE (id);


--
-- Name: sessions sessions_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (token_hash);


--
-- Name: settings settings_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.settings
    ADD CONSTRAINT settings_pkey PRIMARY KEY (key);


--
-- Name: setup_tokens setup_tokens_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.setup_tokens
    ADD CONSTRAINT setup_tokens_pkey PRIMARY KEY (token_hash);


--
-- Name: song_words song_words_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.song_words
    ADD CONSTRAINT song_words_pkey PRIMARY KEY (seq);


--
-- Name: songs songs_generation_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.songs
    ADD CONSTRAINT songs_generation_id_key UNIQUE (generation_id);


--
-- Name: songs songs_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.songs
    ADD CONSTRAINT songs_id_key UNIQUE (id);


--
-- Name: songs songs_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.songs
    ADD CONSTRAINT songs_pkey PRIMARY KEY (seq);


--
-- Name: usage usage_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.usage
    ADD CONSTRAINT usage_pkey PRIMARY KEY (account_id, period);


--
-- Name: requests_by_time; Type: INDEX; Schema: access_log; Owner: -
--

CREATE INDEX requests_by_time ON access_log.requests USING btree (at);


--
-- Name: account_tokens_by_account; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX account_tokens_by_account ON public.account_tokens USING btree (account_id);


--
-- Name: account_tokens_by_end; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX account_tokens_by_end ON public.account_tokens USING btree (expires_at);


--
-- Name: accounts_newest; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_newest ON public.accounts USING btree (created_at, id);


--
-- Name: accounts_staff; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX accounts_staff ON public.accounts USING btree (role) WHERE (role <> 'user'::text);


--
-- Name: audit_by_actor; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX audit_by_actor ON public.audit USING btree (actor_id, seq);


--
-- Name: audit_by_subject; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX audit_by_subject ON public.audit USING btree (subject, seq);


--
-- Name: events_by_age; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX events_by_age ON public.events USING btree (at);


--
-- Name: events_in_order; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX events_in_order ON public.events USING btree (transaction_id, seq);


--
-- Name: events_of_account; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX events_of_account ON public.events USING btree (account_id, transaction_id, seq);


--
-- Name: idempotency_by_age; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idempotency_by_age ON public.idempotency USING btree (created_at);


--
-- Name: job_lanes_by_running; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX job_lanes_by_running ON public.job_lanes USING btree (running, lane);


--
-- Name: job_lanes_of_account; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX job_lanes_of_account ON public.job_lanes USING btree (account_id);


--
-- Name: jobs_active_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX jobs_active_key ON public.jobs USING btree (unique_key) WHERE ((unique_key IS NOT NULL) AND (state = ANY (ARRAY['queued'::text, 'running'::text])));


--
-- Name: jobs_by_state; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX jobs_by_state ON public.jobs USING btree (state, created_at, id);


--
-- Name: jobs_ended; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX jobs_ended ON public.jobs USING btree (ended_at) WHERE (ended_at IS NOT NULL);


--
-- Name: jobs_leased; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX jobs_leased ON public.jobs USING btree (lease_until_at) WHERE (state = 'running'::text);


--
-- Name: jobs_newest; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX jobs_newest ON public.jobs USING btree (created_at, id);


--
-- Name: jobs_of_subject; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX jobs_of_subject ON public.jobs USING btree (account_id, subject, created_at);


--
-- Name: jobs_queued; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX jobs_queued ON public.jobs USING btree (rank_at, id) WHERE (state = 'queued'::text);


--
-- Name: jobs_queued_in_lane; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX jobs_queued_in_lane ON public.jobs USING btree (lane, rank_at, id) WHERE (state = 'queued'::text);


--
-- Name: ledger_ends_once; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX ledger_ends_once ON public.ledger USING btree (reservation_id) WHERE (kind = ANY (ARRAY['commit'::text, 'refund'::text]));


--
-- Name: ledger_of_account; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ledger_of_account ON public.ledger USING btree (account_id, seq);


--
-- Name: ledger_reserves_once; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX ledger_reserves_once ON public.ledger USING btree (reservation_id) WHERE (kind = 'reserve'::text);


--
-- Name: login_attempts_by_age; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX login_attempts_by_age ON public.login_attempts USING btree (last_at);


--
-- Name: nodes_by_seen; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX nodes_by_seen ON public.nodes USING btree (seen_at);


--
-- Name: object_deletions_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX object_deletions_due ON public.object_deletions USING btree (due_at);


--
-- Name: outbox_by_account; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outbox_by_account ON public.outbox USING btree (account_id);


--
-- Name: outbox_ended; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outbox_ended ON public.outbox USING btree (ended_at) WHERE (state = ANY (ARRAY['sent'::text, 'dead'::text]));


--
-- Name: outbox_waiting; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outbox_waiting ON public.outbox USING btree (next_at) WHERE (state = ANY (ARRAY['queued'::text, 'sending'::text]));


--
-- Name: pending_registrations_by_email; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX pending_registrations_by_email ON public.pending_registrations USING btree (email);


--
-- Name: pending_registrations_by_end; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX pending_registrations_by_end ON public.pending_registrations USING btree (expires_at);


--
-- Name: rate_buckets_by_end; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX rate_buckets_by_end ON public.rate_buckets USING btree (window_ends_at);


--
-- Name: renditions_by_use; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX renditions_by_use ON public.renditions USING btree (last_used_at) WHERE (state = 'ready'::text);


--
-- Name: reservation_in_force; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX reservation_in_force ON public.reservations USING btree (subject) WHERE (state = ANY (ARRAY['open'::text, 'committed'::text]));


--
-- Name: reservations_of_account; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX reservations_of_account ON public.reservations USING btree (account_id);


--
-- Name: sessions_by_account; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sessions_by_account ON public.sessions USING btree (account_id);


--
-- Name: sessions_by_end; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sessions_by_end ON public.sessions USING btree (ends_at);


--
-- Name: song_words_index; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX song_words_index ON public.song_words USING gin (words) WITH (gin_pending_list_limit='256');


--
-- Name: songs_by_creation; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX songs_by_creation ON public.songs USING btree (account_id, seq, state, genre, pinned);


--
-- Name: songs_by_duration; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX songs_by_duration ON public.songs USING btree (account_id, duration_ms, seq, state, genre, pinned);


--
-- Name: songs_by_genre; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX songs_by_genre ON public.songs USING btree (account_id, genre, seq, state, pinned);


--
-- Name: songs_by_making; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX songs_by_making ON public.songs USING btree (account_id, audio_made_at, seq) WHERE (audio_made_at IS NOT NULL);


--
-- Name: songs_by_parent; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX songs_by_parent ON public.songs USING btree (parent_id) WHERE (parent_id <> ''::text);


--
-- Name: songs_by_state; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX songs_by_state ON public.songs USING btree (account_id, state, seq, genre, pinned);


--
-- Name: songs_by_title; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX songs_by_title ON public.songs USING btree (account_id, title_key, seq, state, genre, pinned);


--
-- Name: songs_pinned; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX songs_pinned ON public.songs USING btree (account_id, seq, state, genre) WHERE (pinned = 1);


--
-- Name: jobs jobs_keep_lanes; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER jobs_keep_lanes AFTER INSERT OR DELETE OR UPDATE OF state ON public.jobs FOR EACH ROW EXECUTE FUNCTION public.count_running_jobs();


--
-- Name: ledger ledger_is_never_emptied; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER ledger_is_never_emptied BEFORE TRUNCATE ON public.ledger FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_to_change_ledger();


--
-- Name: ledger ledger_only_appends; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER ledger_only_appends BEFORE DELETE OR UPDATE ON public.ledger FOR EACH ROW EXECUTE FUNCTION public.refuse_to_change_ledger();


--
-- Name: account_tokens account_tokens_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account_tokens
    ADD CONSTRAINT account_tokens_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;


--
-- Name: balances balances_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.balances
    ADD CONSTRAINT balances_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;


--
-- Name: events events_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;


--
-- Name: idempotency idempotency_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.idempotency
    ADD CONSTRAINT idempotency_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;


--
-- Name: job_lanes job_lanes_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.job_lanes
    ADD CONSTRAINT job_lanes_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;


--
-- Name: jobs jobs_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;


--
-- Name: ledger ledger_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ledger
    ADD CONSTRAINT ledger_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);


--
-- Name: library_accounts library_accounts_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.library_accounts
    ADD CONSTRAINT library_accounts_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);


--
-- Name: monthly_grants monthly_grants_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.monthly_grants
    ADD CONSTRAINT monthly_grants_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;


--
-- Name: outbox outbox_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;


--
-- Name: renditions renditions_song_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.renditions
    ADD CONSTRAINT renditions_song_id_fkey FOREIGN KEY (song_id) REFERENCES public.songs(id);


--
-- Name: reservations reservations_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.reservations
    ADD CONSTRAINT reservations_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;


--
-- Name: sessions sessions_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;


--
-- Name: song_words song_words_seq_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.song_words
    ADD CONSTRAINT song_words_seq_fkey FOREIGN KEY (seq) REFERENCES public.songs(seq) ON DELETE CASCADE;


--
-- Name: songs songs_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.songs
    ADD CONSTRAINT songs_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);


--
-- Name: usage usage_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.usage
    ADD CONSTRAINT usage_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;


--
-- PostgreSQL database dump complete
--

\unrestrict tNeZ1dpgcCamUZOufeBd8mLSCZ0i4tOfdnkhFe8gERwwylXnY0F16uaJypFjxv7

