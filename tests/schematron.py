"""Schematron (ISO/IEC 19757-3) with XPath 2 and later, which lxml's own does not know: rules become XSLT 3, which Saxon runs.

A pattern is a mode and a rule a template, earlier rules before later ones, since in each pattern a node has the first rule that fits.
"""

from __future__ import annotations

from pathlib import Path

from lxml import etree

_SCH, _XSL = "{http://purl.oclc.org/dsdl/schematron}", "http://www.w3.org/1999/XSL/Transform"


def checked(schema: Path, content: bytes) -> tuple[list[str], set[str]]:
    """The messages of the assertions that fail for a document, and the contexts of the rules that ran."""
    from saxonche import PySaxonProcessor

    with PySaxonProcessor(license=False) as processor:
        program = processor.new_xslt30_processor().compile_stylesheet(stylesheet_text=_program(schema))
        lines = program.transform_to_string(xdm_node=processor.parse_xml(xml_text=content.decode())).splitlines()
    failed = [line[1:] for line in lines if line.startswith("-")]
    return failed, {line[1:] for line in lines if line.startswith("+")}


def _program(schema: Path) -> str:
    root = etree.parse(str(schema)).getroot()
    spaces = {ns.get("prefix"): ns.get("uri") for ns in root.iter(f"{_SCH}ns")}
    program = etree.Element(f"{{{_XSL}}}stylesheet", {"version": "3.0"}, {"xsl": _XSL, **spaces})
    _add(program, "output", method="text")
    start = _add(program, "template", match="/")
    for pattern in root.iter(f"{_SCH}pattern"):
        mode = pattern.get("id")
        _add(start, "apply-templates", select="*", mode=mode)
        _add(program, "mode", {"name": mode, "on-no-match": "shallow-skip"})
        rules = pattern.findall(f"{_SCH}rule")
        for number, rule in enumerate(rules):
            template = _add(program, "template", match=rule.get("context"), mode=mode, priority=str(len(rules) - number))
            _add(template, "text").text = f"+{rule.get('context')}\n"
            for assertion in rule.findall(f"{_SCH}assert"):
                failing = _add(template, "if", test=f"not({assertion.get('test')})")
                _add(failing, "text").text = f"-{' '.join(assertion.text.split())}\n"
            _add(template, "apply-templates", select="@*, node()", mode=mode)
    return etree.tostring(program, encoding="unicode")


def _add(parent: etree._Element, name: str, attributes: dict[str, str] | None = None, **more: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{_XSL}}}{name}", {**(attributes or {}), **more})
