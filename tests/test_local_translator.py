"""Local models: a tiny random one of transformers and its conversion to CTranslate2; what they say is nonsense, how they say it is real."""

from __future__ import annotations

import json
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner

from koproc.cli import main
from koproc.errors import TranslationError
from koproc.translators import Candidate, Settings, load_translator

if any(find_spec(name) is None for name in ("ctranslate2", "sentencepiece", "torch", "transformers")):
    pytest.skip("needs koproc[local-translate]", allow_module_level=True)

TEXTS = ["고대역폭 메모리", "누리칩", "인공지능 반도체 기업", "누리칩", "가온", "GPU", ""]
LINES = [*TEXTS[:5], "high bandwidth memory demand grew", "artificial intelligence chips"]
TOKENIZER = ["source.spm", "target.spm", "vocab.json", "tokenizer_config.json"]


@contextmanager
def _silent() -> Iterator[None]:
    from transformers.utils import logging

    logging.disable_progress_bar()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*sacremoses")
        yield
    logging.enable_progress_bar()


def _pieces(path: Path) -> list[str]:
    """A tokenizer of single characters, and what it knows."""
    import sentencepiece

    with path.open("wb") as file:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(LINES * 5), model_writer=file, vocab_size=80, model_type="char", hard_vocab_limit=False, minloglevel=2
        )
    processor = sentencepiece.SentencePieceProcessor(model_file=str(path))
    return [processor.id_to_piece(number) for number in range(processor.get_piece_size())]


