"""The English of a Korean name or term, where it came from and how likely it is right: one path for annotations, glossaries and translators."""

from .candidates import translations
from .names import english_of_name
from .terms import english_of_term
from .translation import Translation

__all__ = ["Translation", "english_of_name", "english_of_term", "translations"]
