"""What an article has been speaking of: each name and noun that was a subject, a topic or a mention, and where it was last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..document import Reference
from ..lexicon import Lexicon
from .nouns import plain_noun
from .property_candidates import Measured
from .structure import SentenceView, role_of
from .time_candidates import Past
from .when import opens_paragraph

_KEPT = 8  # sentences back that a subject may lie


@dataclass(slots=True)
class Spoken:
    """One thing that was spoken of. `answer` is its mention id or its words."""

    answer: str | Reference
    key: str
    label: str
    role: str
    sentence: int
    paragraph: int
    count: int = 1
    in_headline: bool = False
    topics: int = 0


@dataclass(slots=True)
class Discourse:
    """The things spoken of so far, by entity or words; `subjects`, `properties` and `times` are those of the claims so far,
    the last one last."""

    things: dict[str, Spoken] = field(default_factory=dict)
    subjects: list[str] = field(default_factory=list)
    properties: list[Measured] = field(default_factory=list)
    times: list[Past] = field(default_factory=list)
    sentence: int = 0
    paragraph: int = 0

    def begin(self, text: str, view: SentenceView) -> None:
        """Count a sentence, and a paragraph where it opens one."""
        self.sentence += 1
        self.paragraph += opens_paragraph(text, view)

    def recent(self) -> Iterator[Spoken]:
        """What was spoken of in the last sentences, in a headline, or as a topic more than once."""
        for thing in self.things.values():
            if self.sentence - thing.sentence <= _KEPT or thing.in_headline or thing.topics > 1:
                yield thing

    def note(self, text: str, view: SentenceView, lexicon: Lexicon) -> None:
        """Take in a sentence."""
        for chunk in view.chunks:
            role = role_of(chunk)
            inside = [m for m in view.mentions if chunk.start <= m.start < chunk.end and m.label != "PERSON" and m.id not in view.glossing]
            for mention in inside:
                self._put(mention.id, mention.entity, mention.label, role if mention.end == chunk.end else "inside", view)
            if inside or role not in ("topic", "subject", "of"):
                continue
            noun = plain_noun(text, view, chunk.start, chunk.end, lexicon)
            if noun is not None:
                self._put(noun, noun.text, "noun", role, view)

    def _put(self, answer: str | Reference, key: str, label: str, role: str, view: SentenceView) -> None:
        headline = view.sentence.kind in ("headline", "subhead")
        known = self.things.get(key)
        if known is None:
            self.things[key] = Spoken(answer, key, label, role, self.sentence, self.paragraph, 1, headline, int(role == "topic"))
            return
        known.answer, known.sentence, known.paragraph = answer, self.sentence, self.paragraph
        known.role, known.count, known.in_headline = role, known.count + 1, known.in_headline or headline
        known.topics += role == "topic"
