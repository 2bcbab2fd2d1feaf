"""Article → sentences and tokens with exact offsets. The only module that imports Kiwi.

What Kiwi 0.24.1 does that is handled here:
- A single newline is no boundary for it, so the blocks of an article (lines, bylines) are analysed one by one; headlines,
  bylines and date lines are one sentence each, whatever they hold (`…` splits headlines otherwise).
- A full stop after `(사진=…)` becomes a sentence of its own: pieces without a letter join the sentence before.
- A very long string is superlinear (1 M characters: 155 s): pieces of at most 4,000 characters.
- In runs of one syllable a sentence may begin inside the last syllable of the one before: it begins after it.
- `Token.form` is not the surface and tokens overlap (하 + 었 on one character): only offsets are trusted.
- Any change of the dictionary costs a rebuild of two seconds: all words are added before the first use.
- After a fork that follows the first use, list input hangs: in a child process strings are fed one by one.
- Decomposed jamo, full-width letters, zero-width characters, lone surrogates: see normalization.py, which goes first.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import tee
from typing import TYPE_CHECKING, Any

from .document import Article, Block, Document, Sentence, Token

if TYPE_CHECKING:
    from kiwipiepy import Kiwi

PIECE = 4000  # characters; Kiwi reads 10 k characters at 47 k/s, 100 k at 35 k/s, 1 M at 6.5 k/s
_BREAK = re.compile(r"(?<=[.!?。”’])\s+|\s+")
_SEAM = re.compile(r"(?<=[다요죠까][.!?])(?=[“‘])")
_LETTER = re.compile(r"\w")
_WHOLE = ("headline", "subhead", "dateline", "byline")


class Analyzer:
    """One Kiwi with our words in its dictionary; make one a process and share it (400 MB, two seconds).

    >>> analyzer = Analyzer([("화웨이", 0.0)])
    >>> article = Article(id="a", text="화웨이는 칩을 공개했다.", blocks=(Block(0, 13, "body"),))
    >>> [(token.form, token.tag) for token in analyzer.analyze(article).tokens][:2]
    [('화웨이', 'NNP'), ('는', 'JX')]
    """

    def __init__(self, words: Iterable[tuple[str, float]] = (), *, threads: int | None = None) -> None:
        self._words = tuple(words)
        self._threads = threads or min(4, os.cpu_count() or 1)
        self._kiwi: Kiwi | None = None
        self._process = 0

    def kiwi(self) -> Kiwi:
        """The loaded analyzer; loads on first use. Multi-word entries are left out (1.2 s and 190 MB for one point of recall)."""
        if self._kiwi is None:
            from kiwipiepy import Kiwi

            kiwi = Kiwi(num_workers=self._threads, load_multi_dict=False)
            for word, score in self._words:
                kiwi.add_user_word(word, "NNP", score)
            self._kiwi, self._process = kiwi, os.getpid()
        return self._kiwi

    def analyze(self, article: Article) -> Document:
        """Sentences and tokens of one article."""
        return next(self.analyze_many([article]))

    def analyze_many(self, articles: Iterable[Article]) -> Iterator[Document]:
        """Sentences and tokens of each article, in order, batched through Kiwi's threads."""
        for_pieces, for_documents = tee(articles)
        pieces = (piece for article in for_pieces for piece in _pieces(article))
        analysed = self._sentences(article_piece for article_piece in pieces)
        for article in for_documents:
            yield _document(article, analysed)

    def _sentences(self, pieces: Iterator[tuple[str, int, Block]]) -> Iterator[list[Any]]:
        kiwi = self.kiwi()
        if os.getpid() != self._process:
            return (kiwi.split_into_sents(text, return_tokens=True) for text, _, _ in pieces)
        return iter(kiwi.split_into_sents((text for text, _, _ in pieces), return_tokens=True))


