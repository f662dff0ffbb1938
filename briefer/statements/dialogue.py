"""Interviews and transcripts: turns that open with "Name:".

Works on sentences; a text counts as a dialogue from three turns on, with two names of which one
comes back. Knows nothing of syntax.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefer.schema import Sentence, Span

# "Ann Low:", "MERKEL:", "Q:"; up to four words, so that "The plan: we wait" hardly ever fits.
_TURN = re.compile(r"[\"“]?([^\W\d_][\w.’'-]*(?: [^\W\d_a-z][\w.’'-]*){0,3}):(?=\s+\S)")
_MIN_TURNS = 3
# What stands before a colon in captions, links and notes.
_LABELS = frozenset(
    (
        "audio", "by", "caption", "correction", "credit", "image", "images", "more", "note",
        "opinion", "photo", "photos", "picture", "read", "read more", "related", "see also",
        "source", "sources", "update", "video", "watch",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: the name before the colon, and what is said until the next turn.

    A turn ends with its paragraph: captions and links look like turns, and would swallow the text.
    """

    name: Span
    content: Span


def find(sentences: Sequence[Sentence]) -> tuple[Turn, ...]:
    """The turns of a dialogue in order; none where fewer than three sentences open like one."""
    opened = [(sentence, mark) for sentence in sentences if (mark := _opening(sentence))]
    names = [mark[1] for _, mark in opened]
    if len(opened) < _MIN_TURNS or not 1 < len(set(names)) < len(names):
        return ()
    openings = {sentence.index for sentence, _ in opened}
    return tuple(
        Turn(
            Span(sentence.start + mark.start(1), sentence.start + mark.end(1)),
            Span(sentence.start + mark.end() + 1, _end(sentences, sentence, openings)),
        )
        for sentence, mark in opened
    )


def _opening(sentence: Sentence) -> re.Match[str] | None:
    mark = _TURN.match(sentence.text)
    is_name = mark is not None and mark[1][:1].isupper() and mark[1].casefold() not in _LABELS
    return mark if is_name else None


def _end(sentences: Sequence[Sentence], opening: Sentence, openings: set[int]) -> int:
    last = opening
    for sentence in sentences[opening.index + 1 :]:
        if sentence.paragraph != opening.paragraph or sentence.index in openings:
            break
        last = sentence
    return last.end
