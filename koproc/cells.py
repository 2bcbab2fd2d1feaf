r"""Text in the cell of a table, and back: cells that no spreadsheet runs as a formula, and lists in one cell.

Both ways are here because what writes tables (formats) and what reads them (lexicon) must agree to the character.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# OWASP, "CSV Injection"; the wide ones act as formulas in East Asian locales, and some readers skip white space before them.
_FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠]")
_PIECE = re.compile(r"\\[\\|]|\||[^\\|]+|\\")


def guarded(text: str) -> str:
    """Text with an apostrophe in front if a spreadsheet would take it for a formula; `unguarded` takes it away again.

    >>> guarded("=1+1"), guarded("'=1+1"), guarded("'tis")
    ("'=1+1", "''=1+1", "'tis")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """Text without the apostrophe that `guarded` put in front.

    >>> unguarded("'=1+1"), unguarded("''=1+1"), unguarded("'tis")
    ('=1+1', "'=1+1", "'tis")
    """
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def joined(items: Iterable[str]) -> str:
    r"""A list as one text, `|` between the items; a `|` or backslash inside them gets a backslash in front.

    >>> print(joined(["너울AI", "가|나"]))
    너울AI|가\|나
    """
    return "|".join(item.replace("\\", "\\\\").replace("|", "\\|") for item in items)


def split(text: str) -> tuple[str, ...]:
    r"""The items of a `joined` list, without empty ones. A backslash before any other character is itself, as people write it.

    >>> split(r"너울AI|가\|나|C:\칩")
    ('너울AI', '가|나', 'C:\\칩')
    """
    items = [""]
    for piece in _PIECE.findall(text):
        if piece == "|":
            items.append("")
        else:
            items[-1] += piece[1] if piece in ("\\\\", "\\|") else piece
    return tuple(item for item in items if item)
