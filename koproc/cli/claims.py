"""`koproc claims`: the numeric claims and dated releases of articles, filtered, merged, set against each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

import click

from ..document import Modality
from .options import Failures, Input, exit_with, input_options, open_binary_output, open_output, output_option, terminal_width, use_color

if TYPE_CHECKING:
    from ..claims.conditions import Condition
    from ..document import Document
    from ..formats.claim_tables import Sourced
    from ..statements import Statement

Form = Literal["table", "json", "tsv", "csv", "md", "parquet"]
Language = Literal["ko", "en", "both"]


@click.command("claims")
@click.option(
    "--format",
    "form",
    type=click.Choice(get_args(Form)),
    default="table",
    show_default=True,
    help="table: for reading; json: JSON Lines; tsv, csv: a spreadsheet; md: Markdown; parquet: data frames (needs koproc[arrow]).",
)
@click.option("--lang", type=click.Choice(get_args(Language)), default="both", show_default=True, help="Language of table and md.")
@click.option("--subject", "subjects", multiple=True, metavar="NAME", help="Only claims about NAME (Korean or English, a part is enough).")
@click.option("--property", "properties", multiple=True, metavar="NAME", help="Only claims on this property (매출, revenue).")
@click.option("--unit", "units", multiple=True, metavar="UNIT", help="Only claims in this unit (KRW, %, 명).")
@click.option("--time", "times", multiple=True, metavar="TIME", help="Only claims on facts in this time (2026, 2026-Q1, 2026-05).")
@click.option("--modality", "modalities", multiple=True, type=click.Choice(get_args(Modality)), help="Only claims that are so sure.")
@click.option("--where", "wheres", multiple=True, metavar="CONDITION", help="Any condition: 'unit=KRW and low>=1e12'; see above.")
@click.option("--merge", is_flag=True, help="One row for each distinct claim, with the articles that make it.")
@click.option("--contradictions", is_flag=True, help="Only claims on one fact with different values in different articles.")
@output_option
@input_options
def command(
    source: Input,
    form: Form,
    lang: Language,
    subjects: tuple[str, ...],
    properties: tuple[str, ...],
    units: tuple[str, ...],
    times: tuple[str, ...],
    modalities: tuple[str, ...],
    wheres: tuple[str, ...],
    merge: bool,
    contradictions: bool,
    output: Path | None,
) -> None:
    """List who says what about which number, compared with what, when.

    \b
    Examples:
      koproc claims article.txt
      koproc claims news/ --format tsv -o claims.tsv
      koproc claims news/ --subject 삼성 --property 매출 --time 2026-Q1
      koproc claims news/ --where 'unit=KRW and low>=1e12'
      koproc claims news/ --contradictions
      cat article.txt | koproc claims - --lang en

    \b
    An option given twice means either; different options must all hold.
    Conditions join comparisons with and, or, not and brackets. Fields:
      subject property qualifier baseline attribution   = != ~ (contains) !~
      unit dimension per direction change modality quoted kind document
      low high value from                               = != < <= > >=
      time published                                    the same; = overlaps
    `field=none` asks for what is missing.
    """
    conditions = _conditions({"subject": subjects, "property": properties, "unit": units, "time": times, "modality": modalities}, wheres)
    failures = Failures()
    documents: Iterable[Document] = source.documents(failures)
    if conditions:
        documents = _selected(documents, conditions)
    if merge or contradictions:
        _write_merged(_merged(documents, contradictions), form, lang, output)
    else:
        _write(documents, form, lang, output)
    exit_with(failures)


def _conditions(options: dict[str, tuple[str, ...]], wheres: tuple[str, ...]) -> list[Condition]:
    """What all must hold; checked before any article is read."""
    from ..claims.conditions import any_of, comparison, parse_condition

    conditions = [parse_condition(where) for where in wheres]
    for field, values in options.items():
        operator = "~" if field in ("subject", "property") else "="
        if values:
            conditions.append(any_of([comparison(field, operator, value) for value in values]))
    return conditions


def _selected(documents: Iterable[Document], conditions: list[Condition]) -> Iterator[Document]:
    """Documents in which something fulfils all conditions, with that alone."""
    from ..claims.conditions import all_of, select

    for document in select(documents, all_of(conditions)):
        if document.claims or document.events:
            yield document


def _statements(documents: Iterable[Document]) -> Iterator[Statement]:
    from ..statements import statements

    for document in documents:
        yield from statements(document)


def _merged(documents: Iterable[Document], contradicting: bool) -> list[Sourced]:
    from ..claims.merging import contradictions, merge

    agreements = merge(_statements(documents))
    groups = list(contradictions(agreements)) if contradicting else [(agreement,) for agreement in agreements]
    return [(fact, agreement.best, agreement.documents) for fact, group in enumerate(groups, 1) for agreement in group]


def _write(documents: Iterable[Document], form: Form, lang: Language, output: Path | None) -> None:
    from ..formats import claim_tables, json_lines, terminal

    if form == "parquet":
        with open_binary_output(output) as binary:
            claim_tables.write_claims_parquet(_statements(documents), binary)
        return
    with open_output(output) as stream:
        if form == "json":
            json_lines.write_claims(documents, stream)
        elif form == "tsv":
            claim_tables.write_claims_tsv(_statements(documents), stream)
        elif form == "csv":
            claim_tables.write_claims_csv(_statements(documents), stream)
        elif form == "md":
            claim_tables.write_claims_markdown(_statements(documents), stream, lang=lang)
        else:
            terminal.write_claims(documents, stream, color=use_color(stream), width=terminal_width(stream), lang=lang)


def _write_merged(rows: list[Sourced], form: Form, lang: Language, output: Path | None) -> None:
    from ..formats import claim_tables, terminal

    if form == "parquet":
        with open_binary_output(output) as binary:
            claim_tables.write_sourced_parquet(rows, binary)
        return
    with open_output(output) as stream:
        if form == "table":
            terminal.write_sourced(rows, stream, color=use_color(stream), width=terminal_width(stream), lang=lang)
        else:
            claim_tables.write_sourced(rows, stream, form, lang)
