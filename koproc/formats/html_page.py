"""One page for people: the articles with their names marked, what they claim, and the glossary.

The page is whole: no script, no font, nothing from a network; a content security policy holds it to that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO

from ..document import Document, GlossaryRow
from .html_fragments import count_of, english, escaped, heading_and_text, kind_of, legend, source_of, statement_tables, table

STYLE = Path(__file__).with_name("html_page.css")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
FOOT = '</main>\n<footer class="foot">koproc</footer>\n</body>\n</html>\n'


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
    stream.write(head(title, counts, _contents(documents, rows) + legend()))
    for number, document in enumerate(documents, 1):
        stream.write(_article(document, f"d{number}"))
    if rows:
        stream.write(_glossary(rows))
    stream.write(FOOT)


def head(title: str, counts: Iterable[tuple[str, int]], more: str) -> str:
    """A page until its main part: title, a number of each thing, and `more`, which is markup already."""
    facts = "".join(f"<div><dt>{name}</dt><dd>{count:,}</dd></div>" for name, count in counts)
    return (
        '<!DOCTYPE html>\n<html lang="ko">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light dark">\n'
        f"<title>{escaped(title)}</title>\n<style>\n{STYLE.read_text(encoding='utf-8')}</style>\n</head>\n<body>\n"
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


def _article(document: Document, anchor: str) -> str:
    heading, body = heading_and_text(document, anchor)
    facts = (document.published.isoformat() if document.published else None, document.agency, document.byline)
    about = "".join(f"<li>{escaped(fact)}</li>" for fact in facts if fact)
    return (
        f'<article id="{anchor}">\n<ul class="about">{about}</ul>\n<h2>{heading}</h2>\n'
        f'<div class="text">\n{body}</div>\n{statement_tables(document, anchor)}</article>\n'
    )


def _glossary(rows: Sequence[GlossaryRow]) -> str:
    columns = ("한국어", "English", "종류", "약어", "횟수", "번역의 출처", "첫 문장")
    cells = table(columns, map(_glossary_cells, rows), "glossary")
    return f'<section id="glossary">\n<h2>용어집 <span class="number">{len(rows):,}</span></h2>\n{cells}</section>\n'


def _glossary_cells(row: GlossaryRow) -> list[str]:
    mark = '&nbsp;<span class="review" title="확인 필요">?</span>' if row.status == "needs review" else ""
    sentence = f'<span class="sentence">{escaped(row.sentence)}</span>'
    acronym = english(row.acronym) if row.acronym else ""
    return [f"<strong>{escaped(row.ko)}</strong>", english(row.en, mark), kind_of(row), acronym, count_of(row), source_of(row), sentence]
