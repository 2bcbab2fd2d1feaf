"""The embedding read by numpy is the one that sentence-transformers loads, and a broken folder is one clear error."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from koproc.embedding import load_embedding, shipped_embedding
from koproc.errors import ResourceError
from koproc.resources import resource

WORDS = ("삼성", "반도체", "배터리", "semiconductor", "출시", "모르는낱말이다")
_ENCODE = """
import json, sys
from sentence_transformers import SentenceTransformer
model = SentenceTransformer(sys.argv[1], device="cpu")
print(json.dumps(model.encode(sys.argv[2:]).astype(float).tolist()))
"""


def test_sentence_transformers_gives_the_same_vectors() -> None:
    """Read by its own library, word by word; unknown words are zeros in both."""
    command = [sys.executable, "-W", "ignore", "-c", _ENCODE, str(resource("models", "embedding")), *WORDS]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    theirs = np.array(json.loads(result.stdout.splitlines()[-1]))
    ours = np.array([shipped_embedding().vector(word) for word in WORDS])
    assert np.array_equal(theirs, ours)
    assert not ours[-1].any()
    assert ours[0].any()


def test_neighbours() -> None:
    """Words of one field are nearer to each other than to those of another."""
    similarity = shipped_embedding().similarity
    assert similarity("은행", "증권") > similarity("은행", "김치")
    assert similarity("배터리", "battery") > similarity("배터리", "law")
    assert similarity("은행", "모르는낱말이다") == 0


def test_a_broken_folder(tmp_path: Path) -> None:
    (tmp_path / "tokenizer.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ResourceError, match="not an embedding"):
        load_embedding(tmp_path)
