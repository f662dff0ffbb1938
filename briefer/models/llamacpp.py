"""A GGUF model on llama.cpp, through the xllamacpp wheel: quick to load, small, needs only AVX2.

Knows nothing of articles or briefs.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import httpx

from briefer.errors import EngineUnavailable, GenerationFailed
from briefer.models import convert, grammar, processor, wording
from briefer.models.base import Completion, ModelCard, Prompt
from briefer.models.llamacpp_process import ServerProcess
from briefer.models.sources import Source

if find_spec("xllamacpp") is None:  # an optional extra
    raise EngineUnavailable(
        "llama.cpp is not installed; install it with: pip install '.[llamacpp]' in the checkout"
    )

# For tokenizing, which takes milliseconds; a busy machine may make it wait. Writing takes as long
# as it takes: where the process ends, so does the connection.
_TIMEOUT = httpx.Timeout(60)
_NO_TIMEOUT = httpx.Timeout(None)


class LlamaCppEngine:
    """A model on llama.cpp. Obeys the ``Engine`` protocol.

    llama.cpp runs as a server in a process of its own, on a port of the loopback device; a random
    key shuts others out. Where the process ends, the call fails and the next one starts another.
    """

    def __init__(self, gguf: Path, specials: Sequence[str], card: ModelCard) -> None:
        self._gguf = gguf
        self._card = card
        self._defuse = wording.defuser(specials)
        self._is_closed = False
        self._server: ServerProcess | None = None
        self._start()

    @property
    def card(self) -> ModelCard:
        """Which weights run on which engine."""
        return self._card

    @property
    def is_closed(self) -> bool:
        """Whether the weights were freed."""
        return self._is_closed

    def generate(self, prompts: Sequence[Prompt]) -> list[Completion]:
        """Complete all prompts greedily, eight at a time, answers in their order.

        Raises:
            GenerationFailed: llama.cpp failed, or a prompt does not fit into its context.
        """
        self._running()
        written: dict[int, Completion] = {}
        for alike in _grouped(prompts):
            completions = self._complete([prompts[number] for number in alike])
            written |= dict(zip(alike, completions, strict=True))
        return [written[number] for number in range(len(prompts))]

    def count_tokens(self, text: str) -> int:
        """How many tokens the text is, without special tokens."""
        return len(self._encoded(text))

    def close(self) -> None:
        """Free the weights."""
        self._is_closed = True
        self._stop()

    def _start(self) -> ServerProcess:
        """Start a server, and a client that knows its key."""
        key = secrets.token_urlsafe(32)
        server = ServerProcess(str(self._gguf), key, processor.owned_cores())
        self._client = httpx.Client(
            base_url=server.address,
            headers={"Authorization": f"Bearer {key}"},
            timeout=_TIMEOUT,
            trust_env=False,  # a proxy must not see it
        )
        self._server = server
        return server

    def _stop(self) -> None:
        if self._server is not None:
            self._client.close()
            self._server.close()
        self._server = None

    def _complete(self, prompts: Sequence[Prompt]) -> list[Completion]:
        """Prompts that differ in their texts only: one request, so that they run in one order."""
        read = [self._ids(prompt) for prompt in prompts]
        first = prompts[0]
        request: dict[str, Any] = {
            "prompt": read,
            "max_tokens": first.max_new_tokens,
            "stop": list(first.stop),
        }
        if first.schema is not None:
            grammar.of_schema(first.schema)  # of a schema that is none llama.cpp says nothing
            request["json_schema"] = {**first.schema, "x-guidance": grammar.COMPACT}
        return [
            self._completion(first, len(ids), said)
            for ids, said in zip(read, self._ask(request), strict=True)
        ]

    def _completion(self, prompt: Prompt, n_read: int, said: Mapping[str, Any]) -> Completion:
        text, _ = wording.before_stop(said["text"], prompt.stop)
        is_full = said["finish_reason"] == "length"
        # llama.cpp tells the number of tokens for a request's first prompt only.
        n_written = min(len(self._encoded(text)), prompt.max_new_tokens)
        return Completion(text, n_read, n_written, "length" if is_full else "end")

    def _ask(self, request: Mapping[str, Any]) -> list[dict[str, Any]]:
        """What llama.cpp says to each of the request's prompts, in their order."""
        answer = self._post("/v1/completions", {**request, "temperature": 0}, _NO_TIMEOUT)
        return sorted(answer["choices"], key=lambda choice: int(choice["index"]))

    def _ids(self, prompt: Prompt) -> list[int]:
        """The prompt as the model reads it."""
        asked = wording.defused(prompt, self._defuse)
        if prompt.form == "plain":
            return self._encoded(asked.instruction + asked.text, special="added")
        # llama.cpp knows the common templates without a system turn, and puts it into the user's.
        request = {"messages": wording.turns(asked), "chat_template_kwargs": wording.TEMPLATE_WORDS}
        return self._encoded(self._post("/apply-template", request)["prompt"])

    def _encoded(self, text: str, special: wording.Special = "none") -> list[int]:
        request = {"content": text, "add_special": special == "added", "parse_special": True}
        ids: list[int] = self._post("/tokenize", request)["tokens"]
        return ids

    def _post(
        self, path: str, request: Mapping[str, Any], timeout: httpx.Timeout = _TIMEOUT
    ) -> dict[str, Any]:
        server = self._running()
        try:
            answer = self._client.post(path, json=request, timeout=timeout)
        except httpx.HTTPError as error:
            why = server.last_words() or str(error)
            raise GenerationFailed(f"llama.cpp did not answer at {path}: {why}") from error
        said: dict[str, Any] = answer.json()
        if "error" in said:
            why = said["error"].get("message", said["error"])
            raise GenerationFailed(f"{self._card.model} failed on llama.cpp: {why}.")
        return said

    def _running(self) -> ServerProcess:
        """The server; a new one where the process has ended, or none could be started before."""
        if self._is_closed:
            raise GenerationFailed("This model was closed; load it again.")
        if self._server is not None and not self._server.has_ended:
            return self._server
        self._stop()
        try:
            return self._start()
        except (RuntimeError, OSError) as error:
            raise GenerationFailed(f"llama.cpp cannot start again: {error}") from error


def _grouped(prompts: Sequence[Prompt]) -> list[list[int]]:
    """Numbers of the prompts that differ in their texts only."""
    groups: dict[str, list[int]] = {}
    for number, prompt in enumerate(prompts):
        alike = json.dumps((prompt.max_new_tokens, prompt.stop, prompt.schema))
        groups.setdefault(alike, []).append(number)
    return list(groups.values())


def load(source: Source, *, cache: Path | None = None) -> LlamaCppEngine:
    """Load a GGUF file.

    Raises:
        EngineUnavailable: no GGUF file, or one that llama.cpp cannot load.
    """
    if source.form != "gguf":
        raise EngineUnavailable(
            f"llama.cpp needs a GGUF file, {source.name} is a folder: use --engine transformers."
        )
    specials = convert.head(source, cache=cache).specials
    gguf = convert.gguf(source, cache=cache)
    try:
        return LlamaCppEngine(gguf, specials, source.card("llamacpp"))
    except RuntimeError as error:
        raise EngineUnavailable(
            f"llama.cpp cannot load {source.path.name}: {error}. Use --engine transformers."
        ) from error
