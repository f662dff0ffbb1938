"""Make everything that is shipped anew: examples, every part by its recipe, packed files.

A step whose files are there is not done again, and an interrupted one goes on from its checkpoint.
Knows nothing of how a step works.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefer.models import weights
from training import condenser, shipping, tagger

# A subset run proves the way, not the quality: short answers are enough.
_SUBSET_N_NEW = 8


@dataclass(frozen=True, slots=True)
class Plan:
    """Where to read and write; ``limit`` trains on so many examples only, ``only`` some parts."""

    data: Path
    out: Path
    into: Path
    dev: Path | None = None
    limit: int | None = None
    only: tuple[str, ...] = ()

    @property
    def examples(self) -> Path:
        """Where the training examples are."""
        return self.out / "examples"


def run(plan: Plan) -> list[Path]:
    """Do all steps; returns the shipped files."""
    chosen = shipping.choices(plan.only)
    if not (plan.examples / "tags.jsonl").exists():
        make_examples(plan.data, plan.dev, weights.find(chosen[0]["model"]), plan.examples)
    for choice in chosen:
        _train(choice, plan)
    return shipping.ship(plan.out, plan.examples, plan.into, chosen)


def make_examples(data: Path, dev: Path | None, gguf: Path, out: Path, seed: int = 7) -> None:
    """Write the training examples; the tokenizer is the GGUF's (both models have the same)."""
    # transformers takes seconds to import and only this step needs it.
    from transformers import AutoTokenizer

    from training import examples

    tokenizer = AutoTokenizer.from_pretrained(gguf.parent, gguf_file=gguf.name)
    print(examples.build(data, dev, tokenizer, out, seed), flush=True)


def _train(choice: dict[str, Any], plan: Plan) -> None:
    recipe = dict(choice["recipe"])
    common: dict[str, Any] = {
        "examples": plan.examples,
        "gguf": weights.find(choice["model"]),
        "out": plan.out,
        "name": choice["run"],
        "limit": plan.limit,
    }
    if choice["kind"] == "tagger":
        folds = tuple(recipe.pop("folds"))
        tagger.train(tagger.Settings(**common, **recipe, folds=folds))
    elif not list(plan.out.glob(f"{choice['run']}.adapter.*")):
        n_new = None if plan.limit is None else _SUBSET_N_NEW
        condenser.train(condenser.Settings(**common, **recipe, n_new=n_new))
