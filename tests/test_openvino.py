"""OpenVINO: what it cannot read, what it rounds, and that the built model is kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from gguf import GGMLQuantizationType
from safetensors.numpy import save_file

from briefer.errors import EngineUnavailable
from briefer.models import convert
from briefer.models.base import Prompt
from briefer.models.sources import Source
from tests import tiny
from tests.engines import ask, opened

try:
    from briefer.models import openvino
    from briefer.models.openvino import building
except EngineUnavailable as error:
    pytest.skip(str(error), allow_module_level=True)

PROMPT = Prompt("One two three", form="plain", max_new_tokens=1)
LETTERS = [chr(code) for code in range(33, 127)]


def both(source: Source, cache: Path) -> tuple[list[float], list[float]]:
    """The likelihoods of torch's ten likeliest letters, by OpenVINO and by torch in float32."""
    (found,) = opened("openvino", source, cache=cache).propose([PROMPT], 60)
    reference = opened("transformers", source, cache=cache, precision="float32")
    (wanted,) = reference.propose([PROMPT], 60)
    told = {one.text: one.log_likelihood for one in found}
    letters = [one for one in wanted if one.text in LETTERS][:10]
    return [told[one.text] for one in letters], [one.log_likelihood for one in letters]


@pytest.mark.parametrize("kind", ["Q8_0", "Q4_0", "Q4_1", "Q5_0"])
def test_weights_of_every_type_come_through(kind: str, tmp_path: Path) -> None:
    """OpenVINO's own reader fails on Q5_0 and rounds the offsets of Q4_1; the rewritten do not."""
    source = tiny.write_gguf(tmp_path / "tiny.gguf", kind=GGMLQuantizationType[kind])

    found, wanted = both(source, tmp_path)

    assert found == pytest.approx(wanted, abs=0.15)  # int8 sums, bfloat16


def test_file_that_cannot_be_read_says_which_types_and_what_to_do(tmp_path: Path) -> None:
    source = tiny.write_gguf(tmp_path / "tiny.gguf", kind=GGMLQuantizationType.Q5_0)
    (tmp_path / "built").mkdir()

    with pytest.raises(EngineUnavailable, match=r"holds Q5_0 tensors.*--engine transformers"):
        building.build(source.path, tmp_path / "built")


def test_adapter_is_merged_into_what_is_built(tmp_path: Path) -> None:
    source = tiny.write_gguf(tmp_path / "tiny.gguf")
    strong = {name: 2 * values for name, values in tiny.random_adapter(rank=4).items()}
    save_file(strong, tmp_path / "part.safetensors")
    merged = convert.merge(source, "condenser", tmp_path / "part.safetensors")

    found, wanted = both(merged, tmp_path)

    bare, _ = both(source, tmp_path)
    assert found == pytest.approx(wanted, abs=0.2)
    assert found != pytest.approx(bare, abs=0.4)


def test_prompts_that_begin_alike_are_answered_as_each_alone(tmp_path: Path) -> None:
    source = tiny.write_gguf(tmp_path / "tiny.gguf")
    start = "One two three four five six seven. " * 4
    asked = [
        Prompt(start + end, form="plain", max_new_tokens=3)
        for end in ("Eight.", "Nine or ten.", "Nine or eleven.", start)
    ]

    together = opened("openvino", source, cache=tmp_path)
    calls: list[int] = []
    together._pipeline = Counted(together._pipeline, calls)
    found = together.generate(asked)
    again = together.generate(asked)

    alone = [opened("openvino", source, cache=tmp_path).generate([one])[0] for one in asked]
    assert calls == [1, 4, 4]  # what they share, then what was asked
    for one, other, single in zip(found, again, alone, strict=True):
        assert one.log_likelihood == pytest.approx(single.log_likelihood, abs=0.05)
        assert other.log_likelihood == pytest.approx(single.log_likelihood, abs=0.05)


class Counted:
    """A pipeline that notes how many prompts each call has."""

    def __init__(self, pipeline: Any, calls: list[int]) -> None:
        self._pipeline, self._calls = pipeline, calls

    def generate(self, prompts: list[Any], configs: list[Any]) -> Any:
        self._calls.append(len(prompts))
        return self._pipeline.generate(prompts, configs)


def test_built_model_is_kept_and_the_file_on_the_way_is_not(tmp_path: Path) -> None:
    source = tiny.write_gguf(tmp_path / "tiny.gguf", kind=GGMLQuantizationType.Q4_1)

    first = ask(opened("openvino", source, cache=tmp_path), "One", max_new_tokens=6)

    (home,) = (tmp_path / "converted").glob("openvino-????????????????????????")
    assert {path.suffix for path in home.iterdir()} == {".xml", ".bin", ".json"}
    away = replace(source, path=tmp_path / "gone.gguf")
    source.path.rename(away.path)
    again = ask(opened("openvino", away, cache=tmp_path), "One", max_new_tokens=6)
    assert again == first


def test_every_known_end_ends_an_answer_not_only_the_one_the_file_names(tmp_path: Path) -> None:
    engine = opened("openvino", tiny.write_gguf(tmp_path / "tiny.gguf"), cache=tmp_path)

    spelled = engine._tokenizer.get_vocab()
    assert engine._ends == {spelled[b"<|endoftext|>"], spelled[b"<|im_end|>"]}


def test_folder_is_no_file_for_openvino(tmp_path: Path) -> None:
    with pytest.raises(EngineUnavailable, match="needs a GGUF file"):
        openvino.load(Source("model", "folder", tmp_path, "0"))


def test_unknown_architecture_is_refused_by_name(tmp_path: Path) -> None:
    source = tiny.write_gguf(tmp_path / "tiny.gguf", architecture="mamba")

    with pytest.raises(EngineUnavailable, match="cannot build mamba"):
        openvino.load(source, cache=tmp_path)
