"""Completions kept in a file, so that a measure can be taken again without the model.

A completion is keyed by everything the model was sent and by the weights: another prompt, another
adapter or another token limit is another key. The engines of this module are drop-in ones for the
pipeline.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from briefer.models.base import Completion, Engine, ModelCard, Prompt, Proposer
from eval.errors import DataError, MissingCompletion

REFRESH = "python -m eval refresh"
"""The command that computes what the gate misses; it needs the default model."""


def completion_key(prompt: Prompt, card: ModelCard) -> str:
    """The hash of what is sent and of who is asked; the engine is no part of it."""
    return digest({"prompt": asdict(prompt), "model": card.model, **_weights(card)})


def proposals_key(prompt: Prompt, n: int, card: ModelCard) -> str:
    """The hash of what is sent, how many answers are asked for, and of who is asked."""
    return digest({"prompt": asdict(prompt), "n_beams": n, "model": card.model, **_weights(card)})


def _weights(card: ModelCard) -> dict[str, Any]:
    return {"weights": card.weights_sha256, "adapters": dict(card.adapters)}


def digest(content: Mapping[str, Any]) -> str:
    """The SHA-256 of content that JSON can hold, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


CARD = "card"
"""The key under which a store of completions says whose they are."""


class Store:
    """A JSON Lines file of ``{"key": …, …}``; new entries are appended at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._entries: dict[str, dict[str, Any]] = {}
        if path.is_file():
            self._read()

    def _read(self) -> None:
        for number, line in enumerate(self.path.read_text("utf-8").split("\n"), start=1):
            if not line.strip():
                continue
            try:
                entry = json.loads(line)
                self._entries[entry["key"]] = entry
            except (json.JSONDecodeError, KeyError, TypeError) as error:
                raise DataError(
                    f"{self.path.name}, line {number} is no stored entry; delete the line and "
                    f"run {REFRESH}."
                ) from error

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: str) -> dict[str, Any] | None:
        """The entry of a key, ``None`` where there is none."""
        return self._entries.get(key)

    def borrow(self, other: Store) -> None:
        """Answer from another file too; what is not in this one already stays out of it."""
        self._entries = {**other._entries, **self._entries}

    def add(self, key: str, entry: Mapping[str, Any]) -> None:
        """Keep an entry, in memory and in the file."""
        self._entries[key] = {"key": key, **entry}
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(self._entries[key], ensure_ascii=False) + "\n")

    def keep_only(self, keys: frozenset[str]) -> None:
        """Write the file anew with these entries, in the order of the keys."""
        self._entries = {key: self._entries[key] for key in sorted(keys) if key in self._entries}
        lines = [json.dumps(entry, ensure_ascii=False) for entry in self._entries.values()]
        self.path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def stored_card(store: Store) -> ModelCard:
    """Whose completions a store holds.

    Raises:
        MissingCompletion: the store says nothing of it; it is empty or was cut off.
    """
    entry = store.get(CARD)
    if entry is None:
        raise MissingCompletion(f"{store.path.name} holds no completions yet; run {REFRESH}.")
    return ModelCard(**entry["card"])


class StoredEngine:
    """Answers from a store; never asks a model."""

    def __init__(self, store: Store, card: ModelCard) -> None:
        self._store = store
        self._card = card
        self.asked: set[str] = set()

    @property
    def card(self) -> ModelCard:
        """Whose completions these are."""
        return self._card

    def generate(self, prompts: Sequence[Prompt]) -> list[Completion]:
        """The stored completions, in order.

        Raises:
            MissingCompletion: a prompt was never completed by these weights.
        """
        return [self._one(prompt) for prompt in prompts]

    def propose(self, prompts: Sequence[Prompt], n: int) -> list[tuple[Completion, ...]]:
        """The stored proposals, in order.

        Raises:
            MissingCompletion: a prompt was never searched by these weights.
        """
        return [
            _proposals(self._entry(proposals_key(prompt, n, self._card), prompt))
            for prompt in prompts
        ]

    def _one(self, prompt: Prompt) -> Completion:
        return _completion(self._entry(completion_key(prompt, self._card), prompt))

    def _entry(self, key: str, prompt: Prompt) -> Mapping[str, Any]:
        self.asked.add(key)
        entry = self._store.get(key)
        if entry is None:
            raise MissingCompletion(
                f"no stored completion for the prompt that ends {prompt.text[-120:]!r} "
                f"(key {key[:12]}): the prompt file, the passages chosen or the model changed. "
                f"If that is meant, run {REFRESH}."
            )
        return entry

    def count_tokens(self, text: str) -> int:
        """A rough count, four characters a token: there is no tokenizer here."""
        return (len(text) + 3) // 4

    def close(self) -> None:
        """Nothing to free."""


def _completion(entry: Mapping[str, Any]) -> Completion:
    return Completion(
        text=entry["text"],
        n_prompt_tokens=entry["n_prompt_tokens"],
        n_output_tokens=entry["n_output_tokens"],
        stop_reason=entry["stop_reason"],
        log_likelihood=entry.get("log_likelihood"),
    )


def _proposals(entry: Mapping[str, Any]) -> tuple[Completion, ...]:
    return tuple(_completion(one) for one in entry["proposals"])


class RecordingEngine:
    """Answers from a store what it holds, asks the engine for the rest and keeps the answers."""

    def __init__(self, engine: Engine, store: Store) -> None:
        self._engine = engine
        self._store = store
        self.asked: set[str] = set()

    @property
    def card(self) -> ModelCard:
        """The engine's own card."""
        return self._engine.card

    def generate(self, prompts: Sequence[Prompt]) -> list[Completion]:
        """Complete all prompts, each only once in the life of the store."""
        keys = [completion_key(prompt, self.card) for prompt in prompts]
        new = self._unknown(keys, prompts)
        if new:
            completions = self._engine.generate(list(new.values()))
            for key, completion in zip(new, completions, strict=True):
                self._store.add(key, asdict(completion))
        return [_completion(self._store.get(key) or {}) for key in keys]

    def propose(self, prompts: Sequence[Prompt], n: int) -> list[tuple[Completion, ...]]:
        """Search for answers to all prompts, each only once in the life of the store.

        From an engine that cannot search there is nothing.
        """
        keys = [proposals_key(prompt, n, self.card) for prompt in prompts]
        new = self._unknown(keys, prompts)
        if new:
            found = self._searched(list(new.values()), n)
            for key, proposals in zip(new, found, strict=True):
                self._store.add(key, {"proposals": [asdict(one) for one in proposals]})
        return [_proposals(self._store.get(key) or {}) for key in keys]

    def _searched(self, prompts: Sequence[Prompt], n: int) -> list[tuple[Completion, ...]]:
        if isinstance(self._engine, Proposer):
            return self._engine.propose(prompts, n)
        return [() for _ in prompts]

    def _unknown(self, keys: Sequence[str], prompts: Sequence[Prompt]) -> dict[str, Prompt]:
        self.asked |= set(keys)
        return {
            key: prompt for key, prompt in zip(keys, prompts, strict=True) if key not in self._store
        }

    def count_tokens(self, text: str) -> int:
        """As the engine counts."""
        return self._engine.count_tokens(text)

    def close(self) -> None:
        """Close the engine."""
        self._engine.close()
