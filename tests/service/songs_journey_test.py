"""One song's whole journey: ordered, followed, heard, downloaded in every format, archived, made again, deleted."""

import io
import json
import pathlib
import subprocess
import tempfile
import zipfile

from checks import Checks, on_both_databases
from events_reader import Events
from mailbox_reader import wait_until

FORMATS = {"flac": "flac", "wav": "pcm_s", "mp3": "mp3", "mp3_320": "mp3", "opus": "opus"}


def probe(audio):
    """What ffprobe reads from the bytes of a file."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(audio)
        file.flush()
        told = subprocess.run(["ffprobe", "-v", "error", "-show_format", "-show_streams", "-of", "json", file.name],
                              capture_output=True, text=True, check=True)
    return json.loads(told.stdout)


@on_both_databases
class SongsJourney(Checks):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls.service.account(plan="studio")
        cls.song = cls.service.song(cls.account, title="Größte Rain", prompt="rainy lo-fi piano, 80 bpm, D minor",
                                   duration_seconds=15)

    def rendition(self, path, body=None):
        def ready():
            answer = self.expect(self.account.post(path, body), 200, 202)
            self.assertNotEqual(answer.json["state"], "failed", answer)
            return answer.json["state"] == "ready" and answer.json
        return wait_until(ready, path, 60, every=0.4)

    def test_P03_a_ready_song_shows_all_that_is_needed_to_make_it_again(self):
        song = self.song
        self.assertRegex(song["generation_id"], r"^[0-9a-f]{16}$")
        self.assertRegex(song["sha256"], r"^[0-9a-f]{64}$")
        self.assertEqual((song["title"], song["seed"], song["engine"]), ("Größte Rain", "7", "embedded"))
        self.assertTrue(song["engine_version"] and song["sounds_hash"] and song["created_at"])
        for field in ("bpm", "key", "time_signature", "duration_seconds", "title", "seed", "preset", "ending"):
            self.assertIn(field, song["decided"])
        self.assertEqual((song["decided"]["bpm"], song["decided"]["key"]), (80, "D minor"))
        self.assertEqual(song["request"]["prompt"], "rainy lo-fi piano, 80 bpm, D minor")

    def test_P05_events_tell_the_way_from_queued_to_ready(self):
        events = Events(self.account)
        self.addCleanup(events.close)
        self.assertEqual(events.status, 200)
        song = self.service.song(self.account, seed=8)["id"]
        wait_until(lambda: any('"ready"' in data for _, _, data in events.about(song)), "an event that says ready")
        states = [json.loads(data).get("state") for _, kind, data in events.about(song) if kind == "song"]
        order = [state for n, state in enumerate(states) if state and (n == 0 or states[n - 1] != state)]
        self.assertEqual(order, ["queued", "making", "ready"])

    def test_P05_audio_is_seekable(self):
        path = f"songs/{self.song['id']}/audio"
        whole = self.expect(self.account.get(path), 200)
        self.assertEqual(whole.header("Content-Type"), "audio/flac")
        self.assertEqual(whole.header("Accept-Ranges"), "bytes")
        size, etag = len(whole.body), whole.header("ETag")
        self.assertEqual(size, self.song["audio_bytes"])
        for asked, first, last in (("bytes=0-99", 0, 99), ("bytes=1000-", 1000, size - 1), ("bytes=-500", size - 500, size - 1),
                                   (f"bytes=10-{size * 9}", 10, size - 1), (f"bytes=-{size * 9}", 0, size - 1)):
            part = self.expect(self.account.get(path, headers={"Range": asked}), 206)
            self.assertEqual(part.body, whole.body[first:last + 1], asked)
            self.assertEqual(part.header("Content-Range"), f"bytes {first}-{last}/{size}")
        self.assertEqual(self.account.get(path, headers={"Range": "bytes=0-9", "If-Range": etag}).status, 206)
        stale = self.account.get(path, headers={"Range": "bytes=0-9", "If-Range": '"something else"'})
        self.assertEqual((stale.status, len(stale.body)), (200, size))
        head = self.account.request("HEAD", path)
        self.assertEqual((head.status, head.header("Content-Length"), head.body), (200, str(size), b""))
        self.assertEqual(self.account.get(path, headers={"If-None-Match": etag}).status, 304)

    def test_P05_range_abuse_gets_416_or_a_bounded_answer(self):
        path = f"songs/{self.song['id']}/audio"
        size = self.song["audio_bytes"]
        answer = self.expect(self.account.get(path, headers={"Range": f"bytes={size}-"}), 416)
        self.assertEqual(answer.header("Content-Range"), f"bytes */{size}")
        for asked in ("bytes=-0", "bytes=5-2", "bytes=a-b", "bytes=--5", "bytes=1-2-3", "lines=0-5", "bytes=", "bytes=0",
                      "bytes=99999999999999999999-", "bytes=0-99999999999999999999", "bytes=-99999999999999999999",
                      "bytes=" + ",".join(["0-"] * 1000), "bytes=" + ",".join(f"{n}-{n}" for n in range(0, 2000, 2))):
            answer = self.account.get(path, headers={"Range": asked})
            self.assertIn(answer.status, (200, 206, 416), asked[:40])
            self.assertLessEqual(len(answer.body), size + 1000, asked[:40])

    def test_P05_every_format_is_downloaded_with_its_tags(self):
        for name, codec in FORMATS.items():
            with self.subTest(format=name):
                self.rendition(f"songs/{self.song['id']}/renditions", {"format": name})
                file = self.expect(self.account.get(f"songs/{self.song['id']}/download?format={name}"), 200)
                self.assertIn("attachment", file.header("Content-Disposition"))
                self.assertIn("Gr%C3%B6%C3%9Fte", file.header("Content-Disposition"))
                told = probe(file.body)
                self.assertTrue(told["streams"][0]["codec_name"].startswith(codec), told["streams"][0]["codec_name"])
                self.assertAlmostEqual(float(told["format"]["duration"]), self.song["duration_seconds"], delta=0.1)
                tags = {key.lower(): value for place in (told["format"], told["streams"][0])
                        for key, value in place.get("tags", {}).items()}
                self.assertEqual(tags.get("title"), "Größte Rain")
                # P13: said in the trade's own term for media made by a machine.
                self.assertIn("algorithmicmedia", json.dumps(tags).lower())
                self.assertNotIn(self.account.email, json.dumps(tags))
                part = self.account.get(f"songs/{self.song['id']}/download?format={name}", headers={"Range": "bytes=0-9"})
                self.assertEqual((part.status, part.body), (206, file.body[:10]))

    def test_P05_a_renamed_song_is_downloaded_under_its_new_title_with_the_same_sound(self):
        song = self.service.song(self.account, title="First", seed=11, duration_seconds=10)
        path = f"songs/{song['id']}/download?format=flac"
        before = self.expect(self.account.get(path), 200)
        self.expect(self.account.patch(f"songs/{song['id']}", {"title": "Größer und länger als zuvor"}), 200)
        after = self.expect(self.account.get(path), 200)
        told = {key.lower(): value for key, value in probe(after.body)["format"]["tags"].items()}
        self.assertEqual(told["title"], "Größer und länger als zuvor")
        self.assertIn("algorithmicmedia", json.dumps(told).lower())
        self.assertNotEqual(after.header("ETag"), before.header("ETag"))
        self.assertEqual(int(after.header("Content-Length")), len(after.body))
        # Behind the head, which also holds the MD5 of the samples (bytes 26 to 42), not a byte differs.
        self.assertEqual(after.body[26:42], before.body[26:42])
        self.assertEqual(after.body[-len(before.body) // 2:], before.body[-len(before.body) // 2:])
        for first, last in ((0, 9), (100, 400), (len(after.body) - 5, len(after.body) - 1)):
            part = self.account.get(path, headers={"Range": f"bytes={first}-{last}"})
            self.assertEqual((part.status, part.body), (206, after.body[first:last + 1]))

    def test_P05_a_song_whose_bars_end_before_the_shortest_length_has_its_formats_too(self):
        song = self.service.song(self.account, prompt="rainy lo-fi piano, 80 bpm, D minor", duration_seconds=10, seed=7)
        self.rendition(f"songs/{song['id']}/renditions", {"format": "wav"})

    def test_P05_a_format_outside_the_plan_is_refused_and_one_that_is_none_named(self):
        free = self.service.account()
        song = self.service.song(free)["id"]
        self.expect(free.post(f"songs/{song}/renditions", {"format": "wav"}), 402, 403)
        self.expect(free.get(f"songs/{song}/download?format=opus"), 402, 403)
        self.expect_field(free.post(f"songs/{song}/renditions", {"format": "aac"}), "format")
        self.expect(free.get(f"songs/{song}/download?format=mp3"), 404, 409)  # not asked for yet

    def test_P05_midi_score_peaks_and_lyrics_come_with_the_song(self):
        base = f"songs/{self.song['id']}"
        self.assertTrue(self.expect(self.account.get(f"{base}/midi"), 200).body.startswith(b"MThd"))
        self.assertIn("sections", self.expect(self.account.get(f"{base}/score"), 200).json)
        self.assertGreater(len(self.expect(self.account.get(f"{base}/peaks"), 200).body), 100)
        self.expect(self.account.get(f"{base}/lrc"), 200, 404)  # an instrumental need not have lyrics

    def test_P05_stems_add_up_to_a_zip(self):
        base = f"songs/{self.song['id']}"
        self.expect(self.account.get(f"{base}/stems.zip"), 404, 409)
        contents = self.rendition(f"{base}/stems")["contents"]
        names = [entry if isinstance(entry, str) else entry["id"] for entry in contents]
        self.assertGreaterEqual(len(names), 2)
        stem = self.expect(self.account.get(f"{base}/stems/{names[0]}"), 200)
        self.assertAlmostEqual(float(probe(stem.body)["format"]["duration"]), self.song["duration_seconds"], delta=0.1)
        self.expect(self.account.get(f"{base}/stems/{names[0]}", headers={"Range": "bytes=0-9"}), 206)
        for absent in ("no-such-stem", "..", "%2e%2e%2fsong", "%00"):
            self.expect(self.account.get(f"{base}/stems/{absent}"), 400, 404)
        with zipfile.ZipFile(io.BytesIO(self.expect(self.account.get(f"{base}/stems.zip"), 200).body)) as archive:
            self.assertIsNone(archive.testzip())
            self.assertGreaterEqual(len(archive.namelist()), len(names))
            self.assertFalse([name for name in archive.namelist() if name.startswith("/") or ".." in name])

    def test_P04_a_song_made_again_is_exact_and_costs_nothing(self):
        before = self.account.get("me/credits").json["balance"]
        song = self.service.song(self.account, seed=9)
        spent = self.account.get("me/credits").json["balance"]
        self.assertLess(spent, before)
        self.expect(self.account.post(f"songs/{song['id']}/regenerate", {}), 202)
        again = wait_until(lambda: (s := self.account.get(f"songs/{song['id']}").json)["remake_exact"] is not None and s, "a remake", 60)
        self.assertEqual((again["state"], again["remake_exact"], again["sha256"]), ("ready", True, song["sha256"]))
        self.assertEqual(self.account.get("me/credits").json["balance"], spent)

    def test_P04_a_variation_is_the_same_record_with_a_new_seed(self):
        answer = self.expect(self.account.post(f"songs/{self.song['id']}/variation", {}), 202)
        other = self.service.wait_for_song(self.account, answer.json["id"])
        self.assertNotEqual((other["id"], other["seed"], other["sha256"]),
                            (self.song["id"], self.song["seed"], self.song["sha256"]))
        self.assertEqual(other["variation_of"], self.song["id"])
        self.assertEqual({**other["request"], "seed": 0}, {**self.song["request"], "seed": 0})

    def test_P05_songs_are_found_sorted_filtered_and_paged(self):
        account = self.service.account(plan="studio")
        titles = ["Delta blues", "alpha Waltz", "Charlie's café", "bravo waltz", "Echo"]
        ids = [self.service.song(account, title=title, seed=n)["id"] for n, title in enumerate(titles)]
        self.assertEqual([s["id"] for s in account.get("songs").json["songs"]], ids[::-1])
        self.assertEqual([s["title"] for s in account.get("songs?sort=title").json["songs"]],
                         ["alpha Waltz", "bravo waltz", "Charlie's café", "Delta blues", "Echo"])
        for query, found in (("waltz", 2), ("WALTZ bravo", 1), ("cafe", 1), ("ech", 1), ("piano", 5), ("nothing", 0), ("%22*", None)):
            total = self.expect(account.get("songs?q=" + query.replace(" ", "%20")), 200).json["total"]
            if found is not None:
                self.assertEqual(total, found, query)
        self.expect(account.patch(f"songs/{ids[0]}", {"pinned": True, "title": "Renamed"}), 200)
        self.assertEqual([s["title"] for s in account.get("songs?pinned=true").json["songs"]], ["Renamed"])
        self.assertEqual(account.get("songs?q=renamed").json["total"], 1)
        pages, cursor = [], ""
        while True:
            page = self.expect(account.get(f"songs?limit=2&sort=title{cursor}"), 200).json
            self.assertEqual(page["total"], 5)
            pages += [song["id"] for song in page["songs"]]
            if not page["next_cursor"]:
                break
            cursor = "&cursor=" + page["next_cursor"]
        self.assertEqual(len(pages), 5)
        self.assertEqual(set(pages), set(ids))

    def test_P33_a_deleted_song_leaves_no_row_and_no_file(self):
        song = self.service.song(self.account, title="Zanzibarian farewell", seed=10)
        self.rendition(f"songs/{song['id']}/renditions", {"format": "mp3"})
        objects = self.service.sql("SELECT objects FROM songs WHERE id = ?", song["id"])[0][0]
        files = [str(p) for p in self.service.data.rglob("*") if objects.split("/")[-1] in str(p)]
        self.assertTrue(files)
        self.expect(self.account.delete(f"songs/{song['id']}"), 200, 204)
        self.expect(self.account.get(f"songs/{song['id']}"), 404)
        self.expect(self.account.get(f"songs/{song['id']}/audio"), 404)
        wait_until(lambda: not any(pathlib.Path(f).is_file() for f in files), "its files to go", 90)
        # Each folder is swept for itself, the rendition's perhaps a moment after the song's.
        wait_until(lambda: not self.service.found_at_rest("Zanzibarian", but=("idempotency", "events")),
                   "nothing of it to be left", 30)


PLANS = """
[cost]
credits_per_started_minute = 1
[[plan]]
id = "free"
name = "Small"
price = "free"
daily_generations = 50
monthly_generations = 50
monthly_credits = 100
storage_mb = 4
longest_song_seconds = 60
parallel_jobs = 1
formats = ["flac"]
"""


@on_both_databases
class Archiving(Checks):
    settings = {"plans": PLANS}

    def test_P06_archiving_keeps_metadata_takes_the_oldest_first_and_pinned_last(self):
        account = self.service.account()
        pinned = self.service.song(account, seed=1)["id"]
        self.expect(account.patch(f"songs/{pinned}", {"pinned": True}), 200)
        first = self.service.song(account, seed=2)
        later = []
        def archived():
            return account.get(f"songs/{first['id']}").json["state"] == "archived"
        while len(later) < 6 and not archived():
            later.append(self.service.song(account, seed=3 + len(later))["id"])
            try:
                wait_until(archived, "archiving", 3)
            except AssertionError:
                continue
        gone = self.expect(account.get(f"songs/{first['id']}"), 200).json
        self.assertEqual((gone["state"], gone["has_audio"]), ("archived", False))
        for field in ("title", "seed", "sha256", "decided", "generation_id", "engine_version"):
            self.assertEqual(gone[field], first[field])
        self.assertEqual(account.get(f"songs/{pinned}").json["state"], "ready")
        self.assertEqual(account.get(f"songs/{later[-1]}").json["state"], "ready", "never the newest")
        self.expect(account.get(f"songs/{first['id']}/audio"), 404, 409)
        wait_until(lambda: (s := account.get("me/usage").json["storage"])["used_bytes"] <= s["limit_bytes"], "room again")
        balance = account.get("me/credits").json["balance"]
        self.expect(account.post(f"songs/{first['id']}/regenerate", {}), 202)
        back = self.service.wait_for_song(account, first["id"])
        self.assertEqual((back["sha256"], back["remake_exact"]), (first["sha256"], True))
        self.expect(account.get(f"songs/{first['id']}/audio"), 200)
        self.assertEqual(account.get("me/credits").json["balance"], balance)
