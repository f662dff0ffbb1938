"""Read what a GGUF file says of itself, and write it anew with other types and merged weights.

Knows nothing of engines or of where files are kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from gguf import GGMLQuantizationType, GGUFReader, GGUFValueType, GGUFWriter, ReaderTensor
from gguf.quants import dequantize, quantize

from briefer.errors import WeightsError
from briefer.models.convert.adapter import Adapter, Array, LowRank

_Q8_0 = GGMLQuantizationType.Q8_0
_Q8_BLOCK, _Q8_BLOCK_BYTES = 32, 34  # 32 signed bytes and one float16 scale
_CONTROL = 3  # llama.cpp's token type of control tokens
_WRITTEN_BY_US = frozenset({"general.architecture"})  # GGUFWriter puts it in itself
# Architectures whose query and key rows are permuted in GGUF files (rotary pairs side by side).
_PERMUTED = frozenset({"llama"})


@dataclass(frozen=True)
class GgufFile:
    """A GGUF file, opened without reading its tensors."""

    path: Path

    @cached_property
    def reader(self) -> GGUFReader:
        """The file, mapped into memory."""
        try:
            return GGUFReader(self.path)
        except (ValueError, IndexError, KeyError, OSError) as error:
            raise WeightsError(f"{self.path} cannot be read as GGUF: {error}.") from error

    @property
    def architecture(self) -> str:
        """The name of the model's build, ``qwen2`` or ``llama``."""
        return str(self.value("general.architecture"))

    @property
    def types(self) -> frozenset[str]:
        """The storage types of its tensors, such as ``Q4_K`` and ``F32``."""
        return frozenset(tensor.tensor_type.name for tensor in self.reader.tensors)

    def value(self, name: str) -> object:
        """A value of the file's head.

        Raises:
            WeightsError: the file does not have it.
        """
        found = self.reader.get_field(name)
        if found is None:
            raise WeightsError(f"{self.path} has no {name}; it is incomplete.")
        contents: object = found.contents()
        return contents

    def setting(self, name: str) -> float:
        """A number that the file gives for its own architecture, ``attention.head_count``."""
        value = self.value(f"{self.architecture}.{name}")
        if not isinstance(value, int | float):
            raise WeightsError(f"{self.path}: {name} is {value!r}, not a number.")
        return value

    def special_tokens(self) -> list[str]:
        """The control tokens as they are spelled, ``<|im_end|>``."""
        kinds = self.reader.get_field("tokenizer.ggml.token_type")
        if kinds is None:
            return []
        spelled = self.reader.fields["tokenizer.ggml.tokens"]
        return [
            bytes(spelled.parts[spelled.data[number]]).decode("utf-8", errors="replace")
            for number, kind in enumerate(kinds.contents())
            if kind == _CONTROL
        ]


def weights_of(tensor: ReaderTensor) -> Array:
    """The tensor as float32, in the order (rows, columns)."""
    values: Array = dequantize(tensor.data, tensor.tensor_type).astype(np.float32, copy=False)
    return values


def merged(tensor: ReaderTensor, file: GgufFile, adapter: Adapter | None) -> Array:
    """The tensor as float32 with the adapter's correction, if it has one for it."""
    values = weights_of(tensor)
    layer = tensor.name.removesuffix(".weight")
    if adapter is None or layer not in adapter.layers:
        return values
    correction = _in_file_order(layer, adapter.layers[layer], file, adapter)
    if correction.shape != values.shape:
        raise WeightsError(
            f"The adapter's {layer} is {correction.shape}, the model's is {values.shape}: "
            "it was trained for another model."
        )
    return values + correction


def check_layers(file: GgufFile, adapter: Adapter) -> None:
    """Make sure that the file has every layer that the adapter corrects.

    Raises:
        WeightsError: it has not; the adapter is another model's.
    """
    known = {tensor.name.removesuffix(".weight") for tensor in file.reader.tensors}
    if missing := sorted(set(adapter.layers) - known):
        raise WeightsError(
            f"The adapter corrects {missing[0]}, which {file.path.name} does not have: "
            "it was trained for another model."
        )


