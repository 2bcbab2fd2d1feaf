"""The user's own names: TSV, CSV and TBX files, right, odd, broken and hostile (tests/cases/user_files)."""

from __future__ import annotations

import time
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import CASES

import koproc
from koproc.english import english_of_name, english_of_term
from koproc.errors import ResourceError
from koproc.lexicon import Entry, load_lexicon, read_user_file

FILES = CASES / "user_files"
NEOUL = Entry("너울에이아이", "Neoul AI", "ORG", ("너울",))


def _read(path: Path) -> tuple[Entry, ...]:
    """The entries, which all name their file, without it."""
    entries = read_user_file(path)
    assert {entry.layer for entry in entries} <= {path.name}
    return tuple(replace(entry, layer="") for entry in entries)


def _written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_csv() -> None:
    """Columns in any order, quotes, a column of somebody else's, empty cells; kind is TERM where none is given."""
    assert _read(FILES / "names.csv") == (
        Entry("너울에이아이", "Neoul AI", "ORG", ("너울", "너울AI"), 'invented, a "start-up"'),
        Entry("가온누리", "Gaon, Inc.", "ORG"),
        Entry("가온챗", "GaonChat", "PRODUCT"),
        Entry("전문가 섞기", "mixture of experts", "TERM"),
    )


@pytest.mark.parametrize(
    "content",
    [
        "ko,en,kind,aliases\n너울에이아이,Neoul AI,ORG,너울\n",
        "ko;en;kind;aliases\r\n너울에이아이;Neoul AI;ORG;너울\r\n",
        "\ufeffKO;EN;Kind;Aliases\n너울에이아이;Neoul AI;ORG;너울\n\n;;;\n",
        "sep=;\r\nko;en;kind;aliases\r\n너울에이아이;Neoul AI;ORG;너울\r\n",
        "ko\ten\tkind\taliases\n너울에이아이\tNeoul AI\tORG\t너울\n",
        'kind,"en","aliases","ko"\nORG,"Neoul\nAI",너울|너울|너울에이아이, 너울에이아이 \n',
        unicodedata.normalize("NFD", "ko,en,kind,aliases\n너울에이아이,Neoul AI,ORG,너울\n"),
        "ko,en,kind,aliases\n너울에이아이,Neoul AI,ORG,너울\n".encode("cp949"),
        "ko,en,kind,aliases\n너울에이아이,Neoul AI,ORG,너울\n".encode("utf-16"),
    ],
    ids=["comma", "semicolon", "mark and capitals", "sep line", "tab", "quotes", "decomposed", "cp949", "utf-16"],
)
def test_csv_of_every_spreadsheet(tmp_path: Path, content: str | bytes) -> None:
    """Separators, byte order marks, encodings, line ends and quoted line breaks do not matter."""
    assert _read(_written(tmp_path, "names.csv", content)) == (NEOUL,)


