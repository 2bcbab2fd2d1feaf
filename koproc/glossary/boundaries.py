"""A second name → the words that it explains: candidates for the left boundary with the evidence for each; the facts are for `ranking`.

Evidence, in the order of trust: the same gloss before, quotes, how the words sound, what their letters and English stand for, names and terms
that begin there, and the run of nouns with the words around it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..document import Document, Mention, Token
from ..hangul import in_order
from ..lexicon import Lexicon
from ..lexicon.nouns import modifiers, nouns
from ..lexicon.romanization import likeness
from ..ranking import Candidate, Group, told
from ..transliteration import loanword_probability
from .brackets import Naming

_LONGEST = 8  # words
_FOREIGN = 0.7  # how sure a word must be a loanword for its sound to say which letter it stands for
_NOUN_TAGS = frozenset({"NNG", "NNP", "SL", "SH", "XPN", "XSN", "SN", "NR", "NNB", "W_SERIAL", "XR", "SO", "SP"})
_LAW = re.compile(r"(?:법률|법|특별법|기본법|조례|규정|규칙)$")
_ACRONYM = re.compile(r"[A-Z0-9][A-Za-z0-9&+./-]{0,9}|[a-z]-?[A-Z]{2,6}")
_SOUNDS = {
    "ㄱ": "GKC",
    "ㄲ": "GKC",
    "ㄴ": "N",
    "ㄷ": "DT",
    "ㄸ": "DT",
    "ㄹ": "LR",
    "ㅁ": "M",
    "ㅂ": "BVP",
    "ㅃ": "BP",
    "ㅅ": "SC",
    "ㅆ": "S",
}
_SOUNDS |= {"ㅇ": "AEIOUWY", "ㅈ": "JZG", "ㅉ": "JZ", "ㅊ": "CJ", "ㅋ": "KCQ", "ㅌ": "T", "ㅍ": "PF", "ㅎ": "HW"}
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"


@dataclass(frozen=True, slots=True)
class Word:
    """A written word before the bracket: its tokens, and how it is joined to the word after it."""

    start: int
    end: int
    tokens: tuple[Token, ...]
    joint: str


@dataclass(frozen=True, slots=True)
class Scene:
    """A document with what the boundaries of its glosses are judged by. `names` are mentions and `terms` starts of lexicon entries by
    end; `known` the words of glosses before, `explained` where the words begin that end at an offset."""

    document: Document
    lexicon: Lexicon
    token_starts: Sequence[int]
    names: Mapping[int, Mention]
    starts: Mapping[int, Mention]
    terms: Mapping[int, frozenset[int]]
    known: Mapping[str, str]
    explained: Mapping[int, int]


def kind_of(text: str, naming: Naming) -> str:
    """What a second name is: acronym, spelled (Latin letters) or short (Hangul).

    >>> kind_of("전문가 혼합(MoE)", Naming(6, 7, 10, True, False, None, 0))
    'acronym'
    """
    if not naming.latin:
        return "short"
    gloss = text[naming.start : naming.stop]
    capitals = sum(character.isupper() or character.isdigit() for character in gloss)
    return "acronym" if _ACRONYM.fullmatch(gloss) and 2 * capitals >= len(gloss.strip("-&")) - 1 else "spelled"


def boundary_candidates(scene: Scene, naming: Naming) -> list[Candidate[int | None]]:
    """Candidates for where the explained words begin; None says that they are none."""
    text = scene.document.text
    gloss = text[naming.start : naming.stop]
    kind = kind_of(text, naming)
    words = [*_words(scene, naming)]
    frame = _frame(text, naming, gloss, words)
    rows: list[tuple[int, list[str]]] = []
    for start, count, inside in _starts(scene, naming, words):
        rows.append((start, [*_common(scene, naming, words, start, count, inside), *_fit(scene, naming, kind, words, start, count, gloss)]))
    for name in ("sound", "meaning", "letters"):
        _mark_best(rows, name)
    candidates: list[Candidate[int | None]] = [Candidate(start, ((told, *facts),)) for start, facts in rows]
    nothing: Group = (told, "none", *(f"none&{fact}" for fact in frame), "none&words" if rows else "none&no words")
    return [Candidate(None, (nothing,)), *candidates]


def _frame(text: str, naming: Naming, gloss: str, words: Sequence[Word]) -> list[str]:
    last = text[words[0].start : words[0].end] if words else ""
    ordered = bool(words) and in_order("".join(gloss.split()), text[words[-1].start : naming.end])
    return [
        "declared" if naming.declared else "bare",
        "quoted" if naming.quote is not None else "unquoted",
        f"length {min(len(gloss), 6)}",
        "latin before" if last[-1:].isascii() else "hangul before",
        "in order" if ordered else "not in order",
        f"gloss ends {gloss[-1]}" if not naming.latin else "",
        "digit" if any(character.isdigit() for character in gloss) else "letters",
    ]


def _words(scene: Scene, naming: Naming) -> Iterator[Word]:
    """The written words that lead up to the bracket, the last one first."""
    text, tokens = scene.document.text, scene.document.tokens
    end = naming.end
    law = (
        _LAW.search(text, max(0, end - 4), end) is not None
        and re.search(r"(?:관한|위한|대한)\s\S+$", text[max(0, end - 30) : end]) is not None
    )
    for number in range(_LONGEST + 8 * law):
        start = max(text.rfind(" ", naming.limit, end) + 1, naming.limit)
        while start < end and not text[start].isalnum():
            start += 1
        first, last = bisect_left(scene.token_starts, start), bisect_left(scene.token_starts, end)
        inside = tuple(token for token in tokens[first:last] if token.end <= end and token.end > token.start)
        joint = "last" if number == 0 else _joint(text[start:end], inside)
        if start >= end or (joint == "apart" and not (law and inside and inside[-1].tag in ("JKB", "JKO", "EC"))):
            return
        yield Word(start, end, inside, joint)
        end = start
        while end > naming.limit and text[end - 1] == " ":
            end -= 1
        if end == start or (end and text[end - 1] in ",.:!?…"):
            return


def _joint(word: str, tokens: Sequence[Token]) -> str:
    """How a word goes with the one after it."""
    if not tokens:
        return "noun" if word[-1:].isalnum() else "apart"
    tag = tokens[-1].tag
    if word in ("및", "또는", "겸"):
        return "and"
    if tag in _NOUN_TAGS:
        return "noun"
    return {"JKG": "of", "JC": "and", "ETM": "adnominal", "MM": "adnominal", "MAG": "adverb"}.get(
        tag, "and" if word[-1] in "와과" else "apart"
    )


def _starts(scene: Scene, naming: Naming, words: Sequence[Word]) -> Iterator[tuple[int, int, bool]]:
    """Where the explained words may begin: (offset, words taken, whether inside a word)."""
    if naming.quote is not None and naming.quote < naming.end and all(word.start != naming.quote for word in words):
        yield naming.quote, len(words), False
    for number, word in enumerate(words, 1):
        yield word.start, number, False
        marks = {token.start for token in word.tokens if token.start in scene.starts or token.start in scene.terms.get(naming.end, ())}
        after = {b.start for a, b in zip(word.tokens, word.tokens[1:], strict=False) if a.tag[0] == "J" or a.tag in ("SP", "SO")}
        for start in sorted(marks | after):
            if word.start < start < naming.end and scene.document.text[start].isalnum():
                yield start, number, True


def _common(scene: Scene, naming: Naming, words: Sequence[Word], start: int, count: int, inside: bool) -> list[str]:
    """What does not depend on the kind of gloss."""
    text = scene.document.text
    word = words[count - 1] if words else Word(start, naming.end, (), "last")
    left = words[count] if count < len(words) else None
    first = text[start : min(word.end, naming.end)]
    before = text[left.start : left.end] if left is not None else text[max(0, start - 6) : start].split(" ")[-2:][0] if start else ""
    name, mention = scene.names.get(naming.end), scene.starts.get(start)
    facts = [
        f"words {min(count, 5)}",
        "inside a word" if inside else "",
        f"joint {word.joint}",
        "all words" if left is None else f"left {left.joint}",
        f"first {first}",
        f"first ends {first[-1:]}",
        f"first tag {word.tokens[-1].tag if word.tokens else '-'}",
        f"left word {before}",
        f"left ends {before[-1:]}" if left is not None else "",
        "quote begins" if naming.quote == start else "quote elsewhere" if naming.quote is not None else "",
        "fills the quotation" if start == naming.limit and text[start - 1 : start] in tuple("‘“《〈『「") else "",
        "same gloss before" if scene.known.get(text[naming.start : naming.stop]) == text[start : naming.end] else "",
        "same as the name before" if scene.explained.get(naming.end) == start else "",
        "term" if start in scene.terms.get(naming.end, ()) else "",
        "digits first" if first[:1].isdigit() else "",
        f"begins with {mention.label}" if mention is not None and mention.end < naming.end else "",
    ]
    if name is not None:
        facts.append(
            f"mention {name.label}" if name.start == start else f"mention {name.label} begins {'before' if name.start < start else 'after'}"
        )
    whole_left = scene.names.get(left.end) if left is not None else None
    if whole_left is not None:
        facts.append(f"left of it {whole_left.label}")
    joints = {w.joint for w in words[: count - 1]}
    facts += [f"over {joint}" for joint in sorted(joints - {"noun", "last"})]
    return [fact for fact in facts if fact]


def _fit(scene: Scene, naming: Naming, kind: str, words: Sequence[Word], start: int, count: int, gloss: str) -> list[str]:
    """How well the gloss fits the words from `start`."""
    text = scene.document.text
    surface = text[start : naming.end]
    if kind == "short":
        return _fit_short(surface, gloss)
    sound = _sound(surface, gloss)
    facts = [f"sound {sound // 10 * 10}", f"~sound {sound}"]
    if kind == "spelled":
        english = _english_words(scene, words[:count], start)
        wanted = [word.casefold() for word in re.split(r"[ -]", gloss) if word]
        shared = sum(word in english for word in wanted)
        meaning = 100 * shared // max(len(wanted), 1)
        facts += [f"meaning {meaning // 25 * 25}", f"~meaning {meaning}", f"words more {max(-3, min(3, count - len(wanted)))}"]
        return facts
    letters = [character.upper() for character in gloss if character.isalpha()]
    capitals = sum(character.isupper() for character in gloss)
    tokens = [
        token for word in words[:count] for token in word.tokens if start <= token.start and token.tag in _NOUN_TAGS and token.tag != "XSN"
    ]
    syllables = sum("가" <= character <= "힣" for character in surface)
    fitting = _letters(scene, words[:count], start, letters)
    initials, by_sound = _initials(scene, words[count - 1], start) if words else (set(), set())
    facts += [
        f"words more {max(-3, min(3, count - capitals))}",
        f"nouns more {max(-4, min(4, len(tokens) - capitals))}",
        f"syllables a letter {min(round(2 * syllables / max(len(letters), 1)) / 2, 6)}",
        f"letters {fitting // 25 * 25}",
        f"~letters {fitting}",
        "first means it" if letters and letters[0] in initials else "first means other" if initials else "first unknown",
        _among("first", initials, letters),
        "first sounds so" if letters and letters[0] in by_sound else "first sounds other",
    ]
    if count < len(words):
        more, _ = _initials(scene, words[count], words[count].start)
        facts += [_among("left", more, letters), "left means it" if letters and letters[0] in more else ""]
        facts.append(f"left letters {_letters(scene, words[: count + 1], words[count].start, letters) - fitting > 0}")
    return [fact for fact in facts if fact]


def _among(which: str, initials: set[str], letters: Sequence[str]) -> str:
    """Whether one of the letters can be what a word means; in English its place may be another (영국 중앙은행, BOE)."""
    return (
        f"{which} unknown" if not initials else f"{which} among letters" if initials.intersection(letters) else f"{which} not among letters"
    )


def _fit_short(surface: str, gloss: str) -> list[str]:
    facts = [
        "first syllable" if surface[0] == gloss[0] else "other syllable",
        "in order" if in_order("".join(gloss.split()), surface) else "not in order",
        "last syllable" if surface[-1] == gloss[-1] else "",
        "latin" if surface.isascii() else "hangul",
        "contains it" if gloss in surface else "",
    ]
    if re.search("[A-Za-z]", surface):
        sound = _sound(gloss, surface)
        facts += [f"sound {sound // 10 * 10}", f"~sound {sound}"]
    return [fact for fact in facts if fact]


def _sound(hangul: str, latin: str) -> int:
    """How alike two words sound, in percent, by their consonants; less if they begin otherwise."""
    alike, begin_alike = likeness(hangul, latin)
    return int((100 if begin_alike else 60) * alike)


def _english(scene: Scene, word: str) -> str | None:
    entry = scene.lexicon.get(word)
    return entry.en if entry is not None else modifiers().get(word) or nouns().get(word)


def _parts(scene: Scene, word: Word, start: int) -> Iterator[str]:
    """A word and its parts whose English may be known."""
    text = scene.document.text
    low = max(start, word.start)
    yield text[low : word.end]
    for token in word.tokens:
        if token.start >= low and token.tag in _NOUN_TAGS:
            yield token.form
            yield text[low : token.end]


def _english_words(scene: Scene, words: Sequence[Word], start: int) -> set[str]:
    found: set[str] = set()
    for word in words:
        for part in _parts(scene, word, start):
            if (english := _english(scene, part)) is not None:
                found.update(english.casefold().replace("-", " ").split())
    return found


def _initials(scene: Scene, word: Word, start: int) -> tuple[set[str], set[str]]:
    """Letters that a word may stand for, by its English and by its sound."""
    surface = scene.document.text[max(start, word.start) : word.end]
    meaning = {english[0].upper() for part in _parts(scene, word, start) if (english := _english(scene, part)) and surface.startswith(part)}
    if surface[:1].isascii():
        return meaning | {surface[0].upper()}, {surface[0].upper()}
    if not "가" <= surface[0] <= "힣":
        return meaning, set()
    if not meaning and loanword_probability(surface) > _FOREIGN:  # 플러그인 can only stand for P
        meaning = set(_SOUNDS[_INITIALS[(ord(surface[0]) - ord("가")) // 588]])
    return meaning, set(_SOUNDS[_INITIALS[(ord(surface[0]) - ord("가")) // 588]])


def _letters(scene: Scene, words: Sequence[Word], start: int, letters: Sequence[str]) -> int:
    """The share of letters, in percent, that the English of the words gives in order."""
    told_letters: list[set[str]] = []
    for word in reversed(words):
        for token in word.tokens:
            if token.start >= start and token.tag in _NOUN_TAGS and token.tag != "XSN":
                english = _english(scene, token.form) or (token.form if token.form.isascii() else None)
                for part in (english or "").split() or [""]:
                    told_letters.append({part[0].upper()} if part else set())
    best = [0] * (len(letters) + 1)  # longest common subsequence
    for options in told_letters:
        previous = best[:]
        for number, letter in enumerate(letters, 1):
            best[number] = max(previous[number], best[number - 1], previous[number - 1] + (letter in options))
    return 100 * best[-1] // max(len(letters), 1)


def _mark_best(rows: Sequence[tuple[int, list[str]]], name: str) -> None:
    """Turn the exact figures into whether a candidate has the best one."""
    prefix = f"~{name} "
    figures = [next((int(fact[len(prefix) :]) for fact in facts if fact.startswith(prefix)), None) for _, facts in rows]
    highest = max((figure for figure in figures if figure is not None), default=None)
    for (_, facts), figure in zip(rows, figures, strict=True):
        if figure is not None:
            facts.remove(f"{prefix}{figure}")
            if figure == highest and figure > 0:
                facts += [f"best {name}", f"best {name} {figure // 20 * 20}"]
