"""Glossaries as tables: each format accepted by a strict reader or the real one, what was left out told, and read back without loss."""

from __future__ import annotations

import contextlib
import io
import re
import shutil
import subprocess
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from awkward_glossary import awkward_rows
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from strict_readers import MACHINES, memoq, omegat, rfc4180, spreadsheet_cells

import koproc
from koproc.cells import guarded, joined, split, unguarded
from koproc.cli import main
from koproc.document import GlossaryRow
from koproc.errors import ResourceError
from koproc.formats.glossaries import FORMATS, Change, write_glossary
from koproc.lexicon import read_glossary, read_user_file

ROWS = awkward_rows()
READ_BACK = {"tsv": ".tsv", "csv": ".csv", "xlsx": ".xlsx", "omegat": ".txt"}
_BREAKS = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"


def _written(rows: tuple[GlossaryRow, ...] | list[GlossaryRow], form: str) -> tuple[bytes, list[Change]]:
    stream = io.BytesIO()
    changes = write_glossary(rows, stream, form)
    return stream.getvalue(), changes


def _read_back(rows: tuple[GlossaryRow, ...] | list[GlossaryRow], form: str, folder: Path) -> tuple[tuple[GlossaryRow, ...], list[Change]]:
    content, changes = _written(rows, form)
    path = folder / f"glossary{READ_BACK[form]}"
    path.write_bytes(content)
    return read_glossary(path), changes


def _mapped(row: GlossaryRow, step: Callable[[str], str]) -> GlossaryRow:
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


def _one_line(text: str) -> str:
    return re.sub("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]", " ", re.sub(f"[{_BREAKS}]+", " ", text))


def _without_controls(text: str) -> str:
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", " ", text)


def _xml_legal(text: str) -> str:
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text)


def _omegat_fields(row: GlossaryRow) -> GlossaryRow:
    """Names on one line; line breaks and tabs of the comment are written as escapes and come back."""
    kept = str.maketrans({"\t": "\ue000", "\n": "\ue001", "\r": "\ue002"})
    back = str.maketrans({"\ue000": "\t", "\ue001": "\n", "\ue002": "\r"})
    about = _mapped(row, lambda text: _one_line(text.translate(kept)).translate(back))
    return replace(about, ko=_one_line(row.ko), en=_one_line(row.en))


EXPECTED: dict[str, Callable[[GlossaryRow], GlossaryRow]] = {
    "tsv": lambda row: _mapped(row, _one_line),
    "csv": lambda row: _mapped(row, _without_controls),
    "xlsx": lambda row: _mapped(row, _xml_legal),
    "omegat": _omegat_fields,
}


@pytest.mark.parametrize("form", READ_BACK)
def test_nothing_is_lost_unless_it_is_told(form: str, tmp_path: Path) -> None:
    """More than 500 awkward rows come back in order and equal; where a character could not, the row is reported, and only there."""
    back, changes = _read_back(ROWS, form, tmp_path)
    expected = [EXPECTED[form](row) for row in ROWS]
    assert len(ROWS) > 500
    assert list(back) == expected
    told = {(change.ko, change.en) for change in changes if change.what == "changed"}
    assert told == {(row.ko, row.en) for row, other in zip(ROWS, expected, strict=True) if row != other}


@pytest.mark.parametrize("form", READ_BACK)
def test_a_second_round_changes_nothing(form: str, tmp_path: Path) -> None:
    """What was read is written, read and written again as the same bytes, and nothing more is reported as changed."""
    back, _ = _read_back(ROWS, form, tmp_path)
    again, told = _read_back(back, form, tmp_path)
    assert again == back
    assert _written(again, form) == _written(back, form)
    assert not [change for change in told if change.what == "changed"]


