"""What a tagger sees of one line: whether it opposes something.

The tagger was taught which sentences of an article dissent. A line that it reads as if it were the
only sentence leaves the same trace, and a linear probe on its state tells views from lines that
explain, hope or report (figures: ``docs/decisions/stance.md``). Knows nothing of articles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from briefer.models import packed
from briefer.models.base import Prompt
from briefer.models.reader import Probe
from briefer.models.tagger import SentenceTagger
from briefer.models.trained import Part

OPPOSES = "opposes"
"""The name of the probe, and of its weights in its file."""


@dataclass(frozen=True)
class StanceProber:
    """Obeys the ``Prober`` protocol, for lines that stand alone.

    It reads with the tagger's model, so the two are not safe for two threads at once either.
    """

    part: Part
    tagger: SentenceTagger
    opposes: Probe

    @property
    def sha256(self) -> str:
        """The SHA-256 of the probe's file; it belongs to one tagger."""
        return self.part.sha256

    def probe(
        self, prompts: Sequence[Prompt], answers: Sequence[str], names: Sequence[str]
    ) -> list[tuple[float, ...]]:
        """For each line the natural log-odds that it opposes something.

        Raises:
            ValueError: something else is asked, or a line does not stand alone.
        """
        if list(names) != [OPPOSES]:
            raise ValueError(f"{self.part.name} tells {OPPOSES!r} only, not {list(names)}.")
        if any(prompt.instruction or prompt.text for prompt in prompts):
            raise ValueError(f"{self.part.name} reads lines alone, without a prompt before them.")
        return [
            (odds,) for odds in self.opposes.log_odds(self.tagger.line_states(answers)).tolist()
        ]


def load(part: Part, tagger: SentenceTagger) -> StanceProber:
    """The shipped probe of that tagger's states.

    Raises:
        WeightsError: the part is damaged, or was fitted on what another tagger sees.
    """
    part.check_of(tagger.part)
    weights = torch.from_numpy(packed.read(part.path)[OPPOSES])
    return StanceProber(part, tagger, Probe(weights, part.settings["bias"]))
