#!/usr/bin/env python3
"""Draws a score (the JSON of `mmx generate --json` or score_to_json) as a piano roll.

    tools/pictures/pianoroll.py SCORE.json OUT.png [--parts lead,bass] [--bars FROM-TO] [--per-row BARS]

Standard library only. Rows of bars from top to bottom; the lead is drawn last, in red; section and chord names are
written above each row."""

import argparse
import json
import struct
import zlib
from pathlib import Path

COLOURS = {"lead": (214, 40, 40), "bass": (60, 60, 160), "chords": (120, 170, 90), "pad": (190, 200, 150),
           "counter": (230, 150, 40), "arpeggio": (90, 180, 200), "drums": (90, 90, 90), "percussion": (150, 120, 90)}

# A 3 x 5 alphabet, rows as octal digits from the top.
FONT = {"A": "25755", "B": "65656", "C": "34443", "D": "65556", "E": "74647", "F": "74644", "G": "34553", "H": "55755",
        "I": "72227", "J": "11152", "K": "55655", "L": "44447", "M": "57755", "N": "65555", "O": "25552", "P": "65644",
        "Q": "25563", "R": "65655", "S": "34216", "T": "72222", "U": "55557", "V": "55552", "W": "55775", "X": "55255",
        "Y": "55222", "Z": "71247", "0": "25552", "1": "26227", "2": "61247", "3": "61216", "4": "55711", "5": "74616",
        "6": "34652", "7": "71222", "8": "25252", "9": "25316", "#": "57575", "/": "11244", "-": "00700", "(": "24442",
        ")": "21112", "+": "02720", "'": "22000", ",": "00024"}
VOICES = {False: (150, 30, 150), True: (205, 150, 205)}     # lead, backing


class Picture:
    def __init__(self, width: int, height: int):
        self.width, self.height = width, height
        self.pixels = bytearray(b"\xff" * (width * height * 3))

    def box(self, x0, y0, x1, y1, colour):
        x0, x1 = max(0, int(x0)), min(self.width, int(x1))
        row = bytes(colour) * max(0, x1 - x0)
        for y in range(max(0, int(y0)), min(self.height, int(y1))):
            at = (y * self.width + x0) * 3
            self.pixels[at:at + len(row)] = row

    def text(self, x, y, words, colour=(0, 0, 0), size=2):
        for letter in words:
            rows = FONT.get(letter.upper())
            if rows:
                for dy, digit in enumerate(rows):
                    for dx in range(3):
                        if int(digit, 8) & (4 >> dx):
                            self.box(x + dx * size, y + dy * size, x + (dx + 1) * size, y + (dy + 1) * size, colour)
            x += 4 * size

    def save(self, path: Path):
        rows = b"".join(b"\0" + self.pixels[y * self.width * 3:(y + 1) * self.width * 3] for y in range(self.height))

        def chunk(kind, data):
            return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

        path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0))
                         + chunk(b"IDAT", zlib.compress(rows, 6)) + chunk(b"IEND", b""))


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("score", type=Path)
    options.add_argument("out", type=Path)
    options.add_argument("--parts", default="")
    options.add_argument("--bars", default="")
    options.add_argument("--per-row", type=int, default=16)
    asked = options.parse_args()
    score = json.loads(asked.score.read_text())
    bars = score["bars"]
    first, last = (int(n) for n in asked.bars.split("-")) if asked.bars else (1, len(bars))
    wanted = [p for p in asked.parts.split(",") if p]
    parts = [p for p in score["parts"] if p["role"] != "drums" and (not wanted or p["id"] in wanted) and p["notes"]]
    parts.sort(key=lambda part: part["role"] == "lead")
    singers = [v for v in score.get("vocals", []) if not wanted or v["id"] in wanted]
    sung = [(v["backing"], syllable) for v in singers for line in v["lines"] for word in line["words"]
            for syllable in word["syllables"]]
    sung.sort(key=lambda row: not row[0])
    pitches = [note[2] for part in parts for note in part["notes"]]
    pitches = pitches + [note[2] for _, syllable in sung for note in syllable["notes"]] or [60]
    low, high = max(24, min(pitches) - 2), min(108, max(pitches) + 2)
    bar_ticks, per_row, scale = bars[0]["ticks"], asked.per_row, 4
    width = 1600
    row_height = (high - low) * scale + 34
    rows = (last - first + per_row) // per_row
    picture = Picture(width, rows * row_height)
    per_tick = width / (per_row * bar_ticks)
    starts = {section["first_bar"]: section["label"] for section in score["sections"]}
    for row in range(rows):
        top, from_bar = row * row_height, first - 1 + row * per_row
        for pitch in range(low, high):
            if pitch % 12 == 0:
                picture.box(0, top + 30 + (high - pitch) * scale, width, top + 31 + (high - pitch) * scale, (215, 215, 215))
        for b in range(from_bar, min(last, from_bar + per_row)):
            x = (b - from_bar) * bar_ticks * per_tick
            picture.box(x, top + 14, x + 1, top + row_height, (0, 0, 0) if b in starts else (200, 200, 200))
            if b in starts:
                picture.text(x + 3, top + 2, starts[b])
        origin = from_bar * bar_ticks
        for chord in score["chords"]:
            if origin <= chord["tick"] < origin + per_row * bar_ticks and chord["tick"] < last * bar_ticks:
                picture.text((chord["tick"] - origin) * per_tick + 3, top + 17, chord["chord"], (90, 90, 200))
        for part in parts:
            colour = COLOURS.get(part["role"], (160, 160, 160))
            for tick, ticks, pitch, velocity, _ in part["notes"]:
                if not origin <= tick < origin + per_row * bar_ticks or tick >= last * bar_ticks:
                    continue
                x, y = (tick - origin) * per_tick, top + 30 + (high - pitch) * scale
                shade = tuple(int(255 - (255 - c) * (0.35 + 0.65 * velocity)) for c in colour)
                picture.box(x + 1, y, max(x + 3, (tick - origin + ticks) * per_tick - 1), y + scale, shade)
        for backing, syllable in sung:
            for number, (tick, ticks, pitch, _) in enumerate(syllable["notes"]):
                if not origin <= tick < origin + per_row * bar_ticks or tick >= last * bar_ticks:
                    continue
                x, y = (tick - origin) * per_tick, top + 30 + (high - pitch) * scale
                picture.box(x + 1, y, max(x + 3, (tick - origin + ticks) * per_tick - 1), y + scale, VOICES[backing])
                if number == 0 and not backing:
                    picture.text(x + 1, y - 12, syllable["text"], (150, 30, 150) if syllable["stress"] else (60, 60, 60))
    picture.save(asked.out)


if __name__ == "__main__":
    main()
