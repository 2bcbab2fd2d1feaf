"""Many documents → one glossary: a fold that keeps one small record a name or term, never the documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..document import GUESSED, Document, GlossaryRow
from ..english import Translation, english_of_term
from ..lexicon import Entry, Lexicon
from ..lexicon.keys import name_key
from ..lexicon.nouns import ordinary_words
from .merging import merge
from .order import KINDS, in_order
from .sentences import KEPT, definition, keep_sentence, sentence_at
from .termhood import TermCounts

_TERM = 12.0  # a noun run that scores less is no term worth a row
_POINTING = frozenset({"이번", "해당", "각종", "모든", "지난", "올해", "내년", "작년", "최근", "현재", "당시", "기존", "전체", "일부"})


@dataclass(slots=True)
class _Group:
    """What is counted for one entity or term while documents stream by."""

    kind: str
    entity: str
    sentence: str
    surfaces: Counter[str] = field(default_factory=Counter)
    english: dict[str, Translation] = field(default_factory=dict)
    acronym: str | None = None
    documents: int = 0
    sentences: list[tuple[float, str]] = field(default_factory=list)
    last_document: str = ""

    def add(self, surface: str, english: Translation, acronym: str | None, document: str) -> None:
        self.surfaces[surface] += 1
        self._learn(surface, english)
        self.acronym = self.acronym or acronym
        if document != self.last_document:
            self.documents, self.last_document = self.documents + 1, document

    def take_in(self, other: _Group) -> None:
        self.surfaces += other.surfaces
        for surface, english in other.english.items():
            self._learn(surface, english)
        self.acronym = self.acronym or other.acronym
        self.sentences = sorted(
            self.sentences + [pair for pair in other.sentences if pair not in self.sentences], key=lambda pair: -pair[0]
        )[:KEPT]

    def _learn(self, surface: str, english: Translation) -> None:
        """The first English stays, unless it is a guess and this one is none."""
        known = self.english.setdefault(surface, english)
        if known.origin in GUESSED and english.origin not in GUESSED:
            self.english[surface] = english


def build_glossary(documents: Iterable[Document], *, kinds: Iterable[str] = KINDS, lexicon: Lexicon | None = None) -> list[GlossaryRow]:
    """The glossary of many documents: organizations, products, persons and terms, most frequent first.

    Terms are those of the lexicon and those that a text explains; with a `lexicon`, also the noun runs that the documents use far more
    often than news does (`termhood.py`), with English from their parts or their sound. What a person wrote and decided in the files of
    the lexicon stands (`merging.py`); a name that somebody has rejected is a row of that status.

    >>> build_glossary([])
    []
    """
    wanted = frozenset(kinds)
    groups: dict[tuple[str, str], _Group] = {}
    counts = TermCounts() if lexicon is not None and "TERM" in wanted else None
    number = 0
    for number, document in enumerate(documents, 1):  # noqa: B007 (the last number counts them)
        _fold(document, wanted, groups)
        if counts is not None:
            counts.add(document)
    _join_glossed_names(groups)
    _join_acronyms(groups)
    rows = [_row(group) for group in groups.values()]
    if counts is not None and lexicon is not None:
        rows += _mined(counts, lexicon, groups.values(), fewest=2 if number == 1 else 3)
    if lexicon is not None and (lexicon.own or lexicon.rejected):
        rows = [row for row in merge(_layers(lexicon), rows).rows if row.count and row.kind in wanted]
    return in_order(rows)


def _layers(lexicon: Lexicon) -> list[list[GlossaryRow]]:
    """What the user's files say, a list of rows for each file, the first file on top."""
    layers: dict[str, list[GlossaryRow]] = {}
    for entry in (
        *(entry for entry in lexicon.entries if entry in lexicon.own),
        *sorted(lexicon.rejected, key=lambda entry: entry.surfaces),
    ):
        layers.setdefault(entry.layer, []).append(_row_of(entry))
    return [*layers.values()]


def _row_of(entry: Entry) -> GlossaryRow:
    return GlossaryRow(
        entry.ko,
        entry.en,
        entry.kind,
        acronym=entry.acronym,
        status=entry.status,
        variants=entry.aliases,
        note=entry.note,
        layer=entry.layer,
    )


