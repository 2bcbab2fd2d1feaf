"""Terms that have no sure English yet get a translator's best guess."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from .protocol import Candidate, Translator


def fill(
    rows: Iterable[tuple[str, Sequence[str]]], translator: Translator, *, glossary: Mapping[str, str] | None = None
) -> list[Candidate | None]:
    """For each Korean term with its sentences the best machine translation, or None where the translator has none.

    >>> from koproc.translators import load_translator
    >>> fill([("반도체", ["반도체 수출이 늘었다."])], load_translator("offline"))  # no machine translation
    [None]
    """
    pairs = list(rows)
    found = translator.translate([term for term, _ in pairs], context=[sentences for _, sentences in pairs], glossary=glossary)
    return [max((one for one in candidates if one.origin == "mt"), key=lambda one: one.score, default=None) for candidates in found]
