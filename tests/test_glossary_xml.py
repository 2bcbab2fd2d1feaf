"""Glossaries as TBX 3, TBX 2, TMX and PO: what the standards' schemas and other people's readers make of them, and what comes back."""

from __future__ import annotations

import io
import shutil
import subprocess
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import polib
import pytest
from awkward_glossary import awkward_rows
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree
from schematron import checked
from translate.storage import po, tbx, tmx

import koproc
from koproc.cli import main
from koproc.document import GlossaryRow
from koproc.errors import KoprocError
from koproc.formats.glossaries import Change, write_glossary
from koproc.formats.glossaries.variants import expanded, forms
from koproc.lexicon import load_lexicon, read_glossary

ROWS = awkward_rows()
FORMATS = ("tbx", "tbx2", "tmx", "po")
NEOUL = GlossaryRow(
    "너울에이아이", "Neoul AI", "ORG", "NAI", 3, 2, "너울에이아이는 회사다.", "transliteration", 0.5, "needs review", ("너울", "너울AI"),
    ("너울에이아이는 회사다.", "너울은 칩을 판다."), "너울에이아이는 회사다.", 'a "start-up"', "names.tsv",
)  # fmt: skip
ARTICLE = "너울에이아이는 새 모델을 공개했다. 너울은 내년 상장한다."


def _written(rows: Sequence[GlossaryRow], form: str) -> tuple[bytes, list[Change]]:
    stream = io.BytesIO()
    changes = write_glossary(rows, stream, form)
    return stream.getvalue(), changes


def _read_back(folder: Path, content: bytes) -> tuple[GlossaryRow, ...]:
    path = folder / "glossary.tbx"
    path.write_bytes(content)
    return read_glossary(path)


def _clean(text: str) -> str:
    """A text as the formats promise to hold it: one line, single spaces, composed, without control characters."""
    kept = "".join(c for c in text if unicodedata.category(c) != "Cc" or c.isspace())
    replaced = "".join("\N{REPLACEMENT CHARACTER}" if c in "\ufffe\uffff" or "\ud800" <= c <= "\udfff" else c for c in kept)
    return unicodedata.normalize("NFC", " ".join(replaced.split()))


def _cleaned(row: GlossaryRow) -> GlossaryRow:
    """A row as the formats promise to hold it."""
    row = replace(
        row,
        ko=_clean(row.ko),
        en=_clean(row.en),
        acronym=_clean(row.acronym or "") or None,
        sentence=_clean(row.sentence),
        sentences=tuple(map(_clean, row.sentences)),
        variants=tuple(map(_clean, row.variants)),
        definition=_clean(row.definition or "") or None,
        note=_clean(row.note),
        layer=_clean(row.layer),
    )
    return replace(row, variants=forms(row)[1:])


def _promised(row: GlossaryRow) -> GlossaryRow:
    """What of a row TBX promises to give back: not the counts, the first sentence among the others, nothing of no English."""
    row = _cleaned(row)
    sentences = tuple(dict.fromkeys(text for text in (row.sentence, *row.sentences) if text))
    row = replace(row, count=0, documents=0, certainty=1.0, sentence=sentences[0] if sentences else "", sentences=sentences)
    return row if row.en else replace(row, status="needs review", acronym=None, en_source="lexicon")


def _pairs() -> list[tuple[str, str, GlossaryRow]]:
    """What a machine may load of the awkward rows."""
    return list(expanded(row for row in map(_cleaned, ROWS) if row.status != "rejected" and row.ko and row.en))


def test_awkward_rows() -> None:
    """There are more than 500 rows, with everything that a glossary may hold."""
    assert len(ROWS) >= 500
    assert {row.kind for row in ROWS} == {"ORG", "PRODUCT", "PERSON", "LOC", "TERM"}
    assert {row.status for row in ROWS} == {"", "approved", "rejected", "needs review"}
    assert max(len(row.ko.encode()) for row in ROWS) > 1500
    assert any(not row.en for row in ROWS)


@pytest.mark.parametrize("form", FORMATS)
def test_same_bytes(form: str) -> None:
    """The same rows give the same bytes and the same report."""
    assert _written(ROWS, form) == _written(list(ROWS), form)


