"""How a sentence stands to what it says: asserted, reported, planned, estimated, denied; and who said it."""

from __future__ import annotations

import re

from ..document import Mention, Modality, Reference
from ..hangul import PRESENT
from ..lexicon import Lexicon
from .english import as_reference
from .structure import Chunk, SentenceView, inside_quotes

_DENIED = re.compile(
    r"일축|근거\s없|틀렸다|검토한\s(?:바|적)[이은]?\s없|잘라\s말|부인했|부인하|사실이 아니|사실무근|아니라고|부정했|반박했"
)
_PLANNED = re.compile(
    r"계획|방침|예정|목표(?:로|다|이다|입니다|였다|를\s(?:세|제시|잡|내|밝)|라고|하고|$|[.”…])|노린다|노립니다|기로\s?(?:했|결정|합의|의결|하)|(?<!성장)(?<!증가)(?<!감소)(?<!상승)(?<!하락)(?<!기록)(?<!달)할\s?것(?:[”’]?이라[고며])"
    rf"|겠다|겠습니다|나선다|추진[한하]|[ㄹ할될]\s?참|{PRESENT}다고\s(?:[가-힣\d]{{1,6}}\s)?(?:밝혔|발표|공시|전했)"
)
# a forecast by its verb, whatever is inside it: 성장할 것이라고 전망했다
_FORECAST = re.compile(r"전망했|내다봤|예상했|예측했|추정했|추산했|관측했|점쳤|전망된|예상된|추정된|추산된|전망이\s")
_ESTIMATED = re.compile(
    r"전망|예상|추산|우려[했된]|수 있다[”’]?[고며는]|[할될올갈릴질날를울킬일설길늘줄] 것[”’](?:이|으로)|추정|예측|내다봤|내다본|관측|것으로 보[이인]|것으로 보고|점쳤|기대[된했]|[할될올갈릴질날] 것(?:이|으로)|가능성|수 있을"
)
_PAST_CLAUSE = re.compile(r"[았었했됐렸졌였쳤냈]{1}(?:고|으며|지만|는데|으나)[ ,]*$")
_FORECAST_BEFORE = re.compile(r"(?:전망치|예상치|추정치)(?:는|인|가|를)?\s(?:[가-힣]+\s)?$")
_TARGET_BEFORE = re.compile(r"목표(?:는|로|가)?\s$")
_HEARSAY = re.compile(
    r"[다라]는\s(?:것이|게|것은|점을)\s.{0,14}설명|알려졌|알려진|알려져|전해졌|전해진|주장했|주장하|보도했|보도하|것으로 나타났다고|라는 (?:관측|평가|소문)|[다라]는 (?:평가|지적|분석)"
)
_QUOTED = re.compile(
    r"[다라냐자]고\s(?:[가-힣\d\s]{0,12})?(?:밝혔|밝힌|밝혀|말했|말하|설명했|전했|강조했|덧붙|발표했|주장했|했습니다|했다|보도|언급|소개|귀띔)|”(?:라고|고|며|라며|면서)"
)
_ACCORDING = re.compile(r"에\s(?:따르면|의하면)|[을를]\s인용|(?:자료|보고서|집계|동향|현황|통계|신고서|조사|결과)[를을]\s보면")
_SAYING = re.compile(
    r"(?:밝혔|밝힌|말했|설명했|전했|강조했|주장했|발표했|덧붙였|보도했|전망했|예상했|내다봤|분석했|추정했|집계했|했습니다|했다|언급했|귀띔했|관측했|부인했|반박했|추산했|지적했|예상한다|전망한다|예상합니다|전망합니다|것으로\s본다|것으로\s봅니다|기대한다|기대합니다|짚었|내비쳤|꼬집었)"
)
# whose view it is where no one is named: 업계에서는 … 본다
_CIRCLES = re.compile(
    r"(?P<circle>업계|증권가|시장|학계|금융권|재계)에서는\s(?=.{0,200}?(?:예상|전망|추정|보고 있|[으]?로 본다|봅니다|관측|나온다|나옵니다))"
)
_DESCRIBED = re.compile(r"(?:반면|한편|[가-힣A-Za-z]*(?:업체|기업|단체|기관|매체|회사|연구소))\s(?=[가-힣A-Za-z])(?!측)")
_QUOTE_GOES_ON = re.compile(r"”(?:이?라며|이?라면서|이?라고|며|면서)\s")
_QUOTING = re.compile(r"[다라냐자]고\s|”(?:라고|고|며|라며|면서)|것으로\s")


