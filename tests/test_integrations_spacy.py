"""spaCy: tokens that partition any text, entities that align, the Document on the Doc, and everything after saving, pickling and forking."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_articles import invented_articles

import koproc
from koproc.errors import InputError, KoprocError

spacy = pytest.importorskip("spacy", reason="needs koproc[spacy]")

from spacy.tokens import Doc, DocBin  # noqa: E402

from koproc.integrations.spacy import TOKENIZER, Component, KiwiTokenizer  # noqa: E402

KIWI = {"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}}
ARTICLE = "😀 네이버는\r\n매출이 1조 2,345억 원이라고 했다.  ‘무리-4’를 공개한 카카오(대표 김가온)는\t지난해 9월 직원이 3배 이상 늘었다.\n\n\u3000끝"


def pipeline(tokenizer: dict[str, Any] | None = None, **options: Any) -> Any:
    nlp = spacy.blank("ko", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER, **(tokenizer or {})}}})
    nlp.add_pipe("koproc", config=options)
    return nlp


@pytest.fixture(scope="module")
def korean() -> Any:
    return pipeline()


def facts(doc: Any) -> list[Any]:
    tokens = [(token.text, token.whitespace_, token.tag_, token.pos_, token.lemma_, token.is_sent_start) for token in doc]
    entities = [(ent.start_char, ent.end_char, ent.label_, ent.id_, ent.kb_id_) for ent in doc.ents]
    found = doc._.koproc
    return [doc.text, tokens, entities, found.mentions, found.quantities, found.times, found.claims, found.events, found.terms]


def test_what_is_on_the_doc(korean: Any, nlp: koproc.Pipeline) -> None:
    """Entities, sentences and claims are those of the pipeline; every name, quantity, time and sentence begins and ends with a token."""
    for text in [ARTICLE, *invented_articles(30)]:
        doc, document = korean(text), nlp(text)
        assert doc.text == text
        assert doc._.koproc.claims == document.claims
        assert [(ent.start_char, ent.end_char, ent.label_, ent.id_) for ent in doc.ents] == [
            (mention.start, mention.end, mention.label, mention.id) for mention in document.mentions
        ]
        for span in (*document.mentions, *document.quantities, *document.times, *document.sentences):
            assert doc.char_span(span.start, span.end) is not None, span
        starts = [sentence.start_char for sentence in doc.sents]
        assert {sentence.start for sentence in document.sentences} <= {0, *starts}


def test_tokens(korean: Any) -> None:
    """Sejong tags, universal parts of speech and lemmas; morphemes that share a character are one token; white space is kept."""
    tokens = [(token.text, token.tag_, token.pos_, token.lemma_) for token in korean("네이버가  했다.\r\nAI 칩")]
    assert tokens == [
        ("네이버", "NNP", "PROPN", "네이버"),
        ("가", "JKS", "ADP", "가"),
        (" ", "_SP", "SPACE", " "),
        ("했", "VV+EP", "VERB", "하다+었"),
        ("다", "EF", "PART", "다"),
        (".", "SF", "PUNCT", "."),
        ("\r\n", "_SP", "SPACE", "\r\n"),
        ("AI", "SL", "X", "AI"),
        ("칩", "NNG", "NOUN", "칩"),
    ]
    assert len(korean("")) == 0


PIECES = st.sampled_from(
    [
        "네이버",
        "했다",
        "가",
        ".",
        " ",
        "  ",
        "\r\n",
        "\t",
        "\u00a0",
        "\u200b",
        "😀",
        "👨\u200d👩",
        "30%",
        "(",
        "”",
        "A-1",
        "\0",
        "ᄒ",
        "é",
        "\u2028",
    ]
)


@given(st.one_of(st.text(st.characters(codec="utf-8"), max_size=40), st.lists(PIECES, max_size=12).map("".join)))
def test_tokens_partition_any_text(korean: Any, text: str) -> None:
    """Whatever the text, its tokens are the text again, and no entity is lost or moved."""
    doc = korean(text)
    assert doc.text == text
    assert [(ent.start_char, ent.end_char) for ent in doc.ents] == [(mention.start, mention.end) for mention in doc._.koproc.mentions]


def test_lone_surrogates_are_refused(korean: Any) -> None:
    """spaCy cannot hold them; the message says where one is and what helps."""
    with pytest.raises(InputError, match="lone surrogate at 3"):
        korean("네이버\ud800가 왔다.")
    assert korean("네이버\ud800가".encode("utf-8", "replace").decode()).ents[0].text == "네이버"


def test_analysis_runs_once(korean: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tokenizer and component share one analysis."""
    analysed = []
    annotate = koproc.Pipeline.annotate

    def counted(self: koproc.Pipeline, article: koproc.Article) -> koproc.Document:
        analysed.append(article.text)
        return annotate(self, article)

    monkeypatch.setattr(koproc.Pipeline, "annotate", counted)
    korean("네이버와 카카오")
    assert analysed == ["네이버와 카카오"]
    pipeline()
    assert len(analysed) == 1


@pytest.mark.parametrize("processes", [1, 2])
def test_pipe(korean: Any, processes: int) -> None:
    """`nlp.pipe` gives what single calls give, in order, with contexts, in one process or two (forked after Kiwi's first use)."""
    texts = [ARTICLE, "", *invented_articles(12)]
    expected = [facts(korean(text)) for text in texts]
    pairs = list(korean.pipe(((text, n) for n, text in enumerate(texts)), as_tuples=True, batch_size=3, n_process=processes))
    assert [n for _, n in pairs] == list(range(len(texts)))
    for (doc, _), wanted in zip(pairs, expected, strict=True):
        assert facts(doc) == wanted


