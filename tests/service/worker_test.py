"""`mmx worker`: the same loop in a process of its own, which may die at any moment."""

import signal

from checks import Checks, on_both_databases
from mailbox_reader import wait_until


@on_both_databases
class Worker(Checks):
    settings = {"workers": 0}

    def worker(self):
        worker = self.service.worker()
        self.addCleanup(lambda: worker.process.poll() is None and worker.stop())
        return worker

    def job_of(self, song):
        row = self.service.sql("SELECT state, attempts, worker FROM jobs WHERE subject = ? AND kind = 'make_song' "
                               "ORDER BY created_at DESC", song)[0]
        return dict(zip(("state", "attempts", "worker"), row))

    def test_P51_a_worker_process_makes_what_the_server_takes(self):
        account = self.service.account()
        song = self.expect(self.service.order(account), 202).json["id"]
        worker = self.worker()
        ready = self.service.wait_for_song(account, song)
        self.expect(account.get(f"songs/{ready['id']}/audio"), 200)
        self.assertEqual(worker.stop(), 0)
        log = "\n".join(worker.log)
        for private in (account.email, "quiet piano", account.token()):
            self.assertNotIn(private, log)

    def test_P52_a_killed_workers_song_is_made_by_the_next_without_a_second_charge(self):
        account = self.service.account(plan="studio")
        song = self.expect(self.service.order(account, duration_seconds=120), 202).json["id"]
        first = self.worker()
        wait_until(lambda: account.get(f"songs/{song}").json["state"] == "making", "the work to begin", 60, every=0.1)
        first.stop(signal.SIGKILL)
        self.assertEqual(account.get(f"songs/{song}").json["state"], "making")
        self.service.sql("UPDATE jobs SET lease_until_at = 1 WHERE subject = ?", song)  # a minute later
        self.worker()
        self.service.wait_for_song(account, song, seconds=120)
        self.assertEqual(self.job_of(song)["attempts"], 2)
        kinds = [entry["kind"] for entry in account.get("me/credits").json["entries"] if entry["subject"]]
        self.assertEqual(sorted(kinds), ["commit", "reserve"])

    def test_P52_a_stopped_worker_hands_its_job_back_at_once(self):
        account = self.service.account(plan="studio")
        song = self.expect(self.service.order(account, duration_seconds=180), 202).json["id"]
        worker = self.worker()
        wait_until(lambda: self.job_of(song)["state"] == "running", "the work to begin", 60)
        self.assertEqual(worker.stop(), 0)
        self.assertEqual((self.job_of(song)["state"], self.job_of(song)["attempts"]), ("queued", 0))
        self.expect(account.post(f"songs/{song}/cancel"), 202)

    def test_P04_a_worker_claims_only_engine_versions_it_runs(self):
        account = self.service.account()
        song = self.expect(self.service.order(account), 202).json["id"]
        self.service.sql("UPDATE jobs SET engine_version = 'of another release' WHERE subject = ?", song)
        other = self.expect(self.service.order(account, seed=8), 202).json["id"]
        self.worker()
        self.service.wait_for_song(account, other)
        self.assertEqual(self.job_of(song)["state"], "queued")
        self.expect(account.post(f"songs/{song}/cancel"), 202)

    def test_P24_a_running_song_is_cancelled_at_the_next_heartbeat_and_given_back(self):
        account = self.service.account(plan="studio")
        before = account.get("me/credits").json["balance"]
        song = self.expect(self.service.order(account, duration_seconds=600), 202).json["id"]
        self.worker()
        wait_until(lambda: self.job_of(song)["state"] == "running", "the work to begin", 60)
        answer = account.post(f"songs/{song}/cancel")
        self.assertIn(answer.status, (202, 409), answer)
        end = wait_until(lambda: (s := account.get(f"songs/{song}").json["state"]) in ("cancelled", "ready") and s, "its end", 60)
        if answer.status == 202 and end == "cancelled":
            self.assertEqual(account.get("me/credits").json["balance"], before)

    def test_P51_two_workers_never_make_one_song_twice(self):
        account = self.service.account(plan="studio")
        songs = [self.expect(self.service.order(account, seed=n), 202).json["id"] for n in range(8)]
        for _ in range(2):
            self.worker()
        for song in songs:
            self.service.wait_for_song(account, song, seconds=90)
            self.assertEqual(self.job_of(song)["attempts"], 1)
