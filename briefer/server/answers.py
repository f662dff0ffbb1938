"""A brief in the form that the client asked for: JSON, Markdown or HTML.

Knows nothing of how a brief is made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from starlette.responses import Response

from briefer import render
from briefer.schema import Brief
from briefer.server.problem import Problem

_FORMS: Mapping[str, Callable[[Brief], str]] = {
    "application/json": Brief.model_dump_json,
    "text/markdown": render.markdown,
    "text/html": render.html,
}
_MAX_RANGES = 50


def media_type(accept: str | None) -> str:
    """The best of our media types for an ``Accept`` header (RFC 9110, section 12.5.1).

    Raises:
        Problem: 406 when the client takes none of them.
    """
    ranges = [_range(part) for part in (accept or "*/*").split(",")[:_MAX_RANGES]]
    best, quality = max(
        ((name, _quality(name, ranges)) for name in _FORMS), key=lambda pair: pair[1]
    )
    if quality == 0:
        raise Problem("not-acceptable", f"A brief comes as {', '.join(_FORMS)}.")
    return best


def _range(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            return name, _weight(value.strip())
    return name, 1.0


def _weight(value: str) -> float:
    """A ``q`` value; what is none counts as 0."""
    digits = value.removeprefix("0").removeprefix("1").removeprefix(".")
    is_weight = value[:1] in ("0", "1") and (digits.isdecimal() or not digits)
    return min(float(value), 1.0) if is_weight and len(value) <= 5 else 0.0


def _quality(name: str, ranges: list[tuple[str, float]]) -> float:
    """The weight of the most specific range that covers ``name``."""
    group = name.partition("/")[0]
    for pattern in (name, f"{group}/*", "*/*"):
        weights = [weight for found, weight in ranges if found == pattern]
        if weights:
            return max(weights)
    return 0.0


def response(brief: Brief, name: str) -> Response:
    """The brief as ``name``, one of our media types; renders, so it is not for the event loop."""
    return Response(_FORMS[name](brief), media_type=name, headers={"Vary": "Accept"})
