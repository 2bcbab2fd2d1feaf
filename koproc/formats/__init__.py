"""One file per format: `write(documents, stream)`, and reading where the format is also an input."""

from . import html_page, json_lines, schema, tables, terminal
from .json_lines import dumps, loads, to_record
from .schema import json_schema

__all__ = ["dumps", "html_page", "json_lines", "json_schema", "loads", "schema", "tables", "terminal", "to_record"]
