"""Options that several commands share, and what they all do: read, annotate with progress, report failures, write."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TextIO, TypeVar, cast

import click

from ..errors import InputError
from ..reading.sources import MAX_SIZE, MEGABYTE

if TYPE_CHECKING:
    from ..document import Article, Document
    from ..pipeline import Pipeline
    from ..reading.sources import InputFormat
    from .resuming import Finished

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(slots=True)
class Failures:
    """How many documents failed; each is reported once, on stderr."""

    count: int = 0

    def report(self, error: InputError) -> None:
        self.count += 1
        click.echo(f"koproc: {error}", err=True)


@dataclass(frozen=True, slots=True)
class Input:
    """What the input options say."""

    paths: tuple[str, ...]
    encoding: str | None
    input_format: InputFormat
    published: date | None
    lexicon: tuple[Path, ...]
    progress: bool
    model: Path | None = None
    min_score: float = 0.0
    encoder: str | None = None
    processes: int = 1
    max_size: int = 0

    def articles(self) -> Iterator[Article | InputError]:
        from ..reading import read_articles

        return read_articles(
            self.paths, encoding=self.encoding, published=self.published, input_format=self.input_format, max_size=self.max_size
        )

    def pipeline(self) -> Pipeline:
        """The pipeline that the options ask for."""
        from ..pipeline import load

        return load(lexicon=self.lexicon, model=self.model, min_score=self.min_score, encoder=self.encoder)

    def documents(self, failures: Failures, nlp: Pipeline | None = None, done: Finished | None = None) -> Iterator[Document]:
        """Every document that can be read and annotated, in order, without those that are `done`."""
        nlp = nlp or self.pipeline()
        articles = self.articles() if done is None else done.without(self.articles())
        for item in _with_progress(nlp.pipe_articles(articles, processes=self.processes), self.paths, self.progress):
            if isinstance(item, InputError):
                failures.report(item)
            else:
                yield item


def input_options(command: Command) -> Command:
    """PATHS… and how to read them; the command gets one `source: Input`."""

    def wrapper(
        paths: tuple[str, ...],
        encoding: str | None,
        input_format: str,
        published: Any,
        lexicon: tuple[Path, ...],
        progress: bool,
        model: Path | None,
        min_score: float,
        encoder: str | None,
        processes: int,
        max_size: float,
        **others: Any,
    ) -> Any:
        if not paths:
            if sys.stdin.isatty():
                raise click.UsageError("name at least one file, folder or pattern, or - for standard input; see --help")
            paths = ("-",)
        day = published if published is None or published.hour or published.minute else published.date()
        limit = int(max_size * MEGABYTE)
        form = cast("InputFormat", input_format)
        source = Input(paths, encoding, form, day, lexicon, progress, model, min_score, encoder, processes, limit)
        return command(source=source, **others)

    wrapper.__name__, wrapper.__doc__ = command.__name__, command.__doc__
    decorated: Any = wrapper
    for option in (
        click.option("--progress/--no-progress", default=None, help="Show progress on stderr.  [default: when it is a terminal]"),
        click.option(
            "--min-score", type=click.FloatRange(0, 1), default=0.0, show_default=True, help="Leave out names that are less sure than this."
        ),
        click.option(
            "--model",
            metavar="MODEL_DIR",
            type=click.Path(exists=True, file_okay=False, path_type=Path),
            help="A tagger that `koproc train` made, instead of ours.",
        ),
        encoder_option(MOVED),
        click.option(
            "--processes",
            type=click.IntRange(min=1),
            default=1,
            show_default=True,
            metavar="N",
            help="How many processes share the articles, 400 MB each.",
        ),
        lexicon_option,
        click.option(
            "--published",
            type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M"]),
            metavar="YYYY-MM-DD[THH:MM]",
            help="Publication date, if the text has none or a wrong one.",
        ),
        click.option(
            "--input-format",
            type=click.Choice(["auto", "text", "html", "jsonl"]),
            default="auto",
            help="How to read the input.",
            show_default=True,
        ),
        click.option(
            "--max-size",
            type=click.FloatRange(0, min_open=True),
            default=MAX_SIZE / MEGABYTE,
            metavar="MB",
            show_default=True,
            help="Refuse an article (a file, or a line of JSON Lines) of more megabytes than this.",
        ),
        click.option("--encoding", metavar="NAME", help="Encoding of the input (utf-8, cp949, utf-16 …); detected by default."),
        click.argument("paths", nargs=-1, metavar="[PATHS]..."),
    ):
        decorated = option(decorated)
    decorated.__click_params__ += getattr(command, "__click_params__", [])
    return cast(Command, decorated)


def lexicon_option(command: Command) -> Command:
    """--lexicon FILE, as often as wanted."""
    option = click.option(
        "--lexicon",
        multiple=True,
        metavar="FILE",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="Your own names: TSV, CSV or XLSX (columns ko, en; kind, aliases, note if you like), OmegaT or TBX; wins over ours. May be repeated.",
    )
    return option(command)


MOVED = "Where the encoder lies that the model was trained with, if it has moved."


def encoder_option(help: str) -> Callable[[Command], Command]:
    """--encoder NAME_OR_PATH."""
    return click.option("--encoder", metavar="NAME_OR_PATH", help=help)


def output_option(command: Command) -> Command:
    """-o FILE."""
    option = click.option(
        "-o",
        "--output",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Write here (whole or not at all) instead of stdout.",
    )
    return option(command)


def exit_with(failures: Failures) -> None:
    """Exit code 1 if some document failed."""
    if failures.count:
        sys.exit(1)


@contextmanager
def open_output(path: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that appears under its name only when it is complete."""
    if path is None:
        stream = sys.stdout
        if isinstance(getattr(stream, "buffer", None), object) and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", newline="\n")
        yield stream
        stream.flush()
        return
    if is_special(path):
        with path.open("w", encoding="utf-8", newline="\n") as file:
            yield file
        return
    with _replacing(path) as handle, os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
        yield file


