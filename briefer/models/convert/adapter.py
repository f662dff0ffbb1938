"""Read a low-rank adapter (Hu et al. 2021): for some layers of a model, ``scale * B A``.

Two spellings of names are read: peft's (``…layers.3.self_attn.q_proj.lora_A.weight``) and the
GGUF's own (``blk.3.attn_q.a``). Knows nothing of how weights are stored.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from safetensors import safe_open

from briefer.errors import WeightsError
from briefer.models import packed
from briefer.models.weights.cache import sha256_of

Array = np.ndarray[tuple[int, ...], np.dtype[np.float32]]

_PEFT = re.compile(r"(?:.*\.)?layers\.(\d+)\.\w+\.(\w+_proj)\.lora_([AB])(?:\.\w+)?\.weight")
_GGUF = re.compile(r"(blk\.\d+\.\w+)\.([ab])")
_PROJECTIONS = {
    "q_proj": "attn_q",
    "k_proj": "attn_k",
    "v_proj": "attn_v",
    "o_proj": "attn_output",
    "gate_proj": "ffn_gate",
    "up_proj": "ffn_up",
    "down_proj": "ffn_down",
}
_CONFIG = "adapter_config.json"
# training/lora.py scales by 2 (alpha is twice the rank), and so do we where a file says nothing.
_DEFAULT_SCALE = 2.0


@dataclass(frozen=True, slots=True)
class LowRank:
    """The correction of one layer, ``scale * b @ a``; ``a`` (rank, in), ``b`` (out, rank)."""

    a: Array
    b: Array
    scale: float

    def correction(self) -> Array:
        """(out, in) float32."""
        product: Array = self.scale * (self.b @ self.a)
        return product


@dataclass(frozen=True, slots=True)
class Adapter:
    """All corrections of a trained part, by GGUF layer (``blk.3.attn_q``).

    ``layout`` says in which order the rows of queries and keys are: GGUF files of the ``llama``
    architecture permute them.
    """

    layers: Mapping[str, LowRank]
    layout: Literal["huggingface", "gguf"]
    sha256: str


def files_of(path: Path) -> list[Path]:
    """The files of an adapter: itself, those of a peft folder, or ``<path>.0.safetensors`` on."""
    if path.is_file():
        return [path]
    if path.is_dir():
        return sorted(path.glob("*.safetensors"))
    return sorted(path.parent.glob(f"{path.name}.[0-9].safetensors"))


def sha256_of_files(path: Path) -> str:
    """The hash of an adapter: of its file, or of the ``sha256sum`` listing of several."""
    files = files_of(path)
    if len(files) == 1:
        return sha256_of(files[0])
    listing = "".join(f"{sha256_of(file)}  {file.name}\n" for file in files)
    return hashlib.sha256(listing.encode()).hexdigest()


def read(path: Path) -> Adapter:
    """Read an adapter's safetensors file or files.

    Raises:
        WeightsError: no such file, not safetensors, or its names and shapes make no adapter.
    """
    files = files_of(path)
    if not files:
        raise WeightsError(f"No adapter at {path}: neither a .safetensors file nor a folder.")
    tensors, said = _tensors(files)
    layout, halves = _halves(path, tensors)
    scales = _config(path) | said
    layers = {name: _paired(path, name, parts, scales) for name, parts in halves.items()}
    return Adapter(layers, layout, sha256_of_files(path))


def _tensors(files: list[Path]) -> tuple[dict[str, Array], dict[str, float]]:
    tensors: dict[str, Array] = {}
    said: dict[str, float] = {}
    for file in files:
        tensors |= packed.read(file)
        with safe_open(file, framework="numpy") as opened:
            metadata = opened.metadata() or {}
        said |= {key: float(metadata[key]) for key in ("alpha", "scale") if key in metadata}
    return tensors, said


def _config(path: Path) -> dict[str, float]:
    beside = (path if path.is_dir() else path.parent) / _CONFIG
    if not beside.is_file():
        return {}
    config = json.loads(beside.read_text())
    if config.get("use_rslora") or config.get("rank_pattern") or config.get("alpha_pattern"):
        raise WeightsError(f"{beside}: only one alpha and rank for all layers are understood.")
    return {"alpha": float(config["lora_alpha"])}


def _halves(
    path: Path, tensors: Mapping[str, Array]
) -> tuple[Literal["huggingface", "gguf"], dict[str, dict[str, Array]]]:
    """The two factors of each layer, and whose names they have."""
    layout: Literal["huggingface", "gguf"] = "gguf"
    halves: dict[str, dict[str, Array]] = {}
    for name, values in tensors.items():
        if found := _PEFT.fullmatch(name):
            layout = "huggingface"
            layer = f"blk.{found[1]}.{_PROJECTIONS.get(found[2], found[2])}"
            half = found[3].lower()
        elif found := _GGUF.fullmatch(name):
            layer, half = found[1], found[2]
        else:
            raise WeightsError(f"{path}: {name} is the name of no adapter's tensor.")
        halves.setdefault(layer, {})[half] = values
    return layout, halves


def _paired(
    path: Path, name: str, parts: Mapping[str, Array], scales: Mapping[str, float]
) -> LowRank:
    if set(parts) != {"a", "b"} or parts["a"].shape[0] != parts["b"].shape[1]:
        raise WeightsError(f"{path}: the two factors of {name} do not fit each other.")
    rank = parts["a"].shape[0]
    by_alpha = scales["alpha"] / rank if "alpha" in scales else _DEFAULT_SCALE
    return LowRank(parts["a"], parts["b"], scales.get("scale", by_alpha))
