"""HTML page → (text, title, publication date). Scripts are dropped; every visible line of the article is kept, one a line."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "caption",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
_HIDDEN = ("script", "style", "noscript", "template", "svg", "iframe", "select", "button", "head", "object")
_ARTICLE = ("[itemprop=articleBody]", "article", "#articleBody", "#article_body", "#newsct_article", "#article-view", "main")
_DATE_META = ("article:published_time", "og:published_time", "datePublished", "pubdate", "date", "dc.date")
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)


def declared_encoding(data: bytes) -> str | None:
    """The encoding that the page names in its first 4 kB, in Python's name for it, or None."""
    import codecs

    match = _CHARSET.search(data[:4096])
    if match is None:
        return None
    try:
        name = codecs.lookup(match.group(1).decode("ascii")).name
    except LookupError:
        return None
    return "cp949" if name == "euc_kr" else name


def text_of_page(markup: str) -> tuple[str, str | None, date | None]:
    """The visible text of a page's article, its title, and its publication date where its metadata give them.

    >>> text_of_page("<title>새 칩</title><body><p>첫 줄</p><p>둘째<br>셋째</p><script>x</script>")
    ('첫 줄\\n둘째\\n셋째', '새 칩', None)
    """
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(_without_open_ends(markup), "html.parser")
    title = _title(soup)
    published = _published(soup)
    for hidden in soup(_HIDDEN):
        hidden.decompose()
    root = next((found for selector in _ARTICLE if (found := soup.select_one(selector))), None) or soup.body or soup
    return _visible_text(root), title, published


def _without_open_ends(markup: str) -> str:
    """The page with what looks like a tag or comment but never ends as text, for which Python's parser would search again at each."""
    for opening, closing in (("<!--", "-->"), ("<", ">")):
        end = markup.rfind(closing) + 1
        markup = markup[:end] + markup[end:].replace(opening, opening.replace("<", "&lt;"))
    return markup


def _title(soup: BeautifulSoup) -> str | None:
    meta = soup.select_one('meta[property="og:title"]')
    text = str(meta.get("content") or "") if meta else ""
    if not text.strip():
        heading = soup.find("h1") or soup.find("title")
        text = heading.get_text(" ") if heading else ""
    return " ".join(text.split()) or None


def _published(soup: BeautifulSoup) -> date | None:
    values = [
        str(meta.get("content") or "")
        for name in _DATE_META
        for meta in soup.find_all("meta", attrs={"property": name}) + soup.find_all("meta", attrs={"name": name})
    ]
    values.extend(str(tag.get("datetime") or "") for tag in soup.find_all("time"))
    for value in values:
        match = re.match(r"\s*(\d{4})[-./]?(\d\d)[-./]?(\d\d)", value)
        if match:
            try:
                return date(int(match[1]), int(match[2]), int(match[3]))
            except ValueError:
                continue
    return None


def _visible_text(root: Tag) -> str:
    from bs4 import Comment, NavigableString, Tag

    pieces: list[str] = []
    stack: list[object] = [root]
    while stack:  # not recursive: a hostile page nests deeper than Python's stack
        node = stack.pop()
        if isinstance(node, str) and not isinstance(node, NavigableString):
            pieces.append(node)
        elif isinstance(node, Comment):
            continue
        elif isinstance(node, NavigableString):
            pieces.append(re.sub(r"\s+", " ", str(node)))
        elif isinstance(node, Tag):
            edge = ["\n"] if node.name in _BLOCKS else []
            stack.extend([*edge, *reversed(node.contents), *edge])
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)
