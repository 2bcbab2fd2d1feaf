"""Persons: a name before a job title, with the employer between them or not; bylines and photo credits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from ..document import Article, Document, Token
from ..lexicon.boundaries import NounRun
from ..lexicon.name_parts import surnames, titles
from .cues import cue
from .view import Candidate, View

_AGE = re.compile(r"\(\d{1,3}\)")
_OPENING_NAME = re.compile(r"[“\"]?(?P<name>[가-힣]{3})\s")
_NAME = re.compile(r"[가-힣]{2,4}")
_CREDIT = re.compile(
    r"(?:사진|자료|그래픽|이미지|출처)(?:\s?제공)?\s?[=:]\s?(?P<who>[^)\]\n·,/]{2,30}?)(?:\s제공|\s캡처|\s홈페이지|\s뉴스룸|\s공식|\s유튜브|\s블로그)?\s?(?=[)\]·,/\n.]|$)"
)
_NOT_CREDITED = frozenset(
    [
        "독자",
        "기자",
        "뉴스1",
        "게티이미지",
        "게티이미지뱅크",
        "픽사베이",
        "셔터스톡",
        "언스플래시",
        "인스타그램",
        "페이스북",
        "자료사진",
        "온라인커뮤니티",
        "홈페이지",
        "유튜브",
        "블로그",
        "제공",
        "본인",
    ]
)
_SURE = 0.9  # a model's label that is less sure gives way to a name that the text has spelled out
_SURNAMES_THAT_ARE_WORDS = frozenset("이전현한구신고원주양정도제여지")
_NOT_NAMES = frozenset(
    [
        "관계자",
        "전문가",
        "담당자",
        "당국자",
        "대변인",
        "최고",
        "공동",
        "전임",
        "신임",
        "현직",
        "부문",
        "사업",
        "글로벌",
        "한국",
        "중국",
        "미국",
        "일본",
        "국내",
        "해외",
        "해당",
        "차기",
        "역대",
        "각자",
        "신규",
        "전직",
        "이사",
        "대표",
        "회장",
        "사장",
        "기술",
        "연구",
        "경영",
        "수석",
        "책임",
        "선임",
        "담당",
    ]
)


def persons(view: View, organizations: list[Candidate]) -> Iterator[Candidate]:
    """`이름 직함` and `이름 소속 … 직함`; in the second form what stands between is the employer where it is a name."""
    by_start = {candidate.start: candidate for candidate in organizations if candidate.label == "ORG"}
    known = {(candidate.start, candidate.end) for candidate in organizations}
    for index, run in enumerate(view.runs):
        surface = view.surface(run)
        title = _title_of(surface)
        if title is None:
            continue
        if len(title) < len(surface) and (name := surface[: -len(title)]) and _is_korean_name(view, run, name, known):
            yield Candidate(run.start, run.start + len(name), "PERSON", 0.8, "rule", f"before {title}")
            continue
        yield from _before_title(view, index, title, by_start, known)


def _before_title(view: View, index: int, title: str, by_start: dict[int, Candidate], known: set[tuple[int, int]]) -> Iterator[Candidate]:
    """Walk left over at most six runs of the same sentence: name, or name and employer."""
    right = view.runs[index].start
    for back in range(index - 1, max(-1, index - 7), -1):
        run = view.runs[back]
        if not re.fullmatch(r"\s(?:겸\s)?|\(\d{1,3}\)\s|·|\s?\([A-Za-z .'-]+\)\s", view.text[run.end : right]):
            return
        employer = view.runs[back + 1] if back < index - 1 else None
        if _is_person(view, back, employer, by_start, known):
            yield Candidate(_foreign_name_start(view, back, known), run.end, "PERSON", 0.8, "rule", f"before {title}")
            if employer is not None and employer.start not in by_start and _may_employ(view, employer):
                yield Candidate(employer.start, employer.end, "ORG", 0.8, "rule", f"employer before {title}")
            return
        right = run.start


def _is_person(view: View, back: int, employer: NounRun | None, by_start: dict[int, Candidate], known: set[tuple[int, int]]) -> bool:
    """Whether the run at `back` names the holder of the title; 윤서하 does in `윤서하 가온나노 본부장`, 가온나노 does not."""
    run = view.runs[back]
    if not _is_korean_name(view, run, view.surface(run), known):
        return False
    if employer is not None:
        return employer.start in by_start or _may_employ(view, employer)
    before = view.runs[back - 1] if back else None
    if before is None or view.text[before.end : run.start] != " " or _is_native_name(view.surface(run)):
        return True
    return not (
        _is_native_name(view.surface(before)) and _is_korean_name(view, before, view.surface(before), known) and _may_employ(view, run)
    )


def _is_native_name(surface: str) -> bool:
    """Family name and two syllables: the usual shape of a Korean person's name."""
    return len(surface) == 3 and surface[0] in surnames()