def test_tbx_3_is_valid(shared: Path) -> None:
    """The standard's structure and the rules of TBX-Basic hold, and the rules for all that is in the file did run."""
    content, _ = _written(ROWS, "tbx")
    etree.RelaxNG(etree.parse(str(shared / "schemas" / "TBXcoreStructV03.rng"))).assertValid(etree.fromstring(content))
    failed, ran = checked(shared / "schemas" / "TBX-Basic_DCA.sch", content)
    assert not failed
    types = {f"tbx:{element.tag.rpartition('}')[2]}[@type='{element.get('type')}']" for element in etree.fromstring(content).iter("{*}*")}
    assert types > {"tbx:admin[@type='source']", "tbx:descrip[@type='context']", "tbx:termNote[@type='termType']"}
    assert ran >= {name for name in types if "None" not in name and "TBX-Basic" not in name} | {"tbx:tbx", "tbx:*[@type]", "tbx:termNote"}


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        (b">fullForm<", b">full<", "/termType/ type may be"),
        (b">admittedTerm-admn-sts<", b">admitted<", "/administrativeStatus/ type may be"),
        (b'descrip type="subjectField"', b'descrip type="domain"', "Permitted type value(s): subjectField"),
        (b'descrip type="subjectField"', b'descrip type="context"', "/context/ may only appear at level(s): termSec"),
        (b'descrip type="context"', b'descrip type="definition"', "/definition/ may only appear at level(s): conceptEntry, langSec"),
        (b'descrip type="context"', b'descrip type="subjectField"', "/subjectField/ may only appear at level(s): conceptEntry"),
        (b'admin type="source"', b'admin type="origin"', "Permitted type value(s): customerSubset"),
        (b'style="dca"', b'style="dct"', "The style of this dialect"),
        (b'type="TBX-Basic"', b'type="TBX-Min"', "The name of this dialect"),
    ],
)
def test_rules_of_tbx_basic_bite(shared: Path, right: bytes, wrong: bytes, message: str) -> None:
    """The check with Schematron finds each thing that could be wrong with a file like ours."""
    content, _ = _written([NEOUL], "tbx")
    assert right in content
    failed, _ = checked(shared / "schemas" / "TBX-Basic_DCA.sch", content.replace(right, wrong, 1))
    assert any(message in failure for failure in failed)


def test_tbx_2_says_what_tbx_3_says() -> None:
    """Body and categories are the same but for the names of three elements, so what the schemas say of one holds for the other."""
    (newer, changes), (older, changes_2) = _written(ROWS, "tbx"), _written(ROWS, "tbx2")
    assert changes == changes_2
    names = {"conceptEntry": "termEntry", "langSec": "langSet", "termSec": "tig"}
    bodies = []
    for content in (newer, older):
        body = next(etree.fromstring(content).iter("{*}body"))
        tags = [element.tag.rpartition("}")[2] for element in body.iter()]
        bodies.append([(names.get(tag, tag), dict(e.attrib), e.text) for tag, e in zip(tags, body.iter(), strict=True)])
    assert bodies[0] == bodies[1]
    assert older.split(b"\n")[1] == b'<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">'


@pytest.mark.parametrize("form", ["tbx", "tbx2"])
def test_tbx_comes_back(tmp_path: Path, form: str) -> None:
    """Every field of every row comes back, each row once; what does not is in the report."""
    content, changes = _written(ROWS, form)
    kept = {(row.ko, row.en, row.kind): row for row in map(_promised, reversed(ROWS))}
    expected = [kept[key] for key in dict.fromkeys((row.ko, row.en, row.kind) for row in map(_promised, ROWS))]
    assert list(_read_back(tmp_path, content)) == expected
    told = {(change.ko, change.en) for change in changes}
    for row in ROWS:
        same = _promised(row) == replace(_promised(row), **_texts(row)) and len(forms(row)) == len({row.ko, *row.variants})
        assert same or (row.ko, row.en) in told
    left_out = [change.reason for change in changes if change.what == "left out"]
    assert left_out == ["the same Korean, English and kind as a row before it"] * (len(ROWS) - len(expected))


def _texts(row: GlossaryRow) -> dict[str, object]:
    acronym = row.acronym if row.en.strip() else None
    return {"ko": row.ko, "en": row.en, "acronym": acronym, "definition": row.definition, "note": row.note, "layer": row.layer}


@pytest.mark.parametrize("form", ["tbx", "tbx2"])
def test_tbx_comes_back_the_same_again(tmp_path: Path, form: str) -> None:
    """What was read back is written as the same bytes, with nothing to report."""
    content, _ = _written(ROWS, form)
    assert _written(_read_back(tmp_path, content), form) == (content, [])


