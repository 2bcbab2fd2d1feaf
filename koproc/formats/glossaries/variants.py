"""One pair of Korean and English for each form of a name, for formats that know no variants.

In: rows of a glossary. Out: pairs, each form once, without those that are another form with a particle on it (화웨이는 beside 화웨이).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from ...document import GlossaryRow

_AFTER_CONSONANT = "은|이|을|이나|이라는|이라고|이란|이며|이고"
_AFTER_VOWEL = "는|가|를|나|라는|라고|란|며|고"
_OPEN = "에|에게|에서|께서|한테|만|부터|까지|보다|처럼|만큼|뿐"  # after any syllable, and before a second one
_TO = "로|로서|로써|로부터"  # after a vowel or ㄹ; with 으 in front after every other consonant
_SECOND = "(?:은|는|이|가|을|를|도|만|의)?"  # 에서는, 까지도, 와의, 만이
_PARTICLES = {
    "consonant": re.compile(f"{_AFTER_CONSONANT}|의|도|마저|조차|(?:과|{_OPEN}|으(?:{_TO})){_SECOND}"),
    "rieul": re.compile(f"{_AFTER_CONSONANT}|의|도|마저|조차|(?:과|{_OPEN}|{_TO}){_SECOND}"),
    "vowel": re.compile(f"{_AFTER_VOWEL}|의|도|마저|조차|(?:와|{_OPEN}|{_TO}){_SECOND}"),
    "unknown": re.compile(f"{_AFTER_CONSONANT}|{_AFTER_VOWEL}|의|도|마저|조차|(?:과|와|{_OPEN}|으?(?:{_TO})){_SECOND}"),
}
_PARTS_OF_PLACES = frozenset("도로가만")  # 경기도, 세종로, 충무로5가, 아산만 are no 경기, 세종, 충무로5, 아산 with a particle
_FIRST, _LAST, _FINALS, _RIEUL = 0xAC00, 0xD7A3, 28, 8


def expanded(rows: Iterable[GlossaryRow], *, acronyms: bool = False) -> Iterator[tuple[str, str, GlossaryRow]]:
    """A pair for each form of each row, with the row; a pair that an earlier row had is left out.

    `acronyms`: the acronym, which Korean texts use as it is, is a form too. Syllables are composed (NFC).

    >>> rows = [GlossaryRow("화웨이", "Huawei", "ORG", variants=("화웨이는", "화웨이社", "화웨이"))] * 2
    >>> [(ko, en) for ko, en, _ in expanded(rows)]
    [('화웨이', 'Huawei'), ('화웨이社', 'Huawei')]
    """
    seen = set()
    for row in rows:
        for ko in forms(row, acronyms=acronyms):
            if (ko, row.en) not in seen:
                seen.add((ko, row.en))
                yield ko, row.en, row


def forms(row: GlossaryRow, *, acronyms: bool = False) -> tuple[str, ...]:
    """The main form, then the variants that are names of their own, then the acronym if wanted; each once, composed (NFC).

    >>> forms(GlossaryRow("전문가 혼합", "mixture of experts", "TERM", "MoE", variants=("전문가혼합", "전문가혼합에서는")), acronyms=True)
    ('전문가 혼합', '전문가혼합', 'MoE')
    """
    names = [row.ko, *row.variants, *([row.acronym] if acronyms and row.acronym else [])]
    composed = dict.fromkeys(unicodedata.normalize("NFC", name.strip()) for name in names)
    main, *others = composed
    return (main, *(name for name in others if name and not _has_particle(name, composed, row.kind)))


def _has_particle(name: str, names: Iterable[str], kind: str) -> bool:
    return any(_is_particle(name[len(stem) :], stem, kind) for stem in names if stem and stem != name and name.startswith(stem))


def _is_particle(rest: str, stem: str, kind: str) -> bool:
    if kind == "LOC" and rest in _PARTS_OF_PLACES:
        return False
    return _PARTICLES[_ending(stem)].fullmatch(rest) is not None


def _ending(stem: str) -> str:
    code = ord(stem[-1])
    if not _FIRST <= code <= _LAST:
        return "unknown"  # 910B는, LG는: how it is read aloud is not written
    final = (code - _FIRST) % _FINALS
    return "vowel" if final == 0 else "rieul" if final == _RIEUL else "consonant"
