"""The English of a name of several parts: each by the lexicon, by what kind of part it is, or by its sound."""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping

from ..document import EnglishSource, Label
from ..lexicon import Lexicon
from ..lexicon.composition import compose
from ..lexicon.name_parts import head_of, name_parts
from ..lexicon.nouns import ordinary_words
from ..lexicon.romanization import romanize
from ..transliteration import decide, loanword_probability
from ..transliteration.names import table_readings
from .senses import sense
from .translation import COMPOSED, Translation, by_sound, romanized

_PIECE = re.compile(r"[가-힣]+|[^가-힣]+")
_SCRIPT_JOINT = re.compile(r"(?<=[가-힣])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[가-힣])")
_HANGUL = re.compile("[가-힣 ]+")
_HANJA = re.compile(r"\s?\([\u4e00-\u9fff·\s]+\)")
_SMALL = frozenset({"of", "and", "the", "for", "in", "on", "to", "with"})  # that stay small in a title
_WHOLE = 0.98  # how sure a name must be foreign for its head to be a part of the foreign name
_FOREIGN = 0.9  # and for what follows 한국 to be the foreign company whose branch it is
_GENERIC = 4  # syllables of common nouns from which on they say what a product is, rather than name it (제어시스템)
_LOAN = 0.5  # and a word for its last syllable to be a part of it
_COMPASS = "동서남북중"
_NOT_SCHOOLS = re.compile(r"(?:부|군|함|무|시|세|현|국가|와|청|갑판|지|연|포|기|토|절|최|확|증|모)대$")
_WORST: dict[EnglishSource, int] = {"same": 0, "lexicon": 1, "gloss": 1, "composition": 2, "transliteration": 3, "romanization": 4}


def english_of_parts(surface: str, label: Label, lexicon: Lexicon) -> Translation:
    """The English of a name with this label that is in no lexicon as a whole.

    >>> english_of_parts("한빛전자 가온사업부", "ORG", Lexicon(())).text, english_of_parts("방배동", "LOC", Lexicon(())).text
    ('Hanbit Electronics Gaon Division', 'Bangbae-dong')
    """
    name = _HANJA.sub("", surface) or surface
    piece = {"ORG": _organization, "LOC": _place}.get(label, _product)
    if label == "LOC" and " " in name and _HANGUL.fullmatch(name):  # 하네다 공항
        whole = _place(name, lexicon, alone=True)
        if whole.origin != "romanization":
            return whole
    spaced = _SCRIPT_JOINT.sub(" ", name)
    pieces = _PIECE.findall(spaced)
    alone = len(spaced.split()) == 1
    return _joined("", (_spelled(text, lexicon, piece, alone) for text in pieces))


def titled(words: str) -> str:
    """The English of common nouns as part of a name.

    >>> titled("center of information")
    'Center of Information'
    """
    return " ".join(word if word in _SMALL or any(c.isupper() for c in word) else word.capitalize() for word in words.split())


def _spelled(text: str, lexicon: Lexicon, piece: Callable[..., Translation], alone: bool) -> Translation:
    return piece(text, lexicon, alone=alone) if "가" <= text[0] <= "힣" else Translation(text, "same", 1.0)


def _joined(separator: str, parts: Iterable[Translation]) -> Translation:
    """Parts put together: as uncertain as all of them, and from where the least sure one is from."""
    found = list(parts)
    score = 1.0
    for part in found:
        score *= part.score
    worst = max((part.origin for part in found), key=_WORST.__getitem__)
    return Translation(separator.join(part.text for part in found), "composition" if _WORST[worst] < 2 else worst, score)


def _product(word: str, lexicon: Lexicon, *, alone: bool) -> Translation:
    known = _known(word, lexicon, () if alone else ("word", "organization"))
    if known is not None:
        return known
    heard = by_sound(decide(word))
    if heard.origin != "transliteration" and len(word) >= _GENERIC and (common := compose(word, lexicon, ordinary_words(), sense=sense)):
        return _composed(titled(common))
    ending = None if heard.origin == "transliteration" else _ending(word, name_parts()["word"])
    if ending is None:
        return heard
    return _joined(" ", [_product(ending[0], lexicon, alone=True), _composed(ending[1])])


