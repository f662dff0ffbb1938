"""What only a story has: its standing in the edition, where its outlets differ, its corrections.

Knows nothing of how any of it looks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from briefer.render import safety, wording
from briefer.render.footnotes import Footnotes
from briefer.render.views import OutletVersion, Split
from briefer.schema import Brief, Difference, Digest, Story, Withdrawn

UNTITLED = "An article without a title"


def full_and_rest(digest: Digest) -> tuple[list[Story], list[Story]]:
    """The stories told in full and those told by their headline; the front page's are full."""
    fresh = [story for story in digest.stories if story.news != "unchanged"]
    n_full = len(fresh) if digest.max_chapters is None else digest.max_chapters
    first = [story.id for story in fresh if story.id in digest.front][:n_full]
    others = [story.id for story in fresh if story.id not in first][: n_full - len(first)]
    kept = {*first, *others}
    return [s for s in fresh if s.id in kept], [s for s in fresh if s.id not in kept]


def correction(one: Withdrawn) -> str:
    """What the front page says of a withdrawn article."""
    title = safety.name(one.title or "") or UNTITLED
    reason = safety.shown(one.reason)
    return f"Withdrawn after this edition had appeared: {title}" + (
        f" ({reason})" if reason else ""
    )


def differences(told: Story | Brief) -> Sequence[Difference]:
    """Where the outlets differ; one brief has one outlet."""
    return told.differences if isinstance(told, Story) else ()


def standing(told: Story | Brief) -> dict[str, Any]:
    """What only a story has: its section, its copies, what is new in it."""
    if isinstance(told, Brief):
        return {}
    return {
        "also_in": ", ".join(safety.name(one) for one in told.also_in),
        "section": safety.name(told.section) if told.section else None,
        "changes": tuple(safety.shown(one) for one in told.changes),
    }


def split(one: Difference, notes: Footnotes) -> Split:
    """A difference with its evidence numbered."""
    about = safety.name(one.about)
    return Split(
        label=wording.DIFFERENCES[one.kind].format(about),
        versions=tuple(
            OutletVersion(safety.name(v.outlet), safety.shown(v.text), notes.cite(v.evidence))
            for v in one.versions
        ),
    )
