"""Plans, counts and credits hold under parallel requests and are given back when nothing comes of an order."""

import concurrent.futures

from checks import Checks, on_both_databases, utc_today
from mailbox_reader import wait_until

PLAN = """
[[plan]]
id = "{id}"
name = "{id}"
price = "free"
daily_generations = {daily}
monthly_generations = {monthly}
monthly_credits = {credits}
storage_mb = 1000
longest_song_seconds = 120
parallel_jobs = 2
formats = ["flac"]
"""
PLANS = "[cost]\ncredits_per_started_minute = 1\n" + "".join(
    PLAN.format(id=name, daily=daily, monthly=monthly, credits=credits) for name, daily, monthly, credits in
    (("free", 5, 50, 100), ("thrifty", 50, 50, 3), ("moody", 50, 4, 100)))


class Ledger:
    """Shared looks at an account's figures."""

    def in_parallel(self, count, work):
        with concurrent.futures.ThreadPoolExecutor(count) as pool:
            return list(pool.map(work, range(count)))

    def twin(self, account):
        """Another client of the same session: a connection of its own."""
        other = self.service.client()
        other.cookies.update(account.cookies)
        other.id = account.id
        return other

    def order_in_parallel(self, account, count):
        twins = [self.twin(account) for _ in range(count)]
        return self.in_parallel(count, lambda n: self.service.order(twins[n], seed=n))

    def assert_adds_up(self, account):
        figures = account.get("me/credits?limit=200").json
        self.assertEqual(sum(entry["amount"] for entry in figures["entries"]), figures["balance"])
        self.assertEqual(self.service.sql("SELECT balance FROM balances WHERE account_id = ?", account.id)[0][0],
                         figures["balance"])
        return figures["balance"]


@on_both_databases
class Limits(Ledger, Checks):
    settings = {"workers": 0, "plans": PLANS}

    def test_P24_the_daily_count_holds_under_parallel_orders(self):
        account = self.service.account()
        answers = self.order_in_parallel(account, 20)
        self.assertEqual(sorted(a.status for a in answers), [202] * 5 + [402] * 15)
        refused = next(a for a in answers if a.status == 402)
        self.assertGreater(int(refused.header("Retry-After") or 0), 0)
        usage = account.get("me/usage").json
        self.assertEqual((usage["today"]["used"], usage["today"]["left"], usage["month"]["used"]), (5, 0, 5))
        self.assertEqual(account.get("songs").json["total"], 5, "a refused order leaves nothing behind")
        self.assertEqual(self.assert_adds_up(account), 95)

    def test_P24_credits_cannot_be_spent_twice(self):
        account = self.service.account(plan="thrifty")
        balance = account.get("me/credits").json["balance"]
        if balance != 3:
            self.expect(self.service.admin().post(f"admin/users/{account.id}/credits",
                                                  {"amount": 3 - balance, "reason": "three are left"}), 200)
        answers = self.order_in_parallel(account, 15)
        self.assertEqual(sorted(a.status for a in answers), [202] * 3 + [402] * 12)
        self.assertEqual(self.assert_adds_up(account), 0)
        self.assertEqual(account.get("me/usage").json["today"]["used"], 3)

    def test_P24_the_monthly_count_holds_and_a_new_day_and_month_begin_in_UTC(self):
        account = self.service.account(plan="moody")
        self.assertEqual([self.service.order(account, seed=n).status for n in range(6)], [202] * 4 + [402] * 2)
        month = utc_today().strftime("%Y-%m")
        self.service.sql("UPDATE usage SET period = '2001-01' WHERE account_id = ? AND period = ?", account.id, month)
        self.assertEqual(self.service.order(account, seed=9).status, 202)
        free = self.service.account()
        for number in range(5):
            self.expect(self.service.order(free, seed=number), 202)
        self.expect(self.service.order(free, seed=6), 402)
        self.service.sql("UPDATE usage SET period = '2001-01-01' WHERE account_id = ? AND period = ?", free.id,
                         utc_today().isoformat())
        self.expect(self.service.order(free, seed=7), 202)

    def test_P24_a_cancelled_order_is_given_back_exactly_once(self):
        account = self.service.account()
        before = account.get("me/credits").json["balance"]
        song = self.expect(self.service.order(account), 202).json["id"]
        self.assertEqual(account.get("me/credits").json["balance"], before - 1)
        twins = [self.twin(account) for _ in range(8)]
        answers = self.in_parallel(8, lambda n: twins[n].post(f"songs/{song}/cancel"))
        self.assertEqual({a.status for a in answers} - {200, 202, 409}, set())
        self.assertIn(202, {a.status for a in answers})
        self.assertEqual(account.get(f"songs/{song}").json["state"], "cancelled")
        self.assertEqual(self.assert_adds_up(account), before)
        self.assertEqual(account.get("me/usage").json["today"]["used"], 0)
        kinds = [e["kind"] for e in account.get("me/credits").json["entries"] if e["subject"]]
        self.assertEqual(sorted(kinds), ["refund", "reserve"])

    def test_P24_deleting_a_queued_song_gives_back_too(self):
        account = self.service.account()
        before = account.get("me/credits").json["balance"]
        song = self.expect(self.service.order(account), 202).json["id"]
        self.expect(account.delete(f"songs/{song}"), 200, 204)
        self.assertEqual(self.assert_adds_up(account), before)
        self.assertEqual(account.get("me/usage").json["today"]["used"], 0)

    def test_P24_a_song_longer_than_the_plan_allows_is_refused_and_costs_by_the_minute(self):
        account = self.service.account()
        self.expect_field(self.service.order(account, duration_seconds=121), "duration_seconds")
        estimate = self.expect(account.post("songs/estimate", {**self.service.SONG, "duration_seconds": 61}), 200).json
        self.assertEqual((estimate["cost_credits"], estimate["left"]["today"], estimate["refusal"]), (2, 5, None))
        before = account.get("me/credits").json["balance"]
        self.expect(self.service.order(account, duration_seconds=61), 202)
        self.assertEqual(self.assert_adds_up(account), before - 2)

    def test_P24_the_ledger_only_appends(self):
        account = self.service.account()
        self.expect(self.service.order(account), 202)
        for change in ("UPDATE ledger SET amount = 1000 WHERE account_id = ?", "DELETE FROM ledger WHERE account_id = ?"):
            with self.assertRaises(Exception):
                self.service.sql(change, account.id)
        self.assertNotIn("@", " ".join(self.service.rows_of("ledger")))

    def test_P24_grants_are_added_and_told_with_their_reason(self):
        account = self.service.account(credits=40)
        entry = account.get("me/credits").json["entries"][0]
        self.assertEqual((entry["kind"], entry["amount"], entry["reason"]), ("grant", 40, "for a test"))
        self.assert_adds_up(account)

    def test_P24_the_account_page_shows_each_figure(self):
        usage = self.service.account().get("me/usage").json
        self.assertEqual((usage["plan"], usage["today"]["limit"], usage["month"]["limit"]), ("free", 5, 50))
        self.assertEqual(usage["storage"], {"used_bytes": 0, "limit_bytes": 1_000_000_000})
        self.assertEqual(usage["credits"]["balance"], 100)
        self.assertTrue(usage["today"]["resets_at"].endswith("Z"))


