"""A language model's first layers as a reader: token ids in, hidden states out.

Layers of Qwen2's kind (pre-norm, rotary positions, grouped queries, gated feed-forward) on torch.
Knows nothing of sentences or articles.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from briefer.models import convert, processor, trunk
from briefer.models.convert.adapter import Adapter
from briefer.models.sources import Source
from briefer.models.trunk import Shape, Trunk

Precision = Literal["auto", "float32", "bfloat16"]
Layer = Mapping[str, Tensor]
Rope = tuple[Tensor, Tensor]


@dataclass(frozen=True)
class Reader:
    """Reads texts with a trunk's layers; products are computed in ``dtype``, sums in float32.

    Weights stored in another type are turned into ``dtype`` layer by layer, so that no second
    copy of them stays in memory.
    """

    trunk: Trunk
    dtype: torch.dtype
    device: torch.device

    @property
    def width(self) -> int:
        """Channels of a hidden state."""
        return len(self.trunk.last_norm)

    def read(self, texts: Sequence[Sequence[int]]) -> list[Tensor]:
        """Token ids of some texts -> the hidden states of each after the last norm, (T, C) float32.

        Memory grows with the tokens of all texts together; each text attends to itself only.
        """
        return self._normed(texts, self.trunk.last_norm)

    def states(self, texts: Sequence[Sequence[int]]) -> list[Tensor]:
        """As ``read``, but each state is only scaled to a root mean square of 1."""
        return self._normed(texts, torch.ones(self.width))

    @torch.inference_mode()
    def _normed(self, texts: Sequence[Sequence[int]], norm: Tensor) -> list[Tensor]:
        shape = self.trunk.shape
        lengths = [len(text) for text in texts]
        ids = torch.tensor([token for text in texts for token in text])
        x = self.trunk.embedded(ids).to(self.device)
        rope = _rope(lengths, x.shape[1] // shape.n_heads, shape.rope_base, self.device)
        for layer in self.trunk.layers:
            x = self._through(layer, x, rope, lengths)
        return list(torch.split(_norm(x, norm.to(self.device), shape.epsilon), lengths))

    def _through(self, layer: Layer, x: Tensor, rope: Rope, lengths: list[int]) -> Tensor:
        epsilon = self.trunk.shape.epsilon
        y = _norm(x, layer["attn_norm.weight"].to(self.device), epsilon).to(self.dtype)
        x = x + self._linear(layer, "attn_output", self._attended(layer, y, rope, lengths))
        y = _norm(x, layer["ffn_norm.weight"].to(self.device), epsilon).to(self.dtype)
        gate = functional.silu(self._linear(layer, "ffn_gate", y))
        return x + self._linear(layer, "ffn_down", gate.mul_(self._linear(layer, "ffn_up", y)))

    def _attended(self, layer: Layer, y: Tensor, rope: Rope, lengths: list[int]) -> Tensor:
        """(T, C) -> (T, C): causal attention inside each text."""
        shape = self.trunk.shape
        q = _rotated(_heads(self._linear(layer, "attn_q", y), shape.n_heads), rope)  # (H, T, D)
        k = _rotated(_heads(self._linear(layer, "attn_k", y), shape.n_kv_heads), rope)
        v = _heads(self._linear(layer, "attn_v", y), shape.n_kv_heads)
        texts = zip(*(_by_text(part, lengths, shape) for part in (q, k, v)), strict=True)
        found = [
            functional.scaled_dot_product_attention(query, key, value, is_causal=True)
            for query, key, value in texts
        ]
        return torch.cat(found, 1).transpose(0, 1).flatten(1)

    def _linear(self, layer: Layer, name: str, y: Tensor) -> Tensor:
        weight = layer[f"{name}.weight"].to(self.device, self.dtype)
        bias = layer.get(f"{name}.bias")
        return functional.linear(
            y, weight, None if bias is None else bias.to(self.device, self.dtype)
        )


@dataclass(frozen=True)
class Probe:
    """A linear probe of hidden states (Alain & Bengio 2016), its weights (C,)."""

    weights: Tensor
    bias: float

    def log_odds(self, states: Tensor) -> Tensor:
        """(…, C) -> (…): ``weights · state + bias``, natural log-odds that what it asks is so."""
        return states.float() @ self.weights.to(states.device) + self.bias


def opened(
    source: Source,
    adapter: Adapter | None = None,
    *,
    n_layers: int,
    cache: Path | None = None,
    precision: Precision = "auto",
) -> Reader:
    """A reader of a model's first layers; a GGUF file is converted first, once.

    Raises:
        WeightsError: the adapter is another model's, or the weights cannot be converted.
    """
    torch.set_num_threads(processor.owned_cores())
    device = torch.device("cuda" if processor.has_cuda() else "cpu")
    dtype = dtype_of(precision, device.type)
    own = trunk.of(
        source,
        adapter,
        n_layers=n_layers,
        # bfloat16 needs no conversion where products are computed in it; float16 holds more.
        storage="bfloat16" if dtype == torch.bfloat16 else "float16",
        cache=cache,
    )
    return Reader(_moved(own, device), dtype, device)


def plain_tokenizer(source: Source, cache: Path | None = None) -> Tokenizer:
    """The model's tokenizer, to which the control tokens in an article are but text."""
    tokenizer = Tokenizer.from_file(str(convert.tokenizer(source, cache=cache) / "tokenizer.json"))
    tokenizer.encode_special_tokens = True
    return tokenizer


