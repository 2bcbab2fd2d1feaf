"""The shallow structure that linking needs, from morphemes alone: clauses, noun chunks with their particles, predicates."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter

from ..document import Document, Mention, Quantity, Reference, Sentence, Time, Token

_NOUN_TAGS = frozenset({"NNG", "NNP", "SL", "SH", "XPN", "XSN", "NR", "SN", "W_SERIAL", "NNB", "NP"})
_RUN_TAGS = frozenset({"NNG", "NNP", "XSN", "SL", "XPN"})  # without numbers and dependent nouns
_TITLE = re.compile(r"‘([^‘’\n]{2,20})’|《([^《》\n]{2,20})》|『([^『』\n]{2,20})』|〈([^〈〉\n]{2,20})〉")
_CLAUSE_TAGS = frozenset({"SSO", "SSC", "EC"})
_INSIDE = frozenset({"SSO", "SSC", "SP", "SO"})
_TRAILING = _INSIDE - {"SSC"}  # no chunk ends in one
_LONGEST = 500  # characters; the longest of 11,318 sentences of news has 423
_TOPIC = frozenset({"은", "는", "ᆫ", "도"})
_CONNECTIVE = frozenset(
    {"고", "며", "으며", "지만", "면서", "으면서", "는데", "ᆫ데", "은데", "으나", "나", "어서", "아서", "자", "으니", "다가", "어", "아"}
)


@dataclass(slots=True)  # not frozen: freezing triples what one costs
class Chunk:
    """A run of nouns (white space inside allowed) and the particle after it; `particle` is empty for none.

    `role` is what the particle makes of it: topic, subject, of, object, with (와, 과), at:에서 …, or none.
    """

    start: int
    end: int
    particle: str
    particle_tag: str
    tokens: tuple[Token, ...]
    role: str

    @property
    def is_topic(self) -> bool:
        return self.role == "topic"

    @property
    def is_subject(self) -> bool:
        return self.role == "subject"


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence up to a connective ending (…출시하고,) or its end."""

    start: int
    end: int
    last: bool


@dataclass(frozen=True, slots=True)
class SentenceView:
    """One sentence with what lies in it; `measured` keeps what chunks measure, by where they end."""

    sentence: Sentence
    tokens: tuple[Token, ...]
    chunks: tuple[Chunk, ...]
    clauses: tuple[Clause, ...]
    mentions: tuple[Mention, ...]
    times: tuple[Time, ...]
    glossing: frozenset[str] = frozenset()
    measured: dict[int, Reference | None] = field(default_factory=dict)

    def clause_of(self, offset: int) -> Clause:
        """The clause that holds `offset`."""
        for clause in self.clauses:
            if clause.start <= offset < clause.end:
                return clause
        return self.clauses[-1]

    def first_chunk(self, offset: int) -> int:
        """The index of the first chunk that begins at `offset` or later."""
        return bisect_left(self.chunks, offset, key=_START)

    def first_token(self, offset: int) -> int:
        """The index of the first token that begins at `offset` or later."""
        return bisect_left(self.tokens, offset, key=_START)

    def mention_in(self, start: int, end: int, labels: tuple[str, ...] = ("ORG", "PRODUCT", "LOC", "PERSON")) -> Mention | None:
        """The last mention inside a span; a name in parentheses only if there is no other: 가온나노(Gaon Nano)는."""
        if not self.mentions:
            return None
        inside = [m for m in self.mentions if start <= m.start and m.end <= end and m.label in labels]
        outside = [m for m in inside if m.id not in self.glossing]
        return (outside or inside)[-1] if inside else None


@dataclass(slots=True)
class NumberView:
    """One number of a sentence, and where: its clause, how many numbers and chunks begin before it, and the index of the first token after
    it; `passed` is how many numbers begin before it ends, itself included."""

    quantity: Quantity
    clause: Clause
    numbers: int
    passed: int
    chunks: int
    following: int
    quoted: bool


def reference_at(text: str, start: int, end: int) -> Reference:
    """A span of the text as a candidate part of a claim; its English comes when it is chosen."""
    return Reference(start, end, text[start:end])


_START = attrgetter("start")
_ROLES = {"": "none", "JKS": "subject", "JKG": "of", "JKO": "object", "JC": "with"}


@lru_cache(maxsize=1000)
def _role_of(particle: str, tag: str) -> str:
    if tag == "JX" and particle in _TOPIC:
        return "topic"
    return _ROLES.get(tag) or (f"at:{particle}" if tag.startswith("J") else "none")


def noun_run_start(tokens: Sequence[Token], end: int) -> int:
    """Where the run of nouns that ends at `end` begins; `end` itself if no noun ends there."""
    start = end
    for token in reversed(tokens):
        if token.end > end:
            continue
        if token.end != start or token.tag not in _RUN_TAGS:
            break
        start = token.start
    return start