def _organization(word: str, lexicon: Lexicon, *, alone: bool) -> Translation:
    """First part, head and what is between them apart: 한빛전자 → Hanbit Electronics, 한국무리협회 → Korea Muri Association."""
    known = _known(word, lexicon, ("organization",) if len(word) >= 4 else () if alone else ("organization", "word"))
    if known is not None:
        return known
    if len(word) > 2 and word.endswith("대") and not _NOT_SCHOOLS.search(word):
        return _joined(" ", [by_sound(decide(word[:-1])), _composed("University")])
    head = head_of(word)
    ending = _ending(word, name_parts()["organization"])
    if head is None and ending is None:
        return _begun(word, lexicon, head="")
    if loanword_probability(word) >= _WHOLE and len((whole := decide(word)).candidates) == 1:
        return by_sound(whole)  # 마이크로소프트 is no company named Micro
    if head is not None and (ending is None or len(head.head) >= len(word) - len(ending[0])):
        rest, en, company = word[: -len(head.head)], head.en, head.level != "institution"
    else:
        rest, en = ending or ("", "")
        company = False
    listed = company or rest in name_parts()["first"]
    composed = None if listed else compose(rest, lexicon, ordinary_words(), name_parts()["adjective"], sense)
    first = _composed(titled(composed).removeprefix("South ")) if composed else _begun(rest, lexicon, head=en)
    return _joined(" ", [first, _composed(en)])


def _begun(word: str, lexicon: Lexicon, *, head: str) -> Translation:
    """What stands before a head, or a whole name without one: 현대엠코, 한국도요타 (Toyota Korea), 삼성토탈."""
    entry = lexicon.get(word)
    if word in name_parts()["first"]:
        return _composed(name_parts()["first"][word])
    if entry is not None and entry.kind != "LOC":
        return _composed(entry.en.removesuffix(" Group"))
    if entry is not None:  # 가나경제 is no Ghana
        return _composed(entry.en) if "city" in entry.note or "province" in entry.note else romanized(word)
    if head and head_of(word) is not None:
        return _organization(word, lexicon, alone=True)
    first = next((size for size in range(len(word) - 2, 1, -1) if word[:size] in name_parts()["first"]), None)
    if first is None or loanword_probability(word) >= _WHOLE:
        return by_sound(decide(word))
    rest = word[first:]
    branch = not head and word[:first] == "한국" and (lexicon.get(rest) is not None or loanword_probability(rest) >= _FOREIGN)
    parts = [_composed(name_parts()["first"][word[:first]]), _begun(rest, lexicon, head=head)]
    return _joined(" ", reversed(parts) if branch else parts)


def _place(word: str, lexicon: Lexicon, *, alone: bool) -> Translation:
    """A name and what kind of place it is: 하네다 공항 → Haneda Airport, 방배동 → Bangbae-dong, 후쿠시마현 → Fukushima Prefecture."""
    known = _known(word, lexicon, () if alone else ("place", "piece"))
    if known is not None:
        return known
    if word[0] in _COMPASS and (entry := lexicon.get(word[1:])) is not None and entry.kind == "LOC":
        return romanized(word)
    ending = _ending(word, ChainMap(name_parts()["unit"], name_parts()["place"]), least=1)
    if ending is None:
        return by_sound(decide(word))
    base, kind = ending[0].rstrip(), word[len(ending[0]) :]
    entry = lexicon.get(base)
    first = _composed(entry.en) if entry is not None and entry.kind == "LOC" else None
    if kind in name_parts()["unit"]:
        return _unit(word, base, kind, ending[1], first)
    if first is None:
        foreign = kind not in ("현", "성", "주", "강", "만") or (kind == "현" and "kana" in table_readings(base).values())
        if len(base) < 2 or not foreign:
            return by_sound(decide(word))
        first = by_sound(decide(base))
    if kind == "주" or first.text.endswith(ending[1]):
        return first
    return _joined(" ", [first, _composed(ending[1])])


def _unit(word: str, base: str, kind: str, en: str, first: Translation | None) -> Translation:
    """Units of administration are hyphenated, and their sounds do not change (Revised Romanization, 3.5): Dongchang-ri."""
    foreign = loanword_probability(word) >= _LOAN and kind not in ("구", "시")
    short = len(base) < 2 and not (kind == "구" and base in _COMPASS)
    if foreign or short or (kind == "가" and not base.endswith("로")):
        return first if first is not None and kind == "시" else by_sound(decide(word))
    name = first.text if first is not None and " " not in first.text else decide(base).text if kind in ("구", "시") else romanize(base)
    return _composed(f"{name}-{en}" if en else name)


def _known(word: str, lexicon: Lexicon, kinds: Iterable[str]) -> Translation | None:
    entry = lexicon.get(word)
    if entry is not None:
        return _composed(entry.en if entry.kind != "TERM" else titled(entry.en))
    for kind in kinds:
        if (en := name_parts()[kind].get(word)) is not None:
            return _composed(en)
    head = head_of(word, whole=True) if "organization" in kinds else None
    return _composed(head.en) if head is not None and head.head == word else None


def _composed(en: str) -> Translation:
    return Translation(en, "composition", COMPOSED)


def _ending(word: str, parts: Mapping[str, str], least: int = 2) -> tuple[str, str] | None:
    """What stands before the longest part that ends a word, and the English of that part."""
    sizes = range(min(len(word) - least, 10), 0, -1)
    return next(((word[:-size], parts[word[-size:]]) for size in sizes if word[-size:] in parts), None)
