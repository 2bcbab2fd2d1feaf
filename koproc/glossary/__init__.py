"""Terms and in-text glosses of a document, and the glossary that is folded from many documents."""

from .build import build_glossary
from .glosses import find_glosses
from .terms import find_terms

__all__ = ["build_glossary", "find_glosses", "find_terms"]
