"""What readers make of lines (a second model, the tagger), kept beside the completions.

A reading is keyed by prompt, line, what is asked of it and the probes' file, which belongs to one
model's weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from briefer import tagging
from briefer.briefing import Probers, load_prober
from briefer.models.base import ModelCard, Prober, Prompt
from briefer.tagging import Tagger
from eval.errors import MissingCompletion
from eval.stored import CARD, REFRESH, Store, digest
from eval.tags import RecordingTagger

PROBERS = "probers"
"""Where a store's card says whose readings it holds: those of facts and those of views."""


def probed_key(prompt: Prompt, answer: str, names: Sequence[str], sha256: str) -> str:
    """The hash of what is read, what is asked of it and who reads it."""
    read = {"prompt": asdict(prompt), "probed": answer, "names": list(names), "weights": sha256}
    return digest(read)


def stored_probers(store: Store) -> Probers:
    """The readers whose readings a store of completions says it holds."""
    known = (store.get(CARD) or {}).get(PROBERS, {})
    return Probers(**{lines: StoredProber(store, sha256) for lines, sha256 in known.items()})


def recording_probers(card: ModelCard, tagger: Tagger, store: Store) -> Probers:
    """The readers beside the model of that card and that tagger, where there are, with a store."""
    found = probers(card, tagger)
    of_facts, of_views = (
        RecordingProber(one, store) if one else None for one in (found.facts, found.views)
    )
    return Probers(of_facts, of_views)


def probers(card: ModelCard, tagger: Tagger) -> Probers:
    """The readers as ``briefer`` puts them together; a tagger with stored tags is loaded."""
    inner = tagger.inner if isinstance(tagger, RecordingTagger) else tagger
    return Probers(load_prober(card), tagging.stance_of(inner))


def known_probers(probers: Probers) -> dict[str, str]:
    """What a store's card says of the readers: of which lines -> SHA-256 of what reads them."""
    return {lines: one.sha256 for lines, one in _of(probers).items()}


def asked_of(probers: Probers) -> set[str]:
    """The keys of all readings that recording readers were asked for."""
    recorded = [one for one in _of(probers).values() if isinstance(one, RecordingProber)]
    return {key for one in recorded for key in one.asked}


def _of(probers: Probers) -> dict[str, Prober]:
    both = {"facts": probers.facts, "views": probers.views}
    return {lines: one for lines, one in both.items() if one is not None}


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
                f"no stored reading of {answer!r} (key {key[:12]}); run {REFRESH}."
            )
        return tuple(entry["probed"])


class RecordingProber:
    """Answers from a store what it holds, asks the reader for the rest and keeps it."""

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
