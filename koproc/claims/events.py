"""Releases and plans with a date and without a number: 가온나노는 내년 ‘LX-400’을 내놓을 예정이다."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..document import ClaimTime, Document, Event, Mention, Reference, Token
from ..lexicon import Lexicon
from .modality import attribution_of, modality_of
from .structure import Clause, SentenceView
from .vocabulary import actions
from .when import fact_times

_OBJECT = re.compile(r"[’”'\"]?(?:\([^()]*\))?\s?(?:[가-힣A-Za-z]+\s?)?[을를]\s")


def find_events(document: Document, view: SentenceView, topic: str | None, lexicon: Lexicon) -> Iterator[Event]:
    """The events of one sentence: an action verb whose object is a product (or its subject), and a time or a plan."""
    text = document.text
    for index, token in enumerate(view.tokens):
        if token.form not in actions() or token.tag not in ("NNG", "VV"):
            continue
        following = view.tokens[index + 1] if index + 1 < len(view.tokens) else None
        if following is not None and following.tag in ("NNG", "XSN") and (following.form in actions() or following.start == token.end):
            continue  # 공개 시연했다: the last noun is the verb; 오픈소스 is no opening
        clause = view.clause_of(token.start)
        obj = _object(text, view, clause, token)
        if obj is None:
            continue
        time = _time(text, view, clause, token)
        modality = modality_of(text, view, token.start, clause.end)
        if time is None and modality != "planned":
            continue
        subject = _subject(text, view, obj, topic)
        yield Event(
            id="",
            start=clause.start,
            end=clause.end,
            subject=subject,
            action=_action(text, token),
            object=obj.id,
            time=time,
            attribution=attribution_of(text, view, lexicon),
            modality=modality,
            en="",
        )


def _action(text: str, token: Token) -> Reference:
    """A verbal noun stands for itself (출시); a verb is shown with its ending (내놓을)."""
    end = token.end
    while token.tag == "VV" and end < len(text) and "가" <= text[end] <= "힣":
        end += 1
    return Reference(token.start, end, text[token.start : end], actions()[token.form])


def _object(text: str, view: SentenceView, clause: Clause, action: Token) -> Mention | None:
    """The nearest product before the verb in its clause, marked as object (‘LX-400’을 출시) or bare before it (LX-400 출시)."""
    for mention in reversed(view.mentions):
        if mention.label != "PRODUCT" or not clause.start <= mention.start or mention.end > action.start:
            continue
        gap = text[mention.end : action.start]
        marked = _OBJECT.match(gap + " ") is not None and len(gap) <= 24
        if marked or re.fullmatch(r"[’”'\"]?\s", gap):
            return mention
        return None
    return None


def _time(text: str, view: SentenceView, clause: Clause, action: Token) -> ClaimTime | None:
    inside = [t for t in fact_times(text, view) if clause.start <= t.start < action.start]
    time = inside[-1] if inside else None
    return ClaimTime(time.text, time.value, time.start, time.end) if time else None


def _subject(text: str, view: SentenceView, obj: Mention, topic: str | None) -> str | None:
    for chunk in view.chunks:
        if chunk.start >= obj.start:
            break
        mention = view.mention_in(chunk.start, chunk.end, ("ORG",))
        if mention is not None and (chunk.is_topic or chunk.is_subject or text[chunk.end : chunk.end + 3] == " 역시"):
            return mention.id
    makers = [m for m in view.mentions if m.label == "ORG" and m.end <= obj.start]
    return makers[-1].id if makers else topic
