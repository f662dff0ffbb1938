"""A GGUF model on OpenVINO GenAI: the quickest engine for CPUs that do 512-bit vectors.

Prompts of one call run as one continuous batch; the key/value cache of a beginning that they share
is computed once. Knows nothing of articles or briefs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from briefer.errors import EngineUnavailable, GenerationFailed
from briefer.models import convert, grammar, processor, wording
from briefer.models.base import Completion, ModelCard, Prompt, StopReason
from briefer.models.convert.gguf_file import GgufFile
from briefer.models.convert.made import made
from briefer.models.sources import Source

try:
    import openvino  # type: ignore[import-untyped]
    import openvino_genai as genai  # type: ignore[import-untyped]
except ImportError as error:  # an optional extra
    raise EngineUnavailable(
        "OpenVINO GenAI is not installed; install it with: pip install '.[cpu]' in the checkout"
    ) from error

# Its GGUF reader fails on Q5_0 ("gguf_tensor_to_f16 failed"), and does not list the others.
UNREADABLE = frozenset({"Q5_0", "Q5_1", "Q5_K", "Q2_K", "Q3_K", "IQ4_NL", "IQ4_XS"})
# These have a scale and an offset a block; the reader rounds the offset to a whole multiple of the
# scale, and so gets weights that are 8-9 % off (root mean square, 1.5B and 135M). Q4_0, Q6_K and
# Q8_0 come through to within 2e-4.
INEXACT = frozenset({"Q4_1", "Q4_K"})

ARCHITECTURES = frozenset({"llama", "qwen2", "qwen3"})
"""The GGUF architectures that OpenVINO GenAI 2026.4 builds."""

_KV_CACHE_GB = 1  # 36,000 tokens of the 1.5B with 8-bit keys and values
_IR_GROWTH = 4.0  # the built model and the rewritten file, against the one that was given
# OpenVINO's tokenizer cuts what is longer than 8,192 tokens, silently, whatever it is told; a
# character has at most four tokens.
_PIECE_CHARS = 2000
# Stop strings are looked for by a decoder in the sampler's threads, which once in some thousand
# prompts waits for ever (2026.4, two cores). A line break can be told by its tokens instead.
_LINE_BREAK = "\n"

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
            answers: list[Any] = self._pipeline.generate(list(read), list(configs))
        except RuntimeError as error:
            raise GenerationFailed(f"{self._card.model} failed on OpenVINO: {error}") from error
        return answers

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


def load(source: Source, *, cache: Path | None = None) -> OpenVinoEngine:
    """Build the model from its GGUF file, once, and load what was built.

    Raises:
        EngineUnavailable: no GGUF file, or one that OpenVINO GenAI cannot read.
        WeightsError: the disk has too little room.
    """
    if source.form != "gguf":
        raise EngineUnavailable(
            f"OpenVINO needs a GGUF file, {source.name} is a folder: use --engine transformers."
        )
    head = convert.head(source, cache=cache)
    if head.architecture not in ARCHITECTURES:
        raise EngineUnavailable(
            f"OpenVINO GenAI cannot build {head.architecture} from a GGUF file "
            f"(it knows {', '.join(sorted(ARCHITECTURES))}): use --engine transformers."
        )
    home = home_of(source, cache)
    n_bytes = int(source.path.stat().st_size * _IR_GROWTH)
    made(home, lambda folder: _write(source, folder), n_bytes=n_bytes)
    try:
        pipeline = _pipeline(home)
    except RuntimeError as error:
        raise _refusal(source.path, error) from error
    return OpenVinoEngine(pipeline, head, source.card("openvino"))


def home_of(source: Source, cache: Path | None = None) -> Path:
    """The folder in the cache for the model that this version builds of the source."""
    return convert.home_of(cache, "openvino", source.key, genai.__version__)


def _write(source: Source, folder: Path) -> None:
    """Write the built model into the folder, without the GGUF file on the way to it."""
    file = convert.written(source, folder, anew=UNREADABLE | INEXACT)
    build(file, folder)
    if file.parent == folder:
        file.unlink()


def build(gguf: Path, folder: Path) -> None:
    """Write model and tokenizer in OpenVINO's form: it saves them beside the file it reads.

    Raises:
        EngineUnavailable: OpenVINO GenAI cannot read the file; the message says what to do.
    """
    beside = folder / "model.gguf"
    beside.symlink_to(gguf.resolve())
    try:
        genai.Tokenizer(beside, enable_save_ov_model=True)
        _pipeline(beside, enable_save_ov_model=True)
    except (RuntimeError, IndexError) as error:  # an IndexError where the file's head lacks a key
        raise _refusal(gguf, error) from error
    beside.unlink()


def _pipeline(path: Path, **properties: object) -> Any:
    scheduler = genai.SchedulerConfig()
    scheduler.cache_size = _KV_CACHE_GB
    scheduler.enable_prefix_caching = True
    threads = processor.owned_cores()
    # No CACHE_DIR: loading the compiled blob of the 1.5B takes 6 s of CPU time and more memory,
    # compiling the built model 3.6 s.
    return genai.ContinuousBatchingPipeline(
        path, scheduler, "CPU", {"INFERENCE_NUM_THREADS": threads, **properties}
    )


def _refusal(gguf: Path, error: Exception) -> EngineUnavailable:
    types = GgufFile(gguf).types if gguf.suffix == ".gguf" else frozenset()
    if unreadable := sorted(UNREADABLE & types):
        return EngineUnavailable(
            f"{gguf.name} holds {', '.join(unreadable)} tensors, which OpenVINO GenAI cannot "
            "read. briefer.models.load rewrites them as Q8_0 on its own; for this file as it is "
            "use --engine transformers or llamacpp."
        )
    said = str(error).strip().splitlines()[-1]
    return EngineUnavailable(
        f"OpenVINO GenAI cannot load {gguf.name}: {said} Use --engine transformers or llamacpp."
    )
