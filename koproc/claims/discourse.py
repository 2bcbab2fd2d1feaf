"""What an article has been speaking of: each name and noun that was a subject, a topic or a mention, and where it was last."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field

from ..document import Reference
from .nouns import plain_noun
from .properties import Measured
from .structure import SentenceView
from .times import Past
from .when import opens_paragraph

_MOST, _OLD = 200, 40  # things at which the old ones are forgotten, and how many of these stay
_KEPT, _KEPT_NOUNS = 8, 2  # sentences back that a subject may lie


@dataclass(slots=True)
class Spoken:
    """One thing that was spoken of. `answer` is its mention id or its words; `reports`: figures are told by it; `opened`: the last paragraph
    whose first sentence has it as topic or subject.
    """

    answer: str | Reference
    key: str
    label: str
    role: str
    sentence: int
    paragraph: int
    count: int = 1
    in_headline: bool = False
    topics: int = 0
    reports: bool = False
    opened: int = -1


@dataclass(slots=True)
class Discourse:
    """The things spoken of so far, by entity or words; `properties` and `times` are those of the claims so far, the last one
    last; `last_subject` is the key of the last claim's subject, empty for none."""

    things: dict[str, Spoken] = field(default_factory=dict)
    properties: list[Measured] = field(default_factory=list)
    times: list[Past] = field(default_factory=list)
    last_subject: str | None = None
    sentence: int = 0
    paragraph: int = 0

    def begin(self, text: str, view: SentenceView) -> None:
        """Count a sentence, and a paragraph where it opens one."""
        self.sentence += 1
        if len(self.things) > _MOST:
            self._forget()
        self.paragraph += opens_paragraph(text, view)

    def _forget(self) -> None:
        """Keep what is recent and what is named most, so that long documents take linear time."""
        old = [thing for thing in self.things.values() if self.sentence - thing.sentence > _KEPT]
        old.sort(key=lambda thing: (-thing.in_headline, -thing.count))
        for thing in old[_OLD:]:
            del self.things[thing.key]

    def recent(self) -> Iterator[Spoken]:
        """Names of the last sentences, of headlines, or often topics; other nouns only of the last sentences."""
        for thing in self.things.values():
            back = self.sentence - thing.sentence
            if back <= _KEPT_NOUNS or (thing.label != "noun" and (back <= _KEPT or thing.in_headline or thing.topics > 1)):
                yield thing

    def note(self, text: str, view: SentenceView, titled: Sequence[Reference], reporters: Container[str]) -> None:
        """Take in a sentence with the quoted titles in it, and the names that report figures there."""
        opens = opens_paragraph(text, view)
        for title in titled:
            role = next((c.role for c in view.chunks if c.start <= title.end - 1 < c.end), "none")
            self._put(title, title.text, "title", role, view)
        named = [m for m in view.mentions if m.label != "PERSON" and m.id not in view.glossing]
        for chunk in view.chunks:
            role = chunk.role
            inside = [m for m in named if chunk.start <= m.start < chunk.end] if named else named
            for mention in inside:
                thing = self._put(mention.id, mention.entity, mention.label, role if mention.end == chunk.end else "inside", view)
                thing.reports = thing.reports or mention.id in reporters
                if opens and role in ("topic", "subject"):
                    thing.opened = self.paragraph
            if inside or role not in ("topic", "subject", "of"):
                continue
            noun = plain_noun(text, view, chunk.start, chunk.end)
            if noun is not None:
                thing = self._put(noun, noun.text, "noun", role, view)
                if opens and role != "of":
                    thing.opened = self.paragraph

    def _put(self, answer: str | Reference, key: str, label: str, role: str, view: SentenceView) -> Spoken:
        headline = view.sentence.kind in ("headline", "subhead")
        known = self.things.get(key)
        if known is None:
            known = Spoken(answer, key, label, role, self.sentence, self.paragraph, 1, headline, int(role == "topic"))
            self.things[key] = known
            return known
        known.answer, known.sentence, known.paragraph = answer, self.sentence, self.paragraph
        known.role, known.count, known.in_headline = role, known.count + 1, known.in_headline or headline
        known.topics += role == "topic"
        return known


_FIGURES = r"(?:자료|집계|보고서|조사|통계|분석|추산|전망)(?:[를을]|에|[로으]|\s결과|[한했]|된)"
_TELLS_FIGURES = re.compile(rf"(?:이|가|은|는|의|에서|에)?\s?[^.,“”]{{0,24}}?{_FIGURES}")
_OF_FIGURES = re.compile(_FIGURES)


def reporters(text: str, view: SentenceView) -> frozenset[str]:
    """The names of a sentence that tell figures of others: 통계진흥원이 발표한 자료를 보면, 온새미증권은 … 전망했다."""
    end = view.sentence.end
    if not view.mentions or _OF_FIGURES.search(text, view.sentence.start, end) is None:
        return frozenset()
    return frozenset([m.id for m in view.mentions if _TELLS_FIGURES.match(text, m.end, end)])
