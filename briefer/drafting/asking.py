"""What the condenser is asked for each passage, and what it answers.

All passages are one batch; what was refused or is doubtful is asked for once more in other words,
in a second batch; a trained one is asked whether its own lines hold, and for others where it is not
sure. Nothing here is checked.
Knows nothing of the other wordings of a line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from briefer import prompts
from briefer.drafting import composing, trimming
from briefer.drafting.condensers import Answer, Condenser, mean_log_likelihood
from briefer.drafting.questions import (
    READ_WITH,
    Asking,
    asked_about,
    condensed,
    generated,
    with_tokens,
)
from briefer.drafting.searching import searched
from briefer.models.base import Completion, Engine, Prober, Prompt
from briefer.schema import CleanArticle, Passage, Statement

# On val the trained condenser refuses 9 of 38 views of gold with these odds, and 5 that are none.
INSISTS = 0.6


@dataclass(frozen=True, slots=True)
class Request:
    """An article with the passages that are to become lines."""

    article: CleanArticle
    passages: tuple[Passage, ...]
    statements: tuple[Statement, ...] = ()


def answers(
    asked: Sequence[tuple[Request, Passage]],
    engine: Engine,
    condenser: Condenser,
    prober: Prober | None = None,
) -> list[tuple[Answer, ...]]:
    """What the model writes for each passage, what it believes most first.

    Where it was asked twice, of the better of the two answers. The first answer's tokens are those
    of all that was asked.
    """
    ways = [_first(request, passage) for request, passage in asked]
    prompts_sent = [way.prompt(condenser) for way in ways]
    found = generated(engine, prompts_sent)
    again: dict[int, tuple[Asking, Prompt]] = {}
    for number, (request, passage) in enumerate(asked):
        way = _second(request, passage, found[number], condenser)
        if way is not None and (prompt := way.prompt(condenser)) != prompts_sent[number]:
            again[number] = way, prompt
    written = generated(engine, [prompt for _, prompt in again.values()])
    for (number, (way, _)), second in zip(again.items(), written, strict=True):
        first = found[number]
        if asked[number][1].kind == "dissent" or _is_likelier(second, first):
            ways[number], found[number] = way, with_tokens(second, first)
        else:
            found[number] = with_tokens(first, second)
    said = asked_about(ways, found, engine, condenser, prober)
    return searched(ways, said, engine, condenser, prober)


def _first(request: Request, passage: Passage) -> Asking:
    """The neutral question for a headline, and for a view whose holder the line must name.

    Asked for a headline the trained 1.5B makes things up in one of seven, asked for the fact in
    the lead in one of thirty (val, read beside the articles).
    """
    is_open = passage.kind == "dissent" and passage.speaker is None
    is_fact = is_open or passage.kind == "headline"
    return Asking(request.article, _core(request, passage), "fact" if is_fact else passage.kind)


def _core(request: Request, passage: Passage) -> Passage:
    """Of a view in several sentences the one that tells most; it is asked from first.

    Asked from several the model joins what does not belong together: readers found .40 of 47 such
    lines of views wrong, from the sentence with the best odds .22 of 45 (.07 where there is only
    one). What was agreed is told with its terms.
    """
    if len(passage.sentences) == 1 or passage.kind != "dissent":
        return passage
    told = request.statements[passage.statements[0]].sentences if passage.statements else ()
    inside = tuple(number for number in passage.sentences if number in told)
    odds = dict(zip(passage.sentences, passage.odds, strict=False))
    surest = max(inside or passage.sentences, key=lambda number: odds.get(number, 0.0))
    return replace(passage, sentences=(surest,))


def _second(
    request: Request, passage: Passage, answer: Completion, condenser: Condenser
) -> Asking | None:
    """A sure view that fails is asked for as a fact, a doubtful fact without its clutter."""
    article = request.article
    is_doubtful = condenser.disbelieves(Answer(answer), passage.kind)
    line = condensed(answer.text)
    if passage.kind == "dissent":
        is_sure = passage.score >= INSISTS and (not line or is_doubtful)
        if is_sure and composing.compose(article, passage, request.statements) is None:
            return Asking(article, passage, "fact")
    elif passage.kind != "agreement" and line and is_doubtful and not passage.in_reserve:
        return Asking(article, passage, "fact", trimmed(request, passage))
    return None


def _is_likelier(answer: Completion, other: Completion) -> bool:
    new, old = mean_log_likelihood(answer), mean_log_likelihood(other)
    return old is None or (new is not None and new > old)


def prompts_of(condenser: Condenser, prober: Prober | None = None) -> Mapping[str, str]:
    """The prompts that drafting may send: ``name@version`` -> SHA-256 of the file.

    The one too after which a second model reads lines of facts, where there is one.
    """
    sent = [("condense", condenser.version)]
    if prober is not None:
        sent.append(("condense", READ_WITH))
    return dict(prompts.identify(name, version) for name, version in sent)


def main_sentence(article: CleanArticle, passage: Passage) -> int:
    """The sentence that stands for a passage, of several the longer of the first two."""
    return max(passage.sentences[:2], key=lambda number: len(article.sentences[number].text))


def trimmed(request: Request, passage: Passage) -> str:
    """The main sentence without clutter, its speaker named where it has only a pronoun."""
    sentence = request.article.sentences[main_sentence(request.article, passage)]
    return trimming.trim(composing.resolved(request.article, sentence, request.statements))
