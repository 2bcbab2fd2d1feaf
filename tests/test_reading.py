"""Reading: encodings, article heads, HTML, JSON Lines; nothing is cut out of the text."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from koproc import Article, InputError, read_articles
from koproc.reading import article_from_text

KOREAN = "새 칩 나온다\n\n한빛나노가 새 칩을 공개했다고 밝혔다. 똠방각하도 왔다.\n"


def _one(path: Path, **options: object) -> Article:
    (item,) = read_articles([path], **options)  # type: ignore[arg-type]
    assert isinstance(item, Article), item
    return item


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    """Every usual Korean encoding is recognized, and the text is the same."""
    path = tmp_path / "a.txt"
    path.write_bytes(KOREAN.encode(encoding))
    assert _one(path).text == KOREAN


def test_encoding_overrules(tmp_path: Path) -> None:
    """--encoding wins over detection, and a wrong one is a clear error."""
    path = tmp_path / "a.txt"
    path.write_bytes("한글 기사입니다. 또 있습니다.".encode("johab"))
    assert _one(path, encoding="johab").text.startswith("한글")
    path.write_bytes(b"\xff\xfe\xff")
    (item,) = read_articles([path], encoding="utf-8")
    assert isinstance(item, InputError)
    assert "byte 0" in str(item)


def test_line_ends_are_kept(tmp_path: Path) -> None:
    """CRLF stays CRLF: offsets count characters of the file."""
    path = tmp_path / "a.txt"
    path.write_bytes("첫 줄이다.\r\n둘째 줄이다.\r\n".encode())
    assert _one(path).text == "첫 줄이다.\r\n둘째 줄이다.\r\n"


@pytest.mark.parametrize(
    ("head", "published", "agency", "byline"),
    [
        ("입력 : 2026-01-21 오후 4:07:00\n[가나경제 홍길동 기자] ", date(2026, 1, 21), "가나경제", "홍길동"),
        ("2026.01.21 16:07\n[서울=가나뉴스 홍길동 기자] ", date(2026, 1, 21), "가나뉴스", "홍길동"),
        ("등록 2026.01.21 16:07 / 수정 2026.01.22 09:00\n(서울=가나뉴스) 홍길동 기자 = ", date(2026, 1, 21), "가나뉴스", "홍길동"),
        ("2026년 6월 22일 오전 9:12\n[판교=가나뉴스] 홍길동·김가람 기자 = ", date(2026, 6, 22), "가나뉴스", "홍길동·김가람"),
        ("기사입력 2026-01-21 16:07 최종수정 2026-01-21 18:00\n홍길동 기자 gildong@example.com\n", date(2026, 1, 21), None, "홍길동"),
    ],
)
def test_heads(head: str, published: date, agency: str | None, byline: str) -> None:
    """Date, agency and writer are found in the usual forms; the headline is the first line; the body is not swallowed."""
    text = f"한빛나노, 새 칩 공개…내년 양산\n“성능 두 배”\n{head}한빛나노가 새 칩을 공개했다.\n"
    article = article_from_text(text)
    assert article.title == "한빛나노, 새 칩 공개…내년 양산"
    assert article.subheads == ("“성능 두 배”",)
    assert (article.published, article.agency, article.byline) == (published, agency, byline)
    bodies = [text[block.start : block.end] for block in article.blocks if block.kind == "body"]
    assert bodies == ["한빛나노가 새 칩을 공개했다."]


def test_published_overrules() -> None:
    """A date given by the caller wins over the one in the text."""
    assert article_from_text("제목\n입력 : 2026-01-21\n글이다.", published=date(2020, 1, 1)).published == date(2020, 1, 1)


def test_blocks_cover_the_text(shared: Path) -> None:
    """Blocks cover all text that is not white space, in order, without overlap."""
    articles = list(read_articles([shared / "seeds" / "china-ai-chips.txt", shared / "data" / "news.open.jsonl"]))
    for article in articles[:200]:
        assert isinstance(article, Article)
        at = 0
        for block in article.blocks:
            assert article.text[at : block.start].strip() == ""
            at = block.end
        assert article.text[at:].strip() == ""


def test_html(tmp_path: Path) -> None:
    """Scripts go, the article stays, and the page's metadata give title and date; a declared EUC-KR is honoured."""
    page = """<html><head><meta charset="euc-kr"><meta property="og:title" content="새 칩 &amp; 모델">
    <meta property="article:published_time" content="2026-01-21T16:07:00+09:00"><script>alert("x")</script></head>
    <body><nav>메뉴</nav><article><p>한빛나노가 <b>새 칩</b>을 공개했다.</p><p>값은 3만 원이다.</p></article></body></html>"""
    path = tmp_path / "a.html"
    path.write_bytes(page.encode("euc-kr"))
    article = _one(path)
    assert article.text == "한빛나노가 새 칩을 공개했다.\n값은 3만 원이다."
    assert (article.title, article.published) == ("새 칩 & 모델", date(2026, 1, 21))


