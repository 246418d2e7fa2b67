#!/usr/bin/env python3
"""Counts what drummers play in the Groove MIDI Dataset and writes data/trained/grooves.tsv.

    tools/train/groove.py PATH/TO/groove data/trained/grooves.tsv

The dataset (Gillick et al. 2019, CC BY 4.0, magenta.tensorflow.org/datasets/groove) holds recordings of ten drummers
with style, tempo and metre. Only counts and means leave this program, never a performance. Standard library only.
"""
import collections, csv, pathlib, statistics, struct, sys

# Families of the style names in info.csv; the first part that matches wins.
FAMILIES = {
    "rock": ("rock", "punk"),
    "pop": ("pop", "soul", "gospel", "funk", "dance"),
    "hiphop": ("hiphop",),
    "jazz": ("jazz",),
    "latin": ("latin", "afrocuban", "afrobeat"),
    "reggae": ("reggae",),
    "folk": ("country", "blues"),
}
# Roland TD-11 notes of the recordings -> lanes.
LANES = {36: "kick", 38: "snare", 40: "snare", 37: "side", 42: "hat", 22: "hat", 44: "pedal", 46: "open", 26: "open",
         48: "tom1", 50: "tom1", 45: "tom3", 47: "tom3", 43: "tom5", 58: "tom5", 51: "ride", 59: "ride", 53: "bell",
         49: "crash", 55: "crash", 57: "crash", 52: "crash"}
STEPS = 16
FEWEST = 12          # strokes at a place before its mean is believed
MOST_BARS = 24       # commonest bars kept for each lane


def variable_length(data, at):
    value = 0
    while True:
        byte = data[at]
        at += 1
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at


def note_ons(path):
    """(beats, pitch, velocity) of a Standard MIDI File's notes, and its notes' division-free time in quarters."""
    data = path.read_bytes()
    division = struct.unpack(">H", data[12:14])[0]
    at, notes = 14, []
    while at + 8 <= len(data):
        length = struct.unpack(">I", data[at + 4:at + 8])[0]
        end, i, now, status = at + 8 + length, at + 8, 0, 0
        while i < end:
            delta, i = variable_length(data, i)
            now += delta
            if data[i] >= 0x80:
                status = data[i]
                i += 1
            if status == 0xFF:
                size, i = variable_length(data, i + 1)
                i += size
            elif status in (0xF0, 0xF7):
                size, i = variable_length(data, i)
                i += size
            elif status & 0xF0 in (0xC0, 0xD0):
                i += 1
            else:
                if status & 0xF0 == 0x90 and data[i + 1] > 0:
                    notes.append((now / division, data[i], data[i + 1]))
                i += 2
        at = end
    return notes


def family_of(style):
    for family, words in FAMILIES.items():
        if style.split("/")[0] in words:
            return family
    return None


class Counts:
    def __init__(self):
        self.bars = 0
        self.velocity = collections.defaultdict(lambda: [[] for _ in range(STEPS)])
        self.offset = collections.defaultdict(lambda: [[] for _ in range(STEPS)])
        self.patterns = collections.defaultdict(collections.Counter)

    def add_bar(self, notes, seconds_per_beat):
        """notes: (beat in bar 0-4, pitch, velocity); nearest sixteenth, the loudest stroke of a lane at a step."""
        self.bars += 1
        rows = collections.defaultdict(lambda: [0] * STEPS)
        for beat, pitch, velocity in notes:
            lane = LANES.get(pitch)
            step = int(beat * 4 + 0.5)
            if lane is None or not 0 <= step < STEPS:
                continue
            if velocity > rows[lane][step]:
                rows[lane][step] = velocity
                self.offset[lane][step].append((beat - step / 4) * seconds_per_beat * 1000)
        for lane, row in rows.items():
            for step, velocity in enumerate(row):
                if velocity:
                    self.velocity[lane][step].append(velocity / 127)
            if lane in ("kick", "snare", "ride"):
                # Ghost strokes do not make a pattern.
                self.patterns[lane]["".join("x" if v > 40 else "." for v in row)] += 1

    def write(self, out, family, prefix):
        for lane in sorted(self.velocity):
            strokes = self.velocity[lane]
            if sum(map(len, strokes)) < 2 * FEWEST:
                continue
            enough = [len(s) >= FEWEST for s in strokes]
            row = lambda what, values: out.write(f"{family}\t{lane}\t{prefix}{what}\t{' '.join(str(int(round(v))) for v in values)}\n")
            row("hit", [1000 * min(1, len(s) / self.bars) for s in strokes])
            row("velocity", [1000 * statistics.fmean(s) if e else 0 for s, e in zip(strokes, enough)])
            row("spread", [1000 * statistics.pstdev(s) if e else 0 for s, e in zip(strokes, enough)])
            if prefix:
                continue
            row("offset", [10 * statistics.fmean(o) if e else 0 for o, e in zip(self.offset[lane], enough)])
            for bar, count in self.patterns[lane].most_common(MOST_BARS):
                if count >= 3 and "x" in bar:
                    out.write(f"{family}\t{lane}\tbar\t{bar}\t{count}\n")


def main():
    source, target = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    beats, fills = collections.defaultdict(Counts), collections.defaultdict(Counts)
    with open(source / "info.csv", newline="") as table:
        for row in csv.DictReader(table):
            family = family_of(row["style"])
            if family is None or row["time_signature"] != "4-4":
                continue
            notes = note_ons(source / row["midi_filename"])
            if not notes:
                continue
            bars = collections.defaultdict(list)
            for beat, pitch, velocity in notes:
                # A stroke just ahead of a bar line belongs to the bar.
                bar = int((beat + 0.125) // 4)
                bars[bar].append((beat - 4 * bar, pitch, velocity))
            last = max(bars)
            if row["beat_type"] == "beat":
                # The first and the last bar are count-ins and endings.
                for bar in range(1, last):
                    beats[family].add_bar(bars[bar], 60 / float(row["bpm"]))
            else:
                # A fill may end with the stroke on the next one.
                whole = last - 1 if len(bars[last]) <= 2 and last > 0 else last
                fills[family].add_bar(bars[whole], 60 / float(row["bpm"]))
    with open(target, "w") as out:
        out.write("# Made by tools/train/groove.py from the Groove MIDI Dataset (Google LLC, CC BY 4.0): counts and means only.\n"
                  "# family, lane, what, a value for each sixteenth of a 4/4 bar: hit per mille of bars, velocity and its spread per\n"
                  "# mille of full, offset in tenths of a millisecond against the grid; bar: a common bar and how often it came.\n")
        for family in FAMILIES:
            out.write(f"{family}\tbars\t{beats[family].bars}\n")
            beats[family].write(out, family, "")
            fills[family].write(out, family, "fill-")


main()
