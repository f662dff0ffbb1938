"""Small trained tensors in eight or four bits a weight: how the shipped parts are stored.

A safetensors file. Vectors are float16 under their names. A matrix is cut along its longer axis
into groups of 64 that share a float16 scale; its whole numbers stand under its name, two a byte
when they have four bits, and the scales under ``<name>.scale``. Knows nothing of models.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from briefer.errors import WeightsError

Array = np.ndarray[tuple[int, ...], np.dtype[np.float32]]
Bits = Literal[4, 8]

GROUP = 64
_MATRICES = "briefer.matrices"  # metadata: name -> rows, columns, bits, as JSON
_SCALE = ".scale"


@dataclass(frozen=True, slots=True)
class _Matrix:
    n_rows: int
    n_columns: int
    bits: Bits


def write(path: Path, tensors: Mapping[str, Array], bits: Mapping[str, Bits]) -> None:
    """Write vectors as float16 and each matrix in the bits that ``bits`` says for its name."""
    stored: dict[str, np.ndarray[Any, Any]] = {}
    matrices = {}
    for name, values in tensors.items():
        if values.ndim == 1:
            stored[name] = values.astype(np.float16)
            continue
        matrices[name] = (*values.shape, bits[name])
        stored[name], stored[name + _SCALE] = _packed(values, bits[name])
    # safetensors writes the bytes of an array as they lie in memory, whatever its order.
    in_order = {name: np.ascontiguousarray(values) for name, values in stored.items()}
    save_file(in_order, path, metadata={_MATRICES: json.dumps(matrices)})
    path.chmod(0o644)  # safetensors writes files that only their owner may read


def read(path: Path) -> dict[str, Array]:
    """The tensors of a packed or a plain safetensors file, as float32.

    Raises:
        WeightsError: not there, or no such file.
    """
    try:
        with safe_open(path, framework="numpy") as opened:
            stored = {name: opened.get_tensor(name) for name in opened.keys()}  # noqa: SIM118
            listed = json.loads((opened.metadata() or {}).get(_MATRICES, "{}"))
    except (SafetensorError, TypeError, OSError) as error:
        raise WeightsError(f"{path} is no readable safetensors file: {error}.") from error
    matrices = {name: _Matrix(*known) for name, known in listed.items()}
    scales = {name + _SCALE for name in matrices}
    return {
        name: _unpacked(values, stored[name + _SCALE], matrices[name])
        if name in matrices
        else values.astype(np.float32)
        for name, values in stored.items()
        if name not in scales
    }


def _packed(values: Array, bits: Bits) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    rows = values if values.shape[0] <= values.shape[1] else values.T
    padded = np.pad(rows, ((0, 0), (0, -rows.shape[1] % GROUP)))
    groups = padded.reshape(len(rows), -1, GROUP)  # (R, N, 64)
    top = 2 ** (bits - 1) - 1
    scales = (np.abs(groups).max(2) / top).astype(np.float16)
    divisors = np.where(scales == 0, 1, scales).astype(np.float32)[..., None]
    whole = np.clip(np.rint(groups / divisors), -top, top).astype(np.int8).reshape(len(rows), -1)
    if bits == 8:
        return whole, scales
    high, low = (whole[:, k::2] + 8 for k in (0, 1))
    return (high.astype(np.uint8) << 4) | low.astype(np.uint8), scales


def _unpacked(whole: np.ndarray[Any, Any], scales: np.ndarray[Any, Any], known: _Matrix) -> Array:
    if known.bits == 4:
        pairs = np.stack((whole >> 4, whole & 15), axis=-1).astype(np.int8) - 8
        whole = pairs.reshape(len(whole), -1)
    groups = whole.reshape(len(whole), -1, GROUP).astype(np.float32)
    rows = (groups * scales.astype(np.float32)[..., None]).reshape(len(whole), -1)
    rows = rows[:, : max(known.n_rows, known.n_columns)]
    values: Array = rows if known.n_rows <= known.n_columns else rows.T
    return np.ascontiguousarray(values)
