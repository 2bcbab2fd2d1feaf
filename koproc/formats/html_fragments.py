"""Pieces of HTML that pages are made of: the text of an article with its names marked, tables of what it claims, cells of glossaries.

In: documents and rows. Out: markup for `html_page.py`, for the glossary's page, and for the front page of the service, which puts it into
itself. Everything that comes from an article goes through `escaped`, the only way from text to markup here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from ..document import Document, GlossaryRow, Mention, Quantity
from ..statements import Statement, statements
from .page_words import WORDS, Language
from .phrases import interval, korean_phrase
from .spans import Owner, Passage, owners, paragraphs, pieces

_MARKED = ("ORG", "PRODUCT", "PERSON", "LOC")
_ILLEGAL = dict.fromkeys((*range(9), 11, *range(14, 32), *range(127, 160), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), 0xFFFD)


def escaped(text: str) -> str:
    """Text as HTML shows it: nothing in it is markup, characters that HTML forbids are U+FFFD.

    >>> escaped("<b> & \\"c\\"")
    '&lt;b&gt; &amp; &quot;c&quot;'
    """
    from html import escape

    return escape(text.replace("\r\n", "\n").replace("\r", "\n").translate(_ILLEGAL), quote=True)


def legend(language: Language = "ko") -> str:
    """What the marks mean."""
    words = WORDS[language]
    marks = "".join(f'<li><mark class="{label.lower()}">{words.labels[label]}</mark></li>' for label in _MARKED)
    return (
        f'<ul class="legend" aria-label="{words.legend}">{marks}<li><span class="quantity">{words.quantity}</span></li>'
        f'<li><span class="time">{words.time}</span></li><li><span class="s claimed">{words.claim}</span></li>'
        f'<li><span class="review">?</span> {words.review}</li></ul>\n'
    )


def heading_and_text(document: Document, anchor: str, *, focusable: bool = False) -> tuple[str, str]:
    """The headline and the paragraphs of an article, each name, quantity and time marked; a claim's number stands after its sentence.

    Ids begin with `anchor`: a sentence is `d1-120`, where it begins, and a claim's number leads to `d1-c3` in the table. A mark tells what
    it means in `title`; where a script shows that, marks are `focusable`, and `data-about` and the `data-id` of the record tell it.

    >>> heading_and_text(Document(id="a", text="칩"), "d1")[1]
    '<p><span class="s" id="d1-0">칩</span></p>\\n'
    """
    painted = owners(document)
    found = paragraphs(document)
    claims = [(row.start, row.id) for row in statements(document)]

    def marked(passages: Sequence[Passage]) -> str:
        parts: list[str] = []
        position = passages[0].start
        for passage in passages:
            parts.append(escaped(document.text[position : passage.start]))
            runs = pieces(painted, passage.start, passage.end)
            inner = "".join(_piece(document.text[start:end], owner, focusable) for start, end, owner in runs)
            held = [id for start, id in claims if passage.start <= start < passage.end]
            parts.append(f'<span class="s{" claimed" if held else ""}" id="{anchor}-{passage.start}">{inner}</span>')
            parts += [f'<a class="claim" href="#{anchor}-{escaped(id)}">{escaped(id)}</a>' for id in held]
            position = passage.end
        return "".join(parts)

    heading = escaped(document.title or document.id)
    if found and document.title and "".join(document.text[p.start : p.end] for p in found[0]).strip() == document.title.strip():
        heading = marked(found.pop(0))
    return heading, "".join(f"<p{_kind(passages)}>{marked(passages)}</p>\n" for passages in found)


def _kind(passages: Sequence[Passage]) -> str:
    kinds = {passage.kind for passage in passages}
    return f' class="{kinds.pop()}"' if len(kinds) == 1 and kinds != {"body"} else ""


def _piece(content: str, owner: Owner, focusable: bool) -> str:
    text = escaped(content)
    if owner is None:
        return text
    if isinstance(owner, Mention):
        kind = owner.label.lower() if owner.label in _MARKED else "other"
        about = f"{owner.en} · {owner.label} · {owner.en_source}"
    elif isinstance(owner, Quantity):
        kind, about = "quantity", interval(owner)
    else:
        kind, about = "time", f"{owner.value or owner.text} · {owner.type}"
    name = "mark" if isinstance(owner, Mention) else "span"
    role = ' role="button"' if isinstance(owner, Mention) else ""
    if focusable:
        told = f' tabindex="0"{role} data-id="{escaped(owner.id)}" data-about="{escaped(about)}"'
    else:
        told = f' title="{escaped(about)}"'
    return f'<{name} class="{kind}"{told}>{text}</{name}>'


def statement_tables(document: Document, anchor: str, language: Language = "ko") -> str:
    """The claims and the events of an article as two tables; each row's number leads to its sentence.

    >>> statement_tables(Document(id="a", text="칩"), "d1")
    ''
    """
    words = WORDS[language]
    rows = list(statements(document))
    claims, events = [row for row in rows if row.quantity], [row for row in rows if not row.quantity]
    starts = [passage.start for passages in paragraphs(document) for passage in passages]
    return "".join(
        f'<section>\n<h3>{name} <span class="number">{len(group)}</span></h3>\n'
        f"{table(columns, [_statement(row, anchor, starts, language) for row in group], 'statements')}</section>\n"
        for name, columns, group in ((words.claims, words.claim_columns, claims), (words.events, words.event_columns, events))
        if group
    )


def _statement(row: Statement, anchor: str, starts: Sequence[int], language: Language) -> list[str]:
    """The cells of a claim or event; `starts` is where sentences begin, in order."""
    number, id = escaped(row.id), f"{anchor}-{escaped(row.id)}"
    at = bisect_right(starts, row.start)
    target = f' href="#{anchor}-{starts[at - 1]}"' if at else ""
    link = f'<a class="id" id="{id}"{target}>{number}</a>'
    time = f'{escaped(row.time.text)} <span class="date">{escaped(row.time.value or "")}</span>' if row.time else ""
    modality = WORDS[language].modalities.get(row.modality, "")
    badge = f'<span class="badge {row.modality}" title="{row.modality}">{modality}</span>'
    attribution = escaped(row.attribution.text) if row.attribution else ""
    amount = [f'<span class="value">{escaped(interval(row.quantity))}</span>'] if row.quantity else []
    return [f"{link}{escaped(korean_phrase(row))}", english(row.en), *amount, time, badge, attribution]


def english(text: str, mark: str = "") -> str:
    return f'<span lang="en">{escaped(text)}</span>{mark}'


def kind_of(row: GlossaryRow) -> str:
    return f'<span class="kind {escaped(row.kind.lower())}">{escaped(WORDS["ko"].labels.get(row.kind, row.kind))}</span>'


def source_of(row: GlossaryRow) -> str:
    return f'<span title="{escaped(row.en_source)}">{escaped(WORDS["ko"].sources.get(row.en_source, row.en_source))}</span>'


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
