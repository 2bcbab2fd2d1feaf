r"""Inline markup ↔ labelled text: `[화웨이|ORG]는 [어센드 910C|PRODUCT]를 공개했다.`, a sentence a line; `\[`, `\]`, `\\` stand for themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..document import Article, Block
from ..errors import InputError

_PIECE = re.compile(
    r"\\(?P<escaped>.)|\[(?P<surface>(?:[^\[\]|\\]|\\.)+)\|(?P<label>[A-Z][A-Z0-9_]*)\]|(?P<plain>[^\[\]\\]+)|(?P<stray>.)", re.S
)
_ESCAPED = re.compile(r"\\(.)", re.S)
_SPECIAL = re.compile(r"[\[\]\\|]")
_LINE_BREAK = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text with its labelled spans (start, end, label), in order; `source` and `line` say where it stands."""

    text: str
    spans: tuple[tuple[int, int, str], ...]
    source: str = "-"
    line: int | None = None

    def article(self) -> Article:
        """The text as an article of one body block, so that no line of it is taken for a headline."""
        return Article(id=f"{self.source}:{self.line or 0}", text=self.text, blocks=(Block(0, len(self.text), "body"),))


def parse_markup(line: str, *, source: str = "-", number: int | None = None) -> LabelledText:
    """The text and spans of one marked line.

    Raises:
        InputError: a bracket is open, closed twice or without a label.

    >>> parse_markup("[화웨이|ORG]는").spans
    ((0, 3, 'ORG'),)
    """
    text, spans = "", []
    for piece in _PIECE.finditer(line):
        if piece["stray"]:
            where = line[max(0, piece.start() - 10) : piece.end() + 10]
            raise InputError(
                source, f"{piece[0]!r} in {where!r} belongs to no [surface|LABEL]; write \\{piece[0]} for the character", line=number
            )
        if piece["label"]:
            surface = _ESCAPED.sub(r"\1", piece["surface"])
            spans.append((len(text), len(text) + len(surface), piece["label"]))
            text += surface
        else:
            text += piece["escaped"] or piece["plain"]
    return LabelledText(text, tuple(spans), source, number)


def read_markup(path: Path) -> Iterator[LabelledText]:
    """The labelled lines of a file; blank lines and lines that begin with `# ` are skipped.

    Raises:
        InputError: the file is not UTF-8, or a line cannot be parsed (the message names it).
    """
    for number, line in enumerate(read_lines(path), 1):
        line = line.rstrip("\r")
        if line.strip() and not line.startswith("# "):
            yield parse_markup(line, source=str(path), number=number)


def read_lines(path: Path) -> list[str]:
    """The lines of a UTF-8 file, a byte order mark and nothing else left out.

    Raises:
        InputError: it cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as err:
        raise InputError(str(path), f"cannot be read as UTF-8 text ({err})") from err


def to_markup(labelled: LabelledText) -> str:
    r"""One line of markup; line breaks become spaces.

    >>> to_markup(LabelledText("[속보] 화웨이", ((5, 8, "ORG"),)))
    '\\[속보\\] [화웨이|ORG]'
    """
    parts, position = [], 0
    for start, end, label in labelled.spans:
        parts += [_escape(labelled.text[position:start]), f"[{_escape(labelled.text[start:end])}|{label}]"]
        position = end
    line = _LINE_BREAK.sub(" ", "".join(parts) + _escape(labelled.text[position:]))
    return f"\\{line}" if line.startswith("# ") else line  # else it would be read as a comment


def _escape(text: str) -> str:
    return _SPECIAL.sub(lambda match: f"\\{match[0]}", text)
