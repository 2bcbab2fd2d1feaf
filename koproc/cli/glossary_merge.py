"""`koproc glossary merge`: what people decided in earlier glossaries, and a new one; what every command says about the difference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..formats.glossaries import FORMATS
from .glossary_files import EXISTING, format_option, format_to_write, report_option, write_rows
from .options import output_option

if TYPE_CHECKING:
    from ..document import GlossaryRow
    from ..glossary.merging import Merged
    from ..glossary.remarks import Remark

_SHOWN = 5
_HEADINGS = {
    "contradiction": "contradict each other",
    "overruled": "overruled by a file above",
    "changed": "changed in the new texts",
    "new": "new",
    "gone": "not in the new texts",
}


@click.command("merge")
@format_option([*FORMATS])
@click.option("--prune", is_flag=True, help="Drop rows that nobody decided or noted and that the new texts no longer have.")
@report_option
@output_option
@click.argument("old", type=EXISTING, nargs=-1, required=True)
@click.argument("new", type=EXISTING)
def merge(old: tuple[Path, ...], new: Path, form: str | None, prune: bool, report: Path | None, output: Path | None) -> None:
    """Carry what people decided in earlier glossaries over to a new one.

    OLD are glossaries that people have edited, the first one on top (house, client, project); NEW is what `koproc glossary` made of new
    texts. What is approved or rejected stays so, with its English, kind, note and definition, also where NEW lacks it or spells it with
    other spaces; so does English that somebody changed. NEW gives counts, sentences and further spellings. Only English that still needs
    review and is koproc's own guess gives way to that of NEW. The column `layer` names the file that a row is from; it is empty where
    the row is new. -o may name one of the files that are read.

    \b
    Examples:
      koproc glossary merge reviewed.tsv new.tsv -o reviewed.tsv
      koproc glossary merge house.tbx client.csv project.tsv new.tsv --report differences.tsv -o project.tsv
      koproc glossary merge reviewed.tsv new.tsv --prune -o glossary.tbx
    """
    from ..glossary.merging import merge as merge_rows
    from ..lexicon import load_lexicon, read_glossary

    merged = merge_rows(read_layers(old), read_glossary(new), lexicon=load_lexicon(), prune=prune)
    write_rows(merged.rows, format_to_write(form, output), output, report, merged.remarks)
    tell(merged, details=_SHOWN, report=report)


def read_layers(paths: Sequence[Path]) -> list[list[GlossaryRow]]:
    """The rows of each file; those that name no layer yet name their file."""
    from ..lexicon import read_glossary

    names = Counter(path.name for path in paths)
    return [
        [replace(row, layer=row.layer or (path.name if names[path.name] == 1 else str(path))) for row in read_glossary(path)]
        for path in paths
    ]


def tell(merged: Merged, *, details: int, report: Path | None) -> None:
    """What is different, on stderr: how many of each, and the first ones."""
    decided = Counter(row.status for row in merged.rows if row.decided)
    _say(f"{len(merged.rows):,} rows; decisions kept: {decided['approved']:,} approved, {decided['rejected']:,} rejected")
    for what, heading in _HEADINGS.items():
        remarks = [remark for remark in merged.remarks if remark.what == what]
        if remarks:
            _say(f"{len(remarks):,} {heading}{':' if details else ''}")
            _list(remarks, details, report)


def _list(remarks: Sequence[Remark], details: int, report: Path | None) -> None:
    from ..formats.phrases import one_line

    for remark in remarks[:details]:
        click.echo(one_line(f"  {remark.ko} = {remark.en}: {remark.detail}"), err=True)
    if details and len(remarks) > details:
        click.echo(f"  … and {len(remarks) - details:,} more" + ("" if report else "; --report FILE lists them all"), err=True)


def _say(text: str) -> None:
    click.echo(f"koproc: {text}", err=True)
