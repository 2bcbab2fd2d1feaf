"""Formats of annotation tools: nothing is lost on the way out and back, every written file loads in the reader that it is for, and what
a person corrected is read."""

from __future__ import annotations

import csv
import json
import re
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

import koproc
from koproc.cli import main
from koproc.cli.annotation_files import read_labelled
from koproc.document import Claim, Document, Mention, Quantity, Reference, Sentence, Token
from koproc.errors import InputError, KoprocError
from koproc.formats import dumps, loads
from koproc.formats.annotations import ANNOTATION_FORMATS, READABLE, read_annotations, write_annotations
from koproc.formats.annotations.detection import detect
from koproc.formats.annotations.label_studio import labeling_config
from koproc.formats.offsets import OFFSET_UNITS, Offsets, OffsetUnit
from koproc.formats.partition import WHITE_SPACE_TAG, partition

SUFFIXES = {"json": ".jsonl", "doccano": ".jsonl", "label-studio": ".json", "docbin": ".spacy"}
NEWS = (
    "\N{FACE WITH TEARS OF JOY} 한빛電子 “누리칩-3” 출시…매출 40% 늘린다\r\n\r\n"
    "한빛전자(대표 김가람)는 내년 매출을 전년보다 40% 늘린 3조 5천억 원으로 높일 계획이라고 21일 밝혔다. \N{OPEN BOOK}\n"
    "회사는 오는 9월 서울에서 ‘누리칩-3’을 공개한다.\t<b>&amp;</b> \"따옴표\" '작은따옴표'\r\n"
)


def _named(text: str, *names: tuple[str, str, str], id: str = "made") -> Document:
    """A document with names at their first place in the text."""
    places = [(text.index(surface), surface, label, en) for surface, label, en in names]
    mentions = [
        Mention(
            f"m{number}", start, start + len(surface), surface, label, en, "lexicon" if en else "same", en or surface, 0.75, "model", "cue"
        )
        for number, (start, surface, label, en) in enumerate(sorted(places), 1)
    ]
    return Document(id=id, text=text, mentions=tuple(mentions))


AWKWARD = {
    "joined emoji": _named(
        "\N{WOMAN}\u200d\N{WOMAN}\u200d\N{GIRL} 누리온\N{ROCKET}다래울", ("누리온", "ORG", "Nurion"), ("다래울", "ORG", "Daraeul")
    ),
    "Hanja": _named("三星電子와 \U00020bb7野家가 왔다", ("三星電子", "ORG", "Samsung Electronics"), ("\U00020bb7野家", "ORG", "Yoshinoya")),
    "old Hangul": _named("ᄒᆞᆫ글과컴퓨터는 ᄆᆞᆯᄊᆞᆷ을 냈다", ("ᄒᆞᆫ글과컴퓨터", "ORG", "Hancom"), ("ᄆᆞᆯᄊᆞᆷ", "PRODUCT", "")),
    "line breaks": _named(
        "첫 줄\r\n카카오\r\n페이\r\n\n\x0b끝\u2028 누리온 \r", ("카카오\r\n페이", "ORG", "Kakao Pay"), ("누리온", "ORG", "Nurion")
    ),
    "tabs and quotes": _named("\t\"누리\t온\"는 'a|b=c'\\n를 <&>", ("누리\t온", "ORG", 'Nuri "on" | = \\'), ("a|b=c", "PRODUCT", "<&>")),
    "labels": _named("가람 나래 다온", ("가람", '이름 없는 "것"', "Garam"), ("나래", "Quantity", "Narae"), ("다온", "B-ORG_1", "=Daon")),
    "lone surrogate": _named("\ud800 누리온 \udfff\x07\ufffe 다래울", ("누리온", "ORG", "Nurion"), ("다래울", "ORG", "Daraeul")),
    "overlapping": _named(
        "한빛전자 누리칩", ("한빛전자 누리칩", "PRODUCT", "Hanbit Nurichip"), ("한빛전자", "ORG", "Hanbit"), ("누리칩", "PRODUCT", "")
    ),
    "space at the edge": _named("온 누리온 은 끝", (" 누리온 ", "ORG", "Nurion")),
    "nothing": Document(id="nothing", text=""),
    "no names": Document(id="no names", text="이름 없는 문장이다."),
}


@pytest.fixture(scope="module")
def news(nlp: koproc.Pipeline) -> Document:
    document = nlp(NEWS, published="2026-01-21T16:07", title="한빛電子", id="news/기사 1.txt")
    assert document.claims
    assert document.events
    assert document.terms or document.glosses
    return document


@dataclass(slots=True)
class Files:
    """Documents written in a format: where, and what was said about it."""

    path: Path
    said: list[str] = field(default_factory=list)


def _write(documents: list[Document], form: str, folder: Path) -> Files:
    files = Files(folder if ANNOTATION_FORMATS[form].many else folder / f"written{SUFFIXES.get(form, '.out')}")
    if ANNOTATION_FORMATS[form].many:
        write_annotations(documents, form, lambda name, content: void((folder / name).write_bytes(content)), warn=files.said.append)
    else:
        with files.path.open("wb") as stream:
            write_annotations(documents, form, stream, warn=files.said.append)
    return files


def void(_: object) -> None:
    """What a writer's `save` returns."""


