"""Other sites cannot act for a visitor; every answer carries what browsers need to defend them."""

from checks import Checks, on_both_databases
from http_client import Raw
from mmx_service import Service


@on_both_databases
class OtherSites(Checks):
    settings = {"workers": 0}

    def test_P49_a_foreign_or_missing_origin_changes_nothing(self):
        client = self.service.account()
        for origin in ("https://evil.example", "null", self.service.public_url + ".evil.example",
                       self.service.public_url.replace("://", "://sub."), None):
            answer = client.patch("me", {"display_name": "Taken over"}, origin=origin)
            self.assertEqual(answer.status, 403, f"Origin {origin}")
        self.expect(client.patch("me", {"display_name": "Taken over"}, marked=False), 403)
        self.expect(client.patch("me", {"display_name": "Taken over"}, headers={"X-Requested-With": "XMLHttpRequest"}), 403)
        self.assertEqual(client.get("me").json["display_name"], "Someone")
        visitor = self.service.client()
        for route in ("auth/login", "auth/register", "auth/forgot", "setup"):
            self.expect(visitor.post(route, {"email": "x@example.com"}, origin="https://evil.example"), 403)

    def test_P49_only_json_is_taken(self):
        client = self.service.account()
        for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", None):
            answer = client.patch("me", None, body=b'{"display_name": "As a form"}', headers={"Content-Type": kind})
            self.assertEqual(answer.status, 415, f"{kind}: {answer}")
        self.expect(client.patch("me", None, body=b'{"display_name": "With charset"}',
                                 headers={"Content-Type": "application/json; charset=utf-8"}), 200, 204)
        self.assertEqual(client.get("me").json["display_name"], "With charset")

    def test_P01_no_endpoint_takes_audio(self):
        client = self.service.account()
        for kind in ("audio/wav", "audio/mpeg", "audio/flac", "application/octet-stream"):
            answer = client.post("songs", None, body=b"RIFF\0\0\0\0WAVEfmt " + bytes(2000), headers={"Content-Type": kind})
            self.assertEqual(answer.status, 415, answer)
        self.assertEqual(client.get("songs").json["total"], 0)

    def test_P49_nothing_changes_by_GET(self):
        client = self.service.account()
        for route in ("auth/login", "auth/logout", "auth/register", "auth/forgot", "auth/reset", "auth/verify", "setup",
                      "me/password", "me/email", "songs/estimate", "understand"):
            answer = client.get(route)
            if route == "songs/estimate":  # reads as the id of a song, too
                self.expect(answer, 404, 405)
                continue
            self.assertEqual(answer.status, 405, route)
            self.assertIn("POST", answer.header("Allow"))
        self.expect(client.request("PUT", "auth/login", {}), 405)
        self.expect(client.get("me"), 200)

    def test_P49_no_answer_lets_another_origin_read_it(self):
        client = self.service.account()
        answers = [client.get("me", origin="https://evil.example"), client.get("songs", origin="null"),
                   client.get("/api/openapi.json", origin="https://evil.example"),
                   client.post("auth/login", {}, origin="https://evil.example"),
                   client.request("OPTIONS", "songs", origin="https://evil.example",
                                  headers={"Access-Control-Request-Method": "POST",
                                           "Access-Control-Request-Headers": "x-requested-with"})]
        for answer in answers:
            for name, _ in answer.headers:
                self.assertFalse(name.lower().startswith("access-control-"), answer.headers)

    def test_P44_an_unknown_host_gets_421(self):
        for host in ("evil.example", "127.0.0.1.evil.example", "music.example:1234", self.service.host + ".evil.example"):
            with Raw(self.service) as raw:
                raw.send(f"GET /api/v1/plans HTTP/1.1\r\nHost: {host}\r\n\r\n")
                self.assertEqual(raw.read_head()[0], 421, host)
        with Raw(self.service) as raw:
            raw.send("GET /api/v1/plans HTTP/1.1\r\nX: y\r\n\r\n")
            self.assertIn(raw.read_head()[0], (400, 421), "no Host at all")
        for bad in (f"{self.service.host}\r\nHost: evil.example",):
            with Raw(self.service) as raw:
                raw.send(f"GET /api/v1/plans HTTP/1.1\r\nHost: {bad}\r\n\r\n")
                self.assertIn(raw.read_head()[0], (400, 421), "two Hosts")

    def every_kind_of_answer(self):
        client, visitor = self.service.account(), self.service.client()
        yield "200", client.get("me")
        yield "list", client.get("songs")
        yield "public", visitor.get("plans")
        yield "openapi", visitor.get("/api/openapi.json")
        yield "health", visitor.get("/healthz")
        yield "page", visitor.get("/")
        yield "401", visitor.get("me")
        yield "403", client.get("admin/users")
        yield "404", client.get("songs/00000000000000000000000000")
        yield "404 outside", visitor.get("/no/such/page")
        yield "405", client.get("auth/login")
        yield "413", client.patch("me", None, body=b"x" * 300_000, headers={"Content-Type": "application/json"})
        yield "415", client.patch("me", None, body=b"x", headers={"Content-Type": "text/plain"})
        yield "400", client.patch("me", None, body=b"{", headers={"Content-Type": "application/json"})
        yield "422", client.patch("me", {"display_name": 3})
        yield "HEAD", client.request("HEAD", "me")

    def test_P49_every_answer_carries_the_security_headers(self):
        for what, answer in self.every_kind_of_answer():
            with self.subTest(answer=what):
                self.assertEqual(answer.header("X-Content-Type-Options"), "nosniff")
                self.assertIn(answer.header("Referrer-Policy"), ("no-referrer", "same-origin", "strict-origin"))
                policy = dict(part.strip().partition(" ")[::2] for part in answer.header("Content-Security-Policy").split(";"))
                self.assertNotIn("unsafe-inline", " ".join(policy.values()))
                self.assertNotIn("unsafe-eval", " ".join(policy.values()))
                self.assertNotIn("*", " ".join(policy.values()))
                self.assertEqual(policy.get("frame-ancestors"), "'none'")
                self.assertEqual(policy.get("base-uri"), "'none'")
                self.assertIn("default-src", policy)
                self.assertEqual(answer.header("Strict-Transport-Security") is not None,
                                 self.service.public_url.startswith("https://"))
                server = answer.header("Server") or ""
                self.assertFalse(any(c.isdigit() for c in server), "no version is told")

    def test_P49_private_answers_and_errors_are_never_stored_by_caches(self):
        client = self.service.account()
        for route in ("me", "me/sessions", "me/usage", "me/credits", "songs", "songs/none"):
            self.assertEqual(client.get(route).header("Cache-Control"), "no-store", route)
        self.assertEqual(self.service.client().get("me").header("Cache-Control"), "no-store")
        self.assertEqual(client.post("auth/login", {}).header("Cache-Control"), "no-store")
        self.assertEqual(client.log_in(client.email, client.password).header("Cache-Control"), "no-store")

    def test_P49_errors_are_problem_details(self):
        for what, answer in self.every_kind_of_answer():
            if answer.status < 400 or what == "HEAD":
                continue
            with self.subTest(answer=what):
                self.assertEqual(answer.header("Content-Type").split(";")[0], "application/problem+json")
                self.assertEqual(answer.json["status"], answer.status)
                self.assertTrue(answer.json["title"] and answer.json["detail"])


@on_both_databases
class Tls(Checks):
    settings = {"workers": 0, "environment": {"MMX_PUBLIC_URL": "https://songs.example:8443"}}

    def test_P44_hsts_and_secure_follow_an_https_public_url(self):
        client = self.service.account()
        self.assertRegex(client.get("me").header("Strict-Transport-Security"), r"max-age=\d{7,}")
        self.assertIn("secure", client.log_in(client.email, client.password).set_cookies()[0].lower())
        self.assertTrue(self.service.mail(client.email).link.startswith("https://songs.example:8443/"))
        with Raw(self.service) as raw:
            raw.send("GET /api/v1/plans HTTP/1.1\r\nHost: songs.example\r\n\r\n")
            self.assertEqual(raw.read_head()[0], 421, "another port is another service")

    def test_P44_plain_http_is_refused_for_anything_but_loopback(self):
        bad = Service(self.database, workers=0, environment={"MMX_PUBLIC_URL": "http://music.example"})
        self.addCleanup(bad.close)
        with self.assertRaises(AssertionError) as caught:
            bad.start()
        self.assertIn("public_url", str(caught.exception).lower())
        self.assertNotEqual(bad.process.stop(), 0)
