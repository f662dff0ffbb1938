"""Chosen passages become candidate lines; the only module that lets the model write.

All passages of an article (of several, with ``draft_many``) go to the engine as one batch behind
one short instruction; code adds lines of its own, composed or trimmed. Nothing here is checked:
what comes out is a ``Draft``. Knows nothing of evidence, checks or what a reader sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from briefer import prompts
from briefer.drafting import composing, trimming
from briefer.models.base import Completion, Engine, ModelCard, Prompt
from briefer.schema import CleanArticle, Draft, DraftLine, Passage, PassageKind, Statement

Way = Literal["model", "clause", "quotation", "title", "trimmed", "sentence"]
Origin = Literal["model", "composed", "trimmed", "sentence"]

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
_INSISTS = 0.6
_REFUSALS = frozenset({"none", "none.", "n/a", "no."})
"""How a trained condenser says that the passage does not carry what was asked for."""


Strategy = Mapping[PassageKind, tuple[Way, ...]]
"""How the candidates of a passage are worded, the preferred one first."""
_IN_OWN_WORDS: Strategy = {
    "headline": ("model", "title", "trimmed", "sentence"),
    "fact": ("model", "trimmed", "sentence"),
    "agreement": ("model", "trimmed"),
    "dissent": ("model", "clause", "quotation"),
}
# An untrained model gets .5 to .7 of the views right (findings of the probes), the clause that code
# composes nine in ten (45 read beside the experts' lines of train-briefs).
_VIEWS_COMPOSED: Strategy = {**_IN_OWN_WORDS, "dissent": ("clause", "model", "quotation")}


@dataclass(frozen=True, slots=True)
class Condenser:
    """Which version of the prompt is asked, in which form, and how far the model is trusted.

    ``least_likely`` is the natural-log likelihood below which its lines are not believed.
    """

    version: str
    form: Literal["chat", "plain"]
    strategy: Strategy
    least_likely: float | None = None


# What a condenser writes with less (natural-log) likelihood than this is not shown. Of 204 lines
# judged on val, blind to it, these are .50 of the wrong ones, .28 of the wrong and misleading ones,
# .03 of the right ones; area under the curve .82 and .71. By the SHA-256 of the condenser's file.
_LEAST_LIKELY = {"78e8fd8de8cae71577ac8ff519b94405b3de705b087e59422c519af4c7cfd595": -11.0}

UNTRAINED = Condenser("v1", "chat", _VIEWS_COMPOSED)
TRAINED = Condenser("v2", "plain", _IN_OWN_WORDS)

_ORIGINS: Mapping[Way, Origin] = {
    "model": "model",
    "clause": "composed",
    "quotation": "composed",
    "title": "sentence",
    "trimmed": "trimmed",
    "sentence": "sentence",
}


@dataclass(frozen=True, slots=True)
class Request:
    """An article with the passages that are to become lines."""

    article: CleanArticle
    passages: tuple[Passage, ...]
    statements: tuple[Statement, ...] = ()


def draft(request: Request, engine: Engine, condenser: Condenser = UNTRAINED) -> Draft:
    """The candidates of each passage, in the order of the passages."""
    (only,) = draft_many([request], engine, condenser)
    return only


def draft_many(
    requests: Sequence[Request], engine: Engine, condenser: Condenser = UNTRAINED
) -> list[Draft]:
    """One ``Draft`` a request, in order; all their passages are one batch of the engine."""
    asked = [(request, passage) for request in requests for passage in request.passages]
    condenser = _fitted(condenser, engine.card)
    answers = _answers(asked, engine, condenser)
    return [
        _draft(request, [next(answers) for _ in request.passages], condenser)
        for request in requests
    ]


def _answers(
    asked: Sequence[tuple[Request, Passage]], engine: Engine, condenser: Condenser
) -> Iterator[Completion]:
    """What the model writes for each passage; sure views that fail are asked for as facts."""
    answers = _generate(
        engine,
        [_prompt(one.article, passage, condenser, _first_asked(passage)) for one, passage in asked],
    )
    refused = [
        number
        for number, (request, passage) in enumerate(asked)
        if _is_insisted_on(request, passage, answers[number], condenser)
    ]
    again = _generate(
        engine,
        [
            _prompt(request.article, passage, condenser, "fact")
            for request, passage in (asked[number] for number in refused)
        ],
    )
    for number, answer in zip(refused, again, strict=True):
        answers[number] = _together(answers[number], answer)
    return iter(answers)


def _fitted(condenser: Condenser, card: ModelCard) -> Condenser:
    """The condenser with what was measured on these very weights."""
    return replace(condenser, least_likely=_LEAST_LIKELY.get(card.adapters.get("condenser", "")))


def _generate(engine: Engine, asked: Sequence[Prompt]) -> list[Completion]:
    return list(engine.generate(asked)) if asked else []


def _first_asked(passage: Passage) -> PassageKind:
    """The neutral question for a headline, and for a view whose holder the line must name.

    Asked for a headline the trained 1.5B makes things up in one of seven, asked for the fact in
    the lead in one of thirty (val, read beside the articles).
    """
    is_open = passage.kind == "dissent" and passage.speaker is None
    return "fact" if is_open or passage.kind == "headline" else passage.kind


def _is_insisted_on(
    request: Request, passage: Passage, answer: Completion, condenser: Condenser
) -> bool:
    return (
        passage.kind == "dissent"
        and passage.score >= _INSISTS
        and (not _condensed(answer.text) or _is_doubtful(answer, condenser))
        and composing.compose(request.article, passage, request.statements) is None
    )


def _together(first: Completion, second: Completion) -> Completion:
    """The second answer, with the tokens of both."""
    return replace(
        second,
        n_prompt_tokens=first.n_prompt_tokens + second.n_prompt_tokens,
        n_output_tokens=first.n_output_tokens + second.n_output_tokens,
    )


def prompts_of(condenser: Condenser) -> Mapping[str, str]:
    """The prompts that drafting may send: ``name@version`` -> SHA-256 of the file."""
    label, sha256 = prompts.identify("condense", condenser.version)
    return {label: sha256}


def _prompt(
    article: CleanArticle, passage: Passage, condenser: Condenser, kind: PassageKind
) -> Prompt:
    first = passage.sentences[0]
    rendered = prompts.render(
        "condense",
        condenser.version,
        kind=kind,
        title=article.title or "",
        before=article.sentences[first - 1].text if first else "",
        passage=passage_text(article, passage.sentences),
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


def _draft(request: Request, answers: Sequence[Completion], condenser: Condenser) -> Draft:
    return Draft(
        candidates=tuple(
            tuple(_candidates(request, passage, answer, condenser))
            for passage, answer in zip(request.passages, answers, strict=True)
        ),
        n_prompt_tokens=sum(answer.n_prompt_tokens for answer in answers),
        n_output_tokens=sum(answer.n_output_tokens for answer in answers),
        prompts=prompts_of(condenser),
    )


def _candidates(
    request: Request, passage: Passage, answer: Completion, condenser: Condenser
) -> Iterator[DraftLine]:
    ways: Sequence[Way] = condenser.strategy[passage.kind]
    is_refused = passage.kind == "dissent" and _condensed(answer.text) == ""
    if is_refused:  # then a bare quotation has mostly a wrong holder, and a doubtful view is none
        left = {"model", "clause"} if passage.score >= _INSISTS else {"model"}
        ways = [way for way in ways if way in left]
    for way in ways:
        words = _worded(way, request, passage, answer)
        if words is not None:
            is_models = way == "model"
            yield DraftLine(
                passage,
                words,
                _ORIGINS[way],
                is_cut_off=is_models and answer.stop_reason == "length",
                is_doubtful=is_models and bool(words) and _is_doubtful(answer, condenser),
            )


def _is_doubtful(answer: Completion, condenser: Condenser) -> bool:
    least, given = condenser.least_likely, answer.log_likelihood
    return least is not None and given is not None and given < least


def _worded(way: Way, request: Request, passage: Passage, answer: Completion) -> str | None:
    article, statements = request.article, request.statements
    if way == "model":
        line = _condensed(answer.text)
        return _without_point(line) if passage.kind == "headline" else line
    if way == "title":
        return article.title
    if way == "clause":
        return composing.compose(article, passage, statements)
    if way == "quotation":
        return composing.quote(article, passage, statements)
    sentence = article.sentences[_main_sentence(article, passage)]
    if way == "trimmed":
        return trimming.trim(composing.resolved(article, sentence, statements))
    return sentence.text


def _without_point(line: str) -> str:
    """A headline ends without a full stop, but "the U.S." keeps its own."""
    return line if re.search(r"\b[A-Z]\.$", line) else line.removesuffix(".")


def _main_sentence(article: CleanArticle, passage: Passage) -> int:
    """The sentence of a passage that stands for it: the longest of the first two."""
    return max(passage.sentences[:2], key=lambda number: len(article.sentences[number].text))


def _condensed(answer: str) -> str:
    """The model's line, empty where it refused."""
    line = _PREAMBLE.sub("", " ".join(answer.split()))
    return "" if line.casefold() in _REFUSALS else line[:1].upper() + line[1:]
