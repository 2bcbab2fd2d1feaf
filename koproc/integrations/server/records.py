"""What requests and answers hold. Annotations are `koproc/1` records, whose schema `openapi.py` puts beside these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal, cast

from fastapi import Depends, Request
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from ...document import GlossaryRow
from ...formats.page_words import Language
from ...pipeline import Pipeline
from .corrections import KINDS, Correction
from .limits import Workers
from .store import Store

JsonRecord = Annotated[dict[str, Any], Field(description="A `koproc/1` record, as `/annotate` gives it.")]


@dataclass(frozen=True, slots=True)
class Service:
    """What the requests share."""

    nlp: Pipeline
    workers: Workers
    store: Store | None = None


def _service(request: Request) -> Service:
    return cast(Service, request.app.state.service)


Here = Annotated[Service, Depends(_service)]


def _checked(row: GlossaryRow) -> GlossaryRow:
    if row.kind not in KINDS:
        raise ValueError(f"kind {row.kind!r} is not one of {', '.join(KINDS)}")
    if not row.ko.strip():
        raise ValueError("ko is empty")
    if not (0 <= row.certainty <= 1 and row.count >= 0 and row.documents >= 0):
        raise ValueError("certainty lies between 0 and 1, counts are not negative")
    return row


Row = Annotated[GlossaryRow, AfterValidator(_checked)]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ArticleInput(Body):
    """One article: its text, or a page of HTML. `published` overrules the date that the text states."""

    text: str = Field(min_length=1, examples=["네이버는 내년 매출을 2조 원으로 늘릴 계획이다."])
    id: str | None = Field(None, description="What the answer calls it; `text:1` and so on without it.")
    title: str | None = None
    published: str | None = Field(None, description="YYYY-MM-DD or YYYY-MM-DDTHH:MM", examples=["2026-01-21"])
    format: Literal["text", "html"] = "text"


class GlossaryInput(Body):
    """Articles for one glossary."""

    articles: list[ArticleInput] = Field(min_length=1)
    kinds: list[Literal["ORG", "PRODUCT", "PERSON", "LOC", "TERM"]] | None = Field(None, description="All but LOC without it.")
    min_count: int = Field(1, ge=1)


class Rows(Body):
    """The rows of a glossary, as `/glossary` gives them in JSON."""

    rows: list[Row]


class Failure(BaseModel):
    """An article that could not be read or annotated, in its place among the others."""

    id: str
    error: str


class Problem(BaseModel):
    """Why there is no answer, and what to do."""

    detail: str


class Health(BaseModel):
    status: Literal["ok"] = "ok"
    version: str
    stores: bool = Field(description="Whether what a person corrects can be saved here.")


class ViewInput(ArticleInput):
    language: Language = "ko"


class Review(Body):
    """A document with what a person has decided so far, and what is decided now: a stretch of its text, or a row of its glossary."""

    document: JsonRecord
    decisions: list[Row] = []
    touched: list[int] = Field([], description="Where sentences begin in which a person has corrected something.")
    correction: Correction | None = None
    decision: Row | None = None
    language: Language = "ko"


class Labelled(Body):
    """A document and the sentences of it that a person has checked; all of them without `touched`."""

    document: JsonRecord
    touched: list[int] | None = None


class Saving(Labelled):
    decisions: list[Row] = []


class Saved(BaseModel):
    """How much the store holds now."""

    rows: int
    sentences: int