def test_tsv(tmp_path: Path) -> None:
    """The columns of the shipped files, or fewer of them in any order."""
    assert _read(_written(tmp_path, "a.tsv", "ko\ten\tkind\taliases\tnote\n너울에이아이\tNeoul AI\tORG\t너울\t-\n")) == (NEOUL,)
    assert _read(_written(tmp_path, "b.tsv", 'en\tko\nsix "inches"\t육 인치\n')) == (Entry("육 인치", 'six "inches"', "TERM"),)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", "ko,english\n가나,Gana\n", r"a\.csv:1: no column en"),
        ("a.csv", "", r"a\.csv:1: no column ko and no column en"),
        ("a.csv", "ko,en,kind\n가나,Gana\n", r"a\.csv:2: 2 cells where the header has 3"),
        ("a.csv", "ko,en\n가나,Gana\n\n다라,\n", r"a\.csv:4: the cell of en is empty"),
        ("a.csv", "ko,en,kind\n가나,Gana,PLANET\n", r"a\.csv:2: kind 'PLANET' is not one of ORG"),
        ("a.csv", 'ko,en\n가나,Gana\n다라,"Dara\n', r"a\.csv:3: not a CSV row"),
        ("a.csv", 'ko,en\n가나,"Gana"x\n', r"a\.csv:2: not a CSV row"),
        ("a.csv", "ko,en,ko\n가나,Gana,다라\n", r"a\.csv:1: a column is named twice"),
        ("a.csv", b"ko,en\n\xff\xff\xff,x\n", r"a\.csv: is neither UTF-8"),
        ("a.tsv", "ko\ten\n가나\n", r"a\.tsv:2: 1 cells where the header has 2"),
        ("a.xlsx", "", r"a\.xlsx: not an Excel workbook"),
        ("a.xlsm", "", r"a\.xlsm: a lexicon is a \.tsv, \.csv, \.xlsx, \.txt, \.utf8, \.tbx or \.xml file, not \.xlsm"),
        ("names", "ko\ten\n", r"names: a lexicon is"),
        ("a.tbx", "", r"a\.tbx:1: not well-formed XML"),
        ("a.tbx", "<martif>\n<text>\n</martif>", r"a\.tbx:3: not well-formed XML"),
        ("a.xml", "<?xml version='1.0'?>\n<rss/>", r"a\.xml:2: <rss> is no TBX"),
        ("a.tbx", "<martif><text><body><termEntry/></body></text></martif>", r"a\.tbx: of 1 concepts \(<termEntry>\) none has a Korean"),
        ("a.tbx", "<martif>&nbsp;</martif>", r"a\.tbx:1: not well-formed XML"),
    ],
)
def test_broken_files(tmp_path: Path, name: str, content: str | bytes, message: str) -> None:
    """The message names the file, the line and what is wrong."""
    with pytest.raises(ResourceError, match=message):
        read_user_file(_written(tmp_path, name, content))


def test_missing_file(tmp_path: Path) -> None:
    """A file that is not there is an error of ours too."""
    with pytest.raises(ResourceError, match=r"none\.tbx: cannot be read"):
        read_user_file(tmp_path / "none.tbx")


def test_tbx_version_3() -> None:
    """The preferred term leads, admitted ones are aliases, deprecated and superseded ones are left out, concepts without English too."""
    assert _read(FILES / "names-v3.tbx") == (
        Entry("너울에이아이", "Neoul AI", "ORG", ("너울",), "invented start-up"),
        Entry("가온챗", "GaonChat", "TERM"),
        Entry("무리칩 & 보드", "Muri Chip & Board", "PRODUCT"),
    )


def test_tbx_version_3_with_elements_for_categories() -> None:
    """The DCT style says the same with elements."""
    assert _read(FILES / "names-v3-dct.tbx") == (Entry("너울에이아이", "Neoul AI", "ORG"),)


def test_tbx_version_2() -> None:
    """tig and ntig, marked-up terms, the kind in Korean or in a note, rejected and empty terms left out; its document type is not loaded."""
    assert _read(FILES / "names-v2.tbx") == (NEOUL, Entry("가온챗", "GaonChat", "PRODUCT", (), "a chat model"))


def test_sample_is_valid_tbx(shared: Path) -> None:
    """The sample of version 3 is what the standard's schema describes."""
    from lxml import etree

    schema = etree.RelaxNG(etree.parse(str(shared / "schemas" / "TBXcoreStructV03.rng")))
    schema.assertValid(etree.parse(str(FILES / "names-v3.tbx")))


