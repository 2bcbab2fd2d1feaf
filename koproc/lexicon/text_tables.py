"""TSV and CSV files: bytes in, numbered rows of cells out, as koproc, spreadsheets and people write them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from ..cells import unguarded
from ..errors import ResourceError

_QUOTED = re.compile('"(?:[^"]|"")*"')  # as spreadsheets write a cell with a quotation mark in it, and koproc one that begins with it


def read_tsv(path: Path, content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Each line that is not empty.

    >>> list(read_tsv(Path("a.tsv"), "ko\\ten\\n\\n'=합\\tsum\\n".encode()))
    [(1, ['ko', 'en']), (3, ['=합', 'sum'])]
    """
    for number, line in enumerate(decoded(path, content).split("\n"), 1):
        if cells := line.rstrip("\r"):
            yield number, [_unquoted(cell) for cell in cells.split("\t")]


def read_csv(path: Path, content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not empty, and the line on which it begins; the separator is the one that the header has most of.

    Raises:
        ResourceError: `path:line:`, a quotation mark is not closed or not doubled.
    """
    text = decoded(path, content)
    first, _, rest = text.partition("\n")
    skipped = 0
    if first.strip().lower().startswith("sep="):  # Excel's own line for the separator
        text, skipped = rest, 1
    header = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=header.count), strict=True)
    begins = skipped + 1
    try:
        for row in rows:
            if any(cell.strip() for cell in row):
                yield begins, [unguarded(cell) for cell in row]
            begins = skipped + rows.line_num + 1
    except csv.Error as err:
        raise ResourceError(f"{path}:{begins}: not a CSV row ({err}); look for a quote that is not closed or not doubled") from err


def decoded(path: Path, content: bytes) -> str:
    """UTF-8, UTF-16 with its mark, or what Excel in Korea writes.

    Raises:
        ResourceError: none of them.
    """
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp949")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ResourceError(f"{path}: is neither UTF-8 nor UTF-16 nor CP949; save it as UTF-8")


def _unquoted(cell: str) -> str:
    return unguarded(cell[1:-1].replace('""', '"') if _QUOTED.fullmatch(cell) else cell)
