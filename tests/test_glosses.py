"""Glosses, termhood and their English keep the level that they have reached, and stay linear."""

from __future__ import annotations

import json
import sys

import pytest
import score_terms
from score_glosses import cases, score

import koproc
from koproc.document import Document, Token
from koproc.glossary.termhood import TermCounts

FLOOR = 0.92  # share of the test glosses with the right words, as issue 6 asks; 0.925 when it was last raised


def test_gloss_boundaries_keep_their_level(nlp: koproc.Pipeline) -> None:
    """The explained words of the test cases, and silence where nothing is explained."""
    counts, _ = score(nlp, "test")
    assert counts["right"] >= FLOOR * counts["wanted"]
    assert counts["silent"] >= 0.95 * counts["nothing to find"]


def test_gloss_cases_are_sound() -> None:
    """Ids are unique, strings stand in their texts, and no split shares a sentence with another."""
    seen: dict[str, str] = {}
    ids = []
    for name in ("train", "dev", "test", "negative-train", "negative-dev", "negative-test"):
        for case in cases(name):
            ids.append(case["id"])
            assert case["text"] not in seen, (name, seen[case["text"]])
            seen[case["text"]] = name
            assert all(surface in case["text"] and gloss in case["text"] for surface, gloss in case["glosses"])
    assert len(ids) == len(set(ids)) >= 1600


@pytest.mark.skipif(not score_terms.NEWS.exists(), reason="../shared is not here")
def test_terms_beat_c_value(nlp: koproc.Pipeline) -> None:
    """Precision at 100 and recall at 1,000 against C-value times log-ratio, on the terms that real articles explain."""
    counts, gold, _ = score_terms.counted(nlp)
    results = score_terms.score(nlp.lexicon, counts, gold)
    (theirs_precision, theirs_recall, _), (precision, recall, _) = results.values()
    assert precision > theirs_precision
    assert recall > theirs_recall


def _document(number: int, words: int) -> Document:
    tokens, text = [], ""
    for at in range(words):
        word = f"낱말{number * words + at}"
        tokens.append(Token(len(text), len(text) + len(word), word, "NNG", word))
        text += word + ("는 " if at % 3 == 2 else " ")
    return Document(id=str(number), text=text, tokens=tuple(tokens))


def test_counting_terms_is_linear_and_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten times the text takes ten times the calls, and old rare runs give way to new ones."""

    def calls(words: int) -> int:
        document, counts, made = _document(0, words), TermCounts(), 0

        def count_call(*_: object) -> None:
            nonlocal made
            made += 1

        sys.setprofile(count_call)
        try:
            counts.add(document)
        finally:
            sys.setprofile(None)
        return made

    assert calls(6_000) < 12 * calls(600)
    monkeypatch.setattr("koproc.glossary.termhood._MOST_RUNS", 500)
    counts = TermCounts()
    for number in range(20):
        counts.add(_document(number, 100))
    assert len(counts.runs) <= 500


def test_a_glossary_shows_terms_with_their_evidence(nlp: koproc.Pipeline) -> None:
    """A run that articles repeat is a row with its spellings, sentences and definition; English from its parts is marked for review."""
    texts = [
        "탐색 공간이란 모델이 고를 수 있는 설정의 모임을 말한다. 탐색 공간이 넓으면 느리다.",
        "연구팀은 탐색 공간을 줄였다. 탐색공간은 절반이 됐다.",
        "이 방법은 탐색 공간 밖에서도 통한다.",
    ]
    rows = koproc.build_glossary(nlp.pipe(texts), lexicon=nlp.lexicon)
    (row,) = [row for row in rows if row.ko == "탐색 공간"]
    assert (row.en, row.en_source, row.status, row.documents, row.variants) == (
        "search space",
        "composition",
        "needs review",
        3,
        ("탐색공간",),
    )
    assert row.definition == "탐색 공간이란 모델이 고를 수 있는 설정의 모임을 말한다."
    assert 1 <= len(row.sentences) <= 3
    assert json.dumps(row.sentences)
