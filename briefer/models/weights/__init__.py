"""Find, fetch and verify model weights by name; the SHA-256 decides, not the source.

For the command line::

    with progress_bar(named(name)) as on_progress:
        path = pull(name, given=None, on_progress=on_progress)    # briefer model pull
    for pin in PINNED.values():
        pin.name, path_of(pin), pin.n_bytes, pin.sha256, is_whole(pin)    # briefer model list
        check(pin).state, check(pin).detail    # briefer model verify

``DEFAULTS`` are the names that ``briefer model pull`` without a name fetches.
"""

from __future__ import annotations

from briefer.models.weights.cache import Check, check, find, is_whole, named, root
from briefer.models.weights.cache import path as path_of
from briefer.models.weights.fetching import pull
from briefer.models.weights.pins import DEFAULT, DEFAULTS, PARSER, PINNED, SECOND, Pin
from briefer.models.weights.progress import progress_bar

__all__ = [
    "DEFAULT",
    "DEFAULTS",
    "PARSER",
    "PINNED",
    "SECOND",
    "Check",
    "Pin",
    "check",
    "find",
    "is_whole",
    "named",
    "path_of",
    "progress_bar",
    "pull",
    "root",
]
