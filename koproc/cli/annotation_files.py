"""Files of annotation tools on the command line: documents out to one or many files, labelled texts in for training."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import InputError
from ..formats.annotations import ANNOTATION_FORMATS, READABLE, read_annotations, write_annotations
from ..formats.annotations.detection import folder_of, form_of
from ..formats.offsets import OffsetUnit
from .options import Failures, open_binary_output, open_output

if TYPE_CHECKING:
    from ..document import Document
    from ..mentions.markup import LabelledText


def warn(reason: str) -> None:
    """What was lost or changed on the way, a line on stderr."""
    click.echo(f"koproc: {reason}", err=True)


def check_unit(form: str, unit: OffsetUnit | None) -> None:
    """Refuse a unit for a format that has its own."""
    if unit is not None and form != "json":
        own = ANNOTATION_FORMATS[form].unit if form in ANNOTATION_FORMATS else "codepoint"
        raise click.UsageError(f"--offset-unit is for json; offsets in {form} are {own}, as its readers demand")


def write_files(
    documents: Iterable[Document], form: str, output: Path | None, *, tokens: bool = False, unit: OffsetUnit | None = None
) -> None:
    """Write documents in a format: to standard output or a file, or, where it is a folder of files, each whole or not at all."""
    chosen = ANNOTATION_FORMATS[form]
    if chosen.many:
        if output is None or output.is_file():
            raise click.UsageError(f"{form} is a folder of files; name one with -o DIR")
        if not output.absolute().parent.is_dir():
            raise click.UsageError(f"{output.parent}: no such folder for the output; create it first")
        output.mkdir(exist_ok=True)

        def save(name: str, content: bytes) -> None:
            with open_binary_output(output / name) as file:
                file.write(content)

        write_annotations(documents, form, save, warn=warn)
        return
    if form == "json":
        from ..formats import json_lines

        with open_output(output) as text:
            json_lines.write(documents, text, tokens=tokens, unit=unit or "codepoint")
        return
    with open_binary_output(output, binary=chosen.binary) as stream:
        write_annotations(documents, form, stream, warn=warn)


def read_documents(paths: Iterable[Path], form: str | None, failures: Failures) -> Iterator[Document]:
    """Every document that can be read, in order; each that cannot is reported."""
    for path in paths:
        try:
            for item in read_annotations(path, form, warn=warn):
                if isinstance(item, InputError):
                    failures.report(item)
                else:
                    yield item
        except InputError as err:
            failures.report(err)


def read_labelled(paths: Iterable[Path], form: str | None = None) -> list[LabelledText]:
    """The labelled texts of files in any format that holds names: those of `mentions.corpora`, and those of annotation tools.

    Raises:
        InputError: a document cannot be read. Training on half of the data would go unnoticed.
    """
    from ..mentions.corpora import read_corpus

    texts: list[LabelledText] = []
    for file, name in _labelled_files(paths, form):
        texts += read_corpus(file) if name is None else _labelled(file, name)
    return texts


def _labelled_files(paths: Iterable[Path], form: str | None) -> Iterator[tuple[Path, str | None]]:
    """Files and folders with the annotation format that they are in, None for those of `mentions.corpora`."""
    from ..mentions.corpora import SUFFIXES

    for path in paths:
        owner = form or folder_of(path) or form_of(path)
        if owner or not path.is_dir():
            yield path, owner
            continue
        inside = [(file, form_of(file)) for file in sorted(path.rglob("*")) if file.is_file() and file.name != "README.md"]
        labelled = [(file, name) for file, name in inside if name or file.suffix.lower() in SUFFIXES]
        yield from labelled or [(path, None)]  # whose reader says what a folder must hold


def _labelled(path: Path, form: str) -> Iterator[LabelledText]:
    from ..mentions.corpora import apart
    from ..mentions.markup import LabelledText

    for item in read_annotations(path, form, warn=warn):
        if isinstance(item, InputError):
            raise item
        yield LabelledText(item.text, apart([(m.start, m.end, m.label) for m in item.mentions if m.start < m.end]), item.source)


def data_format_option(command: click.decorators.FC) -> click.decorators.FC:
    """--from FORMAT, for labelled data."""
    option = click.option(
        "--from", "data_form", type=click.Choice(READABLE), help="Format of an annotation tool that the data is in.  [default: detected]"
    )
    return option(command)
