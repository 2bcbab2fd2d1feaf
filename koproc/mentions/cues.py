"""The words that tell names from other words (`seeds/cues.tsv`), read once."""

from __future__ import annotations

from functools import lru_cache

from ..resources import read_table, resource


@lru_cache(maxsize=1)
def _cues() -> dict[str, frozenset[str]]:
    kinds: dict[str, set[str]] = {}
    for cue, kind in read_table(resource("seeds", "cues.tsv"), ("cue", "kind")):
        kinds.setdefault(kind, set()).add(cue)
    return {kind: frozenset(words) for kind, words in kinds.items()}


def cue(kind: str) -> frozenset[str]:
    """All cue words of one kind, such as `product_head` (칩, 모델, 서비스 …)."""
    return _cues()[kind]
