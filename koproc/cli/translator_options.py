"""The options that choose a translator, how it keeps its answers and its pace, and what it may cost."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from ..errors import KoprocError
from .options import Command

if TYPE_CHECKING:
    from ..translators import Translator


@dataclass(slots=True)
class Choice:
    """What the options say; `failures` counts the errors that the translator reported, each is on stderr once."""

    name: str
    cache: Path | None
    use_cache: bool
    rate: float | None
    characters: float | None
    dry_run: bool
    price: float | None
    progress: bool | None
    failures: int = 0

    @property
    def offline(self) -> bool:
        return self.name == "offline"

    @contextmanager
    def translator(self, lexicon: Sequence[Path] = ()) -> Iterator[Translator]:
        """The translator; while it works a bar on stderr says how far it is, if stderr is a terminal or --progress asks for it.

        Raises:
            KoprocError: there is no such translator, or it cannot be loaded.
        """
        from ..translators import Limits, Settings, load_translator
        from ..translators.cache import default_cache

        kind = self.name.partition(":")[0]
        cache = (self.cache or default_cache()) if self.use_cache and kind not in ("offline", "local") else None
        limits = Limits(requests=self.rate, characters=self.characters)
        with self._bar() as progress:
            yield load_translator(self.name, Settings(cache, limits, lexicon=tuple(lexicon), report=self._report, progress=progress))

    def print_estimate(
        self,
        texts: Sequence[str],
        *,
        context: Sequence[Sequence[str]] | None = None,
        glossary: Mapping[str, str] | None = None,
        lexicon: Sequence[Path] = (),
    ) -> None:
        """What translating the texts would take, on stdout; nothing is sent."""
        with self.translator(lexicon) as translator:
            if not (estimate := getattr(translator, "estimate", None)):
                click.echo(f"{self.name}: {len(texts)} texts; it makes no estimate of requests or costs")
                return
            found = estimate(texts, context=context, glossary=glossary)
        line = f"{self.name}: {found.texts} texts, {found.cached} in the cache; {found.requests} requests, {found.size} {found.unit}"
        click.echo(line if self.price is None else f"{line}, costs {found.cost(self.price):.4f}")

    def _report(self, error: KoprocError) -> None:
        self.failures += 1
        click.echo(f"koproc: {error}", err=True)

    @contextmanager
    def _bar(self) -> Iterator[Callable[[int, int], None] | None]:
        if self.progress is False or (self.progress is None and not sys.stderr.isatty()):
            yield None
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("translating"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=Console(stderr=True), transient=sys.stderr.isatty()) as bar:
            task = bar.add_task("translating", total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)


def translator_options(command: Command) -> Command:
    """--translator and what belongs to it; the command gets one `choice: Choice`."""

    def wrapper(
        translator: str,
        cache: Path | None,
        use_cache: bool,
        rate: float | None,
        characters_per_minute: float | None,
        dry_run: bool,
        price_per_million: float | None,
        translation_progress: bool | None,
        **others: Any,
    ) -> Any:
        if cache is not None and not use_cache:
            raise click.UsageError("--cache and --no-cache contradict each other")
        choice = Choice(translator, cache, use_cache, rate, characters_per_minute, dry_run, price_per_million, translation_progress)
        return command(choice=choice, **others)

    wrapper.__name__, wrapper.__doc__ = command.__name__, command.__doc__
    above_zero = click.FloatRange(min=0, min_open=True)
    decorated: Any = wrapper
    for option in (
        click.option(
            "--translation-progress/--no-translation-progress",
            default=None,
            help="Show the translator's progress on stderr.  [default: when it is a terminal]",
        ),
        click.option(
            "--price-per-million",
            type=click.FloatRange(min=0),
            metavar="PRICE",
            help="With --dry-run: the price of a million characters (deepl) or tokens (openai), to say what it costs.",
        ),
        click.option("--dry-run", is_flag=True, help="Only say what would be sent: requests, characters or tokens. Needs no key."),
        click.option("--characters-per-minute", type=above_zero, metavar="N", help="Send at most so many characters a minute."),
        click.option("--rate", type=above_zero, metavar="N", help="Send at most so many requests a minute."),
        click.option("--no-cache", "use_cache", flag_value=False, default=True, help="Keep no answers, and use none that were kept."),
        click.option(
            "--cache",
            type=click.Path(dir_okay=False, path_type=Path),
            metavar="FILE",
            help="Where paid answers are kept, so that none is paid for twice.  [default: in your cache folder]",
        ),
        click.option(
            "--translator",
            default="offline",
            show_default=True,
            metavar="NAME[:ARG]",
            help="offline; deepl (key in DEEPL_AUTH_KEY); openai:MODEL (OPENAI_API_KEY, OPENAI_BASE_URL); local:DIRECTORY of a model; or one that another package brings.",
        ),
    ):
        decorated = option(decorated)
    decorated.__click_params__ += getattr(command, "__click_params__", [])
    return cast(Command, decorated)


def names_of(lexicon: Sequence[Path]) -> dict[str, str]:
    """The names in the user's own files; the first one of a surface wins, as in the lexicon."""
    from ..lexicon.user_files import read_user_file

    names: dict[str, str] = {}
    for path in lexicon:
        for entry in read_user_file(path):
            if entry.status != "rejected":
                for surface in entry.surfaces:
                    names.setdefault(surface, entry.en)
    return names
