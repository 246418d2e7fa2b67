"""A PostgreSQL of our own: one server a test program, in a temporary folder, as an unprivileged user."""

import atexit
import itertools
import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import time

import psycopg2

from scratch import new_folder

BIN = pathlib.Path("/usr/lib/postgresql/15/bin")
_names = itertools.count(1)
_server = None


def _as_unprivileged(command):
    """PostgreSQL refuses to run as root; its children end with us."""
    if os.geteuid() != 0:
        return command, None
    known = {user.pw_name: user for user in pwd.getpwall()}
    user = known.get("postgres") or known["nobody"]
    drop = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups", "--pdeathsig", "QUIT"]
    return drop + command, user


class Server:
    def __init__(self):
        self.folder = new_folder("mmx-pg-")
        self.data = self.folder / "data"
        self.process = None
        command, user = _as_unprivileged([str(BIN / "initdb"), "-D", str(self.data), "-U", "postgres", "-A", "trust",
                                          "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"])
        if user:
            os.chown(self.folder, user.pw_uid, user.pw_gid)
        self.folder.chmod(0o755)  # the socket lies inside
        made = subprocess.run(command, capture_output=True, text=True, cwd=self.folder)
        if made.returncode != 0:
            raise RuntimeError("initdb: " + made.stderr)
        self.start()
        with self.connect("postgres", user="postgres") as connection, connection.cursor() as cursor:
            cursor.execute("CREATE ROLE mmx LOGIN")  # as an operator should: no superuser

    def start(self):
        settings = {"listen_addresses": "", "unix_socket_directories": str(self.folder), "fsync": "off",
                    "max_connections": "150", "shared_buffers": "32MB", "log_min_messages": "fatal"}
        command, _ = _as_unprivileged([str(BIN / "postgres"), "-D", str(self.data)] +
                                      [f"--{name}={value}" for name, value in settings.items()])
        self.log = open(self.folder / "log", "ab")
        self.process = subprocess.Popen(command, stdout=self.log, stderr=self.log, cwd=self.folder)
        until = time.monotonic() + 30
        while True:
            try:
                self.connect("postgres", user="postgres").close()
                return
            except psycopg2.OperationalError:
                if self.process.poll() is not None or time.monotonic() > until:
                    raise RuntimeError("postgres does not start: " + (self.folder / "log").read_text())
                time.sleep(0.05)

    def stop(self, how=signal.SIGINT):
        """SIGINT: fast and clean. SIGQUIT: as if the power had gone."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(60)
        self.process = None
        self.log.close()

    def connect(self, database, user="mmx"):
        connection = psycopg2.connect(host=str(self.folder), dbname=database, user=user)
        connection.autocommit = True
        return connection

    def new_database(self):
        """The address of a fresh, empty database."""
        name = f"mmx_{next(_names)}"
        connection = self.connect("postgres", user="postgres")
        connection.cursor().execute(f"CREATE DATABASE {name} OWNER mmx")
        connection.close()
        return name, f"postgresql:///{name}?host={self.folder}&user=mmx"

    def close(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def server():
    """The one of this test program, started when first asked for."""
    global _server
    if _server is None:
        _server = Server()
        atexit.register(_server.close)
    return _server
