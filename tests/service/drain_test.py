"""SIGTERM: what runs is finished, what waits is kept, nobody is cut in the middle of an answer."""

import json
import signal
import socket
import threading
import time

from checks import Checks, on_both_databases
from events_reader import Events
from http_client import Raw
from mailbox_reader import wait_until
from mmx_service import Service


@on_both_databases
class Drain(Checks):
    @classmethod
    def setUpClass(cls):
        pass  # each check ends a server of its own

    def fresh(self, **more):
        service = Service(self.database, **{"workers": 0, **more})
        self.addCleanup(service.close)
        return service.start()

    def test_P52_a_request_that_has_begun_is_answered(self):
        service = self.fresh()
        account = service.account()
        body = json.dumps({"display_name": "Renamed while closing"})
        with Raw(service) as raw, Raw(service) as idle:
            idle.send(f"GET /healthz HTTP/1.1\r\nHost: {service.host}\r\n\r\n")
            self.assertEqual(idle.read_head()[0], 200)
            raw.send(f"PATCH /api/v1/me HTTP/1.1\r\nHost: {service.host}\r\nOrigin: {service.public_url}\r\n"
                     f"X-Requested-With: mmx\r\nContent-Type: application/json\r\nCookie: session_token={account.token()}\r\n"
                     f"Content-Length: {len(body)}\r\n\r\n{body[:10]}")
            time.sleep(0.3)  # the head has been read: nothing outside shows it
            service.process.process.send_signal(signal.SIGTERM)
            self.assertEqual(idle.socket.recv(10), b"", "an idle connection is closed")
            def refused():
                try:
                    socket.create_connection(("127.0.0.1", service.port), 1).close()
                    return False
                except OSError:
                    return True
            wait_until(refused, "no new connection is taken", 10)
            raw.send(body[10:])
            self.assertEqual(raw.read_head()[0], 200)
        service.stop()
        service.start()
        self.assertEqual(account.get("me").json["display_name"], "Renamed while closing")

    def test_P52_event_streams_are_ended_and_do_not_hold_the_server_up(self):
        service = self.fresh()
        streams = [Events(service.account()) for _ in range(5)]
        start = time.monotonic()
        service.stop()
        self.assertLess(time.monotonic() - start, 10)
        for events in streams:
            self.assertTrue(events.ended.wait(2))

    def test_P52_stalled_clients_do_not_hold_the_server_up(self):
        service = self.fresh()
        stalled = [Raw(service).send("GET /healthz HTTP/1.1\r\nHost: ") for _ in range(20)]
        start = time.monotonic()
        service.stop()
        self.assertLess(time.monotonic() - start, 35)
        for raw in stalled:
            raw.close()

    def test_P52_a_song_in_the_making_is_handed_back_and_made_after_the_restart(self):
        service = self.fresh(workers=1)
        account = service.account(plan="studio")
        lengths = (180, 10, 10)  # seconds; the first is long enough to be stopped in its middle
        songs = [self.expect(service.order(account, seed=n, duration_seconds=length), 202).json["id"]
                 for n, length in enumerate(lengths)]
        wait_until(lambda: "making" in [account.get(f"songs/{s}").json["state"] for s in songs], "the first to begin", 30)
        service.stop()
        rows = service.sql("SELECT state, attempts FROM jobs WHERE kind = 'make_song' AND state <> 'done'")
        self.assertTrue(rows)
        self.assertEqual({state for state, _ in rows}, {"queued"})
        self.assertEqual({attempts for _, attempts in rows}, {0}, "stopping counts as no attempt")
        service.start()
        for song in songs:
            service.wait_for_song(account, song, seconds=120)

    def test_P52_orders_during_the_end_are_taken_whole_or_refused(self):
        service = self.fresh()
        account = service.account(plan="studio")
        accepted, lock = [], threading.Lock()
        def keep_ordering(number):
            twin = service.client()
            twin.cookies.update(account.cookies)
            for n in range(1000):
                try:
                    answer = service.order(twin, seed=number * 1000 + n)
                except OSError:
                    return
                if answer.status == 202:
                    with lock:
                        accepted.append(answer.json["id"])
                elif answer.status in (402, 429):
                    return
        threads = [threading.Thread(target=keep_ordering, args=(n,)) for n in range(4)]
        for thread in threads:
            thread.start()
        wait_until(lambda: len(accepted) > 10, "some orders")
        service.stop()
        for thread in threads:
            thread.join(20)
        stored = {row[0] for row in service.sql("SELECT id FROM songs")}
        self.assertEqual(set(accepted) - stored, set(), "every accepted order is there")
