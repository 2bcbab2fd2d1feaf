"""koproc: Korean tech news in; organizations, products and numeric claims out, each with its characters and its English.

Names are imported when they are first used, so `import koproc` costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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

_ROOMS = {
    "errors": ("InputError", "KoprocError", "ParseError", "ResourceError"),
    "glossary": ("build_glossary",),
    "pipeline": ("Pipeline", "annotate", "load"),
    "quantities": ("parse_number", "parse_quantity"),
    "reading": ("read_articles",),
    "times": ("parse_time",),
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'koproc' has no attribute {name!r}")
    value = getattr(import_module(f".{_ROOM_OF.get(name, 'document')}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
