"""Work grows with the text and not faster: function calls are counted, which are exact where seconds are not (`scripts/fuzz_slow` times)."""

from __future__ import annotations

import sys
from types import FrameType

import pytest
from strategies import FAMILIES, repeated

import koproc
from koproc.reading import article_from_text

SIZE, GROWTH = 400, 4 * 1.6


def calls(nlp: koproc.Pipeline, text: str) -> int:
    """How many functions, built-in ones and steps of generators too, annotating a text calls."""
    count = 0

    def note(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        koproc.build_glossary([nlp.annotate(article_from_text(text))])
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("unit", FAMILIES.values(), ids=FAMILIES.keys())
def test_calls_grow_with_the_text(nlp: koproc.Pipeline, unit: str) -> None:
    """Four times the text calls no more than 6.4 times as much."""
    large = repeated(unit, 4 * SIZE)
    nlp(large)  # what is read once, and kept
    assert calls(nlp, large) < GROWTH * max(calls(nlp, large[:SIZE]), 2000)
