-- How many songs an account has, so that a list says its total without counting. Triggers, so that servers of the
-- release before, which know nothing of it, keep it right too.
ALTER TABLE library_accounts ADD COLUMN songs BIGINT NOT NULL DEFAULT 0;

CREATE FUNCTION count_songs_in() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE library_accounts a SET songs = a.songs + c.songs
    FROM (SELECT account_id, count(*) AS songs FROM changed GROUP BY account_id) c
    WHERE a.account_id = c.account_id;
    RETURN NULL;
END $$;
CREATE FUNCTION count_songs_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE library_accounts a SET songs = a.songs - c.songs
    FROM (SELECT account_id, count(*) AS songs FROM changed GROUP BY account_id) c
    WHERE a.account_id = c.account_id;
    RETURN NULL;
END $$;
CREATE TRIGGER songs_counted_in AFTER INSERT ON songs REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION count_songs_in();
CREATE TRIGGER songs_counted_out AFTER DELETE ON songs REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION count_songs_out();

-- Creating the triggers has locked out writers of songs, so that none slips in between.
UPDATE library_accounts a SET songs = (SELECT count(*) FROM songs s WHERE s.account_id = a.account_id);
