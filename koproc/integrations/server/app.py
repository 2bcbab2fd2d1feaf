"""The application: routes, errors as `{"detail": …}`, the page's files, and around them the limits and the guard."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse
from fastapi.staticfiles import StaticFiles

from ...errors import KoprocError, ResourceError
from ...formats.html_page import STYLE
from ...pipeline import Pipeline
from . import annotation, recommender, review
from .guard import Guard
from .limits import BodyLimit, BusyError, Limits, Workers
from .openapi import describe
from .records import Health, Here, Service
from .store import Store

PAGE = Path(__file__).with_name("page")


def create_app(nlp: Pipeline, *, limits: Limits | None = None, store: Path | None = None, hosts: Iterable[str] = ()) -> FastAPI:
    """The service as an ASGI application, around one pipeline that its requests share.

    `store` is a folder where corrections may be saved; `hosts` are names under which clients reach the service, other than `localhost` and
    addresses.

    Raises:
        ResourceError: the store cannot be used.

    >>> from koproc import load
    >>> create_app(load()).title
    'koproc'
    """
    limits = limits or Limits()
    workers = Workers(limits)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        workers.close()

    app = FastAPI(
        title="koproc",
        version=_version(),
        description="Korean tech news in; organizations, products, numeric claims and a bilingual glossary out.",
        docs_url=None,  # its scripts come from elsewhere, and the page takes nothing from there
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.service = Service(nlp, workers, Store(store) if store is not None else None)
    app.add_middleware(BodyLimit, limits=limits)
    app.add_middleware(Guard, hosts=tuple(hosts))
    for routes in (annotation.routes, recommender.routes, review.routes):
        app.include_router(routes)
    app.get("/health", summary="Whether the service works")(health)
    app.get("/", include_in_schema=False)(front_page)
    app.get("/page/html_page.css", include_in_schema=False)(style)
    app.mount("/page", StaticFiles(directory=PAGE))
    _handle_errors(app)
    describe(app)
    return app


async def health(service: Here) -> Health:
    """Answers at once, also while analyses run."""
    return Health(version=_version(), stores=service.store is not None)


async def front_page() -> FileResponse:
    return FileResponse(PAGE / "index.html", headers={"Cache-Control": "no-cache"})


async def style() -> FileResponse:
    return FileResponse(STYLE, headers={"Cache-Control": "no-cache"})


def _version() -> str:
    from importlib.metadata import version

    return version("koproc")


def _handle_errors(app: FastAPI) -> None:
    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        faults = error.errors()
        if any(fault["type"] == "json_invalid" for fault in faults):
            return _problem(400, "the body is no JSON")
        reasons = dict.fromkeys(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in faults[:10])
        return _problem(422, "; ".join(reasons))

    @app.exception_handler(KoprocError)
    async def refused(_: Request, error: KoprocError) -> JSONResponse:
        return _problem(503 if isinstance(error, ResourceError) else 422, str(error))

    @app.exception_handler(BusyError)
    async def busy(_: Request, error: BusyError) -> JSONResponse:
        return _problem(503, "as many requests wait as may; come back in a few seconds", {"Retry-After": "5"})

    @app.exception_handler(TimeoutError)
    async def late(_: Request, error: TimeoutError) -> JSONResponse:
        return _problem(504, "it took too long; send fewer or shorter articles at a time, or start the service with a longer --timeout")


def _problem(status: int, detail: str, headers: dict[str, str] | None = None) -> JSONResponse:
    clean = detail.encode("utf-8", "backslashreplace").decode()  # a lone surrogate of the request
    return JSONResponse({"detail": clean}, status, headers=headers)
