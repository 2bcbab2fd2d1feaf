"""Score the shipped tagger: `python tests/score_tagger.py [--split dev|test] [--konec]`.

Exact spans by label, for all names and for those that are in no lexicon; rules alone beside the model; and a reliability table: of the mentions scored
about 0.8, how many are right. Errors are for `koproc evaluate` on the dev files: the test files are only ever scored.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import koproc
from koproc.mentions.corpora import read_corpus
from koproc.mentions.markup import LabelledText
from koproc.pipeline import Pipeline
from koproc.scores import span_scores

ROOT = Path(__file__).resolve().parent.parent
LABELS = ("ORG", "PRODUCT", "PERSON", "LOC")
KONEC_PRODUCTS = {"AFW_SERVICE_PRODUCTS", "AFW_OTHER_PRODUCTS", "TMI_HW", "TMI_SW", "TMI_SERVICE", "TMI_MODEL", "AF_TRANSPORT"}


def sentences(split: str) -> list[LabelledText]:
    """Our labelled sentences of a split."""
    return [text for path in sorted((ROOT / "seeds" / "sentences").glob(f"{split}-*.txt")) for text in read_corpus(path)]


def konec() -> list[LabelledText]:
    """The open half of konec with our labels; its products include kinds of things (스마트폰), ours do not."""
    kinds = {"OG": "ORG", "PS": "PERSON", "LC": "LOC"}
    texts = []
    for line in (ROOT.parent / "shared" / "data" / "konec.open.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        spans = []
        for entity in row["entities"]:
            label = "PRODUCT" if entity["label"] in KONEC_PRODUCTS else kinds.get(entity["label"][:2])
            if label is not None:
                spans.append((entity["start"], entity["end"], label))
        texts.append(LabelledText(row["text"], tuple(spans)))
    return texts


def score(nlp: Pipeline, texts: list[LabelledText]) -> None:
    """Print the three tables."""
    pairs = {"all": [], "unlisted": []}
    bins: Counter[int] = Counter()
    good: Counter[int] = Counter()

    def listed(surface: str) -> bool:
        entry = nlp.lexicon.get(surface)
        return entry is not None and entry.kind != "TERM"

    for item, document in zip(texts, nlp.pipe(item.article() for item in texts), strict=True):
        gold = set(item.spans)
        ours = {(m.start, m.end, m.label): m.score for m in document.mentions}
        pairs["all"].append((gold, ours))
        pairs["unlisted"].append(tuple([span for span in spans if not listed(item.text[span[0] : span[1]])] for spans in (gold, ours)))
        for span, value in ours.items():
            bins[min(int(10 * value), 9)] += 1
            good[min(int(10 * value), 9)] += span in gold
    for group, spans in pairs.items():
        scores, _ = span_scores(spans)
        cells = [
            f"{label} P {s.precision:.3f} R {s.recall:.3f} F1 {s.f1:.3f} (n {s.wanted})" for label in LABELS if (s := scores.get(label))
        ]
        print(f"  {group:9}" + "  ".join(cells))
    print("  score     " + "  ".join(f"{b / 10:.1f}: {good[b] / bins[b]:.2f} of {bins[b]}" for b in sorted(bins)))


def main() -> None:
    """Rules, then the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=("dev", "test"), default="test")
    parser.add_argument("--konec", action="store_true", help="the open half of konec instead")
    arguments = parser.parse_args()
    texts = konec() if arguments.konec else sentences(arguments.split)
    nlp = koproc.load()
    for name, pipeline in (("rules and lexicon", Pipeline(nlp.lexicon)), ("shipped tagger", nlp)):
        print(name)
        score(pipeline, texts)


if __name__ == "__main__":
    main()
