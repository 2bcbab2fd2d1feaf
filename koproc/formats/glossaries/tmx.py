"""TMX 1.4b (LISA OSCAR, kept by GALA): a translation memory, a unit for each pair of a Korean form and its English.

    <tu><note>…</note><prop type="x-kind">ORG</prop>
      <tuv xml:lang="ko"><seg>너울</seg></tuv><tuv xml:lang="en"><seg>Neoul</seg></tuv></tu>

What is no segment goes into the note (a person's) and properties of our own, which begin with x- as the specification asks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from ...document import SCHEMA, GlossaryRow
from .changes import Change
from .pairs import loadable

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_HEADER = {
    "creationtool": "koproc",
    "creationtoolversion": SCHEMA.rpartition("/")[2],
    "segtype": "phrase",
    "o-tmf": SCHEMA,
    "adminlang": "en",
    "srclang": "ko",
    "datatype": "plaintext",
}


def write(rows: Sequence[GlossaryRow], stream: BinaryIO) -> list[Change]:
    """Write the glossary; the same rows give the same bytes.

    >>> import io
    >>> stream = io.BytesIO()
    >>> write([GlossaryRow("너울", "Neoul", "ORG", variants=("너울社",))], stream), stream.getvalue().decode().count("<tu>")
    ([], 2)
    """
    from lxml import etree

    root = etree.Element("tmx", version="1.4")
    etree.SubElement(root, "header", _HEADER)
    body = etree.SubElement(root, "body")
    pairs, changes = loadable(rows)
    for ko, en, row in pairs:
        unit = etree.SubElement(body, "tu")
        if row.note:
            etree.SubElement(unit, "note").text = row.note
        for name, value in _properties(row):
            etree.SubElement(unit, "prop", type=f"x-{name}").text = value
        for language, text in (("ko", ko), ("en", en)):
            version = etree.SubElement(unit, "tuv", {_LANG: language})
            etree.SubElement(version, "seg").text = text
    doctype = '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'
    stream.write(etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True, doctype=doctype))
    return changes


def _properties(row: GlossaryRow) -> Iterator[tuple[str, str]]:
    properties = {"kind": row.kind, "status": row.status, "en-source": row.en_source, "definition": row.definition or ""}
    return ((name, value) for name, value in properties.items() if value)
