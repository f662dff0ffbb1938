"""A second model, which reads what the first one wrote; its hidden states tell whether it holds.

Linear probes on the states of a language model that was not trained for it:
what a model finds odd in a text stands in its middle layers more clearly than in its likelihood
(after Azaria & Mitchell 2023; figures: ``docs/decisions/second-model.md``). The probes are trained
under ``training/``. Knows nothing of articles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from briefer.errors import WeightsError
from briefer.models import batching, packed
from briefer.models.base import Prompt
from briefer.models.reader import Probe, Reader, opened, plain_tokenizer, token_ids
from briefer.models.sources import Source
from briefer.models.trained import Part


@dataclass(frozen=True)
class StateReader:
    """Reads answers after their prompts; not safe for two threads at once."""

    reader: Reader
    tokenizer: Tokenizer

    def states(self, prompts: Sequence[Prompt], answers: Sequence[str]) -> list[Tensor]:
        """The mean state of each answer after its prompt as text, (C,) float32 on the CPU.

        Raises:
            ValueError: an answer has no token.
        """
        before = [token_ids(self.tokenizer, one.instruction + one.text) for one in prompts]
        told = [token_ids(self.tokenizer, answer) for answer in answers]
        if not all(told):
            raise ValueError("an answer to read is empty.")
        texts = [first + rest for first, rest in zip(before, told, strict=True)]
        found: list[Tensor] = []
        for run in batching.runs(list(map(len, texts))):
            read = self.reader.states(texts[run])
            own = (one[-len(rest) :] for one, rest in zip(read, told[run], strict=True))
            found += [states.mean(0).cpu() for states in own]
        return found


@dataclass(frozen=True)
class LinearProber:
    """Obeys the ``Prober`` protocol; not safe for two threads at once."""

    part: Part
    reader: StateReader
    probes: dict[str, Probe]

    @property
    def sha256(self) -> str:
        """The SHA-256 of the probes' file; it belongs to one model's weights."""
        return self.part.sha256

    def probe(
        self, prompts: Sequence[Prompt], answers: Sequence[str], names: Sequence[str]
    ) -> list[tuple[float, ...]]:
        """For each answer after its prompt as text the natural log-odds of each probe, in order.

        Raises:
            ValueError: there is no such probe, or an answer is empty.
        """
        unknown = [name for name in names if name not in self.probes]
        if unknown:
            raise ValueError(f"{self.part.name} has no probe {unknown[0]!r}.")
        probes = [self.probes[name] for name in names]
        return [
            tuple(float(probe.log_odds(state)) for probe in probes)
            for state in self.reader.states(prompts, answers)
        ]


def load(part: Part, source: Source, *, cache: Path | None = None) -> LinearProber:
    """The probes of a shipped part on their model; a GGUF file is converted first, once.

    Raises:
        WeightsError: the part is damaged or another model's, or the weights cannot be converted.
    """
    part.check_on(source.sha256, source.name)
    tensors = packed.read(part.path)
    probes = {
        name: Probe(torch.from_numpy(tensors[name]), bias)
        for name, bias in part.settings["biases"].items()
    }
    return LinearProber(part, state_reader(source, part.settings["n_layers"], cache=cache), probes)


def state_reader(source: Source, n_layers: int, *, cache: Path | None = None) -> StateReader:
    """The first layers of a model as they stand.

    Raises:
        WeightsError: no GGUF file, or one of a build that is not known.
    """
    if source.form != "gguf":
        raise WeightsError(f"A second model is read from a GGUF file; {source.name} is a folder.")
    reader = opened(source, n_layers=n_layers, cache=cache)
    return StateReader(reader, plain_tokenizer(source, cache))
