"""Score the in-text glosses: `python tests/score_glosses.py [--split dev|test] [--errors]` (errors of dev only).

Accuracy: of the glosses in tests/cases/gloss-boundaries, how many are found with exactly the explained words. The others have a wrong boundary (found, with
other words) or are missing (not found). Spurious are glosses found where none is. Beside it, how many of the sentences that explain nothing stay without one.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

import koproc

CASES = Path(__file__).resolve().parent / "cases" / "gloss-boundaries"


def cases(name: str) -> list[dict[str, Any]]:
    """The cases of a file."""
    return [json.loads(line) for line in (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def score(nlp: koproc.Pipeline, split: str) -> tuple[Counter[str], list[str]]:
    """Counts by kind, of glosses missing, with a wrong boundary and spurious, and the errors in words."""
    counts: Counter[str] = Counter()
    errors = []
    for case in (*cases(split), *cases(f"negative-{split}")):
        wanted = Counter((text, gloss) for text, gloss in case["glosses"])
        found = Counter((gloss.text, gloss.gloss) for gloss in nlp(case["text"]).glosses)
        right = (wanted & found).total()
        missing, more = wanted - found, found - wanted
        wrong = (_second_names(missing) & _second_names(more)).total()
        kind = case.get("kind", "negative") if wanted else "negative"
        counts["wanted"] += wanted.total()
        counts["right"] += right
        counts[f"wanted {kind}"] += wanted.total()
        counts[f"right {kind}"] += right
        counts["wrong boundary"] += wrong
        counts["missing"] += missing.total() - wrong
        counts["spurious"] += more.total() - wrong
        counts["silent"] += not wanted and not found
        counts["nothing to find"] += not wanted
        if wanted != found:
            errors.append(f"{case['id']} {case['text']}\n    wants {sorted(missing)}, got {sorted(more)}")
    return counts, errors


def _second_names(pairs: Counter[tuple[str, str]]) -> Counter[str]:
    """How often each gloss stands in pairs of explained words and gloss."""
    names: Counter[str] = Counter()
    for (_, gloss), number in pairs.items():
        names[gloss] += number
    return names


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=("dev", "test"), default="dev")
    parser.add_argument("--errors", action="store_true")
    arguments = parser.parse_args()
    counts, errors = score(koproc.load(), arguments.split)
    if arguments.errors and arguments.split == "dev":
        print("\n".join(errors))
    for name in sorted(name.removeprefix("wanted ") for name in counts if name.startswith("wanted ")):
        if wanted := counts[f"wanted {name}"]:
            print(f"{name:12} {counts[f'right {name}']:4} of {wanted:4}  {counts[f'right {name}'] / wanted:.3f}")
    print(f"{'all':12} {counts['right']:4} of {counts['wanted']:4}  {counts['right'] / counts['wanted']:.3f}")
    print(f"missing {counts['missing']}, wrong boundary {counts['wrong boundary']}, spurious {counts['spurious']}")
    print(f"silent where nothing is explained: {counts['silent']} of {counts['nothing to find']}")


if __name__ == "__main__":
    main()
