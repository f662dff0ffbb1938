"""A day of briefs becomes one frozen record: which stories, in which order, how many, what failed.

Each brief is a story of its own for now; ``Story`` can hold several. The exit codes of the command
line follow from ``Digest.state``: ``complete`` and ``quiet`` 0, ``partial`` and ``broken`` 4,
``nothing_to_report`` 5. Knows nothing of files, clocks, models or how a digest looks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import TypeVar

from briefer import errors
from briefer.schema import (
    Actor,
    Agreement,
    Brief,
    Digest,
    DigestCounts,
    DigestState,
    Dissent,
    Evidence,
    Failure,
    FailureReason,
    Line,
    Maker,
    Story,
    StoryActor,
    StoryAgreement,
    StoryAgreements,
    StoryDissent,
    StoryDissents,
    StoryEvidence,
    StoryLine,
)

TITLE = "The Morning Brief"

_REASONS: tuple[tuple[type[errors.BrieferError], FailureReason], ...] = (
    (errors.InputTooLarge, "too_large"),
    (errors.FetchRefused, "fetch_refused"),
    (errors.UnknownOption, "bad_option"),
    (errors.InputError, "unreadable"),
    (errors.ModelError, "model_failed"),
)
_PLACES = {"news": 0, "live": 0, "interview": 1, "other": 1, "press_release": 2, "opinion": 3}
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def build(
    briefs: Iterable[Brief], *, day: date, failures: Sequence[Failure] = (), title: str = TITLE
) -> Digest:
    """Put a day's briefs in order and count them.

    The same briefs give the same record, whatever order they come in; a brief given twice (same
    ``id``) counts once. News stands before interviews, press releases and opinion, newer articles
    before older ones.
    """
    ordered = _in_order(briefs)
    stories = tuple(story_of(brief) for brief in ordered if brief.status == "ok")
    return Digest(
        day=day,
        title=title,
        state=_state(stories, failures),
        counts=_counts(stories, ordered, failures),
        stories=stories,
        briefs=ordered,
        failures=tuple(sorted(failures, key=lambda failure: (failure.ref or "", failure.message))),
        made_by=_makers(ordered),
        seconds=round(sum(brief.provenance.seconds for brief in ordered), 1),
    )


def dump(digest: Digest) -> str:
    """The record as JSON; the same digest gives the same characters."""
    return digest.model_dump_json(indent=1) + "\n"


def failure(ref: str | None, error: errors.BrieferError) -> Failure:
    """What the document says of an article that raised ``error``."""
    kinds = (reason for kind, reason in _REASONS if isinstance(error, kind))
    return Failure(ref=ref, reason=next(kinds, "other"), message=str(error))


def story_of(brief: Brief) -> Story:
    """The story that a single brief tells."""
    return Story(
        id=brief.id,
        articles=(brief.id,),
        headline=_retold(StoryLine, brief.headline, brief) if brief.headline else None,
        summary=tuple(_retold(StoryLine, line, brief) for line in brief.summary),
        actors=tuple(_retold(StoryActor, actor, brief) for actor in brief.actors),
        agreements=StoryAgreements(
            status=brief.agreements.status,
            items=tuple(_retold(StoryAgreement, item, brief) for item in brief.agreements.items),
        ),
        dissent=StoryDissents(
            status=brief.dissent.status,
            items=tuple(_retold(StoryDissent, item, brief) for item in brief.dissent.items),
        ),
    )


Told = TypeVar("Told", StoryLine, StoryActor, StoryAgreement, StoryDissent)


def _retold(kind: type[Told], item: Line | Actor | Agreement | Dissent, brief: Brief) -> Told:
    """``item`` with evidence that names the brief it comes from."""
    fields = {name: getattr(item, name) for name in type(item).model_fields}
    evidence: tuple[Evidence, ...] = fields.pop("evidence")
    cited = tuple(
        StoryEvidence(start=one.start, end=one.end, text=one.text, article=brief.id)
        for one in evidence
    )
    return kind(evidence=cited, **fields)


def _in_order(briefs: Iterable[Brief]) -> tuple[Brief, ...]:
    once: dict[str, Brief] = {}
    for brief in sorted(briefs, key=lambda brief: (brief.source.ref or "", str(brief.provenance))):
        once.setdefault(brief.id, brief)
    newest_first = sorted(
        sorted(once.values(), key=lambda brief: (brief.source.title or "", brief.id)),
        key=lambda brief: brief.source.published_at or _LONG_AGO,
        reverse=True,
    )
    return tuple(sorted(newest_first, key=lambda brief: _PLACES[brief.source.genre or "news"]))


def _state(stories: Sequence[Story], failures: Sequence[Failure]) -> DigestState:
    if failures:
        return "partial" if stories else "broken"
    return "complete" if stories else "nothing_to_report"


def _counts(
    stories: Sequence[Story], briefs: Sequence[Brief], failures: Sequence[Failure]
) -> DigestCounts:
    briefed = [brief for brief in briefs if brief.status == "ok"]
    n_agreements = sum(len(story.agreements.items) for story in stories)
    n_dissent = sum(len(story.dissent.items) for story in stories)
    n_told = sum(len(story.summary) + bool(story.headline) for story in stories)
    withheld = Counter(line.reason for brief in briefed for line in brief.withheld)
    return DigestCounts(
        n_articles=len(briefs) + len(failures),
        n_briefed=len(briefed),
        n_not_briefable=len(briefs) - len(briefed),
        n_failed=len(failures),
        n_stories=len(stories),
        n_lines=n_told + n_agreements + n_dissent,
        n_agreements=n_agreements,
        n_dissent=n_dissent,
        n_withheld=withheld.total(),
        not_briefable=_sorted(Counter(brief.status for brief in briefs if brief.status != "ok")),
        failed=_sorted(Counter(failure.reason for failure in failures)),
        withheld=_sorted(withheld),
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
