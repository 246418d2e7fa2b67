"""Every endpoint that yields sound yields it marked: the routes are the program's own list, the mark is the song's."""

import hashlib
import hmac
import io
import json
import os
import pathlib
import subprocess
import unittest
import zipfile

from checks import Checks, on_both_databases
from mailbox_reader import wait_until
from mmx_service import MASTER_KEY

# What an answer may be made of. A type that is in neither list fails: somebody must say whether it carries sound.
SILENT_TYPES = {"application/json", "application/problem+json", "audio/midi", "text/plain", "text/event-stream"}
SOUND_TYPES = {"audio/flac", "audio/*", "application/zip"}


def hkdf(master, use):
    """32 bytes of RFC 5869 with SHA-256 and no salt, as the service derives the marks' key from its master."""
    middle = hmac.new(bytes(32), master, hashlib.sha256).digest()
    return hmac.new(middle, use + b"\1", hashlib.sha256).digest()


@on_both_databases
class Marks(Checks):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        document = cls.service.expect(cls.service.client().get("/api/openapi.json"), 200).json
        cls.answers = {}
        for path, methods in document["paths"].items():
            for method, operation in methods.items():
                types = {kind.split(";")[0] for status, answer in operation["responses"].items()
                         if status.startswith("2") for kind in answer.get("content", {})}
                cls.answers[f"{method.upper()} {path}"] = (types, operation)
        cls.account = cls.service.account(plan="studio")
        cls.song = cls.service.song(cls.account, title="Marked", prompt="soft piano and bass with brushed drums")
        master = MASTER_KEY if cls.database == "postgresql" else \
            (cls.service.data / "secrets" / "master.key").read_text().strip()
        cls.key_file = cls.service.folder / "marks.key"
        cls.key_file.write_text(f"epoch 1\nmaster {hkdf(bytes.fromhex(master), b'mmx watermark').hex()}\n")
        cls.key_file.chmod(0o600)

    def ids_in(self, sound, ending):
        """The ids that `mmx watermark detect` reads from a file of these bytes."""
        file = pathlib.Path(self.service.folder) / f"heard{ending}"
        file.write_bytes(sound)
        told = subprocess.run([os.environ["MMX_PROGRAM"], "watermark", "detect", str(file), "--json", "--mark-key",
                               str(self.key_file)], capture_output=True, text=True)
        self.assertIn(told.returncode, (0, 1), told.stderr)
        return [mark["id"] for mark in json.loads(told.stdout)["marks"]]

    def made(self, path, body=None):
        """Asks for a rendition until it is there."""
        def ready():
            answer = self.expect(self.account.post(path, body), 200, 202).json
            self.assertNotEqual(answer["state"], "failed", answer)
            return answer["state"] == "ready" and answer
        return wait_until(ready, path, 60, every=0.2)

    def sound(self, path, kind):
        answer = self.expect(self.account.get(path), 200)
        self.assertEqual(answer.header("Content-Type"), kind)
        return answer.body

    # One walker a route; each gives (what it is, bytes, ending) for every file that the route can yield.
    def audio(self, song):
        yield "audio", self.sound(f"songs/{song}/audio", "audio/flac"), ".flac"

    def download(self, song):
        operation = self.answers["GET /api/v1/songs/{id}/download"][1]
        formats = next(p for p in operation["parameters"] if p["name"] == "format")["schema"]["enum"]
        self.assertGreaterEqual(len(formats), 5)
        for name in formats:
            self.made(f"songs/{song}/renditions", {"format": name})
            file = self.expect(self.account.get(f"songs/{song}/download?format={name}"), 200)
            self.assertTrue(file.header("Content-Type").startswith("audio/"))
            yield f"download as {name}", file.body, "." + name.split("_")[0]

    def stem(self, song):
        stems = self.made(f"songs/{song}/stems")["contents"]
        self.assertGreaterEqual(len(stems), 2)
        for stem in stems:
            yield f"stem {stem['id']}", self.sound(f"songs/{song}/stems/{stem['id']}", "audio/flac"), ".flac"

    def stems_zip(self, song):
        self.made(f"songs/{song}/stems")
        with zipfile.ZipFile(io.BytesIO(self.sound(f"songs/{song}/stems.zip", "application/zip"))) as archive:
            sounds = [name for name in archive.namelist() if pathlib.Path(name).suffix in (".flac", ".wav", ".mp3", ".opus")]
            self.assertGreaterEqual(len(sounds), 2)
            for name in sounds:
                yield f"{name} in the ZIP", archive.read(name), pathlib.Path(name).suffix

    WALKERS = {"GET /api/v1/songs/{id}/audio": audio, "GET /api/v1/songs/{id}/download": download,
               "GET /api/v1/songs/{id}/stems/{name}": stem, "GET /api/v1/songs/{id}/stems.zip": stems_zip}

    def expect_marked(self, song, walker):
        for what, sound, ending in walker(self, song["id"]):
            with self.subTest(what):
                self.assertEqual(self.ids_in(sound, ending), [song["generation_id"]])

    def test_P10_every_route_that_yields_sound_is_walked(self):
        for route, (types, _) in self.answers.items():
            self.assertEqual(types - SILENT_TYPES - SOUND_TYPES, set(), f"{route}: does this carry sound?")
        sounding = {route for route, (types, _) in self.answers.items() if types & SOUND_TYPES}
        self.assertEqual(sounding, set(self.WALKERS), "a route without a walker, or a walker without a route")

    def test_P10_each_of_them_yields_the_mark_of_its_generation(self):
        for route, walker in self.WALKERS.items():
            with self.subTest(route):
                self.expect_marked(self.song, walker)

    def test_P10_a_variation_bears_its_own_mark(self):
        answer = self.expect(self.account.post(f"songs/{self.song['id']}/variation", {}), 202)
        other = self.service.wait_for_song(self.account, answer.json["id"])
        self.assertNotEqual(other["generation_id"], self.song["generation_id"])
        self.expect_marked(other, Marks.audio)

    def test_P10_a_song_made_again_bears_the_mark_it_had(self):
        song = self.service.song(self.account, seed=9)
        self.expect(self.account.post(f"songs/{song['id']}/regenerate", {}), 202)
        again = wait_until(lambda: (s := self.account.get(f"songs/{song['id']}").json)["remake_exact"] is not None and s,
                           "a remake", 60)
        self.assertEqual(again["generation_id"], song["generation_id"])
        self.expect_marked(again, Marks.audio)

    def test_P11_another_key_reads_nothing(self):
        other = self.key_file.with_name("other.key")
        other.write_text(f"epoch 1\nmaster {'17' * 32}\n")
        other.chmod(0o600)
        sound = self.sound(f"songs/{self.song['id']}/audio", "audio/flac")
        self.key_file, own = other, self.key_file
        try:
            self.assertEqual(self.ids_in(sound, ".flac"), [])
        finally:
            self.key_file = own


