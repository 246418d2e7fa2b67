#!/usr/bin/python3
"""P52 under fire: servers and workers are killed at random moments while songs are ordered; then everything must add up.

    crash.py --mmx build/dev/mmx [--kills 200] [--seed N] [--database sqlite|postgresql]

Several accounts order songs of ten seconds in parallel, each order with an Idempotency-Key and sent again until it is
answered. Afterwards every accepted order is ready or failed with its refund, nothing was charged twice, and after a restart
and a sweep no temporary file and no orphan lies in the data folder.
"""

import argparse
import hashlib
import http.client
import os
import pathlib
import random
import signal
import sys
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "service"))

from mmx_service import DATABASES, Service  # noqa: E402
from mailbox_reader import wait_until  # noqa: E402

ACCOUNTS = 4
SEEDS = 5  # few, so that many songs are the same song and must have the same samples
WAITING = 3  # orders of one account that may be unfinished
PLANS = """
[cost]
credits_per_started_minute = 1
[[plan]]
id = "free"
name = "Crash"
price = "free"
daily_generations = 100000
monthly_generations = 1000000
monthly_credits = 1000000
storage_mb = 100000
longest_song_seconds = 60
parallel_jobs = 4
formats = ["flac"]
"""


class Orders:
    """One account that keeps ordering. accepted: song id by Idempotency-Key, as answered with 202."""

    def __init__(self, service, account, name):
        self.service, self.account, self.name = service, account, name
        self.accepted, self.fault, self.stopping = {}, None, threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)

    def _run(self):
        try:
            number = 0
            while not self.stopping.is_set():
                self.order_until_answered(f"{self.name}-{number}", seed=number % SEEDS)
                number += 1
                while not self.stopping.is_set() and self.unfinished() >= WAITING:
                    time.sleep(0.1)
        except Exception as fault:  # shown by the main thread
            self.fault = fault

    def order_until_answered(self, key, seed):
        """As a careful client does: no answer, or 503, means the same order once more."""
        until = time.monotonic() + 120
        while time.monotonic() < until:
            try:
                answer = self.service.order(self.account, key=key, seed=seed, timeout=10)
            except (OSError, http.client.HTTPException):
                self.account.close()
                time.sleep(0.1)
                continue
            if answer.status == 202:
                # Now and then the answer is taken for lost: the repeated order must be the same one.
                if key in self.accepted and self.accepted[key] != answer.json["id"]:
                    raise AssertionError(f"{key} is two songs: {self.accepted[key]} and {answer.json['id']}")
                self.accepted[key] = answer.json["id"]
                if random.random() < 0.7:
                    return
            elif answer.status not in (429, 503):
                raise AssertionError(f"an order got {answer}")
            time.sleep(0.05)
        if key not in self.accepted:
            raise AssertionError(f"{key} got no answer within two minutes")

    def unfinished(self):
        try:
            answers = [self.account.get(f"songs?state={state}&limit=1", timeout=10) for state in ("queued", "making")]
            return sum(answer.json["total"] for answer in answers if answer.status == 200)
        except (OSError, ValueError, http.client.HTTPException):
            self.account.close()
            return WAITING