def _read(path: Path, form: str | None = None, said: list[str] | None = None) -> list[Document]:
    documents = []
    for item in read_annotations(path, form, warn=(said if said is not None else []).append):
        assert isinstance(item, Document), item
        documents.append(item)
    return documents


def _record(document: Document) -> str:
    return dumps(replace(document, tokens=()))


@pytest.mark.parametrize("form", READABLE)
def test_round_trip_of_news(news: Document, form: str, tmp_path: Path) -> None:
    """Names, quantities, times, claims, events, glosses, terms and the head come back as they were, and the format is detected."""
    written = _write([news], form, tmp_path)
    (again,) = _read(written.path)
    assert _record(again) == _record(news)


@pytest.mark.parametrize("kind", AWKWARD)
@pytest.mark.parametrize("form", READABLE)
def test_round_trip_of_awkward_texts(form: str, kind: str, tmp_path: Path) -> None:
    """No character, span, label or English name is lost, whatever the text."""
    document = AWKWARD[kind]
    written = _write([document], form, tmp_path)
    (again,) = _read(written.path, form)
    assert _record(again) == _record(document)


@pytest.mark.parametrize("form", READABLE)
def test_round_trip_of_several(form: str, news: Document, tmp_path: Path) -> None:
    """Documents stay apart and keep their order, even when their ids make one file name."""
    documents = [replace(news, id=f"news{mark}1.txt") for mark in "/: "]
    written = _write(documents, form, tmp_path)
    assert sorted(map(_record, _read(written.path, form))) == sorted(map(_record, documents))


@pytest.mark.parametrize("form", ["brat", "xmi", "cas-json", "docbin"])
def test_characters_that_a_format_cannot_hold_are_reported(form: str, tmp_path: Path) -> None:
    written = _write([AWKWARD["lone surrogate"]], form, tmp_path)
    assert "made: U+D800 at 0 cannot be written; U+FFFD takes its place" in written.said


# What the readers of others make of it.


def test_brat_in_bioc(news: Document, tmp_path: Path) -> None:
    """bioc reads every line; spans are the text's, claims link to their parts, the configuration names every type."""
    from bioc import brat

    _write([news], "brat", tmp_path)
    (file,) = tmp_path.glob("*.ann")
    text = file.with_suffix(".txt").read_bytes().decode()
    assert text == news.text
    document = brat.loads(text, file.read_bytes().decode())
    spans = {e.id: text[min(place.begin for place in e.locations) : max(place.end for place in e.locations)] for e in document.entities}
    assert all(entity.text == spans[entity.id] for entity in document.entities if "\n" not in spans[entity.id])
    names = [(e.type, spans[e.id]) for e in document.entities if e.type in ("ORG", "PRODUCT", "PERSON", "LOC")]
    assert names == [(mention.label, mention.text) for mention in news.mentions]
    claims = [event for event in document.events if event.type == "Claim"]
    assert len(claims) == len(news.claims)
    assert spans[claims[0].arguments["Quantity"]] == news.quantity(news.claims[0].quantity).text
    notes = {note.refid: note.text for note in document.notes if note.type == "AnnotatorNotes"}
    assert [notes[e.id] for e in document.entities if e.type == "ORG"] == [m.en for m in news.mentions if m.label == "ORG"]
    configured = (tmp_path / "annotation.conf").read_text(encoding="utf-8")
    assert all(f"\n{entity.type}" in configured for entity in document.entities)


@pytest.mark.parametrize("form", ["xmi", "cas-json"])
def test_cas_in_cassis(form: str, news: Document, tmp_path: Path) -> None:
    """dkpro-cassis finds sentences, tokens and names; the offsets in the file itself are UTF-16."""
    import cassis
    from lxml import etree

    _write([news], form, tmp_path)
    if form == "xmi":
        types = cassis.load_typesystem(tmp_path / "TypeSystem.xml")
        (file,) = tmp_path.glob("*.xmi")
        cas = cassis.load_cas_from_xmi(file, typesystem=types)
        raw = [(int(e.get("begin")), int(e.get("end"))) for e in etree.parse(file).iter("{*}NamedEntity")]
    else:
        (file,) = tmp_path.glob("*.json")
        cas = cassis.load_cas_from_json(file.read_text(encoding="utf-8"))
        record = json.loads(file.read_text(encoding="utf-8"))
        raw = [(f["begin"], f["end"]) for f in record["%FEATURE_STRUCTURES"] if f["%TYPE"].endswith(".NamedEntity")]
    assert cas.sofa_string == news.text
    names = cas.select("de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity")
    assert [(name.get_covered_text(), name.value, name.en) for name in names] == [(m.text, m.label, m.en) for m in news.mentions]
    units = news.text.encode("utf-16-le")
    assert sorted(units[2 * start : 2 * end].decode("utf-16-le") for start, end in raw) == sorted(m.text for m in news.mentions)
    sentences = cas.select("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence")
    assert [(s.begin, s.end) for s in sentences] == [(s.start, s.end) for s in news.sentences]
    assert all(t.get_covered_text().strip() for t in cas.select("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token"))
    (claim, *_) = cas.select("webanno.custom.KoprocClaim")
    parts = {part.role: part.target.get_covered_text() for part in claim.parts.elements}
    assert parts["quantity"] == news.quantity(news.claims[0].quantity).text


