"""A document and what a person says of it → the document as it is then, with claims and glossary that follow.

A `Correction` is about a stretch of the text: it is a name with this label and English, or it is none. A decision is about a row of the
glossary (`status` approved or rejected), and holds for the row's names in the text too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ...claims.english import claim_sentence, event_sentence
from ...document import Document, GlossaryRow, Mention, Reference
from ...english import english_of_name
from ...errors import InputError
from ...lexicon import Lexicon
from ...mentions.markup import LabelledText, to_markup

BY_HAND = "corrected by a person"
KINDS = ("ORG", "PRODUCT", "PERSON", "LOC", "TERM")  # of the rows of a glossary; other labels, of models of the user's, have none
_LABEL = re.compile("[A-Z][A-Z0-9_]*")


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person says of `text[start:end]`: a name with this label (`TERM`: no name, but a term of the glossary), or, without one, no name.

    `mention` is the id of the mention that this replaces, if there is one; `everywhere` means every place with the same characters.
    Without `en` the English stays, or is found as for any other name.
    """

    start: int
    end: int
    label: str | None = None
    en: str = ""
    mention: str | None = None
    everywhere: bool = True


def corrected(document: Document, correction: Correction, lexicon: Lexicon) -> tuple[Document, GlossaryRow | None, list[int]]:
    """The document after a correction, the row that a lexicon needs to find it so again, and where the sentences begin that it touched.

    A correction of one place alone is no row.

    Raises:
        InputError: the correction does not fit the document.

    >>> document, row, _ = corrected(Document(id="a", text="너울은"), Correction(0, 2, "ORG", "Neoul"), Lexicon(()))
    >>> document.mentions[0].text, row.en, row.status
    ('너울', 'Neoul', 'approved')
    """
    old = _checked(document, correction)
    surface = document.text[correction.start : correction.end]
    same = [old] if old is not None else []
    if correction.everywhere and old is not None and old.text == surface:
        same = [mention for mention in document.mentions if mention.text == surface]
    if correction.label is None or correction.label == "TERM":
        places: list[tuple[int, int]] = []
        same = same or [m for m in document.mentions if m.start < correction.end and correction.start < m.end]
    elif correction.everywhere:
        places = list(_places(document, correction, {mention.id for mention in same}))
    else:
        places = [(correction.start, correction.end)]
    english = correction.en.strip() or _english(surface, correction.label or "", old, lexicon)
    new = [_mention(start, end, surface, correction.label or "", english, old) for start, end in places]
    gone = {m.id for m in document.mentions if m in same or any(m.start < end and start < m.end for start, end in places)}
    result = _with_mentions(document, gone, new)
    if old is not None and english != old.en and old.entity == old.en and new:
        result = _with_entity(result, old.entity, english)
    row = _row(document, correction, surface, old, english, len(new)) if correction.everywhere else None
    offsets = [start for start, _ in places] + [m.start for m in document.mentions if m.id in gone] or [correction.start]
    return result, row, sorted({_sentence_start(document, offset) for offset in offsets})


def decided(document: Document, row: GlossaryRow, lexicon: Lexicon) -> tuple[Document, list[int]]:
    """The document after a decision about a row of its glossary, and where the sentences begin that it touched."""
    touched: list[int] = []
    for name in (row.ko, *row.variants):
        for mention in [mention for mention in document.mentions if mention.text == name]:
            label = None if row.status == "rejected" or row.kind == "TERM" else row.kind
            english = row.en if name == row.ko else ""
            if label == mention.label and english in ("", mention.en):
                continue
            correction = Correction(mention.start, mention.end, label, english, everywhere=False)
            here = next((m.id for m in document.mentions if (m.start, m.end) == (mention.start, mention.end)), None)
            document, _, starts = corrected(document, replace(correction, mention=here), lexicon)
            touched += starts
    return document, sorted(set(touched))


def reviewed(rows: Iterable[GlossaryRow], decisions: Sequence[GlossaryRow]) -> list[GlossaryRow]:
    """A glossary with a person's decisions in it: a row of the same name takes them over, others follow at the end.

    >>> [row.en for row in reviewed([GlossaryRow("너울", "Neol", "ORG")], [GlossaryRow("너울", "Neoul", "ORG", status="approved")])]
    ['Neoul']
    """
    by_name = {decision.ko: decision for decision in decisions}
    result = []
    for row in rows:
        decision = by_name.pop(row.ko, None)
        if decision is not None:
            row = replace(row, en=decision.en, kind=decision.kind, status=decision.status, note=decision.note, certainty=1.0)
        result.append(row)
    return result + list(by_name.values())


def with_decision(decisions: Iterable[GlossaryRow], decision: GlossaryRow) -> list[GlossaryRow]:
    """The decisions, of which the last one about a name holds; one without a status takes an earlier one back."""
    others = [row for row in decisions if row.ko != decision.ko]
    return [*others, decision] if decision.decided else others


def labelled_sentences(document: Document, starts: Iterable[int] | None = None) -> Iterator[str]:
    """Sentences as lines that `koproc train` takes, those that begin at `starts`, or all of them.

    >>> from koproc.document import Sentence
    >>> mention = Mention("m1", 0, 3, "화웨이", "ORG", "Huawei", "lexicon", "Huawei", 1.0, "lexicon")
    >>> list(labelled_sentences(Document(id="a", text="화웨이는 컸다.", sentences=(Sentence(0, 8),), mentions=(mention,))))
    ['[화웨이|ORG]는 컸다.']
    """
    wanted = None if starts is None else set(starts)
    for sentence in sorted(document.sentences, key=lambda sentence: sentence.start):
        if wanted is not None and sentence.start not in wanted:
            continue
        spans: list[tuple[int, int, str]] = []
        for mention in sorted(document.mentions, key=lambda mention: mention.start):
            start, end = mention.start - sentence.start, mention.end - sentence.start
            if start >= 0 and mention.end <= sentence.end and (not spans or spans[-1][1] <= start) and _LABEL.fullmatch(mention.label):
                spans.append((start, end, mention.label))
        yield to_markup(LabelledText(document.text[sentence.start : sentence.end], tuple(spans)))


