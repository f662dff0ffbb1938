"""Other lines for a passage whose line is not believed enough, by beam search.

The model is asked of each whether it holds; what it believes most comes first. Nothing is sought of
passages that matter little, nor of kinds of lines of which nobody measured how far it is believed.
Knows nothing of articles or of the other wordings of a line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from briefer.drafting.condensers import Answer, Condenser
from briefer.drafting.questions import Asking, asked_about, condensed
from briefer.models.base import Completion, Engine, Prober, Proposer
from briefer.schema import Passage, PassageKind

N_BEAMS = 3
"""How many lines are sought for a passage."""

# Facts less likely than this to be key ones are hardly ever told, and what the model refused is
# none mostly but where the tagger is surer.
_MATTERS, _MATTERS_THOUGH_REFUSED = 0.3, 0.5
# Searches of one article: without a bound a brief of 705 words took 1.17 of a one-shot one. With
# five instead of four as many key facts are covered, and .695 of 525 known lines stand (.687 of
# 520).
_MOST = 4


def searched(
    ways: Sequence[Asking],
    answers: Sequence[Answer],
    engine: Engine,
    condenser: Condenser,
    prober: Prober | None = None,
) -> list[tuple[Answer, ...]]:
    """For each way its answer, or that and others, the likeliest to stand first.

    Others are there only where they are not doubted. The first answer's tokens are those of all.
    An engine that cannot search is not asked.
    """
    sought = _sought(ways, answers, condenser)
    ranked: list[tuple[Answer, ...]] = [(answer,) for answer in answers]
    if not sought or not isinstance(engine, Proposer):
        return ranked
    proposed = engine.propose([ways[number].prompt(condenser) for number in sought], N_BEAMS)
    lines = [
        (number, _counted(one, place))
        for number, found in zip(sought, proposed, strict=True)
        for place, one in enumerate(found)
    ]
    said = asked_about(
        [ways[n] for n, _ in lines], [one for _, one in lines], engine, condenser, prober
    )
    others: dict[int, list[Answer]] = {number: [] for number in sought}
    for (number, _), answer in zip(lines, said, strict=True):
        others[number].append(answer)
    for number, found in others.items():
        ranked[number] = _ranked(answers[number], found, ways[number].passage.kind, condenser)
    return ranked


def _sought(ways: Sequence[Asking], answers: Sequence[Answer], condenser: Condenser) -> list[int]:
    """The numbers of the ways that are searched, of each article those of most weight."""
    n_of: Counter[str] = Counter()
    sought = []
    for number in sorted(range(len(ways)), key=lambda number: -ways[number].passage.score):
        way = ways[number]
        is_room = n_of[way.article.sha256] < _MOST
        if is_room and _is_sought(way.passage, answers[number], condenser):
            n_of[way.article.sha256] += 1
            sought.append(number)
    return sorted(sought)


def _is_sought(passage: Passage, answer: Answer, condenser: Condenser) -> bool:
    if not condenser.can_prefer(passage.kind):
        return False
    is_refused = not condensed(answer.completion.text)
    least = _MATTERS_THOUGH_REFUSED if is_refused else _MATTERS
    return passage.score >= least and (is_refused or condenser.seeks(answer, passage.kind))


def _counted(proposed: Completion, place: int) -> Completion:
    """The prompt of several completions is read only once."""
    return replace(proposed, n_prompt_tokens=0) if place else proposed


def _ranked(
    first: Answer, others: Sequence[Answer], kind: PassageKind, condenser: Condenser
) -> tuple[Answer, ...]:
    """The answer and the others that are not doubted, each line once, the likeliest first.

    Where the answer is doubted, it comes last.
    """
    lines = {condensed(first.completion.text): first}
    for answer in others:
        line = condensed(answer.completion.text)
        if line and not condenser.doubts(answer, kind):
            lines.setdefault(line, answer)
    ranked = sorted(
        lines.values(), key=lambda one: (condenser.doubts(one, kind), -condenser.worth(one, kind))
    )
    told = [one for one in ranked if condensed(one.completion.text)]
    best, *rest = told or ranked
    return (_with_all_tokens(best, [first, *others]), *rest)


def _with_all_tokens(best: Answer, answers: Sequence[Answer]) -> Answer:
    completion = replace(
        best.completion,
        n_prompt_tokens=sum(one.completion.n_prompt_tokens for one in answers),
        n_output_tokens=sum(one.completion.n_output_tokens for one in answers),
    )
    return replace(best, completion=completion)
