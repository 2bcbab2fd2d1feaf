"""The lexicon that a pipeline works with: the user's files, and below them what koproc ships."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from ..resources import read_table, resource
from .nouns import nouns
from .store import Entry, Lexicon, read_lexicon
from .user_files import read_user_file


def load_lexicon(extra: Iterable[Path] = ()) -> Lexicon:
    """The shipped lexicon, with the user's files `extra` (TSV, CSV, TBX) above it, the first one on top.

    Raises:
        ResourceError: `path:line:` and what is wrong with a file.

    >>> load_lexicon().get("현대차").en
    'Hyundai Motor Company'
    """
    entries: list[Entry] = []
    for path in extra:
        entries.extend(read_user_file(path))
    own = frozenset(entries)
    for path in sorted(resource("seeds", "lexicon").glob("*.tsv")):
        entries.extend(read_lexicon(path))
    rows = read_table(resource("seeds", "ambiguous.tsv"), ("surface", "reading", "cues", "reason"))
    words = frozenset(surface for surface, reading, _, _ in rows if reading == "word")
    denied_by = {surface: re.compile(cues) for surface, _, cues, _ in rows if cues != "-"}
    return Lexicon(tuple(entries), words, denied_by, frozenset(nouns()), own)
