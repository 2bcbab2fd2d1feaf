"""Excel workbooks: bytes in, numbered rows of cells out, of the first sheet that has the columns `ko` and `en`.

The file comes from others. An archive that would unpack to more than 100 MB is refused, so is one with a document type in a part
(ECMA-376 part 2 forbids them, and entities hide there); links to other files are not kept, macros and formulas never run. A formula
where a term should be is an error.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any
from xml.parsers import expat

from ..errors import ResourceError
from .glossary_rows import COLUMNS

_UNPACKED = 100_000_000  # bytes; a row of koproc's is about 1,000 of them
_WIDEST, _LONGEST = 100, 1 << 20  # columns and rows that are looked at; Excel has no more rows
_CODE = re.compile("_x([0-9A-Fa-f]{4})_")


def read_workbook(path: Path, content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The header and each row below it that is not empty.

    Raises:
        ResourceError: `path:row:` and what is wrong with a cell, or `path:` and why it is not read at all.
    """
    from openpyxl import load_workbook

    try:
        _check_archive(path, content)
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheets = [(sheet.title, _rows(sheet)) for sheet in book.worksheets]
    except ResourceError:
        raise
    except Exception as err:  # openpyxl takes the parts of a broken file for what they should be; anything may come of it
        raise ResourceError(f"{path}: not an Excel workbook that can be read ({err}); save it again as .xlsx") from err
    for title, rows in sheets:
        header = next(iter(rows.values()), [])
        names = ["" if cell.value is None else _CODE.sub(_character, str(cell.value)).strip().lower() for cell in header]
        if {"ko", "en"} <= set(names):
            return _table(path, title, rows, names)
    titles = ", ".join(title for title, _ in sheets)
    raise ResourceError(f"{path}:1: no sheet has the columns ko and en in its first row (sheets: {titles}); name them there")


def _rows(sheet: Any) -> dict[int, list[Any]]:
    """Cells by the number of their row, without rows that are empty."""
    sheet.reset_dimensions()  # what the file says of its size may be wrong
    rows: dict[int, list[Any]] = {}
    before = None
    for number, cells in enumerate(islice(sheet.iter_rows(max_col=_WIDEST), _LONGEST), 1):
        if cells is not before and any(cell.value is not None for cell in cells):  # in a gap, openpyxl gives one row again and again
            rows[number] = list(cells)
        before = cells
    return rows


def _table(path: Path, title: str, rows: dict[int, list[Any]], names: list[str]) -> Iterator[tuple[int, list[str]]]:
    while not names[-1]:
        names.pop()
    for position, (number, cells) in enumerate(rows.items()):
        if position == 0:
            yield number, names
        else:
            texts = [_text(path, title, cell) if name in COLUMNS else "" for name, cell in zip(names, cells, strict=False)]
            if any(texts):
                yield number, texts


def _text(path: Path, title: str, cell: Any) -> str:
    """What a cell says, as text; a formula and a date say nothing that is known to be meant."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type in ("f", "d"):
        what = "a formula" if cell.data_type == "f" else "a date"
        raise ResourceError(f"{path}:{cell.row}: cell {cell.coordinate} of sheet {title} holds {what}; put its text there")
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return _CODE.sub(_character, str(value))


def _character(code: re.Match[str]) -> str:
    """The character that SpreadsheetML writes as _xHHHH_; half of a pair stays as it is."""
    number = int(code[1], 16)
    return code[0] if 0xD800 <= number < 0xE000 else chr(number)


class _Known(Exception):  # noqa: N818 - not an error: the parser has seen enough
    """Raised in the parser at the first thing that matters; holds whether that is a document type."""


def _check_archive(path: Path, content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = sum(part.file_size for part in archive.infolist())
        if size > _UNPACKED:
            raise ResourceError(f"{path}: would unpack to {size:,} bytes, more than {_UNPACKED:,}; split it")
        for name in archive.namelist():
            with archive.open(name) as part:
                if _has_document_type(part):
                    raise ResourceError(f"{path}: {name} declares a document type, which a workbook must not have; save it again as .xlsx")


def _has_document_type(part: IO[bytes]) -> bool:
    def stop(*found: object) -> None:
        raise _Known(len(found) > 2)  # a document type comes with four arguments, an element with two

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = stop
    parser.StartElementHandler = stop
    try:
        parser.ParseFile(part)
    except _Known as known:
        return bool(known.args[0])
    except expat.ExpatError:
        return False  # a picture, or broken: openpyxl will see
    return False