def _may_employ(view: View, run: NounRun) -> bool:
    surface = view.surface(run)
    if _title_of(surface) or len(surface) < 3 or surface in _NOT_NAMES:
        return False
    return any(token.oov or token.tag == "NNP" for token in run.tokens) or bool(re.match(r"[A-Z]{2}", surface))


def _foreign_name_start(view: View, back: int, known: set[tuple[int, int]]) -> int:
    """젠슨 황, 도널드 트럼프: the given name before a family name that alone is no Korean name."""
    run = view.runs[back]
    if back == 0 or _is_native_name(view.surface(run)):
        return run.start
    before = view.runs[back - 1]
    known_before = any((before.start, end) in known for end in (before.end, before.end - 1))
    if view.text[before.end : run.start] == " " and _looks_foreign(view, before) and not known_before:
        return before.start
    return run.start


def _looks_foreign(view: View, run: NounRun) -> bool:
    return len(run.tokens) == 1 and (run.tokens[0].oov or run.tokens[0].tag == "NNP") and run.end - run.start <= 5


def _title_of(surface: str) -> str | None:
    """The longest title that ends a noun run, if the rest of the run is empty, a name or a department."""
    words = titles()
    return next((surface[-size:] for size in range(min(len(surface), _longest_title()), 1, -1) if surface[-size:] in words), None) or (
        "씨" if surface == "씨" else None
    )


@cache
def _longest_title() -> int:
    return max(map(len, titles()))


def _is_korean_name(view: View, run: NounRun, surface: str, known: set[tuple[int, int]]) -> bool:
    if surface in _NOT_NAMES or surface in titles() or any((run.start, run.start + size) in known for size in range(2, len(surface) + 1)):
        return False
    parts = [token for token in run.tokens if token.end <= run.start + len(surface)]
    proper = bool(parts) and (any(token.oov for token in parts) or all(token.tag == "NNP" for token in parts))
    if not _NAME.fullmatch(surface):
        return bool(re.fullmatch("[가-힣]{5,8}", surface)) and proper
    if surface in cue("generic_prefix") or surface in cue("org_before") or surface in cue("product_head"):
        return False
    if len(surface) == 3 and len(parts) == 2 and parts[0].tag == "NNP" and parts[0].end - parts[0].start == 2:
        return False  # 서울관: a place and a suffix
    if surface[0] in surnames() and len(surface) == 3:
        return proper or (len(parts) > 1 and not all(token.tag == "NNG" and token.end - token.start > 1 for token in parts))
    return proper and (len(surface) != 2 or surface[0] in surnames())


def persons_again(view: View, chosen: list[Candidate]) -> list[Candidate]:
    """The chosen names with persons whom the text has named in full: 이 in 이 회장 after 이재용 회장, 올트먼 after 샘 올트먼 whatever else it was
    taken for. 이, 전, 현 and the like are also words, so that such a surname needs the title that stood after the full name.
    """
    named = {view.text[c.start : c.end]: c for c in chosen if c.label == "PERSON"}
    surely_else = {view.text[c.start : c.end] for c in chosen if c.label != "PERSON" and (c.score >= _SURE or c.source != "model")}
    last_words = {name.rsplit(" ", 1)[1] for name, full in named.items() if " " in name and full.score >= _SURE} - surely_else
    chosen = [
        replace(c, label="PERSON", evidence="last word of a person's name")
        if c.label != "PERSON" and view.text[c.start : c.end] in last_words
        else c
        for c in chosen
    ]
    titles_by_surname: dict[str, set[str]] = {}
    for candidate in chosen:
        name = view.text[candidate.start : candidate.end]
        if candidate.label == "PERSON" and _is_native_name(name):
            titles_by_surname.setdefault(name[0], set()).add(_title_after(view, candidate.end) or "")
    taken = {position for candidate in chosen for position in range(candidate.start, candidate.end)}
    for run in view.runs if titles_by_surname else ():
        at = run.start - 2
        surname, title = view.text[at : at + 1], view.surface(run)
        if at < 0 or at in taken or surname not in titles_by_surname or view.text[at + 1] != " " or view.text[at - 1 : at].isalnum():
            continue
        if title in titles_by_surname[surname] or (title in titles() and surname not in _SURNAMES_THAT_ARE_WORDS):
            chosen.append(Candidate(at, at + 1, "PERSON", 0.85, "rule", "surname and title of a person named before"))
    return sorted(chosen, key=lambda c: c.start)


