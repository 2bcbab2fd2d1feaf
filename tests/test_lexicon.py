"""The lexicon is a product: enough entries, one fact a line, no duplicate, nothing empty, English in Latin letters."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from koproc.errors import ResourceError
from koproc.lexicon import load_lexicon, read_lexicon
from koproc.resources import resource

ROOT = Path(__file__).resolve().parent.parent


def test_files_are_clean() -> None:
    """The checker finds no fault in any lexicon file."""
    result = subprocess.run([sys.executable, ROOT / "scripts" / "check_lexicon"], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_sizes() -> None:
    """At least 1,200 organizations, 1,000 products and 1,500 terms."""
    kinds = Counter(entry.kind for entry in load_lexicon().entries)
    assert kinds["ORG"] >= 1200
    assert kinds["PRODUCT"] >= 1000
    assert kinds["TERM"] >= 1500


@pytest.mark.parametrize(
    ("surface", "en"),
    [
        ("현대차", "Hyundai Motor Company"),
        ("과기정통부", "Ministry of Science and ICT"),
        ("한은", "Bank of Korea"),
        ("딥시크", "DeepSeek"),
        ("TSMC", "TSMC"),
        ("어센드 910B", "Ascend 910B"),
        ("파라미터", "parameter"),
    ],
)
def test_aliases_belong_to_their_entry(surface: str, en: str) -> None:
    """Abbreviations and other spacings lead to the same English."""
    entry = load_lexicon().get(surface)
    assert entry is not None
    assert entry.en == en


def test_small_tables_are_sorted_and_unique() -> None:
    """The other tables in seeds/ are sorted and hold no line twice; of the senses of a word, the usual one comes first."""
    for path in sorted(resource("seeds").glob("*.tsv")):
        lines = path.read_text(encoding="utf-8").splitlines()[1:]
        by_word = path.name == "senses.tsv"
        assert len(lines) == len(set(lines)), path.name
        assert lines == sorted(lines, key=lambda line: line.split("\t")[0] if by_word else line), path.name


def test_broken_lexicon_names_file_and_line(tmp_path: Path) -> None:
    """A fault in a user's lexicon is reported as path:line."""
    path = tmp_path / "mine.tsv"
    path.write_text("ko\ten\tkind\taliases\tnote\n가나\tGana\tORG\t-\n", encoding="utf-8")
    with pytest.raises(ResourceError, match=r"mine\.tsv:2: 4 cells"):
        read_lexicon(path)