def _pieces(article: Article) -> Iterator[tuple[str, int, Block]]:
    """(string for Kiwi, its offset in the text, its block), each at most PIECE characters, cut at white space."""
    for block in article.blocks:
        start = block.start
        if block.kind not in _WHOLE:  # 밝혔다.“자신 있다”: Kiwi does not split before a quote that touches
            for seam in _SEAM.finditer(article.text, block.start, block.end):
                if seam.start() - start < PIECE:
                    yield article.text[start : seam.start()], start, block
                    start = seam.start()
        while block.end - start > PIECE:
            cut = 0
            for gap in _BREAK.finditer(article.text, start + PIECE // 2, start + PIECE):
                if cut == 0 or article.text[gap.start() - 1] in ".!?”’":
                    cut = gap.end()
            cut = cut or start + PIECE
            yield article.text[start:cut], start, block
            start = cut
        yield article.text[start : block.end], start, block


def _document(article: Article, analysed: Iterator[list[Any]]) -> Document:
    sentences: list[Sentence] = []
    tokens: list[Token] = []
    for text, offset, block in _pieces(article):
        first = len(sentences)
        for sentence in next(analysed):
            start, end = sentence.start + offset, sentence.end + offset
            if len(sentences) > first:
                start = max(start, sentences[-1].end)
            joins = len(sentences) > first and (block.kind in _WHOLE or not _LETTER.search(article.text, start, end))
            if joins:
                sentences[-1] = Sentence(sentences[-1].start, end, block.kind)
            else:
                sentences.append(Sentence(start, end, block.kind))
            for token in sentence.tokens:
                begin = token.start + offset
                tokens.append(Token(begin, begin + token.len, token.form, token.tag, token.lemma, bool(token.oov)))
        if len(sentences) == first and text.strip():
            sentences.append(Sentence(offset, offset + len(text.rstrip()), block.kind))
    return Document(
        id=article.id,
        text=article.text,
        title=article.title,
        subheads=article.subheads,
        byline=article.byline,
        agency=article.agency,
        published=article.published,
        sentences=tuple(sentences),
        tokens=tuple(tokens),
        source=article.source,
    )


_PARTICLE_TAGS = {
    **dict.fromkeys(("은", "는", "도", "만", "까지", "부터"), "JX"),
    **dict.fromkeys(("이", "가", "께서"), "JKS"),
    **dict.fromkeys(("을", "를"), "JKO"),
    **dict.fromkeys(("과", "와", "이나", "나"), "JC"),
    "의": "JKG",
}


def keep_names_whole(document: Document) -> Document:
    """One token a name: merge the tokens of a mention without spaces, cut a particle off that Kiwi glued to it (엔비디아의/NNG).

    >>> from koproc.document import Mention
    >>> mention = Mention("m1", 0, 4, "엔비디아", "ORG", "NVIDIA", "lexicon", "NVIDIA", 0.97, "lexicon")
    >>> tokens = (Token(0, 5, "엔비디아의", "NNG", "엔비디아의"), Token(6, 7, "칩", "NNG", "칩"))
    >>> document = Document(id="a", text="엔비디아의 칩", tokens=tokens, mentions=(mention,))
    >>> [(token.form, token.tag) for token in keep_names_whole(document).tokens]
    [('엔비디아', 'NNP'), ('의', 'JKG'), ('칩', 'NNG')]
    """
    tokens: list[Token] = []
    at = 0
    for mention in document.mentions:
        if " " in mention.text:
            continue
        while at < len(document.tokens) and document.tokens[at].end <= mention.start:
            tokens.append(document.tokens[at])
            at += 1
        inside = at
        while inside < len(document.tokens) and document.tokens[inside].start < mention.end:
            inside += 1
        covered = document.tokens[at:inside]
        if not covered or covered[0].start != mention.start or (len(covered) == 1 and covered[0].end == mention.end):
            continue
        tokens.append(Token(mention.start, mention.end, mention.text, "NNP", mention.text))
        rest = document.text[mention.end : max(token.end for token in covered)]
        if rest:
            tokens.append(Token(mention.end, mention.end + len(rest), rest, _PARTICLE_TAGS.get(rest, "JKB"), rest))
        at = inside
    tokens.extend(document.tokens[at:])
    return replace(document, tokens=tuple(tokens))