@given(ko=st.text(), en=st.text(), note=st.text(), variant=st.text())
@example(ko="너울\ud800", en="\udfff\ufffe", note="product", variant="너울\x85\x1c")
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, ko: str, en: str, note: str, variant: str) -> None:
    """Whatever stands in a row, the file can be read, and says the same."""
    row = replace(NEOUL, ko=f"너울{ko}", en=f"{en} AI", note=note, variants=(variant,))
    content, _ = _written([row], "tbx2")
    assert _read_back(tmp_path_factory.getbasetemp(), content) == (_promised(row),)


def test_tbx_of_no_rows(tmp_path: Path) -> None:
    """TBX knows no empty file: an error, and nothing is written."""
    for form in ("tbx", "tbx2"):
        with pytest.raises(KoprocError, match="holds one concept at least"):
            write_glossary([replace(NEOUL, en="", status="rejected")], io.BytesIO(), form)
    (tmp_path / "empty.tsv").write_text("ko\ten\n", encoding="utf-8")
    output = tmp_path / "glossary.tbx"
    result = CliRunner().invoke(main, ["glossary", "convert", str(tmp_path / "empty.tsv"), "--format", "tbx", "-o", str(output)])
    assert result.exit_code != 0
    assert "holds one concept at least" in result.stderr
    assert not output.exists()


def test_rows_without_english_in_tbx(tmp_path: Path) -> None:
    """They come back as rows that need review; what that changes and what makes no sense is reported."""
    chip = GlossaryRow("칩", "", "TERM", "IC", status="approved")
    content, changes = _written([chip, replace(chip, ko="판", status="rejected")], "tbx")
    assert _read_back(tmp_path, content) == (GlossaryRow("칩", "", "TERM", status="needs review"),)
    assert changes == [
        Change("칩", "", "changed", "without English it needs review"),
        Change("칩", "", "changed", "the acronym is left out, which stands with the English"),
        Change("판", "", "left out", "rejected, but there is no English to reject"),
    ]


def _corrected(content: bytes, right: str, wrong: str) -> bytes:
    text = content.decode()
    assert right in text
    return text.replace(right, wrong).encode()


@pytest.mark.parametrize("form", ["tbx", "tbx2"])
def test_corrected_file_steers_the_next_run(tmp_path: Path, form: str) -> None:
    """A translator corrects the English and approves it; the next run uses it, also through the command line."""
    content, _ = _written([NEOUL], form)
    corrected = _corrected(content, "<term>Neoul AI</term>", "<term>Wave AI</term>")
    path = tmp_path / "corrected.tbx"
    path.write_bytes(_corrected(corrected, "admittedTerm-admn-sts", "preferredTerm-admn-sts"))
    assert {row.status for row in read_glossary(path)} == {"approved"}
    mentions = koproc.load(lexicon=[path])(ARTICLE).mentions
    assert [(mention.text, mention.en, mention.label) for mention in mentions] == [
        ("너울에이아이", "Wave AI", "ORG"),
        ("너울", "Wave AI", "ORG"),
    ]
    arguments = ["annotate", "--lexicon", str(path), "--format", "json", "-"]
    result = CliRunner().invoke(main, arguments, input=ARTICLE)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.count('"en": "Wave AI"') == 2


@pytest.mark.parametrize("form", ["tbx", "tbx2"])
def test_rejected_rows_steer_the_next_run(tmp_path: Path, form: str) -> None:
    """A rejected row comes back as rejected, and so does one whose English alone a translator has deprecated; neither is found."""
    content, _ = _written([replace(NEOUL, status="rejected")], form)
    rejected = _read_back(tmp_path, content)
    assert rejected == (_promised(replace(NEOUL, status="rejected")),)
    lexicon = load_lexicon([tmp_path / "glossary.tbx"])
    assert lexicon.get("너울에이아이") is None
    assert [entry.ko for entry in lexicon.rejected] == ["너울에이아이"]
    content, _ = _written([replace(NEOUL, variants=(), acronym=None)], form)
    rows = _read_back(tmp_path, _corrected(content, "admittedTerm-admn-sts", "deprecatedTerm-admn-sts"))
    assert [(row.ko, row.en, row.status) for row in rows] == [("너울에이아이", "Neoul AI", "rejected")]


