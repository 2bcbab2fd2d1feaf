"""The errors that koproc raises on purpose. Each message says what happened, where, and what to do next."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial


class KoprocError(Exception):
    """Base of every error that koproc raises on purpose; the command line prints it without a traceback.

    >>> issubclass(InputError, KoprocError)
    True
    """


class InputError(KoprocError):
    """A document cannot be read or analysed.

    `source` names the file (or `-`), `reason` says what is wrong; the message is both.

    >>> print(InputError("a.txt", "the file is empty"))
    a.txt: the file is empty
    """

    def __init__(self, source: str, reason: str, *, line: int | None = None) -> None:
        self.source, self.reason, self.line = source, reason, line
        super().__init__(f"{source}:{line}: {reason}" if line is not None else f"{source}: {reason}")

    def __reduce__(self) -> tuple[Callable[..., InputError], tuple[str, str]]:
        """For other processes."""
        return partial(InputError, line=self.line), (self.source, self.reason)


class ResourceError(KoprocError):
    """A file that koproc itself ships or was given (lexicon, model, seed) is missing or broken.

    >>> str(ResourceError("mine.tsv:2: 4 cells where the header has 5"))
    'mine.tsv:2: 4 cells where the header has 5'
    """


class ParseError(KoprocError, ValueError):
    """A string given to `parse_number`, `parse_quantity` or `parse_time` is not one.

    >>> import koproc
    >>> try:
    ...     koproc.parse_number("나무")
    ... except ParseError as err:
    ...     print(str(err)[:27])
    '나무' is not a Korean number
    """


class TranslationError(KoprocError):
    """A translator cannot answer: no key, a service that is down, used up or answers nonsense, a model that cannot be read.

    `final` says that asking again, or for other texts, is of no use until something is changed.

    >>> TranslationError("DeepL: the quota is used up", final=True).final
    True
    """

    def __init__(self, message: str, *, final: bool = False) -> None:
        self.final = final
        super().__init__(message)