def test_doccano_counts_utf16(news: Document, tmp_path: Path) -> None:
    """Spans are [start, end, label] in UTF-16 units, and nothing but text, label and metadata is on the line."""
    (line,) = _write([news], "doccano", tmp_path).path.read_text(encoding="utf-8").splitlines()
    record = json.loads(line)
    assert list(record) == ["text", "label", "koproc"]
    units = record["text"].encode("utf-16-le")
    found = [(units[2 * start : 2 * end].decode("utf-16-le"), label) for start, end, label in record["label"]]
    assert found == [(mention.text, mention.label) for mention in news.mentions]


def test_doccano_export_with_relations(tmp_path: Path) -> None:
    """What doccano exports with relations and comments is read; without our metadata only spans and labels are known."""
    file = tmp_path / "admin.jsonl"
    entities = [{"id": 7, "label": "ORG", "start_offset": 3, "end_offset": 6}]
    file.write_text(
        json.dumps({"id": 9, "text": "\N{ROCKET} 누리온", "entities": entities, "relations": [], "Comments": []}) + "\n", encoding="utf-8"
    )
    (document,) = _read(file)
    (mention,) = document.mentions
    assert (mention.text, mention.label, mention.en, mention.entity) == ("누리온", "ORG", "", "누리온")


def test_label_studio_in_its_converter(news: Document, tmp_path: Path) -> None:
    """Label Studio's converter, with the configuration that we print, finds the same names once a person has submitted the prediction."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what the converter imports
        from label_studio_converter import Converter

    tasks = json.loads(_write([news], "label-studio", tmp_path).path.read_text(encoding="utf-8"))
    for number, task in enumerate(tasks, 1):
        task |= {"id": number, "annotations": [{"id": 5, "created_at": "2026-01-22", "result": task["predictions"][0]["result"]}]}
    exported = tmp_path / "export.json"
    exported.write_text(json.dumps(tasks), encoding="utf-8")
    converter = Converter(labeling_config(), project_dir=None)
    converter.convert_to_json_min(exported, tmp_path / "min", is_dir=False)
    (record,) = json.loads((tmp_path / "min" / "result.json").read_text(encoding="utf-8"))
    assert [(s["text"], s["labels"]) for s in record["label"]] == [(m.text, [m.label]) for m in news.mentions]
    assert all(record["text"][s["start"] : s["end"]] == s["text"] for s in record["label"] + record["number"])
    assert [s["text"] if isinstance(s, dict) else s for s in record["en"]] == [m.en for m in news.mentions if m.en]
    assert _record(_read(exported)[0]) == _record(news)


def test_docbin_in_spacy(news: Document, tmp_path: Path) -> None:
    """spaCy has the text exactly, names as entities, and sentences that begin where ours do."""
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    box = DocBin().from_bytes(_write([news], "docbin", tmp_path).path.read_bytes())
    (doc,) = box.get_docs(Vocab())
    assert doc.text == news.text
    assert [(ent.text, ent.label_, ent.ent_id_) for ent in doc.ents] == [(m.text, m.label, m.id) for m in news.mentions]
    assert [sent.start_char for sent in doc.sents] == [sentence.start for sentence in news.sentences]
    assert [span.text for span in doc.spans["quantities"]] == [quantity.text for quantity in news.quantities]
    assert next(token.tag_ for token in doc if token.text == "밝혔") == "VV+EP"


@pytest.mark.parametrize("kind", ["news", *AWKWARD])
def test_conllu_in_its_readers(kind: str, news: Document, tmp_path: Path) -> None:
    """conllu and pyconll read it; the surfaces with their spaces are the text; offsets and names are those of the document."""
    import conllu
    import pyconll

    document = news if kind == "news" else AWKWARD[kind]
    content = _write([document], "conllu", tmp_path).path.read_bytes().decode()
    text = re.sub("[\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", document.text)
    sentences = conllu.parse(content)
    assert len(pyconll.load_from_string(content)) == len(sentences)
    rebuilt, names, inside = "", [], 0
    for sentence in sentences:
        for token in sentence:
            misc = token["misc"]
            if "EntitySpan" in misc:
                names += misc["EntitySpan"].split(",")
            if isinstance(token["id"], tuple):
                inside = token["id"][2]
            elif token["id"] <= inside:
                continue
            else:
                inside = 0
            start, end = int(misc["Start"]), int(misc["End"])
            rebuilt += _spaces(misc.get("SpacesBefore", "")) + text[start:end]
            rebuilt += "" if misc.get("SpaceAfter") == "No" else _spaces(misc.get("SpacesAfter", "\\s" if end < len(text) else ""))
            assert token["form"] == text[start:end]
        inside = 0
    assert rebuilt == re.sub("[\v\u2028]", "\n", text if text.strip() else "")  # UD has no escapes for these
    assert sorted(names) == sorted(f"{mention.start}:{mention.end}" for mention in document.mentions)


def _spaces(escaped: str) -> str:
    table = {"\\s": " ", "\\t": "\t", "\\n": "\n", "\\r": "\r", "\\p": "|", "\\\\": "\\"}
    spaces = ""
    while escaped:
        width = 2 if escaped[:2] in table else 1
        spaces += table.get(escaped[:width], escaped[:width])
        escaped = escaped[width:]
    return spaces


def test_conllu_morphemes(nlp: koproc.Pipeline, tmp_path: Path) -> None:
    """An eojeol is a range of its morphemes, which may share characters; a name opens and closes on them."""
    import conllu

    document = nlp("네이버클라우드와 삼성 SDS는 일을 했다.")
    (sentence,) = conllu.parse(_write([document], "conllu", tmp_path).path.read_text(encoding="utf-8"))
    rows = [(str(token), token["xpos"], token["upos"], (token["misc"] or {}).get("Entity")) for token in sentence]
    assert ("했다.", None, "_", None) in rows
    assert ("하", "VV", "VERB", None) in rows
    assert ("었", "EP", "PART", None) in rows
    assert [row[3] for row in rows if row[3]] == ["(1-ORG)", "(2-ORG", "2)"]


def test_web_annotation(news: Document, tmp_path: Path) -> None:
    """Positions and quotes select the same words; rdflib, given the terms of the context, finds a triple for each body and selector."""
    import rdflib

    record = json.loads(_write([news, AWKWARD["joined emoji"]], "web-annotation", tmp_path).path.read_text(encoding="utf-8"))
    items = record["first"]["items"]
    assert record["total"] == len(items)
    assert len({item["id"] for item in items}) == len(items)
    for item in items:
        position, quoted = item["target"]["selector"]
        text = AWKWARD["joined emoji"].text if item["target"]["source"] == "made" else news.text
        assert text[position["start"] : position["end"]] == quoted["exact"]
        assert text[: position["start"]].endswith(quoted["prefix"])
        assert text[position["end"] :].startswith(quoted["suffix"])
    assert record["@context"] == "http://www.w3.org/ns/anno.jsonld"
    record["@context"] = {
        "@vocab": "http://www.w3.org/ns/oa#",
        "id": "@id",
        "type": "@type",
        "body": {"@id": "hasBody"},
        "target": {"@id": "hasTarget"},
        "source": {"@id": "hasSource", "@type": "@id"},
        "selector": {"@id": "hasSelector"},
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of rdflib's own parser
        graph = rdflib.Graph().parse(data=json.dumps(record), format="json-ld", publicID="http://example.org/notes/")
    oa = rdflib.Namespace("http://www.w3.org/ns/oa#")
    assert len(list(graph.subjects(rdflib.RDF.type, oa.Annotation))) == len(items)
    assert len(list(graph.subjects(rdflib.RDF.type, oa.TextQuoteSelector))) == len(items)
    assert rdflib.URIRef("http://example.org/notes/made") in set(graph.objects(None, oa.hasSource))


@pytest.mark.parametrize("layer", ["mentions", "quantities", "claims"])
def test_tables(layer: str, news: Document, tmp_path: Path) -> None:
    """TSV, CSV and Parquet have the same rows; numbers are typed in Parquet, formulas are none in the others."""
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(_write([news], f"{layer}-parquet", tmp_path).path)
    items = {"mentions": news.mentions, "quantities": news.quantities, "claims": (*news.claims, *news.events)}[layer]
    assert table.column("id").to_pylist() == [item.id for item in items]
    assert table.column("start").to_pylist() == [item.start for item in items]
    if layer == "quantities":
        assert table.column("low").to_pylist() == [None if q.low is None else float(q.low) for q in news.quantities]
    elif layer == "mentions":
        assert table.column("en").to_pylist() == [mention.en for mention in news.mentions]
        assert table.column("score").to_pylist() == [mention.score for mention in news.mentions]
    with _write([news], f"{layer}-csv", tmp_path).path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    with _write([news], f"{layer}-tsv", tmp_path).path.open(encoding="utf-8", newline="") as stream:
        assert [list(row.values()) for row in csv.DictReader(stream, delimiter="\t")] == [list(row.values()) for row in rows]
    assert [int(row["start"]) for row in rows] == [item.start for item in items]
    assert list(rows[0]) == table.column_names


def test_formulas_in_tables_are_text(tmp_path: Path) -> None:
    with _write([AWKWARD["labels"]], "mentions-csv", tmp_path).path.open(encoding="utf-8", newline="") as stream:
        assert [row["en"] for row in csv.DictReader(stream)] == ["Garam", "Narae", "'=Daon"]


# What people correct.

CORRECTED = _named(
    "한빛전자는 매출 40% 늘렸다. 누리온이 다래울을 샀다. 별하늘",
    ("한빛전자", "ORG", "Hanbit"),
    ("누리온", "ORG", "Nurion"),
    ("다래울", "ORG", "Daraeul"),
)
CORRECTED = replace(
    CORRECTED,
    sentences=(Sentence(0, 17), Sentence(18, 30)),
    quantities=(Quantity("q1", 9, 12, "40%", 9, 12, Decimal(40), Decimal(40), True, True, Decimal(40), None, "%", "percent"),),
    claims=(Claim("c1", 0, 17, "q1", "m1", Reference(6, 8, "매출", "revenue"), None, "up", "by", None, None, None, "asserted", "Hanbit: revenue +40%"),),
)  # fmt: skip


def _correct_brat(path: Path) -> None:
    (file,) = path.glob("*.ann")
    lines = [
        line for line in file.read_text(encoding="utf-8").splitlines() if not (line.startswith("T1\t") or " T1\t" in line or " T1 " in line)
    ]
    lines = [line.replace("\tORG 18 21\t", "\tPRODUCT 18 21\t").replace("\tORG 23 26\t다래울", "\tORG 23 25\t다래") for line in lines]
    file.write_text("\n".join([*lines, "T99\tORG 32 35\t별하늘", "R1\tLikes Arg1:T2 Arg2:T99", ""]), encoding="utf-8")


def _correct_doccano(path: Path) -> None:
    record = json.loads(path.read_text(encoding="utf-8"))
    record["label"] = [[32, 35, "ORG"], [18, 21, "PRODUCT"], [23, 25, "ORG"]]
    path.write_text(json.dumps({"id": 12} | record) + "\n", encoding="utf-8")


def _correct_label_studio(path: Path) -> None:
    (task,) = json.loads(path.read_text(encoding="utf-8"))
    result = [region for region in task["predictions"][0]["result"] if region["id"] != "m1"]
    for region in result:
        if region["id"] == "m2" and region["type"] == "labels":
            region["value"]["labels"] = ["PRODUCT"]
        if region["id"] == "m3":
            region["value"] |= {"end": 25}
    result = [region for region in result if not (region["id"] == "m3" and region["type"] == "textarea")]
    value = {"start": 32, "end": 35, "text": "별하늘", "labels": ["ORG"]}
    result.append({"id": "Xy_1", "from_name": "label", "to_name": "text", "type": "labels", "value": value, "origin": "manual"})
    older = {"result": [], "updated_at": "2026-01-21T00:00:00Z", "was_cancelled": False}
    skipped = {"result": [], "updated_at": "2026-01-23T00:00:00Z", "was_cancelled": True}
    task["annotations"] = [{"result": result, "updated_at": "2026-01-22T00:00:00Z", "was_cancelled": False}, older, skipped]
    path.write_text(json.dumps([task | {"id": 4}]), encoding="utf-8")


def _correct_cas(path: Path, form: str) -> None:
    import cassis

    (file,) = path.glob("*.xmi" if form == "xmi" else "*.json")
    if form == "xmi":
        cas = cassis.load_cas_from_xmi(file, typesystem=cassis.load_typesystem(path / "TypeSystem.xml"))
    else:
        cas = cassis.load_cas_from_json(file.read_text(encoding="utf-8"))
    name = cas.typesystem.get_type("de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity")
    first, second, third = cas.select(name)
    cas.remove(first)
    second.value = "PRODUCT"
    third.end, third.en = 25, None
    cas.add(name(begin=32, end=35, value="ORG"))
    file.write_text(cas.to_xmi() if form == "xmi" else cas.to_json(), encoding="utf-8")


def _correct_docbin(path: Path) -> None:
    from spacy.tokens import Doc, DocBin, Span
    from spacy.vocab import Vocab

    (doc,) = DocBin(store_user_data=True).from_bytes(path.read_bytes()).get_docs(Vocab())
    again = Doc(doc.vocab, [c for c in doc.text if c != " "], [doc.text[i + 1 : i + 2] == " " for i, c in enumerate(doc.text) if c != " "])
    again.user_data = doc.user_data
    again.spans["quantities"] = [again.char_span(9, 12, "QUANTITY")]
    spans = [(32, 35, "ORG", ""), (18, 21, "PRODUCT", "m2"), (23, 25, "ORG", "m3")]
    again.ents = [Span(again, s.start, s.end, label, span_id=id) for a, b, label, id in spans if (s := again.char_span(a, b))]
    path.write_bytes(DocBin(docs=[again], store_user_data=True).to_bytes())


def _correct_json(path: Path) -> None:
    record = json.loads(path.read_text(encoding="utf-8"))
    _, second, third = record["mentions"]
    added = second | {"id": "m9", "start": 32, "end": 35, "text": "별하늘", "en": "", "en_source": "same", "entity": "별하늘"}
    record["mentions"] = [second | {"label": "PRODUCT"}, third | {"end": 25, "text": "다래", "en": ""}, added]
    record["claims"][0]["subject"] = None
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")


CORRECTIONS: dict[str, Callable[[Path], None]] = {
    "json": _correct_json,
    "brat": _correct_brat,
    "xmi": lambda path: _correct_cas(path, "xmi"),
    "cas-json": lambda path: _correct_cas(path, "cas-json"),
    "doccano": _correct_doccano,
    "label-studio": _correct_label_studio,
    "docbin": _correct_docbin,
}


@pytest.mark.parametrize("form", READABLE)
def test_corrections_are_read(form: str, tmp_path: Path) -> None:
    """In each tool's own file: a name deleted that a claim names, a label changed, a span moved, a name added."""
    written = _write([CORRECTED], form, tmp_path)
    CORRECTIONS[form](written.path)
    said: list[str] = []
    (document,) = _read(written.path, form, said)
    document.check()
    assert [(m.start, m.end, m.label) for m in document.mentions] == [(18, 21, "PRODUCT"), (23, 25, "ORG"), (32, 35, "ORG")]
    kept, moved, added = document.mentions
    assert (kept.id, kept.en, kept.entity) == ("m2", "Nurion", "Nurion")
    assert (moved.id, added.en, added.entity) == ("m3", "", "별하늘")
    if form != "brat":  # there the English is a note beside, which a person changes
        assert moved.en == ""
    (claim,) = document.claims
    assert (claim.id, claim.subject, claim.quantity, claim.en) == ("c1", None, "q1", "Hanbit: revenue +40%")
    assert claim.property == Reference(6, 8, "매출", "revenue")
    if form != "json":
        assert any("claim c1 loses its subject, because m1 is gone" in reason or "because T1 is gone" in reason for reason in said)


