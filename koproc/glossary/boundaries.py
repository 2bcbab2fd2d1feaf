"""A second name → the words that it explains: candidates for the left boundary with the evidence for each; the facts are for `ranking`.

Evidence, in the order of trust: the same gloss before, quotes, how the words sound, what their letters and English stand for, names and terms
that begin there, and the run of nouns with the words around it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..document import Document, Mention, Token
from ..hangul import in_order
from ..lexicon import Lexicon
from ..ranking import Candidate, Group, told
from .brackets import Naming
from .correspondence import NOUN_TAGS, Stretch, Word, acronym_facts, short_name_facts, spelled_facts

_LONGEST = 8  # words
_LAW = re.compile(r"(?:법률|법|특별법|기본법|조례|규정|규칙)$")
_INITIAL = re.compile(r"(?<![A-Za-z])[A-Z]\.$")  # of a person: C. H. Tung
_ACRONYM = re.compile(r"[A-Z0-9][A-Za-z0-9&+./-]{0,9}|[a-z]-?[A-Z]{2,6}")


@dataclass(frozen=True, slots=True)
class Scene:
    """A document with what the boundaries of its glosses are judged by. `names` are mentions and `terms` starts of lexicon entries by
    end; `known` the words of glosses before, `explained` where the words begin that end at an offset."""

    document: Document
    lexicon: Lexicon
    token_starts: Sequence[int]
    names: Mapping[int, Mention]
    starts: Mapping[int, Mention]
    terms: Mapping[int, frozenset[int]]
    known: Mapping[str, str]
    explained: Mapping[int, int]


def kind_of(text: str, naming: Naming) -> str:
    """What a second name is: acronym, spelled (Latin letters) or short (Hangul).

    >>> kind_of("전문가 혼합(MoE)", Naming(6, 7, 10, True, False, None, 0))
    'acronym'
    """
    if not naming.latin:
        return "short"
    gloss = text[naming.start : naming.stop]
    capitals = sum(character.isupper() or character.isdigit() for character in gloss)
    return "acronym" if _ACRONYM.fullmatch(gloss) and 2 * capitals >= len(gloss.strip("-&")) - 1 else "spelled"


def boundary_candidates(scene: Scene, naming: Naming) -> list[Candidate[int | None]]:
    """Candidates for where the explained words begin; None says that they are none."""
    text = scene.document.text
    gloss = text[naming.start : naming.stop]
    kind = kind_of(text, naming)
    words = [*_words(scene, naming)]
    frame = _frame(text, naming, gloss, words)
    rows: list[tuple[int, list[str]]] = []
    for start, count, inside in _starts(scene, naming, words):
        rows.append((start, [*_common(scene, naming, words, start, count, inside), *_fit(scene, naming, kind, words, start, count)]))
    for name in ("sound", "meaning", "covered", "matched"):
        _mark_best(rows, name)
    candidates: list[Candidate[int | None]] = [Candidate(start, ((told, *facts),)) for start, facts in rows]
    nothing: Group = (told, "none", *(f"none&{fact}" for fact in frame), "none&words" if rows else "none&no words")
    return [Candidate(None, (nothing,)), *candidates]


def _frame(text: str, naming: Naming, gloss: str, words: Sequence[Word]) -> list[str]:
    last = text[words[0].start : words[0].end] if words else ""
    ordered = bool(words) and in_order("".join(gloss.split()), text[words[-1].start : naming.end])
    return [
        "declared" if naming.declared else "bare",
        "quoted" if naming.quote is not None else "unquoted",
        f"length {min(len(gloss), 6)}",
        "latin before" if last[-1:].isascii() else "hangul before",
        "in order" if ordered else "not in order",
        f"gloss ends {gloss[-1]}" if not naming.latin else "",
        "digit" if any(character.isdigit() for character in gloss) else "letters",
    ]


def _words(scene: Scene, naming: Naming) -> Iterator[Word]:
    """The written words that lead up to the bracket, the last one first."""
    text, tokens = scene.document.text, scene.document.tokens
    end = naming.end
    law = (
        _LAW.search(text, max(0, end - 4), end) is not None
        and re.search(r"(?:관한|위한|대한)\s\S+$", text[max(0, end - 30) : end]) is not None
    )
    for number in range(_LONGEST + 8 * law):
        start = max(text.rfind(" ", naming.limit, end) + 1, naming.limit)
        while start < end and not text[start].isalnum():
            start += 1
        first, last = bisect_left(scene.token_starts, start), bisect_left(scene.token_starts, end)
        inside = tuple(token for token in tokens[first:last] if token.end <= end and token.end > token.start)
        following = tokens[last].tag if last < len(tokens) else ""
        joint = "last" if number == 0 else _joint(text[start:end], inside, following)
        if (
            start >= end
            or (inside and all(token.tag[0] == "J" for token in inside))
            or (joint == "apart" and not (law and inside and inside[-1].tag in ("JKB", "JKO", "EC")))
        ):
            return
        yield Word(start, end, inside, joint)
        end = start
        while end > naming.limit and text[end - 1] == " ":
            end -= 1
        if end == start or (end and text[end - 1] in ",.:!?…" and not _INITIAL.search(text, max(naming.limit, end - 4), end)):
            return


def _joint(word: str, tokens: Sequence[Token], following: str) -> str:
    """How a word goes with the one after it, whose first token is tagged `following`."""
    if not tokens:
        return "noun" if word[-1:].isalnum() else "apart"
    tag = tokens[-1].tag
    if word in ("및", "또는", "겸"):
        return "and"
    if tag in NOUN_TAGS:
        return "noun"
    if following == "VX":  # 끝나지 않는
        return "auxiliary"
    return {"JKG": "of", "JC": "and", "ETM": "adnominal", "MM": "adnominal", "MAG": "adverb"}.get(
        tag, "and" if word[-1] in "와과" else "apart"
    )


def _starts(scene: Scene, naming: Naming, words: Sequence[Word]) -> Iterator[tuple[int, int, bool]]:
    """Where the explained words may begin: (offset, words taken, whether inside a word)."""
    if naming.quote is not None and naming.quote < naming.end and all(word.start != naming.quote for word in words):
        yield naming.quote, len(words), False
    for number, word in enumerate(words, 1):
        yield word.start, number, False
        marks = {token.start for token in word.tokens if token.start in scene.starts or token.start in scene.terms.get(naming.end, ())}
        after = {b.start for a, b in zip(word.tokens, word.tokens[1:], strict=False) if a.tag[0] == "J" or a.tag in ("SP", "SO")}
        for start in sorted(marks | after):
            if word.start < start < naming.end and scene.document.text[start].isalnum():
                yield start, number, True


def _common(scene: Scene, naming: Naming, words: Sequence[Word], start: int, count: int, inside: bool) -> list[str]:
    """What does not depend on the kind of gloss."""
    text = scene.document.text
    word = words[count - 1] if words else Word(start, naming.end, (), "last")
    left = words[count] if count < len(words) else None
    first = text[start : min(word.end, naming.end)]
    before = text[left.start : left.end] if left is not None else text[max(0, start - 6) : start].split(" ")[-2:][0] if start else ""
    name, mention = scene.names.get(naming.end), scene.starts.get(start)
    facts = [
        f"words {min(count, 5)}",
        "inside a word" if inside else "",
        f"joint {word.joint}",
        "all words" if left is None else f"left {left.joint}",
        f"first {first}",
        f"first ends {first[-1:]}",
        f"first tag {word.tokens[-1].tag if word.tokens else '-'}",
        f"begins with tag {next((token.tag for token in word.tokens if token.start >= start), '-')}",
        f"left word {before}",
        f"left ends {before[-1:]}" if left is not None else "",
        "quote begins" if naming.quote == start else "quote elsewhere" if naming.quote is not None else "",
        "fills the quotation" if start == naming.limit and text[start - 1 : start] in tuple("‘“《〈『「") else "",
        "same gloss before" if scene.known.get(text[naming.start : naming.stop]) == text[start : naming.end] else "",
        "same as the name before" if scene.explained.get(naming.end) == start else "",
        "term" if start in scene.terms.get(naming.end, ()) else "",
        "digits first" if first[:1].isdigit() else "",
        f"begins with {mention.label}" if mention is not None and mention.end < naming.end else "",
    ]
    if name is not None:
        facts.append(
            f"mention {name.label}" if name.start == start else f"mention {name.label} begins {'before' if name.start < start else 'after'}"
        )
    whole_left = scene.names.get(left.end) if left is not None else None
    if whole_left is not None:
        facts.append(f"left of it {whole_left.label}")
    joints = {w.joint for w in words[: count - 1]}
    facts += [f"over {joint}" for joint in sorted(joints - {"noun", "last"})]
    return [fact for fact in facts if fact]


def _fit(scene: Scene, naming: Naming, kind: str, words: Sequence[Word], start: int, count: int) -> list[str]:
    """How well the gloss fits the words from `start`."""
    text = scene.document.text
    surface, gloss = text[start : naming.end], text[naming.start : naming.stop]
    stretch = Stretch(text, scene.lexicon, words, start, count)
    if kind == "short":
        left = stretch.left
        return short_name_facts(surface, gloss, text[left.start : left.end] if left is not None else "")
    return (spelled_facts if kind == "spelled" else acronym_facts)(stretch, surface, gloss)


def _mark_best(rows: Sequence[tuple[int, list[str]]], name: str) -> None:
    """Turn the exact figures into whether a candidate has the best one."""
    prefix = f"~{name} "
    figures = [next((int(fact[len(prefix) :]) for fact in facts if fact.startswith(prefix)), None) for _, facts in rows]
    highest = max((figure for figure in figures if figure is not None), default=None)
    for (_, facts), figure in zip(rows, figures, strict=True):
        if figure is not None:
            facts.remove(f"{prefix}{figure}")
            if figure == highest and figure > 0:
                facts += [f"best {name}", f"best {name} {figure // 20 * 20}"]
