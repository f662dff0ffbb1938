"""A language model behind an OpenAI-compatible server: vLLM, llama.cpp, Ollama, a hosted one.

Prompts of all threads go out side by side, for such servers batch by themselves; answers come back
in order. Knows nothing of what the server runs beyond the name it gives its model.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import httpx

from briefer import addresses
from briefer.errors import EngineUnavailable, GenerationFailed
from briefer.models import sources, trained, wire
from briefer.models.base import Completion, ModelCard, Prompt
from briefer.models.weights import PINNED

KEY_VARIABLE = "BRIEFER_REMOTE_KEY"
"""The API key, from the environment only: a command line is readable by every user."""

CONCURRENCY = 16
"""Requests that a server has at once: an article's passages.

On two busy cores, where answers take longest, the last of so many comes within the time-out
(``eval/LOG.md``, "What do articles side by side gain on a model server?").
"""
_REQUESTS_A_THREAD = 4
"""An article has about 15 passages, and of those that are answered late only a few are left."""

_TIMEOUT_S = 120.0
"""For one answer of a few dozen tokens, on a server that is busy."""
_N_TRIES = 4
_FIRST_WAIT_S = 1.0
_MAX_WAIT_S = 30.0
_MAX_ANSWER_BYTES = 2**20
_RETRIED = frozenset({408, 429, 500, 502, 503, 504})
_REFUSED = {
    401: f"Is {KEY_VARIABLE} right?",
    403: f"Is {KEY_VARIABLE} right, and may it use this model?",
    404: "Is the address right (it mostly ends in /v1), and the model's name after the #?",
}
"""What no other prompt would change, by HTTP status."""
_UNFIT = frozenset({400, 422})


@dataclass
class RemoteEngine:
    """The ``Engine`` protocol over HTTP, ``Shared``. ``url`` ends in ``/v1``.

    ``concurrency`` bounds the requests on their way, of all threads together; ``weights`` are those
    that the user says the server has.
    """

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    concurrency: int = CONCURRENCY
    weights: ModelCard | None = None
    timeout_s: float = _TIMEOUT_S
    sleep: Callable[[float], None] = time.sleep
    is_closed: bool = field(default=False, init=False)
    _client: httpx.Client = field(init=False, repr=False)
    _pool: ThreadPoolExecutor = field(init=False, repr=False)
    _has_answered: bool = field(default=False, init=False, repr=False)
    _unknown_fields: set[str] = field(default_factory=set, init=False, repr=False)

    def __post_init__(self) -> None:
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        limits = httpx.Limits(max_connections=self.concurrency)
        self._client = httpx.Client(
            timeout=self.timeout_s, headers=headers, limits=limits, trust_env=False
        )
        self._pool = ThreadPoolExecutor(self.concurrency, "briefer-remote")

    @property
    def card(self) -> ModelCard:
        """The weights that the server is said to have, else only its name for its model."""
        unknown = ModelCard(model=self.model, revision=None, weights_sha256=None, engine="remote")
        return self.weights or unknown

    @property
    def n_threads(self) -> int:
        """Enough that requests wait for the server, and not the server for requests."""
        return 1 + self.concurrency // _REQUESTS_A_THREAD

    def generate(self, prompts: Sequence[Prompt]) -> list[Completion]:
        """Complete all prompts, side by side.

        Raises:
            GenerationFailed: the server refused one, or did not answer after several tries.
            EngineUnavailable: it would refuse any, for the key, the address or the name is wrong;
                or it has never answered.
        """
        if self.is_closed:
            raise GenerationFailed("The connection to the model server is closed; load it again.")
        asked = [self._pool.submit(self._complete, prompt) for prompt in prompts]
        try:
            return [one.result() for one in asked]
        finally:  # after a failure the prompts that were not sent yet would fare no better
            for one in asked:
                one.cancel()

    def count_tokens(self, text: str) -> int:
        """Words and marks: an estimate, for the protocol has no way to ask."""
        return wire.n_words(text)

    def close(self) -> None:
        """Close the connections."""
        self.is_closed = True
        self._pool.shutdown(cancel_futures=True)
        self._client.close()

    def _complete(self, prompt: Prompt) -> Completion:
        while True:
            route, body = wire.request(prompt, self.model, self._unknown_fields)
            answer = self._answer(route, body)
            if answer.status_code == httpx.codes.OK:
                return wire.completion(_json(answer), prompt)
            unknown = self._unknown_in(answer, body)
            if unknown is None:
                raise self._refusal(answer)
            self._unknown_fields.add(unknown)

    def _unknown_in(self, answer: httpx.Response, body: dict[str, Any]) -> str | None:
        """The optional field that the server complains of, if that is what it does."""
        named = [name for name in wire.OPTIONAL if name in body and name in answer.text]
        return named[0] if answer.status_code in _UNFIT and named else None

    def _refusal(self, answer: httpx.Response) -> GenerationFailed | EngineUnavailable:
        status = answer.status_code
        said = f"The model server at {self.url} answered {status}: {wire.complaint(answer.text)}."
        if status in _REFUSED:
            return EngineUnavailable(f"{said} {_REFUSED[status]}")
        return GenerationFailed(f"{said} It was asked for the model {self.model!r}.")

    def _answer(self, route: str, body: dict[str, Any]) -> httpx.Response:
        """The server's answer, asked for again while that may help."""
        failure = ""
        for number in range(_N_TRIES):
            wait: float | None = None
            try:
                answer = self._client.post(f"{self.url}{route}", json=body)
                self._has_answered = True
                if answer.status_code not in _RETRIED:
                    return answer
                failure = f"answered {answer.status_code}: {wire.complaint(answer.text)}"
                wait = _retry_after(answer)
            except httpx.HTTPError as error:
                failure = f"did not answer ({type(error).__name__})"
            if number + 1 < _N_TRIES:
                self.sleep(min(wait or _FIRST_WAIT_S * 2**number, _MAX_WAIT_S))
        broken = GenerationFailed if self._has_answered else EngineUnavailable
        raise broken(
            f"The model server at {self.url} {failure}, {_N_TRIES} times. Is it running, and can "
            f"it bear {self.concurrency} requests at once (BRIEFER_CONCURRENCY)?"
        )


