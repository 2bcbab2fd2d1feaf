"""The real articles of ../shared: one batch, no error, every promise of the record kept."""

from __future__ import annotations

from pathlib import Path

import koproc


def test_all_articles_in_one_batch(shared: Path, nlp: koproc.Pipeline) -> None:
    """669 real articles are annotated in one batch without an error; spans are right and something is found in nearly all."""
    items = list(nlp.pipe_articles(koproc.read_articles([shared / "data" / "news.open.jsonl"])))
    documents = [item for item in items if isinstance(item, koproc.Document)]
    assert len(items) == len(documents) == 669
    for document in documents:
        document.check()
    assert sum(bool(document.mentions) for document in documents) > 640
