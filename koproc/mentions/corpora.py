"""Labelled data as corpora have it → labelled texts.

- `.txt`, `.md`: inline markup, a sentence a line (`markup.py`)
- `.jsonl`, `.ndjson`: `{"text": …, "entities": [{"start", "end", "label"}]}`, or koproc's own records (`mentions`)
- `.conll`, `.tsv`, `.bio`, `.iob`: a token and its BIO tag a line, sentences between empty lines; single characters are joined without spaces
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..errors import InputError
from .markup import LabelledText, read_lines, read_markup
from .model import spans_of

SUFFIXES = {
    **dict.fromkeys((".txt", ".md"), "markup"),
    **dict.fromkeys((".jsonl", ".ndjson"), "jsonl"),
    **dict.fromkeys((".conll", ".tsv", ".bio", ".iob"), "conll"),
}


def read_corpus(path: Path) -> Iterator[LabelledText]:
    """The labelled texts of a file, or of all files in a folder whose names end in a known suffix, in order.

    Raises:
        InputError: a file or line cannot be read; the message names file, line and reason.

    >>> next(read_corpus(Path("missing.txt")))
    Traceback (most recent call last):
        ...
    koproc.errors.InputError: missing.txt: no such file or folder
    """
    if path.is_dir():
        files = sorted(file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file() and file.name != "README.md")
        if not files:
            raise InputError(str(path), f"holds no labelled file ({' '.join(SUFFIXES)})")
        for file in files:
            yield from read_corpus(file)
        return
    if not path.is_file():
        raise InputError(str(path), "no such file or folder")
    kind = SUFFIXES.get(path.suffix.lower())
    if kind is None:
        raise InputError(str(path), f"unknown kind of data; name it with one of {' '.join(SUFFIXES)}")
    yield from {"markup": read_markup, "jsonl": _read_json_lines, "conll": _read_conll}[kind](path)


def _read_json_lines(path: Path) -> Iterator[LabelledText]:
    for number, line in enumerate(read_lines(path), 1):
        if not line.strip():
            continue
        try:
            yield _from_record(json.loads(line), str(path), number)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as err:
            reason = f'not {{"text", "entities": [{{"start", "end", "label"}}]}} ({type(err).__name__}: {err})'
            raise InputError(str(path), reason, line=number) from err


def _from_record(record: dict[str, Any], source: str, number: int) -> LabelledText:
    text = record["text"]
    if record.get("offset_unit", "codepoint") != "codepoint":
        raise ValueError(f"offsets are {record['offset_unit']}; write the file again without --offset-unit")
    spans = []
    for entity in record["mentions"] if "mentions" in record else record["entities"]:
        start, end, label = entity["start"], entity["end"], entity["label"]
        if not (isinstance(start, int) and isinstance(end, int) and isinstance(label, str)):
            raise ValueError(f"start, end and label of {entity!r} must be two integers and a string")
        if not 0 <= start < end <= len(text):
            raise ValueError(f"span {start}:{end} outside a text of {len(text)} characters")
        spans.append((start, end, label))
    return LabelledText(text, apart(spans), source, number)


def apart(spans: list[tuple[int, int, str]]) -> tuple[tuple[int, int, str], ...]:
    """Spans in order, the first and longest of those that overlap.

    >>> apart([(2, 4, "ORG"), (0, 3, "ORG"), (0, 2, "LOC")])
    ((0, 3, 'ORG'),)
    """
    kept: list[tuple[int, int, str]] = []
    for span in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or kept[-1][1] <= span[0]:
            kept.append(span)
    return tuple(kept)


def _read_conll(path: Path) -> Iterator[LabelledText]:
    rows: list[tuple[str, str]] = []
    first = 1
    for number, line in enumerate([*read_lines(path), ""], 1):
        line = line.rstrip("\r")
        if line.startswith("#") and "\t" not in line:
            continue
        if not line.strip():
            if rows:
                yield _from_rows(rows, str(path), first)
            rows, first = [], number + 1
            continue
        cells = line.split("\t") if "\t" in line else line.split()
        if len(cells) < 2:
            raise InputError(str(path), f"{line!r} is not a token and its tag", line=number)
        if cells[0] != "-DOCSTART-":
            rows.append((cells[0], cells[-1]))


def _from_rows(rows: list[tuple[str, str]], source: str, number: int) -> LabelledText:
    characters = all(len(token) == 1 for token, _ in rows)
    tags = []
    for token, tag in rows:
        if tag != "O" and tag[:2] not in ("B-", "I-"):
            raise InputError(source, f"tag {tag!r} of {token!r} is not O, B-… or I-…", line=number)
        tags.append(tag)
    text, places = "", []
    for token, _ in rows:
        text += "" if characters or not text else " "
        places.append((len(text), len(text) + len(token)))
        text += token
    return LabelledText(text, tuple((places[a][0], places[b - 1][1], label) for a, b, label in spans_of(tags)), source, number)
