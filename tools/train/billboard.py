"""Form and harmony from the McGill Billboard annotations (CC0): sections, their lengths, and chord changes."""

import re
from collections import Counter
from pathlib import Path

NOTES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
SECTIONS = {
    "intro": "intro", "verse": "verse", "chorus": "chorus", "refrain": "chorus", "bridge": "bridge",
    "middle eight": "bridge", "pre-chorus": "pre-chorus", "prechorus": "pre-chorus", "solo": "solo",
    "instrumental": "solo", "interlude": "interlude", "transition": "interlude", "outro": "outro",
    "coda": "outro", "fadeout": "outro", "pre-verse": "interlude", "main theme": "theme", "theme": "theme",
}


def pitch_class(name: str) -> int:
    value = NOTES[name[0]]
    return (value + name.count("#") - name[1:].count("b")) % 12


def chord_code(symbol: str, tonic: int) -> str | None:
    """Root above the tonic, 'm' for a minor or diminished third: "9m". None for no chord."""
    match = re.match(r"([A-G][#b]*):?([^/]*)", symbol)
    if not match or symbol.startswith("N"):
        return None
    quality = match.group(2)
    minor = quality.startswith(("min", "dim", "hdim")) or re.match(r"m(?!aj)", quality)
    return f"{(pitch_class(match.group(1)) - tonic) % 12}{'m' if minor else ''}"


def read_song(path: Path) -> list[tuple[str, list[str]]]:
    """Sections in order, each a list of bars given by their first chord."""
    sections: list[tuple[str, list[str]]] = []
    tonic, last = 0, None
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# tonic:"):
            tonic = pitch_class(line.split(":")[1].strip())
            continue
        if line.startswith("#") or "\t" not in line:
            continue
        text = line.split("\t", 1)[1]
        head = text.split("|", 1)[0]
        for word in (part.strip() for part in head.split(",")):
            if word in SECTIONS:
                sections.append((SECTIONS[word], []))
        if "|" not in text:
            continue
        if not sections:
            sections.append(("intro", []))
        body = text.split("|", 1)[1].rsplit("|", 1)[0]
        times = 1
        repeat = re.search(r"\|\s*x(\d+)", text)
        if repeat:
            times = int(repeat.group(1))
        bars = []
        for bar in body.split("|"):
            symbols = [word for word in bar.split() if not word.startswith("(")]
            code = last
            for symbol in symbols:
                if symbol in (".", "*", "&pause"):
                    continue
                code = chord_code(symbol, tonic)
                break
            last = code
            bars.append(code or "-")
        sections[-1][1].extend(bars * times)
    return [(name, bars) for name, bars in sections if bars]


def is_minor(sections) -> bool:
    major = sum(bars.count("0") for _, bars in sections)
    minor = sum(bars.count("0m") for _, bars in sections)
    return minor > major


def train(folder: Path):
    changes, order, lengths, rhythm = Counter(), Counter(), Counter(), Counter()
    songs = 0
    for path in sorted(folder.rglob("salami_chords.txt")):
        sections = read_song(path)
        if not sections:
            continue
        songs += 1
        mode = "minor" if is_minor(sections) else "major"
        previous = "^"
        for name, bars in sections:
            order[(previous, name)] += 1
            lengths["fours" if len(bars) % 4 == 0 else "other"] += 1
            previous = name
            group = name if name in ("verse", "chorus", "bridge", "pre-chorus") else "other"
            before = "^"
            for index, code in enumerate(bars):
                if code == "-":
                    before = "^"
                    continue
                changes[(mode, group, index % 4, before, code)] += 1
                rhythm["held" if before == code else "changed"] += 1
                before = code
            if before != "^":
                changes[(mode, group, 0, before, "$")] += 1
        order[(previous, "$")] += 1
    print(f"billboard: {songs} songs, chords change at {rhythm['changed'] / max(1, sum(rhythm.values())):.0%} of bar lines, "
          f"{lengths['fours'] / sum(lengths.values()):.0%} of sections are whole fours")
    return changes, order
