"""Conditions on claims as an analyst types them: `unit=KRW and low>=1e12`, `subject~삼성 or time=2027`.

    condition  = term {"or" term}
    term       = factor {"and" factor}
    factor     = "not" factor | "(" condition ")" | field operator value
    operator   = "=" | "!=" | "<" | "<=" | ">" | ">=" | "~" (contains) | "!~"

A field that a claim lacks fulfils no comparison except `!=` and `!~`; `field=none` asks for its absence. Words are compared in Korean, in
English and by the name that all spellings share, without case; numbers may be Korean (1조 5천억); times by the days they cover.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation

from ..document import Document, Mention, Reference
from ..errors import KoprocError
from ..moments import day_span
from ..numerals import scan_numeral
from ..statements import Statement, statements

Condition = Callable[[Statement], bool]

_TOKEN = re.compile(r"""\s*(?:(?P<operator><=|>=|!=|!~|==|[=<>~()])|"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<word>[^\s=<>~()!"']+))""")
_WORDS = ("subject", "property", "qualifier", "baseline", "attribution")
_TIMES = ("time", "published")
_NUMBERS = ("low", "high", "value", "from")
_PLAIN = ("unit", "dimension", "per", "direction", "change", "modality", "quoted", "kind", "document")
FIELDS = (*_WORDS, *_TIMES, *_NUMBERS, *_PLAIN)


class ConditionError(KoprocError):
    """A condition that cannot be read; the message shows where.

    >>> try:
    ...     parse_condition("unit KRW")
    ... except ConditionError as err:
    ...     print(str(err)[:55])
    condition 'unit KRW': an operator (= != < <= > >= ~ !~)
    """


def parse_condition(text: str) -> Condition:
    """A test of a statement.

    Raises:
        ConditionError: the text is no condition, or names an unknown field.

    >>> import koproc
    >>> document = koproc.annotate("네이버 매출은 2조 원이다.")
    >>> [parse_condition(text)(next(statements(document))) for text in ("unit=KRW and low>=1e12", "subject=NAVER", "low>3조")]
    [True, True, False]
    """
    return _Parser(text).parse()


def select(documents: Iterable[Document], condition: Condition) -> Iterator[Document]:
    """Each document with only those claims and events that fulfil the condition.

    >>> list(select([], parse_condition("unit=KRW")))
    []
    """
    for document in documents:
        kept = {(row.is_event, row.id) for row in statements(document) if condition(row)}
        yield replace(
            document,
            claims=tuple(claim for claim in document.claims if (False, claim.id) in kept),
            events=tuple(event for event in document.events if (True, event.id) in kept),
        )


def all_of(conditions: Sequence[Condition]) -> Condition:
    """What holds where all of the conditions hold.

    >>> all_of([])(None)
    True
    """
    return conditions[0] if len(conditions) == 1 else lambda row: all(condition(row) for condition in conditions)


def any_of(conditions: Sequence[Condition]) -> Condition:
    """What holds where one of the conditions holds.

    >>> any_of([])(None)
    False
    """
    return conditions[0] if len(conditions) == 1 else lambda row: any(condition(row) for condition in conditions)


def comparison(field: str, operator: str, value: str) -> Condition:
    """One comparison of a field with a value.

    >>> comparison("unit", "=", "%").__name__
    'test'
    """
    if field in _NUMBERS:
        return _numeric(field, operator, value)
    if field in _TIMES:
        return _temporal(field, operator, value)
    if operator not in ("=", "!=", "~", "!~"):
        raise ConditionError(f"{field} is a word: compare it with = != ~ or !~")
    wanted = None if value == "none" else value.casefold()
    contains = operator.endswith("~")

    def test(row: Statement) -> bool:
        names = {name.casefold() for name in _names(row, field)}
        if wanted is None:
            return (not names) != operator.startswith("!")
        found = any(wanted in name for name in names) if contains else wanted in names
        return found != operator.startswith("!")

    return test


def _names(row: Statement, field: str) -> list[str]:
    """What a field may be called."""
    if field in _WORDS:
        part: Mention | Reference | None = getattr(row, field)
        if part is None:
            return []
        return [part.text, *([part.en] if part.en else []), *([part.entity] if isinstance(part, Mention) else [])]
    plain = {
        "unit": row.quantity.unit if row.quantity else None,
        "dimension": row.quantity.dimension if row.quantity else None,
        "per": row.quantity.per if row.quantity else None,
        "direction": row.direction,
        "change": row.change,
        "modality": row.modality,
        "quoted": "yes" if row.quoted else "no",
        "kind": "event" if row.is_event else "claim",
        "document": row.document,
    }[field]
    return [plain] if plain else []


def _numeric(field: str, operator: str, value: str) -> Condition:
    wanted = None if value == "none" else _number(value)
    if operator.endswith("~"):
        raise ConditionError(f"{field} is a number: compare it with = != < <= > or >=")

    def test(row: Statement) -> bool:
        quantity = row.former if field == "from" else row.quantity
        if quantity is None:
            return operator == "!=" or (wanted is None and operator == "=")
        ends = {"low": (quantity.low, quantity.low), "high": (quantity.high, quantity.high)}
        low, high = ends.get(field, (quantity.low, quantity.high))
        if wanted is None:
            return (low is None and high is None) == (operator == "=")
        inside = (low is None or low <= wanted) and (high is None or wanted <= high) and not (low is None and high is None)
        if field in ("low", "high"):
            inside = low == wanted
        return {
            "=": inside,
            "!=": not inside,
            "<": high is not None and high < wanted,
            "<=": high is not None and high <= wanted,
            ">": low is not None and low > wanted,
            ">=": low is not None and low >= wanted,
        }[operator]

    return test


def _temporal(field: str, operator: str, value: str) -> Condition:
    wanted = None if value == "none" else day_span(value)
    if wanted is None and value != "none":
        raise ConditionError(f"{value!r} is not a time; write 2026, 2026-Q1, 2026-05, 2026-05-20 or 2026-01/2026-06")
    if operator.endswith("~"):
        raise ConditionError(f"{field} is a time: compare it with = (overlaps) != < <= > or >=")

    def test(row: Statement) -> bool:
        span = _span(row, field)
        if wanted is None:
            return (span is None) == (operator == "=")
        if span is None:
            return operator == "!="
        overlaps = span[0] <= wanted[1] and wanted[0] <= span[1]
        before, after = span[1] < wanted[0], wanted[1] < span[0]
        return {
            "=": overlaps,
            "!=": not overlaps,
            "<": before,
            ">": after,
            "<=": before or (overlaps and span[1] <= wanted[1]),
            ">=": after or (overlaps and wanted[0] <= span[0]),
        }[operator]

    return test


def _span(row: Statement, field: str) -> tuple[date, date] | None:
    if field == "published":
        return day_span(row.published.isoformat()[:10]) if row.published else None
    return day_span(row.time.value) if row.time and row.time.value else None


def _number(text: str) -> Decimal:
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        numeral = scan_numeral(text, 0)
        if numeral is None or numeral.end != len(text) or numeral.nominal is None:
            raise ConditionError(f"{text!r} is not a number; write 1000000000000, 1e12 or 1조") from None
        return numeral.nominal


class _Parser:
    """Recursive descent over the tokens of one condition."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.tokens: list[tuple[str, bool, int]] = []  # what it says, whether it is an operator, where it ends
        position = 0
        while text[position:].strip():
            match = _TOKEN.match(text, position)
            if match is None:
                raise ConditionError(f"condition {text!r}: cannot read {text[position:].strip()[:20]!r}; close the quotation mark")
            token = next(part for part in match.groups() if part is not None)
            self.tokens.append((token, match["operator"] is not None, match.end()))
            position = match.end()

    def parse(self) -> Condition:
        try:
            found = self._any_of()
        except RecursionError:
            raise ConditionError("a condition with too many brackets") from None
        if self.at < len(self.tokens):
            raise self._expected("and, or, or the end")
        return found

    def _any_of(self) -> Condition:
        parts = [self._all_of()]
        while self._accepts("or"):
            parts.append(self._all_of())
        return any_of(parts)

    def _all_of(self) -> Condition:
        parts = [self._factor()]
        while self._accepts("and"):
            parts.append(self._factor())
        return all_of(parts)

    def _factor(self) -> Condition:
        if self._accepts("not"):
            inner = self._factor()
            return lambda row: not inner(row)
        if self._accepts("(", operator=True):
            inner = self._any_of()
            if not self._accepts(")", operator=True):
                raise self._expected("a closing bracket")
            return inner
        field, _, _ = self._next("a field name")
        if field not in FIELDS:
            raise ConditionError(f"condition {self.text!r}: no field {field!r}; there are {', '.join(FIELDS)}")
        operator, is_operator, _ = self._next("an operator (= != < <= > >= ~ !~)")
        if not is_operator or operator in "()":
            self.at -= 1
            raise self._expected("an operator (= != < <= > >= ~ !~)")
        words = [self._next("a value")[0]]
        while field in _NUMBERS and self.at < len(self.tokens) and self.tokens[self.at][0] not in ("and", "or", ")"):
            words.append(self._next("a value")[0])  # 1조 5천억
        return comparison(field, "=" if operator == "==" else operator, " ".join(words))

    def _accepts(self, token: str, *, operator: bool = False) -> bool:
        if self.at < len(self.tokens) and self.tokens[self.at][:2] == (token, operator):
            self.at += 1
            return True
        return False

    def _next(self, what: str) -> tuple[str, bool, int]:
        if self.at >= len(self.tokens):
            raise self._expected(what)
        self.at += 1
        return self.tokens[self.at - 1]

    def _expected(self, what: str) -> ConditionError:
        after = self.text[: self.tokens[self.at - 1][2]] if self.at else ""
        place = f"after {after!r}" if after else "at the beginning"
        return ConditionError(f"condition {self.text!r}: {what} must stand {place}; example: unit=KRW and low>=1e12")
