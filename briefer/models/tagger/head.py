"""From what a reader saw of an article's sentences to logits of what each carries.

Two small transformer layers over the sentences, which know where in the article they stand.
Training and use share this. Knows nothing of tokens, files or readers.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

LABELS = ("fact", "dissent", "agreement", "speech")
HINTS = ("lead", "must", "joined")
"""Extra labels that cost nothing with the same read: carries one of the first four facts; carries
a dissent or agreement that must be told; shares an item with the sentence before."""

INNER = 384
N_PLACES = 64  # positions told apart, from the start and from the end
FARTHEST = 6.0  # standard deviations
_N_HEADS, _N_LAYERS, _DROPOUT = 6, 2, 0.2


class Head(nn.Module):
    """Hidden states of articles' sentences -> logits of labels and hints."""

    mean: Tensor
    spread: Tensor

    def __init__(self, width: int) -> None:
        """``width``: channels of the reader's hidden states."""
        super().__init__()
        self.register_buffer("mean", torch.zeros(2 * width))
        self.register_buffer("spread", torch.ones(2 * width))
        self.into = nn.Sequential(nn.Linear(2 * width, INNER), nn.GELU())
        self.from_start = nn.Embedding(N_PLACES, INNER)
        self.from_end = nn.Embedding(N_PLACES, INNER)
        for places in (self.from_start, self.from_end):
            nn.init.normal_(places.weight, std=0.02)
        self.drop = nn.Dropout(_DROPOUT)
        layer = nn.TransformerEncoderLayer(
            INNER, _N_HEADS, 2 * INNER, _DROPOUT, "gelu", batch_first=True, norm_first=True
        )
        self.layers = nn.TransformerEncoder(layer, _N_LAYERS, enable_nested_tensor=False)
        self.out = nn.Sequential(nn.LayerNorm(INNER), nn.Linear(INNER, len(LABELS) + len(HINTS)))

    def forward(self, x: Tensor, counts: Sequence[int]) -> Tensor:
        """``x`` (sentences of all articles, 2 C), sentences an article -> logits (sentences, 7)."""
        placed = self._placed(x, counts)
        rows = nn.utils.rnn.pad_sequence(list(torch.split(placed, list(counts))), batch_first=True)
        lengths = torch.tensor(counts, device=x.device)
        is_padding = torch.arange(rows.shape[1], device=x.device) >= lengths[:, None]
        judged = self.layers(rows, src_key_padding_mask=is_padding)
        logits: Tensor = self.out(judged[~is_padding])
        return logits

    def judge(self, x: Tensor, n_at_once: int) -> Tensor:
        """``x`` (sentences of one article, 2 C) -> logits (sentences, 7).

        At most ``n_at_once`` sentences attend to each other: memory grows with their square.
        """
        parts = torch.split(self._placed(x, [len(x)]), n_at_once)
        return torch.cat([self.out(self.layers(part[None])[0]) for part in parts])

    def _placed(self, x: Tensor, counts: Sequence[int]) -> Tensor:
        """Each sentence as it is read, and where in its article it stands: (sentences, INNER)."""
        starts = torch.cat([torch.arange(n) for n in counts]).clamp(max=N_PLACES - 1)
        ends = torch.cat([torch.arange(n - 1, -1, -1) for n in counts]).clamp(max=N_PLACES - 1)
        # A few channels of a language model are a hundred times larger than the rest.
        x = ((x - self.mean) / self.spread).clamp(-FARTHEST, FARTHEST)
        x = self.into(x) + self.from_start(starts.to(x.device)) + self.from_end(ends.to(x.device))
        placed: Tensor = self.drop(x)
        return placed
