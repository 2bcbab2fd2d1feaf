"""The English of persons' names: foreign ones from the table of parts, Japanese ones in kana, Korean ones romanized (tests/cases/persons)."""

from __future__ import annotations

import re

import pytest
from conftest import read_cases

import koproc
from koproc.english import english_of_name
from koproc.lexicon import Lexicon
from koproc.lexicon.name_parts import person_names
from koproc.resources import read_table, resource

EMPTY = Lexicon(())


def english(name: str) -> str:
    """Without any lexicon."""
    return english_of_name(name, "PERSON", EMPTY).text


def test_well_known_people_are_spelled_as_usual() -> None:
    """At least nine of ten people in the news; the others have a name that others of that name spell differently."""
    cases = read_cases("persons", "foreign.jsonl")
    wrong = [(case["ko"], english(case["ko"])) for case in cases if english(case["ko"]).casefold() != case["en"].casefold()]
    assert len(cases) >= 200
    assert len(wrong) <= 0.1 * len(cases), wrong


def test_korean_names_stay_romanized() -> None:
    """No Korean is called by a foreign name, even where one sounds the same."""
    cases = read_cases("persons", "korean.jsonl")
    assert len(cases) >= 40
    assert [(case["ko"], english(case["ko"])) for case in cases] == [(case["ko"], case["en"]) for case in cases]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("장 클로드 융커", "Jean-Claude Juncker"),
        ("장-클로드 융커", "Jean-Claude Juncker"),
        ("버락·오바마", "Barack Obama"),
        ("우르줄라 폰 데어 라이엔", "Ursula von der Leyen"),
        ("반 고흐", "Van Gogh"),
        ("빈센트 반 고흐", "Vincent van Gogh"),
        ("무함마드 알 사드르", "Mohammed al-Sadr"),
        ("제임스 김", "James Kim"),
        ("J.K. 롤링", "J.K. Rowling"),
        ("무라카미 류", "Murakami Ryu"),
        ("스다 요시마사", "Suda Yoshimasa"),
        ("기타자토 시바사부로", "Kitazato Shibasaburo"),
    ],
)
def test_parts_of_names(name: str, wanted: str) -> None:
    """Joined first names, particles, Korean surnames, initials, Japanese names of which nothing or half is listed."""
    assert english(name) == wanted


@pytest.mark.parametrize("name", ["바이든", "부시", "기시다", "이시바", "트러스", "메르켈"])
def test_one_word_is_the_listed_name(name: str) -> None:
    """A family name alone, also where it looks Korean."""
    found = english_of_name(name, "PERSON", EMPTY)
    assert (found.text, found.origin) == (person_names()["family"][name], "transliteration")


def test_scores_say_how_much_is_listed() -> None:
    """A name of listed parts is surer than one of which half is spelled back, and both are guesses."""
    whole, half = (english_of_name(name, "PERSON", EMPTY) for name in ("폴 볼커", "폴 가나코프스키"))
    assert half.text.startswith("Paul ")
    assert whole.score > half.score > 0
    assert {whole.origin, half.origin} == {"transliteration"}


def test_part_of_a_name_agrees_with_the_whole(nlp: koproc.Pipeline) -> None:
    """트러스 alone, after 리즈 트러스."""
    document = nlp("리즈 트러스 전 총리가 서울을 찾았다. 트러스 전 총리는 강연에서 감세를 옹호했다.")
    assert [(m.text, m.en) for m in document.mentions if m.label == "PERSON"] == [("리즈 트러스", "Liz Truss"), ("트러스", "Truss")]


def test_table_has_one_english_for_each_part() -> None:
    """Three kinds; a part stands once in each; plain Latin letters."""
    rows = read_table(resource("seeds", "person_names.tsv"), ("ko", "en", "kind"))
    assert {kind for _, _, kind in rows} == {"family", "given", "particle"}
    assert len({(ko, kind) for ko, _, kind in rows}) == len(rows)
    assert [row for row in rows if not re.fullmatch("[가-힣]+", row[0]) or not re.fullmatch("[A-Za-z][A-Za-z' -]*", row[1])] == []
