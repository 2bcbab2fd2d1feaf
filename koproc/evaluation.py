"""Labelled texts and a pipeline → exact-span scores by label, confusions, and errors with their context."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence

from .mentions.markup import LabelledText
from .pipeline import Pipeline
from .scores import Evaluation, Span, SpanError, span_scores
from .training import Settings, train


def evaluate(nlp: Pipeline, texts: Sequence[LabelledText]) -> Evaluation:
    """Score a pipeline on labelled texts, each read as one block of body text.

    >>> import koproc
    >>> text = LabelledText("네이버가 왔다.", ((0, 3, "ORG"),))
    >>> evaluate(koproc.load(), [text]).micro.f1
    1.0
    """
    pairs: list[tuple[set[Span], set[Span]]] = []
    confusion: Counter[tuple[str, str]] = Counter()
    errors: list[SpanError] = []
    articles = (item.article() for item in texts)
    for item, document in zip(texts, nlp.pipe(articles), strict=True):
        scores = {(m.start, m.end, m.label): m.score for m in document.mentions}
        gold, ours = set(item.spans), set(scores)
        pairs.append((gold, ours))
        confusion.update((label, label) for _, _, label in gold & ours)
        free = sorted(ours - gold)
        for span in sorted(gold - ours):
            other = next((one for one in free if one[0] < span[1] and span[0] < one[1]), None)
            if other is not None:
                free.remove(other)
            confusion[span[2], other[2] if other else "O"] += 1
            errors.append(SpanError(item.text, span, other, scores[other] if other else 0.0, item.source, item.line))
        for span in free:
            confusion["O", span[2]] += 1
            errors.append(SpanError(item.text, None, span, scores[span], item.source, item.line))
    labels, micro = span_scores(pairs)
    return Evaluation(labels, micro, confusion, sorted(errors, key=lambda error: -error.score))


def learning_curve(
    nlp: Pipeline, learned: Sequence[LabelledText], held: Sequence[LabelledText], shares: Iterable[float] = (0.125, 0.25, 0.5, 1.0)
) -> list[tuple[int, Evaluation]]:
    """The evaluation of models trained on growing parts of `learned`: (number of texts, scores on `held`)."""
    order = list(learned)
    random.Random(0).shuffle(order)
    steps = []
    for share in shares:
        part = order[: max(1, round(len(order) * share))]
        model = train(nlp, part, Settings(base=True))
        steps.append((len(part), evaluate(Pipeline(nlp.lexicon, model=model), held)))
    return steps
