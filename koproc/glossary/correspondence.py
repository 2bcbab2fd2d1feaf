"""A second name and words before it → facts on how well they correspond: what the words mean in English, how they sound, which letters and digits
they account for. `boundaries.py` asks for every place where the explained words may begin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..document import Token
from ..hangul import in_order
from ..lexicon import Lexicon
from ..lexicon.name_parts import name_parts
from ..lexicon.nouns import modifiers, nouns
from ..lexicon.romanization import likeness
from ..transliteration import loanword_probability

NOUN_TAGS = frozenset({"NNG", "NNP", "SL", "SH", "XPN", "XSN", "SN", "NR", "NNB", "W_SERIAL", "XR", "SO", "SP"})
_FOREIGN = 0.7  # how sure a word must be a loanword for its sound to say which letter it stands for
_ALIKE = 0.6  # how alike a word and a Latin word must sound for one to be the other
_SMALL_WORDS = frozenset(["of", "the", "a", "an", "and", "for", "in", "on", "to", "&", "de", "la"])
_COORDINATION = re.compile(r"[와과] |·|및 ")
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
class Stretch:
    """Words that a gloss may explain: of `words` (the last one first) the first `count`, from the offset `start` on."""

    text: str
    lexicon: Lexicon
    words: Sequence[Word]
    start: int
    count: int

    @property
    def inside(self) -> Sequence[Word]:
        """The words from `start` on; the last one may begin before it."""
        return self.words[: self.count]

    @property
    def left(self) -> Word | None:
        """The word before them."""
        return self.words[self.count] if self.count < len(self.words) else None


def short_name_facts(surface: str, gloss: str, left: str) -> list[str]:
    """Facts on a Hangul gloss: a shorter form, or the reading of a Latin name."""
    facts = [
        "first syllable" if surface[0] == gloss[0] else "other syllable",
        "in order" if in_order("".join(gloss.split()), surface) else "not in order",
        "last syllable" if surface[-1] == gloss[-1] else "",
        "latin" if surface.isascii() else "hangul",
        "contains it" if gloss in surface else "",
        "latin goes on" if surface[:1].isascii() and left[-1:].isascii() and left.isalpha() else "",
    ]
    if " " in gloss and surface.split()[-1] == gloss.split()[-1]:
        facts.append(f"ends alike, words {min(surface.count(' ') + 1, 5)}")
        facts.append("ends alike, nothing left" if not left else "ends alike, words left")
    if re.search("[A-Za-z]", surface):
        facts += _sound_facts(gloss, surface)
    return [fact for fact in facts if fact]


def spelled_facts(stretch: Stretch, surface: str, gloss: str) -> list[str]:
    """Facts on Latin words: do they say the same by meaning or by sound, each with its own?"""
    wanted = [word for word in re.split(r"[ -]", gloss.casefold()) if word and word not in _SMALL_WORDS]
    english: set[str] = set()
    for word in stretch.inside:
        english |= _english_words(stretch, word)
    meaning = 100 * sum(word in english for word in wanted) // max(len(wanted), 1)
    said = [_said(stretch, word, wanted) for word in stretch.inside]
    covered = 100 * len(set().union(*said)) // max(len(wanted), 1) if said else 0
    facts = [*_sound_facts(surface, gloss), f"meaning {meaning // 25 * 25}", f"~meaning {meaning}"]
    facts += [f"covered {covered // 25 * 25}", f"~covered {covered}"]
    if said:
        facts.append("first says the first" if 0 in said[-1] else "first says another" if said[-1] else "first says nothing")
        facts.append("every word says one" if all(said) else "some word says nothing")
    if stretch.left is not None:
        more = _said(stretch, stretch.left, wanted) - set().union(*said)
        facts.append("left says the first" if 0 in more else "left says another" if more else "left says nothing")
    return [*facts, *_small_word_facts(surface, gloss)]


def _small_word_facts(surface: str, gloss: str) -> list[str]:
    """Whether the particles within the words answer to of and and: 비의 문법 (Grammar of Rain), 반도체와 전력 (Chips and Power)."""
    small = set(gloss.casefold().split())
    of, both = "of" in small, bool(small & {"and", "&"})
    facts = [f"genitive of {of}"] if "의 " in surface else ["of without genitive"] if of else []
    if _COORDINATION.search(surface):
        facts.append(f"coordination and {both}")
    elif both:
        facts.append("and without coordination")
    return facts


def acronym_facts(stretch: Stretch, surface: str, gloss: str) -> list[str]:
    """Facts on letters: which words can they stand for, in order or not, and which are left over?"""
    words, start, count = stretch.words, stretch.start, stretch.count
    letters = [character.upper() for character in gloss if character.isalpha()]
    capitals = sum(character.isupper() for character in gloss)
    tokens = [*_nouns(stretch, stretch.inside)]
    syllables = sum("가" <= character <= "힣" for character in surface)
    initials, by_sound = _initials(stretch, words[count - 1], start) if words else (set(), set())
    options = [_options(stretch, token) for token in tokens]
    matched = _matched(options, letters)
    facts = [
        *_sound_facts(surface, gloss),
        f"nouns more {max(-4, min(4, len(tokens) - capitals))}",
        f"syllables a letter {min(round(2 * syllables / max(len(letters), 1)) / 2, 6)}",
        f"matched {100 * matched // max(len(letters), 1) // 25 * 25}",
        f"~matched {100 * matched // max(len(letters), 1)}",
        f"nouns unmatched {min(len(tokens) - matched, 4)}",
        "first means it" if letters and letters[0] in initials else "first means other" if initials else "first unknown",
        _among("first", initials, letters),
        "first sounds so" if letters and letters[0] in by_sound else "first sounds other",
    ]
    if count > 1:
        rest = _matched([_options(stretch, token) for token in _nouns(stretch, words[: count - 1])], letters)
        facts.append(f"first needed {matched > rest}")
    if stretch.left is not None:
        left = stretch.left
        more, _ = _initials(stretch, left, left.start)
        facts += [_among("left", more, letters), "left means it" if letters and letters[0] in more else ""]
        wider = [*_nouns(stretch, (left,), left.start), *tokens]
        facts.append(f"left matches {_matched([_options(stretch, token) for token in wider], letters) > matched}")
    digits = re.findall(r"\d+", gloss)
    if digits:
        facts.append("digits shared" if all(number in surface for number in digits) else "digits missing")
    return [fact for fact in facts if fact]


def _sound_facts(surface: str, latin: str) -> list[str]:
    """How alike two words sound, in percent, by their consonants; less if they begin otherwise."""
    alike, begin_alike = likeness(surface, latin)
    sound = int((100 if begin_alike else 60) * alike)
    return [f"sound {sound // 10 * 10}", f"~sound {sound}"]


def _english(lexicon: Lexicon, word: str) -> list[str]:
    """What a word may be in English, the likeliest first."""
    entry, parts = lexicon.get(word), name_parts()
    found = (entry.en if entry is not None else None, modifiers().get(word), nouns().get(word))
    listed = (parts[kind].get(word) for kind in ("adjective", "organization"))
    return [english for english in (*found, *listed) if english]


def _parts(stretch: Stretch, word: Word) -> Iterator[str]:
    """A word and its parts whose English may be known."""
    low = max(stretch.start, word.start) if word.start < stretch.start < word.end else word.start
    yield stretch.text[low : word.end]
    for token in word.tokens:
        if token.start >= low and token.tag in NOUN_TAGS:
            yield token.form
            yield stretch.text[low : token.end]


def _english_words(stretch: Stretch, word: Word) -> set[str]:
    return {
        each
        for part in _parts(stretch, word)
        for english in _english(stretch.lexicon, part)
        for each in re.split("[ -]", english.casefold())
    }


def _said(stretch: Stretch, word: Word, wanted: Sequence[str]) -> set[int]:
    """Which of the wanted Latin words a written word says."""
    english, parts = _english_words(stretch, word), {*_parts(stretch, word)}
    return {
        number
        for number, latin in enumerate(wanted)
        if any(_related(latin, each) for each in english) or any(_sounds(part, latin) for part in parts)
    }


def _related(one: str, other: str) -> bool:
    """Whether two English words are one, or forms of one (nation, national)."""
    return one == other or (
        min(len(one), len(other)) >= 4 and one[:4] == other[:4] and (one[:5] == other[:5] or abs(len(one) - len(other)) <= 2)
    )


@lru_cache(maxsize=20_000)
def _sounds(hangul: str, latin: str) -> bool:
    if hangul.isascii():
        return hangul.casefold() == latin
    alike, begin_alike = likeness(hangul, latin)
    return begin_alike and alike >= _ALIKE and abs(len(hangul) * 2 - len(latin)) <= len(latin)


def _nouns(stretch: Stretch, words: Sequence[Word], start: int | None = None) -> Iterator[Token]:
    """The nouns of words, the first one first."""
    low = stretch.start if start is None else start
    for word in reversed(words):
        yield from (token for token in word.tokens if token.start >= low and token.tag in NOUN_TAGS and token.tag != "XSN")


def _options(stretch: Stretch, token: Token) -> set[str]:
    """Letters that a noun may stand for: those of its English; where none is known, or it is a loanword, those of its sound."""
    if token.form.isascii():
        return {token.form[0].upper()}
    english = _english(stretch.lexicon, token.form)
    found = {part[0].upper() for each in english for part in re.split("[ -]", each) if part}
    if "가" <= token.form[0] <= "힣" and (not found or loanword_probability(token.form) > _FOREIGN):
        found |= {*_SOUNDS[_INITIALS[(ord(token.form[0]) - ord("가")) // 588]]} if len(token.form) > 1 else set()
    return found


def _matched(options: Sequence[set[str]], letters: Sequence[str]) -> int:
    """For how many letters there is a noun of its own that may stand for it, in whatever order (한국은행, BOK)."""
    taken: dict[int, int] = {}  # noun by letter

    def place(noun: int, tried: set[int]) -> bool:
        for number, letter in enumerate(letters):
            if letter in options[noun] and number not in tried:
                tried.add(number)
                if number not in taken or place(taken[number], tried):
                    taken[number] = noun
                    return True
        return False

    return sum(place(noun, set()) for noun in range(len(options)))


def _initials(stretch: Stretch, word: Word, start: int) -> tuple[set[str], set[str]]:
    """Letters that a word may stand for, by its English and by its sound."""
    surface = stretch.text[max(start, word.start) : word.end]
    meaning = {
        english[0].upper() for part in _parts(stretch, word) if surface.startswith(part) for english in _english(stretch.lexicon, part)
    }
    if surface[:1].isascii():
        return meaning | {surface[0].upper()}, {surface[0].upper()}
    if not "가" <= surface[0] <= "힣":
        return meaning, set()
    sounds = set(_SOUNDS[_INITIALS[(ord(surface[0]) - ord("가")) // 588]])
    if not meaning and loanword_probability(surface) > _FOREIGN:  # 플러그인 can only stand for P
        meaning = sounds
    return meaning, sounds


def _among(which: str, initials: set[str], letters: Sequence[str]) -> str:
    """Whether one of the letters can be what a word means; in English its place may be another (영국 중앙은행, BOE)."""
    return (
        f"{which} unknown" if not initials else f"{which} among letters" if initials.intersection(letters) else f"{which} not among letters"
    )
