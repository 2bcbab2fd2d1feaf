"""`koproc glossary`: one bilingual glossary from many articles."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from .options import Failures, Input, exit_with, input_options, open_output, output_option, terminal_width, use_color


@click.command("glossary")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "tsv", "json"]),
    default="table",
    show_default=True,
    help="table: for reading; tsv: a spreadsheet; json: an array.",
)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(["ORG", "PRODUCT", "PERSON", "LOC", "TERM"]),
    help="Only these kinds; may be repeated.  [default: all but LOC]",
)
@click.option("--min-count", type=click.IntRange(min=1), default=1, show_default=True, help="Leave out what occurs less often.")
@output_option
@input_options
def command(source: Input, form: Literal["table", "tsv", "json"], kinds: tuple[str, ...], min_count: int, output: Path | None) -> None:
    """Make a Korean-English glossary of the names and terms in articles.

    Each row says where its English came from; a `?` marks English that a person should check. Terms are those that we know, those
    that a text explains in brackets, and runs of nouns that the articles use far more often than news does.

    \b
    Examples:
      koproc glossary article.txt
      koproc glossary news/ --format tsv -o glossary.tsv
      koproc glossary news/*.txt --kind ORG --kind PRODUCT --min-count 2
    """
    from ..formats import tables, terminal
    from ..glossary import build_glossary
    from ..glossary.build import KINDS

    failures = Failures()
    nlp = source.pipeline()
    rows = build_glossary(source.documents(failures, nlp), kinds=kinds or KINDS, lexicon=nlp.lexicon)
    rows = [row for row in rows if row.count >= min_count]
    with open_output(output) as stream:
        if form == "tsv":
            tables.write_glossary_tsv(rows, stream)
        elif form == "json":
            tables.write_glossary_json(rows, stream)
        else:
            terminal.write_glossary(rows, stream, color=use_color(stream), width=terminal_width(stream))
    exit_with(failures)
