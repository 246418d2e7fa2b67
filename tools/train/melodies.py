"""Melodies as plain lists of notes, from ABC tunes (Open Hymnal) and MusicXML lead sheets (OpenEWLD)."""

import re
import xml.etree.ElementTree as ElementTree
import zipfile
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

LETTERS = "CDEFGAB"
SEMITONES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}


@dataclass
class Note:
    start: Fraction             # in whole notes from the first bar line
    length: Fraction
    degree: int                 # letter + 7 * octave: scale steps, whatever the accidental
    in_chord: bool | None = None


@dataclass
class Tune:
    name: str
    metre: str
    bar: Fraction
    pickup: Fraction = Fraction(0)
    notes: list[Note] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)     # indices of notes that begin a phrase


def abc_length(text: str) -> Fraction:
    if not text:
        return Fraction(1)
    if "/" not in text:
        return Fraction(int(text))
    top, *below = text.split("/")
    value = Fraction(int(top or 1))
    for part in below:
        value /= int(part or 2)
    return value


TOKEN = re.compile(r"\(3|\{[^}]*\}|!.*?!|\"[^\"]*\"|\[[A-Z]:[^\]]*\]|\[[^\]]*\]\d*(?:/\d*)*|\|\]|\|\||\|:|:\||\||"
                   r"[\^_=]*[A-Ga-gzx][,']*\d*(?:/+\d*)*|[<>]|-|\S")
PITCHED = re.compile(r"([\^_=]*)([A-Ga-gzx])([,']*)(\d*(?:/+\d*)*)")


def read_abc(path: Path) -> Tune | None:
    """The first voice of a tune whose copyright line says public domain."""
    text = path.read_text(encoding="utf-8", errors="replace")
    if not re.search(r"^C:\s*copyright:\s*public domain", text, re.IGNORECASE | re.MULTILINE):
        return None
    metre, unit, voices, line_voice = None, Fraction(1, 8), [], None
    music = ""
    for line in text.splitlines():
        line = line.split("%")[0].strip()
        if line.startswith("M:") and metre is None:
            metre = line[2:].strip().replace("C|", "2/2").replace("C", "4/4")
        elif line.startswith("L:"):
            unit = Fraction(line[2:].strip())
        elif line.startswith("V:"):
            voices.append(line[2:].split()[0])
            line_voice = voices[-1]
        elif re.match(r"\[V:", line) or (line and not re.match(r"^[A-Za-z]:", line)):
            found = re.match(r"\[V:\s*(\S+?)\s*\]", line)
            voice = found.group(1) if found else line_voice
            if voices and voice == voices[0]:
                music += line + " \n"
    if not metre or not re.match(r"\d+/\d+$", metre) or "[M:" in music:
        return None
    tune = Tune(path.stem, metre, Fraction(metre))
    at, triplet, tied, broken = Fraction(0), 0, False, None
    first_bar = None
    for token in TOKEN.findall(music):
        if token[0] in "!{\"" or (token[0] == "[" and len(token) > 2 and token[2] == ":"):
            if "fermata" in token and tune.notes:
                tune.breaks.append(len(tune.notes))
            continue
        if token == "(3":
            triplet = 3
        elif token == "-":
            tied = True
        elif token in "<>":
            broken = token
        elif token[0] in "|:":
            if first_bar is None and at > 0:
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
            letter, marks = match.group(2), match.group(3)
            if letter in "zx":
                tune.breaks.append(len(tune.notes))
            else:
                octave = (1 if letter.islower() else 0) + marks.count("'") - marks.count(",")
                degree = LETTERS.index(letter.upper()) + 7 * octave
                if tied and tune.notes and tune.notes[-1].degree == degree:
                    tune.notes[-1].length += length
                else:
                    tune.notes.append(Note(at, length, degree))
            tied = False
            at += length
    if first_bar is not None and first_bar < tune.bar:
        tune.pickup = first_bar
    return tune if len(tune.notes) > 15 else None


CHORD_KINDS = {"major": (0, 4, 7), "minor": (0, 3, 7), "dominant": (0, 4, 7, 10), "major-seventh": (0, 4, 7, 11),
               "minor-seventh": (0, 3, 7, 10), "diminished": (0, 3, 6), "half-diminished": (0, 3, 6, 10),
               "major-sixth": (0, 4, 7, 9), "minor-sixth": (0, 3, 7, 9), "suspended-fourth": (0, 5, 7)}


def read_lead_sheet(path: Path) -> Tune | None:
    """The melody and chords of a .mxl whose only author is Traditional."""
    with zipfile.ZipFile(path) as archive:
        name = next(n for n in archive.namelist() if n.endswith(".xml") and not n.startswith("META-INF"))
        root = ElementTree.fromstring(archive.read(name))
    creators = [c.text.strip(" ;") for c in root.iter("creator") if c.text and c.text.strip(" ;")]
    if any(creator.lower() != "traditional" for creator in creators):
        return None
    tune, at, divisions, chord = None, Fraction(0), 1, None
    for measure in root.find("part").iter("measure"):
        start = at
        for item in measure:
            if item.tag == "attributes":
                divisions = int(item.findtext("divisions", str(divisions)))
                beats, kind = item.findtext("time/beats"), item.findtext("time/beat-type")
                if beats and tune is None:
                    tune = Tune(path.stem, f"{beats}/{kind}", Fraction(int(beats), int(kind)))
                elif beats and tune.metre != f"{beats}/{kind}":
                    return tune if len(tune.notes) > 15 else None
            elif item.tag == "harmony":
                kind = CHORD_KINDS.get(item.findtext("kind", ""), None)
                step = item.findtext("root/root-step")
                if kind and step:
                    base = SEMITONES[step] + int(item.findtext("root/root-alter", "0"))
                    chord = {(base + interval) % 12 for interval in kind}
                else:
                    chord = None
            elif item.tag == "note" and tune is None:
                return None     # notes before a time signature: cannot be placed in bars
            elif item.tag == "note" and item.find("chord") is None and item.find("grace") is None:
                length = Fraction(int(item.findtext("duration", "0")), divisions * 4)
                if item.find("rest") is not None:
                    tune.breaks.append(len(tune.notes))
                else:
                    step, octave = item.findtext("pitch/step"), int(item.findtext("pitch/octave"))
                    degree = LETTERS.index(step) + 7 * octave
                    sounding = (SEMITONES[step] + int(item.findtext("pitch/alter", "0"))) % 12
                    if any(tie.get("type") == "stop" for tie in item.findall("tie")) and tune.notes:
                        tune.notes[-1].length += length
                    else:
                        tune.notes.append(Note(at, length, degree, None if chord is None else sounding in chord))
                at += length
        if tune and start == 0 and 0 < at < tune.bar:
            tune.pickup = at
    return tune if tune and len(tune.notes) > 15 else None
