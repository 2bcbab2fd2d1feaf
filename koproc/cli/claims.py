"""`koproc claims`: only the numeric claims and dated releases of articles."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from .options import Failures, Input, exit_with, input_options, open_output, output_option, terminal_width, use_color


@click.command("claims")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "tsv"]),
    default="table",
    show_default=True,
    help="table: for reading; json: JSON Lines; tsv: a spreadsheet.",
)
@click.option("--lang", type=click.Choice(["ko", "en", "both"]), default="both", show_default=True, help="Language of the table.")
@output_option
@input_options
def command(source: Input, form: Literal["table", "json", "tsv"], lang: Literal["ko", "en", "both"], output: Path | None) -> None:
    """List who says what about which number, compared with what, when.

    \b
    Examples:
      koproc claims article.txt
      koproc claims news/ --format tsv -o claims.tsv
      cat article.txt | koproc claims - --lang en
    """
    from ..formats import json_lines, tables, terminal

    failures = Failures()
    documents = source.documents(failures)
    with open_output(output) as stream:
        if form == "json":
            json_lines.write_claims(documents, stream)
        elif form == "tsv":
            tables.write_claims_tsv(documents, stream)
        else:
            terminal.write_claims(documents, stream, color=use_color(stream), width=terminal_width(stream), lang=lang)
    exit_with(failures)
