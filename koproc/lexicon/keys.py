"""When two spellings are one name: spaces, hyphens, case and legal forms do not tell names apart."""

from __future__ import annotations

import re
from functools import lru_cache

_BEFORE = r"(?:\(주\)|㈜|주식회사|\(유\)|유한회사|재단법인|사단법인|학교법인|의료법인)"
_AFTER = r"(?:\(주\)|㈜|주식회사|\(유\)|유한회사)"
_LATIN_AFTER = r",?\s(?:Inc|Corp|Corporation|Co|Ltd|LLC|PLC|GmbH|AG|SE|Co\.,?\sLtd)\.?"
_LEGAL_FORM = re.compile(rf"^{_BEFORE}\s?(?=.)|(?<=.)(?:\s?{_AFTER}|(?<=[A-Za-z0-9]){_LATIN_AFTER})$")
_JOINT = re.compile(r"(?<!\d)[\s‐-―-]+|[\s‐-―-]+(?!\d)")  # between digits a joint tells numbers apart: 10-20 is not 1020


def without_legal_form(name: str) -> str:
    """A name without what only says that it is a company or foundation.

    >>> without_legal_form("㈜별무리전자"), without_legal_form("별무리전자(주)"), without_legal_form("Hanbit Nano, Inc.")
    ('별무리전자', '별무리전자', 'Hanbit Nano')
    """
    return _LEGAL_FORM.sub("", name) or name


@lru_cache(maxsize=1 << 17)  # a merge asks for each name about five times
def name_key(name: str) -> str:
    """The same for all spellings of one name.

    >>> name_key("갤럭시 S25") == name_key("갤럭시S25"), name_key("SK-하이닉스") == name_key("sk하이닉스")
    (True, True)
    >>> name_key("무리 3.5") == name_key("무리 35")
    False
    """
    return _JOINT.sub("", without_legal_form(name)).casefold()
