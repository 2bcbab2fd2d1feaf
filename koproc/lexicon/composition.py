"""English of a compound from its parts: AI 칩 생산량 → AI chip output. Only where every part is known."""

from __future__ import annotations

import re

from .store import Lexicon


def compose(surface: str, lexicon: Lexicon) -> str | None:
    """The English of each part in order, longest parts first, or None where a part is unknown.

    >>> from koproc.lexicon import Entry
    >>> lexicon = Lexicon((Entry("반도체", "semiconductor", "TERM"), Entry("장비", "equipment", "TERM")))
    >>> compose("반도체 장비", lexicon), compose("반도체 잠비", lexicon)
    ('semiconductor equipment', None)
    """
    words: list[str] = []
    rest = surface.strip()
    while rest:
        size = next((n for n in range(min(len(rest), 24), 1, -1) if lexicon.get(rest[:n].strip()) is not None), 0)
        if size:
            entry = lexicon.get(rest[:size].strip())
            assert entry is not None
            words.append(entry.en)
        elif latin := re.match(r"[A-Za-z0-9+.-]+", rest):
            size = latin.end()
            words.append(latin.group())
        else:
            return None
        rest = rest[size:].lstrip(" ·")
    return " ".join(words) or None