def test_one_deprecated_term_among_others(tmp_path: Path) -> None:
    """A deprecated term is left out where its language has others; a concept whose Korean alone is deprecated is no row."""
    content, _ = _written([NEOUL], "tbx2")
    english = "<term>Neoul AI</term>"
    old = f"<term>Neoul</term><termNote type='administrativeStatus'>deprecatedTerm-admn-sts</termNote></tig><tig>{english}"
    assert _read_back(tmp_path, _corrected(content, english, old)) == (_promised(NEOUL),)
    rows = [replace(NEOUL, variants=()), replace(NEOUL, ko="누리")]
    content, _ = _written(rows, "tbx2")
    content = content.replace(b"preferredTerm", b"deprecatedTerm", 1)
    assert [row.ko for row in _read_back(tmp_path, content)] == ["누리"]


def test_tbx_of_other_tools(tmp_path: Path) -> None:
    """What ours says in one place is read where others may put it: in groups, in the section of a language, for the whole concept."""
    korean = '<langSet xml:lang="ko"><descripGrp><descrip type="definition">칩이다.</descrip></descripGrp><tig><term>{}</term>'
    context = '<descripGrp><descrip type="context">칩을 샀다.</descrip><admin type="source">신문</admin></descripGrp></tig></langSet>'
    english = '<langSet xml:lang="en"><tig><term>chip</term><admin type="source">a book</admin></tig></langSet>'
    entries = [
        f"<termEntry>{korean.format('칩')}{context}{english}</termEntry>",
        f'<termEntry><admin type="status">deprecated</admin>{korean.format("칲")}</tig></langSet>{english}</termEntry>',
    ]
    content = f"<martif type='TBX'><text><body>{''.join(entries)}</body></text></martif>".encode()
    assert _read_back(tmp_path, content) == (
        GlossaryRow("칩", "chip", "TERM", sentence="칩을 샀다.", sentences=("칩을 샀다.",), definition="칩이다."),
        GlossaryRow("칲", "chip", "TERM", status="rejected", definition="칩이다."),
    )


def test_tbx_2_for_translate_toolkit() -> None:
    """Weblate's reader sees the terms of both languages, notes and definitions, and takes rejected rows for obsolete."""
    content, _ = _written(ROWS, "tbx2")
    units = tbx.tbxfile.parsestring(content, "ko", "en").units
    kept = {(row.ko, row.en, row.kind): row for row in map(_promised, reversed(ROWS))}
    rows = [kept[key] for key in dict.fromkeys((row.ko, row.en, row.kind) for row in map(_promised, ROWS))]
    assert len(units) == len(rows) > 500
    for unit, row in zip(units, rows, strict=True):
        assert [term.text for term in unit.get_source_terms()] == [row.ko, *row.variants]
        english = [row.en, *([row.acronym] if row.acronym else [])] if row.en else []
        assert [term.text for term in unit.get_target_terms()] == english
        assert unit.isobsolete() == (row.status == "rejected")
        notes = {(note.origin, note.category): note.text for note in unit.get_common_notes(source=True)}
        assert (notes.get((None, None), ""), notes.get(("definition", "definition"))) == (row.note, row.definition)


def test_tmx() -> None:
    """A unit for each pair, in the order that the specification has for its parts, with a complete header."""
    content, changes = _written(ROWS, "tmx")
    # the content models of TMX 1.4b for what is in our files: https://www.gala-global.org/tmx-14b
    model = etree.DTD(
        io.StringIO(
            "<!ELEMENT tmx (header, body)><!ATTLIST tmx version CDATA #FIXED '1.4'>"
            "<!ELEMENT header EMPTY><!ATTLIST header creationtool CDATA #REQUIRED creationtoolversion CDATA #REQUIRED"
            " segtype (block|paragraph|sentence|phrase) #REQUIRED o-tmf CDATA #REQUIRED adminlang CDATA #REQUIRED"
            " srclang CDATA #REQUIRED datatype CDATA #REQUIRED>"
            "<!ELEMENT body (tu*)><!ELEMENT tu ((note|prop)*, tuv+)><!ELEMENT note (#PCDATA)>"
            "<!ELEMENT prop (#PCDATA)><!ATTLIST prop type CDATA #REQUIRED>"
            "<!ELEMENT tuv (seg)><!ATTLIST tuv xml:lang CDATA #REQUIRED><!ELEMENT seg (#PCDATA)>"
        )
    )
    model.assertValid(etree.fromstring(content))
    units = tmx.tmxfile.parsestring(content, "ko", "en").units
    assert [(unit.source, unit.target) for unit in units] == [(ko, en) for ko, en, _ in _pairs()]
    assert [unit.getnotes() for unit in units] == [row.note for _, _, row in _pairs()]
    _check_report(changes)


