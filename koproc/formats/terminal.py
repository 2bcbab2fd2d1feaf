"""The readable form: the text with its names marked, then what it claims, then who is in it.

Colour is for a terminal; without it names stand as `[화웨이|ORG]`. Text is data here: it goes through `visible`, so that an
article cannot drive the terminal, and into rich's Text, so that `[red]` in it stays `[red]`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TextIO

from ..document import GUESSED, Document, GlossaryRow, Mention, Quantity, Time
from ..statements import statements
from .phrases import korean_phrase, one_line, visible
from .spans import Owner, Passage, owners, paragraphs, pieces

if TYPE_CHECKING:
    from rich.console import Console
    from rich.rule import Rule
    from rich.table import Table
    from rich.text import Text

    from .claim_tables import Sourced

# ANSI names, so that the reader's own palette keeps them legible on light and dark terminals.
_LABELS = {"ORG": "bold cyan", "PRODUCT": "bold magenta", "PERSON": "bold green", "LOC": "bold yellow"}
_MEANINGS = {"ORG": "organization", "PRODUCT": "product", "PERSON": "person", "LOC": "place"}
_MODALITIES = {"asserted": "green", "reported": "cyan", "planned": "magenta", "estimated": "yellow", "denied": "red"}
_KINDS = {"headline": "bold", "subhead": "bold", "dateline": "dim", "byline": "dim", "caption": "dim", "notice": "dim"}
_QUANTITY, _TIME = "underline", "italic dim"
_NARROWEST = 40  # a table of five columns with double-width Hangul cannot be laid out in less
_MARKS = {"needs review": " ?", "rejected": " ×"}  # beside the English of a glossary row


@dataclass(slots=True)
class _Name:
    """One line of the names table, while mentions are counted."""

    surfaces: dict[str, None]
    mention: Mention
    count: int = 0


def write(documents: Iterable[Document], stream: TextIO, *, color: bool, width: int, explain: bool = False) -> None:
    """Write each document as text, claims and names. `width` counts columns, of which a Hangul syllable takes two; `explain` lists
    every mention with what carried it.

    >>> import sys
    >>> write([Document(id="a", text="네이버")], sys.stdout, color=False, width=40)
    a ──────────────────────────────────────
    네이버
    <BLANKLINE>
    no claims
    <BLANKLINE>
    """
    console = _console(stream, color=color, width=width)
    for document in documents:
        _write_head(console, document)
        _write_text(console, document, color=color)
        _line(console)
        if document.mentions:
            _line(console, _legend(color))
            _line(console)
        _write_statements(console, document, "both")
        if document.mentions:
            _line(console)
            _write_table(console, "Names", _names(document))
        if explain and document.mentions:
            _line(console)
            _write_table(console, "Evidence", _evidence(document))
        _line(console)


def write_claims(
    documents: Iterable[Document], stream: TextIO, *, color: bool, width: int, lang: Literal["ko", "en", "both"] = "both"
) -> None:
    """Write only what each document claims, in Korean, English or both.

    >>> import sys
    >>> write_claims([], sys.stdout, color=False, width=80, lang="en")
    """
    console = _console(stream, color=color, width=width)
    for document in documents:
        _write_head(console, document)
        _write_statements(console, document, lang)
        _line(console)


def write_sourced(rows: Sequence[Sourced], stream: TextIO, *, color: bool, width: int, lang: Literal["ko", "en", "both"] = "both") -> None:
    """Write merged claims, each with the articles that make it; claims that contradict each other share a number.

    >>> import sys
    >>> write_sourced([], sys.stdout, color=False, width=80)
    no claims
    """
    console = _console(stream, color=color, width=width)
    if not rows:
        _line(console, _text("no claims", "dim"))
        return
    hidden = {"ko": "English", "en": "Korean", "both": ""}[lang]
    wanted = [name for name in ("#", "Korean", "English", "Modality", "Articles") if name != hidden]
    table = _table(*wanted)
    grouped = rows[-1][0] < len(rows)  # some facts have more than one value
    for number, (fact, row, documents) in enumerate(rows):
        if grouped and number and rows[number - 1][0] != fact:
            table.add_section()
        cells = {"#": _text(str(fact), "dim"), "Korean": _text(korean_phrase(row)), "English": _text(row.en)}
        cells |= {"Modality": _text(row.modality, _MODALITIES.get(row.modality, "")), "Articles": _text(", ".join(documents), "dim")}
        table.add_row(*(cells[name] for name in wanted))
    _write_table(console, "", table)


def write_glossary(rows: Sequence[GlossaryRow], stream: TextIO, *, color: bool, width: int) -> None:
    """Write a glossary as a table; `?` marks English that a person should check, `×` what a person has rejected.

    >>> import sys
    >>> write_glossary([], sys.stdout, color=False, width=80)
    no names or terms
    """
    console = _console(stream, color=color, width=width)
    if not rows:
        _line(console, _text("no names or terms", "dim"))
        return
    table = _table("Korean", "English", "Kind", "Acronym", "Count", "From", "First sentence")
    for row in rows:
        en = _text(row.en).append(_MARKS.get(row.status, ""), "yellow")
        kind = _text(row.kind, _LABELS.get(row.kind, ""))
        cells = (_text(row.ko, "bold"), en, kind, _text(row.acronym or ""), _text(str(row.count)), _text(row.en_source, "dim"))
        table.add_row(*cells, _text(row.sentence, "dim"))
    _write_table(console, "", table)


def _console(stream: TextIO, *, color: bool, width: int) -> Console:
    from rich.console import Console

    class PipeConsole(Console):
        """rich exits with 1 when a pipe closes; the command line decides that itself."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    system: Literal["standard"] | None = "standard" if color else None
    return PipeConsole(
        file=stream,
        width=max(width, _NARROWEST),
        height=100,  # nothing here depends on it, but without it rich takes 80 columns on a dumb terminal
        color_system=system,
        no_color=not color,
        force_terminal=color,
        force_jupyter=False,
        legacy_windows=False,
        markup=False,
        highlight=False,
        emoji=False,
    )


