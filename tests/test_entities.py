"""Entities: which mentions name one thing, in a document and across documents (tests/cases/entities)."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from conftest import CASES, read_cases

import koproc
from koproc.document import Mention
from koproc.lexicon import Lexicon
from koproc.mentions.entities import with_entities


def _collect() -> list[Any]:
    cases = []
    for path in sorted((CASES / "entities").glob("*.jsonl")):
        for case in read_cases("entities", path.name):
            marks = [pytest.mark.xfail(reason=case["comment"], strict=True)] if path.stem == "known-failures" else []
            cases.append(pytest.param(case, id=case["id"], marks=marks))
    return cases


def _entities(document: koproc.Document) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for mention in document.mentions:
        found.setdefault(mention.text, set()).add(mention.entity)
    return found


@pytest.mark.parametrize("case", _collect())
def test_entities(case: dict[str, Any], nlp: koproc.Pipeline) -> None:
    """Names of one thing share an entity, those of two things do not, and each has its own English."""
    document = nlp(case["text"])
    found = _entities(document)
    for group in case.get("entities", []):
        assert len(set().union(*(found[surface] for surface in group))) == 1, (group, found)
    for one, other in case.get("apart", []):
        assert found[one].isdisjoint(found[other]), (one, other, found)
    english = {mention.text: mention.en for mention in document.mentions}
    assert {surface: english[surface] for surface in case.get("en", {})} == case.get("en", {})


ARTICLES = [
    "반도체 설계 기업 루미나칩(LuminaChip)이 투자를 받았다. 한국무리협회(KMA)는 20일 보고서를 냈다. 현대차는 신차를 공개했다.",
    "반도체 기업 루미나칩은 2020년 설립됐다. 한국무리협회는 시장이 커진다고 전망했다. 별무리전자가 새 칩을 공개했다.",
    "협회 KMA는 회원사가 300곳이라고 밝혔다. 현대자동차는 판매가 늘었다. 주식회사 별무리전자는 코스닥 상장사다.",
    "미국 기업 LuminaChip은 새 칩을 공개했다. 갤럭시 S25가 출시됐다. 갤럭시S25는 얇다.",
]


def test_entity_is_the_same_in_every_document(nlp: koproc.Pipeline) -> None:
    """The same name has the same entity wherever it stands: aliases, legal forms, Latin and Hangul."""
    first, second, third, fourth = map(_entities, nlp.pipe(ARTICLES))
    assert first["현대차"] == third["현대자동차"]
    assert first["한국무리협회"] == second["한국무리협회"] == first["KMA"]
    assert second["별무리전자"] == third["주식회사 별무리전자"]
    assert first["루미나칩"] == fourth["LuminaChip"]


def test_glossary_folds_by_entity(nlp: koproc.Pipeline) -> None:
    """One row a thing, also where only one article explains a name, and no row of two kinds."""
    rows = koproc.build_glossary(nlp.pipe(ARTICLES), kinds=["ORG", "PRODUCT"])
    found = {row.ko: (row.en, row.count, row.documents) for row in rows}
    assert found["루미나칩"] == ("LuminaChip", 4, 3)
    assert found["한국무리협회"][1:] == (4, 3)
    assert found["별무리전자"][1:] == (2, 2)
    assert {"KMA", "LuminaChip", "현대자동차" if "현대차" in found else "현대차"}.isdisjoint(found)
    assert [row.kind for row in rows if row.en == "Galaxy S25"] == ["PRODUCT"]


def test_part_does_not_give_its_name_to_the_row(nlp: koproc.Pipeline) -> None:
    """The row of 텔레챗3 is not called 텔레챗, however often the short form stands there."""
    document = nlp("차이나텔레콤은 AI 모델 ‘텔레챗3’를 공개했다. ‘텔레챗’ 모델은 빠르다. ‘텔레챗’ 모델은 공개됐다.")
    assert [(row.ko, row.en) for row in koproc.build_glossary([document], kinds=["PRODUCT"])] == [("텔레챗3", "TeleChat3")]


def test_many_names_take_linear_time() -> None:
    """Ten times the names take about ten times as many calls."""

    def calls(count: int) -> int:
        surfaces = [f"가나{number}전자" if number % 2 else f"가나{number - 1}" for number in range(1, count + 1)]
        mentions = [Mention(f"m{n}", 9 * n, 9 * n + len(s), s, "ORG", s, "romanization", s, 0.9, "rule") for n, s in enumerate(surfaces)]
        text = "".join(surface.ljust(9) for surface in surfaces)
        made = 0

        def count_call(*_: object) -> None:
            nonlocal made
            made += 1

        sys.setprofile(count_call)
        try:
            with_entities(mentions, text, Lexicon(()))
        finally:
            sys.setprofile(None)
        return made

    assert calls(5_000) < 12 * calls(500)