def _rows(alphabet: st.SearchStrategy[str]) -> st.SearchStrategy[list[GlossaryRow]]:
    pieces = st.sampled_from(["=", "'", "''=", '"', '""', "|", "\\", "\\|", ";", "; note: ", "#", "-", "_x000D_", "_x005F_", " ", "너울"])
    text = st.lists(st.one_of(pieces, st.text(alphabet, max_size=4)), max_size=5).map("".join)
    some = text.filter(str.strip)
    row = st.builds(
        GlossaryRow,
        some,
        some,
        st.sampled_from(["ORG", "PRODUCT", "PERSON", "LOC", "TERM"]),
        acronym=st.none() | some,
        count=st.integers(0, 9_999),
        documents=st.integers(0, 9_999),
        sentence=text,
        en_source=st.sampled_from(["lexicon", "gloss", "transliteration", "romanization", "composition", "mt", "same"]),
        certainty=st.integers(0, 100_000).map(lambda number: number / 100_000),
        status=st.sampled_from(["", "needs review", "approved", "rejected"]),
        variants=st.lists(some, max_size=3).map(tuple),
        sentences=st.lists(some, max_size=3).map(tuple),
        definition=st.none() | some,
        note=text,
        layer=text,
    )
    without = row.map(lambda row: replace(row, en="") if row.status in ("needs review", "rejected") and row.count % 2 else row)
    return st.lists(without, max_size=3)


_CHARACTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufffe\uffff")
_WITH_BREAKS = st.one_of(_CHARACTERS, st.sampled_from("\t\n\r"))


