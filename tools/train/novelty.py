"""Runs of twelve notes of the training tunes, as hashes, so that no song of ours quotes one."""

from fractions import Fraction

LIMIT = 12


def fingerprint(run: list[tuple[int, Fraction]]) -> int:
    """FNV-1a, the lower 32 bits; compose/quotation.cc computes the same."""
    value = 1469598103934665603
    for step, ratio in run:
        for part in (step, ratio.numerator, ratio.denominator):
            value = ((value ^ (part & 0xFF)) * 1099511628211) & 0xFFFFFFFFFFFFFFFF
    return value & 0xFFFFFFFF


def fingerprints(tunes) -> set[int]:
    """Of scale steps to the next note and the time until it, as a multiple of the note's own length."""
    known = set()
    for tune in tunes:
        notes = tune.notes
        row = [(b.degree - a.degree, Fraction(b.start - a.start) / a.length) for a, b in zip(notes, notes[1:])]
        for i in range(len(row) - LIMIT + 2):
            known.add(fingerprint(row[i:i + LIMIT - 1]))
    return known
