"""Which mentions of a document name one thing.

Mentions of one thing get the same `entity`: the English of its fullest name, so that the string is the same in every document. The
lexicon's entries are things from the start, aliases and all; then come spellings of one name (갤럭시 S25, 갤럭시S25), names that the text
introduces (introductions.py), and parts of names (partial_names.py). Two entries of the lexicon stay apart unless the text itself says
이하 or 약칭: 삼성 is not 삼성전자. Where more than one thing can be meant, nothing is joined.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..document import GUESSED, Mention
from ..english.translation import GLOSSED, ROMANIZED, Translation
from ..lexicon import Entry, Lexicon
from ..lexicon.keys import name_key, without_legal_form
from ..lexicon.name_parts import surnames
from ..lexicon.romanization import sounds_alike
from .introductions import Introduction, introductions, is_acronym
from .partial_names import english_of_part, wholes

_RANKS = {"lexicon": 0, "gloss": 1, "same": 2}  # whose English names the thing; guesses come next, acronyms last
# newspapers write these countries with one Hanja (美 상무부)
_HANJA = {"美": "미국", "中": "중국", "日": "일본", "韓": "한국", "北": "북한", "英": "영국", "獨": "독일", "佛": "프랑스", "露": "러시아"}
_LATIN_VERSION = re.compile(r"[ -]?[vV]?\d+(?:\.\d+)*[A-Za-z]{0,2}")
_SUBSIDIARY = re.compile(r"(?:자회사|손자회사|계열사|관계사|합작사)(?:인|이자)?\s?[‘“'\"]?$")
_SENTENCE_END = re.compile(r"[.!?][”’\"')]*\s|\n")


def with_entities(mentions: Iterable[Mention], text: str, lexicon: Lexicon) -> tuple[Mention, ...]:
    """The same mentions with `entity` shared by those of one thing, and with the English that follows from their other names.

    What comes in has its own English as `entity`, for names of the lexicon that of the entry.

    >>> def mention(id, start, text, en):
    ...     return Mention(id, start, start + len(text), text, "ORG", en, "romanization", en, 0.9, "rule")
    >>> names = mention("m1", 0, "별무리전자", "Byeolmuri Electronics"), mention("m2", 9, "별무리", "Byeolmuri")
    >>> [m.entity for m in with_entities(names, "별무리전자다. …별무리는", Lexicon(()))]
    ['Byeolmuri Electronics', 'Byeolmuri Electronics']
    """
    found = tuple(_hanja_named(mention, lexicon) for mention in mentions)
    names = _Names(found, lexicon)
    names.join_spellings()
    names.join_introduced([*introductions(found, text)])
    names.join_parts(
        _sentences(found, text, names), {names.name(m) for m in found if _SUBSIDIARY.search(text, max(0, m.start - 12), m.start)}
    )
    renamed = [names.renamed(mention) for mention in found]
    best: dict[_Thing, Mention] = {}
    for mention in renamed:
        thing, is_part = names.thing(mention)
        if not is_part and (thing not in best or _rank(mention) < _rank(best[thing])):
            best[thing] = mention
    entities = {thing: thing.entry or mention.en for thing, mention in best.items()}
    return tuple(replace(mention, entity=entities[names.thing(mention)[0]]) for mention in renamed)


def _hanja_named(mention: Mention, lexicon: Lexicon) -> Mention:
    country = lexicon.get(_HANJA.get(mention.text, "")) if mention.label == "LOC" else None
    return replace(mention, en=country.en, en_source="lexicon", entity=country.en) if country is not None else mention


def _rank(mention: Mention) -> tuple[int, int, str]:
    rank = 4 if is_acronym(mention.text) else _RANKS.get(mention.en_source, 3)
    return rank, -len(mention.text), mention.en


def _sentences(mentions: tuple[Mention, ...], text: str, names: _Names) -> dict[tuple[str, str], set[int]]:
    """By name, the numbers of the sentences that hold it."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    holding: dict[tuple[str, str], set[int]] = {}
    for mention in mentions:
        holding.setdefault(names.name(mention), set()).add(bisect_right(ends, mention.start))
    return holding


