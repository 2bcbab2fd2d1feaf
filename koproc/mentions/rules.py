"""Names that no list holds: model numbers, quoted new names, organizations by their head or by what stands before them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..lexicon import Lexicon
from ..lexicon.boundaries import NounRun
from ..lexicon.name_parts import head_of, titles
from ..lexicon.romanization import sounds_alike
from .cues import cue
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
_LISTED = re.compile(r"(?P<etc>\s등\s(?:[가-힣0-9]+\s){0,3}?(?:기업|업체|회사|은행|기관|통신사|증권사|제조사))|[·,/]\s?|(?:와|과)\s")
_CALLED = re.compile(
    r"[’”'\">》」』]?(?:이라는|라는|이란|란)\s(?:이름의\s|명칭의\s)?(?:[가-힣A-Za-z]+\s)??(?P<noun>[가-힣]+?)(?=[은는이가을를의에로도과와]|\s|$)"
)
_GLOSSED = re.compile(r"[^()]{2,}(?=\([^()]+\)$)")
_BETWEEN = r"[’”'\">》」』]?[ \t]?(?:\([^()\n]*\)[ \t]?)?"
_RELEASED = re.compile(
    r"[’”'\">》」』]?\s?(?:을|를|이|가|은|는|도)\s(?:[가-힣A-Za-z0-9·]+\s){0,2}?(?:공개\s)?"
    r"(?P<verb>출시|공개|선보|론칭|런칭|개발|탑재|적용|도입|양산|판매|내놓|내놨|출하|공급|시연|상용화|배포|개시|오픈|훈련)"
)
_SPELLED = re.compile(r"(?<![가-힣A-Za-z0-9])(?P<name>[가-힣A-Z][가-힣A-Za-z0-9-]{1,15})[’”]?\s?\((?P<latin>[A-Z][A-Za-z0-9 .&-]{2,40})\)")
_VERSIONED = re.compile(r"(?P<base>[가-힣A-Za-z]{2,}[- ]?)\d{1,4}[A-Za-z]?")
_MADE = re.compile(
    r"[’”'\">》」』]?(?:\([^()]*\))?[을를]\s(?:[가-힣A-Za-z0-9]+\s){0,2}?(?:출시|공개|선보|내놓|내놨|론칭|런칭|시작|개발|양산|판매|발표)"
)
_PAREN_NAME = re.compile(r"\(\s?(?P<name>[A-Z][A-Za-z0-9.&+' -]{1,40}?|[가-힣A-Z][가-힣A-Za-z0-9 ]{1,20}?)\s?(?:[,·;:][^()]*)?\)")


def model_numbers(view: View, terms: set[tuple[int, int]], organizations: set[int]) -> Iterator[Candidate]:
    """Model-number shapes beside a product word, after their maker, or quoted: 칩 ‘LX-300’, 엔비디아 H200, H200 칩."""
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
        if gloss := _GLOSSED.match(view.text, start, end):
            end = gloss.end()  # ‘무리-4(Muri-4)’
        inner = view.text[start:end]
        if inner != inner.strip() or not _could_be_name(view, start, end) or (start, end) in terms or _in_event(view, start, end):
            continue
        entry = lexicon.get(inner)
        if entry is not None and entry.kind in ("TERM", "LOC"):
            continue
        before, after = view.surface(view.word_before(start)), view.surface(view.word_after(end))
        if any(view.ends_with_cue(word, "not_product") for word in (before, inner)) or any(after.startswith(w) for w in cue("not_product")):
            continue
        if any(k.start <= start and k.end >= end for k in known):
            continue
        called = _CALLED.match(view.text, end)
        if called and (view.ends_with_cue(called["noun"], "org_before") or view.ends_with_cue(called["noun"], "product_head")):
            label = "ORG" if view.ends_with_cue(called["noun"], "org_before") else "PRODUCT"
            yield Candidate(start, end, label, 0.85, "rule", f"a {called['noun']} called so")
        elif view.ends_with_cue(before, "org_before") and not view.ends_with_cue(before, "product_head"):
            yield Candidate(start, end, "ORG", 0.85, "rule", f"quoted after {before}")
        elif evidence := _product_context(view, start, end):
            yield Candidate(start, end, "PRODUCT", 0.85, "rule", f"quoted, {evidence}")


def headed_organizations(view: View, lexicon: Lexicon, terms: set[tuple[int, int]]) -> Iterator[Candidate]:
    """Organizations by the last part of the name: 한빛전자, 가나다연구소. Generic ones (국책연구소, 시중은행) are none."""
    for run in view.runs:
        start = _word_start(view, run)
        for end in {run.end, *(token.end for token in run.tokens if token.tag in ("NNG", "NNP"))}:
            surface = view.text[start:end]
            head = head_of(surface)
            if head is None or (start, end) in terms or (not view.is_whole(run.start, end) and start == run.start):
                continue
            prefix = surface[: -len(head.head)]
            if start < run.start or _names_somebody(view, run, prefix, head.level, lexicon):
                yield Candidate(start, end, "ORG", 0.75, "rule", f"organization head {head.head}")


def _word_start(view: View, run: NounRun) -> int:
    """Where the written word of a run begins, if Kiwi took its first part for a verb (다온증권 = 다 + 오 + ᆫ + 증권)."""
    start = run.start
    while start and "가" <= view.text[start - 1] <= "힣" and run.start - start < 5:
        start -= 1
    before = view.ends.get(run.start)
    glued = 2 <= run.start - start <= 4 and before is not None and before.tag == "ETM"
    return start if glued and view.text[start - 1 : start] in ("", " ", "\n", "‘", "“", "(", "[", "·", ",") else run.start


def glossed_names(view: View, lexicon: Lexicon, terms: set[tuple[int, int]]) -> Iterator[Candidate]:
    """A word with its own spelling in Latin letters after it is a name: 별무리AI(Byeolmuri AI). What it is, the word before says."""
    for match in _SPELLED.finditer(view.text):
        start, end = match.span("name")
        if (start, end) in terms or not sounds_alike(match["name"], match["latin"]):
            continue
        entry = lexicon.get(match["name"])
        if entry is not None and entry.kind in ("TERM", "LOC"):
            continue
        label = _label_of_spelled(view, start, match.end())
        if label is not None:
            yield Candidate(start, end, label, 0.82, "rule", "spelled in Latin letters")


def _label_of_spelled(view: View, start: int, end: int) -> str | None:
    """What a name is, from the word before it, its quotes, or the verb of which it is the subject; None where nothing says."""
    word = view.surface(view.word_before(start))
    if view.ends_with_cue(word, "not_product"):
        return None
    if view.ends_with_cue(word, "org_before"):
        return "ORG"
    if view.ends_with_cue(word, "product_head"):
        return "PRODUCT"
    quoted = view.text[start - 1 : start] in tuple("‘“'\"")
    if quoted:
        return "PRODUCT" if _product_context(view, start, end) else None
    rest = view.text[end : view.sentence_end(start)]
    acts = re.match(r"(?:은|는|이|가|의|와|과|도|측)", rest) and any(verb in rest for verb in cue("org_verb"))
    return "ORG" if acts else None


def enumerated(view: View, known: list[Candidate], lexicon: Lexicon) -> Iterator[Candidate]:
    """An unknown name in a list of organizations: 포스코, 코아비스 등 네 기업."""
    ends = {candidate.end for candidate in known if candidate.label == "ORG"}
    starts = {candidate.start for candidate in known if candidate.label == "ORG"}
    for run in view.runs:
        surface = view.surface(run)
        if len(surface) < 3 or lexicon.get(surface) is not None or surface in lexicon.nouns or not _looks_like_name(view, run):
            continue
        before = next(
            (size for size in (1, 2) if run.start - size in ends and re.fullmatch(r"[·,/]\s?", view.text[run.start - size : run.start])), 0
        )
        after = _LISTED.match(view.text, run.end)
        if before and after and (after["etc"] or after.end() in starts):
            yield Candidate(run.start, run.end, "ORG", 0.7, "rule", "in a list of organizations")


def versions_of(view: View, known: list[Candidate]) -> Iterator[Candidate]:
    """Other versions of a product that a rule has found: 무리-3 beside 무리-4."""
    bases = {
        m["base"]: c
        for c in known
        if c.label == "PRODUCT" and c.source == "rule" and (m := _VERSIONED.fullmatch(view.text, c.start, c.end))
    }
    for base, candidate in bases.items():
        for match in re.compile(re.escape(base) + r"\d{1,4}[A-Za-z]?(?![A-Za-z0-9.,%])").finditer(view.text):
            if view.is_whole(*match.span()):
                yield Candidate(*match.span(), candidate.label, 0.75, "rule", "other version of a product in the text")


def universities(view: View, lexicon: Lexicon) -> Iterator[Candidate]:
    """한울대 교수, 칭화대 연구팀: 대 closes a university's name only where somebody of it follows."""
    for match in re.finditer(
        r"(?<![가-힣])(?P<name>[가-힣]{2,6}대)\s(?=(?:[가-힣]+(?:학과|학부|대학원|대학|공대|의대)\s)?(?:교수|명예교수|석좌교수|연구팀|연구진|총장|학생|대학원|박사))",
        view.text,
    ):
        start, end = match.span("name")
        if lexicon.get(match["name"]) is None and start in view.starts:
            yield Candidate(start, end, "ORG", 0.8, "rule", "university before its people")


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
        if (
            len(surface) < 2
            or lexicon.get(surface) is not None
            or surface in lexicon.nouns
            or surface in titles()
            or not _NAME_ENDS.match(view.text, end)
        ):
            continue
        if (
            view.ends_with_cue(surface, "org_before")
            or view.ends_with_cue(surface, "org_after")
            or view.ends_with_cue(surface, "product_head")
        ):
            continue
        quoted_source = view.text.startswith("에 따르면", end)
        if _looks_like_name(view, run) or (_is_unlisted_compound(run) and (quoted_source or view.text.count(surface) > 1)):
            yield Candidate(start, end, label, 0.72, "rule", f"after {word}")


