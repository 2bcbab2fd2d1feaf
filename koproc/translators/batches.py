"""From a service that answers batches to a translator: each text once, from the cache where it can, and nothing that was paid for lost.

Texts go in, candidates come out. What needs no service (a text that the glossary has, one in Latin letters) costs nothing; what is in the
cache costs nothing; the rest is asked for in batches, and each answer is on disk before the next request goes out. A batch that fails is
reported and its texts have no candidates; the other batches keep theirs.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ..errors import KoprocError, ResourceError, TranslationError
from .cache import Cache, stored
from .protocol import Candidate

_SENTENCE = 400  # characters of a sentence that are sent; a longer one says no more about a term


@dataclass(frozen=True, slots=True)
class Item:
    """A text to translate, the sentences it stands in, and the entries of the glossary that occur in it."""

    text: str
    context: tuple[str, ...] = ()
    glossary: tuple[tuple[str, str], ...] = ()


class UnusableError(TranslationError):
    """A whole answer that says nothing about any of its texts; they are asked for once more, in halves."""


class Service(Protocol):
    """What `Batched` makes a translator of. To add a service, write these and return `Batched(service)` from an entry point.

    `identity` names all that its answers depend on: service, model, instructions; answers are kept under it. `unit` is what it is paid
    for (characters, tokens), `sentences` how many sentences of context it reads.
    """

    @property
    def identity(self) -> str: ...

    @property
    def unit(self) -> str: ...

    @property
    def sentences(self) -> int: ...

    def batches(self, items: Sequence[Item]) -> Iterable[Sequence[Item]]:
        """The items in portions of one request each."""
        ...

    def size(self, batch: Sequence[Item], *, source: str, target: str) -> int:
        """How many units a request costs, at most."""
        ...

    def answer(self, batch: Sequence[Item], *, source: str, target: str, glossary: Mapping[str, str]) -> Mapping[Item, Sequence[Candidate]]:
        """Candidates by item, none for one that it does not know; an item whose answer is no translation is left out.

        Raises:
            TranslationError: there is no answer; `UnusableError` if there is one that cannot be read.
        """
        ...

    def close(self) -> None:
        """Let go of connections; a later request opens them again."""
        ...


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a translation would take: `texts` without repetitions, those that are `cached` already, and requests for the rest.

    >>> Estimate(texts=40, cached=10, requests=1, size=200, unit="characters").cost(25.0)
    0.005
    """

    texts: int
    cached: int
    requests: int
    size: int
    unit: str

    def cost(self, price_per_million: float) -> float:
        """In the currency of the price, which is for a million of `unit`."""
        return self.size * price_per_million / 1_000_000


@dataclass(frozen=True, slots=True)
class _Plan:
    """`places` has, for each text, either what is known already or the item to ask for; `keys` the key of each item."""

    places: list[list[Candidate] | Item]
    keys: dict[Item, str]


def log(error: KoprocError) -> None:
    """Where errors go unless `report` says otherwise: to Python's logging, which shows them on stderr."""
    logging.getLogger("koproc").error("%s", error)


