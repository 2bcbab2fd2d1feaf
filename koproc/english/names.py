"""The English of a name and where it came from: the text itself, the lexicon, composition of known parts,
what a loanword was before it was written in Hangul, romanization."""

from __future__ import annotations

from collections.abc import Mapping

from ..document import Label
from ..lexicon import Entry, Lexicon
from ..lexicon.name_parts import name_parts, surnames
from ..lexicon.nouns import ordinary_words
from ..lexicon.romanization import romanize_person
from ..transliteration import chinese_person, decide, loanword_probability
from .parts import english_of_parts
from .translation import GLOSSED, LISTED, ROMANIZED, Translation, by_sound, pending

_PINYIN = 0.8  # how often the commonest pinyin of a Chinese name is the right one
_FOREIGN = 0.97  # how sure a name that begins like a Korean one (소로스, 노박) must be foreign
_FIRST = 0.8  # and one that another name follows (구로다 하루히코)
# syllables of Chinese names that no Korean name has (왕촨푸, 마윈)
_CHINESE = frozenset("윈쥔췬쉰쥐취쉬뤼촨촹좡솽콴쾅쿤쿵퉁퇀쑨쑹쑤쓰쩌쩡쭝쯔쭤춰쉐줴웨뤄둥룽훙펑팡팅젠롄톈옌녠댜랴뱌퍄먀샤샹셴")


def english_of_name(
    surface: str, label: Label, lexicon: Lexicon, *, entry: Entry | None = None, glossed: Mapping[str, str] | None = None
) -> Translation:
    """The English of a name with this label.

    `entry` is the lexicon entry that it belongs to where more than its surface says so (어센드910B to 어센드); `glossed` is the English that
    the article itself gives for surfaces.

    >>> english_of_name("한빛전자", "ORG", Lexicon(())).text, english_of_name("홍길동", "PERSON", Lexicon(())).text
    ('Hanbit Electronics', 'Hong Gildong')
    """
    if surface.isascii():
        return Translation(surface, "same", 1.0)
    listed = lexicon.get(surface) or lexicon.get(surface.replace(" ", ""))
    entry = entry or listed
    if entry is not None and (surface in entry.surfaces or listed is entry):
        return Translation(entry.en, "lexicon", LISTED)
    if glossed and surface in glossed:
        return Translation(glossed[surface], "gloss", GLOSSED)
    if entry is not None:  # a known product and its version
        base = next((s for s in sorted(entry.surfaces, key=len, reverse=True) if surface.startswith(s)), None)
        rest = surface[len(base) :] if base else ""
        if rest:
            return Translation(entry.en + (rest if rest[0] in " -" else f" {rest}"), "lexicon", LISTED)
    if (written := pending(surface, lexicon)) is not None:
        return written
    if label == "PERSON" and not _is_compound(surface, lexicon):
        return _person(surface)
    common = ordinary_words().get(surface) if label == "ORG" and surface not in name_parts()["first"] else None
    if common is not None:  # 정부, which some call a name
        return Translation(common, "lexicon", LISTED)
    return english_of_parts(surface, label, lexicon)


def _is_compound(name: str, lexicon: Lexicon) -> bool:
    """Whether words that some take for a person's name are terms: 기프트 바우처."""
    words = name.split(" ")
    return len(words) > 1 and all((entry := lexicon.get(word)) is not None and entry.kind == "TERM" for word in words)


def _person(name: str) -> Translation:
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


def looks_like_person(name: str) -> bool:
    """A Korean surname and one or two syllables of a given name, none of them a syllable of Chinese alone.

    >>> looks_like_person("홍길동"), looks_like_person("쑨원")
    (True, False)
    """
    shaped = (len(name) in (2, 3) and name[:1] in surnames()) or (len(name) in (3, 4) and name[:2] in surnames())
    return shaped and not _CHINESE & set(name)


def _same(first: str, second: str) -> bool:
    return first.replace(" ", "").casefold() == second.replace(" ", "").casefold()
