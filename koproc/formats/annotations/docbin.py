"""spaCy's DocBin (https://spacy.io/api/docbin), the file that `spacy train` reads: all documents in one. Offsets count code points.

Tokens are Kiwi's morphemes, joined where they share characters (`formats/partition.py`), so that every name begins and ends with a token;
their Sejong tag is `tag_`. Names are `doc.ents`, with their id in `ent_id_`; those that overlap another are `doc.spans["overlapping"]`,
quantities and times `doc.spans["quantities"]` and `["times"]`. The rest of a record travels in `doc.user_data["koproc"]` as JSON.

What spaCy, Prodigy or a script changed in `ents` and `spans` is read; spaCy's strings hold no lone surrogates: U+FFFD takes their
place, is reported, and is put back on reading.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from ...document import Document, Mention
from ...errors import InputError, KoprocError
from ..partition import partition
from .corrections import Found, carried, corrected, known
from .files import SURROGATES, held, parsed_json, restored
from .standoff import Kind, Scalar, Warn, to_document

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_KEY, _OVERLAPPING = "koproc", "overlapping"
_GROUPS: dict[str, Kind] = {_OVERLAPPING: "mention", "quantities": "quantity", "times": "time"}
_LABELS = {"quantity": "QUANTITY", "time": "TIME"}


def _vocab() -> Vocab:
    try:
        from spacy.vocab import Vocab
    except ImportError as err:
        raise KoprocError("DocBin needs spaCy; install it with: pip install 'koproc[spacy]'") from err
    return Vocab()


def write(documents: Iterable[Document], stream: BinaryIO, *, warn: Warn) -> None:
    """Write one DocBin, which spaCy holds in memory as a whole. Raises KoprocError without spaCy."""
    vocab = _vocab()
    from spacy.tokens import DocBin

    attributes = ["ORTH", "SPACY", "TAG", "LEMMA", "ENT_IOB", "ENT_TYPE", "ENT_ID", "SENT_START"]
    box = DocBin(attrs=attributes, store_user_data=True)
    for document in documents:
        box.add(to_doc(document, vocab, warn=warn))
    stream.write(box.to_bytes())


def to_doc(document: Document, vocab: Vocab, *, warn: Warn) -> Doc:
    """A spaCy Doc with the text, tokens, names, quantities and times of a document."""
    from spacy.tokens import Doc, Span

    text, replaced = held(document.text, SURROGATES, document.id, warn)
    pieces = partition(document)
    begins = {sentence.start for sentence in document.sentences}
    doc = Doc(
        vocab,
        words=[text[piece.start : piece.end] for piece in pieces],
        spaces=[piece.space_after for piece in pieces],
        tags=[piece.tag for piece in pieces],
        lemmas=[_encodable(piece.lemma) for piece in pieces],
        sent_starts=[piece.start in begins for piece in pieces] if begins else None,
    )
    first = {piece.start: at for at, piece in enumerate(pieces)}
    last = {piece.end: at + 1 for at, piece in enumerate(pieces)}

    def span(item: Any, label: str) -> Span:
        return Span(doc, first[item.start], last[item.end], label=label, span_id=item.id)

    apart, overlapping = _apart(document.mentions)
    doc.ents = [span(mention, _encodable(mention.label)) for mention in apart]
    doc.spans[_OVERLAPPING] = [span(mention, _encodable(mention.label)) for mention in overlapping]
    doc.spans["quantities"] = [span(quantity, "QUANTITY") for quantity in document.quantities]
    doc.spans["times"] = [span(time, "TIME") for time in document.times]
    doc.user_data[_KEY] = json.dumps({"record": carried(document), "replaced": replaced})
    return doc


def _encodable(text: str) -> str:
    return SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)


def _apart(mentions: Iterable[Mention]) -> tuple[list[Mention], list[Mention]]:
    """Mentions of which none overlaps another, and the rest; empty ones are no spans of spaCy's."""
    apart: list[Mention] = []
    overlapping: list[Mention] = []
    for mention in sorted(
        (mention for mention in mentions if mention.start < mention.end), key=lambda mention: (mention.start, -mention.end)
    ):
        free = not apart or apart[-1].end <= mention.start
        (apart if free else overlapping).append(mention)
    return apart, overlapping


def read(path: Path, *, warn: Warn) -> Iterator[Document | InputError]:
    """The documents of a DocBin, koproc's or any other. Raises KoprocError without spaCy, InputError where the file is no DocBin."""
    vocab = _vocab()
    from spacy.tokens import DocBin

    try:
        box = DocBin(store_user_data=True).from_bytes(path.read_bytes())
        docs = list(box.get_docs(vocab))
    except OSError as err:
        raise InputError(str(path), f"cannot be read ({err})") from err
    except (ValueError, KeyError, TypeError, IndexError, zlib.error) as err:
        raise InputError(str(path), f"not a DocBin of spaCy's ({type(err).__name__}: {err})") from err
    for number, doc in enumerate(docs, 1):
        try:
            yield _document(doc, f"{path}:{number}", warn)
        except InputError as err:
            yield err


def _document(doc: Doc, source: str, warn: Warn) -> Document:
    said = parsed_json(str(doc.user_data.get(_KEY, "{}")), source)
    said = said if isinstance(said, dict) else {}
    text = restored(doc.text, said.get("replaced"))
    head, annotations = known(said.get("record"), text, source=source, warn=warn)
    found = [_found(ent, "mention", ent.ent_id_) for ent in doc.ents]
    for group, kind in _GROUPS.items():
        found += [_found(span, kind, span.id_) for span in doc.spans.get(group, ())]
    if "sentences" not in head and doc.has_annotation("SENT_START"):
        head["sentences"] = [{"start": s.start_char, "end": s.end_char} for s in doc.sents if s.text.strip()]
    kinds = [kind for group, kind in _GROUPS.items() if kind == "mention" or group in doc.spans]
    return to_document(
        text, {"id": source} | head, corrected(annotations, found, kinds), source=source, warn=lambda w: warn(f"{source}: {w}")
    )


def _found(span: Any, kind: Kind, id: str) -> Found:
    features: dict[str, Scalar] = {"label": span.label_} if kind == "mention" else {}
    return Found(span.start_char, span.end_char, features, kind, id)
