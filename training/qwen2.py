"""The Qwen2 language model as we train it: frozen weights out of a GGUF, an adapter on every layer.

Parameter names are the GGUF's tensor names. The first ``n_layers`` can be used alone, as a reader,
and the vocabulary can be a selection (``keep``: token ids, in order), which spares memory and the
time of the output layer. Knows nothing of prompts, articles or training.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.lora import Adapted

Attention = Literal["causal", "both"]
Attend = Callable[[int, Tensor, Tensor, Tensor], Tensor]
PAD_TO = 16  # lengths are padded to multiples of this: aligned masks for the attention kernels


@dataclass(frozen=True, slots=True)
class Shape:
    """The hyper-parameters of a model."""

    n_layers: int
    n_heads: int
    n_kv_heads: int
    width: int
    rope_base: float
    epsilon: float

    @property
    def head_width(self) -> int:
        """Channels of one attention head."""
        return self.width // self.n_heads


class Block(nn.Module):
    """One layer: attention and gated feed-forward, each after a norm, each added back."""

    attn_q: Adapted
    attn_k: Adapted
    attn_v: Adapted
    attn_output: Adapted
    ffn_gate: Adapted
    ffn_up: Adapted
    ffn_down: Adapted
    attn_norm: Tensor
    ffn_norm: Tensor

    def __init__(self, index: int, shape: Shape, tensors: dict[str, Tensor]) -> None:
        super().__init__()
        self.index, self.shape = index, shape
        for name in ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down"):
            key = f"blk.{index}.{name}"
            layer = Adapted(tensors[f"{key}.weight"], tensors.get(f"{key}.bias"))
            self.add_module(name, layer)
        self.register_buffer("attn_norm", tensors[f"blk.{index}.attn_norm.weight"].float())
        self.register_buffer("ffn_norm", tensors[f"blk.{index}.ffn_norm.weight"].float())

    def _heads(self, x: Tensor, n_heads: int) -> Tensor:
        return x.view(*x.shape[:2], n_heads, self.shape.head_width).transpose(1, 2)

    def forward(self, x: Tensor, rope: tuple[Tensor, Tensor], attend: Attend) -> Tensor:
        """(B, T, C) -> (B, T, C)."""
        y = _norm(x, self.attn_norm, self.shape.epsilon)
        q = _rotate(self._heads(self.attn_q(y), self.shape.n_heads), rope)  # (B, H, T, D)
        k = _rotate(self._heads(self.attn_k(y), self.shape.n_kv_heads), rope)
        v = self._heads(self.attn_v(y), self.shape.n_kv_heads)
        attended = attend(self.index, q, k.to(v.dtype), v)  # (B, H, T, D)
        x = x + self.attn_output(attended.transpose(1, 2).flatten(2))
        y = _norm(x, self.ffn_norm, self.shape.epsilon)
        found: Tensor = x + self.ffn_down(functional.silu(self.ffn_gate(y)) * self.ffn_up(y))
        return found


class Qwen2(nn.Module):
    """Token ids in, hidden states after the last norm out; ``logits`` for those that need them."""

    token_embd: Tensor
    output: Tensor
    output_norm: Tensor
    keep: Tensor

    def __init__(self, shape: Shape, tensors: dict[str, Tensor], keep: Tensor) -> None:
        super().__init__()
        self.shape = shape
        self.blk = nn.ModuleList(Block(i, shape, tensors) for i in range(shape.n_layers))
        self.register_buffer("token_embd", tensors["token_embd.weight"])
        self.register_buffer("output", tensors.get("output.weight"))
        self.register_buffer("output_norm", tensors["output_norm.weight"].float())
        self.register_buffer("keep", keep)  # (V,) original ids of the rows, ascending

    @property
    def device(self) -> torch.device:
        """Where the weights are."""
        return self.token_embd.device

    def rows(self, ids: Tensor) -> Tensor:
        """Original token ids to rows of the kept vocabulary; unknown ids are an error."""
        rows = torch.searchsorted(self.keep, ids).clamp(max=len(self.keep) - 1)
        if not torch.equal(self.keep[rows], ids):
            raise ValueError("a token id is not in the kept vocabulary; prune with more texts")
        return rows

    def read(self, rows: Tensor, positions: Tensor, attend: Attend) -> Tensor:
        """``rows``, ``positions`` (B, T) -> hidden states (B, T, C) float32."""
        x = self.token_embd[rows].float()
        rope = _rope(positions, self.shape)
        for block in self.blk:
            x = block(x, rope, attend)
        return _norm(x, self.output_norm, self.shape.epsilon)

    def forward(self, texts: Sequence[Sequence[int]], attention: Attention = "causal") -> Tensor:
        """Token ids of texts -> hidden states (B, T, C), padded on the right."""
        ids, lengths = padded(texts, pad=int(self.keep[0]), device=self.device)
        positions = torch.arange(ids.shape[1], device=self.device).expand_as(ids)
        if attention == "causal":
            return self.read(self.rows(ids), positions, _causal)
        mask = (positions < lengths[:, None])[:, None, None]  # (B, 1, 1, T)
        return self.read(self.rows(ids), positions, lambda _, q, k, v: _attend(q, k, v, mask))

    def logits(self, hidden: Tensor) -> Tensor:
        """(…, C) -> (…, V) over the kept vocabulary, float32."""
        return functional.linear(hidden.to(self.output.dtype), self.output).float()


def padded(
    texts: Sequence[Sequence[int]], *, pad: int, device: torch.device
) -> tuple[Tensor, Tensor]:
    """Texts as one (B, T) tensor padded on the right, and their lengths (B,)."""
    longest = -(-max(map(len, texts)) // PAD_TO) * PAD_TO
    ids = torch.tensor([[*text, *[pad] * (longest - len(text))] for text in texts])
    return ids.to(device), torch.tensor([len(text) for text in texts], device=device)


@torch.no_grad()
def generate(
    model: Qwen2, prompts: Sequence[Sequence[int]], n_new: int, end: int
) -> list[list[int]]:
    """Continue each prompt greedily, at most ``n_new`` tokens, the end token left out."""
    ids, lengths = padded(prompts, pad=int(model.keep[0]), device=model.device)
    n_prompt = ids.shape[1]
    cache = _Cache(model, len(prompts), n_prompt + n_new)
    positions = torch.arange(n_prompt, device=model.device).expand_as(ids)
    hidden = model.read(model.rows(ids), positions, cache.fill)
    rows = torch.arange(len(prompts), device=model.device)
    last = hidden[rows, lengths - 1]
    is_open = torch.ones(len(prompts), dtype=torch.bool, device=model.device)
    written = []
    for step in range(n_new):
        chosen = model.logits(last).argmax(-1)  # (B,)
        is_open &= model.keep[chosen] != end
        written.append(torch.where(is_open, model.keep[chosen], end))
        if not is_open.any():
            break
        cache.at = lengths + step
        last = model.read(chosen[:, None], cache.at[:, None], cache.extend)[:, 0]
    table = torch.stack(written, 1).tolist()
    return [row[: row.index(end)] if end in row else row for row in table]


def likelihoods(model: Qwen2, asked: Sequence[tuple[Sequence[int], Sequence[int]]]) -> Tensor:
    """(N,) natural-log likelihood of each answer after its prompt."""
    hidden = model([[*prompt, *answer] for prompt, answer in asked])  # (B, T, C)
    places = [
        (k, len(prompt) + t - 1)
        for k, (prompt, answer) in enumerate(asked)
        for t in range(len(answer))
    ]
    wanted = torch.tensor([token for _, answer in asked for token in answer], device=hidden.device)
    row_at, token_at = torch.tensor(places, device=hidden.device).T
    logits = model.logits(hidden[row_at, token_at])  # (tokens, V)
    found = -functional.cross_entropy(logits, model.rows(wanted), reduction="none")
    return torch.zeros(len(asked), device=hidden.device).index_add(0, row_at, found)


class _Cache:
    """Keys and values of all layers; rows have their own lengths, ``at`` is where each goes on."""

    def __init__(self, model: Qwen2, n_rows: int, n_tokens: int) -> None:
        shape = model.shape
        size = (shape.n_layers, n_rows, shape.n_kv_heads, n_tokens, shape.head_width)
        self.keys = torch.zeros(size, device=model.device)
        self.values = torch.zeros(size, device=model.device)
        self.places = torch.arange(n_tokens, device=model.device)
        self.rows = torch.arange(n_rows, device=model.device)
        self.at = torch.zeros(n_rows, dtype=torch.long, device=model.device)

    def fill(self, layer: int, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
        self.keys[layer, :, :, : k.shape[2]] = k
        self.values[layer, :, :, : v.shape[2]] = v
        return _causal(layer, q, k, v)

    def extend(self, layer: int, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
        self.keys[layer, self.rows, :, self.at] = k[:, :, 0].float()
        self.values[layer, self.rows, :, self.at] = v[:, :, 0].float()
        mask = (self.places <= self.at[:, None])[:, None, None]  # (B, 1, 1, T)
        return _attend(q, self.keys[layer].to(q.dtype), self.values[layer].to(q.dtype), mask)


def _causal(_: int, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    k, v = _for_heads(q, k), _for_heads(q, v)
    return functional.scaled_dot_product_attention(q.to(v.dtype), k, v, is_causal=True)


def _attend(q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
    k, v = _for_heads(q, k), _for_heads(q, v)
    mask = mask.expand(q.shape[0], q.shape[1], q.shape[2], -1)
    return functional.scaled_dot_product_attention(q.to(v.dtype), k, v, attn_mask=mask)


def _for_heads(q: Tensor, kv: Tensor) -> Tensor:
    return kv.repeat_interleave(q.shape[1] // kv.shape[1], dim=1)


def _norm(x: Tensor, weight: Tensor, epsilon: float) -> Tensor:
    return functional.rms_norm(x.float(), (x.shape[-1],), weight, epsilon)


def _rope(positions: Tensor, shape: Shape) -> tuple[Tensor, Tensor]:
    half = shape.head_width // 2
    exponents = torch.arange(half, device=positions.device, dtype=torch.float32) / half
    angles = positions[..., None].float() * shape.rope_base**-exponents  # (B, T, D / 2)
    angles = torch.cat((angles, angles), -1)[:, None]  # (B, 1, T, D)
    return angles.cos(), angles.sin()


def _rotate(x: Tensor, rope: tuple[Tensor, Tensor]) -> Tensor:
    cos, sin = rope
    first, second = x.chunk(2, -1)
    return x * cos + torch.cat((-second, first), -1) * sin
