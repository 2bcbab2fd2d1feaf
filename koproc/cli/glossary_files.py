"""`koproc glossary merge` and `koproc glossary convert`, and how every command writes a glossary and reports what a format cannot hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ..formats.glossaries import FORMATS
from .options import open_binary_output, open_output, output_option

if TYPE_CHECKING:
    from ..document import GlossaryRow

Command = TypeVar("Command", bound=Callable[..., Any])
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def format_option(forms: Sequence[str], default: str) -> Callable[[Command], Command]:
    """--format NAME, with one line about each."""
    about = "; ".join(f"{name}: {FORMATS[name].about}" for name in forms if name in FORMATS)
    return click.option("--format", "form", type=click.Choice(forms), default=default, show_default=True, help=about + ".")


def report_option(command: Command) -> Command:
    """--report FILE."""
    option = click.option(
        "--report",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Write here, as TSV, each row that the format cannot hold as it is, and why; stderr tells how many.",
    )
    return option(command)


def write_rows(rows: Sequence[GlossaryRow], form: str, output: Path | None, report: Path | None) -> None:
    """Write rows in a format, and tell what had to be left out or changed."""
    from ..formats.glossaries import write_glossary
    from ..formats.tables import write_tsv

    with open_binary_output(output, binary=FORMATS[form].binary) as stream:
        changes = write_glossary(rows, stream, form)
    if report is not None:
        with open_output(report) as text:
            write_tsv(("ko", "en", "what", "reason"), ((c.ko, c.en, c.what, c.reason) for c in changes), text)
    for what in ("left out", "changed"):
        reasons = [change.reason for change in changes if change.what == what]
        for reason in dict.fromkeys(reasons):
            click.echo(f"koproc: {form}: {reasons.count(reason)} {what}: {reason}", err=True)


@click.command("convert")
@format_option([*FORMATS], default="tsv")
@report_option
@output_option
@click.argument("glossary", type=_FILE)
def convert(glossary: Path, form: str, report: Path | None, output: Path | None) -> None:
    """Write a glossary file in another format.

    \b
    Examples:
      koproc glossary convert reviewed.tsv --format tbx -o glossary.tbx
      koproc glossary convert glossary.tbx --format json
    """
    from ..lexicon import read_glossary

    write_rows(read_glossary(glossary), form, output, report)
