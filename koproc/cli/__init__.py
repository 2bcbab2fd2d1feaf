"""The command line: one file a command; it parses, calls the library, prints. Errors become exit codes here, in the group."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any, NoReturn

import click

from ..errors import KoprocError

COMMANDS = ("annotate", "claims", "convert", "evaluate", "glossary", "info", "serve", "tokenize", "train", "translate")


class Group(click.Group):
    """Commands are imported when they are used; a KoprocError is one line on stderr and exit code 2, so is output that cannot be written."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f".{cmd_name}", __name__).command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with _stopping():
                return super().invoke(ctx)
        except KoprocError as err:
            click.echo(f"koproc: {err}", err=True)
            sys.exit(2)
        except KeyboardInterrupt:
            click.echo("koproc: interrupted", err=True)
            sys.exit(128 + signal.SIGINT)
        except OSError as err:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left in its buffer goes nowhere
            if isinstance(err, BrokenPipeError):  # `| head` has read enough
                sys.exit(0)
            click.echo(f"koproc: {err.filename or 'the output'}: {err.strerror or err}", err=True)
            sys.exit(2)


@contextmanager
def _stopping() -> Iterator[None]:
    """SIGTERM ends a command as Ctrl-C does, so that it can take its unfinished files away."""

    def stop(number: int, frame: object) -> NoReturn:
        sys.exit(128 + number)

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(None, "--version", "-V", package_name="koproc", prog_name="koproc")
def main() -> None:
    """Find organizations, products and numeric claims in Korean news, with their English.

    \b
    Examples:
      koproc annotate article.txt
      koproc annotate articles/ --format json -o annotations.jsonl
      koproc glossary articles/*.txt --format tsv -o glossary.tsv
      cat article.txt | koproc claims -
    """