def _title_after(view: View, end: int) -> str | None:
    """The title at the end of the next nouns of the sentence, at most three words on: 이재용 (삼성전자) 회장."""
    for _ in range(3):
        run = view.run_at(end + 1)
        if view.text[end : end + 1] != " " or run is None or run.start != end + 1:
            return None
        if title := _title_of(view.surface(run)):
            return title
        end = run.end
    return None


def named_employees(view: View, candidates: list[Candidate]) -> Iterator[Candidate]:
    """`이름 소속 … 직함` at the beginning of a sentence, also where Kiwi takes the name for a verb (정해온 = 정하 + 어 + 오 + ᆫ)."""
    organizations = {candidate.start: candidate for candidate in candidates if candidate.label == "ORG"}
    for sentence in view.document.sentences:
        match = _OPENING_NAME.match(view.text, sentence.start, sentence.end)
        if match is None or match["name"][0] not in surnames():
            continue
        tokens = view.tokens_in(*match.span("name"))
        if len(tokens) == 1 and tokens[0].tag in ("MAG", "MAJ", "NNG", "NP", "MM") and not tokens[0].oov:
            continue
        employer = organizations.get(match.end())
        run = view.run_at(match.end())
        end = employer.end if employer is not None else run.end if run is not None and run.start == match.end() else 0
        if not end or (employer is None and run is not None and not _could_employ(view, run, tokens)):
            continue
        if _title_follows(view, end):
            yield Candidate(*match.span("name"), "PERSON", 0.8, "rule", "before employer and title")
            if employer is None:
                yield Candidate(match.end(), end, "ORG", 0.7, "rule", "employer between name and title")


def _title_follows(view: View, at: int) -> bool:
    """Whether the nouns after `at`, at most five words, end in a job title: (네이버) 클라우드 사업부문 대표."""
    for _ in range(5):
        run = view.run_at(at + 1)
        if view.text[at : at + 1] != " " or run is None or run.start != at + 1:
            return False
        if _title_of(view.surface(run)):
            return True
        at = run.end
    return False


def _could_employ(view: View, run: NounRun, name: tuple[Token, ...]) -> bool:
    """An unlisted word between a name and a title is the employer if it is no single common noun, and the name is none either."""
    proper = any(token.oov or token.tag == "NNP" or token.tag[0] == "V" for token in name)
    return proper and len(view.surface(run)) >= 3 and (len(run.tokens) > 1 or run.tokens[0].oov or run.tokens[0].tag == "NNP")


def byline_and_credits(view: View, document: Document | Article) -> Iterator[Candidate]:
    """The agency and the writers of the byline wherever they stand in head and foot; whoever a photo is credited to."""
    text = view.text
    head_and_foot = [s for s in view.document.sentences if s.kind in ("byline", "notice")]
    for sentence in head_and_foot:
        for name in re.split(r"\s*[·,]\s*", document.byline or ""):
            for start in _occurrences(text, name, sentence.start, sentence.end):
                yield Candidate(start, start + len(name), "PERSON", 0.95, "rule", "byline")
        agency = (document.agency or "").strip()
        for start in _occurrences(text, agency, sentence.start, sentence.end):
            yield Candidate(start, start + len(agency), "ORG", 0.9, "rule", "byline")
    for credit in _CREDIT.finditer(text):
        who = credit["who"].strip()
        if who in _NOT_CREDITED or who.endswith("기자") or re.search(r"\s.*\s|[@.]", who):
            continue
        start = credit.start("who")
        run = view.run_at(start)
        if run is not None and any(token.oov or token.tag in ("NNP", "SL") for token in run.tokens):
            yield Candidate(start, start + len(who), "ORG", 0.75, "rule", "photo credit")


def _occurrences(text: str, name: str, start: int, end: int) -> Iterator[int]:
    at = text.find(name, start, end) if len(name) > 1 else -1
    while at >= 0:
        yield at
        at = text.find(name, at + len(name), end)
