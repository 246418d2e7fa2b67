"""The first start: one link, one administrator, three songs that are ready; no mail is needed."""

import concurrent.futures

from checks import Checks, on_both_databases
from mailbox_reader import wait_until
from mmx_service import Service


def form(service, token, email="first@example.com"):
    service.secrets.update((email, "first administrator's words"))
    return {"token": token, "email": email, "display_name": "First", "password": "first administrator's words"}


@on_both_databases
class SetUp(Checks):
    def fresh(self, **more):
        service = Service(self.database, **{"workers": 0, "welcome_songs": None, **more})
        self.addCleanup(service.close)
        return service.start()

    @classmethod
    def setUpClass(cls):
        pass  # each check has a first start of its own

    def test_P50_an_empty_folder_starts_and_leads_to_an_administrator_with_credits_and_ready_songs(self):
        service = self.fresh(workers=1)
        base, token = service.setup_link()
        self.assertEqual(base, service.public_url)
        client = service.client()
        answer = self.expect(client.post("setup", form(service, token)), 200, 201)
        self.assertIn("session_token", client.cookies)
        self.assertNotIn("words", answer.text)
        me = self.expect(client.get("me"), 200).json
        self.assertEqual(me["role"], "administrator")
        credits = client.get("me/credits").json
        self.assertGreaterEqual(credits["balance"], 1)
        self.assertIn("grant", [entry["kind"] for entry in credits["entries"]])
        ready = wait_until(lambda: len(s := client.get("songs?state=ready").json["songs"]) >= 3 and s, "three ready songs", 120)
        self.assertEqual(len(ready), 3)
        self.assertEqual(len({song["title"] for song in ready}), 3)
        self.expect(client.get(f"songs/{ready[0]['id']}/audio"), 200)
        self.assertEqual(service.mails(), [], "no mail was needed")
        self.assertEqual(self.expect(client.post("songs/estimate", service.SONG), 200).json["refusal"], None)
        self.assertEqual(service.found_at_rest(token), [], "only a hash of the link's token is stored")

    def test_P49_the_link_works_once_and_is_dead_once_an_administrator_exists(self):
        service = self.fresh()
        _, token = service.setup_link()
        visitor = service.client()
        self.expect_field(visitor.post("setup", form(service, "A" * 43)), "token")
        self.expect_field(visitor.post("setup", {**form(service, token), "password": "short"}), "password")
        self.expect(visitor.post("setup", form(service, token)), 200, 201)
        again = service.client().post("setup", form(service, token, "second@example.com"))
        self.expect(again, 409, 422)
        self.assertEqual(service.sql("SELECT COUNT(*) FROM accounts")[0][0], 1)
        service.stop()
        service.start()
        self.assertFalse([line for line in service.process.out if "Set-up link" in line], "no link once set up")

    def test_P49_of_ten_at_once_one_becomes_the_administrator(self):
        service = self.fresh()
        _, token = service.setup_link()
        forms = [form(service, token, f"racer{n}@example.com") for n in range(10)]
        clients = [service.client() for _ in forms]
        with concurrent.futures.ThreadPoolExecutor(10) as pool:
            answers = list(pool.map(lambda pair: pair[0].post("setup", pair[1]).status, zip(clients, forms)))
        self.assertEqual(sum(status in (200, 201) for status in answers), 1, answers)
        self.assertEqual(service.sql("SELECT COUNT(*) FROM accounts")[0][0], 1)

    def test_P49_the_link_lives_an_hour(self):
        service = self.fresh()
        _, token = service.setup_link()
        created, expires = service.sql("SELECT created_at, expires_at FROM setup_tokens")[0]
        self.assertEqual(expires - created, 3600 * 1000)
        service.sql("UPDATE setup_tokens SET expires_at = 1")
        self.expect_field(service.client().post("setup", form(service, token)), "token")
        service.stop()
        service.start()
        fresh = service.setup_link()[1]
        self.assertNotEqual(fresh, token)
        self.expect(service.client().post("setup", form(service, fresh)), 200, 201)

    def test_P49_what_is_stored_is_readable_by_the_owner_only(self):
        service = self.fresh(workers=1)
        account = service.account()
        service.song(account)
        service.mail(account.email)
        paths = [service.data, *service.data.rglob("*")]
        self.assertGreater(len(paths), 3)
        for path in paths:
            mode = path.stat().st_mode & 0o777
            self.assertEqual(mode, 0o700 if path.is_dir() else 0o600, f"{path}: {mode:o}")

    def test_P49_another_master_key_on_the_same_database_is_refused(self):
        service = self.fresh()
        service.stop()
        service.environment["MMX_MASTER_KEY"] = "77" * 32
        with self.assertRaises(AssertionError):
            service.start()
        self.assertNotEqual(service.process.stop(), 0)
        self.assertIn("key", "\n".join(service.process.log + service.process.out).lower())
        self.assertNotIn("77" * 32, "\n".join(service.process.log + service.process.out))

    def test_P51_a_fleet_must_be_given_its_key(self):
        if self.database == "sqlite":
            service = self.fresh()  # one machine makes its own, which nobody else can read
            keys = [p for p in service.data.rglob("*") if p.is_file() and "key" in p.name.lower()]
            self.assertTrue(keys)
            self.assertEqual({p.stat().st_mode & 0o777 for p in keys}, {0o600})
            return
        service = Service(self.database, workers=0)
        self.addCleanup(service.close)
        del service.environment["MMX_MASTER_KEY"]
        with self.assertRaises(AssertionError) as caught:
            service.start()
        self.assertIn("master_key", str(caught.exception).lower())
