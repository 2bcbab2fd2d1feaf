"""`koproc annotate`: articles → text for people, JSON Lines for programs, one HTML page for both."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from .options import Failures, Input, exit_with, input_options, open_output, output_option, terminal_width, use_color


@click.command("annotate")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    show_default=True,
    help="text: for reading; json: JSON Lines, one article a line; html: one page.",
)
@click.option("--tokens", is_flag=True, help="Write the morphemes too (json).")
@click.option("--explain", is_flag=True, help="List every name with its score and what carried it: lexicon, rule or model (text).")
@output_option
@input_options
def command(source: Input, form: Literal["text", "json", "html"], tokens: bool, explain: bool, output: Path | None) -> None:
    """Annotate articles: organizations, products, persons, places, quantities, times, claims, terms.

    PATHS are files (.txt, .html, .jsonl), folders, patterns, or - for standard input.

    \b
    Examples:
      koproc annotate article.txt
      koproc annotate article.txt --explain --min-score 0.5
      koproc annotate news/ --format json -o news.jsonl
      koproc annotate article.html --format html -o report.html --published 2026-01-21
    """
    from ..formats import html_page, json_lines, terminal

    failures = Failures()
    documents = source.documents(failures)
    with open_output(output) as stream:
        if form == "json":
            json_lines.write(documents, stream, tokens=tokens)
        elif form == "html":
            from ..glossary import build_glossary

            held = list(documents)
            title = held[0].title or held[0].id if len(held) == 1 else f"koproc: {len(held)} documents"
            html_page.write(held, build_glossary(held), stream, title=title)
        else:
            terminal.write(documents, stream, color=use_color(stream), width=terminal_width(stream), explain=explain)
    exit_with(failures)
