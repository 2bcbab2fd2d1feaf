"""DeepL: texts in batches to its API (https://developers.deepl.com/docs), with their context and a glossary in the user's account.

Billed are the characters of the texts, not those of the context, which is one for a whole request: so texts share a request where they
share their context. The key comes from DEEPL_AUTH_KEY (one that ends in :fx is for the free API).

A glossary is looked for among those of the account by its name, which says what is in it: `koproc ko-en 3f6c…`. Where there is none it is
made, and takes the place of the last one that was made here; glossaries with other names are left alone.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..errors import TranslationError
from .batches import Item, UnusableError
from .network import Access, Client, Clock, Limits, StatusError, public
from .protocol import UNSCORED, Candidate, usable

_TEXTS = 50  # in a request
_BYTES = 100_000  # of texts and context in a request; its body may have 128 KiB
_PHRASE = 1024  # bytes of a phrase in a glossary
_TARGETS = {"en": "EN-US", "pt": "PT-BR"}  # as targets these need a region


class DeepL:
    """The service behind the translator `deepl`. It connects when it is first asked."""

    unit, sentences = "characters", 3

    def __init__(self, *, limits: Limits, clock: Clock) -> None:
        self._limits, self._clock = limits, clock
        self._client: Client | None = None
        self._glossaries: dict[str, str] = {}  # the id of each glossary that was looked for, by name

    @property
    def identity(self) -> str:
        """What another server answers (DEEPL_SERVER_URL, for tests) is not what DeepL does."""
        return f"deepl {public(os.environ.get('DEEPL_SERVER_URL', ''))}".strip()

    def batches(self, items: Sequence[Item]) -> Iterator[Sequence[Item]]:
        """Items of one context, with a glossary or without, as many as a request takes."""

        def kind(item: Item) -> tuple[tuple[str, ...], bool]:
            return item.context, bool(item.glossary)

        # a sort keeps the order of items of one kind
        for (context, _), alike in itertools.groupby(sorted(items, key=kind), key=kind):
            batch: list[Item] = []
            taken = around = _bytes(*context)
            for item in alike:
                if batch and (len(batch) == _TEXTS or taken + _bytes(item.text) > _BYTES):
                    yield batch
                    batch, taken = [], around
                batch.append(item)
                taken += _bytes(item.text)
            yield batch

    def size(self, batch: Sequence[Item], *, source: str, target: str) -> int:
        return sum(len(item.text) for item in batch)

    def answer(self, batch: Sequence[Item], *, source: str, target: str, glossary: Mapping[str, str]) -> dict[Item, list[Candidate]]:
        """One candidate for each item, none where DeepL leaves a text as it is."""
        body: dict[str, Any] = {
            "text": [item.text for item in batch],
            "source_lang": source.upper(),
            "target_lang": _TARGETS.get(target, target.upper()),
            "split_sentences": "0",
            "preserve_formatting": True,
        }
        if batch[0].context:
            body["context"] = "\n".join(batch[0].context)
        characters = self.size(batch, source=source, target=target)
        reply = self._translate(body, glossary if batch[0].glossary else {}, source, target, characters)
        answers = reply.get("translations")
        if not isinstance(answers, list) or len(answers) != len(batch):
            raise UnusableError("DeepL: answers another number of texts than it was sent")
        found = {}
        for item, one in zip(batch, answers, strict=True):
            text = usable(one.get("text") if isinstance(one, dict) else None, item.text, target)
            found[item] = [Candidate(text, UNSCORED, "mt")] if text else []
        return found

    def _translate(self, body: dict[str, Any], glossary: Mapping[str, str], source: str, target: str, characters: int) -> dict[str, Any]:
        entries = _entries(glossary)
        if not entries:
            return self._connected().call("POST", "/v2/translate", body, characters=characters)
        body["glossary_id"] = self._glossary(entries, source, target)
        try:
            return self._connected().call("POST", "/v2/translate", body, characters=characters)
        except StatusError as err:
            if err.status != 404:
                raise
        self._glossaries.clear()  # somebody has removed it meanwhile
        body["glossary_id"] = self._glossary(entries, source, target)
        return self._connected().call("POST", "/v2/translate", body, characters=characters)

    def _glossary(self, entries: str, source: str, target: str) -> str:
        """The id of the glossary with these entries in the account.

        Raises:
            TranslationError: DeepL will not make it.
        """
        ours = f"koproc {source}-{target} "
        name = ours + hashlib.sha256(entries.encode()).hexdigest()[:16]
        if name not in self._glossaries:
            try:
                found = self._found(name, re.compile(re.escape(ours) + "[0-9a-f]{16}"))
                self._glossaries[name] = found or self._made(name, entries, source, target)
            except StatusError as err:  # what it says of this glossary it will say for every batch
                raise StatusError(f"{err}; the glossary was not to be had", err.status, final=True) from err
        return self._glossaries[name]

    def _found(self, name: str, ours: re.Pattern[str]) -> str | None:
        """The id of the glossary of that name; where there is none, earlier ones of ours make room (a free account has one glossary)."""
        listed = self._connected().call("GET", "/v3/glossaries").get("glossaries")
        known = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
        for one in known:
            if one.get("name") == name:
                return str(one.get("glossary_id"))
        for one in known:
            if ours.fullmatch(str(one.get("name"))):
                self._connected().call("DELETE", f"/v3/glossaries/{one.get('glossary_id')}")
        return None

    def _made(self, name: str, entries: str, source: str, target: str) -> str:
        dictionary = {"source_lang": source, "target_lang": target, "entries": entries, "entries_format": "tsv"}
        made = self._connected().call("POST", "/v3/glossaries", {"name": name, "dictionaries": [dictionary]})
        if not isinstance(made.get("glossary_id"), str):
            raise TranslationError("DeepL: made a glossary but does not say which", final=True)
        return str(made["glossary_id"])

    def close(self) -> None:
        if self._client is not None:
            self._client.close()

    def _connected(self) -> Client:
        if self._client is None:
            key = os.environ.get("DEEPL_AUTH_KEY", "").strip()
            if not key:
                raise TranslationError("DeepL: no key; set the environment variable DEEPL_AUTH_KEY", final=True)
            address = os.environ.get("DEEPL_SERVER_URL") or f"https://{'api-free' if key.endswith(':fx') else 'api'}.deepl.com"
            access = Access("DeepL", address.rstrip("/"), "DEEPL_AUTH_KEY", "DeepL-Auth-Key", key)
            self._client = Client(access, limits=self._limits, clock=self._clock)
        return self._client


def _entries(glossary: Mapping[str, str]) -> str:
    r"""A glossary as DeepL takes it: lines of phrase, tab, phrase; what it would refuse is left out.

    >>> _entries({"누리 칩": "Nuri\tChip", "": "nothing"})
    '누리 칩\tNuri Chip'
    """
    pairs = {" ".join(ko.split()): " ".join(en.split()) for ko, en in glossary.items()}
    return "\n".join(
        f"{ko}\t{en}"
        for ko, en in sorted(pairs.items())
        if all(phrase and phrase.isprintable() and _bytes(phrase) <= _PHRASE for phrase in (ko, en))
    )


def _bytes(*texts: str) -> int:
    return sum(len(text.encode("utf-8", "replace")) for text in texts)
