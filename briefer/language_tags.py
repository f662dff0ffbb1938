"""Language tags as BCP 47 has them: their form, and the case they are written in.

Knows nothing of which languages are read.
"""

from __future__ import annotations

import re
from itertools import takewhile

PATTERN = r"^[A-Za-z]{2,3}(?:(?:[-_][A-Za-z0-9]{1,8}){0,6}[-_][A-Za-z0-9]{2,8})?$"  # RFC 5646, 2.1
"""The form of a tag: a language of ISO 639, with ``_`` for ``-`` as pages write it."""
MAX_CHARS = 66
"""So long is the longest tag of that form."""
_TAG = re.compile(PATTERN)


def normalise(tag: str | None) -> str | None:
    """A tag in BCP 47's usual case (``en_gb`` -> ``en-GB``); ``None`` when it is no tag."""
    if tag is None or not _TAG.match(tag.strip()):
        return None
    first, *rest = re.split("[-_]", tag.strip())
    known = list(takewhile(lambda subtag: len(subtag) > 1, rest))  # an extension follows (u, x)
    extended = map(str.lower, rest[len(known) :])
    return "-".join([first.lower(), *map(_subtag_case, known), *extended])


def _subtag_case(subtag: str) -> str:
    if len(subtag) == 2:
        return subtag.upper()
    return subtag.title() if len(subtag) == 4 and subtag.isalpha() else subtag.lower()
