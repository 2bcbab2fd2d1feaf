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
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from typing import Any

import koproc

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
CURRENCIES = {
    "Dollar": "USD", "United States dollar": "USD", "Canadian dollar": "CAD", "Hong Kong dollar": "HKD", "Australian dollar": "AUD", "Euro": "EUR",
    "Pound": "GBP", "British pound": "GBP", "Japanese yen": "JPY", "Korean won": "KRW", "South Korean won": "KRW", "Chinese yuan": "CNY",
    "New Taiwan dollar": "TWD", "Singapore dollar": "SGD", "Indian rupee": "INR", "Russian ruble": "RUB", "Bitcoin": "BTC", "EUR": "EUR", "KRW": "KRW",
}  # fmt: skip
UNITS = {
    "Milliliter": "mL", "Liter": "L", "Inch": "in", "Mile": "mi", "Kilometer": "km", "Meter": "m", "Centimeter": "cm", "Millimeter": "mm", "Foot": "ft",
    "Kilogram": "kg", "Gram": "g", "Metric ton": "t", "Ton": "t", "Square kilometer": "km²", "Square meter": "m²", "Byte": "B", "Kilobyte": "kB",
    "Megabyte": "MB", "Gigabyte": "GB", "Terabyte": "TB", "Barrel": "bbl", "Yard": "야드", "Gallon": "갤런", "Ounce": "온스", "Kilometre": "km",
    "Centimetre": "cm", "Millilitre": "mL", "Litre": "L", "Acre": "ac", "Kilometer per hour": "km/h", "C": "°C", "F": "°F", "Celsius": "°C",
    "Fahrenheit": "°F", "Nanometer": "nm", "Pound": "파운드", "Hectare": "ha", "Cubic meter": "m³", "Watt": "W", "Degree": "°C",
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
    closed = (low is None or quantity.low_inclusive == (match[1] == "[")) and (high is None or quantity.high_inclusive == (match[4] == "]"))
    return sides and near and closed


def _unit(wanted: dict[str, Any], quantity: koproc.Quantity) -> bool:
    unit = wanted.get("unit", "")
    expected = wanted.get("isoCurrency") or CURRENCIES.get(unit) or UNITS.get(unit) or unit
    return _number(wanted, quantity) and quantity.unit == expected


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


def _time_values(result: dict[str, Any]) -> set[str]:
    """Every form in which an expected time may come: TIMEX, past and future resolution, intervals."""
    value = result["Value"] if "Value" in result else result.get("Resolution", {})
    values: set[str] = set()
    for part in [value, *value.get("values", [])]:
        for key in ("Timex", "timex"):
            if part.get(key):
                values.add(part[key].strip("()"))
        for resolution in (part, part.get("FutureResolution", {}), part.get("PastResolution", {})):
            for key in ("date", "dateTime", "time", "value", "duration"):
                if resolution.get(key):
                    values.add(_iso(resolution[key]))
            part = re.search(r"T(?:MO|AF|EV|NI)$", str(value.get("Timex") or value.get("values", [{}])[0].get("timex", "")))
            if part and (resolution.get("startDateTime") or resolution.get("start")):
                values.add(str(resolution.get("startDateTime") or resolution.get("start"))[:10] + part.group())
            for first, last in (("startDate", "endDate"), ("startDateTime", "endDateTime"), ("startTime", "endTime"), ("start", "end")):
                if resolution.get(first) or resolution.get(last):
                    values.add(f"{_iso(resolution.get(first, '..'))}/{_iso(resolution.get(last, '..'))}")
    return values


def _iso(text: str) -> str:
    text = text.replace(" ", "T")
    if re.fullmatch(r"\d\d:\d\d(:\d\d)?", text):
        text = f"T{text}"
    return re.sub(r"(T\d\d:\d\d):00$", r"\1", text)


def _same_time(ours: str | None, wanted: set[str]) -> bool:
    if ours is None:
        return False
    if "/" in ours:
        bare = "/".join(re.sub(r"^\d{4}-\d\d-\d\d(?=T)", "", part) for part in ours.split("/"))
        full = {v for value in wanted for v in (_ends(value), _ends(re.sub(r"XXXX-\d\d-\d\d|XXXX-WXX-\d", "", value)))}
        if {_ends(ours), _ends(bare)} & full:
            return True
    spans = {ours, _as_days(ours), ours.split("T")[-1] if "T" in ours else ours, re.sub(r"^[\d-]+(T)", r"\1", ours)}
    for value in wanted:
        head = value.split(",")
        plain = {value, "/".join(head[:2])} if len(head) > 1 else {value}
        plain |= {re.sub(r"XXXX-|^XXXX", "", v) for v in plain}
        plain |= {re.sub(r"T(\d\d)$", r"T\1:00", v) for v in plain}
        if spans & plain:
            return True
        if any(v and ours.endswith(v.lstrip("X-")) and len(v.lstrip("X-")) >= 3 for v in plain):
            return True
    return False


def _ends(value: str) -> str:
    """Both ends of an interval with full clock times: (T17,T18,PT1H) and T17:00/T18:00 are the same."""
    parts = re.split(r"[,/]", value.strip("()"))[:2]
    parts = [f"{part}-01" if re.fullmatch(r"\d{4}-\d\d", part) else part for part in parts]
    return "/".join(re.sub(r"(T\d\d)$", r"\1:00", re.sub(r"(T\d\d:\d\d):00$", r"\1", part.replace(" ", "T"))) for part in parts)


def _as_days(value: str) -> str:
    """Years, quarters, months and weeks as the half-open interval of days that Recognizers gives."""
    if match := re.fullmatch(r"(\d{4})", value):
        return f"{value}-01-01/{int(value) + 1}-01-01"
    if match := re.fullmatch(r"(\d{4})-(\d\d)", value):
        year, month = int(match[1]), int(match[2])
        return f"{value}-01/{year + month // 12}-{month % 12 + 1:02}-01"
    if match := re.fullmatch(r"(\d{3})", value):
        return f"{value}0-01-01/{int(value) + 1}0-01-01"
    if match := re.fullmatch(r"(\d\d)", value):
        return f"{value}00-01-01/{int(value) + 1}00-01-01"
    if match := re.fullmatch(r"(\d{4})-([QH])(\d)", value):
        months = 3 if match[2] == "Q" else 6
        first, last = (int(match[3]) - 1) * months + 1, int(match[3]) * months
        return f"{match[1]}-{first:02}-01/{int(match[1]) + last // 12}-{last % 12 + 1:02}-01"
    if match := re.fullmatch(r"(\d{4})-W(\d\d)", value):
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return f"{monday}/{date.fromordinal(monday.toordinal() + 7)}"
    return value


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
                right = not document.quantities
            shown = [(q.text, str(q.low), str(q.high), q.unit) for q in document.quantities]
        else:
            right = all(
                any(
                    _overlaps(t, r["start"], r["end"]) and (case["ignore_resolution"] or _same_time(t.value, _time_values(r)))
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
            right = any(_same_datetime(time.value, expected) for time in document.times)
            shown: list[Any] = [(time.text, time.value) for time in document.times]
        else:
            numbers = [Decimal(n) for n in re.findall(r"-?\d+(?:\.\d+)?", expected)]
            unit = next((symbol for name, symbol in {**CURRENCIES, **UNITS}.items() if re.search(rf"\b{name}\b", expected)), None)
            right = any(
                all(any(_near(p, n) for p in _points(q)) for n in numbers[:2])
                and (unit is None or q.unit == unit or dimension == "Temperature")
                for q in document.quantities
            )
            shown = [(q.text, str(q.low), str(q.high), q.unit) for q in document.quantities]
        yield f"Duckling {dimension}", right, f"{case['text']!r} wants {expected}, got {shown}"


def _same_datetime(ours: str | None, expected: str) -> bool:
    """Duckling's `datetime (y, m, d, h, m, s) Grain` or interval of two, against a TIMEX value."""
    moments = [tuple(map(int, m.split(","))) for m in re.findall(r"\(\s*(\d+,\s*\d+,\s*\d+,\s*\d+,\s*\d+,\s*\d+)", expected)]
    if ours is None or not moments:
        return False
    year, month, day, hour, minute, _ = moments[0]
    stamp = {f"{year}-{month:02}-{day:02}T{hour:02}:{minute:02}", f"{year}-{month:02}-{day:02}"}
    if "Month" in expected:
        stamp.add(f"{year}-{month:02}")
    if "Year" in expected:
        stamp.add(str(year))
    if "Quarter" in expected:
        stamp.add(f"{year}-Q{(month + 2) // 3}")
    if "Week" in expected:
        stamp.add("{}-W{:02}".format(*date(year, month, day).isocalendar()[:2]))
    if ("Hour" not in expected and "Minute" not in expected and "Second" not in expected) or not hour:
        stamp.add(f"{year}-{month:02}-{day:02}")
    first = ours.split("/")[0]
    return first in stamp or (_as_days(first).split("/")[0] in stamp and hour == 0)


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
    duckling = [right for name, results in tally.items() if name.startswith("Duckling") for right in results]
    print(f"{'Duckling, all':36} {sum(duckling):4} of {len(duckling):4}  {sum(duckling) / len(duckling):6.1%}")
    for line in _klue(nlp):
        print(line)


if __name__ == "__main__":
    main()