def _fold(document: Document, wanted: frozenset[str], groups: dict[tuple[str, str], _Group]) -> None:
    starts = [sentence.start for sentence in document.sentences]
    acronyms = {gloss.end: gloss.gloss for gloss in document.glosses if gloss.gloss.isascii()}
    inside = {(gloss.gloss_start, gloss.gloss_end) for gloss in document.glosses}
    for mention in document.mentions:
        if mention.label not in wanted:
            continue
        key = (mention.label, name_key(mention.entity))
        group = groups.get(key)
        if group is None:
            group = groups[key] = _Group(mention.label, mention.entity, sentence_at(document, starts, mention.start))
        if group.last_document != document.id:
            keep_sentence(group.sentences, document, starts, mention.start)
        acronym = acronyms.get(mention.end)
        short = acronym if acronym and " " not in acronym and len(acronym) <= 8 and acronym != mention.en else None
        group.add(mention.text, Translation(mention.en, mention.en_source, mention.en_score), short, document.id)
    if "TERM" not in wanted:
        return
    for term in document.terms:
        if (term.start, term.end) in inside and term.text.isascii():
            continue  # the acronym in parentheses belongs to the row of its full form
        key = ("TERM", term.en.casefold())
        group = groups.get(key)
        if group is None:
            group = groups[key] = _Group("TERM", term.en, sentence_at(document, starts, term.start))
        if group.last_document != document.id:
            keep_sentence(group.sentences, document, starts, term.start)
        group.add(term.text, Translation(term.en, term.en_source, term.en_score), term.acronym, document.id)


def _join_glossed_names(groups: dict[tuple[str, str], _Group]) -> None:
    """What one article explains holds for all: 루미나칩 alone is the LuminaChip of 루미나칩(LuminaChip), KMA that of 한국무리협회(KMA).

    Only names of which nothing but a guess is known join, and only where one row alone can be meant.
    """
    owners: dict[tuple[str, str], dict[int, tuple[str, str]]] = {}
    for key, group in groups.items():
        if group.kind == "TERM":
            continue
        known = [surface for surface, english in group.english.items() if english.origin == "gloss" and not surface.isascii()]
        for name in [*known, *([group.acronym] if group.acronym else [])]:
            owners.setdefault((group.kind, name_key(name)), {})[id(group)] = key
    for key, group in [*groups.items()]:
        if group.kind == "TERM" or any(english.origin in ("lexicon", "gloss") for english in group.english.values()):
            continue
        found = {owner: at for surface in group.surfaces for owner, at in owners.get((group.kind, name_key(surface)), {}).items()}
        owner = groups.get(next(iter(found.values()))) if len(found) == 1 else None
        if owner is not None and owner is not group:
            owner.take_in(groups.pop(key))
            owner.documents += group.documents


def _join_acronyms(groups: dict[tuple[str, str], _Group]) -> None:
    """ESS alone counts for the row of 에너지저장장치(ESS), where some document ties the two together."""
    for group in [group for group in groups.values() if group.kind == "TERM" and group.acronym]:
        alone = groups.pop(("TERM", (group.acronym or "").casefold()), None)
        if alone is not None and alone is not group:
            group.take_in(alone)
            group.documents = max(group.documents, alone.documents)


def _row(group: _Group) -> GlossaryRow:
    def rank(surface: str) -> tuple[int, int, int, str]:
        """The full name, not a part of it (텔레챗 of 텔레챗3), rather in Hangul, rather a frequent spelling."""
        hangul = any("가" <= character <= "힣" for character in surface)
        full = group.kind == "TERM" or name_key(group.english[surface].text) == name_key(group.entity)
        return (not full, not hangul, -group.surfaces[surface], surface)

    ko = min(group.surfaces, key=rank)
    english = group.english[ko]
    return GlossaryRow(
        ko=ko,
        en=english.text,
        kind=group.kind,
        acronym=group.acronym,
        count=group.surfaces.total(),
        documents=group.documents,
        sentence=group.sentence,
        en_source=english.origin,
        certainty=english.score,
        status="needs review" if english.origin in GUESSED else "",
        variants=tuple(surface for surface, _ in group.surfaces.most_common() if surface != ko),
        sentences=tuple(sentence for _, sentence in group.sentences),
        definition=definition(group.sentences, group.surfaces),
    )


def _mined(counts: TermCounts, lexicon: Lexicon, known: Iterable[_Group], fewest: int) -> Iterator[GlossaryRow]:
    """Rows of noun runs that are terms and in no other row."""
    taken = {name_key(surface) for group in known for surface in group.surfaces}
    for key, score in counts.scores(lexicon).items():
        run = counts.runs[key]
        if score < _TERM or run.count < fewest or name_key(key) in taken:
            continue
        ko = run.surfaces.most_common(1)[0][0]
        if ko in ordinary_words() or run.words[0] in _POINTING:
            continue  # an ordinary word, a part of terms, or words that point (이번 릴리즈)
        english = english_of_term(ko, lexicon, [sentence for _, sentence in run.sentences])
        if english.origin == "romanization":
            continue  # nothing that a translator could start from
        yield GlossaryRow(
            ko=ko,
            en=english.text,
            kind="TERM",
            acronym=None,
            count=run.count,
            documents=run.documents,
            sentence=run.sentences[0][1] if run.sentences else "",
            en_source=english.origin,
            certainty=english.score,
            status="needs review",
            variants=tuple(surface for surface, _ in run.surfaces.most_common() if surface != ko),
            sentences=tuple(sentence for _, sentence in run.sentences),
            definition=definition(run.sentences, (ko,)),
        )
