"""The front page in headless Chromium, over the whole path: paste, see, correct, download, and the download in the command line."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from live_service import live_service
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

import koproc
from koproc.lexicon import read_glossary
from koproc.mentions.markup import read_markup

TEXT = """가온나노, 새 칩 ‘LX-400’ 공개

[서울=한결뉴스] 하나루 기자 = 가온나노는 올해 3분기 매출이 작년보다 약 30% 늘어난 2조 원이라고 21일 밝혔다. 👩‍🔬 공장에는 물레방아가 있다.
LX-400은 내년 상반기에 나온다. 네이버는 물레방아 3만 개를 사기로 했다."""
ROOT = Path(__file__).resolve().parent.parent
expect.set_options(timeout=30_000)
# where the pictures of the page go: a folder that KOPROC_SCREENSHOTS names, else one that is thrown away
PICTURES = os.environ.get("KOPROC_SCREENSHOTS")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no chromium on this machine; scripts/test installs it where it may")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])


@pytest.fixture(scope="module")
def url(nlp: koproc.Pipeline) -> Iterator[str]:
    nlp(TEXT)  # so that no test waits for the analyzer to load
    with live_service(nlp) as url:
        yield url


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    yield from opened(browser, url, locale="ko-KR")


def opened(browser: Browser, url: str, **options: Any) -> Iterator[Page]:
    """The page in a context of its own; whatever it logs, throws or asks of another host fails the test."""
    context = browser.new_context(**options)
    faults: list[str] = []
    watch(context, url, faults)
    page = context.new_page()
    page.goto(url)
    yield page
    context.close()
    assert faults == []


def watch(context: BrowserContext, url: str, faults: list[str]) -> None:
    context.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    context.on("weberror", lambda error: faults.append(str(error.error)))
    context.on("request", lambda request: None if request.url.startswith((url, "blob:")) else faults.append(request.url))


def analyse(page: Page, text: str = TEXT) -> None:
    page.get_by_label("기사 본문").fill(text)
    page.get_by_label("발행일").fill("2026-01-21")
    page.get_by_role("button", name="분석").click()
    expect(page.locator("#result")).to_be_visible()
    expect(page.locator("#status")).to_contain_text("찾았습니다")


def mark(page: Page, name: str, at: int = 0) -> Locator:
    return page.locator("#d1 mark[data-id]").get_by_text(name, exact=True).nth(at)


def row(page: Page, ko: str) -> Locator:
    return page.locator("#rows tr").filter(has=page.locator("strong").get_by_text(ko, exact=True))


def picture(page: Page, name: str, tmp_path: Path) -> None:
    folder = Path(PICTURES) if PICTURES else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{name}.png", full_page=True)


def axe_findings(page: Page) -> list[str]:
    """What axe-core finds on the page, each with the first element."""
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})")
    return [f"{item['id']} ({item['impact']}): {item['nodes'][0]['html']}" for item in found["violations"]]


def select_text(page: Page, words: str) -> None:
    """Select words in the text with the mouse, as a person does."""
    box = page.evaluate(
        """words => {
            const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const at = walker.currentNode.data.indexOf(words);
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(walker.currentNode, at);
                range.setEnd(walker.currentNode, at + words.length);
                walker.currentNode.parentElement.scrollIntoView({block: "center"});
                const {left, right, top, height} = range.getBoundingClientRect();
                return {left, right, y: top + height / 2};
            }
        }""",
        words,
    )
    page.mouse.move(box["left"] + 1, box["y"])
    page.mouse.down()
    page.mouse.move(box["right"] - 1, box["y"], steps=4)
    page.mouse.up()


def download(page: Page, button: Locator, folder: Path) -> Path:
    with page.expect_download() as started:
        button.click()
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    return path


def annotate(text: str, *options: str | Path) -> set[tuple[str, str, str]]:
    """What `koproc annotate` finds: text, label, English of each name and term."""
    command = [sys.executable, "-m", "koproc", "annotate", "-", "--format", "json", *map(str, options)]
    result = subprocess.run(command, input=text, capture_output=True, text=True, check=True, cwd=ROOT)
    record = json.loads(result.stdout)
    return {(found["text"], found.get("label", "TERM"), found["en"]) for found in record["mentions"] + record["terms"]}


def test_the_whole_path(page: Page, tmp_path: Path) -> None:
    """Paste, hover, correct the text and the glossary, add a name by selecting it, download everything, reload it with the command line."""
    analyse(page)
    expect(page.locator("#heading")).to_be_focused()

    # hovering tells what a mark means
    mark(page, "가온나노", 1).hover()
    card = page.locator("#card")
    expect(card).to_contain_text("Gaon Nano")
    expect(card).to_contain_text("로마자 표기")
    expect(card).to_contain_text("근거")
    page.locator("#text .quantity", has_text="30%").hover()
    expect(card).to_contain_text("≈ 30 %")
    page.locator("#text .time", has_text="내년 상반기").hover()
    expect(card).to_contain_text("2027-H1")
    page.mouse.move(5, 5)
    expect(card).to_be_hidden()

    # claims are marked in the text and lead to the table, and back
    page.locator("#text a.claim").first.click()
    expect(page.locator("#d1-c1")).to_be_in_viewport()
    expect(page.locator("#claim-tables")).to_contain_text("Gaon Nano")
    page.locator("#d1-c1").click()
    expect(page.locator("#d1 .s:target")).to_be_in_viewport()

    # a name gets other English, everywhere
    mark(page, "가온나노", 1).click()
    editor = page.get_by_role("dialog")
    expect(editor.get_by_label("종류")).to_have_value("ORG")
    picture(page, "editor", tmp_path)
    editor.get_by_label("영어").fill("GaonNano")
    editor.get_by_role("button", name="적용").click()
    expect(row(page, "가온나노").get_by_label("가온나노의 영어")).to_have_value("GaonNano")
    expect(page.locator("#claim-tables")).to_contain_text("GaonNano:")
    expect(row(page, "가온나노").get_by_role("button", name="승인")).to_have_attribute("aria-pressed", "true")

    # a name that was missed is added by selecting it
    expect(mark(page, "물레방아")).to_have_count(0)
    select_text(page, "물레방아")
    page.get_by_role("button", name="이름으로 표시").click()
    editor.get_by_label("종류").select_option("PRODUCT")
    editor.get_by_label("영어").fill("Water Mill")
    expect(editor.get_by_label("같은 글자 모두(2곳)")).to_be_checked()
    editor.get_by_role("button", name="적용").click()
    expect(page.locator("#d1 mark.product").get_by_text("물레방아", exact=True)).to_have_count(2)

    # the glossary: reject, accept, other English, undo
    row(page, "네이버").get_by_role("button", name="거부").click()
    expect(mark(page, "네이버")).to_have_count(0)
    page.get_by_role("button", name="되돌리기").click()
    expect(mark(page, "네이버")).to_have_count(1)
    row(page, "네이버").get_by_role("button", name="거부").click()
    expect(mark(page, "네이버")).to_have_count(0)
    row(page, "상반기").get_by_role("button", name="거부").click()
    expect(row(page, "상반기").get_by_role("button", name="거부")).to_have_attribute("aria-pressed", "true")
    field = row(page, "한결뉴스").get_by_label("한결뉴스의 영어")
    field.fill("Hangyeol Newspaper")
    field.press("Enter")
    expect(row(page, "한결뉴스").get_by_role("button", name="승인")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#correction-count")).to_have_text("결정한 이름 5개, 고친 문장 5개")
    picture(page, "corrected", tmp_path)

    # every format comes down, and the command line takes each as a lexicon
    for name in ("TSV", "TBX", "XLSX"):
        path = download(page, page.get_by_role("button", name=name, exact=True), tmp_path)
        assert path.name == f"koproc-glossary.{name.lower()}"
        assert ("가온나노", "ORG", "GaonNano") in annotate(TEXT, "--lexicon", path)
        assert ("물레방아", "PRODUCT", "Water Mill") in annotate(TEXT, "--lexicon", path)
    lexicon = download(page, page.get_by_role("button", name="사전(--lexicon)"), tmp_path)
    assert {row.ko: row.status for row in read_glossary(lexicon)} == {
        "가온나노": "approved", "물레방아": "approved", "네이버": "rejected", "상반기": "rejected", "한결뉴스": "approved"
    }  # fmt: skip
    found = annotate(TEXT, "--lexicon", lexicon)
    assert {("가온나노", "ORG", "GaonNano"), ("물레방아", "PRODUCT", "Water Mill"), ("한결뉴스", "ORG", "Hangyeol Newspaper")} <= found
    assert ("상반기", "TERM", "first half") in annotate(TEXT) - found
    sentences = download(page, page.get_by_role("button", name="학습 문장"), tmp_path)
    labelled = [*read_markup(sentences)]
    assert len(labelled) == 5
    assert any((labels.text[start:end], label) == ("물레방아", "PRODUCT") for labels in labelled for start, end, label in labels.spans)


def test_files_are_dropped(page: Page, tmp_path: Path) -> None:
    """A file of CP949 and a page of HTML are read as the command line reads them."""
    text, html = tmp_path / "article.txt", tmp_path / "article.html"
    text.write_bytes(TEXT.replace("👩‍🔬 ", "").encode("cp949"))
    html.write_text(
        "<html><head><title>새 칩</title></head><body><h1>새 칩</h1><p>네이버가 <b>가온나노</b>를 샀다.</p></body></html>", encoding="utf-8"
    )
    page.get_by_label("파일").set_input_files(text)
    expect(mark(page, "네이버")).to_have_count(1)
    data = page.evaluate_handle(
        "content => { const data = new DataTransfer(); data.items.add(new File([content], 'a.html', {type: 'text/html'})); return data; }",
        html.read_text(encoding="utf-8"),
    )
    page.dispatch_event("body", "drop", {"dataTransfer": data})
    expect(page.locator("#heading")).to_have_text("새 칩")
    expect(page.locator("#text")).to_contain_text("네이버가 가온나노를 샀다.")


def test_markup_of_an_article_is_text(page: Page) -> None:
    """Nothing of an article becomes part of the page."""
    analyse(page, "네이버가 <img src=x onerror=alert(1)> & <b>가온나노</b>를 “썼다”. 값은 3조 원이다.")
    expect(page.locator("#text")).to_contain_text("<img src=x onerror=alert(1)> & <b>")
    expect(page.locator("#text img, #text b")).to_have_count(0)


def test_by_keyboard_alone(page: Page) -> None:
    """Everything can be done without a mouse: analyse, read a mark, correct it, add a name, decide, undo, download."""

    def press(*keys: str) -> None:
        for key in keys:
            page.keyboard.press(key)

    def tab_to(locator: Locator, limit: int = 120) -> None:
        for _ in range(limit):
            if locator.evaluate("item => item === document.activeElement"):
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not reach {locator}")

    tab_to(page.get_by_label("기사 본문"))
    page.keyboard.insert_text(TEXT)
    press("Control+Enter")
    expect(page.locator("#heading")).to_be_focused()
    tab_to(mark(page, "가온나노"))
    expect(page.locator("#card")).to_contain_text("Gaon Nano")
    expect(mark(page, "가온나노")).to_have_attribute("aria-describedby", "card")
    press("Escape")
    expect(page.locator("#card")).to_be_hidden()
    press("Enter")
    editor = page.get_by_role("dialog")
    tab_to(editor.get_by_label("영어"))
    press("Control+A")
    page.keyboard.insert_text("GaonNano")
    press("Enter")
    expect(row(page, "가온나노").get_by_label("가온나노의 영어")).to_have_value("GaonNano")
    expect(mark(page, "가온나노")).to_be_focused()

    tab_to(page.get_by_role("button", name="이름 더하기"))
    press("Enter")
    page.keyboard.insert_text("없는칩")
    press("Enter")
    expect(editor.get_by_role("alert")).to_contain_text("본문에 없습니다")
    press("Control+A")
    page.keyboard.insert_text("물레방아")
    press("Tab", "ArrowDown")
    press("Tab")
    page.keyboard.insert_text("Water Mill")
    press("Enter")
    expect(page.locator("#d1 mark.product").get_by_text("물레방아", exact=True)).to_have_count(2)

    reject = row(page, "네이버").get_by_role("button", name="거부")
    tab_to(reject)
    press("Space")
    expect(row(page, "네이버").get_by_role("button", name="거부")).to_have_attribute("aria-pressed", "true")
    expect(row(page, "네이버").get_by_role("button", name="거부")).to_be_focused()
    tab_to(page.get_by_role("button", name="사전(--lexicon)"))
    with page.expect_download() as started:
        press("Enter")
    assert started.value.suggested_filename == "koproc-lexicon.tsv"


def test_the_span_of_a_name_is_moved(page: Page) -> None:
    """The ends of a name move by a character, also beyond the Basic Multilingual Plane, where JavaScript counts otherwise."""
    analyse(page, "👩‍🔬 값은 3만 원이다. 가온나노전자는 컸다. 가온나노전자다.")
    page.locator("#text mark").first.click()
    editor = page.get_by_role("dialog")
    for _ in range(2):
        editor.get_by_role("button", name="뒤에서 줄이기").click()
    expect(editor.locator("#surface")).to_have_text("가온나노")
    editor.get_by_role("button", name="적용").click()
    expect(mark(page, "가온나노").first).to_be_focused()
    expect(row(page, "가온나노")).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1200, 900), (360, 740)])
def test_looks_and_accessibility(browser: Browser, url: str, tmp_path: Path, scheme: Any, width: int, height: int) -> None:
    """Light and dark, wide and at 360 pixels: nothing is cut off, axe finds nothing, in every state of the page."""
    for page in opened(browser, url, locale="ko-KR", color_scheme=scheme, viewport={"width": width, "height": height}):
        states = f"{scheme}-{width}"
        picture(page, f"{states}-empty", tmp_path)
        assert axe_findings(page) == []
        analyse(page)
        row(page, "네이버").get_by_role("button", name="거부").click()
        expect(row(page, "네이버").get_by_role("button", name="거부")).to_have_attribute("aria-pressed", "true")
        mark(page, "가온나노", 1).hover()
        picture(page, f"{states}-result", tmp_path)
        assert axe_findings(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        card = page.locator("#card").bounding_box()
        assert card is not None
        assert card["x"] >= 0
        assert card["x"] + card["width"] <= width
        mark(page, "가온나노", 1).click()
        picture(page, f"{states}-editor", tmp_path)
        assert axe_findings(page) == []
        editor = page.get_by_role("dialog").bounding_box()
        assert editor is not None
        assert editor["x"] >= 0
        assert editor["x"] + editor["width"] <= width


def test_labels_differ_in_shape_and_focus_is_seen(page: Page) -> None:
    """Names are told apart without colour, by their underlines; what has the focus has an outline."""
    analyse(page)
    shapes = page.locator("#legend mark").evaluate_all("all => all.map(mark => getComputedStyle(mark).borderBottomStyle)")
    assert len(set(shapes)) == 4
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_language_and_light_are_remembered(browser: Browser, url: str) -> None:
    """The browser's language and light at first, then what was chosen, also after a reload."""
    for page in opened(browser, url, locale="en-US", color_scheme="light"):
        background = "getComputedStyle(document.body).backgroundColor"
        light = page.evaluate(background)
        expect(page.get_by_role("button", name="Analyse")).to_be_visible()
        page.get_by_label("Text of the article").fill(TEXT)
        page.get_by_role("button", name="Analyse").click()
        expect(page.locator("#claim-tables")).to_contain_text("Numeric claims")
        page.get_by_role("button", name="한국어").click()
        expect(page.locator("#claim-tables")).to_contain_text("수치 주장")
        expect(page.locator("html")).to_have_attribute("lang", "ko")
        page.get_by_role("button", name="어둡게").click()
        dark = page.evaluate(background)
        assert dark != light
        page.reload()
        expect(page.get_by_role("button", name="분석")).to_be_visible()
        assert page.evaluate(background) == dark


