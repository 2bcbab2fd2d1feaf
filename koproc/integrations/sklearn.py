"""koproc inside scikit-learn: tokens for `CountVectorizer` and its kin, and a vectorizer that counts what koproc finds.

Wants `pip install 'koproc[sklearn]'`. Neither holds Kiwi: they keep their options, and a process loads the pipeline for them at the
first text, so clones are free, pickles small and workers independent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.feature_extraction import DictVectorizer
from sklearn.utils.validation import check_is_fitted

from ..document import Claim, Document, Event
from .shared import shared_pipeline

CONTENT_TAGS = ("NNG", "NNP", "XR", "SL", "SH", "VV", "VA")  # nouns, names, roots, Latin and Chinese words, verbs, adjectives


class KoprocTokenizer(BaseEstimator):  # type: ignore[misc]
    """Text → the lemmas of its content words, names whole: the `analyzer` (or `tokenizer`) of a scikit-learn vectorizer.

    `tags` are the Sejong tags that are kept, all of them if None; the other options are those of `koproc.load`.

    >>> from sklearn.feature_extraction.text import CountVectorizer
    >>> vectorizer = CountVectorizer(analyzer=KoprocTokenizer())
    >>> _ = vectorizer.fit(["네이버는 매출이 늘었다.", "카카오의 매출"])
    >>> list(vectorizer.get_feature_names_out())
    ['네이버', '늘다', '매출', '카카오']
    """

    def __init__(
        self, *, tags: Sequence[str] | None = CONTENT_TAGS, lexicon: Iterable[str | Path] = (), model: str | Path | None = None
    ) -> None:
        self.tags, self.lexicon, self.model = tags, lexicon, model

    def __call__(self, text: str) -> list[str]:
        """The lemmas of one text, in order."""
        document = shared_pipeline(lexicon=self.lexicon, model=self.model)(str(text))
        return list(_lemmas(document, self.tags))


class KoprocVectorizer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Texts → a sparse matrix that counts, for each text, the features that were seen in training.

    Shape: (n_texts, n_features), float64. `features` names one or more kinds:

    - `entities`: names, by entity: `ORG=Huawei`
    - `labels`: how many names of a label: `label=ORG`
    - `terms`: technical terms by their English: `term=mixture of experts`
    - `dimensions`: quantities by what they measure: `dimension=money`
    - `modalities`: claims and events by modality: `modality=planned`
    - `lemmas`: content words: `lemma=늘다`

    The other options are those of `koproc.load`.

    >>> vectorizer = KoprocVectorizer(features=("entities", "dimensions"))
    >>> counts = vectorizer.fit_transform(["네이버와 카카오", "네이버의 매출은 2조 원이다."])
    >>> list(vectorizer.get_feature_names_out()), counts.toarray().tolist()
    (['ORG=Kakao', 'ORG=NAVER', 'dimension=money'], [[1.0, 1.0, 0.0], [0.0, 1.0, 1.0]])
    """

    def __init__(
        self,
        *,
        features: Sequence[str] = ("entities",),
        lexicon: Iterable[str | Path] = (),
        model: str | Path | None = None,
        min_score: float = 0.0,
        threads: int | None = None,
    ) -> None:
        self.features, self.lexicon, self.model, self.min_score, self.threads = features, lexicon, model, min_score, threads

    def fit(self, X: Iterable[str], y: object = None) -> KoprocVectorizer:  # noqa: N803
        """Learn which features there are. Raises ValueError for a feature that is none and for what is no collection of texts."""
        self.vectorizer_ = DictVectorizer().fit(self._counts(X))
        return self

    def fit_transform(self, X: Iterable[str], y: object = None) -> Any:  # noqa: N803
        """`fit` and `transform` with one analysis."""
        self.vectorizer_ = DictVectorizer()
        return self.vectorizer_.fit_transform(self._counts(X))

    def transform(self, X: Iterable[str]) -> Any:  # noqa: N803
        """The counts; features that were not seen in training are left out. Raises NotFittedError before `fit`."""
        check_is_fitted(self)
        return self.vectorizer_.transform(self._counts(X))

    def get_feature_names_out(self, input_features: object = None) -> Any:
        """The names of the columns, sorted; `input_features` is not used."""
        check_is_fitted(self)
        return self.vectorizer_.get_feature_names_out()

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string, tags.input_tags.two_d_array = True, False
        return tags

    def _counts(self, texts: Iterable[str]) -> list[dict[str, int]]:
        kinds = (self.features,) if isinstance(self.features, str) else tuple(self.features)
        unknown = [kind for kind in kinds if kind not in _FEATURES]
        if unknown or not kinds:
            raise ValueError(f"features must be some of {', '.join(_FEATURES)}, not {self.features!r}")
        if isinstance(texts, str):
            raise ValueError("X must be a collection of texts, not one text; put it into a list")
        nlp = shared_pipeline(lexicon=self.lexicon, model=self.model, min_score=self.min_score, threads=self.threads)
        return [Counter(name for kind in kinds for name in _FEATURES[kind](document)) for document in nlp.pipe(_strings(texts))]


def _strings(texts: Iterable[object]) -> Iterator[str]:
    for row, text in enumerate(texts):
        if not isinstance(text, str):
            raise ValueError(f"row {row} of X is {type(text).__name__}, not str; give a one-dimensional collection of texts")
        yield str(text)  # numpy has its own strings


def _lemmas(document: Document, tags: Sequence[str] | None) -> Iterator[str]:
    return (token.lemma for token in document.tokens if tags is None or token.tag.partition("-")[0] in tags)


def _statements(document: Document) -> tuple[Claim | Event, ...]:
    return (*document.claims, *document.events)


_FEATURES: dict[str, Callable[[Document], Iterator[str]]] = {
    "entities": lambda document: (f"{mention.label}={mention.entity}" for mention in document.mentions),
    "labels": lambda document: (f"label={mention.label}" for mention in document.mentions),
    "terms": lambda document: (f"term={term.en}" for term in document.terms),
    "dimensions": lambda document: (f"dimension={quantity.dimension}" for quantity in document.quantities),
    "modalities": lambda document: (f"modality={statement.modality}" for statement in _statements(document)),
    "lemmas": lambda document: (f"lemma={lemma}" for lemma in _lemmas(document, CONTENT_TAGS)),
}
