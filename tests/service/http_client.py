"""A browser's part in a few lines: cookies, Origin, the header against forged requests; and raw sockets."""

import http.client
import itertools
import json
import socket

_addresses = itertools.count(1)


def new_address():
    """Loopback is a whole network: each client comes from an address of its own, so limits by address stay apart."""
    n = next(_addresses)
    return f"127.{10 + n // 62500}.{n // 250 % 250}.{n % 250 + 1}"


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def header(self, name):
        """The only value of a header, or None; given twice is a fault."""
        values = [value for key, value in self.headers if key.lower() == name.lower()]
        if len(values) > 1:
            raise AssertionError(f"{name} is given {len(values)} times: {values}")
        return values[0] if values else None

    def set_cookies(self):
        return [value for key, value in self.headers if key.lower() == "set-cookie"]

    @property
    def text(self):
        return self.body.decode("utf-8", "replace")

    @property
    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return f"<{self.status} {self.text[:600]}>"


class Client:
    """One visitor. `service` says where; `address` is the loopback address the visitor comes from."""

    def __init__(self, service, address=None):
        self.service = service
        self.address = address or new_address()
        self.cookies = {}
        self.connection = None
        self.email = self.password = self.id = None

    def request(self, method, path, json_body=None, *, body=None, headers=None, origin=..., marked=True, timeout=60):
        """State-changing requests carry Origin and X-Requested-With, as the studio's do."""
        sent = {"Host": self.service.host, "User-Agent": "mmx-outside-check/1"}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if method not in ("GET", "HEAD", "OPTIONS"):
            if origin is ...:
                sent["Origin"] = self.service.public_url
            if marked:
                sent["X-Requested-With"] = "mmx"
        if origin not in (..., None):
            sent["Origin"] = origin
        if json_body is not None:
            body = json.dumps(json_body).encode()
            sent["Content-Type"] = "application/json"
        sent.update(headers or {})
        sent = {name: value for name, value in sent.items() if value is not None}
        path = path if path.startswith("/") else "/api/v1/" + path
        for attempt in (1, 2):
            fresh = self.connection is None
            if fresh:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.service.port, timeout=timeout,
                                                             source_address=(self.address, 0))
            try:
                self.connection.request(method, path, body=body, headers=sent)
                got = self.connection.getresponse()
                answer = Answer(got.status, got.getheaders(), got.read())
                break
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                # An idle connection that the server has closed meanwhile: a browser asks again, once.
                self.close()
                if fresh:
                    raise
        if got.will_close:
            self.close()
        for cookie in answer.set_cookies():
            name, _, value = cookie.split(";")[0].partition("=")
            if value and "max-age=0" not in cookie.lower().replace(" ", ""):
                self.cookies[name] = value
                if name == "session_token":
                    self.service.secrets.add(value)
            else:
                self.cookies.pop(name, None)
        return answer

    def get(self, path, **more):
        return self.request("GET", path, **more)

    def post(self, path, json_body=None, **more):
        return self.request("POST", path, {} if json_body is None and "body" not in more else json_body, **more)

    def patch(self, path, json_body, **more):
        return self.request("PATCH", path, json_body, **more)

    def delete(self, path, **more):
        return self.request("DELETE", path, **more)

    def close(self):
        if self.connection:
            self.connection.close()
        self.connection = None

    # What the account pages do.
    def log_in(self, email, password):
        self.service.secrets.update((email, password))
        answer = self.post("auth/login", {"email": email, "password": password})
        if answer.status == 200:
            self.email, self.password = email, password
        return answer

    def token(self):
        return self.cookies["session_token"]


class Raw:
    """A socket that says exactly what it is told to."""

    def __init__(self, service, timeout=10, address=None):
        self.socket = socket.create_connection(("127.0.0.1", service.port), timeout=timeout,
                                               source_address=(address or new_address(), 0))

    def send(self, data):
        self.socket.sendall(data.encode("latin-1") if isinstance(data, str) else data)
        return self

    def read_all(self):
        """Everything until the other side closes (or resets); a time-out is raised."""
        parts = []
        try:
            while part := self.socket.recv(65536):
                parts.append(part)
        except ConnectionResetError:
            pass
        return b"".join(parts)

    def read_head(self):
        """Status and head of one answer; what follows stays in self.rest."""
        data = b""
        while b"\r\n\r\n" not in data:
            part = self.socket.recv(65536)
            if not part:
                return 0, data
            data += part
        head, _, self.rest = data.partition(b"\r\n\r\n")
        return int(head.split()[1]), head

    def close(self):
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
