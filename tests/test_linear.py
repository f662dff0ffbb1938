"""Small linear models: the sum, the threshold, the file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefer import resources
from briefer.errors import WeightsError
from briefer.models import linear
from briefer.models.linear import Linear


def test_probability_is_the_logistic_of_the_weighted_sum() -> None:
    model = Linear(bias=-1.0, weights={"near": 2.0, "far": -3.0})

    assert model.probability({}) == pytest.approx(0.2689, abs=1e-4)
    assert model.probability({"near": 1.0}) == pytest.approx(0.7311, abs=1e-4)
    assert model.probability({"near": 1.0, "far": 1.0, "unknown": 9.0}) == pytest.approx(
        0.1192, abs=1e-4
    )


def test_threshold_belongs_to_yes() -> None:
    model = Linear(bias=0.0, weights={}, threshold=0.5)

    assert model.holds({})
    assert not Linear(bias=-0.01, weights={}, threshold=0.5).holds({})


def test_huge_sums_do_not_overflow() -> None:
    model = Linear(bias=0.0, weights={"a": 1e9})

    assert model.probability({"a": -1e9}) < 1e-15
    assert model.probability({"a": 1e9}) > 1 - 1e-15


@pytest.mark.parametrize("name", ["speech", "mentions", "salience"])
def test_shipped_models_are_what_their_names_say(name: str) -> None:
    models = linear.load(name)

    assert models
    assert all(0 < model.threshold < 1 for model in models.values())


def test_changed_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = json.dumps({"models": {}}).encode()
    (tmp_path / f"odd-{linear.digest(content)}.json").write_bytes(content + b" ")
    monkeypatch.setattr(resources, "shipped", lambda name: tmp_path / name)

    with pytest.raises(WeightsError, match="not what was shipped"):
        linear.load("odd")


def test_missing_file_is_named() -> None:
    with pytest.raises(WeightsError, match=r"0 files absent-\*\.json"):
        linear.load("absent")
