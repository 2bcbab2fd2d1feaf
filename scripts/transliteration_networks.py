"""For scripts/build_transliteration: both networks, trained with torch on one thread so that the same seed gives the same bytes."""

from __future__ import annotations

import math
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from koproc.transliteration.jamo import TOKENS, spelled, tokens
from koproc.transliteration.reading import REACH, outputs

torch.set_num_threads(1)
PAD = TOKENS  # a unit that is no unit


class SpellerNet(nn.Module):
    """Hangul units → chunks of letters. The names of its weights are those that koproc.transliteration.network reads."""

    def __init__(self, mask, vectors=64, reading=192, state=256, dropout=0.2):
        super().__init__()
        kinds = mask.shape[1]
        self.te, self.ue = nn.Embedding(TOKENS + 1, vectors), nn.Embedding(kinds, vectors)
        self.enc = nn.GRU(vectors, reading, bidirectional=True, batch_first=True)
        self.dec = nn.GRU(vectors + 2 * reading, state, batch_first=True)
        self.out, self.drop = nn.Linear(state + 2 * reading, kinds), nn.Dropout(dropout)
        self.register_buffer("mask", mask)

    def forward(self, units, chunks, sizes):
        """Scores of every chunk at every unit, given the chunks before it."""
        packed = nn.utils.rnn.pack_padded_sequence(self.drop(self.te(units)), sizes, batch_first=True, enforce_sorted=False)
        read = self.drop(nn.utils.rnn.pad_packed_sequence(self.enc(packed)[0], batch_first=True)[0])
        before = functional.pad(chunks[:, :-1], (1, 0))
        written, _ = self.dec(torch.cat([self.drop(self.ue(before)), read], -1))
        return self.out(torch.cat([self.drop(written), read], -1)).masked_fill(~self.mask[units], -1e4)


def train_speller(epochs, choices, kinds, size=128, rate=3e-3):
    """`epochs` is a list of lists of (units, chunk numbers). Returns the weights."""
    torch.manual_seed(1)
    rng = np.random.default_rng(1)
    mask = torch.zeros((TOKENS + 1, kinds), dtype=torch.bool)
    for unit, chosen in enumerate(choices):
        mask[unit, chosen] = True
    mask[PAD, 0] = True
    net = SpellerNet(mask)
    optimizer = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=0.01)
    steps = sum(math.ceil(len(data) / size) for data in epochs)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps + 1, pct_start=0.1)
    began = time.time()
    for number, data in enumerate(epochs):
        total = 0.0
        for units, chunks, sizes in _batches(data, size, rng):
            real = torch.arange(units.shape[1])[None] < sizes[:, None]
            loss = functional.cross_entropy(net(units, chunks, sizes)[real], chunks[real])
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 2.0)
            optimizer.step()
            schedule.step()
            total += loss.item() * int(real.sum())
        print(f"speller {number + 1}/{len(epochs)}: {total / len(data):.3f} nats a word, {time.time() - began:.0f} s", flush=True)
    return {name: value.numpy() for name, value in net.state_dict().items() if name != "mask"}


def _batches(data, size, rng):
    order = sorted(rng.permutation(len(data)), key=lambda n: len(data[n][0]) + rng.random() * 2)
    groups = [order[at : at + size] for at in range(0, len(order), size)]
    for number in rng.permutation(len(groups)):
        items = [data[n] for n in groups[number]]
        longest = max(len(units) for units, _ in items)
        units = torch.full((len(items), longest), PAD)
        chunks = torch.zeros((len(items), longest), dtype=torch.long)
        for row, (a, b) in enumerate(items):
            units[row, : len(a)], chunks[row, : len(b)] = torch.tensor(a), torch.tensor(b)
        yield units, chunks, torch.tensor([len(a) for a, _ in items])


