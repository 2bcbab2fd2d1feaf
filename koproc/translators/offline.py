"""The translator that needs nothing but koproc: lexicon, the gloss in a sentence, composition, transliteration, romanization."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..english import translations
from ..english.translation import GLOSSED
from ..errors import TranslationError
from ..glossary.brackets import namings
from ..lexicon import Lexicon
from .protocol import Candidate


class Offline:
    """What koproc knows and can work out; a glossary comes before both. Only from Korean into English."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def translate(
        self,
        texts: Sequence[str],
        *,
        source: str = "ko",
        target: str = "en",
        context: Sequence[Sequence[str]] | None = None,
        glossary: Mapping[str, str] | None = None,
    ) -> list[list[Candidate]]:
        """Candidates of each text, best first.

        Raises:
            TranslationError: other languages are asked for.
        """
        if (source, target) != ("ko", "en"):
            raise TranslationError(f"offline: translates from ko into en only, not from {source} into {target}", final=True)
        known = glossary or {}
        around = context or [()] * len(texts)
        return [self._candidates(text, sentences, known) for text, sentences in zip(texts, around, strict=True)]

    def _candidates(self, text: str, sentences: Sequence[str], known: Mapping[str, str]) -> list[Candidate]:
        if text in known:
            return [Candidate(known[text], 1.0, "lexicon")]
        found = [Candidate(one.text, one.score, one.origin) for one in translations(text, self._lexicon, sentences=sentences)]
        glosses = [Candidate(english, GLOSSED, "gloss") for english in dict.fromkeys(_glosses(text, sentences))]
        first = 1 if found and found[0].origin == "lexicon" else 0
        return [*found[:first], *glosses, *found[first:]]


def _glosses(text: str, sentences: Sequence[str]) -> Iterator[str]:
    """The English that sentences give a text in brackets, not what only abbreviates it.

    >>> list(_glosses("무리 칩", ["새 무리 칩(Muri Chip)이다.", "무리 칩(MC)은"]))
    ['Muri Chip']
    """
    for sentence in sentences:
        for naming in namings(sentence):
            english = sentence[naming.start : naming.stop]
            if naming.latin and not english.isupper() and sentence[: naming.end].endswith(text):
                yield english
