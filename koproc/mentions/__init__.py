"""Document → mentions of organizations, products, persons and places, from the lexicon and from rules."""

from .tagger import find_mentions

__all__ = ["find_mentions"]
