"""What formats of many files share: names for the files of a document, texts that an encoding can hold, and folders read in order."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from ...errors import InputError
from .standoff import Warn

Save = Callable[[str, bytes], None]  # a file's name inside the folder of the output, and its bytes
Replaced = list[tuple[int, str]]

_UNSAFE = re.compile(r"[^\w.()-]+")
_SUFFIX = re.compile(r"\.(?:txt|md|html?|jsonl?|ndjson)$", re.IGNORECASE)
_LONGEST = 80  # characters: a Korean name of that length has 240 bytes, and most file systems hold 255
SURROGATES = re.compile("[\ud800-\udfff]")


class FileNames:
    """Names of files from ids of documents, each only once.

    >>> names = FileNames()
    >>> names("news/첫 기사.txt"), names("news_첫_기사"), names("../")
    ('news_첫_기사', 'news_첫_기사-2', 'document')
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def __call__(self, id: str) -> str:
        stem = SURROGATES.sub("_", _UNSAFE.sub("_", _SUFFIX.sub("", id))).strip("._")[-_LONGEST:].strip("._") or "document"
        name, number = stem, 1
        while name.casefold() in self._taken:
            number += 1
            name = f"{stem}-{number}"
        self._taken.add(name.casefold())
        return name


def held(text: str, unwanted: re.Pattern[str], what: str, warn: Warn) -> tuple[str, Replaced]:
    """A text with each character that a format cannot hold replaced by U+FFFD, so that no offset moves; and what they were.

    >>> held("a\\ud800", SURROGATES, "a.txt", print)
    a.txt: U+D800 at 1 cannot be written; U+FFFD takes its place
    ('a\N{REPLACEMENT CHARACTER}', [(1, '\\ud800')])
    """
    replaced = [(match.start(), match[0]) for match in unwanted.finditer(text)]
    for offset, character in replaced:
        warn(f"{what}: U+{ord(character):04X} at {offset} cannot be written; U+FFFD takes its place")
    return unwanted.sub("\N{REPLACEMENT CHARACTER}", text), replaced


def restored(text: str, replaced: Any) -> str:
    """The text before `held`, where its characters are still those that `held` wrote.

    >>> restored("a\N{REPLACEMENT CHARACTER}", [[1, "\\x07"], [9, "b"]])
    'a\\x07'
    """
    characters = list(text)
    for item in replaced if isinstance(replaced, list) else ():
        if isinstance(item, list) and len(item) == 2 and isinstance(item[0], int) and isinstance(item[1], str):
            offset, character = item
            if 0 <= offset < len(text) and text[offset] == "\N{REPLACEMENT CHARACTER}" and len(character) == 1:
                characters[offset] = character
    return "".join(characters)


def read_text(path: Path) -> str:
    """A UTF-8 file with its line breaks as they are. Raises InputError."""
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as err:
        raise InputError(str(path), f"cannot be read as UTF-8 text ({err})") from err


def read_json(path: Path) -> Any:
    """A JSON file, a byte order mark left out. Raises InputError."""
    return parsed_json(read_text(path).removeprefix("\ufeff"), str(path))


def parsed_json(content: str, source: str, line: int | None = None) -> Any:
    """JSON as plain values. Raises InputError."""
    try:
        return json.loads(content, parse_constant=_no_constant)
    except (ValueError, RecursionError) as err:
        raise InputError(source, f"not JSON ({err})", line=line) from err


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number")


def json_lines(path: Path) -> Iterator[tuple[int, Any | InputError]]:
    """The number and the value of each line that is not empty; a line that is no JSON is an error in its place."""
    for number, line in enumerate(read_text(path).removeprefix("\ufeff").split("\n"), 1):
        if line.strip():
            try:
                yield number, parsed_json(line, str(path), number)
            except InputError as err:
                yield number, err


def files_of(path: Path, suffix: str) -> Iterable[Path]:
    """A file itself, or the files of a folder with a suffix, in order. Raises InputError where there is none."""
    if not path.is_dir():
        return [path]
    files = sorted(file for file in path.rglob(f"*{suffix}") if file.is_file())
    if not files:
        raise InputError(str(path), f"holds no *{suffix}")
    return files
