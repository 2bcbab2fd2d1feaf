"""What the front page asks for: the text of a file, the view of an article, the view after a correction, and what a person takes away.

Nothing is kept between requests: a view holds all that the next request about it needs.
"""

from __future__ import annotations

from dataclasses import asdict
from threading import Event
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response

from ...document import Document, GlossaryRow
from ...errors import InputError
from ...formats.html_fragments import heading_and_text, legend, statement_tables
from ...formats.json_lines import from_record, line_of, to_record
from ...formats.page_words import Language
from ...glossary import build_glossary
from ...pipeline import Pipeline
from ...reading import articles_from_bytes
from .annotation import annotated, article_of, glossary_file, json_response
from .answers import ARTICLES, PROBLEMS, SENTENCES, VIEW, Form
from .corrections import corrected, decided, labelled_sentences, reviewed, with_decision
from .records import Here, Labelled, Review, Saved, Saving, ViewInput
from .store import Store

routes = APIRouter(responses=PROBLEMS)


@routes.post(
    "/page/article",
    responses=ARTICLES,
    response_class=Response,
    summary="The text of a file",
    openapi_extra={"requestBody": {"required": True, "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}},
)  # fmt: skip
async def read(request: Request, service: Here, name: str = "article.txt") -> Response:
    """The articles in a file (text, HTML or JSON Lines in any usual Korean encoding): text, title and date of each."""
    data = await request.body()

    def articles(_: Event) -> Response:
        found: list[dict[str, str | None]] = []
        for item in articles_from_bytes(data, name):
            if isinstance(item, InputError):
                raise item
            published = item.published.isoformat() if item.published else None
            found.append({"text": item.text, "title": item.title, "published": published})
        return json_response(line_of(found))

    return await service.workers.run(articles)


@routes.post("/page/view", responses=VIEW, response_class=Response, summary="What the page shows of an article")
async def view(body: ViewInput, service: Here) -> Response:
    """The annotated document with its morphemes, its glossary, and both as HTML."""
    return await service.workers.run(
        lambda _: _view(service.nlp, annotated(service.nlp, article_of(body, "article")), [], [], body.language)
    )


@routes.post("/page/review", responses=VIEW, response_class=Response, summary="What the page shows after a correction")
async def review(body: Review, service: Here) -> Response:
    """The view after what a person decides now: a `correction` of the text, a `decision` about the glossary, or neither."""

    def after(_: Event) -> Response:
        document, decisions, touched = _document(body.document), list(body.decisions), set(body.touched)
        if body.correction is not None:
            document, row, starts = corrected(document, body.correction, service.nlp.lexicon)
            touched.update(starts)
            if row is not None:
                decisions = with_decision(decisions, row)
        if body.decision is not None:
            document, starts = decided(document, body.decision, service.nlp.lexicon)
            touched.update(starts)
            decisions = with_decision(decisions, body.decision)
        return _view(service.nlp, document, decisions, sorted(touched), body.language)

    return await service.workers.run(after)


@routes.post("/sentences", responses=SENTENCES, response_class=Response, summary="Labelled sentences for koproc train")
async def sentences(body: Labelled, service: Here) -> Response:
    """The sentences that a person has checked, in markup: `[화웨이|ORG]는 …`."""
    lines = await service.workers.run(lambda _: list(labelled_sentences(_document(body.document), body.touched)))
    return _lines(lines)


@routes.post("/store", summary="Keep what a person has corrected")
async def save(body: Saving, service: Here) -> Saved:
    """Rows that a person has decided and sentences that they have checked go into the service's store, if it was started with one."""
    store = _store(service.store)

    def saved(_: Event) -> Saved:
        store.save(body.decisions, labelled_sentences(_document(body.document), body.touched))
        return Saved(rows=len(store.rows()), sentences=len(store.sentences()))

    return await service.workers.run(saved)


@routes.get("/store/lexicon", response_class=Response, summary="The rows of the store as a glossary file")
async def stored_lexicon(service: Here, format: Form = "tsv") -> Response:
    """What was decided so far, as `--lexicon` takes it."""
    store = _store(service.store)
    return await service.workers.run(lambda _: glossary_file(store.rows(), format))


@routes.get("/store/sentences", responses=SENTENCES, response_class=Response, summary="The sentences of the store")
async def stored_sentences(service: Here) -> Response:
    """What was labelled so far, as `koproc train` takes it."""
    store = _store(service.store)
    return _lines(await service.workers.run(lambda _: store.sentences()))


def _store(store: Store | None) -> Store:
    if store is None:
        raise HTTPException(404, "this service keeps nothing; start it with --store FOLDER")
    return store


def _document(record: dict[str, Any]) -> Document:
    """The document of a record; raises InputError."""
    return from_record(record)


def _view(nlp: Pipeline, document: Document, decisions: list[GlossaryRow], touched: list[int], language: Language) -> Response:
    heading, text = heading_and_text(document, "d1", focusable=True)
    rows = reviewed(build_glossary([document], lexicon=nlp.lexicon), decisions)
    shown = {
        "document": to_record(document, tokens=True),
        "rows": [asdict(row) for row in rows],
        "decisions": [asdict(row) for row in decisions],
        "touched": touched,
        "heading": heading,
        "text": text,
        "claims": statement_tables(document, "d1", language),
        "legend": legend(language),
    }
    return json_response(line_of(shown))


def _lines(lines: list[str]) -> Response:
    headers = {"Content-Disposition": 'attachment; filename="koproc-sentences.txt"'}
    return Response("".join(f"{line}\n" for line in lines).encode(), media_type="text/plain", headers=headers)
