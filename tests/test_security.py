"""Text never becomes code: pages in a browser, spreadsheets, XML, archives, models, secrets."""

from __future__ import annotations

import ast
import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

import koproc
from koproc.formats import html_page
from koproc.formats.annotations import ANNOTATION_FORMATS, read_annotations, write_annotations
from koproc.formats.glossaries import write_glossary
from koproc.lexicon import read_user_file

PACKAGE = Path(koproc.__file__).parent
# what the OWASP cheat sheet and the HTML5 security cheat sheet warn of; each would set the title of the page
RUN = "document.title='XSS'"
PAYLOADS = (
    f"<script>{RUN}</script>",
    f"</title><script>{RUN}</script>",
    f"</style><script>{RUN}</script><style>",
    f"--><script>{RUN}</script><!--",
    f'"><img src=x onerror="{RUN}">',
    f"' onmouseover='{RUN}' autofocus onfocus='{RUN}' x='",
    f'" autofocus tabindex=1 onfocus="{RUN}" x="',
    f"<svg/onload={RUN}>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<details open ontoggle={RUN}>",
    f"<body onload={RUN}>",
    f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe>',
    f'<a href="javascript:{RUN}" id=x autofocus>',
    f'<meta http-equiv="refresh" content="0;url=javascript:{RUN}">',
    f"<math><mtext><table><mglyph><style><img src=x onerror={RUN}>",
    f"<ScRiPt\x0c>{RUN}</sCrIpT >",
    f"<scr\x00ipt>{RUN}</script>",
    f"＜script＞{RUN}＜/script＞",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"&#60;script&#62;{RUN}&#60;/script&#62;",
    f"+ADw-script+AD4-{RUN}+ADw-/script+AD4-",
    f"<![CDATA[<script>{RUN}</script>]]>",
    "<style>*{display:none}</style><link rel=stylesheet href=//127.0.0.1:9/x><base href=//127.0.0.1:9/>",
    f"{{{{constructor.constructor('{RUN}')()}}}}",
)


def hostile_documents() -> list[koproc.Document]:
    """A document for each payload, which stands in every text that it has: title, id, names and their English, claims, units, times."""
    found = []
    for number, payload in enumerate(PAYLOADS):
        text = f"{payload}는 내년 매출을 3조 원으로 늘린다."
        end = len(payload)
        name = koproc.Mention("m1", 0, end, payload, "ORG", payload, "gloss", payload, 1.0, "rule")
        rest = koproc.Reference(end, end + 1, text[end : end + 1], payload)
        claim = koproc.Claim("c1", 0, len(text), "q1", "m1", rest, rest, "up", "to", None, None, rest, "planned", payload, quoted=True)
        amount = koproc.Quantity(
            "q1",
            end + 8,
            end + 10,
            text[end + 8 : end + 10],
            end + 8,
            end + 10,
            None,
            None,
            True,
            True,
            None,
            None,
            payload,
            "count",
            payload,
        )
        when = koproc.Time("t1", end + 2, end + 4, text[end + 2 : end + 4], "DATE", payload)
        found.append(
            koproc.Document(
                id=f"{number}/{payload}", text=text, title=payload, byline=payload, agency=payload, subheads=(payload,),
                sentences=(koproc.Sentence(0, len(text), "body"),), mentions=(name,), quantities=(amount,), times=(when,), claims=(claim,),
            )
        )  # fmt: skip
    return found


