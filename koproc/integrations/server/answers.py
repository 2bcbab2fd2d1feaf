"""What the OpenAPI document says of answers that are not made by pydantic: records, glossary files, views, problems."""

from __future__ import annotations

from typing import Any, Literal

from .records import Problem

RECORD = {"$ref": "#/components/schemas/Document"}
_FAILURE = {"$ref": "#/components/schemas/Failure"}
_ROWS = {"type": "array", "items": {"$ref": "#/components/schemas/GlossaryRow"}}
_HTML = {"type": "string", "description": "A fragment of HTML, everything of the article escaped."}

# the ending and the media type of what /glossary gives
FILES = {
    "tsv": (".tsv", "text/tab-separated-values"),
    "csv": (".csv", "text/csv"),
    "xlsx": (".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": (".json", "application/json"),
    "tbx": (".tbx", "application/xml"),
    "tbx2": (".tbx", "application/xml"),
    "tmx": (".tmx", "application/xml"),
    "po": (".po", "text/x-gettext-translation"),
    "md": (".md", "text/markdown"),
    "html": (".html", "text/html"),
    "omegat": (".txt", "text/plain"),
    "memoq": (".csv", "text/csv"),
    "deepl": (".tsv", "text/tab-separated-values"),
    "google": (".tsv", "text/tab-separated-values"),
    "google-equivalent": (".csv", "text/csv"),
    "amazon": (".csv", "text/csv"),
    "azure": (".csv", "text/csv"),
    "papago": (".csv", "text/csv"),
}
Form = Literal[
    "tsv", "csv", "xlsx", "json", "tbx", "tbx2", "tmx", "po", "md", "html", "omegat", "memoq", "deepl", "google", "google-equivalent",
    "amazon", "azure", "papago",
]  # fmt: skip
ANNOTATED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A `koproc/1` record, or, for an array, an array of them.",
        "content": {
            "application/json": {"schema": {"anyOf": [RECORD, {"type": "array", "items": {"anyOf": [RECORD, _FAILURE]}}]}},
        },
    }
}
GLOSSARY: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The glossary in the format asked for.",
        "headers": {
            name: {"description": f"How many rows are {what}, if the format cannot hold all.", "schema": {"type": "integer"}}
            for name, what in (("Koproc-Left-Out", "missing"), ("Koproc-Changed", "not exactly as in the glossary"))
        },
        "content": {
            media: {"schema": {"type": "array", "items": {"type": "object"}} if media == "application/json" else {"type": "string"}}
            for media in dict.fromkeys(media for _, media in FILES.values())
        },
    }
}
VIEW: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "All that the page shows, and that the next request about it needs.",
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "document": RECORD,
                        "rows": _ROWS,
                        "decisions": _ROWS,
                        "touched": {"type": "array", "items": {"type": "integer"}},
                        **dict.fromkeys(("heading", "text", "claims", "legend"), _HTML),
                    },
                    "required": ["document", "rows", "decisions", "touched", "heading", "text", "claims", "legend"],
                }
            }
        },
    }
}
ARTICLES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The articles of the file.",
        "content": {
            "application/json": {
                "schema": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "properties": {
                            "text": {"type": "string"},
                            "title": {"type": ["string", "null"]},
                            "published": {"type": ["string", "null"]},
                        },
                        "required": ["text", "title", "published"],
                    },
                }
            }
        },
    }
}
SENTENCES: dict[int | str, dict[str, Any]] = {
    200: {"description": "A sentence a line, as `koproc train` takes them.", "content": {"text/plain": {"schema": {"type": "string"}}}}
}
PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": description}
    for status, description in (
        (400, "The body is no JSON"),
        (403, "A foreign Host or Origin"),
        (408, "The body did not arrive in time"),
        (413, "The body is too long"),
        (422, "Something in the request does not fit; `detail` says what"),
        (503, "Too many requests; `Retry-After` says when to come back"),
        (504, "It took too long"),
    )
}
