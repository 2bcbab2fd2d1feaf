"""Score numeric claims field by field on the gold articles: `python tests/score_claims.py [--split dev|test] [--errors N]`.

A gold claim is found where one of ours has an overlapping quantity. A field is right where it equals an accepted value, or, for
subject, baseline and attribution, where it is a mention of the same entity. Errors are printed for the dev split only: rules are never tuned on
the test split (see cases/claims/GUIDELINE.md).
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from check_claims import FOLDER, accepted, occurrence

import koproc

FIELDS = ("subject", "property", "baseline", "direction", "change", "from", "time", "attribution", "modality")
NAMED = ("subject", "baseline", "attribution")


def articles(split: str) -> Iterator[Path]:
    """The texts of a split: odd numbers are dev, even ones test."""
    for path in sorted(FOLDER.glob("*.txt")):
        if int(path.name[:3]) % 2 == (split == "dev"):
            yield path


def _found_values(document: koproc.Document, claim: koproc.Claim) -> dict[str, Any]:
    """Our fields in the form of the gold file; names as (surface, entity)."""
    values: dict[str, Any] = {"direction": claim.direction, "change": claim.change, "modality": claim.modality}
    for name in NAMED:
        referent = document.referent(getattr(claim, name))
        values[name] = referent and (referent.text, getattr(referent, "entity", None))
    values["property"] = claim.property and claim.property.text
    values["from"] = document.quantity(claim.from_).text if claim.from_ else None
    values["time"] = claim.time and claim.time.value
    return values


def _is_right(document: koproc.Document, name: str, found: Any, wanted: Any) -> bool:
    answers = accepted(wanted)
    if name not in NAMED or found is None:
        return found in answers
    surface, entity = found
    entities = {mention.entity for mention in document.mentions if mention.text in answers}
    return surface in answers or (entity is not None and entity in entities)


def score(split: str) -> tuple[dict[str, list[bool]], dict[str, list[str]], int, int]:
    """Results by field, errors by field, gold claims and claims of ours that no gold claim accounts for."""
    nlp = koproc.load()
    results: dict[str, list[bool]] = defaultdict(list)
    errors: dict[str, list[str]] = defaultdict(list)
    spurious = 0
    for path in articles(split):
        gold = json.loads(path.with_name(f"{path.stem}.gold.json").read_text(encoding="utf-8"))
        document = nlp(path.read_text(encoding="utf-8"))
        text = document.text
        spans = {claim.id: document.quantity(claim.quantity) for claim in document.claims}
        matched: set[str] = set()
        for wanted in gold["claims"]:
            span = occurrence(text, wanted["quantity"], wanted.get("nth", 1))
            assert span is not None
            claim = next((c for c in document.claims if spans[c.id].start < span[1] and span[0] < spans[c.id].end), None)
            around = text[max(0, span[0] - 60) : span[0]] + "[" + wanted["quantity"] + "]" + text[span[1] : span[1] + 40]
            around = f"{path.name[:3]} {around!r}"
            results["found"].append(claim is not None)
            if claim is None:
                errors["found"].append(around)
                results["all fields"].append(False)
                continue
            matched.add(claim.id)
            found = _found_values(document, claim)
            right = {name: _is_right(document, name, found[name], wanted.get(name)) for name in FIELDS}
            for name in FIELDS:
                results[name].append(right[name])
                if not right[name]:
                    errors[name].append(f"{around}\n        wants {wanted.get(name)!r}, got {found[name]!r}")
            results["all fields"].append(all(right.values()))
        for claim in document.claims:
            if claim.id not in matched:
                spurious += 1
                errors["spurious"].append(f"{path.name[:3]} {spans[claim.id].text!r}: {claim.en}")
        _score_events(document, gold["events"], results, errors, path.name[:3])
    return results, errors, len(results["found"]), spurious


def _score_events(document: koproc.Document, wanted: list[Any], results: Any, errors: Any, name: str) -> None:
    found = Counter(event.time.value if event.time else None for event in document.events)
    for event in wanted:
        time = next((value for value in accepted(event["time"]) if found[value] > 0), None)
        results["events (by time)"].append(time is not None)
        found[time] -= time is not None
        if time is None:
            errors["events (by time)"].append(f"{name} {event['subject']} {event['action']} {event['object']} {event['time']}")


def main() -> None:
    """Print the table, and the errors of the dev split."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=["dev", "test"], default="dev")
    parser.add_argument("--errors", type=int, default=0, help="show so many errors of each field (dev only)")
    parser.add_argument("--field", help="only the errors of this field")
    arguments = parser.parse_args()
    results, errors, gold, spurious = score(arguments.split)
    print(f"{arguments.split}: {gold} gold claims in {len(list(articles(arguments.split)))} articles, {spurious} further claims of ours")
    for name, right in results.items():
        print(f"{name:18} {sum(right):4} of {len(right):4}  {sum(right) / len(right):6.1%}")
    if arguments.split == "dev":
        for name, shown in errors.items():
            if arguments.field in (None, name):
                for line in shown[: arguments.errors]:
                    print(f"  {name}: {line}")


if __name__ == "__main__":
    main()
