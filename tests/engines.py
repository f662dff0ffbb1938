"""The language models that engine tests run on, and how an engine is loaded on one."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from briefer.errors import EngineUnavailable, ModelNotFound
from briefer.models import sources
from briefer.models.base import Completion, Engine, Prompt
from briefer.models.fake import FakeEngine
from briefer.models.sources import Source
from tests import tiny


def real() -> Source:
    """SmolLM2-135M, the smallest chat model that briefer knows; skips where it is not fetched."""
    try:
        return sources.resolve("smollm2-135m")
    except ModelNotFound as error:
        pytest.skip(str(error))


def opened(name: str, source: Source, *, cache: Path | None = None, **options: Any) -> Any:
    """The engine of that name on the weights; skips where it is not installed."""
    try:
        module = importlib.import_module(f"briefer.models.{name}")
    except EngineUnavailable as error:
        pytest.skip(str(error))
    return module.load(source, cache=cache, **options)


def loaded(kind: str, folder: Path) -> Iterator[Engine]:
    """``fake``, or an engine's name and the weights: ``openvino tiny``, ``llamacpp real``."""
    if kind == "fake":
        yield FakeEngine()
        return
    name, weights = kind.split()
    source = real() if weights == "real" else tiny.write_gguf(folder / "tiny.gguf")
    engine = opened(name, source, cache=folder / "cache" if weights == "tiny" else None)
    yield engine
    engine.close()


def ask(engine: Engine, text: str, **options: Any) -> Completion:
    """The answer to one plain prompt."""
    (answer,) = engine.generate([Prompt(text, form="plain", **options)])
    return answer


Open = Callable[[str], Engine]