class ReaderNet(nn.Module):
    """Letters around a letter and the last outputs → what it is written as in Hangul."""

    def __init__(self, classes, letters=24, given=32, hidden=320, dropout=0.25):
        super().__init__()
        self.le, self.ue = nn.Embedding(28, letters, padding_idx=0), nn.Embedding(classes + 1, given)
        self.a = nn.Linear((2 * REACH + 1) * letters + 3 * given, hidden)
        self.b, self.c, self.drop = nn.Linear(hidden, hidden), nn.Linear(hidden, classes), nn.Dropout(dropout)

    def forward(self, window, before):
        """Scores of every class. Shapes: (n, window), (n, 3)."""
        given = torch.cat([self.le(window).flatten(1), self.ue(before).flatten(1)], 1)
        hidden = functional.relu(self.a(self.drop(given)))
        return self.c(self.drop(hidden + functional.relu(self.b(self.drop(hidden)))))


def _padded(word):
    return [0] * REACH + [27] + [ord(letter) - 96 for letter in word] + [27] + [0] * REACH


def train_reader(pairs, classes, epochs=16, size=512, rate=3e-3):
    """`pairs` is a list of (Hangul, chunks). Returns the network."""
    torch.manual_seed(3)
    number = {units: n for n, units in enumerate(classes)}
    windows, before, wanted = [], [], []
    for word, chunks in pairs:
        written = outputs(tokens(word), chunks)
        if any(units not in number for units in written):
            continue
        padded, last = _padded("".join(chunks)), (len(classes),) * 3
        for at, units in enumerate(written):
            windows.append(padded[at + 1 : at + 2 + 2 * REACH])
            before.append(last)
            wanted.append(number[units])
            last = (last[1], last[2], number[units])
    windows, before, wanted = torch.tensor(windows), torch.tensor(before), torch.tensor(wanted)
    net = ReaderNet(len(classes))
    optimizer = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=0.02)
    steps = epochs * math.ceil(len(wanted) / size)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps + 1, pct_start=0.1)
    generator, began = torch.Generator().manual_seed(5), time.time()
    for epoch in range(epochs):
        order, total = torch.randperm(len(wanted), generator=generator), 0.0
        for at in range(0, len(order), size):
            batch = order[at : at + size]
            loss = functional.cross_entropy(net(windows[batch], before[batch]), wanted[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item() * len(batch)
        print(f"reader {epoch + 1}/{epochs}: {total / len(order):.3f} nats a letter, {time.time() - began:.0f} s", flush=True)
    return net.eval()


@torch.no_grad()
def written_in_hangul(net, classes, words, beam=3, block=2000):
    """For each word, up to `beam` ways to write it in Hangul as (Hangul, log probability)."""
    found = {}
    by_length = {}
    for word in words:
        by_length.setdefault(len(word), []).append(word)
    blocks = [(size, group[at : at + block]) for size, group in sorted(by_length.items()) for at in range(0, len(group), block)]
    for size, group in blocks:
        count = len(group)
        letters = torch.tensor([_padded(word) for word in group])
        score = torch.full((count, beam), -1e9)
        score[:, 0] = 0
        last = torch.full((count, beam, 3), len(classes))
        history = torch.zeros(count, beam, 0, dtype=torch.long)
        for at in range(size):
            window = letters[:, None, at + 1 : at + 2 + 2 * REACH].expand(count, beam, -1).reshape(count * beam, -1)
            odds, which = net(window, last.reshape(count * beam, 3)).log_softmax(-1).reshape(count, beam, -1).topk(beam, -1)
            score, best = (score[..., None] + odds).reshape(count, -1).topk(beam, -1)
            parent, symbol = best // beam, which.reshape(count, -1).gather(1, best)[..., None]
            history = torch.cat([history.gather(1, parent[..., None].expand(-1, -1, at)), symbol], 2)
            last = torch.cat([last.gather(1, parent[..., None].expand(-1, -1, 3))[..., 1:], symbol], 2)
        for row, word in enumerate(group):
            ways = {}
            for way in range(beam):
                hangul = spelled(tuple(unit for n in history[row, way].tolist() for unit in classes[n]))
                if hangul:
                    ways[hangul] = float(np.logaddexp(ways.get(hangul, -np.inf), score[row, way].item()))
            if ways:
                found[word] = sorted(ways.items(), key=lambda pair: (-pair[1], pair[0]))
    return found
