"""What people have corrected, kept in one SQLite file of a folder: rows of a lexicon and labelled sentences.

A name has one row and a sentence one labelling: the last one saved.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path

from ...document import GlossaryRow
from ...errors import ResourceError
from ...mentions.markup import parse_markup

FILE = "koproc.sqlite3"
_TABLES = """
CREATE TABLE IF NOT EXISTS rows (ko TEXT PRIMARY KEY, row TEXT NOT NULL, saved TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sentences (text TEXT PRIMARY KEY, markup TEXT NOT NULL, saved TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP) WITHOUT ROWID;
"""


class Store:
    """The file in a folder, made where it is missing; may be used from several threads and processes.

    Raises:
        ResourceError: the folder cannot be written, or the file is no database of ours.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as err:
            raise ResourceError(f"{folder}: no folder for the store ({err.strerror or err}); name another with --store") from err
        with self._open() as database:
            database.executescript(_TABLES)

    def save(self, rows: Iterable[GlossaryRow], sentences: Iterable[str]) -> None:
        """Keep rows that a person has decided, and sentences in markup, all or none of them."""
        kept = [(row.ko, json.dumps(asdict(row))) for row in rows if row.decided]
        labelled = [(parse_markup(line).text, line) for line in sentences]
        with self._open() as database:
            database.executemany("INSERT OR REPLACE INTO rows (ko, row) VALUES (?, ?)", kept)
            database.executemany("INSERT OR REPLACE INTO sentences (text, markup) VALUES (?, ?)", labelled)

    def rows(self) -> list[GlossaryRow]:
        """The rows, by name."""
        with self._open() as database:
            found = [json.loads(row) for (row,) in database.execute("SELECT row FROM rows ORDER BY ko")]
        return [GlossaryRow(**row | {"variants": tuple(row["variants"]), "sentences": tuple(row["sentences"])}) for row in found]

    def sentences(self) -> list[str]:
        """The sentences in markup, by their text."""
        with self._open() as database:
            return [markup for (markup,) in database.execute("SELECT markup FROM sentences ORDER BY text")]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A connection for one transaction."""
        try:
            with closing(sqlite3.connect(self.path)) as database, database:
                yield database
        except sqlite3.Error as err:
            raise ResourceError(f"{self.path}: {err}; the file is the store of another program, or is broken: name another folder") from err
