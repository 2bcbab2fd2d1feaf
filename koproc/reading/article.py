"""Text → Article: what the lines of a Korean news article are (headline, subheads, date line, byline, captions, body).

Nothing is cut out of the text: the head is described by blocks, which cover every character that is not white space.
"""

from __future__ import annotations

import re
from datetime import date

from ..document import Article, Block

_DATE = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*(?:[-./]|년)\s*(?P<month>1[0-2]|0?[1-9])\s*(?:[-./]|월)\s*(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)"
)
_DATE_WORD = r"(?:기사\s*)?(?:입력|등록|송고|승인|게재|발행|작성|수정|업데이트|최종\s*수정|최초\s*입력|[Pp]ublished|[Uu]pdated)"
_CLOCK = r"(?:오전|오후|AM|PM)?\s*\d{1,2}(?:\s*[:시]\s*\d{1,2}(?:\s*[:분]\s*\d{1,2}초?|분)?|시)(?:\.\d+)?\s*(?:Z|[+-]\d\d:?\d\d)?"
# 입력 2026.03.05. 오전 10:12 · [성남=데일리회로] 2026-06-11 14:20 · 2026-05-12 16:08 송고
_DATED = re.compile(
    rf"^\W*(?P<word>{_DATE_WORD}\s*(?:시간|일시|일)?\s*[:|]?\s*)?(?P<place>[\[(【〔][^\[\]()\n]{{2,24}}[\])】〕]\s*)?"
    rf"{_DATE.pattern}[.일]?\s*(?:\(?[월화수목금토일](?:요일)?\)?(?![가-힣]))?[\sT]*(?P<clock>{_CLOCK})?\s*(?P<after>{_DATE_WORD}(?![가-힣]))?\s*"
)
_JOB = r"(?:선임|수석|인턴|전문|객원|사진)?(?:기자|특파원|리포터|논설위원|에디터|앵커|PD)"
_NAMES = r"[가-힣]{2,4}(?:\s*[·,]\s*[가-힣]{2,4})*"
# [뉴스토마토 이명신 기자] · [서울=가나뉴스] 홍길동 기자 = · (서울=가나뉴스) 홍길동 기자 = · [서울=가나뉴스 홍길동 기자]
_LEADING_BYLINE = re.compile(
    rf"""^(?P<byline>
      [\[(【〔]
        (?:(?P<place>[가-힣A-Za-z·/]{{2,12}})\s*=\s*)?
        (?P<agency>[^\[\]()=\n]{{2,20}}?)
        (?:\s*/?\s*(?P<inside>{_NAMES})\s+{_JOB})?
      [\])】〕]
      (?:\s*(?P<outside>{_NAMES})\s+{_JOB}\s*(?:=|(?=\s)))?
    )""",
    re.VERBOSE,
)
_LINE_BYLINE = re.compile(rf"^(?:[가-힣A-Za-z]{{0,10}}\s*=\s*)?(?P<name>{_NAMES})\s+{_JOB}\s*(?:=\s*)?(?:\(?[\w.+-]+@[\w.-]+\)?)?\s*$")
_CAPTION = re.compile(r"[(\[/]\s*(?:사진|자료|그래픽|이미지|출처|제공)\s*[=:]|^\s*[▲△▶]|[/(]\s*사진\s*(?:제공)?\s*[=:]?")
_CAPTION_CREDIT = re.compile(r"(?:사진|자료|그래픽|이미지)\s*[=:]\s*\S+|\S+\s+(?:제공|캡처)\s*[).]*$")
_NOTICE = re.compile(r"^\s*(?:[ⓒ©※]|<?\s*저작권자|Copyright|무단\s*전재|SNS\s*계정|▶|☞)")
_MOMENT = re.compile(
    rf"{_DATE.pattern}[.일]?\s*(?:\(?[월화수목금토일](?:요일)?\)?(?![가-힣]))?[\sT]*\d{{1,2}}\s*[:시]\s*\d{{1,2}}[\d:분초]*"
)
_PAPER = re.compile(rf"{_JOB}|뉴스|일보|신문|경제|통신|데일리|타임|저널|미디어|투데이")
# what may follow the date on its line: another date, a separator, somebody with a job, a newspaper and a name
_DATE_TAIL = re.compile(rf"(?:[|/·,;\-–—].*|.*(?:{_JOB}|팀장?|부|뉴스|일보|신문|경제|통신)(?:\s.*)?)?")
_ANY_BYLINE = re.compile(rf"(?P<name>{_NAMES})\s+{_JOB}(?![가-힣])|{_JOB}\s+(?P<last>{_NAMES})(?![가-힣])")
_PLACED = re.compile(r"[\[(【〔][가-힣A-Za-z·/]{2,12}\s*=\s*(?P<agency>[^\[\]()=\n]{2,20}?)[\])】〕]")
_SENTENCE_END = re.compile(r"[.!?][”’\"')\]]*\s*$|(?:습니다|[았었했됐렸졌였]다)[”’\"')\]]+\s*$")


