"""Compare koproc's quantities and times with other open tools: `python tests/compare_anchors.py` prints one table.

Needs ../shared and, for the other rows, two packages that nothing else here uses:
`pip install pyduckling-native-phihos` (Duckling, in process; Linux x86_64) and `pip install korean-datetime` (times only).

F1 on KLUE-NER's open sentences (CC BY-SA 4.0) is counted as in `score_numbers.py`: overlap means that a gold span and a found
one share a character, exact that both ends agree. QT is every quantity but durations, DT+TI every date, time and duration.
Duckling has no percentages and no counters (it finds the number alone) and often takes a particle into a time (3시에), which
costs it exact matches, not overlaps; KLUE draws its spans otherwise than every tool here. It also reads numerals inside words
(이, 한, 조사), so that a second row keeps only what has a digit in it, which is how one would use it. The last two columns count
the model names and the ordinary words of `tests/cases/quantities` in which a tool finds any quantity or time: none would be right.
"""

from __future__ import annotations

import importlib
import json
import zoneinfo
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import koproc

ROOT = Path(__file__).resolve().parent.parent
SENTENCES = ROOT.parent / "shared" / "data" / "klue_ner.open.jsonl"
LISTS = ROOT / "tests" / "cases" / "quantities"
FRAMES = ("{} 공개 소식이 전해졌다.", "업계는 {} 이야기를 했다.", "{}도 마찬가지다.")  # those of test_names_and_words_are_no_numbers
REFERENCE = datetime.fromisoformat("2024-09-19T09:00:00+09:00")  # what relative times count from; spans do not depend on it
QUANTITIES = ("number", "ordinal", "amount-of-money", "distance", "quantity", "temperature", "volume")
TIMES = ("time", "duration")
COLUMNS = ("QT overlap", "QT exact", "DT+TI overlap", "DT+TI exact", "in names", "in words")

Span = tuple[int, int]


class Found(NamedTuple):
    """Half-open spans in code points; None where a tool does not look for the kind at all."""

    quantities: list[Span] | None
    times: list[Span]


Finder = Callable[[str], Found]


class MissingPackage(Exception):  # noqa: N818 - no failure: the row says what to install
    """A tool's package is not installed; the message says which one brings it."""