def rewrite(file: GgufFile, target: Path, *, adapter: Adapter | None, anew: frozenset[str]) -> None:
    """Write ``target``: tensors of the types ``anew``, and those the adapter corrects, as Q8_0.

    All else is copied as it is. Reads one tensor at a time.

    Raises:
        WeightsError: the adapter is another model's, or what was written reads back differently.
    """
    if adapter is not None:
        check_layers(file, adapter)
    shapes = dict(_shapes(file, adapter, anew))
    writer = GGUFWriter(target, file.architecture)
    _copy_head(file, writer)
    for tensor in file.reader.tensors:
        _announce(writer, tensor, shapes)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_ti_data_to_file()
    for tensor in file.reader.tensors:
        if tensor.name in shapes:
            writer.write_tensor_data(quantize(merged(tensor, file, adapter), _Q8_0))
        else:
            writer.write_tensor_data(tensor.data)
    writer.close()
    _check(file, GgufFile(target), shapes)


def _shapes(
    file: GgufFile, adapter: Adapter | None, anew: frozenset[str]
) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Name and (rows, columns) of the tensors that are not copied."""
    corrected = adapter.layers if adapter else {}
    for tensor in file.reader.tensors:
        layer = tensor.name.removesuffix(".weight")
        if tensor.tensor_type.name in anew or layer in corrected:
            shape = tuple(int(size) for size in reversed(tensor.shape))
            if shape[-1] % _Q8_BLOCK:
                raise WeightsError(f"{tensor.name} {shape} does not fit into Q8_0 blocks of 32.")
            yield tensor.name, shape


def _announce(
    writer: GGUFWriter, tensor: ReaderTensor, shapes: Mapping[str, tuple[int, ...]]
) -> None:
    if tensor.name not in shapes:
        stored = tensor.data
        writer.add_tensor_info(
            tensor.name, stored.shape, stored.dtype, stored.nbytes, tensor.tensor_type
        )
        return
    *rows, n_columns = shapes[tensor.name]
    row_bytes = n_columns // _Q8_BLOCK * _Q8_BLOCK_BYTES
    n_bytes = int(np.prod(rows)) * row_bytes
    writer.add_tensor_info(tensor.name, (*rows, row_bytes), np.dtype(np.uint8), n_bytes, _Q8_0)


def _copy_head(file: GgufFile, writer: GGUFWriter) -> None:
    for name, field in file.reader.fields.items():
        if name in _WRITTEN_BY_US or name.startswith("GGUF."):
            continue
        kind = field.types[0]
        inner = field.types[-1] if kind == GGUFValueType.ARRAY else None
        writer.add_key_value(name, field.contents(), kind, sub_type=inner)


def _check(file: GgufFile, written: GgufFile, shapes: Mapping[str, tuple[int, ...]]) -> None:
    planned = [
        (tensor.name, tuple(tensor.shape), _Q8_0 if tensor.name in shapes else tensor.tensor_type)
        for tensor in file.reader.tensors
    ]
    found = [
        (tensor.name, tuple(tensor.shape), tensor.tensor_type) for tensor in written.reader.tensors
    ]
    if found != planned:
        raise WeightsError(f"{written.path} does not read back as it was written; try again.")


def _in_file_order(layer: str, part: LowRank, file: GgufFile, adapter: Adapter) -> Array:
    correction = part.correction()
    if adapter.layout == "gguf" or file.architecture not in _PERMUTED:
        return correction
    heads = {"attn_q": "attention.head_count", "attn_k": "attention.head_count_kv"}
    setting = heads.get(layer.rpartition(".")[2])
    return correction if setting is None else _permuted(correction, int(file.setting(setting)))


def _permuted(rows: Array, n_heads: int) -> Array:
    """Rows from halves (Hugging Face) to neighbouring pairs (llama.cpp), head by head."""
    n_rows, n_columns = rows.shape
    by_half = rows.reshape(n_heads, 2, n_rows // n_heads // 2, n_columns)
    return by_half.swapaxes(1, 2).reshape(n_rows, n_columns)