def test_inception_drops_features_of_its_own_layer(news: Document, tmp_path: Path) -> None:
    """A project whose layer Named Entity has no features of ours gives back spans and labels; English and claims are as they were."""
    import cassis

    _write([news], "xmi", tmp_path)
    (file,) = tmp_path.glob("*.xmi")
    cas = cassis.load_cas_from_xmi(file, typesystem=cassis.load_typesystem(tmp_path / "TypeSystem.xml"))
    for name in cas.select("de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"):
        name.id = name.en = name.en_source = name.entity = name.score = name.source = name.evidence = None
    file.write_text(cas.to_xmi(), encoding="utf-8")
    (again,) = _read(tmp_path)
    assert again.mentions == news.mentions
    assert again.claims == news.claims


def test_a_claim_goes_with_its_quantity(tmp_path: Path) -> None:
    written = _write([CORRECTED], "label-studio", tmp_path)
    tasks = json.loads(written.path.read_text(encoding="utf-8"))
    prediction = tasks[0]["predictions"][0]
    prediction["result"] = [region for region in prediction["result"] if region["id"] != "q1"]
    written.path.write_text(json.dumps(tasks), encoding="utf-8")
    said: list[str] = []
    (document,) = _read(written.path, said=said)
    assert (document.quantities, document.claims) == ((), ())
    assert any("claim c1 (Hanbit: revenue +40%) is left out, because its quantity is gone" in reason for reason in said)