@contextmanager
def open_binary_output(path: Path | None, *, binary: bool = True) -> Iterator[BinaryIO]:
    """A file of bytes that appears under its name only when it is complete; standard output, if bytes that are no text don't meet a terminal."""
    if path is None:
        if binary and sys.stdout.isatty():
            raise click.UsageError("this format is not for a terminal; name a file with -o")
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    if is_special(path):
        with path.open("wb") as special:
            yield special
        return
    with _replacing(path) as handle, os.fdopen(handle, "wb") as file:
        yield file


def is_special(path: Path) -> bool:
    """Whether a path is a device or a named pipe, into which one writes and which nothing may replace."""
    return path.exists() and not path.is_file() and not path.is_dir()


def check_target(path: Path) -> None:
    """Refuse an output that is a folder, or lies in none."""
    if path.is_dir():
        raise click.UsageError(f"{path}: is a folder; name a file with -o")
    if not path.parent.is_dir():
        raise click.UsageError(f"{path.parent}: no such folder for the output; create it first")


@contextmanager
def _replacing(path: Path) -> Iterator[int]:
    """A new file beside `path` that takes its place when all went well; whoever opens the handle closes it."""
    from secrets import token_hex

    check_target(path)
    part = path.with_name(f".{path.name}.{token_hex(4)}.part")  # known before it is made, so that no signal comes in between
    try:
        yield os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        descriptor = os.open(part, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
        os.replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def use_color(stream: TextIO) -> bool:
    """Colour only on a terminal that has not asked for none (https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def terminal_width(stream: TextIO) -> int:
    """Columns of the terminal, 100 for pipes and files."""
    import shutil

    return shutil.get_terminal_size((100, 24)).columns if stream.isatty() else int(os.environ.get("COLUMNS") or 100)


def _with_progress(items: Iterable[Any], paths: tuple[str, ...], wanted: bool | None) -> Iterator[Any]:
    """A bar on stderr while more than one document is annotated, if stderr is a terminal or --progress asks for it."""
    from ..reading import count_articles

    if wanted is False or (wanted is None and not sys.stderr.isatty()):
        yield from items
        return
    total = count_articles(paths)
    if total == 1:
        yield from items
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (TextColumn("annotating"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=sys.stderr.isatty()) as progress:
        task = progress.add_task("annotating", total=total)
        for item in items:
            yield item
            progress.advance(task)
