"""Check the gold set of numeric claims in `cases/claims/`: `python tests/check_claims.py` prints faults, else counts per split.

The format and the rules of annotation are in `cases/claims/GUIDELINE.md`. Every number in an article must be accounted for:
it is a claim's quantity, a claim's `from`, a plain calendar date, or listed under `not_claims` with a reason.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent / "cases" / "claims"
NAME = re.compile(r"(\d{3})-[a-z0-9-]+")
CHOICES: dict[str, set[str | None]] = {
    "direction": {"up", "down", None},
    "change": {"by", "to", None},
    "modality": {"asserted", "reported", "planned", "estimated", "denied"},
}
CLAIM_SURFACES = ("subject", "property", "qualifier", "baseline", "attribution")
CLAIM_KEYS = {"quantity", "subject", "property", "baseline", "direction", "change", "from", "time", "attribution", "modality"}
EVENT_SURFACES = ("subject", "action", "object", "attribution")
EVENT_KEYS = {"subject", "action", "object", "time", "attribution", "modality"}
DAY = r"\d{4}(?:-(?:Q[1-4]|H[12]|W\d\d|\d\d(?:-\d\d(?:T\d\d:\d\d)?)?))?"
TIMEX = re.compile(rf"{DAY}|(?:{DAY}|\.\.)/(?:{DAY}|\.\.)|P(?=\d|T)(?:\d+[YMWD])*(?:T(?:\d+[HMS])+)?|PRESENT_REF")
CALENDAR = re.compile(
    r"\d{4}[-.]\d\d[-.]\d\d|(?:오전|오후) \d{1,2}(?::\d\d)+|\d\d:\d\d(?::\d\d)?"  # the date line
    r"|(?:오전|오후) \d{1,2}시(?: \d{1,2}분)?|\d{4}년|(?<!\d)\d{1,2}월|(?<!\d)\d{1,2}일(?!간|째|\s?연속|\s?만)|(?<!\d)[1-4]분기(?! 만|\s?연속|째)|(?<!\d)\d{1,2}년 전"
)
NATIVE = "한|두|세|네|석|넉|다섯|여섯|일곱|여덟|아홉|열|열두|스무|몇|한두|두세|서너|대여섯"
COUNTED = "명|사람|개|곳|가지|대|건|종|번|배|달|해|장|시간|주|편|차례|단지|센터|공장|회사|제품|자릿수|번째"
NUMBER = re.compile(  # a digit run that is not part of a name such as HBM4 or AR-46, or a number written in Hangul
    rf"(?<![A-Za-z\d.,\-])\d[\d,]*(?:\.\d+)?|(?<![가-힣\d])(?:(?:{NATIVE}) (?:{COUNTED})|수[십백천만][만억조]*\s?[가-힣]|절반|반토막|갑절)"
)
Span = tuple[int, int]


def accepted(value: Any) -> list[Any]:
    """The answers that a gold field takes: a list means that any of them is right."""
    return value if isinstance(value, list) else [value]


def occurrence(text: str, surface: str, nth: int = 1) -> Span | None:
    """The nth place of a surface that does not begin or end inside a longer number.

    >>> occurrence("13배, 3배, 3배", "3배", 2)
    (9, 11)
    """
    edge = r"(?!\d)" if surface[-1:].isdigit() else ""
    for count, match in enumerate(
        re.finditer(rf"(?<![\d.,~])(?<!\d[조억만천])(?<!\d[조억만천] ){re.escape(surface)}{edge}", text), start=1
    ):
        if count == nth:
            return match.span()
    return None


def well_formed_time(value: str) -> bool:
    """Whether a TIMEX3 value has the right shape and its days exist in the calendar."""
    if not TIMEX.fullmatch(value):
        return False
    for year, month, day in re.findall(r"(\d{4})-(\d\d)(?:-(\d\d))?", value):
        try:
            date(int(year), int(month), int(day or 1))
        except ValueError:
            return False
    return True


def _common_faults(item: dict[str, Any], text: str, surfaces: tuple[str, ...]) -> Iterator[str]:
    for key in surfaces:
        for surface in accepted(item.get(key)):
            if surface is not None and surface not in text:
                yield f"{key} {surface!r} is not in the text"
    for value in accepted(item.get("time")):
        if value is not None and not well_formed_time(value):
            yield f"time {value!r} is not a TIMEX3 value"
    for key, allowed in CHOICES.items():
        if key in item and (wrong := [value for value in accepted(item[key]) if value not in allowed]):
            yield f"{key} {wrong!r} is none of {sorted(filter(None, allowed))}"


def claim_faults(claim: dict[str, Any], text: str) -> Iterator[str]:
    """What is wrong with one claim."""
    if missing := CLAIM_KEYS - claim.keys():
        yield f"lacks {sorted(missing)}"
        return
    if unknown := claim.keys() - CLAIM_KEYS - {"nth", "qualifier"}:
        yield f"has unknown keys {sorted(unknown)}"
    if occurrence(text, claim["quantity"], claim.get("nth", 1)) is None:
        yield f"occurrence {claim.get('nth', 1)} of the quantity is not in the text"
    if claim["from"] is not None and occurrence(text, claim["from"]) is None:
        yield f"from {claim['from']!r} is not in the text"
    if len(accepted(claim["direction"])) != len(accepted(claim["change"])) or (None in accepted(claim["direction"])) != (
        None in accepted(claim["change"])
    ):
        yield "direction and change stand or fall together"
    yield from _common_faults(claim, text, CLAIM_SURFACES)


def event_faults(event: dict[str, Any], text: str) -> Iterator[str]:
    """What is wrong with one event."""
    if event.keys() != EVENT_KEYS:
        yield f"has keys {sorted(event)} instead of {sorted(EVENT_KEYS)}"
        return
    if None in accepted(event["time"]):
        yield "an event has a time"
    yield from _common_faults(event, text, EVENT_SURFACES)


def _from_span(text: str, surface: str, before: int) -> Span | None:
    """The nearest place of a `from` surface before its quantity."""
    found, nth = None, 1
    while (span := occurrence(text, surface, nth)) and span[0] < before:
        found, nth = span, nth + 1
    return found


def coverage_faults(gold: dict[str, Any], text: str) -> Iterator[str]:
    """Numbers that nothing accounts for, quantities that overlap or stand out of order, useless `not_claims`."""
    quantities = [span for claim in gold["claims"] if (span := occurrence(text, claim["quantity"], claim.get("nth", 1)))]
    for (start, end), (next_start, _) in pairwise(quantities):
        if next_start < end:
            yield f"quantity {text[start:end]!r} overlaps the next one or comes after it in the text"
    covered = list(quantities)
    for claim, (start, _) in zip(gold["claims"], quantities, strict=False):
        if claim["from"]:
            if (span := _from_span(text, claim["from"], start)) is None:
                yield f"from {claim['from']!r} does not come before {claim['quantity']!r}"
            else:
                covered.append(span)
    covered += [match.span() for match in CALENDAR.finditer(text)]
    for entry in gold["not_claims"]:
        if not entry.get("reason"):
            yield f"not_claims {entry['surface']!r} has no reason"
        spans: list[Span] = []
        nth = 1
        while span := occurrence(text, entry["surface"], nth):
            spans, nth = [*spans, span], nth + 1
        if not spans:
            yield f"not_claims {entry['surface']!r} is not in the text"
        covered += spans
    for match in NUMBER.finditer(text):
        if not any(start <= match.start() < end for start, end in covered):
            around = text[max(0, match.start() - 12) : match.end() + 12].replace("\n", " ")
            yield f"nothing accounts for the number in {around!r}"


def article_faults(path: Path) -> Iterator[str]:
    """What is wrong with one gold file, each fault with the claim or event that it belongs to."""
    text_path = path.with_name(path.name.replace(".gold.json", ".txt"))
    if not NAME.fullmatch(text_path.stem) or not text_path.exists():
        yield "the name is not NNN-topic.gold.json beside NNN-topic.txt"
        return
    text, gold = text_path.read_text("utf-8"), json.loads(path.read_text("utf-8"))
    dates = re.findall(r"(\d{4})[-.](\d\d)[-.](\d\d)", text)
    if not dates or "-".join(dates[0]) != gold["published"]:
        yield f"published {gold['published']!r} is not the date that the text gives first"
    for claim in gold["claims"]:
        yield from (f"claim {claim.get('quantity')!r}: {fault}" for fault in claim_faults(claim, text))
    for event in gold["events"]:
        yield from (f"event {event.get('action')!r}: {fault}" for fault in event_faults(event, text))
    yield from coverage_faults(gold, text)


def print_counts(paths: list[Path]) -> None:
    """A table of articles, claims, events and modalities per split."""
    counts: dict[str, Counter[str]] = {"dev": Counter(), "test": Counter()}
    for path in paths:
        gold = json.loads(path.read_text("utf-8"))
        split = counts["dev" if int(path.name[:3]) % 2 else "test"]
        split.update({"articles": 1, "claims": len(gold["claims"]), "events": len(gold["events"])})
        split.update(accepted(claim["modality"])[0] for claim in gold["claims"])
        split.update("claims with a " + key for claim in gold["claims"] for key in ("baseline", "time", "from") if accepted(claim[key])[0])
    for key in dict.fromkeys(key for split in counts.values() for key in split):
        print(f"{key:24} dev {counts['dev'][key]:4}   test {counts['test'][key]:4}")


def main() -> int:
    """Print every fault as `file: fault` and return 1, or print the counts and return 0."""
    paths = sorted(FOLDER.glob("*.gold.json"))
    faults = [f"{path.name}: {fault}" for path in paths for fault in article_faults(path)]
    lone = [path.name for path in sorted(FOLDER.glob("*.txt")) if not path.with_name(path.stem + ".gold.json").exists()]
    faults += [f"{name}: has no gold file" for name in lone]
    print("\n".join(faults)) if faults else print_counts(paths)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
