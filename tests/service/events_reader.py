"""A reader of server-sent events: what EventSource does, with every line kept."""

import http.client
import threading
import time


class Events:
    """Follows /api/v1/events in a thread. `seen` holds (id, event, data); `comments` the heartbeats."""

    def __init__(self, client, last_id=None):
        self.seen, self.comments, self.ended = [], [], threading.Event()
        self.connection = http.client.HTTPConnection("127.0.0.1", client.service.port, timeout=60,
                                                     source_address=(client.address, 0))
        headers = {"Host": client.service.host, "Cookie": f"session_token={client.token()}", "Accept": "text/event-stream"}
        if last_id:
            headers["Last-Event-ID"] = last_id
        self.connection.request("GET", "/api/v1/events", headers=headers)
        self.answer = self.connection.getresponse()
        self.status = self.answer.status
        self.thread = threading.Thread(target=self._read, daemon=True)
        if self.status == 200:
            self.thread.start()

    def _read(self):
        event = {"id": None, "event": "message", "data": []}
        try:
            while line := self.answer.readline():
                line = line.decode().rstrip("\r\n")
                name, _, value = line.partition(":")
                value = value.removeprefix(" ")
                if line.startswith(":"):
                    self.comments.append((time.monotonic(), line))
                elif not line:
                    if event["data"]:
                        self.seen.append((event["id"], event["event"], "\n".join(event["data"])))
                    event = {"id": event["id"], "event": "message", "data": []}
                elif name == "data":
                    event["data"].append(value)
                elif name in event:
                    event[name] = value
        except (OSError, http.client.HTTPException, ValueError, AttributeError):
            pass
        self.ended.set()

    def about(self, text):
        """The events whose data holds a text, an id say."""
        return [event for event in list(self.seen) if text in event[2]]

    def close(self):
        if self.connection.sock:
            try:
                self.connection.sock.shutdown(2)
            except OSError:
                pass
        self.connection.close()