def inside_quotes(text: str, view: SentenceView, offset: int) -> bool:
    """Whether a quotation of the sentence is open at `offset`."""
    start = view.sentence.start
    opened = text.count("“", start, offset)
    return opened > 0 and opened > text.count("”", start, offset)


def titles(text: str, view: SentenceView) -> list[Reference]:
    """Quoted titles of a sentence that are no mentions: ‘월하의 정원사’."""
    found = []
    for match in _TITLE.finditer(text, view.sentence.start, view.sentence.end):
        start, end = match.span(match.lastindex or 0)
        if not any(m.start < end and start < m.end for m in view.mentions) and any(c.isalpha() for c in text[start:end]):
            found.append(reference_at(text, start, end))
    return found


def sentence_views(document: Document, without: Container[str] = ()) -> Iterator[SentenceView]:
    """Each sentence, a very long one in parts, with its tokens, chunks, clauses, mentions and times, but for the kinds to go `without`.
    Linear in the text.
    """
    mentions, times = document.mentions, document.times
    starts = [token.start for token in document.tokens]
    mention_at = time_at = 0
    for sentence in (part for whole in document.sentences if whole.kind not in without for part in _parts(document.text, whole)):
        first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        inside = [token for token in document.tokens[first:last] if token.end > token.start]
        while mention_at < len(mentions) and mentions[mention_at].start < sentence.start:
            mention_at += 1
        first_mention = mention_at
        while mention_at < len(mentions) and mentions[mention_at].end <= sentence.end:
            mention_at += 1
        while time_at < len(times) and times[time_at].start < sentence.start:
            time_at += 1
        first_time = time_at
        while time_at < len(times) and times[time_at].end <= sentence.end:
            time_at += 1
        held = mentions[first_mention:mention_at]
        glossing = frozenset(m.id for m in held if document.text[m.start - 1 : m.start] == "(")
        yield SentenceView(
            sentence,
            tuple(inside),
            tuple(_chunks(inside, held)),
            tuple(_clauses(sentence, inside)),
            held,
            times[first_time:time_at],
            glossing,
        )


def _parts(text: str, sentence: Sentence) -> Iterator[Sentence]:
    """The sentence itself, or parts of what is longer than a writer's sentence: numbers are compared with all nouns of theirs."""
    start = sentence.start
    while sentence.end - start > _LONGEST:
        cut = text.rfind(" ", start, start + _LONGEST) + 1 or start + _LONGEST
        yield Sentence(start, cut, sentence.kind)
        start = cut
    yield Sentence(start, sentence.end, sentence.kind)


def _chunks(tokens: list[Token], mentions: tuple[Mention, ...]) -> Iterator[Chunk]:
    """Noun chunks; quotes and glosses inside are kept (차량용 반도체 ‘LX-300’), a particle or a verb ends one."""
    ends = iter([*((mention.start, mention.end) for mention in mentions), (_NEVER, _NEVER)])
    start, end = next(ends)
    current: list[Token] = []
    for token in tokens:
        tag = token.tag
        while end <= token.start:
            start, end = next(ends)
        if tag in _NOUN_TAGS or start <= token.start:
            current.append(token)
        elif not current:
            continue
        elif tag in _INSIDE:
            current.append(token)
        else:
            yield _chunk(current, token.form, tag) if tag[0] == "J" else _chunk(current, "", "")
            current = []
    if current:
        yield _chunk(current, "", "")


_NEVER = 1 << 62  # an offset after every text


def _chunk(tokens: list[Token], particle: str, tag: str) -> Chunk:
    while tokens[-1].tag in _TRAILING and len(tokens) > 1:
        tokens.pop()
    return Chunk(tokens[0].start, tokens[-1].end, particle, tag, tuple(tokens), _role_of(particle, tag))


def _clauses(sentence: Sentence, tokens: list[Token]) -> Iterator[Clause]:
    start, depth = sentence.start, 0
    for index, token in enumerate(tokens):
        if token.tag not in _CLAUSE_TAGS:
            continue
        if token.tag != "EC":
            depth = depth + 1 if token.tag == "SSO" else max(0, depth - 1)
            continue
        if depth or token.form not in _CONNECTIVE:
            continue
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if following is not None and following.tag in ("VX", "EP", "EF", "EC"):
            continue
        if token.form in ("어", "아", "자", "나") and not (following is not None and following.tag == "SP"):
            continue
        end = following.end if following is not None and following.tag == "SP" else token.end
        if end < sentence.end:
            yield Clause(start, end, False)
            start = end
    yield Clause(start, sentence.end, True)
