"""Bind what a torch model writes to JSON Schemas: at each step, mask the tokens that break them.

llguidance says which tokens may follow; its mask is applied with plain torch, because its own
helper compiles C++ at run time. Knows nothing of prompts or engines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from llguidance import LLMatcher, LLTokenizer
from llguidance.numpy import allocate_token_bitmask, fill_next_token_bitmask
from torch import Tensor

from briefer.errors import GenerationFailed
from briefer.models import grammar

_BITS = 32  # tokens a word of llguidance's mask


class SchemaMask:
    """A logits processor for one batch: row ``i`` obeys ``schemas[i]``, free where it is ``None``.

    State is kept a row, so make a new one for each batch.
    """

    def __init__(
        self,
        tokenizer: LLTokenizer,
        schemas: Sequence[Mapping[str, Any] | None],
        n_vocabulary: int,
    ) -> None:
        self._matchers = [
            None if schema is None else _matcher(tokenizer, schema) for schema in schemas
        ]
        self._words = allocate_token_bitmask(len(schemas), n_vocabulary)  # (B, V / 32) int32
        self._n_prompt: int | None = None

    def __call__(self, input_ids: Tensor, scores: Tensor) -> Tensor:
        """``input_ids`` (B, T), ``scores`` (B, V) -> scores, minus infinity where forbidden."""
        if self._n_prompt is None:
            self._n_prompt = input_ids.shape[1]
        written = input_ids[:, self._n_prompt :]
        for row, matcher in enumerate(self._matchers):
            if matcher is None:
                continue
            if written.shape[1] and not matcher.is_stopped():
                matcher.consume_token(int(written[row, -1]))
            fill_next_token_bitmask(matcher, self._words, row)
            _require_sound(matcher)
        return scores.masked_fill(~self._allowed(scores), float("-inf"))

    def _allowed(self, scores: Tensor) -> Tensor:
        words = torch.from_numpy(self._words).to(scores.device)
        shifts = torch.arange(_BITS, device=scores.device, dtype=torch.int32)
        bits = (words.unsqueeze(-1) >> shifts) & 1  # (B, V / 32, 32)
        return bits.flatten(1)[:, : scores.shape[1]].bool()


def _matcher(tokenizer: LLTokenizer, schema: Mapping[str, Any]) -> LLMatcher:
    matcher = LLMatcher(tokenizer, grammar.of_schema(schema))
    _require_sound(matcher)
    return matcher


def _require_sound(matcher: LLMatcher) -> None:
    if matcher.is_error():
        raise GenerationFailed(f"The JSON Schema cannot be obeyed: {matcher.get_error()}")
