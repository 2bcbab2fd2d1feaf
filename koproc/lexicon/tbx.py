"""TBX, the exchange format of terminology tools: version 2 (`martif`, ISO 30042:2008) and version 3 (`tbx`, ISO 30042:2019).

Both hold concepts with one section a language and one a term; only the names differ. Categories are attributes in the DCA style of
version 3 and in version 2, elements in the DCT style of version 3:

    <conceptEntry id="c1"><descrip type="subjectField">ORG</descrip>
      <langSec xml:lang="ko"><termSec><term>너울AI</term></termSec></langSec>
      <langSec xml:lang="en"><termSec><term>Neoul AI</term></termSec></langSec></conceptEntry>

What koproc writes (`formats/glossaries/tbx_parts.py`) comes back but for counts and certainty, for which TBX-Basic has no place:
definition, note, contexts as sentences, `admin source` as the layer of a concept and the source of its English. A preferred English
term is `approved`, one with the note `needs review` is that, and a concept without a usable English term is `rejected` where that was
deprecated.

The file comes from others, so nothing that it refers to is loaded, and one that declares entities or elements is refused. A bare
`<!DOCTYPE martif SYSTEM "TBXcdv04.dtd">`, which version 2 has as a rule, only names a file that is not read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast, get_args

from ..document import EnglishSource, GlossaryRow, Status
from ..errors import ResourceError

_CONCEPTS = {"martif": "termEntry", "tbx": "conceptEntry"}
_LANGUAGE_SECTIONS = frozenset({"langSet", "langSec"})
_STATUS = frozenset({"administrativeStatus", "normativeAuthorization", "processStatus", "status"})
_LEFT_OUT = re.compile(r"(?:deprecated|superseded|rejected|forbidden|obsolete|not.?recommended)", re.IGNORECASE)
_PREFERRED = re.compile(r"preferred|standardized|approved", re.IGNORECASE)
_NEEDS_REVIEW: Status = "needs review"
_KIND_CATEGORIES = ("subjectField", "termType", "note")
_KIND = re.compile(r"(?:(?:kind|type|종류)\s*[:=]\s*)?(\w+)", re.IGNORECASE)
_KINDS = {
    **dict.fromkeys(("org", "organization", "organisation", "company", "기관", "기업", "회사", "조직"), "ORG"),
    **dict.fromkeys(("product", "제품", "상품"), "PRODUCT"),
    **dict.fromkeys(("person", "인물", "인명"), "PERSON"),
    **dict.fromkeys(("loc", "location", "place", "지명"), "LOC"),
    **dict.fromkeys(("term", "용어"), "TERM"),
}
_LANGUAGES = {"ko": ("ko", "kor"), "en": ("en", "eng")}
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class _Term:
    """A term and the elements beside it in its section; whether it must not be used, and whether it is to be used before others."""

    text: str
    around: tuple[Any, ...]
    left_out: bool
    preferred: bool

    def values(self, category: str) -> list[str]:
        """What stands beside it in a category, without empty ones."""
        return _values(self.around, category)


def read_tbx(path: Path, content: bytes) -> Iterator[GlossaryRow]:
    """One row for each concept with a Korean and an English term: preferred terms first, other Korean ones as variants.

    Terms whose status is deprecated, superseded or rejected are left out; where that leaves no English at all, or says it of the
    concept, the row is rejected. A concept without English is one only where it has the note `needs review`. `path` is for messages.

    Raises:
        ResourceError: `path:line:` and what is wrong.

    >>> concept = '<termEntry><langSet xml:lang="ko"><tig><term>너울</term></tig></langSet><langSet xml:lang="en"><tig><term>wave</term></tig></langSet></termEntry>'
    >>> [(row.ko, row.en) for row in read_tbx(Path("a.tbx"), f'<martif type="TBX"><text><body>{concept}</body></text></martif>'.encode())]
    [('너울', 'wave')]
    """
    root = _parsed(path, content)
    concept_name = _CONCEPTS.get(_name(root))
    if concept_name is None:
        raise ResourceError(
            f"{path}:{root.sourceline}: <{_name(root)}> is no TBX; the file must begin with <martif> (version 2) or <tbx> (version 3)"
        )
    concepts = list(root.iter("{*}" + concept_name))
    rows = [row for concept in concepts if (row := _row(concept)) is not None]
    if not rows:
        raise ResourceError(
            f"{path}: of {len(concepts)} concepts (<{concept_name}>) none has a Korean (ko) and an English (en) term to use"
        )
    return iter(rows)


def _parsed(path: Path, content: bytes) -> Any:
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        attribute_defaults=False,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as err:
        raise ResourceError(f"{path}:{err.lineno or 1}: not well-formed XML ({err.msg}); export the file again") from err
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and (list(declared.iterentities()) or list(declared.iterelements())):
        raise ResourceError(
            f"{path}:1: declares entities or elements of its own (<!DOCTYPE … [ … ]>), which a term base has no need of; remove them"
        )
    return root


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _text(element: Any) -> str:
    return " ".join(unicodedata.normalize("NFC", "".join(element.itertext())).split())


def _row(concept: Any) -> GlossaryRow | None:
    about = [
        element for element in concept.iter() if not any(_name(up) in _LANGUAGE_SECTIONS for up in (element, *element.iterancestors()))
    ]
    korean, english = _terms(concept, "ko"), _terms(concept, "en")
    rejected = _is_left_out(about) or (bool(english) and all(term.left_out for term in english))
    if not rejected:
        korean, english = _usable(korean), _usable(english)
    elif any(not term.left_out for term in korean):
        korean = _usable(korean)
    if not korean:
        return None
    main = (english or korean)[0]
    status: Status = "rejected" if rejected else "approved" if english and main.preferred else ""
    if not status and _NEEDS_REVIEW in main.values("note"):
        status = _NEEDS_REVIEW
    if not english and status != _NEEDS_REVIEW:
        return None
    kind, said_by = _kind(concept)
    notes = _values((element for element in about if element is not said_by), "note")
    definitions = _values(about, "definition") or _values(concept.iter(), "definition")
    sentences = tuple(dict.fromkeys(sentence for term in korean for sentence in term.values("context")))
    return GlossaryRow(
        korean[0].text,
        english[0].text if english else "",
        kind,
        acronym=next((term.text for term in english[1:] if "acronym" in term.values("termType")), None),
        sentence=sentences[0] if sentences else "",
        en_source=_english_source(english),
        status=status,
        variants=tuple(dict.fromkeys(term.text for term in korean[1:] if term.text != korean[0].text)),
        sentences=sentences,
        definition=next(iter(definitions), None),
        note=min(notes, key=lambda note: _kind_of(note) is not None, default=""),
        layer=next(iter(_values(about, "source")), ""),
    )


def _usable(terms: list[_Term]) -> list[_Term]:
    return [term for term in terms if not term.left_out]


def _english_source(english: list[_Term]) -> EnglishSource:
    known = [source for source in (english[0].values("source") if english else []) if source in get_args(EnglishSource)]
    return cast(EnglishSource, known[0]) if known else "lexicon"


def _terms(concept: Any, language: str) -> list[_Term]:
    """The terms of a language, preferred ones first."""
    terms = []
    for section in concept.iter(*("{*}" + name for name in sorted(_LANGUAGE_SECTIONS))):
        code = section.get(_XML_LANG) or section.get("lang") or ""
        if re.split("[-_]", code.lower())[0] not in _LANGUAGES[language]:
            continue
        left_out = _is_left_out(child for child in section if child.find(".//{*}term") is None)
        for element in section.iter("{*}term"):
            around = tuple(part for part in _term_section(element).iter() if part is not element)
            if text := _text(element):
                preferred = any(_category(part) in _STATUS and _PREFERRED.match(_text(part)) for part in around)
                terms.append(_Term(text, around, left_out or _is_left_out(around), preferred))
    return sorted(terms, key=lambda term: not term.preferred)


def _term_section(term: Any) -> Any:
    """What holds a term and its notes: tig, ntig or termSec."""
    return next((up for up in term.iterancestors() if _name(up) in ("tig", "ntig", "termSec")), term)


def _category(element: Any) -> str:
    """subjectField of <descrip type="subjectField"> and of <min:subjectField>."""
    return str(element.get("type") or _name(element))


def _is_left_out(elements: Any) -> bool:
    return any(_category(element) in _STATUS and _LEFT_OUT.match(_text(element)) for element in elements)


def _values(elements: Iterable[Any], category: str) -> list[str]:
    """The texts of a category among elements, without empty ones."""
    return [text for element in elements if _category(element) == category and (text := _text(element))]


def _kind(concept: Any) -> tuple[str, Any]:
    """The kind, and the element that says it."""
    for category in _KIND_CATEGORIES:
        for element in concept.iter():
            if _category(element) == category and (kind := _kind_of(_text(element))) is not None:
                return kind, element
    return "TERM", None


def _kind_of(value: str) -> str | None:
    match = _KIND.fullmatch(value)
    return _KINDS.get(match[1].lower()) if match else None
