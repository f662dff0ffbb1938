"""GGUF files in other forms: rewritten, with an adapter merged, as a folder for transformers."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from gguf import GGMLQuantizationType
from safetensors.numpy import save_file
from tokenizers import Tokenizer
from transformers import AutoModelForCausalLM

from briefer.errors import ModelNotFound, WeightsError
from briefer.models import convert, sources
from briefer.models.convert import gguf_file
from briefer.models.convert.gguf_file import GgufFile
from briefer.models.sources import Source
from tests import tiny

Factors = dict[str, np.ndarray]

IDS = [5, 90, 3, 17, 41, 8, 8, 200, 61, 7]


def weights_in(path: Path) -> Factors:
    return {tensor.name: gguf_file.weights_of(tensor) for tensor in GgufFile(path).reader.tensors}


def rewritten(
    source: Source, folder: Path, factors: Factors | None = None, anew: frozenset[str] = frozenset()
) -> Path:
    if factors is not None:
        save_file(factors, folder / "part.safetensors")
        source = convert.merge(source, "condenser", folder / "part.safetensors")
    return convert.written(source, folder, anew=anew)


def test_merged_weights_are_the_base_plus_the_correction(tmp_path: Path) -> None:
    source = tiny.write_gguf(tmp_path / "base" / "tiny.gguf")
    factors = tiny.random_adapter(rank=2, n_layers=1)

    found = weights_in(rewritten(source, tmp_path, factors))

    base = weights_in(source.path)
    for name, values in found.items():
        layer = name.removesuffix(".weight")
        if f"{layer}.a" in factors:
            wanted = base[name] + 2 * factors[f"{layer}.b"] @ factors[f"{layer}.a"]
            # Q8_0 has 127 steps up to a block's largest value.
            np.testing.assert_allclose(values, wanted, atol=np.abs(wanted).max() / 200)
        else:
            np.testing.assert_array_equal(values, base[name])


def test_head_of_the_file_is_kept(tmp_path: Path) -> None:
    source = tiny.write_gguf(tmp_path / "base" / "tiny.gguf")

    made_anew = rewritten(source, tmp_path, tiny.random_adapter(rank=2))

    before, after = GgufFile(source.path), GgufFile(made_anew)
    assert set(after.reader.fields) == set(before.reader.fields)
    for name in ("tokenizer.ggml.tokens", "tokenizer.ggml.merges", "qwen2.context_length"):
        assert after.value(name) == before.value(name)


def test_tensors_of_a_named_type_become_q8_0(tmp_path: Path) -> None:
    source = tiny.write_gguf(tmp_path / "base" / "tiny.gguf", kind=GGMLQuantizationType.Q5_0)

    made_anew = rewritten(source, tmp_path, anew=frozenset({"Q5_0"}))

    assert GgufFile(made_anew).types == {"F32", "Q8_0"}
    base, found = weights_in(source.path), weights_in(made_anew)
    for name, values in found.items():
        np.testing.assert_allclose(values, base[name], atol=np.abs(base[name]).max() / 200)


def test_file_with_nothing_to_change_is_itself(tmp_path: Path) -> None:
    source = tiny.write_gguf(tmp_path / "base" / "tiny.gguf")

    assert rewritten(source, tmp_path, anew=frozenset({"Q5_0"})) == source.path


@pytest.mark.parametrize(
    "factors",
    [
        {"blk.7.attn_q.a": np.ones((2, 64)), "blk.7.attn_q.b": np.ones((64, 2))},
        {"blk.0.attn_q.a": np.ones((2, 32)), "blk.0.attn_q.b": np.ones((64, 2))},
    ],
)
def test_adapter_of_another_model_is_refused(factors: Factors, tmp_path: Path) -> None:
    source = tiny.write_gguf(tmp_path / "base" / "tiny.gguf")

    with pytest.raises(WeightsError, match="trained for another model"):
        rewritten(source, tmp_path, factors)


def test_second_adapter_is_refused(tmp_path: Path) -> None:
    source = tiny.write_gguf(tmp_path / "base" / "tiny.gguf")
    save_file(tiny.random_adapter(rank=2), tmp_path / "part.safetensors")
    once = convert.merge(source, "condenser", tmp_path / "part.safetensors")

    with pytest.raises(WeightsError, match="needs a bare GGUF file"):
        convert.merge(once, "condenser", tmp_path / "part.safetensors")


def test_merged_file_is_made_once(tmp_path: Path) -> None:
    source = tiny.write_gguf(tmp_path / "base" / "tiny.gguf")
    save_file(tiny.random_adapter(2), tmp_path / "part.safetensors")
    merged = convert.merge(source, "condenser", tmp_path / "part.safetensors")

    first = convert.gguf(merged, cache=tmp_path)
    written_at = first.stat().st_mtime_ns
    again = convert.gguf(merged, cache=tmp_path)

    assert again == first
    assert again.stat().st_mtime_ns == written_at
    assert convert.gguf(source, cache=tmp_path) == source.path


def test_head_tells_architecture_types_and_special_tokens(tmp_path: Path) -> None:
    source = tiny.write_gguf(tmp_path / "base" / "tiny.gguf")

    found = convert.head(source, cache=tmp_path)

    assert found == convert.Head("qwen2", ("F32", "Q8_0"), tiny.SPECIALS, 4096)


def test_broken_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    path = tmp_path / "broken.gguf"
    path.write_bytes(b"GGUF\x03\x00\x00\x00" + b"\xff" * 64)

    with pytest.raises(WeightsError, match=r"broken\.gguf cannot be read as GGUF"):
        convert.head(Source("broken", "gguf", path, "0"), cache=tmp_path)


@pytest.mark.parametrize("architecture", ["qwen2", "llama"])
def test_merged_model_computes_what_base_and_adapter_compute(
    architecture: str, tmp_path: Path
) -> None:
    """Also for the llama architecture, whose query and key rows GGUF files permute."""
    base = tiny.write_gguf(tmp_path / "base" / "tiny.gguf", architecture=architecture)
    factors = tiny.random_adapter(rank=2)
    save_file(tiny.peft_names(factors), tmp_path / "part.safetensors")
    merged = convert.merge(base, "condenser", tmp_path / "part.safetensors")

    found = logits(convert.checkpoint(merged, cache=tmp_path), IDS)

    folder = convert.checkpoint(base, cache=tmp_path)
    wanted = logits(folder, IDS, factors)
    assert json.loads((folder / "config.json").read_text())["architectures"] == [
        {"qwen2": "Qwen2ForCausalLM", "llama": "LlamaForCausalLM"}[architecture]
    ]
    assert (found - wanted).abs().mean() < 0.02  # eight bits a weight
    assert (logits(folder, IDS) - wanted).abs().mean() > 0.2  # what the adapter changes


@pytest.mark.model
def test_merging_into_a_real_model_changes_what_it_says_as_the_adapter_does(
    tmp_path: Path,
) -> None:
    try:
        base = sources.resolve("smollm2-135m")
    except ModelNotFound as error:
        pytest.skip(str(error))
    factors = adapter_for_smollm2(rank=2)
    save_file(tiny.peft_names(factors), tmp_path / "part.safetensors")
    merged = convert.merge(base, "condenser", tmp_path / "part.safetensors")
    text = "Naïve café — 你好! The harbour of Lom, 123,456.78 €5bn 🙂 was closed, <|im_end|> said."

    made_anew = convert.checkpoint(merged, cache=tmp_path)

    folder = convert.checkpoint(base)
    ids = tokens(convert.tokenizer(base), text)
    wanted = logits(folder, ids, factors)
    assert (logits(made_anew, ids) - wanted).abs().mean() < 0.1  # eight bits, over 30 layers
    assert (logits(folder, ids) - wanted).abs().mean() > 0.5


def tokens(folder: Path, text: str) -> list[int]:
    ids: list[int] = Tokenizer.from_file(str(folder / "tokenizer.json")).encode(text).ids
    return ids


def adapter_for_smollm2(rank: int) -> Factors:
    rng = np.random.default_rng(5)
    shapes = {"attn_q": (576, 576), "attn_k": (192, 576), "ffn_down": (576, 1536)}
    return {
        f"blk.{number}.{layer}.{half}": rng.normal(0, 0.1, size).astype(np.float32)
        for number in range(4)
        for layer, (n_out, n_in) in shapes.items()
        for half, size in (("a", (rank, n_in)), ("b", (n_out, rank)))
    }


def logits(folder: Path, ids: list[int], factors: Factors | None = None) -> torch.Tensor:
    """What a float32 model says after each token, with an adapter beside its layers."""
    model: Any = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    named = tiny.peft_names(factors or {})
    for name in named:
        path, found, _ = name.partition(".lora_A")
        if found:
            layer = model.get_submodule(path.removeprefix("base_model.model."))
            pair = (torch.from_numpy(named[f"{path}.lora_{half}.weight"]) for half in "AB")
            layer.register_forward_hook(beside(*pair))
    with torch.inference_mode():
        said: torch.Tensor = model(torch.tensor([ids])).logits
    return said


def beside(a: torch.Tensor, b: torch.Tensor) -> Callable[[Any, Any, torch.Tensor], torch.Tensor]:
    """A hook that adds twice the low-rank product to what a linear layer gives."""
    return lambda _, given, out: out + 2.0 * given[0] @ a.T @ b.T


def test_merging_changes_no_token(tmp_path: Path) -> None:
    base = tiny.write_gguf(tmp_path / "base" / "tiny.gguf")
    merged = rewritten(base, tmp_path, tiny.random_adapter(rank=2))
    text = "Naïve café — 你好! the 123\n\n  two  spaces\tand don't 🙂 <|im_end|>"

    before = tokens(convert.tokenizer(base, cache=tmp_path), text)
    other = replace(base, path=merged, sha256="1" * 64)
    after = tokens(convert.tokenizer(other, cache=tmp_path), text)

    assert after == before
