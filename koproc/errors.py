"""The errors that koproc raises on purpose. Each message says what happened, where, and what to do next."""

from __future__ import annotations


class KoprocError(Exception):
    """Base of every error that koproc raises on purpose; the command line prints it without a traceback."""


class InputError(KoprocError):
    """A document cannot be read or analysed.

    `source` names the file (or `-`), `reason` says what is wrong; the message is both.

    >>> print(InputError("a.txt", "the file is empty"))
    a.txt: the file is empty
    """

    def __init__(self, source: str, reason: str, *, line: int | None = None) -> None:
        self.source, self.reason, self.line = source, reason, line
        super().__init__(f"{source}:{line}: {reason}" if line is not None else f"{source}: {reason}")


class ResourceError(KoprocError):
    """A file that koproc itself ships or was given (lexicon, model, seed) is missing or broken."""


class ParseError(KoprocError, ValueError):
    """A string given to `parse_number`, `parse_quantity` or `parse_time` is not one."""
