"""A translation model in a directory on this machine, of transformers or CTranslate2; nothing is downloaded and nothing unpickled.

A directory of transformers has config.json, model.safetensors and a tokenizer; one of CTranslate2 has model.bin (its own format), a
vocabulary, and the files of the tokenizer beside them (`ct2-transformers-converter --copy_files`). The model sees terms without their
sentences. Candidates are the ends of its beam search; the score of one is the mean probability of its tokens.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..errors import TranslationError
from ..transformers_output import quiet_transformers
from .batches import Item
from .protocol import Candidate, usable

_BATCH = 32
_BEAMS = 4
_LONGEST = 64  # tokens of a translation; those of terms are far shorter
_PICKLES = ("*.bin", "*.pt", "*.pth", "*.ckpt", "*.pkl")
# how models of many languages write these: NLLB, mBART, M2M-100
_CODES = {"ko": ("kor_Hang", "ko_KR", "__ko__"), "en": ("eng_Latn", "en_XX", "__en__")}

# texts and the token that a translation begins with, if any -> hypotheses of each text, with the mean of their tokens' log probabilities
Generate = Callable[[list[str], "str | None"], list[list[tuple[str, float]]]]


class LocalModel:
    """The service behind the translator `local:DIRECTORY`."""

    unit, sentences = "characters", 0

    def __init__(self, path: Path, tokenizer: Any, generate: Generate) -> None:
        self.identity = f"local {path}"
        self._path, self._tokenizer, self._generate = path, tokenizer, generate

    def batches(self, items: Sequence[Item]) -> Iterator[Sequence[Item]]:
        """Items of about one length together: short ones need not wait for long ones."""
        ordered = sorted(items, key=lambda item: len(item.text))
        return (ordered[at : at + _BATCH] for at in range(0, len(ordered), _BATCH))

    def size(self, batch: Sequence[Item], *, source: str, target: str) -> int:
        return sum(len(item.text) for item in batch)

    def answer(self, batch: Sequence[Item], *, source: str, target: str, glossary: Mapping[str, str]) -> dict[Item, list[Candidate]]:
        """Up to four candidates for each item, the likeliest first, each once."""
        begin = self._languages(source, target)
        found = {}
        for item, hypotheses in zip(batch, self._generate([item.text for item in batch], begin), strict=True):
            candidates: dict[str, Candidate] = {}
            for hypothesis, score in hypotheses:
                text = usable(hypothesis, item.text, target)
                if text is not None:
                    candidates.setdefault(text.casefold(), Candidate(text, round(math.exp(min(score, 0.0)), 4), "mt"))
            found[item] = sorted(candidates.values(), key=lambda one: -one.score)
        return found

    def close(self) -> None:
        """Nothing is open."""

    def _languages(self, source: str, target: str) -> str | None:
        """Tell the tokenizer of a model of many languages what it reads, and say which token its translations begin with."""
        if not hasattr(self._tokenizer, "src_lang"):
            return None
        codes = [self._code(source), self._code(target)]
        self._tokenizer.src_lang = codes[0].strip("_")  # M2M-100's tokenizer adds them itself
        return codes[1]

    def _code(self, language: str) -> str:
        unknown = self._tokenizer.unk_token_id
        for code in _CODES.get(language, ()):
            if self._tokenizer.convert_tokens_to_ids(code) not in (None, unknown):
                return code
        raise TranslationError(f"{self._path}: does not know the language {language!r}", final=True)


def load_model(path: Path) -> LocalModel:
    """The model in a directory.

    Raises:
        TranslationError: there is none, its weights are pickled, or what it needs is not installed.

    >>> load_model(Path("no/such/model"))
    Traceback (most recent call last):
    koproc.errors.TranslationError: no/such/model: no such directory of a model
    """
    if not path.is_dir():
        raise TranslationError(f"{path}: no such directory of a model", final=True)
    if (path / "model.bin").exists() and any(path.glob("*vocabulary.*")):
        load = _ctranslate2
    elif any(path.glob("*.safetensors")):
        load = _transformers
    elif pickled := next((file.name for pattern in _PICKLES for file in sorted(path.glob(pattern))), None):
        raise TranslationError(
            f"{path}: has its weights in {pickled}, a pickle, which can run any code; save them as model.safetensors", final=True
        )
    else:
        raise TranslationError(f"{path}: holds neither model.safetensors (transformers) nor model.bin with a vocabulary (CTranslate2)")
    try:
        with quiet_transformers(), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Marian's tokenizer recommends a library that it can do without
            from transformers import AutoTokenizer

            tokenizer = AutoTokenizer.from_pretrained(path, local_files_only=True, trust_remote_code=False)
            return LocalModel(path, tokenizer, load(path, tokenizer))
    except ImportError as err:
        raise TranslationError(
            f"{path}: needs {err.name or err}; install it with: pip install 'koproc[local-translate]'", final=True
        ) from err
    except Exception as err:  # a broken file breaks its reader in the reader's own ways (SafetensorError is an Exception)
        raise TranslationError(f"{path}: not a translation model that can be read ({type(err).__name__}: {err})", final=True) from err


def _transformers(path: Path, tokenizer: Any) -> Generate:
    import torch
    from transformers import AutoModelForSeq2SeqLM

    model = AutoModelForSeq2SeqLM.from_pretrained(path, local_files_only=True, trust_remote_code=False, use_safetensors=True).eval()

    def generate(texts: list[str], begin: str | None) -> list[list[tuple[str, float]]]:
        first = {} if begin is None else {"forced_bos_token_id": tokenizer.convert_tokens_to_ids(begin)}
        inputs = tokenizer(texts, return_tensors="pt", padding=True, truncation=True)
        with torch.no_grad():
            made = model.generate(
                **inputs,
                **first,
                do_sample=False,
                num_beams=_BEAMS,
                num_return_sequences=_BEAMS,
                max_new_tokens=_LONGEST,
                return_dict_in_generate=True,
                output_scores=True,
            )
        # before the translation stand the decoder's start and the language, which not every tokenizer takes for special
        written = tokenizer.batch_decode(made.sequences[:, 1 + len(first) :], skip_special_tokens=True)
        pairs = list(zip(written, made.sequences_scores.tolist(), strict=True))
        return [pairs[at : at + _BEAMS] for at in range(0, len(pairs), _BEAMS)]

    return generate


def _ctranslate2(path: Path, tokenizer: Any) -> Generate:
    import ctranslate2

    translator = ctranslate2.Translator(str(path), device="cpu")

    def generate(texts: list[str], begin: str | None) -> list[list[tuple[str, float]]]:
        pieces = [tokenizer.convert_ids_to_tokens(numbers) for numbers in tokenizer(texts, truncation=True).input_ids]
        results = translator.translate_batch(
            pieces,
            target_prefix=None if begin is None else [[begin]] * len(texts),
            beam_size=_BEAMS,
            num_hypotheses=_BEAMS,
            max_decoding_length=_LONGEST,
            return_scores=True,
        )
        prefix = 0 if begin is None else 1
        return [
            [
                (tokenizer.decode(tokenizer.convert_tokens_to_ids(tokens[prefix:]), skip_special_tokens=True), score)
                for tokens, score in zip(result.hypotheses, result.scores, strict=True)
            ]
            for result in results
        ]

    return generate
