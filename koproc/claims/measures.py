"""What a number measures: the noun in the text that names the property, found near the number by particle and by word.

In this order of trust: after 의 (80%의 성능), the noun that a counter counts, one of several with 각각, a known measure before the
number in its clause (매출은, 점유율이), a counted noun, the object of the verb, the verbal noun (투자한다), a measure earlier in the sentence.
"""

from __future__ import annotations

import re

from ..document import Quantity, Reference
from .structure import Chunk, Clause, SentenceView, noun_run_start, reference_at
from .vocabulary import changes, ends_in_property, properties

# What may stand between a number and the verb that moves it: 12% 늘었다, 3조 원으로 늘었다, 41.6%, 78.3% 늘었다.
MOVES = re.compile(
    r"\s?(?:이상|이하|정도|가량|씩|만큼|안팎|수준)?(?:\s?[초중후]반)?(?:[으]?로|까지|[을를]\s|만큼|씩|가량|이나|\s(?!만에|동안|전|뒤|후)|,|$)"
)
_BASELINE = re.compile(r"\s?(?:대비|보다|에\s비[해하]|[와과]\s(?:비교|견줘|견주))")
_PROPERTY_TAIL = re.compile(
    r"(?:률|율|량|액|률|비중|비율|성능|규모|속도|용량|가격|수|비용|실적|지표|점수|폭|치|도|값|력|[가-힣]비|[가-힣]료|주기|수지|신고|시간|기간|목표)$"
)


def property_of(text: str, view: SentenceView, clause: Clause, quantity: Quantity, quantities: list[Quantity]) -> Reference | None:
    """The noun that the number measures: after 의 (80%의 성능), before it as object, subject or topic, or right before it."""
    following = next((c for c in view.chunks if quantity.full_end <= c.start <= quantity.full_end + 2), None)
    if following is not None and re.match(r"의\s", text[quantity.full_end : quantity.full_end + 2]):
        reference = _as_property(text, following, view) or _last_noun(text, view, following)
        if reference is not None:
            return reference
    if (listed := _respectively(text, view, clause, quantity, quantities)) is not None:
        return listed
    head = quantity.unit.removeprefix("개 ")
    if head != quantity.unit and text.startswith(head, quantity.end + 1):  # 4대 분야: the noun that 대 counts
        return reference_at(text, quantity.end + 1, quantity.end + 1 + len(head))
    preceding = [c for c in view.chunks if c.start < quantity.full_start and c.end <= quantity.full_start]
    in_clause = [c for c in preceding if c.start >= clause.start]
    adjacent = next((c for c in view.chunks if c.start < quantity.start <= c.end), None)
    near = ([_cut(adjacent, quantity)] if adjacent else []) + in_clause[::-1]
    for chunk in near:
        if chunk is not None and not marks_baseline(text, chunk) and (reference := _as_property(text, chunk, view)):
            return reference
    own = (
        _counted_noun(text, view, clause, quantity, adjacent)
        or _object_noun(text, view, in_clause, quantity)
        or _verbal_noun(text, view, clause, quantity)
    )
    if own is not None:
        return own
    for chunk in preceding[::-1]:
        if not marks_baseline(text, chunk) and (reference := _as_property(text, chunk, view)):
            return reference
    return None


def _object_noun(text: str, view: SentenceView, chunks: list[Chunk], quantity: Quantity) -> Reference | None:
    """발주를 30% 줄였다: the object that is made more or less; 500억 원대 판권 계약: the deal that a sum is of."""
    nearest = next((c for c in reversed(chunks) if c.particle_tag == "JKO"), None)
    if nearest is not None and quantity.full_start - nearest.end <= 12 and MOVES.match(text, quantity.full_end):
        return _last_noun(text, view, nearest)
    deal = _DEAL.match(text, quantity.full_end) if quantity.dimension == "money" else None
    following = next(
        (c for c in view.chunks if deal is not None and c.start == deal.end() and c.particle_tag in ("JKO", "JKS", "JX", "JKB")), None
    )
    return _last_noun(text, view, following) if following is not None else None


