#!/usr/bin/env python3
"""Writes training_runs.bin: hashes of every run of 12 melody notes in the tunes the models are trained on.

    make_ngrams.py TUNES... [--out training_runs.bin] [--midi FOLDER]

TUNES are folders with .abc hymns and .mxl lead sheets. With --midi each tune is also written as a MIDI file in the
layout the program exports (lead, chords), so that the judge's measures can be calibrated on real music.
The hash is the one of corpus_rows.cc: change both or neither."""

import argparse
import math
import re
import struct
import xml.etree.ElementTree as ElementTree
import zipfile
from fractions import Fraction
from pathlib import Path

SEMITONES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
SHARPS, FLATS = "FCGDAEB", "BEADGCF"
MODES = {"": 0, "maj": 0, "ion": 0, "m": 3, "min": 3, "aeo": 3, "dor": 10, "phr": 8, "lyd": 7, "mix": 5, "loc": 1}
RUN = 12
CHORDS = {"major": (0, 4, 7), "minor": (0, 3, 7), "dominant": (0, 4, 7, 10), "major-seventh": (0, 4, 7, 11),
          "minor-seventh": (0, 3, 7, 10), "diminished": (0, 3, 6), "half-diminished": (0, 3, 6, 10),
          "major-sixth": (0, 4, 7, 9), "minor-sixth": (0, 3, 7, 9), "suspended-fourth": (0, 5, 7),
          "augmented": (0, 4, 8), "diminished-seventh": (0, 3, 6, 9), "dominant-ninth": (0, 2, 4, 7, 10)}


class Tune:
    """Voices of (start, length, pitch) in quarters; the first is the melody. Bar lines at multiples of the bar."""

    def __init__(self, name, numerator, denominator):
        self.name, self.numerator, self.denominator = name, numerator, denominator
        self.voices, self.chords, self.key = [], [], None

    def shift(self, quarters):
        self.voices = [[(s + quarters, l, p) for s, l, p in voice] for voice in self.voices]
        self.chords = [(s + quarters, chord) for s, chord in self.chords]


def key_alterations(text):
    found = re.match(r"([A-G])([#b]?)\s*([A-Za-z]*)", text)
    if not found:
        return {}
    tonic = (SEMITONES[found.group(1)] + {"#": 1, "b": -1, "": 0}[found.group(2)]) % 12
    mode = MODES.get(found.group(3).lower()[:3], MODES.get(found.group(3).lower(), 0))
    major = (tonic + mode) % 12
    count = {0: 0, 7: 1, 2: 2, 9: 3, 4: 4, 11: 5, 6: 6, 5: -1, 10: -2, 3: -3, 8: -4, 1: -5}[major]
    letters = SHARPS[:count] if count > 0 else FLATS[:-count]
    return {letter: 1 if count > 0 else -1 for letter in letters}


def abc_length(text):
    if not text:
        return Fraction(1)
    top, *below = text.split("/")
    value = Fraction(int(top or 1))
    for part in below:
        value /= int(part or 2)
    return value


TOKEN = re.compile(r"\((\d)|\{[^}]*\}|!.*?!|\"[^\"]*\"|\[[A-Z]:[^\]]*\]|\[[^\]]*\]\d*(?:/\d*)*|:?\|[\]|:]*|"
                   r"[\^_=]*[A-Ga-gzx][,']*\d*(?:/+\d*)*|[<>]|-|\S")
NOTE = re.compile(r"([\^_=]*)([A-Ga-gzx])([,']*)(\d*(?:/+\d*)*)")


