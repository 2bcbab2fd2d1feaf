"""Hangul → Latin letters where nothing better is known: Revised Romanization with pronunciation rules (koroman), names capitalized.

The result is a placeholder that a person should review; every record that uses it says `romanization`.
"""

from __future__ import annotations

import re
from functools import lru_cache

_HANGUL = re.compile("[가-힣]+")
# ㅎ after ㄱ, ㄷ or ㅂ is written out in nouns (묵호 Mukho); 히 and 혀 are inflection (굳히다 Guchida, 잡혀 Japyeo)
_CODA_BEFORE_H = "".join(chr(code) for code in range(ord("가"), ord("힣") + 1) if (code - ord("가")) % 28 in (1, 7, 17))
_WRITTEN_H = re.compile(f"([{_CODA_BEFORE_H}])(?=[하-힣])(?![히혀혔힌힐])")


def romanize(text: str) -> str:
    """Revised Romanization, each word capitalized; what is not Hangul stays.

    >>> romanize("한빛 LX-300"), romanize("집현전")
    ('Hanbit LX-300', 'Jiphyeonjeon')
    """
    return _HANGUL.sub(lambda word: _romanized(word.group()), text)


@lru_cache(maxsize=20_000)
def _romanized(word: str) -> str:
    from koroman import romanize as revised

    return "".join(str(revised(part)) for part in _WRITTEN_H.sub("\\1 ", word).split()).capitalize()


def romanize_person(name: str, surnames: dict[str, str]) -> str:
    """A Korean person's name: usual spelling of the surname, then the given name.

    >>> romanize_person("홍길동", {"홍": "Hong"})
    'Hong Gildong'
    """
    surname = name[:2] if len(name) >= 4 and name[:2] in surnames else name[:1]
    if surname not in surnames or not 2 <= len(name) <= 4 or " " in name:
        return romanize(name)
    return f"{surnames[surname]} {romanize(name[len(surname) :])}"


def sounds_alike(hangul: str, latin: str) -> bool:
    """Whether Latin letters can be the spelling of Hangul: their consonants, roughly, come in the same order.

    >>> sounds_alike("별무리AI", "Byeolmuri AI"), sounds_alike("루미나칩", "LuminaChip"), sounds_alike("인공지능", "Artificial Intelligence")
    (True, True, False)
    """
    alike, begin_alike = likeness(hangul, latin)
    return begin_alike and alike >= 0.6


def likeness(hangul: str, latin: str) -> tuple[float, bool]:
    """How alike the consonants of Hangul and Latin letters are, from 0 to 1, and whether the first ones are.

    >>> likeness("캠브리콘", "Cambricon")
    (1.0, True)
    """
    from difflib import SequenceMatcher

    first, second = consonants(romanize(hangul)), consonants(latin)
    if not first or not second:
        return 0.0, False
    return SequenceMatcher(None, first, second, autojunk=False).ratio(), first[0] == second[0]


_ALIKE = {"k": "gkcqx", "t": "dt", "p": "bpfv", "l": "lr", "s": "sz", "j": "j", "m": "m", "n": "n", "h": "h"}
_CLASSES = {letter: name for name, letters in _ALIKE.items() for letter in letters}


def consonants(text: str) -> str:
    """The consonants of Latin letters, roughly as they sound: one letter for k, g, c, q, x and so on.

    >>> consonants("Cambricon"), consonants("kaembeurikon")
    ('kmplkn', 'kmplkn')
    """
    return "".join([_CLASSES[letter] for letter in text.lower().replace("ch", "j") if letter in _CLASSES])
