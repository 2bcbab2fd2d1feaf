"""Score quantities and times on public cases (`../shared`): `python tests/score_numbers.py [--errors N]` prints a table.

A case is right when every expected result is overlapped by one of ours with an equal value, and nothing is found where
nothing is expected. Sets: Microsoft Recognizers-Text (MIT) and Facebook Duckling (BSD), the open halves; KLUE-NER (CC BY-SA 4.0).
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from typing import Any

from timex_values import same_as_duckling, same_as_recognizers

import koproc

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
CURRENCIES = {
    "Dollar": "USD", "United States dollar": "USD", "Canadian dollar": "CAD", "Hong Kong dollar": "HKD", "Australian dollar": "AUD", "Euro": "EUR",
    "Pound": "GBP", "British pound": "GBP", "Japanese yen": "JPY", "Korean won": "KRW", "South Korean won": "KRW", "Chinese yuan": "CNY",
    "New Taiwan dollar": "TWD", "Singapore dollar": "SGD", "Indian rupee": "INR", "Russian ruble": "RUB", "Bitcoin": "BTC", "Peseta": "ESP", "Franc": "CHF", "Cent": "센트", "Pence": "펜스", "EUR": "EUR", "KRW": "KRW",
}  # fmt: skip
UNITS = {
    "Milliliter": "mL", "Liter": "L", "Inch": "in", "Mile": "mi", "Kilometer": "km", "Meter": "m", "Centimeter": "cm", "Millimeter": "mm", "Foot": "ft",
    "Kilogram": "kg", "Gram": "g", "Metric ton": "t", "Ton": "t", "Square kilometer": "km²", "Square meter": "m²", "Byte": "B", "Kilobyte": "kB",
    "Megabyte": "MB", "Gigabyte": "GB", "Terabyte": "TB", "Barrel": "bbl", "Yard": "야드", "Gallon": "갤런", "Ounce": "온스", "Kilometre": "km",
    "Centimetre": "cm", "Millilitre": "mL", "Litre": "L", "Acre": "ac", "Kilometer per hour": "km/h", "C": "°C", "F": "°F", "Celsius": "°C",
    "Fahrenheit": "°F", "Nanometer": "nm", "Pound": "파운드", "Hectare": "ha", "Cubic meter": "m³", "Watt": "W", "Bit": "bit", "Degree": "°C",
}  # fmt: skip

Found = tuple[int, int, Callable[[Any], bool]]


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", "").rstrip("%"))
    except InvalidOperation:
        try:
            fraction = Fraction(text)
            return Decimal(fraction.numerator) / Decimal(fraction.denominator)
        except ValueError:
            return None


def _near(ours: Decimal | None, wanted: Decimal | None) -> bool:
    return ours is not None and wanted is not None and abs(ours - wanted) <= abs(wanted) * Decimal("1e-9")


def _points(quantity: koproc.Quantity) -> list[Decimal | None]:
    return [quantity.nominal, quantity.low, quantity.high]


def _number(wanted: dict[str, Any], quantity: koproc.Quantity) -> bool:
    value = wanted.get("value")
    return value is not None and any(_near(point, _decimal(value)) for point in _points(quantity))


def _interval(wanted: dict[str, Any], quantity: koproc.Quantity) -> bool:
    match = re.fullmatch(r"([\[(])([^,]*),([^,]*)([\])])", wanted["value"])
    if match is None:
        return False
    low, high = _decimal(match[2]) if match[2] else None, _decimal(match[3]) if match[3] else None
    sides = (quantity.low is None) == (low is None) and (quantity.high is None) == (high is None)
    near = (low is None or _near(quantity.low, low)) and (high is None or _near(quantity.high, high))
    if low is not None and high is not None and match[1] + match[4] == "[)":
        return sides and near  # 20~100 and 십위와 십오위 사이: half-open there; the far end is meant too, and ours is closed (DESIGN.md)
    closed = (low is None or quantity.low_inclusive == (match[1] == "[")) and (high is None or quantity.high_inclusive == (match[4] == "]"))
    return sides and near and closed


def _unit(wanted: dict[str, Any], quantity: koproc.Quantity) -> bool:
    unit = wanted.get("unit", "")
    expected = {wanted.get("isoCurrency"), CURRENCIES.get(unit), UNITS.get(unit), unit}
    return _number(wanted, quantity) and quantity.unit in expected


def _age(wanted: dict[str, Any], quantity: koproc.Quantity) -> bool:
    units = {"Year": ("살", "년"), "Month": ("개월",), "Week": ("주일",), "Day": ("일",)}[wanted["unit"]]
    return _number(wanted, quantity) and quantity.unit in units


QUANTITIES: dict[str, Callable[[dict[str, Any], koproc.Quantity], bool]] = {
    "NumberModel": _number,
    "NumberRangeModel": _interval,
    "OrdinalModel": _number,
    "OrdinalModelSuppressExtendedTypes": _number,
    "PercentModel": _number,
    "PercentModelPercentMode": _number,
    "CurrencyModel": _unit,
    "DimensionModel": _unit,
    "TemperatureModel": _unit,
    "AgeModel": _age,
}


def _overlaps(item: Any, start: int, end: int) -> bool:
    return bool(item.start < end and start < item.end) or bool(
        getattr(item, "full_start", item.start) < end and start < getattr(item, "full_end", item.end)
    )


def _recognizers(nlp: koproc.Pipeline) -> Iterator[tuple[str, bool, str]]:
    for line in (SHARED / "cases" / "recognizers_ko.open.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        reference = case.get("reference")
        document = nlp(case["text"], published=reference)
        model = case["model"]
        if model in QUANTITIES:
            same = QUANTITIES[model]
            right = all(
                any(
                    _overlaps(q, r["start"], r["end"]) and (case["ignore_resolution"] or same(r["Resolution"], q))
                    for q in document.quantities
                )
                for r in case["results"]
            )
            if not case["results"] and model == "NumberModel":
                right = not any(q.dimension == "number" for q in document.quantities)
            shown = [(q.text, str(q.low), str(q.high), q.unit) for q in document.quantities]
        else:
            right = all(
                any(
                    _overlaps(t, r["start"], r["end"])
                    and (case["ignore_resolution"] or same_as_recognizers(t.value, r.get("Value") or r.get("Resolution") or {}))
                    for t in document.times
                )
                for r in case["results"]
            )
            shown = [(t.text, str(t.value)) for t in document.times]
        wanted = [(r["Text"], r.get("Resolution") or r.get("Value")) for r in case["results"]]
        yield model, right, f"{case['text']!r} wants {wanted}, got {shown}"


def _duckling(nlp: koproc.Pipeline) -> Iterator[tuple[str, bool, str]]:
    for line in (SHARED / "cases" / "duckling_ko.open.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        document = nlp(case["text"], published=case["reference"])
        expected, dimension = case["expected"], case["dimension"]
        if dimension in ("Time", "Duration"):
            right = any(same_as_duckling(time.value, expected) for time in document.times)
            shown: list[Any] = [(time.text, time.value) for time in document.times]
        else:
            numbers = [Decimal(n) for n in re.findall(r"-?\d+(?:\.\d+)?", expected)]
            names = CURRENCIES if dimension == "AmountOfMoney" else UNITS
            unit = next((symbol for name, symbol in names.items() if re.search(rf"\b{name}\b", expected)), None)
            right = any(
                all(any(_near(p, n) for p in _points(q)) for n in numbers[:2])
                and (unit is None or q.unit == unit or dimension == "Temperature")
                for q in document.quantities
            )
            shown = [(q.text, str(q.low), str(q.high), q.unit) for q in document.quantities]
        yield f"Duckling {dimension}", right, f"{case['text']!r} wants {expected}, got {shown}"


def _klue(nlp: koproc.Pipeline) -> Iterator[str]:
    rows = [json.loads(line) for line in (SHARED / "data" / "klue_ner.open.jsonl").read_text(encoding="utf-8").splitlines()]
    documents = list(nlp.pipe(row["text"] for row in rows))
    for name, labels in (("QT", {"QT"}), ("DT+TI", {"DT", "TI"})):
        exact = gold = ours = hit = right = 0
        for row, document in zip(rows, documents, strict=True):
            wanted = [(e["start"], e["end"]) for e in row["entities"] if e["label"] in labels]
            items: tuple[Any, ...] = document.times if name != "QT" else tuple(q for q in document.quantities if q.dimension != "time")
            found = [(item.start, item.end) for item in items]
            gold, ours, exact = gold + len(wanted), ours + len(found), exact + len(set(wanted) & set(found))
            hit += sum(any(s < b and a < e for a, b in found) for s, e in wanted)
            right += sum(any(s < b and a < e for a, b in wanted) for s, e in found)
        overlap = 2 * (right / ours) * (hit / gold) / (right / ours + hit / gold)
        yield f"KLUE-NER open {name:6} overlap F1 {overlap:.3f}  exact F1 {2 * exact / (gold + ours):.3f}  ({gold} gold, {ours} found)"


def _own_cases() -> str:
    counts = dict.fromkeys(("in-the-wild", "synthetic", "negative", "known-failures"), 0)
    folder = Path(__file__).resolve().parent / "cases"
    for path in [*folder.glob("quantities/*"), *folder.glob("times/*")]:
        kind = "negative" if path.suffix == ".txt" else path.stem
        if kind in counts:
            counts[kind] += len(path.read_text(encoding="utf-8").splitlines())
    return "own cases: " + ", ".join(f"{count} {kind}" for kind, count in counts.items()) + " (pytest tests/test_cases.py)"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", type=int, default=0, help="show so many wrong cases of each set")
    arguments = parser.parse_args()
    nlp = koproc.load()
    tally: dict[str, list[bool]] = defaultdict(list)
    wrong: dict[str, list[str]] = defaultdict(list)
    for name, right, shown in [*_recognizers(nlp), *_duckling(nlp)]:
        tally[name].append(right)
        if not right:
            wrong[name].append(shown)
    for name, results in tally.items():
        print(f"{name:36} {sum(results):4} of {len(results):4}  {sum(results) / len(results):6.1%}")
        for shown in wrong[name][: arguments.errors]:
            print("    ", shown)
    groups = {
        "Recognizers, numbers and units": [name for name in tally if name in QUANTITIES],
        "Recognizers, dates and times": [name for name in tally if name not in QUANTITIES and not name.startswith("Duckling")],
        "Duckling, all": [name for name in tally if name.startswith("Duckling")],
    }
    for title, names in groups.items():
        results = [right for name in names for right in tally[name]]
        print(f"{title:36} {sum(results):4} of {len(results):4}  {sum(results) / len(results):6.1%}")
    for line in _klue(nlp):
        print(line)
    print(_own_cases())


if __name__ == "__main__":
    main()
