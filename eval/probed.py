"""What a second model makes of lines, kept beside the completions.

A reading is keyed by prompt, line, what is asked of it and the probes' file, which belongs to one
model's weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from briefer.briefing import load_prober
from briefer.models.base import ModelCard, Prober, Prompt
from eval.errors import MissingCompletion
from eval.stored import CARD, REFRESH, Store, digest

PROBER = "prober"
"""Where a store's card says whose readings it holds."""


def probed_key(prompt: Prompt, answer: str, names: Sequence[str], sha256: str) -> str:
    """The hash of what is read, what is asked of it and who reads it."""
    read = {"prompt": asdict(prompt), "probed": answer, "names": list(names), "weights": sha256}
    return digest(read)


def stored_prober(store: Store) -> StoredProber | None:
    """The second model whose readings a store of completions says it holds."""
    sha256 = (store.get(CARD) or {}).get(PROBER)
    return StoredProber(store, sha256) if sha256 else None


def recording_prober(card: ModelCard, store: Store) -> RecordingProber | None:
    """The second model beside the one of that card, where there is one, with its store."""
    loaded = load_prober(card)
    return RecordingProber(loaded, store) if loaded else None


class StoredProber:
    """Answers from a store; never asks a model."""

    def __init__(self, store: Store, sha256: str) -> None:
        self._store = store
        self.sha256 = sha256

    def probe(
        self, prompts: Sequence[Prompt], answers: Sequence[str], names: Sequence[str]
    ) -> list[tuple[float, ...]]:
        """The stored readings, in order.

        Raises:
            MissingCompletion: a line was never read by these probes.
        """
        return [
            self._one(probed_key(prompt, answer, names, self.sha256), answer)
            for prompt, answer in zip(prompts, answers, strict=True)
        ]

    def _one(self, key: str, answer: str) -> tuple[float, ...]:
        entry = self._store.get(key)
        if entry is None:
            raise MissingCompletion(
                f"no stored reading of {answer!r} by the second model (key {key[:12]}); "
                f"run {REFRESH}."
            )
        return tuple(entry["probed"])


class RecordingProber:
    """Answers from a store what it holds, asks the second model for the rest and keeps it."""

    def __init__(self, prober: Prober, store: Store) -> None:
        self._prober = prober
        self._store = store
        self.sha256 = prober.sha256
        self.asked: set[str] = set()

    def probe(
        self, prompts: Sequence[Prompt], answers: Sequence[str], names: Sequence[str]
    ) -> list[tuple[float, ...]]:
        """Read all lines, each only once in the life of the store."""
        pairs = list(zip(prompts, answers, strict=True))
        keys = [probed_key(prompt, answer, names, self.sha256) for prompt, answer in pairs]
        self.asked |= set(keys)
        new = {key: pair for key, pair in zip(keys, pairs, strict=True) if key not in self._store}
        found = self._prober.probe(
            [prompt for prompt, _ in new.values()], [answer for _, answer in new.values()], names
        )
        for key, odds in zip(new, found, strict=True):
            self._store.add(key, {"probed": [round(one, 4) for one in odds]})
        return [tuple((self._store.get(key) or {})["probed"]) for key in keys]
