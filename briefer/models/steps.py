"""What looks on at each step while torch writes a batch: where rows end, how likely they are.

State is kept a batch, so make new ones for each. Knows nothing of models or engines.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, repeat
from typing import Any

import torch
from torch import Tensor
from transformers import LogitsProcessor, StoppingCriteria

from briefer.models import wording
from briefer.models.base import Prompt

# A stop string can end in the middle of what is decoded from this many last tokens.
_STOP_WINDOW = 16


class Sureness(LogitsProcessor):
    """Remembers the natural-log likelihood of each token that is taken, which is the likeliest."""

    def __init__(self) -> None:
        self._steps: list[Tensor] = []

    def __call__(self, _: Tensor, scores: Tensor) -> Tensor:
        """``scores`` (B, V), as they are, after a look at them."""
        likely = scores.float()  # (B, V)
        self._steps.append(likely.amax(-1) - likely.logsumexp(-1))
        return scores

    def of(self, row: int) -> list[float]:
        """The likelihoods of one row of the batch, token by token."""
        return [float(step[row]) for step in self._steps]


class Bounds(StoppingCriteria):
    """Ends each row of a batch at its own limit, or behind one of its own stop strings."""

    def __init__(self, tokenizer: Any, prompts: Sequence[Prompt], n_before: int) -> None:
        self._tokenizer = tokenizer
        self._limits = torch.tensor([prompt.max_new_tokens for prompt in prompts])
        self._stops = [prompt.stop for prompt in prompts]
        self.n_before = n_before

    def __call__(self, input_ids: Tensor, *_: Any, **__: Any) -> Tensor:
        """``input_ids`` (B, T) -> which rows are done (B,)."""
        written = input_ids[:, self.n_before :]
        n_beams = len(written) // len(self._stops)  # the rows of one prompt follow each other
        is_full = self._limits.repeat_interleave(n_beams) <= written.shape[1]
        own_stops = chain.from_iterable(repeat(stops, n_beams) for stops in self._stops)
        is_stopped = [
            bool(stops) and self._holds(row[-_STOP_WINDOW:], stops)
            for row, stops in zip(written, own_stops, strict=True)
        ]
        return (is_full | torch.tensor(is_stopped)).to(input_ids.device)

    def _holds(self, ids: Tensor, stops: Sequence[str]) -> bool:
        return wording.before_stop(self._tokenizer.decode(ids), stops)[1]
