"""Candidates of all rules → the mentions of a document: overlaps resolved, names found once looked for everywhere."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from ..document import Document, Mention, MentionSource
from ..english import Translation, english_of_name
from ..english.translation import LISTED
from ..lexicon import Entry, Lexicon
from ..lexicon.keys import without_legal_form
from ..numerals import scan_numeral
from .entities import with_entities
from .evidence import evidenced_sentences
from .introductions import declared_names, english_in_brackets
from .lexical import lexical_candidates
from .model import TaggerModel
from .people import byline_and_credits, named_employees, persons, persons_again
from .rules import (
    enumerated,
    event_spans,
    glossed_names,
    headed_organizations,
    makers,
    model_numbers,
    named_after_cue,
    parenthesised,
    quoted_names,
    universities,
    versions_of,
)
from .view import Candidate, View

LABELS = ("ORG", "PRODUCT", "PERSON", "LOC")
_AFTER_PERSONS = re.compile("(?:에게서?|한테서?|께서)$")  # no name ends so: 윤희에게
_SURE = 0.7  # a name found so surely in one place is looked for in others, and keeps the model's label
_SURE_RULE = 0.85  # a rule so sure counts where the model finds nothing


@dataclass(frozen=True, slots=True)
class RuleFindings:
    """What rules and lexicon find: the chosen candidates, every name of the lexicon, its terms, and spans that hold no name."""

    chosen: list[Candidate]
    names: list[Candidate]
    terms: set[tuple[int, int]]
    blocked: list[tuple[int, int]]


def find_mentions(
    document: Document,
    lexicon: Lexicon,
    model: TaggerModel | None = None,
    *,
    amounts: Iterable[Candidate] = (),
    minimum: float = 0.0,
) -> Document:
    """Add every mention of the text, in order, ids m1, m2, … Mentions do not overlap.

    Rules and lexicon propose, the model decides; without a model they decide alone. `amounts` are numbers and times, for models that take
    them as evidence; mentions that score below `minimum` are left out.

    >>> from koproc.document import Token
    >>> text = "화웨이는"
    >>> tokens = (Token(0, 3, "화웨이", "NNP", "화웨이"), Token(3, 4, "는", "JX", "는"))
    >>> lexicon = Lexicon((Entry("화웨이", "Huawei", "ORG"),))
    >>> [(m.text, m.en) for m in find_mentions(Document(id="a", text=text, tokens=tokens), lexicon).mentions]
    [('화웨이', 'Huawei')]
    """
    view = View(document)
    findings = rule_findings(view, document, lexicon)
    chosen = findings.chosen if model is None else _decided(view, document, findings, model, lexicon, amounts)
    if model is None or _has_our_labels(model):
        chosen = persons_again(view, chosen)
        declared = {(candidate.start, candidate.end): candidate for candidate in declared_names(view, chosen)}
        chosen = [replace(c, label=declared[c.start, c.end].label) if (c.start, c.end) in declared else c for c in chosen]
        chosen = _resolve([*chosen, *_apart_from(chosen, declared.values())])
    kept = [candidate for candidate in chosen if candidate.score >= minimum]
    return replace(document, mentions=_mentions(kept, document, lexicon))


def _decided(
    view: View, document: Document, findings: RuleFindings, model: TaggerModel, lexicon: Lexicon, amounts: Iterable[Candidate]
) -> list[Candidate]:
    """What the model finds, with the evidence of rule or lexicon where they say the same; names that the user listed always hold."""
    found = model.find(evidenced_sentences(document, findings.chosen, findings.names, amounts))
    ours = _has_our_labels(model)
    if ours:
        found = _reconciled(view, findings, found)
    listed = [replace(name, score=1.0) for name in findings.names if name.entry is not None and name.entry in lexicon.own]
    chosen = _resolve([*_apart_from(listed, found), *listed])
    if not ours:
        return chosen
    return _resolve([*chosen, *_again(view, chosen, findings.terms, findings.blocked)])


def _has_our_labels(model: TaggerModel) -> bool:
    """Whether a model finds what rules and lexicon know, rather than labels of a user's own."""
    return set(model.labels) == set(LABELS)


