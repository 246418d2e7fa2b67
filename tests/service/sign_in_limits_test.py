"""Guessing is stopped by account and by address, and never shuts the owner out for good."""

from checks import Checks, on_both_databases


@on_both_databases
class SignInLimits(Checks):
    settings = {"workers": 0}

    def fail_until_429(self, email, client_for, most=60):
        """Wrong passwords until the service says stop; the 429."""
        for _ in range(most):
            answer = client_for().post("auth/login", {"email": email, "password": "a wrong long password"})
            if answer.status == 429:
                self.assertGreaterEqual(int(answer.header("Retry-After")), 1)
                return answer
            self.expect(answer, 401)
        self.fail(f"{most} wrong passwords and no 429")

    def end_the_pause(self, answer):
        wait_ms = (int(answer.header("Retry-After")) + 1) * 1000
        self.assertLessEqual(wait_ms, 15 * 60 * 1000 + 2000, "a pause, not a ban")
        self.service.sql("UPDATE login_attempts SET blocked_until = blocked_until - ?, since_at = since_at - ?, "
                         "last_at = last_at - ?", wait_ms, wait_ms, wait_ms)

    def test_P23_an_unknown_user_and_a_wrong_password_get_the_same_answer(self):
        account, visitor = self.service.account(), self.service.client()
        answers = [visitor.post("auth/login", {"email": email, "password": "a wrong long password"})
                   for email in (account.email, "nobody@example.com")]
        self.assertEqual([a.status for a in answers], [401, 401])
        bodies = [{name: value for name, value in a.json.items() if name != "request_id"} for a in answers]
        self.assertEqual(bodies[0], bodies[1])
        self.assertEqual(answers[0].set_cookies() + answers[1].set_cookies(), [])

    def test_P23_failures_from_many_addresses_pause_an_account_and_the_owner_gets_in_after_the_pause(self):
        account = self.service.account()
        stopped = self.fail_until_429(account.email, self.service.client)
        owner = self.service.client()
        self.expect(owner.log_in(account.email, account.password), 429)
        self.expect(account.get("me"), 200)  # living sessions go on
        self.end_the_pause(stopped)
        self.expect(owner.log_in(account.email, account.password), 200)

    def test_P23_an_attacker_who_goes_on_cannot_lengthen_the_pause_beyond_its_bound(self):
        account = self.service.account()
        for _ in range(12):
            stopped = self.fail_until_429(account.email, self.service.client)
            self.end_the_pause(stopped)
        self.fail_until_429(account.email, self.service.client)
        visitor = self.service.client()
        self.expect(visitor.post("auth/forgot", {"email": account.email}), 200, 202, 204)
        new = "words after the attack"
        self.service.secrets.add(new)
        token = self.service.mail(account.email, after=1).token
        self.expect(visitor.post("auth/reset", {"token": token, "password": new}), 200, 204)
        self.expect(self.service.client().log_in(account.email, new), 200)  # a reset ends the pause

    def test_P23_an_account_that_does_not_exist_is_paused_alike(self):
        account = self.service.account()
        counts = []
        for email in (account.email, "no-such-person@example.com"):
            tries = []
            answer = self.fail_until_429(email, lambda: tries.append(1) or self.service.client())
            counts.append((len(tries), answer.json["detail"]))
        self.assertEqual(counts[0][0], counts[1][0])
        digits = [''.join(c for c in text if not c.isdigit()) for _, text in counts]
        self.assertEqual(digits[0], digits[1])

    def test_P23_one_address_that_tries_many_accounts_is_stopped_and_others_are_not(self):
        account, visitor = self.service.account(), self.service.client()
        for number in range(100):
            answer = visitor.post("auth/login", {"email": f"guess{number}@example.com", "password": "a wrong long password"})
            if answer.status == 429:
                break
        self.assertEqual(answer.status, 429)
        self.assertGreaterEqual(int(answer.header("Retry-After")), 1)
        self.expect(visitor.log_in(account.email, account.password), 429)
        self.expect(self.service.client().log_in(account.email, account.password), 200)

    def test_P23_every_authentication_endpoint_is_limited_by_address(self):
        bodies = {"auth/register": {"display_name": "Someone", "password": "a fair long password", "age_confirmed": True,
                                    "terms_version": "2026-01"},
                  "auth/login": {"password": "a wrong long password"}, "auth/forgot": {}, "auth/resend": {},
                  "auth/verify": {"token": "A" * 43}, "auth/reset": {"token": "A" * 43, "password": "a fair long password"},
                  "me/email/confirm": {"token": "A" * 43},
                  "setup": {"token": "A" * 43, "display_name": "Someone", "password": "a fair long password"}}
        for route, body in bodies.items():
            with self.subTest(route=route):
                visitor = self.service.client()
                for number in range(200):
                    if "token" not in body or route == "setup":
                        body = {**body, "email": f"{route.replace('/', '-')}{number}@example.com"}
                    answer = visitor.post(route, body)
                    if answer.status == 429:
                        break
                self.assertEqual(answer.status, 429, "200 tries and no 429")
                self.assertGreaterEqual(int(answer.header("Retry-After")), 1)

    def test_P36_the_counters_hold_no_address_of_mail_or_network(self):
        visitor, email = self.service.client(), self.service.new_email()
        visitor.post("auth/login", {"email": email, "password": "a wrong long password"})
        self.assertEqual(self.service.found_at_rest(email), [])
        found = [place for place in self.service.found_at_rest(visitor.address) if not place.startswith("access-log.db")]
        self.assertEqual(found, [])
