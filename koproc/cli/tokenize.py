"""`koproc tokenize`: sentences and morphemes with their offsets."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TextIO

import click

from .options import Failures, Input, exit_with, input_options, is_special, open_output, output_option
from .resuming import open_lines, resume_option

if TYPE_CHECKING:
    from ..document import Document


@click.command("tokenize")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="text: one sentence a line; json: JSON Lines with offsets.",
)
@output_option
@resume_option
@input_options
def command(source: Input, form: Literal["text", "json"], output: Path | None, resume: bool) -> None:
    """Split articles into sentences and morphemes (Kiwi's analysis, names of the lexicon whole).

    \b
    Examples:
      koproc tokenize article.txt
      echo '삼성전자의 엑시노스 2500' | koproc tokenize -
      koproc tokenize news/ --format json -o tokens.jsonl
    """
    failures = Failures()
    if form == "json" and output is not None and not is_special(output):
        with open_lines(output, source, (), resume=resume) as (lines, finished):
            _write_json(source.documents(failures, done=finished), lines)
    elif resume:
        raise click.UsageError("--resume needs --format json and -o FILE")
    else:
        with open_output(output) as stream:
            (_write_json if form == "json" else _write_text)(source.documents(failures), stream)
    exit_with(failures)


def _write_json(documents: Iterable[Document], stream: TextIO) -> None:
    from ..formats.json_lines import line_of

    for document in documents:
        record = {
            "id": document.id,
            "sentences": [{"start": s.start, "end": s.end, "kind": s.kind} for s in document.sentences],
            "tokens": [{"start": t.start, "end": t.end, "form": t.form, "tag": t.tag, "lemma": t.lemma} for t in document.tokens],
        }
        stream.write(line_of(record) + "\n")


def _write_text(documents: Iterable[Document], stream: TextIO) -> None:
    from ..formats.phrases import visible

    for document in documents:
        starts = [token.start for token in document.tokens]
        for sentence in document.sentences:
            inside = document.tokens[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
            stream.write(" ".join(f"{visible(token.form)}/{token.tag}" for token in inside) + "\n")
