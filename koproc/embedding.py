"""The static embedding in `models/embedding`, in sentence-transformers' format, read with numpy: a vector and clusters by word.

`SentenceTransformer(path)` gives the same vectors; nothing of torch is needed here. The table is mapped into memory, not read.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from .errors import ResourceError
from .resources import resource

CLUSTERS = (64, 512)
DIMENSIONS = 32  # of the vector that the tagger sees as numbers
# tags of words that carry meaning; the others have no vector
CONTENT = frozenset(
    {"NNG", "NNP", "SL", "SH", "NNG?", "NNP?", "VV", "VA", "MAG", "XR", "MM", "NNB", "XSN", "XPN", "VV-I", "VV-R", "VA-I", "VA-R"}
)
_SCALE = 0.3


class Embedding:
    """Vectors of words. `table` is [word, dimension], row 0 for unknown words.

    >>> shipped_embedding().similarity("은행", "증권") > shipped_embedding().similarity("은행", "김치")
    True
    """

    def __init__(
        self,
        words: dict[str, int],
        table: npt.NDArray[np.float16],
        clusters: dict[int, npt.NDArray[np.int16]],
        deviations: npt.NDArray[np.float32],
    ) -> None:
        self.words, self.table, self.clusters, self.deviations = words, table, clusters, deviations

    def vector(self, word: str) -> npt.NDArray[np.float32]:
        """The vector of a word, zeros for an unknown one."""
        row: npt.NDArray[np.float32] = self.table[self.words.get(word.lower(), 0)].astype(np.float32)
        return row

    def similarity(self, one: str, other: str) -> float:
        """Cosine similarity, 0 if either word is unknown."""
        first, second = self.vector(one), self.vector(other)
        length = float(np.linalg.norm(first) * np.linalg.norm(second))
        return float(first @ second) / length if length else 0.0

    def numbers(self, form: str, tag: str) -> npt.NDArray[np.float32] | None:
        """What the tagger sees of a word's vector, scaled to be small; None for words without one."""
        row = self._row(form, tag)
        if row == 0:
            return None
        scaled: npt.NDArray[np.float32] = self.table[row, :DIMENSIONS].astype(np.float32) / self.deviations[:DIMENSIONS] * _SCALE
        return scaled

    def groups(self, form: str, tag: str) -> list[str]:
        """The clusters that a word belongs to, as features which its neighbours see too."""
        row = self._row(form, tag)
        return [f"c{count}={numbers[row]}" for count, numbers in self.clusters.items()] if row else []

    def _row(self, form: str, tag: str) -> int:
        """The row of a word of meaning, 0 for others."""
        return self.words.get(form.lower(), 0) if tag in CONTENT else 0


def load_embedding(folder: Path) -> Embedding:
    """The embedding in a folder that `scripts/build_embedding` made.

    Raises:
        ResourceError: a file is missing or broken.
    """
    from safetensors import SafetensorError, safe_open

    try:
        path = next(folder.rglob("tokenizer.json"))
        words = json.loads(path.read_text(encoding="utf-8"))["model"]["vocab"]
        table = _mapped(path.parent / "model.safetensors")
        with safe_open(folder / "clusters.safetensors", framework="numpy") as tensors:
            clusters = {count: tensors.get_tensor(f"clusters{count}") for count in CLUSTERS}
            deviations = tensors.get_tensor("deviations")
    except (OSError, ValueError, KeyError, StopIteration, SafetensorError) as err:
        raise ResourceError(f"{folder}: not an embedding ({type(err).__name__}: {err}); make it with scripts/build_embedding") from err
    return Embedding(words, table, clusters, deviations)


def _mapped(path: Path) -> npt.NDArray[np.float16]:
    """The one tensor of a safetensors file, mapped into memory: an 8-byte length, a JSON header, then the numbers."""
    with path.open("rb") as stream:
        size = int.from_bytes(stream.read(8), "little")
        header = json.loads(stream.read(size))
    tensor = next(value for name, value in header.items() if name != "__metadata__")
    if tensor["dtype"] != "F16":
        raise ValueError(f"numbers of type {tensor['dtype']}, not F16")
    return np.memmap(path, np.float16, "r", 8 + size + tensor["data_offsets"][0], tuple(tensor["shape"]))


@cache
def shipped_embedding() -> Embedding:
    """The embedding that koproc ships."""
    return load_embedding(resource("models", "embedding"))
