"""What a condenser is sent for one passage, and what it says of a line of its own.

Knows nothing of which way to ask is taken, nor of the other wordings of a line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import expm1, log

from briefer import prompts, text
from briefer.drafting.condensers import Answer, Condenser
from briefer.drafting.context import opening, sentences_before
from briefer.models.base import Completion, Engine, Prober, Prompt
from briefer.schema import CleanArticle, Passage, PassageKind

# The experts' lines have at most 25 words (train-briefs), 24 tokens at the 95th percentile with
# Qwen's tokenizer; twice that for other tokenizers, names and a model that goes on.
_MAX_NEW_TOKENS = 48
# What models put before the line itself.
_PREAMBLE = re.compile(
    r"^(?:- |(?:headline|summary|answer): |(?:the|this) (?:passage|article|text) "
    r"(?:states|says|reports|notes|mentions) that )",
    re.IGNORECASE,
)
_HOLDS = "yes"
# What a second model's states tell of a line.
_PROBES = ("stands", "holds")
READ_WITH = "v3"
"""The version of the prompt that a second model reads a line after.

It has not the article's first sentences, which made the tokens twice as many and told no more.
"""
# Facts less likely than this to be key ones are hardly ever told: unread, of 497 key facts 359 are
# covered instead of 357, as many known wrong ones are told, and a quarter of the seconds is saved.
_LIKELY = 0.2
# How a trained condenser says that the passage does not carry what was asked for.
_REFUSALS = frozenset({"none", "none.", "n/a", "no."})


@dataclass(frozen=True, slots=True)
class Asking:
    """One way to ask for the line of a passage: as which kind, in its own words or in these."""

    article: CleanArticle
    passage: Passage
    kind: PassageKind
    words: str | None = None

    def prompt(self, condenser: Condenser) -> Prompt:
        """The prompt that asks for the line."""
        return self._prompt(condenser, None, _MAX_NEW_TOKENS)

    def question(self, condenser: Condenser, line: str) -> Prompt:
        """The prompt that asks whether the line holds; it begins as the other does."""
        return self._prompt(condenser, line, 1)

    def _prompt(self, condenser: Condenser, line: str | None, max_new_tokens: int) -> Prompt:
        article, passage = self.article, self.passage
        before = [sentence.text for sentence in article.sentences[: passage.sentences[0]]]
        rendered = prompts.render(
            "condense",
            condenser.version,
            kind=self.kind,
            title=article.title or "",
            before=before[-1] if before else "",
            start=opening(before, len(before)),
            context=sentences_before(before, len(before)),
            passage=self.words or passage_text(article, passage.sentences),
            speaker=passage.speaker,
            parties=list(passage.parties),
            line=line,
        )
        return Prompt(
            text=rendered.text,
            instruction=rendered.instruction,
            form=condenser.form,
            max_new_tokens=max_new_tokens,
            stop=("\n",),
        )


def generated(engine: Engine, asked: Sequence[Prompt]) -> list[Completion]:
    """What the engine writes for each prompt, which is sent once; it is not called for none."""
    sent = list(dict.fromkeys(asked))
    written = dict(zip(sent, engine.generate(sent), strict=True)) if sent else {}
    return [written[prompt] for prompt in asked]


def asked_about(
    ways: Sequence[Asking],
    found: Sequence[Completion],
    engine: Engine,
    condenser: Condenser,
    prober: Prober | None = None,
) -> list[Answer]:
    """The answers with what the model says of each line when it is asked whether it holds.

    And with what a second model tells of each. Nothing is asked where nobody knows what to make
    of the answer, or the engine tells no likelihoods.
    """
    answers = [Answer(one) for one in found]
    lines = {
        number: line
        for number, (way, one) in enumerate(zip(ways, found, strict=True))
        if condenser.asks_about(way.passage.kind)
        and one.log_likelihood is not None
        and (line := condensed(one.text))
    }
    questions = [ways[number].question(condenser, line) for number, line in lines.items()]
    for number, said in zip(lines, generated(engine, questions), strict=True):
        answers[number] = Answer(with_tokens(found[number], said), _log_odds(said))
    return answers if prober is None else _probed(ways, answers, condenser, prober)


def _probed(
    ways: Sequence[Asking], answers: Sequence[Answer], condenser: Condenser, prober: Prober
) -> list[Answer]:
    """The answers, those of which it matters with what a second model makes of them."""
    read = list(answers)
    worth = [
        number
        for number, (way, answer) in enumerate(zip(ways, answers, strict=True))
        if answer.log_odds is not None
        and (way.passage.kind == "headline" or way.passage.score >= _LIKELY)
        and condenser.is_worth_reading(answer, way.passage.kind)
    ]
    asked = replace(condenser, version=READ_WITH)
    sent = [ways[number].prompt(asked) for number in worth]
    lines = [answers[number].completion.text for number in worth]
    for number, odds in zip(worth, prober.probe(sent, lines, _PROBES), strict=True):
        read[number] = replace(answers[number], probed=dict(zip(_PROBES, odds, strict=True)))
    return read


def _log_odds(said: Completion) -> float | None:
    """How much likelier "yes" is than "no"; without a likelihood there is no telling."""
    if said.log_likelihood is None or said.log_likelihood >= 0:
        return None
    sure = said.log_likelihood - log(-expm1(said.log_likelihood))
    return sure if said.text.strip() == _HOLDS else -sure


def with_tokens(answer: Completion, other: Completion) -> Completion:
    """The answer, with the tokens of another one too."""
    return replace(
        answer,
        n_prompt_tokens=answer.n_prompt_tokens + other.n_prompt_tokens,
        n_output_tokens=answer.n_output_tokens + other.n_output_tokens,
    )


def passage_text(article: CleanArticle, sentences: Sequence[int]) -> str:
    """The sentences joined by a space, by `` … `` where others stand between them."""
    parts = [article.sentences[sentences[0]].text]
    for before, number in pairwise(sentences):
        parts.append(" " if number == before + 1 else " … ")
        parts.append(article.sentences[number].text)
    return "".join(parts)


def condensed(answer: str) -> str:
    """The model's line, empty where it refused."""
    line = _PREAMBLE.sub("", " ".join(answer.split()))
    return "" if line.casefold() in _REFUSALS else text.capitalised(line)
