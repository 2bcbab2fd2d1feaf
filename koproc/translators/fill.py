"""Rows of a glossary whose English is a guess get a translator's best one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..document import GlossaryRow
from .protocol import Candidate, Translator


def wanting(rows: Sequence[GlossaryRow]) -> tuple[list[str], list[Sequence[str]]]:
    """The Korean of the rows that need review, and the sentences of each."""
    open_rows = [row for row in rows if row.status == "needs review"]
    return [row.ko for row in open_rows], [row.sentences or ((row.sentence,) if row.sentence else ()) for row in open_rows]


def fill(rows: Sequence[GlossaryRow], translator: Translator, *, glossary: Mapping[str, str] | None = None) -> list[GlossaryRow]:
    """The rows, those that need review with the best machine translation where the translator has one; a person still looks at them.

    A translation that says what the row says already makes that more certain.

    >>> from koproc.translators import load_translator
    >>> fill([GlossaryRow("반도체", "semiconductor", "TERM")], load_translator("offline"))[0].en_source
    'lexicon'
    """
    texts, context = wanting(rows)
    answers = iter(translator.translate(texts, context=context, glossary=glossary) if texts else ())
    return [_filled(row, next(answers)) if row.status == "needs review" else row for row in rows]


def _filled(row: GlossaryRow, candidates: Sequence[Candidate]) -> GlossaryRow:
    best = max((one for one in candidates if one.origin == "mt"), key=lambda one: one.score, default=None)
    if best is None:
        return row
    if best.text.casefold() == row.en.casefold():
        return replace(row, certainty=round(1 - (1 - row.certainty) * (1 - best.score), 3))
    return replace(row, en=best.text, en_source="mt", certainty=best.score)
