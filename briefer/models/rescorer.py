"""A second language model, which reads what the first one wrote: how likely is that to it?

N-best rescoring, with a model that did not write the text. A writer finds likely what it wrote,
faults included; another model, even one a third of its size, tells wrong lines from right ones
better than the writer's own likelihood does (after BARTScore, Yuan et al. 2021, sec. 3; figures:
eval/LOG.md, "Does a second model see what the writer does not?"). Knows nothing of articles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from briefer.errors import WeightsError
from briefer.models import batching
from briefer.models.base import Prompt
from briefer.models.reader import Reader, opened, plain_tokenizer
from briefer.models.sources import Source


@dataclass(frozen=True)
class LanguageModel:
    """Obeys the ``Rescorer`` protocol; not safe for two threads at once."""

    sha256: str
    reader: Reader
    tokenizer: Tokenizer

    def rescore(self, prompts: Sequence[Prompt], answers: Sequence[str]) -> list[float]:
        """The natural-log likelihood of each answer, its end left out, after its prompt as text."""
        before = [self._ids(prompt.instruction + prompt.text) for prompt in prompts]
        told = [self._ids(answer) for answer in answers]
        texts = [first + rest for first, rest in zip(before, told, strict=True)]
        found: list[float] = []
        for run in batching.runs(list(map(len, texts))):
            read = self.reader.read(texts[run])
            found += map(self._likelihood, read, told[run])
        return found

    @torch.inference_mode()
    def _likelihood(self, states: Tensor, answer: Sequence[int]) -> float:
        """Hidden states (T, C) of a prompt and the answer that ends it -> the answer's likelihood.

        Raises:
            ValueError: there is no prompt before the answer.
        """
        n_before = len(states) - len(answer)
        if n_before < 1:
            raise ValueError("a text is read after a prompt; this one has none.")
        telling = states[n_before - 1 : -1].to(self.reader.dtype)
        logits = functional.linear(telling, self._output).float()  # (answer, V)
        wanted = torch.tensor(answer, device=logits.device)[:, None]
        return float(logits.log_softmax(-1).gather(1, wanted).sum())

    @cached_property
    def _output(self) -> Tensor:
        return self.reader.trunk.output_layer().to(self.reader.device, self.reader.dtype)  # (V, C)

    def _ids(self, text: str) -> list[int]:
        ids: list[int] = self.tokenizer.encode(text, add_special_tokens=False).ids
        return ids


def load(source: Source, *, cache: Path | None = None) -> LanguageModel:
    """All layers of a model as they stand; a GGUF file is converted first, once.

    Raises:
        WeightsError: no GGUF file, or one of a build that is not known.
    """
    if source.form != "gguf":
        raise WeightsError(f"A second model is read from a GGUF file; {source.name} is a folder.")
    reader = opened(source, cache=cache)
    return LanguageModel(source.sha256, reader, plain_tokenizer(source, cache))
