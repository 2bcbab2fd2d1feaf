"""The command line: what goes to stdout and stderr, exit codes, files written whole or not at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ARTICLE = ROOT / "seeds" / "articles" / "chips-foundry.txt"


def run(*arguments: str | Path, stdin: bytes | None = None, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "koproc", *map(str, arguments)],
        input=stdin if stdin is not None else b"",
        capture_output=True,
        env={**os.environ, **environment},
        check=False,
    )


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cli") / "short.txt"
    path.write_text("네이버는 내년 매출을 2조 원으로 늘릴 계획이다.", encoding="utf-8")
    return path


@pytest.mark.parametrize("command", [[], ["annotate"], ["claims"], ["glossary"], ["tokenize"], ["info"], ["serve"], ["translate"]])
def test_help_has_examples(command: list[str]) -> None:
    """Every command explains itself with an example."""
    result = run(*command, "--help")
    assert result.returncode == 0
    assert "Examples:" in result.stdout.decode()
    assert "koproc " in result.stdout.decode()


def test_commands_are_in_the_readmes() -> None:
    """Every command is shown in both READMEs."""
    from koproc.cli import COMMANDS

    for name in ("README.md", "README.ko.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for command in COMMANDS:
            assert f"koproc {command}" in text, (name, command)


def test_json_goes_to_stdout_and_nothing_else(short: Path) -> None:
    """Standard output is one JSON object a line; a pipe gets no colour and no progress."""
    result = run("annotate", short, "--format", "json", "--published", "2026-01-21")
    assert result.returncode == 0
    assert result.stderr == b""
    (line,) = result.stdout.decode().splitlines()
    record = json.loads(line)
    assert record["schema"] == "koproc/1"
    assert record["mentions"][0]["en"] == "NAVER"
    assert record["claims"][0]["time"]["value"] == "2027"


def test_stdin_is_the_same_as_the_file(short: Path) -> None:
    """`-`, a pipe without arguments, and the file give the same annotations."""
    outputs = [
        run("annotate", short, "--format", "json").stdout,
        run("annotate", "-", "--format", "json", stdin=short.read_bytes()).stdout,
        run("annotate", "--format", "json", stdin=short.read_bytes()).stdout,
    ]
    records = [{**json.loads(output), "id": ""} for output in outputs]
    assert records[0] == records[1] == records[2]


def test_text_in_a_pipe_has_no_escape_codes(short: Path) -> None:
    """Text output in a pipe is plain, whatever the terminal variables say."""
    result = run("annotate", short, TERM="xterm-256color", FORCE_COLOR="1")
    assert b"\x1b[" not in result.stdout
    assert "[네이버|ORG]" in result.stdout.decode()


def test_progress_goes_to_stderr(short: Path) -> None:
    """--progress draws a bar on stderr and leaves stdout alone."""
    plain = run("annotate", short, short, "--format", "json")
    drawn = run("annotate", short, short, "--format", "json", "--progress")
    assert drawn.stdout == plain.stdout
    assert plain.stderr == b""
    assert b"2/2" in drawn.stderr or b"annotating" in drawn.stderr


def test_one_bad_document_does_not_stop_the_others(short: Path, tmp_path: Path) -> None:
    """The bad one is named once on stderr with its reason, the rest is written, the exit code is 1."""
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    result = run("annotate", empty, short, tmp_path / "none.txt", "--format", "json")
    assert result.returncode == 1
    assert len(result.stdout.splitlines()) == 1
    errors = result.stderr.decode().splitlines()
    assert len(errors) == 2
    assert "empty.txt: the file is empty" in errors[0]
    assert "none.txt: no such file" in errors[1]


def test_output_appears_whole(short: Path, tmp_path: Path) -> None:
    """-o writes the file under its name at the end and leaves nothing else behind."""
    output = tmp_path / "out.jsonl"
    assert run("annotate", short, "--format", "json", "-o", output).returncode == 0
    assert json.loads(output.read_text(encoding="utf-8"))["id"]
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


def test_wrong_usage_is_two(short: Path, tmp_path: Path) -> None:
    """Unknown options, broken lexicons and missing output folders exit with 2 and without a traceback."""
    lexicon = tmp_path / "mine.tsv"
    lexicon.write_text("wrong\theader\n", encoding="utf-8")
    for arguments in (["--format", "xml"], ["--lexicon", lexicon], ["-o", tmp_path / "no" / "out"], ["--published", "gestern"]):
        result = run("annotate", short, *arguments)
        assert result.returncode == 2, arguments
        assert b"Traceback" not in result.stderr


def test_user_lexicon_wins(short: Path, tmp_path: Path) -> None:
    """--lexicon adds names and overrules ours."""
    lexicon = tmp_path / "mine.tsv"
    lexicon.write_text("ko\ten\tkind\taliases\tnote\n네이버\tNaver Corp.\tORG\t-\tour spelling\n", encoding="utf-8")
    record = json.loads(run("annotate", short, "--format", "json", "--lexicon", lexicon).stdout)
    assert record["mentions"][0]["en"] == "Naver Corp."


def test_glossary_formats(short: Path) -> None:
    """TSV has a header and a row a name; JSON is an array with the same rows."""
    tsv = run("glossary", short, "--format", "tsv").stdout.decode().splitlines()
    assert tsv[0].split("\t")[:3] == ["ko", "en", "kind"]
    rows = json.loads(run("glossary", short, "--format", "json").stdout)
    assert [row["ko"] for row in rows] == [line.split("\t")[0] for line in tsv[1:]]
    assert rows[0]["en"] == "NAVER"


def test_claims_and_tokenize(short: Path) -> None:
    """`claims` prints the English sentence, `tokenize` the morphemes."""
    assert "KRW 2 trillion" in run("claims", short, "--published", "2026-01-21", "--lang", "en").stdout.decode()
    assert run("tokenize", short).stdout.decode().startswith("네이버/NNP 는/JX 내년/NNG")
    tokens = json.loads(run("tokenize", short, "--format", "json").stdout)["tokens"]
    assert tokens[0] == {"start": 0, "end": 3, "form": "네이버", "tag": "NNP", "lemma": "네이버"}


def test_info() -> None:
    """`info` names versions and lexicon sizes; `--schema` is the schema that the library generates."""
    facts = json.loads(run("info", "--format", "json").stdout)
    assert facts["lexicon"]["ORG"] >= 1200
    from koproc.formats import json_schema

    assert json.loads(run("info", "--schema").stdout) == json_schema()


def test_closed_pipe_is_quiet() -> None:
    """`koproc annotate … | head -1` ends without an error."""
    command = f"{sys.executable} -m koproc annotate {ARTICLE} --format text | head -1"
    result = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, check=False)
    assert result.stderr == b""
    assert result.returncode == 0


def test_explain(short: Path) -> None:
    """`--explain` says for every name what carried it."""
    output = run("annotate", short, "--explain").stdout.decode()
    assert "Evidence" in output
    assert any(line.split()[:3] == ["0", "네이버", "ORG"] and "lexicon" in line for line in output.splitlines())
