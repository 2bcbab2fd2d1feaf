"""The English of a name and where it came from: the text itself, the lexicon, composition of known parts,
what a loanword was before it was written in Hangul, romanization."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..document import EnglishSource, Label
from ..lexicon import Entry, Lexicon
from ..lexicon.composition import compose
from ..lexicon.name_parts import head_of, surnames
from ..lexicon.nouns import ordinary_words
from ..lexicon.romanization import romanize_person
from ..transliteration import chinese_person, decide, loanword_probability
from .translation import COMPOSED, GLOSSED, LISTED, ROMANIZED, Translation, by_sound, romanized

_COUNTRY_PREFIX = {
    "한국": "Korea",
    "대한": "Korea",
    "중국": "China",
    "일본": "Japan",
    "미국": "America",
    "대만": "Taiwan",
    "아시아": "Asia",
}
_SMALL = frozenset({"of", "and", "the", "for", "in", "on", "to", "with"})  # that stay small in a title
_PINYIN = 0.8  # how often the commonest pinyin of a Chinese name is the right one
_WHOLE = 0.98  # how sure a name must be foreign for its head to be a part of the foreign name
_FOREIGN = 0.97  # how sure a name that begins like a Korean one (소로스, 노박) must be foreign
_FIRST = 0.8  # and one that another name follows (구로다 하루히코)
# syllables of Chinese names that no Korean name has (왕촨푸, 마윈)
_CHINESE = frozenset("윈쥔췬쉰쥐취쉬뤼촨촹좡솽콴쾅쿤쿵퉁퇀쑨쑹쑤쓰쩌쩡쭝쯔쭤춰쉐줴웨뤄둥룽훙펑팡팅젠롄톈옌녠댜랴뱌퍄먀샤샹셴")
# what is named by what it does: its English is made of that of its parts (디지털정보센터)
_INSTITUTION = re.compile(
    r"(?:센터|본부|위원회|협의회|협의체|협회|연구소|연구원|진흥원|공단|공사|학회|연합회|박물관|미술관|도서관|병원|대학원)$"
)


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
    listed = lexicon.get(surface)
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
    if label == "PERSON":
        return _person(surface)
    if label == "ORG" and (composed := _organization(surface, lexicon)):
        return composed
    if label == "ORG" and _INSTITUTION.search(surface) and (named := compose(surface, lexicon, ordinary_words())):
        return Translation(_titled(named), "composition", COMPOSED)
    return _parts(surface, lexicon)


def _organization(surface: str, lexicon: Lexicon) -> Translation | None:
    """Prefix and head apart: 한빛전자 → Hanbit Electronics."""
    if surface.endswith("대") and len(surface) > 2:  # only rules that know a university leave 대 at the end
        return _followed_by(by_sound(decide(surface[:-1])), "University")
    head = head_of(surface)
    if head is None:
        return None
    if loanword_probability(surface) >= _WHOLE and len((whole := decide(surface)).candidates) == 1:
        return by_sound(whole)  # 마이크로소프트 is no company named Micro
    prefix = surface[: -len(head.head)].strip()
    entry = lexicon.get(prefix)
    if entry is not None and entry.kind == "LOC":
        country = _COUNTRY_PREFIX.get(prefix)  # 한국전자, but 가나경제 is no Ghana
        return _followed_by(Translation(country, "composition", COMPOSED) if country else romanized(prefix), head.en)
    if entry is not None:
        return Translation(f"{entry.en} {head.en}", "composition", COMPOSED)
    if head.level == "institution" and (parts := compose(prefix, lexicon, ordinary_words())):
        named = _titled(parts).removeprefix("South ")  # 한국…협회 is Korea … Association
        return Translation(f"{named} {head.en}", "composition", COMPOSED)
    return _followed_by(Translation(prefix, "romanization", ROMANIZED) if prefix.isascii() else by_sound(decide(prefix)), head.en)


def _followed_by(first: Translation, rest: str) -> Translation:
    return Translation(f"{first.text} {rest}", first.origin, first.score)


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


def _titled(words: str) -> str:
    return " ".join(word if word in _SMALL or any(c.isupper() for c in word) else word.capitalize() for word in words.split())


def _parts(surface: str, lexicon: Lexicon) -> Translation:
    """Each Hangul part by the lexicon where it is there (GLM-이미지 → GLM-Image), by its sound where not."""
    origin: EnglishSource = "composition"
    score = 1.0

    def part(match: re.Match[str]) -> str:
        nonlocal origin, score
        entry = lexicon.get(match.group())
        if entry is not None:
            score *= COMPOSED
            return entry.en if entry.kind != "TERM" else entry.en.title()
        heard = by_sound(decide(match.group()))
        origin = heard.origin if origin != "romanization" else origin
        score *= heard.score
        return heard.text

    spaced = re.sub(r"(?<=[가-힣])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[가-힣])", " ", surface)
    text = re.sub("[가-힣]+", part, spaced)
    return Translation(text, origin, score)