def test_a_quantity_that_a_person_adds_has_no_number(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("칩 3개", encoding="utf-8")
    (tmp_path / "a.ann").write_text("T1\tQuantity 2 4\t3개\nT2\tORG 0 1\t칩\nN1\tReference T2 Wikidata:Q1\tChip Inc.\n", encoding="utf-8")
    (document,) = _read(tmp_path)
    (quantity,) = document.quantities
    assert (quantity.text, quantity.low, quantity.high, quantity.unit) == ("3개", None, None, "")
    assert (document.mentions[0].en, document.mentions[0].en_source) == ("Chip Inc.", "lexicon")


# Files that are not what they should be.


@pytest.mark.parametrize(
    ("name", "content", "hint"),
    [
        ("a.ann", "T1\tORG 0 2;4 5\t누리 칩\n", "a.ann:1: the span '0 2;4 5' is discontinuous"),
        ("a.ann", "T1\tORG 0 2\t다른\n", "a.ann:1: says '다른' where the text has '누리'"),
        ("a.ann", "T1\tORG 0 99\t누리\n", "a.ann:1: span '0 99' does not lie inside the text"),
        ("a.ann", "nonsense\n", "a.ann:1: 'nonsense' is not brat standoff"),
        ("a.jsonl", '{"text": "\N{ROCKET}누리", "label": [[1, 3, "ORG"]]}\n', "offset 1 (utf16) lies inside of the character"),
        ("a.jsonl", '{"text": "누리", "label": [[0, 9, "ORG"]]}\n', "a.jsonl:1: not"),
        ("a.jsonl", '{"schema": "koproc/1", "text": 1}\n', "a.jsonl:1: "),
        ("a.json", '[{"data": {"image": "a.png"}, "predictions": []}]', "task 1 is not one of Label Studio's with a text"),
        ("a.xmi", '<!DOCTYPE x [<!ENTITY e "x">]><xmi:XMI xmlns:xmi="http://www.omg.org/XMI">&e;</xmi:XMI>', "has a <!DOCTYPE"),
        ("a.xmi", '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI">', "a.xmi:1: not well-formed XML"),
        ("a.json", '{"%FEATURE_STRUCTURES": [{"%ID": 1, "%TYPE": "uima.tcas.Annotation"}], "%TYPES": {}, "%VIEWS": {}}', "not a UIMA CAS"),
        ("a.spacy", "nonsense", "not a DocBin of spaCy's"),
        ("a.docx", "", "its format cannot be told"),
    ],
)
def test_faults_are_one_clear_error(tmp_path: Path, name: str, content: str, hint: str) -> None:
    (tmp_path / "a.txt").write_text("누리온 칩", encoding="utf-8")
    (tmp_path / name).write_text(content, encoding="utf-8")
    try:
        items: list[Document | InputError] = list(read_annotations(tmp_path / name, warn=print))
    except InputError as err:
        items = [err]
    (error,) = items
    assert isinstance(error, InputError)
    assert hint in str(error)


def test_offsets_of_a_cas_that_cut_a_character(tmp_path: Path) -> None:
    """An offset inside of a surrogate pair is an error of that document; others are read."""
    _write([AWKWARD["joined emoji"], replace(AWKWARD["Hanja"], id="other")], "xmi", tmp_path)
    file = tmp_path / "made.xmi"
    content = file.read_text(encoding="utf-8")
    assert 'begin="9"' in content
    file.write_text(content.replace('begin="9"', 'begin="1"'), encoding="utf-8")
    bad, good = read_annotations(tmp_path, warn=print)
    assert isinstance(bad, InputError)
    assert isinstance(good, Document)


def test_a_record_that_does_not_fit_leaves_the_spans(tmp_path: Path) -> None:
    """A text that was changed in the tool loses what koproc had found, not what a person marked."""
    file = _write([CORRECTED], "doccano", tmp_path).path
    record = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(record | {"text": "누리온이 왔다.", "label": [[0, 3, "ORG"]]}) + "\n", encoding="utf-8")
    said: list[str] = []
    (document,) = _read(file, said=said)
    assert [(m.text, m.en) for m in document.mentions] == [("누리온", "")]
    assert "does not fit the text" in said[0]


