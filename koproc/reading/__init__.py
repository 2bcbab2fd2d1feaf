"""Bytes in, articles out: files, folders, globs and stdin; plain text, HTML and JSON Lines; any usual Korean encoding."""

from .article import article_from_text
from .sources import articles_from_bytes, count_articles, read_articles

__all__ = ["article_from_text", "articles_from_bytes", "count_articles", "read_articles"]
