"""How words are set: where syllables fall and how long they last, from the hymns' aligned verses."""

import re
from collections import Counter
from fractions import Fraction
from pathlib import Path

from melodies import PITCHED, TOKEN, abc_length

FUNCTION_WORDS = Path(__file__).parents[2] / "data" / "speech" / "function_words.tsv"
# Two-syllable words that begin so mostly carry their stress behind.
LIGHT_BEGINNINGS = ("a", "be", "re", "de", "for", "un", "to", "up", "with", "en", "ex", "pro", "in", "con", "com", "per",
                    "pre", "sur")


def words_of(line: str) -> list[tuple[str, str]]:
    """(syllable, place in its word) or ("", "*") for a note without a new syllable."""
    out, word = [], []
    line = re.sub(r"\d+\.~?", "", line)
    for token in line.replace("~", " ").replace("--", "- ").split():
        if token in "*_":
            out.append(("", "*"))
            continue
        joins = token.endswith("-")
        word.append(len(out))
        out.append((token.rstrip("-"), ""))
        if not joins:
            close(out, word)
            word = []
    close(out, word)
    return out


def close(out: list[tuple[str, str]], word: list[int]) -> None:
    """Names the class of each syllable of a finished word."""
    text = re.sub(r"[^a-z']", "", "".join(out[i][0] for i in word).lower())
    if len(word) == 1:
        out[word[0]] = (out[word[0]][0], "function" if text in FUNCTIONS else "strong")
    elif len(word) == 2:
        behind = text.startswith(LIGHT_BEGINNINGS)
        out[word[0]] = (out[word[0]][0], "light" if behind else "strong")
        out[word[1]] = (out[word[1]][0], "strong" if behind else "light")
    else:   # longer words: not told apart
        for i in word:
            out[i] = (out[i][0], "other")


FUNCTIONS = {word for line in FUNCTION_WORDS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")
             for word in line.split()}


def notes_of(music: str, unit: Fraction, at: Fraction):
    """(start, length, tied to the one before) of each note that takes a place in the words; and where the line ends."""
    notes, triplet, tied = [], 0, False
    first_bar = None
    for token in TOKEN.findall(music):
        if token[0] in "!{\"" or (token[0] == "[" and len(token) > 2 and token[2] == ":"):
            continue
        if token == "(3":
            triplet = 3
        elif token == "-":
            tied = True
        elif token[0] in "|:":
            if first_bar is None:
                first_bar = at
        else:
            if token[0] == "[":
                inner = PITCHED.findall(token)
                if not inner:
                    continue
                token = "".join(inner[0])
            match = PITCHED.fullmatch(token)
            if not match:
                continue
            length = abc_length(match.group(4).replace("//", "/2/2")) * unit
            if triplet:
                length, triplet = length * 2 / 3, triplet - 1
            if match.group(2) not in "zx":
                notes.append((at, length, tied))
                tied = False
            at += length
    return notes, at, first_bar


def read(path: Path):
    """Sung syllables: (class, start, length, notes), with the tune's metre and pickup; or None."""
    text = path.read_text(encoding="utf-8", errors="replace")
    if not re.search(r"^C:\s*copyright:\s*public domain", text, re.IGNORECASE | re.MULTILINE) or "[M:" in text:
        return None
    metre, unit, at, pickup, lines, syllables = None, Fraction(1, 8), Fraction(0), None, [], []
    for line in text.splitlines():
        line = line.split("%")[0].strip()
        if line.startswith("M:") and metre is None:
            metre = line[2:].strip().replace("C|", "2/2").replace("C", "4/4")
        elif line.startswith("L:"):
            unit = Fraction(line[2:].strip())
        elif re.match(r"\[V:\s*S1V1\s*\]", line):
            notes, after, bar = notes_of(line.split("]", 1)[1], unit, at)
            if pickup is None and bar is not None:
                pickup = bar
            lines, at = notes, after
        elif line.startswith("w:") and lines:
            places = iter(lines)
            for syllable, kind in words_of(line[2:]):
                note = next(places, None)
                if note is None:
                    break
                if kind == "*":
                    if syllables and not note[2]:
                        syllables[-1][3] += 1
                    if syllables:
                        syllables[-1][2] += note[1]
                else:
                    syllables.append([kind, note[0], note[1], 1])
    if not metre or not re.match(r"\d+/\d+$", metre) or not syllables:
        return None
    return metre, pickup or Fraction(0), syllables


def strength(metre: str, place: Fraction) -> int:
    """As music::Metre::strength."""
    bar = Fraction(metre)
    place %= bar
    if place == 0:
        return 3
    top, bottom = (int(part) for part in metre.split("/"))
    if top % 2 == 0 and place * 2 == bar:
        return 2
    beat = Fraction(3, 8) if bottom == 8 and top % 3 == 0 else Fraction(1, bottom)
    return 1 if place % beat == 0 else 0


def count(paths) -> tuple[Counter, int]:
    """Rows (what, class, value): strength of its place, its length against the usual one of the tune, its notes."""
    rows, songs = Counter(), 0
    for path in paths:
        found = read(path)
        if not found:
            continue
        songs += 1
        metre, pickup, syllables = found
        if pickup >= Fraction(metre):
            pickup = Fraction(0)
        lengths = sorted(length for _, _, length, _ in syllables)
        usual = lengths[len(lengths) // 2]
        for kind, start, length, notes in syllables:
            if kind == "other":
                continue
            rows[("strength", kind, strength(metre, start - pickup))] += 1
            ratio = length / usual
            step = "half" if ratio < Fraction(3, 4) else "usual" if ratio < Fraction(5, 4) else \
                "longer" if ratio < 2 else "double" if ratio < 3 else "held"
            rows[("length", kind, step)] += 1
            rows[("notes", kind, min(notes, 3))] += 1
    return rows, songs
