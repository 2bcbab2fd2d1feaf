"""The READMEs are true: their commands print what they show, their Python runs."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
READMES = ["README.md", "README.ko.md"]


@pytest.mark.parametrize("name", READMES)
def test_first_screen_shows_command_and_output(name: str) -> None:
    """The first console block stands within the first ten lines, and its output is what the command prints."""
    text = (ROOT / name).read_text(encoding="utf-8")
    assert text[: text.index("```console")].count("\n") < 10
    (block,) = re.findall(r"```console\n\$ (.*?)```", text, re.DOTALL)
    command, _, shown = block.partition("\n")
    command = command.replace("koproc", f"{sys.executable} -m koproc")
    result = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, check=True, env={**os.environ, "COLUMNS": "100"}, cwd=ROOT
    )
    assert [line.rstrip() for line in shown.strip().splitlines()] == [line.rstrip() for line in result.stdout.strip().splitlines()]


@pytest.mark.parametrize("name", READMES)
def test_python_examples(name: str) -> None:
    """The Python examples run and print what they show."""
    examples = doctest.DocTestParser().get_doctest((ROOT / name).read_text(encoding="utf-8"), {}, name, name, 0)
    assert examples.examples
    assert doctest.DocTestRunner().run(examples).failed == 0