def _check_report(changes: list[Change]) -> None:
    """What machines do not load is reported, row by row and in their order."""
    left_out = [(change.ko, change.en, change.reason) for change in changes if change.what == "left out"]
    assert [(ko, en) for ko, en, reason in left_out if reason == "a person has rejected it"] == [
        (r.ko, r.en) for r in ROWS if r.status == "rejected"
    ]
    missing = [(r.ko, r.en) for r in ROWS if r.status != "rejected" and not _clean(r.en)]
    assert [(ko, en) for ko, en, reason in left_out if reason == "it has no English"] == missing
    assert {reason for _, _, reason in left_out} == {
        "a person has rejected it",
        "it has no English",
        "the same Korean and English as a row before it",
    }


def test_po(tmp_path: Path) -> None:
    """polib and translate-toolkit read the pairs, each message once; what needs review is fuzzy."""
    content, changes = _written(ROWS, "po")
    path = tmp_path / "glossary.po"
    path.write_bytes(content)
    file = polib.pofile(str(path), check_for_duplicates=True)
    assert file.metadata["Language"] == "en"
    assert [(entry.msgid, entry.msgstr) for entry in file] == [(ko, en) for ko, en, _ in _pairs()]
    assert [entry.fuzzy for entry in file] == [row.status == "needs review" for _, _, row in _pairs()]
    comments = ["\n".join(filter(None, (row.definition, row.note))) for _, _, row in _pairs()]
    assert [entry.comment for entry in file] == comments
    units = po.pofile.parsestring(content).units
    assert [(str(unit.source), str(unit.target)) for unit in units[1:]] == [(ko, en) for ko, en, _ in _pairs()]
    _check_report(changes)


def test_po_for_gettext(tmp_path: Path) -> None:
    """GNU msgfmt compiles the file, and the catalogue holds what is not fuzzy."""
    if shutil.which("msgfmt") is None:
        pytest.skip("msgfmt of GNU gettext is not on this machine")
    path = tmp_path / "glossary.po"
    path.write_bytes(_written(ROWS, "po")[0])
    result = subprocess.run(["msgfmt", "--check", "-o", "glossary.mo", path.name], cwd=tmp_path, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    held = [(entry.msgid, entry.msgstr) for entry in polib.mofile(str(tmp_path / "glossary.mo"))]
    assert sorted(held) == sorted((ko, en) for ko, en, row in _pairs() if row.status != "needs review")


def test_po_contexts() -> None:
    """A Korean form with several English ones has a context from the second on, another for each."""
    rows = [GlossaryRow("너울", en, kind) for en, kind in (("Neoul", "ORG"), ("wave", "TERM"), ("swell", "TERM"), ("Wave", "ORG"))]
    file = polib.pofile(_written(rows, "po")[0].decode())
    assert [(entry.msgctxt, entry.msgstr) for entry in file] == [(None, "Neoul"), ("TERM", "wave"), ("TERM 2", "swell"), ("ORG", "Wave")]


@pytest.mark.parametrize(
    ("kind", "ko", "variants", "expected"),
    [
        ("ORG", "화웨이", "화웨이는 화웨이가 화웨이를 화웨이와 화웨이로 화웨이의 화웨이에서는 화웨이로부터 화웨이만이", ""),
        ("ORG", "삼성", "삼성은 삼성이 삼성을 삼성과 삼성으로 삼성도 삼성까지도", ""),
        ("ORG", "새벽별", "새벽별로 새벽별은 새벽별에서 새벽별으로", "새벽별으로"),
        ("ORG", "LG", "LG는 LG은 LG로 LG으로", ""),
        ("ORG", "화웨이", "화웨이은 화웨이이 화웨이으로 화웨이社 화웨이코리아", "화웨이은 화웨이이 화웨이으로 화웨이社 화웨이코리아"),
        ("ORG", "삼성", "삼성는 삼성로 삼성와 삼성전자 삼성전자는", "삼성는 삼성로 삼성와 삼성전자"),
        ("LOC", "경기", "경기도 경기도는 경기로 경기는", "경기도 경기로"),
        ("PERSON", "한가은", "한가 가은 가은이", "한가 가은"),
    ],
)
def test_variants_with_particles(kind: str, ko: str, variants: str, expected: str) -> None:
    """A form with the particle that Korean would put there is no form of its own; anything else is one."""
    assert forms(GlossaryRow(ko, "x", kind, variants=tuple(variants.split()))) == (ko, *expected.split())
