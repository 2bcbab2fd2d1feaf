"""Every record that flows through koproc: frozen, slotted dataclasses, and nothing else.

Offsets count Unicode code points of `Document.text`, half-open: `text[start:end]` is the surface of every span.
Korean linguistic terms used throughout: *sentence*, *token* (one morpheme of Kiwi's analysis, tag of the Sejong set),
*mention* (a name in the text), *quantity*, *time*, *claim* (what is said about a quantity), *event* (a dated release or
plan without a number), *gloss* (a name explained in parentheses), *term* (a glossary entry in the text).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Literal, TypeVar

SCHEMA = "koproc/1"

BlockKind = Literal["headline", "subhead", "dateline", "byline", "caption", "body", "notice"]
Label = str
EnglishSource = Literal["lexicon", "gloss", "transliteration", "romanization", "composition", "mt", "same"]
GUESSED: frozenset[EnglishSource] = frozenset({"romanization", "transliteration", "composition", "mt"})  # English for a person to check
MentionSource = Literal["lexicon", "rule", "model"]
Approximation = Literal["about", "over", "under"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
Modality = Literal["asserted", "reported", "planned", "estimated", "denied"]
Direction = Literal["up", "down"]
Status = Literal["", "needs review", "approved", "rejected"]


@dataclass(frozen=True, slots=True)
class Block:
    """One line (or part of a line) of an article and what it is."""

    start: int
    end: int
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class Article:
    """What reading makes of one input: the text exactly as given and what its head says.

    `blocks` cover all text that is not white space, in order. `source` is the file name (or `-`) for messages.

    >>> Article(id="a", text="새 칩 나온다", title="새 칩 나온다").published is None
    True
    """

    id: str
    text: str
    title: str | None = None
    subheads: tuple[str, ...] = ()
    byline: str | None = None
    agency: str | None = None
    published: date | None = None
    blocks: tuple[Block, ...] = ()
    source: str = "-"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or a headline, byline or caption that stands for one.

    >>> sentence = Sentence(0, 7)
    >>> "칩이 나왔다. 값은 싸다."[sentence.start : sentence.end]
    '칩이 나왔다.'
    """

    start: int
    end: int
    kind: BlockKind = "body"


@dataclass(frozen=True, slots=True)
class Token:
    """One morpheme. Morphemes may share characters: 했 is 하 and 었, both on one character.

    `form` is Kiwi's form (하, 었, ᆫ다), not the surface; slice the text for that. `tag` is a Sejong tag as Kiwi writes it.
    `oov` says that Kiwi's dictionary does not hold the word.

    >>> Token(0, 2, "중국", "NNP", "중국").tag
    'NNP'
    """

    start: int
    end: int
    form: str
    tag: str
    lemma: str
    oov: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text: organization (ORG), product (PRODUCT), person (PERSON) or place (LOC).

    `en` is its English, `en_source` where that came from and `en_score` how likely it is right, 0 to 1; `entity` is the same string for
    mentions of one thing; `score` says how likely this is a mention with this label; `evidence` names the rule or cue that carried it.

    >>> Mention("m1", 0, 3, "네이버", "ORG", "NAVER", "lexicon", "NAVER", 0.97, "lexicon").en
    'NAVER'
    """

    id: str
    start: int
    end: int
    text: str
    label: Label
    en: str
    en_source: EnglishSource
    entity: str
    score: float
    source: MentionSource
    evidence: str = ""
    en_score: float = 1.0


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit: an interval, exact in `unit`.

    `low` and `high` are null where unbounded (3배 이상: low 3, high null). `nominal` is the number as stated.
    `start`, `end` is number and unit; `full_start`, `full_end` also take in 약, 이상, 까지 and the like.

    >>> import koproc
    >>> quantity = koproc.parse_quantity("3배 이상")
    >>> quantity.low, quantity.high, quantity.unit
    (Decimal('3'), None, '배')
    """

    id: str
    start: int
    end: int
    text: str
    full_start: int
    full_end: int
    low: Decimal | None
    high: Decimal | None
    low_inclusive: bool
    high_inclusive: bool
    nominal: Decimal | None
    approximate: Approximation | None
    unit: str
    dimension: str
    per: str | None = None


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression with its TIMEX3 value (ISO 24617-1), resolved against the publication date.

    `value` is null where the expression cannot be resolved (지난해 without a publication date).

    >>> import koproc
    >>> koproc.parse_time("2026년 2분기").value
    '2026-Q2'
    """

    id: str
    start: int
    end: int
    text: str
    type: TimeType
    value: str | None


@dataclass(frozen=True, slots=True)
class Reference:
    """A piece of the text that plays a part in a claim without being a mention.

    >>> Reference(5, 8, "점유율", "market share").en
    'market share'
    """

    start: int
    end: int
    text: str
    en: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimTime:
    """The time of the fact that a claim or event states.

    >>> ClaimTime("내년", "2027", 0, 2).value
    '2027'
    """

    text: str
    value: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Claim:
    """What is said about a quantity. `subject`, `baseline`, `attribution` are a mention id or a piece of text.

    `qualifier` says which part of the property is meant (국내, HBM); `quoted` that the number stands inside quotation marks.

    >>> import koproc
    >>> document = koproc.annotate("네이버는 내년 매출을 2조 원으로 늘릴 계획이다.", published="2026-01-21")
    >>> document.claims[0].modality, document.claims[0].direction
    ('planned', 'up')
    """

    id: str
    start: int
    end: int
    quantity: str
    subject: str | Reference | None
    property: Reference | None
    baseline: str | Reference | None
    direction: Direction | None
    change: Literal["by", "to"] | None
    from_: str | None
    time: ClaimTime | None
    attribution: str | Reference | None
    modality: Modality
    en: str
    qualifier: Reference | None = None
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """A release or plan with a date rather than a number: who does what to what, when.

    >>> import koproc
    >>> document = koproc.annotate("네이버는 내년 상반기 ‘무리-4’ 모델을 공개할 예정이다.", published="2026-01-21")
    >>> document.events[0].en
    'NAVER: unveiling of Muri-4 (planned, 2027-H1)'
    """

    id: str
    start: int
    end: int
    subject: str | Reference | None
    action: Reference
    object: str | Reference | None
    time: ClaimTime | None
    attribution: str | Reference | None
    modality: Modality
    en: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Gloss:
    """A name or term explained in the text itself: 전문가 혼합(MoE). `gloss` is what stands in the parentheses.

    >>> Gloss(0, 6, "전문가 혼합", "MoE", 7, 10).gloss
    'MoE'
    """

    start: int
    end: int
    text: str
    gloss: str
    gloss_start: int
    gloss_end: int
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A technical or business term in the text, with its English; `en_score` is how likely that is right, 0 to 1.

    >>> Term(0, 3, "반도체", "semiconductor", "lexicon").en
    'semiconductor'
    """

    start: int
    end: int
    text: str
    en: str
    en_source: EnglishSource
    acronym: str | None = None
    en_score: float = 1.0