def test_json_lines_report_their_line(tmp_path: Path) -> None:
    """A broken line is named by number; the others are read."""
    path = tmp_path / "a.jsonl"
    good = json.dumps({"id": "x", "text": "글이다.", "title": "제목", "published": "2026-01-21"}, ensure_ascii=False)
    path.write_text(
        f'{good}\n{{"text": 3}}\nnot json\n{{"text": "둘째다.", "published": "어제"}}\n{{"text": "셋째다."}}\n', encoding="utf-8"
    )
    items = list(read_articles([path]))
    assert [item.line if isinstance(item, InputError) else item.id for item in items] == ["x", 2, 3, 4, f"{path.as_posix()}:5"]
    assert isinstance(items[0], Article)
    assert (items[0].title, items[0].published) == ("제목", date(2026, 1, 21))


def test_folders_globs_and_missing_files(tmp_path: Path) -> None:
    """Folders and patterns are expanded in order; what is missing or empty is an error in its place."""
    for name in ("b.txt", "a.txt", "c.html", "ignored.bin"):
        (tmp_path / name).write_text("글이다.", encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    items = list(read_articles([tmp_path, str(tmp_path / "*.html"), tmp_path / "none.txt"]))
    names = [Path(item.source).name for item in items]
    assert names == ["a.txt", "b.txt", "c.html", "empty.txt", "c.html", "none.txt"]
    assert [isinstance(item, InputError) for item in items] == [False, False, False, True, False, True]


def test_binary_is_refused(tmp_path: Path) -> None:
    """A binary file is an error that says so."""
    path = tmp_path / "a.txt"
    path.write_bytes(bytes(range(256)) * 8)
    (item,) = read_articles([path])
    assert isinstance(item, InputError)
    assert "binary" in str(item)


@pytest.mark.parametrize(
    ("line", "published", "byline", "agency"),
    [
        ("2026-10-19 08:41 | 마은채 기자", "2026-10-19", "마은채", None),
        ("입력 2026.03.05. 오전 10:12 / 류세람 기자", "2026-03-05", "류세람", None),
        ("[성남=데일리회로] 2026-06-11 14:20 강이든 기자", "2026-06-11", "강이든", "데일리회로"),
        ("송고 2026-04-22 17:35 / 백도율 기자", "2026-04-22", "백도율", None),
        ("2026-05-12 16:08 송고", "2026-05-12", None, None),
        ("2026-06-30 12:20 입력 | 데이터저널 옥다래 기자", "2026-06-30", "옥다래", None),
        ("2026-11-23 09:12:40 뉴스캐스트 소하진", "2026-11-23", None, None),
        ("스타트업데일리 2026-02-24 09:00 연두리 기자", "2026-02-24", "연두리", None),
        ("(울산=바다통신) 나은결 기자 | 2026-07-30 14:05:52", "2026-07-30", "나은결", "바다통신"),
        ("입력 2026-12-02 19:21 | 지면 2026-12-03 | 설이도 기자", "2026-12-02", "설이도", None),
        ("2026-07-14 09:05 [창원=새솔통신] 피은담 기자 = 무인기 업체가 계약을 맺었다고 14일 공시했다.", "2026-07-14", "피은담", "새솔통신"),
    ],
)
def test_date_lines(line: str, published: str, byline: str | None, agency: str | None) -> None:
    """Newspapers put the date beside place, paper and writer in many orders."""
    article = article_from_text(f"새 칩 나온다…내년 양산\n\n{line}\n\n새 칩이 나온다고 한다. 내년의 일이다.")
    assert (str(article.published), article.byline, article.agency) == (published, byline, agency)
    assert article.title == "새 칩 나온다…내년 양산"
    assert article.text[article.blocks[-1].start :].startswith("새 칩이")


@pytest.mark.parametrize(
    "line", ["2026년 1월 21일 애플은 신제품을 공개했다.", "2026-01-21 애플 신제품 공개 행사 열려", "2026년 5월 21일 코스피 상승 마감"]
)
def test_sentences_that_begin_with_a_date(line: str) -> None:
    """A date at the head of a sentence is no date line."""
    assert article_from_text(f"{line}\n\n칩이 나온다고 한다.").published is None
