"""The small encoder: the network's arithmetic, and the vectors of the real weights."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from briefer.errors import EngineUnavailable
from briefer.models import encoder

TEXTS = [
    "Harbour workers walked out on Monday",
    "Dockers went on strike this Monday",
    "The moon is made of cheese",
]


def test_gelu_is_the_exact_one() -> None:
    places = np.linspace(-6, 6, 101, dtype=np.float32)

    gated = encoder._gelu(places)

    exact = [x * (1 + math.erf(x / math.sqrt(2))) / 2 for x in places.tolist()]
    assert np.abs(gated - np.array(exact)).max() < 1e-6


def test_folder_without_weights_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EngineUnavailable, match="briefer model verify"):
        encoder.open_folder(tmp_path)


@pytest.mark.model
def test_vectors_are_those_of_the_published_network() -> None:
    vectors = encoder.load()(TEXTS)

    # transformers 5.23 with torch 2.13 gives the same to 2e-7.
    assert vectors @ vectors.T == pytest.approx(
        np.array([[1, 0.41939, 0.01881], [0.41939, 1, -0.07282], [0.01881, -0.07282, 1]]),
        abs=1e-4,
    )


@pytest.mark.model
def test_a_batch_of_mixed_lengths_changes_no_vector() -> None:
    encode = encoder.load()
    mixed = [*TEXTS, "word " * 400, ""]

    together = encode(mixed)

    alone = np.concatenate([encode([one]) for one in mixed])
    assert np.abs(together - alone).max() < 1e-5