def test_docs_are_saved_with_everything(korean: Any, tmp_path: Path) -> None:
    """Bytes, DocBin on disk and pickle bring back tokens, entities and the Document."""
    docs = [korean(text) for text in [ARTICLE, "", *invented_articles(3)]]
    DocBin(docs=docs, store_user_data=True).to_disk(tmp_path / "docs.spacy")
    saved = [
        [Doc(korean.vocab).from_bytes(doc.to_bytes()) for doc in docs],
        list(DocBin().from_disk(tmp_path / "docs.spacy").get_docs(spacy.blank("xx").vocab)),
        pickle.loads(pickle.dumps(docs)),
    ]
    for copies in saved:
        assert [facts(copy) for copy in copies] == [facts(doc) for doc in docs]
    assert "koproc/1" in str(docs[0].to_bytes())  # what other programs read
    with pytest.warns(UserWarning, match="W101"):  # a joined text is no text that was analysed
        joined = Doc.from_docs(docs[2:])
    assert joined._.koproc is None
    assert len(joined.ents) == sum(len(doc.ents) for doc in docs[2:])
    bare = list(DocBin(docs=docs).get_docs(korean.vocab))
    assert bare[0]._.koproc is None


def test_pipelines_are_saved_and_pickled(tmp_path: Path) -> None:
    """To disk, bytes and pickle and back, options included; no Kiwi travels."""
    lexicon = tmp_path / "mine.tsv"
    lexicon.write_text("ko\ten\tkind\n돌고래소프트\tDolphinSoft\tORG\n", encoding="utf-8")
    nlp = pipeline({"lexicon": [str(lexicon)]})
    text = "돌고래소프트는 네이버와 손잡았다."
    nlp.to_disk(tmp_path / "saved")
    copies = [spacy.load(tmp_path / "saved"), spacy.blank("ko", config=KIWI), pickle.loads(pickle.dumps(nlp))]
    copies[1] = spacy.util.load_model_from_config(nlp.config, auto_fill=True).from_bytes(nlp.to_bytes())
    for copy in copies:
        assert [copy(text)._.koproc.mention(ent.id_).en for ent in copy(text).ents] == ["DolphinSoft", "NAVER"]
        assert copy.config["nlp"]["tokenizer"] == {"@tokenizers": TOKENIZER, "lexicon": [str(lexicon)], "model": None, "min_score": 0.0}
    assert len(pickle.dumps(nlp.tokenizer.options)) < 1000


def test_options(tmp_path: Path) -> None:
    """A least score is the tokenizer's; the component may repeat it, and says so if it does not agree; a missing file is named."""
    assert pipeline({"min_score": 1.01})("네이버").ents == ()
    assert pipeline({"min_score": 1.01}, min_score=1.01)("네이버").ents == ()
    with pytest.raises(KoprocError, match="the tokenizer has another min_score"):
        pipeline(min_score=0.5)
    with pytest.raises(koproc.ResourceError, match=r"none\.tsv"):
        pipeline({"lexicon": [str(tmp_path / "none.tsv")]})("네이버")
    with pytest.raises(ValueError, match="min_score"):
        pipeline({"min_score": "high"})


def test_another_tokenizer() -> None:
    """With tokens that hold particles, entities are widened to them and a warning says what avoids it; the Document stays exact."""
    nlp = spacy.blank("xx")
    nlp.add_pipe("koproc", config={"min_score": 0.0})
    with pytest.warns(UserWarning, match=TOKENIZER):
        doc = nlp("네이버는 왔다. 카카오와 SK하이닉스·엔비디아가 웃었다.")
    assert [ent.text for ent in doc.ents][:2] == ["네이버는", "카카오와"]
    assert [mention.text for mention in doc._.koproc.mentions] == ["네이버", "카카오", "SK하이닉스", "엔비디아"]
    assert [sentence.text for sentence in doc.sents] == ["네이버는 왔다.", "카카오와 SK하이닉스·엔비디아가 웃었다."]


def test_sentences_of_others_stay() -> None:
    """A sentencizer before the component keeps its sentences."""
    nlp = spacy.blank("ko", config=KIWI)
    nlp.add_pipe("sentencizer", config={"punct_chars": ["칩"]})
    nlp.add_pipe("koproc")
    assert [sentence.text for sentence in nlp("네이버의 칩 하나. 끝").sents] == ["네이버의 칩", "하나. 끝"]


def test_publication_date(korean: Any) -> None:
    """Relative dates resolve where the tokenizer is given the day; the Doc then goes through the pipeline like a text."""
    texts = [("지난해 9월 네이버가 왔다.", "2026-01-21"), ("어제 나왔다.", "2025-05-02")]
    docs = list(korean.pipe(korean.tokenizer(text, published=day) for text, day in texts))
    assert [doc._.koproc.times[0].value for doc in docs] == ["2025-09", "2025-05-01"]
    assert docs[0].ents[0].text == "네이버"
    assert korean(texts[1][0])._.koproc.times[0].value is None


def test_names_in_spacy(korean: Any) -> None:
    """Both are found by name, and say what they assign."""
    assert isinstance(korean.tokenizer, KiwiTokenizer)
    assert isinstance(korean.get_pipe("koproc"), Component)
    assert "doc.ents" in korean.get_pipe_meta("koproc").assigns
    assert korean.analyze_pipes()["problems"] == {"koproc": []}