def _reconciled(view: View, findings: RuleFindings, found: list[Candidate]) -> list[Candidate]:
    """The model's names and those of the rules as one: no terms and events, edges without punctuation, the lexicon's label where the model
    doubts, its longer names (갤럭시 S25 울트라), and sure rules where the model sees nothing.
    """
    names = {(name.start, name.end): name for name in findings.names if name.label in LABELS}
    known = {(candidate.start, candidate.end, candidate.label): candidate for candidate in [*findings.names, *findings.chosen]}
    starting: dict[int, list[Candidate]] = {}
    for name in findings.names:
        starting.setdefault(name.start, []).append(name)
    starts = [c.start for c in findings.chosen]
    kept = []
    for candidate in found:
        candidate = _trimmed(view.text, candidate)
        candidate = _without_head(view.text, candidate, starting.get(candidate.start, ()), findings.terms)
        place = (candidate.start, candidate.end)
        if candidate.start == candidate.end or place in findings.terms or _inside(candidate, findings.blocked):
            continue
        if _is_numeral(view.text, candidate):
            continue
        if place in names and (candidate.score < _SURE or _is_model_number(view.text, names[place])):
            candidate = replace(candidate, label=names[place].label)
        at = bisect_right(starts, candidate.start) - 1  # those that rules choose do not overlap: one at most holds it
        holder = findings.chosen[at] if at >= 0 else None
        longer = holder is not None and holder.entry is not None and holder.label == candidate.label and _holds(holder, candidate)
        proof = holder if longer else known.get((*place, candidate.label))
        kept.append(replace(proof, score=candidate.score) if proof is not None else candidate)
    kept = _resolve(kept)
    return [*kept, *_apart_from(kept, (c for c in findings.chosen if c.score >= _SURE_RULE))]


def _is_model_number(text: str, name: Candidate) -> bool:
    """어센드910B: a listed product with a digit is never anything else."""
    return name.label == "PRODUCT" and any(character.isdigit() for character in text[name.start : name.end])


def _without_head(text: str, candidate: Candidate, names: Sequence[Candidate], terms: set[tuple[int, int]]) -> Candidate:
    """마인드스포어 of 마인드스포어 딥러닝 프레임워크: one of the listed `names` that begin here, before a term that only says what it is; but
    구글 렌즈 is listed as a whole.
    """
    if any(name.end == candidate.end for name in names):
        return candidate
    for name in names:
        begins = name.end < candidate.end and name.label == candidate.label
        if begins and text[name.end] == " " and (name.end + 1, candidate.end) in terms:
            return replace(candidate, end=name.end)
    return candidate


_NUMERAL_SYLLABLES = frozenset("일이삼사오육칠팔구십백천만억조")
_COUNTED = re.compile(r"\s?(?:원|명|개|대|퍼센트|달러|건|년|월|일|배|곳|번|위|권|장|세|살|층|킬로|미터|가지|시간|분|초|주|회)")


def _is_numeral(text: str, candidate: Candidate) -> bool:
    """이천 of 이천이십육, 십이 of 백십이 원: a number in words, or a part of one."""
    start = candidate.start
    while start and text[start - 1] in _NUMERAL_SYLLABLES:
        start -= 1
    numeral = scan_numeral(text, start) if candidate.start < len(text) and text[candidate.start] in _NUMERAL_SYLLABLES else None
    if numeral is None or numeral.digits or numeral.end - start < 2:
        return False
    if _COUNTED.match(text, numeral.end) is not None:
        return True
    return numeral.end > candidate.end or (numeral.end == candidate.end and start < candidate.start)


def _trimmed(text: str, candidate: Candidate) -> Candidate:
    start, end = candidate.start, candidate.end
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in "+)"):
        end -= 1
    while start < end and not (text[start].isalnum() or text[start] == "("):
        start += 1
    if candidate.label == "PERSON" and (glued := _AFTER_PERSONS.search(text, start + 2, end)) is not None:
        end = glued.start()
    return replace(candidate, start=start, end=end)


def _holds(outer: Candidate, inner: Candidate) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end and outer.end - outer.start > inner.end - inner.start


