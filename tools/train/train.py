#!/usr/bin/env python3
"""Trains the small tables of data/trained from a folder of open data: counts, never the works themselves.

    tools/train/train.py DATA_FOLDER [OUTPUT_FOLDER]
"""

import sys
from collections import Counter
from fractions import Fraction
from pathlib import Path

import billboard
import melodies
import novelty
import settings
from tables import write_counts

METRES = {"4/4", "3/4", "2/4", "6/8", "9/8", "12/8", "6/4", "2/2"}


def strength(tune: melodies.Tune, start: Fraction) -> int:
    """As music::Metre::strength: 3 bar line, 2 half bar, 1 beat, 0 beside it."""
    place = (start - tune.pickup) % tune.bar
    if place == 0:
        return 3
    top, bottom = (int(part) for part in tune.metre.split("/"))
    if top % 2 == 0 and place * 2 == tune.bar:
        return 2
    beat = Fraction(3, 8) if bottom == 8 and top % 3 == 0 else Fraction(1, bottom)
    return 1 if place % beat == 0 else 0


def clamp(step: int) -> int:
    return max(-7, min(7, step))


def count_steps(tunes):
    """How melodies move: metrical strength, long or short, the step before, the step."""
    steps, chord_tones = Counter(), Counter()
    for tune in tunes:
        breaks = set(tune.breaks)
        before = 0
        for index in range(1, len(tune.notes)):
            first, second = tune.notes[index - 1], tune.notes[index]
            if index in breaks:
                before = 0
                continue
            step = clamp(second.degree - first.degree)
            weight = strength(tune, second.start)
            long_note = int(second.length >= Fraction(1, 4))
            steps[(weight, long_note, before, step)] += 1
            if second.in_chord is not None:
                chord_tones[(weight, long_note, int(second.in_chord))] += 1
            before = step
    return steps, chord_tones


def count_rhythms(tunes):
    """One-bar rhythms on a grid of sixteenths: x strikes, - holds, . rests."""
    rhythms = Counter()
    for tune in tunes:
        if tune.metre not in METRES:
            continue
        metre = "4/4" if tune.metre == "2/2" else tune.metre
        cells = int(tune.bar * 16)
        bars: dict[int, list[str]] = {}
        exact = set()
        for note in tune.notes:
            start = note.start - tune.pickup
            place, length = start * 16, note.length * 16
            if place.denominator != 1 or length.denominator != 1:
                exact.add(int(start // tune.bar))
                continue
            for cell in range(int(place), int(place + length)):
                bar = bars.setdefault(cell // cells, ["."] * cells)
                bar[cell % cells] = "x" if cell == int(place) else "-"
        for index, bar in bars.items():
            if index >= 0 and index not in exact and "x" in bar:
                rhythms[(metre, "".join(bar))] += 1
    return rhythms


def main() -> None:
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    data = Path(sys.argv[1])
    out = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).parents[2] / "data" / "trained"
    out.mkdir(parents=True, exist_ok=True)

    changes, order = billboard.train(data / "billboard")
    write_counts(out / "chords.tsv", "Chord changes from bar to bar; McGill Billboard (CC0)",
                 ["mode", "section", "bar-of-four", "from", "to"], changes, at_least=3)
    write_counts(out / "form_order.tsv", "Which section follows which; McGill Billboard (CC0)", ["from", "to"], order, 2)

    hymns = [melodies.read_abc(path) for path in sorted((data / "openhymnal").rglob("*.abc"))]
    sheets = [melodies.read_lead_sheet(path) for path in sorted((data / "openewld").rglob("*.mxl"))]
    tunes = [tune for tune in hymns + sheets if tune]
    print(f"melodies: {sum(map(bool, hymns))} hymns, {sum(map(bool, sheets))} lead sheets, "
          f"{sum(len(tune.notes) for tune in tunes)} notes")
    steps, chord_tones = count_steps(tunes)
    source = "Open Hymnal (public domain files) and OpenEWLD (Traditional)"
    write_counts(out / "melody_steps.tsv", f"Scale steps of melodies; {source}",
                 ["strength", "long", "step-before", "step"], steps, at_least=2)
    strong = chord_tones[(3, 0, 1)] + chord_tones[(3, 1, 1)]
    print(f"lead sheets: {strong / (strong + chord_tones[(3, 0, 0)] + chord_tones[(3, 1, 0)]):.0%} of downbeats are chord tones")
    write_counts(out / "melody_rhythms.tsv", f"Rhythms of one bar; {source}", ["metre", "rhythm"],
                 count_rhythms(tunes), at_least=4)
    rows, songs = settings.count(sorted((data / "openhymnal").rglob("*.abc")))
    write_counts(out / "word_setting.tsv", f"How words are set in {songs} hymns; Open Hymnal (public domain files)",
                 ["what", "class", "value"], rows)
    runs = sorted(novelty.fingerprints(tunes))
    path = out / "quotations.txt"
    path.write_text("".join(f"{run:08x}\n" for run in runs), encoding="utf-8")
    print(f"{path.name}: {len(runs)} runs of {novelty.LIMIT} notes, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