def _module(name: str, package: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ImportError as err:
        raise MissingPackage(f"not installed: pip install {package}") from err


def load_koproc() -> Finder:
    """Our own pipeline; a quantity of time is a duration, so a time."""
    nlp = koproc.load()

    def find(text: str) -> Found:
        document = nlp(text)
        quantities = [(q.start, q.end) for q in document.quantities if q.dimension != "time"]
        return Found(quantities, [(time.start, time.end) for time in document.times])

    return find


def load_duckling(digits: bool = False) -> Finder:
    """Facebook Duckling through its native binding, locale ko, Korean time; with `digits` only quantities that have a digit.

    It is asked for all dimensions at once, so that 두 in 두 시간 is part of a duration and no number of its own. Its `start` and
    `end` count code points, as ours do (an emoji is one); only its `body` comes back as wrongly decoded UTF-8, and is not used.
    """
    duckling = _module("duckling", "pyduckling-native-phihos")
    folder = next((path for path in zoneinfo.TZPATH if Path(path, "Asia", "Seoul").is_file()), None)
    if folder is None:
        raise MissingPackage("no time zones on this machine: apt install tzdata")
    reference = duckling.parse_ref_time(duckling.load_time_zones(folder), "Asia/Seoul", int(REFERENCE.timestamp()))
    locale = duckling.parse_locale("KO_XX", duckling.default_locale_lang(duckling.parse_lang("KO")))
    context = duckling.Context(reference, locale)
    dimensions = duckling.parse_dimensions([*QUANTITIES, *TIMES])

    def find(text: str) -> Found:
        entities: list[dict[str, Any]] = duckling.parse(text, context, dimensions, False)
        spans = [(entity["dim"], (entity["start"], entity["end"])) for entity in entities]
        quantities = [span for dim, span in spans if dim in QUANTITIES]
        if digits:
            quantities = [(start, end) for start, end in quantities if any(map(str.isdigit, text[start:end]))]
        return Found(quantities, [span for dim, span in spans if dim in TIMES])

    return find


def load_korean_datetime() -> Finder:
    """The package korean-datetime with its default options; it finds times only."""
    module = _module("korean_datetime", "korean-datetime")
    now = REFERENCE.replace(tzinfo=None)
    return lambda text: Found(None, [tuple(time.span) for time in module.parse_all(text, now=now)])


TOOLS: dict[str, Callable[[], Finder]] = {
    "koproc": load_koproc,
    "Duckling": load_duckling,
    "Duckling, digits": partial(load_duckling, digits=True),
    "korean-datetime": load_korean_datetime,
}


def scores(pairs: Sequence[tuple[list[Span], list[Span]]]) -> tuple[float, float]:
    """Overlap F1 and exact F1 over (gold, found) of every sentence.

    >>> scores([([(0, 4)], [(0, 3)]), ([(5, 7)], [(5, 7)])])
    (1.0, 0.5)
    """
    gold, ours = sum(len(wanted) for wanted, _ in pairs), sum(len(found) for _, found in pairs)
    hit = sum(_overlaps(span, found) for wanted, found in pairs for span in wanted)
    right = sum(_overlaps(span, wanted) for wanted, found in pairs for span in found)
    exact = sum(len(set(wanted) & set(found)) for wanted, found in pairs)
    if not hit or not right:
        return 0.0, 0.0
    recall, precision = hit / gold, right / ours
    return 2 * precision * recall / (precision + recall), 2 * exact / (gold + ours)


def _overlaps(span: Span, others: list[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _gold(row: dict[str, Any], *labels: str) -> list[Span]:
    return [(entity["start"], entity["end"]) for entity in row["entities"] if entity["label"] in labels]


def _mistaken(find: Finder, kind: str) -> str:
    """How many of the listed strings have something found inside them in any frame, of how many."""
    listed = (LISTS / f"{kind}.txt").read_text(encoding="utf-8").splitlines()
    wrong = 0
    for name in listed:
        for frame in FRAMES:
            start = frame.index("{")
            found = find(frame.format(name))
            if _overlaps((start, start + len(name)), [*(found.quantities or ()), *found.times]):
                wrong += 1
                break
    return f"{wrong} of {len(listed)}"


def measure(find: Finder) -> list[str]:
    """The cells of one tool's row."""
    rows = [json.loads(line) for line in SENTENCES.read_text(encoding="utf-8").splitlines()]
    found = [find(row["text"]) for row in rows]
    quantities = [(_gold(row, "QT"), f.quantities) for row, f in zip(rows, found, strict=True) if f.quantities is not None]
    times = [(_gold(row, "DT", "TI"), f.times) for row, f in zip(rows, found, strict=True)]
    cells = [f"{score:.3f}" for score in scores(quantities)] if quantities else ["–", "–"]
    return [*cells, *(f"{score:.3f}" for score in scores(times)), _mistaken(find, "names"), _mistaken(find, "words")]


def lines() -> Iterator[str]:
    """The table, line by line; a tool that is not installed has its reason in place of its cells."""
    yield f"{'':18}" + "".join(f"{column:>15}" for column in COLUMNS)
    for name, load in TOOLS.items():
        try:
            find = load()
        except MissingPackage as missing:
            yield f"{name:18} {missing}"
        else:
            yield f"{name:18}" + "".join(f"{cell:>15}" for cell in measure(find))


def main() -> None:
    """Print the table."""
    if not SENTENCES.is_file():
        raise SystemExit(f"{SENTENCES}: not found; this comparison needs the project's shared folder")
    for line in lines():
        print(line, flush=True)


if __name__ == "__main__":
    main()
