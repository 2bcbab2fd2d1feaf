"""Options → the pipeline of this process that has them: engines call a function per batch, and Kiwi takes seconds and 400 MB to load."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from ..pipeline import Pipeline, load


def shared_pipeline(
    *, lexicon: Iterable[str | Path] = (), model: str | Path | None = None, min_score: float = 0.0, threads: int | None = None
) -> Pipeline:
    """What `koproc.load` gives for these options, the same object whenever this process asks again.

    Raises:
        ResourceError: a lexicon file or the model is missing or broken.

    >>> shared_pipeline(threads=1) is shared_pipeline(lexicon=[], threads=1)
    True
    """
    files = (lexicon,) if isinstance(lexicon, (str, Path)) else tuple(lexicon)
    return _loaded(tuple(map(str, files)), None if model is None else str(model), float(min_score), threads)


@lru_cache(maxsize=2)  # a third set of options drops the first: each holds 400 MB
def _loaded(lexicon: tuple[str, ...], model: str | None, min_score: float, threads: int | None) -> Pipeline:
    return load(lexicon=lexicon, model=model, min_score=min_score, threads=threads)
