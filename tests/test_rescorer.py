"""A second model reads lines: as the training code and as transformers do, alone or in a batch."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefer.errors import ModelNotFound, WeightsError
from briefer.models import rescorer, sources, weights
from briefer.models.base import Prompt
from briefer.models.sources import Source
from tests import tiny
from training import base
from training.qwen2 import likelihoods

PROMPTS = [
    Prompt("Text: The harbour of Lom closed on Tuesday.\nFact:"),
    Prompt("Fact:", instruction="You condense. "),
    Prompt("Text: Ann Lee denounced it. " * 9 + "\nFact:"),
]
LINES = [" The harbour closed.", " Ann Lee spoke.", " Ann Lee denounced the harbour of Lom."]


def test_lines_are_as_likely_as_to_the_training_code(tmp_path: Path) -> None:
    source = tiny.write_gguf(tmp_path / "tiny.gguf")
    model = rescorer.load(source, cache=tmp_path / "cache")
    reference = base.load(source.path, device="cpu")

    found = model.rescore(PROMPTS, LINES)

    asked = [
        (model._ids(prompt.instruction + prompt.text), model._ids(line))
        for prompt, line in zip(PROMPTS, LINES, strict=True)
    ]
    # Weights are stored in 16 bits here, in float32 there.
    assert found == pytest.approx(likelihoods(reference, asked).tolist(), rel=0.01)


def test_line_is_as_likely_alone_as_among_others(tmp_path: Path) -> None:
    model = rescorer.load(tiny.write_gguf(tmp_path / "tiny.gguf"), cache=tmp_path / "cache")

    alone = [model.rescore([p], [line])[0] for p, line in zip(PROMPTS, LINES, strict=True)]

    assert model.rescore(PROMPTS, LINES) == pytest.approx(alone, rel=0.01)
    assert model.rescore([], []) == []


def test_line_without_a_prompt_is_refused(tmp_path: Path) -> None:
    model = rescorer.load(tiny.write_gguf(tmp_path / "tiny.gguf"), cache=tmp_path / "cache")

    with pytest.raises(ValueError, match="after a prompt"):
        model.rescore([Prompt("")], [" It closed."])


def test_folder_is_no_second_model(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="GGUF"):
        rescorer.load(Source("here", "folder", tmp_path, "0" * 64))


def test_wrong_line_is_less_likely_than_the_right_one_to_the_real_second_model() -> None:
    try:
        model = rescorer.load(sources.resolve(weights.RESCORER))
    except ModelNotFound as error:
        pytest.skip(f"needs the weights: {error}")
    said = "Mayor Ann Lee said the council had rejected the plan of the Lom Harbour Company."
    prompt = Prompt(f"Text: {said}\nFact:", form="plain")

    right, wrong = model.rescore(
        [prompt, prompt],
        [
            " The council rejected the Lom Harbour Company's plan, Mayor Ann Lee said.",
            " The Lom Harbour Company rejected the council's plan, Mayor Ann Lee said.",
        ],
    )

    assert right > wrong


def test_build_with_rotary_pairs_side_by_side_is_read_as_transformers_reads_it() -> None:
    try:
        source = sources.resolve("smollm2-135m")
    except ModelNotFound as error:
        pytest.skip(f"needs the weights: {error}")
    from briefer.models import transformers

    engine = transformers.load(source, precision="float32")
    prompt = Prompt("The capital of France is the city of", form="plain")
    (wanted,) = engine.likelihoods([prompt], [" Paris"])
    engine.close()

    found = rescorer.load(source).rescore([prompt], [" Paris"])

    assert found == pytest.approx(wanted, abs=0.1)
    assert found[0] > -1.5
