"""Units of a sentence → what a linear model sees of each: features of the word itself, and of the place where it stands.

Two kinds, so that most of the work is done once a word and not once a place:
- `word_features`: strings that depend on the form and tag alone; the model adds those of the neighbours (offsets −2 to 2) from a cache;
- `place_features`: for each template one string a unit, from pairs of neighbours, the phrase around it, quotes, rules and lexicon.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from .cues import cue, surnames, titles
from .units import Unit

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

OFFSETS = (-2, -1, 0, 1, 2)
_CONTENT = frozenset({"NNG", "NNP", "SL", "SH", "SN", "NNG?", "NNP?", "XPN", "XSN", "NNB", "NR", "W_SERIAL", "MM"})
_OPENING = {"‘": "’", "“": "”", "「": "」", "『": "』", "<": ">", "《": "》", "〈": "〉", "(": ")", "≪": "≫", "'": "'", '"': '"'}
_RUNS = re.compile(r"(.)\1+")


def shape_of(form: str) -> str:
    """The kinds of characters of a word, runs shortened: 한 Hangul, 漢 Hanja, A, a, 9, other signs as they are.

    >>> shape_of("어센드910B"), shape_of("GPT-5")
    ('한9A', 'A-9')
    """
    kinds = "".join(_kind(character) for character in form[:24])
    return _RUNS.sub(r"\1", kinds)


def _kind(character: str) -> str:
    if "가" <= character <= "힣":
        return "한"
    if character.isascii():
        return "9" if character.isdigit() else "a" if character.islower() else "A" if character.isupper() else character
    return "漢" if "一" <= character <= "鿿" else character if not character.isalnum() else "x"


def word_features(form: str, tag: str) -> list[tuple[str, bool]]:
    """Features of a word, each with whether its neighbours see it too.

    >>> [name for name, _ in word_features("은행", "NNG")][:3]
    ['w=은행', 't=NNG', 's=한']
    """
    lowered = form.lower()
    found = [(f"w={lowered}", True), (f"t={tag}", True), (f"s={shape_of(form)}", True), (f"n={min(len(form), 6)}", False)]
    if tag in _CONTENT:
        for size in (1, 2, 3):
            if len(form) > size:
                found += [(f"e{size}={lowered[-size:]}", size > 1), (f"b{size}={lowered[:size]}", False)]
        found.append((f"wt={lowered}/{tag}", False))
        if len(form) in (2, 3, 4) and (form[0] in surnames() or form[:2] in surnames()):
            found.append((f"surname{len(form)}", True))
        if "한" in shape_of(form):
            found += [(f"g={lowered[n : n + 2]}", False) for n in range(len(form) - 1)]
    return found


class WordVectors(Protocol):
    """What a static embedding says of words."""

    def numbers(self, form: str, tag: str) -> npt.NDArray[np.float32] | None:
        """A short vector; None for unknown words."""

    def groups(self, form: str, tag: str) -> list[str]:
        """Discrete features that neighbours see too."""


def all_word_features(form: str, tag: str, vectors: WordVectors | None) -> list[tuple[str, bool]]:
    """Features of a word and its groups in the embedding, each with whether its neighbours see it too.

    >>> all_word_features("은행", "NNG", None)[0]
    ('w=은행', True)
    """
    found = word_features(form, tag)
    return found + [(group, True) for group in vectors.groups(form, tag)] if vectors is not None else found


Value = str | tuple[str, ...]  # tuples, for templates with a comma, spare the joining of strings


def is_absent(value: Value) -> bool:
    """Whether a value says that there is nothing; a tuple does if its first part does and it is no space."""
    return not value or (isinstance(value, tuple) and value[0] == "")


def place_features(units: Sequence[Unit], evidence: dict[str, list[str]]) -> dict[str, Sequence[Value]]:
    """A value a unit for each template, some of them absent. `evidence` holds lists of the same length (rules, lexicon).

    >>> place_features([Unit(0, 2, "은행", "NNG", True)], {})["w,w1"]
    [('은행', 'END')]
    """
    forms = [unit.form.lower() for unit in units]
    tags = [unit.tag for unit in units]
    after_form, after_tag = [*forms[1:], "END"], [*tags[1:], "END"]
    before_form, before_tag = ["BEGIN", *forms[:-1]], ["BEGIN", *tags[:-1]]
    spaces = ["_" if unit.spaced else "-" for unit in units]
    phrase, head, previous, following = _phrases(units)
    family = [_family(form) for form in forms]
    cues = [_cue(form) for form in forms]
    places: dict[str, Sequence[Value]] = {
        "t-1,t,t1": _joined(before_tag, tags, after_tag),
        "t-2,t-1,t": _joined(["BEGIN", *before_tag[:-1]], before_tag, tags),
        "w-1,w": _joined(before_form, forms),
        "w,w1": _joined(forms, after_form),
        "t,w1": _joined(tags, after_form),
        "w-1,t": _joined(before_form, tags),
        "sp,t": _joined(spaces, tags),
        "sp,t-1": _joined(spaces, before_tag, tags),
        "josa,t": _joined(phrase, tags),
        "head": head,
        "head,t": _joined(head, tags),
        "prev": previous,
        "prev,t": _joined(previous, tags),
        "next": following,
        "family,w1": _joined(family, after_form),
        "family,w-1": _joined(family, before_form),
        "cue-1": [_cue(word) for word in previous],
        "cue after": [*cues[1:], ""],
        "quote": _quotes(units),
    }
    for name, values in evidence.items():
        if any(values):
            places[name] = values
            places[f"{name},t"] = _joined(values, tags)
    return places


def _joined(*columns: Iterable[str]) -> list[Value]:
    return list(zip(*columns, strict=True))


@lru_cache(maxsize=50_000)
def _family(form: str) -> str:
    """Whether a word may be a family name (1 syllable) or begin with one; the empty string for others."""
    return f"surname{len(form)}" if 0 < len(form) < 5 and (form[0] in surnames() or form[:2] in surnames()) else ""


def _phrases(units: Sequence[Unit]) -> tuple[list[str], list[str], list[str], list[str]]:
    """For each unit: the particle or ending that closes its word, the last noun of its word, the last noun of the word before, and the first
    unit of the word after.
    """
    size = len(units)
    starts = [n for n in range(size) if units[n].spaced or n == 0]
    particle, head, previous, following = [""] * size, [""] * size, [""] * size, [""] * size
    before = "BEGIN"
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else size
        nouns = [n for n in range(start, end) if units[n].tag in _CONTENT]
        last = nouns[-1] if nouns else -1
        tail = "".join(units[n].form for n in range(last + 1, end) if units[n].tag[0] in "JVEX")[:6] if nouns else "no noun"
        noun = units[last].form.lower() if nouns else ""
        after = units[end].form.lower() if end < size else "END"
        for n in range(start, end):
            particle[n], head[n], previous[n], following[n] = tail, noun if n != last else "SELF", before, after
        before = noun or units[end - 1].form.lower()
    return particle, head, previous, following


def _quotes(units: Sequence[Unit]) -> list[str]:
    """Inside which brackets or quotation marks a unit stands, and whether at their edges."""
    values: list[str] = []
    closing = ""
    for number, unit in enumerate(units):
        mark = unit.form[-1:]
        if closing and unit.form[:1] == closing:
            values.append("")
            closing = ""
            continue
        edge_before = closing != "" and number > 0 and units[number - 1].form[-1:] in _OPENING
        edge_after = closing != "" and number + 1 < len(units) and units[number + 1].form[:1] == closing
        values.append(f"{closing}{'<' if edge_before else ''}{'>' if edge_after else ''}" if closing else "")
        if not closing and mark in _OPENING:
            closing = _OPENING[mark]
    return values


_TOLD_BY = ("event", "generic_prefix", "glued_noun", "not_product", "org_after", "org_before", "org_verb", "product_head", "release")


@lru_cache(maxsize=20_000)
def _cue(word: str) -> str:
    """Which kinds of cue words a noun ends in: 반도체기업 → org_before."""
    endings = [word[-size:] for size in range(1, min(len(word), 6) + 1)]
    kinds = [kind for kind in _TOLD_BY if not cue(kind).isdisjoint(endings)]
    if not titles().keys().isdisjoint(endings):
        kinds.append("title")
    return "+".join(kinds)
