"""`koproc glossary`: one bilingual glossary from many articles; `convert` writes one that is there already in another format."""

from __future__ import annotations

from pathlib import Path

import click

from ..formats.glossaries import FORMATS
from .glossary_files import convert, format_option, report_option, write_rows
from .options import Failures, Input, exit_with, input_options, open_output, output_option, terminal_width, use_color
from .translator_options import Choice, names_of, translator_options


class BuildByDefault(click.Group):
    """`koproc glossary PATHS` builds; only a first word that names another command runs that (a file of that name is ./merge)."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] not in ("-h", "--help")):
            args = ["build", *args]
        return super().parse_args(ctx, args)


@click.group("glossary", cls=BuildByDefault)
def command() -> None:
    """Make a Korean-English glossary of the names and terms in articles.

    \b
    Examples:
      koproc glossary article.txt
      koproc glossary news/ --format tsv -o glossary.tsv
      koproc glossary news/*.txt --kind ORG --kind PRODUCT --min-count 2
      koproc glossary convert glossary.tsv --format json -o glossary.json

    `koproc glossary PATHS…` is short for `koproc glossary build PATHS…`; `koproc glossary build --help` lists its options.
    """


@command.command("build")
@format_option(["table", *FORMATS], default="table")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(["ORG", "PRODUCT", "PERSON", "LOC", "TERM"]),
    help="Only these kinds; may be repeated.  [default: all but LOC]",
)
@click.option("--min-count", type=click.IntRange(min=1), default=1, show_default=True, help="Leave out what occurs less often.")
@translator_options
@report_option
@output_option
@input_options
def build(
    source: Input, form: str, kinds: tuple[str, ...], min_count: int, choice: Choice, report: Path | None, output: Path | None
) -> None:
    """Make a glossary of articles.

    Each row says where its English came from and how sure it is; a `?` marks English that a person should check. Terms are those that we
    know, those that a text explains in brackets, and runs of nouns that the articles use far more often than news does. With --translator a
    service or a model translates the rows that a person should check, with their sentences, and keeps to the names of --lexicon.

    \b
    Examples:
      koproc glossary article.txt
      koproc glossary news/ --format json -o glossary.json
      koproc glossary news/*.txt --kind ORG --kind PRODUCT --min-count 2
      koproc glossary news/ --translator deepl --dry-run
      koproc glossary news/ --lexicon reviewed.tsv --format tsv -o next.tsv
    """
    from ..glossary import build_glossary
    from ..glossary.build import KINDS
    from ..translators.fill import fill, wanting

    failures = Failures()
    nlp = source.pipeline()
    rows = build_glossary(source.documents(failures, nlp), kinds=kinds or KINDS, lexicon=nlp.lexicon)
    rows = [row for row in rows if row.count >= min_count]
    if not choice.offline:
        names = names_of(source.lexicon)
        if choice.dry_run:
            texts, context = wanting(rows)
            choice.print_estimate(texts, context=context, glossary=names, lexicon=source.lexicon)
            return
        with choice.translator(source.lexicon) as translator:
            rows = fill(rows, translator, glossary=names)
    if form == "table":
        from ..formats import terminal

        with open_output(output) as stream:
            terminal.write_glossary(rows, stream, color=use_color(stream), width=terminal_width(stream))
    else:
        write_rows(rows, form, output, report)
    failures.count += choice.failures
    exit_with(failures)


command.add_command(convert)
