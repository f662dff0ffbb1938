"""What a second model makes of lines, kept beside the completions.

A reading is keyed by prompt, line and the second model's weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from briefer.briefing import load_rescorer
from briefer.models.base import ModelCard, Prompt, Rescorer
from eval.errors import MissingCompletion
from eval.stored import CARD, REFRESH, Store, digest

_WHO = "rescorer"


def rescored_key(prompt: Prompt, answer: str, sha256: str) -> str:
    """The hash of what is read and of who reads it."""
    return digest({"prompt": asdict(prompt), "rescored": answer, "weights": sha256})


def stored_rescorer(store: Store) -> StoredRescorer | None:
    """The second model whose readings a store of completions says it holds."""
    sha256 = (store.get(CARD) or {}).get(_WHO)
    return StoredRescorer(store, sha256) if sha256 else None


def recording_rescorer(card: ModelCard, store: Store) -> RecordingRescorer | None:
    """The second model beside the one of that card, where there is one, with its store."""
    loaded = load_rescorer(card)
    return RecordingRescorer(loaded, store) if loaded else None


class StoredRescorer:
    """Answers from a store; never asks a model."""

    def __init__(self, store: Store, sha256: str) -> None:
        self._store = store
        self.sha256 = sha256

    def rescore(self, prompts: Sequence[Prompt], answers: Sequence[str]) -> list[float]:
        """The stored readings, in order.

        Raises:
            MissingCompletion: a line was never read by these weights.
        """
        return [
            self._one(rescored_key(prompt, answer, self.sha256), answer)
            for prompt, answer in zip(prompts, answers, strict=True)
        ]

    def _one(self, key: str, answer: str) -> float:
        entry = self._store.get(key)
        if entry is None:
            raise MissingCompletion(
                f"no stored reading of {answer!r} by the second model (key {key[:12]}); "
                f"run {REFRESH}."
            )
        return float(entry["rescored"])


class RecordingRescorer:
    """Answers from a store what it holds, asks the second model for the rest and keeps it."""

    def __init__(self, rescorer: Rescorer, store: Store) -> None:
        self._rescorer = rescorer
        self._store = store
        self.sha256 = rescorer.sha256
        self.asked: set[str] = set()

    def rescore(self, prompts: Sequence[Prompt], answers: Sequence[str]) -> list[float]:
        """Read all lines, each only once in the life of the store."""
        pairs = list(zip(prompts, answers, strict=True))
        keys = [rescored_key(prompt, answer, self.sha256) for prompt, answer in pairs]
        self.asked |= set(keys)
        new = {key: pair for key, pair in zip(keys, pairs, strict=True) if key not in self._store}
        found = self._rescorer.rescore([p for p, _ in new.values()], [a for _, a in new.values()])
        for key, likelihood in zip(new, found, strict=True):
            self._store.add(key, {"rescored": round(likelihood, 4)})
        return [float((self._store.get(key) or {})["rescored"]) for key in keys]