def test_no_script_runs_in_a_page(nlp: koproc.Pipeline, tmp_path: Path) -> None:
    """Known payloads in every field, in reports and glossaries, rendered by Chromium: no script runs and no element of theirs exists."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no chromium on this machine; scripts/test installs it where it may")
    documents = [*hostile_documents(), *nlp.pipe(f"네이버(이하 {payload})는 ‘{payload}’을 내년 3조 원에 공개한다." for payload in PAYLOADS)]
    rows = [koproc.GlossaryRow(p, p, "ORG", p, 2, 1, p, "gloss", 0.5, "needs review", (p,), (p,), p, p, p) for p in PAYLOADS]
    pages = {name: tmp_path / f"{name}.html" for name in ("report", "glossary")}
    with pages["report"].open("w", encoding="utf-8") as stream:
        html_page.write(documents, koproc.build_glossary(documents), stream, title="".join(PAYLOADS))
    with pages["glossary"].open("wb") as file:
        write_glossary(rows, file, "html")
    for number, page in enumerate(pages.values()):
        options = [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", f"--user-data-dir={tmp_path / f'profile{number}'}", "--virtual-time-budget=3000",
        ]  # fmt: skip
        dom = subprocess.run(
            [chromium, *options, "--dump-dom", page.as_uri()], capture_output=True, text=True, timeout=120, check=True
        ).stdout
        titles = re.findall("<title>(.*?)</title>", dom, re.DOTALL)
        assert len(titles) == 1
        assert titles[0] != "XSS"
        assert "Content-Security-Policy" in dom
        elements = set(re.findall(r"<([a-z]+)", dom))
        assert not elements & {"script", "img", "svg", "iframe", "math", "link", "base", "details", "animate", "object"}, elements
        assert not re.search(r"<[^>]*\son\w+=", re.sub(r'"[^"]*"', '""', dom))
        assert "&lt;script&gt;" in dom


def test_the_browser_test_can_fail(tmp_path: Path) -> None:
    """The same browser does run a payload that is not escaped."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium on this machine; scripts/test installs it where it may")
    page = tmp_path / "bare.html"
    page.write_text(f"<title>bare</title>{PAYLOADS[0]}", encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=1000"]
    dom = subprocess.run([chromium, *options, "--dump-dom", page.as_uri()], capture_output=True, text=True, timeout=120, check=True).stdout
    assert "<title>XSS</title>" in dom


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "＝", "＋", "－", "＠", "'=", "\x00="])
def test_no_cell_is_a_formula(start: str) -> None:
    """Whatever a cell of text begins with, in TSV, CSV and XLSX, no spreadsheet takes it for a formula."""
    import openpyxl

    text = f'{start}HYPERLINK("http://127.0.0.1:9")'
    row = koproc.GlossaryRow(text, text, "TERM", text, 1, 1, text, "gloss", 0.5, "needs review", (text,), (text,), text, text)
    mention = koproc.Mention("m1", 0, len(text), text, "ORG", text, "gloss", text, 1.0, "rule")
    document = koproc.Document(id=text, text=text, mentions=(mention,))
    for form in ("tsv", "csv"):
        write_glossary([row], glossary := io.BytesIO(), form)
        write_annotations([document], f"mentions-{form}", names := io.BytesIO(), warn=print)
        for stream in (glossary, names):
            content = io.StringIO(stream.getvalue().decode("utf-8-sig"), newline="")
            _, cells = csv.reader(content, delimiter="\t" if form == "tsv" else ",")
            assert any("HYPERLINK" in cell for cell in cells)
            assert not [cell for cell in cells if re.match(r"[\s\x00]*[=+\-@＝＋－＠]", cell)]
    write_glossary([row], workbook := io.BytesIO(), "xlsx")
    sheet = openpyxl.load_workbook(workbook).worksheets[0]
    assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {"s", "n"}


ENTITIES = {
    "laughs": '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    "file": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
    "parameter": '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1:9/x.dtd"> %a;]>',
}


