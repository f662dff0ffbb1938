"""Train the condenser: a passage in, one line out; or, to compare, an article in, its brief out.

Only the line's tokens are learned. With ``half`` the adapter is trained on one half of the
training articles and writes lines for the other half: honest own lines, to be judged later.
Knows nothing of the examples' origin (``examples.py`` makes them).
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import torch
from torch import Tensor

from training import base, loop, lora
from training.qwen2 import Qwen2, generate, likelihoods

Row = dict[str, Any]  # token ids of prompt ("p") and answer ("o"), and where they are from
Task = Literal["passages", "briefs", "untrained"]
END_ID = 151645  # <|im_end|> of every Qwen2 model
N_NEW = {"passages": 64, "briefs": 800, "untrained": 64}
QUESTION = "question"  # the kind of rows that ask whether a line holds
GENERATION_TOKENS = 48_000  # prompts and answers held at once; 3 GB of keys and values (1.5B)


@dataclass(frozen=True, slots=True)
class Settings:
    """What is trained and how.

    The one token that answers a question counts as ``question_weight`` tokens of a line.
    """

    examples: Path
    gguf: Path
    out: Path
    name: str
    task: Task = "passages"
    precision: loop.Precision = "float32"
    rank: int = 16
    dropout: float = 0.05
    n_passes: int = 3
    question_weight: float = 1.0
    rate: float = 3e-4
    n_tokens: int = 4096
    factors: lora.Factors = "both"
    without: str = ""
    half: int | None = None
    seed: int = 1
    stop_after_s: float | None = None
    limit: int | None = None
    n_new: int | None = None


def train(settings: Settings) -> None:
    """Train, save the adapter, write lines for the held-back rows; files go to ``out``."""
    settings.out.mkdir(parents=True, exist_ok=True)
    deadline = loop.Deadline(settings.stop_after_s)
    device, dtype, context = loop.prepare(settings.precision)
    model = base.load(settings.gguf, device=device, dtype=dtype)
    rows = [json.loads(line) for line in _source(settings).open()]
    if settings.task != "untrained":
        learned = _learned(settings, rows)[: settings.limit]
        _fit(settings, model, learned, context, deadline)
        lora.save(lora.state(model), settings.out / f"{settings.name}.adapter")
        known = [row for row in rows if row["split"] == "val" and row.get("is_supported", True)]
        with context:
            losses = _val_loss(model, known[: settings.limit], settings.n_tokens)
        print(settings.name, "loss on val", losses, flush=True)
    asked = _asked(settings, rows)[: settings.limit]
    n_new = settings.n_new or N_NEW[settings.task]
    with context:
        write(model, asked, settings.out / f"{settings.name}.lines.jsonl", n_new)


def _source(settings: Settings) -> Path:
    return settings.examples / f"{settings.task}.jsonl"


def _learned(settings: Settings, rows: list[Row]) -> list[Row]:
    return [
        row
        for row in rows
        if row["split"] == "train"
        and row.get("is_supported", True)
        and row.get("is_whole", True)
        and (settings.half is None or row["half"] == settings.half)
        and not (settings.without and settings.without in row["licence"])
    ]


def _asked(settings: Settings, rows: list[Row]) -> list[Row]:
    if settings.task == "untrained":
        return rows
    if settings.half is None:
        held_back = [row for row in rows if row["split"] != "train"]
        return [row for row in held_back if row.get("kind") != QUESTION]
    others = [row for row in rows if row["split"] == "train" and row["half"] != settings.half]
    return [
        row for row in others if row["line"] != "none" and row["kind"] not in ("headline", QUESTION)
    ]


def _fit(
    settings: Settings,
    model: Qwen2,
    learned: list[Row],
    context: AbstractContextManager[Any],
    deadline: loop.Deadline,
) -> None:
    lora.begin(
        model,
        rank=settings.rank,
        dropout=settings.dropout,
        seed=settings.seed,
        factors=settings.factors,
    )
    lengths = [len(row["p"]) + len(row["o"]) for row in learned]
    plan = loop.batches(lengths, settings.n_tokens, settings.n_passes, settings.seed)
    groups = [{"params": lora.parameters(model), "lr": settings.rate, "weight_decay": 0.0}]
    course = loop.Course(
        settings.name, settings.seed, checkpoint=settings.out / f"{settings.name}.checkpoint"
    )

    def loss_of(batch: loop.Batch) -> Tensor:
        # Entered for each batch: autocast keeps its copies of trained weights until it is left.
        with context:
            total, n = _loss(model, [learned[k] for k in batch.members], settings.question_weight)
        return total / n

    model.train()
    loop.fit(groups, plan, loss_of, course, deadline)
    model.eval()


def _loss(model: Qwen2, rows: Sequence[Row], question_weight: float = 1.0) -> tuple[Tensor, float]:
    """Summed negative log-likelihood of the answers, and how many tokens they count as."""
    weights = [question_weight if row.get("kind") == QUESTION else 1.0 for row in rows]
    found = likelihoods(model, [(row["p"], row["o"]) for row in rows])
    n_tokens = sum(len(row["o"]) * one for row, one in zip(rows, weights, strict=True))
    return -(found * found.new_tensor(weights)).sum(), n_tokens


@torch.no_grad()
def _val_loss(model: Qwen2, known: list[Row], budget: int) -> dict[str, float]:
    """Mean negative log-likelihood a token, by kind."""
    sums: dict[str, list[float]] = {}
    lengths = [len(row["p"]) + len(row["o"]) for row in known]
    by_kind: dict[str, list[int]] = {}
    for k, row in enumerate(known):
        refused = " refused" if row.get("line") == "none" else ""
        by_kind.setdefault(row.get("kind", "brief") + refused, []).append(k)
    for kind, members in by_kind.items():
        for batch in loop.packed(members, lengths, budget):
            loss, n = _loss(model, [known[k] for k in batch.members])
            total = sums.setdefault(kind, [0.0, 0.0])
            total[0] += loss.item()
            total[1] += n
    return {kind: round(loss / n, 4) for kind, (loss, n) in sums.items()}


def write(model: Qwen2, rows: list[Row], path: Path, n_new: int) -> None:
    """Write ``{"n" or "id", "ids"}`` for each row: what the model says, as token ids."""
    started = time.monotonic()
    lengths = [len(row["p"]) + n_new for row in rows]
    written: list[Row] = []
    for batch in loop.packed(range(len(rows)), lengths, GENERATION_TOKENS):
        members = [rows[k] for k in batch.members]
        lines = generate(model, [row["p"] for row in members], n_new, END_ID)
        written += [
            {key: row[key] for key in ("n", "id") if key in row} | {"ids": line}
            for row, line in zip(members, lines, strict=True)
        ]
        # Written after each batch: a run that is cut short keeps what it has.
        path.write_text("".join(json.dumps(row) + "\n" for row in written))
    print(f"{path.name}: {len(rows)} lines in {time.monotonic() - started:.0f} s", flush=True)