def test_skipped_tasks_are_left_out(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(
        json.dumps([{"id": 3, "data": {"text": "누리"}, "annotations": [{"was_cancelled": True, "result": []}]}]), encoding="utf-8"
    )
    said: list[str] = []
    assert _read(file, said=said) == []
    assert "everybody skipped this task" in said[0]


def test_detection(news: Document, tmp_path: Path) -> None:
    """Every readable format is told from its files."""
    for form in READABLE:
        folder = tmp_path / form
        folder.mkdir()
        written = _write([news], form, folder)
        assert {name for _, name in detect(written.path)} == {form}


# Offsets and partition.

TEXTS = st.text(st.one_of(st.characters(), st.sampled_from("가힣ᄒᆞᆫ三\U00020bb7\N{ROCKET}\u200d\r\n\t \ud800\udc00")), max_size=40)


@given(TEXTS, st.sampled_from(OFFSET_UNITS))
def test_offsets_are_those_of_the_encoding(text: str, unit: OffsetUnit) -> None:
    """Every offset goes to the length of the encoded head and back."""
    offsets = Offsets(text, unit)
    encodings = {"codepoint": ("utf-32-le", 4), "utf16": ("utf-16-le", 2), "utf8": ("utf-8", 1)}
    encoding, width = encodings[unit]
    for offset in range(len(text) + 1):
        there = offsets.to_unit(offset)
        assert there == len(text[:offset].encode(encoding, "surrogatepass")) // width
        assert offsets.to_codepoint(there) == offset
    for wrong in (-1, len(text) + 1):
        with pytest.raises(ValueError, match="outside"):
            offsets.to_unit(wrong)


@pytest.mark.parametrize("unit", OFFSET_UNITS)
def test_json_in_another_unit(unit: OffsetUnit, news: Document) -> None:
    """Offsets of every record are in the unit that the record states, and are read back."""
    line = dumps(news, unit=unit)
    record = json.loads(line)
    assert record.get("offset_unit", "codepoint") == unit
    encoding, width = {"codepoint": ("utf-32-le", 4), "utf16": ("utf-16-le", 2), "utf8": ("utf-8", 1)}[unit]
    encoded = news.text.encode(encoding)
    for layer in ("mentions", "quantities", "times", "terms"):
        for item in record[layer]:
            assert encoded[width * item["start"] : width * item["end"]].decode(encoding) == item["text"]
    assert loads(line) == loads(dumps(news))


@given(TEXTS, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 6))), st.lists(st.tuples(st.integers(0, 40), st.integers(1, 6))))
def test_partition_covers_the_text(text: str, morphemes: list[tuple[int, int]], names: list[tuple[int, int]]) -> None:
    """Whatever overlaps, pieces and their spaces are the text, none is empty, and every name begins and ends with a piece."""
    tokens = [Token(a, min(a + n, len(text)), "x", "NNG", "x") for a, n in sorted(morphemes) if a <= len(text)]
    mentions = [Mention("m", a, a + n, text[a : a + n], "ORG", "", "same", "", 1, "rule") for a, n in names if a + n <= len(text)]
    pieces = partition(Document(id="a", text=text, tokens=tuple(tokens), mentions=tuple(mentions)))
    assert "".join(text[p.start : p.end] + " " * p.space_after for p in pieces) == text
    assert all(piece.start < piece.end for piece in pieces)
    assert {mention.start for mention in mentions} <= {piece.start for piece in pieces}
    assert {mention.end for mention in mentions} <= {piece.end for piece in pieces}


