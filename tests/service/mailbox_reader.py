"""Mail as its reader sees it: files of DATA/outbox, or a real SMTP server that catches what is sent."""

import email
import email.policy
import re
import socket
import ssl
import time

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

LINK = re.compile(r"(https?://[^\s\"'<>]+)#token=([A-Za-z0-9_-]{20,})")


class Mail:
    def __init__(self, raw):
        self.raw = raw
        message = email.message_from_string(raw, policy=email.policy.default)
        self.to, self.subject = str(message["To"] or ""), str(message["Subject"] or "")
        part = message.get_body(("plain",)) if message.get_content_type() != "text/plain" else message
        self.text = part.get_content() if part is not None else raw
        found = LINK.search(self.text)
        self.link, self.token = (found.group(1), found.group(2)) if found else (None, None)

    def __repr__(self):
        return f"<mail to {self.to}: {self.subject}>"


def in_outbox(folder):
    """The mails of DATA/outbox, oldest first."""
    if not folder.is_dir():
        return []
    files = [path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")]
    return [Mail(path.read_text("utf-8")) for path in sorted(files, key=lambda path: (path.stat().st_mtime_ns, path.name))]


class Catcher:
    """A mail server on loopback. `refuse` makes it answer 451 to everything: try later. With `certificate` (a file that holds
    the key too) it insists on STARTTLS, and then on the user's password."""

    def __init__(self, certificate=None, password=None):
        self.mails, self.envelopes, self.refuse = [], [], False
        self.settings = {}
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.settings = {"tls_context": context, "require_starttls": True, "auth_required": True,
                             "authenticator": lambda _server, _session, _envelope, _kind, login: AuthResult(
                                 success=login.password == password.encode())}
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.start()

    def start(self):
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port, **self.settings)
        self.controller.start()

    async def handle_DATA(self, _server, _session, envelope):
        if self.refuse:
            return "451 4.3.0 not now"
        self.envelopes.append(envelope)
        self.mails.append(Mail(envelope.content.decode("utf-8")))
        return "250 2.0.0 taken"

    def stop(self):
        self.controller.stop()


def wait_until(condition, what, seconds=20, every=0.03):
    """The value of condition() once it is true; says what was waited for when it never is."""
    until = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > until:
            raise AssertionError(f"waited {seconds} s in vain: {what}")
        time.sleep(every)
