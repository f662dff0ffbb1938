"""Briefs of a day become stories: one event, told by several outlets.

    gathering.py     a day's briefs as its stories
    grouping.py      which briefs are about one event
    telling.py       their lines, actors, agreements and views merged, evidence kept
    differences.py   where the outlets disagree
    ranking.py       which comes first, and in which section

Knows nothing of days, documents or where vectors come from.
"""

from __future__ import annotations

from briefer.stories.gathering import encoder_for, gather
from briefer.stories.grouping import Encode, Told, group, told_by
from briefer.stories.telling import merge, tell
from briefer.stories.wording import has_line, shares_words

__all__ = [
    "Encode",
    "Told",
    "encoder_for",
    "gather",
    "group",
    "has_line",
    "merge",
    "shares_words",
    "tell",
    "told_by",
]
