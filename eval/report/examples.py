"""What to look at by hand: for each article the gold beside the brief, hits and misses marked.

Knows nothing of files or of how pages look.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefer.schema import Brief
from eval.gold import GoldBrief
from eval.metrics import coverage, items, names, specifics
from eval.metrics.whole import Judged


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of gold or of a brief. ``is_good``: covered, or without a loose detail."""

    section: str
    text: str
    is_good: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """An article's gold and its brief."""

    id: str
    title: str
    gold: tuple[Entry, ...]
    brief: tuple[Entry, ...]


def examples(judged: Sequence[Judged]) -> list[Example]:
    """One example an article, in order."""
    return [
        Example(
            id=one.gold.id,
            title=one.gold.article.title or one.gold.headline,
            gold=tuple(_gold(one.gold, one.brief)),
            brief=tuple(_brief(one.gold, one.brief)),
        )
        for one in judged
    ]


def _gold(gold: GoldBrief, brief: Brief) -> Iterator[Entry]:
    lines = coverage.claims(brief)
    for fact in gold.facts:
        yield Entry("fact", fact.text, coverage.is_covered(fact, lines))
    found = [(actor.name, *actor.aliases) for actor in brief.actors]
    for actor in gold.actors:
        is_named = any(names.match(actor.names, one) for one in found)
        yield Entry("key actor" if actor.is_key else "actor", actor.name, is_named)
    for item, is_met in coverage_of_items(gold, brief):
        yield Entry(*item, is_good=is_met)


def coverage_of_items(gold: GoldBrief, brief: Brief) -> list[tuple[tuple[str, str], bool]]:
    """Section and text of every gold agreement and view, and whether the brief has it."""
    agreed, viewed = items.met(gold, brief)
    return [
        *(
            (("agreement", f"{', '.join(a.parties)}: {a.text}"), is_met)
            for a, is_met in zip(gold.agreements, agreed, strict=True)
        ),
        *(
            (("dissent", f"{d.holder}: {d.text}"), is_met)
            for d, is_met in zip(gold.dissent, viewed, strict=True)
        ),
    ]


def _brief(gold: GoldBrief, brief: Brief) -> Iterator[Entry]:
    published = gold.article.published_at.date() if gold.article.published_at else None
    for claim in coverage.claims(brief):
        cited = "\n".join(span.of(gold.text) for span in claim.spans)
        loose = specifics.unsupported(claim.text, cited, article=gold.text, published=published)
        note = ", ".join(f"{one.kind} {one.text}" for one in loose)
        yield Entry(claim.section, claim.text, not loose, note)
    for actor in brief.actors:
        is_known = any(names.match((actor.name, *actor.aliases), a.names) for a in gold.actors)
        yield Entry("actor", f"{actor.name} – {actor.role or 'no role'}", is_known)
    for one in brief.withheld:
        yield Entry(f"withheld from {one.section}", one.text or "–", is_good=True, note=one.reason)