def token_ids(tokenizer: Tokenizer, text: str) -> list[int]:
    """The tokens of a text and no others: none opens or ends it."""
    ids: list[int] = tokenizer.encode(text, add_special_tokens=False).ids
    return ids


def dtype_of(precision: Precision, place: str) -> torch.dtype:
    """In what products are computed at a place, "cuda" or "cpu": "auto" is what is fast there."""
    if precision != "auto":
        return torch.float32 if precision == "float32" else torch.bfloat16
    if place == "cuda":
        is_fast = torch.cuda.get_device_capability() >= (8, 0)  # Ampere, the first with bfloat16
    else:
        is_fast = processor.has_bf16()
    return torch.bfloat16 if is_fast else torch.float32


def _moved(own: Trunk, device: torch.device) -> Trunk:
    if device.type == "cpu":
        return own
    layers = tuple(
        {name: values.to(device) for name, values in layer.items()} for layer in own.layers
    )
    return replace(own, layers=layers)


def _heads(x: Tensor, n_heads: int) -> Tensor:
    return x.view(len(x), n_heads, -1).transpose(0, 1)


def _by_text(x: Tensor, lengths: list[int], shape: Shape) -> tuple[Tensor, ...]:
    """(heads, T, D) -> for each text (all heads, its T, D)."""
    repeated = torch.repeat_interleave(x, shape.n_heads // len(x), dim=0)
    return tuple(torch.split(repeated, lengths, dim=1))


def _norm(x: Tensor, weight: Tensor, epsilon: float) -> Tensor:
    return functional.rms_norm(x, (x.shape[-1],), weight, epsilon)


def _rope(lengths: list[int], width: int, base: float, device: torch.device) -> Rope:
    """Cosines and sines (T, D): rotary positions (Su et al. 2021), halves side by side."""
    positions = torch.cat([torch.arange(n, device=device) for n in lengths])
    exponents = torch.arange(width // 2, device=device, dtype=torch.float32) / (width // 2)
    angles = positions[:, None].float() * base**-exponents
    angles = torch.cat((angles, angles), -1)
    return angles.cos(), angles.sin()


def _rotated(x: Tensor, rope: Rope) -> Tensor:
    cos, sin = rope
    first, second = x.float().chunk(2, -1)
    turned = torch.cat((-second, first), -1)
    return (x.float() * cos + turned * sin).to(x.dtype)
