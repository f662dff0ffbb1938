"""Linear probes of states: what is fitted is found again, and what is written is what is read."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from briefer.models import packed
from briefer.models.trained import MANIFEST
from training import fitting, probes
from training.fitting import Fitted

WIDTH = 16


def examples(n: int = 400) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """States of which one channel tells the label, in a scale and place of its own; articles."""
    rng = np.random.default_rng(7)
    states = rng.normal(size=(n, WIDTH)) * np.linspace(0.1, 5, WIDTH) + 3
    labels = states[:, 4] + rng.normal(size=n) * 0.1 > 3
    return states, labels, [f"article {k % 40}" for k in range(n)]


def test_probe_finds_the_channel_that_tells_in_the_scale_of_the_states() -> None:
    states, labels, articles = examples()

    fitted = fitting.fit_probe(states, labels, articles, 1.0)

    odds = states @ fitted.weights + fitted.bias
    assert np.argmax(np.abs(fitted.weights * states.std(0))) == 4
    assert np.mean((odds > 0) == labels) > 0.95
    assert fitted.area > 0.95


def test_labels_that_nothing_tells_have_an_area_of_one_half_out_of_fold() -> None:
    states, labels, articles = examples()
    shuffled = np.random.default_rng(1).permutation(labels)

    assert fitting.fit_probe(states, shuffled, articles, 1.0).area < 0.6


def test_written_part_replaces_the_former_one_and_leaves_the_others(tmp_path: Path) -> None:
    other = {"name": "tagger-0.5b", "kind": "tagger"}
    (tmp_path / MANIFEST).write_text(json.dumps({"parts": [other]}))
    first = Fitted(np.ones(WIDTH, np.float32), 0.5, 0.9)
    second = Fitted(np.full(WIDTH, 2, np.float32), -0.25, 0.9)

    former = probes.ship({"holds": first}, "b" * 64, tmp_path)
    path = probes.ship({"holds": second}, "b" * 64, tmp_path)

    listed = json.loads((tmp_path / MANIFEST).read_text())["parts"]
    assert [one["name"] for one in listed] == ["tagger-0.5b", probes.NAME]
    assert listed[1]["settings"] == {"n_layers": 12, "biases": {"holds": -0.25}}
    assert not former.exists()
    assert packed.read(path)["holds"] == pytest.approx(np.full(WIDTH, 2.0))
