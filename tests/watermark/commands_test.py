#!/usr/bin/python3
"""Every command that writes sound writes it marked. The commands and their options are read from the program's own help."""

import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

ID = "0123456789abcdef"
MMX = None

# Commands that write no sound, with what they do instead. One that is in neither list fails the test.
SILENT = {"understand": "text", "measure": "figures", "version": "text", "help": "text", "serve": "a server",
          "worker": "a worker", "migrate": "a schema", "doctor": "text", "admin": "accounts"}
# Options of `generate` that name a file or folder and no sound.
SILENT_OPTIONS = {"--lyrics", "--record", "--midi", "--score", "--lrc", "--mark-key"}


def mmx(*arguments, statuses=(0,)):
    told = subprocess.run([MMX, *map(str, arguments)], capture_output=True, text=True)
    if told.returncode not in statuses:
        raise AssertionError(f"mmx {' '.join(map(str, arguments))}: status {told.returncode}\n{told.stdout}{told.stderr}")
    return told.stdout


def named_in_help(*command):
    """Commands (with their help) and options (with what they take) that a help page lists."""
    text = mmx(*command, "--help")
    commands, options, heading = {}, {}, ""
    for line in text.splitlines():
        if re.match(r"^\S.*:$", line):
            heading = line.lower()
        elif (found := re.match(r"^  ([a-z][a-z-]*) {2,}(\S.*)$", line)) and "command" in heading:
            commands[found.group(1)] = found.group(2)
        elif found := re.match(r"^  (?:-\w,)?(--[a-z-]+)(?: ([A-Z][\w.|]*))?", line):
            options[found.group(1)] = found.group(2) or ""
    return commands, options


class Commands(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory(prefix="mmx-marks-")
        cls.folder = pathlib.Path(cls.scratch.name)
        cls.key = cls.folder / "own.key"
        mmx("generate", "soft piano and bass with brushed drums", "--voice", "none", "--duration", 12, "--seed", 3,
            "--mark-id", ID, "--mark-key", cls.key, "-o", cls.folder / "song.flac", "--stems", cls.folder / "stems",
            "--premaster", cls.folder / "premaster.wav")

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def expect_marked(self, file):
        told = json.loads(mmx("watermark", "detect", file, "--json", "--mark-key", self.key, statuses=(0, 1)))
        self.assertEqual([mark["id"] for mark in told["marks"]], [ID], file.name)

    def test_P10_every_command_is_known_to_write_marked_sound_or_none(self):
        commands, _ = named_in_help()
        self.assertIn("generate", commands)
        walked = {name.removeprefix("test_P10_walk_") for name in dir(self) if name.startswith("test_P10_walk_")}
        self.assertEqual(set(commands) - walked - set(SILENT), set(), "does this command write sound?")
        self.assertEqual(walked - set(commands), set(), "this command is gone")

    def test_P10_walk_generate(self):
        _, options = named_in_help("generate")
        takes_path = {name for name, kind in options.items() if re.search(r"FILE|DIR|FOLDER|PATH|OUT", kind)}
        self.assertEqual(takes_path - SILENT_OPTIONS, {"--output", "--stems", "--premaster"}, "does this option write sound?")
        self.expect_marked(self.folder / "song.flac")
        self.expect_marked(self.folder / "premaster.wav")
        stems = sorted((self.folder / "stems").iterdir())
        self.assertGreaterEqual(len(stems), 2)
        for stem in stems:
            self.expect_marked(stem)
        for ending in ("wav", "mp3", "opus"):
            file = self.folder / f"song.{ending}"
            mmx("generate", "soft piano and bass with brushed drums", "--voice", "none", "--duration", 12, "--seed", 3,
                "--mark-id", ID, "--mark-key", self.key, "-o", file)
            self.expect_marked(file)

    def test_P10_walk_master(self):
        for source, preset in (("song.flac", "natural"), ("premaster.wav", "streaming")):
            for ending in ("flac", "wav", "mp3", "opus"):
                file = self.folder / f"mastered-{source}.{ending}"
                mmx("master", self.folder / source, "-o", file, "--preset", preset)
                self.expect_marked(file)

    def test_P10_walk_watermark(self):
        commands, _ = named_in_help("watermark")
        self.assertEqual(set(commands), {"embed", "detect"}, "does this command write sound?")
        plain = self.folder / "plain.wav"
        mmx("generate", "slow strings", "--voice", "none", "--duration", 12, "--seed", 4, "--mark-key",
            self.folder / "another.key", "-o", plain)
        for ending in ("flac", "wav", "mp3", "opus"):
            file = self.folder / f"embedded.{ending}"
            mmx("watermark", "embed", plain, "-o", file, "--id", ID, "--mark-key", self.key)
            self.expect_marked(file)


if __name__ == "__main__":
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--mmx", required=True, help="the built program")
    arguments, rest = reader.parse_known_args()
    MMX = str(pathlib.Path(arguments.mmx).resolve())
    unittest.main(argv=[sys.argv[0], *rest], verbosity=2)