def article_from_text(text: str, *, id: str = "-", title: str | None = None, published: date | None = None, source: str = "-") -> Article:
    """Describe the lines of `text`; `title` and `published`, where given, overrule what the text says.

    >>> article = article_from_text("새 칩 나온다\\n입력 : 2026-01-21 오후 4:07\\n[가나경제 홍길동 기자] 칩이 나온다.")
    >>> article.title, str(article.published), article.agency, article.byline
    ('새 칩 나온다', '2026-01-21', '가나경제', '홍길동')
    """
    lines = [match.span() for match in re.finditer(r"[^\r\n]+", text) if match.group().strip()]
    lines = [_trim(text, *span) for span in lines]
    blocks: list[Block] = []
    agency = byline = found_title = None
    found_date: date | None = None
    subheads: list[str] = []
    headed = title is not None
    in_head = True
    for number, (start, end) in enumerate(lines):
        line = text[start:end]
        if dateline := _is_dateline(line):
            found_date = found_date or _date_in(line)
            if byline is None and (writer := _ANY_BYLINE.search(line)) is not None:
                byline = writer["name"] or writer["last"]
            if agency is None and (paper := _PLACED.search(line)) is not None:
                agency = paper["agency"].strip()
        elif (dated := _dated_part(line)) and _LEADING_BYLINE.match(line[dated:]):
            found_date = found_date or _date_in(line[:dated])
            blocks.append(Block(start, start + len(line[:dated].rstrip()), "dateline"))
            start += dated
            line = text[start:end]
        byline_match = _LEADING_BYLINE.match(line)
        if byline_match and not (byline_match["inside"] or byline_match["outside"] or byline_match["place"]):
            byline_match = None
        line_byline = _LINE_BYLINE.match(line)
        if dateline:
            blocks.append(Block(start, end, "dateline"))
        elif byline_match:
            named = _ANY_BYLINE.fullmatch(byline_match["agency"].strip())  # [산들경제=정유빈 기자]
            agency = agency or (byline_match["place"] or "" if named else byline_match["agency"]).strip() or None
            byline = byline or (named["name"] if named else byline_match["inside"] or byline_match["outside"])
            found_date = found_date or (_date_in(byline_match["byline"]) if _DATE.search(byline_match["byline"]) else None)
            split = start + byline_match.end("byline")
            blocks.append(Block(start, split, "byline"))
            rest_start, rest_end = _trim(text, split, end)
            if rest_start < rest_end:
                blocks.append(Block(rest_start, rest_end, "body"))
            in_head = False
        elif line_byline:
            byline = byline or line_byline["name"]
            blocks.append(Block(start, end, "byline"))
        elif _NOTICE.search(line):
            blocks.append(Block(start, end, "notice"))
        elif number > 0 and len(line) < 200 and (_CAPTION.search(line) and _CAPTION_CREDIT.search(line)):
            blocks.append(Block(start, end, "caption"))
        elif in_head and not headed and len(lines) > 1 and _is_headline(line):
            headed, found_title = True, line
            blocks.append(Block(start, end, "headline"))
        elif in_head and found_title is not None and _is_headline(line) and _head_goes_on(text, lines, number):
            subheads.append(line)
            blocks.append(Block(start, end, "subhead"))
        else:
            in_head = False
            blocks.append(Block(start, end, "body"))
    return Article(
        id=id,
        text=text,
        title=title if title is not None else found_title,
        subheads=tuple(subheads),
        byline=byline,
        agency=agency,
        published=published or found_date,
        blocks=tuple(blocks),
        source=source,
    )


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _is_dateline(line: str) -> bool:
    """Whether a line only says when the article appeared, and perhaps who wrote it."""
    if len(line) > 80:
        return False
    dated = _DATED.match(line)
    if dated is None:  # 스타트업데일리 2026-02-24 09:00 연두리 기자 · (울산=바다통신) 나은결 기자 | 2026-07-30 14:05:52
        inside = _MOMENT.search(line)
        around = line[: inside.start()] + line[inside.end() :] if inside else ""
        return inside is not None and len(around.strip()) <= 40 and not _SENTENCE_END.search(around) and bool(_PAPER.search(around))
    tail = line[dated.end() :].strip()
    if dated["word"] or dated["after"]:
        return True
    if tail and _SENTENCE_END.search(tail):
        return False
    return _DATE_TAIL.fullmatch(tail) is not None or (dated["clock"] is not None and len(tail) <= 24)


def _dated_part(line: str) -> int:
    """Where the date ends on a line that goes on with a byline and the text: 2026-07-14 09:05 [창원=새솔통신] 피은담 기자 = …; 0 for other lines."""
    dated = _DATED.match(line)
    if dated is None or dated.end() == len(line):
        return 0
    return dated.end() if dated["word"] or dated["clock"] or _LEADING_BYLINE.match(line, dated.end()) else 0


def _date_in(line: str) -> date | None:
    for match in _DATE.finditer(line):
        try:
            return date(int(match["year"]), int(match["month"]), int(match["day"]))
        except ValueError:
            continue
    return None


def _is_headline(line: str) -> bool:
    return len(line) <= 70 and not _SENTENCE_END.search(line)


def _head_goes_on(text: str, lines: list[tuple[int, int]], number: int) -> bool:
    """Whether a short line is a subhead: the article's first sentence or date line must still come, within five lines."""
    for start, end in lines[number + 1 : number + 6]:
        line = text[start:end]
        if _is_dateline(line) or not _is_headline(line) or _LEADING_BYLINE.match(line):
            return True
    return False