def makers(view: View, products: list[Candidate], lexicon: Lexicon) -> Iterator[Candidate]:
    """Who releases a product at the beginning of its sentence is an organization: 다온페이는 … 서비스 ‘훨훨송금’을 시작했다."""
    for product in products:
        if product.label != "PRODUCT" or not _MADE.match(view.text, product.end):
            continue
        run = view.run_at(view.sentence_start(product.start))
        if run is None or run.start != view.sentence_start(product.start) or run.end >= product.start:
            continue
        surface = view.surface(run)
        known = lexicon.get(surface) is not None or surface in lexicon.nouns
        if (
            not known
            and len(surface) > 2
            and _looks_like_name(view, run)
            and re.match(r"(?:은|는|이|가)\s", view.text[run.end : run.end + 2])
        ) and not re.fullmatch("[가-힣]{3}", surface):  # three syllables may be a person
            yield Candidate(run.start, run.end, "ORG", 0.7, "rule", "releases a product")


def parenthesised(view: View, known: list[Candidate], terms: set[tuple[int, int]], lexicon: Lexicon) -> Iterator[Candidate]:
    """The other name in parentheses after an organization or product has its label: 월스트리트저널(WSJ), 연구소(MuriLab)."""
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
            if run is not None and run.end == at and (head := head_of(surface, whole=True)) is not None and head.level == "institution":
                yield Candidate(start, end, "ORG", 0.8, "rule", f"name of the {surface} before it")


