"""What `scripts/fuzz` found once: inputs that broke a promise, by target."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import CASES
from fuzz_targets import TARGETS

FOUND = sorted(path for path in (CASES / "fuzz").rglob("*") if path.is_file())


@pytest.mark.parametrize("path", FOUND, ids=[f"{path.parent.name}/{path.name}" for path in FOUND])
def test_found_once(path: Path) -> None:
    """The input keeps its promise now."""
    TARGETS[path.parent.name](path.read_bytes())
