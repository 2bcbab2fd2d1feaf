"""`koproc annotate`: articles → text for people, JSON Lines for programs, one HTML page for both, and the formats of annotation tools."""

from __future__ import annotations

from pathlib import Path

import click

from ..formats.annotations import ANNOTATION_FORMATS
from ..formats.offsets import OFFSET_UNITS, OffsetUnit
from .annotation_files import check_unit, write_files
from .options import Failures, Input, exit_with, input_options, is_special, open_output, terminal_width, use_color
from .resuming import open_lines, resume_option


@click.command("annotate")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "html", *ANNOTATION_FORMATS]),
    default="text",
    show_default=True,
    metavar="FORMAT",
    help="text: for reading; json: JSON Lines, one article a line; html: one page; others: see below.",
)
@click.option("--tokens", is_flag=True, help="Write the morphemes too (json).")
@click.option("--explain", is_flag=True, help="List every name with its score and what carried it: lexicon, rule or model (text).")
@click.option("--offset-unit", "unit", type=click.Choice(OFFSET_UNITS), help="What offsets in json count.  [default: codepoint]")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="OUT",
    help="Write this file (whole or not at all) instead of stdout; for formats of many files, a folder.",
)
@resume_option
@input_options
def command(source: Input, form: str, tokens: bool, explain: bool, unit: OffsetUnit | None, output: Path | None, resume: bool) -> None:
    """Annotate articles: organizations, products, persons, places, quantities, times, claims, terms.

    PATHS are files (.txt, .html, .jsonl), folders, patterns, or - for standard input.

    \b
    Formats of annotation tools:
      brat (folder), xmi and cas-json (INCEpTION; folder), doccano, label-studio,
      docbin (spaCy), conllu, web-annotation (W3C)
    Tables, a row for each name, quantity or claim:
      mentions-, quantities-, claims- with tsv, csv or parquet

    \b
    Examples:
      koproc annotate article.txt
      koproc annotate article.txt --explain --min-score 0.5
      koproc annotate news/ --format json -o news.jsonl --resume
      koproc annotate news/ --format brat -o brat/
      koproc annotate article.html --format html -o report.html --published 2026-01-21
    """
    check_unit(form, unit)
    failures = Failures()
    if form == "json" and output is not None and not is_special(output):
        from ..formats import json_lines

        with open_lines(output, source, (tokens, unit), resume=resume) as (lines, finished):
            json_lines.write(source.documents(failures, done=finished), lines, tokens=tokens, unit=unit or "codepoint")
        exit_with(failures)
        return
    if resume:
        raise click.UsageError("--resume needs --format json and -o FILE")
    documents = source.documents(failures)
    if form in ANNOTATION_FORMATS:
        write_files(documents, form, output, tokens=tokens, unit=unit)
        exit_with(failures)
        return
    from ..formats import html_page, terminal

    with open_output(output) as stream:
        if form == "html":
            from ..glossary import build_glossary

            held = list(documents)
            title = held[0].title or held[0].id if len(held) == 1 else f"koproc: {len(held)} documents"
            html_page.write(held, build_glossary(held), stream, title=title)
        else:
            terminal.write(documents, stream, color=use_color(stream), width=terminal_width(stream), explain=explain)
    exit_with(failures)
