"""A day of briefs becomes one frozen record: which stories, in which order, how many, what failed.

Ranked, put into sections, compared with the edition before. The exit codes of the command line
follow from ``Digest.state``: ``complete`` and ``quiet`` 0, ``partial`` and ``broken`` 4,
``nothing_to_report`` 5. Knows nothing of files,
clocks, models or how a digest looks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from briefer import errors
from briefer.schema import (
    Brief,
    Digest,
    DigestCounts,
    DigestState,
    Failure,
    FailureKind,
    FailureReason,
    Maker,
    Story,
    Withdrawn,
)
from briefer.stories import has_line, ranking, shares_words, tell

TITLE = "The Morning Brief"

_REASONS: tuple[tuple[type[errors.BrieferError], FailureReason], ...] = (
    (errors.InputTooLarge, "too_large"),
    (errors.FetchRefused, "fetch_refused"),
    (errors.UnknownOption, "bad_option"),
    (errors.InputError, "unreadable"),
    (errors.ModelError, "model_failed"),
)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the document: the stories in which one of its terms stands, as whole words."""

    name: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """How the stories of a day are laid out; nothing here changes what they say.

    ``interests`` are words or phrases that lift a story; ``previous`` is the edition that today's
    is compared with; ``n_sources`` is how many were to be read.
    """

    sections: tuple[Section, ...] = ()
    interests: tuple[str, ...] = ()
    max_chapters: int | None = None
    max_quoted_words: int | None = None
    previous: Digest | None = None
    title: str = TITLE
    n_sources: int | None = None


N_FRONT = 5
"""Things to know: what a reader takes in at a glance, and the issue's number."""


def build(
    briefs: Iterable[Brief],
    *,
    day: date,
    failures: Sequence[Failure] = (),
    stories: Sequence[Story] | None = None,
    layout: Layout | None = None,
) -> Digest:
    """Put a day's briefs in order and count them.

    The same briefs give the same record, whatever order they come in; a brief given twice (same
    ``id``) counts once. News stands before interviews, press releases and opinion; within these
    what more outlets tell, what interests and what is newer comes first. Without ``stories`` each
    brief is one. Texts that were asked for with a brief stay out: a digest goes to others, and
    outlives its articles.
    """
    layout = layout or Layout()
    ordered = _in_order(brief.without_texts() for brief in briefs)
    if stories is None:
        stories = [tell([brief]) for brief in ordered if brief.status == "ok"]
    by_id = {brief.id: brief for brief in ordered}
    told = [compared(story, layout.previous) for story in stories]
    ranked = ranking.ranked(told, by_id, layout.interests)
    placed = ranking.placed(ranked, [(one.name, one.terms) for one in layout.sections])
    return Digest(
        day=day,
        title=layout.title,
        state=_state(placed, failures),
        counts=_counts(placed, ordered, failures, layout.n_sources),
        stories=placed,
        briefs=ordered,
        failures=tuple(sorted(failures, key=lambda failure: (failure.ref or "", failure.message))),
        made_by=_makers(ordered),
        seconds=round(sum(brief.provenance.seconds for brief in ordered), 1),
        previous_day=layout.previous.day if layout.previous else None,
        front=tuple(story.id for story in ranked if story.news != "unchanged")[:N_FRONT],
        max_chapters=layout.max_chapters,
        max_quoted_words=layout.max_quoted_words,
    )


def compared(story: Story, previous: Digest | None) -> Story:
    """The story with what is new in it since the edition before.

    The same event is one told by the same article, or one that shares an actor and a line.
    """
    earlier = [one for one in previous.stories if _are_one_event(story, one)] if previous else []
    if not earlier:
        return story
    known = [line for one in earlier for line in (*_headline(one), *_lines(one))]
    fresh = tuple(line for line in _lines(story) if not has_line(known, line))
    fresh = fresh or tuple(line for line in _headline(story) if _is_revised(line, known))
    return story.model_copy(update={"news": "changed" if fresh else "unchanged", "changes": fresh})


def _are_one_event(one: Story, other: Story) -> bool:
    if set(one.articles) & set(other.articles):
        return True
    names, others = ({actor.name.casefold() for actor in story.actors} for story in (one, other))
    return bool(names & others) and any(
        shares_words(line, old) for line in _lines(one) for old in _lines(other)
    )


def _headline(story: Story) -> list[str]:
    return [story.headline.text] if story.headline else []


def _is_revised(headline: str, known: Sequence[str]) -> bool:
    """Whether a headline gives another figure of what was known; another wording is no news."""
    return not has_line(known, headline) and any(shares_words(headline, line) for line in known)


def _lines(story: Story) -> list[str]:
    agreed = [one.text for one in story.agreements.items]
    return (
        [line.text for line in story.summary] + agreed + [one.text for one in story.dissent.items]
    )


