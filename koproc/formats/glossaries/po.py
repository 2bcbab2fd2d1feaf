r"""A gettext PO file, an entry for each pair of a Korean form and its English:

    #. definition or note
    #, fuzzy
    msgctxt "ORG"
    msgid "너울"
    msgstr "Neoul"

An entry that needs review is fuzzy, so that msgfmt leaves it out until somebody has looked. Where a Korean form has several English
ones, those after the first get their kind as a context, since msgctxt and msgid together must be there once. Strings are not wrapped:
the format (GNU gettext manual, The Format of PO Files) leaves it free, and a term base is searched by line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, count
from typing import BinaryIO

from ...document import GlossaryRow
from .changes import Change
from .pairs import loadable

_HEADER = (
    "Project-Id-Version: koproc",
    "PO-Revision-Date: ",
    "Last-Translator: ",
    "Language-Team: ",
    "Language: en",
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=UTF-8",
    "Content-Transfer-Encoding: 8bit",
    "X-Source-Language: ko",
)


def write(rows: Sequence[GlossaryRow], stream: BinaryIO) -> list[Change]:
    r"""Write the glossary; the same rows give the same bytes, so the date of revision stays empty.

    >>> import io
    >>> stream = io.BytesIO()
    >>> changes = write([GlossaryRow("너울", "Neoul", "ORG")], stream)
    >>> print(stream.getvalue().decode().split("\n\n")[1], end="")
    msgid "너울"
    msgstr "Neoul"
    """
    pairs, changes = loadable(rows)
    entries = ["\n".join(('msgid ""', 'msgstr ""', *(f'"{line}\\n"' for line in _HEADER)))]
    taken: set[tuple[str | None, str]] = set()
    for ko, en, row in pairs:
        context = next(context for context in _contexts(row.kind) if (context, ko) not in taken)
        taken.add((context, ko))
        entries.append("\n".join(_lines(ko, en, row, context)))
    stream.write(("\n\n".join(entries) + "\n").encode())
    return changes


def _contexts(kind: str) -> Iterator[str | None]:
    return chain((None, kind), (f"{kind} {number}" for number in count(2)))


def _lines(ko: str, en: str, row: GlossaryRow, context: str | None) -> Iterator[str]:
    for text in (row.definition, row.note):
        if text:  # gettext joins the next line to one that ends in a backslash, also to a comment
            yield f"#. {text} " if text.endswith("\\") else f"#. {text}"
    if row.status == "needs review":
        yield "#, fuzzy"
    if context is not None:
        yield f"msgctxt {_quoted(context)}"
    yield f"msgid {_quoted(ko)}"
    yield f"msgstr {_quoted(en)}"


def _quoted(text: str) -> str:
    """A string of C; what is made plain holds no control characters that would want an escape."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
