"""Work grows with the text and not faster: function calls are counted, which are exact where seconds are not (`scripts/fuzz_slow` times)."""

from __future__ import annotations

import sys
from types import FrameType

import numpy as np
import pytest
from strategies import FAMILIES, repeated

import koproc
from koproc.mentions import sequence_model
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


def test_one_endless_sentence_beside_many(nlp: koproc.Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tagger pads sentences to the longest beside them: what it allots stays near what there is, and the labels stay the same."""
    text = "매출이 늘었고 " * 450 + "늘었다.\n" + "네이버는 칩을 공개했다.\n" * 900
    allotted = 0

    def counted(emissions: list[sequence_model.Floats]) -> tuple[sequence_model.Floats, list[int], list[int]]:
        nonlocal allotted
        allotted += len(emissions) * max(map(len, emissions))
        return padded(emissions)

    padded = sequence_model._padded
    monkeypatch.setattr(sequence_model, "_padded", counted)
    document = nlp(text)
    assert allotted < 5 * len(document.tokens)
    monkeypatch.setattr(sequence_model, "_PADDED", 10**9)
    whole = nlp(text)
    assert [(m.start, m.end, m.label) for m in whole.mentions] == [(m.start, m.end, m.label) for m in document.mentions]
    assert np.allclose([m.score for m in whole.mentions], [m.score for m in document.mentions], atol=0.002)
