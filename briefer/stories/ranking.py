"""The order of a day's stories, and the section in which each stands.

A weighing by hand, not learned: what more outlets tell and what was asked for stands first. Knows
nothing of documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from briefer import text
from briefer.schema import Brief, Story

_PLACES = {"news": 0, "live": 0, "interview": 1, "other": 1, "press_release": 2, "opinion": 3}
LONG_AGO = datetime.min.replace(tzinfo=UTC)
"""When an article without a date is taken to be published: before all others."""

SectionTerms = tuple[str, Sequence[str]]
"""A section's name and the terms that lead a story to it."""


def place_of(brief: Brief) -> int:
    """Where its genre stands among a day's: 0 for news, which comes first."""
    return _PLACES[brief.source.genre or "news"]


def ranked(
    stories: Iterable[Story], briefs: Mapping[str, Brief], interests: Sequence[str] = ()
) -> tuple[Story, ...]:
    """Most important first: genre, outlets and interests, recency, how many act."""

    def key(story: Story) -> tuple[Any, ...]:
        told = [briefs[id_] for id_ in story.articles]
        newest = max(brief.source.published_at or LONG_AGO for brief in told)
        outlets = {brief.source.publisher for brief in told}
        score = len(outlets) + len(_matching(story, told, interests))
        place = min(map(place_of, told))
        age = -newest.timestamp() if newest > LONG_AGO else float("inf")
        return place, -score, age, -len(story.actors), told[0].source.title or "", story.id

    return tuple(sorted(stories, key=key))


def placed(stories: Sequence[Story], sections: Sequence[SectionTerms]) -> tuple[Story, ...]:
    """The stories section by section in the order configured, the others last, ranks kept.

    A story stands in the first section of which a term is in its lines or among its actors.
    """
    names = [name for name, _ in sections]
    found = [_with_section(story, sections) for story in stories]
    return tuple(
        sorted(
            found,
            key=lambda story: names.index(story.section) if story.section in names else len(names),
        )
    )


def _with_section(story: Story, sections: Sequence[SectionTerms]) -> Story:
    for name, wanted in sections:
        if _matching(story, (), wanted):
            return story.model_copy(update={"section": name})
    return story


def _matching(story: Story, told: Sequence[Brief], wanted: Sequence[str]) -> list[str]:
    """Those of the words or phrases that the story has, as whole words in any case."""
    if not wanted:
        return []
    lines = [line.text for line in story.summary]
    lines += [story.headline.text] if story.headline else []
    lines += [name for actor in story.actors for name in (actor.name, *actor.aliases)]
    lines += [brief.source.title or "" for brief in told]
    held = f" {' '.join(text.folded_words(' '.join(lines)))} "
    return [phrase for phrase in wanted if f" {' '.join(text.folded_words(phrase))} " in held]
