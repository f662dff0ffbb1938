"""The weights of a reader on disk: a model's first layers, with an adapter merged in.

Made once from a GGUF file, one safetensors file a layer, so that they can be mapped into memory
and layers that are not in use cost none. Knows nothing of articles or of how layers compute.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Literal

import numpy as np
import torch
from gguf import GGMLQuantizationType
from gguf.quants import dequantize
from safetensors.torch import load_file, save_file
from torch import Tensor

from briefer.errors import WeightsError
from briefer.models import convert
from briefer.models.convert.adapter import Adapter
from briefer.models.convert.gguf_file import (
    GgufFile,
    check_layers,
    merged,
    weights_of,
)
from briefer.models.convert.made import made
from briefer.models.sources import Source

Storage = Literal["float16", "bfloat16"]

_SHAPE, _ENDS = "shape.json", "ends.safetensors"
_EMBEDDING, _LAST_NORM = "token_embd.weight", "output_norm.weight"


@dataclass(frozen=True, slots=True)
class Shape:
    """The hyper-parameters of the model, and how its token vectors are stored."""

    n_layers: int
    n_heads: int
    n_kv_heads: int
    rope_base: float
    epsilon: float
    embedding_type: str


@dataclass(frozen=True)
class Trunk:
    """A reader's weights, mapped from disk; names in ``layers`` are the GGUF's without ``blk.N``.

    Matrices are in the type that they are stored in, vectors float32.
    """

    shape: Shape
    layers: tuple[Mapping[str, Tensor], ...]
    last_norm: Tensor
    embedding: Tensor

    def embedded(self, ids: Tensor) -> Tensor:
        """Token ids (T,) -> their vectors (T, C) float32."""
        unique, places = torch.unique(ids.cpu(), return_inverse=True)
        return _unpacked(self.embedding[unique], self.shape.embedding_type)[places]


def of(
    source: Source,
    adapter: Adapter | None,
    *,
    n_layers: int,
    storage: Storage,
    cache: Path | None,
) -> Trunk:
    """The first layers of a model, with the adapter merged in.

    Made on first use, then found.

    Raises:
        WeightsError: another kind of model than the adapter's, or the disk is too small.
    """
    words = (source.sha256, adapter.sha256 if adapter else "none", str(n_layers), storage)
    home = convert.home_of(cache, "reader", *words)
    file = GgufFile(source.path)

    def make(folder: Path) -> None:
        _write(file, folder, adapter, n_layers, getattr(torch, storage))

    return _open(made(home, make, n_bytes=_size(source.path, n_layers)))


def _size(gguf: Path, n_layers: int) -> int:
    """A bound on what will be written: 16 bits for every weight, at least 4 of which are there."""
    return 0 if n_layers == 0 else gguf.stat().st_size * 4


def _write(
    file: GgufFile, folder: Path, adapter: Adapter | None, n_layers: int, dtype: torch.dtype
) -> None:
    if adapter is not None:
        check_layers(file, adapter)
    tensors = {tensor.name: tensor for tensor in file.reader.tensors}
    embedding = tensors[_EMBEDDING]
    shape = _shape_of(file, n_layers, embedding.tensor_type.name)
    for k in range(n_layers):
        prefix = f"blk.{k}."
        layer = {
            name.removeprefix(prefix): torch.tensor(merged(tensor, file, adapter))
            for name, tensor in tensors.items()
            if name.startswith(prefix)
        }
        save_file({name: _stored(values, dtype) for name, values in layer.items()}, _at(folder, k))
    # As it stands in the file: rows are dequantised when their tokens are read.
    packed = torch.from_numpy(np.array(embedding.data).view(np.uint8))
    last_norm = torch.tensor(weights_of(tensors[_LAST_NORM]))
    save_file({_EMBEDDING: packed, _LAST_NORM: last_norm}, folder / _ENDS)
    (folder / _SHAPE).write_text(json.dumps(asdict(shape)))


def _stored(values: Tensor, dtype: torch.dtype) -> Tensor:
    return values.to(dtype).contiguous() if values.dim() == 2 else values.float().contiguous()


def _unpacked(rows: Tensor, kind: str) -> Tensor:
    values = dequantize(rows.numpy(), GGMLQuantizationType[kind])
    return torch.from_numpy(values.astype(np.float32, copy=False))


def _shape_of(file: GgufFile, n_layers: int, embedding_type: str) -> Shape:
    if file.architecture != "qwen2":
        raise WeightsError(f"The reader knows qwen2 models; {file.path} is {file.architecture}.")
    return Shape(
        n_layers=n_layers,
        n_heads=int(file.setting("attention.head_count")),
        n_kv_heads=int(file.setting("attention.head_count_kv")),
        rope_base=file.setting("rope.freq_base"),
        epsilon=file.setting("attention.layer_norm_rms_epsilon"),
        embedding_type=embedding_type,
    )


def _open(folder: Path) -> Trunk:
    known = json.loads((folder / _SHAPE).read_text())
    # Of a folder made by an earlier version more may be known.
    shape = Shape(**{field.name: known[field.name] for field in fields(Shape)})
    ends = load_file(folder / _ENDS)
    layers = tuple(load_file(_at(folder, k)) for k in range(shape.n_layers))
    return Trunk(shape, layers, ends[_LAST_NORM], ends[_EMBEDDING])


def _at(folder: Path, layer: int) -> Path:
    return folder / f"layer-{layer:02}.safetensors"
