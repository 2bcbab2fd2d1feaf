"""Every integration has an extra with versions that hold here, and none is loaded before it is asked for."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
EXTRAS = {"arrow": ["pyarrow"], "spark": ["pandas", "pyarrow", "pyspark"], "spacy": ["spacy"], "sklearn": ["scikit-learn"]}
PACKAGES = {"pyarrow", "pyspark", "spacy", "sklearn", "pandas", "polars", "duckdb", "kiwipiepy"}
OWN = {"spacy": {"spacy"}, "sklearn": {"sklearn", "pandas", "polars", "pyarrow"}}  # scikit-learn looks which frames there are


def requirements(extra: str) -> list[Requirement]:
    """What pyproject.toml says an extra needs; installed metadata may be older."""
    (body,) = re.findall(rf"^{extra} = \[(.*?)\]", (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    return [Requirement(text) for text in re.findall(r'"(.*?)"', body)]


@pytest.mark.parametrize("extra", EXTRAS)
def test_versions_are_pinned(extra: str) -> None:
    """The extra names its packages with a lower bound that the tests run on, and the test extra allows no version that it forbids."""
    wanted = requirements(extra)
    assert [requirement.name for requirement in wanted] == EXTRAS[extra]
    tested = {requirement.name: requirement for requirement in requirements("test")}
    for requirement in wanted:
        assert any(bound.operator == ">=" for bound in requirement.specifier), requirement
        try:
            installed = version(requirement.name)
        except PackageNotFoundError:
            pytest.skip(f"{requirement.name} is not installed")
        assert installed in requirement.specifier, f"{requirement.name} {installed}"
        assert installed in tested[requirement.name].specifier


@pytest.mark.parametrize("module", [path.stem for path in sorted((ROOT / "koproc" / "integrations").glob("*.py"))])
def test_integrations_load_only_when_asked(module: str) -> None:
    """`import koproc` loads no package of theirs, and an integration none but its own, and no analyzer."""
    if module in OWN:
        pytest.importorskip(module)
    code = f"import sys, koproc; print(*sys.modules); import koproc.integrations.{module}; print(*sys.modules)"
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    before, after = ({name.partition(".")[0] for name in line.split()} for line in output.splitlines())
    assert not PACKAGES & before
    assert PACKAGES & after <= OWN.get(module, set())
