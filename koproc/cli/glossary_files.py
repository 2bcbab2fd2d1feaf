"""`koproc glossary convert`, and how every command writes a glossary and reports what a format cannot hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..formats.glossaries import FORMATS, Change
from .options import Command, open_binary_output, open_output, output_option

if TYPE_CHECKING:
    from ..document import GlossaryRow
    from ..glossary.remarks import Remark

EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)


# endings whose format has another name
_ENDINGS = {"xml": "tbx", "utf8": "omegat", "txt": "omegat", "htm": "html"}


def format_option(forms: Sequence[str], otherwise: str = "tsv") -> Callable[[Command], Command]:
    """--format NAME, with one line about each; where it is not given the ending of -o says it (`format_to_write`)."""
    about = "; ".join(f"{name}: {FORMATS[name].about}" for name in forms if name in FORMATS)
    default = f"  [default: what the ending of -o says, else {otherwise}]"
    return click.option("--format", "form", type=click.Choice(forms), default=None, help=f"{about}.{default}")


def format_to_write(form: str | None, output: Path | None, otherwise: str = "tsv") -> str:
    """The format that was asked for, else that of the output's ending, else what is usual.

    >>> format_to_write(None, Path("a.json")), format_to_write(None, Path("a.docx")), format_to_write(None, None)
    ('json', 'tsv', 'tsv')
    """
    ending = output.suffix.lower().removeprefix(".") if output is not None else ""
    found = form or _ENDINGS.get(ending, ending)
    return found if found in FORMATS or found == form else otherwise


def report_option(command: Command) -> Command:
    """--report FILE."""
    option = click.option(
        "--report",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Write here, as TSV, what is told of single rows: what a format cannot hold as it is and why, and what is new, changed, decided.",
    )
    return option(command)


def write_rows(rows: Sequence[GlossaryRow], form: str, output: Path | None, report: Path | None, remarks: Sequence[Remark] = ()) -> None:
    """Write rows in a format, and tell what had to be left out or changed; the report also takes remarks of a merge."""
    from ..formats.glossaries import write_glossary

    with open_binary_output(output, binary=FORMATS[form].binary) as stream:
        changes = write_glossary(rows, stream, form)
    if report is not None:
        write_report(report, changes, remarks)
    for what in ("left out", "changed"):
        reasons = [change.reason for change in changes if change.what == what]
        for reason in dict.fromkeys(reasons):
            click.echo(f"koproc: {form}: {reasons.count(reason)} {what}: {reason}", err=True)


def write_report(path: Path, changes: Iterable[Change], remarks: Iterable[Remark]) -> None:
    """What is told of single rows, as TSV."""
    from ..formats.tables import write_tsv

    lines = [*((change.ko, change.en, change.what, change.reason) for change in changes), *map(astuple, remarks)]
    with open_output(path) as text:
        write_tsv(("ko", "en", "what", "reason"), lines, text)


@click.command("convert")
@format_option([*FORMATS])
@report_option
@output_option
@click.argument("glossary", type=EXISTING)
def convert(glossary: Path, form: str | None, report: Path | None, output: Path | None) -> None:
    """Write a glossary file in another format.

    \b
    Examples:
      koproc glossary convert reviewed.tsv -o glossary.tbx
      koproc glossary convert glossary.tbx --format json
    """
    from ..lexicon import read_glossary

    write_rows(read_glossary(glossary), format_to_write(form, output), output, report)