_DEAL = re.compile(r"(?:\s?규모의)?\s")


def _last_noun(text: str, view: SentenceView, chunk: Chunk) -> Reference | None:
    """The last run of nouns in a chunk, if it is no name and no time."""
    end = chunk.end
    start = noun_run_start(chunk.tokens, end)
    taken = [(m.start, m.end) for m in view.mentions if m.label in ("ORG", "PERSON", "LOC")] + [(t.start, t.end) for t in view.times]
    if end - start < 2 or text[start:end] in _NOT_COUNTED or any(a < end and start < b for a, b in taken):
        return None
    return reference_at(text, start, end)


def _respectively(text: str, view: SentenceView, clause: Clause, quantity: Quantity, quantities: list[Quantity]) -> Reference | None:
    """매출과 영업이익은 각각 3조 원, 2천억 원: the first to the first, the second to the second."""
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


def _counted_noun(text: str, view: SentenceView, clause: Clause, quantity: Quantity, adjacent: Chunk | None) -> Reference | None:
    """직원 94명, 위성은 모두 5기: what a counter counts is the property."""
    if quantity.dimension != "count" or quantity.unit.startswith("개 "):
        return None
    cut = _cut(adjacent, quantity) if adjacent else None
    if cut is not None and quantity.full_start - cut.end <= 1:
        chunks = [cut]
    else:
        chunks = [
            c
            for c in reversed(view.chunks)
            if clause.start <= c.start and c.end <= quantity.full_start and c.particle_tag in ("JKO", "JKS", "JX")
        ][:1]
    return next((noun for chunk in chunks if (noun := _last_noun(text, view, chunk)) is not None), None)


def _verbal_noun(text: str, view: SentenceView, clause: Clause, quantity: Quantity) -> Reference | None:
    """2조 원을 투자한다: the verbal noun of the predicate, where it is no verb of change or of reaching a level."""
    for token, following in zip(view.tokens, view.tokens[1:], strict=False):
        if token.start < quantity.full_end:
            continue
        if token.start - quantity.full_end > 12 or token.start >= clause.end:
            break
        nominal = view.sentence.kind in ("headline", "subhead") and token.start - quantity.full_end <= 1
        if token.tag == "NNG" and (following.tag == "XSV" or nominal) and len(token.form) > 1:
            word = text[token.start : token.end]
            return None if word in _NO_MEASURE or word in changes() else reference_at(text, token.start, token.end)
    return None


def _cut(chunk: Chunk, quantity: Quantity) -> Chunk | None:
    """The part of a chunk before the quantity (매출 2조 9,350억 원 is one run of nouns for Kiwi)."""
    tokens = tuple(token for token in chunk.tokens if token.end <= quantity.full_start)
    return Chunk(tokens[0].start, tokens[-1].end, "", "", tokens, "none") if tokens else None


def _as_property(text: str, chunk: Chunk, view: SentenceView) -> Reference | None:
    """The last word of a chunk if it names something that can be measured."""
    opening = next((token.start for token in chunk.tokens if token.tag == "SSO" and token.start > chunk.start), chunk.end)
    tokens = [token for token in chunk.tokens if token.tag not in ("SSO", "SSC", "SP") and token.end <= opening]
    if (
        not tokens
        or any(m.start <= tokens[-1].start < m.end for m in view.mentions)
        or any(t.start <= tokens[-1].start < t.end for t in view.times)
    ):
        return None
    end = tokens[-1].end
    starts = [token.start for token in tokens if end - token.start <= 12]
    for start in starts:  # longest first: 전력 소모, then 소모
        if text[start:end] in properties() and (
            start == tokens[0].start or not text[start - 1].isalnum() or text[start:end] == text[tokens[-1].start : end]
        ):
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


def marks_baseline(text: str, chunk: Chunk) -> bool:
    return bool(_BASELINE.match(text, chunk.end)) or chunk.particle == "보다" or text[max(chunk.start, chunk.end - 2) : chunk.end] == "대비"


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
