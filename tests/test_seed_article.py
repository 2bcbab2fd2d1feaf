"""The article that the project was started for, against its gold file (both in ../shared, neither is ours to ship)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import koproc


@pytest.fixture(scope="module")
def gold(shared: Path) -> dict[str, Any]:
    return json.loads((shared / "seeds" / "china-ai-chips.gold.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def document(shared: Path, nlp: koproc.Pipeline) -> koproc.Document:
    article = next(koproc.read_articles([shared / "seeds" / "china-ai-chips.txt"]))
    assert isinstance(article, koproc.Article)
    return nlp.annotate(article)


@pytest.mark.parametrize("label", ["ORG", "PRODUCT"])
def test_exact_spans(document: koproc.Document, gold: dict[str, Any], label: str) -> None:
    """Exact-span F1 is at least 0.95, and the English of every gold span is right."""
    wanted = {(e["start"], e["end"]): e["en"] for e in gold["entities"] if e["label"] == label}
    found = {(m.start, m.end): m.en for m in document.mentions if m.label == label}
    right = len(wanted.keys() & found.keys())
    f1 = 2 * right / (len(wanted) + len(found))
    print(f"{label}: F1 {f1:.3f} ({right} of {len(wanted)} gold, {len(found)} found)")
    assert f1 >= 0.95, (wanted.keys() ^ found.keys(), [document.text[a:b] for a, b in wanted.keys() ^ found.keys()])
    assert {span: found[span] for span in wanted if span in found} == {span: en for span, en in wanted.items() if span in found}


def test_claims(document: koproc.Document, gold: dict[str, Any]) -> None:
    """Each gold claim is found with every field that the gold file gives."""
    for wanted in gold["claims"]:
        claim = next(c for c in document.claims if document.quantity(c.quantity).start == wanted["start"])
        quantity = document.quantity(claim.quantity)
        subject, baseline = document.referent(claim.subject), document.referent(claim.baseline)
        found = {
            "start": quantity.start,
            "end": {quantity.end: quantity.end, quantity.full_end: quantity.full_end}.get(wanted["end"]),
            "text": document.text[wanted["start"] : wanted["end"]],
            "low": quantity.low,
            "high": quantity.high,
            "unit": quantity.unit,
            "subject": subject and subject.text,
            "property": claim.property and claim.property.text,
            "baseline": baseline and baseline.text,
            "modality": claim.modality,
            "direction": claim.direction,
            "time": claim.time and claim.time.value,
        }
        assert {key: found[key] for key in wanted} == wanted


def test_dates(document: koproc.Document, gold: dict[str, Any]) -> None:
    """All dates, and no date besides them."""
    found = [(time.start, time.end, time.text, time.value) for time in document.times if time.type == "DATE"]
    assert found == [(d["start"], d["end"], d["text"], d["value"]) for d in gold["dates"]]


def test_events(document: koproc.Document, gold: dict[str, Any]) -> None:
    """Both releases, with subject, object, time and modality."""
    found = []
    for event in document.events:
        subject, obj = document.referent(event.subject), document.referent(event.object)
        found.append(
            {
                "subject": subject and subject.text,
                "action": event.action.text,
                "object": obj and obj.text,
                "time": event.time and event.time.value,
                "modality": event.modality,
            }
        )
    assert found == gold["events"]


def test_glosses(document: koproc.Document, gold: dict[str, Any]) -> None:
    """All in-text glosses."""
    found = {(gloss.text, gloss.gloss) for gloss in document.glosses}
    assert {tuple(pair) for pair in gold["glosses"]} <= found


def test_terms(document: koproc.Document, gold: dict[str, Any]) -> None:
    """The English of every gold term."""
    rows = koproc.build_glossary([document])
    english = {term.text: term.en for term in document.terms}
    english.update({row.acronym: row.acronym for row in rows if row.acronym})
    assert {ko: english.get(ko) for ko in gold["terms"]} == gold["terms"]
