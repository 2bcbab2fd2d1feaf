"""A transformer in sentence-transformers' format, and how its pieces of words meet the tagger's units. torch loads with the first encoder.

In: units of sentences. Out: batches for the network, each with the shares that its pieces have in the units, so that
`shares @ hidden` is a vector a unit. Nothing is downloaded: an encoder is a folder, or a name that is in the local cache already.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import ResourceError
from ..transformers_output import quiet_transformers
from .units import Unit

BATCH = 16  # sentences; on two cores larger ones are no faster
_PROBE = "엔비디아의 H200은 지난해 9월 출시됐다. Nvidia released the H200."


@dataclass(frozen=True, slots=True)
class Batch:
    """Sentences of about one length. `places` are (sentence, first unit, last unit): a very long sentence comes in several parts.

    `inputs` are what the network takes. `shares` are the parts that pieces have in units. Shape: (part, unit, piece), float32.
    """

    places: tuple[tuple[int, int, int], ...]
    inputs: dict[str, Any]
    shares: Any


class Encoder:
    """A network with its tokenizer; `name` is the folder or the name that it was asked for by."""

    def __init__(self, name: str, network: Any, tokenizer: Any) -> None:
        self.name, self.network, self._tokenizer = name, network, tokenizer
        self.dimension = int(network.config.hidden_size)
        longest = min(int(tokenizer.model_max_length), int(getattr(network.config, "max_position_embeddings", 512)))
        self._longest = longest - 2  # RoBERTa's positions begin at 2

    def batches(self, sentences: Sequence[Sequence[Unit]], size: int = BATCH) -> list[Batch]:
        """Every sentence that has units, those of about the same length together."""
        parts = [part for number, units in enumerate(sentences) if units for part in self._parts(number, units)]
        parts.sort(key=lambda part: (len(part[1]), part[0]))
        return [self._batch(parts[at : at + size]) for at in range(0, len(parts), size)]

    def _parts(
        self, number: int, units: Sequence[Unit], first: int = 0
    ) -> Iterator[tuple[tuple[int, int, int], list[int], list[list[int]]]]:
        """A sentence as pieces and the pieces of each unit; halves of it, as long as it is too long for the network."""
        read = self._tokenizer(text_of(units), return_offsets_mapping=True, verbose=False)
        pieces, offsets = read["input_ids"], read["offset_mapping"]
        if len(pieces) > self._longest and len(units) > 1:
            middle = len(units) // 2
            yield from self._parts(number, units[:middle], first)
            yield from self._parts(number, units[middle:], first + middle)
            return
        yield (number, first, first + len(units)), pieces[: self._longest], pieces_of(units, offsets[: self._longest])

    def _batch(self, parts: Sequence[tuple[tuple[int, int, int], list[int], list[list[int]]]]) -> Batch:
        import torch

        inputs = self._tokenizer.pad({"input_ids": [pieces for _, pieces, _ in parts]}, return_tensors="pt")
        shares = torch.zeros(len(parts), max(len(owned) for _, _, owned in parts), inputs["input_ids"].shape[1])
        for row, (_, _, owned) in enumerate(parts):
            for unit, pieces in enumerate(owned):
                for piece in pieces:
                    shares[row, unit, piece] = 1 / len(pieces)
        return Batch(tuple(place for place, _, _ in parts), dict(inputs), shares)

    def layers(self) -> Any:
        """The network's layers, the first one first.

        Raises:
            ResourceError: it is no stack of layers that we know.
        """
        from torch.nn import ModuleList

        stacks = [module for module in self.network.modules() if isinstance(module, ModuleList)]
        depth = getattr(self.network.config, "num_hidden_layers", None)
        for stack in stacks:
            if len(stack) == depth:
                return stack
        raise ResourceError(
            f"{self.name}: a network of a kind that koproc cannot tune ({type(self.network).__name__}); use a BERT-like encoder"
        )

    def probe(self) -> list[float]:
        """A few numbers that tell this encoder from others: the mean of a sentence's vectors."""
        import torch

        read = self._tokenizer([_PROBE], return_tensors="pt", truncation=True, max_length=self._longest)
        with torch.no_grad():
            mean = self.network(**read).last_hidden_state[0].float().mean(0)
        return [round(float(value), 3) for value in mean[:8]]


def text_of(units: Sequence[Unit]) -> str:
    """The text that units stand for, from the first one's start; what lies between them is spaces.

    >>> text_of([Unit(5, 8, "화웨이", "NNP", True), Unit(8, 9, "는", "JX", False), Unit(10, 12, "어제", "MAG", True)])
    '화웨이는 어제'
    """
    parts: list[str] = []
    at = units[0].start
    for unit in units:
        parts += [" " * (unit.start - at), unit.form]
        at = unit.end
    return "".join(parts)


def pieces_of(units: Sequence[Unit], offsets: Sequence[tuple[int, int]]) -> list[list[int]]:
    """For each unit the numbers of the pieces that share characters with it; `offsets` count from the first unit's start.

    >>> pieces_of([Unit(5, 8, "화웨이", "NNP", True), Unit(8, 9, "는", "JX", False)], [(0, 0), (0, 2), (2, 4), (0, 0)])
    [[1, 2], [2]]
    """
    owned: list[list[int]] = [[] for _ in units]
    first, base = 0, units[0].start
    for number, (start, end) in enumerate(offsets):
        if start == end:
            continue
        while first < len(units) and units[first].end <= base + start:
            first += 1
        at = first
        while at < len(units) and units[at].start < base + end:
            owned[at].append(number)
            at += 1
    return owned


def load_encoder(name: str) -> Encoder:
    """The transformer in a sentence-transformers folder, or of a name that is in the local cache.

    Raises:
        ResourceError: sentence-transformers is missing, there is no such folder, or it holds no transformer.
    """
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as err:
        raise ResourceError(f"the encoder {name} needs sentence-transformers; install it with: pip install 'koproc[embeddings]'") from err
    local = os.path.isdir(name)
    try:
        with quiet_transformers():
            _check_modules(Path(name) / "modules.json")
            options = {"use_safetensors": True}  # other weights are pickles
            first = SentenceTransformer(name, device="cpu", local_files_only=True, trust_remote_code=False, model_kwargs=options)[0]
    except (OSError, ValueError, TypeError, KeyError, AttributeError, ImportError, RuntimeError) as err:
        if local:
            raise ResourceError(f"{name}: not a sentence-transformers model ({type(err).__name__}: {err})") from err
        raise ResourceError(
            f"{name}: neither a folder nor a model in the local cache; koproc downloads nothing: fetch it yourself (hf download {name}) or name a folder"
        ) from err
    network, tokenizer = getattr(first, "auto_model", None), getattr(first, "tokenizer", None)
    if network is None or not getattr(tokenizer, "is_fast", False):
        raise ResourceError(
            f"{name}: holds no transformer with a fast tokenizer, so no vectors that depend on context; name another encoder"
        )
    return Encoder(name, network.float().eval(), tokenizer)


def _check_modules(path: Path) -> None:
    """Raise ValueError for a folder with modules of its own, which sentence-transformers before 6 would import."""
    modules = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
    foreign = [module["type"] for module in modules if not module["type"].startswith("sentence_transformers.")]
    if foreign:
        raise ValueError(f"its module {foreign[0]!r} is code, and koproc runs none that comes with a model")
