"""Loanwords in Hangul back to the spelling they came from: 캠브리콘 → Cambricon. Names that are Korean are left to Revised Romanization."""

from __future__ import annotations

from .back import Decision, TransliterationCandidate, back_transliterate, chinese_person, decide, japanese_names, loanword_probability

__all__ = [
    "Decision",
    "TransliterationCandidate",
    "back_transliterate",
    "chinese_person",
    "decide",
    "japanese_names",
    "loanword_probability",
]
