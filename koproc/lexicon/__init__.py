"""Names and terms that we know: the shipped lexicon, the user's, and one pass over a text that finds them all."""

from .store import Entry, Hit, Lexicon, load_lexicon, read_lexicon

__all__ = ["Entry", "Hit", "Lexicon", "load_lexicon", "read_lexicon"]
