"""The public face: n best spellings with calibrated scores, and the decision between an answer, candidates and romanization."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from threadpoolctl import ThreadpoolController

    from .ranking import Ranked

LONGEST = 24  # syllables of one word that are spelled back; nothing longer in the loanword lists is one name
MOST_WORDS = 6
_WORD = re.compile(r"[가-힣]+")
_MARKS = re.compile(r"[가-힣A-Za-z0-9 .&'’·-]+")
_PER_WORD = 10  # spellings of each word that take part in those of a phrase
_KEPT, _BY_TABLE = 10, 2  # places that matter, and those among them that readings by table may always have
ANSWER, CANDIDATES = 0.5, 0.3  # scores: above the first one answer, between them several, below romanization
_CALLED = 0.9  # how sure letters by name (에스케이) are foreign: 오이지 is not
_SCRAP = -15.0  # log frequency below which a piece is no word of its own
_RARE = -18.0  # that of a given name that is not listed
_MOST_READINGS = 16  # in kana
LOANWORD = 0.55  # how sure a word must be foreign to be spelled back


@dataclass(frozen=True, slots=True)
class TransliterationCandidate:
    """A spelling; `score` is how often spellings with this score are right."""

    text: str
    score: float
    origin: Literal["transliteration", "letters"] = "transliteration"


@dataclass(frozen=True, slots=True)
class Decision:
    """What to write for a word, why, and what else it may be, best first."""

    text: str
    source: Literal["transliteration", "romanization"]
    candidates: tuple[TransliterationCandidate, ...]


def back_transliterate(word: str, top: int = 10) -> list[TransliterationCandidate]:
    """The foreign spellings of a Hangul word or phrase, best first; whatever is not Hangul stays. Nothing is looked up in the lexicon.

    Empty where there is no Hangul, or more of it than a name has.

    >>> [candidate.text for candidate in back_transliterate("허깅페이스", top=1)]
    ['Hugging Face']
    >>> back_transliterate("GPU")
    []
    """
    return _transliterated(word, top, narrow=False)


def _transliterated(word: str, top: int, *, narrow: bool) -> list[TransliterationCandidate]:
    words = _WORD.findall(word)
    if not words or len(words) > MOST_WORDS or max(map(len, words)) > LONGEST or not _MARKS.fullmatch(word) or top < 1:
        return []
    best: list[tuple[str, float, bool]] = [("", 1.0, True)]
    at = 0
    for match in _WORD.finditer(word):
        between = word[at : match.start()]
        options = _spelled(match.group(), narrow)[: max(top, _PER_WORD)]
        if not options:
            return []
        joined = [
            (f"{text}{between}{more}", score * chance, named and letters)
            for text, score, named in best
            for more, chance, letters in options
        ]
        best = sorted(joined, key=lambda item: (-item[1], item[0]))[: max(top, _PER_WORD)]
        at = match.end()
    return [
        TransliterationCandidate(text + word[at:], score, "letters" if named else "transliteration") for text, score, named in best[:top]
    ]


def loanword_probability(word: str) -> float:
    """How likely Hangul is a foreign word written by sound.

    >>> loanword_probability("마이크로소프트") > 0.9, loanword_probability("삼성") < 0.5
    (True, True)
    """
    from .model import shipped_model
    from .names import letters_of, with_letters
    from .native import loan_probability

    weights = shipped_model().native

    def foreign(part: str) -> float:
        if len(part) >= 3 and letters_of(part):
            return max(_CALLED, loan_probability(part, weights))
        rests = [rest for before, rest, after in with_letters(part) if len(before or after) >= 2]
        return max(loan_probability(rest, weights) for rest in (part, *rests))

    return min((foreign(part[:LONGEST]) for part in _WORD.findall(word)[:MOST_WORDS]), default=0.0)


def decide(word: str, *, foreign: bool = False) -> Decision:
    """One answer where the score allows it, several candidates where it nearly does, Revised Romanization for the rest.

    `foreign` says that the word is known to be no Korean one, such as a person's name in two words. One syllable is never spelled back.

    >>> decide("마이크로소프트").text, decide("한화").source
    ('Microsoft', 'romanization')
    """
    from ..lexicon.romanization import romanize

    words = _WORD.findall(word)
    if sum(map(len, words)) >= 2 and (foreign or loanword_probability(word) >= LOANWORD):
        found = _transliterated(word, 10, narrow=True)
        score = found[0].score ** (1 / len(words)) if found else 0.0  # of each word, on average
        if score >= CANDIDATES:
            return Decision(found[0].text, "transliteration", (found[0],) if score >= ANSWER else tuple(found))
    return Decision(romanize(word), "romanization", ())


def chinese_person(name: str) -> str | None:
    """The pinyin of a Chinese person's name, family name first, by what is commoner; None where it is none.

    >>> chinese_person("시진핑"), chinese_person("마이클")
    ('Xi Jinping', None)
    """
    from .model import shipped_model
    from .names import chinese_names

    known = shipped_model().vocabulary.word
    found = sorted(
        (-max(known(family), _SCRAP) - max(known(given), _RARE), family, given) for family, given in chinese_names(name[:LONGEST])
    )
    return f"{found[0][1].capitalize()} {found[0][2].capitalize()}" if found else None


@lru_cache(maxsize=4_096)
def japanese_names(word: str) -> tuple[str, ...]:
    """What one word of a Japanese name can be in romaji, likeliest first: 가 begins more names as ka than as ga.

    >>> japanese_names("스가"), japanese_names("가토"), japanese_names("마이클")
    (('Suga',), ('Kato', 'Gato'), ())
    """
    from .names import kana_readings

    readings = [reading.capitalize() for reading in islice(kana_readings(word), _MOST_READINGS)] if len(word) <= LONGEST else []
    if len(readings) > 1:
        heard = [text for text, score, _ in _spelled(word, True) if score >= ANSWER and text in readings]
        return tuple(dict.fromkeys((*heard, *reversed(readings))))
    return tuple(readings)


@lru_cache(maxsize=1)
def _threads() -> ThreadpoolController:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


@lru_cache(maxsize=16_384)
def _spelled(word: str, narrow: bool) -> tuple[tuple[str, float, bool], ...]:
    """(spelling, score, only letter names) of one Hangul word, best first."""
    from .model import shipped_model
    from .ranking import evidence
    from .search import NARROW, WIDE

    model = shipped_model()
    with _threads().limit(limits=1, user_api="blas"):  # matrices so small cost more to share than to multiply
        ranked = evidence(word, model.speller, model.reader, model.vocabulary, model.ranking, NARROW if narrow else WIDE)
    slope, intercept = model.calibration
    best = ordered(ranked, model.ranking.tolist())
    return tuple((_written(item, model.vocabulary.word), _calibrated(chance, slope, intercept), item.capitals) for item, chance in best)


def ordered(ranked: list[Ranked], weights: list[float]) -> list[tuple[Ranked, float]]:
    """One spelling for each sequence of letters with its share of the belief, best first."""
    best: dict[str, tuple[float, Ranked]] = {}
    for item in ranked:
        score = sum(weight * value for weight, value in zip(weights, item.features, strict=True))
        if item.letters not in best or (score, item.text) > (best[item.letters][0], best[item.letters][1].text):
            best[item.letters] = (score, item)
    if not best:
        return []
    highest = max(score for score, _ in best.values())
    shares = {letters: math.exp(score - highest) for letters, (score, _) in best.items()}
    tables = sorted((letters for letters in shares if best[letters][1].by_table), key=lambda letters: (-shares[letters], letters))[
        :_BY_TABLE
    ]
    if tables and len(shares) > _KEPT:  # names that are read by a table are seldom heard: they keep a place, though the last
        least = sorted(shares.values(), reverse=True)[_KEPT - len(tables) - 1]
        shares.update((letters, max(shares[letters], least * (1 - 1e-6))) for letters in tables)
    total = sum(shares.values())
    return [(best[letters][1], share / total) for letters, share in sorted(shares.items(), key=lambda pair: (-pair[1], pair[0]))]


def _calibrated(chance: float, slope: float, intercept: float) -> float:
    chance = min(max(chance, 1e-9), 1 - 1e-9)
    return 1 / (1 + math.exp(-(slope * math.log(chance / (1 - chance)) + intercept)))


def _written(item: Ranked, frequency: Callable[[str], float]) -> str:
    """Title case, and what was called by its letters in capitals; a cut that leaves scraps of words (Erdo An) is none."""
    parts = item.text.split(" ")
    if not any(map(str.isupper, parts)) and any(len(part) <= 2 or frequency(part) < _SCRAP for part in parts):
        parts = ["".join(parts)]
    return " ".join(part if part.isupper() else part.capitalize() for part in parts)
