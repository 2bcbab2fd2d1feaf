"""scikit-learn: the estimator contract on texts, tokens for its vectorizers, pipelines and searches, and pickles without Kiwi.

`check_estimator` runs a single check on estimators that take strings, so the rest of its contract is tested here on texts.
"""

from __future__ import annotations

import pickle
from typing import Any

import pytest

pytest.importorskip("sklearn", reason="needs koproc[sklearn]")

import numpy as np
from sklearn.base import clone
from sklearn.compose import ColumnTransformer
from sklearn.exceptions import NotFittedError
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.utils import estimator_checks

from koproc.integrations.shared import _loaded
from koproc.integrations.sklearn import KoprocTokenizer, KoprocVectorizer

TEXTS = [
    "네이버는 매출이 2조 원으로 늘었다.",
    "카카오가 지난해 직원 300명을 뽑았다.",
    "엔비디아의 H200은 메모리가 141GB다.",
    "SK하이닉스는 HBM을 공급할 계획이다.",
    "",
    "내일 비가 온다.",
]


def dense(matrix: Any) -> list[list[float]]:
    rows: list[list[float]] = matrix.toarray().tolist()
    return rows


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.SkipTestWarning")
@pytest.mark.parametrize("estimator", [KoprocVectorizer(), KoprocVectorizer(features=("labels", "lemmas"))], ids=["default", "options"])
def test_check_estimator(estimator: Any) -> None:
    """What `check_estimator` runs for text, and its checks that need no data at all."""
    results = estimator_checks.check_estimator(estimator, on_skip="warn")
    assert {result["status"] for result in results} == {"passed"}
    for check in (
        "check_estimator_cloneable",
        "check_estimator_repr",
        "check_estimator_tags_renamed",
        "check_estimators_unfitted",
        "check_get_params_invariance",
        "check_mixin_order",
        "check_no_attributes_set_in_init",
        "check_parameters_default_constructible",
        "check_set_params",
        "check_valid_tag_types",
    ):
        getattr(estimator_checks, check)("KoprocVectorizer", clone(estimator))


def test_contract_on_texts() -> None:
    """`fit` returns the estimator and leaves options and texts alone; fitting again, or in one step, changes nothing."""
    vectorizer = KoprocVectorizer(features=("entities", "dimensions", "modalities"))
    before, texts = vectorizer.get_params(), list(TEXTS)
    assert vectorizer.fit(texts) is vectorizer
    assert (vectorizer.get_params(), texts) == (before, TEXTS)
    assert [name for name in vars(vectorizer) if name not in before] == ["vectorizer_"]
    first = dense(vectorizer.transform(TEXTS))
    assert dense(vectorizer.fit(TEXTS).transform(TEXTS)) == first
    assert dense(clone(vectorizer).fit_transform(TEXTS)) == first
    assert len(first) == len(TEXTS)
    assert len(first[0]) == len(vectorizer.get_feature_names_out())


def test_rows_are_independent() -> None:
    """A row is the same alone, in another order and in another batch; features not seen in training are left out."""
    vectorizer = KoprocVectorizer().fit(TEXTS)
    whole = dense(vectorizer.transform(TEXTS))
    assert [dense(vectorizer.transform([text]))[0] for text in TEXTS] == whole
    assert dense(vectorizer.transform(TEXTS[::-1])) == whole[::-1]
    assert dense(vectorizer.transform(["삼성전자"])) == [[0.0] * len(whole[0])]
    assert KoprocVectorizer().fit_transform(["내일"]).shape == (1, 0)


@pytest.mark.parametrize("collect", [list, tuple, np.array, lambda texts: np.array(texts, dtype=object), iter], ids=str)
def test_collections_of_texts(collect: Any) -> None:
    """Lists, tuples, arrays of any kind and iterators."""
    assert dense(KoprocVectorizer().fit_transform(collect(TEXTS))) == dense(KoprocVectorizer().fit_transform(TEXTS))


def test_pandas_columns() -> None:
    """A Series is a collection of texts, and so is the column that a ColumnTransformer picks."""
    pandas = pytest.importorskip("pandas", reason="needs pandas")
    frame = pandas.DataFrame({"text": TEXTS, "n": range(len(TEXTS))})
    expected = dense(KoprocVectorizer().fit_transform(TEXTS))
    assert dense(KoprocVectorizer().fit_transform(frame["text"])) == expected
    columns = ColumnTransformer([("names", KoprocVectorizer(), "text"), ("n", "passthrough", ["n"])], sparse_threshold=1.0)
    assert np.asarray(dense(columns.fit_transform(frame)))[:, :-1].tolist() == expected
    assert list(columns.get_feature_names_out())[-2:] == ["names__PRODUCT=H200", "n__n"]


