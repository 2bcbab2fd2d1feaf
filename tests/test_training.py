"""Users' own taggers: labelled data of every kind is read alike, training is repeatable, a model is loaded, scored and used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import koproc
from koproc.cli import main
from koproc.errors import InputError, ResourceError
from koproc.formats import json_lines
from koproc.mentions.corpora import read_corpus
from koproc.mentions.markup import LabelledText, parse_markup, to_markup
from koproc.mentions.model import FILES, load_model

NAMES = ("한빛푸드", "누리온", "대명가온", "솔빛마루", "가람테크", "미래온", "별하늘", "온새미", "다래울", "하람솔")
DISHES = ("김치볶음밥", "해물파전", "들깨칼국수", "비빔냉면", "갈비찜", "순두부찌개", "메밀전병", "감자옹심이", "닭갈비", "육개장")


def _sentences() -> list[str]:
    """Sixty lines in two labels that koproc does not know."""
    lines = []
    for number in range(60):
        shop, dish = NAMES[number % 10], DISHES[(number * 3) % 10]
        lines += [f"[{shop}|SHOP]에서 [{dish}|DISH]를 먹었다." if number % 2 else f"식당 [{shop}|SHOP]의 대표 음식은 [{dish}|DISH]이다."]
    return lines


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("data") / "meals.txt"
    path.write_text("# two labels of our own\n\n" + "\n".join(_sentences()) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def model(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model") / "meals"
    result = CliRunner().invoke(main, ["train", str(data), "-o", str(folder), "--iterations", "40", "--progress"])
    assert result.exit_code == 0, result.output
    assert "labels DISH, SHOP" in result.stderr
    assert "learning" in result.stderr
    return folder


def test_training_is_repeatable(data: Path, model: Path, tmp_path: Path) -> None:
    """The same data and seed give the same bytes, and nothing in them is a pickle."""
    assert CliRunner().invoke(main, ["train", str(data), "-o", str(tmp_path / "again"), "--iterations", "40"]).exit_code == 0
    for name in FILES:
        assert (tmp_path / "again" / name).read_bytes() == (model / name).read_bytes()
    assert sorted(path.name for path in model.iterdir()) == sorted(FILES)


def test_a_trained_model_is_used(model: Path) -> None:
    """Its labels, and only its labels, come out; offsets hold; scores are probabilities; `--min-score` leaves out the unsure."""
    nlp = koproc.load(model=model)
    document = nlp("식당 솔빛마루의 대표 음식은 수제비이다.")
    assert [(mention.text, mention.label) for mention in document.mentions] == [("솔빛마루", "SHOP"), ("수제비", "DISH")]
    assert all(0 < mention.score <= 1 for mention in document.mentions)
    assert koproc.load(model=model, min_score=1.0)("식당 솔빛마루의 대표 음식은 수제비이다.").mentions == ()


def test_evaluation(data: Path, model: Path) -> None:
    """`evaluate` prints the promised JSON, and a table with errors in their context."""
    result = CliRunner().invoke(main, ["evaluate", str(data), "--model", str(model), "--format", "json"])
    assert result.exit_code == 0, result.output
    record = json.loads(result.stdout)
    assert set(record["labels"]) == {"DISH", "SHOP"}
    assert set(record["micro"]) == {"p", "r", "f1", "n"}
    assert record["micro"]["f1"] > 0.95
    table = CliRunner().invoke(main, ["evaluate", str(data), "--errors", "2"]).stdout  # the shipped model knows neither label
    assert "SHOP" in table
    assert "errors, the surest first:" in table


def test_learning_curve(data: Path, model: Path) -> None:
    result = CliRunner().invoke(main, ["evaluate", str(data), "--model", str(model), "--learning-curve", str(data), "--format", "json"])
    steps = json.loads(result.stdout)["learning_curve"]
    assert [step["texts"] for step in steps] == [8, 15, 30, 60]


def test_every_kind_of_data_is_read_alike(data: Path, tmp_path: Path, nlp: koproc.Pipeline) -> None:
    """Markup, JSON Lines, CoNLL by character and koproc's own records hold the same texts and spans."""
    texts = [(item.text, item.spans) for item in read_corpus(data)]
    lines = tmp_path / "meals.jsonl"
    lines.write_text(
        "".join(
            json.dumps({"text": text, "entities": [{"start": a, "end": b, "label": label} for a, b, label in spans]}) + "\n"
            for text, spans in texts
        ),
        encoding="utf-8",
    )
    assert [(item.text, item.spans) for item in read_corpus(lines)] == texts
    rows = []
    for text, spans in texts:
        tags = ["O"] * len(text)
        for a, b, label in spans:
            tags[a:b] = [f"B-{label}", *[f"I-{label}"] * (b - a - 1)]
        rows.append("".join(f"{character}\t{tag}\n" for character, tag in zip(text, tags, strict=True)))
    conll = tmp_path / "meals.conll"
    conll.write_text("\n".join(rows), encoding="utf-8")
    assert [(item.text, item.spans) for item in read_corpus(conll)] == texts
    own = tmp_path / "own.jsonl"
    own.write_text(json_lines.dumps(nlp("네이버가 왔다.")) + "\n", encoding="utf-8")
    assert [item.spans for item in read_corpus(own)] == [((0, 3, "ORG"),)]


