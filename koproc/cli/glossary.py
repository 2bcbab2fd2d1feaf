"""`koproc glossary`: one bilingual glossary from many articles; `merge` keeps what people decided in earlier ones, `convert` rewrites one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..formats.glossaries import FORMATS
from .glossary_files import convert, format_option, format_to_write, report_option, write_report, write_rows
from .glossary_merge import merge as merge_files
from .glossary_merge import read_layers, tell
from .options import Failures, Input, exit_with, input_options, open_output, output_option, terminal_width, use_color
from .translator_options import Choice, names_of, translator_options

if TYPE_CHECKING:
    from ..document import GlossaryRow
    from ..glossary.merging import Merged


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
      koproc glossary news/ -o glossary.xlsx
      koproc glossary news/*.txt --kind ORG --kind PRODUCT --min-count 2
      koproc glossary merge reviewed.tsv glossary.tsv -o reviewed.tsv
      koproc glossary convert glossary.tsv -o glossary.json

    `koproc glossary PATHS…` is short for `koproc glossary build PATHS…`; `koproc glossary build --help` lists its options.
    """


@command.command("build")
@format_option(["table", *FORMATS], otherwise="table")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(["ORG", "PRODUCT", "PERSON", "LOC", "TERM"]),
    help="Only these kinds; may be repeated.  [default: all but LOC]",
)
@click.option("--min-count", type=click.IntRange(min=1), default=1, show_default=True, help="Leave out what occurs less often.")
@click.option("--keep", is_flag=True, help="Write the rows of the --lexicon files that the articles do not have, too.")
@translator_options
@report_option
@output_option
@input_options
def build(
    source: Input,
    form: str | None,
    kinds: tuple[str, ...],
    min_count: int,
    keep: bool,
    choice: Choice,
    report: Path | None,
    output: Path | None,
) -> None:
    """Make a glossary of articles.

    Each row says where its English came from and how sure it is; a `?` marks English that a person should check. Terms are those that we
    know, those that a text explains in brackets, and runs of nouns that the articles use far more often than news does. With --translator a
    service or a model translates the rows that a person should check, with their sentences, and keeps to the names of --lexicon.

    What a person approved, rejected, noted or wrote in a --lexicon file stands in its row; stderr tells what is new beside those files and
    what contradicts. With --keep nothing of the files is left out, as `koproc glossary merge` does it.

    \b
    Examples:
      koproc glossary article.txt
      koproc glossary news/ -o glossary.xlsx
      koproc glossary news/*.txt --kind ORG --kind PRODUCT --min-count 2
      koproc glossary news/ --translator deepl --dry-run
      koproc glossary news/ --lexicon reviewed.xlsx -o next.xlsx
      koproc glossary news/ --lexicon reviewed.xlsx --keep -o reviewed.xlsx
    """
    from ..glossary import build_glossary
    from ..glossary.order import KINDS

    form = format_to_write(form, output, otherwise="table")
    failures = Failures()
    nlp = source.pipeline()
    rows = build_glossary(source.documents(failures, nlp), kinds=kinds or KINDS, lexicon=nlp.lexicon)
    rows = [row for row in rows if row.count >= min_count]
    merged = _with_files(rows, source.lexicon, keep=keep)
    if not choice.offline:
        if choice.dry_run:
            _print_estimate(merged.rows, choice, source.lexicon)
            return
        merged = replace(merged, rows=_filled(merged.rows, choice, source.lexicon))
    if form == "table":
        from ..formats import terminal

        with open_output(output) as stream:
            terminal.write_glossary(merged.rows, stream, color=use_color(stream), width=terminal_width(stream))
        if report is not None:
            write_report(report, (), merged.remarks)
    else:
        write_rows(merged.rows, form, output, report, merged.remarks)
    if source.lexicon:
        tell(merged, details=0, report=report)
    failures.count += choice.failures
    exit_with(failures)


def _print_estimate(rows: Sequence[GlossaryRow], choice: Choice, lexicon: Sequence[Path]) -> None:
    from ..translators.fill import wanting

    texts, context = wanting(rows)
    choice.print_estimate(texts, context=context, glossary=names_of(lexicon), lexicon=lexicon)


def _filled(rows: Sequence[GlossaryRow], choice: Choice, lexicon: Sequence[Path]) -> tuple[GlossaryRow, ...]:
    """The rows, those that need review with what the chosen translator says."""
    from ..translators.fill import fill

    with choice.translator(lexicon) as translator:
        return tuple(fill(rows, translator, glossary=names_of(lexicon)))


def _with_files(rows: list[GlossaryRow], paths: Sequence[Path], *, keep: bool) -> Merged:
    """The rows with all that the user's files say of them, which is more than a lexicon knows: definitions, English that is not decided."""
    from ..glossary.merging import Merged, merge
    from ..lexicon import load_lexicon

    if not paths:
        return Merged(tuple(rows), ())
    merged = merge(read_layers(paths), rows, lexicon=load_lexicon())
    if keep:
        return merged
    return Merged(tuple(row for row in merged.rows if row.count), tuple(remark for remark in merged.remarks if remark.what != "gone"))


command.add_command(merge_files)
command.add_command(convert)
