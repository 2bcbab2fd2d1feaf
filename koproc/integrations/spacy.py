"""koproc inside spaCy: a tokenizer that partitions any text by Kiwi's morphemes, and a component that puts what was found on the Doc.

Wants `pip install 'koproc[spacy]'`; spaCy then finds both by name, without an import. The tokenizer runs the whole pipeline, as names
decide where tokens end, and leaves the Document on the Doc; the component only copies from there. Nothing here holds Kiwi, so pipelines
pickle, save and fork; every process loads its own on first use.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import DummyTokenizer, filter_spans, registry
from spacy.vocab import Vocab
from srsly import msgpack_encoders

from ..document import Document
from ..errors import InputError, KoprocError
from ..formats.json_lines import dumps, loads
from ..formats.partition import WHITE_SPACE_TAG, partition
from .shared import shared_pipeline

TOKENIZER = "koproc.KiwiTokenizer.v1"
_KEY: Any = ("._.", "koproc", None, None)  # in Doc.user_data, as spaCy names the place of an attribute

# Universal part of speech → the Sejong tags, as Kiwi writes them; what is missing (SL, SH, UN, …) is X. A piece of several morphemes has
# that of the first. Endings and affixes are no words in Universal Dependencies; PART is the nearest.
_TAGS_OF = {
    "NOUN": "NNG NNB XR",
    "PROPN": "NNP",
    "PRON": "NP",
    "NUM": "NR SN W_SERIAL",
    "VERB": "VV",
    "ADJ": "VA VCN",
    "AUX": "VX VCP",
    "DET": "MM",
    "ADV": "MAG",
    "CCONJ": "MAJ JC",
    "INTJ": "IC",
    "ADP": "JKS JKC JKG JKO JKB JKV JKQ JX",
    "PART": "EP EF EC ETN ETM XPN XSN XSV XSA XSM",
    "PUNCT": "SF SP SS SSO SSC SE SO SB",
    "SYM": "SW W_URL W_EMAIL W_HASHTAG W_MENTION W_EMOJI",
    "SPACE": WHITE_SPACE_TAG,
}
_POS = {tag: pos for pos, tags in _TAGS_OF.items() for tag in tags.split()}

Options = dict[str, Any]  # lexicon, model, min_score of koproc.load


class KiwiTokenizer(DummyTokenizer):
    """Text → Doc whose tokens partition it: `doc.text == text`, and every name, quantity, time and sentence begins and ends with a token.

    `tag_` is Kiwi's Sejong tag, several joined by `+` where morphemes share characters (했: VV+EP), as is `lemma_`; `pos_` is the universal
    part of speech of the first. White space beyond one space is a token of its own.

    >>> import spacy
    >>> nlp = spacy.blank("ko", config={"nlp": {"tokenizer": {"@tokenizers": "koproc.KiwiTokenizer.v1"}}})
    >>> [(token.text, token.tag_, token.pos_) for token in nlp("네이버가 왔다.")]
    [('네이버', 'NNP', 'PROPN'), ('가', 'JKS', 'ADP'), ('왔', 'VV+EP', 'VERB'), ('다', 'EF', 'PART'), ('.', 'SF', 'PUNCT')]
    """

    def __init__(self, vocab: Vocab, options: Options) -> None:
        self.vocab, self.options = vocab, options

    def __call__(self, text: str, *, published: date | str | None = None) -> Doc:
        """The Doc of a text; for relative dates to be resolved, give it the publication date and the Doc to `nlp` or `nlp.pipe`.

        Raises:
            InputError: the text holds a lone surrogate, which spaCy's strings cannot.
        """
        document = shared_pipeline(**self.options)(text, published=published)
        pieces = partition(document)
        try:
            doc = Doc(
                self.vocab,
                words=[text[piece.start : piece.end] for piece in pieces],
                spaces=[piece.space_after for piece in pieces],
                tags=[piece.tag for piece in pieces],
                pos=[_POS.get(piece.tag.partition("+")[0].partition("-")[0], "X") for piece in pieces],
                lemmas=[piece.lemma for piece in pieces],
            )
        except UnicodeEncodeError as err:
            at = next(offset for offset, character in enumerate(text) if "\ud800" <= character <= "\udfff")
            reason = f"spaCy cannot hold the lone surrogate at {at}; replace it, as with text.encode('utf-8', 'replace').decode()"
            raise InputError("text", reason) from err
        doc.user_data[_KEY] = document
        return doc


@registry.tokenizers(TOKENIZER)  # type: ignore[untyped-decorator]
def create_tokenizer(lexicon: list[str] = [], model: str | None = None, min_score: float = 0.0) -> Callable[[Language], KiwiTokenizer]:  # noqa: B006
    """The tokenizer that a config names; `lexicon`, `model` and `min_score` are those of `koproc.load`."""
    options = {"lexicon": list(lexicon), "model": model, "min_score": min_score}
    return lambda nlp: KiwiTokenizer(nlp.vocab, options)


@Language.factory(
    "koproc",
    default_config={"lexicon": None, "model": None, "min_score": None},
    assigns=["doc.ents", "token.ent_type", "token.ent_iob", "token.ent_id", "token.is_sent_start", "doc._.koproc"],
)
def create_component(nlp: Language, name: str, lexicon: list[str] | None, model: str | None, min_score: float | None) -> Component:
    """The component `koproc`. With the Kiwi tokenizer its options are the tokenizer's; they are for pipelines with another one.

    Raises:
        KoprocError: an option that the Kiwi tokenizer has otherwise.
    """
    given = {"lexicon": lexicon, "model": model, "min_score": min_score}
    options = {option: value for option, value in given.items() if value is not None}
    if isinstance(nlp.tokenizer, KiwiTokenizer):
        unlike = [option for option, value in options.items() if nlp.tokenizer.options[option] != value]
        if unlike:
            raise KoprocError(f"{name}: the tokenizer has another {unlike[0]}; set it in [nlp.tokenizer] alone, where the text is analysed")
    return Component(options)


class Component:
    """Doc → the same Doc with `ents`, sentences and `doc._.koproc`, the Document with claims, quantities and all else.

    `ent.id_` is the id of the mention (`doc._.koproc.mention(ent.id_)`), `ent.kb_id_` the name of the entity that mentions share. Entities
    that were there before are replaced; sentences that were there stay.

    >>> import spacy
    >>> nlp = spacy.blank("ko", config={"nlp": {"tokenizer": {"@tokenizers": "koproc.KiwiTokenizer.v1"}}})
    >>> _ = nlp.add_pipe("koproc")
    >>> doc = nlp("네이버는 내년 매출을 2조 원으로 늘릴 계획이다.")
    >>> [(ent.text, ent.label_, doc._.koproc.mention(ent.id_).en) for ent in doc.ents], doc._.koproc.claims[0].modality
    ([('네이버', 'ORG', 'NAVER')], 'planned')
    """

    def __init__(self, options: Options) -> None:
        self.options = options

    def __call__(self, doc: Doc) -> Doc:
        document = _document(doc)
        if document is None:
            document = doc.user_data[_KEY] = shared_pipeline(**self.options)(doc.text)
        doc.ents = _entities(doc, document)
        if not doc.has_annotation("SENT_START"):
            starts = {span[0].i for span in _spans(doc, ((sentence.start, sentence.end) for sentence in document.sentences))}
            for token in doc:
                token.is_sent_start = token.i in starts or token.i == 0
        return doc


def _entities(doc: Doc, document: Document) -> list[Span]:
    spans = _spans(doc, ((mention.start, mention.end) for mention in document.mentions))
    named = [
        Span(doc, span.start, span.end, mention.label, kb_id=mention.entity, span_id=mention.id)
        for span, mention in zip(spans, document.mentions, strict=True)
    ]
    if [(span.start_char, span.end_char) for span in spans] != [(mention.start, mention.end) for mention in document.mentions]:
        warnings.warn(f"names do not end where tokens do; entities were widened. The tokenizer {TOKENIZER} avoids it", stacklevel=3)
    return filter_spans(named)


def _spans(doc: Doc, offsets: Iterable[tuple[int, int]]) -> list[Span]:
    """The tokens that touch each stretch of the text."""
    spans = (doc.char_span(start, end, alignment_mode="expand") for start, end in offsets)
    return [span for span in spans if span is not None]


def _document(doc: Doc) -> Document | None:
    """The Document of a Doc, read when it is asked for if it was saved with the Doc; None where there is none, or that of another text."""
    document = doc.user_data.get(_KEY)
    if isinstance(document, str):
        document = doc.user_data[_KEY] = loads(document)
    return document if document is not None and document.text == doc.text else None


def _set_document(doc: Doc, document: Document | None) -> None:
    doc.user_data[_KEY] = document


def _encode(value: object, chain: Callable[[object], object] | None = None) -> object:
    """A Document as spaCy saves it: the line of JSON that other programs read."""
    if isinstance(value, Document):
        return dumps(value, tokens=True)
    return value if chain is None else chain(value)


msgpack_encoders.register("koproc", func=_encode)
Doc.set_extension("koproc", getter=_document, setter=_set_document, force=True)