@pytest.mark.parametrize("declared", ENTITIES.values(), ids=ENTITIES.keys())
def test_xml_declares_nothing(tmp_path: Path, declared: str) -> None:
    """Every reader of XML (TBX, XMI, its type system, the parts of a workbook) refuses a file that declares entities."""
    xmi = '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmi:version="2.0">&a;</xmi:XMI>'
    types = '<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier"/>'
    for name, content in (("a/a.xmi", declared + xmi), ("b/TypeSystem.xml", declared + types), ("b/a.xmi", xmi.replace("&a;", ""))):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    for folder in ("a", "b"):
        (item,) = read_annotations(tmp_path / folder, None, warn=print)
        assert isinstance(item, koproc.InputError)
        assert "DOCTYPE" in str(item) or "not well-formed" in str(item)
    tbx = tmp_path / "a.tbx"
    tbx.write_text(declared + "<martif><text><body>&a;</body></text></martif>", encoding="utf-8")
    with pytest.raises(koproc.KoprocError):
        read_user_file(tbx)
    book = io.BytesIO()
    write_glossary([koproc.GlossaryRow("가나", "Gana", "TERM")], book, "xlsx")
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, declared.encode() + b"<x>&a;</x>" if name.endswith("sheet1.xml") else old.read(name))
    with pytest.raises(koproc.KoprocError, match="document type"):
        read_user_file(path)


CODE = "x=__import__('os')"


def test_features_of_a_cas_are_no_code(tmp_path: Path) -> None:
    """cassis makes Python classes of a file's type system: a feature whose name is code is refused before."""
    feature = {"%NAME": CODE, "%RANGE": "uima.cas.String"}
    annotation = {"%ID": 2, "%TYPE": "my.Type", "@sofa": 1, "begin": 0, "end": 2}
    sofa = {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "mimeType": "text", "sofaString": "가나"}
    for key in (CODE, "ok"):
        types = {"my.Type": {"%NAME": "my.Type", "%SUPER_TYPE": "uima.tcas.Annotation", key: feature}}
        views = {"_InitialView": {"%SOFA": 1, "%MEMBERS": [2]}}
        path = tmp_path / "a.json"
        path.write_text(json.dumps({"%TYPES": types, "%FEATURE_STRUCTURES": [sofa, annotation], "%VIEWS": views}), encoding="utf-8")
        (item,) = read_annotations(path, "cas-json", warn=print)
        assert "is no name for a feature" in str(item)
    folder = tmp_path / "xmi"
    folder.mkdir()
    (folder / "TypeSystem.xml").write_text(
        '<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier"><types><typeDescription><name>my.Type</name>'
        f"<supertypeName>uima.tcas.Annotation</supertypeName><features><featureDescription><name>{CODE}</name>"
        "<rangeTypeName>uima.cas.String</rangeTypeName></featureDescription></features></typeDescription></types></typeSystemDescription>",
        encoding="utf-8",
    )
    (folder / "a.xmi").write_text('<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmi:version="2.0"/>', encoding="utf-8")
    (item,) = read_annotations(folder, None, warn=print)
    assert "is no name for a feature" in str(item)


def test_names_of_files_stay_in_their_folder(tmp_path: Path) -> None:
    """Whatever an id is, a format of many files writes into the folder that it was given."""
    ids = ["../../up", "/etc/passwd", "..", "a/../../b", "C:\\x", "con", "a\x00b", "~/x", "-rf", "." * 300, "가" * 300]
    for form in (name for name, about in ANNOTATION_FORMATS.items() if about.many):
        written: list[str] = []
        documents = [koproc.Document(id=id, text="칩") for id in ids]
        write_annotations(documents, form, lambda name, content: written.append(name), warn=lambda reason: None)  # noqa: B023
        assert len(set(map(str.casefold, written))) == len(written) >= len(ids)
        for name in written:
            assert Path(name).name == name
            (tmp_path / name).write_bytes(b"")


def test_no_code_from_data() -> None:
    """Nothing in the package unpickles, evaluates, loads YAML, unpacks archives to disk or runs a shell."""
    banned = {"eval", "exec", "compile", "__import__"}
    modules = {"pickle", "joblib", "marshal", "shelve", "yaml", "subprocess", "tarfile", "dill", "cloudpickle"}
    methods = {"extractall", "system", "popen", "unpack_archive"}
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else ""
                assert name not in (banned if isinstance(node.func, ast.Name) else methods), (path, node.lineno)
                assert not any(k.arg == "allow_pickle" and getattr(k.value, "value", True) for k in node.keywords), (path, node.lineno)
            imported = (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            assert not {name.partition(".")[0] for name in imported} & modules, (path, imported)
