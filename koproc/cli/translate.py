"""`koproc translate`: English candidates of Korean terms, with where each came from and how likely it is."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from .options import lexicon_option, open_output, output_option
from .translator_options import Choice, names_of, translator_options

if TYPE_CHECKING:
    from ..document import EnglishSource
    from ..english import Translation
    from ..translators import Candidate

_WITHOUT_SOURCE = {"gloss": "a gloss stands in an article: use `koproc glossary`", "mt": "choose a --translator"}


@click.command("translate")
@click.option(
    "--only",
    multiple=True,
    type=click.Choice(["lexicon", "composition", "gloss", "transliteration", "romanization", "mt"]),
    help="Only candidates from here; may be repeated.  [default: all]",
)
@click.option("--top", type=click.IntRange(min=1), default=10, show_default=True, metavar="N", help="At most so many candidates a term.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="text: a line a candidate; json: JSON Lines, an object a term.",
)
@translator_options
@lexicon_option
@output_option
@click.argument("terms", nargs=-1, metavar="[TERM]...")
def command(
    terms: tuple[str, ...],
    only: tuple[EnglishSource, ...],
    top: int,
    form: Literal["text", "json"],
    lexicon: tuple[Path, ...],
    output: Path | None,
    choice: Choice,
) -> None:
    """Translate Korean names and terms: known ones, compounds of known parts, loanwords spelled back, the rest romanized.

    Terms come from standard input, one a line, when none is named. With --translator a service or a model translates them instead, and
    keeps to the names of --lexicon; what it was paid for is kept, and the same terms cost nothing the next time.

    \b
    Examples:
      koproc translate 캠브리콘 사우스차이나모닝포스트
      koproc translate --only transliteration --top 3 마인드스포어
      koproc translate --format json < terms.txt
      koproc translate --translator deepl --dry-run --price-per-million 25 < terms.txt
      koproc translate --translator openai:gpt-5-mini --rate 60 --lexicon names.tsv < terms.txt
      koproc translate --translator local:models/opus-mt-ko-en 고대역폭메모리
    """
    given = terms or _lines()
    if choice.dry_run:
        choice.print_estimate(list(given), glossary=names_of(lexicon), lexicon=lexicon)
        return
    answers = _offline(given, lexicon, only, top) if choice.offline else _translated(list(given), choice, lexicon, only, top)
    with open_output(output) as stream:
        for term, found in answers:
            if form == "json":
                candidates = [{"text": item.text, "origin": item.origin, "score": item.score} for item in found]
                stream.write(json.dumps({"text": term, "candidates": candidates}, ensure_ascii=False) + "\n")
                continue
            stream.write(f"{term}\n")
            for item in found:
                stream.write(f"  {item.score:.2f}  {item.text}  ({item.origin})\n")
    if choice.failures:
        sys.exit(1)


def _offline(
    terms: Iterable[str], lexicon: tuple[Path, ...], only: tuple[EnglishSource, ...], top: int
) -> Iterator[tuple[str, Sequence[Translation | Candidate]]]:
    """What koproc itself knows of each term, one term at a time: standard input may go on for long."""
    from ..english import translations
    from ..lexicon import load_lexicon

    for source in only:
        if source in _WITHOUT_SOURCE:
            click.echo(f"koproc: {source}: no candidates for a bare term; {_WITHOUT_SOURCE[source]}", err=True)
    known = load_lexicon(lexicon)
    return ((term, translations(term, known, only=only, top=top)) for term in terms)


def _translated(
    terms: list[str], choice: Choice, lexicon: tuple[Path, ...], only: tuple[EnglishSource, ...], top: int
) -> Iterator[tuple[str, Sequence[Translation | Candidate]]]:
    """What the chosen translator says of the terms, all at once: it works in batches."""
    with choice.translator(lexicon) as translator:
        found = translator.translate(terms, glossary=names_of(lexicon))
    kept = ([one for one in candidates if not only or one.origin in only][:top] for candidates in found)
    return zip(terms, kept, strict=True)


def _lines() -> Iterable[str]:
    """The terms of standard input, which is UTF-8."""
    if sys.stdin.isatty():
        raise click.UsageError("name at least one term, or give them on standard input, one a line; see --help")
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    return (line.strip("\r\n").strip() for line in sys.stdin if line.strip())