@dataclass(frozen=True, slots=True)
class GlossaryRow:
    """One line of a bilingual glossary, folded over many documents or read from a file.

    `kind` is ORG, PRODUCT, PERSON, LOC or TERM; `count` counts mentions, `documents` the documents that hold one; `sentence`
    is the first sentence with it. `certainty` is how likely the English is right, 0 to 1. `variants` are its other spellings and
    names, `sentences` up to three that show it best, `definition` the one that says what it means.

    `status` and `note` are a person's: koproc writes `needs review` where the English is a guess and nothing where it is not, and
    never changes `approved` or `rejected`. `layer` is the file of the user's that the English is from, empty for koproc's own.

    >>> GlossaryRow("네이버", "NAVER", "ORG", None, 3, 2, "네이버가 왔다.", "lexicon").count
    3
    """

    ko: str
    en: str
    kind: str
    acronym: str | None = None
    count: int = 0
    documents: int = 0
    sentence: str = ""
    en_source: EnglishSource = "lexicon"
    certainty: float = 1.0
    status: Status = ""
    variants: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    definition: str | None = None
    note: str = ""
    layer: str = ""

    @property
    def decided(self) -> bool:
        """Whether a person has approved or rejected it."""
        return self.status in ("approved", "rejected")


Identified = TypeVar("Identified", Mention, Quantity)


def _with_id(items: tuple[Identified, ...], id: str) -> Identified:
    """The item with an id; ids are numbered in order (m1, m2, …), so the number says where to look first."""
    at = int(id[1:]) - 1 if id[1:].isdecimal() else -1
    if 0 <= at < len(items) and items[at].id == id:
        return items[at]
    for item in items:
        if item.id == id:
            return item
    raise KeyError(id)


@dataclass(frozen=True, slots=True)
class Document:
    """An article and everything that the stages found in it; a stage returns a new one (`dataclasses.replace`).

    >>> document = Document(id="a", text="화웨이", mentions=(Mention("m1", 0, 3, "화웨이", "ORG", "Huawei", "lexicon",
    ...                     "Huawei", 0.98, "lexicon"),))
    >>> document.mention("m1").en
    'Huawei'
    """

    id: str
    text: str
    title: str | None = None
    subheads: tuple[str, ...] = ()
    byline: str | None = None
    agency: str | None = None
    published: date | None = None
    sentences: tuple[Sentence, ...] = ()
    tokens: tuple[Token, ...] = ()
    mentions: tuple[Mention, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    times: tuple[Time, ...] = ()
    claims: tuple[Claim, ...] = ()
    events: tuple[Event, ...] = ()
    glosses: tuple[Gloss, ...] = ()
    terms: tuple[Term, ...] = ()
    source: str = "-"

    def mention(self, id: str) -> Mention:
        """The mention with this id. Raises KeyError."""
        return _with_id(self.mentions, id)

    def quantity(self, id: str) -> Quantity:
        """The quantity with this id. Raises KeyError."""
        return _with_id(self.quantities, id)

    def referent(self, reference: str | Reference | None) -> Mention | Reference | None:
        """What a claim's `subject`, `baseline` or `attribution` stands for: the mention behind an id, else itself."""
        return self.mention(reference) if isinstance(reference, str) else reference

    def check(self) -> None:
        """Raise ValueError unless every span lies inside the text and every stored surface equals its slice."""
        size = len(self.text)
        for span in self._spans():
            if not 0 <= span.start <= span.end <= size:
                raise ValueError(f"{self.id}: span {span.start}:{span.end} outside a text of {size} characters: {span!r}")
            for inner, outer in (("full_start", "full_end"), ("gloss_start", "gloss_end")):
                if not 0 <= getattr(span, inner, 0) <= getattr(span, outer, size) <= size:
                    raise ValueError(f"{self.id}: {inner} and {outer} of {span!r} lie outside a text of {size} characters")
            text = getattr(span, "text", None)
            if text is not None and not isinstance(span, (Claim, Event)) and self.text[span.start : span.end] != text:
                raise ValueError(f"{self.id}: {text!r} is not the text at {span.start}:{span.end}")

    def _spans(self) -> Iterator[Block | Token | Mention | Reference]:
        for field in fields(self):
            value = getattr(self, field.name)
            if not isinstance(value, tuple):
                continue
            for item in value:
                if hasattr(item, "start"):
                    yield item
                    if isinstance(item, (Claim, Event)):
                        parts = (getattr(item, part.name) for part in fields(item))
                        yield from (part for part in parts if hasattr(part, "start"))
