"""The English of a mention and where it came from: the text itself, the lexicon, composition of known parts,
what a loanword was before it was written in Hangul, romanization."""

from __future__ import annotations

import re

from ..document import EnglishSource
from ..lexicon import Lexicon
from ..lexicon.composition import compose
from ..lexicon.nouns import ordinary_words
from ..lexicon.romanization import romanize, romanize_person
from ..transliteration import chinese_person, decide, loanword_probability
from .cues import head_of, surnames
from .view import Candidate

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
_FOREIGN = 0.97  # how sure a name that begins like a Korean one (소로스, 노박) must be foreign
_FIRST = 0.8  # and one that another name follows (구로다 하루히코)
# syllables of Chinese names that no Korean name has (왕촨푸, 마윈)
_CHINESE = frozenset("윈쥔췬쉰쥐취쉬뤼촨촹좡솽콴쾅쿤쿵퉁퇀쑨쑹쑤쓰쩌쩡쭝쯔쭤춰쉐줴웨뤄둥룽훙펑팡팅젠롄톈옌녠댜랴뱌퍄먀샤샹셴")
# what is named by what it does: its English is made of that of its parts (디지털정보센터)
_INSTITUTION = re.compile(
    r"(?:센터|본부|위원회|협의회|협의체|협회|연구소|연구원|진흥원|공단|공사|학회|연합회|박물관|미술관|도서관|병원|대학원)$"
)
_LATIN_GLOSS = re.compile(r"[’”'\"]?\s?\(\s?(?P<english>[A-Z][A-Za-z0-9.&+'’ -]{2,60}?)\s?[),·]")


def english_of(candidate: Candidate, text: str, lexicon: Lexicon, glossed: dict[str, str]) -> tuple[str, EnglishSource]:
    """(English, where from). `glossed` is the English that the article itself gives for a surface."""
    surface = text[candidate.start : candidate.end]
    entry = candidate.entry or lexicon.get(surface)
    if surface.isascii():
        return surface, "same"
    if entry is not None and (candidate.source == "lexicon" or surface in entry.surfaces or lexicon.get(surface) is entry):
        return entry.en, "lexicon"
    if surface in glossed:
        return glossed[surface], "gloss"
    if entry is not None:  # a known product and its version
        base = next((s for s in sorted(entry.surfaces, key=len, reverse=True) if surface.startswith(s)), None)
        rest = surface[len(base) :] if base else ""
        if rest:
            return entry.en + (rest if rest[0] in " -" else f" {rest}"), "lexicon"
    if candidate.label == "PERSON":
        return _person(surface)
    if candidate.label == "ORG" and (composed := _organization(surface, lexicon)):
        return composed
    if candidate.label == "ORG" and _INSTITUTION.search(surface) and (named := compose(surface, lexicon, ordinary_words())):
        return _titled(named), "composition"
    return _parts(surface, lexicon)


def glosses_in(candidates: list[Candidate], text: str) -> dict[str, str]:
    """English names that stand in parentheses after a name: 한빛나노(Hanbit Nano)."""
    found: dict[str, str] = {}
    for candidate in candidates:
        surface = text[candidate.start : candidate.end]
        match = _LATIN_GLOSS.match(text, candidate.end)
        if match and not surface.isascii() and re.search("[a-z]", match["english"]):
            found.setdefault(surface, match["english"])
    return found


def _organization(surface: str, lexicon: Lexicon) -> tuple[str, EnglishSource] | None:
    """Prefix and head apart: 한빛전자 → Hanbit Electronics."""
    if surface.endswith("대") and len(surface) > 2:  # only rules that know a university leave 대 at the end
        school = decide(surface[:-1])
        return f"{school.text} University", school.source
    head = head_of(surface)
    if head is not None:
        prefix = surface[: -len(head.head)].strip()
        entry = lexicon.get(prefix)
        if entry is not None and entry.kind == "LOC":
            country = _COUNTRY_PREFIX.get(prefix)  # 한국전자, but 가나경제 is no Ghana
            return (f"{country} {head.en}", "composition") if country else (f"{romanize(prefix)} {head.en}", "romanization")
        if entry is not None:
            return f"{entry.en} {head.en}", "composition"
        if head.level == "institution" and (parts := compose(prefix, lexicon, ordinary_words())):
            return f"{_titled(parts).removeprefix('South ')} {head.en}", "composition"  # 한국…협회 is Korea … Association
        if prefix.isascii():
            return f"{prefix} {head.en}", "romanization"
        named = decide(prefix)
        return f"{named.text} {head.en}", named.source
    return None


def _person(name: str) -> tuple[str, EnglishSource]:
    """Names that look Korean are romanized, those in pinyin spelled so, other foreign ones spelled back."""
    first = name.split(" ")[0]
    if not _looks_korean(first) or loanword_probability(first) >= (_FOREIGN if first == name else _FIRST):
        decision = decide(name, foreign=first != name)
        sure = decision.source == "transliteration" and len(decision.candidates) == 1
        chinese = chinese_person(name)
        if chinese and not _looks_korean(name) and (not sure or _CHINESE & set(name) or _same(chinese, decision.text)):
            return chinese, "transliteration"
        if sure or (decision.source == "transliteration" and not _looks_korean(name)):
            return decision.text, "transliteration"
    return romanize_person(name, surnames()), "romanization"


def _looks_korean(name: str) -> bool:
    """A surname and one or two syllables of a given name, none of them a syllable of Chinese alone."""
    shaped = (len(name) in (2, 3) and name[:1] in surnames()) or (len(name) in (3, 4) and name[:2] in surnames())
    return shaped and not _CHINESE & set(name)


def _same(first: str, second: str) -> bool:
    return first.replace(" ", "").casefold() == second.replace(" ", "").casefold()


def _titled(words: str) -> str:
    return " ".join(word if word in _SMALL or any(c.isupper() for c in word) else word.capitalize() for word in words.split())


def _parts(surface: str, lexicon: Lexicon) -> tuple[str, EnglishSource]:
    """Each Hangul part by the lexicon where it is there (GLM-이미지 → GLM-Image), romanized where not."""
    source: EnglishSource = "composition"

    def part(match: re.Match[str]) -> str:
        nonlocal source
        entry = lexicon.get(match.group())
        if entry is None:
            decision = decide(match.group())
            source = decision.source if source != "romanization" else source
            return decision.text
        return entry.en if entry.kind != "TERM" else entry.en.title()

    spaced = re.sub(r"(?<=[가-힣])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[가-힣])", " ", surface)
    return re.sub("[가-힣]+", part, spaced), source
