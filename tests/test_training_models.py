"""The model we train against transformers' own, the adapter, and the smaller vocabulary."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.numpy import save_file

from briefer.models import convert
from tests import tiny
from training import base, lora, qwen2, sameness

TEXTS = [[5, 90, 3, 17, 41, 8, 8, 200], [9, 12, 44]]


@pytest.fixture
def gguf(tmp_path: Path) -> Path:
    return tiny.write_gguf(tmp_path / "tiny.gguf").path


@torch.no_grad()
def test_model_computes_what_transformers_computes(gguf: Path) -> None:
    from transformers import AutoModelForCausalLM

    reference = AutoModelForCausalLM.from_pretrained(
        gguf.parent, gguf_file=gguf.name, dtype=torch.float32
    )
    model = base.load(gguf, device="cpu")

    logits = model.logits(model(TEXTS))

    for row, text in zip(logits, TEXTS, strict=True):
        wanted = reference(torch.tensor([text])).logits[0]
        torch.testing.assert_close(row[: len(text)], wanted, atol=1e-3, rtol=1e-3)


@torch.no_grad()
def test_generation_with_a_cache_is_that_without(gguf: Path) -> None:
    model = base.load(gguf, device="cpu")

    written = qwen2.generate(model, TEXTS, n_new=6, end=9999)

    for text, line in zip(TEXTS, written, strict=True):
        known = list(text)
        for _ in range(6):
            hidden = model([known])[0, len(known) - 1]
            known.append(int(model.logits(hidden).argmax()))
        assert known[len(text) :] == line


@torch.no_grad()
def test_generation_ends_at_the_end_token(gguf: Path) -> None:
    model = base.load(gguf, device="cpu")
    free = qwen2.generate(model, TEXTS[:1], n_new=5, end=9999)[0]

    ended = qwen2.generate(model, TEXTS[:1], n_new=5, end=free[-1])[0]

    assert len(free) == 5
    assert ended == free[: free.index(free[-1])]


@torch.no_grad()
def test_smaller_vocabulary_reads_alike_and_refuses_unknown_tokens(
    gguf: Path, tmp_path: Path
) -> None:
    keep = np.array(sorted({token for text in TEXTS for token in text}))
    base.prune(gguf, keep, tmp_path / "small.gguf")

    whole, small = (base.load(path, device="cpu") for path in (gguf, tmp_path / "small.gguf"))

    for few, all_, text in zip(small(TEXTS), whole(TEXTS), TEXTS, strict=True):
        few, all_ = few[: len(text)], all_[: len(text)]  # what follows is padding
        torch.testing.assert_close(few, all_)
        torch.testing.assert_close(small.logits(few), whole.logits(all_)[..., keep])
    with pytest.raises(ValueError, match="not in the kept vocabulary"):
        small([[6]])


@torch.no_grad()
def test_reader_of_some_layers_has_no_output_layer(gguf: Path) -> None:
    reader = base.load(gguf, device="cpu", n_layers=2)

    assert len(reader.blk) == 2
    assert reader.output is None


@torch.no_grad()
def test_fresh_adapter_changes_nothing(gguf: Path) -> None:
    model = base.load(gguf, device="cpu")
    before = model(TEXTS)

    lora.begin(model, rank=4, dropout=0.5, seed=1)

    torch.testing.assert_close(model(TEXTS), before)


@torch.no_grad()
def test_adapter_is_the_product_of_its_factors_twice(gguf: Path) -> None:
    adapted, merged = (base.load(gguf, device="cpu") for _ in range(2))
    factors = {name: torch.from_numpy(v) for name, v in tiny.random_adapter(4).items()}
    lora.begin(adapted, rank=4, dropout=0.0, seed=1)
    lora.load(adapted, factors)
    for name, layer in merged.named_modules():
        if isinstance(layer, lora.Adapted):
            layer.weight += 2 * factors[f"{name}.b"] @ factors[f"{name}.a"]

    torch.testing.assert_close(adapted(TEXTS), merged(TEXTS), atol=1e-4, rtol=1e-4)


def test_saved_adapter_is_read_back_in_half_precision(gguf: Path, tmp_path: Path) -> None:
    model = base.load(gguf, device="cpu")
    lora.begin(model, rank=2, dropout=0.0, seed=1)

    files = lora.save(lora.state(model), tmp_path / "x.adapter")

    assert [file.name for file in files] == ["x.adapter.0.safetensors"]
    for name, values in lora.read(tmp_path / "x.adapter").items():
        torch.testing.assert_close(values, lora.state(model)[name], atol=1e-3, rtol=1e-3)


def test_only_the_adapter_is_trained(gguf: Path) -> None:
    model = base.load(gguf, device="cpu")
    lora.begin(model, rank=2, dropout=0.0, seed=1)

    trained = {id(parameter) for parameter in lora.parameters(model)}

    assert {id(parameter) for parameter in model.parameters()} == trained
    assert len(trained) == 2 * 7 * tiny.N_LAYERS


@torch.no_grad()
def test_reference_is_the_base_with_its_adapter_unrounded(tmp_path: Path) -> None:
    source = tiny.write_gguf(tmp_path / "tiny.gguf")
    save_file(tiny.random_adapter(rank=4), tmp_path / "part.safetensors")
    trained = convert.merge(source, "condenser", tmp_path / "part.safetensors")

    bare, unrounded, rounded = (
        model.logits(model(TEXTS))[0]
        for model in (
            sameness.unrounded(source),
            sameness.unrounded(trained),
            base.load(convert.gguf(trained, cache=tmp_path), device="cpu"),
        )
    )

    off = (unrounded - rounded).abs().mean()
    assert 0 < off < 0.1 * (unrounded - bare).abs().mean()


def test_engine_is_compared_line_by_line() -> None:
    wanted = ["The harbour shut.", "Rain fell on it."]

    row = sameness.row("openvino", wanted, ["The harbour shut.", "Rain fell hard there."])

    assert row == "| openvino | 1 of 2 | 0.750 |"


@pytest.mark.parametrize("answer", [" Rain  fell.", "Rain fell.\nSnow fell."])
def test_line_of_an_answer_is_its_first(answer: str) -> None:
    assert sameness.as_line(answer) == "Rain fell."
