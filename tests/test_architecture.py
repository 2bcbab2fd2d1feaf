"""DESIGN.md's import rule, the light import, and the public face."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import koproc

PACKAGE = Path(koproc.__file__).parent
BASE = {
    "cells",
    "document",
    "embedding",
    "errors",
    "hangul",
    "moments",
    "numerals",
    "processes",
    "ranking",
    "resources",
    "scores",
    "statements",
    "transformers_output",
}
STAGES = {"reading", "morphology", "normalization", "mentions", "quantities", "times", "claims", "glossary"}
ALLOWED = {
    **dict.fromkeys(BASE, BASE),
    "lexicon": BASE,
    "transliteration": BASE | {"lexicon"},
    "english": BASE | {"lexicon", "transliteration"},
    **{room: BASE | {"lexicon", "transliteration", "english"} for room in STAGES},
    "translators": BASE | {"lexicon", "english", "glossary"},
    "formats": BASE,
    "pipeline": BASE | STAGES | {"lexicon"},
    "training": BASE | {"lexicon", "pipeline", "mentions"},
    "evaluation": BASE | {"pipeline", "mentions", "training"},
    "cli": BASE
    | {"pipeline", "formats", "lexicon", "english", "reading", "glossary", "claims", "mentions", "training", "evaluation", "translators"}
    | {"integrations"},
    "integrations": BASE | {"pipeline", "formats", "lexicon", "english", "reading", "glossary", "claims", "mentions"},
}


def _imports(path: Path) -> set[str]:
    """The rooms of koproc that a file imports."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = parts[: len(parts) - node.level]
            target = [*base, *(node.module.split(".") if node.module else [])]
            names = [target[0]] if target else [alias.name for alias in node.names]
            rooms.update(names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("koproc"):
            rooms.add(node.module.split(".")[1] if "." in node.module else "koproc")
    return rooms


def test_imports_point_one_way() -> None:
    """A stage imports the base rooms and the lexicon, and no other stage; only the pipeline sees all of them."""
    for path in PACKAGE.rglob("*.py"):
        room = path.relative_to(PACKAGE).with_suffix("").parts[0]
        if room in ("__init__", "__main__"):
            continue
        foreign = _imports(path) - {room} - ALLOWED[room]
        if path.name in ("info.py", "resuming.py"):
            foreign -= {"__version__"}
        assert not foreign, f"{path.relative_to(PACKAGE)} imports {sorted(foreign)}"


def test_public_names_are_exact() -> None:
    """`__all__` is sorted, and every name in it exists and shows an example that runs as a doctest."""
    assert koproc.__all__ == sorted(koproc.__all__)
    for name in koproc.__all__:
        assert ">>>" in getattr(koproc, name).__doc__, name


def _modules_after(code: str) -> set[str]:
    result = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(' '.join(sys.modules))"], capture_output=True, text=True, check=True
    )
    return set(result.stdout.split("\n")[-2].split())


def test_import_is_light() -> None:
    """`import koproc` and `koproc --help` load neither Kiwi nor numpy nor anything else that is heavy."""
    heavy = {
        "ahocorasick_rs",
        "bs4",
        "cassis",
        "charset_normalizer",
        "fastapi",
        "httpx2",
        "kiwipiepy",
        "koroman",
        "lxml",
        "numpy",
        "openpyxl",
        "pyarrow",
        "pydantic",
        "rich",
        "sklearn",
        "spacy",
        "sqlite3",
    }
    assert not heavy & _modules_after("import koproc")
    code = "from koproc.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass\nprint()"
    assert not heavy & _modules_after(code)
