#!/usr/bin/env python
"""Score the shipped transliterator: `tests/score_transliteration.py [--split] [--names]`; both when neither is asked for.

--split: the tenth of ../shared/data/loanwords.open.tsv that was held out by a hash of its Hangul before anything else.
--names: tests/cases/transliteration/tech-names.tsv, of which no lexicon pair was learned. Nothing is looked up in the lexicon.
A row is right when a candidate is one of the English spellings that its Hangul has in the same set, case, spaces and hyphens aside;
strictly, only the row's own spelling counts, spaces and hyphens too. Times are of one core.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from transliteration_alignment import held_out  # noqa: E402

from koproc.resources import read_table, resource  # noqa: E402

LOANWORDS = ROOT.parent / "shared" / "data" / "loanwords.open.tsv"
NAMES = ROOT / "tests" / "cases" / "transliteration" / "tech-names.tsv"
Pairs = list[tuple[str, str]]


def split_pairs() -> Pairs:
    """The held-out loanwords."""
    rows = [line.split("\t") for line in LOANWORDS.read_text(encoding="utf-8").split("\n") if line]
    return [(korean, english) for korean, english in rows if held_out(korean)]


def name_pairs() -> Pairs:
    """The tech names."""
    return [(korean, english) for korean, english in read_table(NAMES, ("ko", "en"))]


def loose(english: str) -> str:
    """A spelling without case, spaces and hyphens."""
    return english.casefold().replace(" ", "").replace("-", "")


def score(pairs: Pairs, show: int = 0) -> dict[str, float]:
    """Shares right, and milliseconds a word."""
    from koproc.transliteration import back_transliterate

    accepted = defaultdict(set)
    for korean, english in pairs:
        accepted[korean].add(loose(english))
    began = time.process_time()
    answers = {korean: [candidate.text for candidate in back_transliterate(korean)] for korean in accepted}
    spent = time.process_time() - began
    hits = dict.fromkeys(("top-1", "top-10", "strict top-1", "strict top-10"), 0)
    for korean, english in pairs:
        found = answers[korean]
        ranks = [n for n, text in enumerate(found) if loose(text) in accepted[korean]]
        exact = [n for n, text in enumerate(found) if text.casefold() == english.casefold()]
        hits["top-1"] += ranks[:1] == [0]
        hits["top-10"] += bool(ranks)
        hits["strict top-1"] += exact[:1] == [0]
        hits["strict top-10"] += bool(exact)
        if show and ranks[:1] != [0]:
            print(f"  {korean}\t{english}\t{', '.join(found[:show])}")
    figures = {name: count / len(pairs) for name, count in hits.items()}
    return {"rows": len(pairs), **figures, "ms a word": 1000 * spent / len(accepted)}


def main() -> None:
    """Print the figures asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", action="store_true")
    parser.add_argument("--names", action="store_true")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print the wrong rows with the first N candidates")
    arguments = parser.parse_args()
    from koproc.transliteration import back_transliterate
    from koproc.transliteration.model import shipped_model

    began = time.process_time()
    shipped_model()
    loaded = time.process_time() - began
    back_transliterate("머신러닝")
    both = arguments.split == arguments.names
    for name, wanted, pairs in (("split", arguments.split, split_pairs), ("names", arguments.names, name_pairs)):
        if wanted or both:
            figures = score(pairs(), arguments.show)
            print(f"{name}: " + ", ".join(f"{key} {value:.3f}" if key != "rows" else f"{value} rows" for key, value in figures.items()))
    size = sum(path.stat().st_size for path in resource("models", "transliteration").iterdir())
    print(f"model: {size / 1e6:.2f} MB, loaded in {1000 * loaded:.0f} ms")


if __name__ == "__main__":
    main()
