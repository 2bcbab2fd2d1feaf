"""The lexicon: TSV files in, entries and a multi-pattern matcher out.

A file has the header `ko en kind aliases note`, tab-separated, one entry a line; `-` stands for no alias:

    현대자동차<TAB>Hyundai Motor Company<TAB>ORG<TAB>현대차<TAB>Korean car maker

`kind` is ORG, PRODUCT, LOC or TERM. A note that begins with `common word:` says that the name is also an everyday word,
which then needs evidence in its context (see mentions/); `seeds/ambiguous.tsv` lists more of them, and words that deny a name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..document import EnglishSource, Status
from ..errors import ResourceError
from ..resources import read_table

HEADER = ("ko", "en", "kind", "aliases", "note")
KINDS = ("ORG", "PRODUCT", "LOC", "TERM")
# Where Hangul meets Latin or digits, newspapers write a space or none: 어센드910B, 어센드 910B.
_SCRIPT_JOINT = re.compile("(?<=[가-힣]) ?(?=[A-Za-z0-9])|(?<=[A-Za-z0-9]) ?(?=[가-힣])")


@dataclass(frozen=True, slots=True)
class Entry:
    """One organization, product, place or term (of the user's also a person): Korean name, English, kind, other surfaces, a note.

    `acronym`, what a person decided (`status`), the name of the file (`layer`) and where the English came from are known of entries of the
    user's alone.
    """

    ko: str
    en: str
    kind: str
    aliases: tuple[str, ...] = ()
    note: str = ""
    acronym: str | None = None
    status: Status = ""
    layer: str = ""
    en_source: EnglishSource = "lexicon"

    @property
    def surfaces(self) -> tuple[str, ...]:
        return (self.ko, *self.aliases)

    @property
    def common_word(self) -> bool:
        return self.note.startswith("common word:")


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a surface of an entry occurs in a text. Boundaries are not checked yet."""

    start: int
    end: int
    surface: str
    entry: Entry


@dataclass(slots=True)
class Lexicon:
    """Entries by surface, and the automaton that finds all surfaces in one pass.

    Entries given first win where two have the same surface, so a user's files go before ours. `ambiguous` surfaces are
    everyday words unless something supports the name; those in `denied_by` are names unless a cue stands beside them
    against it (카카오 열매). `nouns` are ordinary nouns, which rules must not take for new names; `own`
    are the user's entries, which no model overrules; `rejected` are those that a person has ruled out, which are never found.
    `pending`, by surface, are rows of the user's that need review: they name nothing, but have English that goes before a guess.

    >>> lexicon = Lexicon((Entry("어센드", "Ascend", "PRODUCT"), Entry("화웨이", "Huawei", "ORG")))
    >>> [(hit.start, hit.end, hit.entry.en) for hit in lexicon.find("화웨이의 어센드 칩")]
    [(0, 3, 'Huawei'), (5, 8, 'Ascend')]
    """

    entries: tuple[Entry, ...]
    ambiguous: frozenset[str] = frozenset()
    denied_by: dict[str, re.Pattern[str]] = field(default_factory=dict)
    nouns: frozenset[str] = frozenset()
    own: frozenset[Entry] = frozenset()
    rejected: frozenset[Entry] = frozenset()
    pending: dict[str, Entry] = field(default_factory=dict)
    _by_surface: dict[str, Entry] = field(init=False, default_factory=dict, repr=False)
    _canonical: list[str] = field(init=False, default_factory=list, repr=False)
    _automaton: Any = field(init=False, default=None, repr=False)

    def __post_init__(self) -> None:
        by_surface = self._by_surface
        for entry in self.entries:
            for surface in entry.surfaces:
                by_surface.setdefault(surface, entry)
        for entry in self.entries:  # variants never win over a surface that somebody wrote down
            for surface in entry.surfaces:
                for variant in spacing_variants(surface):
                    by_surface.setdefault(variant, entry)
        flagged = {entry.ko for entry in self.entries if entry.common_word}
        self.ambiguous = (self.ambiguous | flagged) - self.denied_by.keys()

    def __reduce__(self) -> tuple[type[Lexicon], tuple[object, ...]]:
        """For other processes: what it was made of; the automaton is no Python object."""
        return Lexicon, (self.entries, self.ambiguous, self.denied_by, self.nouns, self.own, self.rejected, self.pending)

    def get(self, surface: str) -> Entry | None:
        """The entry with this surface (any spacing that we know), or None."""
        return self._by_surface.get(surface)

    def find(self, text: str) -> list[Hit]:
        """Every occurrence of every surface, overlapping ones too, ordered by start and then longest first."""
        if self._automaton is None:
            from ahocorasick_rs import AhoCorasick

            self._canonical = list(self._by_surface)
            self._automaton = AhoCorasick(self._canonical)
        hits = [
            Hit(start, end, surface, self._by_surface[surface])
            for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True)
            for surface in (self._canonical[index],)
        ]
        hits.sort(key=lambda hit: (hit.start, -hit.end))
        return hits

    def words(self) -> list[tuple[str, float]]:
        """Names for the analyzer's dictionary with their scores: unambiguous, one word, long enough not to do harm.

        Two-syllable names change other words (0.73 % of all tokens with 5,000 of them), names with Latin letters and
        digits need a score of 3 to win over Kiwi's own splitting (measured on kiwipiepy 0.24.1).
        """
        words: list[tuple[str, float]] = []
        for surface, entry in self._by_surface.items():
            if entry.kind == "TERM" or " " in surface or surface in self.ambiguous:
                continue
            hangul = len(re.findall("[가-힣]", surface))
            if hangul == len(surface) and hangul >= 3:
                words.append((surface, 0.0))
            elif hangul < len(surface) and len(surface) >= 3 and re.search("[A-Za-z]", surface) and surface.isalnum():
                words.append((surface, 3.0))
        return words


def spacing_variants(surface: str) -> set[str]:
    """Other spacings of a name: without spaces, and with a space where Hangul meets Latin letters or digits.

    >>> sorted(spacing_variants("어센드910B"))
    ['어센드 910B']
    """
    variants = {surface.replace(" ", ""), _SCRIPT_JOINT.sub(" ", surface), _SCRIPT_JOINT.sub("", surface)}
    return {variant for variant in variants if len(variant) > 1} - {surface}


def read_lexicon(path: Path) -> tuple[Entry, ...]:
    """The entries of one lexicon file.

    Raises:
        ResourceError: `path:line:` and the fault.
    """
    entries = []
    for number, (ko, en, kind, aliases, note) in enumerate(read_table(path, HEADER), 2):
        if kind not in KINDS:
            raise ResourceError(f"{path}:{number}: kind {kind!r} is not one of {', '.join(KINDS)}")
        names = () if aliases == "-" else tuple(aliases.split("|"))
        entries.append(Entry(ko, en, kind, names, "" if note == "-" else note))
    return tuple(entries)
