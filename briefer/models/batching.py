"""Which texts run together, and how rows of token ids are padded to tensors.

Knows nothing of models.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import torch
from torch import Tensor

# Rows times longest row of one batch: bounds the memory of keys and values (0.9 GB in float32 for
# the 1.5B).
_MAX_BATCH_TOKENS = 16_384
_MAX_BATCH_ROWS = 32
# A row is read as if it were as long as the longest; shorter than half of it, it waits.
_MAX_STRETCH = 2


# Hidden states of unpadded texts that are held at once: 3,072 tokens are 55 MB of feed-forward
# channels each for gate and up in the 1.5B.
_MAX_READ_TOKENS = 3072


def runs(lengths: Sequence[int]) -> Iterator[slice]:
    """Neighbours among unpadded texts that are read together, bounded in all."""
    start = n_tokens = 0
    for number, length in enumerate(lengths):
        if number > start and n_tokens + length > _MAX_READ_TOKENS:
            yield slice(start, number)
            start, n_tokens = number, 0
        n_tokens += length
    if start < len(lengths):
        yield slice(start, len(lengths))


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Numbers of prompts that are run together: alike in length, bounded in all."""
    batch: list[int] = []
    for number in sorted(range(len(lengths)), key=lambda i: -lengths[i]):
        if batch and not _fits(lengths[number], longest=lengths[batch[0]], n_rows=len(batch) + 1):
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch


def _fits(length: int, *, longest: int, n_rows: int) -> bool:
    is_bounded = n_rows * longest <= _MAX_BATCH_TOKENS and n_rows <= _MAX_BATCH_ROWS
    return is_bounded and length * _MAX_STRETCH >= longest


def padded(
    rows: Sequence[Sequence[int]], pad: int, side: Literal["left", "right"]
) -> tuple[Tensor, Tensor]:
    """Rows as (B, T) token ids and the mask (B, T) of those that count."""
    longest = max(map(len, rows))
    gaps = [longest - len(row) for row in rows]
    if side == "left":
        ids = [[*[pad] * gap, *row] for gap, row in zip(gaps, rows, strict=True)]
        mask = [[*[0] * gap, *[1] * len(row)] for gap, row in zip(gaps, rows, strict=True)]
    else:
        ids = [[*row, *[pad] * gap] for gap, row in zip(gaps, rows, strict=True)]
        mask = [[*[1] * len(row), *[0] * gap] for gap, row in zip(gaps, rows, strict=True)]
    return torch.tensor(ids), torch.tensor(mask)
