"""Sentence vectors of MiniLM-L6, computed with NumPy alone.

The network is BERT's (Devlin et al. 2019; post-norm blocks) with mean pooling and unit length
(Reimers and Gurevych 2019). Small enough that no framework is needed: six layers of 384. Knows
nothing of what the texts are.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from briefer.errors import EngineUnavailable
from briefer.models import weights

Matrix = NDArray[np.float32]

DEFAULT = "minilm-l6"
N_DIMENSIONS = 384
_N_LAYERS, _N_HEADS = 6, 12
_EPSILON = 1e-12  # config.json, layer_norm_eps
_MAX_TOKENS = 256  # what the model was trained with (its model card)
_BATCH = 32


@dataclass(frozen=True, slots=True)
class MiniLM:
    """The loaded encoder; safe for several threads."""

    tensors: Mapping[str, Matrix]
    tokenizer: Any

    def __call__(self, texts: Sequence[str]) -> Matrix:
        """One row a text, ``(N, 384)``; texts of like length share a batch."""
        coded = [self.tokenizer.encode(one).ids for one in texts]
        order = sorted(range(len(coded)), key=lambda place: len(coded[place]))
        vectors = np.zeros((len(coded), N_DIMENSIONS), np.float32)
        for start in range(0, len(order), _BATCH):
            places = order[start : start + _BATCH]
            vectors[places] = self._forward([coded[place] for place in places])
        return vectors

    def _forward(self, coded: Sequence[Sequence[int]]) -> Matrix:
        width = max(map(len, coded))
        ids = np.array([[*one, *[0] * (width - len(one))] for one in coded])  # (B, T)
        is_token = np.array([[1.0] * len(one) + [0.0] * (width - len(one)) for one in coded])
        mask = ((is_token - 1) * 1e9)[:, None, None, :].astype(np.float32)  # (B, 1, 1, T)
        named = "embeddings"
        hidden = (
            self.tensors[f"{named}.word_embeddings.weight"][ids]
            + self.tensors[f"{named}.position_embeddings.weight"][:width]
            + self.tensors[f"{named}.token_type_embeddings.weight"][0]
        )
        hidden = self._normed(hidden, f"{named}.LayerNorm")  # (B, T, 384)
        for layer in range(_N_LAYERS):
            hidden = self._block(hidden, mask, f"encoder.layer.{layer}")
        kept = is_token[:, :, None].astype(np.float32)
        pooled = (hidden * kept).sum(1) / kept.sum(1)
        unit: Matrix = pooled / np.linalg.norm(pooled, axis=1, keepdims=True)
        return unit

    def _block(self, hidden: Matrix, mask: Matrix, name: str) -> Matrix:
        attended = self._attend(hidden, mask, f"{name}.attention")
        hidden = self._normed(hidden + attended, f"{name}.attention.output.LayerNorm")
        inner = _gelu(self._linear(hidden, f"{name}.intermediate.dense"))
        outer = self._linear(inner, f"{name}.output.dense")
        return self._normed(hidden + outer, f"{name}.output.LayerNorm")

    def _attend(self, hidden: Matrix, mask: Matrix, name: str) -> Matrix:
        n, width, size = hidden.shape
        queries, keys, values = (
            self._linear(hidden, f"{name}.self.{part}")
            .reshape(n, width, _N_HEADS, size // _N_HEADS)
            .transpose(0, 2, 1, 3)  # (B, heads, T, 32)
            for part in ("query", "key", "value")
        )
        scores = queries @ keys.transpose(0, 1, 3, 2) / math.sqrt(size // _N_HEADS) + mask
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        shares = scores / scores.sum(-1, keepdims=True)  # (B, heads, T, T)
        joined = (shares @ values).transpose(0, 2, 1, 3).reshape(n, width, size)
        return self._linear(joined, f"{name}.output.dense")

    def _linear(self, hidden: Matrix, name: str) -> Matrix:
        product: Matrix = hidden @ self.tensors[f"{name}.weight"].T + self.tensors[f"{name}.bias"]
        return product

    def _normed(self, hidden: Matrix, name: str) -> Matrix:
        centred = hidden - hidden.mean(-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(-1, keepdims=True) + _EPSILON)
        scaled: Matrix = (
            centred / spread * self.tensors[f"{name}.weight"] + self.tensors[f"{name}.bias"]
        )
        return scaled


def load(name: str = DEFAULT) -> MiniLM:
    """The pinned encoder, from the cache.

    Raises:
        ModelNotFound: its weights are not here.
        EngineUnavailable: they are here and cannot be read.
    """
    return open_folder(weights.find(name))


def open_folder(folder: Path) -> MiniLM:
    """An encoder in the form of MiniLM-L6 from a folder with its weights and tokenizer.

    Raises:
        EngineUnavailable: the folder holds no such encoder.
    """
    from safetensors import SafetensorError
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    try:
        tensors = load_file(folder / "model.safetensors")
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except (OSError, SafetensorError, ValueError) as error:
        raise EngineUnavailable(
            f"{folder} holds no encoder that can be read: {error}. Run briefer model verify."
        ) from error
    tokenizer.enable_truncation(_MAX_TOKENS)
    tokenizer.no_padding()
    return MiniLM({key: one.astype(np.float32) for key, one in tensors.items()}, tokenizer)


# Abramowitz and Stegun (1964), 7.1.26: erf by five coefficients, error below 1.5e-7.
_ERF = (0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429)
_ERF_P = 0.3275911


def _gelu(hidden: Matrix) -> Matrix:
    """The exact GELU, x times the normal distribution's function (NumPy has no erf)."""
    scaled = np.abs(hidden) / np.float32(math.sqrt(2))
    step = 1 / (1 + np.float32(_ERF_P) * scaled)
    series = np.zeros_like(step)
    for factor in reversed(_ERF):
        series = (series + np.float32(factor)) * step
    tail = series * np.exp(-(scaled**2))  # 1 - erf(|x| / sqrt 2)
    gated: Matrix = hidden * np.where(hidden >= 0, 1 - tail / 2, tail / 2)
    return gated
