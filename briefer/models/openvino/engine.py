"""A built model that writes: prompts of one call run as one continuous batch.

The key/value cache of a beginning that they share is computed once. Knows nothing of files.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import openvino  # type: ignore[import-untyped]
import openvino_genai as genai  # type: ignore[import-untyped]

from briefer.errors import GenerationFailed
from briefer.models import convert, grammar, wording
from briefer.models.base import Completion, ModelCard, Prompt, StopReason
from briefer.models.openvino.beginnings import Beginnings

# OpenVINO's tokenizer cuts what is longer than 8,192 tokens, silently, whatever it is told; a
# character has at most four tokens.
_PIECE_CHARS = 2000
# Stop strings are looked for by a decoder in the sampler's threads, which once in some thousand
# prompts waits for ever (2026.4, two cores). A line break can be told by its tokens instead.
_LINE_BREAK = "\n"
_N_BLOCKS = 800  # of the 1,125 that OpenVINO's cache has room for in the 1.5B

Vocabulary = Mapping[bytes, int]
"""Tokens as bytes: one may hold half a character."""


class OpenVinoEngine:
    """A model on OpenVINO GenAI. Obeys the ``Engine`` and ``Proposer`` protocols."""

    def __init__(self, pipeline: Any, head: convert.Head, card: ModelCard) -> None:
        self._pipeline: Any = pipeline
        self._tokenizer = pipeline.get_tokenizer()
        self._card = card
        self._defuse = wording.defuser(head.specials)
        self._n_context = head.n_context
        spelled = self._tokenizer.get_vocab()
        self._ends = self._end_ids(spelled)
        self._breaks = _break_ids(spelled)
        self._beginnings = Beginnings(_N_BLOCKS)

    @property
    def card(self) -> ModelCard:
        """Which weights run on which engine."""
        return self._card

    @property
    def is_closed(self) -> bool:
        """Whether the weights were freed."""
        return self._pipeline is None

    def generate(self, prompts: Sequence[Prompt]) -> list[Completion]:
        """Complete all prompts greedily as one continuous batch, answers in their order.

        Raises:
            GenerationFailed: OpenVINO failed, or a prompt does not fit into its cache.
        """
        read = self._fitting(prompts)
        written = self._run(read, [self._config(prompt) for prompt in prompts])
        return [
            self._completion(prompt, ids, answer)
            for prompt, ids, answer in zip(prompts, read, written, strict=True)
        ]

    def propose(self, prompts: Sequence[Prompt], n: int) -> list[tuple[Completion, ...]]:
        """For each prompt the likeliest of the texts that ``n`` beams find, likeliest first.

        Raises:
            GenerationFailed: OpenVINO failed, or a prompt does not fit into its cache.
        """
        read = self._fitting(prompts)
        written = self._run(read, [self._beams(prompt, n) for prompt in prompts])
        return [
            wording.distinct(
                self._completion(prompt, ids, answer, place)
                for place in range(len(answer.m_generation_ids))
            )
            for prompt, ids, answer in zip(prompts, read, written, strict=True)
        ]

    def count_tokens(self, text: str) -> int:
        """How many tokens the text is, without special tokens."""
        return int(self._encoded(text).shape[1])

    def close(self) -> None:
        """Free the weights."""
        self._pipeline = self._tokenizer = None

    def _run(self, read: Sequence[Any], configs: Sequence[Any]) -> list[Any]:
        if self._pipeline is None:
            raise GenerationFailed("This model was closed; load it again.")
        if not read:
            return []
        try:
            self._read_ahead(read)
            answers: list[Any] = self._pipeline.generate(list(read), list(configs))
        except RuntimeError as error:
            raise GenerationFailed(f"{self._card.model} failed on OpenVINO: {error}") from error
        return answers

    def _read_ahead(self, read: Sequence[Any]) -> None:
        """Read what several prompts begin with, so that it is in the cache when they start."""
        config = genai.GenerationConfig()
        config.max_new_tokens = 1
        for wave in self._beginnings.ahead([tuple(ids.data[0].tolist()) for ids in read]):
            tensors = [openvino.Tensor(np.array([row])) for row in wave]
            self._pipeline.generate(tensors, [config] * len(wave))

    def _fitting(self, prompts: Sequence[Prompt]) -> list[Any]:
        """The prompts as the model reads them, each (1, T), with room for what is to be written."""
        read = [self._ids(prompt) for prompt in prompts]
        for prompt, ids in zip(prompts, read, strict=True):
            n_tokens = ids.shape[1] + prompt.max_new_tokens
            wording.require_room(n_tokens, self._n_context, self._card.model)
        return read

    def _beams(self, prompt: Prompt, n: int) -> Any:
        config = self._config(prompt)
        config.num_beams = config.num_return_sequences = n
        config.length_penalty = 0.0  # the sum of the tokens' likelihoods, not a mean
        # With beams 2026.4 fails on stop strings ("Cannot remove more tokens than has been
        # generated"); what follows one is cut off behind.
        config.stop_strings = set()
        return config

    def _config(self, prompt: Prompt) -> Any:
        # A new object, not the model's own settings: nothing but what is set here applies.
        config = genai.GenerationConfig()
        config.max_new_tokens = prompt.max_new_tokens
        config.do_sample = False
        config.logprobs = 1
        config.stop_strings = set(prompt.stop) - {_LINE_BREAK}
        breaks = self._breaks if _LINE_BREAK in prompt.stop else frozenset()
        config.stop_token_ids = set(self._ends | breaks)
        # We send tokens; a text would be put into the chat template a second time.
        config.apply_chat_template = False
        if prompt.schema is not None:
            grammar.of_schema(prompt.schema)
            # White space between the parts stays free: its grammar offers no other way.
            schema = json.dumps(prompt.schema)
            config.structured_output_config = genai.StructuredOutputConfig(json_schema=schema)
        return config

    def _completion(self, prompt: Prompt, read: Any, answer: Any, place: int = 0) -> Completion:
        reason = answer.finish_reasons[place]
        if reason not in (genai.GenerationFinishReason.STOP, genai.GenerationFinishReason.LENGTH):
            raise GenerationFailed(
                f"{self._card.model} did not answer a prompt of {read.shape[1]} tokens: OpenVINO's "
                "cache has no room for it. Ask with a shorter text."
            )
        kept = [token for token in answer.m_generation_ids[place] if token not in self._ends]
        text, was_stopped = wording.before_stop(self._tokenizer.decode(kept), prompt.stop)
        is_full = reason == genai.GenerationFinishReason.LENGTH and not was_stopped
        stop_reason: StopReason = "length" if is_full else "end"
        return Completion(
            text, int(read.shape[1]), len(kept), stop_reason, float(answer.m_scores[place])
        )

    def _ids(self, prompt: Prompt) -> Any:
        """The prompt as the model reads it, (1, T)."""
        asked = wording.defused(prompt, self._defuse)
        if prompt.form == "chat" and self._tokenizer.chat_template:
            return self._encoded(self._templated(asked))
        return self._encoded(wording.untemplated(asked), special="added")

    def _templated(self, prompt: Prompt) -> str:
        try:
            return self._template(wording.turns(prompt))
        except RuntimeError:  # a template that raises at a system turn, such as Gemma's
            return self._template(wording.one_turn(prompt))

    def _template(self, turns: wording.Turns) -> str:
        templated: str = self._tokenizer.apply_chat_template(
            turns, add_generation_prompt=True, extra_context=wording.TEMPLATE_WORDS
        )
        return templated

    def _encoded(self, text: str, special: wording.Special = "none") -> Any:
        if self._tokenizer is None:
            raise GenerationFailed("This model was closed; load it again.")
        first, *rest = wording.pieces(text, _PIECE_CHARS)
        ids = [self._tokenizer.encode(first, add_special_tokens=special == "added").input_ids]
        ids += [self._tokenizer.encode(piece, add_special_tokens=False).input_ids for piece in rest]
        return openvino.Tensor(np.concatenate([tensor.data for tensor in ids], axis=1))

    def _end_ids(self, spelled: Vocabulary) -> frozenset[int]:
        known = {spelled[end] for end in map(str.encode, wording.ENDS) if end in spelled}
        return frozenset({*known, self._tokenizer.get_eos_token_id()})


def _break_ids(spelled: Vocabulary) -> frozenset[int]:
    """All tokens that hold a line break."""
    return frozenset(token for word, token in spelled.items() if _LINE_BREAK.encode() in word)
