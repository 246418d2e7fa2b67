"""Writing counts as small, sorted, tab-separated tables, so that training twice gives the same bytes."""

from collections import Counter
from pathlib import Path


def write_counts(path: Path, title: str, columns: list[str], counts: Counter, at_least: int = 1) -> None:
    rows = sorted((key, n) for key, n in counts.items() if n >= at_least)
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write(f"# {title}\n# Made by tools/train; do not edit. Columns: {' '.join(columns)} count\n")
        for key, n in rows:
            out.write("\t".join([*(str(part) for part in key), str(n)]) + "\n")
    print(f"{path.name}: {len(rows)} rows, {path.stat().st_size} bytes")