def _text(content: str, style: str = "") -> Text:
    from rich.text import Text

    return Text(visible(content), style, overflow="fold")


def _line(console: Console, content: Text | Rule | Table | None = None) -> None:
    """Print without the spaces with which rich fills lines."""
    with console.capture() as capture:
        console.print(content if content is not None else "")
    console.file.write("".join(f"{line.rstrip(' ')}\n" for line in capture.get().split("\n")[:-1]))


def _write_head(console: Console, document: Document) -> None:
    from rich.rule import Rule

    facts = (document.id, document.title, document.published.isoformat() if document.published else None)
    head = _text(" · ".join(fact for fact in facts if fact), "bold")
    if head.cell_len + 4 <= console.width:
        _line(console, Rule(head, align="left", style="dim"))
    else:  # a rule would cut the title
        _line(console, Rule(style="dim"))
        _line(console, head)


def _write_text(console: Console, document: Document, *, color: bool) -> None:
    """A sentence a line, an empty line between paragraphs of body text."""
    painted = owners(document)
    before = ""
    for number, paragraph in enumerate(paragraphs(document)):
        if number and (paragraph[0].kind == "body" or before == "body"):
            _line(console)
        for passage in paragraph:
            _line(console, _passage(document, painted, passage, color=color))
        before = paragraph[-1].kind


def _passage(document: Document, painted: list[Owner], passage: Passage, *, color: bool) -> Text:
    line = _text("", _KINDS.get(passage.kind, ""))
    for start, end, owner in pieces(painted, passage.start, passage.end):
        line.append_text(_piece(document.text[start:end], owner, color=color))
    return line


def _piece(content: str, owner: Owner, *, color: bool) -> Text:
    if isinstance(owner, Mention):
        return _text(content, _LABELS.get(owner.label, "bold")) if color else _text(f"[{content}|{owner.label}]")
    return _text(content, _QUANTITY if isinstance(owner, Quantity) else _TIME if isinstance(owner, Time) else "")


def _legend(color: bool) -> Text:
    legend = _text("")
    for label, meaning in _MEANINGS.items():
        legend.append_text(_text(meaning, _LABELS[label]) if color else _text(f"[…|{label}] {meaning}")).append("  ")
    if color:
        legend.append("quantity", _QUANTITY).append("  ").append("time", _TIME)
    legend.rstrip()
    return legend


def _table(*columns: str) -> Table:
    """A table whose cells wrap and are never cut."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
    for name in columns:
        table.add_column(name, overflow="fold", justify="right" if name == "Count" else "left")
    return table


def _write_table(console: Console, title: str, table: Table) -> None:
    if title:
        _line(console, _text(title, "bold"))
    _line(console, table)


def _write_statements(console: Console, document: Document, lang: Literal["ko", "en", "both"]) -> None:
    hidden = {"ko": "English", "en": "Korean", "both": ""}[lang]
    wanted = [name for name in ("#", "Korean", "English", "Modality") if name != hidden]
    table = _table(*wanted)
    for row in statements(document):
        cells = {"#": _text(row.id, "dim"), "Korean": _text(korean_phrase(row)), "English": _text(row.en)}
        cells["Modality"] = _text(row.modality, _MODALITIES.get(row.modality, ""))
        table.add_row(*(cells[name] for name in wanted))
    if table.row_count:
        _write_table(console, "Claims", table)
    else:
        _line(console, _text("no claims", "dim"))


def _names(document: Document) -> Table:
    """Mentions of one entity are one row, with every Korean form that the text uses."""
    names: dict[tuple[str, str], _Name] = {}
    for mention in document.mentions:
        name = names.setdefault((mention.label, mention.entity), _Name({}, mention))
        name.surfaces[one_line(mention.text)] = None
        name.count += 1
    table = _table("Korean", "Label", "English", "From", "Count")
    for name in names.values():
        mention = name.mention
        en = _text(mention.en).append(" ?" if mention.en_source in GUESSED else "", "yellow")
        label = _text(mention.label, _LABELS.get(mention.label, ""))
        table.add_row(_text(", ".join(name.surfaces), "bold"), label, en, _text(mention.en_source, "dim"), _text(str(name.count)))
    return table


def _evidence(document: Document) -> Table:
    """Each mention in order: its label, how sure it is, and whether lexicon, rule or model carried it, by which cue."""
    table = _table("At", "Korean", "Label", "Score", "Source", "Evidence")
    for mention in document.mentions:
        label = _text(mention.label, _LABELS.get(mention.label, ""))
        cells = (_text(str(mention.start), "dim"), _text(one_line(mention.text), "bold"), label, _text(f"{mention.score:.2f}"))
        table.add_row(*cells, _text(mention.source), _text(mention.evidence, "dim"))
    return table
