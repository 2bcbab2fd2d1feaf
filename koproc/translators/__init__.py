"""Translators: Korean names and terms (and what stands around them) go in, English candidates come out.

All of them keep to one small protocol, `Translator`; `load_translator` finds ours and those of other packages by name. What a service
was paid for is kept on disk, so nothing is paid twice.
"""

from .batches import Batched, Estimate, Item, Service
from .fill import fill
from .loading import ENTRY_POINTS, Settings, load_translator, translator_names
from .network import Clock, Limits
from .protocol import Candidate, Translator

__all__ = [
    "ENTRY_POINTS",
    "Batched",
    "Candidate",
    "Clock",
    "Estimate",
    "Item",
    "Limits",
    "Service",
    "Settings",
    "Translator",
    "fill",
    "load_translator",
    "translator_names",
]
