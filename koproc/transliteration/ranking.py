"""What speaks for a spelling, as numbers: the speller, the reader, the words it is made of, the table that gives it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .jamo import tokens
from .names import letters_of, table_readings, with_letters
from .network import Speller
from .reading import Reader
from .search import WIDE, Effort, Spelling, spellings
from .vocabulary import Vocabulary

FEATURES = (
    "speller", "reader", "word", "words", "listed", "cut once", "cuts", "short pieces", "shortest pieces", "open letters", "letters",
    "surely spelled", "surely read", "short word", "letter names", "unclear letters", "letters and word", "pinyin", "kana", "only table", "table word",
)  # fmt: skip
_UNSEEN = -8.0  # what the speller and the reader are taken to say of a spelling that only a table gives
_HEARD = -3.0  # of a listed word as the speller and the reader hear it: it is that word, no letters
_PARTLY = 3  # best spellings of the rest, where part of a word is letters by name
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ranked:
    """One spelling with its features; `letters` has no spaces, `by_table` says that only a table gives it."""

    text: str
    features: tuple[float, ...]
    capitals: bool = False
    by_table: bool = False

    @property
    def letters(self) -> str:
        return self.text.replace(" ", "").lower()


def evidence(word: str, speller: Speller, reader: Reader, vocabulary: Vocabulary, weights: Floats, effort: Effort = WIDE) -> list[Ranked]:
    """Every spelling of a Hangul word that is worth a thought, in no order. `weights` choose among spellings of a part of it."""
    readings = table_readings(word)
    found = _heard(word, speller, reader, vocabulary, readings, effort)
    for reading in sorted(readings.keys() - {ranked.letters for ranked in found}):
        found.append(_ranked(reading, _UNSEEN, _UNSEEN, _frequency(reading, vocabulary), readings, only=True))
    letters = letters_of(word)
    if letters and len(word) > len(letters):  # 에이 and 에스 can hardly be anything else
        found.append(_with(_blank(letters.upper(), capitals=True), "letter names", 1.0, "letters", len(letters)))
    elif letters:  # 비 and 디 can: 비디오
        common = any(_value(item, "listed") and min(_value(item, "speller"), _value(item, "reader")) > _HEARD for item in found)
        kind = "surely read" if common else "unclear letters"
        found.append(_with(_blank(letters.upper(), capitals=True), kind, float(not common), "letters", len(letters)))
    for before, rest, after in with_letters(word):
        parts = _heard(rest, speller, reader, vocabulary, {}, effort)
        for part in sorted(parts, key=lambda ranked: (-float(weights @ np.array(ranked.features)), ranked.text))[:_PARTLY]:
            text = " ".join(filter(None, (before.upper(), part.text, after.upper())))
            found.append(_with(Ranked(text, part.features), "letters and word", float(len(before or after))))
    return found


def _heard(word: str, speller: Speller, reader: Reader, vocabulary: Vocabulary, readings: dict[str, str], effort: Effort) -> list[Ranked]:
    units = tokens(word)
    heard = spellings(word, speller, vocabulary, effort)
    heard.sort(key=lambda s: (-s.log_probability - 0.25 * (s.frequency if s.frequency is not None else -20.0), s.text))
    heard = heard[: effort.read]
    read = reader.log_probabilities(units, [[speller.chunks[chunk] for chunk in spelling.chunks] for spelling in heard])
    return [_ranked_spelling(s, float(log), readings) for s, log in zip(heard, read, strict=True)]


def _ranked_spelling(spelling: Spelling, read: float, readings: dict[str, str]) -> Ranked:
    return _ranked(spelling.text, spelling.log_probability, read, spelling.frequency, readings)


def _ranked(text: str, spelled: float, read: float, frequency: float | None, readings: dict[str, str], *, only: bool = False) -> Ranked:
    parts = text.split(" ")
    letters, cuts = sum(map(len, parts)), len(parts) - 1
    listed = frequency is not None
    common = frequency or 0.0
    table = readings.get(text.replace(" ", ""))
    whole = listed and not cuts
    values = {
        "speller": spelled,
        "reader": read,
        "word": common if whole else 0.0,
        "words": common if cuts else 0.0,
        "listed": whole,
        "cut once": cuts == 1,
        "cuts": cuts,
        "short pieces": sum(len(part) <= 3 for part in parts) if cuts else 0,
        "shortest pieces": sum(len(part) <= 2 for part in parts) if cuts else 0,
        "open letters": 0 if listed else letters,
        "letters": letters,
        "surely spelled": max(spelled, -3.0),
        "surely read": max(read, -2.0),
        "short word": whole and letters <= 3,
        "pinyin": table == "pinyin",
        "kana": table == "kana",
        "only table": only,
        "table word": table is not None and whole,
    }
    return Ranked(text, tuple(float(values.get(name, 0.0)) for name in FEATURES), by_table=only)


def _value(ranked: Ranked, feature: str) -> float:
    return ranked.features[FEATURES.index(feature)]


def _blank(text: str, *, capitals: bool) -> Ranked:
    return Ranked(text, (0.0,) * len(FEATURES), capitals)


def _with(ranked: Ranked, *changes: str | float) -> Ranked:
    values = dict(zip(FEATURES, ranked.features, strict=True))
    values.update({str(name): float(value) for name, value in zip(changes[::2], changes[1::2], strict=True)})
    return Ranked(ranked.text, tuple(values[name] for name in FEATURES), ranked.capitals)


def _frequency(letters: str, vocabulary: Vocabulary) -> float | None:
    common = vocabulary.word(letters)
    return common if np.isfinite(common) else None