@pytest.mark.parametrize(
    ("form", "alphabet"), [("tsv", _CHARACTERS), ("csv", _WITH_BREAKS), ("xlsx", _WITH_BREAKS), ("omegat", _CHARACTERS)]
)
def test_every_row_comes_back(form: str, alphabet: st.SearchStrategy[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    """Any row of characters that a format can hold comes back equal, and nothing is reported as changed."""
    folder = tmp_path_factory.mktemp(form)

    @settings(max_examples=60 if form == "xlsx" else 200, deadline=None)
    @given(_rows(alphabet))
    def comes_back(rows: list[GlossaryRow]) -> None:
        back, changes = _read_back(rows, form, folder)
        assert list(back) == rows
        assert not [change for change in changes if change.what == "changed"]

    comes_back()


@given(st.text())
def test_guard_and_its_undoing(text: str) -> None:
    """Any text survives the apostrophe, one that has apostrophes of its own too."""
    assert unguarded(guarded(text)) == text
    assert unguarded(guarded(f"''={text}")) == f"''={text}"


@given(st.lists(st.text(min_size=1)))
def test_lists_in_a_cell(items: list[str]) -> None:
    """Any list of texts comes back from its cell."""
    assert split(joined(items)) == tuple(items)


def test_certainty_is_exact_and_short(tmp_path: Path) -> None:
    """Two decimals where they say all, more where they do not."""
    rows = [GlossaryRow("가", "a", "TERM", certainty=value) for value in (1.0, 0.5, 0.873, 1e-7)]
    back, _ = _read_back(rows, "tsv", tmp_path)
    assert list(back) == rows
    assert [line.split("\t")[7] for line in (tmp_path / "glossary.tsv").read_text().splitlines()[1:]] == ["1.00", "0.50", "0.873", "1e-07"]


def test_csv_is_rfc_4180_and_no_formula() -> None:
    """A strict reader takes it, Excel sees its byte order mark, and no cell of it or of the TSV is a formula."""
    content, _ = _written(ROWS, "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = spreadsheet_cells(rfc4180(content.decode("utf-8-sig")))
    assert len(rows) == len(ROWS) + 1
    lines = _written(ROWS, "tsv")[0].decode().split("\n")[:-1]
    table = spreadsheet_cells([line.split("\t") for line in lines])
    assert {len(row) for row in table} == {15}
    assert len(table) == len(ROWS) + 1


def test_a_review_steers_the_next_run(tmp_path: Path) -> None:
    """A person's corrections in a file of koproc's are what the next run finds, in every format that is read back."""
    rows = [
        GlossaryRow("너울에이아이", "Neoul A.I.", "ORG", variants=("너울",), en_source="romanization", status="needs review"),
        GlossaryRow("가온챗", "GaonChat", "PRODUCT", status="approved", note="1\n2"),
        GlossaryRow("마루칩", "Marr Chip", "PRODUCT", status="rejected"),
    ]
    for form, ending in READ_BACK.items():
        back, _ = _read_back(rows, form, tmp_path)
        reviewed = [replace(back[0], en="Neoul AI", status="approved"), *back[1:]]
        path = tmp_path / f"reviewed-{form}{ending}"
        path.write_bytes(_written(reviewed, form)[0])
        document = koproc.load(lexicon=[path])("너울에이아이는 새 모델을 공개했다. 너울은 내년 상장한다. 가온챗은 그대로다.")
        found = [(m.text, m.label, m.en, m.entity) for m in document.mentions]
        assert found[:2] == [("너울에이아이", "ORG", "Neoul AI", "Neoul AI"), ("너울", "ORG", "Neoul AI", "Neoul AI")]
        assert ("가온챗", "PRODUCT", "GaonChat", "GaonChat") in found
        assert {entry.status for entry in read_user_file(path)} == {"approved", "rejected"}


def _seen(pair: tuple[str, str]) -> tuple[str, ...]:
    """What a reader of the pair sees: composed, without white space, control characters and what stands for no character."""
    return tuple(
        unicodedata.normalize("NFC", re.sub("[\\s\x00-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffd-\uffff]+", "", text)) for text in pair
    )


@pytest.mark.parametrize("form", MACHINES)
def test_machines_accept(form: str) -> None:
    """A strict reader takes the file; every pair of the glossary is in it or reported; rejected rows and guesses without English are not."""
    content, changes = _written(ROWS, form)
    pairs = dict(MACHINES[form](content))
    assert len(pairs) > 200
    known = {_seen(pair) for pair in pairs.items()} | {_seen((change.ko, change.en)) for change in changes if change.what == "left out"}
    assert {_seen((row.ko, row.en)) for row in ROWS} <= known
    rejected = {(row.ko, row.en) for row in ROWS if row.status == "rejected"} - {
        (row.ko, row.en) for row in ROWS if row.status != "rejected"
    }
    assert rejected
    assert not rejected & pairs.items()
    assert pairs["너울"] == "Neoul"
    assert pairs["너울社"] == "Neoul"
    assert "너울은" not in pairs
    assert content == _written(ROWS, form)[0]
    reasons = {change.reason for change in changes}
    assert {"a person has rejected it", "it has no English"} <= reasons
    assert any("bytes" in reason for reason in reasons) == (form not in ("azure", "papago"))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.builds(GlossaryRow, st.text(max_size=3), st.text(max_size=3), st.just("TERM"), certainty=st.sampled_from([0.5, 1.0]))))
def test_machines_accept_any_text(rows: list[GlossaryRow]) -> None:
    """No text makes a file that a strict reader refuses."""
    for form, read in MACHINES.items():
        read(_written(rows, form)[0])
    omegat(_written(rows, "omegat")[0])
    memoq(_written(rows, "memoq")[0])


def test_the_better_row_wins() -> None:
    """Of rows with one Korean: approved before the others, then the surer, then the more frequent, then the first; the rest is told."""
    rows = [
        GlossaryRow("너울", "sure", "TERM", certainty=1.0, count=9),
        GlossaryRow("너울", "approved", "TERM", certainty=0.2, status="approved"),
        GlossaryRow("누리", "less sure", "TERM", certainty=0.5, count=9),
        GlossaryRow("누리", "surer", "TERM", certainty=0.6),
        GlossaryRow("마루", "rare", "TERM"),
        GlossaryRow("마루", "frequent", "TERM", count=2),
        GlossaryRow("물결", "first", "TERM"),
        GlossaryRow("물결", "second", "TERM"),
        GlossaryRow("파도", "wave", "TERM", variants=("물결",), count=1),
    ]
    content, changes = _written(rows, "deepl")
    assert dict(MACHINES["deepl"](content)) == {"너울": "approved", "누리": "surer", "마루": "frequent", "파도": "wave", "물결": "wave"}
    assert [change.en for change in changes] == ["sure", "less sure", "rare", "first", "second"]


@pytest.mark.parametrize(("form", "limit"), [("deepl", 10_485_760), ("google", 10_000_000), ("amazon", 10_485_760), ("azure", 10_000_000)])
def test_a_file_is_not_too_large(form: str, limit: int) -> None:
    """Rows that would make the file larger than the limit are left out and told, none is cut; a shorter one may still go in."""
    rows = [GlossaryRow(f"{'칩' * 60}{number}", "c" * 190, "TERM") for number in range(30_000)]
    content, changes = _written(rows, form)
    assert limit - 400 < len(content) <= limit
    assert len(MACHINES[form](content)) + len(changes) == len(rows)
    assert {change.what for change in changes} == {"left out"}


def test_terms_are_not_too_long() -> None:
    """A term of exactly the limit goes in, one byte more does not, source and target alike."""
    for form, limit in (("deepl", 1024), ("google", 1024), ("amazon", 200)):
        rows = [
            GlossaryRow("가", "a" * limit, "TERM"),
            GlossaryRow("나", "a" * (limit + 1), "TERM"),
            GlossaryRow("다" * limit, "a", "TERM"),
        ]
        content, changes = _written(rows, form)
        assert [ko for ko, _ in MACHINES[form](content)] == ["가"]
        assert len(changes) == 2


def test_omegat_reads_it() -> None:
    """OmegaT's rules and translate-toolkit's reader both see a line for each row and name that OmegaT shall offer, and no other."""
    from translate.storage.omegat import OmegaTFile

    content, changes = _written(ROWS, "omegat")
    entries = omegat(content)
    units = [unit for unit in OmegaTFile.parsestring(content).units if not unit.source.startswith("#")]
    assert [(unit.source, unit.target, unit.getnotes()) for unit in units] == entries
    hidden = sum(change.what == "left out" for change in changes)
    mains = [entry for entry in entries if "; form of: " not in entry[2]]
    assert len(mains) + hidden == len(ROWS)
    assert ("너울社", "Neoul", "kind: ORG; form of: 너울") in entries
    assert ("너울", "swell") not in {entry[:2] for entry in entries}
    assert all(note.startswith("kind: ") for _, _, note in entries)


def test_omegat_of_others(tmp_path: Path) -> None:
    """A plain OmegaT glossary: comment lines and empty ones are skipped, a comment is a note, columns may be missing or more."""
    path = tmp_path / "glossary.txt"
    path.write_bytes("\ufeff# mine\r\n너울\tNeoul\r\n\r\n#칩\tchip\r\n 누리 \tNuri \ta person; kind: x\textra\r\n".encode())
    assert read_glossary(path) == (GlossaryRow("너울", "Neoul", "TERM"), GlossaryRow("누리", "Nuri", "TERM", note="a person; kind: x"))


def test_omegat_line_of_a_variant(tmp_path: Path) -> None:
    """A translator who gives a variant an English of its own gets a row of its own."""
    path = tmp_path / "glossary.utf8"
    lines = "너울\tNeoul\tkind: ORG; variants: 너울社|너울원\n너울社\tNeoul\tkind: ORG; form of: 너울\n너울원\tNeoul Inst.\tkind: ORG; form of: 너울\n"
    path.write_text(lines, encoding="utf-8")
    assert [(row.ko, row.en, row.kind) for row in read_glossary(path)] == [("너울", "Neoul", "ORG"), ("너울원", "Neoul Inst.", "ORG")]


def test_memoq() -> None:
    """A strict reader takes it: an entry a row, variants and acronym as terms of it, what cannot go in is told."""
    content, changes = _written(ROWS, "memoq")
    entries = memoq(content)
    assert len(entries) + sum(change.what == "left out" for change in changes) == len(ROWS)
    assert {"Entry_Subject": ["ORG"], "Entry_Note": ["first"], "Korean": ["너울", "너울社"], "English": ["Neoul"]} in entries
    assert any(entry["English"][1:] == ["R&D"] for entry in entries)


def test_markdown_renders() -> None:
    """A reader of Markdown shows every cell as the glossary has it: no markup in it works, no cell breaks the table."""
    from lxml import html
    from markdown_it import MarkdownIt

    content, changes = _written(ROWS, "md")
    page = html.fromstring(MarkdownIt("commonmark").enable("table").render(content.decode()).replace("<br>", "\n"))
    rows = [[" ".join(cell.text_content().split()) for cell in row.iter("td")] for row in page.iter("tr")][1:]
    assert len(rows) == len(ROWS)
    for row, cells in zip(ROWS, rows, strict=True):
        texts = (row.ko, row.en, row.kind, row.acronym, row.status, f"{row.certainty:.2f}", str(row.count), ", ".join(row.variants))
        texts += (row.definition, row.note, row.sentence)
        assert cells == [" ".join(_one_line(text or "").split()) for text in texts]
    assert {element.tag for element in page.iter()} <= {"table", "thead", "tbody", "tr", "th", "td", "br"}
    assert {change.what for change in changes} == {"changed"}


def test_html_page() -> None:
    """A whole page without script or network, in which every name stands as text, with its status."""
    from lxml import html

    content, changes = _written(ROWS, "html")
    page = html.fromstring(content.decode())
    rows = page.xpath("//table[@class='terms']/tbody/tr")
    assert len(rows) == len(ROWS)
    for row, line in zip(ROWS, rows, strict=True):
        assert " ".join(line.xpath("string(td[1]/strong)").split()) == " ".join(
            re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]", "\ufffd", row.ko.replace("\r", "\n")).split()
        )
        assert line.xpath("string(td[4])") == {"": "", "needs review": "확인 필요", "approved": "승인", "rejected": "거부"}[row.status]
    assert not page.xpath("//script | //b | //img | //link | //iframe | //@src | //@onclick")
    assert "default-src 'none'" in page.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    controls = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
    assert {change.ko for change in changes} >= {row.ko for row in ROWS if controls.search(row.ko + row.en + row.note)}
    assert len(changes) < len(ROWS)


