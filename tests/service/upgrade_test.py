"""What an earlier release left in its database is there after an upgrade, and goes on working."""

import pathlib
import sqlite3
import subprocess
import unittest

import postgres
from mmx_service import DATABASES, MASTER_KEY, Service

RELEASES = sorted(path for path in (pathlib.Path(__file__).parent / "schemas").iterdir()
                  if (path / "sqlite.sql").exists())


def load(service, dump):
    if service.database == "sqlite":
        service.data.mkdir(mode=0o700, parents=True)
        connection = sqlite3.connect(service.sqlite_file())
        connection.executescript(dump.read_text())
        connection.close()
        service.sqlite_file().chmod(0o600)
    else:
        subprocess.run([str(postgres.BIN / "psql"), "--quiet", "--set", "ON_ERROR_STOP=1", "--file", str(dump),
                        service.url], check=True, stdout=subprocess.DEVNULL)


class Upgrade(unittest.TestCase):
    def test_P51_a_database_of_every_release_is_taken_over_with_all_it_holds(self):
        self.assertTrue(RELEASES)
        for release in RELEASES:
            for database in DATABASES:
                with self.subTest(release=release.name, database=database):
                    self.take_over(database, release / f"{database}.sql")

    def take_over(self, database, dump):
        service = Service(database, environment={"MMX_MASTER_KEY": MASTER_KEY})
        self.addCleanup(service.close)
        load(service, dump)
        service.start()
        client = service.client()
        service.secrets.update(("kept@example.com", "a password kept for years"))
        self.assertEqual(client.log_in("kept@example.com", "a password kept for years").status, 200)
        self.assertEqual(client.get("me").json["display_name"], "Kept for years")
        found = service.expect(client.get("songs?q=sea"), 200).json["songs"]
        self.assertEqual([song["title"] for song in found], ["Written before"])
        song = client.get(f"songs/{found[0]['id']}").json
        self.assertTrue(song["pinned"])
        self.assertRegex(song["sha256"], "^[0-9a-f]{64}$")
        self.assertEqual({song["state"] for song in client.get("songs").json["songs"]}, {"ready", "cancelled"})
        reasons = [entry["reason"] for entry in client.get("me/credits").json["entries"]]
        self.assertIn("a gift", reasons)
        # And it goes on: the same song is made again, and a new one is ordered.
        # The release's engine may be an older one: its owner has to say that another will do.
        service.expect(client.post(f"songs/{song['id']}/regenerate", {"newer_engine": True}), 202)
        service.wait_for_song(client, song["id"])
        service.song(client, seed=99)
        service.stop()
