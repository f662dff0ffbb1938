"""The trained sentence tagger: a language model reads the article, a small head judges.

The base weights are those of a language model that briefer knows (``trained.json`` says which); of
these only the first layers are read, with a trained adapter merged in. Knows nothing of briefs.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from briefer.models import batching, packed
from briefer.models.convert.adapter import Adapter, LowRank
from briefer.models.reader import Precision, Reader, opened, plain_tokenizer
from briefer.models.sources import Source
from briefer.models.tagger.head import HINTS, LABELS, Head
from briefer.models.tagger.sentences import Window, encoded, pooled, windows
from briefer.models.trained import Part

__all__ = ["HINTS", "LABELS", "SentenceTagger", "load"]

# Sentences that attend to each other in the head; longer texts go through it in pieces.
_SENTENCES_AT_ONCE = 512
_HEAD = "head."
_SCALE = 2.0  # training/lora.py: alpha is twice the rank


@dataclass(frozen=True)
class Platt:
    """From a logit to a calibrated probability (Platt 1999)."""

    slope: float
    bias: float

    def probability(self, logit: float) -> float:
        """Between 0 and 1."""
        return 1 / (1 + math.exp(-max(min(self.slope * logit + self.bias, 35.0), -35.0)))


@dataclass(frozen=True)
class SentenceTagger:
    """Probabilities of labels and hints for each sentence of an article."""

    part: Part
    reader: Reader
    head: Head
    tokenizer: Tokenizer

    def probabilities(self, title: str, sentences: Sequence[str]) -> list[dict[str, float]]:
        """For each sentence the calibrated probability of each label and hint, by name."""
        scales = {name: Platt(*known) for name, known in self.part.settings["calibration"].items()}
        return [
            {
                name: scales[name].probability(logit)
                for name, logit in zip((*LABELS, *HINTS), row, strict=True)
            }
            for row in self.logits(title, sentences).tolist()
        ]

    @torch.inference_mode()
    def logits(self, title: str, sentences: Sequence[str]) -> Tensor:
        """(sentences, 7): one column a label, then one a hint."""
        if not sentences:
            return torch.zeros(0, len(LABELS) + len(HINTS))
        title_ids, ids = encoded(title, sentences, self._encode)
        read = windows(title_ids, ids)
        runs = (read[run] for run in batching.runs([len(window.ids) for window in read]))
        seen = torch.cat([self._pooled(some) for some in runs])
        return self.head.judge(seen.cpu(), _SENTENCES_AT_ONCE)

    def _pooled(self, some: Sequence[Window]) -> Tensor:
        return pooled(self.reader.read([window.ids for window in some]), some)

    def _encode(self, text: str) -> list[int]:
        ids: list[int] = self.tokenizer.encode(text, add_special_tokens=False).ids
        return ids


def load(
    part: Part, source: Source, *, cache: Path | None = None, precision: Precision = "auto"
) -> SentenceTagger:
    """Load a tagger on its base weights; a GGUF file is converted first, once.

    Raises:
        WeightsError: the part is damaged or another model's, or the weights cannot be converted.
    """
    part.check_on(source.sha256, source.name)
    tensors = packed.read(part.path)
    reader = opened(
        source,
        _adapter(part, tensors),
        n_layers=part.settings["n_layers"],
        cache=cache,
        precision=precision,
    )
    tokenizer = plain_tokenizer(source, cache)
    return SentenceTagger(part, reader, _head(tensors, reader.width), tokenizer)


def _head(tensors: Mapping[str, packed.Array], width: int) -> Head:
    head = Head(width)
    own = {
        name.removeprefix(_HEAD): torch.from_numpy(values)
        for name, values in tensors.items()
        if name.startswith(_HEAD)
    }
    head.load_state_dict(own)
    return head.eval()


def _adapter(part: Part, tensors: Mapping[str, packed.Array]) -> Adapter:
    layers = {
        name.removesuffix(".a"): LowRank(values, tensors[f"{name.removesuffix('.a')}.b"], _SCALE)
        for name, values in tensors.items()
        if name.startswith("blk.") and name.endswith(".a")
    }
    return Adapter(layers, "gguf", part.sha256)
