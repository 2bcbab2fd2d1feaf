"""Hypothesis strategies of text that breaks analyzers, and families of text for the tests of time.

`texts()` is Korean-like text with everything in it that a file may hold; `FAMILIES` are units which repeated make a text of any size.
"""

from __future__ import annotations

import unicodedata

from hypothesis import strategies as st

WORDS = [
    *[
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
        "[",
        "]",
        "「",
        "」",
        "…",
        "·",
        ",",
        ".",
        "%",
        "하였다",
        "라고",
        "밝혔다.",
        "했다",
        "지난해",
        "내년",
        "상반기",
        "보다",
        "대비",
        "이하",
        "SK하이닉스",
        "일명",
        "달러",
        "1,234.5",
        "1/4",
        "3대",
        "1",
        "2026-01-21",
        "16:07",
        "입력",
        ":",
        "「새별」",
        "→",
    ],
    *("\n", "\t", "\r\n", "\r"),
]
JAMO = st.text(st.characters(min_codepoint=0x1100, max_codepoint=0x11FF), min_size=1, max_size=6)  # old Hangul too
HALF_WIDTH = st.text(st.characters(min_codepoint=0xFFA0, max_codepoint=0xFFDC), min_size=1, max_size=4)
FULL_WIDTH = st.text(st.characters(min_codepoint=0xFF01, max_codepoint=0xFF5E), min_size=1, max_size=4)
HANGUL = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=5)
HANJA = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=4)
INVISIBLE = st.sampled_from("\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2066\u2069\u2060\ufeff\u00ad\u180e\u061c\ufe0f\u115f\u3164")
ODD = st.sampled_from(
    ["\x00", "\x07", "\x1b[31m", "\x7f", "\x85", "\u2028", "\u2029", "\x0b", "\x0c", "\x1c", "\ud800", "\udfff", "\ud83d", "\uffff"]
)
EMOJI = st.sampled_from(
    ["👩‍👩‍👧", "👍🏽", "🇰🇷", "❤️", "1️⃣", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "𝟛", "𠮷", "é", "e\u0301\u0323", "ㅋㅋ", "각\u11a8", "Å", "ﬁ", "㈜", "㎏", "½", "٣"]
)
NUMBERS = st.one_of(
    st.from_regex(r"[0-9]{1,25}([.,][0-9]{1,4}){0,3}[억만조천백십%]?", fullmatch=True),
    st.text("0123456789", min_size=1, max_size=40),
    st.text("일이삼사오육칠팔구십백천만억조경영공", min_size=1, max_size=12),
)
PIECES = st.one_of(
    st.sampled_from(WORDS), st.sampled_from(WORDS), HANGUL, HANJA, JAMO, HALF_WIDTH, FULL_WIDTH, INVISIBLE, ODD, EMOJI, NUMBERS
)


@st.composite
def nested(draw: st.DrawFn) -> str:
    """Words inside many brackets or quotes, closed or not."""
    opening, closing = draw(st.sampled_from(["()", "[]", "‘’", "“”", '""', "''", "「」", "（）", "([", "”“"]))
    depth = draw(st.integers(1, 40))
    return opening * depth + draw(st.sampled_from(WORDS)) + closing * draw(st.integers(0, depth))


@st.composite
def long_words(draw: st.DrawFn) -> str:
    """A piece many times over, without a space."""
    return draw(PIECES) * draw(st.integers(50, 400))


@st.composite
def decomposed(draw: st.DrawFn) -> str:
    """Words in NFD, NFKD or with a character that nobody sees after each syllable."""
    words = "".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4)))
    form = draw(st.sampled_from(["NFD", "NFKD", "zero"]))
    return "\u200b".join(words) if form == "zero" else unicodedata.normalize(form, words)  # type: ignore[arg-type]


