"""`koproc info`: versions, models, lexicon sizes; `--schema` prints the JSON Schema of the annotations."""

from __future__ import annotations

import json
import platform
from collections import Counter
from importlib.metadata import PackageNotFoundError, version

import click

_PACKAGES = ("kiwipiepy", "kiwipiepy_model", "ahocorasick_rs", "koroman", "holidays", "rich", "click")


@click.command("info")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--schema", is_flag=True, help="Print the JSON Schema of `koproc annotate --format json` instead.")
def command(form: str, schema: bool) -> None:
    """Show versions, models and lexicon sizes.

    \b
    Examples:
      koproc info
      koproc info --schema > koproc.schema.json
    """
    if schema:
        from ..formats.schema import json_schema

        click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=1))
        return
    facts = _facts()
    if form == "json":
        click.echo(json.dumps(facts, ensure_ascii=False, indent=1))
        return
    for section, values in facts.items():
        click.echo(f"{section}:")
        for name, value in values.items():
            click.echo(f"  {name:<16} {value}")


def _facts() -> dict[str, dict[str, str | int]]:
    from .. import __version__
    from ..document import SCHEMA
    from ..lexicon import load_lexicon
    from ..resources import resource

    lexicon = load_lexicon()
    kinds = Counter(entry.kind for entry in lexicon.entries)
    names = sum(len(entry.surfaces) for entry in lexicon.entries)
    models = resource("models")
    return {
        "koproc": {"version": __version__, "schema": SCHEMA, "python": platform.python_version()},
        "packages": {name: _version(name) for name in _PACKAGES},
        "lexicon": {**{kind: kinds[kind] for kind in sorted(kinds)}, "entries": len(lexicon.entries), "surfaces": names},
        "models": {card.parent.name: card.parent.as_posix() for card in sorted(models.glob("*/README.md"))}
        or {"none": "rules and lexicon only"},
        "resources": {"seeds": resource("seeds").as_posix(), "models": models.as_posix()},
    }


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
