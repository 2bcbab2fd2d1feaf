"""The HTTP service: annotations and glossaries as the library makes them, corrections and the store, INCEpTION, and what clients may not do."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import anyio
import httpx
import jsonschema
import pytest
import schemathesis
from cassis import Cas, TypeSystem, load_cas_from_xmi
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from live_service import live_service
from starlette.datastructures import Headers

import koproc
from koproc.formats import dumps, json_schema
from koproc.formats.glossaries import FORMATS, write_glossary
from koproc.integrations.server import create_app
from koproc.integrations.server.answers import FILES
from koproc.integrations.server.guard import refusal
from koproc.integrations.server.limits import BodyLimit, Limits
from koproc.lexicon import load_lexicon, read_glossary
from koproc.mentions.markup import parse_markup, read_markup

TEXT = "가온나노는 23일 새 칩 ‘LX-400’을 공개했다. 네이버는 내년 매출을 2조 원으로 늘릴 계획이라고 가온나노가 전했다."
MORE = "카카오는 내년 매출을 2조 원으로 늘릴 계획이다."


@pytest.fixture(scope="module")
def client(nlp: koproc.Pipeline) -> Iterator[httpx.Client]:
    with live_service(nlp) as url, httpx.Client(base_url=url, timeout=60) as client:
        yield client


def ok(response: httpx.Response) -> httpx.Response:
    assert response.status_code == 200, response.text
    return response


# ---- annotations and glossaries


def test_annotates_as_the_library_does(client: httpx.Client, nlp: koproc.Pipeline) -> None:
    """One article gives the line that `koproc annotate --format json` writes, with morphemes if wanted."""
    document = nlp(TEXT, published="2026-01-21")
    article = {"text": TEXT, "published": "2026-01-21"}
    assert ok(client.post("/annotate", json=article)).text == dumps(document)
    assert ok(client.post("/annotate?tokens=true", json=article)).text == dumps(document, tokens=True)
    jsonschema.validate(json.loads(dumps(document)), json_schema())


def test_annotates_many_and_tells_of_each_failure(client: httpx.Client) -> None:
    """An array comes back as an array; what cannot be read is an error in its place, and the others are done."""
    page = "<html><head><title>새 칩</title></head><body><p>네이버가 칩을 공개했다.</p></body></html>"
    bodies = [
        {"text": MORE, "id": "a"},
        {"text": "칩", "published": "gestern"},
        {"text": page, "format": "html"},
        {"text": "<p></p>", "format": "html"},
    ]
    first, date, html, empty = ok(client.post("/annotate", json=bodies)).json()
    assert (first["id"], first["mentions"][0]["en"]) == ("a", "Kakao")
    assert date == {"id": "text:2", "error": "published must be YYYY-MM-DD or YYYY-MM-DDTHH:MM, not 'gestern'"}
    assert (html["title"], html["mentions"][0]["text"]) == ("새 칩", "네이버")
    assert empty["id"] == "text:4"


@pytest.mark.parametrize("form", FORMATS)
def test_glossary_in_every_format(client: httpx.Client, nlp: koproc.Pipeline, form: str) -> None:
    """The glossary of several articles is the file that `koproc glossary --format …` writes."""
    response = ok(client.post(f"/glossary?format={form}", json={"articles": [{"text": TEXT}, {"text": MORE}]}))
    rows = koproc.build_glossary([nlp(TEXT, id="text:1"), nlp(MORE, id="text:2")], lexicon=nlp.lexicon)
    stream = io.BytesIO()
    changes = write_glossary(rows, stream, form)
    if form == "xlsx":  # holds the time at which it was written
        assert response.content[:2] == stream.getvalue()[:2] == b"PK"
    else:
        assert response.content == stream.getvalue()
    assert response.headers["content-disposition"].endswith(f'{FILES[form][0]}"')
    assert int(response.headers.get("koproc-left-out", 0)) == sum(change.what == "left out" for change in changes)


def test_every_format_has_a_file_type(client: httpx.Client) -> None:
    """A format more is a line more here, and a value more in the OpenAPI document."""
    assert FILES.keys() == FORMATS.keys()
    parameters = client.get("/openapi.json").json()["paths"]["/glossary"]["post"]["parameters"]
    assert next(p["schema"]["enum"] for p in parameters if p["name"] == "format") == [*FORMATS]


def test_kinds_and_counts_of_a_glossary(client: httpx.Client) -> None:
    """`kinds` and `min_count` choose rows."""
    body = {"articles": [{"text": TEXT}], "kinds": ["ORG"], "min_count": 2}
    assert [row["ko"] for row in ok(client.post("/glossary", json=body)).json()] == ["가온나노"]


def test_text_of_a_file(client: httpx.Client) -> None:
    """A dropped file is read as the command line reads it: CP949 here, and a page of HTML."""
    octets = {"Content-Type": "application/octet-stream"}
    (article,) = ok(client.post("/page/article?name=a.txt", content=MORE.encode("cp949"), headers=octets)).json()
    assert article["text"] == MORE
    page = f"<html><head><title>제목</title></head><body><p>{MORE}</p></body></html>".encode()
    (article,) = ok(client.post("/page/article?name=a.html", content=page, headers=octets)).json()
    assert (article["title"], MORE in article["text"], "<p>" in article["text"]) == ("제목", True, False)
    lines = b'{"text": "\\ud800"}\n{"text": "\xeb\x91\x98"}\n'  # half of a pair that no encoding can hold
    articles = ok(client.post("/page/article?name=a.jsonl", content=lines, headers=octets)).json()
    assert [article["text"] for article in articles] == ["\ud800", "둘"]
    assert client.post("/page/article?name=a.txt", content=b"", headers=octets).status_code == 422


# ---- corrections


def view(client: httpx.Client, text: str = TEXT) -> dict[str, Any]:
    shown: dict[str, Any] = ok(client.post("/page/view", json={"text": text})).json()
    return shown


def review(client: httpx.Client, shown: dict[str, Any], **change: Any) -> dict[str, Any]:
    kept = {key: shown[key] for key in ("document", "decisions", "touched")}
    after: dict[str, Any] = ok(client.post("/page/review", json={**kept, **change})).json()
    return after


def place(shown: dict[str, Any], name: str, at: int = 0) -> dict[str, int]:
    start = [match.start() for match in re.finditer(re.escape(name), shown["document"]["text"])][at]
    return {"start": start, "end": start + len(name)}


def names(shown: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(mention["text"], mention["label"], mention["en"]) for mention in shown["document"]["mentions"]]


def test_view_holds_the_glossary_and_the_same_marks_as_the_page(client: httpx.Client) -> None:
    """The fragments are those of `--format html`, but marks can be focused and tell their ids."""
    shown = view(client)
    assert 'class="org" tabindex="0" role="button" data-id="m1"' in shown["text"]
    assert 'id="d1-c1"' in shown["claims"]
    assert 'href="#d1-c1"' in shown["text"]
    assert {"가온나노", "네이버"} <= {row["ko"] for row in shown["rows"]}
    assert (shown["decisions"], shown["touched"]) == ([], [])


def test_corrected_english_reaches_claims_and_glossary(client: httpx.Client) -> None:
    """English of a name changes everywhere it stands, also in sentences about claims, and is a decision for the lexicon."""
    shown = view(client)
    mention = next(m for m in shown["document"]["mentions"] if m["text"] == "네이버")
    change = {"start": mention["start"], "end": mention["end"], "label": "ORG", "en": "Naver Corp.", "mention": mention["id"]}
    after = review(client, shown, correction=change)
    assert ("네이버", "ORG", "Naver Corp.") in names(after)
    assert after["document"]["claims"][0]["en"].startswith("Naver Corp.:")
    assert "Naver Corp.:" in after["claims"]
    assert [(row["ko"], row["en"], row["status"]) for row in after["decisions"]] == [("네이버", "Naver Corp.", "approved")]
    assert next(row for row in after["rows"] if row["ko"] == "네이버")["en"] == "Naver Corp."
    assert after["touched"] == [TEXT.index("네이버")]


def test_added_name_is_marked_everywhere_and_gets_english(client: httpx.Client) -> None:
    """Without English the name gets some as any other; occurrences inside of other words are left alone."""
    text = "물결칩 값이 올랐다. 새 물결칩은 빠르다. 큰물결칩도 있다. 새물결칩연구소는 웃었다."
    shown = view(client, text)
    after = review(client, shown, correction={**place(shown, "물결칩"), "label": "PRODUCT"})
    marked = [mention for mention in after["document"]["mentions"] if mention["text"] == "물결칩"]
    assert [mention["start"] for mention in marked] == [text.index("물결칩"), text.index("새 물결칩") + 2]
    assert all(mention["en"] for mention in marked)
    assert [row["kind"] for row in after["decisions"]] == ["PRODUCT"]


def test_moved_span_and_changed_label_of_one_place(client: httpx.Client) -> None:
    """A correction of one place changes that alone, and nothing of the lexicon."""
    shown = view(client, "네이버클라우드가 나왔다. 네이버는 컸다.")
    mention = shown["document"]["mentions"][0]
    change = {"start": 0, "end": 3, "label": "PRODUCT", "mention": mention["id"], "everywhere": False}
    after = review(client, shown, correction=change)
    assert [(name, label) for name, label, _ in names(after)] == [("네이버", "PRODUCT"), ("네이버", "ORG")]
    assert (after["decisions"], after["touched"]) == ([], [0])


def test_no_name_is_rejected_and_claims_keep_its_words(client: httpx.Client) -> None:
    """What is no name leaves the text; a claim about it keeps the words; the row says rejected, and undoing it takes that back."""
    shown = view(client)
    mention = next(m for m in shown["document"]["mentions"] if m["text"] == "네이버")
    after = review(client, shown, correction={"start": mention["start"], "end": mention["end"], "mention": mention["id"]})
    assert "네이버" not in {name for name, _, _ in names(after)}
    assert after["document"]["claims"][0]["subject"]["text"] == "네이버"
    assert [(row["ko"], row["en"], row["status"]) for row in after["decisions"]] == [("네이버", "NAVER", "rejected")]
    row = after["decisions"][0]
    assert review(client, after, decision={**row, "status": ""})["decisions"] == []


def test_decisions_about_rows_reach_the_text(client: httpx.Client) -> None:
    """Rejecting a row of the glossary unmarks its names; approving one with other English and kind renames them."""
    shown = view(client)
    rows = {row["ko"]: row for row in shown["rows"]}
    rejected = review(client, shown, decision={**rows["네이버"], "status": "rejected"})
    assert "네이버" not in {name for name, _, _ in names(rejected)}
    renamed = review(client, shown, decision={**rows["가온나노"], "en": "GaonNano", "kind": "PRODUCT", "status": "approved"})
    assert [found for found in names(renamed) if found[0] == "가온나노"] == [("가온나노", "PRODUCT", "GaonNano")] * 2
    assert len(renamed["touched"]) == 2


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"start": 3, "end": 3, "label": "ORG"}, "no stretch"),
        ({"start": 0, "end": 9999, "label": "ORG"}, "no stretch"),
        ({"start": 5, "end": 6, "label": "ORG"}, "white space"),
        ({"start": 0, "end": 4, "label": "기업"}, "no label"),
        ({"start": 0, "end": 4, "label": "ORG", "mention": "m99"}, "no mention"),
    ],
)
def test_corrections_that_do_not_fit_are_refused(client: httpx.Client, change: dict[str, Any], reason: str) -> None:
    shown = view(client)
    body = {"document": shown["document"], "correction": change}
    response = client.post("/page/review", json=body)
    assert response.status_code == 422
    assert reason in response.json()["detail"]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400", "1" + "0" * 400])
def test_numbers_that_json_cannot_write_are_refused(client: httpx.Client, number: str) -> None:
    """Some writers of JSON put them in nevertheless; the answer could not hold them."""
    document = view(client)["document"]
    document["mentions"][0]["score"] = "@"
    body = json.dumps({"document": document, "correction": {"start": 0, "end": 4, "label": "ORG"}}).replace('"@"', number)
    response = client.post("/page/review", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 422
    assert "score" in response.json()["detail"]


def test_corrections_come_back_as_lexicon_and_training_sentences(client: httpx.Client, nlp: koproc.Pipeline, tmp_path: Path) -> None:
    """What a person decided is a file for `--lexicon`, and the corrected sentences are lines for `koproc train`."""
    shown = view(client)
    shown = review(client, shown, correction={**place(shown, "가온나노"), "label": "ORG", "en": "GaonNano"})
    lexicon = tmp_path / "lexicon.tsv"
    lexicon.write_bytes(ok(client.post("/glossary/convert?format=tsv", json={"rows": shown["decisions"]})).content)
    assert [(row.ko, row.en, row.status) for row in read_glossary(lexicon)] == [("가온나노", "GaonNano", "approved")]
    entry = load_lexicon([lexicon]).get("가온나노")
    assert entry is not None
    assert entry.en == "GaonNano"
    sentences = tmp_path / "sentences.txt"
    body = {"document": shown["document"], "touched": shown["touched"]}
    sentences.write_bytes(ok(client.post("/sentences", json=body)).content)
    assert len([*read_markup(sentences)]) == 2
    assert "[가온나노|ORG]" in sentences.read_text(encoding="utf-8")
    everything = ok(client.post("/sentences", json={"document": shown["document"]})).text
    assert everything.count("\n") == len(shown["document"]["sentences"])


def test_a_sentence_that_looks_like_a_comment_is_none(client: httpx.Client, tmp_path: Path) -> None:
    """`# ` at the beginning of a line of markup is a comment, but not where a sentence begins so."""
    path = tmp_path / "sentences.txt"
    path.write_bytes(ok(client.post("/sentences", json={"document": view(client, "# 네이버는 컸다.")["document"]})).content)
    assert [labelled.text for labelled in read_markup(path)] == ["# 네이버는 컸다."]


# ---- the store


def test_nothing_is_kept_without_a_store(client: httpx.Client) -> None:
    """A service that was not started with a folder has nowhere to save, and says so."""
    assert client.get("/health").json()["stores"] is False
    responses = [
        client.post("/store", json={"document": view(client)["document"]}),
        client.get("/store/lexicon"),
        client.get("/store/sentences"),
    ]
    assert [response.status_code for response in responses] == [404] * 3
    assert "--store" in responses[0].json()["detail"]


def test_store_keeps_the_last_decision_in_one_file(nlp: koproc.Pipeline, tmp_path: Path) -> None:
    """Rows and sentences come back, also after a restart; saving again replaces; one file is all there is."""
    folder = tmp_path / "new" / "folder"
    for english in ("Gaon", "GaonNano"):
        with live_service(nlp, store=folder) as url, httpx.Client(base_url=url, timeout=60) as client:
            assert client.get("/health").json()["stores"] is True
            shown = view(client)
            shown = review(client, shown, correction={**place(shown, "가온나노"), "label": "ORG", "en": english})
            body = {key: shown[key] for key in ("document", "decisions", "touched")}
            assert ok(client.post("/store", json=body)).json() == {"rows": 1, "sentences": 2}
    assert [path.name for path in folder.iterdir()] == ["koproc.sqlite3"]
    with live_service(nlp, store=folder) as url, httpx.Client(base_url=url) as client:
        path = tmp_path / "saved.tsv"
        path.write_bytes(ok(client.get("/store/lexicon")).content)
        assert [(row.ko, row.en) for row in read_glossary(path)] == [("가온나노", "GaonNano")]
        lines = ok(client.get("/store/sentences")).text.splitlines()
        assert sorted(parse_markup(line).text for line in lines) == sorted(re.findall("[^ ].*?다\\.", TEXT))


def test_store_that_is_no_database_is_named(nlp: koproc.Pipeline, tmp_path: Path) -> None:
    (tmp_path / "koproc.sqlite3").write_text("not a database " * 100, encoding="utf-8")
    with pytest.raises(koproc.ResourceError, match=r"koproc\.sqlite3"):
        create_app(nlp, store=tmp_path)


# ---- INCEpTION

NAMED_ENTITY = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"


def inception_request(text: str, layer: str = NAMED_ENTITY, feature: str = "value") -> dict[str, Any]:
    """What INCEpTION sends: its type system has the features that mark suggestions."""
    types = TypeSystem()
    named = types.create_type(NAMED_ENTITY, "uima.tcas.Annotation")
    for name, range in (
        ("value", "String"),
        ("value_score", "Double"),
        ("value_score_explanation", "String"),
        ("inception_internal_predicted", "Boolean"),
    ):
        types.create_feature(named, name, f"uima.cas.{range}")
    cas = Cas(typesystem=types)
    cas.sofa_string, cas.sofa_mime = text, "text/plain"
    cas.add(named(begin=0, end=1, value="LOC", inception_internal_predicted=True))  # an old suggestion
    metadata = {"layer": layer, "feature": feature, "projectId": 1, "anchoringMode": "characters", "crossSentence": False}
    document = {"xmi": cas.to_xmi(), "documentId": 2, "userId": "hana"}
    return {"metadata": metadata, "document": document, "typeSystem": types.to_xml()}


def test_suggestions_for_inception(client: httpx.Client) -> None:
    """The CAS comes back with our names as suggestions, in UTF-16 offsets; old suggestions are gone."""
    body = inception_request(f"👩‍👩‍👧 {TEXT}")
    answer = ok(client.post("/predict", json=body)).json()
    types = TypeSystem()
    from cassis import load_typesystem

    types = load_typesystem(io.BytesIO(body["typeSystem"].encode()))
    cas = load_cas_from_xmi(answer["document"], typesystem=types)
    found = [(item.get_covered_text(), item.value, item.inception_internal_predicted) for item in cas.select(NAMED_ENTITY)]
    assert found == [("가온나노", "ORG", True), ("LX-400", "PRODUCT", True), ("네이버", "ORG", True), ("가온나노", "ORG", True)]
    assert all(0 < item.value_score <= 1 for item in cas.select(NAMED_ENTITY))
    start = len(f"👩‍👩‍👧 {TEXT}".split("네이버")[0].encode("utf-16-le")) // 2
    assert f'begin="{start}" end="{start + 3}"' in answer["document"]


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda body: body["metadata"].update(layer="custom.None"), "no type"),
        (lambda body: body["metadata"].update(feature="colour"), "no feature"),
        (lambda body: body["document"].update(xmi="<xmi"), "not a CAS"),
        (lambda body: body.update(typeSystem="nonsense"), "not a CAS"),
        (lambda body: body["document"].update(xmi='<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "DOCTYPE"),
    ],
)
def test_what_is_no_cas_is_refused(client: httpx.Client, spoil: Callable[[dict[str, Any]], None], reason: str) -> None:
    body = inception_request(TEXT)
    spoil(body)
    response = client.post("/predict", json=body)
    assert response.status_code == 422
    assert reason in response.json()["detail"]


# ---- foreign pages


@pytest.mark.parametrize(
    ("headers", "refused"),
    [
        ({"host": "127.0.0.1:8000"}, False),
        ({"host": "[::1]:8000"}, False),
        ({"host": "LOCALHOST:8000"}, False),
        ({"host": "192.168.0.7"}, False),
        ({"host": "news.example.com"}, False),
        ({"host": "news.example.com", "origin": "https://news.example.com"}, False),
        ({"host": "127.0.0.1:8000", "origin": "http://127.0.0.1:8000"}, False),
        ({"host": "evil.example:8000"}, True),  # a name that points at 127.0.0.1
        ({"host": "localhost.evil.example"}, True),
        ({"host": "127.0.0.1.evil.example"}, True),
        ({}, True),
        ({"host": "127.0.0.1:8000", "origin": "http://127.0.0.1:9000"}, True),
        ({"host": "127.0.0.1:8000", "origin": "http://evil.example"}, True),
        ({"host": "127.0.0.1:8000", "origin": "null"}, True),
    ],
)
def test_host_and_origin(headers: dict[str, str], refused: bool) -> None:
    assert (refusal(Headers(headers), {"news.example.com"}) is not None) is refused


def test_foreign_pages_get_nothing(client: httpx.Client) -> None:
    """A foreign host or origin is refused, a form's body is no JSON, no other origin may read an answer, and the page takes nothing from
    elsewhere."""
    body = {"text": "칩"}
    assert client.post("/annotate", json=body, headers={"Origin": "http://evil.example"}).status_code == 403
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 403
    assert client.post("/annotate", content=json.dumps(body), headers={"Content-Type": "text/plain"}).status_code == 422
    response = client.get("/")
    assert response.headers["content-security-policy"].startswith("default-src 'self'")
    assert "access-control-allow-origin" not in response.headers
    preflight = client.options("/annotate", headers={"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"})
    assert preflight.status_code == 403
    page = response.text
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", page)
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|style=", page)


# ---- limits


class Gate(koproc.Pipeline):
    """A pipeline whose analyses wait until the gate is opened."""

    def __init__(self) -> None:
        self.opened, self.entered = threading.Event(), threading.Semaphore(0)

    def pipe_articles(self, articles: Iterable[koproc.Article | koproc.InputError]) -> Iterator[koproc.Document | koproc.InputError]:
        for article in articles:
            self.entered.release()
            assert self.opened.wait(60)
            assert isinstance(article, koproc.Article)
            yield koproc.Document(id=article.id, text=article.text)


def in_process(gate: Gate, limits: Limits, check: Callable[[httpx.AsyncClient], Awaitable[None]]) -> None:
    """Run a check against the application without a network, and let everything end."""

    async def main() -> None:
        app = create_app(gate, limits=limits)
        transport = httpx.ASGITransport(app)
        async with app.router.lifespan_context(app), httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            try:
                await check(client)
            finally:
                gate.opened.set()

    asyncio.run(main())


def test_concurrency_is_bounded() -> None:
    """One analysis runs, one waits, the third is told to come back; health answers meanwhile; those two are done in the end."""
    gate = Gate()

    async def check(client: httpx.AsyncClient) -> None:
        running, waiting = (asyncio.create_task(client.post("/annotate", json={"text": text})) for text in ("하나", "둘"))
        await anyio.wait_all_tasks_blocked()
        busy = await client.post("/annotate", json={"text": "셋"})
        assert (busy.status_code, busy.headers["retry-after"]) == (503, "5")
        assert (await client.get("/health")).json()["status"] == "ok"
        gate.opened.set()
        assert [(await task).json()["text"] for task in (running, waiting)] == ["하나", "둘"]
        assert (await client.post("/annotate", json={"text": "넷"})).status_code == 200

    in_process(gate, Limits(running=1, waiting=1), check)


def test_what_takes_too_long_is_an_error_and_the_service_lives_on() -> None:
    """The client of a long analysis gets 504; the next request is answered once its thread is free; a batch stops where it is."""
    gate = Gate()

    async def check(client: httpx.AsyncClient) -> None:
        late = await client.post("/annotate", json=[{"text": str(number)} for number in range(3)])
        assert late.status_code == 504
        assert "--timeout" in late.json()["detail"]
        gate.opened.set()
        assert (await client.post("/annotate", json={"text": "다음"})).json()["text"] == "다음"
        begun = 0
        while gate.entered.acquire(blocking=False):
            begun += 1
        assert begun <= 3  # of the batch one or two, and the next request

    in_process(gate, Limits(seconds=0.2, running=1), check)


def test_body_is_bounded(nlp: koproc.Pipeline) -> None:
    """A body that says it is too long is refused unread, one that does not say it as soon as it is."""
    with live_service(nlp, limits=Limits(body=1000)) as url:
        for content in (b"x" * 1001, iter([b"x" * 600, b"x" * 600])):
            response = httpx.post(f"{url}/annotate", content=content, headers={"Content-Type": "application/json"})
            assert response.status_code == 413
            assert "1,000 bytes" in response.json()["detail"]
        assert httpx.post(f"{url}/annotate", json={"text": "칩"}).status_code == 200


def test_body_that_does_not_arrive() -> None:
    """A client that opens a request and says no more is cut off."""
    sent: list[dict[str, Any]] = []

    async def never() -> dict[str, Any]:
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: Any) -> None:
        sent.append(message)

    async def app(*_: object) -> None:
        raise AssertionError("the application must not see it")

    scope = {"type": "http", "method": "POST", "path": "/annotate", "headers": []}
    asyncio.run(BodyLimit(app, Limits(seconds=0.05))(scope, never, send))  # type: ignore[arg-type]
    assert sent[0]["status"] == 408


# ---- the OpenAPI document


def test_openapi_document_holds(nlp: koproc.Pipeline, tmp_path: Path) -> None:
    """Whatever fits the document, and what just does not, gets an answer that the document knows, and never a 5xx."""
    api = schemathesis.openapi.from_asgi("/openapi.json", create_app(nlp, store=tmp_path), headers={"Host": "localhost"})
    checks = [schemathesis.checks.CHECKS.get_one(name) for name in ("not_a_server_error", "response_schema_conformance")]
    tried = set()

    def check(case: schemathesis.Case) -> None:
        response = case.call_and_validate(headers={"Host": "localhost"}, checks=checks)
        tried.add((case.operation.label, response.status_code))

    for result in api.get_all_operations():
        for mode in (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE):
            with contextlib.suppress(Unsatisfiable):  # a request without a body has nothing to spoil
                strategy = result.ok().as_strategy(generation_mode=mode)
                settings(max_examples=25, deadline=None, suppress_health_check=[*HealthCheck])(given(case=strategy)(check))()
    assert {path for path, status in tried if status == 200} >= {
        "POST /annotate",
        "POST /glossary",
        "POST /glossary/convert",
        "GET /health",
    }
    assert all(status < 500 for _, status in tried)


# ---- koproc serve


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`koproc serve` on a free port with names of one's own, and its URL."""
    lexicon = tmp_path / "own.tsv"
    lexicon.write_text("ko\ten\tkind\n가온나노\tGaon Nano Inc.\tORG\n", encoding="utf-8")
    command = [sys.executable, "-m", "koproc", "serve", "--port", "0", "--lexicon", str(lexicon), "--store", str(tmp_path / "store")]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}) as process:
        assert process.stderr is not None
        line = process.stderr.readline()
        yield process, line.split()[5]
        process.kill()


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_serves_and_stops(serving: tuple[subprocess.Popen[str], str], stop: signal.Signals) -> None:
    """It says where it listens, answers with the user's lexicon, and a signal ends it without a traceback."""
    process, url = serving
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", url)
    assert httpx.post(f"{url}annotate", json={"text": TEXT}, timeout=60).json()["mentions"][0]["en"] == "Gaon Nano Inc."
    process.send_signal(stop)
    _, stderr = process.communicate(timeout=60)
    assert stderr in ("", "koproc: stopped\n")
    assert process.returncode == (0 if stop == signal.SIGINT else 128 + signal.SIGTERM)


def test_running_requests_end_before_the_service() -> None:
    """Stopping waits for a request that runs."""
    gate, answers = Gate(), []
    with live_service(gate) as url:
        request = threading.Thread(target=lambda: answers.append(httpx.post(f"{url}/annotate", json={"text": "칩"}, timeout=60)))
        request.start()
        assert gate.entered.acquire(timeout=60)
        threading.Timer(0.1, gate.opened.set).start()  # while the service is stopping
    request.join()
    assert answers[0].json()["text"] == "칩"


def test_port_in_use_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        command = [sys.executable, "-m", "koproc", "serve", "--port", str(taken.getsockname()[1])]
        result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert result.returncode == 2
    assert "choose another with --host and --port" in result.stderr
    assert "Traceback" not in result.stderr
