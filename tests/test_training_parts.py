"""From trained files to shipped ones, and the whole way on a tiny model and made-up articles."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from briefer import resources
from briefer.models import packed, tagger, trained, weights
from briefer.models.sources import Source
from briefer.models.weights.pins import PinnedFile, Wheels
from tests import articles, tiny
from training import calibration, compare, corpus, probes, reproduction, scores, shipping
from training.__main__ import main
from training.errors import UntrainedError


def test_average_precision_is_one_when_the_hits_come_first() -> None:
    wanted = np.array([0, 1, 0, 1])

    assert scores.average_precision(wanted, np.array([0.1, 0.9, 0.2, 0.8])) == 1.0
    assert scores.average_precision(wanted, np.array([0.9, 0.8, 0.7, 0.6])) == pytest.approx(0.5)


def test_best_f1_names_its_threshold() -> None:
    wanted = np.array([1, 1, 0, 0, 1])

    f1, threshold = scores.best_f1(wanted, np.array([0.9, 0.8, 0.7, 0.3, 0.1]))

    assert f1 == pytest.approx(0.8)
    assert threshold == 0.8


def test_platt_finds_the_scale_that_made_the_labels() -> None:
    rng = np.random.default_rng(1)
    logits = rng.normal(0, 3, 20_000)
    wanted = (rng.random(20_000) < 1 / (1 + np.exp(-(0.5 * logits - 1)))).astype(int)

    slope, bias = calibration.platt(wanted, logits)

    assert slope == pytest.approx(0.5, abs=0.03)
    assert bias == pytest.approx(-1, abs=0.06)


def test_balanced_factors_have_the_same_product() -> None:
    factors = tiny.random_adapter(4)

    made = shipping.balanced(factors)

    for name in ("blk.0.attn_q", "blk.2.ffn_down"):
        wanted = factors[f"{name}.b"] @ factors[f"{name}.a"]
        np.testing.assert_allclose(made[f"{name}.b"] @ made[f"{name}.a"], wanted, atol=1e-4)
        sizes = [np.linalg.norm(made[f"{name}.{half}"]) for half in ("a", "b")]
        assert sizes[0] == pytest.approx(sizes[1], rel=1e-4)


def test_interval_holds_the_mean_and_is_the_same_every_time() -> None:
    worth = {str(k): float(k % 2) for k in range(100)}

    bounds = [
        compare.interval(list(worth), lambda drawn: float(np.mean([worth[a] for a in drawn])))
        for _ in range(2)
    ]

    assert bounds[0] == bounds[1]
    assert 0.38 < bounds[0][0] < 0.5 < bounds[0][1] < 0.62


def test_table_has_a_row_a_tagger_with_its_figures() -> None:
    wanted = {"a": np.array([[1, 0, 0, 1], [0, 1, 0, 0], [0, 0, 1, 1]])}
    perfect = compare.System("perfect", {"a": wanted["a"] - 0.5}, (0.0,) * 4)
    annotator = compare.System("annotator", {"a": wanted["a"].astype(float)}, (0.5,) * 4)

    lines = compare.lines(wanted, [perfect, annotator])

    assert lines[0] == "| tagger | fact | dissent | agreement | speech |"
    assert lines[3] == "| annotator |" + " 1.000 (1.00-1.00) |" * 4


def test_taggers_are_compared_on_held_back_articles_only(tmp_path: Path) -> None:
    data = articles.write(tmp_path / "train-briefs", n_copies=2)
    annotated = {"id": "a1", **articles.GOLD_FIRST}
    (data / "second.jsonl").write_text(json.dumps(annotated) + "\n")
    known = {one.id: np.array(one.labels) - 0.5 for one in corpus.read_train(data)}
    np.savez(tmp_path / "t.final.npz", a1=known["a1"], b1=known["b1"])
    np.savez(tmp_path / "t.0.npz", a0=known["a0"], b0=known["b0"])
    np.savez(tmp_path / "blind.final.npz", a1=-known["a1"], b1=known["b1"])
    np.savez(tmp_path / "blind.0.npz", a0=known["a0"], b0=known["b0"])

    rules, *rows = compare.table(data, tmp_path, ["t", "blind"])[2:]

    assert rules.startswith("| rules | ")
    f1s = {row.split(" | ")[0]: [cell.split()[0] for cell in row.split(" | ")[1:]] for row in rows}
    assert f1s == {
        "| t": ["1.000"] * 4,
        "| blind": ["0.500", "0.000", "0.000", "0.000"],
        "| second annotator": ["1.000"] * 4,
    }


def test_choice_names_every_part_once() -> None:
    names = [choice["name"] for choice in shipping.choices()]

    assert names == ["tagger-1.5b", "tagger-0.5b", "condenser-1.5b", "condenser-0.5b"]
    assert [choice["name"] for choice in shipping.choices(["tagger-0.5b"])] == ["tagger-0.5b"]


def test_shipped_parts_are_those_of_the_choice_and_the_probes() -> None:
    listed = [(part.name, part.kind) for part in trained.parts()]

    chosen = [(choice["name"], choice["kind"]) for choice in shipping.choices()]
    taggers = [name for name, kind in chosen if kind == "tagger"]
    of_taggers = [
        (name.replace("tagger", kind), kind) for kind in ("acting", "stance") for name in taggers
    ]
    assert sorted(listed) == sorted([*chosen, (probes.NAME, "probes"), *of_taggers])
    assert listed[: len(chosen)] == chosen  # the preferred one of a kind first


_RECIPE: dict[str, Any] = {"n_passes": 1, "rate": 1e-3, "dropout": 0.1, "rank": 2}
_CHOICES: list[dict[str, Any]] = [
    {"name": "tagger-t", "kind": "tagger", "model": "tiny", "run": "t", "bits": 8}
    | {"recipe": _RECIPE | {"n_layers": 2, "folds": ["final", "0"]}},
    {"name": "condenser-t", "kind": "condenser", "model": "tiny", "run": "c", "bits": 4}
    | {"recipe": _RECIPE},
]


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[reproduction.Plan]:
    """All steps on six made-up articles and the tiny model, on one thread: all is small."""
    n_threads = torch.get_num_threads()
    torch.set_num_threads(1)
    gguf = tiny.write_gguf(tmp_path / "model" / "tiny.gguf").path
    pin = weights.Pin("tiny", (PinnedFile(gguf.name, 0, "0" * 64),), "", Wheels("", ""))
    (tmp_path / "choice.json").write_text(json.dumps(_CHOICES))
    monkeypatch.setattr(shipping, "CHOICE", tmp_path / "choice.json")
    monkeypatch.setattr(weights, "find", lambda _: gguf)
    monkeypatch.setattr(weights, "named", lambda _: pin)
    data = articles.write(tmp_path / "data", n_copies=3)
    yield reproduction.Plan(data, tmp_path / "out", tmp_path / "shipped", limit=6)
    torch.set_num_threads(n_threads)


def test_all_steps_make_parts_that_briefer_loads_and_no_step_is_done_twice(
    plan: reproduction.Plan,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    files = reproduction.run(plan)
    first, _ = [file.read_bytes() for file in files], capsys.readouterr()
    second = [file.read_bytes() for file in reproduction.run(plan)]
    monkeypatch.setattr(resources, "_WHEEL", plan.into)
    parts = {part.kind: part for part in trained.parts.__wrapped__()}
    own = tagger.load(
        parts["tagger"],
        Source("tiny", "gguf", weights.find("tiny"), "0" * 64),
        cache=plan.out / "cache",
        precision="float32",
    )

    assert [file.suffix for file in files] == [".safetensors", ".safetensors", ".json"]
    assert len(own.judge("A title", ["One.", "Two."])) == 2
    assert len(packed.read(parts["condenser"].path)) == 2 * 7 * tiny.N_LAYERS
    assert len((plan.out / "c.lines.jsonl").read_text().splitlines()) == 6
    assert first == second
    assert "step" not in capsys.readouterr().out


def test_tagger_is_calibrated_on_all_its_folds_or_not_at_all(
    plan: reproduction.Plan, tmp_path: Path
) -> None:
    reproduction.run(plan)
    (plan.out / "t.0.npz").unlink()

    with pytest.raises(UntrainedError, match=r"no t\.0\.npz in .*; train these folds first"):
        shipping.ship(plan.out, plan.examples, tmp_path / "other", shipping.choices())


@pytest.mark.parametrize(
    ("step", "named"), [(["all", "--data"], "typo"), (["linear", "--shared"], "typo/train-briefs")]
)
def test_missing_gold_is_named_in_one_line(
    step: list[str], named: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*step, str(tmp_path / "typo")]) == 2

    said = capsys.readouterr().err
    assert said.startswith(f"training: no articles.jsonl, gold.jsonl in {tmp_path / named}: give")
    assert said.count("\n") == 1
