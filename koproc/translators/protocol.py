"""What a translator is: one method, in batches; and what comes out of it, a list of candidates for each text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from ..document import EnglishSource

# the score of candidates from services that give none: neither sure nor unlikely
UNSCORED = 0.5
_HANGUL = re.compile("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3\uffa1-\uffdc]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One translation; `score` is between 0 and 1 (how sure its translator is), `origin` says where it came from.

    >>> Candidate("high-bandwidth memory", 0.5, "mt").origin
    'mt'
    """

    text: str
    score: float
    origin: EnglishSource


class Translator(Protocol):
    """Anything with this method. Names and terms are meant, not articles; what is best comes first.

    `context` holds, for each text, the sentences that it stands in (none: an empty list); they help to choose the sense and are not
    translated. `glossary` says what parts of the texts are called in the target language, and is kept to. The answer has a list for each
    text, in order; a translator that does not know says so with an empty one.

    >>> from koproc.translators import load_translator
    >>> [found.text for found in load_translator("offline").translate(["반도체"])[0]][0]
    'semiconductor'
    """

    def translate(
        self,
        texts: Sequence[str],
        *,
        source: str = "ko",
        target: str = "en",
        context: Sequence[Sequence[str]] | None = None,
        glossary: Mapping[str, str] | None = None,
    ) -> list[list[Candidate]]:
        """Candidates of each text; languages are ISO 639-1 codes."""
        ...


def usable(answer: object, text: str, target: str) -> str | None:
    """A machine's answer as one line, or None where it is no translation: empty, still Korean, or absurdly long.

    >>> usable(" high-bandwidth\\n memory ", "고대역폭 메모리", "en"), usable("고대역폭 memory", "고대역폭 메모리", "en")
    ('high-bandwidth memory', None)
    """
    if not isinstance(answer, str):
        return None
    line = " ".join(answer.split())
    foreign = target != "ko" and _HANGUL.search(line)
    # English of Korean has about three letters a syllable
    if not line or not line.isprintable() or foreign or len(line) > 80 + 6 * len(text):
        return None
    return line