class Batched:
    """A translator made of a service. `cache` is a file or None; errors go to `report`, (answered, all) to `progress`.

    >>> class Shouting:  # a service that costs nothing
    ...     identity, unit, sentences = "shouting", "characters", 0
    ...     def batches(self, items): return [items]
    ...     def size(self, batch, *, source, target): return sum(len(item.text) for item in batch)
    ...     def answer(self, batch, *, source, target, glossary):
    ...         return {item: [Candidate(item.text.upper(), 1.0, "mt")] for item in batch}
    ...     def close(self): pass
    >>> [found[0].text for found in Batched(Shouting()).translate(["hallo"], source="de")]
    ['HALLO']
    """

    def __init__(
        self,
        service: Service,
        *,
        cache: Path | None = None,
        report: Callable[[KoprocError], None] = log,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        self._service, self._path, self._report, self._progress = service, cache, report, progress

    def translate(
        self,
        texts: Sequence[str],
        *,
        source: str = "ko",
        target: str = "en",
        context: Sequence[Sequence[str]] | None = None,
        glossary: Mapping[str, str] | None = None,
    ) -> list[list[Candidate]]:
        """Candidates of each text, best first; none where the service knows none, or failed (then `report` has heard of it).

        Raises:
            ResourceError: the cache is not one, or is broken.
        """
        plan = self._plan(texts, source, target, context, glossary or {})
        opened: AbstractContextManager[Cache | None] = Cache(self._path) if self._path and plan.keys else nullcontext()
        with opened as cache, closing(self._service):
            answers = self._ask(plan.keys, cache, source, target, glossary or {})
        return [list(answers.get(place, ())) if isinstance(place, Item) else place for place in plan.places]

    def estimate(
        self,
        texts: Sequence[str],
        *,
        source: str = "ko",
        target: str = "en",
        context: Sequence[Sequence[str]] | None = None,
        glossary: Mapping[str, str] | None = None,
    ) -> Estimate:
        """What `translate` would send and pay now. Nothing is sent, no key is needed.

        Raises:
            ResourceError: the cache is not one, or is broken.
        """
        keys = self._plan(texts, source, target, context, glossary or {}).keys
        known = stored(self._path, keys.values()) if self._path else {}
        batches = list(self._service.batches([item for item, key in keys.items() if key not in known]))
        size = sum(self._service.size(batch, source=source, target=target) for batch in batches)
        return Estimate(len(keys), len(known), len(batches), size, self._service.unit)

    def _plan(
        self, texts: Sequence[str], source: str, target: str, context: Sequence[Sequence[str]] | None, glossary: Mapping[str, str]
    ) -> _Plan:
        sentences = _checked(texts, context)
        places: list[list[Candidate] | Item] = []
        for text, around in zip(texts, sentences, strict=True):
            text = " ".join(text.split())
            if text in glossary:
                places.append([Candidate(glossary[text], 1.0, "lexicon")])
            elif text.isascii() and source == "ko":  # an empty one, too
                places.append([Candidate(text, 1.0, "same")] if text else [])
            else:
                read = tuple(" ".join(sentence.split())[:_SENTENCE] for sentence in around[: self._service.sentences])
                places.append(Item(text, read, tuple(sorted((ko, en) for ko, en in glossary.items() if ko and ko in text))))
        return _Plan(places, {place: self._key(place, source, target) for place in places if isinstance(place, Item)})

    def _key(self, item: Item, source: str, target: str) -> str:
        facts = [self._service.identity, source, target, item.text, item.context, item.glossary]
        return hashlib.sha256(json.dumps(facts).encode()).hexdigest()

    def _ask(
        self, keys: Mapping[Item, str], cache: Cache | None, source: str, target: str, glossary: Mapping[str, str]
    ) -> dict[Item, Sequence[Candidate]]:
        """The answers to items, by item; those that failed are not among them."""
        known = cache.get(keys.values()) if cache else {}
        answers: dict[Item, Sequence[Candidate]] = {item: known[key] for item, key in keys.items() if key in known}
        asked = [item for item in keys if item not in answers]
        queue = deque((list(batch), True) for batch in self._service.batches(asked))
        failed: dict[str, int] = {}  # what happened, and to how many texts
        while queue:
            batch, first = queue.popleft()
            try:
                got = dict(self._service.answer(batch, source=source, target=target, glossary=glossary))
            except TranslationError as err:
                if first and isinstance(err, UnusableError):
                    queue.extendleft((half, False) for half in reversed(_halves(batch)))
                    continue
                failed[str(err)] = failed.get(str(err), 0) + len(batch)
                if err.final:
                    failed[str(err)] += sum(len(rest) for rest, _ in queue)
                    break
                continue
            missing = [item for item in batch if item not in got]
            if first:
                queue.extendleft((half, False) for half in reversed(_halves(missing)))
            else:  # twice paid for, and twice no translation: that is the answer
                got.update((item, []) for item in missing)
            answers.update(got)
            cache = self._kept(cache, {keys[item]: (item.text, list(candidates)) for item, candidates in got.items()})
            self._show(len(keys) - sum(len(rest) for rest, _ in queue), len(keys))
        for message, count in failed.items():
            self._report(TranslationError(f"{message} ({count} of {len(keys)} texts have no translation)"))
        return answers

    def _kept(self, cache: Cache | None, answers: Mapping[str, tuple[str, list[Candidate]]]) -> Cache | None:
        """Answers are put on disk; where that fails it is said once, and the answers in hand go on."""
        if cache is None:
            return None
        try:
            cache.put(self._service.identity, answers)
        except ResourceError as err:
            self._report(err)
            return None
        return cache

    def _show(self, done: int, total: int) -> None:
        if self._progress is not None:
            self._progress(done, total)


def _checked(texts: Sequence[str], context: Sequence[Sequence[str]] | None) -> Sequence[Sequence[str]]:
    """The sentences of each text.

    Raises:
        ValueError: texts or the sentences of a text are one string, or there are not as many contexts as texts.
    """
    if isinstance(texts, str):
        raise ValueError("texts must be a list of texts, not one text")
    if context is None:
        return [()] * len(texts)
    if len(context) != len(texts) or any(isinstance(sentences, str) for sentences in context):
        raise ValueError(f"context must hold a list of sentences for each of the {len(texts)} texts")
    return context


def _halves(items: list[Item]) -> list[list[Item]]:
    middle = (len(items) + 1) // 2
    return [half for half in (items[:middle], items[middle:]) if half]
