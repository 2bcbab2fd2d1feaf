"""Labelled units → an encoder's upper layers tuned to label them, and what it says of the sentences it learned from, cross-fitted.

The embeddings and the lower layers stay as they are: most of the weights are there, and their outputs are computed once. The sequence model
must learn how far to trust the encoder, so it sees of each sentence what an encoder says that was tuned without it.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from .context import HEAD, ContextModel, reduced_precision
from .encoder import Batch, Encoder
from .units import Unit

# chosen on 1,000 of KLUE-NER's training sentences, tuned on the other 4,000 (models/tagger/README.md)
_LAYERS = 6  # the upper half of a network of twelve
_EPOCHS = 3
_RATE = 2e-4
_HEAD_RATE = 2e-3
_WARM = 0.1  # of the steps, while the rate grows; then it falls to zero
_DROPOUT = 0.1
FOLDS = 2

_SAMPLE = (Unit(0, 4, "엔비디아", "NNP", True), Unit(4, 5, "가", "JKS", False), Unit(6, 8, "서울", "NNP", True))

Sentences = Sequence[Sequence[Unit]]
Labels = Sequence[Sequence[str]]
Step = Callable[[int, int], None]


def cross_fitted(
    encoder: Encoder, sentences: Sentences, wanted: Labels, *, seed: int = 0, progress: Step | None = None
) -> tuple[ContextModel, list[npt.NDArray[np.float32]]]:
    """The encoder tuned on all sentences, and for each sentence the log-probabilities of one that was tuned on others.

    The same sentences in the same order give the same weights on the same machine.
    """
    labels = sorted({label for labelled in wanted for label in labelled})
    order = list(range(len(sentences)))
    random.Random(seed).shuffle(order)
    tuner = Tuner(encoder, labels, seed, progress, FOLDS * _EPOCHS * len(order))
    told: list[npt.NDArray[np.float32]] = [np.zeros((0, len(labels)), np.float32)] * len(sentences)
    for fold in range(FOLDS):
        others = sorted(at for place, at in enumerate(order) if place % FOLDS != fold)
        held = sorted(order[fold::FOLDS])
        model = tuner.tuned([sentences[at] for at in others], [wanted[at] for at in others])
        for at, numbers in zip(held, model.numbers([sentences[at] for at in held]), strict=True):
            told[at] = numbers
    return tuner.tuned(sentences, wanted), told


class Tuner:
    """Tunes one encoder, each time from its first weights."""

    def __init__(self, encoder: Encoder, labels: Sequence[str], seed: int = 0, progress: Step | None = None, total: int = 0) -> None:
        self.encoder, self.labels, self.seed = encoder, labels, seed
        self._progress, self._total, self._done = progress, total, 0
        self.probe = encoder.probe()
        self._stack = encoder.layers()
        self._first = max(len(self._stack) - _LAYERS, 0)
        self._replays = self._can_replay()
        names = {id(parameter): name for name, parameter in encoder.network.named_parameters()}
        self._tuned = {names[id(parameter)]: parameter for layer in self._stack[self._first :] for parameter in layer.parameters()}
        self._initial = {name: parameter.detach().clone() for name, parameter in self._tuned.items()}

    def tuned(self, sentences: Sentences, wanted: Labels) -> ContextModel:
        """A model that labels like `wanted`; its weights are rounded as they will be stored."""
        import torch

        network = self.encoder.network
        network.requires_grad_(False)
        with torch.no_grad():
            for name, parameter in self._tuned.items():
                parameter.copy_(self._initial[name])
                parameter.requires_grad_(True)
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(self.seed)
            head = torch.nn.Linear(self.encoder.dimension, len(self.labels))
            self._learn(head, self.encoder.batches(sentences), wanted)
        network.requires_grad_(False)
        tensors = {name: parameter.detach().numpy().astype(np.float16) for name, parameter in self._tuned.items()}
        tensors |= {name: value.detach().numpy().astype(np.float16) for name, value in zip(HEAD, head.parameters(), strict=True)}
        return ContextModel(self.encoder, self.labels, tensors, self.probe)

    def _learn(self, head: Any, batches: Sequence[Batch], wanted: Labels) -> None:
        """AdamW with a rate that warms up and falls, gradients clipped."""
        import torch
        from torch.nn.functional import cross_entropy, dropout

        targets = [self._targets(batch, wanted) for batch in batches]
        parameters = list(self._tuned.values())
        groups = [
            {"params": [p for p in parameters if p.ndim > 1], "lr": _RATE, "weight_decay": 0.01},
            {"params": [p for p in parameters if p.ndim < 2], "lr": _RATE, "weight_decay": 0.0},
            {"params": list(head.parameters()), "lr": _HEAD_RATE, "weight_decay": 0.0},
        ]
        optimizer = torch.optim.AdamW(groups, fused=True)
        steps = _EPOCHS * len(batches)
        scale = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: rate_at(step, steps))
        lower = [self._lower(batch) if self._replays else None for batch in batches]
        shuffled = random.Random(self.seed)
        self.encoder.network.train()
        for _ in range(_EPOCHS):
            order = list(range(len(batches)))
            shuffled.shuffle(order)
            for at in order:
                with reduced_precision():
                    call = lower[at]
                    hidden = self._upper(*call) if call is not None else self.encoder.network(**batches[at].inputs).last_hidden_state
                units = batches[at].shares @ hidden.float()
                loss = cross_entropy(head(dropout(units, _DROPOUT)).flatten(0, 1), targets[at].flatten(), ignore_index=-1)
                optimizer.zero_grad()
                loss.backward()
                torch.nn.utils.clip_grad_norm_([*parameters, *head.parameters()], 1.0)
                optimizer.step()
                scale.step()
                self._report(len(batches[at].places))
        self.encoder.network.eval()

    def _targets(self, batch: Batch, wanted: Labels) -> Any:
        """Numbers of the labels; -1 beyond a sentence's end. Shape: (part, unit)."""
        import torch

        numbers = {label: number for number, label in enumerate(self.labels)}
        targets = torch.full(batch.shares.shape[:2], -1)
        for row, (sentence, first, last) in enumerate(batch.places):
            targets[row, : last - first] = torch.tensor([numbers[label] for label in wanted[sentence][first:last]])
        return targets

    def _lower(self, batch: Batch) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """What the first tuned layer is called with for a batch: computed once, because nothing below it changes."""
        import torch

        calls: list[tuple[tuple[Any, ...], dict[str, Any]]] = []
        hook = self._stack[self._first].register_forward_pre_hook(lambda _, args, given: calls.append((args, given)), with_kwargs=True)
        self.encoder.network.eval()
        try:
            with torch.no_grad(), reduced_precision():
                self.encoder.network(**batch.inputs)
        finally:
            hook.remove()
        return calls[0]

    def _upper(self, args: tuple[Any, ...], given: dict[str, Any]) -> Any:
        """The tuned layers' output for what the first of them is called with."""
        hidden = args[0]
        for layer in self._stack[self._first :]:
            hidden = layer(hidden, *args[1:], **given)
            hidden = hidden[0] if isinstance(hidden, tuple) else hidden
        return hidden

    def _can_replay(self) -> bool:
        """Whether the tuned layers called one after the other give the network's output: not where something follows them or differs by layer."""
        import torch

        (batch,) = self.encoder.batches([_SAMPLE])
        with torch.no_grad():
            whole = self.encoder.network.eval()(**batch.inputs).last_hidden_state
            again = self._upper(*self._lower(batch))
        return bool(torch.allclose(whole.float(), again.float(), atol=0.05))

    def _report(self, sentences: int) -> None:
        self._done += sentences
        if self._progress is not None:
            self._progress(min(self._done, self._total), self._total)


def rate_at(step: int, steps: int) -> float:
    """The share of the full learning rate at a step.

    >>> [round(rate_at(step, 100), 2) for step in (0, 9, 10, 55, 99)]
    [0.1, 1.0, 1.0, 0.5, 0.01]
    """
    warm = max(math.ceil(_WARM * steps), 1)
    return (step + 1) / warm if step < warm else max((steps - step) / max(steps - warm, 1), 0.0)
