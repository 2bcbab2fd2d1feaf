"""A page of the glossary alone, for people: whole, with no script and nothing from a network, as html_page.py makes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from ...document import GlossaryRow
from ..html_fragments import count_of, english, escaped, kind_of, source_of, table
from ..html_page import FOOT, head
from .changes import Change

_COLUMNS = ("한국어", "English", "종류", "상태", "횟수", "번역의 출처", "뜻과 메모", "문장")
_STATUSES = {"needs review": "확인 필요", "approved": "승인", "rejected": "거부"}
_REASON = "a replacement character stands for control characters and what is no character"


def write(rows: Sequence[GlossaryRow], stream: BinaryIO) -> list[Change]:
    """Write the page.

    >>> import io
    >>> stream = io.BytesIO()
    >>> write([GlossaryRow("<네이버>", "NAVER", "ORG")], stream), "&lt;네이버&gt;" in stream.getvalue().decode()
    ([], True)
    """
    counts = [("항목", len(rows)), *((name, sum(row.status == status for row in rows)) for status, name in _STATUSES.items())]
    cells = table(_COLUMNS, map(_cells, rows), "terms")
    page = f'{head("용어집", counts, "")}<section id="glossary">\n{cells}</section>\n{FOOT}'
    stream.write(page.encode())
    return [Change(row.ko, row.en, "changed", _REASON) for row in rows if any("\ufffd" in cell for cell in _cells(row))]


def _cells(row: GlossaryRow) -> list[str]:
    variants = "".join(f'<span class="more">{escaped(name)}</span>' for name in row.variants)
    acronym = f'<span class="more">{english(row.acronym)}</span>' if row.acronym else ""
    status = f'<span class="badge {row.status.replace(" ", "-")}">{_STATUSES[row.status]}</span>' if row.status else ""
    certainty = f'<span class="more">{row.certainty:.0%}</span>'
    about = "".join(f"<p>{escaped(text)}</p>" for text in (row.definition, row.note) if text)
    sentences = "".join(f'<p class="sentence">{escaped(text)}</p>' for text in row.sentences or (row.sentence,) if text)
    names = [f"<strong>{escaped(row.ko)}</strong>{variants}", english(row.en) + acronym]
    return [*names, kind_of(row), status, count_of(row), source_of(row) + certainty, about, sentences]
