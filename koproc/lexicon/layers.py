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
    """The shipped lexicon, with the user's files `extra` (TSV, CSV, XLSX, OmegaT, TBX) above it, the first one on top.

    What a person has approved or rejected goes above what nobody decided. What is rejected is not found, neither in that file nor, with
    the same English, below it. A row that needs review is no name that is known yet, but where one is found its English is used.

    Raises:
        ResourceError: `path:line:` and what is wrong with a file.

    >>> load_lexicon().get("현대차").en
    'Hyundai Motor Company'
    """
    listed = [entry for path in extra for entry in read_user_file(path)]
    pending = {surface: entry for entry in reversed(listed) if entry.status == "needs review" for surface in entry.surfaces}
    entries = sorted((entry for entry in listed if entry.status != "needs review"), key=lambda entry: not entry.status)
    first: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        first.setdefault((entry.ko, entry.en), entry)
    rejected = frozenset(entry for entry in first.values() if entry.status == "rejected")
    ruled_out = {(entry.ko, entry.en) for entry in rejected}
    own = frozenset(entry for entry in entries if (entry.ko, entry.en) not in ruled_out)
    for path in sorted(resource("seeds", "lexicon").glob("*.tsv")):
        entries.extend(read_lexicon(path))
    rows = read_table(resource("seeds", "ambiguous.tsv"), ("surface", "reading", "cues", "reason"))
    words = frozenset(surface for surface, reading, _, _ in rows if reading == "word")
    denied_by = {surface: re.compile(cues) for surface, _, cues, _ in rows if cues != "-"}
    kept = tuple(entry for entry in entries if (entry.ko, entry.en) not in ruled_out)
    return Lexicon(kept, words, denied_by, frozenset(nouns()), own, rejected, pending)
