"""Paths → articles. What cannot be read comes back as an InputError in its place, so that the rest of a batch goes on."""

from __future__ import annotations

import codecs
import glob
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Literal

from ..document import Article
from ..errors import InputError
from ..moments import day_or_moment
from .article import article_from_text
from .encodings import decode
from .html import declared_encoding, text_of_page

InputFormat = Literal["auto", "text", "html", "jsonl"]
MEGABYTE = 1_000_000
MAX_SIZE = 20 * MEGABYTE  # bytes of one article; what is found in so many takes some 7 GB of memory
_TOO_LARGE = "larger than {:g} MB; raise the limit with --max-size"
_HTML = ("<!doctype html", "<html", "<head", "<body", "<article")
_FORMATS: dict[str, InputFormat] = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}


def read_articles(
    paths: Iterable[str | Path],
    *,
    encoding: str | None = None,
    published: date | None = None,
    input_format: InputFormat = "auto",
    max_size: int = MAX_SIZE,
) -> Iterator[Article | InputError]:
    """Read files, folders (every known ending below them, sorted), globs and `-` (stdin), in the order given.

    Text files and HTML pages are one article each, JSON Lines one a line (fields `text`, and optionally `id`, `title`,
    `published`), read line by line. `published` overrules the date that an article states. Yields an InputError for what cannot be
    read, and for a file, or a line of JSON Lines, of more than `max_size` bytes.

    >>> from koproc.resources import resource
    >>> [article.title for article in read_articles([resource("seeds", "articles", "robot-startup.txt")])] != [None]
    True
    """
    for path in paths:
        for name in _expand(str(path)):
            if isinstance(name, InputError):
                yield name
                continue
            try:
                with nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb") as stream:
                    for item in _articles(stream, name, encoding, input_format, max_size):
                        if published is not None and isinstance(item, Article):
                            item = replace(item, published=published)
                        yield item
            except OSError as err:
                yield InputError(name, f"cannot be read: {err.strerror or err}")


def count_articles(paths: Iterable[str | Path]) -> int | None:
    """How many articles `read_articles` will yield at most, for a progress bar; None where that cannot be told beforehand (`-`)."""
    total = 0
    for path in paths:
        for name in _expand(str(path)):
            if name == "-":
                return None
            if isinstance(name, str) and Path(name).suffix.lower() in (".jsonl", ".ndjson"):
                try:
                    with Path(name).open("rb") as lines:
                        total += sum(1 for line in lines if line.strip())
                except OSError:
                    return None
            else:
                total += 1
    return total


def _expand(path: str) -> Iterator[str | InputError]:
    if path == "-":
        yield path
        return
    here = Path(path)
    try:
        if here.is_dir():
            found = sorted(str(file) for file in here.rglob("*") if file.suffix.lower() in _FORMATS and file.is_file())
            found = [name for name in found if Path(name).name.lower() != "readme.md"]
            missing = f"no article in this folder; it may hold {', '.join(sorted(_FORMATS))}"
        elif here.exists():
            found = [path]
        else:
            found = sorted(name for name in glob.glob(path, recursive=True) if Path(name).is_file())
            missing = "no such file or folder, and no file matches it as a pattern"
    except OSError as err:  # a name that is too long: somebody gave the text itself
        found, missing = [], f"is no path ({err.strerror}); give a text on standard input"
    if found:
        yield from found
    else:
        yield InputError(path if len(path) <= 200 else f"{path[:200]}…", missing)


def articles_from_bytes(
    data: bytes, name: str, encoding: str | None = None, input_format: InputFormat = "auto"
) -> Iterator[Article | InputError]:
    """The articles in the bytes of a file, as `read_articles` reads them; the ending of `name` says the format, else the bytes do.

    >>> [article.text for article in articles_from_bytes("칩이 나왔다.".encode("cp949"), "a.txt")]
    ['칩이 나왔다.']
    """
    return _articles(BytesIO(data), name, encoding, input_format, max(len(data), 1))


