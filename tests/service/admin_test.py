"""Administrators: what they may do, what is recorded of it, and what they never see."""

from checks import Checks, on_both_databases
from mailbox_reader import wait_until


@on_both_databases
class Administration(Checks):
    settings = {"workers": 1}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls.service.admin()

    def newest_audit(self, action):
        rows = self.expect(self.admin.get("admin/audit?limit=200"), 200).json["audit"]
        return next(row for row in rows if row["action"].startswith(action))

    def test_P49_no_administrator_endpoint_shows_a_prompt_lyrics_or_audio(self):
        account = self.service.account()
        words = {"title": "Quokkas at dusk", "prompt": "xylophone wombat serenade", "lyrics": "[Verse]\nmarmalade aardvark sings\n"}
        song = self.expect(self.service.order(account, **words), 202).json["id"]
        job = wait_until(lambda: self.admin.get(f"admin/jobs?account_id={account.id}").json["jobs"], "its job")[0]["id"]
        def look():
            for path in ("admin/users", f"admin/users/{account.id}", "admin/jobs", f"admin/jobs?account_id={account.id}",
                         f"admin/jobs/{job}", "admin/stats", "admin/audit", f"admin/users/{account.id}/songs"):
                answer = self.admin.get(path)
                self.assertIn(answer.status, (200, 404, 405), path)
                for word in ("Quokkas", "wombat", "aardvark", "payload"):
                    self.assertNotIn(word, answer.text, path)
        look()
        self.service.wait_for_song(account, song)
        look()
        for path in (f"songs/{song}", f"songs/{song}/audio", f"songs/{song}/score", f"songs/{song}/download"):
            self.expect(self.admin.get(path), 404)

    def test_P49_users_are_listed_found_and_paged(self):
        made = [self.service.account() for _ in range(3)]
        page = self.expect(self.admin.get("admin/users?limit=2"), 200).json
        self.assertEqual([user["id"] for user in page["users"]], [made[2].id, made[1].id])
        following = self.expect(self.admin.get(f"admin/users?limit=2&cursor={page['next_cursor']}"), 200).json
        self.assertEqual(following["users"][0]["id"], made[0].id)
        found = self.expect(self.admin.get(f"admin/users?q={made[0].email}"), 200).json["users"]
        self.assertEqual([user["id"] for user in found], [made[0].id])
        self.assertEqual(self.expect(self.admin.get("admin/users?q=%25"), 200).json["users"], [])
        self.expect(self.admin.get("admin/users/nobody"), 404)

    def test_P24_a_grant_is_recorded_and_its_bounds_are_checked(self):
        account = self.service.account()
        path = f"admin/users/{account.id}/credits"
        self.expect(self.admin.post(path, {"amount": 25, "reason": "a contest won"}), 200)
        line = self.newest_audit("credits")
        self.assertEqual((line["actor_id"], line["subject"], line["details"]["amount"]), (self.admin.id, account.id, 25))
        for body, field in (({"amount": 0, "reason": "x"}, "amount"), ({"amount": 10**9, "reason": "x"}, "amount"),
                            ({"amount": 1.5, "reason": "x"}, "amount"), ({"amount": 5, "reason": ""}, "reason"),
                            ({"amount": 5}, "reason"), ({"reason": "x"}, "amount")):
            self.expect_field(self.admin.post(path, body), field)
        self.expect(self.admin.post(path, {"amount": -10_000, "reason": "more than there is"}), 409)
        self.expect(self.admin.post(path, {"amount": -25, "reason": "a mistake"}), 200)
        self.assertEqual(account.get("me/credits").json["balance"], 100)

    def test_P24_a_plan_is_changed_and_an_unknown_one_refused(self):
        account = self.service.account()
        path = f"admin/users/{account.id}/plan"
        self.expect_field(self.admin.post(path, {"plan": "platinum"}), "plan")
        self.expect(self.admin.post(path, {"plan": "creator"}), 200)
        usage = account.get("me/usage").json
        self.assertEqual((usage["plan"], usage["today"]["limit"]), ("creator", 50))
        self.assertIn("wav", usage["formats"])
        self.assertEqual(self.newest_audit("account.plan" if "." in self.newest_audit("")["action"] else "")["subject"], account.id)

    def test_P49_a_suspended_account_is_out_at_once_and_comes_back_whole(self):
        account = self.service.account(plan="studio")
        waiting = [self.expect(self.service.order(account, seed=n, duration_seconds=120), 202).json["id"] for n in range(3)]
        path = f"admin/users/{account.id}/suspend"
        self.expect(self.admin.post(path, {"suspended": True, "reason": "a complaint"}), 200)
        self.expect(account.get("me"), 401, 403)
        refused = self.expect(self.service.client().log_in(account.email, account.password), 401, 403)
        self.assertEqual(refused.set_cookies(), [])
        self.expect(self.service.client().post("auth/login", {"email": account.email, "password": "a wrong long one"}), 401)
        self.assertEqual(self.admin.get(f"admin/users/{account.id}").json["state"], "suspended")
        self.expect(self.admin.post(path, {"suspended": False}), 200)
        self.expect(account.log_in(account.email, account.password), 200)
        self.assertEqual({song["id"] for song in account.get("songs").json["songs"]}, set(waiting), "nothing is lost")
        actions = [row for row in self.admin.get("admin/audit").json["audit"] if row["subject"] == account.id]
        self.assertGreaterEqual(len(actions), 3)

    def test_P49_a_role_is_given_and_taken_and_the_last_administrator_stays(self):
        account = self.service.account()
        path = f"admin/users/{account.id}/role"
        self.expect_field(self.admin.post(path, {"role": "emperor"}), "role")
        self.expect(self.admin.post(path, {"role": "reviewer"}), 200)
        self.expect(account.get("admin/users"), 403)  # a reviewer is no administrator
        self.expect(self.admin.post(path, {"role": "administrator"}), 200)
        account.log_in(account.email, account.password)
        self.expect(account.get("admin/users"), 200)
        self.expect(self.admin.post(path, {"role": "user"}), 200)
        self.expect(account.get("admin/users"), 401, 403)
        self.expect(self.admin.post(f"admin/users/{self.admin.id}/role", {"role": "user"}), 409)
        self.expect(self.admin.post(f"admin/users/{self.admin.id}/suspend", {"suspended": True}), 409)
        self.expect(self.admin.get("admin/users"), 200)

    def test_P36_the_audit_holds_no_address_and_cannot_be_changed_over_the_network(self):
        account = self.service.account()
        account.get("admin/users")
        for row in self.service.rows_of("audit"):
            self.assertNotIn("@", row)
            self.assertNotIn("127.", row)
        for method in ("DELETE", "PATCH", "PUT", "POST"):
            self.expect(self.admin.request(method, "admin/audit", {}), 405)

    def test_P49_figures_of_the_service_are_numbers_only(self):
        stats = self.expect(self.admin.get("admin/stats"), 200).json
        self.assertGreaterEqual(stats["accounts"], 1)
        self.assertIn("queued", stats["jobs"])

    def test_P49_a_job_that_needs_no_retry_is_not_run_again(self):
        account = self.service.account()
        self.service.song(account)
        job = self.admin.get(f"admin/jobs?account_id={account.id}&state=done").json["jobs"][0]["id"]
        self.expect(self.admin.post(f"admin/jobs/{job}/retry"), 409)
        self.expect(self.admin.post("admin/jobs/00000000000000000000000000/retry"), 404)
