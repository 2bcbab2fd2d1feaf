"""Loanwords back to their spelling, names by table and by letters, and what must stay Korean: all through the public face."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from score_transliteration import LOANWORDS, name_pairs, score, split_pairs

from koproc.english import english_of_name, english_of_term, translations
from koproc.lexicon import Entry, Lexicon, load_lexicon
from koproc.lexicon.romanization import romanize
from koproc.resources import read_table
from koproc.transliteration import back_transliterate, decide, loanword_probability

CASES = Path(__file__).parent / "cases" / "transliteration"
EMPTY = Lexicon(())
HANGUL = st.text(st.characters(min_codepoint=ord("가"), max_codepoint=ord("힣")), max_size=40)


def texts(word: str, top: int = 10) -> list[str]:
    """Candidates without case, spaces and hyphens."""
    return [candidate.text.casefold().replace(" ", "").replace("-", "") for candidate in back_transliterate(word, top)]


def koproc(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """The command line."""
    command = [sys.executable, "-m", "koproc", "translate", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.parametrize(("korean", "english"), read_table(CASES / "romanization.tsv", ("ko", "en")))
def test_official_romanization(korean: str, english: str) -> None:
    """Examples of the official rules, pronunciation changes and the ㅎ of nouns included."""
    assert romanize(korean) == english


@pytest.mark.parametrize("word", ["마이크로소프트", "캠브리콘", "사우스차이나모닝포스트", "화웨이", "도요타", "에스케이", "티에스엠씨"])
def test_right_spelling_is_among_ten(word: str) -> None:
    """Names by ear, by table and by letters; none of them needs the lexicon."""
    wanted = dict(name_pairs())[word]
    assert wanted.casefold().replace(" ", "") in texts(word)


def test_tech_names_reach_what_the_card_says() -> None:
    """Top-1 and top-10 on names that were listed before the model was trained."""
    figures = score(name_pairs())
    assert figures["top-1"] >= 0.80
    assert figures["top-10"] >= 0.93


def test_held_out_loanwords_reach_what_the_card_says() -> None:
    """Top-1 and top-10 on a third of the held-out pairs."""
    if not LOANWORDS.exists():
        pytest.skip("needs ../shared/data/loanwords.open.tsv")
    figures = score(split_pairs()[::3])
    assert figures["top-1"] >= 0.60
    assert figures["top-10"] >= 0.88


@pytest.mark.parametrize("word", ["한화", "삼성", "현대자동차", "국민은행", "서울대학교", "신한금융지주", "전기차"])
def test_korean_names_are_romanized(word: str) -> None:
    """What is not foreign is not spelled back."""
    decision = decide(word)
    assert decision.source == "romanization"
    assert decision.text == romanize(word)
    assert not decision.candidates


def test_loanwords_are_told_from_korean() -> None:
    """네이버 and 카카오 are written by sound; 한화 is not."""
    assert min(map(loanword_probability, ("네이버", "마인드스포어", "스타트업"))) > 0.6
    assert loanword_probability("한화") < 0.4
    assert loanword_probability("AI") == 0.0


def test_decision_keeps_its_candidates() -> None:
    """A sure word has one candidate, and the text is always the first."""
    decision = decide("마이크로소프트")
    assert decision.text == "Microsoft"
    assert [candidate.text for candidate in decision.candidates] == ["Microsoft"]


@pytest.mark.parametrize("word", ["", " ", "GPU", "123", "\n", "가" * 500, "뷁뷁뷁", "ㅋㅋㅋ", "가\x00나", "👩‍💻", "가나 " * 30])
def test_odd_input_gives_a_list(word: str) -> None:
    """Nothing raises; what is no name gives no candidates or some."""
    assert isinstance(back_transliterate(word), list)
    decide(word)


@given(st.one_of(st.text(max_size=30), HANGUL))
@settings(max_examples=60, deadline=None)
def test_any_text_gives_sorted_distinct_scores(word: str) -> None:
    """Scores are probabilities, best first, at most as many as asked for; asking twice gives the same."""
    found = back_transliterate(word, 5)
    scores = [candidate.score for candidate in found]
    assert len(found) <= 5
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= value <= 1 for value in scores)
    assert back_transliterate(word, 5) == found
    assert found[:2] == back_transliterate(word, 2) or len(found) < 2


def test_time_grows_with_length_no_faster() -> None:
    """A word four times as long takes no more than eight times as long."""
    back_transliterate("머신")

    def spent(word: str) -> float:
        began = time.process_time()
        back_transliterate(word)
        return time.process_time() - began

    short = min(spent(word) for word in ("로봇팔이", "데이터로", "그래프로", "스마트폰"))
    assert spent("스마트그래프데이터로봇팔이모니터") <= 8 * short + 0.05


def test_one_code_path_for_terms() -> None:
    """Terms and `translate` agree: lexicon first, then known parts, then spelled back, then romanized."""
    lexicon = Lexicon((Entry("반도체", "semiconductor", "TERM"), Entry("장비", "equipment", "TERM")))
    for word, text, origin in (
        ("반도체", "semiconductor", "lexicon"),
        ("반도체 장비", "semiconductor equipment", "composition"),
        ("마이크로소프트", "microsoft", "transliteration"),  # as a term; what is a name keeps its capital
        ("한빛", "Hanbit", "romanization"),
    ):
        found = english_of_term(word, lexicon)
        assert (found.text, found.origin) == (text, origin)
    for word in ("반도체", "반도체 장비"):
        first, answer = translations(word, lexicon)[0], english_of_term(word, lexicon)
        assert (first.text, first.origin) == (answer.text, answer.origin)
    for word in ("마이크로소프트", "한빛전자"):
        first, answer = translations(word, lexicon)[0], english_of_name(word, "ORG", lexicon)
        assert (first.text, first.origin) == (answer.text, answer.origin)


def test_translations_are_in_order_and_distinct() -> None:
    """Lexicon, transliteration, romanization; no text twice."""
    found = translations("엔비디아", load_lexicon())
    order = ["lexicon", "composition", "transliteration", "romanization"]
    places = [order.index(item.origin) for item in found]
    assert places == sorted(places)
    assert len({item.text.casefold() for item in found}) == len(found)


def test_translate_prints_json_in_order() -> None:
    """One object a line, in the order of the arguments, from the command line and from standard input alike."""
    words = ["화웨이", "한화", "GPU"]
    result = koproc("--format", "json", "--top", "3", *words)
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["text"] for row in rows] == words
    assert all(set(item) == {"text", "origin", "score"} for row in rows for item in row["candidates"])
    assert all(len(row["candidates"]) <= 3 for row in rows)
    assert koproc("--format", "json", "--top", "3", stdin="\n".join(words)).stdout == result.stdout


def test_translate_keeps_to_one_origin() -> None:
    """--only says where candidates may come from; what has no source says so on stderr."""
    rows = json.loads(koproc("--only", "transliteration", "--format", "json", "화웨이").stdout)
    assert {item["origin"] for item in rows["candidates"]} == {"transliteration"}
    nothing = koproc("--only", "mt", "--format", "json", "화웨이")
    assert json.loads(nothing.stdout)["candidates"] == []
    assert "mt" in nothing.stderr
    assert nothing.returncode == 0


def test_same_answers_without_lexicon() -> None:
    """The transliterator itself looks nothing up."""
    assert [t.text for t in translations("오픈소스", EMPTY, only=("transliteration",))] == [c.text for c in back_transliterate("오픈소스")]
