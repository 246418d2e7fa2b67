"""Whether an account exists cannot be read from the clock: medians of 40 interleaved tries within 10 %."""

import statistics
import time

from checks import Checks, on_both_databases

TRIES = 40
ROUNDS = 3  # a known address may be tried ten times and mailed five times before it is paused


@on_both_databases
class EqualTiming(Checks):
    settings = {"workers": 0, "cost": 12}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Each try has an account and a visitor of its own, so no pause is met. The accounts are copies of
        # one that was made over the network.
        first = cls.service.account()
        if cls.database == "sqlite":
            columns = [row[1] for row in cls.service.sql("PRAGMA table_info(accounts)")]
        else:
            columns = [row[0] for row in cls.service.sql("SELECT column_name FROM information_schema.columns "
                                                         "WHERE table_name = 'accounts' ORDER BY ordinal_position")]
        others = ", ".join(column for column in columns if column not in ("id", "email"))
        for number in range(TRIES):
            cls.service.sql(f"INSERT INTO accounts (id, email, {others}) SELECT ?, ?, {others} FROM accounts WHERE id = ?",
                            f"copy{number}", f"copy{number}@example.com", first.id)

    def medians(self, known, unknown):
        """Milliseconds of both, tried by turns."""
        taken = {known: [], unknown: []}
        for number in range(TRIES):
            order = (known, unknown) if number % 2 else (unknown, known)
            for ask in order:
                client = self.service.client()
                client.get("/healthz")  # connected before the clock starts
                start = time.perf_counter()
                answer = ask(client, number)
                taken[ask].append((time.perf_counter() - start) * 1000)
                self.assertLess(answer.status, 429, answer)
        return statistics.median(taken[known]), statistics.median(taken[unknown])

    def assert_alike(self, what, known, unknown):
        # A busy machine adds differences and takes none away: one that is real shows in every round.
        for _ in range(ROUNDS):
            a, b = self.medians(known, unknown)
            print(f"{what}: known {a:.1f} ms, unknown {b:.1f} ms ", end="", flush=True)
            # Short answers are decided by the scheduler: 2 ms cannot be told apart over a network either.
            if abs(a - b) <= max(0.1 * max(a, b), 2.0):
                return
        self.fail(f"{what}: {a:.1f} and {b:.1f} ms, and so in {ROUNDS} rounds")

    def test_P23_log_in_takes_the_same_time_for_known_and_unknown_addresses(self):
        def ask(kind):
            return lambda client, number: client.post("auth/login", {"email": f"{kind}{number}@example.com",
                                                                     "password": "a wrong long password"})
        self.assert_alike("log in", ask("copy"), ask("absent"))

    def test_P23_forgot_takes_the_same_time_for_known_and_unknown_addresses(self):
        def ask(kind):
            return lambda client, number: client.post("auth/forgot", {"email": f"{kind}{number}@example.com"})
        self.assert_alike("forgot", ask("copy"), ask("absent"))

    def test_P23_register_takes_the_same_time_for_known_and_unknown_addresses(self):
        def ask(kind):
            return lambda client, number: self.service.register(client, email=f"{kind}{number}@example.com")
        self.assert_alike("register", ask("copy"), ask("new"))
