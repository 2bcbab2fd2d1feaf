"""English of a compound from its parts: AI 칩 생산량 → AI chip output. Only where every part is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from .store import Lexicon

# words that mean something else without the s, or have no singular
_ALWAYS_PLURAL = re.compile(
    "affairs|arms|arts|assets|averages|clothes|communications|corps|customs|earnings|finals|funds|futures|goods|headquarters|holdings|means"
    "|media|news|operations|overseas|physics|politics|proceeds|rights|sales|savings|securities|series|services|species|sports|steelworks"
    "|telecommunications|terms|ties|works"
)


def compose(
    surface: str,
    lexicon: Lexicon,
    ordinary: Mapping[str, str] | None = None,
    preferred: Mapping[str, str] | None = None,
    sense: Callable[[str, Sequence[str]], str | None] | None = None,
) -> str | None:
    """The English of each part in order, longest parts first, or None where a part is unknown. `ordinary` words help out where the lexicon
    does not know a part; `preferred` ones go before it. `sense` gives the English of a part among the other parts, or None for the usual
    one; neither the user's entries nor preferred words are open to it.

    >>> from koproc.lexicon import Entry
    >>> lexicon = Lexicon((Entry("반도체", "semiconductor", "TERM"), Entry("장비", "equipment", "TERM")))
    >>> compose("반도체 장비", lexicon), compose("반도체 잠비", lexicon)
    ('semiconductor equipment', None)
    >>> compose("반도체 공급망", lexicon, ordinary={"공급망": "supply chain"})
    'semiconductor supply chain'
    >>> compose("장비 반도체", lexicon, sense=lambda word, beside: "chip" if beside == ["장비"] else None)
    'equipment chip'
    """
    parts: list[tuple[str, str]] = []
    rest = surface.strip()
    while rest:
        found = next(
            ((n, en) for n in range(min(len(rest), 24), 1, -1) if (en := _english(rest[:n].strip(), lexicon, ordinary, preferred))), None
        )
        if found is not None:
            size = found[0]
            parts.append((rest[:size].strip(), found[1]))
        elif latin := re.match(r"[A-Za-z0-9+.-]+", rest):
            size = latin.end()
            parts.append((latin.group(), latin.group()))
        else:
            return None
        rest = rest[size:].lstrip(" ·")
    words = [en for _, en in parts]
    if sense is not None and len(parts) > 1:
        for place, (ko, en) in enumerate(parts):
            if not (preferred and ko in preferred) and lexicon.get(ko) not in lexicon.own:
                words[place] = sense(ko, [other for other, _ in parts[:place] + parts[place + 1 :] if not other.isascii()]) or en
    return " ".join([*map(_singular, words[:-1]), *words[-1:]]) or None


def _singular(noun: str) -> str:
    """A noun before another one: gift certificate market.

    >>> _singular("gift certificates"), _singular("subsidies"), _singular("sales")
    ('gift certificate', 'subsidy', 'sales')
    """
    last = noun.rsplit(" ", 1)[-1]
    if _ALWAYS_PLURAL.fullmatch(last) or not re.fullmatch(r"[a-z]+[^siu]s", last):
        return noun
    return noun[:-3] + "y" if last.endswith("ies") else noun[:-1]


def _english(word: str, lexicon: Lexicon, ordinary: Mapping[str, str] | None, preferred: Mapping[str, str] | None) -> str | None:
    if word.isascii():  # GPU in a compound stays GPU
        return word if word.isalnum() and lexicon.get(word) is not None else None
    if preferred and word in preferred:
        return preferred[word]
    entry = lexicon.get(word)
    common = ordinary.get(word) if ordinary else None
    if entry is None or (common and entry.kind == "LOC"):  # 세부 지표: no Cebu
        return common
    return entry.en
