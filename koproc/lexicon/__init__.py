"""Names and terms that we know: the shipped lexicon, the user's, and one pass over a text that finds them all."""

from .layers import load_lexicon
from .store import Entry, Hit, Lexicon, read_lexicon
from .user_files import read_glossary, read_user_file

__all__ = ["Entry", "Hit", "Lexicon", "load_lexicon", "read_glossary", "read_lexicon", "read_user_file"]
