"""Where a text names one thing twice: brackets (MoE), (이하 ‘공정위’), ≪…≫, and 이하, 약칭, 일명 after a comma. Offsets only; what is explained is
found by `boundaries.py`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BRACKETS = (
    re.compile(r"\(\s?(?P<round>[^()\n]{1,80}?)\s?\)"),
    re.compile(
        r"\[(?P<square>[^\[\]()\n]{2,40})\]|≪(?P<double>[^≪≫()\n]{2,60})≫|《(?P<book>[^《》()\n]{2,60})》|〈(?P<angle>[^〈〉()\n]{2,60})〉"
        r"|『(?P<title>[^『』()\n]{2,40})』|<(?P<less>[^<>()\n]{2,40})>"
    ),
)
# what says that another name follows
_CALLED = r"(?:이하|약칭|일명|이른바|줄여서|(?:옛|구|전|現)(?=[\s‘“'\"])|영문명|영어명|코드명|별칭|통칭|줄임말|한국명)"
_PIECE = re.compile(rf"(?P<called>{_CALLED}\s?)?[‘“'\"]?(?P<name>(?:[^‘’“”'\"]|(?<=[A-Za-z])['’](?=[a-z]))+?)[’”'\"]?")
_ALIAS = re.compile(
    r"[’”'\"]?,\s?(?:이하|약칭|일명|이른바|줄여서)\s?(?:[‘“'\"](?P<quoted>[^‘’“”'\"\n]{2,20})[’”'\"]|(?P<bare>[가-힣A-Za-z]{2,20}))"
)
_LATIN = re.compile(r"(?=[^가-힣]*[A-Za-z])[A-Za-z0-9][A-Za-z0-9&+./'’·-]*(?: [A-Za-z0-9&][A-Za-z0-9&+./'’-]*)*")
_HANGUL = re.compile(r"[가-힣A-Za-z0-9]{2,20}(?: [가-힣A-Za-z0-9]{1,12}){0,3}")
_MEANING = re.compile(r"[가-힣A-Za-z0-9%+]{2,20}(?: [가-힣A-Za-z0-9%+]{1,12}){0,5}")  # what letters stand for: OPS(출루율+장타율)
_CREDIT = re.compile(r"[=@:]|https?|www|^[a-z0-9-]+(?:\.[a-z0-9-]+){2,}$|[가-힣]{2,4}\s?(?:기자|특파원)$")
_NEVER = re.compile(
    r"(?:현지|한국|미국|동부|서부)\s?시[각간]|^(?:사진|자료|그래픽|출처|왼쪽|오른쪽|가운데|위|아래|종합|상보|하|상|중|주|남|여|코스닥|코스피|코넥스|뉴욕|나스닥"
    r"|NYSE|NASDAQ|AMEX|가칭|잠정|예정|웃음|당시|현재|대표|사장|회장|이하 생략|중략|생략|하략|속보|단독)$"
    r"|\d{4,}|^\d+$|^[\d.,~]+\s?(?:GB|TB|MB|인치|원|명|개|대|년|월|일|%|배|위|건|곳|호|회|세|살|층|시|분|초|점|단|차|기|장|권|편|㎡|달러|유로|엔|위안)$"
)
_REMARK = re.compile(
    r"^(?:위|아래|왼쪽|오른쪽|가운데)\s|(?:포함|제외|별도|기준|참조|참고)$|^(?:대표|대표이사|사장|회장|원장|이사장|총장|의장|위원장|소장|감독)\s[가-힣]{2,4}$|^비례$"
)
_UNITS = re.compile(
    r"(?:nm|㎚|mm|cm|km|GB|TB|MB|kW|MW|GW|kWh|MWh|GWh|Wh|Hz|GHz|MHz|TOPS|bps|Gbps|Mbps|fps|ppi|dpi|ppm|W|V|A|L|g|kg|t|m|km/h|℃|%|USD|KRW|KST|EST|PST|GMT"
    r"|UTC|TF|PF|EF|AAA|AA|A\+|A-|BBB|BB|B|[ABC][+-]?|dB|[kMGTmμn]?(?:Hz|Pa|Sv|Gy|Bq|eV)|[kmμn]?[JNKT]|[mμn][gmsLVAW]|[kMGT]b)$"
)
_AMOUNT = re.compile(
    r"(?:(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|몇|여러) ?|\d+ ?)(?:건|개|종|가지|곳|편|권|팀|개사|개국|개교)$"
)  # 기술 두 건(…)
_COUNTED = re.compile(r"\d+[가-힣]{1,2}$")  # 통신 3사(…·…): a list of them follows
_OFFICES = re.compile(r"C[A-Z]{1,2}O|VP|EVP|SVP|MC|PD|PM|PR")  # 대표(CEO): what somebody is, not another name
_OFFICE = re.compile(r"(?:대표|사장|회장|이사|전무|상무|실장|본부장|총괄|의장|대표이사|센터장)$")


@dataclass(frozen=True, slots=True)
class Naming:
    """A second name: `end` is where the words that it explains end (quotes left out), `quote` where a quotation of them begins,
    `limit` what they cannot begin before. `declared`: 이하, 약칭 … say that it is one.
    """

    end: int
    start: int
    stop: int
    latin: bool
    declared: bool
    quote: int | None
    limit: int


def namings(text: str) -> Iterator[Naming]:
    """All places that look as if they named something twice, in order; several for (Mixture of Experts, MoE).

    >>> [(text[n.start : n.stop], n.latin) for text in ["전문가 혼합(MoE) 구조"] for n in namings(text)]
    [('MoE', True)]
    """
    found = [*_bracketed(text), *_aliases(text)]
    yield from sorted(found, key=lambda naming: naming.start)


def _bracketed(text: str) -> Iterator[Naming]:
    for match in (match for pattern in _BRACKETS for match in pattern.finditer(text)):
        group = match.lastgroup or ""
        at, (first, last) = match.start(), match.span(group)
        end, quote, limit = _explained_end(text, at)
        if end == 0 or not text[end - 1].isalnum() or (group not in ("round", "double") and at != end + (quote is not None)):
            continue
        inner = text[first:last]
        if _CREDIT.search(inner) or (group != "round" and not _may_explain(inner)):
            continue
        yield from _pieces(text, first, last, end, quote, limit)


def _explained_end(text: str, at: int) -> tuple[int, int | None, int]:
    """Where the words before a bracket end, where a quotation of them begins, and the opening bracket that they cannot pass."""
    end, quote = at, None
    if end and text[end - 1] == " " and end > 1 and text[end - 2].isalnum():
        end -= 1
    if end and text[end - 1] in "’”'\"":
        end -= 1
        opening = max(text.rfind(mark, max(0, end - 40), end) for mark in "‘“'\"")
        quote = opening + 1 if opening >= 0 and "\n" not in text[opening:end] else None
    low = max(0, end - 80)
    limit = max(low, *(text.rfind(mark, low, end) + 1 for mark in "\n‘“([≪《〈『「<>》〉≫』」)]"))
    return end, quote, limit


def _may_explain(inner: str) -> bool:
    """Other brackets mostly hold titles: only Latin words or a short name right after a word explain it."""
    pieces = inner.split(",")
    return bool(_LATIN.fullmatch(pieces[0].strip())) or len(inner) <= 16


def _pieces(text: str, first: int, last: int, end: int, quote: int | None, limit: int) -> Iterator[Naming]:
    if ("·" in text[first:last] and _COUNTED.search(text, limit, end)) or _AMOUNT.search(text, limit, end):
        return
    at = first
    for number, part in enumerate(re.split("([,·;/])", text[first:last])):
        begin, at = at, at + len(part)
        if number % 2:
            continue
        lead = len(part) - len(part.lstrip())
        piece = _PIECE.fullmatch(part.strip())
        if piece is None:
            return
        name = piece["name"].strip()
        start = begin + lead + piece.start("name")
        declared = piece["called"] is not None
        latin = _LATIN.fullmatch(name) is not None
        after_hangul = "가" <= text[end - 1] <= "힣" or not latin or re.search("[가-힣]", text[limit:end]) is not None
        numbered = re.fullmatch(r"[A-Z](\d+)", name)
        if not declared and numbered is not None and numbered[1] not in text[limit:end]:
            return
        if not declared and (_NEVER.search(name) or _UNITS.fullmatch(name) or (_OFFICES.fullmatch(name) and _is_office(text, end))):
            return
        if not declared and _REMARK.search(name):
            continue
        hangul = _HANGUL if "가" <= text[end - 1] <= "힣" else _MEANING
        if not after_hangul or not (latin or hangul.fullmatch(name)) or (number and not latin and not declared and " " in name):
            continue
        yield Naming(end, start, start + len(name), latin, declared, quote, limit)


def _is_office(text: str, end: int) -> bool:
    return _OFFICE.search(text[max(0, end - 6) : end]) is not None


def _aliases(text: str) -> Iterator[Naming]:
    for match in _ALIAS.finditer(text):
        end, quote, limit = _explained_end(text, match.start() + (text[match.start()] in "’”'\""))
        if end and text[end - 1] == ")":  # 한국정보통신공사협회(통신공사협회), 이하 ‘협회’
            end = max(0, text.rfind("(", 0, end))
            limit = max(0, end - 60, text.rfind("\n", 0, end) + 1)
        name = match["quoted"] or match["bare"]
        start = match.start("quoted" if match["quoted"] else "bare")
        if end and text[end - 1].isalnum():
            yield Naming(end, start, start + len(name), _LATIN.fullmatch(name) is not None, True, quote, limit)
