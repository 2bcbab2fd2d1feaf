"""`koproc tokenize`: sentences and morphemes with their offsets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

import click

from .options import Failures, Input, exit_with, input_options, open_output, output_option


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
@input_options
def command(source: Input, form: Literal["text", "json"], output: Path | None) -> None:
    """Split articles into sentences and morphemes (Kiwi's analysis, names of the lexicon whole).

    \b
    Examples:
      koproc tokenize article.txt
      echo '삼성전자의 엑시노스 2500' | koproc tokenize -
      koproc tokenize news/ --format json -o tokens.jsonl
    """
    failures = Failures()
    with open_output(output) as stream:
        for document in source.documents(failures):
            if form == "json":
                record = {
                    "id": document.id,
                    "sentences": [{"start": s.start, "end": s.end, "kind": s.kind} for s in document.sentences],
                    "tokens": [{"start": t.start, "end": t.end, "form": t.form, "tag": t.tag, "lemma": t.lemma} for t in document.tokens],
                }
                stream.write(json.dumps(record, ensure_ascii=False) + "\n")
                continue
            for sentence in document.sentences:
                inside = (t for t in document.tokens if sentence.start <= t.start < sentence.end)
                stream.write(" ".join(f"{token.form}/{token.tag}" for token in inside) + "\n")
    exit_with(failures)
