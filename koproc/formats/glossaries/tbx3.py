"""TBX version 3 (ISO 30042:2019), dialect TBX-Basic, style DCA, which names data categories in attributes.

    <conceptEntry id="c1"><descrip type="subjectField">ORG</descrip>
      <langSec xml:lang="ko"><termSec><term>너울</term><termNote type="termType">fullForm</termNote> …

The dialect's definition: https://www.tbxinfo.net/tbx-dialects/, with a RELAX NG schema for the structure and Schematron rules for the
data categories and their levels.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from ...document import GlossaryRow
from .changes import Change
from .tbx_parts import SOURCE, TITLE, XML_LANG, Names, add, add_concepts

_NAMESPACE = "urn:iso:std:iso:30042:ed-2"


def write(rows: Sequence[GlossaryRow], stream: BinaryIO) -> list[Change]:
    """Write the glossary; the same rows give the same bytes.

    Raises:
        KoprocError: no row is left, and TBX knows no empty file.

    >>> import io
    >>> stream = io.BytesIO()
    >>> write([GlossaryRow("너울", "Neoul", "ORG")], stream), stream.getvalue().decode().count("<term>")
    ([], 2)
    """
    from lxml import etree

    root = etree.Element(f"{{{_NAMESPACE}}}tbx", {"style": "dca", "type": "TBX-Basic", XML_LANG: "ko"}, {None: _NAMESPACE})
    description = add(add(root, "tbxHeader"), "fileDesc")
    add(add(description, "titleStmt"), "title", TITLE)
    add(add(description, "sourceDesc"), "p", SOURCE)
    changes = add_concepts(add(add(root, "text"), "body"), rows, Names("conceptEntry", "langSec", "termSec"))
    stream.write(etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True))
    return changes
