"""The scores of a tagger as text for reading and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from ..scores import Evaluation, Score, SpanError
from .json_lines import line_of
from .phrases import one_line, visible

_AROUND = 30


def write_json(result: Evaluation, stream: TextIO, *, errors: int, steps: Sequence[tuple[int, Evaluation]] = ()) -> None:
    """`{"labels": {LABEL: {"p", "r", "f1", "n"}}, "micro": {…}, "confusion": […], "errors": […]}`, one line."""
    record: dict[str, object] = {
        "labels": {label: _figures(score) for label, score in result.labels.items()},
        "micro": _figures(result.micro),
        "confusion": [{"wanted": pair[0], "got": pair[1], "count": count} for pair, count in sorted(result.confusion.items())],
        "errors": [
            {
                "text": error.text,
                "wanted": error.wanted,
                "got": error.got,
                "score": round(error.score, 3),
                "source": error.source,
                "line": error.line,
            }
            for error in result.errors[:errors]
        ],
    }
    if steps:
        record["learning_curve"] = [{"texts": texts, "micro": _figures(step.micro)} for texts, step in steps]
    stream.write(line_of(record) + "\n")


def _figures(score: Score) -> dict[str, object]:
    return {"p": round(score.precision, 4), "r": round(score.recall, 4), "f1": round(score.f1, 4), "n": score.wanted}


def write_table(result: Evaluation, stream: TextIO, *, errors: int, steps: Sequence[tuple[int, Evaluation]] = ()) -> None:
    """Figures by label, confusions, then errors, the surest first."""
    stream.write(f"{'':14}{'precision':>10}{'recall':>10}{'F1':>10}{'n':>8}\n")
    for label, score in [*result.labels.items(), ("micro", result.micro)]:
        stream.write(f"{visible(label):14}{score.precision:10.3f}{score.recall:10.3f}{score.f1:10.3f}{score.wanted:8}\n")
    mixed = [(pair, count) for pair, count in result.confusion.most_common() if pair[0] != pair[1] and "O" not in pair]
    if mixed:
        stream.write("\nconfused: " + ", ".join(f"{wanted} as {got} {count}" for (wanted, got), count in mixed) + "\n")
    if steps:
        stream.write("\nlearning curve: " + ", ".join(f"{texts} texts {step.micro.f1:.3f}" for texts, step in steps) + "\n")
    if errors and result.errors:
        stream.write("\nerrors, the surest first:\n")
    for error in result.errors[:errors]:
        place = f"{visible(error.source)}:{error.line}" if error.line is not None else visible(error.source)
        wanted, got = (_span(error.text, span) for span in (error.wanted, error.got))
        stream.write(f"  {place}  wanted {wanted}, got {got} ({error.score:.2f})  {_context(error)}\n")


def _span(text: str, span: tuple[int, int, str] | None) -> str:
    return f"[{visible(text[span[0] : span[1]])}|{span[2]}]" if span is not None else "nothing"


def _context(error: SpanError) -> str:
    start, end, _ = error.wanted or error.got or (0, 0, "")
    before, after = max(0, start - _AROUND), min(len(error.text), end + _AROUND)
    return visible(one_line(("…" if before else "") + error.text[before:after] + ("…" if after < len(error.text) else "")))
