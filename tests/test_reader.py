"""A model's first layers as a reader: against the training code, alone and among others."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from gguf import GGMLQuantizationType

from tests import tiny
from training import base, lora

TEXTS = [[5, 90, 3, 17, 41, 8, 8, 200], [9, 12, 44]]


@pytest.mark.parametrize("kind", [GGMLQuantizationType.Q8_0, GGMLQuantizationType.F16])
def test_reader_sees_what_the_training_code_sees(
    kind: GGMLQuantizationType, tmp_path: Path
) -> None:
    source, reader = tiny.opened_reader(tmp_path, kind)
    reference = base.load(source.path, device="cpu", n_layers=2)
    lora.begin(reference, rank=4, dropout=0.0, seed=1)
    factors = {name: torch.from_numpy(v) for name, v in tiny.random_adapter(4, 2).items()}
    lora.load(reference, factors)

    found = reader.read(TEXTS)

    wanted = reference(TEXTS).detach()
    for states, row in zip(found, wanted, strict=True):
        # Weights are stored in float16 here, in float32 there.
        torch.testing.assert_close(states, row[: len(states)], atol=0.01, rtol=0)


def test_text_is_read_the_same_alone_and_among_others(tmp_path: Path) -> None:
    _, reader = tiny.opened_reader(tmp_path, GGMLQuantizationType.Q8_0)

    together, alone = reader.read(TEXTS)[1], reader.read([TEXTS[1]])[0]

    torch.testing.assert_close(together, alone, atol=1e-5, rtol=0)


def test_reader_looks_only_back(tmp_path: Path) -> None:
    _, reader = tiny.opened_reader(tmp_path, GGMLQuantizationType.Q8_0)

    short, long = reader.read([TEXTS[0][:4]])[0], reader.read([TEXTS[0]])[0]

    torch.testing.assert_close(short, long[:4], atol=1e-5, rtol=0)
    assert not torch.allclose(long[4:6], long[5:7])
