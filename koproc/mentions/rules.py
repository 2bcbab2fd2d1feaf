"""Names that no list holds: model numbers, quoted new names, organizations by their head or by what stands before them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..lexicon import Lexicon
from ..lexicon.boundaries import NounRun
from .cues import cue, org_heads, titles
from .view import Candidate, View

# Letters, digits, letters: H200, GB200, MI300X, LX-300, GPT-4o, M4; and Latin with a hyphen and Hangul: GLM-이미지.
_MODEL = re.compile(
    r"(?<![A-Za-z0-9가-힣.@/_-])(?:[A-Z][A-Za-z]{0,9}-?\d{1,5}(?:\.\d+)?[A-Za-z]{0,4}(?:-[A-Z0-9]{1,6})?|[A-Z]{2,8}-[가-힣]{2,8})(?![A-Za-z0-9_])"
)
_STACK = re.compile(r"(?<![A-Za-z0-9])HBM\d?[A-Z]?\s\d{1,2}단(?!계)|(?<![A-Za-z0-9])HBM\d[A-Z]?\s?\d{1,2}단(?!계)")
_YEAR_AFTER = re.compile(r"\s?(?:19|20)\d\d(?!\d)")
_LATIN_NAME = re.compile(r"[A-Z][A-Za-z0-9.&+'-]*(?:\s[A-Z0-9][A-Za-z0-9.&+'-]*){0,3}")
_NAME_ENDS = re.compile(r"(?=\(|,|\s|은|는|이|가|을|를|의|와|과|도|에|로|으로|·|$|’|”|측|에서|에게)")
_VERBAL = ("VV", "VA", "VX", "VCP", "VCN", "XSV", "XSA", "EF", "EC", "ETM", "ETN", "EP", "JKS", "JKO", "JX", "JKB", "MAG", "MM", "SF")
_BETWEEN = r"[’”'\">》]?[ \t]?(?:\([^()\n]*\)[ \t]?)?"
_RELEASED = re.compile(
    r"[’”'\">》]?\s?(?:을|를|이|가|은|는|도)\s(?:[가-힣A-Za-z0-9·]+\s){0,2}?(?:공개\s)?"
    r"(?P<verb>출시|공개|선보|발표|론칭|런칭|개발|탑재|적용|도입|양산|판매|내놓|내놨|출하|공급|시연|상용화|배포|개시|오픈|훈련)"
)
_PAREN_NAME = re.compile(r"\(\s?(?P<name>[A-Z][A-Za-z0-9.&+' -]{1,40}?|[가-힣A-Z][가-힣A-Za-z0-9 ]{1,20}?)\s?(?:[,·;:][^()]*)?\)")


def model_numbers(view: View, terms: set[tuple[int, int]], organizations: set[int]) -> Iterator[Candidate]:
    """Model-number shapes beside a product word, after their maker, or quoted: 칩 ‘M100’, 엔비디아 H200, H200 칩."""
    for match in _STACK.finditer(view.text):
        yield Candidate(match.start(), match.end(), "PRODUCT", 0.8, "rule", "memory stack")
    for match in _MODEL.finditer(view.text):
        start, end = match.span()
        if match.group() in cue("not_model") or (start, end) in terms or not view.is_whole(start, end):
            continue
        evidence = _product_context(view, start, end) or _after_maker(view, start, organizations)
        if evidence and not _in_event(view, start, end):
            yield Candidate(start, end, "PRODUCT", 0.85, "rule", f"model number, {evidence}")


def quoted_names(view: View, terms: set[tuple[int, int]], lexicon: Lexicon, known: list[Candidate]) -> Iterator[Candidate]:
    """Quoted new names beside 칩, 모델, 서비스, 출시 … (PRODUCT) or after 스타트업, 업체 … (ORG)."""
    for start, end in view.quotes:
        inner = view.text[start:end]
        if inner != inner.strip() or not _could_be_name(view, start, end) or (start, end) in terms or _in_event(view, start, end):
            continue
        entry = lexicon.get(inner)
        if entry is not None and entry.kind in ("TERM", "LOC"):
            continue
        before, after = view.surface(view.word_before(start)), view.surface(view.word_after(end))
        if view.ends_with_cue(before, "not_product") or any(after.startswith(word) for word in cue("not_product")):
            continue
        if any(k.start <= start and k.end >= end for k in known):
            continue
        if view.ends_with_cue(before, "org_before") and not view.ends_with_cue(before, "product_head"):
            yield Candidate(start, end, "ORG", 0.85, "rule", f"quoted after {before}")
        elif evidence := _product_context(view, start, end):
            yield Candidate(start, end, "PRODUCT", 0.85, "rule", f"quoted, {evidence}")


def headed_organizations(view: View, lexicon: Lexicon, terms: set[tuple[int, int]]) -> Iterator[Candidate]:
    """Organizations by the last part of the name: 한빛전자, 가나다연구소. Generic ones (국책연구소, 시중은행) are none."""
    for run in view.runs:
        for end in {run.end, *(token.end for token in run.tokens if token.tag in ("NNG", "NNP"))}:
            surface = view.text[run.start : end]
            head = next((h for h in org_heads() if surface.endswith(h.head) and len(surface) > len(h.head) + 1), None)
            if head is None or (run.start, end) in terms or not view.is_whole(run.start, end):
                continue
            prefix = surface[: -len(head.head)]
            if _names_somebody(view, run, prefix, head.level, lexicon):
                yield Candidate(run.start, end, "ORG", 0.75, "rule", f"organization head {head.head}")


def named_after_cue(view: View, lexicon: Lexicon) -> Iterator[Candidate]:
    """Names right after a word that announces an organization or a product: 스타트업 문샷은, 시장조사업체 실리콘트랙에 따르면."""
    for run in view.runs:
        before = view.word_before(run.start)
        if before is None or view.text[before.end : run.start] not in (" ", "인 "):
            continue
        word = view.surface(before)
        label = "ORG" if view.ends_with_cue(word, "org_before") else None
        if label is None:
            continue
        start, end = run.start, run.end
        while run.tokens and end > start and view.surface(run)[: end - start].endswith(("측", "들")):
            end -= 1
        if latin := _LATIN_NAME.match(view.text, start):
            end = max(end, latin.end())
        surface = view.text[start:end]
        if len(surface) < 2 or lexicon.get(surface) is not None or surface in titles() or not _NAME_ENDS.match(view.text, end):
            continue
        if (
            view.ends_with_cue(surface, "org_before")
            or view.ends_with_cue(surface, "org_after")
            or view.ends_with_cue(surface, "product_head")
        ):
            continue
        if _looks_like_name(view, run) or (_is_unlisted_compound(run) and view.text.count(surface) > 1):
            yield Candidate(start, end, label, 0.72, "rule", f"after {word}")


def parenthesised(view: View, known: list[Candidate], terms: set[tuple[int, int]], lexicon: Lexicon) -> Iterator[Candidate]:
    """The other name in parentheses after an organization or product has its label: 사우스차이나모닝포스트(SCMP), 연구소(TeleAI)."""
    by_end = {candidate.end: candidate for candidate in known}
    for match in _PAREN_NAME.finditer(view.text):
        start, end = match.span("name")
        at = match.start()
        while at and view.text[at - 1] in "’”'\"":
            at -= 1
        name = match["name"]
        entry = lexicon.get(name)
        if (start, end) in terms or (entry is not None and entry.kind in ("TERM", "LOC")) or name in titles():
            continue
        candidate = by_end.get(at)
        if candidate is not None and candidate.label in ("ORG", "PRODUCT"):
            outside_latin = view.text[candidate.start : candidate.end].isascii()
            if name.isascii() != outside_latin and not re.search(r"\d{4}|[가-힣] [가-힣]", name):
                yield Candidate(start, end, candidate.label, 0.85, "rule", "other name in parentheses")
        elif name.isascii() and re.search("[a-z]", name):
            run = view.run_at(at - 1)
            surface = view.surface(run)
            if run is not None and run.end == at and any(surface.endswith(h.head) for h in org_heads() if h.level == "institution"):
                yield Candidate(start, end, "ORG", 0.8, "rule", f"name of the {surface} before it")


def event_spans(view: View) -> list[tuple[int, int]]:
    """Events, inside which nothing is a mention: ‘화웨이 커넥트 2025’, CES 2026, GTC 2025."""
    spans = [(start, end) for start, end in view.quotes if _is_event_name(view.text[start:end])]
    words = "|".join(sorted(map(re.escape, cue("event")), key=len, reverse=True))
    pattern = re.compile(rf"(?:(?<![가-힣A-Za-z])[가-힣A-Z][가-힣A-Za-z]*\s)?(?<![가-힣A-Za-z])(?:{words})(?:\s?(?:19|20)\d\d|\s?[’']\d\d)")
    spans.extend(match.span() for match in pattern.finditer(view.text))
    return spans


def _is_event_name(name: str) -> bool:
    words = name.split()
    if not any(words[i] in cue("event") or any(words[i].endswith(e) and len(e) > 1 for e in cue("event")) for i in range(len(words))):
        return False
    return len(words) > 1 or any(character.isdigit() for character in name)


def _in_event(view: View, start: int, end: int) -> bool:
    return bool(_YEAR_AFTER.match(view.text, end)) and not re.search(r"\d", view.text[start:end])


def _could_be_name(view: View, start: int, end: int) -> bool:
    """Not a sentence or phrase: no verb, ending or particle inside, at most four words, not only a number."""
    inner = view.text[start:end]
    if len(inner) < 2 or inner.count(" ") > 3 or not re.search("[A-Za-z가-힣]", inner) or re.search(r"[?!…,~]|\.\s|\.$", inner):
        return False
    verbal = any(token.tag in _VERBAL or token.tag.startswith(("VV", "VA", "J", "E")) for token in view.tokens_in(start, end))
    single_word = " " not in inner
    return not verbal or (single_word and len(inner) <= 8 and not inner.endswith(("다", "요", "까", "자", "라", "니다", "는", "한", "된")))


def _product_context(view: View, start: int, end: int) -> str | None:
    """The product word before or after a span, or the verb of release whose object it is."""
    before = view.word_before(start)
    word = view.surface(before)
    if before is not None and view.ends_with_cue(word, "product_head") and "\n" not in view.text[before.end : start]:
        return f"after {word}"
    after = view.word_after(end)
    if after is not None and re.fullmatch(_BETWEEN, view.text[end : after.start]) and _is_product_word(view.surface(after)):
        return f"before {view.surface(after)}"
    if start and view.text[start - 1] in "‘“'\"<《≪":
        window = re.sub(r"\([^()]*\)", "", view.text[end : min(end + 40, view.sentence_end(start))])
        if released := _RELEASED.match(window):
            return f"with {released['verb']}"
    return None


def _is_product_word(word: str) -> bool:
    """칩, 모델, 서비스 … at either end of a word, but not as a modifier of something else (서비스 전략)."""
    if any(word.startswith(other) for other in cue("not_product")):
        return False
    return word in cue("product_head") or any(word.startswith(head) or word.endswith(head) for head in cue("product_head") if len(head) > 1)


def _after_maker(view: View, start: int, organizations: set[int]) -> str | None:
    head = view.text[max(0, start - 3) : start]
    for size, glue in ((1, " "), (2, "의 "), (2, " ‘"), (3, "의 ‘")):
        if head.endswith(glue) and start - size in organizations:
            return "after its maker"
    return None


def _looks_like_name(view: View, run: NounRun) -> bool:
    """Unknown to Kiwi's dictionary, a proper noun, or capitalized Latin."""
    surface = view.surface(run)
    if re.search("[A-Z]", surface) and not surface.isdigit():
        return True
    return any(token.oov or token.tag == "NNP" for token in run.tokens)


def _is_unlisted_compound(run: NounRun) -> bool:
    return len(run.tokens) >= 2 and all(token.tag == "NNG" for token in run.tokens) and run.end - run.start >= 4


def _names_somebody(view: View, run: NounRun, prefix: str, level: str, lexicon: Lexicon) -> bool:
    if len(prefix) < 2 or prefix in cue("generic_prefix") or prefix.isdigit() or re.match(r"\d", prefix):
        return False
    entry = lexicon.get(prefix)
    if entry is not None and entry.kind == "LOC" and level != "institution":
        return False
    if entry is not None and entry.kind == "TERM":
        return False
    if entry is not None and entry.kind == "ORG":
        return True
    parts = [token for token in run.tokens if token.end <= run.start + len(prefix)]
    named = any(t.oov or t.tag == "NNP" for t in parts) or bool(re.search("[A-Z]", prefix))
    if level == "suffix":
        return named or (len(prefix) >= 2 and not all(t.tag == "NNG" and not t.oov for t in parts))
    if level == "name":
        return named
    generic = cue("generic_prefix")
    return not all(view.text[t.start : t.end] in generic or len(view.text[t.start : t.end]) == 1 for t in parts) if parts else named
