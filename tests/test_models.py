"""Loading a language model by name: which engine, one at a time, and nothing before it is asked."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from briefer import models
from briefer.errors import EngineUnavailable, GenerationFailed, ModelNotFound, UnknownOption
from briefer.models import convert, processor
from tests import tiny
from tests.engines import ask

HEAVY = ("torch", "transformers", "openvino", "openvino_genai", "xllamacpp", "gguf", "numpy")


@pytest.fixture
def gguf(tmp_path: Path) -> str:
    return str(tiny.write_gguf(tmp_path / "tiny.gguf").path)


def test_importing_models_imports_no_framework() -> None:
    probe = f"import sys, briefer.models; print([m for m in {HEAVY} if m in sys.modules])"

    said = subprocess.run([sys.executable, "-c", probe], capture_output=True, check=True, text=True)

    assert said.stdout.strip() == "[]"


def test_fake_engine_needs_no_weights() -> None:
    assert models.load(engine="fake").card.engine == "fake"


def test_auto_takes_openvino_where_it_reads_the_file(gguf: str, tmp_path: Path) -> None:
    pytest.importorskip("openvino_genai")
    if processor.has_cuda():
        pytest.skip("a GPU goes first")

    assert models.load(gguf, cache=tmp_path).card.engine == "openvino"


def test_auto_falls_back_to_transformers_where_openvino_does_not(gguf: str, tmp_path: Path) -> None:
    source = tiny.write_gguf(tmp_path / "tiny.gguf")
    folder = convert.checkpoint(source, cache=tmp_path)
    for file in convert.tokenizer(source, cache=tmp_path).iterdir():
        (folder / file.name).write_bytes(file.read_bytes())

    assert models.load(str(folder), cache=tmp_path).card.engine == "transformers"


def test_same_model_is_loaded_once(gguf: str, tmp_path: Path) -> None:
    first = models.load(gguf, engine="transformers", cache=tmp_path)

    assert models.load(gguf, engine="transformers", cache=tmp_path) is first


def test_closed_model_is_loaded_anew(gguf: str, tmp_path: Path) -> None:
    first = models.load(gguf, engine="transformers", cache=tmp_path)
    first.close()

    again = models.load(gguf, engine="transformers", cache=tmp_path)

    assert ask(again, "One", max_new_tokens=1).n_output_tokens == 1


def test_model_is_closed_when_all_who_loaded_it_gave_it_back() -> None:
    one, other = (models.load(engine="fake", concurrency=14) for _ in range(2))
    assert isinstance(one, models.Resident)

    models.release(one)
    is_kept = not one.is_closed
    models.release(other)

    assert (is_kept, one.is_closed) == (True, True)


def test_another_model_closes_the_former(gguf: str, tmp_path: Path) -> None:
    first = models.load(gguf, engine="transformers", cache=tmp_path)

    models.load(engine="fake")

    with pytest.raises(GenerationFailed, match="closed"):
        ask(first, "One")


def test_unknown_engine_is_named_with_the_known_ones() -> None:
    with pytest.raises(UnknownOption, match="'steam'; there are auto, transformers, openvino"):
        models.load(engine="steam")  # type: ignore[arg-type]


def test_unknown_model_is_not_found() -> None:
    with pytest.raises(ModelNotFound, match="'no-such-model'"):
        models.load("no-such-model")


def test_engine_that_cannot_load_the_weights_says_so(tmp_path: Path) -> None:
    pytest.importorskip("xllamacpp")
    (tmp_path / "config.json").write_text("{}")
    (tmp_path / "model.safetensors").write_bytes(b"")

    with pytest.raises(EngineUnavailable, match="needs a GGUF file"):
        models.load(str(tmp_path), engine="llamacpp")