def load(model: str | None, *, concurrency: int = CONCURRENCY) -> RemoteEngine:
    """The engine for ``URL``, ``URL#model`` or ``URL#model#pinned``.

    Without a name it is the first that the server lists. ``pinned`` is the name of pinned weights,
    which the server is said to have with briefer's condenser merged in.

    Raises:
        EngineUnavailable: that is no address, no server answers there, or nothing is pinned so.
    """
    url, name, pinned = address_of(model)
    key = os.environ.get(KEY_VARIABLE) or None
    known = _trained(pinned) if pinned else None
    return RemoteEngine(url, name or _first_model(url, key), key, concurrency, known)


def address_of(model: str | None) -> tuple[str, str, str]:
    """The server's address, its name for the model, and ours; the names may be empty.

    Raises:
        EngineUnavailable: that is no address.
    """
    url, _, named = (model or "").partition("#")
    name, _, pinned = named.partition("#")
    if fault := addresses.fault_of(url):
        raise EngineUnavailable(
            f"--engine remote needs the server's address as the model, and {url!r} is none: "
            f"{fault}. Write it like --model http://127.0.0.1:8080/v1#qwen; the part after # is "
            "the server's own name for the model and may be left out."
        )
    return url.rstrip("/"), name, pinned


def _trained(pinned: str) -> ModelCard:
    """What is known of pinned weights with the condenser that was trained on them."""
    pin = PINNED.get(pinned)
    part = trained.find(sources.CONDENSER, pin.sha256) if pin else None
    if pin is None or part is None:
        known = [one.name for one in PINNED.values() if trained.find("condenser", one.sha256)]
        raise EngineUnavailable(
            f"No condenser of briefer's was trained on {pinned!r}; there is one for "
            f"{', '.join(known)}."
        )
    revision = pin.hub.revision if pin.hub else None
    adapters: dict[str, str] = {sources.CONDENSER: part.sha256}
    return ModelCard(pin.name, revision, pin.sha256, "remote", adapters, is_trained=True)


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
    return float(said) if said.isdecimal() else None
