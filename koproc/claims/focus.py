"""What an article is speaking of, carried from sentence to sentence, and from the headline into the body.

Korean leaves out what is known. A sentence whose topic is the property itself (영업이익은 2.4배로 늘었다) speaks of the organization or
product that was the topic before: that is the focus. 회사는 and 이 제품은 stand for the last organization or product.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..document import Mention, Reference
from .nouns import in_relative_clause, is_measure
from .structure import Chunk, SentenceView

_COMPANY_NOUNS = frozenset({"회사", "업체", "기업", "그룹", "은행", "이 회사", "회사측"})
_PRODUCT_NOUNS = frozenset(
    {
        "제품",
        "신제품",
        "모델",
        "게임",
        "칩",
        "서비스",
        "차량",
        "앱",
        "플랫폼",
        "신차",
        "로봇",
        "단말기",
        "신작",
        "장비",
        "배터리",
        "위성",
        "발사체",
    }
)
_COMPARING = ("대", "보", "에")  # how the particles of comparison begin
_COMPARED = re.compile(r"\s?(?:대비|보다|에\s비[해하])")
# who measures or foresees is not what is measured: 조사업체는 시장이 5% 커질 것으로 내다봤다
_OBSERVES = re.compile(r"전망|예상|내다[봤보]|예측|추산|추정|집계|분석|관측|점쳤|평가|조사")
# a speaker is not what is spoken of; one who speaks for a company speaks of it
_SPEAKER = re.compile(r"(?:관계자|대표|사장|회장|부사장|전무|상무|이사|실장|본부장|센터장|책임자|최고\S*책임자|CEO|CTO|CFO|측)$")
_OBSERVER = re.compile(r"(?:연구원|연구위원|애널리스트|교수|전문가|장관|차관|위원|기자|의원|업계|시장조사업체|조사업체|소식통)$")


@dataclass(frozen=True, slots=True)
class Memory:
    """What the sentences before leave behind: the names last spoken of, and the one in focus."""

    organization: str | Reference | None = None
    product: str | None = None
    focus: str | Reference | None = None

    def meant_by(self, words: str) -> str | Reference | None:
        """The name that 회사, 이 제품 … stand for, or None for other words."""
        parts = words.split()
        head = parts[-1] if parts else ""
        if head in _COMPANY_NOUNS or words in ("회사 측", "업체 측", "회사측"):
            return self.organization
        return self.product if head in _PRODUCT_NOUNS and parts[0] in ("이", "그", "해당", head) else None


def is_compared(text: str, end: int) -> bool:
    """Whether what ends here is what something is compared with (보다, 대비)."""
    return text[end : end + 2].lstrip()[:1] in _COMPARING and _COMPARED.match(text, end) is not None


def names_observer(words: str) -> bool:
    """Whether words name one who observes a market: 연구원, 업계, 조사업체."""
    return _OBSERVER.search(words) is not None


def names_speaker(words: str) -> bool:
    """Whether words name one who speaks for a company: 대표, 관계자."""
    return _SPEAKER.search(words) is not None


def _named_in(view: SentenceView, start: int, end: int) -> Mention | None:
    return view.mention_in(start, end, ("ORG", "PRODUCT"))


def _observes(text: str, view: SentenceView) -> bool:
    return _OBSERVES.search(text, max(view.sentence.start, view.sentence.end - 24), view.sentence.end) is not None


def remember(text: str, view: SentenceView, memory: Memory) -> Memory:
    """The memory after a sentence: its first topic or subject that is a name comes into focus; in headlines the first name does."""
    if view.sentence.kind in ("headline", "subhead"):
        first = next((m for m in view.mentions if m.label in ("ORG", "PRODUCT")), None)
        if first is None or (memory.focus is not None and view.sentence.kind == "subhead"):
            return memory
        return _focused(memory, first)
    if view.sentence.kind != "body":
        return memory
    product = next((m.id for m in reversed(view.mentions) if m.label == "PRODUCT"), memory.product)
    if product != memory.product:
        memory = Memory(memory.organization, product, memory.focus)
    for chunk in view.chunks:
        if chunk.role not in ("topic", "subject") and not text.startswith(" 역시", chunk.end):
            continue
        if chunk.is_subject and in_relative_clause(view, chunk, view.sentence.end):
            continue
        words = text[chunk.start : chunk.end]
        if (meant := memory.meant_by(words)) is not None and chunk.is_topic:
            return Memory(memory.organization, memory.product, meant)
        mention = _named_in(view, chunk.start, chunk.end) or _owner_of(view, chunk)
        if mention is not None:
            observer = mention.label == "ORG" and _observes(text, view) and memory.focus is not None
            return memory if observer else _focused(memory, mention)
        whole = len(words) > 2 and not text[chunk.start - 1 : chunk.start].isalnum()
        if memory.focus is None and whole and chunk.is_topic and not (names_speaker(words) or names_observer(words) or is_measure(words)):
            unknown = Reference(chunk.start, chunk.end, words)  # a name that the tagger does not know
            return Memory(memory.organization or unknown, memory.product, unknown)
    return memory


_FORESEEN = frozenset({"전망치", "전망", "예상치", "추정치", "자료", "집계", "조사", "보고서", "분석", "평균"})


def _owner_of(view: SentenceView, chunk: Chunk) -> Mention | None:
    """루나 가든 in 루나 가든의 누적 매출이: whose measure the subject of the sentence is."""
    before = next((c for c in view.chunks if c.particle_tag == "JKG" and 0 < chunk.start - c.end <= 3), None)
    foreseen = any(token.form in _FORESEEN for token in chunk.tokens)  # 증권사의 평균 전망치는: whose forecast, not whose measure
    return _named_in(view, before.start, before.end) if before is not None and not foreseen else None


def _focused(memory: Memory, mention: Mention) -> Memory:
    organization: str | Reference | None = mention.id if mention.label == "ORG" else memory.organization
    product = mention.id if mention.label == "PRODUCT" else memory.product
    return Memory(organization, product, mention.id)
