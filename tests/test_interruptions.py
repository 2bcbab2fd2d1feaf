"""Ctrl-C, SIGTERM, SIGKILL, full disks: nothing half-written under the final name, and a batch goes on where it was."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from test_cli import ROOT, run

LINE = json.dumps({"text": "네이버는 내년 매출을 2조 원으로 늘릴 계획이다."}) + "\n"


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    """Sixty short documents in a folder of their own."""
    path = tmp_path / "input" / "batch.jsonl"
    path.parent.mkdir()
    path.write_text(LINE * 60, encoding="utf-8")
    return path


def start(*arguments: str | Path, before: Callable[[], None] | None = None) -> subprocess.Popen[bytes]:
    """A run that reads standard input, which stays open: it waits there when it has done what it got."""
    command = [sys.executable, "-m", "koproc", *map(str, arguments)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=before)


def wait_for(event: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    while not event():
        assert process.poll() is None, process.stderr and process.stderr.read()
        os.sched_yield()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_report_that_is_interrupted(tmp_path: Path, number: signal.Signals) -> None:
    """Nothing of it is left, and the exit code names the signal."""
    with start("annotate", "-", "--format", "html", "-o", tmp_path / "report.html") as process:
        wait_for(lambda: any(tmp_path.iterdir()), process)
        process.send_signal(number)
        _, errors = process.communicate()
    assert process.returncode == 128 + number
    assert b"Traceback" not in errors
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_batch_goes_on(tmp_path: Path, batch: Path, number: signal.Signals) -> None:
    """What is finished is kept beside the output, in whole lines; --resume does the rest alone, and the bytes are those of one run."""
    output, whole = tmp_path / "out.jsonl", tmp_path / "whole.jsonl"
    assert run("annotate", "-", "--format", "json", "-o", whole, stdin=LINE.encode() * 60).returncode == 0
    with start("annotate", "-", "--format", "json", "-o", output) as process:
        assert process.stdin is not None
        process.stdin.write(LINE.encode() * 16 + b"\n")
        process.stdin.flush()
        wait_for(lambda: sum(part.read_bytes().count(b"\n") for part in tmp_path.glob("out*.part")) == 16, process)
        process.send_signal(number)
        _, errors = process.communicate()
    assert process.returncode == (-number if number == signal.SIGKILL else 128 + number)
    (part,) = tmp_path.glob("out*.part")
    assert not output.exists()
    assert part.read_bytes() == b"".join(whole.read_bytes().splitlines(keepends=True)[:16])
    assert number == signal.SIGKILL or f"is kept in {part}" in errors.decode()
    part.write_bytes(part.read_bytes() + whole.read_bytes().splitlines()[16][:-20])  # a line that was cut off
    assert run("annotate", "-", "--format", "json", "-o", output, "--min-score", "0.5", "--resume", stdin=LINE.encode()).returncode == 0
    assert output.read_bytes().count(b"\n") == 1  # other options do not go on with it
    again = run("annotate", "-", "--format", "json", "-o", output, "--resume", stdin=LINE.encode() * 60)
    assert (again.returncode, again.stderr) == (0, b"")
    assert output.read_bytes() == whole.read_bytes()
    assert not list(tmp_path.glob("*.part"))


def test_a_full_disk(tmp_path: Path, batch: Path) -> None:
    """It is one line on stderr and exit code 2; what was finished is kept, and goes on when there is room."""
    output = tmp_path / "out.jsonl"

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))

    with start("tokenize", batch, "--format", "json", "-o", output, before=limit) as process:
        _, errors = process.communicate()
    assert process.returncode == 2
    assert "File too large" in errors.decode().splitlines()[-1]
    assert b"Traceback" not in errors
    assert not output.exists()
    assert run("tokenize", batch, "--format", "json", "-o", output, "--resume").returncode == 0
    assert output.read_bytes() == run("tokenize", batch, "--format", "json").stdout
    with start("glossary", batch, "-o", tmp_path / "g.json", before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))) as process:
        _, errors = process.communicate()
    assert process.returncode == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["input", "out.jsonl"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_device(batch: Path) -> None:
    """Standard output that takes nothing, and a device as output, which is not replaced."""
    for options in ([], ["-o", "/dev/full"]):
        with Path("/dev/full").open("wb") as full:
            command = [sys.executable, "-m", "koproc", "tokenize", str(batch), *options]
            result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
        assert result.returncode == 2
        assert "No space left" in result.stderr.decode()
        assert len(result.stderr.splitlines()) == 1
    assert Path("/dev/full").is_char_device()


def test_two_runs_on_one_output(tmp_path: Path, batch: Path) -> None:
    """The second of two equal commands is told, and does no harm."""
    arguments = ("tokenize", "-", "--format", "json", "-o", tmp_path / "out.jsonl")
    with start(*arguments) as process:
        wait_for(lambda: any(tmp_path.glob("*.part")), process)
        second = run(*arguments, stdin=LINE.encode())
        assert second.returncode == 2
        assert "another run" in second.stderr.decode()
        process.communicate(LINE.encode())
    assert process.returncode == 0
    assert (tmp_path / "out.jsonl").read_bytes().count(b"\n") == 1


def test_resume_is_for_json_lines(batch: Path, tmp_path: Path) -> None:
    """Where there is nothing to go on with, --resume is wrong usage."""
    for arguments in (["--format", "json"], ["--format", "html", "-o", tmp_path / "a.html"]):
        result = run("annotate", batch, *arguments, "--resume")
        assert result.returncode == 2
        assert b"--resume needs" in result.stderr


def test_killed_at_any_moment(tmp_path: Path) -> None:
    """scripts/soak_kill, small: after SIGKILL at random moments every document is there once, equal to an undisturbed run."""
    loader = importlib.machinery.SourceFileLoader("soak_kill", str(ROOT / "scripts" / "soak_kill"))
    specification = importlib.util.spec_from_loader("soak_kill", loader)
    assert specification is not None
    script = importlib.util.module_from_spec(specification)
    loader.exec_module(script)
    assert "200 documents, killed" in script.soak(tmp_path, documents=200, kills=2, seed=2)
