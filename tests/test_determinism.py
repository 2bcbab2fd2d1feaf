"""The same bytes from the same input, whatever the process, the hash seed, the locale, the time zone, the threads and the batch."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from strategies import texts
from test_cli import ROOT

import koproc
from koproc.formats import dumps

ARTICLES = ROOT / "seeds" / "articles"
# each of these in one process: every format of which an order or a moment might get hold
WRITE = """
import hashlib, io, sys
import koproc
from koproc.formats import html_page, json_lines
from koproc.formats.annotations import ANNOTATION_FORMATS, write_annotations
from koproc.formats.glossaries import FORMATS, write_glossary
nlp = koproc.load(threads=int(sys.argv[1]))
documents = list(nlp.pipe_articles(koproc.read_articles(sys.argv[2:])))
rows = koproc.build_glossary(documents)
def show(name, content):
    print(name, hashlib.sha256(content).hexdigest())
for form, about in ANNOTATION_FORMATS.items():
    if about.many:
        write_annotations(documents, form, show, warn=print)
    elif form != "docbin":
        write_annotations(documents, form, stream := io.BytesIO(), warn=print)
        show(form, stream.getvalue())
for form in FORMATS:
    write_glossary(rows, stream := io.BytesIO(), form)
    show(form, stream.getvalue())
html_page.write(documents, rows, page := io.StringIO(), title="a")
show("html", page.getvalue().encode())
print(sum(len(document.tokens) for document in documents))
"""
SETTINGS = (
    {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC", "threads": "1"},
    {"PYTHONHASHSEED": "1", "LC_ALL": "ko_KR.UTF-8", "TZ": "Asia/Seoul", "threads": "2"},
    {
        "PYTHONHASHSEED": "4000000000",
        "LC_ALL": "tr_TR.ISO8859-9",
        "TZ": "America/St_Johns",
        "threads": "4",
        "PYTHONUTF8": "0",
        "COLUMNS": "40",
    },
)


def test_same_bytes_everywhere() -> None:
    """Every format of annotations and glossaries, written in processes that have nothing in common."""
    articles = [str(path) for path in sorted(ARTICLES.glob("*.txt"))[:3]]
    outputs = []
    for setting in SETTINGS:
        environment = {**os.environ, **setting}
        command = [sys.executable, "-c", WRITE, environment.pop("threads"), *articles]
        outputs.append(subprocess.run(command, capture_output=True, env=environment, cwd=ROOT, check=True).stdout)
    assert outputs[0].count(b"\n") > 30
    assert outputs[0] == outputs[1] == outputs[2]


@pytest.fixture(scope="module")
def sample() -> list[str]:
    """Two hundred texts of the strategies, the same in every run."""
    found: list[str] = []

    @settings(max_examples=200, deadline=None, database=None, phases=[Phase.generate])
    @given(text=texts())
    def gather(text: str) -> None:
        found.append(text)

    gather()
    return found


def test_command_line_and_library_agree(nlp: koproc.Pipeline, sample: list[str], tmp_path: Path) -> None:
    """What `koproc annotate` writes in a process of its own is what `nlp()` gives here, to the byte."""
    batch = tmp_path / "batch.jsonl"
    batch.write_text("".join(json.dumps({"id": str(n), "text": text}) + "\n" for n, text in enumerate(sample)), encoding="utf-8")
    command = [sys.executable, "-m", "koproc", "annotate", str(batch), "--format", "json", "--tokens"]
    result = subprocess.run(command, capture_output=True, check=True)
    assert result.stderr == b""
    lines = result.stdout.decode("utf-8").split("\n")[:-1]
    assert lines == [dumps(nlp(text, id=str(n)), tokens=True) for n, text in enumerate(sample)]
