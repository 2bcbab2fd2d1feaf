"""What names are made of: heads of organizations, job titles, surnames, names of foreign persons, parts that only translate
(`seeds/org_heads.tsv`, `titles.tsv`, `surnames.tsv`, `person_names.tsv`, `name_parts.tsv`), read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from ..resources import read_table, resource


@dataclass(frozen=True, slots=True)
class OrgHead:
    """The last part of an organization's name: 전자, 연구소.

    `level` says what must stand before it: `suffix` any word, `name` a word that looks like a name, `institution`
    also common nouns that are not in the generic list (국책 연구소 is none).
    """

    head: str
    en: str
    level: str


@lru_cache(maxsize=1)
def _org_heads() -> tuple[dict[str, OrgHead], int]:
    rows = read_table(resource("seeds", "org_heads.tsv"), ("head", "en", "level"))
    heads = {row[0]: OrgHead(*row) for row in rows}
    return heads, max(map(len, heads))


@lru_cache(maxsize=50_000)
def head_of(name: str, *, whole: bool = False) -> OrgHead | None:
    """The longest head that ends a name; unless `whole`, at least two characters must stand before it.

    >>> head_of("한빛전자").en, head_of("전자")
    ('Electronics', None)
    """
    heads, longest = _org_heads()
    for size in range(min(longest, len(name) - (0 if whole else 2)), 0, -1):
        if (head := heads.get(name[-size:])) is not None:
            return head
    return None


@lru_cache(maxsize=1)
def titles() -> dict[str, str]:
    """English by job title."""
    return dict(read_table(resource("seeds", "titles.tsv"), ("ko", "en")))  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def surnames() -> dict[str, str]:
    """Usual English by Korean surname."""
    return dict(read_table(resource("seeds", "surnames.tsv"), ("ko", "en")))  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def person_names() -> dict[str, dict[str, str]]:
    """English by part of a foreign person's name as newspapers write it, by kind: `given`, `family`, `particle` (폰, which joins them).

    Chinese names are not among them: the table of pinyin reads those.

    >>> person_names()["given"]["폴"], person_names()["family"]["볼커"], person_names()["particle"]["폰"]
    ('Paul', 'Volcker', 'von')
    """
    names: dict[str, dict[str, str]] = {}
    for ko, en, kind in read_table(resource("seeds", "person_names.tsv"), ("ko", "en", "kind")):
        names.setdefault(kind, {})[ko] = en
    return names


@lru_cache(maxsize=1)
def name_parts() -> dict[str, dict[str, str]]:
    """English by part of a name, by kind of part: what ends the names of organizations and places, what begins those of groups, words of
    brands, units of administration. They only translate; what tells a name from other words is in `org_heads.tsv`.

    >>> name_parts()["place"]["공항"], name_parts()["unit"]["동"]
    ('Airport', 'dong')
    """
    parts: dict[str, dict[str, str]] = {}
    for part, en, kind in read_table(resource("seeds", "name_parts.tsv"), ("part", "en", "kind")):
        parts.setdefault(kind, {})[part] = "" if en == "-" else en
    return parts
