"""koproc: Korean tech news in; organizations, products and numeric claims out, each with its characters and its English."""

from .document import (
    Article,
    Claim,
    ClaimTime,
    Document,
    Event,
    Gloss,
    GlossaryRow,
    Mention,
    Quantity,
    Reference,
    Sentence,
    Term,
    Time,
    Token,
)
from .errors import InputError, KoprocError, ParseError, ResourceError
from .glossary import build_glossary
from .pipeline import Pipeline, annotate, load
from .quantities import parse_number, parse_quantity
from .reading import read_articles
from .times import parse_time

__version__ = "0.1.0"

__all__ = [
    "Article",
    "Claim",
    "ClaimTime",
    "Document",
    "Event",
    "Gloss",
    "GlossaryRow",
    "InputError",
    "KoprocError",
    "Mention",
    "ParseError",
    "Pipeline",
    "Quantity",
    "Reference",
    "ResourceError",
    "Sentence",
    "Term",
    "Time",
    "Token",
    "annotate",
    "build_glossary",
    "load",
    "parse_number",
    "parse_quantity",
    "parse_time",
    "read_articles",
]
