"""What was paid for, kept on disk: a key goes in, the candidates that a service gave for it come out.

One SQLite file with one table; several processes may use it at once. An answer without candidates (the service did not know) is kept too:
it was paid for as well. A file looks like this:

    key (SHA-256 of all that the answer depends on)   translator   text             candidates
    5f0c…                                             deepl        고대역폭 메모리  [["high-bandwidth memory", 0.5]]
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

from ..errors import ResourceError
from .protocol import Candidate

_APPLICATION = 0x6B6F7072  # "kopr": how SQLite files say whose they are (https://www.sqlite.org/fileformat2.html, offset 68)
_WAIT = 30.0  # seconds that a process waits for another one's write
_TABLE = "CREATE TABLE answers (key TEXT PRIMARY KEY, translator TEXT NOT NULL, text TEXT NOT NULL, candidates TEXT NOT NULL) WITHOUT ROWID"
_CHUNK = 500  # SQLite takes at least 999 parameters in a query


class Cache:
    """An open cache file, made where there is none yet. Close it, or use it as a context.

    Raises:
        ResourceError: the file is not ours, is broken, or cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
        except (OSError, sqlite3.Error) as err:
            raise self._broken(err) from err
        try:
            self._prepare()
        except sqlite3.Error as err:
            self._connection.close()
            raise self._broken(err) from err
        except ResourceError:
            self._connection.close()
            raise

    def _prepare(self) -> None:
        connection = self._connection
        connection.execute("BEGIN IMMEDIATE")  # of two processes that find no file, one makes the table
        (owner,) = connection.execute("PRAGMA application_id").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if owner == 0 and tables == 0:
            connection.execute(_TABLE)
            connection.execute(f"PRAGMA application_id = {_APPLICATION}")
        elif owner != _APPLICATION:
            raise ResourceError(f"{self._path}: is a database of another program, not a cache of koproc; name another file with --cache")
        connection.execute("SELECT key, translator, text, candidates FROM answers LIMIT 0")
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode = WAL")

    def get(self, keys: Iterable[str]) -> dict[str, list[Candidate]]:
        """The answers that are here, by key.

        Raises:
            ResourceError: the file is broken.
        """
        wanted = list(keys)
        found: dict[str, list[Candidate]] = {}
        for at in range(0, len(wanted), _CHUNK):
            part = wanted[at : at + _CHUNK]
            query = f"SELECT key, candidates FROM answers WHERE key IN ({','.join('?' * len(part))})"
            try:
                rows = self._connection.execute(query, part).fetchall()
                found.update((key, [Candidate(str(text), float(score), "mt") for text, score in json.loads(row)]) for key, row in rows)
            except (sqlite3.Error, ValueError, TypeError) as err:
                raise self._broken(err) from err
        return found

    def put(self, translator: str, answers: Mapping[str, tuple[str, list[Candidate]]]) -> None:
        """Keep the candidates of texts under their keys, all or none; they are on disk when this returns.

        Raises:
            ResourceError: the file cannot be written.
        """
        rows = [
            (key, translator, text.encode("utf-8", "replace").decode(), json.dumps([[one.text, one.score] for one in candidates]))
            for key, (text, candidates) in answers.items()
        ]
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            with self._connection:
                self._connection.executemany("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)", rows)
        except sqlite3.Error as err:
            raise self._broken(err) from err

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Cache:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _broken(self, err: Exception) -> ResourceError:
        return ResourceError(
            f"{self._path}: cannot be used as a cache of translations ({err}); name another file with --cache, or none with --no-cache"
        )


def stored(path: Path, keys: Iterable[str]) -> dict[str, list[Candidate]]:
    """The answers in a cache file that may not exist yet; nothing is written."""
    if not path.exists():
        return {}
    with closing(Cache(path)) as cache:
        return cache.get(keys)


def default_cache() -> Path:
    """Where the cache lies unless another place is named: the user's cache folder."""
    from platformdirs import user_cache_path

    return user_cache_path("koproc", appauthor=False) / "translations.sqlite"
