"""The two logs: requests with their address, kept apart and for 90 days; and the program's own, which holds nobody."""

import json
import sqlite3

from checks import Checks, DAY_MS, on_both_databases
from mailbox_reader import wait_until


@on_both_databases
class Logs(Checks):
    COLUMNS = ("at", "address", "method", "route", "status", "user_agent")

    def access(self, text, *parameters):
        """Runs SQL on the access log: a file of its own, or with PostgreSQL a schema of its own."""
        if self.service.database == "postgresql":
            return self.service.sql(text.replace("requests", "access_log.requests"), *parameters)
        connection = sqlite3.connect(self.access_file(), timeout=10, isolation_level=None)
        try:
            return connection.execute(text, parameters).fetchall()
        finally:
            connection.close()

    def access_file(self):
        return self.service.data / "access-log.db"

    def lines(self):
        return [dict(zip(self.COLUMNS, row)) for row in self.access("SELECT at, address, method, route, status, user_agent FROM requests")]

    def test_P36_the_access_log_holds_address_time_method_template_status_and_user_agent(self):
        account = self.service.account()
        song = self.service.song(account)["id"]
        account.get(f"songs/{song}?secret_of_mine=1", headers={"User-Agent": "A browser/7"})
        line = wait_until(lambda: next((row for row in self.lines() if row["user_agent"] == "A browser/7"), None), "the line")
        self.assertEqual((line["address"], line["method"], line["route"], line["status"]),
                         (account.address, "GET", "/api/v1/songs/{id}", 200))
        self.assertAlmostEqual(line["at"], self.service.now_ms(), delta=60_000)
        self.assertEqual(len(self.access("SELECT * FROM requests LIMIT 1")[0]), len(self.COLUMNS), "and nothing else")

    def test_P36_nothing_in_the_access_log_names_an_account_or_a_song(self):
        account = self.service.account()
        song = self.service.song(account)["id"]
        account.get(f"songs/{song}/audio")
        account.get(f"/no/such/{account.email}")
        wait_until(lambda: any(row["address"] == account.address and row["status"] == 404 for row in self.lines()), "the lines")
        text = json.dumps(self.lines())
        session = account.get("me/sessions").json["sessions"][0]["id"]
        for private in (account.id, account.email, song, account.token(), session):
            self.assertNotIn(private, text)
        request_id = account.get("songs/none").json["request_id"]
        self.assertNotIn(request_id, text, "no id links the two logs")

    def test_P36_no_other_table_holds_a_network_address(self):
        account = self.service.account()
        self.expect(account.get("me"), 200)
        self.service.client(account.address).post("auth/login", {"email": account.email, "password": "a wrong long password"})
        wait_until(lambda: any(row["address"] == account.address for row in self.lines()), "the lines")
        found = [place for place in self.service.found_at_rest(account.address) if not place.startswith("access-log.db")]
        self.assertEqual(found, [])

    def test_P36_lines_go_after_90_days(self):
        client = self.service.client()
        client.get("plans")
        wait_until(lambda: any(row["address"] == client.address for row in self.lines()), "the line")
        self.access("UPDATE requests SET at = at - ? WHERE address = ?", 91 * DAY_MS, client.address)
        self.service.stop()
        self.service.start()  # the sweep comes round again at the latest now
        self.service.sql("UPDATE jobs SET run_after_at = 1, rank_at = 1 WHERE state = 'queued' AND account_id IS NULL")
        wait_until(lambda: not any(row["address"] == client.address for row in self.lines()), "the sweep", 60)

    def test_P36_the_application_log_is_json_without_anything_personal(self):
        account = self.service.account(password="a password to look for")
        words = {"title": "Titelwort Flussdelfin", "prompt": "promptwort Ameisenbär", "lyrics": "[Verse]\ntextwort Faultier\n"}
        song = self.service.song(account, **words)["id"]
        account.patch(f"songs/{song}", {"title": "Neuwort Nasenbär"})
        self.service.client().post("auth/login", {"email": account.email, "password": "a wrong word in the log"})
        account.post("songs", {"prompt": "x", "bpm": "fehlwort"})
        account.get("songs?q=suchwort")
        account.get("/api/v1/pfadwort")
        account.patch("me", None, body=b'{"display_name": "klammerwort', headers={"Content-Type": "application/json"})
        self.service.stop()
        log = "\n".join(self.service.logs)
        self.service.start()
        for private in ("Flussdelfin", "Ameisenb", "Faultier", "Nasenb", "fehlwort", "suchwort", "pfadwort", "klammerwort",
                        "a wrong word in the log", account.email, account.password, account.address, account.token(), "quiet piano"):
            self.assertNotIn(private, log)
        for line in log.splitlines():
            row = json.loads(line)
            self.assertTrue(row["time"].endswith("Z") and row["level"] in ("debug", "info", "warning", "error") and row["event"])

    def test_P36_limits_by_address_are_forgotten_within_hours(self):
        self.service.client().post("auth/login", {"email": "someone@example.com", "password": "a wrong long password"})
        now = self.service.now_ms()
        ends = [row[0] for row in self.service.sql("SELECT window_ends_at FROM rate_buckets")]
        self.assertTrue(ends)
        self.assertLess(max(ends), now + 6 * 3600 * 1000)
        self.service.sql("UPDATE rate_buckets SET window_ends_at = ? WHERE window_ends_at > 0", now - 12 * 3600 * 1000)
        self.service.sql("UPDATE jobs SET run_after_at = 1, rank_at = 1 WHERE state = 'queued' AND account_id IS NULL")
        wait_until(lambda: self.service.sql("SELECT COUNT(*) FROM rate_buckets WHERE window_ends_at < ?", now - 3600 * 1000)[0][0] == 0,
                   "the sweep", 60)