def modality_of(text: str, view: SentenceView, start: int, end: int) -> Modality:
    """The modality of what is said between `start` and the end of its sentence; `end` closes the claim's own clause.

    A plan or forecast at the end of the sentence also holds for clauses joined by 고: 출시하고, … 출시할 계획이다.
    """
    rest = text[start : view.sentence.end]
    clause = text[start:end]
    sentence_end = text[max(start, view.sentence.end - 40) : view.sentence.end]
    if _DENIED.search(sentence_end):
        return "denied"
    past = _PAST_CLAUSE.search(clause)
    scope = clause if past else rest
    head = text[max(view.sentence.start, start - 14) : start]
    if _FORECAST.search(scope) or _FORECAST_BEFORE.search(head):
        return "estimated"
    if _PLANNED.search(scope) or _TARGET_BEFORE.search(head):
        return "planned"
    if _ESTIMATED.search(scope):
        return "estimated"
    if _HEARSAY.search(scope) or _QUOTED.search(rest) or _ACCORDING.search(text, view.sentence.start, view.sentence.end):
        return "reported"
    if view.sentence.kind in ("headline", "subhead") and inside_quotes(text, view, start):
        return "reported"
    return "asserted"


def tells_ahead(text: str, view: SentenceView) -> bool:
    """Whether the sentence ends in the present of a verb, which of a day to come tells a plan: 내년 9월 가동한다."""
    return _PRESENT_END.search(text, view.sentence.start, view.sentence.end) is not None


_PRESENT_END = re.compile(rf"{PRESENT}다\.?\s*$|[합입됩집갑납]니다\.?\s*$")


def attribution_of(text: str, view: SentenceView, lexicon: Lexicon) -> str | Reference | None:
    """Who says it: the chunk before 에 따르면, or the topic of a sentence that ends in a verb of saying."""
    according = _ACCORDING.search(text, view.sentence.start, view.sentence.end)
    if according and according[0].endswith("보면"):  # 통계진흥원이 발표한 자료를 보면
        issuer = next((m for m in view.mentions if m.label == "ORG" and m.end <= according.start()), None)
        return issuer.id if issuer is not None else None
    if according:
        source = next((chunk for chunk in reversed(view.chunks) if chunk.end <= according.start() + 1), None)
        return _source(text, view, source, lexicon) if source and according.start() - source.end <= 2 else None
    if (circle := _CIRCLES.search(text, view.sentence.start, view.sentence.end)) is not None:
        return as_reference(text, *circle.span("circle"), lexicon)
    tail = text[max(view.sentence.start, view.sentence.end - 40) : view.sentence.end]
    quoting = _QUOTE_GOES_ON.search(text, view.sentence.start, view.sentence.end)
    if not (quoting or _SAYING.search(tail)) or not _QUOTING.search(text[view.sentence.start : view.sentence.end]):
        return None
    topics = [chunk for chunk in view.chunks if (chunk.is_topic or chunk.is_subject) and not inside_quotes(text, view, chunk.start)]
    saying = _SAYING.search(text, max(view.sentence.start, view.sentence.end - 40), view.sentence.end)
    beside = next((chunk for chunk in reversed(topics) if saying and 0 < saying.start() - chunk.end <= 4), None)
    topic = beside or next((chunk for chunk in topics if chunk.is_topic), topics[0] if topics else None)
    return _source(text, view, topic, lexicon) if topic else None


def _source(text: str, view: SentenceView, chunk: Chunk, lexicon: Lexicon) -> str | Reference | None:
    mention: Mention | None = view.mention_in(chunk.start, chunk.end, ("PERSON",)) or view.mention_in(chunk.start, chunk.end, ("ORG",))
    if mention is not None:
        return mention.id
    start = max([chunk.start, *(time.end for time in view.times if chunk.start <= time.start and time.end < chunk.end)])
    start += len(text[start : chunk.end]) - len(text[start : chunk.end].lstrip(" ()"))
    while (described := _DESCRIBED.match(text, start)) is not None and described.end() < chunk.end:
        start = described.end()
    return as_reference(text, start, chunk.end, lexicon)
