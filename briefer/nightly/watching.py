"""How others see that a night went well, or that there was none: metrics and a ping.

The file is in Prometheus' text format, for the node exporter's textfile collector. Knows nothing
of what a night does.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import httpx

from briefer.nightly.documents import write_whole

_TIMEOUT_S = 10.0


def write_metrics(path: Path, values: Mapping[str, float]) -> None:
    """Write gauges, ``briefer_nightly_<name>``; the file is replaced whole."""
    lines = []
    for name, value in values.items():
        lines += [f"# TYPE briefer_nightly_{name} gauge", f"briefer_nightly_{name} {value:.15g}"]
    write_whole(path, ("\n".join(lines) + "\n").encode())


def ping(url: str, *, succeeded: bool) -> str | None:
    """Tell a dead man's switch that the night is over; why that failed, if it did.

    A night that went wrong pings ``URL/fail``, as such services understand it.
    """
    target = url if succeeded else f"{url.rstrip('/')}/fail"
    try:
        host = httpx.URL(url).host  # no more of it is told: who knows the rest can ping
    except httpx.InvalidURL:
        return "the ping failed: what is to be called is no address"
    try:
        httpx.get(target, timeout=_TIMEOUT_S).raise_for_status()
    except (httpx.HTTPError, UnicodeError) as error:  # the latter of a label that is too long
        return f"the ping to {host} failed: {type(error).__name__}"
    return None