class KeyOfTheMarks(Checks, unittest.TestCase):
    database = "sqlite"  # where the service makes its key itself

    def test_P12_what_losing_it_means_is_said_and_no_other_takes_its_place(self):
        service = self.service
        made = service.process.events("a master key was made")
        self.assertEqual(len(made), 1)
        self.assertIn("watermark", made[0]["advice"])
        account = service.account(plan="studio")
        song = service.song(account)
        told = subprocess.run([os.environ["MMX_PROGRAM"], "doctor", "--data", str(service.data)], capture_output=True,
                              text=True, env=service.environment)
        self.assertRegex(told.stdout, r"[1-9]\d* songs bear watermarks of this master key; lose it")

        service.stop()
        key = service.data / "secrets" / "master.key"
        kept = key.rename(key.with_name("kept"))
        with self.assertRaises(AssertionError):
            service.start()
        said = "\n".join(service.process.log + service.process.out)
        self.assertIn("no watermark of the songs made so far could ever be read again", said)
        self.assertFalse(key.exists(), "a new key is not made")
        kept.rename(key)
        service.start()
        self.assertEqual(account.get(f"songs/{song['id']}").status, 200)
        self.assertEqual(service.process.events("a master key was made"), [])

        # A database that has forgotten its key's fingerprint: it starts, and says what may be wrong.
        service.stop()
        service.sql("DELETE FROM settings WHERE key = 'master_key_fingerprint'")
        service.start()
        self.assertEqual(len(service.process.events("the master key is new, but songs exist")), 1)