class Trial:
    def __init__(self, database, kills, chance):
        self.database, self.kills, self.chance = database, kills, chance
        self.service = Service(database, plans=PLANS, workers=1)
        self.service.expects_errors = True  # what was cut off may be called an error
        self.worker = None

    def run(self):
        self.service.start()
        accounts = [self.service.account() for _ in range(ACCOUNTS)]
        self.worker = self.service.worker()
        orders = [Orders(self.service, account, f"account{n}") for n, account in enumerate(accounts)]
        for one in orders:
            one.thread.start()
        self.kill_at_random(orders)
        for one in orders:
            one.stopping.set()
        for one in orders:
            one.thread.join(150)
            if one.thread.is_alive() or one.fault:
                raise one.fault or AssertionError("an order is still waiting for its answer")
        self.settle(orders)
        told = self.check_songs_and_ledger(orders)
        self.check_restart_leaves_nothing_behind()
        self.service.stop()
        return told

    def kill_at_random(self, orders):
        for number in range(self.kills):
            time.sleep(self.chance.uniform(0.05, 1.5))
            if any(one.fault for one in orders):
                return
            if self.chance.random() < 0.5:
                self.service.kill()
                self.service.start()
            else:
                self.worker.stop(signal.SIGKILL)
                self.worker = self.service.worker()
            if self.chance.random() < 0.4:
                self.let_a_minute_pass()
            if number % 20 == 19:
                print(f"  {number + 1} kills, {sum(len(one.accepted) for one in orders)} orders accepted", flush=True)

    def let_a_minute_pass(self):
        """For leases and back-offs. Living workers lose their leases too: their work must then count for nothing."""
        self.service.sql("UPDATE jobs SET lease_until_at = lease_until_at - 60000 WHERE state = 'running'")
        self.service.sql("UPDATE jobs SET run_after_at = run_after_at - 60000 WHERE state = 'queued'")

    def settle(self, orders):
        """Every accepted order comes to its end; leases of the dead run out a little faster than by the clock."""
        def all_ended():
            left = sum(one.unfinished() for one in orders)
            if left:
                time.sleep(1)
                self.service.sql("UPDATE jobs SET run_after_at = run_after_at - 10000 WHERE state = 'queued'")
                self.service.sql("UPDATE jobs SET lease_until_at = lease_until_at - 3000 WHERE state = 'running'")
            return left == 0
        wait_until(all_ended, "every accepted order to end", 300)

    def check_songs_and_ledger(self, orders):
        ready = failed = 0
        samples = {}
        for one in orders:
            account, ids = one.account, set(one.accepted.values())
            assert len(ids) == len(one.accepted), "two keys, one song"
            stored = {row[0] for row in self.service.sql("SELECT id FROM songs WHERE account_id = ?", account.id)}
            assert stored == ids, f"stored but never accepted: {stored - ids}; accepted but gone: {ids - stored}"
            ledger = self.service.sql("SELECT kind, amount, subject FROM ledger WHERE account_id = ?", account.id)
            given_back = 0
            for song in ids:
                now = account.get(f"songs/{song}").json
                kinds = sorted(kind for kind, _, subject in ledger if subject in (song, now["generation_id"]))
                if now["state"] == "ready":
                    ready += 1
                    assert kinds == ["commit", "reserve"], f"a ready song's ledger: {kinds}"
                    audio = account.get(f"songs/{song}/audio")
                    assert audio.status == 200 and hashlib.sha256(audio.body).hexdigest() == now["audio_sha256"], song
                    samples.setdefault(now["seed"], set()).add(now["sha256"])
                else:
                    failed, given_back = failed + 1, given_back + 1
                    assert now["state"] == "failed" and kinds == ["refund", "reserve"], f"{now['state']}: {kinds}"
            figures, usage = account.get("me/credits").json, account.get("me/usage").json
            assert sum(amount for _, amount, _ in ledger) == figures["balance"], "the ledger's sum is not the balance"
            assert figures["balance"] == 1_000_000 - (len(ids) - given_back), "each song that is there cost one credit"
            assert usage["today"]["used"] == usage["month"]["used"] == len(ids) - given_back, f"counts: {usage}"
        for seed, hashes in samples.items():
            assert len(hashes) == 1, f"seed {seed} gave {len(hashes)} different songs"
        assert ready > 0, "no song became ready"
        # One statement, one moment: chores run on meanwhile.
        lanes, running = self.service.sql("SELECT (SELECT COALESCE(SUM(running), 0) FROM job_lanes), "
                                          "(SELECT COUNT(*) FROM jobs WHERE state = 'running')")[0]
        assert lanes == running, f"lanes count {lanes} running jobs, there are {running}"
        return f"{ready} ready, {failed} failed and given back"

    def check_restart_leaves_nothing_behind(self):
        self.worker.stop()
        self.service.stop()
        # A day passes for what lies there and for the chores that sweep.
        day_ago = time.time() - 26 * 3600
        for path in self.service.data.rglob("*"):
            if path.is_file() and not path.name.startswith(("mmx.db", "access")):
                os.utime(path, (day_ago, day_ago))
        self.service.start()

        def swept():
            self.service.sql("UPDATE jobs SET run_after_at = 1, rank_at = 1 WHERE state = 'queued' AND account_id IS NULL")
            self.service.sql("UPDATE object_deletions SET due_at = 1")
            return not self.leftovers()
        try:
            wait_until(swept, "the sweep", 60)
        except AssertionError:
            raise AssertionError("left behind: " + ", ".join(self.leftovers()[:20])) from None

    def leftovers(self):
        """Files of the data folder that no row and no part of the service owns."""
        folders = {row[0].strip("/") for row in self.service.sql("SELECT objects FROM songs WHERE objects <> ''")}
        folders |= {row[0].strip("/") for row in self.service.sql("SELECT objects FROM renditions")}
        left = []
        for path in self.service.data.rglob("*"):
            name = str(path.relative_to(self.service.data))
            if not path.is_file() or "/" not in name or path.parts[-2] == "outbox" or name.startswith("secrets") or path.name == ".place":
                continue
            if not any(f"/{folder}/" in f"/{name}" for folder in folders):
                left.append(name)
        return left

    def close(self):
        if self.worker and self.worker.process.poll() is None:
            self.worker.stop(signal.SIGKILL)
        if self.service.process and self.service.process.process.poll() is None:
            self.service.kill()
        self.service.close()


def main():
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("--mmx", default=str(HERE.parents[1] / "build" / "dev" / "mmx"))
    reader.add_argument("--kills", type=int, default=200, help="on each database")
    reader.add_argument("--seed", type=int, default=None, help="of the moments; printed, so that a run can be repeated")
    reader.add_argument("--database", choices=DATABASES, action="append")
    arguments = reader.parse_args()
    os.environ["MMX_PROGRAM"] = str(pathlib.Path(arguments.mmx).resolve())
    seed = arguments.seed if arguments.seed is not None else random.SystemRandom().randrange(1 << 32)
    faults = 0
    for database in arguments.database or DATABASES:
        print(f"{database}: {arguments.kills} kills, seed {seed}", flush=True)
        trial = Trial(database, arguments.kills, random.Random(seed))
        start = time.monotonic()
        try:
            told = trial.run()
            print(f"{database}: P52 holds after {arguments.kills} kills: {told}; {time.monotonic() - start:.0f} s", flush=True)
        except Exception as fault:
            faults += 1
            print(f"{database}: FAULT: {fault}", flush=True)
            log = trial.service.process.log[-15:] if trial.service.process else []
            print("\n".join(["the server's last lines:", *log]), flush=True)
        finally:
            trial.close()
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