def _articles(
    stream: BinaryIO, name: str, encoding: str | None, input_format: InputFormat, max_size: int
) -> Iterator[Article | InputError]:
    kind = input_format if input_format != "auto" else _FORMATS.get(Path(name).suffix.lower(), "auto")
    first = stream.readline(max_size + 1)
    if kind in ("jsonl", "auto") and not _is_wide(first) and (kind == "jsonl" or _is_record(first)):
        yield from _from_json_lines(first, stream, name, encoding, max_size)
        return
    try:
        data = first + stream.read(max_size + 1 - len(first))
        if len(data) > max_size:
            raise InputError(name, f"{_TOO_LARGE.format(max_size / MEGABYTE)}, or make it JSON Lines, an article a line")
        if encoding is None and kind == "html":
            encoding = declared_encoding(data)
        try:
            text = decode(data, source=name, encoding=encoding)
        except InputError:
            if kind != "html":
                raise
            text = decode(data, source=name)  # the page lies about its own encoding
        if not text.strip():
            raise InputError(name, "the file is empty")
        if kind == "jsonl" or (kind == "auto" and _is_record(text.lstrip().split("\n", 1)[0].encode())):
            lines = BytesIO(text.encode())
            yield from _from_json_lines(lines.readline(), lines, name, "utf-8", max(max_size, len(lines.getbuffer())))
        elif kind == "html" or (kind == "auto" and text.lstrip()[:20].lower().startswith(_HTML)):
            yield _from_html(text, name)
        else:
            yield article_from_text(text, id=_id(name), source=name)
    except InputError as err:
        yield err


def _is_wide(first: bytes) -> bool:
    """Whether a file is in UTF-16 or UTF-32, in which a line does not end at a byte."""
    return b"\0" in first or first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


def _is_record(first: bytes) -> bool:
    """Whether the first line of a file is a JSON object."""
    if not first.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(decode(first, source="-").removeprefix("\ufeff")), dict)
    except (InputError, ValueError, RecursionError):
        return False


def _id(name: str) -> str:
    return "stdin" if name == "-" else Path(name).as_posix()


def _from_html(markup: str, name: str) -> Article:
    text, title, published = text_of_page(markup)
    if not text:
        raise InputError(name, "no visible text in this page")
    article = article_from_text(text, id=_id(name), source=name)
    return replace(article, title=article.title or title, published=published or article.published)


def _from_json_lines(line: bytes, rest: BinaryIO, name: str, encoding: str | None, max_size: int) -> Iterator[Article | InputError]:
    """An article for each line, of which `line` is the first; what is wrong with a line costs that line alone."""
    number, empty = 0, True
    while line:
        number += 1
        try:
            if len(line) > max_size:
                while line and not line.endswith(b"\n"):
                    line = rest.readline(max_size + 1)
                raise InputError(name, _TOO_LARGE.format(max_size / MEGABYTE), line=number)
            if line.strip():
                yield _from_record(_decoded(line.rstrip(b"\r\n"), name, number, encoding), name, number)
                empty = False
        except InputError as err:
            empty = False
            yield err
        line = rest.readline(max_size + 1)
    if empty:
        yield InputError(name, "the file is empty")


def _decoded(line: bytes, name: str, number: int, encoding: str | None) -> str:
    try:
        return decode(line.removeprefix(codecs.BOM_UTF8) if number == 1 else line, source=name, encoding=encoding)
    except InputError as err:
        raise InputError(name, err.reason, line=number) from err


def _from_record(line: str, name: str, number: int) -> Article:
    try:
        record = json.loads(line)
    except ValueError as err:
        raise InputError(name, f"not JSON ({err}); one object a line is expected", line=number) from err
    except RecursionError:
        raise InputError(name, "JSON nested too deeply", line=number) from None
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise InputError(name, 'an object with a string field "text" is expected', line=number)
    title = record.get("title")
    if title is not None and not isinstance(title, str):
        raise InputError(name, f'"title" must be a string, not {title!r}', line=number)
    published = None
    if record.get("published"):
        try:
            published = day_or_moment(str(record["published"]))
        except ValueError:
            raise InputError(
                name, f'"published" must be YYYY-MM-DD or YYYY-MM-DDTHH:MM, not {record["published"]!r}', line=number
            ) from None
    identifier = record.get("id")
    return article_from_text(
        record["text"],
        id=str(identifier) if identifier is not None else f"{_id(name)}:{number}",
        title=title or None,
        published=published,
        source=f"{name}:{number}",
    )