def read_abc_voice(music, unit, alterations):
    notes, at, accidentals, tied, pickup, left = [], Fraction(0), {}, False, None, 0
    for match in TOKEN.finditer(music):
        token = match.group(0)
        if match.group(1):
            left = int(match.group(1)) if match.group(1) == "3" else 0
            continue
        if token[0] in "!{\"" or re.match(r"\[[A-Z]:", token):
            continue
        if "|" in token:
            accidentals = {}
            if pickup is None and at > 0:
                pickup = at
            continue
        if token == "-":
            tied = True
            continue
        if token[0] == "[":
            inner = NOTE.search(token)
            if not inner:
                continue
            token = inner.group(0)
        found = NOTE.fullmatch(token)
        if not found:
            continue
        marks, letter, octave, length = found.groups()
        lasts = abc_length(length.replace("//", "/2/2")) * unit * 4
        if left:
            lasts, left = lasts * Fraction(2, 3), left - 1
        if letter not in "zx":
            upper = letter.upper()
            place = (upper, letter.islower(), octave)
            if marks:
                accidentals[place] = marks.count("^") - marks.count("_")
            alter = accidentals.get(place, alterations.get(upper, 0))
            pitch = 60 + SEMITONES[upper] + alter + (12 if letter.islower() else 0)
            pitch += 12 * (octave.count("'") - octave.count(","))
            if tied and notes and notes[-1][2] == pitch:
                notes[-1] = (notes[-1][0], notes[-1][1] + lasts, pitch)
            else:
                notes.append((at, lasts, pitch))
        tied = False
        at += lasts
    return notes, pickup


def read_abc(path):
    text = path.read_text(encoding="utf-8", errors="replace")
    metre, unit, key, names, current, music = None, Fraction(1, 8), "C", [], None, {}
    for line in text.splitlines():
        line = line.split("%")[0].strip()
        if line.startswith("M:") and metre is None:
            metre = line[2:].strip().replace("C|", "2/2").replace("C", "4/4")
        elif line.startswith("L:"):
            unit = Fraction(line[2:].strip())
        elif line.startswith("K:"):
            key = line[2:].strip()
        elif line.startswith("V:"):
            names.append(line[2:].split()[0])
            current = names[-1]
        elif line.startswith("[V:") or (line and not re.match(r"^[A-Za-z]:", line)):
            found = re.match(r"\[V:\s*(\S+?)\s*\]", line)
            voice = found.group(1) if found else current
            music[voice] = music.get(voice, "") + line + " \n"
    found = re.match(r"(\d+)/(\d+)", metre or "")
    if not found or not music:
        return None
    tune = Tune(path.stem, int(found.group(1)), int(found.group(2)))
    pickup = None
    for voice in names or list(music):
        notes, own = read_abc_voice(music.get(voice, ""), unit, key_alterations(key))
        tune.voices.append(notes)
        pickup = pickup or own
    bar = Fraction(4 * tune.numerator, tune.denominator)
    if pickup and pickup < bar:
        tune.shift(bar - pickup)
    return tune


def read_lead_sheet(path):
    with zipfile.ZipFile(path) as archive:
        name = next(n for n in archive.namelist() if n.endswith(".xml") and not n.startswith("META-INF"))
        root = ElementTree.fromstring(archive.read(name))
    tune, at, divisions, notes, first = None, Fraction(0), 1, [], None
    for measure in root.find("part").iter("measure"):
        start, furthest = at, at
        for item in measure:
            if item.tag == "attributes":
                divisions = int(item.findtext("divisions", str(divisions)))
                beats, kind = item.findtext("time/beats"), item.findtext("time/beat-type")
                if tune is None:
                    tune = Tune(path.stem, int(beats or 4), int(kind or 4))
            elif item.tag == "harmony" and item.findtext("root/root-step"):
                base = SEMITONES[item.findtext("root/root-step")] + int(float(item.findtext("root/root-alter", "0")))
                tune.chords.append((at, [(base + n) % 12 for n in CHORDS.get(item.findtext("kind"), (0, 4, 7))]))
            elif item.tag in ("backup", "forward"):
                step = Fraction(int(item.findtext("duration")), divisions)
                at += step if item.tag == "forward" else -step
            elif item.tag == "note" and item.find("chord") is None and item.find("grace") is None:
                lasts = Fraction(int(item.findtext("duration", "0")), divisions)
                step = item.findtext("pitch/step")
                if step and item.findtext("voice", "1") == "1":
                    pitch = 12 * (int(item.findtext("pitch/octave")) + 1) + SEMITONES[step]
                    pitch += int(float(item.findtext("pitch/alter", "0")))
                    ties = [tie.get("type") for tie in item.iter("tie")]
                    if "stop" in ties and notes and notes[-1][2] == pitch:
                        notes[-1] = (notes[-1][0], notes[-1][1] + lasts, pitch)
                    else:
                        notes.append((at, lasts, pitch))
                at += lasts
            furthest = max(furthest, at)
        at = furthest
        first = first if first is not None else at - start
    if tune is None:
        return None
    tune.voices.append(notes)
    bar = Fraction(4 * tune.numerator, tune.denominator)
    if first and first < bar:
        tune.shift(bar - first)
    return tune