@dataclass(slots=True, eq=False)
class _Thing:
    """One thing while its names are collected. `entry` is the lexicon's English; `parent` the thing that it turned out to be, by a part
    of its name if `is_part`.
    """

    entry: str | None
    parent: _Thing | None = None
    is_part: bool = False


class _Names:
    """The names of one document, by label and surface, and what they name."""

    def __init__(self, mentions: tuple[Mention, ...], lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._named: dict[tuple[str, str, str], tuple[str, str]] = {}
        self.first: dict[tuple[str, str], Mention] = {}  # the first mention of each name
        self.things: dict[tuple[str, str], _Thing] = {}
        self.other: dict[tuple[str, str], Mention] = {}  # a short name's full one, a Hangul name's Latin one
        self.whole: dict[tuple[str, str], Mention] = {}  # the full name of a part
        listed: dict[tuple[str, str], _Thing] = {}
        for mention in mentions:
            name = self.name(mention)
            if name in self.first:
                continue
            self.first[name] = mention
            entry = self._entry(mention)
            self.things[name] = listed.setdefault((name[0], entry.en), _Thing(entry.en)) if entry is not None else _Thing(None)

    def name(self, mention: Mention) -> tuple[str, str]:
        """Label and surface; of a listed name the label that the lexicon gives, where the model once took it for something else."""
        key = (mention.text, mention.label, mention.entity)
        name = self._named.get(key)
        if name is None:
            entry = self._entry(mention)
            name = self._named[key] = (mention.label if entry is None or entry.kind == "TERM" else entry.kind), mention.text
        return name

    def _entry(self, mention: Mention) -> Entry | None:
        entry = self.lexicon.get(mention.text) or self.lexicon.get(without_legal_form(mention.text))
        return entry if entry is not None and (entry.kind == mention.label or entry.en == mention.entity) else None

    def thing(self, mention: Mention) -> tuple[_Thing, bool]:
        """What a mention names, and whether its name is only a part of that thing's name."""
        thing, is_part = self.things[self.name(mention)], False
        while thing.parent is not None:
            is_part = is_part or thing.is_part
            thing = thing.parent
        return thing, is_part

    def _join(self, name: tuple[str, str], whole: tuple[str, str], *, is_part: bool = False) -> None:
        """Let two names be of one thing, unless both are listed as different ones."""
        (one, _), (thing, _) = self.thing(self.first[name]), self.thing(self.first[whole])
        if one is thing or (not is_part and one.entry and thing.entry):
            return
        one.parent, one.is_part = thing, is_part
        if not is_part:
            thing.entry = thing.entry or one.entry

    def join_spellings(self) -> None:
        """갤럭시 S25 and 갤럭시S25, (주)한빛나노 and 한빛나노."""
        spelled: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for name in self.first:
            spelled.setdefault((name[0], name_key(name[1])), []).append(name)
        for same in spelled.values():
            listed = {thing.entry for name in same if (thing := self.things[name]).entry}
            glossed = next((self.first[name] for name in same if self.first[name].en_source == "gloss"), None)
            for name in same if len(listed) < 2 else ():
                self._join(name, same[0])
                if glossed is not None and self.first[name] is not glossed:
                    self.other[name] = glossed

    def join_introduced(self, introduced: list[Introduction]) -> None:
        """월스트리트저널 and WSJ. A short name that is introduced for several things is left alone."""
        pairs: dict[tuple[str, str], list[tuple[tuple[str, str], bool]]] = {}
        for item in introduced:
            one = self.name(item.mention)
            other = (one[0], item.other)
            if other not in self.first:
                continue
            short, full = (other, one) if item.declared or _is_shorter(item.other, item.mention.text) else (one, other)
            pairs.setdefault(short, []).append((full, item.declared))
        for _ in range(2):  # once more, when the full names may have become one
            for short, fulls in pairs.items():
                if len({self.thing(self.first[full])[0] for full, _ in fulls}) == 1:
                    self._introduce(short, *fulls[0])

    def _introduce(self, short: tuple[str, str], full: tuple[str, str], declared: bool) -> None:
        listed = self.things[short].entry and self.things[short].entry != self.thing(self.first[full])[0].entry
        self._join(short, full, is_part=bool(declared and listed))
        for name, other in ((short, full), (full, short)):
            latin = other[1].isascii() and (not is_acronym(other[1]) or sounds_alike(name[1], other[1]))
            if not name[1].isascii() and (latin or (name is short and not other[1].isascii())):
                self.other.setdefault(name, self.first[other])

    def join_parts(self, sentences: dict[tuple[str, str], set[int]], subsidiaries: set[tuple[str, str]]) -> None:
        """별무리 and 별무리에이아이. In one sentence, a company and its namesake are two (별무리는 별무리증권을 인수했다), and a subsidiary is
        not its parent.
        """
        by_label: dict[str, set[str]] = {}
        for label, surface in self.first:
            by_label.setdefault(label, set()).add(surface)
        for label, surfaces in sorted(by_label.items()):
            found: dict[str, list[tuple[str, bool]]] = {}
            for part, whole, fits in wholes(label, surfaces):
                found.setdefault(part, []).append((whole, fits))
            for part, candidates in sorted(found.items(), key=lambda item: -len(item[0])):
                things = {self.thing(self.first[label, whole])[0] for whole, _ in candidates}
                fitting = sorted((len(whole), whole) for whole, fits in candidates if fits)
                if len(things) != 1 or not fitting or not self._may_be_part(label, part, whole := fitting[0][1]):
                    continue
                apart = (label, whole) in subsidiaries or not sentences[label, part].isdisjoint(sentences[label, whole])
                if label != "ORG" or not apart:
                    self.whole.setdefault((label, part), self.first[label, whole])
                    self._join((label, part), (label, whole), is_part=True)

    def _may_be_part(self, label: str, part: str, whole: str) -> bool:
        """The lexicon may know the part as another thing; but TeleChat3 is a version of TeleChat."""
        thing = self.thing(self.first[label, part])[0]
        entry = self.lexicon.get(part)
        if label == "PRODUCT" and thing.entry:
            english = self.thing(self.first[label, whole])[0].entry or self.first[label, whole].en
            return english.startswith(thing.entry) and _LATIN_VERSION.fullmatch(english, len(thing.entry)) is not None
        return not thing.entry and (entry is None or entry.kind == "TERM")

    def renamed(self, mention: Mention) -> Mention:
        """The mention with a better English where another name gives one: the text's own, for a short form that of the full name."""
        english = self._english(*self.name(mention), 3)
        if mention.en == english.text:
            return mention
        return replace(mention, en=english.text, en_source=english.origin, en_score=round(english.score, 3))

    def _english(self, label: str, surface: str, depth: int) -> Translation:
        mention = self.first[label, surface]
        own = Translation(mention.en, mention.en_source, mention.en_score)
        if mention.en_source not in GUESSED or depth == 0:
            return own
        full = self.other.get((label, surface))
        if full is not None and full.text.isascii():
            return Translation(full.text, "gloss", GLOSSED)
        if full is not None and (surface not in full.text or name_key(surface) == name_key(full.text)):
            return self._english(label, full.text, depth - 1)
        whole = full or self.whole.get((label, surface))
        if whole is not None:
            english = self._english(label, whole.text, depth - 1)
            if english.origin not in GUESSED and (part := english_of_part(surface, whole.text, english.text, person=label == "PERSON")):
                return replace(english, text=part)
        if label == "PERSON" and surface in surnames():
            return Translation(surnames()[surface], "romanization", ROMANIZED)
        return own


def _is_shorter(name: str, other: str) -> bool:
    """Acronyms are shorter than anything else."""
    return (not is_acronym(name), len(name), name) < (not is_acronym(other), len(other), other)