@pytest.mark.parametrize(
    ("features", "names"),
    [
        ("entities", ["ORG=NAVER", "ORG=NVIDIA", "PRODUCT=H200"]),
        (["labels"], ["label=ORG", "label=PRODUCT"]),
        (("dimensions", "modalities"), ["dimension=", "modality="]),
        (("terms",), ["term=employee", "term=revenue"]),
        (("lemmas",), ["lemma=네이버", "lemma=늘다"]),
    ],
)
def test_kinds_of_features(features: Any, names: list[str]) -> None:
    """Each kind has names that say what they are."""
    found = list(KoprocVectorizer(features=features).fit(TEXTS).get_feature_names_out())
    assert found == sorted(found)
    for name in names:
        assert any(feature.startswith(name) for feature in found), (name, found)


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        ("네이버", "X must be a collection"),
        ([None], "row 0 of X is NoneType"),
        (["가", 1.5], "row 1 of X is float"),
        (np.array([["가"]]), "row 0 of X is ndarray"),
    ],
)
def test_what_is_no_text(texts: Any, message: str) -> None:
    """One string, missing values, numbers and tables are refused with the row."""
    with pytest.raises(ValueError, match=message):
        KoprocVectorizer().fit(texts)


def test_mistakes() -> None:
    """Unknown features, and use before fitting, are the errors that scikit-learn expects."""
    for features in (("names",), (), "name"):
        with pytest.raises(ValueError, match="features must be some of entities, labels"):
            KoprocVectorizer(features=features).fit(TEXTS)
    with pytest.raises(NotFittedError):
        KoprocVectorizer().transform(TEXTS)
    with pytest.raises(NotFittedError):
        KoprocVectorizer().get_feature_names_out()


def test_nothing_is_loaded_early_and_nothing_heavy_is_pickled() -> None:
    """Making, cloning and pickling load no pipeline; a fitted estimator comes back the same, and small."""
    _loaded.cache_clear()
    tokenizer, vectorizer = KoprocTokenizer(tags=("NNP",)), KoprocVectorizer(threads=1)
    pickle.loads(pickle.dumps([clone(tokenizer), clone(vectorizer), CountVectorizer(analyzer=tokenizer)]))
    assert _loaded.cache_info().misses == 0
    vectorizer.fit(TEXTS)
    assert _loaded.cache_info().misses == 1
    saved = pickle.dumps(vectorizer)
    assert len(saved) < 10_000
    assert dense(pickle.loads(saved).transform(TEXTS)) == dense(vectorizer.transform(TEXTS))


def test_tokenizer_in_vectorizers() -> None:
    """As analyzer or as tokenizer, with n-grams; its options can be searched through the vectorizer's."""
    counts = CountVectorizer(analyzer=KoprocTokenizer(tags=("NNP", "NNG")))
    counts.fit(TEXTS)
    assert {"네이버", "매출", "메모리"} <= set(counts.get_feature_names_out())
    pairs = TfidfVectorizer(tokenizer=KoprocTokenizer(), token_pattern=None, lowercase=False, ngram_range=(2, 2))
    assert "네이버 매출" in pairs.fit(TEXTS).vocabulary_
    assert counts.get_params()["analyzer__tags"] == ("NNP", "NNG")
    copy = clone(counts).set_params(analyzer__tags=("NNP",))
    assert "매출" not in copy.fit(TEXTS).vocabulary_
    assert counts.analyzer.tags == ("NNP", "NNG")
    assert KoprocTokenizer(tags=None)("네이버가 왔다.") == ["네이버", "가", "오다", "었", "다", "."]


def test_pipeline_and_search() -> None:
    """A classifier of texts learns from names and words; cross-validation, in other processes too, and a search over features work."""
    texts = [f"{name}는 {number}억 원을 벌었다." for name in ("네이버", "카카오", "엔비디아") for number in range(2, 6)]
    texts += [
        f"{day} {place}에 비가 {amount}mm 내렸다." for day in ("어제", "오늘", "밤에") for place in ("서울", "부산") for amount in (3, 40)
    ]
    labels = ["business"] * 12 + ["weather"] * 12
    model = make_pipeline(KoprocVectorizer(features=("labels", "dimensions"), threads=1), LogisticRegression())
    assert cross_val_score(model, texts, labels, cv=3).min() == 1.0
    assert cross_val_score(model, texts, labels, cv=2, n_jobs=2).min() == 1.0
    search = GridSearchCV(model, {"koprocvectorizer__features": [("entities",), ("labels", "dimensions")]}, cv=2).fit(texts, labels)
    assert search.best_params_ == {"koprocvectorizer__features": ("labels", "dimensions")}
    words = make_pipeline(CountVectorizer(analyzer=KoprocTokenizer()), LogisticRegression()).fit(texts, labels)
    assert words.predict(["삼성전자는 돈을 벌었다.", "제주에 비가 내렸다."]).tolist() == ["business", "weather"]
