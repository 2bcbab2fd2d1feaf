"""`koproc convert`: annotated documents from the format of one tool to that of another."""

from __future__ import annotations

from pathlib import Path

import click

from ..formats.annotations import ANNOTATION_FORMATS, READABLE
from ..formats.offsets import OFFSET_UNITS, OffsetUnit
from .annotation_files import check_unit, read_documents, write_files
from .options import Failures, exit_with


@click.command("convert")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path, allow_dash=True))
@click.option("--from", "source", type=click.Choice(READABLE), help="Format of the input.  [default: detected]")
@click.option("--to", "form", type=click.Choice(list(ANNOTATION_FORMATS)), required=True, help="Format of the output; see below.")
@click.option("--offset-unit", "unit", type=click.Choice(OFFSET_UNITS), help="What offsets in json count.  [default: codepoint]")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="OUT", help="A file, or a folder for formats of many files.")
def command(paths: tuple[Path, ...], source: str | None, form: str, unit: OffsetUnit | None, output: Path | None) -> None:
    """Convert annotated documents, keeping spans, labels, English and, where the format can, claims.

    PATHS are files or folders; - is standard input, and needs --from. Nothing is annotated anew.

    \b
    Read and written: json, brat, xmi, cas-json, doccano, label-studio, docbin.
    Written: conllu, web-annotation, and mentions-, quantities-, claims- with
      tsv, csv or parquet. Folders: brat, xmi, cas-json.
    Offsets: UTF-16 units in xmi, cas-json and doccano, code points elsewhere.

    \b
    Examples:
      koproc convert news.jsonl --to brat -o brat/
      koproc convert corrected/ --to json -o corrected.jsonl
      koproc convert export.json --from label-studio --to docbin -o train.spacy
      koproc annotate news/ --format json | koproc convert - --from json --to xmi -o cas/
    """
    check_unit(form, unit)
    if Path("-") in paths and source is None:
        raise click.UsageError("say with --from which format standard input is in")
    failures = Failures()
    inputs = [Path("/dev/stdin") if path == Path("-") else path for path in paths]
    write_files(read_documents(inputs, source, failures), form, output, unit=unit)
    exit_with(failures)
