"""Text in, text with sentence offsets out: cleaning, cutting, normalising, fingerprints.

Pure functions over strings, linear in the length of the text. Article text is hostile: every
pattern here is a single pass. Knows nothing of files, HTML or languages other than by their
marks of punctuation. ``cutting`` finds the sentences.
"""

from __future__ import annotations

import calendar
import hashlib
import re
import unicodedata
from collections.abc import Iterator
from typing import Literal

from briefer import wrapping
from briefer.text.cutting import ABBREVIATIONS, MAX_SENTENCE_CHARS, paragraphs, sentences

__all__ = [
    "DAYS_AND_MONTHS",
    "MAX_SENTENCE_CHARS",
    "capitalised",
    "clean",
    "fingerprint",
    "folded",
    "folded_words",
    "forms",
    "normalise",
    "one_line",
    "paragraphs",
    "runs",
    "sentences",
    "without_point",
    "words",
]

DAYS_AND_MONTHS = (*calendar.day_name, *calendar.month_name[1:])
"""How days and months are called, in full."""

_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028]")
# Control characters, lone surrogates, noncharacters, and the invisible ones that only mislead
# (zero-width and soft hyphens, direction overrides, interlinear marks, tag characters). The two
# joiners U+200C and U+200D stay: Persian, Indic scripts and emoji need them.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ufdd0-\ufdef\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
_NONCHARACTERS = str.maketrans(
    dict.fromkeys(plane << 16 | low for plane in range(1, 17) for low in (0xFFFE, 0xFFFF))
)
_SPACES = re.compile(r"\s+")


def clean(text: str) -> str:
    """Normalise a text for reading; cleaning a clean text changes nothing.

    Unicode NFC, line breaks normalised, control characters, lone surrogates and misleading
    invisible characters removed, white space folded, paragraphs separated by one blank line.
    A single line break is a paragraph break unless the text looks hard-wrapped there.
    """
    text = _UNWANTED.sub("", _LINE_BREAKS.sub("\n", text).replace("\u2029", "\n\n"))
    if not text.isascii():
        text = _composed("NFC", text.translate(_NONCHARACTERS))
    lines = [_SPACES.sub(" ", line).strip() for line in text.split("\n")]
    return wrapping.unwrapped(lines)


# Sorting a run of combining marks takes quadratic time (100,000 of them: 11 s), so runs are cut at
# the 30 of Unicode's Stream-Safe Text Format (UAX #15, section 13).
_LONG_MARKS = re.compile(r"[^\w\s\x00-\x7f]{31,}")
_MAX_MARKS = 30


def _composed(form: Literal["NFC", "NFKC"], text: str) -> str:
    return unicodedata.normalize(form, _LONG_MARKS.sub(_limit_marks, text))


def _limit_marks(run: re.Match[str]) -> str:
    kept: list[str] = []
    n_marks = 0
    for char in run[0]:
        n_marks = n_marks + 1 if unicodedata.combining(char) else 0
        if n_marks <= _MAX_MARKS:
            kept.append(char)
    return "".join(kept)


def one_line(text: str | None) -> str | None:
    """The text cleaned and on one line; ``None`` when nothing is left of it."""
    return " ".join(clean(text).split()) or None if text else None


def fingerprint(text: str) -> str:
    """The SHA-256 of the text's UTF-8 bytes, in hex. The text must be clean (no surrogates)."""
    return hashlib.sha256(text.encode()).hexdigest()


_STRAIGHT = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′‹›`´ʼ", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
    }
)


def normalise(text: str) -> str:
    """A form for matching, not for showing: NFKC, straight quotes and dashes, single spaces.

    Offsets do not survive it.
    """
    straight = text.translate(_STRAIGHT)
    return _SPACES.sub(" ", _composed("NFKC", straight)).translate(_STRAIGHT).strip()


def folded(text: str) -> str:
    """``normalise`` without case: what folds alike is the same however it is spelled."""
    return normalise(text).casefold()


def capitalised(line: str) -> str:
    """The line with a capital at its beginning, the rest as it was."""
    return line[:1].upper() + line[1:]


def without_point(line: str) -> str:
    """A headline's words: no full stop at the end, but "the U.S.", "a.m.", "Corp." keep theirs."""
    word = _POINTED.search(line)
    is_short = word is not None and (word["short"] is None or word["short"] in _SHORT)
    return line if is_short else line.removesuffix(".")


# Written small they are words ("the reps.") or take no stop ("5 km.").
_SHORT = frozenset(word.capitalize() for word in ABBREVIATIONS.split() if word.isalpha())
_POINTED = re.compile(r"\b(?:[A-Z]|[A-Za-z](?:\.[A-Za-z])+|(?P<short>[A-Z][a-z]+))\.$")


# Hyphens and apostrophes join, stops only between single letters; digits keep their separators.
_WORD = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:['’&-][^\W_]+|\.[^\W\d_](?![^\W_]))*")


_RUN = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """The words and numbers in order, as written: ``U.S``, ``1,200.50``, ``state-run``."""
    return _WORD.findall(text)


def runs(text: str) -> Iterator[tuple[int, int]]:
    """Where each run of letters, digits and low lines stands: what a tagger tells words by.

    White space may be folded without changing their number.
    """
    return (found.span() for found in _RUN.finditer(text))


def folded_words(text: str) -> list[str]:
    """The words of the folded text, for comparing texts word by word."""
    return words(folded(text))


def forms(listed: str) -> frozenset[str]:
    """The words of a list written with blanks between, as they are."""
    return frozenset(listed.split())
