"""The same order sent twice is one order."""

import concurrent.futures

from checks import Checks, DAY_MS, on_both_databases


@on_both_databases
class Idempotency(Checks):
    settings = {"workers": 0}

    def test_P52_the_same_key_and_body_get_the_same_answer_and_one_order(self):
        account = self.service.account()
        answers = [self.service.order(account, key="the-very-same") for _ in range(3)]
        self.assertEqual({(a.status, a.text) for a in answers}, {(202, answers[0].text)})
        self.assertEqual(account.get("songs").json["total"], 1)
        self.assertEqual(account.get("me/usage").json["today"]["used"], 1)

    def test_P52_the_same_key_with_another_body_gets_422(self):
        account = self.service.account()
        self.expect(self.service.order(account, key="once"), 202)
        self.expect_field(self.service.order(account, key="once", seed=8), "Idempotency-Key")
        self.assertEqual(account.get("songs").json["total"], 1)

    def test_P52_ten_at_once_are_one_order(self):
        for _ in range(3):
            account = self.service.account()
            twins = [self.service.client() for _ in range(10)]
            for twin in twins:
                twin.cookies.update(account.cookies)
            with concurrent.futures.ThreadPoolExecutor(10) as pool:
                answers = list(pool.map(lambda twin: self.service.order(twin, key="together"), twins))
            self.assertEqual({a.status for a in answers}, {202}, answers)
            self.assertEqual(len({a.json["id"] for a in answers}), 1)
            self.assertEqual(account.get("songs").json["total"], 1)
            balance = account.get("me/credits").json
            self.assertEqual([e["kind"] for e in balance["entries"] if e["subject"]], ["reserve"])

    def test_P52_a_key_belongs_to_its_account(self):
        one, two = self.service.account(), self.service.account()
        ids = {self.expect(self.service.order(who, key="shared-words"), 202).json["id"] for who in (one, two)}
        self.assertEqual(len(ids), 2)

    def test_P52_a_key_is_kept_24_hours(self):
        account = self.service.account()
        first = self.expect(self.service.order(account, key="yesterday"), 202).json["id"]
        self.service.sql("UPDATE idempotency SET created_at = created_at - ?", DAY_MS - 60_000)
        self.assertEqual(self.service.order(account, key="yesterday").json["id"], first)
        self.service.sql("UPDATE idempotency SET created_at = created_at - ?", 120_000)
        self.assertNotEqual(self.expect(self.service.order(account, key="yesterday"), 202).json["id"], first)

    def test_P52_a_refused_order_does_not_use_its_key_up(self):
        account = self.service.account()
        self.expect_field(self.service.order(account, key="again", duration_seconds=601), "duration_seconds")
        self.expect(self.service.order(account, key="again"), 202)

    def test_P52_a_key_of_another_form_is_refused(self):
        account = self.service.account()
        self.expect_field(self.service.order(account, key="x" * 201), "Idempotency-Key")
        self.expect_field(self.service.order(account, key="sp ace"), "Idempotency-Key")
        self.expect(self.service.order(account, key="x" * 200), 202)
