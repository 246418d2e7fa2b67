-- How many songs an account has, so that a list says its total without counting. Triggers, so that servers of the
-- release before, which know nothing of it, keep it right too.
ALTER TABLE library_accounts ADD COLUMN songs INTEGER NOT NULL DEFAULT 0;
UPDATE library_accounts SET songs = (SELECT count(*) FROM songs s WHERE s.account_id = library_accounts.account_id);

CREATE TRIGGER songs_counted_in AFTER INSERT ON songs BEGIN
    UPDATE library_accounts SET songs = songs + 1 WHERE account_id = NEW.account_id;
END;
CREATE TRIGGER songs_counted_out AFTER DELETE ON songs BEGIN
    UPDATE library_accounts SET songs = songs - 1 WHERE account_id = OLD.account_id;
END;
