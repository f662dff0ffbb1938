"""Where a story is from: its title, outlets and day, in words that are safe to show.

Knows nothing of what the story tells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from briefer import language_tags
from briefer.render import safety, wording
from briefer.render.views import SourceLine
from briefer.schema import Brief

UNTITLED = "An article without a title"

# The stop of a sentence set as a headline; not that of "U.S.", "Sen." or "etc."
_LAST_STOP = re.compile(r"(?:(?<=[^\s.]{4})|(?<=[\s’'-][a-z]{2})|(?<=[\s’'-][a-z]{3})(?<!etc))\.$")


def headline(text: str) -> str:
    """A sentence set as a headline: without its stop."""
    return _LAST_STOP.sub("", safety.shown(text))


def title(brief: Brief) -> str:
    """The article's own title, else where it was found, else that it has none."""
    return safety.name(brief.source.title or brief.source.ref or "") or UNTITLED


def _own_title(brief: Brief) -> str:
    """The article's own title; where it has none, that and where it was found."""
    source = brief.source
    if source.title:
        return safety.name(source.title)
    return f"{UNTITLED} ({safety.name(source.ref)})" if source.ref else UNTITLED


def outlet(brief: Brief) -> str | None:
    """Who published the article, where that is known."""
    return safety.name(brief.source.publisher or "") or None


def outlets(briefs: Sequence[Brief]) -> str:
    """Each outlet once, in the order of the briefs."""
    return ", ".join(dict.fromkeys(filter(None, map(outlet, briefs))))


def origin(briefs: Sequence[Brief]) -> str:
    """Where the story is from, shortly: the outlets, else the genre."""
    return outlets(briefs) or wording.GENRES[briefs[0].source.genre or "other"]


def kicker(briefs: Sequence[Brief], section: str | None = None) -> str:
    """Section, genre, outlets and day, where they are known."""
    source = briefs[0].source
    genre = wording.GENRES[source.genre] if source.genre else None
    day = wording.date_words(source.published_at) if source.published_at else None
    parts = (safety.name(section or ""), genre, outlets(briefs), day)
    return " · ".join(part for part in parts if part)


def language(briefs: Sequence[Brief]) -> str | None:
    """The stories' language tag, ``None`` for English, which the whole page is in."""
    tag = language_tags.normalise(briefs[0].source.language)
    return None if tag and tag.split("-")[0] == "en" else tag


def source_line(brief: Brief) -> SourceLine:
    """The article in the list of a story's sources."""
    source = brief.source
    url = safety.link(source.url)
    share = source.share_read
    return SourceLine(
        title=_own_title(brief),
        outlet=outlet(brief),
        published=wording.moment_words(source.published_at) if source.published_at else None,
        url=url,
        host=urlsplit(url).hostname if url else None,
        remark=f"only {share:.0%} of the text was read" if share < 1 else None,
    )
