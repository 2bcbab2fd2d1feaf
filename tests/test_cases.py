"""Language cases kept as data (tests/cases/**): what must be found, what must not fire, and what is known to fail."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from conftest import CASES, read_cases

import koproc


def _collect(folder: str) -> list[Any]:
    cases = []
    for path in sorted((CASES / folder).glob("*.jsonl")):
        for case in read_cases(folder, path.name):
            marks = [pytest.mark.xfail(reason=case["comment"], strict=True)] if path.stem == "known-failures" else []
            cases.append(pytest.param(case, id=case["id"], marks=marks))
    return cases


def _document(case: dict[str, Any], nlp: koproc.Pipeline) -> koproc.Document:
    return nlp(case["text"], published=case.get("published"))


@pytest.mark.parametrize("case", _collect("mentions"))
def test_mentions(case: dict[str, Any], nlp: koproc.Pipeline) -> None:
    """Every expected name in order with its label; nothing where nothing may be."""
    document = _document(case, nlp)
    labels = {"ORG", "PRODUCT"} | {label for _, label in case.get("mentions", [])}
    found = [[mention.text, mention.label] for mention in document.mentions if mention.label in labels]
    if "mentions" in case:
        assert found == case["mentions"]
    for absent in case.get("absent", []):
        wrong = [text for text, label in found if label in ("ORG", "PRODUCT") and (absent == "*" or absent in text or text in absent)]
        assert not wrong


@pytest.mark.parametrize("case", _collect("sentences"))
def test_sentences(case: dict[str, Any], nlp: koproc.Pipeline) -> None:
    """Texts split where a reader would split them."""
    document = _document(case, nlp)
    assert [document.text[s.start : s.end] for s in document.sentences] == case["sentences"]


@pytest.mark.parametrize("case", _collect("quantities"))
def test_quantities(case: dict[str, Any], nlp: koproc.Pipeline) -> None:
    """Number, bounds and unit of every quantity, in order; an empty list means that nothing may be one."""
    document = _document(case, nlp)
    found = [
        [q.text, None if q.low is None else str(q.low.normalize() + 0), None if q.high is None else str(q.high.normalize() + 0), q.unit]
        for q in document.quantities
    ]
    wanted = [
        [text, *(None if bound is None else str(Decimal(str(bound)).normalize() + 0) for bound in (low, high)), unit]
        for text, low, high, unit, *_ in case["quantities"]
    ]
    assert found == wanted
    for quantity, (*_, more) in zip(document.quantities, case["quantities"], strict=True):
        if isinstance(more, dict):
            assert {name: getattr(quantity, name) for name in more} == more


@pytest.mark.parametrize("kind", ["names", "words"])
def test_names_and_words_are_no_numbers(kind: str, nlp: koproc.Pipeline) -> None:
    """Of a hundred model names and a hundred ordinary words with numerals in them, none is a quantity or a time."""
    listed = (CASES / "quantities" / f"{kind}.txt").read_text(encoding="utf-8").splitlines()
    wrong = []
    for name in listed:
        for frame in ("{} 공개 소식이 전해졌다.", "업계는 {} 이야기를 했다.", "{}도 마찬가지다."):
            start = frame.index("{")
            document = nlp(frame.format(name))
            inside = [x.text for x in (*document.quantities, *document.times) if x.start < start + len(name) and x.end > start]
            wrong += [(name, inside)] * bool(inside)
    assert len(listed) >= 100
    assert wrong == []


@pytest.mark.parametrize("case", _collect("times"))
def test_times(case: dict[str, Any], nlp: koproc.Pipeline) -> None:
    """Value (and type, where the case states it) of every time expression, resolved against the case's publication date."""
    document = nlp(case["text"], published=case["published"])
    assert [[time.text, time.value] for time in document.times] == [wanted[:2] for wanted in case["times"]]
    for time, (_, _, *kind) in zip(document.times, case["times"], strict=True):
        assert kind in ([], [time.type])


@pytest.mark.parametrize("case", _collect("glosses"))
def test_glosses(case: dict[str, Any], nlp: koproc.Pipeline) -> None:
    """In-text glosses with their left boundary; an empty list means that nothing in parentheses is a gloss."""
    document = _document(case, nlp)
    assert [[gloss.text, gloss.gloss] for gloss in document.glosses] == case["glosses"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("엔비디아의 범용 칩과 어센드910B 칩을 비교했다.", ["엔비디아", "어센드910B"]),
        ("SK하이닉스는 HBM을, TSMC가 A100과 H200을 만든다.", ["SK하이닉스", "TSMC", "A100", "H200"]),
        ("업스테이지에 따르면 챗GPT와 갤럭시S25를 쓴다.", ["업스테이지", "챗GPT", "갤럭시S25"]),
    ],
)
def test_names_are_one_token(text: str, names: list[str], nlp: koproc.Pipeline) -> None:
    """A name without spaces is one NNP token: neither split nor glued to a particle."""
    document = nlp(text)
    whole = [document.text[token.start : token.end] for token in document.tokens if token.tag == "NNP"]
    assert [name for name in names if name not in whole] == []
