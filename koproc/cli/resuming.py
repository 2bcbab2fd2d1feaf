"""Batches that can be continued: until a file of JSON Lines is whole, its finished lines lie in a `.part` file beside it.

In: articles, and what an earlier run left. Out: the articles that are still to do. A line is written as soon as its document is done, so
that even SIGKILL costs no more than the document in work; a line that was cut off is dropped. The name of the `.part` file holds a
digest of koproc's version, the options and the files of names, so that a run with others never goes on with it.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO

import click

from ..document import Article
from ..errors import InputError
from .options import Command, check_target

if TYPE_CHECKING:
    from .options import Input


def resume_option(command: Command) -> Command:
    """--resume."""
    option = click.option(
        "--resume", is_flag=True, help="Go on with what the same command had finished when it was interrupted (json, with -o)."
    )
    return option(command)


@dataclass(frozen=True, slots=True)
class Finished:
    """How often each document was finished before, by id and, where its line has it, text."""

    count: Counter[bytes]
    with_text: bool

    def without(self, articles: Iterable[Article | InputError]) -> Iterator[Article | InputError]:
        """The articles that are still to do, errors included; tells of documents that are no longer among them."""
        left = self.count.copy()
        for item in articles:
            key = _key(item.id, item.text if self.with_text else "") if isinstance(item, Article) else b""
            if left[key] > 0:
                left[key] -= 1
            else:
                yield item
        if gone := left.total():
            click.echo(f"koproc: {gone} finished before are no longer in the input, or changed; their lines stay", err=True)


@contextmanager
def open_lines(path: Path, source: Input, options: tuple[object, ...], *, resume: bool) -> Iterator[tuple[TextIO, Finished]]:
    """A file of JSON Lines that appears under its name when it is complete, and what of it is there already.

    Raises:
        click.UsageError: the output is no file in a folder, or another run is writing it.
    """
    check_target(path)
    part = path.with_name(f"{path.name}.{_digest(source, options)}.part")
    file = os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT, 0o666), "r+b")
    _lock(file, part)
    if not resume:
        file.truncate()
    finished = _kept(file)
    stream = TextIOWrapper(file, encoding="utf-8", newline="\n", line_buffering=True)
    try:
        yield stream, finished
        stream.flush()
        os.fsync(file.fileno())
    except BaseException:
        with suppress(OSError):  # what a full disk did not take is lost
            stream.close()
        if part.stat().st_size:
            click.echo(f"koproc: what is finished is kept in {part}; the same command with --resume goes on with it", err=True)
        else:
            part.unlink()
        raise
    stream.close()
    os.replace(part, path)


def _kept(file: BinaryIO) -> Finished:
    """What the complete lines of a file say; what follows them is cut off."""
    count: Counter[bytes] = Counter()
    with_text, end = True, 0
    for line in file:
        try:
            record = json.loads(line)
            key = _key(record["id"], record.get("text", ""))
        except (ValueError, TypeError, KeyError):  # a machine that lost its power may leave anything
            break
        if not line.endswith(b"\n"):
            break
        count[key] += 1
        with_text = "text" in record
        end += len(line)
    file.seek(end)
    file.truncate()
    return Finished(count, with_text)


def _key(id: str, text: str) -> bytes:
    return sha256(f"{id}\n{text}".encode("utf-8", "surrogatepass")).digest()[:16]


def _digest(source: Input, options: tuple[object, ...]) -> str:
    from .. import __version__

    said = (source.encoding, source.input_format, source.published, source.min_score, source.encoder, source.max_size, *options)
    found = sha256(repr((__version__, *said)).encode())
    for path in (*source.lexicon, *(sorted(source.model.rglob("*")) if source.model else ())):
        if path.is_file():
            found.update(path.read_bytes())
    return found.hexdigest()[:8]


def _lock(file: BinaryIO, part: Path) -> None:
    """Keep other runs out until the file is closed, where the system can."""
    try:
        import fcntl
    except ImportError:  # Windows
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise click.UsageError(f"{part}: another run of the same command is writing it") from None
