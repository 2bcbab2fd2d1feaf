"""Many documents → one glossary: a fold that keeps one small record a name or term, never the documents."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..document import Document, EnglishSource, GlossaryRow, Sentence

KINDS = ("ORG", "PRODUCT", "PERSON", "TERM")
_NEEDS_REVIEW = frozenset({"romanization", "transliteration", "composition", "mt"})


@dataclass(slots=True)
class _Group:
    """What is counted for one entity or term while documents stream by."""

    kind: str
    sentence: str
    surfaces: Counter[str] = field(default_factory=Counter)
    english: dict[str, tuple[str, EnglishSource]] = field(default_factory=dict)
    acronym: str | None = None
    documents: int = 0
    last_document: str = ""

    def add(self, surface: str, en: str, en_source: EnglishSource, acronym: str | None, document: str) -> None:
        self.surfaces[surface] += 1
        self.english.setdefault(surface, (en, en_source))
        self.acronym = self.acronym or acronym
        if document != self.last_document:
            self.documents, self.last_document = self.documents + 1, document


def build_glossary(documents: Iterable[Document], *, kinds: Iterable[str] = KINDS) -> list[GlossaryRow]:
    """The glossary of many documents: organizations, products, persons and terms, most frequent first.

    >>> build_glossary([])
    []
    """
    wanted = frozenset(kinds)
    groups: dict[tuple[str, str], _Group] = {}
    for document in documents:
        _fold(document, wanted, groups)
    _join_acronyms(groups)
    rows = [_row(group) for group in groups.values()]
    return sorted(rows, key=lambda row: (KINDS.index(row.kind) if row.kind in KINDS else len(KINDS), -row.count, row.ko))


def _fold(document: Document, wanted: frozenset[str], groups: dict[tuple[str, str], _Group]) -> None:
    starts = [sentence.start for sentence in document.sentences]
    acronyms = {gloss.end: gloss.gloss for gloss in document.glosses if gloss.gloss.isascii()}
    inside = {(gloss.gloss_start, gloss.gloss_end) for gloss in document.glosses}
    for mention in document.mentions:
        if mention.label not in wanted:
            continue
        key = (mention.label, mention.entity.casefold())
        group = groups.get(key) or groups.setdefault(key, _Group(mention.label, _sentence(document, starts, mention.start)))
        acronym = acronyms.get(mention.end)
        short = acronym if acronym and " " not in acronym and len(acronym) <= 8 and acronym != mention.en else None
        group.add(mention.text, mention.en, mention.en_source, short, document.id)
    if "TERM" not in wanted:
        return
    for term in document.terms:
        if (term.start, term.end) in inside and term.text.isascii():
            continue  # the acronym in parentheses belongs to the row of its full form
        key = ("TERM", term.en.casefold())
        group = groups.get(key) or groups.setdefault(key, _Group("TERM", _sentence(document, starts, term.start)))
        group.add(term.text, term.en, term.en_source, term.acronym, document.id)


def _join_acronyms(groups: dict[tuple[str, str], _Group]) -> None:
    """ESS alone counts for the row of 에너지저장장치(ESS), where some document ties the two together."""
    for group in [group for group in groups.values() if group.kind == "TERM" and group.acronym]:
        alone = groups.pop(("TERM", (group.acronym or "").casefold()), None)
        if alone is not None and alone is not group:
            group.surfaces += alone.surfaces
            for surface, english in alone.english.items():
                group.english.setdefault(surface, english)
            group.documents = max(group.documents, alone.documents)


def _sentence(document: Document, starts: list[int], offset: int) -> str:
    index = bisect_right(starts, offset) - 1
    if index < 0:
        return ""
    sentence: Sentence = document.sentences[index]
    return " ".join(document.text[sentence.start : sentence.end].split())


def _row(group: _Group) -> GlossaryRow:
    def rank(surface: str) -> tuple[int, int, str]:
        hangul = any("가" <= character <= "힣" for character in surface)
        return (not hangul, -group.surfaces[surface], surface)

    ko = min(group.surfaces, key=rank)
    en, en_source = group.english[ko]
    return GlossaryRow(
        ko=ko,
        en=en,
        kind=group.kind,
        acronym=group.acronym,
        count=group.surfaces.total(),
        documents=group.documents,
        sentence=group.sentence,
        en_source=en_source,
        review=en_source in _NEEDS_REVIEW,
    )
