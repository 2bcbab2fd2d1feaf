"""Dated acts of bringing something out or into being: 가온나노는 내년 ‘LX-400’을 내놓을 예정이다, 공장은 9월 가동한다."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..document import ClaimTime, Document, Event, Mention, Reference, Token
from ..lexicon import Lexicon
from .english import as_reference
from .modality import modality_of
from .structure import Chunk, Clause, SentenceView, inside_quotes
from .vocabulary import actions
from .when import as_claim_time, fact_times

_OBJECT = re.compile(r"[’”'\"]?(?:\([^()]*\))?\s?(?:[가-힣A-Za-z]+\s?)?[을를]\s")
_OF_PRODUCTS = frozenset(
    {"발표", "개발", "판매", "공급", "생산", "시연", "종료", "중단", "적용", "탑재", "나오"}
)  # of anything else they are no release
_OPENED = re.compile(r"(?:문|센터|매장|점|공장|법인|사무소|은행|연구소|캠퍼스|라인|지사|쇼룸|스토어)$")  # what 열다 brings into being
_BEGUN = re.compile(r"(?:판매|서비스|양산|생산|공급|가동|배송|배포|운영|운행|시판|착공|예약|납품|인도|운항|접수)$")
_COUNTED = re.compile(r"\d\s?(?:곳|개|대|명|건|기|종|편)\s?$")


def find_events(
    document: Document,
    view: SentenceView,
    attribution: str | Reference | None,
    topic: str | Reference | None,
    lexicon: Lexicon,
) -> Iterator[Event]:
    """The events of one sentence: each verb of release, start or founding that has a time in its clause.

    `attribution` is who says it, `topic` the organization last spoken of.
    """
    text, table = document.text, actions()
    for index, token in enumerate(view.tokens):
        if token.form not in table or token.tag not in ("NNG", "VV"):
            continue
        following = view.tokens[index + 1] if index + 1 < len(view.tokens) else None
        if not _is_predicate(view, token, following):
            continue
        clause = view.clause_of(token.start)
        time = _time(text, view, clause, token)
        product = _product(text, view, clause, token)
        modality = modality_of(text, view, token.start, clause.end)
        if time is None and (product is None or modality != "planned"):
            continue
        if product is None and token.form in _OF_PRODUCTS:
            continue
        chunk = _object_chunk(clause, view, token)
        if not _is_start(text, view, token, chunk):
            continue
        if product is None and chunk is not None and _COUNTED.search(text[chunk.start : chunk.end]):
            continue  # 매장 12곳을 연다: a claim
        obj: str | Reference | None = product.id if product is not None else _noun(text, view, chunk, lexicon)
        yield Event(
            id="",
            start=clause.start,
            end=clause.end,
            subject=_subject(text, view, clause, token, product.start if product else token.start, topic, lexicon),
            action=_action(text, token),
            object=obj,
            time=time,
            attribution=attribution,
            modality=modality,
            en="",
            quoted=inside_quotes(text, view, token.start),
        )


def _is_start(text: str, view: SentenceView, token: Token, chunk: Chunk | None) -> bool:
    """문을 연다, 판매를 시작한다, 상업 운전에 들어간다; not 행사를 연다, 회의를 시작한다, 버스를 운전한다."""
    if token.form == "열":
        return chunk is not None and _OPENED.search(text[chunk.start : chunk.end]) is not None
    if token.form in ("시작", "개시"):
        before = (
            text[chunk.start : chunk.end] if chunk is not None else text[max(view.sentence.start, token.start - 8) : token.start].rstrip()
        )
        return _BEGUN.search(before) is not None
    return token.form != "운전" or text[max(0, token.start - 3) : token.start] == "상업 "


def _is_predicate(view: SentenceView, token: Token, following: Token | None) -> bool:
    """출시한다, 착공된다, 출시에 나선다, 내놓는다, and 출시 at the end of a headline; not 출시 가격, 오픈소스."""
    if token.tag == "VV":
        return True
    if following is None:
        return view.sentence.kind in ("headline", "subhead")
    if following.tag in ("NNG", "XSN") and following.start == token.end:
        return False
    if following.tag == "NNG" and view.sentence.kind == "body":
        return following.form in ("예정", "계획", "목표", "방침")
    return following.tag in ("XSV", "JKO", "JKB", "JKS", "SF", "SE", "SSC", "SP", "EC", "XSA", "JX") or following.start > token.end


def _action(text: str, token: Token) -> Reference:
    """A verbal noun stands for itself (출시); a verb is shown with its ending (내놓을)."""
    end = token.end
    while token.tag == "VV" and end < len(text) and "가" <= text[end] <= "힣":
        end += 1
    return Reference(token.start, end, text[token.start : end], actions()[token.form])


def _product(text: str, view: SentenceView, clause: Clause, action: Token) -> Mention | None:
    """The nearest product before the verb in its clause, marked as object (‘LX-400’을 출시) or bare before it (LX-400 출시)."""
    for mention in reversed(view.mentions):
        if mention.label != "PRODUCT" or not clause.start <= mention.start or mention.end > action.start:
            continue
        gap = text[mention.end : action.start]
        marked = _OBJECT.match(gap + " ") is not None and len(gap) <= 24
        return mention if marked or re.fullmatch(r"[’”'\"]?\s", gap) else None
    return None


def _object_chunk(clause: Clause, view: SentenceView, action: Token) -> Chunk | None:
    """The noun chunk that is the object of the verb."""
    return next(
        (c for c in reversed(view.chunks) if c.particle_tag == "JKO" and clause.start <= c.start and 0 < action.start - c.end <= 24), None
    )


def _noun(text: str, view: SentenceView, chunk: Chunk | None, lexicon: Lexicon) -> str | Reference | None:
    """A chunk as object or subject: the name in it, else its nouns without the time before them."""
    if chunk is None:
        return None
    mention = view.mention_in(chunk.start, chunk.end, ("PRODUCT",)) or view.mention_in(chunk.start, chunk.end, ("ORG",))
    if mention is not None and (mention.label == "PRODUCT" or mention.end == chunk.end):
        return mention.id
    start = max([chunk.start, *(t.end for t in view.times if t.start < chunk.end and chunk.start < t.end < chunk.end)])
    start += len(text[start : chunk.end]) - len(text[start : chunk.end].lstrip(" ,()의"))
    return as_reference(text, start, chunk.end, lexicon) if chunk.end - start > 1 else None


def _time(text: str, view: SentenceView, clause: Clause, action: Token) -> ClaimTime | None:
    """The last time before the verb in its clause."""
    inside = [time for time in fact_times(text, view) if clause.start <= time.start < action.start]
    return as_claim_time(inside[-1] if inside else None)


def _subject(
    text: str, view: SentenceView, clause: Clause, action: Token, limit: int, topic: str | Reference | None, lexicon: Lexicon
) -> str | Reference | None:
    """Who does it: the name that is topic or subject, the thing itself (공장은 가동한다), or the topic before."""
    before = [c for c in view.chunks if c.end <= min(limit, action.start)]
    for chunk in reversed(before):
        mention = view.mention_in(chunk.start, chunk.end, ("ORG", "PRODUCT"))
        if mention is not None and (chunk.is_topic or chunk.is_subject or text.startswith(" 역시", chunk.end)):
            return mention.id
    own = next((c for c in reversed(before) if c.start >= clause.start and (c.is_topic or c.is_subject)), None)
    if own is not None and (noun := _noun(text, view, own, lexicon)) is not None:
        return noun
    makers = [m for m in view.mentions if m.label == "ORG" and m.end <= limit]
    return makers[-1].id if makers else topic
