"""The process that llama.cpp runs in: how it ends, and what is told of its end."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest

from briefer.models.llamacpp_process import ServerProcess
from tests import tiny

pytest.importorskip("xllamacpp", reason="the extra llamacpp is not installed")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerProcess]:
    running = ServerProcess(str(tiny.write_gguf(tmp_path / "tiny.gguf").path), "key", 1)
    yield running
    running.close()


def test_failed_assertion_is_told(server: ServerProcess) -> None:
    server._said.write(b"loading\nggml.c:1: GGML_ASSERT(a == b) failed\nbacktrace\n")
    server._said.flush()
    server._process.kill()

    assert server.last_words() == "ggml.c:1: GGML_ASSERT(a == b) failed"


def test_reason_of_a_running_process_is_none(server: ServerProcess) -> None:
    assert server.last_words() == ""
    assert not server.has_ended


def test_closed_server_has_ended(server: ServerProcess) -> None:
    server.close()

    assert server.has_ended


def test_file_that_is_no_model_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "no.gguf").write_bytes(b"no model")

    with pytest.raises(RuntimeError):
        ServerProcess(str(tmp_path / "no.gguf"), "key", 1)


def test_process_ends_with_the_one_that_started_it(tmp_path: Path) -> None:
    source = tiny.write_gguf(tmp_path / "tiny.gguf")
    script = (
        "import os, sys; from briefer.models.llamacpp_process import ServerProcess\n"
        "server = ServerProcess(sys.argv[1], 'key', 1)\n"
        "print(server._process.pid, flush=True); os._exit(1)"
    )

    run = subprocess.run(
        [sys.executable, "-c", script, source.path], stdout=subprocess.PIPE, text=True, check=False
    )

    with contextlib.suppress(psutil.NoSuchProcess):  # it may be gone already
        psutil.Process(int(run.stdout)).wait(10)
