"""A language model that is none: deterministic, instant, for tests and demos of the interface.

For a condensing prompt it gives the first sentence of the passage, shortened: a line that is true
of the article and plainly not written. Knows nothing of files or weights.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from briefer.errors import GenerationFailed
from briefer.models.base import Completion, ModelCard, Prompt, StopReason
from briefer.models.wording import before_stop

_TOKEN = re.compile(r"\w+|[^\w\s]")
# The labels of the material in prompts/*.jinja; the last such line holds the passage.
_MATERIAL = re.compile(r"^(?:Passage|Text|Article): *(\S.*)$", re.MULTILINE)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)]*(?=\s|$)")
_MAX_WORDS = 25  # what prompts/condense.v1.jinja asks for

_NEUTRAL: Mapping[str, Any] = {
    "integer": 0,
    "number": 0,
    "boolean": False,
    "null": None,
}


@dataclass
class FakeEngine:
    """Obeys the ``Engine`` protocol without a model.

    ``answers`` maps a stretch of text to the answer for every prompt that holds it; a prompt that
    holds ``fails_on`` breaks the batch; ``cut_after`` bounds every answer to so many tokens, as a
    small ``max_new_tokens`` does.
    """

    answers: Mapping[str, str] = field(default_factory=dict)
    fails_on: str | None = None
    cut_after: int | None = None
    is_closed: bool = field(default=False, init=False)

    @property
    def card(self) -> ModelCard:
        """No weights: nothing but the names."""
        return ModelCard(model="fake", revision=None, weights_sha256=None, engine="fake")

    def generate(self, prompts: Sequence[Prompt]) -> list[Completion]:
        """Answer each prompt from the table, else by its schema, else by its passage."""
        for prompt in prompts:
            self._refuse(prompt)
        return [self._complete(prompt) for prompt in prompts]

    def count_tokens(self, text: str) -> int:
        """Words and punctuation marks."""
        return len(_TOKEN.findall(text))

    def close(self) -> None:
        """Refuse further work, as an engine without weights does."""
        self.is_closed = True

    def _refuse(self, prompt: Prompt) -> None:
        if self.is_closed:
            raise GenerationFailed("The fake engine is closed; load it again.")
        if self.fails_on is not None and self.fails_on in prompt.text:
            raise GenerationFailed(f"The fake engine was told to fail on {self.fails_on!r}.")

    def _complete(self, prompt: Prompt) -> Completion:
        limit = min(prompt.max_new_tokens, self.cut_after or prompt.max_new_tokens)
        text, _ = before_stop(self._answer(prompt), prompt.stop)
        places = [token.end() for token in _TOKEN.finditer(text)]
        reason: StopReason = "end"
        if len(places) > limit:
            text, reason = text[: places[limit - 1]], "length"
        n_read = self.count_tokens(prompt.instruction) + self.count_tokens(prompt.text)
        return Completion(text, n_read, min(len(places), limit), reason)

    def _answer(self, prompt: Prompt) -> str:
        whole = prompt.instruction + prompt.text
        listed = next((answer for held, answer in self.answers.items() if held in whole), None)
        if listed is not None:
            return listed
        if prompt.schema is not None:
            # Compact, as the real engines write it.
            return json.dumps(
                _instance(prompt.schema, _material(prompt.text)),
                ensure_ascii=False,
                separators=(",", ":"),
            )
        return _shortened(_material(prompt.text))


def _material(text: str) -> str:
    found = _MATERIAL.findall(text)
    return found[-1] if found else text.strip()


def _shortened(passage: str) -> str:
    """The first sentence, at most 25 words of it."""
    end = _SENTENCE_END.search(passage)
    words = passage[: end.end() if end else None].split()
    kept = " ".join(words[:_MAX_WORDS])
    return kept if len(words) <= _MAX_WORDS else kept.rstrip(",;:") + "."


def _instance(schema: Mapping[str, Any], words: str) -> Any:
    """A small value that obeys the schema (a subset: no references, no patterns)."""
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema:
        return _instance(schema["anyOf"][0], words)
    kind = schema.get("type", "object")
    if kind == "object":
        return {name: _instance(part, words) for name, part in schema.get("properties", {}).items()}
    if kind == "array":
        n_items = max(schema.get("minItems", 1), 1)
        return [_instance(schema.get("items", {}), words) for _ in range(n_items)]
    if kind == "string":
        return _shortened(words)[: schema.get("maxLength", 80)]
    return max(_NEUTRAL[kind], schema["minimum"]) if "minimum" in schema else _NEUTRAL[kind]
