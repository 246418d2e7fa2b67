"""Sessions from outside: the cookie, its ends, and who may end them."""

import base64

from checks import Checks, DAY_MS, HOUR_MS, on_both_databases
from http_client import Raw


@on_both_databases
class Sessions(Checks):
    settings = {"workers": 0}

    def log_in(self, account, client=None):
        client = client or self.service.client()
        return client, self.expect(client.log_in(account.email, account.password), 200)

    def age(self, client, **ms):
        """Moves instants of the client's sessions into the past."""
        for column, by in ms.items():
            self.service.sql(f"UPDATE sessions SET {column} = {column} - ? WHERE account_id = ?", by, client.id)

    def test_P22_the_cookie_is_random_http_only_lax_and_secure_under_tls(self):
        account = self.service.account()
        tokens = set()
        for _ in range(3):
            client, answer = self.log_in(account)
            self.assertEqual(len(answer.set_cookies()), 1)
            first, *attributes = [part.strip() for part in answer.set_cookies()[0].split(";")]
            name, _, token = first.partition("=")
            self.assertEqual(name, "session_token")
            self.assertEqual(len(base64.urlsafe_b64decode(token + "=")), 32, "256 random bits")
            names = {attribute.split("=")[0].lower() for attribute in attributes}
            self.assertIn("HttpOnly", attributes)
            self.assertIn("SameSite=Lax", attributes)
            self.assertIn("Path=/", attributes)
            self.assertNotIn("domain", names)
            self.assertEqual("secure" in names, self.service.public_url.startswith("https://"))
            tokens.add(token)
        self.assertEqual(len(tokens), 3)

    def test_P22_only_a_hash_of_the_token_is_stored(self):
        client = self.service.account()
        raw = base64.urlsafe_b64decode(client.token() + "=")
        for form in (client.token(), raw.hex(), base64.b64encode(raw).decode()):
            self.assertEqual(self.service.found_at_rest(form), [])

    def test_P22_a_login_makes_a_new_token_whatever_cookie_came_before(self):
        account = self.service.account()
        preset = "A" * 43
        visitor = self.service.client()
        visitor.cookies["session_token"] = preset
        self.log_in(account, visitor)
        self.assertNotEqual(visitor.token(), preset)
        old = visitor.token()
        self.log_in(account, visitor)
        self.assertNotEqual(visitor.token(), old)
        visitor.cookies["session_token"] = preset
        self.expect(visitor.get("me"), 401)

    def test_P22_a_token_is_dead_after_logout(self):
        client = self.service.account()
        token = client.token()
        answer = self.expect(client.post("auth/logout"), 200, 204)
        self.assertIn("session_token=;", answer.set_cookies()[0] + ";")
        client.cookies["session_token"] = token
        self.expect(client.get("me"), 401)
        self.expect(client.post("auth/logout"), 200, 204, 401)

    def test_P22_a_session_ends_after_24_hours_idle(self):
        client = self.service.account()
        self.age(client, last_active_at=23 * HOUR_MS)
        self.expect(client.get("me"), 200)
        self.age(client, last_active_at=24 * HOUR_MS + 1000)
        self.expect(client.get("me"), 401)
        self.expect(client.post("me/password", {}), 401)

    def last_active(self, client):
        return self.service.sql("SELECT last_active_at FROM sessions WHERE account_id = ?", client.id)[0][0]

    def test_P22_activity_keeps_a_session_and_polling_and_event_streams_do_not(self):
        client = self.service.account()
        self.age(client, last_active_at=23 * HOUR_MS)
        before = self.last_active(client)
        for path in ("songs", "me/usage"):
            self.expect(client.get(path, headers={"X-Mmx-Polling": "1"}), 200)
            self.assertEqual(self.last_active(client), before)
        with Raw(self.service) as stream:
            stream.send(f"GET /api/v1/events HTTP/1.1\r\nHost: {self.service.host}\r\n"
                        f"Cookie: session_token={client.token()}\r\n\r\n")
            self.assertEqual(stream.read_head()[0], 200)
            self.assertEqual(self.last_active(client), before)
        self.expect(client.patch("me", {"display_name": "Still here"}), 200, 204)
        self.assertGreater(self.last_active(client), before + 22 * HOUR_MS)

    def test_P22_a_session_ends_after_30_days_however_active(self):
        client = self.service.account()
        self.age(client, created_at=29 * DAY_MS, ends_at=29 * DAY_MS)
        self.expect(client.get("me"), 200)
        self.age(client, created_at=DAY_MS, ends_at=DAY_MS + 1000)
        self.expect(client.get("me"), 401)

    def test_P22_a_password_change_ends_the_other_sessions_and_keeps_this_one(self):
        here = self.service.account()
        there, _ = self.log_in(here)
        new = "another fair long password"
        self.service.secrets.add(new)
        self.expect_field(here.post("me/password", {"current_password": "not the present one", "password": new}),
                          "current_password")
        self.expect(there.get("me"), 200)
        self.expect(here.post("me/password", {"current_password": here.password, "password": new}), 200, 204)
        self.expect(here.get("me"), 200)
        self.expect(there.get("me"), 401)
        self.expect(there.log_in(here.email, here.password), 401)
        self.expect(there.log_in(here.email, new), 200)

    def test_P22_sessions_are_listed_without_tokens_or_addresses_and_can_be_ended(self):
        here = self.service.account()
        there, _ = self.log_in(here)
        answer = self.expect(here.get("me/sessions"), 200)
        rows = answer.json["sessions"]
        self.assertEqual(len(rows), 2)
        self.assertEqual([row["current"] for row in rows].count(True), 1)
        for client in (here, there):
            self.assertNotIn(client.token(), answer.text)
            self.assertNotIn(client.address, answer.text)
        other = next(row["id"] for row in rows if not row["current"])
        self.expect(here.delete(f"me/sessions/{other}"), 200, 204)
        self.expect(there.get("me"), 401)
        self.expect(here.delete(f"me/sessions/{other}"), 404)
        self.expect(here.get("me"), 200)

    def test_P22_all_other_sessions_can_be_ended_at_once(self):
        here = self.service.account()
        others = [self.log_in(here)[0] for _ in range(3)]
        self.expect(here.delete("me/sessions"), 200, 204)
        self.expect(here.get("me"), 200)
        for other in others:
            self.expect(other.get("me"), 401)

    def test_P22_nobody_ends_another_accounts_session(self):
        mine, theirs = self.service.account(), self.service.account()
        session = theirs.get("me/sessions").json["sessions"][0]["id"]
        self.expect(mine.delete(f"me/sessions/{session}"), 404)
        self.expect(theirs.get("me"), 200)

    def test_P30_the_session_token_is_the_only_cookie(self):
        client = self.service.account()
        for path in ("me", "me/sessions", "songs", "plans", "/healthz", "/"):
            self.assertEqual(client.get(path).set_cookies(), [], path)
        self.assertEqual(set(client.cookies), {"session_token"})