def _apart_from(others: Iterable[Candidate], candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """The candidates that overlap none of the others."""
    taken = {position for other in others for position in range(other.start, other.end)}
    return (c for c in candidates if taken.isdisjoint(range(c.start, c.end)))


def rule_findings(view: View, document: Document, lexicon: Lexicon) -> RuleFindings:
    """The candidates of all rules, overlaps resolved."""
    names, term_candidates = lexical_candidates(view, lexicon)
    terms = {(term.start, term.end) for term in term_candidates}
    organizations = {candidate.end for candidate in names if candidate.label == "ORG"}
    found: list[Candidate] = [*names]
    found += model_numbers(view, terms, organizations)
    found += quoted_names(view, terms, lexicon, names)
    found += headed_organizations(view, lexicon, terms)
    found += glossed_names(view, lexicon, terms)
    found += universities(view, lexicon)
    found += makers(view, found, lexicon)
    found += enumerated(view, found, lexicon)
    found += named_after_cue(view, lexicon)
    found += byline_and_credits(view, document)
    found += persons(view, found)
    found += named_employees(view, found)
    found += parenthesised(view, _resolve(found), terms, lexicon)
    blocked = event_spans(view)
    chosen = _resolve(c for c in _agreed(view, found) if not _inside(c, blocked))
    chosen = _resolve([*chosen, *(c for c in versions_of(view, chosen) if not _inside(c, blocked))])
    chosen = _resolve([*chosen, *_again(view, chosen, terms, blocked)])
    return RuleFindings(chosen, names, terms, blocked)


def _inside(candidate: Candidate, spans: list[tuple[int, int]]) -> bool:
    return any(start <= candidate.start and candidate.end <= end for start, end in spans)


def _agreed(view: View, candidates: list[Candidate]) -> list[Candidate]:
    """One sense a text: where rules disagree about a surface, the label with the most evidence holds for all its places."""
    votes: dict[str, Counter[str]] = {}
    for candidate in candidates:
        weight = 3.0 if candidate.source == "lexicon" else candidate.score
        votes.setdefault(view.text[candidate.start : candidate.end], Counter())[candidate.label] += weight  # type: ignore[assignment]
    labels = {surface: max(counts, key=lambda label: (counts[label], label)) for surface, counts in votes.items()}
    return [
        candidate if candidate.source == "lexicon" else replace(candidate, label=labels[view.text[candidate.start : candidate.end]])
        for candidate in candidates
    ]


def _resolve(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Longer spans win, then higher scores, then the lexicon; the rest must not overlap them."""
    taken: set[int] = set()
    chosen: list[Candidate] = []
    order = sorted(candidates, key=lambda c: (c.start - c.end, -c.score, c.source != "lexicon", c.start, c.label))
    for candidate in order:
        positions = range(candidate.start, candidate.end)
        if not taken.isdisjoint(positions):
            continue
        taken.update(positions)
        chosen.append(candidate)
    return sorted(chosen, key=lambda c: c.start)


def _again(view: View, chosen: list[Candidate], terms: set[tuple[int, int]], blocked: list[tuple[int, int]]) -> list[Candidate]:
    """Other places of names that a rule found once (무리-4 quoted, later bare)."""
    found: list[Candidate] = []
    seen: dict[str, Candidate] = {}
    for candidate in chosen:
        surface = view.text[candidate.start : candidate.end]
        if candidate.source != "lexicon" and candidate.score >= _SURE and candidate.label not in ("LOC", "PERSON") and len(surface) > 1:
            seen.setdefault(surface, candidate)
    for surface, candidate in seen.items():
        at = view.text.find(surface)
        while at >= 0:
            end = at + len(surface)
            weak = len(surface) == 2 and not surface.isascii()
            if at != candidate.start and (at, end) not in terms and view.is_whole(at, end, weak=weak):
                again = replace(candidate, start=at, end=end, score=candidate.score - 0.05, evidence="named elsewhere in the text")
                if not _inside(again, blocked):
                    found.append(again)
            at = view.text.find(surface, end)
    return found


def _mentions(chosen: list[Candidate], document: Document, lexicon: Lexicon) -> tuple[Mention, ...]:
    text = document.text
    glossed = english_in_brackets(chosen, text)
    mentions: list[Mention] = []
    for number, candidate in enumerate(chosen, 1):
        english = _english(candidate, text, lexicon, glossed)
        mentions.append(
            Mention(
                id=f"m{number}",
                start=candidate.start,
                end=candidate.end,
                text=text[candidate.start : candidate.end],
                label=candidate.label,
                en=english.text,
                en_source=english.origin,
                entity=_entity(candidate, english.text, text, lexicon),
                score=round(candidate.score, 3),
                source=cast(MentionSource, candidate.source),
                evidence=candidate.evidence,
                en_score=round(english.score, 3),
            )
        )
    return with_entities(mentions, text, lexicon)


def _english(candidate: Candidate, text: str, lexicon: Lexicon, glossed: Mapping[str, str]) -> Translation:
    surface, entry = text[candidate.start : candidate.end], candidate.entry
    if entry is not None and candidate.source == "lexicon" and not surface.isascii():  # in whatever spelling
        return Translation(entry.en, "lexicon", LISTED)
    if entry is None and candidate.label == "ORG":  # 별무리전자 of 주식회사 별무리전자; listed names have theirs
        surface = without_legal_form(surface)
    return english_of_name(surface, candidate.label, lexicon, entry=entry, glossed=glossed)


def _entity(candidate: Candidate, en: str, text: str, lexicon: Lexicon) -> str:
    entry: Entry | None = candidate.entry
    surface = text[candidate.start : candidate.end]
    if entry is not None and (candidate.source == "lexicon" or lexicon.get(surface) is entry):
        return entry.en
    return en
