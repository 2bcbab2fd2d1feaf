"""What users get: a wheel built from the tree works in an empty environment outside the checkout, seeds and models included."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def run(*command: str | Path, cwd: Path) -> str:
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, cwd=cwd)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ROOT, cwd=folder)
    (wheel,) = folder.glob("koproc-*.whl")
    venv.create(folder / "env", with_pip=True)
    interpreter = folder / "env" / "bin" / "python"
    run(interpreter, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel, cwd=folder)
    return interpreter


def test_installed_command_annotates(python: Path, tmp_path: Path) -> None:
    """The console script annotates an article, with the lexicon and the page's style sheet from inside the wheel."""
    article = tmp_path / "article.txt"
    article.write_text("네이버는 내년 매출을 2조 원으로 늘릴 계획이다.", encoding="utf-8")
    koproc = python.parent / "koproc"
    record = json.loads(run(koproc, "annotate", article, "--format", "json", cwd=tmp_path))
    assert record["mentions"][0]["en"] == "NAVER"
    assert "<style>" in run(koproc, "annotate", article, "--format", "html", cwd=tmp_path)
    facts = json.loads(run(koproc, "info", "--format", "json", cwd=tmp_path))
    assert str(ROOT) not in facts["resources"]["seeds"]
    assert Path(facts["resources"]["models"]).is_dir()


def test_package_is_typed_and_complete(python: Path, tmp_path: Path) -> None:
    """`py.typed` and the files of the service's page ship, and the package imports without the test extra."""
    code = (
        "import koproc, pathlib; p = pathlib.Path(koproc.__file__).parent; "
        "print((p / 'py.typed').exists(), (p / 'seeds' / 'articles').is_dir(), *sorted(f.name for f in (p / 'integrations/server/page').iterdir()))"
    )
    assert run(python, "-c", code, cwd=tmp_path).split() == ["True", "True", "icon.svg", "index.html", "page.css", "page.js", "words.js"]


def test_service_without_its_extra_says_what_to_install(python: Path, tmp_path: Path) -> None:
    """`koproc serve` in a plain installation is one line, no traceback."""
    result = subprocess.run([str(python.parent / "koproc"), "serve"], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert result.returncode == 2
    assert "pip install 'koproc[server]'" in result.stderr
    assert "Traceback" not in result.stderr


def test_spacy_finds_tokenizer_and_component(python: Path, tmp_path: Path) -> None:
    """With koproc installed and nothing of it imported, spaCy knows both by name, also when it loads a saved pipeline."""
    pytest.importorskip("spacy", reason="needs koproc[spacy]")
    installed = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=tmp_path).strip()
    config = {"nlp": {"tokenizer": {"@tokenizers": "koproc.KiwiTokenizer.v1"}}}
    make = f"nlp = spacy.blank('ko', config={config!r}); nlp.add_pipe('koproc'); nlp.to_disk('saved')"
    for code in (make, "nlp = spacy.load('saved')"):
        code = f"import sys; sys.path.insert(0, {installed!r}); import spacy; {code}; print(nlp('네이버가 왔다.').ents, sys.modules['koproc'].__file__)"
        output = run(sys.executable, "-I", "-c", code, cwd=tmp_path)
        assert output.startswith(f"(네이버,) {installed}")
