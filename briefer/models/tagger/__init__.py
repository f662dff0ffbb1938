"""The trained sentence tagger: a language model reads the article, a small head judges.

The base weights are those of a language model that briefer knows (``trained.json`` says which); of
these only the first layers are read, with a trained adapter merged in. Knows nothing of briefs.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from briefer.models import batching, packed
from briefer.models.convert.adapter import Adapter, LowRank
from briefer.models.reader import Precision, Probe, Reader, opened, plain_tokenizer, token_ids
from briefer.models.sources import Source
from briefer.models.tagger.head import HINTS, LABELS, Head
from briefer.models.tagger.sentences import (
    Window,
    last_tokens,
    of_words,
    on_one_line,
    pooled,
    windows,
)
from briefer.models.trained import Part

__all__ = ["ACTING", "HINTS", "LABELS", "SentenceTagger", "load"]

ACTING = "acting"
"""The name of the probe's weights in its file."""

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
class WordProbe(Probe):
    """A probe of words' states: that a word names one who acts or speaks in the article."""

    part: Part


@dataclass(frozen=True, slots=True)
class Judged:
    """What a sentence carries, by label or hint, and the log-odds of each of its words."""

    probabilities: Mapping[str, float]
    words: tuple[float, ...] | None


@dataclass(frozen=True)
class SentenceTagger:
    """Judges each sentence of an article, and its words where there is a probe for them."""

    part: Part
    reader: Reader
    head: Head
    tokenizer: Tokenizer
    probe: WordProbe | None = None

    @torch.inference_mode()
    def judge(self, title: str, sentences: Sequence[str]) -> list[Judged]:
        """What each sentence carries: calibrated probabilities; and what its words name."""
        if not sentences:
            return []
        rows: list[Tensor] = []
        odds: dict[int, Tensor] = {}
        for hidden, read, ends in self._read(title, sentences):
            rows.append(pooled(hidden, read).cpu())
            if self.probe:
                odds |= of_words([self.probe.log_odds(states) for states in hidden], read, ends)
        logits = self.head.judge(torch.cat(rows), _SENTENCES_AT_ONCE)
        scales = {name: Platt(*known) for name, known in self.part.settings["calibration"].items()}
        return [
            Judged(
                {
                    name: scales[name].probability(logit)
                    for name, logit in zip((*LABELS, *HINTS), row, strict=True)
                },
                tuple(odds[number].tolist()) if self.probe else None,
            )
            for number, row in enumerate(logits.tolist())
        ]

    @torch.inference_mode()
    def word_states(self, title: str, sentences: Sequence[str]) -> list[Tensor]:
        """The states of the words of each sentence, (words, C) float32: what probes are fitted on.

        They take 6 kB a word in the 1.5B.
        """
        found: dict[int, Tensor] = {}
        for hidden, read, ends in self._read(title, sentences):
            found |= of_words(hidden, read, ends)
        return [found[number].float().cpu() for number in range(len(sentences))]

    @torch.inference_mode()
    def line_states(self, lines: Sequence[str]) -> Tensor:
        """The state at the end of each line, read alone as a sentence without a title.

        (lines, C) float32 on the CPU.
        """
        opening = token_ids(self.tokenizer, _opening(""))
        texts = [token_ids(self.tokenizer, _as_line(one)) for one in lines]
        read = [window.ids for one in texts for window in windows(opening, [one])]
        found = [torch.empty(0, self.reader.width)]
        for run in batching.runs([len(ids) for ids in read]):
            found += [states[-1:].float().cpu() for states in self.reader.read(read[run])]
        return torch.cat(found)

    def _read(
        self, title: str, sentences: Sequence[str]
    ) -> Iterator[tuple[list[Tensor], Sequence[Window], Sequence[Sequence[int]]]]:
        """Some windows at once: states, windows, and for all sentences where their words end."""
        lines = list(map(_as_line, sentences))
        found = [self.tokenizer.encode(line, add_special_tokens=False) for line in lines]
        ends = [last_tokens(line, one.offsets) for line, one in zip(lines, found, strict=True)]
        opening = token_ids(self.tokenizer, _opening(title))
        read = windows(opening, [one.ids for one in found])
        for run in batching.runs([len(window.ids) for window in read]):
            some = read[run]
            yield self.reader.read([window.ids for window in some]), some, ends


def _opening(title: str) -> str:
    return f"Title: {on_one_line(title)}\n"


def _as_line(sentence: str) -> str:
    return f"{on_one_line(sentence)}\n"


def load(
    part: Part,
    source: Source,
    probe: Part | None = None,
    *,
    cache: Path | None = None,
    precision: Precision = "auto",
) -> SentenceTagger:
    """Load a tagger on its base weights, with the probe of its states; converts GGUF once.

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
    head = _head(tensors, reader.width)
    return SentenceTagger(part, reader, head, tokenizer, _probe(probe, part) if probe else None)


def _probe(part: Part, tagger: Part) -> WordProbe:
    part.check_of(tagger)
    weights = torch.from_numpy(packed.read(part.path)[ACTING])
    return WordProbe(weights, part.settings["bias"], part)


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
