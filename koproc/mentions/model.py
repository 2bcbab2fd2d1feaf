"""A trained tagger in a folder: `model.json`, `features.txt`, `weights.safetensors`. Nothing in it is code, nothing is unpickled."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ..embedding import shipped_embedding
from ..errors import ResourceError
from ..resources import resource
from .context import ContextModel, load_context
from .features import place_columns
from .sequence_model import Floats, SequenceModel
from .units import Unit
from .view import Candidate

SCHEMA = "koproc-tagger/1"
EvidencedUnits = tuple[Sequence[Unit], dict[str, list[str]]]
OPINIONS = ("ours", "sure")  # columns of what a tagger says: its labels, and how sure it is
FILES = ("model.json", "features.txt", "weights.safetensors")


@dataclass(frozen=True, slots=True)
class TaggerModel:
    """Weights, and how their probabilities become scores.

    `hidden` labels were learned to keep the others clean and are never shown; `numbers` says that quantities and times are evidence for it;
    `calibration` is slope and intercept on the log-odds by label (Platt); `base` is a tagger whose opinion is evidence; `context` is an
    encoder whose opinion is.
    """

    sequence: SequenceModel
    hidden: frozenset[str] = frozenset()
    numbers: bool = False
    calibration: dict[str, tuple[float, float]] = field(default_factory=dict)
    base: TaggerModel | None = None
    context: ContextModel | None = None

    @property
    def labels(self) -> list[str]:
        """The labels that mentions can have."""
        return sorted({label[2:] for label in self.sequence.labels if label != "O"} - self.hidden)

    def find(self, sentences: Sequence[EvidencedUnits], context: Sequence[Floats] = ()) -> list[Candidate]:
        """The names in sentences, given as units with their evidence columns; scores are calibrated probabilities. `context` is what an encoder
        says of them, where that is known already.
        """
        if self.base is not None:
            sentences = self.base.with_opinions(sentences)
        if self.context is not None and not context:
            context = self.context.numbers([units for units, _ in sentences])
        emissions = self._emissions(sentences, context)
        paths = self.sequence.best_labels(emissions)
        outside = self.sequence.labels.index("O") if "O" in self.sequence.labels else -1
        named = [number for number, path in enumerate(paths) if any(label != outside for label in path)]
        marginals = self.sequence.marginals([emissions[number] for number in named])
        found: list[Candidate] = []
        for number, odds in zip(named, marginals, strict=True):
            found += self._spans(sentences[number][0], paths[number], odds)
        return found

    def with_opinions(self, sentences: Sequence[EvidencedUnits]) -> list[EvidencedUnits]:
        """Sentences with what this tagger says of them as two more columns: its labels, and how sure it is in quarters."""
        emissions = self._emissions(sentences)
        names = self.sequence.labels
        told: list[EvidencedUnits] = []
        for (units, evidence), path, odds in zip(
            sentences, self.sequence.best_labels(emissions), self.sequence.marginals(emissions), strict=True
        ):
            labels = [names[number] for number in path]
            sure = [f"{name}{int(4 * float(row[number]))}" for name, number, row in zip(labels, path, odds, strict=True)]
            told.append((units, {**evidence, OPINIONS[0]: ["" if name == "O" else name for name in labels], OPINIONS[1]: sure}))
        return told

    def _emissions(self, sentences: Sequence[EvidencedUnits], context: Sequence[Floats] = ()) -> list[Floats]:
        inputs = [([(unit.form, unit.tag) for unit in units], place_columns(units, evidence)) for units, evidence in sentences]
        return self.sequence.emissions(inputs, context)

    def _spans(self, units: Sequence[Unit], path: Sequence[int], odds: Floats) -> list[Candidate]:
        found = []
        for first, last, label in spans_of([self.sequence.labels[number] for number in path]):
            if label in self.hidden:
                continue
            certain = min(float(odds[at, path[at]]) for at in range(first, last))
            found.append(Candidate(units[first].start, units[last - 1].end, label, self._score(label, certain), "model", "context"))
        return found

    def _score(self, label: str, certain: float) -> float:
        slope, intercept = self.calibration.get(label, (1.0, 0.0))
        certain = min(max(certain, 1e-6), 1 - 1e-6)
        return 1 / (1 + math.exp(-(slope * math.log(certain / (1 - certain)) + intercept)))

    def save(self, folder: Path) -> None:
        """Write the three files; the same model gives the same bytes."""
        from safetensors.numpy import save_file

        folder.mkdir(parents=True, exist_ok=True)
        names, matrix = self.sequence.names, self.sequence.matrix[1:]
        order = np.array(sorted(range(len(names)), key=names.__getitem__), dtype=np.int64)
        head: dict[str, Any] = {
            "schema": SCHEMA,
            "labels": list(self.sequence.labels),
            "hidden": sorted(self.hidden),
            "numbers": self.numbers,
            "base": self.base is not None,
            "embedding": self.sequence.vectors is not None,
            "calibration": {label: list(pair) for label, pair in sorted(self.calibration.items())},
        }
        if self.context is not None:
            head["encoder"] = self.context.head()
            self.context.save(folder)
        (folder / FILES[0]).write_text(json.dumps(head, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        (folder / FILES[1]).write_text("".join(f"{names[at]}\n" for at in order), encoding="utf-8", newline="\n")
        tensors: dict[str, npt.NDArray[Any]] = {
            "transitions": self.sequence.transitions.astype(np.float32),
            "weights": matrix[order].astype(np.float16),
        }
        save_file(tensors, folder / FILES[2])


def load_model(folder: Path, encoder: str | None = None) -> TaggerModel:
    """The model in a folder that `koproc train` wrote. `encoder` is where its encoder lies now, if it has one that has moved.

    Raises:
        ResourceError: a file is missing or does not fit the others; its encoder cannot be loaded; or it has none.
    """
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        head = json.loads((folder / FILES[0]).read_text(encoding="utf-8"))
        if head.get("schema") != SCHEMA:
            raise ResourceError(f"{folder / FILES[0]}: not a model of schema {SCHEMA}; train it again with `koproc train`")
        features = (folder / FILES[1]).read_bytes().decode("utf-8").split("\n")[:-1]
        tensors = load_file(folder / FILES[2])
        matrix, transitions = tensors["weights"].astype(np.float32), tensors["transitions"]
        size = len(head["labels"])
        if matrix.shape != (len(features), size) or transitions.shape != (size, size):
            raise ResourceError(f"{folder}: the weights do not fit features.txt and the labels; train the model again")
        calibration = {label: (float(pair[0]), float(pair[1])) for label, pair in head["calibration"].items()}
        sequence = SequenceModel(head["labels"], features, matrix, transitions, shipped_embedding() if head["embedding"] else None)
        base = shipped_model() if head["base"] else None
        needed = head.get("encoder")
        if encoder is not None and needed is None:
            raise ResourceError(
                f"{folder}: was trained without an encoder, so --encoder is of no use to it; train one with koproc train --encoder"
            )
        context = load_context(folder, needed, encoder) if needed is not None else None
        return TaggerModel(sequence, frozenset(head["hidden"]), bool(head["numbers"]), calibration, base, context)
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, SafetensorError) as err:
        raise ResourceError(f"{folder}: not a tagger model ({type(err).__name__}: {err}); name a folder that `koproc train` wrote") from err


def shipped_model() -> TaggerModel:
    """The tagger that koproc ships."""
    return load_model(resource("models", "tagger"))


def without_opinions(sentence: EvidencedUnits) -> EvidencedUnits:
    """A sentence without what `with_opinions` added.

    >>> without_opinions(([], {"rule": [], "ours": [], "sure": []}))
    ([], {'rule': []})
    """
    units, evidence = sentence
    return units, {name: values for name, values in evidence.items() if name not in OPINIONS}


def spans_of(labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """Runs of one label as (first, end, label); an I that follows nothing of its kind begins a run.

    >>> spans_of(["B-ORG", "I-ORG", "O", "I-LOC"])
    [(0, 2, 'ORG'), (3, 4, 'LOC')]
    """
    spans: list[tuple[int, int, str]] = []
    for at, label in enumerate(labels):
        if label == "O":
            continue
        kind = label[2:]
        if label[0] == "I" and spans and spans[-1][1] == at and spans[-1][2] == kind:
            spans[-1] = (spans[-1][0], at + 1, kind)
        else:
            spans.append((at, at + 1, kind))
    return spans


def labels_of(units: Sequence[Unit], spans: Sequence[tuple[int, int, str]]) -> list[str]:
    """BIO labels of units; a unit belongs to the span that holds most of it.

    >>> labels_of([Unit(0, 3, "화웨이", "NNP", True), Unit(3, 4, "는", "JX", False)], [(0, 3, "ORG")])
    ['B-ORG', 'O']
    """
    labels = ["O"] * len(units)
    for start, end, label in spans:
        first = True
        for at, unit in enumerate(units):
            shared = min(unit.end, end) - max(unit.start, start)
            if shared > 0 and 2 * shared >= unit.end - unit.start:
                labels[at] = f"{'B' if first else 'I'}-{label}"
                first = False
    return labels
