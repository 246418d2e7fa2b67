"""Passwords from outside: which are taken, that every byte of them counts, and what lies at rest."""

import unicodedata

from checks import Checks, on_both_databases


@on_both_databases
class Passwords(Checks):
    settings = {"workers": 0}

    def try_register(self, password, **more):
        return self.service.register(self.service.client(), password=password, **more)

    def test_P21_short_and_common_passwords_are_refused_by_field(self):
        for password in ("", "short1", "password", "password123", "1234567890", "qwertyuiop", "aaaaaaaaaa", "iloveyou123"):
            self.service.secrets.discard(password)
            answer = self.try_register(password)
            self.service.secrets.discard(password)  # words of every language: no sign of a leak
            with self.subTest(password=password):
                self.expect_field(answer, "password")
                if len(password) > 8:  # "password" is a word of the answer
                    self.assertNotIn(password, answer.text, "never sent back")

    def test_P21_a_password_made_of_the_address_is_refused(self):
        client = self.service.client()
        email = self.service.new_email()
        self.expect_field(self.service.register(client, email=email, password=email), "password")
        self.service.secrets.add(email)

    def test_P21_64_characters_spaces_and_any_script_are_exact(self):
        for password in ("x" * 31 + " and " + "y" * 28, "пароль из русских слов", "昨日の雨は静かだった。傘はない",
                         "trailing space counts ", "emoji 🎹🎺🥁🎻 in a row"):
            with self.subTest(password=password):
                account = self.service.account(password=password)
                stranger = self.service.client()
                for near in (password[:-1], password + "x", password.strip() + "?", password.swapcase() + "!"):
                    self.expect(stranger.post("auth/login", {"email": account.email, "password": near}), 401)

    def test_P21_composed_and_decomposed_letters_are_told_apart_or_made_one(self):
        composed = "größer als übermäßig"
        account = self.service.account(password=composed)
        answer = self.service.client().log_in(account.email, unicodedata.normalize("NFD", composed))
        self.expect(answer, 200, 401)
        self.expect(self.service.client().log_in(account.email, composed), 200)

    def test_P21_a_NUL_is_exact_or_refused_never_an_end(self):
        whole = "before the nul\0after the nul"
        client = self.service.client()
        answer = self.service.register(client, password=whole)
        if answer.status == 422:
            self.expect_field(answer, "password")
            return
        self.expect(answer, 202)
        self.expect(client.post("auth/verify", {"token": self.service.mail(client.email).token}), 200, 204)
        self.expect(client.log_in(client.email, "before the nul"), 401)
        self.expect(client.log_in(client.email, "before the nul\0something else"), 401)
        self.expect(client.log_in(client.email, whole), 200)

    def test_P21_passwords_sharing_72_bytes_are_not_interchangeable(self):
        shared = "seventy-two bytes that bcrypt alone would take for the whole of a phrase."[:72]
        self.assertEqual(len(shared), 72)
        account = self.service.account(password=shared + " one ending")
        for other in (shared, shared + " another ending", shared + " one ending."):
            self.expect(self.service.client().log_in(account.email, other), 401)
        self.expect(self.service.client().log_in(account.email, shared + " one ending"), 200)

    def test_P21_1024_bytes_are_taken_whole_and_more_is_refused(self):
        longest = "".join(f"{n * n:x}." for n in range(1000))[:1024]
        account = self.service.account(password=longest)
        self.expect(self.service.client().log_in(account.email, longest[:-1] + "x"), 401)
        self.expect_field(self.try_register(longest + "x"), "password")

    def test_P21_equal_passwords_have_unlike_hashes_and_no_plain_text_at_rest(self):
        password = "the very same words for two"
        one, two = self.service.account(password=password), self.service.account(password=password)
        hashes = [self.service.sql("SELECT password_hash FROM accounts WHERE id = ?", who.id)[0][0]
                  for who in (one, two)]
        for made in hashes:
            self.assertRegex(made, r"^\$2b\$04\$[./A-Za-z0-9]{53}$")
        self.assertNotEqual(hashes[0][:29], hashes[1][:29], "salts differ")
        self.assertEqual(self.service.found_at_rest(password), [])

    def test_P21_no_answer_sends_a_password_or_its_hash_back(self):
        client = self.service.account(password="words nobody sends back")
        for path in ("me", "me/sessions", "me/usage", "me/credits"):
            text = client.get(path).text
            self.assertNotIn(client.password, text)
            self.assertNotIn("$2b$", text)
        text = self.service.admin().get(f"admin/users/{client.id}").text
        self.assertIn(client.id, text)
        self.assertNotIn("$2b$", text)


@on_both_databases
class TheUsualCost(Checks):
    settings = {"workers": 0, "cost": None}

    def test_P21_passwords_cost_12_by_default(self):
        admin = self.service.admin()
        made = self.service.sql("SELECT password_hash FROM accounts WHERE id = ?", admin.id)[0][0]
        self.assertTrue(made.startswith("$2b$12$"), made[:7])
