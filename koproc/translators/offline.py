"""The translator that needs nothing but koproc: lexicon, composition, transliteration, romanization."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..errors import TranslationError
from ..glossary.translate import translations
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
        return [
            [Candidate(known[text], 1.0, "lexicon")]
            if text in known
            else [Candidate(found.text, found.score, found.origin) for found in translations(text, self._lexicon)]
            for text in texts
        ]
