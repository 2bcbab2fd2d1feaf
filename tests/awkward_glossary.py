"""A glossary of everything that breaks files: more than 500 rows, the same each time, for the tests of every format."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import cycle
from typing import cast, get_args

from koproc.document import EnglishSource, GlossaryRow, Status

# What may stand in a name, a note or a sentence, by what it does to which format.
TROUBLE = (
    "가, 나; 다",
    "\"새벽\" '한낮'",
    '"',
    "앞\t뒤",
    "첫 줄\n둘째 줄",
    "첫 줄\r\n둘째 줄\r셋째",
    "A&B &amp; &#38; &lt;",
    "<b>칩</b> <!-- 말 --> <?pi?>",
    "]]> <![CDATA[칩]]>",
    "👩🏽‍🔬 연구원 👨‍👩‍👧‍👦",
    "\N{VARIATION SELECTOR-16}❤️ 𠮷野家 𝔸𝕀",
    "人工知能 半導體 株式會社",
    "＝합계 ＠칩",
    "=1+1",
    "+82 2 칩",
    "-칩-",
    "@칩",
    '=HYPERLINK("http://example.com","칩")',
    "'작은따옴표",
    "‘굽은’ “따옴표”",
    "가|나",
    "역슬래시 \\ \\n \\t \\",
    "%s %d {칩} ${칩} #{칩} $(칩)",
    "[칩](http://example.com) `칩` *칩* _칩_ # 칩",
    "\N{RIGHT-TO-LEFT OVERRIDE}칩\N{POP DIRECTIONAL FORMATTING} \N{LEFT-TO-RIGHT MARK}שלום",
    "\N{ZERO WIDTH SPACE}칩\N{ZERO WIDTH NON-JOINER}\N{WORD JOINER}",
    "\N{BOM}표식",
    "칩\x00\x07\x1b[31m\x7f\x85",
    "칩\ufffe\uffff",
    "줄\N{LINE SEPARATOR}문단\N{PARAGRAPH SEPARATOR}끝",
    "　전각　공백\N{NO-BREAK SPACE}",
    unicodedata.normalize("NFD", "한글을 푼 이름"),
    "ㅎㅏㄴ ﾊﾝｶｸ café cafe\N{COMBINING ACUTE ACCENT}",
    "sep=;",
    "#N/A",
    "007",
    "1e5",
    "2026-01-21",
    "-",
    "긴 이름 " + "가나다라" * 125,
    "long name " + "abc " * 400,
    "https://example.com/?a=1&b=<2>",
    "",
)


def awkward_rows() -> tuple[GlossaryRow, ...]:
    """Every trouble in every place, with all kinds, statuses and sources of English; then duplicates and near-duplicates.

    No name of a row is empty; English is empty in some that need review.
    """
    return (*_rows(), *_alike())


def _rows() -> Iterator[GlossaryRow]:
    kinds, sources = cycle(("ORG", "PRODUCT", "PERSON", "LOC", "TERM")), cycle(get_args(EnglishSource))
    statuses = cycle(cast("tuple[Status, ...]", get_args(Status)))
    troubles = cycle(TROUBLE[7:] + TROUBLE[:7])
    for number in range(12):
        for at, trouble in enumerate(TROUBLE):
            status = next(statuses)
            in_name, in_english = number % 3 != 1, number % 3 != 0
            ko = f"{trouble}{number}" if in_name and trouble else f"너울{number}호 {at}"
            english = f"{trouble} {number}" if in_english and trouble else f"Neoul {number}, No. {at}"
            yield GlossaryRow(
                trouble if number == 0 and trouble.strip("\N{BOM}- ") else ko,
                "" if status == "needs review" and at % 3 == 0 else english,
                next(kinds),
                acronym=(None, "NLP", "R&D", "C<T>", "A\x0bI")[at % 5],
                count=number * at,
                documents=at,
                sentence=next(troubles),
                en_source=next(sources),
                certainty=(number * 43 + at) % 101 / 100,
                status=status,
                variants=_variants(number, at, ko, next(troubles)),
                sentences=tuple(f"{ko}는 {next(troubles)}" for _ in range(at % 4)),
                definition=f"{ko}: {next(troubles)}" if at % 2 else None,
                note=next(troubles) if at % 3 else "",
                layer=("", "names.tsv", "이름 & 말.csv")[at % 3],
            )


def _variants(number: int, at: int, ko: str, trouble: str) -> tuple[str, ...]:
    """None, or some with particles, pipes, backslashes and trouble in them."""
    plain = f"너울 {number}-{at}"
    return ((), (plain,), (plain, f"{plain}에서는", f"{ko}의"), (plain, f"{plain}|{at}\\", *([trouble] if trouble.strip() else [])))[at % 4]


def _alike() -> Iterator[GlossaryRow]:
    """Rows that differ from each other in little or nothing."""
    row = GlossaryRow("너울", "Neoul", "ORG", note="first", variants=("너울社",), sentences=("너울은 왔다.",), status="approved")
    yield row
    yield row
    yield GlossaryRow("너울", "Neoul", "ORG", note="second", variants=("너울사", "너울은"))
    yield GlossaryRow("너울", "Neoul", "PRODUCT")
    yield GlossaryRow("너울", "wave", "TERM", status="approved")
    yield GlossaryRow("너울", "swell", "TERM", status="rejected")
    yield GlossaryRow("너울", "", "TERM", status="needs review")
    yield GlossaryRow(unicodedata.normalize("NFD", "너울"), "Neoul", "ORG")
    yield GlossaryRow(" 너울 ", "Neoul ", "ORG")
    yield GlossaryRow("너울", "NEOUL", "ORG")
    yield GlossaryRow("너울의", "of Neoul", "TERM")
    yield GlossaryRow("누리", "Nuri", "PERSON", status="rejected", note="not this one")
    yield GlossaryRow("누리", "Nuri", "PERSON", status="approved")
