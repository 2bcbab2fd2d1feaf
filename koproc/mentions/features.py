"""Units of a sentence → what a linear model sees of each: features of the word itself, and of the place where it stands.

Two kinds, so that most of the work is done once a word and not once a place:
- `word_features`: strings that depend on the form and tag alone; the model adds those of the neighbours (offsets −2 to 2) from a cache;
- `place_columns`: strings of the unit's place (the phrase around it, quotes, rules, lexicon), which templates join with those of neighbours;
  `place_features` writes the joined strings out, for training.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from ..lexicon.name_parts import surnames, titles
from .cues import cue
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


Part = tuple[str, int]  # a column, and how many units away
# What is seen of a place: columns of it and of its neighbours, joined.
TEMPLATES: dict[str, tuple[Part, ...]] = {
    "t-1,t,t1": (("t", -1), ("t", 0), ("t", 1)),
    "t-2,t-1,t": (("t", -2), ("t", -1), ("t", 0)),
    "w-1,w": (("w", -1), ("w", 0)),
    "w,w1": (("w", 0), ("w", 1)),
    "t,w1": (("t", 0), ("w", 1)),
    "w-1,t": (("w", -1), ("t", 0)),
    "sp,t": (("sp", 0), ("t", 0)),
    "sp,t-1": (("sp", 0), ("t", -1), ("t", 0)),
    "josa,t": (("josa", 0), ("t", 0)),
    "head": (("head", 0),),
    "head,t": (("head", 0), ("t", 0)),
    "prev": (("prev", 0),),
    "prev,t": (("prev", 0), ("t", 0)),
    "next": (("next", 0),),
    "family,w1": (("family", 0), ("w", 1)),
    "family,w-1": (("family", 0), ("w", -1)),
    "cue-1": (("cue-1", 0),),
    "cue after": (("cue", 1),),
    "quote": (("quote", 0),),
}


def template_parts(template: str) -> tuple[Part, ...]:
    """What a template joins; one that is not in the list is a column of evidence, alone or with the tag.

    >>> template_parts("rule,t")
    (('rule', 0), ('t', 0))
    """
    name, _, tag = template.partition(",")
    return TEMPLATES.get(template) or (((name, 0), ("t", 0)) if tag else ((name, 0),))


def edges(column: str) -> tuple[str, str]:
    """What stands before the first and after the last unit in a column."""
    return ("", "") if column == "cue" else ("BEGIN", "END")


def place_columns(units: Sequence[Unit], evidence: dict[str, list[str]]) -> dict[str, list[str]]:
    """A value a unit in each column: the unit, the phrase around it, quotes, cue words, and the columns of `evidence` (rules, lexicon).

    >>> place_columns([Unit(0, 2, "은행", "NNG", True)], {})["w"]
    ['은행']
    """
    forms = [unit.form.lower() for unit in units]
    phrase, head, previous, following = _phrases(units, forms)
    return {
        "w": forms,
        "t": [unit.tag for unit in units],
        "sp": ["_" if unit.spaced else "-" for unit in units],
        "josa": phrase,
        "head": head,
        "prev": previous,
        "next": following,
        "family": [_family(form) for form in forms],
        "cue": [_cue(form) for form in forms],
        "cue-1": [_cue(word) for word in previous],
        "quote": _quotes(units),
        **{name: values for name, values in evidence.items() if any(values)},
    }


def place_features(units: Sequence[Unit], evidence: dict[str, list[str]]) -> dict[str, list[str]]:
    """A value a unit for each template, parts joined by a bar; the empty string says that there is nothing.

    >>> place_features([Unit(0, 2, "은행", "NNG", True)], {})["w,w1"]
    ['은행|END']
    """
    columns = place_columns(units, evidence)
    templates = [*TEMPLATES, *(template for name in evidence if name in columns for template in (name, f"{name},t"))]
    places = {}
    for template in templates:
        shifted = [_shifted(columns[name], offset, *edges(name)) for name, offset in template_parts(template)]
        places[template] = ["|".join(parts) if parts[0] else "" for parts in zip(*shifted, strict=True)]
    return places


def _shifted(column: list[str], offset: int, before: str, after: str) -> list[str]:
    if offset < 0:
        return [*[before] * min(-offset, len(column)), *column[:offset]]
    return [*column[offset:], *[after] * min(offset, len(column))] if offset else column


@lru_cache(maxsize=50_000)
def _family(form: str) -> str:
    """Whether a word may be a family name (1 syllable) or begin with one; the empty string for others."""
    return f"surname{len(form)}" if 0 < len(form) < 5 and (form[0] in surnames() or form[:2] in surnames()) else ""


def _phrases(units: Sequence[Unit], forms: Sequence[str]) -> tuple[list[str], list[str], list[str], list[str]]:
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
        noun = forms[last] if nouns else ""
        after = forms[end] if end < size else "END"
        for n in range(start, end):
            particle[n], head[n], previous[n], following[n] = tail, noun if n != last else "SELF", before, after
        before = noun or forms[end - 1]
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
