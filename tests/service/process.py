"""The real program as a child: its log read while it runs, ended by signals."""

import ctypes
import json
import os
import signal
import subprocess
import threading

from mailbox_reader import wait_until


def program():
    path = os.environ.get("MMX_PROGRAM")
    if not path or not os.access(path, os.X_OK):
        raise RuntimeError("MMX_PROGRAM does not name the built program")
    return path


def _end_with_parent():
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


class Process:
    """One running `mmx serve` or `mmx worker`, its log read as it comes."""

    def __init__(self, arguments, environment):
        self.log, self.out = [], []
        self.process = subprocess.Popen([program(), *arguments], env=environment, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, preexec_fn=_end_with_parent,
                                        text=True, errors="replace")
        self.readers = [threading.Thread(target=self._read, args=pair, daemon=True)
                        for pair in ((self.process.stderr, self.log), (self.process.stdout, self.out))]
        for reader in self.readers:
            reader.start()

    def _read(self, pipe, lines):
        for line in pipe:
            lines.append(line.rstrip("\n"))

    def events(self, name=None):
        """The log's objects, those of one event if named."""
        rows = [json.loads(line) for line in list(self.log) if line.startswith("{")]
        return [row for row in rows if name is None or row.get("event") == name]

    def wait_for(self, event, seconds=60):
        def seen():
            if self.process.poll() is not None and not self.events(event):
                raise AssertionError(f"the program ended with {self.process.returncode}:\n" + "\n".join(self.log[-20:]))
            return self.events(event)
        return wait_until(seen, f"the log's event '{event}'", seconds)[0]

    def stop(self, how=signal.SIGTERM, seconds=40):
        """Its exit status, once everything it wrote has been read."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            status = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"still running {seconds} s after signal {int(how)}") from None
        for reader in self.readers:
            reader.join(5)
        for pipe in (self.process.stdout, self.process.stderr):
            pipe.close()
        return status
