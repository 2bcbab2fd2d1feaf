"""What pages for people say, in Korean and in English: labels, kinds, sources of English, modalities, heads of columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["ko", "en"]


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of one language; a code that has none is shown as it is."""

    labels: dict[str, str]
    modalities: dict[str, str]
    sources: dict[str, str]
    quantity: str
    time: str
    claim: str
    review: str
    legend: str
    claims: str
    claim_columns: tuple[str, ...]
    events: str
    event_columns: tuple[str, ...]


WORDS: dict[Language, PageWords] = {
    "ko": PageWords(
        labels={"ORG": "기관·기업", "PRODUCT": "제품", "PERSON": "인물", "LOC": "장소", "TERM": "용어"},
        modalities={"asserted": "단정", "reported": "전언", "planned": "계획", "estimated": "추정", "denied": "부인"},
        sources={
            "lexicon": "사전",
            "gloss": "본문 병기",
            "transliteration": "음역",
            "romanization": "로마자 표기",
            "composition": "조합",
            "mt": "기계 번역",
            "same": "원문 그대로",
        },
        quantity="수량",
        time="시점",
        claim="주장이 있는 문장",
        review="확인이 필요한 번역",
        legend="표시 설명",
        claims="수치 주장",
        claim_columns=("주장", "English", "구간", "시점", "양태", "출처"),
        events="일정과 계획",
        event_columns=("내용", "English", "시점", "양태", "출처"),
    ),
    "en": PageWords(
        labels={"ORG": "organization", "PRODUCT": "product", "PERSON": "person", "LOC": "place", "TERM": "term"},
        modalities={name: name for name in ("asserted", "reported", "planned", "estimated", "denied")},
        sources={
            "lexicon": "lexicon",
            "gloss": "in the text",
            "transliteration": "spelled back",
            "romanization": "romanized",
            "composition": "composed",
            "mt": "machine translation",
            "same": "as written",
        },
        quantity="quantity",
        time="time",
        claim="sentence with a claim",
        review="English to check",
        legend="What the marks mean",
        claims="Numeric claims",
        claim_columns=("Claim", "English", "Interval", "Time", "Modality", "Source"),
        events="Events and plans",
        event_columns=("Event", "English", "Time", "Modality", "Source"),
    ),
}