def runs(notes):
    """As twelve_note_runs() of corpus_rows.cc."""
    for first in range(len(notes) - RUN + 1):
        part = notes[first:first + RUN]
        steps = [math.floor((b[0] - a[0]) * 12 + Fraction(1, 2)) for a, b in zip(part, part[1:])]
        intervals = [b[2] - a[2] for a, b in zip(part, part[1:])]
        measure = math.gcd(*steps)
        if measure == 0 or len(set(intervals)) < 4:
            continue
        value = 14695981039346656037
        for interval, step in zip(intervals, steps):
            for byte in (interval + 128, step // measure):
                value = ((value ^ (byte & 0xff)) * 1099511628211) & (2 ** 64 - 1)
        yield (value ^ value >> 40) & (2 ** 40 - 1)


def variable(value):
    out = [value & 0x7f]
    while value >> 7:
        value >>= 7
        out.append(0x80 | value & 0x7f)
    return bytes(reversed(out))


def write_midi(path, tune):
    def track(events, name, end):
        data, now = b"\0\xff\x03" + variable(len(name)) + name.encode(), 0
        for at, message in sorted(events, key=lambda e: (e[0], e[1][0] & 0xf0 != 0x80)):
            data += variable(at - now) + message
            now = at
        data += variable(max(0, end - now)) + b"\xff\x2f\0"
        return b"MTrk" + struct.pack(">I", len(data)) + data

    def notes(voice, channel):
        out = []
        for start, length, pitch in voice:
            out.append((round(start * 960), bytes([0x90 | channel, pitch, 80])))
            out.append((round((start + length) * 960), bytes([0x80 | channel, pitch, 64])))
        return out

    bar = 3840 * tune.numerator // tune.denominator
    end = max(round((s + l) * 960) for voice in tune.voices for s, l, p in voice)
    end = -(-end // bar) * bar
    power = tune.denominator.bit_length() - 1
    head = [(0, b"\xff\x58\x04" + bytes([tune.numerator, power, 24, 8])), (0, b"\xff\x51\x03\x07\xa1\x20")]
    chords = []
    for i, (start, chord) in enumerate(tune.chords):
        stop = tune.chords[i + 1][0] if i + 1 < len(tune.chords) else Fraction(end, 960)
        if stop > start:
            chords += [(start, stop - start, 48 + (n - chord[0]) % 12 + chord[0]) for n in chord]
    for voice in tune.voices[1:]:
        chords += voice
    parts = [track(head, "tune", end), track(notes(tune.voices[0], 0), "lead", end), track(notes(chords, 1), "chords", end)]
    path.write_bytes(b"MThd" + struct.pack(">IHHH", 6, 1, len(parts), 960) + b"".join(parts))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tunes", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "training_runs.bin")
    parser.add_argument("--midi", type=Path)
    options = parser.parse_args()
    hashes, count = set(), 0
    for folder in options.tunes:
        for path in sorted(folder.rglob("*")):
            reader = {".abc": read_abc, ".mxl": read_lead_sheet}.get(path.suffix)
            tune = reader(path) if reader else None
            if tune is None or not tune.voices or len(tune.voices[0]) < RUN:
                continue
            count += 1
            for voice in tune.voices:
                hashes.update(runs(voice))
            if options.midi:
                options.midi.mkdir(parents=True, exist_ok=True)
                write_midi(options.midi / f"{path.suffix[1:]}-{count:03}.mid", tune)
    options.out.write_bytes(b"".join(value.to_bytes(5, "little") for value in sorted(hashes)))
    print(f"{count} tunes, {len(hashes)} runs, {5 * len(hashes)} bytes")


if __name__ == "__main__":
    main()
