"""Do the engines write what the adapter writes in float32?

What an engine reads is rounded: touched matrices become Q8_0, sums are taken in another order. The
reference is the base model dequantised with the shipped adapter added, nothing rounded, greedy.
Knows nothing of how good a line is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from random import Random

import torch
from transformers import AutoTokenizer

from briefer import models, prompts
from briefer.drafting import TRAINED
from briefer.models import convert
from briefer.models.base import Prompt
from briefer.models.convert import adapter as adapters
from briefer.models.convert.gguf_file import GgufFile, merged
from briefer.models.sources import Source
from training import corpus, pairs, qwen2
from training.base import shape_of

SEED = 7
N_NEW = 48  # as `briefer.drafting` asks
END_ID = 151643  # "<|endoftext|>" of Qwen2.5, what the condenser ends with
BATCH = 10  # prompts; keys and values of more would not matter, their logits do


def report(data: Path, n: int, engines: Sequence[str]) -> list[str]:
    """A Markdown table: for each engine how many lines are the reference's, word for word."""
    asked = sample(data, n)
    source = models.trained_source(None)
    wanted = in_float32(source, asked)
    rows = ["| engine | the same line | words in common |", "|---|---|---|"]
    for name in engines:
        engine = models.load(None, engine=name)  # type: ignore[arg-type]
        found = [as_line(answer.text) for answer in engine.generate(asked)]
        engine.close()
        rows.append(row(name, wanted, found))
    return rows


def sample(data: Path, n: int) -> list[Prompt]:
    """Prompts of ``n`` held-back passages, drawn evenly from all of them in the articles' order."""
    rng = Random(SEED)  # noqa: S311 - drawing examples
    held_back = [
        pair
        for example in corpus.read_train(data)
        if example.split == "val"
        for pair in pairs.make(example, rng)
        if pair.line != pairs.REFUSAL
    ]
    chosen = [held_back[k * len(held_back) // n] for k in range(n)]
    return [prompt(pair.variables) for pair in chosen]


def prompt(variables: Mapping[str, object]) -> Prompt:
    """The prompt of a passage for a trained condenser."""
    rendered = prompts.render("condense", TRAINED.version, **variables)
    return Prompt(
        rendered.text,
        instruction=rendered.instruction,
        form="plain",
        max_new_tokens=N_NEW,
        stop=("\n",),
    )


@torch.no_grad()
def in_float32(source: Source, asked: Sequence[Prompt]) -> list[str]:
    """What the base model with its adapter writes, unrounded."""
    tokenizer = AutoTokenizer.from_pretrained(convert.tokenizer(source))
    model = unrounded(source)
    lines: list[str] = []
    for start in range(0, len(asked), BATCH):
        ids = [tokenizer(one.instruction + one.text).input_ids for one in asked[start:][:BATCH]]
        written = qwen2.generate(model, ids, N_NEW, END_ID)
        lines += [as_line(str(tokenizer.decode(line))) for line in written]
    return lines


def unrounded(source: Source) -> qwen2.Qwen2:
    """The model of a source, its adapter added to the dequantised weights in float32."""
    file = GgufFile(source.path)
    part = adapters.read(source.adapter) if source.adapter else None
    tensors = {one.name: torch.tensor(merged(one, file, part)) for one in file.reader.tensors}
    tensors.setdefault("output.weight", tensors["token_embd.weight"])
    ids = torch.arange(len(tensors["token_embd.weight"]))
    return qwen2.Qwen2(shape_of(file.reader), tensors, ids).eval()


def as_line(answer: str) -> str:
    """The first line of an answer, white space folded."""
    return " ".join(answer.strip().partition("\n")[0].split())


def row(name: str, wanted: Sequence[str], found: Sequence[str]) -> str:
    """One engine's row: lines that are the same, and the mean share of words in common."""
    n_same = sum(a == b for a, b in zip(wanted, found, strict=True))
    shares = [
        SequenceMatcher(None, a.split(), b.split(), autojunk=False).ratio()
        for a, b in zip(wanted, found, strict=True)
    ]
    return f"| {name} | {n_same} of {len(wanted)} | {sum(shares) / len(shares):.3f} |"
