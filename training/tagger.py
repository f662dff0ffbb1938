"""Train the sentence tagger: a language model reads the article, a small head judges sentences.

The base's first layers with an adapter read title and sentences; a sentence is the mean and the
last token of its hidden states; two transformer layers over the article's sentences decide.
Knows nothing of the examples' origin (``examples.py`` makes them).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from briefer.models.tagger.head import Head
from briefer.models.tagger.sentences import Window, pooled, windows
from training import base, loop, lora, scores
from training.qwen2 import Attention, Qwen2

# Agreements are 3 % of the sentences, dissent 19 %.
POSITIVE_WEIGHTS = (1.0, 1.3, 4.0, 1.0, 1.0, 1.3, 1.0)
LABEL_WEIGHTS = (1.0, 1.0, 1.0, 1.0, 0.3, 0.3, 0.3)
N_MEASURED = 48  # articles from which the channels' means and spreads are taken


@dataclass(frozen=True, slots=True)
class Settings:
    """What is trained and how."""

    examples: Path
    gguf: Path
    out: Path
    name: str
    n_layers: int | None = None
    attention: Attention = "causal"
    precision: loop.Precision = "bfloat16"
    rank: int = 8
    dropout: float = 0.1
    n_passes: int = 4
    rate: float = 4e-4
    head_rate: float = 6e-4
    n_tokens: int = 4096
    folds: tuple[str, ...] = ("final", "0", "1", "2", "3", "4")
    without: str = ""
    seed: int = 1
    stop_after_s: float | None = None
    limit: int | None = None


class Tagger(nn.Module):
    """Reader and head."""

    def __init__(self, reader: Qwen2, head: Head, attention: Attention) -> None:
        super().__init__()
        self.reader, self.head, self.attention = reader, head, attention

    def forward(self, articles: Sequence[Sequence[Window]]) -> Tensor:
        """Articles as windows -> logits of all their sentences, in order."""
        read = [window for article in articles for window in article]
        hidden = self.reader([window.ids for window in read], self.attention)  # (W, T, C)
        counts = [sum(len(window.spans) for window in article) for article in articles]
        logits: Tensor = self.head(pooled(list(hidden), read), counts)
        return logits

    @torch.no_grad()
    def measure(self, articles: Sequence[Sequence[Window]]) -> None:
        """Take the channels' means and spreads from some articles, before training."""
        parts = [pooled(list(self.reader([w.ids for w in a], self.attention)), a) for a in articles]
        spread, mean = torch.std_mean(torch.cat(parts), 0)
        self.head.mean.copy_(mean)
        self.head.spread.copy_(spread + 1e-3)


def train(settings: Settings) -> None:
    """Train the final head and one for each fold; predictions and figures go to ``out``."""
    settings.out.mkdir(parents=True, exist_ok=True)
    deadline = loop.Deadline(settings.stop_after_s)
    device, dtype, context = loop.prepare(settings.precision)
    reader = base.load(settings.gguf, device=device, dtype=dtype, n_layers=settings.n_layers)
    rows = [json.loads(line) for line in (settings.examples / "tags.jsonl").open()]
    rows = rows[: settings.limit]
    read = [windows(row["title"], row["sentences"]) for row in rows]
    for fold in settings.folds:
        run = _Run(settings, rows, read, fold, context)
        if run.path.exists():
            continue
        if not run.go(reader, device, deadline):
            return
    _report(settings, rows)


class _Run:
    """One fit: a fold (trained on the other folds) or ``final`` (trained on the train split)."""

    def __init__(
        self,
        settings: Settings,
        rows: list[dict[str, Any]],
        read: list[list[Window]],
        fold: str,
        context: AbstractContextManager[Any],
    ) -> None:
        self.settings, self.rows, self.read, self.context = settings, rows, read, context
        self.fold, self.name = fold, f"{settings.name}.{fold}"
        self.path = settings.out / f"{self.name}.npz"

    def members(self) -> tuple[list[int], list[int]]:
        """Which articles are trained on, and which are predicted."""
        if self.fold == "final":
            learned = [k for k, row in enumerate(self.rows) if row["split"] == "train"]
            asked = [k for k, row in enumerate(self.rows) if row["split"] != "train"]
        else:
            known = [k for k, row in enumerate(self.rows) if row["split"] != "dev"]
            learned = [k for k in known if self.rows[k]["fold"] != int(self.fold)]
            asked = [k for k in known if self.rows[k]["fold"] == int(self.fold)]
        without = self.settings.without
        return [k for k in learned if not without or without not in self.rows[k]["licence"]], asked

    def go(self, reader: Qwen2, device: str, deadline: loop.Deadline) -> bool:
        """Fit, predict, save; False when the time was up before the end."""
        settings = self.settings
        learned, asked = self.members()
        torch.manual_seed(settings.seed)
        lora.begin(reader, rank=settings.rank, dropout=settings.dropout, seed=settings.seed)
        model = Tagger(reader, Head(reader.shape.width).to(device), settings.attention).train()
        with self.context:
            model.measure([self.read[k] for k in learned[:N_MEASURED]])
        lengths = [sum(len(window.ids) for window in self.read[k]) for k in learned]
        plan = loop.batches(lengths, settings.n_tokens, settings.n_passes, settings.seed)
        groups = [
            {"params": lora.parameters(reader), "lr": settings.rate, "weight_decay": 0.0},
            {"params": list(model.head.parameters()), "lr": settings.head_rate},
        ]
        course = loop.Course(
            self.name, settings.seed, checkpoint=settings.out / f"{self.name}.checkpoint"
        )

        def loss_of(batch: loop.Batch) -> Tensor:
            with self.context:
                return _loss(model, [self._example(learned[k]) for k in batch.members])

        is_done = loop.fit(groups, plan, loss_of, course, deadline)
        self._predict(model.eval(), asked, self.path if is_done else self.path.with_suffix(".part"))
        if self.fold == "final":
            lora.save(lora.state(reader), settings.out / f"{self.name}.adapter")
            lora.save(dict(model.head.state_dict()), settings.out / f"{self.name}.head")
        return is_done

    def _example(self, k: int) -> tuple[list[Window], list[list[int]]]:
        return self.read[k], self.rows[k]["labels"]

    @torch.no_grad()
    def _predict(self, model: Tagger, asked: list[int], path: Path) -> None:
        found = {}
        for k in asked:
            with self.context:
                found[self.rows[k]["id"]] = model([self.read[k]]).float().cpu().numpy()
        with path.open("wb") as target:
            np.savez_compressed(target, **found)
        rows = [row for row in self.rows if row["id"] in found and row["split"] != "dev"]
        print(self.name, scores.table(rows, found), flush=True)


def _loss(model: Tagger, examples: list[tuple[list[Window], list[list[int]]]]) -> Tensor:
    logits = model([read for read, _ in examples]).float()
    wanted = torch.tensor([row for _, labels in examples for row in labels]).float()
    weights = torch.tensor(POSITIVE_WEIGHTS, device=logits.device)
    losses = functional.binary_cross_entropy_with_logits(
        logits, wanted.to(logits.device), pos_weight=weights, reduction="none"
    )
    return (losses * torch.tensor(LABEL_WEIGHTS, device=logits.device)).mean()


def _report(settings: Settings, rows: list[dict[str, Any]]) -> None:
    found: dict[str, Any] = {}
    for fold in settings.folds:
        if fold != "final":
            found |= dict(np.load(settings.out / f"{settings.name}.{fold}.npz"))
    if found:
        known = [row for row in rows if row["id"] in found]
        print(f"{settings.name} out of fold", scores.table(known, found), flush=True)
