"""Is a view's line carried by sentences that dissent?

A passage is chosen by all its sentences together; what the line tells of it may be the part that
opposes nothing. Knows nothing of the tagger, of holders or of the article.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefer.checks import meaning
from briefer.schema import DraftLine

# Of 1,059 views of train, worded by code, tags out of fold: .28 of those that are none are stopped
# and .065 of the right ones; with .55 for all lines .30 and .079, with .5 .27 and .058.
_DISSENTS, _TAKES_ISSUE = 0.55, 0.4


def tells_none(line: DraftLine, sentences: Sequence[int]) -> bool:
    """Whether none of the sentences that carry the line dissents by its odds, where they are known.

    Less is asked of a line that blames or opposes by its own words.
    """
    odds = dict(zip(line.passage.sentences, line.passage.odds, strict=False))
    told = [odds[number] for number in sentences if number in odds]
    needed = _TAKES_ISSUE if meaning.takes_issue(line.text) else _DISSENTS
    return bool(told) and max(told) < needed
