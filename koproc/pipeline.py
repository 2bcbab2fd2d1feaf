"""The one place where the stages meet: text → Document; batches; errors per document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from itertools import islice, tee
from pathlib import Path
from typing import TypeVar

from .claims import find_claims
from .document import Article, Document
from .errors import InputError, ResourceError
from .glossary import find_glosses, find_terms
from .lexicon import Lexicon, load_lexicon
from .mentions import find_mentions
from .mentions.model import TaggerModel, load_model, shipped_model
from .mentions.view import Candidate
from .moments import day_or_moment
from .morphology import Analyzer, keep_names_whole
from .normalization import NormalizedText, normalize, restore
from .processes import in_processes
from .quantities import find_quantities
from .reading import article_from_text
from .times import find_times

Stage = Callable[[Document], Document]
Item = TypeVar("Item")
BATCH = 16  # articles that Kiwi's threads share
_FAULTS = (ValueError, RuntimeError, RecursionError, MemoryError)


class Pipeline:
    """Text in, annotated documents out. Holds one analyzer and one lexicon; safe to share between threads.

    >>> nlp = Pipeline(load_lexicon())
    >>> document = nlp("카카오는 내년 상반기 ‘무리-4’ 모델을 공개할 예정이다.", published="2026-01-21")
    >>> [(mention.text, mention.label, mention.en) for mention in document.mentions]
    [('카카오', 'ORG', 'Kakao'), ('무리-4', 'PRODUCT', 'Muri-4')]
    """

    def __init__(self, lexicon: Lexicon, *, model: TaggerModel | None = None, threads: int | None = None, min_score: float = 0.0) -> None:
        self.lexicon, self.model, self.min_score, self._threads = lexicon, model, min_score, threads
        self.analyzer = Analyzer(lexicon.words(), threads=threads)
        self.stages: tuple[Stage, ...] = (
            self._find_mentions,
            keep_names_whole,
            find_times,
            find_quantities,
            lambda document: find_claims(document, self.lexicon),
            lambda document: find_glosses(document, self.lexicon),
            lambda document: find_terms(document, self.lexicon),
        )

    def __call__(self, text: str, *, published: date | str | None = None, title: str | None = None, id: str = "text") -> Document:
        """Annotate one text. `published` (a date or `YYYY-MM-DD`) overrules the date that the text states; with a clock time (a
        datetime or `YYYY-MM-DDTHH:MM`) hours and minutes resolve too (두 시간 뒤).

        Raises:
            TypeError: `text` is not a string.
            ValueError: `published` is not a date.
        """
        if not isinstance(text, str):
            raise TypeError(f"text must be a str, not {type(text).__name__}; read files with koproc.read_articles")
        return self.annotate(article_from_text(text, id=id, title=title, published=_date(published)))

    def annotate(self, article: Article) -> Document:
        """Annotate one article that reading has made."""
        article, normalized = prepare(article)
        return self._finish(self.analyzer.analyze(article), normalized)

    def __reduce__(self) -> tuple[Callable[..., Pipeline], tuple[object, ...]]:
        """For other processes: the lexicon and the model, but no Kiwi, which each loads itself."""
        return partial(Pipeline, model=self.model, threads=self._threads, min_score=self.min_score), (self.lexicon,)

    def pipe(self, texts: Iterable[str | Article], *, processes: int = 1) -> Iterator[Document]:
        """Annotate many texts or articles, in order, through the analyzer's threads; a few dozen are held in memory at a time.

        With more than one of `processes` each holds a pipeline of its own (400 MB), and a script needs `if __name__ == "__main__":`.

        >>> nlp = Pipeline(load_lexicon())
        >>> [len(document.mentions) for document in nlp.pipe(["네이버와 카카오", "내일"])]
        [2, 0]
        """
        articles = (a if isinstance(a, Article) else article_from_text(a, id=f"text:{n}") for n, a in enumerate(texts, 1))
        if processes > 1:
            for done in in_processes(self._pipe_batch, _batched(articles), processes):
                yield from done
            return
        ready, again = tee(prepare(article) for article in articles)
        analysed = self.analyzer.analyze_many(article for article, _ in ready)
        for _, normalized in again:
            yield self._finish(next(analysed), normalized)

    def pipe_articles(self, articles: Iterable[Article | InputError], *, processes: int = 1) -> Iterator[Document | InputError]:
        """Like `pipe`, for what `read_articles` yields: errors pass through in their place, and a document that fails becomes one."""
        batches = _batched(articles)
        if processes > 1:
            for done in in_processes(self._annotate_batch, batches, processes):
                yield from done
            return
        for batch in batches:
            yield from self._annotate_each(batch)

    def _annotate_batch(self, batch: list[Article | InputError]) -> list[Document | InputError]:
        return list(self._annotate_each(batch))

    def _annotate_each(self, batch: list[Article | InputError]) -> Iterator[Document | InputError]:
        done = self._pipe_or_errors([item for item in batch if isinstance(item, Article)])
        for item in batch:
            yield item if isinstance(item, InputError) else next(done)

    def _pipe_batch(self, batch: list[Article]) -> list[Document]:
        return list(self.pipe(batch))

    def _pipe_or_errors(self, articles: list[Article]) -> Iterator[Document | InputError]:
        """Each as soon as it is done; after a fault the rest one by one, to find out which it was."""
        finished = 0
        try:
            for document in self.pipe(articles):
                yield document
                finished += 1
        except _FAULTS:
            yield from map(self._annotate_or_error, articles[finished:])

    def _find_mentions(self, document: Document) -> Document:
        amounts = number_candidates(self, document) if self.model is not None and self.model.numbers else ()
        return find_mentions(document, self.lexicon, self.model, amounts=amounts, minimum=self.min_score)

    def _annotate_or_error(self, article: Article) -> Document | InputError:
        try:
            return self.annotate(article)
        except _FAULTS as err:
            return InputError(article.source, f"could not be annotated ({type(err).__name__}: {err}); please report this with the text")

    def _finish(self, document: Document, normalized: NormalizedText) -> Document:
        for stage in self.stages:
            document = stage(document)
        document = restore(document, normalized)
        document.check()
        return document


def load(
    *,
    lexicon: Iterable[str | Path] = (),
    model: str | Path | None = None,
    threads: int | None = None,
    min_score: float = 0.0,
    encoder: str | Path | None = None,
) -> Pipeline:
    """A pipeline with the shipped lexicon; `lexicon` are files of your own (TSV, CSV, TBX), which win over ours.

    `model` is a folder that `koproc train` wrote, instead of the shipped tagger; mentions that score below `min_score` are left out;
    `encoder` is where the encoder lies that the model was trained with, if it has moved since.
    Kiwi loads at the first text (about two seconds). `threads` is how many it uses for batches.

    Raises:
        ResourceError: a lexicon file, the model or its encoder is missing or broken.

    >>> nlp = load()
    >>> nlp("네이버는 검색 서비스를 공개했다.").mentions[0].en
    'NAVER'
    """
    if model is None and encoder is not None:
        raise ResourceError("the shipped tagger uses no encoder; name a model that `koproc train --encoder` made with --model")
    tagger = shipped_model() if model is None else load_model(Path(model), None if encoder is None else str(encoder))
    return Pipeline(load_lexicon(Path(path) for path in lexicon), model=tagger, threads=threads, min_score=min_score)


def annotate(text: str, *, published: date | str | None = None) -> Document:
    """Annotate one text with a fresh pipeline; for more than one text, `load()` once and reuse it.

    >>> annotate("엔비디아의 H200").mentions[0].text
    '엔비디아'
    """
    return load()(text, published=published)


def _batched(items: Iterable[Item]) -> Iterator[list[Item]]:
    source = iter(items)
    while batch := list(islice(source, BATCH)):
        yield batch


def _date(value: date | str | None) -> date | None:
    """A day, or a moment where the clock time is given too."""
    if value is None or isinstance(value, date):
        return value
    try:
        return day_or_moment(value)
    except ValueError:
        raise ValueError(f"published must be a date, a datetime, YYYY-MM-DD or YYYY-MM-DDTHH:MM, not {value!r}") from None


def prepare(article: Article) -> tuple[Article, NormalizedText]:
    normalized = normalize(article.text)
    if normalized.changed:
        article = article_from_text(
            normalized.text, id=article.id, title=article.title, published=article.published, source=article.source
        )  # fmt: skip
    return article, normalized


def number_candidates(nlp: Pipeline, document: Document) -> list[Candidate]:
    """Quantities and times of an analysed text as evidence for a tagger: what rules and lexicon find comes first, as in the pipeline."""
    numbered = find_quantities(find_times(keep_names_whole(find_mentions(document, nlp.lexicon))))
    times = [Candidate(time.start, time.end, time.type, 1.0, "rule", "time") for time in numbered.times]
    return times + [Candidate(q.start, q.end, q.dimension, 1.0, "rule", "quantity") for q in numbered.quantities]