def test_pieces_of_news(news: Document) -> None:
    """A morpheme that shares no character is a piece as it is; white space is a piece unless it is the one space after."""
    pieces = partition(news)
    assert any(piece.tag == WHITE_SPACE_TAG and news.text[piece.start : piece.end] == "\r\n\r\n" for piece in pieces)
    assert [news.text[p.start : p.end] for p in pieces if p.tag.startswith("NNP")][:1] == ["한빛電子"]


# On the command line.

ARTICLES = "\n".join(
    f"{name}는 {product}를 {place}에서 공개했다. {name} 매출은 {number}억 원이다."
    for number, (name, product, place) in enumerate(
        [
            ("한빛전자", "누리칩-3", "서울"),
            ("네이버", "하이퍼클로바", "성남"),
            ("카카오", "무리-4", "제주"),
            ("삼성전자", "갤럭시 S30", "수원"),
        ]
        * 3,
        1,
    )
)


@pytest.fixture(scope="module")
def annotated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles in every format that can be read, as `koproc annotate` (two of them, to save time) and `koproc convert` write them."""
    folder = tmp_path_factory.mktemp("annotated")
    source = folder / "articles.jsonl"
    source.write_text("".join(json.dumps({"text": line}) + "\n" for line in ARTICLES.split("\n")), encoding="utf-8")
    for form in READABLE:
        command = ["annotate", source, "--format"] if form in ("json", "xmi") else ["convert", folder / "json.jsonl", "--to"]
        _run(*command, form, "-o", folder / f"{form}{SUFFIXES.get(form, '')}")
    return folder


def _run(*arguments: object, code: int = 0) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == code, result.output
    return result


@pytest.mark.parametrize("form", READABLE)
def test_convert_keeps_everything(annotated: Path, form: str, tmp_path: Path) -> None:
    """Any format to JSON Lines gives what `annotate --format json` gave."""
    back = tmp_path / "back.jsonl"
    _run("convert", annotated / f"{form}{SUFFIXES.get(form, '')}", "--to", "json", "-o", back)
    assert sorted(back.read_text(encoding="utf-8").splitlines()) == sorted(
        (annotated / "json.jsonl").read_text(encoding="utf-8").splitlines()
    )


@pytest.mark.parametrize("form", READABLE)
def test_labelled_data_of_every_tool(annotated: Path, form: str) -> None:
    """`train` and `evaluate` see the same texts and spans in every format."""
    expected = {(item.text, item.spans) for item in read_labelled([annotated / "json.jsonl"])}
    assert len(expected) == 12
    assert {(item.text, item.spans) for item in read_labelled([annotated / f"{form}{SUFFIXES.get(form, '')}"])} == expected


def test_a_folder_of_mixed_data(annotated: Path, tmp_path: Path) -> None:
    """Files of tools and of corpora in one folder are all read."""
    (tmp_path / "a.jsonl").write_bytes((annotated / "doccano.jsonl").read_bytes())
    (tmp_path / "b.txt").write_text("[누리온|ORG]이 왔다.\n", encoding="utf-8")
    (tmp_path / "c.jsonl").write_text('{"text": "누리온", "entities": [{"start": 0, "end": 3, "label": "ORG"}]}\n', encoding="utf-8")
    assert len(read_labelled([tmp_path])) == 14


def test_correct_and_train(annotated: Path, tmp_path: Path) -> None:
    """Annotate, correct in doccano's file (one label changed, one span added in each line), train from it, evaluate on it."""
    records = [json.loads(line) for line in (annotated / "doccano.jsonl").read_text(encoding="utf-8").splitlines()]
    for number, record in enumerate(records):
        record["id"] = number
        first = record["label"][0]
        amount = record["text"].index("억 원")
        record["label"] = [[first[0], first[1], "RIVAL"], *record["label"][1:], [amount, amount + 3, "MONEY"]]
    corrected = tmp_path / "corrected.jsonl"
    corrected.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    result = _run("train", corrected, "-o", tmp_path / "model", "--iterations", "40", "--calibrate", "0", "--no-progress")
    assert "12 texts" in result.stderr
    assert "MONEY" in result.stderr
    scores = json.loads(_run("evaluate", corrected, "--model", tmp_path / "model", "--format", "json").stdout)
    assert {"RIVAL", "MONEY"} <= set(scores["labels"])
    assert scores["labels"]["MONEY"]["f1"] > 0.9