def texts(size: int = 30) -> st.SearchStrategy[str]:
    """Any text of up to `size` pieces, spaced or glued."""
    pieces = st.one_of(PIECES, PIECES, PIECES, PIECES, nested(), decomposed(), st.text(st.characters(), max_size=6))  # surrogates included
    pieces_or_long = st.one_of(*[pieces] * 12, long_words())
    return st.lists(pieces_or_long, max_size=size).flatmap(
        lambda found: st.sampled_from([" ", "", "\n"]).map(lambda glue: glue.join(found))
    )


FAMILIES = {
    "digits": "7",
    "digits with commas": "1,234,",
    "decimals": "1.5.",
    "digits and hangul": "3조5천억",
    "numerals": "일이삼사",
    "units": "십백천만억조",
    "ranges": "1~2~",
    "dashes": "1-",
    "signs": "±+",
    "percent": "%",
    "dates": "2026년 1월 21일 ",
    "dates glued": "2026-01-21",
    "clocks": "12:34:",
    "times": "지난해 내년 상반기 ",
    "money": "3조 원 ",
    "quantities glued": "3명5개",
    "open brackets": "(",
    "closed brackets": ")",
    "nested brackets": "(가[나「",
    "brackets": "(가)",
    "glosses": "전문가 혼합(MoE) ",
    "glosses nested": "혼합(이하 ",
    "square": "[가나경제 ",
    "bylines": "[가나경제 홍길동 기자] ",
    "open quotes": "“",
    "quotes": "‘가’",
    "quotes unclosed": "‘가 ",
    "plain quotes": '"가',
    "quoted names": "‘무리-4’ ",
    "apostrophes": "'",
    "names": "삼성전자 ",
    "names glued": "삼성전자",
    "names and particles": "네이버는 ",
    "Latin": "Abc",
    "Latin words": "Abc Def ",
    "Latin and digits": "H200",
    "persons": "이재용 회장 ",
    "aliases": "공정거래위원회(이하 공정위)는 ",
    "particles": "은는이가",
    "particles spaced": "는 ",
    "hangul": "가",
    "syllables": "뷁쀍",
    "nouns": "기술 개발 사업 ",
    "nouns glued": "기술개발사업",
    "loanwords": "캠브리콘테크놀로지",
    "long sentence": "매출이 늘었고 ",
    "sentences": "매출은 3조 원이다. ",
    "claims": "네이버는 매출이 작년보다 30% 늘었고 ",
    "reports": "고 네이버는 밝혔다며 ",
    "baselines": "A100보다 2배 ",
    "newlines": "\n",
    "short lines": "가나\n",
    "date lines": "입력 2026-01-21\n",
    "subheads": "새 칩 나온다\n",
    "captions": "(사진=화웨이) ",
    "tabs": "\t",
    "spaces": " ",
    "spaces and a letter": "          가",
    "dots": ".",
    "ellipses": "…",
    "middle dots": "가·나·",
    "commas": ", ",
    "slashes": "가/나/",
    "sentence ends": "다.“",
    "NUL": "\x00",
    "zero width": "\u200b",
    "bidi": "\u202e가",
    "decomposed": unicodedata.normalize("NFD", "화웨이는"),
    "jamo leads": "\u1100",
    "jamo vowels": "\u1161",
    "marks": "\u0301",
    "half-width": "ﾡￂ",
    "surrogates": "\ud800",
    "emoji": "👩‍👩‍👧",
    "Hanja": "韓國",
    "tags": "<b>",
    "unclosed tags": "<a ",
    "comments": "<!--",
    "entities": "&amp;&#",
    "open attributes": '<a b="',
    "closing tags": "</",
    "scripts": "<script></",
    "declarations": "<![CDATA[<!a <?",
    "marks in disorder": "e\u0301\u0323",
    "a mark and another": "\u0301\u0323",
    "addresses": "a@b.",
    "links": "https://a.b/",
    "numbers in brackets": "(3조 원) ",
    "enumerations": "삼성전자, LG전자, ",
    "conjunctions": "삼성전자와 LG전자와 ",
    "abbreviations": "AI·",
    "versions": "v1.2.",
}


def repeated(unit: str, size: int) -> str:
    """The unit again and again, exactly `size` characters."""
    return (unit * (size // len(unit) + 1))[:size]
