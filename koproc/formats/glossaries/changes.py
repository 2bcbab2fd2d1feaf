"""What a format could not take as it was: one record for each cell or row that was changed or left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Change:
    """A row that a format holds otherwise than the glossary, or not at all, and why.

    >>> Change("=합계", "total", "changed", "an apostrophe before what a spreadsheet would run as a formula").what
    'changed'
    """

    ko: str
    en: str
    what: Literal["left out", "changed"]
    reason: str