def withdraw(digest: Digest, id: str, reason: str) -> Digest:  # noqa: A002 - the schema's name
    """The edition without a brief and without all that rests on it, corrected with a note.

    Raises:
        UnknownOption: the edition has no such brief.
    """
    gone = next((one for one in digest.briefs if id in (one.id, one.source.url)), None)
    if gone is None:
        raise errors.UnknownOption(
            f"the edition of {digest.day} has no article {id!r}; give the id or the address of "
            "one of its briefs, as its JSON has them."
        )
    briefs = {one.id: one for one in digest.briefs if one.id != gone.id}
    stories = tuple(_without(story, briefs) for story in digest.stories)
    kept = tuple(story for story in stories if story is not None)
    fronts = {story.id for story in kept}
    note = Withdrawn(id=gone.id, title=gone.source.title, reason=reason)
    return digest.model_copy(
        update={
            "stories": kept,
            "briefs": tuple(briefs.values()),
            "state": _state(kept, digest.failures),
            "counts": _counts(
                kept, tuple(briefs.values()), digest.failures, digest.counts.n_sources
            ),
            "made_by": _makers(tuple(briefs.values())),
            "front": tuple(one for one in digest.front if one in fronts),
            "withdrawn": (*digest.withdrawn, note),
        }
    )


def _without(story: Story, briefs: Mapping[str, Brief]) -> Story | None:
    """The story as the articles left tell it; ``None`` where there is none.

    Of what was new in it stays what it still says. ``also_in`` goes: the record does not tell
    which of the articles an outlet carried a copy of, and it may be the withdrawn one.
    """
    left = [briefs[id_] for id_ in story.articles if id_ in briefs]
    if len(left) == len(story.articles) or not left:
        return story if left else None
    told = tell(left)
    said = {*_headline(told), *_lines(told)}
    changes = tuple(change for change in story.changes if change in said)
    known = {"section": story.section, "news": story.news, "changes": changes}
    return told.model_copy(update=known)


def dump(digest: Digest) -> str:
    """The record as JSON; the same digest gives the same characters."""
    return digest.model_dump_json(indent=1) + "\n"


def failure(ref: str | None, error: errors.BrieferError, kind: FailureKind = "article") -> Failure:
    """What the document says of an article or a source that raised ``error``."""
    reasons = (reason for known, reason in _REASONS if isinstance(error, known))
    return Failure(kind=kind, ref=ref, reason=next(reasons, "other"), message=str(error))


def _in_order(briefs: Iterable[Brief]) -> tuple[Brief, ...]:
    once: dict[str, Brief] = {}
    for brief in sorted(briefs, key=lambda brief: (brief.source.ref or "", str(brief.provenance))):
        once.setdefault(brief.id, brief)
    newest_first = sorted(
        sorted(once.values(), key=lambda brief: (brief.source.title or "", brief.id)),
        key=lambda brief: brief.source.published_at or ranking.LONG_AGO,
        reverse=True,
    )
    return tuple(sorted(newest_first, key=ranking.place_of))


def _state(stories: Sequence[Story], failures: Sequence[Failure]) -> DigestState:
    if failures:
        return "partial" if stories else "broken"
    if stories and all(story.news == "unchanged" for story in stories):
        return "quiet"
    return "complete" if stories else "nothing_to_report"


def _counts(
    stories: Sequence[Story],
    briefs: Sequence[Brief],
    failures: Sequence[Failure],
    n_sources: int | None,
) -> DigestCounts:
    failed = [failure.reason for failure in failures if failure.kind == "article"]
    briefed = [brief for brief in briefs if brief.status == "ok"]
    n_agreements = sum(len(story.agreements.items) for story in stories)
    n_dissent = sum(len(story.dissent.items) for story in stories)
    n_told = sum(len(story.summary) + bool(story.headline) for story in stories)
    withheld = Counter(line.reason for brief in briefed for line in brief.withheld)
    return DigestCounts(
        n_articles=len(briefs) + len(failed),
        n_briefed=len(briefed),
        n_not_briefable=len(briefs) - len(briefed),
        n_failed=len(failed),
        n_stories=len(stories),
        n_lines=n_told + n_agreements + n_dissent,
        n_agreements=n_agreements,
        n_dissent=n_dissent,
        n_withheld=withheld.total(),
        not_briefable=_sorted(Counter(brief.status for brief in briefs if brief.status != "ok")),
        failed=_sorted(Counter(failed)),
        withheld=_sorted(withheld),
        n_sources=n_sources,
        n_sources_failed=len(failures) - len(failed),
    )


Code = TypeVar("Code", bound=str)


def _sorted(counter: Counter[Code]) -> dict[Code, int]:
    """Most frequent first, then by name."""
    return dict(sorted(counter.items(), key=lambda pair: (-pair[1], pair[0])))


def _makers(briefs: Sequence[Brief]) -> tuple[Maker, ...]:
    makers = [_maker(brief) for brief in briefs if brief.status == "ok"]
    counted = Counter(maker.model_dump_json() for maker in makers)
    return tuple(
        Maker.model_validate_json(text).model_copy(update={"n_briefs": n})
        for text, n in _sorted(counted).items()
    )


def _maker(brief: Brief) -> Maker:
    made = brief.provenance
    return Maker(
        model=made.model,
        revision=made.revision,
        weights_sha256=made.weights_sha256,
        engine=made.engine,
        prompts=dict(sorted(made.prompts.items())),
        adapters=dict(sorted((made.adapters or {}).items())),
        briefer_version=made.briefer_version,
        n_briefs=1,
    )
