"""Quantities → claims: what each is about, compared with what, when, in which direction, and who says so.

Rules over the shallow structure of one sentence; an anaphor at its beginning (이를, 회사는) reaches one sentence back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from ..document import Claim, Direction, Document, Event, Quantity, Reference
from ..lexicon import Lexicon
from . import english
from .events import find_events
from .modality import attribution_of, modality_of, tells_ahead
from .structure import Chunk, Clause, SentenceView, sentence_views
from .subjects import Memory, remember, subject_of
from .vocabulary import changes, properties
from .when import claim_time, fact_times, goes_on, opens_paragraph

# What may stand between a number and the verb that moves it: 12% 늘었다, 3조 원으로 늘었다, 41.6%, 78.3% 늘었다.
_MOVES = re.compile(
    r"\s?(?:이상|이하|정도|가량|씩|만큼|안팎|수준)?(?:\s?[초중후]반)?(?:[으]?로|까지|[을를]\s|만큼|씩|가량|이나|\s(?!만에|동안|전|뒤|후)|,|$)"
)
_ANAPHOR = re.compile(r"\W*(?:이를|이에|이는|이로써|이 가운데|이 중|이와|이같은|이러한|그|또|또한|아울러)\s")
_BASELINE = re.compile(r"\s?(?:대비|보다|에\s비[해하]|[와과]\s(?:비교|견줘|견주))")
_REACHES = re.compile(r"\s?(?:이상|이하|수준|정도)?(?:\s?[초중후]반)?(?:까지|로|으로|에\s?(?:달|이르|육박))")
_PROPERTY_TAIL = re.compile(
    r"(?:률|율|량|액|률|비중|비율|성능|규모|속도|용량|가격|수|비용|실적|지표|점수|폭|치|도|값|력|[가-힣]비|[가-힣]료|주기|수지|신고|시간|기간|목표)$"
)
_STATED = re.compile(r"[을를이가은는로도]|에|까지|으로|\s?(?:돌파|기록|달성|확보|투입|투자|판매|증가|감소|늘|줄|모았|모여|넘)")


def find_claims(document: Document, lexicon: Lexicon) -> Document:
    """Add the claims and events of a document whose mentions, quantities and times are known."""
    claims: list[Claim] = []
    events: list[Event] = []
    memory = Memory()
    quantities = {quantity.start: quantity for quantity in document.quantities}
    starts = sorted(quantities)
    at = 0
    for view in sentence_views(document):
        inside: list[Quantity] = []
        while at < len(starts) and starts[at] < view.sentence.end:
            if starts[at] >= view.sentence.start:
                inside.append(quantities[starts[at]])
            at += 1
        if view.sentence.kind not in ("byline", "dateline", "notice"):
            stated = list(_claims_of(document, view, inside, memory, lexicon))
            claims.extend(stated)
            events.extend(find_events(document, view, memory.organization, lexicon))
            memory = remember(document.text, view, memory, fact_times(document.text, view) if stated else [])
    named = replace(
        document,
        claims=tuple(replace(claim, id=f"c{n}") for n, claim in enumerate(claims, 1)),
        events=tuple(replace(event, id=f"e{n}") for n, event in enumerate(events, 1)),
    )
    return replace(
        named,
        claims=tuple(replace(claim, en=english.claim_sentence(named, claim)) for claim in named.claims),
        events=tuple(replace(event, en=english.event_sentence(named, event)) for event in named.events),
    )


def _claims_of(document: Document, view: SentenceView, quantities: list[Quantity], memory: Memory, lexicon: Lexicon) -> Iterator[Claim]:
    text = document.text
    used: set[str] = set()
    attribution = attribution_of(text, view, lexicon)
    if isinstance(attribution, Reference):
        attribution = memory.meant_by(attribution.text) or attribution
    for index, quantity in enumerate(quantities):
        if quantity.id in used or _is_aside(text, view, quantity):
            continue
        clause = view.clause_of(quantity.start)
        before = quantities[index - 1] if index else None
        origin = before if before is not None and _goes_from(text, before, quantity) else None
        following = quantities[index + 1] if index + 1 < len(quantities) else None
        if following is not None and _goes_from(text, quantity, following):
            continue
        found = _property(document, view, clause, quantity, quantities, lexicon)
        direction, to = _direction(text, view, clause, quantity)
        if found is None and direction is None and _is_bare_specification(text, quantity, view.sentence.kind):
            continue
        subject = subject_of(text, view, clause, quantity, found, memory, attribution, lexicon)
        if subject is None and found is None and direction is None:
            continue  # a number that is about nothing
        modality = modality_of(text, view, quantity.start, clause.end)
        anaphoric = not opens_paragraph(text, view) and _ANAPHOR.match(text[view.sentence.start : view.sentence.end]) is not None
        ahead = memory.time is not None and _is_ahead(document, memory.time.value)
        continued = anaphoric or (not ahead and goes_on(text, view, memory.time, found, modality))
        change: Literal["by", "to"] | None = None
        if direction is not None or origin is not None:
            change = "to" if to or origin is not None or quantity.dimension == "multiple" else "by"
        time = claim_time(text, view, clause, quantity, origin=origin, found=found, before=memory.time if continued else None)
        if modality == "asserted" and time is not None and _is_ahead(document, time.value) and tells_ahead(text, view):
            modality = "planned"
        yield Claim(
            id="",
            start=clause.start,
            end=clause.end,
            quantity=quantity.id,
            subject=subject,
            property=found,
            baseline=_baseline(document, view, clause, quantity, following, lexicon),
            direction=direction,
            change=change,
            from_=origin.id if origin else None,
            time=time,
            attribution=attribution,
            modality=modality,
            en="",
        )


def _is_ahead(document: Document, value: str | None) -> bool:
    """Whether a time lies wholly after publication, as far as its value tells: 2027 for an article of 2026."""
    return value is not None and document.published is not None and value[:4].isdecimal() and value > document.published.isoformat()[:10]


def _is_aside(text: str, view: SentenceView, quantity: Quantity) -> bool:
    """A conversion in parentheses, an age, or an apposition to a name (5대 은행인 국민은행): no claim of its own."""
    before = text[max(view.sentence.start, quantity.full_start - 2) : quantity.full_start]
    if before.endswith("(") and text[quantity.full_end : quantity.full_end + 1] == ")" and quantity.dimension in ("money", "age", "length"):
        return True
    if quantity.dimension == "age" or (quantity.per is None and text[quantity.end : quantity.end + 1] == "당"):
        return True
    head = re.compile(r"\s?[가-힣]+?인\s(?=\S)").match(text, quantity.end)
    return head is not None and any(m.start - head.end() in (0, 1) for m in view.mentions)


_SCALED = re.compile(r"\s?(?:규모|급|이상|이하|안팎|정도|가량|수준)")


def _is_bare_specification(text: str, quantity: Quantity, kind: str) -> bool:
    """5나노 공정, 16GB 메모리, 한 곳: a number that only modifies or picks out a noun, with nothing said about it."""
    if quantity.unit.startswith("개 ") or quantity.dimension in ("money", "percent", "multiple", "rank", "percentage point"):
        return False
    if quantity.dimension in ("time", "ordinal", "ratio") or quantity.nominal == 1:
        return True
    stated = _STATED.match(text, quantity.full_end) is not None
    closing = (
        kind in ("headline", "subhead") and re.match(r"\s?(?:[…”’,]|$|\n)", text[quantity.full_end : quantity.full_end + 2]) is not None
    )
    if quantity.dimension == "count":
        return not (stated or closing or _SCALED.match(text, quantity.end) is not None)
    return not (stated or closing or _SCALED.match(text, quantity.end) is not None) or not text[quantity.start].isdecimal()


def _goes_from(text: str, first: Quantity, second: Quantity) -> bool:
    """31.8%에서 24.2%로: the first is where the second comes from."""
    gap = text[first.full_end : second.full_start]
    return first.dimension == second.dimension and len(gap) <= 14 and bool(re.match(r"(?:에서|였던 것(?:이|에서)|에 그쳤던|이던)\s", gap))


def _property(
    document: Document, view: SentenceView, clause: Clause, quantity: Quantity, quantities: list[Quantity], lexicon: Lexicon
) -> Reference | None:
    """The noun that the number measures: after 의 (80%의 성능), before it as object, subject or topic, or right before it."""
    text = document.text
    following = next((c for c in view.chunks if quantity.full_end <= c.start <= quantity.full_end + 2), None)
    if following is not None and re.match(r"의\s", text[quantity.full_end : quantity.full_end + 2]):
        reference = _as_property(text, following, lexicon, view) or _last_noun(text, view, following, lexicon)
        if reference is not None:
            return reference
    if (listed := _respectively(text, view, clause, quantity, quantities, lexicon)) is not None:
        return listed
    head = quantity.unit.removeprefix("개 ")
    if head != quantity.unit and text.startswith(head, quantity.end + 1):  # 4대 분야: the noun that 대 counts
        return _reference(text, quantity.end + 1, quantity.end + 1 + len(head), lexicon)
    preceding = [c for c in view.chunks if c.start < quantity.full_start and c.end <= quantity.full_start]
    in_clause = [c for c in preceding if c.start >= clause.start]
    adjacent = next((c for c in view.chunks if c.start < quantity.start <= c.end), None)
    near = ([_cut(adjacent, quantity)] if adjacent else []) + in_clause[::-1]
    for chunk in near:
        if chunk is not None and not _marks_baseline(text, chunk) and (reference := _as_property(text, chunk, lexicon, view)):
            return reference
    own = (
        _counted_noun(text, view, clause, quantity, adjacent, lexicon)
        or _object_noun(text, view, in_clause, quantity, lexicon)
        or _verbal_noun(text, view, clause, quantity, lexicon)
    )
    if own is not None:
        return own
    for chunk in preceding[::-1]:
        if not _marks_baseline(text, chunk) and (reference := _as_property(text, chunk, lexicon, view)):
            return reference
    return None


def _object_noun(text: str, view: SentenceView, chunks: list[Chunk], quantity: Quantity, lexicon: Lexicon) -> Reference | None:
    """발주를 30% 줄였다: the object that is made more or less; 500억 원대 판권 계약: the deal that a sum is of."""
    nearest = next((c for c in reversed(chunks) if c.particle_tag == "JKO"), None)
    if nearest is not None and quantity.full_start - nearest.end <= 12 and _MOVES.match(text, quantity.full_end):
        return _last_noun(text, view, nearest, lexicon)
    deal = _DEAL.match(text, quantity.full_end) if quantity.dimension == "money" else None
    following = next(
        (c for c in view.chunks if deal is not None and c.start == deal.end() and c.particle_tag in ("JKO", "JKS", "JX", "JKB")), None
    )
    return _last_noun(text, view, following, lexicon) if following is not None else None


_DEAL = re.compile(r"(?:\s?규모의)?\s")


def _last_noun(text: str, view: SentenceView, chunk: Chunk, lexicon: Lexicon) -> Reference | None:
    """The last run of nouns in a chunk, if it is no name and no time."""
    start = end = chunk.end
    for token in reversed([t for t in chunk.tokens if t.end <= end]):
        if token.end != start or token.tag not in ("NNG", "XSN", "SL", "XPN", "NNP"):
            break
        start = token.start
    taken = [(m.start, m.end) for m in view.mentions if m.label in ("ORG", "PERSON", "LOC")] + [(t.start, t.end) for t in view.times]
    if end - start < 2 or text[start:end] in _NOT_COUNTED or any(a < end and start < b for a, b in taken):
        return None
    return _reference(text, start, end, lexicon)


def _respectively(
    text: str, view: SentenceView, clause: Clause, quantity: Quantity, quantities: list[Quantity], lexicon: Lexicon
) -> Reference | None:
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
    return _as_property(text, chunk, lexicon, view)


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


def _counted_noun(
    text: str, view: SentenceView, clause: Clause, quantity: Quantity, adjacent: Chunk | None, lexicon: Lexicon
) -> Reference | None:
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
    return next((noun for chunk in chunks if (noun := _last_noun(text, view, chunk, lexicon)) is not None), None)


def _verbal_noun(text: str, view: SentenceView, clause: Clause, quantity: Quantity, lexicon: Lexicon) -> Reference | None:
    """2조 원을 투자한다: the verbal noun of the predicate, where it is no verb of change or of reaching a level."""
    for token, following in zip(view.tokens, view.tokens[1:], strict=False):
        if token.start < quantity.full_end:
            continue
        if token.start - quantity.full_end > 12 or token.start >= clause.end:
            break
        nominal = view.sentence.kind in ("headline", "subhead") and token.start - quantity.full_end <= 1
        if token.tag == "NNG" and (following.tag == "XSV" or nominal) and len(token.form) > 1:
            word = text[token.start : token.end]
            return None if word in _NO_MEASURE or word in changes() else _reference(text, token.start, token.end, lexicon)
    return None


def _cut(chunk: Chunk, quantity: Quantity) -> Chunk | None:
    """The part of a chunk before the quantity (매출 2조 9,350억 원 is one run of nouns for Kiwi)."""
    tokens = tuple(token for token in chunk.tokens if token.end <= quantity.full_start)
    return Chunk(tokens[0].start, tokens[-1].end, "", "", tokens) if tokens else None


def _as_property(text: str, chunk: Chunk, lexicon: Lexicon, view: SentenceView) -> Reference | None:
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
            return _reference(text, start, end, lexicon)
    start = end
    for token in reversed(tokens):
        if token.end != start:
            break
        start = token.start
    word = text[start:end]
    known = next((word[-n:] for n in range(len(word), 1, -1) if word[-n:] in properties()), None)
    if known or (
        len(word) > 1 and _PROPERTY_TAIL.search(word) and (chunk.particle_tag in ("JKS", "JKO", "JX", "JKG", "") or len(word) > 2)
    ):
        return _reference(text, start, end, lexicon)
    return None


def _reference(text: str, start: int, end: int, lexicon: Lexicon) -> Reference:
    surface = text[start:end]
    return Reference(start, end, surface, english.noun(surface, lexicon))


def _marks_baseline(text: str, chunk: Chunk) -> bool:
    return bool(_BASELINE.match(text, chunk.end)) or chunk.particle == "보다" or text[max(chunk.start, chunk.end - 2) : chunk.end] == "대비"


def _baseline(
    document: Document, view: SentenceView, clause: Clause, quantity: Quantity, following: Quantity | None, lexicon: Lexicon
) -> str | Reference | None:
    """What stands before 대비, 보다, 에 비해 in the clause of the quantity."""
    text = document.text
    for match in re.finditer(r"대비|보다(?![가-힣])|에 비해|[와과] (?:비교|견줘|견주)", text[clause.start : quantity.full_start + 30]):
        at = clause.start + match.start()
        if at >= quantity.start and (at <= quantity.full_end + 1 or at > quantity.full_end + 20 or clause.end <= at):
            continue
        if at >= quantity.start and following is not None and following.start < clause.end:
            continue  # 2188억 원으로 전년 동기보다 30.2% 많아졌다: the comparison belongs to the number after it
        end = len(text[:at].rstrip())
        if mention := next((m for m in view.mentions if m.end == end), None):
            return mention.id
        if time := next((t for t in view.times if t.end == end), None):
            return Reference(time.start, time.end, time.text, english.time_phrase(time.text, time.value))
        chunk = next((c for c in reversed(view.chunks) if c.start < at and c.end <= at + 2), None)
        if chunk is not None:
            tokens = [token for token in chunk.tokens if token.end <= end]
            if tokens:
                inner = view.mention_in(tokens[0].start, end, ("PRODUCT", "ORG"))
                if inner is not None:
                    return inner.id
                return _reference(text, tokens[0].start, tokens[-1].end, lexicon)
    return None


def _direction(text: str, view: SentenceView, clause: Clause, quantity: Quantity) -> tuple[Direction | None, bool]:
    """(up or down, whether the number is the level reached): from the first verb of change after the number in its clause."""
    to = bool(_REACHES.match(text, quantity.full_end)) or text[quantity.end : quantity.full_end].strip() == "까지"
    table = changes()
    if quantity.dimension in ("rank", "age") or not _MOVES.match(text, quantity.full_end):
        return None, to
    following = next((token for token in view.tokens if token.start >= quantity.full_end), None)
    banded = re.match(r"\s?[초중후]반", text[quantity.full_end : quantity.full_end + 3])
    if (
        following is not None
        and not banded
        and following.start > quantity.full_end
        and following.tag in ("NNG", "NNP")
        and following.form not in table
    ):
        return None, to  # 48V 모터를 달면 …: the number belongs to the noun after it
    for token in view.tokens:
        if token.start < quantity.full_end:
            continue
        if (token.start >= clause.end and not clause.last) or token.start - quantity.full_end > 40:
            break
        if token.tag in ("SF", "SSC") and token.tag == "SF":
            break
        stem = token.form
        if stem in table and (token.tag in ("VV", "VA") or token.tag[:3] in ("VV-", "VA-") or (token.tag == "NNG" and len(stem) > 1)):
            return table[stem].direction, to
        if token.tag in ("JX", "JKS") and any(m.end == token.start for m in view.mentions):
            break
    return None, to
