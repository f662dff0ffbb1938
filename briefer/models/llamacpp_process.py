"""llama.cpp's server in a process of its own: both ends of it.

llama.cpp ends the process it runs in when one of its assertions fails, and one fails for sure where
a second model lies at the address of a freed one: the grammars' tokenizer is kept by that address.
In a process of its own a model is always the first, and its end costs the call that met it. Run as
a script this file is that process; it ends with its standard input. Knows nothing of prompts.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from typing import IO, Any

N_CONTEXT = 16_384  # tokens of all slots together: 0.5 GB of keys and values for the 1.5B
N_SLOTS = 8  # prompts that are written at the same time
_GRACE_S = 2  # between a broken connection and the end of the process; for writing a core, too
_END_S = 10  # for ending when told to, which takes milliseconds


class ServerProcess:
    """A running server. ``address`` is its base URL on the loopback device.

    Raises:
        RuntimeError: it could not load the weights; the message is llama.cpp's.
    """

    def __init__(self, gguf: str, key: str, n_threads: int) -> None:
        self._said: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 -- it lives as long as we
        # -P: the folder of this file holds modules named like the libraries they use.
        self._process = subprocess.Popen(  # noqa: S603 -- our own interpreter and file
            [sys.executable, "-P", __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            process_group=0,  # an interrupt at the terminal is the parent's business
        )
        self.address = self._started({"gguf": gguf, "key": key, "n_threads": n_threads})

    @property
    def has_ended(self) -> bool:
        """Whether the process is gone."""
        return self._process.poll() is not None

    def last_words(self) -> str:
        """Why the process ended, by what it wrote to its standard error; empty while it runs."""
        try:
            self._process.wait(_GRACE_S)
        except subprocess.TimeoutExpired:
            return ""
        self._said.seek(0)
        lines = self._said.read().decode(errors="replace").splitlines()
        telling = [line for line in lines if "ASSERT" in line or "what()" in line]
        return (telling or lines or [f"it ended with status {self._process.returncode}"])[-1]

    def close(self) -> None:
        """End the process."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        try:
            self._process.wait(_END_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._said.close()

    def _started(self, request: Mapping[str, object]) -> str:
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("no pipes to the process")
        try:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            pass  # it ended already; the empty answer says so
        answer = self._process.stdout.readline()
        if not answer:
            said = self.last_words()
            self.close()
            raise RuntimeError(said)
        address: str = json.loads(answer)["address"]
        return address


def main() -> None:
    """Load what the first line of the standard input names, serve it until the input ends."""
    request = json.loads(sys.stdin.readline())
    # The native library writes where it likes; the answer goes to a stream of its own.
    with os.fdopen(os.dup(1), "w") as answers:
        os.dup2(2, 1)
        import xllamacpp  # type: ignore[import-untyped]  # the parent has no need of it

        server = xllamacpp.Server(_settings(xllamacpp, request))
        answers.write(json.dumps({"address": server.listening_address}) + "\n")
        answers.flush()
        sys.stdin.read()
    os._exit(0)  # the system frees what llama.cpp holds, at once


def _settings(xllamacpp: Any, request: Mapping[str, Any]) -> Any:
    settings: Any = xllamacpp.CommonParams()
    settings.model.path = request["gguf"]
    settings.n_ctx, settings.n_parallel, settings.kv_unified = N_CONTEXT, N_SLOTS, True
    settings.fit_params = False  # take our sizes, not what a look at the memory suggests
    settings.cache_ram_mib = 0  # no second cache of prompts in memory: 8 GB by default
    for threads in (settings.cpuparams, settings.cpuparams_batch):
        threads.n_threads = request["n_threads"]
    settings.n_gpu_layers = 0
    settings.warmup = False
    settings.api_keys = [request["key"]]
    settings.ui = settings.endpoint_slots = False
    settings.verbosity = -1  # it logs to stderr otherwise
    return settings


if __name__ == "__main__":
    main()
