"""Characters that break a Korean analyzer, replaced in a copy; and the way back to the offsets of the text as given.

Kiwi reads decomposed (NFD) syllables as unknown words, full-width letters as symbols, and splits names at zero-width
characters. So the stages work on a copy in which syllables are composed, full-width forms are plain and invisible
characters are gone; when they are done, `restore` moves every span back onto the original. Most texts need no copy.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from .document import Document, Sentence

_INVISIBLE = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_JAMO_LEAD, _JAMO_VOWEL, _JAMO_TAIL = "\u1100-\u115f\ua960-\ua97c", "\u1160-\u11a7\ud7b0-\ud7c6", "\u11a8-\u11ff\ud7cb-\ud7fb"
# No run is longer than a cluster (UAX #15 bounds marks at 30): without bounds, leads that no vowel follows take quadratic time.
_TROUBLE = re.compile(f"[{_INVISIBLE}{_JAMO_LEAD}{_JAMO_VOWEL}{_JAMO_TAIL}\u0300-\u036f\u00a0\uff01-\uff5e\uffa0-\uffdc\ud800-\udfff]")
# In this order: an invisible character; a syllable in jamo (or a composed one with a jamo tail); a letter with its
# combining marks; a full-width or half-width form, no-break space or lone surrogate.
_UNIT = re.compile(
    f"(?P<invisible>[{_INVISIBLE}])"
    f"|(?P<syllable>[{_JAMO_LEAD}]{{1,3}}[{_JAMO_VOWEL}]{{1,3}}[{_JAMO_TAIL}]{{0,3}}|[가-힣][{_JAMO_TAIL}]{{1,3}})"
    "|(?P<marked>[^\\s\u0300-\u036f][\u0300-\u036f]{1,30})"
    "|(?P<form>[\u00a0\uff01-\uff5e\uffa0-\uffdc])"
    "|(?P<surrogate>[\ud800-\udfff])"
)


@dataclass(frozen=True, slots=True)
class NormalizedText:
    """The copy, and for each of its characters where the original's begin and end. `starts` is empty for an equal copy."""

    text: str
    original: str
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()

    @property
    def changed(self) -> bool:
        return self.text is not self.original

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's offsets of a span of the copy."""
        if not self.changed:
            return start, end
        if start == end:
            at = self.starts[start] if start < len(self.starts) else len(self.original)
            return at, at
        return self.starts[start], self.ends[end - 1]


def normalize(text: str) -> NormalizedText:
    """A copy of `text` that a Korean analyzer reads as a person would.

    >>> normalize("한글").changed
    False
    >>> normalize("\\u1112\\u1161\\u11ab글\\u200bＡＩ").text
    '한글AI'
    """
    if not _TROUBLE.search(text):
        return NormalizedText(text, text)
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for unit in _UNIT.finditer(text):
        begin, end = unit.span()
        pieces.append(text[at:begin])
        starts.extend(range(at, begin))
        ends.extend(range(at + 1, begin + 1))
        at = end
        if unit.lastgroup == "invisible":
            continue
        if unit.lastgroup == "surrogate":
            plain = "\N{REPLACEMENT CHARACTER}"
        elif unit.lastgroup == "form":
            plain = unicodedata.normalize("NFKC", unit.group())
        else:
            plain = unicodedata.normalize("NFC", unit.group())
        pieces.append(plain)
        starts.extend([begin] * len(plain))
        ends.extend([end] * len(plain))
    pieces.append(text[at:])
    starts.extend(range(at, len(text)))
    ends.extend(range(at + 1, len(text) + 1))
    return NormalizedText("".join(pieces), text, tuple(starts), tuple(ends))


def restore(document: Document, normalized: NormalizedText) -> Document:
    """The same document over the original text: every span moved, every surface sliced again."""
    if not normalized.changed:
        return document
    moved: dict[str, Any] = {
        field.name: tuple(_move(item, normalized) for item in value)
        for field in fields(document)
        if isinstance(value := getattr(document, field.name), tuple) and value and is_dataclass(value[0])
    }
    moved["sentences"] = tuple(_covering(moved.get("sentences", ()), normalized.original))
    return replace(document, text=normalized.original, **moved)


def _covering(sentences: Iterable[Sentence], text: str) -> Iterator[Sentence]:
    """The sentences, longer by the invisible characters between them, so that they cover all that is no white space."""
    at, last = 0, Sentence(len(text), len(text), "body")
    held: Sentence | None = None
    for sentence in (*sentences, last):
        start = max(sentence.start, at)  # two may share a character: a cluster of old jamo
        if start >= sentence.end and sentence is not last:
            continue
        gap = text[at:start]
        if held is not None:
            yield replace(held, end=at + len(gap.rstrip()))
        elif gap.strip():
            start = at + len(gap) - len(gap.lstrip())
        held, at = replace(sentence, start=start), sentence.end
    if held is not None and held.start < held.end:
        yield held


def _move(record: Any, normalized: NormalizedText) -> Any:
    changes: dict[str, Any] = {}
    for field in fields(record):
        value = getattr(record, field.name)
        if is_dataclass(value):
            changes[field.name] = _move(value, normalized)
    for start, end in (("start", "end"), ("full_start", "full_end"), ("gloss_start", "gloss_end")):
        if hasattr(record, start):
            changes[start], changes[end] = normalized.span(getattr(record, start), getattr(record, end))
    if hasattr(record, "text"):
        changes["text"] = normalized.original[changes["start"] : changes["end"]]
    if hasattr(record, "gloss"):
        changes["gloss"] = normalized.original[changes["gloss_start"] : changes["gloss_end"]]
    return replace(record, **changes)
