"""Nobody sees another's things: a stranger's song does not exist, and administration is for administrators."""

from checks import Checks, on_both_databases

NOWHERE = "00000000000000000000000000"


@on_both_databases
class OtherAccounts(Checks):
    settings = {"workers": 0}  # a queued song is enough

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner, cls.stranger = cls.service.account(), cls.service.account()
        cls.song = cls.service.expect(cls.service.order(cls.owner, title="Owner's secret title"), 202).json["id"]

    def every_song_call(self, song):
        yield "GET", f"songs/{song}", None
        yield "PATCH", f"songs/{song}", {"title": "Mine now"}
        yield "PATCH", f"songs/{song}", {"pinned": True}
        for last in ("audio", "peaks", "score", "midi", "lrc", "download?format=flac", "stems/drums", "stems.zip"):
            yield "GET", f"songs/{song}/{last}", None
        for last, body in (("regenerate", {}), ("variation", {}), ("cancel", {}), ("renditions", {"format": "mp3"}), ("stems", {})):
            yield "POST", f"songs/{song}/{last}", body
        yield "DELETE", f"songs/{song}", None

    def test_P49_another_accounts_song_is_404_just_like_one_that_does_not_exist(self):
        for (method, path, body), (_, nowhere, _) in zip(self.every_song_call(self.song), self.every_song_call(NOWHERE)):
            with self.subTest(call=f"{method} {path}"):
                theirs = self.stranger.request(method, path, body)
                missing = self.stranger.request(method, nowhere, body)
                self.assertEqual(theirs.status, 404, theirs)
                self.assertEqual({**theirs.json, "request_id": 0}, {**missing.json, "request_id": 0})
        mine = self.expect(self.owner.get(f"songs/{self.song}"), 200).json
        self.assertEqual((mine["title"], mine["pinned"], mine["state"]), ("Owner's secret title", False, "queued"))

    def test_P49_without_a_session_every_private_call_is_401(self):
        visitor = self.service.client()
        for method, path, body in self.every_song_call(self.song):
            self.assertEqual(visitor.request(method, path, body).status, 401, path)
        for path in ("me", "me/sessions", "me/usage", "me/credits", "songs", "events", "admin/users", "admin/jobs"):
            self.assertEqual(visitor.get(path).status, 401, path)
        for path in ("songs", "songs/estimate", "me/password", "me/email"):
            self.assertEqual(visitor.post(path, {}).status, 401, path)

    def test_P49_lists_and_search_show_ones_own_songs_only(self):
        for query in ("", "?q=secret", "?q=owner", "?state=queued", "?sort=title"):
            page = self.expect(self.stranger.get("songs" + query), 200).json
            self.assertEqual((page["songs"], page["total"]), ([], 0), query)
        self.assertEqual(self.owner.get("songs?q=secret").json["total"], 1)

    def test_P49_the_ledger_and_usage_are_ones_own(self):
        self.assertNotIn(self.song, self.stranger.get("me/credits").text)
        self.assertEqual(self.stranger.get("me/usage").json["today"]["used"], 0)
        self.assertEqual(self.owner.get("me/usage").json["today"]["used"], 1)

    def test_P49_ids_cannot_be_guessed(self):
        ids = [self.service.expect(self.service.order(self.service.account()), 202).json["id"] for _ in range(3)]
        for made in ids:
            self.assertGreaterEqual(len(made), 20)
        self.assertEqual(len({made[:8] for made in ids}), 3, "no counter and no clock in front")

    def test_P49_a_user_on_the_admin_API_gets_403_and_it_is_recorded(self):
        calls = [("GET", path, None) for path in ("admin/users", f"admin/users/{self.owner.id}", "admin/jobs", "admin/stats",
                                                  "admin/audit")]
        calls += [("POST", f"admin/users/{self.stranger.id}/credits", {"amount": 1000, "reason": "because"}),
                  ("POST", f"admin/users/{self.stranger.id}/plan", {"plan": "studio"}),
                  ("POST", f"admin/users/{self.stranger.id}/role", {"role": "administrator"}),
                  ("POST", f"admin/users/{self.owner.id}/suspend", {"suspended": True, "reason": "because"}),
                  ("POST", f"admin/jobs/{NOWHERE}/retry", {})]
        before = self.service.sql("SELECT COUNT(*) FROM audit")[0][0]
        for method, path, body in calls:
            self.assertEqual(self.stranger.request(method, path, body).status, 403, path)
        self.assertGreaterEqual(self.service.sql("SELECT COUNT(*) FROM audit")[0][0], before + len(calls))
        self.assertEqual(self.stranger.get("me").json["plan"], "free")
        audit = self.service.admin().get("admin/audit").text
        self.assertIn(self.stranger.id, audit)
