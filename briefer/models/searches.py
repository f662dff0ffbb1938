"""How torch looks for an answer: the likeliest token each time or beams, and where answers end.

Knows nothing of prompts, weights or engines.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from transformers import GenerationConfig

from briefer.models import wording


@dataclass(frozen=True, slots=True)
class Searches:
    """The searches one model can be asked for. ``own`` are its own settings, as it was loaded.

    Only the tokens that the model must begin with are taken from ``own``: no sampling, no penalty.
    ``ends`` are the tokens that end an answer, ``pad`` fills the rows of a batch.
    """

    own: Any
    ends: tuple[int, ...]
    pad: int

    def greedy(self, n_new: int) -> GenerationConfig:
        """The likeliest token each time, at most ``n_new`` of them."""
        return GenerationConfig(  # type: ignore[no-untyped-call]
            max_new_tokens=n_new,
            do_sample=False,
            num_beams=1,
            eos_token_id=list(self.ends),
            pad_token_id=self.pad,
            bos_token_id=self.own.bos_token_id,
            decoder_start_token_id=self.own.decoder_start_token_id,
            forced_bos_token_id=self.own.forced_bos_token_id,
            return_dict_in_generate=True,
        )

    def beams(self, n_new: int, n: int) -> GenerationConfig:
        """All that ``n`` beams find, with the natural-log likelihood of each."""
        config = self.greedy(n_new)
        config.num_beams = config.num_return_sequences = n
        config.length_penalty = 0.0  # the sum of the tokens' likelihoods, not a mean
        config.output_scores = True
        return config


def of(own: Any, tokenizer: Any) -> Searches:
    """The searches of a model with these generation settings and this tokenizer."""
    ends = _end_ids(own, tokenizer)
    pad = tokenizer.pad_token_id if tokenizer.pad_token_id is not None else ends[0]
    return Searches(own, ends, pad)


def _end_ids(own: Any, tokenizer: Any) -> tuple[int, ...]:
    """The tokens that end an answer: what the model says, and what templates are known to use."""
    said = own.eos_token_id
    listed = said if isinstance(said, list) else [said]
    spelled = tokenizer.get_vocab()
    known = [spelled[end] for end in wording.ENDS if end in spelled]
    found = {token for token in (*listed, tokenizer.eos_token_id, *known) if token is not None}
    return tuple(sorted(found))
