"""Any causal or encoder-decoder model on torch, on the CPU or a CUDA GPU: the reference engine.

The only engine that runs every model of the hub. Knows nothing of articles or briefs.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import torch
import transformers
from jinja2 import TemplateError
from llguidance import LLTokenizer
from llguidance.hf import from_tokenizer
from transformers import (
    AutoConfig,
    AutoModelForCausalLM,
    AutoModelForSeq2SeqLM,
    AutoTokenizer,
    GenerationConfig,
    LogitsProcessorList,
    StoppingCriteriaList,
)

from briefer.errors import EngineUnavailable, GenerationFailed
from briefer.models import convert, processor, searches, wording
from briefer.models.base import Completion, ModelCard, Prompt, StopReason
from briefer.models.batching import batches, padded
from briefer.models.constraint import SchemaMask
from briefer.models.reader import Precision, dtype_of
from briefer.models.sources import Source
from briefer.models.steps import Bounds, Sureness

Device = Literal["auto", "cpu", "cuda"]


class TransformersEngine:
    """A model on torch. Obeys the ``Engine`` and ``Proposer`` protocols."""

    def __init__(self, model: Any, tokenizer: Any, card: ModelCard) -> None:
        self._model: Any = model
        self._tokenizer = tokenizer
        self._card = card
        self._defuse = wording.defuser(tokenizer.all_special_tokens)
        self._n_context = getattr(model.config, "max_position_embeddings", None)
        self._searches = searches.of(model.generation_config, tokenizer)
        # A model's own settings (repetition penalty, sampling, beams) would fill in whatever ours
        # leave open.
        model.generation_config = self._searches.greedy(1)

    @property
    def card(self) -> ModelCard:
        """Which weights run on which engine."""
        return self._card

    @property
    def is_closed(self) -> bool:
        """Whether the weights were freed."""
        return self._model is None

    def generate(self, prompts: Sequence[Prompt]) -> list[Completion]:
        """Complete all prompts greedily, answers in their order.

        Raises:
            GenerationFailed: a prompt is too long for the model, or torch failed.
        """
        rows = self._fitting(prompts)
        written: dict[int, Completion] = {}
        for batch in batches([len(ids) for ids in rows]):
            completions = self._complete([prompts[i] for i in batch], [rows[i] for i in batch])
            written |= dict(zip(batch, completions, strict=True))
        return [written[number] for number in range(len(prompts))]

    def propose(self, prompts: Sequence[Prompt], n: int) -> list[tuple[Completion, ...]]:
        """For each prompt the likeliest of the texts that ``n`` beams find, likeliest first.

        Raises:
            GenerationFailed: a prompt is too long for the model, or torch failed.
        """
        rows = self._fitting(prompts)
        found: dict[int, tuple[Completion, ...]] = {}
        for batch in batches([n * len(ids) for ids in rows]):
            proposed = self._search([prompts[i] for i in batch], [rows[i] for i in batch], n)
            found |= dict(zip(batch, proposed, strict=True))
        return [found[number] for number in range(len(prompts))]

    def count_tokens(self, text: str) -> int:
        """How many tokens the text is, without special tokens."""
        return len(self._encoded(text))

    def close(self) -> None:
        """Free the weights."""
        self._model = None
        if torch.cuda.is_available():
            torch.cuda.empty_cache()

    def _complete(
        self, prompts: Sequence[Prompt], rows: Sequence[Sequence[int]]
    ) -> list[Completion]:
        limits = [prompt.max_new_tokens for prompt in prompts]
        bounds = Bounds(self._tokenizer, prompts, self._n_before(rows))
        sureness = Sureness()
        masks = LogitsProcessorList([*self._masks(prompts), sureness])
        sequences = self._run(rows, self._searches.greedy(max(limits)), bounds, masks).sequences
        return [
            self._completion(prompt, len(ids), sequence.tolist(), sureness.of(row))
            for row, (prompt, ids, sequence) in enumerate(
                zip(prompts, rows, sequences[:, bounds.n_before :], strict=True)
            )
        ]

    def _search(
        self, prompts: Sequence[Prompt], rows: Sequence[Sequence[int]], n: int
    ) -> list[tuple[Completion, ...]]:
        bounds = Bounds(self._tokenizer, prompts, self._n_before(rows))
        config = self._searches.beams(max(prompt.max_new_tokens for prompt in prompts), n)
        found = self._run(rows, config, bounds)
        sequences = found.sequences[:, bounds.n_before :].tolist()  # n rows a prompt
        likelihoods = found.sequences_scores.tolist()
        proposed = []
        for number, (prompt, ids) in enumerate(zip(prompts, rows, strict=True)):
            own = range(number * n, (number + 1) * n)
            texts = (
                self._completion(prompt, len(ids), sequences[row], [likelihoods[row]])
                for row in own
            )
            proposed.append(wording.distinct(texts))
        return proposed

    def _run(
        self,
        rows: Sequence[Sequence[int]],
        config: GenerationConfig,
        bounds: Bounds | None = None,
        masks: LogitsProcessorList | None = None,
    ) -> Any:
        ids, mask = padded(rows, self._searches.pad, "right" if self._is_translating else "left")
        device = self._model.device
        try:
            with torch.inference_mode():
                return self._model.generate(
                    input_ids=ids.to(device),
                    attention_mask=mask.to(device),
                    generation_config=config,
                    logits_processor=masks,
                    stopping_criteria=StoppingCriteriaList([bounds] if bounds else []),
                )
        except (RuntimeError, ValueError, IndexError) as error:
            raise GenerationFailed(f"{self._card.model} failed on torch: {error}") from error

    def _fitting(self, prompts: Sequence[Prompt]) -> list[list[int]]:
        """The prompts as the model reads them, with room for what is to be written."""
        if self._model is None:
            raise GenerationFailed("This model was closed; load it again.")
        rows = [self._ids(prompt) for prompt in prompts]
        for prompt, ids in zip(prompts, rows, strict=True):
            wording.require_room(
                len(ids) + prompt.max_new_tokens, self._n_context, self._card.model
            )
        return rows

    def _completion(
        self, prompt: Prompt, n_read: int, ids: list[int], sureness: list[float]
    ) -> Completion:
        """``sureness``: the log-likelihood of each token, or of all of them as the only entry."""
        ids = ids[: prompt.max_new_tokens]
        end = next((place for place, token in enumerate(ids) if token in self._searches.ends), None)
        kept = ids[:end]
        text, was_stopped = wording.before_stop(self._decoded(kept), prompt.stop)
        reason: StopReason = "length" if end is None and not was_stopped else "end"
        n_written = len(kept) + (end is not None)
        return Completion(text, n_read, len(kept), reason, sum(sureness[:n_written]))

    def _ids(self, prompt: Prompt) -> list[int]:
        """The prompt as the model reads it."""
        asked = wording.defused(prompt, self._defuse)
        if prompt.form == "chat" and self._tokenizer.chat_template:
            return self._encoded(self._templated(asked))
        return self._encoded(wording.untemplated(asked), special="added")

    def _templated(self, prompt: Prompt) -> str:
        try:
            return self._template(wording.turns(prompt))
        except TemplateError:  # such as Gemma's, that raises at a system turn
            return self._template(wording.one_turn(prompt))

    def _template(self, turns: wording.Turns) -> str:
        templated: str = self._tokenizer.apply_chat_template(
            turns, tokenize=False, add_generation_prompt=True, **wording.TEMPLATE_WORDS
        )
        return templated

    def _encoded(self, text: str, special: wording.Special = "none") -> list[int]:
        ids: list[int] = self._tokenizer(text, add_special_tokens=special == "added")["input_ids"]
        return ids

    def _decoded(self, ids: Sequence[int]) -> str:
        text: str = self._tokenizer.decode(
            ids, skip_special_tokens=True, clean_up_tokenization_spaces=False
        )
        return text

    def _n_before(self, rows: Sequence[Sequence[int]]) -> int:
        """How many tokens of a generated sequence were there before: the prompt, or a start."""
        return 1 if self._is_translating else max(map(len, rows))

    @property
    def _is_translating(self) -> bool:
        return bool(self._model.config.is_encoder_decoder)

    def _masks(self, prompts: Sequence[Prompt]) -> LogitsProcessorList:
        schemas = [prompt.schema for prompt in prompts]
        if not any(schemas):
            return LogitsProcessorList()
        n_vocabulary = self._model.get_output_embeddings().weight.shape[0]
        return LogitsProcessorList([SchemaMask(self._grammar_tokens, schemas, n_vocabulary)])

    @cached_property
    def _grammar_tokens(self) -> LLTokenizer:
        # Made on use: 2.6 s for a vocabulary of 151,936.
        n_vocabulary = self._model.get_output_embeddings().weight.shape[0]
        try:
            return from_tokenizer(
                self._tokenizer, n_vocab=n_vocabulary, eos_token=list(self._searches.ends)
            )
        except ValueError as error:
            raise GenerationFailed(
                f"{self._card.model} cannot be bound to a JSON Schema: {error}."
            ) from error


def load(
    source: Source,
    *,
    cache: Path | None = None,
    device: Device = "auto",
    precision: Precision = "auto",
) -> TransformersEngine:
    """Load the weights; a GGUF file is converted first, once.

    Raises:
        EngineUnavailable: transformers cannot load them.
        WeightsError: the GGUF file cannot be converted.
    """
    quiet: Any = transformers.utils.logging
    quiet.set_verbosity_error()
    quiet.disable_progress_bar()
    torch.set_num_threads(processor.owned_cores())
    place = "cuda" if device == "auto" and torch.cuda.is_available() else device
    place = "cpu" if place == "auto" else place
    folder = convert.checkpoint(source, cache=cache)
    try:
        config = AutoConfig.from_pretrained(folder, local_files_only=True)
        build = AutoModelForSeq2SeqLM if config.is_encoder_decoder else AutoModelForCausalLM
        model: Any = build.from_pretrained(
            folder, dtype=dtype_of(precision, place), local_files_only=True
        )
        tokenizer = AutoTokenizer.from_pretrained(
            convert.tokenizer(source, cache=cache), local_files_only=True
        )
    except (OSError, ValueError, KeyError, ImportError) as error:
        raise EngineUnavailable(
            f"transformers cannot load {source.name}: {error}. "
            "Its folder must hold a causal or encoder-decoder model that transformers knows."
        ) from error
    return TransformersEngine(model.to(place).eval(), tokenizer, source.card("transformers"))
