"""The briefs of one event become one story: what several outlets say stands there once.

Every merged line keeps the evidence of each article that carries it. That two outlets say the
same makes no agreement of parties. Knows nothing of how briefs were grouped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TypeVar, cast

from briefer import text
from briefer.schema import (
    Actor,
    Agreement,
    Brief,
    Dissent,
    Finding,
    Line,
    Story,
    StoryActor,
    StoryAgreement,
    StoryAgreements,
    StoryDissent,
    StoryDissents,
    StoryLine,
)
from briefer.stories import differences
from briefer.stories.ranking import LONG_AGO
from briefer.stories.wording import is_same

_N_MORE_LINES = 3
"""How many lines a story of several articles may have beyond the longest of their briefs."""


def tell(briefs: Sequence[Brief], *, also_in: Sequence[str] = ()) -> Story:
    """The story that the briefs of one event tell together, or that a single brief tells."""
    ordered = sorted(briefs, key=_weight, reverse=True)
    lead = ordered[0]
    ids = tuple(brief.id for brief in ordered)
    return Story(
        id=lead.id if len(ids) == 1 else text.fingerprint(" ".join(sorted(ids)))[:32],
        articles=ids,
        headline=_retold(StoryLine, lead.headline, lead) if lead.headline else None,
        summary=_summary(ordered),
        actors=_actors(ordered),
        agreements=_agreements(ordered),
        dissent=_dissents(ordered),
        differences=differences.find(ordered) if len(ordered) > 1 else (),
        also_in=tuple(also_in),
    )


def _weight(brief: Brief) -> tuple[bool, int, datetime, str]:
    """Whose headline leads: the brief that has one and tells most, then the newest."""
    source = brief.source
    n_lines = len(brief.summary)
    return brief.headline is not None, n_lines, source.published_at or LONG_AGO, brief.id


Told = TypeVar("Told", bound=StoryLine | StoryActor | StoryAgreement | StoryDissent)


def _retold(kind: type[Told], item: Line | Actor | Agreement | Dissent, brief: Brief) -> Told:
    """``item`` with evidence that names the brief it comes from."""
    fields = {name: getattr(item, name) for name in type(item).model_fields}
    return kind(**fields | {"evidence": differences.cited(item, brief)})


def merge(items: Iterable[Told], is_one: Callable[[Told, Told], bool]) -> list[Told]:
    """The items in order; one that repeats an earlier one of another article adds its evidence."""
    kept: list[Told] = []
    for item in items:
        place = _place_among(kept, item, is_one)
        if place is None:
            kept.append(item)
        else:
            both = (*kept[place].evidence, *item.evidence)
            kept[place] = cast("Told", kept[place].model_copy(update={"evidence": both}))
    return kept


def _place_among(
    kept: Sequence[Told], item: Told, is_one: Callable[[Told, Told], bool]
) -> int | None:
    for place, other in enumerate(kept):
        if not _articles(item) & _articles(other) and is_one(other, item):
            return place
    return None


def _articles(item: Told) -> set[str]:
    return {one.article for one in item.evidence}


def _summary(briefs: Sequence[Brief]) -> tuple[StoryLine, ...]:
    """What most articles say first; within that in the order of the leading brief."""
    told = [_retold(StoryLine, line, brief) for brief in briefs for line in brief.summary]
    merged = merge(told, lambda one, other: is_same(one.text, other.text))
    merged.sort(key=lambda line: -len(_articles(line)))
    longest = max(len(brief.summary) for brief in briefs)
    return tuple(merged if len(briefs) == 1 else merged[: longest + _N_MORE_LINES])


def _actors(briefs: Sequence[Brief]) -> tuple[StoryActor, ...]:
    told = [_retold(StoryActor, actor, brief) for brief in briefs for actor in brief.actors]
    return tuple(merge(told, _is_one_actor))


def _is_one_actor(one: Actor, other: Actor) -> bool:
    names = {name.casefold() for name in (one.name, *one.aliases)}
    return other.name.casefold() in names or one.name.casefold() in {
        name.casefold() for name in other.aliases
    }


def _agreements(briefs: Sequence[Brief]) -> StoryAgreements:
    told = [
        _retold(StoryAgreement, item, brief) for brief in briefs for item in brief.agreements.items
    ]
    items = tuple(merge(told, lambda one, other: is_same(one.text, other.text)))
    return StoryAgreements(status=_status([b.agreements.status for b in briefs]), items=items)


def _dissents(briefs: Sequence[Brief]) -> StoryDissents:
    told = [_retold(StoryDissent, item, brief) for brief in briefs for item in brief.dissent.items]
    items = tuple(merge(told, _is_one_view))
    return StoryDissents(status=_status([b.dissent.status for b in briefs]), items=items)


def _is_one_view(one: Dissent, other: Dissent) -> bool:
    return one.holder.casefold() == other.holder.casefold() and is_same(one.text, other.text)


_GRAVEST: tuple[Finding, ...] = ("found", "not_checked", "none_found", "not_requested")


def _status(found: Sequence[Finding]) -> Finding:
    """``none_found`` only when every article was looked at."""
    return min(found, key=_GRAVEST.index)
