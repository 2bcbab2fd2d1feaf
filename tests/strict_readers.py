"""Readers of glossary formats written from their published rules alone: each gives what a file says, or raises `FormatError`.

They know nothing of how koproc writes; where a vendor publishes no rule, what koproc assumes is held to (its docstrings say so).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable

Pairs = list[tuple[str, str]]
_NEWLINES = "\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029"


class FormatError(ValueError):
    """A file that its reader would refuse or misread."""


def _require(holds: object, rule: str) -> None:
    if not holds:
        raise FormatError(rule)


def _text(content: bytes, *, mark: bool = False) -> str:
    text = content.decode("utf-8")  # strict
    _require(text.startswith("\ufeff") == mark, f"byte order mark: {mark}")
    return text.removeprefix("\ufeff")


def rfc4180(text: str, *, delimiter: str = ",", ending: str = "\r\n") -> list[list[str]]:
    """RFC 4180, section 2, with nothing that it does not allow; all rows are equally long and end in `ending`."""
    rows: list[list[str]] = [[]]
    at = 0
    while at < len(text):
        if text[at] == '"':
            cell, at = _quoted(text, at + 1)
        else:
            end = at
            while end < len(text) and text[end] not in (delimiter, '"', "\r", "\n"):
                end += 1
            _require(end == len(text) or text[end] != '"', "a quote inside a cell that is not quoted")
            cell, at = text[at:end], end
        rows[-1].append(cell)
        if text.startswith(ending, at):
            rows.append([])
            at += len(ending)
        else:
            _require(text.startswith(delimiter, at), f"neither delimiter nor end of line after {cell!r}")
            at += 1
            if at == len(text):
                rows[-1].append("")
    _require(rows.pop() == [], "the last line does not end")
    _require(len({len(row) for row in rows}) <= 1, "rows of different length")
    return rows


def _quoted(text: str, at: int) -> tuple[str, int]:
    parts = []
    while True:
        end = text.find('"', at)
        _require(end >= 0, "a quote is not closed")
        parts.append(text[at:end])
        if not text.startswith('""', end):
            return "".join(parts), end + 1
        parts.append('"')
        at = end + 2


def _tab_pairs(text: str) -> Pairs:
    _require(not text or text.endswith("\n"), "the last line does not end")
    pairs = []
    for line in text.split("\n")[:-1]:
        cells = line.split("\t")
        _require(len(cells) == 2, f"{len(cells)} columns in {line!r}")
        pairs.append((cells[0], cells[1]))
    return pairs


def _terms(pairs: Iterable[tuple[str, str]], *, longest: int | None = None) -> Pairs:
    """The rules that are the same for all: nothing empty, one line, nothing around a term, each source once."""
    seen = set()
    for pair in pairs:
        for term in pair:
            _require(term, "an empty term")
            _require(not any(unicodedata.category(c) == "Cc" or c in _NEWLINES for c in term), f"a control character in {term!r}")
            _require(term == term.strip(), f"white space around {term!r}")
            _require(longest is None or len(term.encode()) <= (longest or 0), f"{len(term.encode())} bytes: {term[:40]!r}")
        _require(pair[0] not in seen, f"{pair[0]!r} comes twice")
        seen.add(pair[0])
    return list(pairs)


def _csv_pairs(content: bytes, *, header: list[str] | None) -> Pairs:
    rows = rfc4180(_text(content), ending="\n")
    if header:
        _require(rows[:1] == [header], f"the header is not {header}")
        rows = rows[1:]
    _require(all(len(row) == 2 for row in rows), "not two columns")
    return [(row[0], row[1]) for row in rows]


def deepl(content: bytes) -> Pairs:
    """https://developers.deepl.com/docs/customize/managing-glossaries: 10 MiB, 1,024 bytes a term."""
    _require(len(content) <= 10_485_760, "larger than 10 MiB")
    return _terms(_tab_pairs(_text(content)), longest=1024)


def google(content: bytes) -> Pairs:
    """https://cloud.google.com/translate/docs/advanced/glossary: two columns, no header; 10 million code points."""
    text = _text(content)
    _require(len(text) <= 10_000_000, "more than 10 million code points")
    return _terms(_tab_pairs(text), longest=1024)


def google_equivalent(content: bytes) -> Pairs:
    """The same page: a header of language codes."""
    _require(len(content.decode()) <= 10_000_000, "more than 10 million code points")
    return _terms(_csv_pairs(content, header=["ko", "en"]), longest=1024)


def amazon(content: bytes) -> Pairs:
    """https://docs.aws.amazon.com/translate/latest/dg/what-is-limits.html: 10 MB, 200 bytes a term."""
    _require(len(content) <= 10_485_760, "larger than 10 MB")
    return _terms(_csv_pairs(content, header=["ko", "en"]), longest=200)


def azure(content: bytes) -> Pairs:
    """https://learn.microsoft.com/azure/ai-services/translator/document-translation/how-to-guides/create-use-glossaries."""
    _require(len(content) <= 10_000_000, "larger than 10 MB")
    return _terms(_csv_pairs(content, header=None))


def papago(content: bytes) -> Pairs:
    """https://api.ncloud-docs.com/docs/papago-updateglossaryfile."""
    return _terms(_csv_pairs(content, header=["ko", "en"]))


MACHINES: dict[str, Callable[[bytes], Pairs]] = {
    "deepl": deepl,
    "google": google,
    "google-equivalent": google_equivalent,
    "amazon": amazon,
    "azure": azure,
    "papago": papago,
}


def memoq(content: bytes) -> list[dict[str, list[str]]]:
    """https://docs.memoq.com/current/api-docs/wsapi/memoqservices/tbservice.importexport.csv.html: entries, cells by field."""
    header, *rows = rfc4180(_text(content, mark=True), delimiter=";")
    _require(header[:3] == ["Entry_Subject", "Entry_Note", "Korean_Def"], "fields of the entry, then of Korean, come first")
    terms = header[3:]
    korean = terms.count("Korean")
    _require(korean and terms == ["Korean"] * korean + ["English"] * (len(terms) - korean) and terms[-1] == "English", str(terms))
    entries = []
    for row in rows:
        entry: dict[str, list[str]] = {}
        for name, cell in zip(header, row, strict=True):
            _require(not any(unicodedata.category(c) == "Cc" for c in cell), f"a control character in {cell!r}")
            if cell:
                entry.setdefault(name, []).append(cell)
        _require(entry.get("Korean") and entry.get("English"), "an entry without a term of each language")
        entries.append(entry)
    return entries


def omegat(content: bytes) -> list[tuple[str, str, str]]:
    """OmegaT's GlossaryReaderTSV: UTF-8, lines, `#` skips one, source and target must be there; a third column is a comment."""
    text = content.decode("utf-8").removeprefix("\ufeff")
    _require(text.endswith("\n"), "the last line does not end")
    entries = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[:-1]:
        if line.startswith("#"):
            continue
        cells = line.split("\t")
        _require(len(cells) == 3 and cells[0] and cells[1].strip(), f"OmegaT would not show {line!r}")
        entries.append((cells[0], cells[1], cells[2]))
    return entries


def spreadsheet_cells(rows: list[list[str]]) -> list[list[str]]:
    """OWASP, "CSV Injection": no cell begins with what a spreadsheet takes for a formula, white space before it or not."""
    for cell in (cell for row in rows for cell in row):
        _require(not cell.lstrip().startswith(tuple("=+-@＝＋－＠")), f"a formula: {cell!r}")
    return rows
