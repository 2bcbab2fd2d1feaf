"""The command line: one file a command; it parses, calls the library, prints. Errors become exit codes here, in the group."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

import click

from ..errors import KoprocError

COMMANDS = ("annotate", "claims", "convert", "evaluate", "glossary", "info", "serve", "tokenize", "train", "translate")


class Group(click.Group):
    """Commands are imported when they are used; a KoprocError is one line on stderr and exit code 2."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f".{cmd_name}", __name__).command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KoprocError as err:
            click.echo(f"koproc: {err}", err=True)
            sys.exit(2)
        except BrokenPipeError:  # `| head` has read enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)


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
