"""One page for people: the articles with their names marked, what they claim, and the glossary.

The page is whole: no script, no font, nothing from a network; a content security policy holds it to that. Everything that
comes from an article goes through `escaped`, the only way from text to markup here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO

from ..document import Document, GlossaryRow, Mention, Quantity, Time
from ..statements import Statement, statements
from .phrases import interval, korean_phrase
from .spans import Owner, Passage, owners, paragraphs, pieces

_STYLE = Path(__file__).with_name("html_page.css")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_LABELS = {"ORG": "기관·기업", "PRODUCT": "제품", "PERSON": "인물", "LOC": "장소"}
_KINDS = {**_LABELS, "TERM": "용어"}
_MODALITIES = {"asserted": "단정", "reported": "전언", "planned": "계획", "estimated": "추정", "denied": "부인"}
_SOURCES = {
    "lexicon": "사전",
    "gloss": "본문 병기",
    "transliteration": "음역",
    "romanization": "로마자 표기",
    "composition": "조합",
    "mt": "기계 번역",
    "same": "원문 그대로",
}
FOOT = '</main>\n<footer class="foot">koproc</footer>\n</body>\n</html>\n'
_ILLEGAL = dict.fromkeys((*range(9), 11, *range(14, 32), *range(127, 160), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), 0xFFFD)


def write(documents: Sequence[Document], rows: Sequence[GlossaryRow], stream: TextIO, *, title: str) -> None:
    """Write the page, documents first, then the glossary.

    >>> import io
    >>> stream = io.StringIO()
    >>> write([Document(id="a", text="<네이버>")], [], stream, title="오늘")
    >>> "&lt;네이버&gt;" in stream.getvalue()
    True
    """
    counts = (
        ("기사", len(documents)),
        ("이름", sum(len(document.mentions) for document in documents)),
        ("주장·일정", sum(len(document.claims) + len(document.events) for document in documents)),
        ("용어집", len(rows)),
    )
    stream.write(head(title, counts, _contents(documents, rows) + _legend()))
    for number, document in enumerate(documents, 1):
        stream.write(_article(document, f"d{number}"))
    if rows:
        stream.write(_glossary(rows))
    stream.write(FOOT)


def escaped(text: str) -> str:
    from html import escape

    return escape(text.replace("\r\n", "\n").replace("\r", "\n").translate(_ILLEGAL), quote=True)


def head(title: str, counts: Iterable[tuple[str, int]], more: str) -> str:
    """A page until its main part: title, a number of each thing, and `more`, which is markup already."""
    facts = "".join(f"<div><dt>{name}</dt><dd>{count:,}</dd></div>" for name, count in counts)
    return (
        '<!DOCTYPE html>\n<html lang="ko">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light dark">\n'
        f"<title>{escaped(title)}</title>\n<style>\n{_STYLE.read_text(encoding='utf-8')}</style>\n</head>\n<body>\n"
        f'<header class="top">\n<h1>{escaped(title)}</h1>\n<dl class="counts">{facts}</dl>\n{more}</header>\n<main>\n'
    )


def _contents(documents: Sequence[Document], rows: Sequence[GlossaryRow]) -> str:
    """Links to the articles, where there is more than one."""
    if len(documents) < 2:
        return ""
    links = [f'<li><a href="#d{number}">{escaped(document.title or document.id)}</a></li>' for number, document in enumerate(documents, 1)]
    if rows:
        links.append('<li><a href="#glossary">용어집</a></li>')
    return f'<nav aria-label="차례"><ol class="contents">{"".join(links)}</ol></nav>\n'


def _legend() -> str:
    marks = "".join(f'<li><mark class="{label.lower()}">{name}</mark></li>' for label, name in _LABELS.items())
    return (
        f'<ul class="legend" aria-label="표시 설명">{marks}<li><span class="quantity">수량</span></li>'
        '<li><span class="time">시점</span></li><li><span class="review">?</span> 확인이 필요한 번역</li></ul>\n'
    )


def _article(document: Document, anchor: str) -> str:
    painted = owners(document)
    found = paragraphs(document)
    heading = escaped(document.title or document.id)
    if found and document.title and "".join(document.text[p.start : p.end] for p in found[0]).strip() == document.title.strip():
        heading = _paragraph(document, painted, found.pop(0), anchor)
    body = "".join(f"<p{_kind(passages)}>{_paragraph(document, painted, passages, anchor)}</p>\n" for passages in found)
    facts = (document.published.isoformat() if document.published else None, document.agency, document.byline)
    about = "".join(f"<li>{escaped(fact)}</li>" for fact in facts if fact)
    return (
        f'<article id="{anchor}">\n<ul class="about">{about}</ul>\n<h2>{heading}</h2>\n'
        f'<div class="text">\n{body}</div>\n{_statements(document, anchor)}</article>\n'
    )


def _kind(passages: Sequence[Passage]) -> str:
    kinds = {passage.kind for passage in passages}
    return f' class="{kinds.pop()}"' if len(kinds) == 1 and kinds != {"body"} else ""


def _paragraph(document: Document, painted: list[Owner], passages: Sequence[Passage], anchor: str) -> str:
    parts: list[str] = []
    position = passages[0].start
    for passage in passages:
        parts.append(escaped(document.text[position : passage.start]))
        inner = "".join(_piece(document.text[start:end], owner) for start, end, owner in pieces(painted, passage.start, passage.end))
        parts.append(f'<span class="s" id="{anchor}-{passage.start}">{inner}</span>')
        position = passage.end
    return "".join(parts)


def _piece(content: str, owner: Owner) -> str:
    text = escaped(content)
    if isinstance(owner, Mention):
        kind = owner.label.lower() if owner.label in _LABELS else "other"
        return f'<mark class="{kind}" title="{escaped(f"{owner.en} · {owner.label} · {owner.en_source}")}">{text}</mark>'
    if isinstance(owner, Quantity):
        return f'<span class="quantity" title="{escaped(interval(owner))}">{text}</span>'
    if isinstance(owner, Time):
        return f'<span class="time" title="{escaped(f"{owner.value or owner.text} · {owner.type}")}">{text}</span>'
    return text


def _statements(document: Document, anchor: str) -> str:
    rows = list(statements(document))
    claims, events = [row for row in rows if row.quantity], [row for row in rows if not row.quantity]
    starts = {sentence.start for sentence in document.sentences}
    return "".join(
        f'<section>\n<h3>{name} <span class="number">{len(group)}</span></h3>\n'
        f"{table(columns, [_statement(row, anchor if row.start in starts else None) for row in group], 'statements')}</section>\n"
        for name, columns, group in (
            ("수치 주장", ("주장", "English", "구간", "시점", "양태", "출처"), claims),
            ("일정과 계획", ("내용", "English", "시점", "양태", "출처"), events),
        )
        if group
    )


def _statement(row: Statement, anchor: str | None) -> list[str]:
    """The cells of a claim or event; its number leads to its sentence."""
    number = escaped(row.id)
    link = f'<a class="id" href="#{anchor}-{row.start}">{number}</a>' if anchor else f'<span class="id">{number}</span>'
    time = f'{escaped(row.time.text)} <span class="date">{escaped(row.time.value or "")}</span>' if row.time else ""
    badge = f'<span class="badge {row.modality}" title="{row.modality}">{_MODALITIES.get(row.modality, "")}</span>'
    attribution = escaped(row.attribution.text) if row.attribution else ""
    amount = [f'<span class="value">{escaped(interval(row.quantity))}</span>'] if row.quantity else []
    return [f"{link}{escaped(korean_phrase(row))}", english(row.en), *amount, time, badge, attribution]


def english(text: str, mark: str = "") -> str:
    return f'<span lang="en">{escaped(text)}</span>{mark}'


def _glossary(rows: Sequence[GlossaryRow]) -> str:
    columns = ("한국어", "English", "종류", "약어", "횟수", "번역의 출처", "첫 문장")
    cells = table(columns, map(_glossary_cells, rows), "glossary")
    return f'<section id="glossary">\n<h2>용어집 <span class="number">{len(rows):,}</span></h2>\n{cells}</section>\n'


def _glossary_cells(row: GlossaryRow) -> list[str]:
    mark = '&nbsp;<span class="review" title="확인 필요">?</span>' if row.status == "needs review" else ""
    sentence = f'<span class="sentence">{escaped(row.sentence)}</span>'
    acronym = english(row.acronym) if row.acronym else ""
    return [f"<strong>{escaped(row.ko)}</strong>", english(row.en, mark), kind_of(row), acronym, count_of(row), source_of(row), sentence]


def kind_of(row: GlossaryRow) -> str:
    return f'<span class="kind {escaped(row.kind.lower())}">{escaped(_KINDS.get(row.kind, row.kind))}</span>'


def source_of(row: GlossaryRow) -> str:
    return f'<span title="{escaped(row.en_source)}">{escaped(_SOURCES.get(row.en_source, row.en_source))}</span>'


def count_of(row: GlossaryRow) -> str:
    return f'<span class="count" title="기사 {row.documents:,}건">{row.count:,}</span>'


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], kind: str) -> str:
    """A table of cells that are markup already; each names its column, for the narrow layout."""
    head = "".join(f'<th scope="col">{name}</th>' for name in columns)
    body = "".join(
        "<tr>" + "".join(f'<td data-label="{name}">{cell}</td>' for name, cell in zip(columns, cells, strict=True)) + "</tr>\n"
        for cells in rows
    )
    return f'<table class="{kind}">\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n'
