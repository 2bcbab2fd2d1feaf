"""The shipped model: `model.json` (chunks, classes, ranking, calibration, loanword weights) and `weights.safetensors`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ..errors import ResourceError
from ..resources import resource
from .network import Speller
from .ranking import FEATURES
from .reading import Reader
from .vocabulary import Vocabulary

SCHEMA = "koproc-transliteration/1"
FILES = ("model.json", "weights.safetensors")


@dataclass(frozen=True, slots=True)
class Model:
    """Everything that spells a loanword back."""

    speller: Speller
    reader: Reader
    vocabulary: Vocabulary
    ranking: npt.NDArray[np.float64]
    calibration: tuple[float, float]
    native: Mapping[str, float]


def load_model(folder: Path) -> Model:
    """The model in a folder that scripts/build_transliteration wrote.

    Raises:
        ResourceError: a file is missing or does not fit the other.
    """
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        head = json.loads((folder / FILES[0]).read_text(encoding="utf-8"))
        if head.get("schema") != SCHEMA or tuple(head["features"]) != FEATURES:
            raise ResourceError(f"{folder / FILES[0]}: not a model of schema {SCHEMA}; build it again with scripts/build_transliteration")
        tensors = load_file(folder / FILES[1])
        return model_from(head, tensors)
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, SafetensorError) as err:
        raise ResourceError(f"{folder}: not a transliteration model ({type(err).__name__}: {err}); reinstall koproc") from err


def model_from(head: Mapping[str, Any], tensors: Mapping[str, npt.NDArray[Any]]) -> Model:
    """The model of a head and its tensors, half precision made single."""
    spelling = {name[6:]: array.astype(np.float32) for name, array in tensors.items() if name.startswith("spell.")}
    reading = {name[5:]: array.astype(np.float32) for name, array in tensors.items() if name.startswith("read.")}
    return Model(
        Speller(spelling, head["chunks"], head["choices"]),
        Reader(reading, head["classes"]),
        Vocabulary(tensors["words"], tensors["rareness"]),
        np.array([head["ranking"][name] for name in FEATURES]),
        (float(head["calibration"][0]), float(head["calibration"][1])),
        head["native"],
    )


@cache
def shipped_model() -> Model:
    """The model that koproc ships, loaded once."""
    return load_model(resource("models", "transliteration"))
