"""What briefer asks of a language model: prompts in, texts out, in order.

Any engine that has these few methods works; no other module knows which one it is.
Knows nothing of articles or briefs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, runtime_checkable

StopReason = Literal["end", "length", "cancelled"]


@dataclass(frozen=True, slots=True)
class Prompt:
    """One request. ``instruction`` is the part shared by many prompts, sent first.

    With ``form="chat"`` instruction and text go through the model's chat template (system and
    user turn); with ``form="plain"`` the model continues ``instruction + text`` as it stands,
    which is how briefer's own trained adapters are asked. ``schema`` is a JSON Schema that the
    output must obey. ``max_new_tokens`` bounds the output.
    """

    text: str
    instruction: str = ""
    form: Literal["chat", "plain"] = "chat"
    max_new_tokens: int = 64
    stop: tuple[str, ...] = ()
    schema: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Completion:
    """What the model wrote for one prompt, special tokens left out.

    ``log_likelihood`` is the natural-log likelihood of all that was written, the end included (but
    not by a remote engine); ``None`` where the engine does not tell it.
    """

    text: str
    n_prompt_tokens: int
    n_output_tokens: int
    stop_reason: StopReason
    log_likelihood: float | None = None


@dataclass(frozen=True, slots=True)
class ModelCard:
    """Which weights run on which engine; goes into every brief's provenance.

    ``adapters`` maps a trained part's name to the SHA-256 of its shipped file; ``is_trained`` is
    true when a condenser adapter is merged in, so that the trained prompt versions are used.
    """

    model: str
    revision: str | None
    weights_sha256: str | None
    engine: str
    adapters: Mapping[str, str] = field(default_factory=dict)
    is_trained: bool = False


class Engine(Protocol):
    """A loaded language model.

    Not safe for two threads at once, unless it is ``Shared``; ``briefing`` takes turns.
    """

    @property
    def card(self) -> ModelCard:
        """Which weights run on which engine."""
        ...

    def generate(self, prompts: Sequence[Prompt]) -> list[Completion]:
        """Complete all prompts greedily as one batch, answers in the order of the prompts.

        Raises:
            GenerationFailed: the engine broke; no partial answers are returned.
        """
        ...

    def count_tokens(self, text: str) -> int:
        """How many tokens the text is, without special tokens."""
        ...

    def close(self) -> None:
        """Free the weights; further calls raise ``GenerationFailed``."""
        ...


@runtime_checkable
class Shared(Protocol):
    """The optional capability to serve several threads at once.

    ``n_threads`` is how many threads, each with an article's prompts, keep it busy.
    """

    @property
    def n_threads(self) -> int:
        """At least 1."""
        ...


class Prober(Protocol):
    """A language model whose hidden states tell of a text.

    Not safe for two threads at once; ``briefing`` takes turns.
    """

    @property
    def sha256(self) -> str:
        """The SHA-256 of what reads its states, which belongs to one model's weights."""
        ...

    def probe(
        self, prompts: Sequence[Prompt], answers: Sequence[str], names: Sequence[str]
    ) -> list[tuple[float, ...]]:
        """For each answer after its prompt as text the natural log-odds of each probe, in order.

        Raises:
            ValueError: there is no such probe, or it cannot tell of such a prompt or answer.
        """
        ...


@runtime_checkable
class Proposer(Protocol):
    """The optional capability to offer several answers to one prompt."""

    def propose(self, prompts: Sequence[Prompt], n: int) -> list[tuple[Completion, ...]]:
        """For each prompt the likeliest texts that ``n`` beams find (at least 2), likeliest first.

        Each text once, so there may be fewer than ``n``. No prompt may have a schema.

        Raises:
            GenerationFailed: the engine broke; no partial answers are returned.
        """
        ...