BODY = (
    '<text><body><termEntry><langSet xml:lang="ko"><tig><term>{}</term></tig></langSet>'
    '<langSet xml:lang="en"><tig><term>Gana</term></tig></langSet></termEntry></body></text>'
)
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    ("declared", "term"),
    [
        (f'<!ENTITY a0 "lol">{LAUGHS}', "&a11;"),
        (f'<!ENTITY a "{"x" * 50_000}">', "&a;" * 50_000),
        ('<!ENTITY a "b">', "가나"),
        ('<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;"),
        ('<!ENTITY % a SYSTEM "http://127.0.0.1:9/x.dtd"> %a;', "가나"),
        ("<!ELEMENT martif ANY>", "가나"),
    ],
    ids=["laughs", "quadratic", "harmless entity", "file", "parameter entity", "element"],
)
def test_hostile_tbx(tmp_path: Path, declared: str, term: str, encoding: str) -> None:
    """Files that declare entities or elements are refused at once; nothing is expanded and nothing else is read."""
    text = f"<?xml version='1.0' encoding='{encoding}'?><!DOCTYPE martif [{declared}]><martif>{BODY.format(term)}</martif>"
    path = _written(tmp_path, "a.tbx", text.encode(encoding))
    began = time.perf_counter()
    with pytest.raises(ResourceError, match=r"a\.tbx:1: (?:declares entities or elements|not well-formed XML \(Maximum entity)"):
        read_user_file(path)
    assert time.perf_counter() - began < 2


def test_deep_tbx(tmp_path: Path) -> None:
    """A hundred thousand levels are an error, not a crash."""
    with pytest.raises(ResourceError, match=r"a\.tbx:1: not well-formed XML"):
        read_user_file(_written(tmp_path, "a.tbx", "<martif>" * 100_000))


@pytest.mark.parametrize("name", ["names.csv", "names-v2.tbx", "names-v3.tbx"])
def test_names_win_over_ours(name: str) -> None:
    """Names of every format are found in a text with their own English and share an entity with their aliases."""
    document = koproc.load(lexicon=[FILES / name])("너울에이아이는 새 모델을 공개했다. 너울은 내년 상장한다.")
    assert [(m.text, m.label, m.en, m.entity) for m in document.mentions] == [
        ("너울에이아이", "ORG", "Neoul AI", "Neoul AI"),
        ("너울", "ORG", "Neoul AI", "Neoul AI"),
    ]


def test_persons_of_the_user(tmp_path: Path) -> None:
    """A person may be listed too; the surname alone then has its part of the English."""
    path = _written(tmp_path, "names.csv", "ko,en,kind\n량원펑,Liang Wenfeng,person\n")
    document = koproc.load(lexicon=[path])("량원펑 딥시크 창업자는 인터뷰를 거절했다. 량 창업자는 1985년생이다.")
    persons = {m.text: (m.en, m.entity) for m in document.mentions if m.label == "PERSON"}
    assert persons["량원펑"] == ("Liang Wenfeng", "Liang Wenfeng")
    assert persons.get("량", ("Liang", "Liang Wenfeng")) == ("Liang", "Liang Wenfeng")


def test_first_file_is_on_top(tmp_path: Path) -> None:
    """Where two files list a name, the first one named wins."""
    other = _written(tmp_path, "other.csv", "ko,en,kind\n너울에이아이,Neoul Intelligence,ORG\n")
    lexicon = load_lexicon([other, FILES / "names.csv"])
    assert lexicon.get("너울에이아이") == Entry("너울에이아이", "Neoul Intelligence", "ORG", layer="other.csv")


def test_rows_that_need_review(tmp_path: Path) -> None:
    """They name nothing, but where a name is found their English goes before a guess, and the text's own goes before theirs."""
    path = _written(
        tmp_path,
        "names.tsv",
        "ko\ten\tkind\tstatus\n나르샤빛전자\tNarsha Bit\tORG\tneeds review\n별헤는칩\tStarcount\tPRODUCT\tneeds review\n",
    )
    lexicon = load_lexicon([path])
    assert lexicon.get("나르샤빛전자") is None
    assert english_of_name("나르샤빛전자", "ORG", lexicon).text == "Narsha Bit"
    assert english_of_name("나르샤빛전자", "ORG", lexicon, glossed={"나르샤빛전자": "Narshabit"}).text == "Narshabit"
    assert english_of_term("별헤는칩", lexicon).text == "Starcount"
