"""Slow and stalled clients are cut by a deadline and delay nobody."""

import statistics
import threading
import time

from checks import Checks, on_both_databases
from http_client import Raw


@on_both_databases
class Stalled(Checks):
    settings = {"workers": 0}

    def milliseconds_of_answers(self, count=40):
        client = self.service.client()
        client.get("/healthz")
        taken = []
        for _ in range(count):
            start = time.perf_counter()
            self.expect(client.get("plans"), 200)
            taken.append((time.perf_counter() - start) * 1000)
        return statistics.median(taken), max(taken)

    def test_P52_500_stalled_connections_delay_the_next_answer_by_under_20_ms(self):
        before, _ = self.milliseconds_of_answers()
        stalled = [Raw(self.service) for _ in range(500)]
        try:
            for number, raw in enumerate(stalled):
                # A third each: silent, within the head, within the body.
                raw.send(("", "GET /healthz HTTP/1.1\r\nHost: ", f"POST /api/v1/auth/login HTTP/1.1\r\nHost: {self.service.host}\r\n"
                          f"Origin: {self.service.public_url}\r\nX-Requested-With: mmx\r\nContent-Type: application/json\r\n"
                          "Content-Length: 1000\r\n\r\n{")[number % 3])
            with_them, worst = self.milliseconds_of_answers()
            fresh = self.service.client()
            start = time.perf_counter()
            self.expect(fresh.get("plans"), 200)  # and so does a new connection's
            new_connection = (time.perf_counter() - start) * 1000
        finally:
            for raw in stalled:
                raw.close()
        print(f"median {before:.2f} ms alone, {with_them:.2f} ms beside 500, worst {worst:.1f} ms ", end="", flush=True)
        self.assertLess(with_them - before, 20)
        self.assertLess(new_connection, 20 + before * 10)

    def test_P52_heads_and_bodies_that_trickle_are_cut_by_a_deadline(self):
        ended, start = {}, time.monotonic()

        def trickle(what, opening, piece):
            """Sends a piece a second until the server ends it."""
            with Raw(self.service, timeout=1) as raw:
                raw.send(opening)
                while time.monotonic() - start < 60:
                    try:
                        raw.send(piece)
                        if (got := raw.socket.recv(4096)) == b"" or b" 408 " in got:
                            break
                    except TimeoutError:
                        continue
                    except OSError:
                        break
                ended[what] = time.monotonic() - start

        head = (f"POST /api/v1/auth/login HTTP/1.1\r\nHost: {self.service.host}\r\nOrigin: {self.service.public_url}\r\n"
                "X-Requested-With: mmx\r\nContent-Type: application/json\r\n")
        threads = [threading.Thread(target=trickle, args=arguments) for arguments in (
            ("head", "GET /healthz HTTP/1.1\r\n", "X"), ("body", head + "Content-Length: 5000\r\n\r\n", " "),
            ("chunks", head + "Transfer-Encoding: chunked\r\n\r\n", "1\r\n \r\n"))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertLess(ended["head"], 15)
        self.assertLess(ended["body"], 40)
        self.assertLess(ended["chunks"], 40)

    def test_P52_a_client_that_never_reads_is_let_go(self):
        # Many answers are asked for and none is read: the server may not buffer without bound.
        with Raw(self.service) as raw:
            ask = f"GET /api/openapi.json HTTP/1.1\r\nHost: {self.service.host}\r\n\r\n".encode()
            raw.socket.settimeout(2)
            sent = 0
            try:
                for _ in range(5000):
                    raw.send(ask)
                    sent += 1
            except (TimeoutError, OSError):
                pass
            self.assertTrue(self.service.is_healthy())
            memory = open(f"/proc/{self.service.process.process.pid}/smaps_rollup").read()
            pss_kb = int(next(line.split()[1] for line in memory.splitlines() if line.startswith("Pss:")))
            self.assertLess(pss_kb, 200_000)