def test_workbook_is_made_for_review() -> None:
    """openpyxl opens it: header and names stay in sight, filters, a list of statuses, wrapped text, no formula, numbers as numbers."""
    from openpyxl import load_workbook

    content, _ = _written(ROWS, "xlsx")
    sheet = load_workbook(io.BytesIO(content))["glossary"]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == f"A1:O{len(ROWS) + 1}"
    [choice] = sheet.data_validations.dataValidation
    assert (choice.formula1, str(choice.sqref)) == ('"needs review,approved,rejected"', f"I2:I{len(ROWS) + 1}")
    body = [cell for line in sheet.iter_rows(min_row=2) for cell in line if cell.value is not None]
    assert {cell.data_type for cell in body} == {"s", "n"}
    assert {cell.column_letter for cell in body if cell.data_type == "n"} == {"E", "F", "H"}
    assert all(cell.quotePrefix for cell in body if cell.data_type == "s" and cell.value.startswith(("=", "+", "-", "@")))
    assert all(cell.alignment.wrap_text for cell in body)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
        assert {part.date_time[0] for part in archive.infolist()} == {2000}
    assert content == _written(ROWS, "xlsx")[0]


def test_workbook_cells_have_an_end(tmp_path: Path) -> None:
    """What is longer than a cell of Excel is cut there and told."""
    back, changes = _read_back([GlossaryRow("가", "a", "TERM", note="𠮷" * 20_000)], "xlsx", tmp_path)
    assert back[0].note == "𠮷" * 16_383
    assert changes == [Change("가", "a", "changed", "a cell holds 32,767 characters")]


