"""Score the ranking of terms on real articles: `python tests/score_terms.py [--show N]`.

Pseudo-gold: what the technical articles of ../shared/data/news.open.jsonl themselves explain in brackets (희소성(sparsity), 연산자(op)), names left out; technical are
articles that explain two terms or more. The brackets are hidden from the counts. Precision of the first 100 and recall of the first 1,000 runs of
nouns, ours against C-value times log-ratio, from the same counts.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import koproc
from koproc.document import Document, Gloss
from koproc.glossary.termhood import TermCounts
from koproc.lexicon import Lexicon

NEWS = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "news.open.jsonl"


def explained(document: Document) -> list[Gloss]:
    """The glosses of terms in Hangul."""
    named = {position for mention in document.mentions for position in range(mention.start, mention.end)}
    notices = [(s.start, s.end) for s in document.sentences if s.kind in ("notice", "byline", "dateline")]
    return [
        gloss
        for gloss in document.glosses
        if gloss.evidence != "short"
        and named.isdisjoint(range(gloss.start, gloss.end))
        and not any(start <= gloss.start < end for start, end in notices)
        and any("가" <= character <= "힣" for character in gloss.text)
    ]


def baseline(counts: TermCounts) -> dict[str, float]:
    """C-value times the log-ratio against news."""
    return {key: value * ratio for key, _, value, ratio in counts.contrasts()}


def figures(scores: dict[str, float], gold: set[str]) -> tuple[float, float, list[str]]:
    """Precision at 100, recall at 1,000, the order."""
    order = sorted(scores, key=lambda key: (-scores[key], key))
    return sum(key in gold for key in order[:100]) / 100, sum(key in gold for key in order[:1000]) / len(gold), order


def counted(nlp: koproc.Pipeline) -> tuple[TermCounts, set[str], int]:
    """Counts over the technical articles, what they explain, how many they are."""
    counts, gold, articles = TermCounts(), set(), 0
    texts = [json.loads(line)["text"] for line in NEWS.read_text(encoding="utf-8").splitlines()]
    for document in nlp.pipe(texts):
        terms = explained(document)
        if len(terms) >= 2:
            articles += 1
            counts.add(document)
            gold |= {"".join(gloss.text.split()).casefold() for gloss in terms}
    return counts, gold, articles


def score(lexicon: Lexicon, counts: TermCounts, gold: set[str]) -> dict[str, tuple[float, float, list[str]]]:
    """Figures by method."""
    return {"C-value x log-ratio": figures(baseline(counts), gold), "koproc": figures(counts.scores(lexicon), gold)}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", type=int, default=0, help="so many of our first terms")
    arguments = parser.parse_args()
    nlp = koproc.load()
    counts, gold, articles = counted(nlp)
    print(f"{articles} articles, {len(gold)} explained terms, {len(counts.runs)} runs of nouns")
    results = score(nlp.lexicon, counts, gold)
    for name, (precision, recall, _) in results.items():
        print(f"{name:20} precision at 100 {precision:.2f}  recall at 1000 {recall:.3f}")
    print(" ".join(f"{key}{'*' if key in gold else ''}" for key in results["koproc"][2][: arguments.show]))


if __name__ == "__main__":
    main()