def test_words_in_conll_are_joined_by_spaces(tmp_path: Path) -> None:
    file = tmp_path / "a.conll"
    file.write_text("# a comment\n네이버 B-ORG\n클라우드 I-ORG\n출시 O\n\n", encoding="utf-8")
    (item,) = read_corpus(file)
    assert (item.text, item.spans) == ("네이버 클라우드 출시", ((0, 8, "ORG"),))


@pytest.mark.parametrize(
    ("name", "content", "hint"),
    [
        ("a.txt", "[네이버|ORG는 왔다\n", "a.txt:1: '[' in '[네이버|ORG"),
        ("a.txt", "첫 줄\n둘째] 줄\n", "a.txt:2: ']'"),
        ("a.jsonl", '{"text": "네이버", "entities": [{"start": 0, "end": 9, "label": "ORG"}]}\n', "a.jsonl:1: "),
        ("a.jsonl", "not json\n", 'a.jsonl:1: not {"text"'),
        ("a.conll", "네이버\n", "a.conll:1: '네이버' is not a token and its tag"),
        ("a.conll", "네이버 ORG\n\n", "tag 'ORG' of '네이버' is not O, B-… or I-…"),
        ("a.docx", "", "unknown kind of data; name it with one of .txt"),
    ],
)
def test_faults_in_data_name_the_line(tmp_path: Path, name: str, content: str, hint: str) -> None:
    """One line on stderr, exit code 2, no model."""
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        list(read_corpus(tmp_path / name))
    assert hint in str(caught.value)
    result = CliRunner().invoke(main, ["train", str(tmp_path / name), "-o", str(tmp_path / "model")])
    assert result.exit_code == 2
    assert hint in result.output
    assert not (tmp_path / "model").exists()


def test_nothing_to_learn(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("이름 없는 문장이다.\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["train", str(tmp_path / "a.txt"), "-o", str(tmp_path / "model")])
    assert result.exit_code == 2
    assert "no labelled span to learn from" in result.output


@pytest.mark.parametrize("spoil", ["missing", "json", "features", "weights", "schema"])
def test_broken_models(model: Path, tmp_path: Path, spoil: str) -> None:
    """Each fault of a model folder is one clear error."""
    for name in FILES:
        (tmp_path / name).write_bytes((model / name).read_bytes())
    if spoil == "missing":
        (tmp_path / FILES[1]).unlink()
    elif spoil == "json":
        (tmp_path / FILES[0]).write_text("{", encoding="utf-8")
    elif spoil == "features":
        (tmp_path / FILES[1]).write_text("one\n", encoding="utf-8")
    elif spoil == "weights":
        (tmp_path / FILES[2]).write_bytes(b"\x80\x04.")
    else:
        (tmp_path / FILES[0]).write_text('{"schema": "other"}', encoding="utf-8")
    with pytest.raises(ResourceError) as caught:
        load_model(tmp_path)
    assert str(tmp_path) in str(caught.value)


@given(st.lists(st.tuples(st.text("가나 []|\\A\n", min_size=1, max_size=5), st.sampled_from(["", "ORG", "X_1"]))))
def test_markup_round_trip(pieces: list[tuple[str, str]]) -> None:
    """Any text with any spans comes back from its markup, line breaks as spaces."""
    text, spans = "", []
    for surface, label in pieces:
        if label:
            spans.append((len(text), len(text) + len(surface), label))
        text += surface
    again = parse_markup(to_markup(LabelledText(text, tuple(spans))))
    assert again.text == text.replace("\n", " ")
    assert again.spans == tuple(spans)
