"""What both versions of TBX say in the same way, in the data categories of TBX-Basic: concepts, their languages, their terms.

In: rows, a body, and the names of elements in a version of TBX. Out: concepts in the body. A row is a concept; its parts go where TBX-Basic has
them and where `lexicon/tbx.py` looks for them:

    kind                  descrip subjectField of the concept
    definition, note      descrip definition and note of the concept
    layer                 admin source of the concept
    ko, variants          Korean terms: fullForm, variant
    sentence, sentences   descrip context of the first Korean term, the first sentence first
    en, acronym           English terms: fullForm, acronym
    en_source             admin source of the English term
    status                administrativeStatus of the English term: preferred where approved, admitted where nobody has decided, with the
                          note `needs review` where it does; all terms are deprecated where it is rejected

There is no data category for counts and certainty, which are koproc's own and no decision of a person: they are not written.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ...document import GlossaryRow, Status
from ...errors import KoprocError
from .changes import Change
from .plain import plain

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NEEDS_REVIEW: Status = "needs review"
TITLE = "Korean and English terms"
SOURCE = "Drawn from Korean texts by koproc."
_PREFERRED, _ADMITTED, _DEPRECATED = (f"{status}Term-admn-sts" for status in ("preferred", "admitted", "deprecated"))


@dataclass(frozen=True, slots=True)
class Names:
    """How a version calls a concept, the section of a language and that of a term."""

    concept: str
    language: str
    term: str


def add(parent: Any, name: str, text: str | None = None, **attributes: str) -> Any:
    """A new element at the end of `parent`, in the namespace of that."""
    from lxml import etree

    element = etree.SubElement(parent, etree.QName(etree.QName(parent).namespace, name), attributes)
    element.text = text
    return element


def add_concepts(body: Any, rows: Iterable[GlossaryRow], names: Names) -> list[Change]:
    """Add a concept for each row: those of the same Korean, English and kind once.

    Raises:
        KoprocError: no row is left, and TBX knows no empty file.
    """
    changes = []
    seen: set[tuple[str, str, str]] = set()
    for row in rows:
        made, changed = plain(row)
        if reason := _why_not(made, seen):
            changes.append(Change(row.ko, row.en, "left out", reason))
            continue
        seen.add((made.ko, made.en, made.kind))
        _add_concept(body, made, names, f"c{len(seen)}")
        changes.extend(changed)
        changes.extend(Change(row.ko, row.en, "changed", reason) for reason in _lost(made))
    if not seen:
        raise KoprocError("no row is left to write, and a TBX file holds one concept at least; choose another --format")
    return changes


def _why_not(row: GlossaryRow, seen: set[tuple[str, str, str]]) -> str:
    if not row.ko:
        return "no Korean"
    if row.status == "rejected" and not row.en:
        return "rejected, but there is no English to reject"
    return "the same Korean, English and kind as a row before it" if (row.ko, row.en, row.kind) in seen else ""


def _lost(row: GlossaryRow) -> list[str]:
    """What of a row without English finds no place."""
    lost = []
    if not row.en and row.status != NEEDS_REVIEW:
        lost.append("without English it needs review")
    if not row.en and row.acronym:
        lost.append("the acronym is left out, which stands with the English")
    return lost


def _add_concept(body: Any, row: GlossaryRow, names: Names, id: str) -> None:
    concept = add(body, names.concept, id=id)
    add(concept, "descrip", row.kind, type="subjectField")
    if row.definition:
        add(concept, "descrip", row.definition, type="definition")
    if row.layer:
        add(concept, "admin", row.layer, type="source")
    if row.note:
        add(concept, "note", row.note)
    rejected = row.status == "rejected"
    korean = add(concept, names.language)
    korean.set(XML_LANG, "ko")
    main = _add_term(add(korean, names.term), row.ko, "fullForm", _DEPRECATED if rejected else _PREFERRED)
    for sentence in dict.fromkeys((row.sentence, *row.sentences)):
        if sentence:
            add(main, "descrip", sentence, type="context")
    for variant in row.variants:
        _add_term(add(korean, names.term), variant, "variant", _DEPRECATED if rejected else _ADMITTED)
    if row.en:
        english = add(concept, names.language)
        english.set(XML_LANG, "en")
        status = {"approved": _PREFERRED, "rejected": _DEPRECATED}.get(row.status, _ADMITTED)
        main = _add_term(add(english, names.term), row.en, "fullForm", status)
        add(main, "admin", row.en_source, type="source")
        if row.acronym:
            _add_term(add(english, names.term), row.acronym, "acronym", _DEPRECATED if rejected else _ADMITTED)
    if row.status == NEEDS_REVIEW or not row.en:
        add(main, "note", NEEDS_REVIEW)


def _add_term(section: Any, text: str, kind: str, status: str) -> Any:
    add(section, "term", text)
    add(section, "termNote", kind, type="termType")
    add(section, "termNote", status, type="administrativeStatus")
    return section
