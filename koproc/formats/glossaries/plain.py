"""A row as XML and line-based formats can hold it: one line a field, no control characters, composed syllables.

In: a row. Out: the row as it will be read back, and what that changed in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

from ...document import GlossaryRow
from .changes import Change
from .variants import forms

_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")  # C0, DEL and C1 without those that are white space
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")  # outside of the production Char of XML 1.0


def plain(row: GlossaryRow) -> tuple[GlossaryRow, list[Change]]:
    r"""The row, and a change for each kind of thing that had to be made plain.

    Variants are names of their own (`variants.forms`); fields that nothing is left of are empty.

    >>> row, changes = plain(GlossaryRow("너울\x00", "Neoul\tAI", "ORG", variants=("너울은",)))
    >>> row.ko, row.en, row.variants, [change.reason for change in changes]
    ('너울', 'Neoul AI', (), ['control characters are left out', 'white space is single spaces', 'variants with a particle on them are left out'])
    """
    reasons = []
    made = row
    for reason, step in _STEPS:
        before, made = made, _mapped(made, step)
        if made != before:
            reasons.append(reason)
    names = {name for name in made.variants if name and name != made.ko}
    made = replace(
        made,
        acronym=made.acronym or None,
        definition=made.definition or None,
        variants=forms(made)[1:],
        sentences=tuple(dict.fromkeys(filter(None, made.sentences))),
    )
    if len(made.variants) < len(names):
        reasons.append("variants with a particle on them are left out")
    return made, [Change(row.ko, row.en, "changed", reason) for reason in reasons]


def _mapped(row: GlossaryRow, step: Callable[[str], str]) -> GlossaryRow:
    """The row with each of its texts changed."""
    return replace(
        row,
        ko=step(row.ko),
        en=step(row.en),
        acronym=step(row.acronym) if row.acronym else None,
        sentence=step(row.sentence),
        variants=tuple(map(step, row.variants)),
        sentences=tuple(map(step, row.sentences)),
        definition=step(row.definition) if row.definition else None,
        note=step(row.note),
        layer=step(row.layer),
    )


_STEPS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("control characters are left out", lambda text: _CONTROL.sub("", text)),
    ("what is no character is a replacement character", lambda text: _NO_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", text)),
    ("white space is single spaces", lambda text: " ".join(text.split())),
    ("syllables and accents are composed (NFC)", lambda text: unicodedata.normalize("NFC", text)),
)
