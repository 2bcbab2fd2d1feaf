"""Score the senses of words in compounds: `python tests/score_senses.py [--split dev|test] [--errors]` (errors of dev only).

tests/cases/senses has compounds with the right English of one word, `invented` ones for each sense and `news` as they come: runs of two to four nouns in the open
data of ../shared. Dev and test differ in their words, apart from 25 that have invented cases in both.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from koproc.english.senses import sense

CASES = Path(__file__).resolve().parent / "cases" / "senses"


def cases(split: str) -> list[dict[str, str]]:
    """The cases of a split."""
    return [json.loads(line) for line in (CASES / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()]


def score(split: str) -> tuple[Counter[str], list[str]]:
    """Counts of cases and of right ones, by origin and by whether the usual sense is right, and the errors in words."""
    counts: Counter[str] = Counter()
    errors = []
    for case in cases(split):
        word = case["word"]
        found = sense(word, [other for other in case["term"].split() if other != word])
        kind = "usual" if sense(word, ()) == case["en"] else "other"
        for group in (case["origin"], f"{case['origin']}, {kind} sense"):
            counts[f"all {group}"] += 1
            counts[f"usual {group}"] += kind == "usual"
            counts[f"right {group}"] += found == case["en"]
        if found != case["en"]:
            errors.append(f"{case['term']}: {word} is {case['en']}, not {found}")
    return counts, errors


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=("dev", "test"), default="dev")
    parser.add_argument("--errors", action="store_true")
    arguments = parser.parse_args()
    counts, errors = score(arguments.split)
    if arguments.errors and arguments.split == "dev":
        print("\n".join(errors))
    for name in sorted(name.removeprefix("all ") for name in counts if name.startswith("all ")):
        total = counts[f"all {name}"]
        print(
            f"{name:22} {total:4}  always the usual sense {counts[f'usual {name}'] / total:.3f}  ours {counts[f'right {name}'] / total:.3f}"
        )


if __name__ == "__main__":
    main()
