"""Small trained tensors keep their values in eight and in four bits."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from briefer.errors import WeightsError
from briefer.models import packed


def noise(*shape: int) -> packed.Array:
    return np.random.default_rng(1).normal(0, 1, shape).astype(np.float32)


# The largest of these values is 4.3 : half of its 127th and of its 7th part.
@pytest.mark.parametrize(("bits", "largest"), [(8, 0.017), (4, 0.31)])
@pytest.mark.parametrize("shape", [(8, 896), (896, 8), (3, 100), (65, 65), (1, 1)])
def test_matrix_comes_back_nearly_as_it_was(
    bits: packed.Bits, largest: float, shape: tuple[int, int], tmp_path: Path
) -> None:
    values = noise(*shape)

    packed.write(tmp_path / "part", {"m": values}, {"m": bits})
    read = packed.read(tmp_path / "part")["m"]

    assert read.shape == shape
    assert read.dtype == np.float32
    assert np.abs(read - values).max() < largest


def test_whole_numbers_of_a_group_come_back_exactly(tmp_path: Path) -> None:
    values = np.array([[-7.0, -3.0, 0.0, 1.0, 7.0]], dtype=np.float32)

    packed.write(tmp_path / "part", {"m": values}, {"m": 4})

    assert packed.read(tmp_path / "part")["m"].tolist() == values.tolist()


def test_group_of_zeros_comes_back_as_zeros(tmp_path: Path) -> None:
    packed.write(tmp_path / "part", {"m": np.zeros((2, 70), np.float32)}, {"m": 8})

    assert packed.read(tmp_path / "part")["m"].any() == np.False_


def test_vectors_are_kept_as_float16(tmp_path: Path) -> None:
    packed.write(tmp_path / "part", {"v": np.array([1.5, -300.0], np.float32)}, {})

    assert packed.read(tmp_path / "part")["v"].tolist() == [1.5, -300.0]


def test_four_bits_take_half_the_room_of_eight(tmp_path: Path) -> None:
    values = {"m": noise(16, 6400)}
    for bits in (4, 8):
        packed.write(tmp_path / str(bits), values, {"m": bits})

    sizes = [(tmp_path / str(bits)).stat().st_size for bits in (4, 8)]

    assert sizes[0] < 16 * 6400 * 0.55
    assert sizes[1] > 16 * 6400


def test_plain_safetensors_file_is_read_too(tmp_path: Path) -> None:
    save_file({"m": np.ones((2, 3), np.float16)}, tmp_path / "plain.safetensors")

    assert packed.read(tmp_path / "plain.safetensors")["m"].tolist() == [[1.0] * 3] * 2


def test_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad.safetensors").write_bytes(b"no such thing")

    with pytest.raises(WeightsError, match=r"bad\.safetensors is no readable safetensors file"):
        packed.read(tmp_path / "bad.safetensors")