@on_both_databases
class Failures(Ledger, Checks):
    settings = {"workers": 0, "plans": PLANS}

    def test_P24_an_order_whose_worker_died_too_often_fails_and_is_given_back(self):
        account = self.service.account()
        before = account.get("me/credits").json["balance"]
        song = self.expect(self.service.order(account), 202).json["id"]
        # As three killed workers leave it: attempts used up, lease over.
        self.service.sql("UPDATE jobs SET state = 'running', lease_token = 'gone', lease_until_at = 1, attempts = max_attempts "
                         "WHERE subject = ?", song)
        self.service.wait_for_song(account, song, ("failed",), 90)
        self.assertEqual(self.assert_adds_up(account), before)
        self.assertEqual(account.get("me/usage").json["today"]["used"], 0)
        job = self.service.admin().get("admin/jobs?state=dead").json["jobs"][0]
        self.assertEqual(job["subject"], song)
        self.expect(self.service.admin().post(f"admin/jobs/{job['id']}/retry"), 200, 202, 204)
        worker = self.service.worker()
        self.addCleanup(worker.stop)
        self.service.wait_for_song(account, song)
        self.assert_adds_up(account)


@on_both_databases
class Fairness(Ledger, Checks):
    settings = {"workers": 2, "plans": PLANS}

    def test_P24_one_account_does_not_shut_out_another(self):
        busy, late = self.service.account(), self.service.account()
        first = [self.expect(self.service.order(busy, seed=n, duration_seconds=60), 202).json["id"] for n in range(5)]
        last = self.expect(self.service.order(late), 202).json["id"]
        self.service.wait_for_song(late, last)
        states = [busy.get(f"songs/{song}").json["state"] for song in first]
        self.assertNotEqual(states, ["ready"] * 5, "the later account did not wait for all of the first one's")
        wait_until(lambda: all(busy.get(f"songs/{s}").json["state"] == "ready" for s in first), "the rest", 90)