def event_spans(view: View) -> list[tuple[int, int]]:
    """Events, inside which nothing is a mention: ‘가온 콘퍼런스 2026’, CES 2026, GTC 2025."""
    spans = [(start, end) for start, end in view.quotes if _is_event_name(view.text[start:end])]
    words = "|".join(sorted(map(re.escape, cue("event")), key=len, reverse=True))
    name = r"(?:(?<![가-힣A-Za-z])[가-힣A-Z][가-힣A-Za-z]*(?<![은는이가을를의도서와과로])\s)?"
    pattern = re.compile(rf"{name}(?<![가-힣A-Za-z])(?:{words})(?:\s?(?:19|20)\d\d|\s?[’']\d\d)")
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
    if not any(token.tag in _VERBAL or token.tag.startswith(("VV", "VA", "J", "E")) for token in view.tokens_in(start, end)):
        return True
    if len(inner) > 12 or inner.endswith(("다", "요", "까", "자", "라", "는", "한", "된", "할", "될")):
        return False
    before = view.surface(view.word_before(start))  # titles of works may hold verbs: 게임 ‘코드 미리내’
    return " " not in inner or view.ends_with_cue(before, "product_head") is not None


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
        return prefix not in lexicon.ambiguous and prefix not in lexicon.denied_by
    parts = [token for token in run.tokens if token.start < run.start + len(prefix)]
    named = any(t.oov or t.tag == "NNP" for t in parts) or bool(re.search("[A-Z]", prefix))
    if level == "name":
        return named
    generic = cue("generic_prefix")
    return not all(view.text[t.start : t.end] in generic for t in parts) if parts else named
