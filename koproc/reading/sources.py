"""Paths → articles. What cannot be read comes back as an InputError in its place, so that the rest of a batch goes on."""

from __future__ import annotations

import glob
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

from ..document import Article
from ..errors import InputError
from ..moments import day_or_moment
from .article import article_from_text
from .encodings import decode
from .html import declared_encoding, text_of_page

InputFormat = Literal["auto", "text", "html", "jsonl"]
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
) -> Iterator[Article | InputError]:
    """Read files, folders (every known ending below them, sorted), globs and `-` (stdin), in the order given.

    Text files and HTML pages are one article each, JSON Lines one a line (fields `text`, and optionally `id`, `title`,
    `published`). `published` overrules the date that an article states. Yields an InputError for what cannot be read.

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
                data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
            except OSError as err:
                yield InputError(name, f"cannot be read: {err.strerror or err}")
                continue
            for item in articles_from_bytes(data, name, encoding, input_format):
                if published is not None and isinstance(item, Article):
                    item = replace(item, published=published)
                yield item


def count_articles(paths: Iterable[str | Path]) -> int | None:
    """How many articles `read_articles` will yield at most, for a progress bar; None where standard input is among them."""
    total = 0
    for path in paths:
        for name in _expand(str(path)):
            if name == "-":
                return None
            if isinstance(name, str) and Path(name).suffix.lower() in (".jsonl", ".ndjson"):
                with Path(name).open("rb") as lines:
                    total += sum(1 for line in lines if line.strip())
            else:
                total += 1
    return total


def _expand(path: str) -> Iterator[str | InputError]:
    if path == "-":
        yield path
        return
    here = Path(path)
    if here.is_dir():
        found = sorted(str(file) for file in here.rglob("*") if file.suffix.lower() in _FORMATS and file.is_file())
        found = [name for name in found if Path(name).name.lower() != "readme.md"]
        if found:
            yield from found
        else:
            yield InputError(path, f"no article in this folder; it may hold {', '.join(sorted(_FORMATS))}")
    elif here.exists():
        yield path
    else:
        found = sorted(name for name in glob.glob(path, recursive=True) if Path(name).is_file())
        if found:
            yield from found
        else:
            yield InputError(path, "no such file or folder, and no file matches it as a pattern")


def articles_from_bytes(
    data: bytes, name: str, encoding: str | None = None, input_format: InputFormat = "auto"
) -> Iterator[Article | InputError]:
    """The articles in the bytes of a file, as `read_articles` reads them; the ending of `name` says the format, else the bytes do.

    >>> [article.text for article in articles_from_bytes("칩이 나왔다.".encode("cp949"), "a.txt")]
    ['칩이 나왔다.']
    """
    kind = input_format if input_format != "auto" else _FORMATS.get(Path(name).suffix.lower(), "auto")
    try:
        if encoding is None and kind == "html":
            encoding = declared_encoding(data)
        try:
            text = decode(data, source=name, encoding=encoding)
        except InputError:
            if kind != "html":
                raise
            text = decode(data, source=name)  # the page lies about its own encoding
        if kind == "auto":
            kind = _sniff(text)
        if not text.strip():
            raise InputError(name, "the file is empty")
        if kind == "jsonl":
            yield from _from_json_lines(text, name)
        elif kind == "html":
            yield _from_html(text, name)
        else:
            yield article_from_text(text, id=_id(name), source=name)
    except InputError as err:
        yield err


def _id(name: str) -> str:
    return "stdin" if name == "-" else Path(name).as_posix()


def _sniff(text: str) -> InputFormat:
    start = text.lstrip()[:200].lower()
    if start.startswith(("<!doctype html", "<html", "<head", "<body", "<article")):
        return "html"
    if start.startswith("{"):
        try:
            if isinstance(json.loads(text.lstrip().split("\n", 1)[0]), dict):
                return "jsonl"
        except ValueError:
            pass
    return "text"


def _from_html(markup: str, name: str) -> Article:
    text, title, published = text_of_page(markup)
    if not text:
        raise InputError(name, "no visible text in this page")
    article = article_from_text(text, id=_id(name), source=name)
    return replace(article, title=article.title or title, published=published or article.published)


def _from_json_lines(text: str, name: str) -> Iterator[Article | InputError]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield _from_record(line, name, number)
        except InputError as err:
            yield err


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
