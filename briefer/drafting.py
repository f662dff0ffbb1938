"""Chosen passages become candidate lines; the only module that lets the model write.

All passages of an article (of several, with ``draft_many``) go to the engine as one batch behind
one short instruction. Nothing here is checked: what comes out is a ``Draft``.
Knows nothing of evidence, checks or what a reader sees.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from briefer import prompts
from briefer.models.base import Completion, Engine, Prompt
from briefer.schema import CleanArticle, Draft, DraftLine, Passage

# The experts' lines have 16.7 words on average and 25 at most (train-briefs): 24 tokens at the
# 95th percentile with Qwen's tokenizer, twice that for other tokenizers and names.
_MAX_NEW_TOKENS = 48


@dataclass(frozen=True, slots=True)
class Condenser:
    """Which version of the condenser's prompt is asked, and in which form."""

    version: str
    form: Literal["chat", "plain"]


UNTRAINED = Condenser("v1", "chat")
TRAINED = Condenser("v2", "plain")


def draft(
    article: CleanArticle,
    passages: Sequence[Passage],
    engine: Engine,
    condenser: Condenser = UNTRAINED,
) -> Draft:
    """The candidates of each passage, in the order of the passages."""
    (only,) = draft_many([(article, passages)], engine, condenser)
    return only


def draft_many(
    chosen: Sequence[tuple[CleanArticle, Sequence[Passage]]],
    engine: Engine,
    condenser: Condenser = UNTRAINED,
) -> list[Draft]:
    """One ``Draft`` an article, in order; all their passages are one batch of the engine."""
    asked = [
        _prompt(article, passage, condenser) for article, passages in chosen for passage in passages
    ]
    answers = iter(engine.generate([prompt for prompt, _ in asked]) if asked else [])
    labels = dict(label for _, label in asked)
    drafts = []
    for article, passages in chosen:
        answered = [next(answers) for _ in passages]
        drafts.append(
            Draft(
                candidates=tuple(
                    _candidates(article, passage, answer)
                    for passage, answer in zip(passages, answered, strict=True)
                ),
                n_prompt_tokens=sum(answer.n_prompt_tokens for answer in answered),
                n_output_tokens=sum(answer.n_output_tokens for answer in answered),
                prompts=labels,
            )
        )
    return drafts


def prompts_of(condenser: Condenser) -> Mapping[str, str]:
    """The prompts that drafting may send: ``name@version`` -> SHA-256 of the file."""
    label, sha256 = prompts.identify("condense", condenser.version)
    return {label: sha256}


def _prompt(
    article: CleanArticle, passage: Passage, condenser: Condenser
) -> tuple[Prompt, tuple[str, str]]:
    rendered = prompts.render("condense", condenser.version, **_variables(article, passage))
    prompt = Prompt(
        text=rendered.text,
        instruction=rendered.instruction,
        form=condenser.form,
        max_new_tokens=_MAX_NEW_TOKENS,
        stop=("\n",),
    )
    return prompt, (rendered.label, rendered.sha256)


def _variables(article: CleanArticle, passage: Passage) -> Mapping[str, object]:
    first = passage.sentences[0]
    return {
        "kind": passage.kind,
        "title": article.title or "",
        "before": article.sentences[first - 1].text if first else "",
        "passage": passage_text(article, passage.sentences),
        "speaker": passage.speaker,
        "parties": list(passage.parties),
    }


def passage_text(article: CleanArticle, sentences: Sequence[int]) -> str:
    """The sentences joined by a space, by `` … `` where others stand between them."""
    parts = [article.sentences[sentences[0]].text]
    for before, number in pairwise(sentences):
        parts.append(" " if number == before + 1 else " … ")
        parts.append(article.sentences[number].text)
    return "".join(parts)


def _candidates(
    article: CleanArticle, passage: Passage, answer: Completion
) -> tuple[DraftLine, ...]:
    condensed = DraftLine(passage, _tidy(answer.text), "model", answer.stop_reason == "length")
    whole = DraftLine(passage, article.sentences[passage.sentences[0]].text, "sentence")
    return (condensed, whole)


def _tidy(text: str) -> str:
    return " ".join(text.split())
