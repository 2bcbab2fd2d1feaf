"""The OpenAPI document: FastAPI's, with the schema of `koproc/1` records beside the other schemas."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from ...formats.schema import json_schema
from .answers import RECORD
from .records import Failure

_HOLDERS = ("Review", "Labelled", "Saving")  # requests that hold a record


def describe(app: FastAPI) -> None:
    """Make `app` answer with a document that says what records hold."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _with_records(plain())
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _with_records(document: dict[str, Any]) -> dict[str, Any]:
    schemas = document["components"]["schemas"]
    for name, schema in _record_schemas().items():
        schemas[name] = schema
    schemas["Failure"] = Failure.model_json_schema()
    for holder in _HOLDERS:
        schemas[holder]["properties"]["document"] = RECORD
    return document


def _record_schemas() -> dict[str, Any]:
    """The schema of a record, and those that it refers to, under the names that they have here."""
    whole = json_schema()
    parts = whole.pop("$defs")
    whole.pop("$schema")
    moved: dict[str, Any] = _moved({"Document": whole, **(parts if isinstance(parts, dict) else {})})
    return moved


def _moved(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _moved(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_moved(item) for item in value]
    return value.replace("#/$defs/", "#/components/schemas/") if isinstance(value, str) and value.startswith("#/$defs/") else value
