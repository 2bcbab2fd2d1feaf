"""Translators by name: ours, and those that other packages bring with an entry point.

A package adds one in its pyproject.toml, and it is there as `--translator mine` once the package is installed:

    [project.entry-points."koproc.translators"]
    mine = "my_package:translator"

where `translator(argument, settings)` returns a `Translator`; `argument` is what follows the colon in `mine:ARGUMENT`, or empty.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from pathlib import Path

from ..errors import KoprocError, TranslationError
from .batches import Batched, log
from .network import Clock, Limits
from .protocol import Translator

ENTRY_POINTS = "koproc.translators"


@dataclass(frozen=True, slots=True)
class Settings:
    """What all translators are told.

    `cache` is the file of paid answers (None: keep none), `limits` and `clock` are for services on a network, `lexicon` the user's files
    for the offline one; `report` hears of each error once, `progress` of (answered, all) after each batch.
    """

    cache: Path | None = None
    limits: Limits = field(default_factory=Limits)
    clock: Clock = field(default_factory=Clock)
    lexicon: tuple[Path, ...] = ()
    report: Callable[[KoprocError], None] = log
    progress: Callable[[int, int], None] | None = None


def translator_names() -> list[str]:
    """The names that `load_translator` knows, ours first.

    >>> translator_names()[:4]
    ['offline', 'deepl', 'openai', 'local']
    """
    return [*_OURS, *sorted({found.name for found in entry_points(group=ENTRY_POINTS)} - set(_OURS))]


def load_translator(name: str, settings: Settings | None = None) -> Translator:
    """The translator of a name, such as `offline`, `deepl`, `openai:MODEL`, `local:DIRECTORY`, or another package's.

    Raises:
        TranslationError: there is none of that name, or it cannot be loaded.

    >>> load_translator("google")
    Traceback (most recent call last):
    koproc.errors.TranslationError: no translator is called 'google'; there are offline, deepl, openai, local
    """
    settings = settings or Settings()
    kind, _, argument = name.partition(":")
    if kind in _OURS:
        return _OURS[kind](argument, settings)
    for found in entry_points(group=ENTRY_POINTS, name=kind):
        try:
            translator: Translator = found.load()(argument, settings)
        except (ImportError, AttributeError) as err:
            raise TranslationError(f"the translator {kind} ({found.value}) cannot be loaded ({err}); reinstall its package") from err
        return translator
    raise TranslationError(f"no translator is called {kind!r}; there are {', '.join(translator_names())}")


def _offline(argument: str, settings: Settings) -> Translator:
    from ..lexicon import load_lexicon
    from .offline import Offline

    _nothing("offline", argument)
    return Offline(load_lexicon(settings.lexicon))


def _deepl(argument: str, settings: Settings) -> Translator:
    from .deepl import DeepL

    _nothing("deepl", argument)
    service = DeepL(limits=settings.limits, clock=settings.clock)
    return Batched(service, cache=settings.cache, report=settings.report, progress=settings.progress)


def _openai(argument: str, settings: Settings) -> Translator:
    from .openai import OpenAI

    if not argument:
        raise TranslationError("openai: name a model after a colon, such as openai:MODEL")
    service = OpenAI(argument, limits=settings.limits, clock=settings.clock)
    return Batched(service, cache=settings.cache, report=settings.report, progress=settings.progress)


def _local(argument: str, settings: Settings) -> Translator:
    from .local import load_model

    if not argument:
        raise TranslationError("local: name the model's directory after a colon, such as local:models/ko-en")
    return Batched(load_model(Path(argument)), report=settings.report, progress=settings.progress)


def _nothing(name: str, argument: str) -> None:
    if argument:
        raise TranslationError(f"{name}: takes nothing after the colon, but got {argument!r}")


_OURS: dict[str, Callable[[str, Settings], Translator]] = {
    "offline": _offline,
    "deepl": _deepl,
    "openai": _openai,
    "local": _local,
}
