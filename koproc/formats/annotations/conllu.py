r"""CoNLL-U (https://universaldependencies.org/format.html), written for corpora and parsers. Offsets in MISC count code points.

    # text = 한빛은 칩을 냈다.
    1-2	한빛은	_	_	_	_	_	_	_	Start=0|End=3
    1	한빛	한빛	PROPN	NNP	_	_	_	_	Start=0|End=2|Entity=(1-ORG)|EntitySpan=0:2|EntityEn=Hanbit
    2	은	은	ADP	JX	_	_	_	_	Start=2|End=3

An eojeol of several morphemes is a range, its morphemes are the words: Kiwi's form and lemma, its Sejong tag in XPOS. `Entity` is as in
CorefUD: a number for each thing that is named, and its label, opened on the first morpheme and closed on the last; `EntitySpan` says where
the name itself lies. White space other than one space is in `SpacesBefore` and `SpacesAfter`. There is no syntax: HEAD and DEPREL are
empty. Quantities, times and claims are not written. Documents without morphemes (JSON without `--tokens`) have eojeols alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from ...document import Document, Mention, Token
from ..spans import Passage, paragraphs
from .files import SURROGATES, held
from .standoff import Warn

_EOJEOL = re.compile(r"\S+")
_BREAK = re.compile("[\t\n\r\v\f\x1c-\x1f\x85\u2028\u2029]")
# Escapes of white space and of `|`: https://universaldependencies.org/misc.html#spacesafter
_ESCAPES = {
    **dict.fromkeys("\v\f\x1c\x1d\x1e\x85\u2028\u2029", "\\n"),  # has none for these, at which some readers break lines
    "\\": "\\\\",
    " ": "\\s",
    "\t": "\\t",
    "\n": "\\n",
    "\r": "\\r",
    "|": "\\p",
}
_UNSAFE = re.compile(r"[^\w.+%]+")
_UPOS = {
    **dict.fromkeys(("NNG", "NNB", "XR", "SH"), "NOUN"),
    **dict.fromkeys(("NR", "SN"), "NUM"),
    **dict.fromkeys(("VA", "VCN"), "ADJ"),
    **dict.fromkeys(("VX", "VCP"), "AUX"),
    **dict.fromkeys(("MAJ", "JC"), "CCONJ"),
    **dict.fromkeys(("JKS", "JKC", "JKG", "JKO", "JKB", "JKV", "JKQ", "JX"), "ADP"),
    **dict.fromkeys(("EP", "EF", "EC", "ETN", "ETM", "XPN", "XSN", "XSV", "XSA", "XSM"), "PART"),
    **dict.fromkeys(("SF", "SP", "SS", "SSO", "SSC", "SE", "SO", "SB"), "PUNCT"),
    "NNP": "PROPN",
    "NP": "PRON",
    "VV": "VERB",
    "MM": "DET",
    "MAG": "ADV",
    "IC": "INTJ",
    "SW": "SYM",
}


@dataclass(slots=True)
class _Row:
    """A word or a range of words, and what MISC says of it; `inside` a range, a word is not itself a piece of the text."""

    id: str
    form: str
    lemma: str
    tag: str
    start: int
    end: int
    inside: bool = False
    misc: list[str] = field(default_factory=list)

    def line(self) -> str:
        upos = _UPOS.get(self.tag.partition("-")[0], "X") if self.tag else "_"
        misc = "|".join([f"Start={self.start}", f"End={self.end}", *self.misc])
        return "\t".join([self.id, _field(self.form), _field(self.lemma), upos, self.tag or "_", *"____", misc])


def _field(text: str) -> str:
    return _BREAK.sub(" ", text) or "_"


def _escaped(text: str) -> str:
    return "".join(_ESCAPES.get(character, character) for character in text)


def write(documents: Iterable[Document], stream: BinaryIO, *, warn: Warn) -> None:
    """Write each document as soon as it comes.

    >>> import io
    >>> write([Document(id="a", text="칩")], stream := io.BytesIO(), warn=print)
    >>> stream.getvalue().decode().split("\\n")[3:5]
    ['# sent_id = a-1', '# text = 칩']
    """
    for document in documents:
        text, _ = held(document.text, SURROGATES, document.id, warn)
        lines = SURROGATES.sub("\N{REPLACEMENT CHARACTER}", "".join(f"{line}\n" for line in _lines(document, text)))
        stream.write(lines.encode())


def _lines(document: Document, text: str) -> Iterator[str]:
    id = _field(document.id)
    things: dict[tuple[str, str], int] = {}
    tokens = sorted(document.tokens, key=lambda token: token.start)
    head = [f"# newdoc id = {id}", "# global.Entity = eid-etype"]
    mentions = sorted(document.mentions, key=lambda mention: mention.start)
    number = at = named = written = 0
    for paragraph in paragraphs(document):
        head.append("# newpar")
        for passage in paragraph:
            number += 1
            yield from head
            head = []
            yield f"# sent_id = {id}-{number}"
            yield f"# text = {_BREAK.sub(' ', text[passage.start : passage.end])}"
            rows, at = _rows(text, passage, tokens, at)
            _mark_spaces(rows, text, written)
            words = [row for row in rows if "-" not in row.id]
            while named < len(mentions) and mentions[named].start < passage.end:
                mention = mentions[named]
                _mark_name(words, mention, things.setdefault((mention.label, mention.entity), len(things) + 1))
                named += 1
            written = rows[-1].end if rows else written
            yield from (row.line() for row in rows)
            yield ""


def _rows(text: str, passage: Passage, tokens: list[Token], at: int) -> tuple[list[_Row], int]:
    """The rows of a passage, and the first morpheme after it."""
    rows: list[_Row] = []
    word = 0
    for eojeol in _EOJEOL.finditer(text, passage.start, passage.end):
        start, end = eojeol.span()
        while at < len(tokens) and tokens[at].start < start:  # of white space, or the rest of one with a space inside
            at += 1
        first = at
        while at < len(tokens) and (tokens[at].start < end or tokens[at].start == tokens[at].end == end):
            at += 1
        inside = tokens[first:at]
        if len(inside) > 1:
            rows.append(_Row(f"{word + 1}-{word + len(inside)}", eojeol[0], "", "", start, end))
            rows += [_Row(str(word + n), t.form, t.lemma, t.tag, t.start, t.end, True) for n, t in enumerate(inside, 1)]
        else:
            lemma, tag = (inside[0].lemma, inside[0].tag) if inside else ("", "")
            rows.append(_Row(str(word + 1), eojeol[0], lemma, tag, start, end))
        word += len(inside) or 1
    return rows, at


def _mark_spaces(rows: list[_Row], text: str, written: int) -> None:
    """Say what follows each eojeol, unless it is one space; `written` is where the passage before ended."""
    surfaces = [row for row in rows if not row.inside]
    if surfaces and written == 0 and text[: surfaces[0].start]:
        surfaces[0].misc.append(f"SpacesBefore={_escaped(text[: surfaces[0].start])}")
    for row in surfaces:
        gap = re.compile(r"\s*").match(text, row.end)
        space = gap[0] if gap else ""
        if not space and row.end < len(text):
            row.misc.append("SpaceAfter=No")
        elif space not in (" ", ""):
            row.misc.append(f"SpacesAfter={_escaped(space)}")


def _mark_name(words: list[_Row], mention: Mention, thing: int) -> None:
    """Open a name on the first word that touches it, close it on the last."""
    touched = [word for word in words if word.start < mention.end and mention.start < word.end]
    if not touched:
        return
    opening = f"({thing}-{_UNSAFE.sub('_', mention.label)}"
    if len(touched) == 1:
        _add(touched[0], "Entity", f"{opening})", "")
    else:
        _add(touched[0], "Entity", opening, "")
        _add(touched[-1], "Entity", f"{thing})", "")
    _add(touched[0], "EntitySpan", f"{mention.start}:{mention.end}", ",")
    if mention.en:
        _add(touched[0], "EntityEn", _escaped(mention.en).replace("\\s", " "), "; ")


def _add(word: _Row, key: str, value: str, separator: str) -> None:
    for at, item in enumerate(word.misc):
        if item.startswith(f"{key}="):
            word.misc[at] = item + separator + value
            return
    word.misc.append(f"{key}={value}")
