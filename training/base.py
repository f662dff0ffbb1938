"""The base model's GGUF: read it into the model we train, or write one with a smaller vocabulary.

Knows nothing of training.
"""

from __future__ import annotations

import argparse
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch
from gguf import GGMLQuantizationType, GGUFReader, GGUFWriter, quants
from torch import Tensor

from training.qwen2 import Qwen2, Shape

KEEP = "keep"  # tensor of a pruned file: the original ids of its vocabulary rows
_VOCABULARY = ("token_embd.weight", "output.weight")
_SETTINGS = {
    "n_layers": "block_count",
    "n_heads": "attention.head_count",
    "n_kv_heads": "attention.head_count_kv",
    "width": "embedding_length",
    "rope_base": "rope.freq_base",
    "epsilon": "attention.layer_norm_rms_epsilon",
}


def load(
    path: Path, *, device: str, dtype: torch.dtype = torch.float32, n_layers: int | None = None
) -> Qwen2:
    """The model in ``path``, dequantised; its first ``n_layers`` only, if given.

    A model with all layers keeps its output layer, one with fewer is a reader and has none.
    """
    reader = GGUFReader(path)
    shape = shape_of(reader)
    used = shape.n_layers if n_layers is None else min(n_layers, shape.n_layers)
    names = [tensor.name for tensor in reader.tensors if _is_needed(tensor.name, used)]
    if used < shape.n_layers:
        names = [name for name in names if name != "output.weight"]
    tensors = _dequantised(reader, names, device, dtype)
    keep = tensors.pop(KEEP, None)
    n_rows = len(tensors["token_embd.weight"])
    ids = torch.arange(n_rows) if keep is None else keep.round().long()
    if "output.weight" not in tensors and used == shape.n_layers:
        tensors["output.weight"] = tensors["token_embd.weight"]
    shape = Shape(used, *(getattr(shape, name) for name in list(_SETTINGS)[1:]))
    return Qwen2(shape, tensors, ids.to(device)).to(device).eval()


def _is_needed(name: str, n_layers: int) -> bool:
    return not name.startswith("blk.") or int(name.split(".")[1]) < n_layers


def shape_of(reader: GGUFReader) -> Shape:
    """The hyper-parameters that a GGUF file tells."""
    architecture = reader.fields["general.architecture"].contents()
    if architecture != "qwen2":
        raise ValueError(f"the training scripts know qwen2, not {architecture!r}")
    values = {key: reader.fields[f"qwen2.{name}"].contents() for key, name in _SETTINGS.items()}
    return Shape(**values)


def _dequantised(
    reader: GGUFReader, names: list[str], device: str, dtype: torch.dtype
) -> dict[str, Tensor]:
    tensors = {tensor.name: tensor for tensor in reader.tensors}

    def floats(name: str) -> Tensor:
        found = tensors[name]
        values = np.array(quants.dequantize(found.data, found.tensor_type))
        kept = torch.float32 if name == KEEP else dtype
        return torch.from_numpy(values).to(device=device, dtype=kept)

    with ThreadPoolExecutor() as pool:
        return dict(zip(names, pool.map(floats, names), strict=True))


def prune(path: Path, keep: np.ndarray, target: Path) -> None:
    """Copy a GGUF with only the vocabulary rows ``keep``; rows stay quantised as they were."""
    reader = GGUFReader(path)
    writer = GGUFWriter(target, "qwen2")
    for name in _SETTINGS.values():
        contents = reader.fields[f"qwen2.{name}"].contents()
        add = writer.add_float32 if isinstance(contents, float) else writer.add_uint32
        add(f"qwen2.{name}", contents)
    for tensor in reader.tensors:
        rows = tensor.data[keep] if tensor.name in _VOCABULARY else tensor.data
        writer.add_tensor(tensor.name, rows, raw_dtype=tensor.tensor_type)
    # Ids below 2^24 are exact in float32.
    writer.add_tensor(KEEP, keep.astype(np.float32), raw_dtype=GGMLQuantizationType.F32)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def main() -> None:
    """``python -m training.base GGUF KEEP.npy OUT.gguf``."""
    parser = argparse.ArgumentParser(description="write a GGUF with a smaller vocabulary")
    parser.add_argument("gguf", type=Path)
    parser.add_argument("keep", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    prune(arguments.gguf, np.load(arguments.keep), arguments.out)


if __name__ == "__main__":
    main()
