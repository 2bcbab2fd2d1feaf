"""Names of the lexicon in a document: whole words only, and ambiguous ones (애플, 메타, 유비) only with evidence around them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from ..lexicon import Hit, Lexicon
from .cues import cue
from .view import Candidate, View

# A version after a product's name: 어센드910C, 갤럭시 S26 울트라, 아이폰17. Counters after the digits end it (어센드 3배).
_VERSION = re.compile(
    r"""(?:(?P<joint>[ -]?)(?P<version>(?:[A-Z]{1,3}-?)?\d+(?:\.\d+)?[A-Za-z]{0,3}))
        (?![\d,.]*\d|[A-Za-z%]|\s?(?:개|대|명|년|월|일|배|만|억|조|천|원|위|차|장|번|곳|건|회|종|분기|세대|달러|퍼센트|호|시|주|%|㎜|인치|단|~|∼))
        (?P<grade>\s?(?:프로\s?맥스|프로|맥스|울트라|플러스|미니|라이트|에어|터보|엣지|FE|Pro\s?Max|Pro|Max|Ultra|Plus|mini|Turbo)(?![가-힣A-Za-z]|\s?[가-힣]*하))?""",
    re.VERBOSE,
)
# 미국 상무부: the country is a place of its own, the name begins after it (but the entry, and so the English, is the whole).
_COUNTRY = re.compile(r"(?:미국|중국|일본|대만|영국|독일|프랑스|러시아|인도|[美中日英獨佛미중일영])\s")
_PERSON = re.compile(r"\s?씨(?![가-힣]{2})")  # 스즈키 씨
_COORDINATED = re.compile(r"\s?(?:[·,/&]|와|과|및)\s?")
_SUBJECT = re.compile(r"(?:은|는|이|가|도|측은|\s?역시)\s")
_ITS = re.compile(r"의(?P<words>(?:\s[‘“']?[가-힣A-Za-z0-9]+){1,3})")


def lexical_candidates(view: View, lexicon: Lexicon) -> tuple[list[Candidate], list[Candidate]]:
    """(candidates, term spans): names as candidates, terms as spans that no rule may take for a name."""
    sure: list[Candidate] = []
    doubtful: list[Hit] = []
    terms: list[Candidate] = []
    for hit in lexicon.find(view.text):
        entry = hit.entry
        if entry.kind == "ORG" and (country := _COUNTRY.match(hit.surface)):
            hit = replace(hit, start=hit.start + country.end(), surface=hit.surface[country.end() :])
        weak = len(hit.surface) == 2 and not hit.surface.isascii()
        if not view.is_whole(hit.start, hit.end, weak=weak):
            continue
        denied = lexicon.denied_by.get(hit.surface)
        if denied is not None and denied.search(view.text, max(0, hit.start - 8), hit.end + 10):
            continue
        if entry.kind == "ORG" and _PERSON.match(view.text, hit.end):
            continue
        if entry.kind == "TERM":
            terms.append(Candidate(hit.start, hit.end, "TERM", 1.0, "lexicon", "term", entry))
        elif hit.surface in lexicon.ambiguous or (weak and not _is_token_name(view, hit)):
            doubtful.append(hit)
        else:
            sure.append(_candidate(hit, 0.97 if len(hit.surface) > 2 else 0.93, "lexicon"))
    sure.extend(_with_versions(view, sure))
    sure.extend(_supported(view, doubtful, sure))
    return sure, terms


def _candidate(hit: Hit, score: float, evidence: str) -> Candidate:
    return Candidate(hit.start, hit.end, hit.entry.kind, score, "lexicon", evidence, hit.entry)


def _is_token_name(view: View, hit: Hit) -> bool:
    token = view.starts.get(hit.start)
    return token is not None and token.end == hit.end and token.tag in ("NNP", "NNG", "SL")


def _with_versions(view: View, sure: list[Candidate]) -> Iterator[Candidate]:
    """A known product and its version are one name: 어센드 + 910B. The entry stays, so that its English can be used."""
    for candidate in sure:
        if candidate.label != "PRODUCT":
            continue
        version = _VERSION.match(view.text, candidate.end)
        if version and view.is_whole(candidate.start, version.end()):
            yield replace(candidate, end=version.end(), score=0.96, source="rule", evidence="known product + version")


def _supported(view: View, doubtful: list[Hit], sure: list[Candidate]) -> list[Candidate]:
    """Those doubtful hits that something around them supports; one supported use of a name supports its other uses."""
    named = {candidate.entry for candidate in sure}
    labels = {hit.start: hit.entry.kind for hit in doubtful if hit.entry.kind == "PRODUCT"}
    labels |= {candidate.start: candidate.label for candidate in sure}
    ends = {(candidate.end): candidate.label for candidate in sure}
    found: dict[Hit, str] = {}
    sure_starts = sorted(c.start for c in sure if c.label in ("ORG", "PRODUCT"))
    doubtful = [hit for hit in doubtful if (token := view.starts.get(hit.start)) is None or token.tag[0] in "NSXW"]
    for hit in doubtful:
        evidence = _evidence(view, hit, labels, ends) or _company_around(view, hit, sure_starts)
        if hit.entry in named and hit.entry.kind != "LOC":
            evidence = evidence or "other name of it in the text"
        if evidence:
            found[hit] = evidence
    supported = {hit.entry for hit in found if hit.entry.kind != "LOC"}
    for hit in doubtful:
        if hit not in found and hit.entry in supported:
            found[hit] = "supported elsewhere in the text"
    return [_as_used(view, _candidate(hit, 0.85, evidence)) for hit, evidence in found.items()]


def _as_used(view: View, candidate: Candidate) -> Candidate:
    """A company that is named for its service is a product after the word for one: 중고 거래 앱 당근."""
    word = view.surface(view.word_before(candidate.start))
    if candidate.label == "ORG" and view.ends_with_cue(word, "product_head") and not view.ends_with_cue(word, "org_before"):
        return replace(candidate, label="PRODUCT")
    return candidate


def _evidence(view: View, hit: Hit, labels: dict[int, str], ends: dict[int, str]) -> str | None:
    text, kind = view.text, hit.entry.kind
    token = view.starts.get(hit.start)
    proper = token is not None and token.end == hit.end and token.tag == "NNP"
    if kind == "LOC":
        return "proper noun" if proper else None
    before, after = view.word_before(hit.start), view.word_after(hit.end)
    before_word, after_word = view.surface(before), view.surface(after)
    if text[hit.end : hit.end + 1] == "(" and re.compile(rf"\(\s?{re.escape(hit.entry.en)}", re.IGNORECASE).match(text, hit.end):
        return "English in parentheses"
    if kind == "ORG":
        if before is not None and (view.ends_with_cue(before_word, "org_before") or view.ends_with_cue(before_word, "product_head")):
            return f"after {before_word}"
        if re.compile(r"[을를]\s비롯|\s등\s(?:[가-힣]+\s){0,2}(?:기업|업체|회사|빅테크)").match(text, hit.end):
            return "among companies"
        if after_word in cue("org_after") and text[hit.end : hit.end + 1] == " ":
            return f"before {after_word}"
        if _beside(text, hit, labels, ends, "ORG"):
            return "beside an organization"
        if any(labels.get(at) == "PRODUCT" for at in _its_words(text, hit.end)):
            return "its product follows"
        if proper and (match := _SUBJECT.match(text, hit.end)):
            rest = text[match.end() : view.sentence_end(hit.end)]
            if any(verb in rest for verb in cue("org_verb")):
                return "subject of a company's verb"
        return None
    if _beside(text, hit, labels, ends, "PRODUCT"):
        return "beside a product"
    quoted = (hit.start, hit.end) in view.quotes
    if before is not None and view.ends_with_cue(before_word, "product_head"):
        return f"after {before_word}"
    if after_word and view.ends_with_cue(after_word, "product_head") and not text[hit.end : hit.end + 1].isalnum():
        return f"before {after_word}"
    maker = ends.get(hit.start - 1) or ends.get(hit.start - 2)
    if maker == "ORG" and text[hit.start - 1] in " ‘“'":
        return "after its maker"
    if quoted and any(verb in text[hit.end : hit.end + 14] for verb in cue("release")):
        return "quoted and released"
    if _VERSION.match(text, hit.end) and proper:
        return "with a version"
    return None


def _its_words(text: str, end: int) -> list[int]:
    """Where the next three words after 의 begin: 기아의 경차 레이."""
    match = _ITS.match(text, end)
    return [word.start() for word in re.compile("[가-힣A-Za-z0-9]+").finditer(text, match.start("words"), match.end())] if match else []


def _company_around(view: View, hit: Hit, sure_starts: list[int]) -> str | None:
    """Another company or product in the sentence, for a name of three syllables and more, or one that Kiwi takes for a name."""
    if hit.entry.kind == "LOC":
        return None
    token = view.starts.get(hit.start)
    proper = token is not None and token.end == hit.end and (token.tag == "NNP" or token.oov)
    first = bisect_left(sure_starts, view.sentence_start(hit.start))
    around = first < len(sure_starts) and sure_starts[first] < view.sentence_end(hit.start)
    if not around:
        return None
    if hit.entry.kind == "ORG":
        return "company or product in the sentence" if proper else None
    released = re.compile(r"[’”]?[을를]\s(?:[가-힣]+\s)?(?:출시|공개|선보|발표|탑재|적용|개발|내놓|내놨)").match(view.text, hit.end)
    return "released in the sentence" if released else None


def _beside(text: str, hit: Hit, labels: dict[int, str], ends: dict[int, str], label: str) -> bool:
    after = _COORDINATED.match(text, hit.end)
    if after and labels.get(after.end()) == label:
        return True
    for size in (1, 2, 3):
        between = text[hit.start - size : hit.start] if hit.start >= size else ""
        if between and _COORDINATED.fullmatch(between) and ends.get(hit.start - size) == label:
            return True
    return False
