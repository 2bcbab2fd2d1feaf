"""Labelled texts → a tagger model, and how good it is: CRFsuite learns, `mentions.model` keeps the weights, scikit-learn calibrates.

Sits above the pipeline, because text must be analysed before it can be learned from.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice, tee
from typing import TypeVar

import numpy as np

from .embedding import shipped_embedding
from .errors import KoprocError
from .lexicon import Lexicon
from .mentions.context import ContextModel
from .mentions.encoder import Encoder, load_encoder
from .mentions.evidence import evidenced_sentences
from .mentions.features import OFFSETS, WordVectors, all_word_features, place_features
from .mentions.markup import LabelledText
from .mentions.model import EvidencedUnits, TaggerModel, labels_of, shipped_model, without_opinions
from .mentions.sequence_model import Floats, SequenceModel
from .mentions.tagger import rule_findings
from .mentions.tuning import cross_fitted
from .mentions.units import Unit
from .mentions.view import Candidate, View
from .pipeline import Pipeline, number_candidates

Span = tuple[int, int, str]
Item = TypeVar("Item")
Progress = Callable[[str, int, int], None]
_NOTHING = "the data has no labelled span to learn from; see `koproc train --help` for the formats"
_ANY_SUM = -1e9  # CRFsuite takes the sum of a feature's values for how often it occurs, and would drop numbers that are mostly negative
_SMALLEST = 1e-3  # weights below do not change a label and cost space


@dataclass(frozen=True, slots=True)
class Prepared:
    """An analysed text: its units and evidence by sentence, the spans that are right, and what an encoder says of each sentence."""

    text: str
    spans: tuple[Span, ...]
    sentences: tuple[EvidencedUnits, ...]
    context: tuple[Floats, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """How a model is fitted: L1 and L2 penalties, the most iterations, the label scheme's hidden labels, whether numbers and
    the static embedding are evidence, whether what the shipped tagger says is, and the encoder whose context is (a folder or a name)."""

    l1: float = 0.1
    l2: float = 0.05
    iterations: int = 150
    hidden: frozenset[str] = frozenset()
    numbers: bool = True
    embedding: bool = True
    base: bool = False
    encoder: str | None = None


def prepare(
    nlp: Pipeline, texts: Iterable[LabelledText], *, numbers: bool, with_lexicon: bool = True, base: TaggerModel | None = None
) -> Iterator[Prepared]:
    """Analyse labelled texts, each as one block. Without the lexicon its names are no evidence, as for names that nobody has listed;
    what `base` says is evidence too.
    """
    first, second = tee(texts)
    lexicon = nlp.lexicon if with_lexicon else Lexicon(())
    documents = nlp.analyzer.analyze_many(item.article() for item in first)
    for item, document in zip(second, documents, strict=True):
        findings = rule_findings(View(document), document, lexicon)
        amounts: list[Candidate] = number_candidates(nlp, document) if numbers else []
        sentences = tuple(evidenced_sentences(document, findings.chosen, findings.names, amounts))
        told = tuple(base.with_opinions(sentences)) if base is not None else sentences
        yield Prepared(item.text, item.spans, told)


def fit(data: Sequence[Prepared], settings: Settings, progress: Progress | None = None) -> TaggerModel:
    """Learn a model. The same data in the same order gives the same model.

    Raises:
        KoprocError: python-crfsuite is not installed, or there is no label to learn.
    """
    _require_crfsuite()
    import tempfile
    from pathlib import Path

    import pycrfsuite

    class Trainer(pycrfsuite.Trainer):  # type: ignore[misc]
        """Reports its iterations, and prints nothing of its own."""

        def on_iteration(self, log: str, info: dict[str, float]) -> None:
            if progress is not None:
                progress("learning", int(info.get("num", 0)), settings.iterations)

        def on_start(self, log: str) -> None: ...
        def on_featgen_progress(self, log: str, percent: int) -> None: ...
        def on_featgen_end(self, log: str) -> None: ...
        def on_prepared(self, log: str) -> None: ...
        def on_prepare_error(self, log: str) -> None: ...
        def on_optimization_end(self, log: str) -> None: ...
        def on_end(self, log: str) -> None: ...

    trainer = Trainer(algorithm="lbfgs", verbose=progress is not None)
    trainer.set_params({"c1": settings.l1, "c2": settings.l2, "max_iterations": settings.iterations, "feature.possible_transitions": False})
    trainer.set_params({"feature.minfreq": _ANY_SUM})
    vectors = shipped_embedding() if settings.embedding else None
    labels: set[str] = set()
    for number, item in enumerate(data):
        if progress is not None and number % 200 == 0:
            progress("features", number, len(data))
        for at, (units, evidence) in enumerate(item.sentences):
            wanted = labels_of(units, item.spans)
            labels.update(wanted)
            trainer.append(feature_rows(units, evidence, vectors, item.context[at] if item.context else None), wanted)
    if len(labels) < 2:
        raise KoprocError(_NOTHING)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "model"
        trainer.train(str(file))
        tagger = pycrfsuite.Tagger()
        tagger.open(str(file))
        info = tagger.info()
        tagger.close()
    return _compiled(sorted(labels), info.state_features, info.transitions, settings, vectors)


def _require_crfsuite() -> None:
    try:
        import pycrfsuite  # noqa: F401
    except ImportError as err:
        raise KoprocError("training needs python-crfsuite and scikit-learn; install them with: pip install 'koproc[train]'") from err


def _compiled(
    labels: list[str],
    states: dict[tuple[str, str], float],
    moves: dict[tuple[str, str], float],
    settings: Settings,
    vectors: WordVectors | None,
) -> TaggerModel:
    number = {label: at for at, label in enumerate(labels)}
    names = sorted({name for (name, _), weight in states.items() if abs(weight) >= _SMALLEST and "\n" not in name})
    row = {name: at for at, name in enumerate(names)}
    matrix = np.zeros((len(names), len(labels)), np.float32)
    for (name, label), weight in states.items():
        if name in row:
            matrix[row[name], number[label]] = weight
    transitions = np.zeros((len(labels), len(labels)), np.float32)
    for (before, after), weight in moves.items():
        transitions[number[before], number[after]] = weight
    for before in labels:  # a part must follow its beginning
        for after in labels:
            if after[0] == "I" and before[2:] != after[2:]:
                transitions[number[before], number[after]] = -20.0
    matrix = matrix.astype(np.float16).astype(np.float32)  # as it will be stored
    return TaggerModel(SequenceModel(labels, names, matrix, transitions, vectors), settings.hidden, settings.numbers)


def feature_rows(
    units: Sequence[Unit], evidence: dict[str, list[str]], vectors: WordVectors | None = None, context: Floats | None = None
) -> list[dict[str, float]]:
    """The features of each unit with their values as CRFsuite reads them, named as `SequenceModel` looks them up."""
    own = [all_word_features(unit.form, unit.tag, vectors) for unit in units]
    rows: list[dict[str, float]] = [{} for _ in units]
    for offset in OFFSETS:
        for at, row in enumerate(rows):
            if not 0 <= at + offset < len(units):
                row[f"w[{offset}]=EDGE"] = 1.0
                continue
            for name, shared in own[at + offset]:
                if offset == 0 or shared:
                    template, equals, rest = name.partition("=")
                    row[f"{template}[{offset}]{equals}{rest}"] = 1.0
    for unit, row in zip(units, rows, strict=True):
        numbers = vectors.numbers(unit.form, unit.tag) if vectors is not None else None
        if numbers is not None:
            row.update((f"v{number}[0]", round(float(value), 4)) for number, value in enumerate(numbers))
    for template, values in place_features(units, evidence).items():
        for row, value in zip(rows, values, strict=True):
            if value:
                row[f"{template}={value}"] = 1.0
    if context is not None:
        for row, said in zip(rows, context, strict=True):
            row.update((f"x{number}", round(float(value), 4)) for number, value in enumerate(said))
    return rows


def tagged(model: TaggerModel, data: Iterable[Prepared]) -> Iterator[list[Candidate]]:
    """What a model finds in analysed texts."""
    for item in data:
        yield model.find(item.sentences, item.context)


def calibrated(model: TaggerModel, data: Sequence[Prepared]) -> TaggerModel:
    """The same model with scores that are probabilities of being right on `data` (Platt scaling by label)."""
    from sklearn.linear_model import LogisticRegression

    odds: dict[str, list[float]] = {}
    right: dict[str, list[bool]] = {}
    for item, found in zip(data, tagged(replace(model, calibration={}), data), strict=True):
        gold = set(item.spans)
        for candidate in found:
            score = min(max(candidate.score, 1e-6), 1 - 1e-6)
            odds.setdefault(candidate.label, []).append(float(np.log(score / (1 - score))))
            right.setdefault(candidate.label, []).append((candidate.start, candidate.end, candidate.label) in gold)
    calibration = {}
    for label in sorted(odds):
        if 0 < sum(right[label]) < len(right[label]) and len(right[label]) >= 30:
            fitted = LogisticRegression(C=10.0).fit(np.array(odds[label])[:, None], right[label])
            calibration[label] = (round(float(fitted.coef_[0][0]), 4), round(float(fitted.intercept_[0]), 4))
    return replace(model, calibration=calibration)


def train(
    nlp: Pipeline, texts: Sequence[LabelledText], settings: Settings, *, share: float = 0.0, seed: int = 0, progress: Progress | None = None
) -> TaggerModel:
    """A calibrated model: `share` of the texts is set aside, chosen by `seed`, and the scores of a model of the others are made probabilities
    on it; then one learns from all of them.

    Raises:
        KoprocError: there is nothing to learn from, or python-crfsuite is missing.
    """
    _require_crfsuite()  # what is missing should be known before the work begins
    if not any(item.spans for item in texts):
        raise KoprocError(_NOTHING)
    encoder = load_encoder(settings.encoder) if settings.encoder is not None else None
    base = shipped_model() if settings.base else None
    data = list(prepare(nlp, texts, numbers=settings.numbers, base=base))
    context = None
    if encoder is not None:
        context, data = contextual(encoder, data, seed=seed, progress=progress)
    learned, held = split(data, share, seed)
    calibration = calibrated(fit(_half_told(learned), settings, progress), held).calibration if held else {}
    return replace(fit(_half_told(data), settings, progress), calibration=calibration, base=base, context=context)


def _half_told(data: Sequence[Prepared]) -> list[Prepared]:
    """Every second text without what the shipped tagger says. It learned from public data, and is surer of texts that it has seen than it will
    be of others: a model that sees its opinion everywhere relies on it too much.
    """
    return [replace(item, sentences=tuple(map(without_opinions, item.sentences))) if at % 2 else item for at, item in enumerate(data)]


def contextual(
    encoder: Encoder, data: Sequence[Prepared], *, seed: int = 0, progress: Progress | None = None
) -> tuple[ContextModel, list[Prepared]]:
    """The encoder tuned on `data`, and `data` with what encoders say of it that were tuned without the text in question.

    Raises:
        ResourceError: the encoder is of a kind that cannot be tuned.
    """
    texts = [(units, labels_of(units, item.spans)) for item in data for units, _ in item.sentences]
    report = None if progress is None else partial(progress, "tuning")
    model, told = cross_fitted(encoder, [units for units, _ in texts], [wanted for _, wanted in texts], seed=seed, progress=report)
    numbers = iter(told)
    return model, [replace(item, context=tuple(islice(numbers, len(item.sentences)))) for item in data]


def split(texts: Sequence[Item], share: float, seed: int) -> tuple[list[Item], list[Item]]:
    """Two parts of a data set, the second with about `share` of it, the same for the same seed."""
    order = list(range(len(texts)))
    random.Random(seed).shuffle(order)
    held = set(order[: round(len(texts) * share)])
    return [text for at, text in enumerate(texts) if at not in held], [text for at, text in enumerate(texts) if at in held]
