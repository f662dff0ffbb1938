"""Which beginnings prompts share: read ahead, they are read once instead of once a prompt.

OpenVINO GenAI keeps what it has read in blocks and finds a new prompt's beginning there, but
prompts that start together find nothing of each other. Knows nothing of models.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile

BLOCK = 32
"""Tokens that OpenVINO's cache keeps together on a CPU (2026.4).

A beginning is read ahead in whole blocks: one that ends inside a block is copied for each prompt,
and lines written so were less likely than those of a cache that holds nothing.
"""

Row = tuple[int, ...]


class Beginnings:
    """The beginnings that were read last, at most ``n_blocks`` blocks of them."""

    def __init__(self, n_blocks: int) -> None:
        self._n_blocks = n_blocks
        self._read: dict[int, None] = {}

    def ahead(self, rows: Sequence[Row]) -> list[list[Row]]:
        """What is to be read before the rows of token ids, and counts as read from now on.

        Each list before the next: its rows go on from those before and have no block in common.
        """
        waves = [[row for row in wave if _keys(row)[-1] not in self._read] for wave in shared(rows)]
        for row in rows:
            self._keep(_keys(row))
        return [wave for wave in waves if wave]

    def _keep(self, keys: Sequence[int]) -> None:
        for key in keys:
            self._read.pop(key, None)
            self._read[key] = None
        while len(self._read) > self._n_blocks:
            del self._read[next(iter(self._read))]


def shared(rows: Sequence[Row]) -> list[list[Row]]:
    """The beginnings, in whole blocks, that different rows share, the shorter first."""
    waves: list[list[Row]] = []
    for depth, beginning in _shared(sorted(set(rows)), 0, 0):
        waves.extend([] for _ in range(depth + 1 - len(waves)))
        waves[depth].append(beginning)
    return waves


def _shared(rows: Sequence[Row], n_read: int, depth: int) -> Iterator[tuple[int, Row]]:
    """What sorted rows share behind their first ``n_read`` tokens, and how often it goes on."""
    longer = [row for row in rows if len(row) >= n_read + BLOCK]
    for _, alike in groupby(longer, key=lambda row: row[n_read : n_read + BLOCK]):
        group = list(alike)
        if len(group) > 1:
            pairs = zip(group[0], group[-1], strict=False)
            n_alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
            n_shared = n_alike - n_alike % BLOCK
            yield depth, group[0][:n_shared]
            yield from _shared(group, n_shared, depth + 1)


def _keys(row: Row) -> list[int]:
    """For each whole block a key of all that stands up to its end."""
    keys: list[int] = []
    for start in range(0, len(row) - len(row) % BLOCK, BLOCK):
        keys.append(hash((keys[-1] if keys else 0, row[start : start + BLOCK])))
    return keys