def test_corrections_are_saved_where_there_is_a_store(browser: Browser, nlp: koproc.Pipeline, tmp_path: Path) -> None:
    """With --store the page saves, and what it saved can be taken from the service."""
    with live_service(nlp, store=tmp_path) as url:
        for page in opened(browser, url, locale="ko-KR"):
            analyse(page)
            row(page, "가온나노").get_by_role("button", name="승인").click()
            expect(page.locator("#correction-count")).to_contain_text("결정한 이름 1개")
            page.get_by_label("기사 전체를 확인했음").check()
            page.get_by_role("button", name="서버에 저장").click()
            expect(page.locator("#status")).to_contain_text("서버에 이름 1개")
            assert "[가온나노|ORG]" in page.request.get(f"{url}/store/sentences").text()


def test_a_server_that_is_gone_is_told(browser: Browser, nlp: koproc.Pipeline) -> None:
    """What fails is said on the page, and nothing is lost."""
    context = browser.new_context(locale="ko-KR")
    page = context.new_page()
    with live_service(nlp) as url:
        page.goto(url)
        analyse(page)
    row(page, "네이버").get_by_role("button", name="거부").click()
    expect(page.locator("#status")).to_contain_text("서버에 닿지 않습니다")
    expect(mark(page, "네이버")).to_have_count(1)
    context.close()
