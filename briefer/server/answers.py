"""A document in the form that the client asked for, with what it may see.

Knows nothing of how a document is made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping

from starlette.datastructures import Headers
from starlette.responses import Response

from briefer import digest as digests
from briefer import render
from briefer.schema import Article, Brief, Digest, Include
from briefer.server.problem import Problem

JSON = "application/json"
EVENTS = "text/event-stream"
BRIEF_FORMS: Mapping[str, Callable[[Brief], str]] = {
    JSON: Brief.model_dump_json,
    "text/markdown": render.markdown,
    "text/html": render.html,
}
DIGEST_FORMS: Mapping[str, Callable[[Digest], str | bytes]] = {
    JSON: digests.dump,
    "text/html": render.html,
    "text/markdown": render.markdown,
    "application/pdf": render.pdf,
}
SUFFIXES: Mapping[str, str] = {
    "json": JSON,
    "html": "text/html",
    "md": "text/markdown",
    "pdf": "application/pdf",
}
_MAX_RANGES = 50


def listed(headers: Headers, name: str) -> str | None:
    """A header that is a list, whole: it may come in several lines (RFC 9110, section 5.3)."""
    return ", ".join(headers.getlist(name)) or None


def accepted(headers: Headers, offered: Collection[str] = tuple(BRIEF_FORMS)) -> str:
    """The best of the offered media types for a request's headers.

    Raises:
        Problem: as of ``media_type``.
    """
    return media_type(listed(headers, "accept"), offered)


def media_type(accept: str | None, offered: Collection[str] = tuple(BRIEF_FORMS)) -> str:
    """The best of the offered media types for an ``Accept`` header (RFC 9110, section 12.5.1).

    Raises:
        Problem: 406 when the client takes none of them.
    """
    ranges = [_range(part) for part in (accept or "*/*").split(",")[:_MAX_RANGES]]
    best, quality = max(
        ((name, _quality(name, ranges)) for name in offered), key=lambda pair: pair[1]
    )
    if quality == 0:
        raise Problem("not-acceptable", f"This comes as {', '.join(offered)}.")
    return best


def _range(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            return name, _weight(value.strip())
    return name, 1.0


_WEIGHT = re.compile(r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?")


def _weight(value: str) -> float:
    """A ``q`` value (RFC 9110, section 12.4.2); what is none counts as 0."""
    return float(value) if _WEIGHT.fullmatch(value) else 0.0


def _quality(name: str, ranges: list[tuple[str, float]]) -> float:
    """The weight of the most specific range that covers ``name``."""
    group = name.partition("/")[0]
    for pattern in (name, f"{group}/*", "*/*"):
        weights = [weight for found, weight in ranges if found == pattern]
        if weights:
            return max(weights)
    return 0.0


def shown(brief: Brief, include: Collection[Include], article: Article | None = None) -> Brief:
    """The brief with no more texts than asked for, and its caller's own ``ref`` and ``url``."""
    changed: dict[str, object] = {}
    if "source_text" not in include:
        changed["text"] = None
    if article is not None:
        changed |= {"ref": article.ref, "url": article.url}
    withheld = brief.withheld
    if "withheld_text" not in include:
        withheld = tuple(one.model_copy(update={"text": None}) for one in withheld)
    source = brief.source.model_copy(update=changed)
    return brief.model_copy(update={"source": source, "withheld": withheld})


def response(brief: Brief, name: str, headers: Mapping[str, str] | None = None) -> Response:
    """The brief as ``name``, one of our media types; renders, so it is not for the event loop."""
    told = {"Vary": "Accept", **(headers or {})}
    return Response(BRIEF_FORMS[name](brief), media_type=name, headers=told)
