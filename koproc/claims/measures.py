"""What a number measures: the noun in the text that names the property, found near the number by particle and by word.

In this order of trust: after 의 (80%의 성능), the noun that a counter counts, one of several with 각각, a known measure before the
number in its clause (매출은, 점유율이), a counted noun, the object of the verb, the verbal noun (투자한다), a measure earlier in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ..document import Quantity, Reference
from .chunk_facts import ChunkFacts, marks_baseline
from .structure import Chunk, NumberView, SentenceView, noun_run_start, reference_at
from .vocabulary import changes, ends_in_property, properties

# What may stand between a number and the verb that moves it: 12% 늘었다, 3조 원으로 늘었다, 41.6%, 78.3% 늘었다.
MOVES = re.compile(
    r"\s?(?:이상|이하|정도|가량|씩|만큼|안팎|수준)?(?:\s?[초중후]반)?(?:[으]?로|까지|[을를]\s|만큼|씩|가량|이나|\s(?!만에|동안|전|뒤|후)|,|$)"
)
_PROPERTY_TAIL = re.compile(
    r"(?:률|율|량|액|률|비중|비율|성능|규모|속도|용량|가격|수|비용|실적|지표|점수|폭|치|도|값|력|[가-힣]비|[가-힣]료|주기|수지|신고|시간|기간|목표)$"
)


def property_of(
    text: str, view: SentenceView, chunks: Sequence[ChunkFacts], number: NumberView, quantities: Sequence[Quantity]
) -> Reference | None:
    """The noun that the number measures: after 의 (80%의 성능), before it as object, subject or topic, or right before it."""
    quantity, clause = number.quantity, number.clause
    if _OF.match(text, quantity.full_end) is not None:
        following = next((c for c in view.chunks if quantity.full_end <= c.start <= quantity.full_end + 2), None)
        if following is not None and (reference := _as_property(text, following, view) or _last_noun(text, view, following)) is not None:
            return reference
    if (listed := _respectively(text, view, number, quantities)) is not None:
        return listed
    head = quantity.unit.removeprefix("개 ")
    if head != quantity.unit and text.startswith(head, quantity.end + 1):  # 4대 분야: the noun that 대 counts
        return reference_at(text, quantity.end + 1, quantity.end + 1 + len(head))
    ahead = number.chunks  # of them all end before the number
    adjacent = view.chunks[ahead - 1] if ahead and view.chunks[ahead - 1].end >= quantity.start else None
    while ahead and view.chunks[ahead - 1].end > quantity.full_start:
        ahead -= 1
    cut = _cut(adjacent, quantity) if adjacent is not None else None
    if cut is not None and not marks_baseline(text, cut) and (reference := _measured(text, cut, view)) is not None:
        return reference
    opening = ahead  # the first of them in the clause
    while opening and view.chunks[opening - 1].start >= clause.start:
        opening -= 1
    return (
        _nearest_property(text, view, chunks[opening:ahead])
        or _counted_noun(text, view, number, cut)
        or _object_noun(text, view, view.chunks[opening:ahead], quantity)
        or _verbal_noun(text, view, number)
        or _nearest_property(text, view, chunks[:opening])
    )


def _nearest_property(text: str, view: SentenceView, chunks: Sequence[ChunkFacts]) -> Reference | None:
    """The property that the last of some chunks names; none is what something is compared with."""
    for facts in reversed(chunks):
        if not facts.baseline and (reference := _as_property(text, facts.chunk, view)) is not None:
            return reference
    return None


def _object_noun(text: str, view: SentenceView, chunks: Sequence[Chunk], quantity: Quantity) -> Reference | None:
    """발주를 30% 줄였다: the object that is made more or less; 500억 원대 판권 계약: the deal that a sum is of."""
    nearest = next((c for c in reversed(chunks) if c.role == "object"), None)
    if nearest is not None and quantity.full_start - nearest.end <= 12 and MOVES.match(text, quantity.full_end):
        return _last_noun(text, view, nearest)
    deal = _DEAL.match(text, quantity.full_end) if quantity.dimension == "money" else None
    if deal is None:
        return None
    following = next((c for c in view.chunks if c.start == deal.end() and c.particle_tag in ("JKO", "JKS", "JX", "JKB")), None)
    return _last_noun(text, view, following) if following is not None else None


_OF = re.compile(r"의\s")
_DEAL = re.compile(r"(?:\s?규모의)?\s")


def _last_noun(text: str, view: SentenceView, chunk: Chunk) -> Reference | None:
    """The last run of nouns in a chunk, if it is no name and no time."""
    end = chunk.end
    start = noun_run_start(chunk.tokens, end)
    if end - start < 2 or text[start:end] in _NOT_COUNTED:
        return None
    taken = [(m.start, m.end) for m in view.mentions if m.label in ("ORG", "PERSON", "LOC")] + [(t.start, t.end) for t in view.times]
    return reference_at(text, start, end) if not any(a < end and start < b for a, b in taken) else None


def _respectively(text: str, view: SentenceView, number: NumberView, quantities: Sequence[Quantity]) -> Reference | None:
    """매출과 영업이익은 각각 3조 원, 2천억 원: the first to the first, the second to the second."""
    quantity, clause = number.quantity, number.clause
    at = text.rfind("각각", clause.start, quantity.start)
    if at < 0:
        return None
    named: list[Chunk] = []
    for chunk in reversed([c for c in view.chunks if c.end <= at]):
        if named and chunk.particle_tag != "JC" and text[chunk.end : chunk.end + 1] not in (",", "·"):
            break
        named.insert(0, chunk)
        if len(named) == 1 and not (chunk.is_topic or chunk.is_subject or chunk.particle_tag == "JKO"):
            return None
    counted = [q for q in quantities if at < q.start < clause.end and q.dimension == quantity.dimension]
    if len(named) < 2 or len(counted) != len(named) or quantity not in counted:
        return None
    chunk = named[counted.index(quantity)]
    return _as_property(text, chunk, view)


_NOT_COUNTED = frozenset(
    {
        "평균",
        "총",
        "각각",
        "최대",
        "최소",
        "약",
        "모두",
        "전체",
        "국내",
        "해외",
        "연간",
        "하루",
        "지금",
        "현재",
        "누적",
        "세계",
        "전국",
        "기존",
        "추가",
    }
    | {"이상", "가운데", "이중", "회사", "업체", "기업", "시장", "나머지", "이번", "최근", "당시", "건당", "상위"}
)
_NO_MEASURE = frozenset(
    [
        "기록",
        "달성",
        "차지",
        "돌파",
        "집계",
        "발표",
        "조사",
        "예상",
        "전망",
        "추정",
        "공시",
        "설명",
        "육박",
        "도달",
        "추산",
        "공개",
        "해당",
        "제시",
        "포함",
        "불과",
    ]
)


def _counted_noun(text: str, view: SentenceView, number: NumberView, cut: Chunk | None) -> Reference | None:
    """직원 94명, 위성은 모두 5기: what a counter counts is the property."""
    quantity = number.quantity
    if quantity.dimension != "count" or quantity.unit.startswith("개 "):
        return None
    if cut is not None and quantity.full_start - cut.end <= 1:
        return _last_noun(text, view, cut)
    for chunk in reversed(view.chunks):
        if number.clause.start <= chunk.start and chunk.end <= quantity.full_start and chunk.particle_tag in ("JKO", "JKS", "JX"):
            return _last_noun(text, view, chunk)
    return None


def _verbal_noun(text: str, view: SentenceView, number: NumberView) -> Reference | None:
    """2조 원을 투자한다: the verbal noun of the predicate, where it is no verb of change or of reaching a level."""
    end = number.quantity.full_end
    for token, following in pairwise(view.tokens[number.following :]):
        if token.start - end > 12 or token.start >= number.clause.end:
            break
        if token.tag != "NNG" or len(token.form) < 2:
            continue
        nominal = view.sentence.kind in ("headline", "subhead") and token.start - end <= 1
        if following.tag == "XSV" or nominal:
            word = text[token.start : token.end]
            return None if word in _NO_MEASURE or word in changes() else reference_at(text, token.start, token.end)
    return None


def _cut(chunk: Chunk, quantity: Quantity) -> Chunk | None:
    """The part of a chunk before the quantity (매출 2조 9,350억 원 is one run of nouns for Kiwi)."""
    tokens = tuple(token for token in chunk.tokens if token.end <= quantity.full_start)
    return Chunk(tokens[0].start, tokens[-1].end, "", "", tokens, "none") if tokens else None


def _as_property(text: str, chunk: Chunk, view: SentenceView) -> Reference | None:
    """What a whole chunk measures, looked for once."""
    known = view.measured.get(chunk.end, _UNSEEN)
    if known is _UNSEEN:
        known = view.measured[chunk.end] = _measured(text, chunk, view)
    return known


_UNSEEN = Reference(-1, -1, "")


def _measured(text: str, chunk: Chunk, view: SentenceView) -> Reference | None:
    """The last word of a chunk if it names something that can be measured."""
    opening = next((token.start for token in chunk.tokens if token.tag == "SSO" and token.start > chunk.start), chunk.end)
    tokens = [token for token in chunk.tokens if token.tag not in ("SSO", "SSC", "SP") and token.end <= opening]
    if not tokens:
        return None
    last, end = tokens[-1].start, tokens[-1].end
    if any(m.start <= last < m.end for m in view.mentions) or any(t.start <= last < t.end for t in view.times):
        return None
    table = properties()
    for token in tokens:  # longest first: 전력 소모, then 소모
        start = token.start
        if end - start <= 12 and text[start:end] in table and (start in (tokens[0].start, last) or not text[start - 1].isalnum()):
            return reference_at(text, start, end)
    start = end
    for token in reversed(tokens):
        if token.end != start:
            break
        start = token.start
    word = text[start:end]
    if ends_in_property(word) or (
        len(word) > 1 and _PROPERTY_TAIL.search(word) and (chunk.particle_tag in ("JKS", "JKO", "JX", "JKG", "") or len(word) > 2)
    ):
        return reference_at(text, start, end)
    return None


def qualifier_of(text: str, view: SentenceView, found: Reference, subject: str | Reference | None) -> Reference | None:
    """Which part of a property is meant: the nouns before it (국내 매출, HBM 시장의 점유율) that are no name, time or number."""
    chunk = next((c for c in view.chunks if c.start <= found.start < c.end), None)
    if chunk is None:
        return None
    if chunk.start == found.start:  # its modifier may end in 의
        chunk = next((c for c in view.chunks if c.particle_tag == "JKG" and c.end + 2 == found.start), chunk)
        if chunk.start == found.start:
            return None
    end = min(chunk.end, found.start)
    taken = [(m.start, m.end) for m in view.mentions] + [(t.start, t.end) for t in view.times]
    start = max([chunk.start, *(b for a, b in taken if chunk.start <= a and b <= end), *_numbers_end(chunk, end)])
    end = start + len(text[start:end].rstrip(" ·,"))
    start = end - len(text[start:end].lstrip(" ·,‘’“”()\"'"))
    if end - start < 2 or (isinstance(subject, Reference) and subject.start < end and start < subject.end):
        return None
    if any(character in "()[]‘’“”" for character in text[start:end]) or text[start:end] in _NO_QUALIFIER:
        return None
    return reference_at(text, start, end)


_NO_QUALIFIER = frozenset(
    {"전체", "이번", "해당", "최근", "지난", "같은", "기간", "같은 기간", "평균", "최대", "최소", "약", "총", "각각", "이상"}
)


def _numbers_end(chunk: Chunk, limit: int) -> list[int]:
    return [token.end for token in chunk.tokens if token.tag in ("SN", "NR") and token.end <= limit]
