"""Training a condenser on a tiny model: what is learned, and that what is saved is what was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from tests import tiny
from training import base, condenser, loop, lora, qwen2

ROWS = [
    {"id": "a", "n": k, "split": split, "licence": "", "kind": kind, "line": "yes", "half": 0}
    | {"p": [5, 90, 3 + k], "o": [17, 41], "is_supported": True}
    for k, (split, kind) in enumerate(
        [("train", "fact"), ("train", "question"), ("val", "fact"), ("val", "question")]
    )
]


def settings(folder: Path, **changed: object) -> condenser.Settings:
    (folder / "passages.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    gguf = tiny.write_gguf(folder / "tiny.gguf").path
    known = {"examples": folder, "gguf": gguf, "out": folder / "out", "name": "c", "rank": 4}
    return condenser.Settings(**{**known, "dropout": 0.0, "n_new": 4, **changed})  # type: ignore[arg-type]


@torch.no_grad()
def loss_of(model: qwen2.Qwen2) -> float:
    total, n = condenser._loss(model, ROWS[:2])
    return total.item() / n


@pytest.mark.parametrize("precision", ["float32", "bfloat16"])
def test_saved_adapter_is_the_one_that_was_trained(
    tmp_path: Path, precision: loop.Precision
) -> None:
    # Autocast keeps copies of the weights it has cast: an adapter that was trained within one
    # context was saved with factors that had never been used.
    run = settings(tmp_path, precision=precision, n_passes=60, rate=3e-2)
    condenser.train(run)
    model = base.load(run.gguf, device="cpu")
    before = loss_of(model)
    lora.begin(model, rank=4, dropout=0, seed=9)
    lora.load(model, lora.read(run.out / "c.adapter"))

    assert loss_of(model) < before / 2


def test_only_the_second_factor_is_trained_where_that_is_asked(tmp_path: Path) -> None:
    run = settings(tmp_path, factors="b", n_passes=20, rate=3e-2)
    condenser.train(run)
    model = base.load(run.gguf, device="cpu")
    lora.begin(model, rank=4, dropout=0, seed=run.seed)

    drawn, trained = lora.state(model), lora.read(run.out / "c.adapter")

    same = {name for name in drawn if torch.allclose(drawn[name], trained[name], atol=1e-3)}
    assert same == {name for name in drawn if name.endswith(".a")}


@torch.no_grad()
def test_answer_to_a_question_counts_as_several_tokens(tmp_path: Path) -> None:
    model = base.load(settings(tmp_path).gguf, device="cpu")
    line, question = ROWS[0], {**ROWS[1], "kind": condenser.QUESTION, "o": [17]}

    (of_line, n_line), (of_question, _) = (
        condenser._loss(model, [row]) for row in (line, question)
    )
    total, n = condenser._loss(model, [line, question], question_weight=4.0)

    assert n == n_line + 4
    assert total.item() == pytest.approx((of_line + 4 * of_question).item(), rel=1e-4)


def test_questions_are_learned_and_nothing_is_written_for_them(tmp_path: Path) -> None:
    run = settings(tmp_path, n_passes=1)

    condenser.train(run)

    written = [json.loads(line) for line in (run.out / "c.lines.jsonl").open()]
    assert [row["n"] for row in written] == [2]
    assert condenser._learned(run, ROWS) == ROWS[:2]
