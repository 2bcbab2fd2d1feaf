"""Units of a sentence → what a linear model sees of each: features of the word itself, and of the place where it stands.

Two kinds, so that most of the work is done once a word and not once a place:
- `word_features`: strings that depend on the form and tag alone; the model adds those of the neighbours (offsets −2 to 2) from a cache;
- `place_features`: for each template one string a unit, from pairs of neighbours, the phrase around it, quotes, rules and lexicon.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Protocol

from .cues import cue, surnames, titles
from .units import Unit

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

    def features(self, form: str, tag: str) -> list[tuple[str, bool, float]]:
        """Features with whether neighbours see them, and their values; none for unknown words."""


def word_values(form: str, tag: str, vectors: WordVectors | None) -> list[tuple[str, bool, float]]:
    """All features of a word: (name, whether neighbours see it, value).

    >>> word_values("은행", "NNG", None)[0]
    ('w=은행', True, 1.0)
    """
    values = [(name, shared, 1.0) for name, shared in word_features(form, tag)]
    return values + vectors.features(form, tag) if vectors is not None else values


def place_features(text: str, units: Sequence[Unit], evidence: dict[str, list[str]]) -> dict[str, list[str]]:
    """A value a unit for each template; an empty value counts as absent. `evidence` holds lists of the same length (rules, lexicon).

    >>> place_features("은행", [Unit(0, 2, "은행", "NNG", True)], {})["t,t1"]
    ['NNG|END']
    """
    forms = [unit.form.lower() for unit in units]
    tags = [unit.tag for unit in units]
    after_form, after_tag = [*forms[1:], "END"], [*tags[1:], "END"]
    before_form, before_tag = ["BEGIN", *forms[:-1]], ["BEGIN", *tags[:-1]]
    spaces = ["_" if unit.spaced else "" for unit in units]
    places = {
        "t,t1": _joined(tags, after_tag),
        "t-1,t": _joined(before_tag, tags),
        "t-1,t,t1": _joined(before_tag, tags, after_tag),
        "t,t1,t2": _joined(tags, after_tag, [*after_tag[1:], "END"]),
        "w-1,w": _joined(before_form, forms),
        "w,w1": _joined(forms, after_form),
        "t,w1": _joined(tags, after_form),
        "w-1,t": _joined(before_form, tags),
        "sp": [f"{space}{tag}" for space, tag in zip(spaces, tags, strict=True)],
        "sp,t-1": _joined(spaces, before_tag, tags),
    }
    phrase, head, previous, following = _phrases(units)
    places["josa"] = phrase
    places["josa,t"] = _joined(phrase, tags)
    places["head"] = head
    places["head,t"] = _joined(head, tags)
    places["prev"] = previous
    places["prev,t"] = _joined(previous, tags)
    places["next"] = following
    places["next,t"] = _joined(following, tags)
    places["quote"] = _quotes(units)
    family = [f"surname{len(form)}" if len(form) < 5 and (form[0] in surnames() or form[:2] in surnames()) else "" for form in forms]
    places["family,w1"] = [f"{name}|{after}" if name else "" for name, after in zip(family, after_form, strict=True)]
    places["family,cue"] = [
        f"{name}|{space}|{_cue(after)}" if name else "" for name, space, after in zip(family, [*spaces[1:], ""], after_form, strict=True)
    ]
    places["family,w-1"] = [f"{name}|{before}" if name else "" for name, before in zip(family, before_form, strict=True)]
    places["t-2,t-1,t"] = _joined(["BEGIN", *before_tag[:-1]], before_tag, tags)
    places["cue"] = [_cue(head_word) for head_word in head]
    places["cue-1"] = [_cue(word) for word in previous]
    places["cue after"] = [_cue(word) for word in after_form]
    for name, values in evidence.items():
        places[name] = values
        places[f"{name}-1"] = ["", *values[:-1]]
        places[f"{name}+1"] = [*values[1:], ""]
        places[f"{name},t"] = [f"{value}|{tag}" if value else "" for value, tag in zip(values, tags, strict=True)]
    return places


def _joined(*columns: Iterable[str]) -> list[str]:
    return ["|".join(values) for values in zip(*columns, strict=True)]


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
