"""llama.cpp: what it refuses, that nobody else can use its port, and that adapters count."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import httpx
import pytest
from safetensors.numpy import save_file

from briefer.errors import EngineUnavailable, GenerationFailed
from briefer.models import convert
from briefer.models.base import ModelCard, Prompt
from briefer.models.llamacpp_process import ServerProcess
from briefer.models.sources import Source
from tests import tiny
from tests.engines import ask, opened

try:
    from briefer.models import llamacpp
except EngineUnavailable as error:
    pytest.skip(str(error), allow_module_level=True)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[llamacpp.LlamaCppEngine]:
    home = tmp_path_factory.mktemp("llamacpp")
    loaded = opened("llamacpp", tiny.write_gguf(home / "tiny.gguf"), cache=home)
    yield loaded
    loaded.close()


def served(engine: llamacpp.LlamaCppEngine) -> ServerProcess:
    assert engine._server is not None
    return engine._server


@pytest.mark.parametrize("path", ["/v1/completions", "/tokenize", "/v1/chat/completions"])
def test_others_cannot_use_the_port(engine: llamacpp.LlamaCppEngine, path: str) -> None:
    base = served(engine).address

    answer = httpx.post(f"{base}{path}", json={"prompt": "a", "content": "a"}, trust_env=False)

    assert base.startswith("http://127.0.0.1:")
    assert answer.status_code == 401


def test_prompts_that_ask_alike_go_together() -> None:
    prompts = [
        Prompt("a", max_new_tokens=4),
        Prompt("b", max_new_tokens=5),
        Prompt("c", max_new_tokens=4),
        Prompt("d", max_new_tokens=4, stop=("\n",)),
        Prompt("e", max_new_tokens=4, schema={"const": 1}),
    ]

    assert llamacpp._grouped(prompts) == [[0, 2], [1], [3], [4]]


def test_json_has_no_loose_white_space(engine: llamacpp.LlamaCppEngine) -> None:
    schema = {"const": {"a": 1, "b": [2, 3]}}

    (answer,) = engine.generate([Prompt("a", form="plain", schema=schema)])

    assert answer.text == '{"a":1,"b":[2,3]}'


def test_adapter_is_merged_into_the_file_it_loads(
    engine: llamacpp.LlamaCppEngine, tmp_path: Path
) -> None:
    source = tiny.write_gguf(tmp_path / "tiny.gguf")
    strong = {name: 2 * values for name, values in tiny.random_adapter(rank=4).items()}
    save_file(strong, tmp_path / "part.safetensors")
    merged = convert.merge(source, "condenser", tmp_path / "part.safetensors")

    trained = opened("llamacpp", merged, cache=tmp_path)
    found = ask(trained, "One two three", max_new_tokens=12)
    trained.close()

    bare = ask(engine, "One two three", max_new_tokens=12)
    reference = opened("transformers", merged, cache=tmp_path, precision="float32")
    assert trained.card.is_trained
    assert found.text != bare.text
    assert found.text[:1] == ask(reference, "One two three", max_new_tokens=12).text[:1]


def test_dead_process_costs_its_call_only(engine: llamacpp.LlamaCppEngine) -> None:
    first = ask(engine, "One two", max_new_tokens=4)
    process = served(engine)._process
    process.send_signal(signal.SIGSTOP)  # so that it dies within the call, not before
    os.waitpid(process.pid, os.WUNTRACED)
    threading.Timer(0.3, process.kill).start()

    with pytest.raises(GenerationFailed, match=r"did not answer at /tokenize: .*status -9"):
        ask(engine, "One two", max_new_tokens=4)

    assert ask(engine, "One two", max_new_tokens=4) == first


class ShakyServer:
    """Starts whenever nothing stands in ``hindrances``; the first of them goes with each try."""

    hindrances: ClassVar[list[Exception]] = []
    address = "http://127.0.0.1:9"

    def __init__(self, gguf: str, key: str, n_threads: int) -> None:
        self.has_ended = False
        if self.hindrances:
            raise self.hindrances.pop(0)

    def close(self) -> None:
        self.has_ended = True


def test_server_that_could_not_start_again_is_started_by_a_later_call(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(llamacpp, "ServerProcess", ShakyServer)
    shaky = llamacpp.LlamaCppEngine(Path("tiny.gguf"), [], ModelCard("m", None, None, "llamacpp"))
    served(shaky).close()  # it ran out of memory
    short = (RuntimeError("failed to allocate 1.5 GB"), OSError(12, "Cannot allocate memory"))
    monkeypatch.setattr(ShakyServer, "hindrances", list(short))

    for _ in short:
        with pytest.raises(GenerationFailed, match=r"cannot start again: .*allocate"):
            shaky.generate([])
    is_closed = shaky.is_closed

    assert (is_closed, shaky.generate([])) == (False, [])
    shaky.close()
    assert shaky.is_closed
    with pytest.raises(GenerationFailed, match="was closed"):
        shaky.generate([])


def test_folder_is_no_file_for_llamacpp(tmp_path: Path) -> None:
    with pytest.raises(EngineUnavailable, match="needs a GGUF file"):
        llamacpp.load(Source("model", "folder", tmp_path, "0"))


def test_file_that_cannot_be_loaded_is_named(tmp_path: Path) -> None:
    source = tiny.write_gguf(tmp_path / "tiny.gguf")
    convert.head(source, cache=tmp_path)
    source.path.write_bytes(source.path.read_bytes()[:5000])

    with pytest.raises(EngineUnavailable, match=r"llama\.cpp cannot load tiny\.gguf"):
        llamacpp.load(source, cache=tmp_path)