def test_one_bad_document_does_not_stop_a_conversion(annotated: Path, tmp_path: Path) -> None:
    """It is reported with its line, the rest is written, and the exit code says so."""
    lines = (annotated / "doccano.jsonl").read_text(encoding="utf-8").splitlines()
    file = tmp_path / "a.jsonl"
    file.write_text("\n".join([lines[0], "{not json", lines[1]]) + "\n", encoding="utf-8")
    result = _run("convert", file, "--to", "json", "-o", tmp_path / "out.jsonl", code=1)
    assert f"{file}:2: not JSON" in result.stderr
    assert len((tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()) == 2


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["annotate", "SOURCE", "--format", "brat"], "brat is a folder of files; name one with -o DIR"),
        (["annotate", "SOURCE", "--format", "xmi", "-o", "OUT/missing/cas"], "no such folder for the output; create it first"),
        (["annotate", "SOURCE", "--format", "doccano", "-o", "OUT"], "is a folder; name a file with -o"),
        (["annotate", "SOURCE", "--format", "doccano", "--offset-unit", "utf8"], "offsets in doccano are utf16"),
        (["convert", "-", "--to", "json"], "say with --from which format standard input is in"),
        (["convert", "SOURCE", "--to", "text"], "'text' is not one of"),
    ],
)
def test_wrong_use_is_explained(arguments: list[str], hint: str, tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("네이버가 왔다.", encoding="utf-8")
    result = _run(*(argument.replace("SOURCE", str(source)).replace("OUT", str(tmp_path)) for argument in arguments), code=2)
    assert hint in " ".join(result.output.split())
    assert sorted(tmp_path.iterdir()) == [source]


def test_offset_unit_on_the_command_line(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("\N{ROCKET} 네이버가 왔다.", encoding="utf-8")
    result = _run("annotate", source, "--format", "json", "--offset-unit", "utf8")
    record = json.loads(result.stdout)
    assert (record["offset_unit"], record["mentions"][0]["start"], record["mentions"][0]["end"]) == ("utf8", 5, 14)


@pytest.mark.parametrize(
    ("form", "module", "extra"), [("xmi", "cassis", "cas"), ("cas-json", "cassis", "cas"), ("docbin", "spacy.vocab", "spacy")]
)
def test_a_missing_library_is_named(form: str, module: str, extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Writing and reading without the library say which extra brings it."""
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(KoprocError, match=rf"pip install 'koproc\[{extra}\]'"):
        _write([AWKWARD["Hanja"]], form, tmp_path)
    with pytest.raises(KoprocError, match=rf"pip install 'koproc\[{extra}\]'"):
        _read(tmp_path, form)
