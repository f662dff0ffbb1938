"""Adapters in their several forms are read alike, and wrong ones refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from briefer.errors import WeightsError
from briefer.models import packed
from briefer.models.convert import adapter
from tests import tiny


def test_adapter_with_the_names_of_a_gguf_file_is_read(tmp_path: Path) -> None:
    factors = tiny.random_adapter(rank=2)
    save_file(factors, tmp_path / "part.safetensors")

    found = adapter.read(tmp_path / "part.safetensors")

    layer = found.layers["blk.1.ffn_up"]
    wanted = 2.0 * factors["blk.1.ffn_up.b"] @ factors["blk.1.ffn_up.a"]
    np.testing.assert_allclose(layer.correction(), wanted, rtol=1e-6)
    assert (found.layout, len(found.layers)) == ("gguf", 7 * tiny.N_LAYERS)


def test_folder_as_peft_writes_it_is_read_with_its_alpha(tmp_path: Path) -> None:
    factors = tiny.random_adapter(rank=4)
    save_file(tiny.peft_names(factors), tmp_path / "adapter_model.safetensors")
    (tmp_path / "adapter_config.json").write_text('{"lora_alpha": 32, "r": 4}')

    found = adapter.read(tmp_path)

    layer = found.layers["blk.0.attn_q"]
    assert (found.layout, layer.scale) == ("huggingface", 8.0)
    np.testing.assert_array_equal(layer.a, factors["blk.0.attn_q.a"])


def test_alpha_can_stand_in_the_file_itself(tmp_path: Path) -> None:
    path = tmp_path / "part.safetensors"
    save_file(tiny.random_adapter(rank=4), path, metadata={"alpha": "2"})

    assert adapter.read(path).layers["blk.0.attn_q"].scale == 0.5


def test_packed_adapter_is_read(tmp_path: Path) -> None:
    factors = tiny.random_adapter(rank=4)
    packed.write(tmp_path / "part.safetensors", factors, dict.fromkeys(factors, 8))

    found = adapter.read(tmp_path / "part.safetensors")

    wanted = factors["blk.2.attn_v.b"]
    np.testing.assert_allclose(found.layers["blk.2.attn_v"].b, wanted, atol=0.01)


def test_adapter_in_several_files_is_one(tmp_path: Path) -> None:
    factors = tiny.random_adapter(rank=2)
    names = sorted(factors)
    save_file({name: factors[name] for name in names[:8]}, tmp_path / "part.0.safetensors")
    save_file({name: factors[name] for name in names[8:]}, tmp_path / "part.1.safetensors")

    assert len(adapter.read(tmp_path / "part").layers) == 7 * tiny.N_LAYERS


@pytest.mark.parametrize(
    ("factors", "complaint"),
    [
        ({"embed.weight": np.ones((2, 2))}, "embed.weight is the name of no adapter's tensor"),
        ({"blk.0.attn_q.a": np.ones((2, 2))}, "two factors of blk.0.attn_q do not fit"),
        (
            {"blk.0.attn_q.a": np.ones((2, 8)), "blk.0.attn_q.b": np.ones((8, 3))},
            "two factors of blk.0.attn_q do not fit",
        ),
    ],
)
def test_file_that_is_no_adapter_is_refused(
    factors: dict[str, np.ndarray], complaint: str, tmp_path: Path
) -> None:
    save_file(factors, tmp_path / "part.safetensors")

    with pytest.raises(WeightsError, match=complaint):
        adapter.read(tmp_path / "part.safetensors")


def test_missing_adapter_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="No adapter at"):
        adapter.read(tmp_path / "part")
