"""A second model reads lines: the states that its probes look at, alone or in a batch."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from briefer.errors import ModelNotFound, WeightsError
from briefer.models import packed, prober, sources, trained, weights
from briefer.models.base import Prompt
from briefer.models.prober import StateReader
from briefer.models.reader import token_ids
from briefer.models.sources import Source
from briefer.models.trained import Part
from briefer.models.weights.cache import sha256_of
from tests import tiny
from training import base

PROMPTS = [
    Prompt("Text: The harbour of Lom closed on Tuesday.\nFact:"),
    Prompt("Fact:", instruction="You condense. "),
    Prompt("Text: Ann Lee denounced it. " * 9 + "\nFact:"),
]
LINES = [" The harbour closed.", " Ann Lee spoke.", " Ann Lee denounced the harbour of Lom."]


def state_reader(folder: Path, n_layers: int = 2) -> tuple[Source, StateReader]:
    source = tiny.write_gguf(folder / "tiny.gguf")
    return source, prober.state_reader(source, n_layers, cache=folder / "cache")


def part(folder: Path, base_sha256: str, **biases: float) -> Part:
    path = folder / "probes.safetensors"
    packed.write(path, {name: np.full(tiny.WIDTH, 0.5, np.float32) for name in biases}, {})
    settings = {"n_layers": 1, "biases": biases}
    return Part("probes-tiny", "probes", base_sha256, path, sha256_of(path), settings)


def test_states_are_those_of_the_training_code_scaled(tmp_path: Path) -> None:
    source, reader = state_reader(tmp_path)
    reference = base.load(source.path, device="cpu", n_layers=2)

    found = reader.states(PROMPTS, LINES)

    for prompt, line, state in zip(PROMPTS, LINES, found, strict=True):
        before = token_ids(reader.tokenizer, prompt.instruction + prompt.text)
        told = token_ids(reader.tokenizer, line)
        (after_norm,) = reference([[*before, *told]])
        answer = slice(len(before), len(before) + len(told))  # padded behind
        own = after_norm[answer].detach() / reader.reader.trunk.last_norm
        # Weights are stored in 16 bits here, in float32 there.
        torch.testing.assert_close(state, own.mean(0), rtol=0.05, atol=0.02)


def test_probes_tell_the_same_of_a_line_alone_and_among_others(tmp_path: Path) -> None:
    source, _ = state_reader(tmp_path)
    model = prober.load(part(tmp_path, source.sha256, holds=1), source, cache=tmp_path / "cache")

    alone = [model.probe([p], [one], ["holds"])[0] for p, one in zip(PROMPTS, LINES, strict=True)]
    together = model.probe(PROMPTS, LINES, ["holds"])

    assert [odds for (odds,) in together] == pytest.approx([odds for (odds,) in alone], abs=0.1)
    assert len({round(odds, 2) for (odds,) in together}) == len(LINES)
    assert model.probe([], [], ["holds"]) == []


def test_log_odds_are_the_bias_and_the_weighted_state(tmp_path: Path) -> None:
    source, reader = state_reader(tmp_path, 1)
    own = part(tmp_path, source.sha256, holds=1, stands=3)
    model = prober.load(own, source, cache=tmp_path / "cache")

    found = model.probe(PROMPTS, LINES, ["stands", "holds"])

    wanted = [0.5 * float(state.sum()) for state in reader.states(PROMPTS, LINES)]
    assert found == [pytest.approx((one + 3, one + 1), abs=1e-3) for one in wanted]


def test_unknown_probes_and_empty_answers_are_refused(tmp_path: Path) -> None:
    source, _ = state_reader(tmp_path)
    model = prober.load(part(tmp_path, source.sha256, holds=1), source, cache=tmp_path / "cache")

    with pytest.raises(ValueError, match="no probe 'rhymes'"):
        model.probe(PROMPTS, LINES, ["rhymes"])
    with pytest.raises(ValueError, match="is empty"):
        model.probe([Prompt("Fact:")], [""], ["holds"])


def test_probes_of_other_weights_and_folders_are_refused(tmp_path: Path) -> None:
    source, _ = state_reader(tmp_path)

    with pytest.raises(WeightsError, match="other weights"):
        prober.load(part(tmp_path, "9" * 64, holds=1), source)
    with pytest.raises(WeightsError, match="GGUF"):
        prober.state_reader(Source("here", "folder", tmp_path, "0" * 64), 1)


def test_shipped_probes_tell_a_faulty_line_from_another() -> None:
    pin = weights.named(weights.SECOND)
    shipped = trained.find("probes", pin.sha256)
    assert shipped is not None
    try:
        model = prober.load(shipped, sources.resolve(pin.name))
    except ModelNotFound as error:
        pytest.skip(f"needs the weights: {error}")
    said = (
        "Mayor Ann Lee said on Tuesday that the council had rejected the plan of the Lom Harbour "
        "Company to close the northern quay."
    )
    prompt = Prompt(f"Title: The quay of Lom stays open\nText: {said}\nFact:")
    lines = [
        " The Lom council rejected the Lom Harbour Company's plan to close the northern quay.",
        " Ann Lee closed the northern quay after the council and the company rejected Tuesday.",
    ]

    (right,), (wrong,) = model.probe([prompt] * 2, lines, ["holds"])

    assert right > wrong + 0.5
