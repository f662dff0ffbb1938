"""Chosen passages become candidate lines; the only part that lets the model write.

All passages of an article (of several, with ``draft_many``) go to the engine as one batch behind
one short instruction; code adds lines of its own, composed or trimmed. Nothing here is checked:
what comes out is a ``Draft``. Knows nothing of evidence, checks or what a reader sees.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from briefer import text
from briefer.drafting import composing, trimming
from briefer.drafting.asking import (
    INSISTS,
    Request,
    answers,
    main_sentence,
    prompts_of,
    trimmed,
)
from briefer.drafting.closeness import closeness
from briefer.drafting.condensers import TRAINED, UNTRAINED, Answer, Condenser, Way, of
from briefer.drafting.context import shown
from briefer.drafting.opposing import read_views
from briefer.drafting.questions import condensed
from briefer.models.base import Engine, Prober
from briefer.schema import CleanArticle, Draft, DraftLine, Origin, Passage

__all__ = [
    "TRAINED",
    "UNTRAINED",
    "Condenser",
    "Request",
    "draft_many",
    "of",
    "prompts_of",
    "read_views",
]

# The odds of a fact that is told in the article's words rather than not at all: the copied lines
# stay under .30 of all on val. From .5 on no more facts are covered.
_MATTERS = 0.6

# The article's own words are right in 139 of 154 lines that readers judged.
_OF_CODE = 0.9

# Below it the clause that code composes goes before a view's line (nine in ten are right): so .17
# of 193 views told are wrong and .48 right, with .3 .17 of 196 and .46 (lines that readers judged).
_COMPOSED = 0.5

_ORIGINS: Mapping[Way, Origin] = {
    "model": "model",
    "clause": "composed",
    "quotation": "composed",
    "title": "sentence",
    "trimmed": "trimmed",
    "sentence": "sentence",
}


def draft_many(
    requests: Sequence[Request],
    engine: Engine,
    condenser: Condenser = UNTRAINED,
    prober: Prober | None = None,
) -> list[Draft]:
    """One ``Draft`` a request, in order; all their passages are one batch of the engine.

    ``prober`` reads the lines of facts.
    """
    asked = [(request, passage) for request in requests for passage in request.passages]
    found = iter(answers(asked, engine, condenser, prober))
    return [
        _draft(request, [next(found) for _ in request.passages], condenser) for request in requests
    ]


def _draft(request: Request, answered: Sequence[Sequence[Answer]], condenser: Condenser) -> Draft:
    return Draft(
        candidates=tuple(
            tuple(_candidates(request, passage, found, condenser))
            for passage, found in zip(request.passages, answered, strict=True)
        ),
        n_prompt_tokens=sum(best.completion.n_prompt_tokens for best, *_ in answered),
        n_output_tokens=sum(best.completion.n_output_tokens for best, *_ in answered),
    )


def _candidates(
    request: Request, passage: Passage, answers: Sequence[Answer], condenser: Condenser
) -> Iterator[DraftLine]:
    """The lines of a passage, what is to be told first; all of the model's where its turn is."""
    for way in _ways(passage, answers[0], condenser):
        for answer in answers if way == "model" else answers[:1]:
            words = _worded(way, request, passage, answer)
            if words is not None:
                words = trimming.without_gaps(words)
                line = DraftLine(passage, words, _ORIGINS[way], trust=_OF_CODE)
                yield _weighed(line, request.article, answer, condenser) if way == "model" else line


def _weighed(
    line: DraftLine, article: CleanArticle, answer: Answer, condenser: Condenser
) -> DraftLine:
    """The model's line with how far it is believed."""
    passage, kind = line.passage, line.passage.kind
    is_doubted = bool(line.text) and condenser.doubts(answer, kind)
    is_weighty = kind != "fact" or passage.score >= _MATTERS
    own = closeness(line.text, (article.sentences[number].text for number in passage.sentences))
    is_unsure = bool(line.text) and condenser.doubts(answer, kind, closeness=own)
    return replace(
        line,
        is_cut_off=answer.completion.stop_reason == "length",
        is_doubtful=is_doubted and (is_weighty or condenser.disbelieves(answer, kind)),
        is_unsure=is_unsure,
        shown=_shown(article, passage) if condenser.can_prefer(kind) and not is_unsure else (),
        trust=condenser.probability(answer, kind),
    )


def _shown(article: CleanArticle, passage: Passage) -> tuple[int, ...]:
    before = [sentence.text for sentence in article.sentences[: passage.sentences[0]]]
    return shown(before, len(before))


def _ways(passage: Passage, answer: Answer, condenser: Condenser) -> Sequence[Way]:
    """How the line may be worded; where the model found none, only what is sure without it.

    Of a refused view a bare quotation has mostly a wrong holder, and a doubtful view is none. A
    fact that the model was unsure of is told in the article's words only where it matters, and
    else in the model's own for want of others.
    """
    ways = condenser.strategy[passage.kind]
    if passage.in_reserve:
        return ways[:1]
    if passage.kind == "fact" and passage.score < _MATTERS:
        return ways[:1] if condenser.doubts(answer, passage.kind) else ways
    if condensed(answer.completion.text) or passage.kind not in ("dissent", "agreement"):
        is_view = passage.kind == "dissent"
        if is_view and condenser.probability(answer, "dissent") < _COMPOSED:
            return sorted(ways, key=lambda way: way != "clause")
        return ways
    if passage.kind == "agreement":
        return ways if passage.is_sure else ways[:1]
    left = {"model", "clause"} if passage.score >= INSISTS else {"model"}
    return [way for way in ways if way in left]


def _worded(way: Way, request: Request, passage: Passage, answer: Answer) -> str | None:
    article, statements = request.article, request.statements
    if way == "model":
        line = condensed(answer.completion.text)
        return text.without_point(line) if passage.kind == "headline" else line
    if way == "title":
        return article.title
    if way == "clause":
        return composing.compose(article, passage, statements)
    if way == "quotation":
        return composing.quote(article, passage, statements)
    if way == "trimmed":
        return trimmed(request, passage)
    sentence = article.sentences[main_sentence(article, passage)].text
    return trimming.without_dateline(sentence) if passage.kind == "headline" else sentence
