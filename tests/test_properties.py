"""What must hold for every text: spans inside it, surfaces equal to slices, the same result alone and in a batch."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import koproc
from koproc.formats import dumps

WORDS = st.sampled_from(
    [
        "화웨이",
        "는",
        "의",
        "를",
        "엔비디아",
        "‘LX-300’",
        "칩",
        "을",
        "출시",
        "할",
        "계획",
        "이다.",
        "3조",
        "5천억",
        "원",
        "15~20%",
        "2027년",
        "9월",
        "20일(현지시각)",
        "에",
        "따르면",
        "매출",
        "이",
        "늘었다.",
        "어센드910B",
        "(MoE)",
        "전문가",
        "혼합",
        "(사진=화웨이).",
        "[가나경제",
        "홍길동",
        "기자]",
        "약",
        "40%",
        "이상",
        "30대",
        "수십",
        "곳",
        "두",
        "배",
        "‘",
        "’",
        "“",
        "”",
        "(",
        ")",
        "…",
        "·",
        ",",
        ".",
        "\n",
        "\t",
    ]
)
AWKWARD = st.sampled_from(
    [
        "\u200b",
        "\ufeff",
        "\x00",
        "\r\n",
        "👩‍👩‍👧",
        "漢字",
        unicodedata.normalize("NFD", "화웨이"),
        "ＡＩ",
        "ﾡ",
        "\ud800",
        "\u202e",
        "ᄒᆞᆫ글",
        "é",
        "\u00ad",
    ]
)
TEXTS = st.lists(st.one_of(WORDS, AWKWARD, st.text(max_size=6)), max_size=30).map(" ".join)
GLUED = st.lists(st.one_of(WORDS, AWKWARD), max_size=20).map("".join)
common = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@common
@given(text=st.one_of(TEXTS, GLUED))
def test_spans_lie_inside_the_text(nlp: koproc.Pipeline, text: str) -> None:
    """Every span is inside the text and its surface is the slice; mentions do not overlap; ids are unique."""
    document = nlp(text, published="2026-01-21")
    assert document.text == text
    document.check()
    for before, after in zip(document.mentions, document.mentions[1:], strict=False):
        assert before.end <= after.start
    ids = [item.id for item in (*document.mentions, *document.quantities, *document.times, *document.claims, *document.events)]
    assert len(ids) == len(set(ids))


@common
@given(text=st.one_of(TEXTS, GLUED))
def test_sentences_cover_the_text(nlp: koproc.Pipeline, text: str) -> None:
    """Sentences are in order, do not overlap, and leave out nothing that a reader could see."""
    document = nlp(text)
    at = 0
    for sentence in document.sentences:
        assert sentence.start >= at
        assert not _visible(text[at : sentence.start])
        at = sentence.end
    assert not _visible(text[at:])


def _visible(text: str) -> bool:
    return any(not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf", "Cs") for c in text)


@common
@given(text=TEXTS)
def test_output_can_be_written(nlp: koproc.Pipeline, text: str) -> None:
    """Whatever the text, its JSON line is valid UTF-8."""
    dumps(nlp(text)).encode("utf-8")


def test_same_alone_and_in_a_batch(nlp: koproc.Pipeline) -> None:
    """The result does not depend on the batch or on what came before."""
    texts = [
        "카카오는 내년 ‘무리-4’ 모델을 공개할 예정이다.",
        "",
        "네이버 1분기 매출 2조 9,350억 원…역대 최대",
        "한글",
        "\ufeff매출은 3조 원이다.",
    ] * 10
    batch = [dumps(document).split(", ", 2)[2] for document in nlp.pipe(texts)]
    alone = [dumps(nlp(text)).split(", ", 2)[2] for text in texts]
    assert batch == alone


def test_nonsense_is_refused() -> None:
    """parse_* raise a clear error on what is no number, quantity or time."""
    for text in ("", "나무", "3조 나무", "수십"):
        with pytest.raises(koproc.ParseError):
            koproc.parse_number(text)
    for text in ("", "나무", "매출 3조 원"):
        with pytest.raises(koproc.ParseError):
            koproc.parse_quantity(text)
    for text in ("", "어느 날", "지난해"):
        with pytest.raises(koproc.ParseError):
            koproc.parse_time(text)
