"""The service under test: starts the real program, makes accounts and songs as people do, ends it and reads its log."""

import http.client
import itertools
import json
import os
import re
import shutil
import signal

import mailbox_reader
import postgres
from http_client import Client
from inside import Inside
from mailbox_reader import wait_until
from process import Process
from scratch import new_folder

DATABASES = ("sqlite", "postgresql")
MASTER_KEY = "5d" * 32
FLEET_URL = "https://music.example"  # what a fleet is called behind its proxy
TERMS = "2026-01"
_numbers = itertools.count(1)


class Service(Inside):
    """A server with its data and database. `start()` may be called again after `stop()` or `kill()`."""

    def __init__(self, database, *, config="", plans="", environment=None, workers=1, cost=4, flags=(),
                 like=None, welcome_songs=0):
        self.database = database
        self.folder = new_folder("mmx-service-")
        self.data = like.data if like else self.folder / "data"
        self.secrets = like.secrets if like else set()
        self.expects_errors = False
        self.environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.environment.update(MMX_WORKERS=str(workers), MMX_TERMS_VERSION=TERMS)
        # The songs of a first start would take the worker's time from what is tested.
        if welcome_songs is not None:
            self.environment["MMX_WELCOME_SONGS"] = str(welcome_songs)
        if cost:
            self.environment["MMX_BCRYPT_COST"] = str(cost)
        self.flags = list(flags)
        if database == "postgresql":
            self.name, self.url = (like.name, like.url) if like else postgres.server().new_database()
            self.environment.update(MMX_DATABASE=self.url, MMX_MASTER_KEY=MASTER_KEY, MMX_PUBLIC_URL=FLEET_URL)
            self.secrets.add(MASTER_KEY)
        if plans:
            (self.folder / "plans.toml").write_text(plans)
            self.environment["MMX_PLANS_FILE"] = str(self.folder / "plans.toml")
        self.environment.update(environment or {})
        self.public_url = self.environment.get("MMX_PUBLIC_URL")
        self.config = None
        if config:
            self.config = self.folder / "mmx.toml"
            self.config.write_text(config)
        self.process = self.admin_client = None
        self.logs = []
        self.port = 0

    # Running.
    def start(self):
        arguments = ["serve", "--listen", f"127.0.0.1:{self.port}", "--data", str(self.data), *self.flags]
        if self.config:
            arguments += ["--config", str(self.config)]
        self.process = Process(arguments, self.environment)
        self.port = int(self.process.wait_for("listening")["address"].rpartition(":")[2])
        if "MMX_PUBLIC_URL" not in self.environment:
            self.public_url = f"http://127.0.0.1:{self.port}"
        self.host = self.public_url.partition("://")[2]
        wait_until(lambda: self.is_healthy(), "/healthz answers 200")
        return self

    def is_healthy(self):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            connection.request("GET", "/healthz", headers={"Host": self.host})
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def stop(self):
        """Ends with SIGTERM: status 0, no error in the log, and nothing in it that is somebody's secret."""
        status = self.process.stop()
        self.logs += self.process.log
        log = "\n".join(self.process.log)
        if status != 0:
            raise AssertionError(f"exit status {status} after SIGTERM\n{log[-3000:]}")
        for line in self.process.log:
            if line.startswith("{") and json.loads(line).get("level") == "error" and not self.expects_errors:
                raise AssertionError("an error was logged: " + line)
            if not line.startswith("{") and line.strip():
                raise AssertionError("a line of the log is no JSON object: " + line)
        self.check_log_is_impersonal()

    def check_log_is_impersonal(self):
        log = "\n".join(self.logs + self.process.log)
        for secret in self.secrets:
            if len(secret) > 5 and secret in log:
                raise AssertionError(f"the log holds {secret!r}")

    def kill(self):
        self.process.stop(signal.SIGKILL)
        self.logs += self.process.log

    def close(self):
        """For class clean-ups: stops what runs, then removes the folder."""
        try:
            if self.process and self.process.process.poll() is None:
                self.stop()
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def worker(self, *arguments):
        """A worker in its own process on the same data and database."""
        environment = {name: value for name, value in self.environment.items() if name != "MMX_WORKERS"}
        return Process(["worker", "--data", str(self.data), *arguments], environment)

    # People.
    def client(self, address=None):
        return Client(self, address)

    def setup_link(self):
        """The one-time link from standard output."""
        line = wait_until(lambda: next((l for l in self.process.out if "Set-up link" in l), None), "a set-up link")
        link = re.search(r"(https?://\S+)/setup#token=([A-Za-z0-9_-]+)", line)
        if not link:
            raise AssertionError("no link in: " + line)
        self.secrets.add(link.group(2))
        return link.group(1), link.group(2)

    def admin(self):
        """The first administrator, made through the set-up link; a client of its own that is logged in."""
        if self.admin_client is None:
            client = self.client()
            client.email, client.password = f"admin{next(_numbers)}@example.com", "first administrator's words"
            self.secrets.update((client.email, client.password))
            answer = client.post("setup", {"token": self.setup_link()[1], "email": client.email,
                                           "display_name": "The administrator", "password": client.password})
            if answer.status not in (200, 201) or "session_token" not in client.cookies:
                raise AssertionError(f"set-up: {answer}")
            client.id = client.get("me").json["id"]
            self.admin_client = client
        return self.admin_client

    def new_email(self):
        email = f"someone{next(_numbers)}@example.com"
        self.secrets.add(email)
        return email

    def register(self, client, email=None, password="a fair long password", name="Someone"):
        """Registers; verify() follows the mailed link."""
        client.email, client.password = email or self.new_email(), password
        self.secrets.update((client.email, password))
        return client.post("auth/register", {"email": client.email, "display_name": name, "password": password,
                                             "age_confirmed": True, "terms_version": TERMS})

    def account(self, plan=None, credits=0, password="a fair long password", log_in=True):
        """A verified account, logged in, with the plan and the credits given by the administrator."""
        client = self.client()
        answer = self.register(client, password=password)
        if answer.status != 202:
            raise AssertionError(f"register: {answer}")
        answer = client.post("auth/verify", {"token": self.mail(client.email).token})
        if answer.status not in (200, 204):
            raise AssertionError(f"verify: {answer}")
        client.id = self.sql("SELECT id FROM accounts WHERE email = ?", client.email)[0][0]
        if log_in and client.log_in(client.email, client.password).status != 200:
            raise AssertionError("log in failed")
        if plan:
            self.expect(self.admin().post(f"admin/users/{client.id}/plan", {"plan": plan}), 200)
        if credits:
            self.expect(self.admin().post(f"admin/users/{client.id}/credits",
                                          {"amount": credits, "reason": "for a test"}), 200)
        return client

    @staticmethod
    def expect(answer, *statuses):
        if answer.status not in statuses:
            raise AssertionError(f"expected {statuses}: {answer}")
        return answer

    # Mail.
    def mails(self, to=None):
        mails = mailbox_reader.in_outbox(self.data / "outbox")
        for mail in mails:
            if mail.token:
                self.secrets.add(mail.token)
        return [mail for mail in mails if to is None or to in mail.to]

    def mail(self, to, after=0, about=""):
        """The newest mail to an address, once there are more than `after`."""
        def arrived():
            mails = [mail for mail in self.mails(to) if about in mail.subject]
            return mails[-1] if len(mails) > after else None
        return wait_until(arrived, f"mail number {after + 1} {about} to an address")

    # Songs.
    SONG = {"prompt": "quiet piano", "duration_seconds": 10, "seed": 7, "voice": "none"}

    def order(self, client, key=None, timeout=60, **changes):
        headers = {"Idempotency-Key": key or f"key-{next(_numbers)}"}
        song = {**self.SONG, **changes}
        if song.get("lyrics") and "voice" not in changes:
            del song["voice"]  # who brings words wants them sung
        return client.post("songs", song, headers=headers, timeout=timeout)

    def song(self, client, **changes):
        """Orders a song and waits until it is ready; gives its JSON."""
        return self.wait_for_song(client, self.expect(self.order(client, **changes), 202).json["id"])

    def wait_for_song(self, client, song, states=("ready",), seconds=60):
        def there():
            now = self.expect(client.get(f"songs/{song}"), 200).json
            if now["state"] in states:
                return now
            if now["state"] in ("failed", "cancelled"):
                raise AssertionError(f"the song is {now}")
            return None
        return wait_until(there, f"song {states}", seconds)