@pytest.fixture(scope="module")
def office() -> str:
    path = shutil.which("soffice")
    if path is None:
        pytest.skip("LibreOffice (soffice) is not on this machine")
    return path


def _converted(office: str, path: Path, to: str, filters: str = "") -> Path:
    folder = path.parent / "converted"
    profile = (path.parent / "profile").as_uri()
    command = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", to + filters, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder / f"{path.stem}.{to}"


def _calc(text: str) -> str:
    """Text as LibreOffice keeps it: a carriage return is a line break for it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def test_libreoffice_reads_the_workbook(office: str, tmp_path: Path) -> None:
    """LibreOffice shows every cell as the glossary has it, and nothing as a formula."""
    path = tmp_path / "glossary.xlsx"
    path.write_bytes(_written(ROWS, "xlsx")[0])
    made = _converted(office, path, "csv", ":Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false")
    rows = rfc4180(made.read_bytes().decode("utf-8-sig"), ending="\n")
    assert [[_calc(cell) for cell in row[:2]] for row in rows[1:]] == [
        [_calc(_xml_legal(text)) for text in (row.ko, row.en)] for row in ROWS
    ]
    assert [_calc(row[12]) for row in rows[1:]] == [_calc(_xml_legal(row.note)) for row in ROWS]


def test_libreoffice_saves_what_we_read(office: str, tmp_path: Path) -> None:
    """A workbook that a translator has opened and saved in LibreOffice comes back with every field."""
    path = tmp_path / "glossary.xlsx"
    path.write_bytes(_written(ROWS, "xlsx")[0])
    back = read_glossary(_converted(office, path, "xlsx"))
    assert [_mapped(row, _calc) for row in back] == [_mapped(_mapped(row, _xml_legal), _calc) for row in ROWS]


def _workbook(path: Path, *sheets: list[list[object]]) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_workbook_of_others(tmp_path: Path) -> None:
    """The first sheet with the columns, in any order and case; other columns may hold anything; numbers and truths are terms too."""
    rows: list[list[object]] = [
        ["Rank", "EN", "Ko", None, "aliases"],
        ["=1+1", "Neoul  AI", "너울AI", "x", "너울|-"],
        [],
        [None, 7, "칠"],
        [None, True, "참", None, None],
    ]
    path = _workbook(tmp_path / "a.xlsx", [["about", "this file"]], rows)
    assert [(row.ko, row.en, row.variants) for row in read_glossary(path)] == [
        ("너울AI", "Neoul AI", ("너울", "-")),
        ("칠", "7", ()),
        ("참", "TRUE", ()),
    ]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([["ko", "english"]], r"a\.xlsx:1: no sheet has the columns ko and en in its first row \(sheets: Sheet\)"),
        ([], r"a\.xlsx:1: no sheet has the columns"),
        ([["ko", "en"], ["가", "a"], ["나", '=HYPERLINK("http://x")']], r"a\.xlsx:3: cell B3 of sheet Sheet holds a formula"),
        ([["ko", "en"], ["가", date(2026, 1, 2)]], r"a\.xlsx:2: cell B2 of sheet Sheet holds a date"),
        ([["ko", "en"], ["가", "a"], [], ["다", None]], r"a\.xlsx:4: the cell of en is empty"),
        ([["ko", "en", "status"], ["가", "a", "done"]], r"a\.xlsx:2: status 'done' is not one of"),
        ([["ko", "en", "en"], ["가", "a", "b"]], r"a\.xlsx:1: a column is named twice"),
        ([["ko", "en", "en_source", "certainty", "count"], ["가", "a", "mt", 1, "many"]], r"a\.xlsx:2: count 'many' is not a whole number"),
        ([["ko", "en", "en_source", "certainty"], ["가", "a", "mt", 1.5]], r"a\.xlsx:2: certainty '1\.5' is not a number from 0 to 1"),
    ],
)
def test_broken_workbooks(tmp_path: Path, rows: list[list[object]], message: str) -> None:
    """The message names the file, the row and what is wrong."""
    with pytest.raises(ResourceError, match=message):
        read_glossary(_workbook(tmp_path / "a.xlsx", rows))


def _with_part(path: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """The workbook with one part of it changed."""
    with zipfile.ZipFile(path) as old:
        parts = {part: old.read(part) for part in old.namelist()}
    parts[name] = change(parts.get(name, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for part, content in parts.items():
            new.writestr(part, content)
    return path


LAUGHS = '<!ENTITY a0 "lol">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
GOOD: list[list[object]] = [["ko", "en"], ["가", "lol"]]


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "[Content_Types].xml", "xl/styles.xml"]
)
@pytest.mark.parametrize("declared", [LAUGHS, '<!ENTITY a11 SYSTEM "file:///etc/passwd">', ""], ids=["laughs", "file", "empty"])
def test_hostile_parts(tmp_path: Path, part: str, declared: str) -> None:
    """A part with a document type is refused before anything is expanded."""

    def hostile(content: bytes) -> bytes:
        body = re.sub(rb"^<\?xml[^>]*\?>\s*", b"", content).replace(b">lol<", b">&a11;<" if declared else b">lol<")
        return b"<!DOCTYPE x [" + declared.encode() + b"]>" + body

    path = _with_part(_workbook(tmp_path / "a.xlsx", GOOD), part, hostile)
    with pytest.raises(ResourceError, match=re.escape(f"{part} declares a document type")):
        read_glossary(path)


def test_zip_bomb(tmp_path: Path) -> None:
    """An archive that would unpack to more than the limit is refused by what it says of itself; no byte of it is unpacked."""
    path = _with_part(_workbook(tmp_path / "a.xlsx", GOOD), "xl/media/image1.png", lambda _: bytes(100_000_001))
    assert path.stat().st_size < 200_000
    with pytest.raises(ResourceError, match=r"a\.xlsx: would unpack to 100,0\d\d,\d\d\d bytes, more than 100,000,000"):
        read_glossary(path)


def test_macros_and_far_cells_do_nothing(tmp_path: Path) -> None:
    """A program in the file is not read, and a cell in the last corner of the sheet costs nothing."""
    path = _with_part(_workbook(tmp_path / "a.xlsx", GOOD), "xl/vbaProject.bin", lambda _: b"macro")
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row><row r="999999999999"/></sheetData>'
    _with_part(path, "xl/worksheets/sheet1.xml", lambda content: content.replace(b"</sheetData>", far))
    assert [(row.ko, row.en) for row in read_glossary(path)] == [("가", "lol")]


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" * 200, "ko,en\n가,a\n".encode()], ids=["empty", "zip", "ole", "csv"]
)
def test_no_workbook(tmp_path: Path, content: bytes) -> None:
    """What only has the name of a workbook is an error of ours."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(ResourceError, match=r"a\.xlsx: not an Excel workbook that can be read"):
        read_glossary(path)


