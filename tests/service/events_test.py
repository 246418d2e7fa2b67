"""The event stream: it goes on where it stopped, ends with its session, and works across servers."""

import json
import time
import unittest

from checks import Checks, DAY_MS, on_both_databases
from events_reader import Events
from mailbox_reader import wait_until
from mmx_service import Service


@on_both_databases
class EventStream(Checks):
    settings = {"workers": 0}

    def stream(self, client, last_id=None):
        events = Events(client, last_id)
        self.addCleanup(events.close)
        self.assertEqual(events.status, 200)
        self.assertEqual(events.answer.getheader("Content-Type").split(";")[0], "text/event-stream")
        return events

    def test_P05_a_song_ordered_right_after_the_stream_opened_is_told(self):
        account = self.service.account(plan="studio")
        for number in range(5):
            events = self.stream(account)
            song = self.expect(self.service.order(account, seed=number), 202).json["id"]
            wait_until(lambda: events.about(song), "the song's event", 5)
            events.close()

    def test_P05_a_reader_that_comes_back_misses_nothing_and_sees_nothing_twice(self):
        account = self.service.account(plan="studio")
        events = self.stream(account)
        first = self.expect(self.service.order(account, seed=1), 202).json["id"]
        last = wait_until(lambda: events.about(first), "the first event")[-1][0]
        self.assertTrue(last)
        events.close()
        missed = [self.expect(self.service.order(account, seed=n), 202).json["id"] for n in (2, 3, 4)]
        again = self.stream(account, last)
        wait_until(lambda: all(again.about(song) for song in missed), "the missed ones")
        later = self.expect(self.service.order(account, seed=5), 202).json["id"]
        wait_until(lambda: again.about(later), "a later one")
        self.assertEqual(again.about(first), [])
        for song in missed + [later]:
            self.assertEqual(len(again.about(song)), 1)
        whole = [event for event in again.seen if event[0]]
        self.assertEqual(len({event[0] for event in whole if event[1] == "song"}), len([e for e in whole if e[1] == "song"]))

    def test_P05_a_broken_last_event_id_is_no_fault(self):
        account = self.service.account()
        for last in ("x", "-1", "999999999999999999999-9999999999999", "7001-42; DROP TABLE", "%00"):
            events = Events(account, last)
            self.addCleanup(events.close)
            self.assertIn(events.status, (200, 400, 422))
            events.close()
        self.assertTrue(self.service.is_healthy())

    def test_P49_a_stream_tells_of_ones_own_songs_only(self):
        mine, theirs = self.service.account(), self.service.account()
        events, others = self.stream(mine), self.stream(theirs)
        song = self.expect(self.service.order(theirs), 202).json["id"]
        wait_until(lambda: others.about(song), "their event")
        own = self.expect(self.service.order(mine), 202).json["id"]
        wait_until(lambda: events.about(own), "my event")
        self.assertEqual(events.about(song), [])

    def test_P22_a_stream_ends_with_its_session(self):
        ends = {"logout": lambda here, there: there.post("auth/logout"),
                "ended by the owner": lambda here, there: here.delete("me/sessions"),
                "password changed": lambda here, there: here.post("me/password", {"current_password": here.password,
                                                                                  "password": "fresh and long words"}),
                "idle for a day": lambda here, there: self.service.sql(
                    "UPDATE sessions SET last_active_at = last_active_at - ? WHERE account_id = ?", 2 * DAY_MS, here.id)}
        for what, end in ends.items():
            with self.subTest(end=what):
                here, there = self.service.account(), self.service.client()
                there.log_in(here.email, here.password)
                events = self.stream(there)
                end(here, there)
                self.assertTrue(events.ended.wait(12), "the stream goes on")

    def test_P49_without_a_session_there_is_no_stream(self):
        self.expect(self.service.client().get("events"), 401)

    def test_P52_a_silent_stream_beats_every_15_seconds(self):
        events = self.stream(self.service.account())
        start = time.monotonic()
        wait_until(lambda: events.comments, "a heartbeat", 20)
        self.assertLess(events.comments[0][0] - start, 18)
        self.assertFalse(events.ended.is_set())

    def test_P52_many_streams_of_one_account_are_all_told(self):
        account = self.service.account()
        streams = [self.stream(account) for _ in range(20)]
        song = self.expect(self.service.order(account), 202).json["id"]
        for events in streams:
            wait_until(lambda: events.about(song), "the event on every stream")
            data = json.loads(events.about(song)[0][2])
            self.assertEqual(data["id"], song)


class AcrossServers(Checks, unittest.TestCase):
    """Two servers and a worker on one PostgreSQL and one folder of objects: a fleet on one machine."""

    database = "postgresql"
    settings = {"workers": 0}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = Service("postgresql", workers=0, like=cls.service)
        cls.addClassCleanup(cls.other.close)
        cls.other.start()

    def elsewhere(self, client):
        """The same session at the other server."""
        there = self.other.client()
        there.cookies.update(client.cookies)
        there.id = client.id
        return there

    def test_P51_events_cross_servers_and_a_reader_may_change_between_them(self):
        account = self.service.account(plan="studio")
        there = self.elsewhere(account)
        events = Events(there)
        self.addCleanup(events.close)
        first = self.expect(self.service.order(account, seed=1), 202).json["id"]
        last = wait_until(lambda: events.about(first), "the event at the other server", 5)[-1][0]
        second = self.expect(self.other.order(there, seed=2), 202).json["id"]
        moved = Events(account, last)
        self.addCleanup(moved.close)
        wait_until(lambda: moved.about(second), "the second one here", 5)
        self.assertEqual(moved.about(first), [])

    def test_P51_sessions_limits_and_songs_are_shared(self):
        account = self.service.account()
        there = self.elsewhere(account)
        self.expect(there.get("me"), 200)
        song = self.expect(self.service.order(account, key="both"), 202).json["id"]
        self.assertEqual(self.expect(self.other.order(there, key="both"), 202).json["id"], song)
        self.assertEqual(there.get("songs").json["total"], 1)
        worker = self.service.worker()
        self.addCleanup(worker.stop)
        self.service.wait_for_song(account, song)
        self.assertEqual(there.get(f"songs/{song}/audio").body, account.get(f"songs/{song}/audio").body)
        self.expect(there.post("auth/logout"), 200, 204)
        self.expect(account.get("me"), 401)

    def test_P51_the_set_up_link_works_at_any_server_once(self):
        admin = self.service.admin()
        self.expect(self.elsewhere(admin).get("admin/users"), 200)


