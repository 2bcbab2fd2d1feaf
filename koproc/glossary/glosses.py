"""Names and terms that the text itself explains in parentheses: 전문가 혼합(MoE), DeepSeek(딥시크), 연구소(MuriLab).

The left boundary comes, in this order of trust, from a mention that ends there, a gloss of the same acronym before, a term of
the lexicon, quotes, the letters of the acronym (as many nouns as capitals), and the run of nouns.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ..document import Document, Gloss, Mention, Token
from ..lexicon import Lexicon

_PAREN = re.compile(r"\(\s?(?P<inner>[^()\n]{2,60}?)\s?\)|≪(?P<angle>[^≪≫\n]{2,60})≫")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9&+./'’ -]*")
_HANGUL = re.compile(r"(?:이하\s?|약칭\s?|옛\s?)?[‘“']?(?P<name>[가-힣A-Za-z0-9]{2,20}(?:\s[가-힣A-Za-z0-9]{1,12})?)[’”']?")
_NEVER = re.compile(
    r"현지\s?시[각간]|한국\s?시[각간]|=|^(?:사진|자료|그래픽|출처|왼쪽|오른쪽|가운데|위|아래|종합|상보|하|상|중|주|코스닥|코스피|코넥스|뉴욕|나스닥|NYSE|NASDAQ)$|@|http|www|기자|\d{4,}|^[A-Z]?\d+$"
)
_UNITS = re.compile(
    r"(?:nm|㎚|mm|cm|km|GB|TB|MB|kW|MW|GW|kWh|MWh|GWh|Hz|GHz|MHz|TOPS|bps|Gbps|fps|ppi|dpi|W|V|A|L|g|kg|t|m|℃|%|USD|KRW|KST|EST|PST|GMT|UTC|TF|PF|EF)$"
)
_NOUNS = frozenset({"NNG", "NNP", "SL", "SH", "XPN", "XSN", "SN", "NR"})
_ORG_HEAD = re.compile(r"(?:연구소|연구원|연구센터|센터|위원회|협회|재단|학회|대학교?|기구|본부|청|원|부|사)$")


def find_glosses(document: Document, lexicon: Lexicon) -> Document:
    """Add the in-text glosses of a document.

    >>> document = Document(id="a", text="전문가 혼합(MoE)", tokens=(
    ...     Token(0, 3, "전문가", "NNG", "전문가"), Token(4, 6, "혼합", "NNG", "혼합")))
    >>> [(gloss.text, gloss.gloss) for gloss in find_glosses(document, Lexicon(())).glosses]
    [('전문가 혼합', 'MoE')]
    """
    text = document.text
    tokens = {token.end: token for token in document.tokens if token.end > token.start}
    mentions = {mention.end: mention for mention in document.mentions}
    skipped = [(s.start, s.end) for s in document.sentences if s.kind in ("byline", "dateline", "notice")]
    hits = {(hit.start, hit.end) for hit in lexicon.find(text)}
    longest_term: dict[int, int] = {}
    for start, end in hits:
        longest_term[end] = min(start, longest_term.get(end, start))
    known: dict[str, str] = {}
    found: list[Gloss] = []
    for match in _PAREN.finditer(text):
        if any(start <= match.start() < end for start, end in skipped):
            continue
        group = "inner" if match["inner"] is not None else "angle"
        gloss = _gloss(document, match.start(), match.span(group), tokens, mentions, longest_term, known)
        if gloss is not None:
            known.setdefault(gloss.gloss, gloss.text)
            found.append(gloss)
    return replace(document, glosses=tuple(found))


def _gloss(
    document: Document,
    at: int,
    inner: tuple[int, int],
    tokens: dict[int, Token],
    mentions: dict[int, Mention],
    terms: dict[int, int],
    known: dict[str, str],
) -> Gloss | None:
    text = document.text
    surface = text[slice(*inner)]
    end = at
    quoted = end > 0 and text[end - 1] in "’”'\""
    if quoted:
        end -= 1
    if end == 0 or not text[end - 1].isalnum() or _NEVER.search(surface):
        return None
    korean = "가" <= text[end - 1] <= "힣" or (end in mentions and not mentions[end].text.isascii())
    if _LATIN.fullmatch(surface) and korean:
        if _UNITS.fullmatch(surface) or (not re.search("[A-Z]", surface) and len(surface) < 4):
            return None
        start, evidence = _left(text, end, surface, quoted, tokens, mentions, terms, known)
    elif (hangul := _HANGUL.fullmatch(surface)) and not text[end - 1].isdecimal():
        name = hangul["name"]
        inner = (inner[0] + hangul.start("name"), inner[0] + hangul.end("name"))
        surface = name
        start, evidence = _hangul_left(text, end, name, mentions)
    else:
        return None
    if start is None or start >= end or text[start:end] == surface:
        return None
    return Gloss(start, end, text[start:end], surface, inner[0], inner[1], evidence)


def _left(
    text: str,
    end: int,
    acronym: str,
    quoted: bool,
    tokens: dict[int, Token],
    mentions: dict[int, Mention],
    terms: dict[int, int],
    known: dict[str, str],
) -> tuple[int | None, str]:
    if end in mentions and mentions[end].label != "LOC":
        mention = mentions[end]
        if mention.label != "PERSON" or " " in acronym:
            return mention.start, "mention"
    before = known.get(acronym)
    if before and text.endswith(before, 0, end):
        return end - len(before), "same gloss before"
    if quoted:
        opening = max(text.rfind(mark, max(0, end - 40), end) for mark in "‘“'\"")
        if opening >= 0:
            return opening + 1, "quotes"
    words = _noun_words(text, end, tokens)
    if not words:
        return None, ""
    capitals = sum(character.isupper() or character == "+" for character in acronym)
    lowercase = sum(character.islower() for character in acronym)
    by_letters = next((start for start in reversed(words) if _nouns_between(start, end, tokens) == capitals), None)
    if capitals >= 3 and lowercase <= 1 and by_letters is not None:
        return by_letters, "acronym letters"
    if end in terms and not _ORG_HEAD.search(text[words[0] : end]):
        return terms[end], "lexicon"
    if capitals >= 2 and lowercase <= 1:
        if by_letters is not None:
            return by_letters, "acronym letters"
        return words[-1], "last word"
    if lowercase and _ORG_HEAD.search(text[words[-1] : end]):
        return words[0], "noun run with an organization head"
    wanted = max(1, len(acronym.split()))
    return words[-min(len(words), wanted)], "noun run"


def _noun_words(text: str, end: int, tokens: dict[int, Token]) -> list[int]:
    """Starts of the words of nouns that lead up to `end`, leftmost first; at most six words."""
    starts: list[int] = []
    at = end
    while len(starts) < 6:
        token = tokens.get(at)
        if token is None or token.tag not in _NOUNS:
            break
        while (left := tokens.get(token.start)) is not None and left.tag in _NOUNS:
            token = left
        if tokens.get(token.start) is not None:  # glued to something that is no noun
            break
        starts.append(token.start)
        if token.start == 0 or text[token.start - 1] != " ":
            break
        at = token.start - 1
    return starts[::-1]


def _nouns_between(start: int, end: int, tokens: dict[int, Token]) -> int:
    """How many nouns (suffixes not counted) lead from `start` to `end`, one space between words at most."""
    count, at = 0, end
    while at > start and ((token := tokens.get(at)) is not None or (token := tokens.get(at - 1)) is not None):
        count += token.tag in _NOUNS and token.tag != "XSN"
        at = token.start
    return count


def _hangul_left(text: str, end: int, name: str, mentions: dict[int, Mention]) -> tuple[int | None, str]:
    """DeepSeek(딥시크), 과학기술정보통신부(과기정통부): Latin before Hangul, or a short form whose syllables come in order."""
    mention = mentions.get(end)
    latin = re.search(r"[A-Za-z][A-Za-z0-9.&+'-]*(?:\s[A-Z][A-Za-z0-9.&+'-]*){0,3}$", text[max(0, end - 60) : end])
    if latin and re.search("[가-힣]", name) and not re.search(r"\s|\d", name):
        if mention is not None and mention.label in ("ORG", "PRODUCT", "PERSON"):
            return mention.start, "mention"
        return (max(0, end - 60) + latin.start(), "latin") if re.search("[a-z]", latin.group()) and len(name) >= 2 else (None, "")
    if mention is not None and mention.label == "ORG" and len(name) < len(mention.text):
        syllables = iter(mention.text)
        if all(syllable in syllables for syllable in name):
            return mention.start, "short form"
    return None, ""
