"""A language model behind an OpenAI-compatible server: vLLM, llama.cpp, Ollama, a hosted one.

Prompts go out side by side, for such servers batch by themselves; answers come back in order. Knows
nothing of what the server runs beyond the name it gives its model.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import httpx

from briefer.errors import EngineUnavailable, GenerationFailed
from briefer.models.base import Completion, ModelCard, Prompt, StopReason
from briefer.models.wording import before_stop

KEY_VARIABLE = "BRIEFER_REMOTE_KEY"
"""The API key, from the environment only: a command line is readable by every user."""

_TIMEOUT_S = 120.0
"""For one answer of a few dozen tokens, on a server that is busy."""
_N_AT_ONCE = 8
_N_TRIES = 4
_FIRST_WAIT_S = 1.0
_MAX_WAIT_S = 30.0
_MAX_ANSWER_BYTES = 2**20
_RETRIED = frozenset({408, 429, 500, 502, 503, 504})
_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass
class RemoteEngine:
    """The ``Engine`` protocol over HTTP. ``url`` ends in ``/v1``; safe for several threads."""

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    timeout_s: float = _TIMEOUT_S
    sleep: Callable[[float], None] = time.sleep
    is_closed: bool = field(default=False, init=False)
    _client: httpx.Client = field(init=False, repr=False)

    def __post_init__(self) -> None:
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        self._client = httpx.Client(timeout=self.timeout_s, headers=headers, trust_env=False)

    @property
    def card(self) -> ModelCard:
        """The server's name for its model; which weights it has only the server knows."""
        return ModelCard(model=self.model, revision=None, weights_sha256=None, engine="remote")

    def generate(self, prompts: Sequence[Prompt]) -> list[Completion]:
        """Complete all prompts, a few at once.

        Raises:
            GenerationFailed: the server refused one, or did not answer after several tries.
        """
        if self.is_closed:
            raise GenerationFailed("The connection to the model server is closed; load it again.")
        pool = ThreadPoolExecutor(_N_AT_ONCE)
        try:
            return list(pool.map(self._complete, prompts))
        finally:  # after a failure the prompts that were not sent yet would fare no better
            pool.shutdown(cancel_futures=True)

    def count_tokens(self, text: str) -> int:
        """Words and marks: an estimate, for the protocol has no way to ask."""
        return len(_WORD.findall(text))

    def close(self) -> None:
        """Close the connections."""
        self.is_closed = True
        self._client.close()

    def _complete(self, prompt: Prompt) -> Completion:
        route, body = _request(prompt, self.model)
        answer = self._asked(route, body)
        try:
            choice = answer["choices"][0]
            written = choice["message"]["content"] if prompt.form == "chat" else choice["text"]
            used = answer.get("usage") or {}
            n_read, n_written = used.get("prompt_tokens"), used.get("completion_tokens")
            is_cut = choice.get("finish_reason") == "length"
            words, _ = before_stop(str(written or ""), prompt.stop)
        except (KeyError, IndexError, TypeError, AttributeError) as error:
            raise GenerationFailed(
                f"{self.url} answered in a form that is not OpenAI's."
            ) from error
        reason: StopReason = "length" if is_cut else "end"
        return Completion(
            words,
            n_read if isinstance(n_read, int) else self.count_tokens(prompt.text),
            n_written if isinstance(n_written, int) else self.count_tokens(words),
            reason,
        )

    def _asked(self, route: str, body: dict[str, Any]) -> Any:
        """The server's answer, asked for again while that may help."""
        said = ""
        for number in range(_N_TRIES):
            wait: float | None = None
            try:
                answer = self._client.post(f"{self.url}{route}", json=body)
                if answer.status_code == httpx.codes.OK:
                    return _json(answer)
                said = f"answered {answer.status_code}: {answer.text[:200]}"
                if answer.status_code not in _RETRIED:
                    break
                wait = _retry_after(answer)
            except httpx.HTTPError as error:
                said = f"did not answer ({type(error).__name__})"
            if number + 1 < _N_TRIES:
                self.sleep(min(wait or _FIRST_WAIT_S * 2**number, _MAX_WAIT_S))
        raise GenerationFailed(
            f"The model server at {self.url} {said}. Is it running, and is {KEY_VARIABLE} right?"
        )


def load(model: str | None) -> RemoteEngine:
    """The engine for ``URL`` or ``URL#model``; without a name, the first that the server lists.

    Raises:
        EngineUnavailable: that is no address, or no server answers there.
    """
    url, _, name = (model or "").partition("#")
    if not url.startswith(("http://", "https://")):
        raise EngineUnavailable(
            "--engine remote needs the server's address as the model, like "
            "--model http://127.0.0.1:8080/v1#qwen; the part after # is the server's own name "
            "for the model and may be left out."
        )
    url = url.rstrip("/")
    key = os.environ.get(KEY_VARIABLE) or None
    return RemoteEngine(url, name or _first_model(url, key), key)


def _first_model(url: str, key: str | None) -> str:
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    try:
        answer = httpx.get(f"{url}/models", headers=headers, timeout=10, trust_env=False)
        answer.raise_for_status()
        return str(answer.json()["data"][0]["id"])
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, LookupError, TypeError) as error:
        raise EngineUnavailable(
            f"{url}/models lists no model ({type(error).__name__}). Is the server running, is "
            f"{KEY_VARIABLE} right? Name the model: {url}#name."
        ) from error


def _request(prompt: Prompt, model: str) -> tuple[str, dict[str, Any]]:
    """The route and the body of a request."""
    body: dict[str, Any] = {
        "model": model,
        "max_tokens": prompt.max_new_tokens,
        "temperature": 0,
        "stream": False,
    }
    if prompt.stop:
        body["stop"] = list(prompt.stop)
    if prompt.schema is not None:
        named = {"name": "answer", "strict": True, "schema": dict(prompt.schema)}
        body["response_format"] = {"type": "json_schema", "json_schema": named}
    if prompt.form == "plain":
        return "/completions", {**body, "prompt": prompt.instruction + prompt.text}
    turns = [{"role": "system", "content": prompt.instruction}] if prompt.instruction else []
    return "/chat/completions", {
        **body,
        "messages": [*turns, {"role": "user", "content": prompt.text}],
    }


def _json(answer: httpx.Response) -> Any:
    if len(answer.content) > _MAX_ANSWER_BYTES:
        raise GenerationFailed("The model server sent more than a megabyte for one line.")
    try:
        return answer.json()
    except ValueError as error:
        raise GenerationFailed(
            "The model server answered with something that is no JSON."
        ) from error


def _retry_after(answer: httpx.Response) -> float | None:
    said = answer.headers.get("Retry-After", "")
    return float(said) if said.isdigit() else None
