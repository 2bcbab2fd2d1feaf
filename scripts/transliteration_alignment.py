"""For scripts/build_transliteration: pairs of one Hangul word and letters, and which letters each Hangul unit stands for (EM)."""

from __future__ import annotations

import hashlib
import math
import re
import unicodedata
from collections import Counter, defaultdict

from koproc.transliteration.jamo import tokens
from koproc.transliteration.names import letters_of

LONGEST = 4  # letters of one unit
ROUNDS = 8
_PLAIN = str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "œ": "oe", "ł": "l", "Ł": "L", "đ": "d", "ð": "d", "þ": "th"})
_ONSETS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_CODAS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
# letters that a consonant may be; only where EM starts from
_SOUNDS = {
    "ㄱ": "gkcqx", "ㄲ": "kcqg", "ㄴ": "n", "ㄷ": "dt", "ㄸ": "td", "ㄹ": "lr", "ㅁ": "mn", "ㅂ": "bvpw", "ㅃ": "pb", "ㅅ": "scztx",
    "ㅆ": "sczt", "ㅇ": "ng", "ㅈ": "jzgsdtcy", "ㅉ": "ztcj", "ㅊ": "ctqzs", "ㅋ": "kcqxgh", "ㅌ": "td", "ㅍ": "pfv", "ㅎ": "hfwjx",
}  # fmt: skip
_EU = (19 + 18, 40 + 18)  # ㅡ, which stands for no letter more often than not


def letters(english: str) -> str:
    """The letters a-z of a spelling, accents removed."""
    decomposed = unicodedata.normalize("NFKD", english.translate(_PLAIN))
    return re.sub("[^a-z]", "", "".join(c for c in decomposed if not unicodedata.combining(c)).lower())


def share(korean: str, salt: str) -> int:
    """A number from 0 to 99 that depends on the Hangul alone."""
    return int(hashlib.sha256(f"{salt} {korean}".encode()).hexdigest(), 16) % 100


def held_out(korean: str) -> bool:
    """Whether a pair belongs to the test split of the loanwords: a tenth, by its Hangul."""
    return int(hashlib.sha256(f"koproc/1 {korean}".encode()).hexdigest(), 16) % 10 == 0


def word_pairs(korean: str, english: str) -> list[tuple[str, str]]:
    """Word by word where both sides have as many, else as one; acronyms, which are read letter by letter, are left out."""
    words = re.findall("[가-힣]+", korean)
    if re.search("[0-9&]", english) or not words or letters_of("".join(words)) == letters(english):
        return []
    spelled = [letters(part) for part in english.split() if letters(part)]
    pairs = list(zip(words, spelled, strict=True)) if len(words) == len(spelled) else [("".join(words), letters(english))]
    return [(word, part) for word, part in pairs if part and letters_of(word) != part]


def _guess(unit: int, chunk: str) -> float:
    if unit < 19 or unit > 60:
        sound = _ONSETS[unit] if unit < 19 else _CODAS[unit - 60]
        if not chunk:
            return 1e-3
        if chunk[0] in _SOUNDS.get(sound, ""):
            return 1.0 if len(chunk) <= 2 else 0.25
        return 0.1 if len(chunk) > 1 and chunk[1] in _SOUNDS.get(sound, "") else 1e-4
    if not chunk:
        return 0.5 if unit in _EU else 0.05
    if chunk[0] in "aeiouyw":
        return 1e-3 if re.search("[b-df-gj-np-qs-tvxz]", chunk) else 1.0 if len(chunk) <= 2 else 0.25
    return 0.02 if unit in _EU else 1e-4


Table = dict[int, dict[str, float]]


def learned(pairs: list[tuple[str, str]]) -> Table:
    """How likely each unit is each chunk of letters, by expectation maximization."""
    data = [(tokens(word), spelled) for word, spelled in pairs]
    data = [(units, spelled) for units, spelled in data if len(spelled) <= 3 * len(units)]
    table: Table = {}
    for round_ in range(ROUNDS):
        counts: dict[int, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for units, spelled in data:
            _expect(units, spelled, table, counts)
        least = 0.3 if round_ > 1 else 0.05
        table = {}
        for unit, chunks in counts.items():
            kept = {chunk: count for chunk, count in chunks.items() if count > least}
            total = sum(kept.values())
            table[unit] = {chunk: count / total for chunk, count in kept.items()}
    return table


def _expect(units: tuple[int, ...], spelled: str, table: Table, counts: dict[int, dict[str, float]]) -> None:
    size, length = len(units), len(spelled)

    def chance(unit: int, chunk: str) -> float:
        return table[unit].get(chunk, 1e-9) if table else _guess(unit, chunk)

    forward = [[0.0] * (length + 1) for _ in range(size + 1)]
    forward[0][0] = 1.0
    for at, unit in enumerate(units):
        for place in range(length + 1):
            if forward[at][place] > 0:
                for more in range(min(LONGEST, length - place) + 1):
                    forward[at + 1][place + more] += forward[at][place] * chance(unit, spelled[place : place + more])
    whole = forward[size][length]
    if whole <= 0:
        return
    backward = [[0.0] * (length + 1) for _ in range(size + 1)]
    backward[size][length] = 1.0
    for at in range(size - 1, -1, -1):
        for place in range(length + 1):
            for more in range(min(LONGEST, length - place) + 1):
                later = backward[at + 1][place + more]
                if later > 0:
                    chunk = spelled[place : place + more]
                    part = chance(units[at], chunk) * later
                    backward[at][place] += part
                    expected = forward[at][place] * part / whole
                    if expected > 1e-4:
                        counts[units[at]][chunk] += expected


def aligned(units: tuple[int, ...], spelled: str, table: Table) -> tuple[tuple[str, ...], float] | None:
    """The likeliest chunk of each unit, and the log probability a letter; None where nothing fits."""
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for unit in units:
        chances, following = table.get(unit, {}), {}
        for place, (score, _) in best[-1].items():
            for more in range(min(LONGEST, len(spelled) - place) + 1):
                chance = chances.get(spelled[place : place + more])
                if chance:
                    total = score + math.log(chance)
                    if place + more not in following or total > following[place + more][0]:
                        following[place + more] = (total, place)
        best.append(following)
    if len(spelled) not in best[-1] or not spelled:
        return None
    chunks, place = [], len(spelled)
    for at in range(len(units), 0, -1):
        before = best[at][place][1]
        chunks.append(spelled[before:place])
        place = before
    return tuple(reversed(chunks)), best[-1][len(spelled)][0] / len(spelled)


def distinct(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Each pair once, in the order of first sight."""
    return list(Counter(pairs))