@pytest.fixture(scope="module")
def marian(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random Marian of two layers that writes Latin letters."""
    import torch
    from transformers import MarianConfig, MarianMTModel, MarianTokenizer

    folder = tmp_path_factory.mktemp("marian")
    pieces = [piece for piece in _pieces(folder / "source.spm") if piece not in ("<s>", "</s>", "<unk>")]
    shutil.copy(folder / "source.spm", folder / "target.spm")
    vocabulary = {piece: number for number, piece in enumerate(["</s>", "<unk>", *pieces, "<pad>"])}
    (folder / "vocab.json").write_text(json.dumps(vocabulary), encoding="utf-8")
    files = {"source_spm": str(folder / "source.spm"), "target_spm": str(folder / "target.spm"), "vocab": str(folder / "vocab.json")}
    pad = vocabulary["<pad>"]
    sizes = dict.fromkeys(("encoder_layers", "decoder_layers", "encoder_attention_heads", "decoder_attention_heads"), 2)
    config = MarianConfig(
        vocab_size=len(vocabulary),
        d_model=32,
        encoder_ffn_dim=64,
        decoder_ffn_dim=64,
        max_position_embeddings=128,
        pad_token_id=pad,
        eos_token_id=0,
        decoder_start_token_id=pad,
        forced_eos_token_id=0,
        **sizes,
    )
    with _silent(), torch.random.fork_rng():
        torch.manual_seed(7)
        model = MarianMTModel(config).eval()
        korean = [number for piece, number in vocabulary.items() if not piece.lstrip("▁").isascii()]
        model.final_logits_bias[0, korean] = -1e4
        MarianTokenizer(**files, source_lang="ko", target_lang="en").save_pretrained(folder)
        model.save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def converted(marian: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same model in CTranslate2's format, by its own converter."""
    from ctranslate2.converters import TransformersConverter

    folder = tmp_path_factory.mktemp("ctranslate2") / "model"
    with _silent():
        TransformersConverter(str(marian), copy_files=TOKENIZER).convert(str(folder))
    return folder


@pytest.fixture(params=["marian", "converted"])
def model(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.getfixturevalue(request.param)
    return folder


def test_candidates(model: Path) -> None:
    """Several candidates a text, each once, the likeliest first, with probabilities; the same text gets the same ones."""
    progress: list[tuple[int, int]] = []
    found = load_translator(f"local:{model}", Settings(progress=lambda *done: progress.append(done))).translate(TEXTS)
    assert [len(candidates) for candidates in found[5:]] == [1, 0]
    assert found[5] == [Candidate("GPU", 1.0, "same")]
    assert found[1] == found[3]
    assert found[0] != found[1]
    assert max(map(len, found)) > 1
    for candidates in found[:5]:
        assert 1 <= len(candidates) <= 4
        assert len({one.text.casefold() for one in candidates}) == len(candidates)
        assert [one.score for one in candidates] == sorted((one.score for one in candidates), reverse=True)
        assert all(0 < one.score < 1 and one.origin == "mt" and one.text.isascii() for one in candidates)
    assert progress == [(4, 4)]


def test_a_batch_is_the_same_as_one_by_one(model: Path) -> None:
    """Padding changes nothing, also over more than one batch."""
    translator = load_translator(f"local:{model}")
    texts = [text + "칩" * (number % 5) for number in range(9) for text in TEXTS[:5]]
    together = translator.translate(texts)
    for text, candidates in list(zip(texts, together, strict=True))[::7]:
        (alone,) = translator.translate([text])
        assert [one.text for one in alone] == [one.text for one in candidates]
        assert [one.score for one in alone] == pytest.approx([one.score for one in candidates], abs=1e-3)


def test_glossary_comes_first(marian: Path) -> None:
    found = load_translator(f"local:{marian}").translate(["누리칩"], glossary={"누리칩": "NuriChip"})
    assert found == [[Candidate("NuriChip", 1.0, "lexicon")]]


def test_command(marian: Path, tmp_path: Path) -> None:
    """Nothing but candidates on stdout, nothing on stderr."""
    result = CliRunner().invoke(main, ["translate", "--translator", f"local:{marian}", "--top", "1", "누리칩"])
    first, second = result.stdout.splitlines()
    assert first == "누리칩"
    assert second.endswith("(mt)")
    assert result.stderr == ""


@pytest.mark.parametrize("name", ["pytorch_model.bin", "model.pt", "weights.ckpt", "model.bin"])
def test_pickles_are_refused(marian: Path, tmp_path: Path, name: str) -> None:
    """Unread, with what to do; a pickle beside safetensors is left alone."""
    pickle = b"\x80\x04cos\nsystem\n(S'touch " + str(tmp_path / "ran").encode() + b"'\ntR."
    folder = tmp_path / "model"
    shutil.copytree(marian, folder)
    (folder / name).write_bytes(pickle)
    assert load_translator(f"local:{folder}").translate(["누리칩"])[0]
    (folder / "model.safetensors").unlink()
    with pytest.raises(TranslationError, match=rf"{name}, a pickle.*safetensors"):
        load_translator(f"local:{folder}")
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("broken", ["model.safetensors", "config.json", "tokenizer_config.json", "source.spm"])
def test_a_broken_model(marian: Path, tmp_path: Path, broken: str) -> None:
    """One error that names the folder."""
    folder = tmp_path / "model"
    shutil.copytree(marian, folder)
    (folder / broken).write_bytes(b"{]")
    with pytest.raises(TranslationError, match="not a translation model"):
        load_translator(f"local:{folder}")


def test_a_broken_conversion(converted: Path, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(converted, folder)
    (folder / "model.bin").write_bytes((folder / "model.bin").read_bytes()[:500])
    with pytest.raises(TranslationError, match="not a translation model"):
        load_translator(f"local:{folder}")


def test_code_in_a_model_does_not_run(marian: Path, tmp_path: Path) -> None:
    """A configuration that points to code of its own is an error, not a question."""
    folder = tmp_path / "model"
    shutil.copytree(marian, folder)
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    config |= {"model_type": "mine", "auto_map": {"AutoConfig": "mine.Config", "AutoModelForSeq2SeqLM": "mine.Model"}}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    (folder / "mine.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')", encoding="utf-8")
    with pytest.raises(TranslationError, match="not a translation model"):
        load_translator(f"local:{folder}")
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("kind", ["transformers", "ctranslate2"])
def test_models_of_many_languages(tmp_path: Path, kind: str) -> None:
    """The tokenizer is told what it reads, and the translation begins with the language that is asked for."""
    import torch
    from transformers import M2M100Config, M2M100ForConditionalGeneration, NllbTokenizer

    folder = tmp_path / "nllb"
    characters = sorted({"▁", *"".join(LINES)} - {" "})
    vocabulary = {piece: number for number, piece in enumerate(["<s>", "<pad>", "</s>", "<unk>", *characters])}
    tokenizer = NllbTokenizer(vocab=vocabulary, merges=[])
    sizes = dict.fromkeys(("encoder_layers", "decoder_layers", "encoder_attention_heads", "decoder_attention_heads"), 2)
    config = M2M100Config(
        vocab_size=len(tokenizer), d_model=32, encoder_ffn_dim=64, decoder_ffn_dim=64, max_position_embeddings=200, **sizes
    )
    with _silent(), torch.random.fork_rng():
        torch.manual_seed(7)
        M2M100ForConditionalGeneration(config).eval().save_pretrained(folder)
        tokenizer.save_pretrained(folder)
    if kind == "ctranslate2":
        from ctranslate2.converters import TransformersConverter

        with _silent():
            files = ["tokenizer.json", "tokenizer_config.json"]
            TransformersConverter(str(folder), copy_files=files).convert(str(tmp_path / "converted"))
        folder = tmp_path / "converted"
    errors: list[Exception] = []
    translator = load_translator(f"local:{folder}", Settings(report=errors.append))
    service = translator._service
    begins = service._languages("ko", "en")
    assert (begins, service._tokenizer.src_lang) == ("eng_Latn", "kor_Hang")
    assert "eng_Latn" not in str(translator.translate(TEXTS[:3]))
    assert errors == []
    assert translator.translate(["누리칩"], target="xx") == [[]]
    assert "does not know the language 'xx'" in str(errors)
