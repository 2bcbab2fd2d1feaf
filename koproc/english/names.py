"""The English of a name and where it came from: the text itself, the lexicon, composition of known parts,
what a loanword was before it was written in Hangul, romanization."""

from __future__ import annotations

from collections.abc import Mapping

from ..document import Label
from ..lexicon import Entry, Lexicon
from ..lexicon.name_parts import name_parts
from ..lexicon.nouns import ordinary_words
from .parts import english_of_parts
from .persons import english_of_person
from .translation import GLOSSED, LISTED, Translation, pending


def english_of_name(
    surface: str, label: Label, lexicon: Lexicon, *, entry: Entry | None = None, glossed: Mapping[str, str] | None = None
) -> Translation:
    """The English of a name with this label.

    `entry` is the lexicon entry that it belongs to where more than its surface says so (어센드910B to 어센드); `glossed` is the English that
    the article itself gives for surfaces.

    >>> english_of_name("한빛전자", "ORG", Lexicon(())).text, english_of_name("홍길동", "PERSON", Lexicon(())).text
    ('Hanbit Electronics', 'Hong Gildong')
    """
    if surface.isascii():
        return Translation(surface, "same", 1.0)
    listed = lexicon.get(surface) or lexicon.get(surface.replace(" ", ""))
    entry = entry or listed
    if entry is not None and (surface in entry.surfaces or listed is entry):
        return Translation(entry.en, "lexicon", LISTED)
    if glossed and surface in glossed:
        return Translation(glossed[surface], "gloss", GLOSSED)
    if entry is not None:  # a known product and its version
        base = next((s for s in sorted(entry.surfaces, key=len, reverse=True) if surface.startswith(s)), None)
        rest = surface[len(base) :] if base else ""
        if rest:
            return Translation(entry.en + (rest if rest[0] in " -" else f" {rest}"), "lexicon", LISTED)
    if (written := pending(surface, lexicon)) is not None:
        return written
    if label == "PERSON" and not _is_compound(surface, lexicon):
        return english_of_person(surface)
    common = ordinary_words().get(surface) if label == "ORG" and surface not in name_parts()["first"] else None
    if common is not None:  # 정부, which some call a name
        return Translation(common, "lexicon", LISTED)
    return english_of_parts(surface, label, lexicon)


def _is_compound(name: str, lexicon: Lexicon) -> bool:
    """Whether words that some take for a person's name are terms: 기프트 바우처."""
    words = name.split(" ")
    return len(words) > 1 and all((entry := lexicon.get(word)) is not None and entry.kind == "TERM" for word in words)
