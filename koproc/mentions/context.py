"""What a tuned encoder says of each unit: log-probabilities of the labels, which the sequence model weighs like any other evidence.

The encoder's upper layers and a linear layer on top were tuned to label units (`tuning.py`). Only they are stored, as float16 in
`context.safetensors`; the lower layers stay in the encoder's own folder, and a probe tells whether it is still the same encoder.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ..errors import ResourceError
from .encoder import Encoder, load_encoder
from .units import Unit

FILE = "context.safetensors"
HEAD = ("head.weight", "head.bias")
_LOWEST = -8.0  # log-probabilities below this say no more than it
_NEAR = 0.05  # probes of one encoder differ by less on other machines; those of others by much more


class ContextModel:
    """A tuned encoder. `tensors` are the tuned weights by name, float16, and those of the linear layer (`HEAD`)."""

    def __init__(
        self, encoder: Encoder, labels: Sequence[str], tensors: Mapping[str, npt.NDArray[np.float16]], probe: Sequence[float]
    ) -> None:
        import torch

        self.encoder, self.labels, self.tensors, self.probe = encoder, tuple(labels), dict(tensors), list(probe)
        parameters = dict(encoder.network.named_parameters())
        with torch.no_grad():
            for name, values in self.tensors.items():
                if name not in HEAD:
                    parameters[name].copy_(torch.from_numpy(values.astype(np.float32)))
        self._weight, self._bias = (torch.from_numpy(self.tensors[name].astype(np.float32)) for name in HEAD)

    def numbers(self, sentences: Sequence[Sequence[Unit]]) -> list[npt.NDArray[np.float32]]:
        """Log-probabilities of each sentence's units, cut off below and scaled to [0, 1]. Shape: (unit, label), float32."""
        import torch

        network = self.encoder.network.eval()
        found = [np.zeros((len(units), len(self.labels)), np.float32) for units in sentences]
        for batch in self.encoder.batches(sentences):
            with torch.inference_mode():
                with reduced_precision():
                    hidden = network(**batch.inputs).last_hidden_state
                odds = torch.log_softmax(batch.shares @ hidden.float() @ self._weight.T + self._bias, 2)
                scaled = (1 - odds.clamp(min=_LOWEST) / _LOWEST).numpy()
            for row, (number, first, last) in enumerate(batch.places):
                found[number][first:last] = scaled[row, : last - first]
        return found

    def head(self) -> dict[str, Any]:
        """What `model.json` says of it."""
        return {"name": self.encoder.name, "dimension": self.encoder.dimension, "labels": list(self.labels), "probe": self.probe}

    def save(self, folder: Path) -> None:
        """Write the tuned weights; the same ones give the same bytes."""
        from safetensors.numpy import save_file

        save_file(dict(sorted(self.tensors.items())), folder / FILE)


def load_context(folder: Path, head: Mapping[str, Any], encoder: str | None = None) -> ContextModel:
    """The tuned encoder of a model folder, from its encoder's own folder or from `encoder`, where that has moved.

    Raises:
        ResourceError: the encoder cannot be loaded, or is not the one that was tuned.
    """
    from safetensors.numpy import load_file

    tensors = load_file(folder / FILE)
    name = encoder or str(head["name"])
    try:
        loaded = load_encoder(name)
    except ResourceError as err:
        if encoder is not None:
            raise
        raise ResourceError(f"{folder}: needs the encoder that it was trained with, or --encoder if that has moved: {err}") from err
    shapes = {key: tuple(value.shape) for key, value in loaded.network.named_parameters()}
    fits = all(key in HEAD or shapes.get(key) == value.shape for key, value in tensors.items())
    if loaded.dimension != head["dimension"] or not fits:
        raise ResourceError(
            f"{name}: an encoder of {loaded.dimension} dimensions or of other layers, where {folder} was trained with one of {head['dimension']}"
        )
    if not np.allclose(loaded.probe(), head["probe"], atol=_NEAR):
        raise ResourceError(f"{name}: not the encoder that {folder} was trained with (its vectors differ); name that one with --encoder")
    return ContextModel(loaded, head["labels"], tensors, head["probe"])


def reduced_precision() -> AbstractContextManager[Any]:
    """Products in bfloat16 where the processor has instructions for them (three to eight times as fast), else as they are."""
    import torch

    able = torch.cpu.get_capabilities().get("avx512_bf16", False) if hasattr(torch.cpu, "get_capabilities") else False
    context: AbstractContextManager[Any] = torch.autocast("cpu", dtype=torch.bfloat16, enabled=bool(able))
    return context
