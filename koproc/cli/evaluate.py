"""`koproc evaluate`: how good a tagger is on labelled data."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from .annotation_files import data_format_option, read_labelled
from .options import MOVED, encoder_option, lexicon_option, open_output, output_option


@click.command("evaluate")
@click.argument("data", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--model",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="MODEL_DIR",
    help="A model of `koproc train`.  [default: the shipped one]",
)
@encoder_option(MOVED)
@lexicon_option
@data_format_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="table: for reading; json: one object.",
)
@click.option("--errors", type=click.IntRange(min=0), default=10, show_default=True, help="How many of the worst errors to show.")
@click.option(
    "--learning-curve",
    "curve",
    type=click.Path(exists=True, path_type=Path),
    metavar="TRAIN_DATA",
    help="Also train on parts of TRAIN_DATA and score each.",
)
@output_option
def command(
    data: tuple[Path, ...],
    model: Path | None,
    encoder: str | None,
    lexicon: tuple[Path, ...],
    data_form: str | None,
    form: Literal["table", "json"],
    errors: int,
    curve: Path | None,
    output: Path | None,
) -> None:
    """Precision, recall and F1 of exact spans by label, confusions, and the surest errors in their context.

    DATA is what `koproc train` takes. Labels that the model does not know count as missed.

    \b
    Examples:
      koproc evaluate held-out.txt
      koproc evaluate held-out.jsonl --model my-model --format json
      koproc evaluate held-out.txt --learning-curve train.txt
    """
    from ..evaluation import evaluate, learning_curve
    from ..formats import scores
    from ..pipeline import load

    texts = read_labelled(data, data_form)
    nlp = load(lexicon=lexicon, model=model, encoder=encoder)
    result = evaluate(nlp, texts)
    steps = learning_curve(nlp, read_labelled([curve], data_form), texts) if curve is not None else []
    with open_output(output) as stream:
        if form == "json":
            scores.write_json(result, stream, errors=errors, steps=steps)
        else:
            scores.write_table(result, stream, errors=errors, steps=steps)
