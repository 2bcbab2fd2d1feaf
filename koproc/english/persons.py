"""The English of a person's name: from parts that we know, from its sound, romanized."""

from __future__ import annotations

import re

from ..lexicon.name_parts import person_names, surnames
from ..lexicon.romanization import romanize, romanize_person
from ..transliteration import back_transliterate, chinese_person, decide, japanese_names, loanword_probability
from .translation import ROMANIZED, Translation, by_sound

_KNOWN = 0.9  # how often a name is right whose parts are all listed
_PARTLY = 0.8  # and the listed part of one whose other parts are not
_KANA = 0.7  # and the romaji of a Japanese name
_PINYIN = 0.8  # how often the commonest pinyin of a Chinese name is the right one
_FOREIGN = 0.97  # how sure a name that begins like a Korean one (소로스, 노박) must be foreign
_ALONE = {"family": 0.5, "given": 0.75}  # how sure a listed name must be that may be a Korean one as well (부시, 유리)
_FIRST = 0.8  # and one that another name follows (구로다 하루히코)
# syllables of Chinese names that no Korean name has (왕촨푸, 마윈)
_CHINESE = frozenset("윈쥔췬쉰쥐취쉬뤼촨촹좡솽콴쾅쿤쿵퉁퇀쑨쑹쑤쓰쩌쩡쭝쯔쭤춰쉐줴웨뤄둥룽훙펑팡팅젠롄톈옌녠댜랴뱌퍄먀샤샹셴")
_HANGUL = re.compile("[가-힣]+")


def english_of_person(name: str) -> Translation:
    """The English of a person's name, its words in the order of the Korean.

    >>> english_of_person("리즈 트러스").text, english_of_person("스가 요시히데").text, english_of_person("홍길동").text
    ('Liz Truss', 'Suga Yoshihide', 'Hong Gildong')
    """
    words = [word for word in re.split("[ ·-]+", name) if word]
    if len(words) < 2:
        return _single(name) or _heard(name)
    parts = _joined(words)
    return _japanese(parts) or _composed(parts) or _heard(name)


def looks_like_person(name: str) -> bool:
    """A Korean surname and one or two syllables of a given name, none of them a syllable of Chinese alone.

    >>> looks_like_person("홍길동"), looks_like_person("쑨원")
    (True, False)
    """
    shaped = (len(name) in (2, 3) and name[:1] in surnames()) or (len(name) in (3, 4) and name[:2] in surnames())
    return shaped and not _CHINESE & set(name)


def _single(name: str) -> Translation | None:
    """A family name or given name alone, unless a Korean may be called so: 유리, 한나."""
    kind = "family" if name in person_names()["family"] else "given"
    en = person_names()[kind].get(name)
    if en is None or name in surnames() or (len(name) < 3 and looks_like_person(name) and loanword_probability(name) < _ALONE[kind]):
        return None
    return Translation(en, "transliteration", _KNOWN)


def _joined(words: list[str]) -> list[str]:
    """Words that are listed as one name are one: 장 클로드, 폰 데어 라이엔."""
    names = person_names()
    parts: list[str] = []
    at = 0
    while at < len(words):
        runs = (("".join(words[at:end]), end) for end in range(len(words), at + 1, -1))
        part, at = next(((run, end) for run, end in runs if run in names["given"] or run in names["family"]), (words[at], at + 1))
        parts.append(part)
    return parts


def _composed(parts: list[str]) -> Translation | None:
    """A name of which at least one part is listed, the others spelled back."""
    names = person_names()
    listed = [_listed(part, first=not at, last=at == len(parts) - 1) for at, part in enumerate(parts)]
    if not any(en and (part in names["given"] or part in names["family"]) for part, en in zip(parts, listed, strict=True)):
        return None
    score = _KNOWN
    text = ""
    for part, en in zip(parts, listed, strict=True):
        if en is None:
            found = back_transliterate(part, 1)
            en, chance = (found[0].text, found[0].score) if found else (romanize(part), ROMANIZED)
            score = min(score, _PARTLY) * chance
        text += en if not text or text.endswith("-") else f" {en}"
    return Translation(text[0].upper() + text[1:], "transliteration", score)


def _listed(part: str, *, first: bool, last: bool) -> str | None:
    """The English of a part where it stands; what is not Hangul (initials) stays."""
    if not _HANGUL.fullmatch(part):
        return part
    names = person_names()
    korean = {part: surnames()[part]} if len(part) == 1 and (first or last) and part in surnames() else {}  # 제임스 김
    tables = (
        (names["family"], korean, names["given"])
        if last
        else (names["given"], names["family"], korean, names["particle"])
        if first
        else (names["particle"], names["given"], names["family"])
    )
    return next((table[part] for table in tables if part in table), None)


def _japanese(parts: list[str]) -> Translation | None:
    """A Japanese name, family name first: both parts are written in kana, and what is listed of them is no other name.

    Western names that kana could write end in 스 (안토니오 마르케스, but 도쿠가와 이에야스) or begin with a given name.
    """
    if len(parts) != 2 or any(part.endswith("스") and not part.endswith("야스") for part in parts):
        return None
    names = person_names()
    family, given = parts
    families, givens = japanese_names(family), japanese_names(given)
    if not families or not givens:
        return None
    known = [_listed(family, first=True, last=False), names["given"].get(given) or _listed(given, first=False, last=True)]
    surely = family not in names["given"] and known[0] in families
    unknown = known[0] is None and len(family) > 1 and (known[1] in givens or (known[1] is None and len(given) > 1))
    if not surely and not unknown:
        return None
    text = f"{known[0] or families[0]} {known[1] if known[1] in givens else givens[0]}"
    return Translation(text, "transliteration", _KNOWN if surely and known[1] in givens else _KANA)


def _heard(name: str) -> Translation:
    """Names that look Korean are romanized, those in pinyin spelled so, other foreign ones spelled back."""
    first = name.split(" ")[0]
    if not looks_like_person(first) or loanword_probability(first) >= (_FOREIGN if first == name else _FIRST):
        decision = decide(name, foreign=first != name)
        sure = decision.source == "transliteration" and len(decision.candidates) == 1
        chinese = chinese_person(name)
        if chinese and not looks_like_person(name) and (not sure or _CHINESE & set(name) or _same(chinese, decision.text)):
            return Translation(chinese, "transliteration", _PINYIN)
        if sure or (decision.source == "transliteration" and not looks_like_person(name)):
            return by_sound(decision)
    return Translation(romanize_person(name, surnames()), "romanization", ROMANIZED)


def _same(first: str, second: str) -> bool:
    return first.replace(" ", "").casefold() == second.replace(" ", "").casefold()
