"""Weights in larger groups: as near as 8 bits allow, and what does not divide stays."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from briefer.errors import EngineUnavailable

try:
    import openvino  # type: ignore[import-untyped]
    from openvino import opset13 as ops

    from briefer.models.openvino import grouping
except (EngineUnavailable, ImportError) as error:
    pytest.skip(str(error), allow_module_level=True)

ASKED_FOR = ["runtime_options", "DYNAMIC_QUANTIZATION_GROUP_SIZE"]


def test_weights_are_kept_within_half_a_step_of_their_group() -> None:
    rng = np.random.default_rng(5)
    stored = rng.integers(0, 256, (5000, 8, 32), dtype=np.uint8)
    zeros = np.full((5000, 8, 1), 128, np.uint8)
    scales = rng.uniform(0.001, 0.002, (5000, 8, 1)).astype(np.float16)

    weights, factors = grouping.regrouped(stored, zeros, scales)

    assert weights.shape == (5000, 2, 128)
    whole = (stored.astype(np.float32) - 128) * scales.astype(np.float32)
    off = weights * factors.astype(np.float32) - whole.reshape(5000, 2, 128)
    assert np.all(np.abs(off) <= 0.51 * factors.astype(np.float32))


def test_group_of_zeros_stays_zero() -> None:
    stored, zeros = np.full((1, 4, 32), 128, np.uint8), np.full((1, 4, 1), 128, np.uint8)

    weights, _ = grouping.regrouped(stored, zeros, np.ones((1, 4, 1), np.float16))

    assert not weights.any()


@pytest.mark.parametrize(
    ("n_columns", "form"), [(256, (64, 2, 128)), (192, (64, 6, 32))], ids=["whole", "a remainder"]
)
def test_model_is_written_anew_where_its_rows_hold_whole_groups(
    n_columns: int, form: tuple[int, int, int], tmp_path: Path
) -> None:
    xml = tmp_path / "model.xml"
    weights = write_model(xml, n_columns)

    grouping.regroup(xml)

    model = openvino.Core().read_model(xml)
    forms = [one.output(0).shape for one in model.get_ops() if one.get_type_name() == "Constant"]
    assert list(form) in [list(one) for one in forms]
    assert model.has_rt_info(ASKED_FOR) == (form[-1] == 128)
    rows = np.linspace(-1, 1, 3 * n_columns, dtype=np.float32).reshape(3, n_columns)
    found = openvino.compile_model(model, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})(rows)[0]
    assert found == pytest.approx(rows @ weights.T, abs=0.15)  # int8 sums
    assert [file.name for file in sorted(tmp_path.iterdir())] == ["model.bin", "model.xml"]


def write_model(xml: Path, n_columns: int) -> NDArray[np.float32]:
    """Write a model of one matrix of 64 rows in groups of 32, and return that matrix."""
    stored = np.random.default_rng(5).integers(0, 256, (64, n_columns // 32, 32), dtype=np.uint8)
    scales = np.full((64, n_columns // 32, 1), 0.001, np.float16)
    zeros = ops.convert(ops.constant(np.full(scales.shape, 128, np.uint8)), np.float16)
    centred = ops.subtract(ops.convert(ops.constant(stored), np.float16), zeros)
    scaled = ops.multiply(centred, ops.constant(scales))
    flat = ops.reshape(scaled, ops.constant([64, n_columns]), special_zero=False)
    rows = ops.parameter([-1, n_columns], np.float32)
    product = ops.matmul(rows, ops.convert(flat, np.float32), transpose_a=False, transpose_b=True)
    openvino.save_model(openvino.Model([product], [rows]), xml, compress_to_fp16=False)
    dense: NDArray[np.float32] = ((stored.astype(np.float32) - 128) * scales).reshape(64, -1)
    return dense
