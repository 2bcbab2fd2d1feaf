"""`koproc train`: a tagger from your own labelled data."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .annotation_files import data_format_option, read_labelled
from .options import encoder_option, lexicon_option

if TYPE_CHECKING:
    from ..training import Progress


@click.command("train")
@click.argument("data", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "-o", "--output", required=True, type=click.Path(file_okay=False, path_type=Path), metavar="MODEL_DIR", help="Folder for the model."
)
@lexicon_option
@data_format_option
@click.option(
    "--calibrate",
    "share",
    type=click.FloatRange(0, 0.5),
    default=0.1,
    show_default=True,
    help="Share of the data that is set aside to make scores probabilities.",
)
@encoder_option(
    "Also learn from the context that a sentence-transformers model sees: a folder, or a name in the local cache. Needs koproc[embeddings]."
)
@click.option("--iterations", type=click.IntRange(min=1), default=150, show_default=True, help="The most rounds of learning.")
@click.option("--seed", type=int, default=0, show_default=True, help="Chooses what is set aside; the same seed gives the same model.")
@click.option("--progress/--no-progress", default=None, help="Show progress on stderr.  [default: when it is a terminal]")
def command(
    data: tuple[Path, ...],
    output: Path,
    lexicon: tuple[Path, ...],
    data_form: str | None,
    share: float,
    encoder: str | None,
    iterations: int,
    seed: int,
    progress: bool | None,
) -> None:
    """Train a tagger with any labels on labelled sentences.

    DATA are files or folders: inline markup (.txt: `[화웨이|ORG]는 …`, a sentence a line), JSON Lines
    ({"text", "entities": [{"start", "end", "label"}]}, or what `koproc annotate --format json` wrote),
    CoNLL (.conll: a token and its B-/I-/O tag a line), or what people corrected in an annotation tool:
    brat, INCEpTION (xmi, cas-json), doccano, Label Studio, spaCy DocBin. Needs koproc[train].

    \b
    Examples:
      koproc train news.txt -o my-model
      koproc train corrected/ more.jsonl -o my-model --lexicon names.tsv
      koproc annotate news/ --format doccano -o to-correct.jsonl
      koproc train corrected.jsonl -o my-model
      koproc train news.txt -o my-model --encoder ~/models/multilingual-e5-small
      koproc evaluate held-out.jsonl --model my-model
      koproc annotate article.txt --model my-model
    """
    from ..pipeline import load
    from ..training import Settings, train

    texts = read_labelled(data, data_form)
    nlp = load(lexicon=lexicon)
    with _shown(progress) as report:
        model = train(nlp, texts, Settings(iterations=iterations, base=True, encoder=encoder), share=share, seed=seed, progress=report)
    model.save(output)
    labels = ", ".join(model.labels)
    click.echo(f"koproc: {len(texts):,} texts, labels {labels}; model in {output}", err=True)


@contextmanager
def _shown(wanted: bool | None) -> Iterator[Progress | None]:
    """A bar on stderr for each step."""
    import sys

    if wanted is False or (wanted is None and not sys.stderr.isatty()):
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    with Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=console) as bar:
        tasks: dict[str, TaskID] = {}

        def report(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bar.add_task(step, total=total)
            bar.update(tasks[step], completed=done, total=total)

        yield report