def test_damaged_workbooks(tmp_path: Path) -> None:
    """Whatever byte of a workbook is wrong, it is read or refused in our words."""
    path = _workbook(tmp_path / "a.xlsx", GOOD)
    content = path.read_bytes()
    refused = 0
    for at in range(0, len(content), 41):
        path.write_bytes(content[:at] + bytes([content[at] ^ 0x15]) + content[at + 1 :])
        with contextlib.suppress(ResourceError):
            read_glossary(path)
            continue
        refused += 1
    assert refused > 20


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", "너울 Neoul\n", r"a\.txt:1: no tab between source and target"),
        ("a.txt", "# x\n너울\t\n", r"a\.txt:2: the cell of en is empty"),
        ("a.txt", "너울\tNeoul\tkind: ORG; wrong, I think\n", r"a\.txt:1: the comment has 'wrong, I think' where"),
        ("a.txt", "너울\tNeoul\tkind: ORG; colour: red\n", r"a\.txt:1: the comment has 'colour: red' where"),
        ("a.txt", "너울\tNeoul\tkind: PLANET\n", r"a\.txt:1: kind 'PLANET' is not one of"),
    ],
)
def test_broken_omegat(tmp_path: Path, name: str, content: str, message: str) -> None:
    """The message names the file, the line and what is wrong."""
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ResourceError, match=message):
        read_glossary(path)


@pytest.mark.parametrize("form", FORMATS)
def test_convert_writes_and_reports(form: str, tmp_path: Path) -> None:
    """`koproc glossary convert` writes each format to a file, and the report names each change."""
    source, output, report = tmp_path / "source.csv", tmp_path / "out", tmp_path / "report.tsv"
    source.write_bytes(_written(ROWS, "csv")[0])
    result = CliRunner().invoke(main, ["glossary", "convert", str(source), "--format", form, "-o", str(output), "--report", str(report)])
    assert result.exit_code == 0, result.output
    rows = read_glossary(source)
    content, changes = _written(rows, form)
    assert output.read_bytes() == content
    assert len(report.read_text(encoding="utf-8").splitlines()) == len(changes) + 1
