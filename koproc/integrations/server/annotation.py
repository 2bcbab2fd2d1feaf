"""POST /annotate, /glossary and /glossary/convert: articles in, annotations and glossaries out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import BytesIO
from threading import Event
from typing import TypeVar

from fastapi import APIRouter, Response

from ...document import Article, Document, GlossaryRow
from ...errors import InputError
from ...formats.glossaries import write_glossary
from ...formats.json_lines import dumps, line_of
from ...glossary import build_glossary
from ...glossary.order import KINDS
from ...moments import day_or_moment
from ...pipeline import Pipeline
from ...reading import article_from_text, articles_from_bytes
from .answers import ANNOTATED, FILES, GLOSSARY, PROBLEMS, Form
from .records import ArticleInput, GlossaryInput, Here, Rows

Found = TypeVar("Found", Article, Document)
routes = APIRouter(responses=PROBLEMS)


@routes.post("/annotate", responses=ANNOTATED, response_class=Response, summary="Annotate one article, or several")
async def annotate(body: ArticleInput | list[ArticleInput], service: Here, tokens: bool = False) -> Response:
    """One article gives one record, an array of them an array in the same order, in which `{"id", "error"}` stands for one that failed.

    With `tokens`, the morphemes come too.
    """
    if isinstance(body, ArticleInput):
        document = await service.workers.run(lambda _: annotated(service.nlp, article_of(body, "text")))
        return json_response(dumps(document, tokens=tokens))
    found = await service.workers.run(lambda given_up: list(_each(service.nlp, body, given_up)))
    return json_response(f"[{', '.join(_failure(item) if isinstance(item, InputError) else dumps(item, tokens=tokens) for item in found)}]")


@routes.post("/glossary", responses=GLOSSARY, response_class=Response, summary="One glossary of several articles")
async def glossary(body: GlossaryInput, service: Here, format: Form = "json") -> Response:
    """Names and terms of all articles with their English, in any format that `koproc glossary` writes. An article that cannot be read
    is an error."""

    def build(given_up: Event) -> list[GlossaryRow]:
        documents = map(_or_raise, _each(service.nlp, body.articles, given_up))
        rows = build_glossary(documents, kinds=body.kinds or KINDS, lexicon=service.nlp.lexicon)
        return [row for row in rows if row.count >= body.min_count]

    return await service.workers.run(lambda given_up: glossary_file(build(given_up), format))


@routes.post("/glossary/convert", responses=GLOSSARY, response_class=Response, summary="A glossary in another format")
async def convert(body: Rows, service: Here, format: Form = "tsv") -> Response:
    """Rows of a glossary, corrected or not, as a file."""
    return await service.workers.run(lambda _: glossary_file(body.rows, format))


def article_of(body: ArticleInput, id: str) -> Article:
    """The article that a request holds; raises InputError."""
    name = body.id or id
    try:
        published = None if body.published is None else day_or_moment(body.published)
    except ValueError:
        raise InputError(name, f"published must be YYYY-MM-DD or YYYY-MM-DDTHH:MM, not {body.published!r}") from None
    if body.format == "text":
        return article_from_text(body.text, id=name, title=body.title, published=published, source=name)
    (found,) = articles_from_bytes(body.text.encode(), name, "utf-8", "html")
    article = _or_raise(found)
    return replace(article, title=body.title or article.title, published=published or article.published)


def annotated(nlp: Pipeline, article: Article) -> Document:
    """The document of an article; raises InputError."""
    (found,) = nlp.pipe_articles([article])
    return _or_raise(found)


def _each(nlp: Pipeline, bodies: Iterable[ArticleInput], given_up: Event) -> Iterator[Document | InputError]:
    """Documents in order, until nobody waits for them any more."""
    for found in nlp.pipe_articles(_articles(bodies)):
        if given_up.is_set():
            return
        yield found


def _articles(bodies: Iterable[ArticleInput]) -> Iterator[Article | InputError]:
    for number, body in enumerate(bodies, 1):
        try:
            yield article_of(body, f"text:{number}")
        except InputError as err:
            yield err


def _or_raise(found: Found | InputError) -> Found:
    if isinstance(found, InputError):
        raise found
    return found


def _failure(error: InputError) -> str:
    return line_of({"id": error.source, "error": error.reason})


def json_response(content: str) -> Response:
    """JSON that is written already: records hold what `json.dumps` and pydantic would not encode."""
    return Response(content, media_type="application/json")


def glossary_file(rows: list[GlossaryRow], format: str) -> Response:
    stream = BytesIO()
    changes = write_glossary(rows, stream, format)
    ending, media = FILES[format]
    headers = {"Content-Disposition": f'attachment; filename="koproc-glossary{ending}"'}
    for name, what in (("Koproc-Left-Out", "left out"), ("Koproc-Changed", "changed")):
        if count := sum(change.what == what for change in changes):
            headers[name] = str(count)
    return Response(stream.getvalue(), media_type=media, headers=headers)
