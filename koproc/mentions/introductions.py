"""Other names that the text itself introduces: 월스트리트저널(WSJ), DeepSeek(딥시크), 한국무리협회(이하 ‘한무협’).

What stands in parentheses after a name may also be a second thing (a chip in a phone, a parent company), so that the two must look like
names of one thing: other letters of the same sound, initials, a short form, or a word that says so (이하, 약칭, 옛).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..document import Mention
from ..hangul import in_order
from ..lexicon.romanization import consonants, romanize, sounds_alike
from .view import Candidate, View

_INSIDE = re.compile(r"[’”'\"」』》>]?\s?[(≪\[]\s?(?P<inside>[^()≪≫\[\]\n]{1,60}?)\s?[)≫\]]")
_PIECE = re.compile(
    r"\s?(?:(?P<says>이하|약칭|약자로?|줄임말|줄여서|옛|구|舊|현|전|영문명|영어명|한글명|본명|새 이름)[\s,:]*)?[‘“'\"「『<]?(?P<name>[^‘’“”'\"「」『』<>]{1,40}?)[’”'\"」』>]?\s?"
)
_AFTER_COMMA = re.compile(r"[’”'\"]?,\s?(?:이하|약칭)\s?[,:]?\s?[‘“'\"]?")
_DECLARED = re.compile(r"(?:이하|약칭)[\s,:]*[‘“'\"「『<]?(?P<name>[가-힣A-Za-z0-9]{2,20}(?: [가-힣A-Za-z0-9]{2,20})?)[’”'\"」』>]?\s?$")
_LATIN_GLOSS = re.compile(r"[’”'\"]?\s?\(\s?(?P<english>[A-Z][A-Za-z0-9.&+'’ -]{2,60}?)\s?[),·]")
_FROM_NOW_ON = frozenset({"이하", "약칭", "약자", "약자로", "줄임말", "줄여서"})
_HANGUL = re.compile("[가-힣]")


@dataclass(frozen=True, slots=True)
class Introduction:
    """`other` is a further name of the thing that `mention` names; `declared` where the text declares it the name to use (이하)."""

    mention: Mention
    other: str
    declared: bool


def introductions(mentions: tuple[Mention, ...], text: str) -> Iterator[Introduction]:
    """Every other name that stands in parentheses after a mention and can be a name of the same thing.

    >>> mention = Mention("m1", 0, 6, "한국무리협회", "ORG", "", "romanization", "", 1.0, "rule")
    >>> [other.other for other in introductions((mention,), "한국무리협회(이하 ‘한무협’)는")]
    ['한무협']
    """
    for number, mention in enumerate(mentions):
        following = mentions[number + 1] if number + 1 < len(mentions) else None
        if following is not None and _AFTER_COMMA.fullmatch(text[mention.end : min(following.start, mention.end + 12)]):
            yield Introduction(mention, following.text, True)
        match = _INSIDE.match(text, mention.end)
        if match is None:
            continue
        for piece in re.split(r"[,·;/]|\s=\s", match["inside"]):
            part = _PIECE.fullmatch(piece)
            if part is None:
                continue
            declared = part["says"] in _FROM_NOW_ON
            if declared or _may_be(mention, part["name"], said=part["says"] is not None):
                yield Introduction(mention, part["name"], declared)


def declared_names(view: View, chosen: list[Candidate]) -> Iterator[Candidate]:
    """The names that the text declares for organizations and products (이하 진흥원), there and wherever they stand later."""
    sought: set[tuple[str, str]] = set()
    for candidate in chosen:
        match = _INSIDE.match(view.text, candidate.end) if candidate.label in ("ORG", "PRODUCT") else None
        declared = _DECLARED.search(view.text, *match.span("inside")) if match is not None else None
        if declared is None:
            continue
        name = declared["name"]
        at = declared.start("name")
        yield Candidate(at, at + len(name), candidate.label, 0.9, "rule", "declared after 이하")
        if (name, candidate.label) in sought:
            continue
        sought.add((name, candidate.label))
        while (at := view.text.find(name, at + len(name))) >= 0:
            if view.is_whole(at, at + len(name), weak=len(name) == 2 and not name.isascii()):
                yield Candidate(at, at + len(name), candidate.label, 0.85, "rule", "declared after 이하")


def english_in_brackets(candidates: Iterable[Candidate], text: str) -> dict[str, str]:
    """English names that stand in parentheses after a name, by that name: 한빛나노(Hanbit Nano)."""
    found: dict[str, str] = {}
    for candidate in candidates:
        surface = text[candidate.start : candidate.end]
        match = _LATIN_GLOSS.match(text, candidate.end)
        if match and not surface.isascii() and re.search("[a-z]", match["english"]) and _names_all(candidate, surface, match["english"]):
            found.setdefault(surface, match["english"])
    return found


def _names_all(candidate: Candidate, surface: str, english: str) -> bool:
    """Whether English may be that of a whole name: Mini is only the last word of 아이나비 미니."""
    return candidate.label == "ORG" or 2 * len(consonants(english)) > len(consonants(romanize(surface)))


def is_short_form(short: str, full: str) -> bool:
    """Whether the syllables of `short` come in this order in `full`, from its first word on: 과기정통부, 과학기술정보통신부.

    >>> is_short_form("과기정통부", "과학기술정보통신부"), is_short_form("통기부", "과학기술정보통신부")
    (True, False)
    """
    return 2 <= len(short) < len(full) and in_order(short, full)


def is_acronym(name: str) -> bool:
    """WSJ, KMA, K-DA: capitals only.

    >>> is_acronym("WSJ"), is_acronym("LuminaChip")
    (True, False)
    """
    return name.isascii() and len(name) <= 7 and sum(map(str.isupper, name)) >= 2 and not any(map(str.islower, name))


def _may_be(mention: Mention, other: str, *, said: bool) -> bool:
    name = mention.text
    if said:
        return True
    if bool(_HANGUL.search(name)) == bool(_HANGUL.search(other)):
        if mention.label == "PRODUCT" or name == other:
            return False
        if name.isascii():
            return is_acronym(other) and _initials(name) == other.replace(".", "")
        return is_short_form(other, name) or is_short_form(name, other)
    if mention.label == "LOC":
        return sounds_alike(name, other) or sounds_alike(other, name)
    return mention.label != "PRODUCT" or _digits(name) == _digits(other)


def _initials(name: str) -> str:
    return "".join(character for character in name if character.isupper())


def _digits(name: str) -> list[str]:
    return re.findall(r"\d+", name)
