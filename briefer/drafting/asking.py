"""What the condenser is asked for each passage, and what it answers.

All passages are one batch; what was refused or is doubtful is asked for once more in other words,
in a second batch. Nothing here is checked. Knows nothing of the other wordings of a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from briefer import prompts, text
from briefer.drafting import composing, trimming
from briefer.drafting.condensers import Condenser, mean_log_likelihood
from briefer.models.base import Completion, Engine, Prompt
from briefer.schema import CleanArticle, Passage, PassageKind, Statement

# The experts' lines have at most 25 words (train-briefs), 24 tokens at the 95th percentile with
# Qwen's tokenizer; twice that for other tokenizers, names and a model that goes on.
_MAX_NEW_TOKENS = 48
# What models put before the line itself.
_PREAMBLE = re.compile(
    r"^(?:- |(?:headline|summary|answer): |(?:the|this) (?:passage|article|text) "
    r"(?:states|says|reports|notes|mentions) that )",
    re.IGNORECASE,
)
# On val the trained condenser refuses 9 of 38 views of gold with these odds, and 5 that are none.
INSISTS = 0.6
_REFUSALS = frozenset({"none", "none.", "n/a", "no."})
"""How a trained condenser says that the passage does not carry what was asked for."""


@dataclass(frozen=True, slots=True)
class Request:
    """An article with the passages that are to become lines."""

    article: CleanArticle
    passages: tuple[Passage, ...]
    statements: tuple[Statement, ...] = ()


def answers(
    asked: Sequence[tuple[Request, Passage]], engine: Engine, condenser: Condenser
) -> Iterator[Completion]:
    """What the model writes for each passage, the better of two answers where it was asked twice.

    Tokens are those of both.
    """
    first = [_first_prompt(request.article, passage, condenser) for request, passage in asked]
    found = _generate(engine, first)
    again: dict[int, Prompt] = {}
    for number, (request, passage) in enumerate(asked):
        second = _second_prompt(request, passage, found[number], condenser)
        if second is not None and second != first[number]:
            again[number] = second
    for number, answer in zip(again, _generate(engine, list(again.values())), strict=True):
        found[number] = _better(asked[number][1], found[number], answer)
    return iter(found)


def _generate(engine: Engine, asked: Sequence[Prompt]) -> list[Completion]:
    return list(engine.generate(asked)) if asked else []


def _first_prompt(article: CleanArticle, passage: Passage, condenser: Condenser) -> Prompt:
    return _prompt(article, passage, condenser, _first_asked(passage))


def _first_asked(passage: Passage) -> PassageKind:
    """The neutral question for a headline, and for a view whose holder the line must name.

    Asked for a headline the trained 1.5B makes things up in one of seven, asked for the fact in
    the lead in one of thirty (val, read beside the articles).
    """
    is_open = passage.kind == "dissent" and passage.speaker is None
    return "fact" if is_open or passage.kind == "headline" else passage.kind


def _second_prompt(
    request: Request, passage: Passage, answer: Completion, condenser: Condenser
) -> Prompt | None:
    """A sure view that fails is asked for as a fact, a doubtful fact from its one main sentence."""
    is_doubtful = condenser.doubts(answer, passage.kind)
    line = condensed(answer.text)
    if passage.kind == "dissent":
        is_sure = passage.score >= INSISTS and (not line or is_doubtful)
        if is_sure and composing.compose(request.article, passage, request.statements) is None:
            return _prompt(request.article, passage, condenser, "fact")
    elif passage.kind != "agreement" and line and is_doubtful and not passage.in_reserve:
        main = replace(passage, sentences=(main_sentence(request.article, passage),))
        words = trimmed(request, passage)
        return _prompt(request.article, main, condenser, "fact", words)
    return None


def _better(passage: Passage, first: Completion, second: Completion) -> Completion:
    """The second answer to a view, the likelier one to a fact; with the tokens of both."""
    old, new = mean_log_likelihood(first), mean_log_likelihood(second)
    is_better = old is None or (new is not None and new > old)
    return replace(
        second if passage.kind == "dissent" or is_better else first,
        n_prompt_tokens=first.n_prompt_tokens + second.n_prompt_tokens,
        n_output_tokens=first.n_output_tokens + second.n_output_tokens,
    )


def prompts_of(condenser: Condenser) -> Mapping[str, str]:
    """The prompts that drafting may send: ``name@version`` -> SHA-256 of the file."""
    label, sha256 = prompts.identify("condense", condenser.version)
    return {label: sha256}


def _prompt(
    article: CleanArticle,
    passage: Passage,
    condenser: Condenser,
    kind: PassageKind,
    words: str | None = None,
) -> Prompt:
    """The prompt for a passage, in its own words or in these."""
    first = passage.sentences[0]
    rendered = prompts.render(
        "condense",
        condenser.version,
        kind=kind,
        title=article.title or "",
        before=article.sentences[first - 1].text if first else "",
        passage=words or passage_text(article, passage.sentences),
        speaker=passage.speaker,
        parties=list(passage.parties),
    )
    return Prompt(
        text=rendered.text,
        instruction=rendered.instruction,
        form=condenser.form,
        max_new_tokens=_MAX_NEW_TOKENS,
        stop=("\n",),
    )


def passage_text(article: CleanArticle, sentences: Sequence[int]) -> str:
    """The sentences joined by a space, by `` … `` where others stand between them."""
    parts = [article.sentences[sentences[0]].text]
    for before, number in pairwise(sentences):
        parts.append(" " if number == before + 1 else " … ")
        parts.append(article.sentences[number].text)
    return "".join(parts)


def main_sentence(article: CleanArticle, passage: Passage) -> int:
    """The sentence of a passage that stands for it: the longest of the first two."""
    return max(passage.sentences[:2], key=lambda number: len(article.sentences[number].text))


def trimmed(request: Request, passage: Passage) -> str:
    """The main sentence without clutter, its speaker named where it has only a pronoun."""
    sentence = request.article.sentences[main_sentence(request.article, passage)]
    return trimming.trim(composing.resolved(request.article, sentence, request.statements))


def condensed(answer: str) -> str:
    """The model's line, empty where it refused."""
    line = _PREAMBLE.sub("", " ".join(answer.split()))
    return "" if line.casefold() in _REFUSALS else text.capitalised(line)