def _checked(document: Document, correction: Correction) -> Mention | None:
    """The mention that a correction is about, if it names one. Raises InputError where the correction does not fit."""
    start, end = correction.start, correction.end
    if not 0 <= start < end <= len(document.text):
        raise InputError("correction", f"{start}:{end} is no stretch of a text of {len(document.text)} characters")
    surface = document.text[start:end]
    if surface != surface.strip() or "\n" in surface or "\r" in surface:
        raise InputError("correction", f"{surface!r} begins or ends with white space or goes over lines; choose the name alone")
    if correction.label is not None and not _LABEL.fullmatch(correction.label):
        raise InputError("correction", f"{correction.label!r} is no label; write capital letters (ORG, PRODUCT, PERSON, LOC, TERM)")
    if correction.mention is None:
        return None
    try:
        return document.mention(correction.mention)
    except KeyError:
        raise InputError("correction", f"the document has no mention {correction.mention!r}") from None


def _places(document: Document, correction: Correction, replaced: set[str]) -> Iterator[tuple[int, int]]:
    """Where the same characters stand: the place itself, and where they begin a word and are no part of a longer name."""
    text, size = document.text, correction.end - correction.start
    surface = text[correction.start : correction.end]
    position = text.find(surface)
    while position >= 0:
        end = position + size
        part = any(m.start <= position and end <= m.end and size < m.end - m.start and m.id not in replaced for m in document.mentions)
        begins = position == 0 or not text[position - 1].isalnum()
        closed = end == len(text) or not (
            text[end - 1].isascii() and text[end].isascii() and text[end - 1].isalnum() and text[end].isalnum()
        )
        if position == correction.start or (begins and closed and not part):
            yield position, end
            position = text.find(surface, end)
        else:
            position = text.find(surface, position + 1)


def _english(surface: str, label: str, old: Mention | None, lexicon: Lexicon) -> str:
    if old is not None and old.text == surface:
        return old.en
    return english_of_name(surface, label, lexicon).text


def _mention(start: int, end: int, surface: str, label: str, english: str, old: Mention | None) -> Mention:
    same_entity = old is not None and old.text == surface and old.en == english
    entity = old.entity if old is not None and same_entity else english
    source = old.en_source if old is not None and same_entity else "same" if surface == english else "lexicon"
    return Mention("new", start, end, surface, label, english, source, entity, 1.0, "lexicon", BY_HAND)


def _with_mentions(document: Document, gone: set[str], new: list[Mention]) -> Document:
    """The document without some mentions and with others, numbered in order; claims and events follow."""
    kept = [mention for mention in document.mentions if mention.id not in gone]
    ordered = sorted([*kept, *new], key=lambda mention: (mention.start, mention.end))
    numbered = [replace(mention, id=f"m{number}") for number, mention in enumerate(ordered, 1)]
    names: dict[str, str | Reference] = {}
    for mention, after in zip(ordered, numbered, strict=True):
        if mention.id != "new":
            names[mention.id] = after.id
    for mention in document.mentions:
        if mention.id in gone:
            heir = next((m.id for m in numbered if m.start < mention.end and mention.start < m.end), None)
            names[mention.id] = heir or Reference(mention.start, mention.end, mention.text, mention.en)

    def follow(part: str | Reference | None) -> str | Reference | None:
        return names[part] if isinstance(part, str) else part

    claims = [
        replace(c, subject=follow(c.subject), baseline=follow(c.baseline), attribution=follow(c.attribution)) for c in document.claims
    ]
    events = [replace(e, subject=follow(e.subject), object=follow(e.object), attribution=follow(e.attribution)) for e in document.events]
    return _in_english(replace(document, mentions=tuple(numbered), claims=tuple(claims), events=tuple(events)))


def _in_english(document: Document) -> Document:
    """The document with the sentences of its claims and events as its mentions have them now."""
    claims = tuple(replace(claim, en=claim_sentence(document, claim)) for claim in document.claims)
    events = tuple(replace(event, en=event_sentence(document, event)) for event in document.events)
    return replace(document, claims=claims, events=events)


def _with_entity(document: Document, old: str, new: str) -> Document:
    """Aliases of a name whose English a person has changed stay with it."""
    mentions = tuple(replace(m, entity=new) if m.entity == old else m for m in document.mentions)
    return replace(document, mentions=mentions)


def _row(document: Document, correction: Correction, surface: str, old: Mention | None, english: str, count: int) -> GlossaryRow | None:
    sentence = next((document.text[s.start : s.end] for s in document.sentences if s.start <= correction.start < s.end), "")
    rejected = correction.label is None
    kind = (old.label if old is not None else "TERM") if correction.label is None else correction.label
    if kind not in KINDS:
        return None
    name = old.text if rejected and old is not None else surface
    return GlossaryRow(
        name,
        old.en if rejected and old is not None else english,
        kind,
        count=0 if rejected else max(count, document.text.count(surface)) if kind == "TERM" else count,
        documents=0 if rejected else 1,
        sentence=sentence,
        status="rejected" if rejected else "approved",
    )


def _sentence_start(document: Document, offset: int) -> int:
    return next((s.start for s in document.sentences if s.start <= offset < s.end), offset)
