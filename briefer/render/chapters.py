"""A story, or a brief that stands alone, becomes a chapter: its evidence is numbered.

Knows nothing of the edition that the chapter stands in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from briefer import stories, text
from briefer.render import origins, safety, wording
from briefer.render.footnotes import Footnotes
from briefer.render.views import (
    Accord,
    Chapter,
    Opinion,
    OutletVersion,
    Person,
    Point,
    Split,
    Tally,
)
from briefer.schema import (
    Actor,
    Agreement,
    Brief,
    Difference,
    Dissent,
    Finding,
    Line,
    Reason,
    Section,
    Story,
    StoryLine,
)

_N_GIST = 3
"""What the front page tells of its first story: three columns."""
_N_ACTOR_NOTES = 2
"""An actor is often named in many sentences: the record has them all, the page two."""


def chapter(
    number: int,
    told: Story | Brief,
    briefs: Sequence[Brief],
    max_quoted_words: int | None = None,
) -> Chapter:
    """The chapter ``number`` of an edition that quotes at most ``max_quoted_words`` an article.

    ``briefs`` are those of the story's articles, in its order.
    """
    notes = Footnotes({brief.id: origins.outlet(brief) for brief in briefs}, max_quoted_words)
    withheld = Counter(line.reason for brief in briefs for line in brief.withheld)
    headline = told.headline
    title = origins.headline(headline.text) if headline else origins.title(briefs[0])
    return Chapter(
        anchor=f"story-{number}",
        number=number,
        title=title,
        title_cites=notes.cite(headline.evidence) if headline else (),
        kicker=origins.kicker(briefs, told.section if isinstance(told, Story) else None),
        origin=origins.origin(briefs),
        marks=_marks(told),
        language=origins.language(briefs),
        points=tuple(_point(line, notes, briefs) for line in told.summary),
        no_points=None if told.summary else _why_no_points(briefs),
        people=tuple(_person(actor, notes) for actor in told.actors),
        accords=tuple(_accord(item, notes) for item in told.agreements.items),
        no_accords=_why_none("agreements", told.agreements.status, briefs),
        opinions=tuple(_opinion(item, notes) for item in told.dissent.items),
        no_opinions=_why_none("dissent", told.dissent.status, briefs),
        splits=tuple(_split(one, notes) for one in _differences(told)),
        notes=notes.notes(),
        sources=tuple(origins.source_line(brief) for brief in briefs),
        withheld=wording.withheld([(row.n, row.words) for row in tallies(withheld)]),
        gist=_gist(title, told.summary),
        unquoted=_unquoted(max_quoted_words),
        **_standing(told),
    )


def tallies(withheld: Mapping[Reason, int]) -> tuple[Tally, ...]:
    """How many lines were withheld for each reason, the most frequent first."""
    ordered = sorted(withheld.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Tally(n, wording.WITHHELD[reason]) for reason, n in ordered)


def _gist(title: str, lines: Sequence[Line]) -> tuple[str, ...]:
    """The first lines that say more than the title does."""
    fresh = (line.text for line in lines if not stories.shares_words(title, line.text))
    return tuple(safety.shown(one) for one in islice(fresh, _N_GIST))


def _why_none(section: Section, status: Finding, briefs: Sequence[Brief]) -> str | None:
    """What an empty section says; ``None`` of one that is not."""
    if status == "not_checked" and _is_withheld(section, briefs):
        return wording.NONE_HELD_UP
    words = wording.NO_FINDINGS if len(briefs) == 1 else wording.NO_FINDINGS_OF_SEVERAL
    return words[status]


def _why_no_points(briefs: Sequence[Brief]) -> str:
    """Why there is no summary: whether one was asked for, a brief does not say."""
    is_withheld = _is_withheld("summary", briefs)
    return wording.NO_LINE_HELD_UP if is_withheld else wording.NO_LINE_DRAFTED


def _is_withheld(section: Section, briefs: Sequence[Brief]) -> bool:
    return any(line.section == section for brief in briefs for line in brief.withheld)


def _unquoted(max_quoted_words: int | None) -> str:
    if max_quoted_words is None:
        return ""
    return wording.UNQUOTED.format(wording.count(max_quoted_words, "word"))


def _point(line: Line, notes: Footnotes, briefs: Sequence[Brief]) -> Point:
    saying = {one.article for one in line.evidence} if isinstance(line, StoryLine) else set()
    outlets = {origins.outlet(brief) or brief.id for brief in briefs if brief.id in saying}
    return Point(
        safety.shown(line.text),
        line.kind == "extractive",
        cites=notes.cite(line.evidence),
        n_outlets=max(1, len(outlets)),
    )


def _accord(item: Agreement, notes: Footnotes) -> Accord:
    return Accord(
        parties=text.capitalised(" · ".join(safety.name(party) for party in item.parties)),
        text=safety.shown(item.text),
        is_verbatim=item.kind == "extractive",
        cites=notes.cite(item.evidence),
    )


def _opinion(item: Dissent, notes: Footnotes) -> Opinion:
    return Opinion(
        holder=text.capitalised(safety.name(item.holder)),
        text=safety.shown(item.text),
        against=safety.name(item.against) if item.against else None,
        quote=safety.shown(item.quote) if item.quote else None,
        is_verbatim=item.kind == "extractive",
        cites=notes.cite(item.evidence),
    )


def _person(actor: Actor, notes: Footnotes) -> Person:
    return Person(
        name=text.capitalised(safety.name(actor.name)),
        kind="" if actor.kind == "person" else actor.kind,  # a name without a role says as much
        role=safety.shown(actor.role) if actor.role else None,
        cites=notes.cite(actor.evidence[:_N_ACTOR_NOTES]),
    )


def _marks(told: Story | Brief) -> str:
    counted = (
        (len(told.agreements.items), "agreement"),
        (len(told.dissent.items), "dissenting view"),
    )
    return ", ".join(wording.count(n, noun) for n, noun in counted if n)


def _standing(told: Story | Brief) -> dict[str, Any]:
    """What only a story has: its copies, what is new in it."""
    if isinstance(told, Brief):
        return {}
    return {
        "also_in": ", ".join(safety.name(one) for one in told.also_in),
        "changes": tuple(safety.shown(one) for one in told.changes),
    }


def _differences(told: Story | Brief) -> Sequence[Difference]:
    """Where the outlets differ; one brief has one outlet."""
    return told.differences if isinstance(told, Story) else ()


def _split(one: Difference, notes: Footnotes) -> Split:
    """A difference with its evidence numbered."""
    about = safety.name(one.about)
    return Split(
        label=wording.DIFFERENCES[one.kind].format(about),
        versions=tuple(
            OutletVersion(safety.name(v.outlet), safety.shown(v.text), notes.cite(v.evidence))
            for v in one.versions
        ),
    )
