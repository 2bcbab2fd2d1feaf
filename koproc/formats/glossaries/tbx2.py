"""TBX version 2 (ISO 30042:2008) with the data categories of TBX-Basic: what OmegaT, Weblate and most terminology tools read.

    <termEntry id="c1"><descrip type="subjectField">ORG</descrip>
      <langSet xml:lang="ko"><tig><term>너울</term><termNote type="termType">fullForm</termNote> …

OmegaT offers each English term for each Korean one, deprecated ones too, and shows definition, note, context and status beside it;
Weblate takes definitions for explanations and marks deprecated terms as forbidden. Terms are in `tig`: Weblate's reader skips `ntig`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from ...document import GlossaryRow
from .changes import Change
from .tbx_parts import SOURCE, TITLE, XML_LANG, Names, add, add_concepts


def write(rows: Sequence[GlossaryRow], stream: BinaryIO) -> list[Change]:
    """Write the glossary; the same rows give the same bytes.

    Raises:
        KoprocError: no row is left, and TBX knows no empty file.

    >>> import io
    >>> stream = io.BytesIO()
    >>> write([GlossaryRow("너울", "Neoul", "ORG")], stream), stream.getvalue().decode().count("<tig>")
    ([], 2)
    """
    from lxml import etree

    root = etree.Element("martif", {"type": "TBX-Basic", XML_LANG: "ko"})
    header = add(root, "martifHeader")
    description = add(header, "fileDesc")
    add(add(description, "titleStmt"), "title", TITLE)
    add(add(description, "sourceDesc"), "p", SOURCE)
    add(add(header, "encodingDesc"), "p", "TBXBasicXCSV02.xcs", type="XCSURI")
    changes = add_concepts(add(add(root, "text"), "body"), rows, Names("termEntry", "langSet", "tig"))
    doctype = '<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">'
    stream.write(etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True, doctype=doctype))
    return changes
