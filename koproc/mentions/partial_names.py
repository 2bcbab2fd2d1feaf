"""Names of which the text gives the whole elsewhere: 별무리 of 별무리에이아이, 텔레챗 of 텔레챗3, 910B of 어센드 910B, 이 of 이재용, 올트먼 of 샘 올트먼.

A part belongs to a whole only if exactly one thing in the text can be the whole. All look-ups are by prefix, suffix or last word in one
dictionary, so the cost is linear in the number of names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..lexicon.name_parts import head_of, surnames
from ..lexicon.romanization import sounds_alike

# heads of company names that stand in no list of heads, since alone they would make names of ordinary words
_FURTHER_HEADS = {
    "ai": "AI",
    "에이아이": "AI",
    "인공지능": "AI",
    "코리아": "Korea",
    "컴퍼니": "Company",
    "컴퍼니즈": "Companies",
    "게임": "Games",
    "메디칼": "Medical",
    "미디어": "Media",
    "바이오텍": "Biotech",
    "벤처투자": "Venture Investment",
    "엔지니어링": "Engineering",
    "커뮤니케이션즈": "Communications",
    "페이": "Pay",
    "푸드": "Foods",
    "electronics": "Electronics",
    "group": "Group",
    "holdings": "Holdings",
    "labs": "Labs",
    "semiconductor": "Semiconductor",
    "systems": "Systems",
    "technologies": "Technologies",
    "technology": "Technology",
}
_VERSION = re.compile(r"v?\d+(?:\.\d+)*[a-z]{0,2}")
_MODEL_NUMBER = re.compile(r"(?=.*[A-Za-z])[A-Za-z]{0,4}\d{2,5}[A-Za-z]{0,3}")


def wholes(label: str, surfaces: Iterable[str]) -> Iterator[tuple[str, str, bool]]:
    """(part, whole, fits) for every part and every surface that it may be a part of.

    `fits` is false where the whole only competes: its rest is no company's head and no version, and a part with two wholes has none.

    >>> sorted(wholes("PRODUCT", ["텔레챗", "텔레챗3", "텔레챗 미니"]))
    [('텔레챗', '텔레챗 미니', False), ('텔레챗', '텔레챗3', True)]
    """
    named = set(surfaces)
    if label == "PERSON":
        yield from _persons(named)
    elif label in ("ORG", "PRODUCT"):
        yield from _begun(label, named)
    if label == "PRODUCT":
        yield from _model_numbers(named)


def _begun(label: str, named: set[str]) -> Iterator[tuple[str, str, bool]]:
    for whole in named:
        for size in range(2, len(whole)):
            part, rest = whole[:size], whole[size:]
            if part not in named or (part[-1].isdigit() and rest.lstrip(" -")[:1].isdigit()):
                continue  # A100 is no version of A10, nor Llama 3 8B of Llama 3
            if part[-1].isascii() and rest[0].isascii() and part[-1].isalpha() and rest[0].isalpha():
                continue  # Open of OpenAI
            fits = bool(_VERSION.fullmatch(rest.strip(" -").lower())) if label == "PRODUCT" else _is_company_head(rest.strip())
            yield part, whole, fits


def _is_company_head(rest: str) -> bool:
    """A company may be called without it; an institution, and what belongs to a company (연구소, 재단), may not."""
    head = head_of(rest, whole=True)
    institution = head is not None and head.level == "institution" and not head.head.endswith(("증권", "은행"))
    return not institution and english_of_heads(rest) is not None


def english_of_heads(rest: str) -> str | None:
    """The English of a chain of company heads (테크놀로지, 에너지솔루션), or None where a part is none.

    >>> english_of_heads("에이아이"), english_of_heads("에너지솔루션"), english_of_heads("나무")
    ('AI', 'Energy Solutions', None)
    """
    words: list[str] = []
    while rest:
        further = next((head for head in _FURTHER_HEADS if rest.lower().endswith(head)), None)
        head = head_of(rest, whole=True)
        if head is None and further is None:
            return None
        size = len(head.head) if head is not None else len(further or "")
        words.insert(0, head.en if head is not None else _FURTHER_HEADS[further or ""])
        rest = rest[:-size].rstrip()
    return " ".join(words) or None


def _model_numbers(named: set[str]) -> Iterator[tuple[str, str, bool]]:
    for whole in named:
        match = re.search(r"[A-Za-z0-9]+$", whole)
        if match is None or match.start() == 0 or not _MODEL_NUMBER.fullmatch(match.group()):
            continue
        if match.group() in named and re.search(r"[가-힣][ -]?$|\s$", whole[: match.start()]):
            yield match.group(), whole, True


def _persons(named: set[str]) -> Iterator[tuple[str, str, bool]]:
    for whole in named:
        last = re.split(r"[ ·-]", whole)[-1]
        if last != whole and last in named:
            yield last, whole, True
        for size in (1, 2):
            surname = whole[:size]
            known = size == 1 or surname in surnames()
            if known and surname in named and surname != last and size < len(whole) <= 4 and " " not in whole and not whole.isascii():
                yield surname, whole, True


def english_of_part(part: str, whole: str, en: str, *, person: bool = False) -> str | None:
    """The words of the English of a whole name that stand for a part of it, or None where that cannot be told.

    >>> english_of_part("별무리", "별무리에이아이", "Byulmuri AI"), english_of_part("올트먼", "샘 올트먼", "Sam Altman")
    ('Byulmuri', 'Altman')
    """
    words = en.split()
    if whole.startswith(part):
        heads = english_of_heads(whole[len(part) :].strip())
        if heads is not None:
            return en[: -len(heads)].rstrip() or None if en.lower().endswith(f" {heads.lower()}") else None
        return next((word for word in words if sounds_alike(part, word)), None) if len(part) == 1 else None
    if not whole.endswith(part) or len(whole.split()) < 2 or len(words) < 2:
        return None
    return words[-1] if person or len(words) == len(whole.split()) else None  # David J. Thouless is 데이비드 사울레스
