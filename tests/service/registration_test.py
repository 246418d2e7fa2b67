"""From stranger to account, and changes of address: links are single, short-lived and bound to their owner."""

from checks import Checks, DAY_MS, HOUR_MS, on_both_databases


@on_both_databases
class Registration(Checks):
    settings = {"workers": 0}

    def links_die(self, where="1 = 1"):
        for table in ("pending_registrations", "account_tokens"):
            self.service.sql(f"UPDATE {table} SET expires_at = 1 WHERE {where}")

    def life_of_newest(self, table):
        created, expires = self.service.sql(
            f"SELECT created_at, expires_at FROM {table} ORDER BY created_at DESC LIMIT 1")[0]
        # Two readings of PostgreSQL's clock within one statement may lie a millisecond or two apart.
        return round(expires - created, -2)

    def test_P20_an_account_comes_to_be_when_its_address_is_proven(self):
        client = self.service.client()
        self.expect(self.service.register(client), 202)
        self.expect(client.log_in(client.email, client.password), 401, 403)
        self.assertEqual(self.service.sql("SELECT COUNT(*) FROM accounts WHERE email = ?", client.email)[0][0], 0)
        mail = self.service.mail(client.email)
        self.assertTrue(mail.link.startswith(self.service.public_url + "/"), mail.link)
        self.assertNotIn(mail.token, mail.link, "the token stands in the fragment only")
        self.expect(client.post("auth/verify", {"token": mail.token}), 200, 204)
        self.expect(client.log_in(client.email, client.password), 200)
        me = client.get("me").json
        self.assertEqual((me["email"], me["display_name"], me["role"]), (client.email, "Someone", "user"))

    def test_P20_a_verification_link_works_once_and_for_24_hours(self):
        client = self.service.client()
        self.service.register(client)
        token = self.service.mail(client.email).token
        self.assertEqual(self.life_of_newest("pending_registrations"), DAY_MS)
        self.assertEqual(self.service.found_at_rest(token, but=("outbox",)), [], "only a hash is stored")
        self.expect(client.post("auth/verify", {"token": token}), 200, 204)
        self.expect_field(client.post("auth/verify", {"token": token}), "token")
        late = self.service.client()
        self.service.register(late)
        token = self.service.mail(late.email).token
        self.links_die()
        self.expect_field(late.post("auth/verify", {"token": token}), "token")
        self.expect(late.log_in(late.email, late.password), 401, 403)

    def test_P20_a_verification_link_makes_only_the_account_it_was_sent_for(self):
        one, two = self.service.client(), self.service.client()
        self.service.register(one)
        self.service.register(two)
        self.expect(two.post("auth/verify", {"token": self.service.mail(one.email).token}), 200, 204)
        self.expect(two.log_in(two.email, two.password), 401, 403)
        self.expect(one.log_in(one.email, one.password), 200)

    def test_P23_a_known_and_a_new_address_get_the_same_answer(self):
        known, new = self.service.account(), self.service.new_email()
        visitor = self.service.client()
        answers = [self.service.register(self.service.client(), email=address, password="some other long words")
                   for address in (known.email, new)]
        for route in ("auth/forgot", "auth/resend"):
            answers += [visitor.post(route, {"email": address}) for address in (known.email, new, "nobody@example.com")]
        for group in (answers[:2], answers[2:5], answers[5:]):
            self.assertEqual({(a.status, a.text, str(sorted(k for k, _ in a.headers))) for a in group},
                             {(group[0].status, group[0].text, str(sorted(k for k, _ in group[0].headers)))})
            self.assertIn(group[0].status, (200, 202, 204))
        told = self.service.mail(known.email, after=1)
        self.assertIsNotNone(told, "the owner hears of it by mail")
        self.expect(self.service.client().log_in(known.email, known.password), 200)

    def test_P20_registering_a_pending_address_again_replaces_nothing_until_its_own_link_is_used(self):
        for used in (0, 1):
            email = self.service.new_email()
            passwords = ["words of the first one", "words of the second one"]
            tokens = []
            for number, password in enumerate(passwords):
                self.service.register(self.service.client(), email=email, password=password)
                tokens.append(self.service.mail(email, after=number).token)
            visitor = self.service.client()
            self.expect(visitor.post("auth/verify", {"token": tokens[used]}), 200, 204)
            self.expect(visitor.log_in(email, passwords[1 - used]), 401)
            self.expect(visitor.log_in(email, passwords[used]), 200)
            self.assertIn(visitor.post("auth/verify", {"token": tokens[1 - used]}).status, (409, 422))
            self.expect(self.service.client().log_in(email, passwords[used]), 200)

    def test_P20_age_and_the_present_terms_must_be_declared_and_are_stored(self):
        visitor, email = self.service.client(), self.service.new_email()
        form = {"email": email, "display_name": "Someone", "password": "a fair long password",
                "age_confirmed": True, "terms_version": "2026-01"}
        self.expect_field(visitor.post("auth/register", {**form, "age_confirmed": False}), "age_confirmed")
        self.expect_field(visitor.post("auth/register", {**form, "terms_version": "1999"}), "terms_version")
        for address in ("", "no at sign", "a@b", "two@@example.com", "a b@example.com", "x@example.com\r\nBcc: y@example.com",
                        "a" * 250 + "@example.com"):
            self.expect_field(visitor.post("auth/register", {**form, "email": address}), "email")
        for name in ("", "x" * 61, "line\nbreak"):
            self.expect_field(visitor.post("auth/register", {**form, "display_name": name}), "display_name")
        account = self.service.account()
        terms, age = self.service.sql("SELECT terms_version, age_confirmed_at FROM accounts WHERE id = ?", account.id)[0]
        self.assertEqual(terms, "2026-01")
        self.assertAlmostEqual(age, self.service.now_ms(), delta=60_000)

    def test_P22_a_reset_link_works_once_within_an_hour_and_ends_every_session(self):
        account = self.service.account()
        self.expect(account.post("auth/forgot", {"email": account.email}), 200, 202, 204)
        mail = self.service.mail(account.email, after=1)
        self.assertLessEqual(self.life_of_newest("account_tokens"), HOUR_MS)
        self.assertEqual(self.service.found_at_rest(mail.token, but=("outbox",)), [], "only a hash is stored")
        visitor, new = self.service.client(), "fresh words after forgetting"
        self.service.secrets.add(new)
        self.expect_field(visitor.post("auth/reset", {"token": mail.token, "password": "short"}), "password")
        self.expect(visitor.post("auth/reset", {"token": mail.token, "password": new}), 200, 204)
        self.expect_field(visitor.post("auth/reset", {"token": mail.token, "password": new + "!"}), "token")
        self.expect(account.get("me"), 401)
        self.expect(visitor.log_in(account.email, account.password), 401)
        self.expect(visitor.log_in(account.email, new), 200)
        self.expect(visitor.post("auth/forgot", {"email": account.email}), 200, 202, 204)
        token = self.service.mail(account.email, after=3).token
        self.links_die()
        self.expect_field(visitor.post("auth/reset", {"token": token, "password": new + "?"}), "token")

    def test_P27_a_new_address_needs_the_password_and_its_own_link_and_both_addresses_are_told(self):
        account, old = self.service.account(), None
        old, new = account.email, self.service.new_email()
        self.expect_field(account.post("me/email", {"email": new, "password": "not my password"}), "password")
        self.expect(account.post("me/email", {"email": new, "password": account.password}), 200, 202, 204)
        self.assertNotIn("#token=", self.service.mail(old, after=1).raw, "the old address gets an alert, no link")
        self.assertEqual(account.get("me").json["email"], old, "nothing changes before the link is used")
        token = self.service.mail(new).token
        self.assertLessEqual(self.life_of_newest("account_tokens"), HOUR_MS)
        visitor = self.service.client()
        self.expect(visitor.post("me/email/confirm", {"token": token}), 200, 204)
        self.expect_field(visitor.post("me/email/confirm", {"token": token}), "token")
        self.service.mail(old, after=2)
        self.service.mail(new, after=1)
        self.expect(visitor.log_in(old, account.password), 401)
        self.expect(visitor.log_in(new, account.password), 200)
        self.assertEqual(visitor.get("me").json["id"], account.id)

    def test_P32_the_display_name_can_be_changed(self):
        account = self.service.account()
        self.expect(account.patch("me", {"display_name": "  Naïve 名前  "}), 200, 204)
        self.assertEqual(account.get("me").json["display_name"], "Naïve 名前")
        self.expect_field(account.patch("me", {"display_name": ""}), "display_name")
        self.expect_field(account.patch("me", {"role": "administrator"}), "role")
        self.assertEqual(account.get("me").json["role"], "user")
