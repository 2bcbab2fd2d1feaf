"""Several processes: the same documents in the same order, errors in their places, the death of a worker told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import koproc
from koproc.cli import main
from koproc.errors import KoprocError
from koproc.processes import in_processes

TEXTS = [f"네이버는 {number}일 새 모델 ‘무리-{number}’를 공개했다. 매출은 {number}조 원이다." for number in range(1, 40)]


def test_processes_give_the_same(nlp: koproc.Pipeline) -> None:
    """What two processes make equals what one makes."""
    assert list(nlp.pipe(TEXTS, processes=2)) == list(nlp.pipe(TEXTS))


def test_own_names_go_along(tmp_path: Path) -> None:
    """Each process has the names of the user."""
    path = tmp_path / "names.csv"
    path.write_text("ko,en,kind\n너울에이아이,Neoul AI,ORG\n", encoding="utf-8")
    found = koproc.load(lexicon=[path]).pipe(["너울에이아이는 새 모델을 공개했다."] * 3, processes=2)
    assert [document.mentions[0].en for document in found] == ["Neoul AI"] * 3


def test_command_line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """`--processes` changes no byte; a broken line of JSON is told once, in either case."""
    path = tmp_path / "articles.jsonl"
    lines = [f'{{"id": "{number}", "text": "{text}"}}' for number, text in enumerate(TEXTS)]
    path.write_text("\n".join([*lines[:20], "{broken", *lines[20:]]) + "\n", encoding="utf-8")
    printed = []
    for processes in ("1", "2"):
        with pytest.raises(SystemExit) as ended:
            main(["annotate", str(path), "--format", "json", "--processes", processes])
        assert ended.value.code == 1
        printed.append(capfd.readouterr())
    assert printed[0].out == printed[1].out
    assert printed[0].out.count("\n") == len(TEXTS)
    assert printed[0].err == printed[1].err
    assert "articles.jsonl:21:" in printed[1].err


def test_death_of_a_worker() -> None:
    """It ends the work with an error of ours, it does not hang."""
    with pytest.raises(KoprocError, match="a worker process has died"):
        list(in_processes(_die, [[1], [2]], 2))


def _die(batch: list[int]) -> None:
    os._exit(batch[0])
