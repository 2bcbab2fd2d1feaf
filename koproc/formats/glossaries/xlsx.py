"""koproc's own table as an Excel workbook for review: frozen header, filters, wrapped text, a list to choose the status from.

ECMA-376, SpreadsheetML. Text is text, whatever it looks like: a cell that begins with `=` has the type of a string and `quotePrefix`,
which Excel shows as an apostrophe that is no part of the value. Not everything can be in a cell: characters that XML 1.0 forbids are
taken out, and 32,767 UTF-16 units are the most (https://support.microsoft.com/office/excel-specifications-and-limits). `_xHHHH_` is
how SpreadsheetML writes a character by its code, so a text that has this itself gets its underscore written so. `read_glossary` gives
back the same rows. The same rows make the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any, BinaryIO

from ...document import GlossaryRow
from .changes import Change
from .columns import COLUMNS, cells

_WIDTHS = {"ko": 26, "en": 30, "status": 14, "sentence": 60, "variants": 30, "definition": 40, "note": 40, "sentences": 60}
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_LIMIT = 32_767
_FORMULA = tuple("=+-@'")
_EPOCH = datetime(2000, 1, 1)


def write(rows: Sequence[GlossaryRow], stream: BinaryIO) -> list[Change]:
    """Write the workbook, one sheet named `glossary`.

    >>> stream = io.BytesIO()
    >>> write([GlossaryRow("네이버", "NAVER", "ORG")], stream), stream.getvalue()[:2]
    ([], b'PK')
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    changes: list[Change] = []
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "glossary"
    wrapped = Alignment(wrap_text=True, vertical="top")
    sheet.append(COLUMNS)
    for number, row in enumerate(rows, 2):
        reasons: set[str] = set()
        for column, (name, value) in enumerate(zip(COLUMNS, cells(row), strict=True), 1):
            cell = sheet.cell(number, column)
            cell.alignment = wrapped
            if name == "certainty":
                cell.value, cell.number_format = row.certainty, "0.00"
            elif isinstance(value, str):
                _set_text(cell, value, reasons)
            else:
                cell.value = value
        changes.extend(Change(row.ko, row.en, "changed", reason) for reason in sorted(reasons))
    for column, name in enumerate(COLUMNS, 1):
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS.get(name, 11)
    status = get_column_letter(COLUMNS.index("status") + 1)
    choice = DataValidation(type="list", formula1='"needs review,approved,rejected"', allow_blank=True, showErrorMessage=True)
    choice.add(f"{status}2:{status}{max(len(rows) + 1, 2)}")
    sheet.add_data_validation(choice)
    sheet.freeze_panes = "C2"  # Korean and English stay in sight too
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{len(rows) + 1}"
    book.properties.creator = "koproc"
    book.properties.created = _EPOCH
    packed = io.BytesIO()
    book.save(packed)
    _repack(packed, stream)
    return changes


def _set_text(cell: Any, text: str, reasons: set[str]) -> None:
    legal = _ILLEGAL.sub("", text)
    if legal != text:
        reasons.add("characters that XML cannot hold are taken out")
    coded = _CODE.sub("_x005F_", legal).replace("\r", "_x000D_")  # XML would make a line feed of a carriage return
    short = coded.encode("utf-16-le")[: 2 * _LIMIT].decode("utf-16-le", "ignore")
    if short != coded:
        reasons.add(f"a cell holds {_LIMIT:,} characters")
    if short:
        cell.value = short
        cell.data_type = "s"
        cell.quotePrefix = short.startswith(_FORMULA)


def _repack(packed: BinaryIO, stream: BinaryIO) -> None:
    """The same archive without the time at which it was made."""
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + _EPOCH.isoformat().encode() + b"Z", content)
            new.writestr(zipfile.ZipInfo(name, _EPOCH.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
