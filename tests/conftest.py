"""Fixtures: one loaded pipeline for the session, the shared folder (or a skip with the reason), JSON Lines cases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

import koproc

settings.register_profile("repeatable", derandomize=True)
settings.load_profile("repeatable")  # the same examples in every run; --hypothesis-seed=N tries others

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "cases"


def read_cases(*parts: str) -> list[dict[str, Any]]:
    path = CASES.joinpath(*parts)
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


@pytest.fixture(scope="session")
def nlp() -> koproc.Pipeline:
    return koproc.load()


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("../shared is not on this machine")
    return folder
