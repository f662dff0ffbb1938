"""A reader's weights on disk: made once, with the adapter of that model only."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import pytest
from gguf import GGMLQuantizationType

from briefer.errors import WeightsError
from briefer.models import trunk
from tests import tiny


def test_trunk_is_made_once(tmp_path: Path) -> None:
    source, _ = tiny.opened_reader(tmp_path, GGMLQuantizationType.Q8_0)
    source.path.write_bytes(b"")

    again = trunk.of(
        source, tiny.adapter(), n_layers=2, storage="float16", cache=tmp_path / "cache"
    )

    assert len(again.layers) == 2


def test_trunk_that_an_earlier_version_made_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(trunk, "asdict", lambda shape: {**asdict(shape), "output_type": None})
        reader = tiny.opened_reader(tmp_path, GGMLQuantizationType.Q8_0)[1]

    assert reader.trunk.shape.n_layers == 2


def test_layers_of_another_kind_are_refused(tmp_path: Path) -> None:
    source = tiny.write_gguf(tmp_path / "tiny.gguf", architecture="llama")

    with pytest.raises(WeightsError, match=r"knows qwen2 models; .* is llama"):
        trunk.of(source, None, n_layers=2, storage="float16", cache=tmp_path / "cache")


def test_adapter_of_another_model_is_refused(tmp_path: Path) -> None:
    source = tiny.write_gguf(tmp_path / "tiny.gguf")
    foreign = replace(
        tiny.adapter(), layers={"blk.9.attn_q": tiny.adapter().layers["blk.0.attn_q"]}
    )

    with pytest.raises(WeightsError, match=r"corrects blk\.9\.attn_q, which tiny\.gguf does not"):
        trunk.of(source, foreign, n_layers=2, storage="float16", cache=tmp_path / "cache")
