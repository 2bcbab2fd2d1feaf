"""A glossary in the formats of translators' tools: one file a format, each `write(rows, stream) -> list[Change]`.

In: rows of a glossary, and a stream of bytes. Out: the file exactly as its reader demands, and what could not go into it as it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import BinaryIO

from ...document import GlossaryRow
from .changes import Change


@dataclass(frozen=True, slots=True)
class GlossaryFormat:
    """What it is for, in a line; the module here that writes it; whether its bytes are no text."""

    about: str
    module: str
    binary: bool = False


FORMATS = {
    "tsv": GlossaryFormat("koproc's own columns, read back by --lexicon", "tsv"),
    "csv": GlossaryFormat("the same for spreadsheets, with line breaks", "csv_table"),
    "xlsx": GlossaryFormat("the same as an Excel workbook for review", "xlsx", binary=True),
    "json": GlossaryFormat("an array of objects", "json_array"),
    "tbx": GlossaryFormat("TBX-Basic of ISO 30042:2019, read back by --lexicon", "tbx3"),
    "tbx2": GlossaryFormat("TBX-Basic of 2008 for OmegaT and Weblate, read back by --lexicon", "tbx2"),
    "tmx": GlossaryFormat("a translation memory", "tmx"),
    "po": GlossaryFormat("gettext", "po"),
    "md": GlossaryFormat("a Markdown table", "markdown"),
    "html": GlossaryFormat("a page for people", "web_page"),
    "omegat": GlossaryFormat("OmegaT (name it .txt), read back by --lexicon", "omegat"),
    "memoq": GlossaryFormat("memoQ term base, CSV", "memoq"),
    "deepl": GlossaryFormat("DeepL, TSV", "deepl"),
    "google": GlossaryFormat("Google Cloud Translation, unidirectional TSV", "google"),
    "google-equivalent": GlossaryFormat("Google Cloud Translation, CSV of equivalent terms", "google_equivalent"),
    "amazon": GlossaryFormat("Amazon Translate, CSV", "amazon"),
    "azure": GlossaryFormat("Azure Document Translation, CSV", "azure"),
    "papago": GlossaryFormat("Papago, CSV", "papago"),
}


def write_glossary(rows: Sequence[GlossaryRow], stream: BinaryIO, form: str) -> list[Change]:
    """Write rows in a format of `FORMATS`; what was left out or changed comes back, in the order of the rows.

    >>> import io
    >>> stream = io.BytesIO()
    >>> write_glossary([GlossaryRow("네이버", "NAVER", "ORG")], stream, "json"), len(stream.getvalue()) > 100
    ([], True)
    """
    module = import_module(f".{FORMATS[form].module}", __name__)
    changes: list[Change] = module.write(rows, stream)
    return changes


__all__ = ["FORMATS", "Change", "GlossaryFormat", "write_glossary"]
