"""Words of several senses in compounds: the table is sound, the figures hold, and what somebody wrote down wins."""

from __future__ import annotations

from itertools import groupby

import pytest
from score_senses import score

from koproc.embedding import shipped_embedding
from koproc.english import english_of_term
from koproc.english.senses import sense
from koproc.lexicon import Entry, Lexicon, load_lexicon
from koproc.resources import read_table, resource

ROWS = read_table(resource("seeds", "senses.tsv"), ("ko", "en", "near"))


def test_the_table_of_senses() -> None:
    """A word has at least two senses, in adjacent lines; each has 6 to 15 neighbours that the embedding knows, and shares none."""
    words = [word for word, _ in groupby(ROWS, key=lambda row: row[0])]
    assert len(words) == len(set(words))
    for word, rows in groupby(ROWS, key=lambda row: row[0]):
        senses = [(en, near.split(" ")) for _, en, near in rows]
        assert len({en for en, _ in senses}) == len(senses) > 1, word
        for en, near in senses:
            assert 6 <= len(set(near)) == len(near) <= 15, (word, en)
            assert not [other for other in near if other not in shipped_embedding().words or other == word], (word, en)


@pytest.mark.parametrize(("group", "floor"), [("invented", 0.9), ("news", 0.84), ("news, other sense", 0.65)])
def test_senses_of_test_words(group: str, floor: float) -> None:
    """Far better than the usual sense alone, and no worse where the usual one is right (BENCHMARKS.md has the figures)."""
    counts, _ = score("test")
    assert counts[f"right {group}"] / counts[f"all {group}"] >= floor
    assert counts[f"right {group}"] > counts[f"usual {group}"]


def test_compounds() -> None:
    """Words are chosen after the longest parts are known: 경기 침체 is one part, 경기 beside 축구 is another word."""
    lexicon = load_lexicon()
    english = {
        term: english_of_term(term, lexicon).text for term in ("해상풍력 발전 설비", "지역 균형 발전", "축구 경기 일정", "경기 침체 우려")
    }
    assert english["해상풍력 발전 설비"].endswith("power generation facility")
    assert english["지역 균형 발전"].endswith("development")
    assert english["축구 경기 일정"] == "soccer match schedule"
    assert english["경기 침체 우려"].startswith("recession")


def test_the_users_entries_win() -> None:
    """What a user wrote down has one English, whatever stands beside it."""
    entry, other = Entry("발전", "progress", "TERM"), Entry("균형", "balance", "TERM")
    assert english_of_term("균형 발전", Lexicon((entry, other), own=frozenset({entry}))).text == "balance progress"
    assert english_of_term("균형 발전", Lexicon((entry, other))).text == "balance development"


def test_nouns_of_the_sentence() -> None:
    """They decide where the compound does not, and weigh less than it where it does."""
    assert sense("발전", ["방향"], ["지역", "균형", "문화"]) == "development"
    assert sense("발전", ["태양광", "풍력"], ["지역", "균형", "문화"]) == "power generation"


def test_unknown_words() -> None:
    """Words that the embedding does not know leave the usual sense, and words of one sense are left to the dictionary."""
    assert sense("발전", ["모르는낱말이다"]) == sense("발전", []) == "power generation"
    assert sense("반도체", ["발전"]) is None
