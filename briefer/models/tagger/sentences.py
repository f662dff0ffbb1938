"""What a reader is given of an article, and what is taken of each sentence from what it read.

An article is cut into windows of whole sentences; a sentence is the mean and the last of its
tokens' hidden states, a word the state of its last token. Training and use share this. Knows
nothing of files or models.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from briefer import text as texts

WINDOW = 1536  # tokens read at once; 99 % of the articles of train-briefs have fewer
N_CONTEXT = 6  # sentences of the window before that are read again
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens read at once, and for each of its sentences that counts: number, start, end."""

    ids: tuple[int, ...]
    spans: tuple[tuple[int, int, int], ...]


def on_one_line(text: str) -> str:
    """The text on one line."""
    return _SPACES.sub(" ", text).strip()


def windows(title: Sequence[int], sentences: Sequence[Sequence[int]]) -> list[Window]:
    """Cut an article into windows; each begins with the title, later ones with some context.

    A title of more than a quarter of a window is cut, and so is a sentence.
    """
    made: list[Window] = []
    first = 0
    while first < len(sentences):
        ids = list(title[: WINDOW // 4])
        spans: list[tuple[int, int, int]] = []
        for k in range(_context(sentences, first), len(sentences)):
            piece = sentences[k][: WINDOW // 4]
            if spans and len(ids) + len(piece) > WINDOW:
                break
            if k >= first:
                spans.append((k, len(ids), len(ids) + len(piece)))
            ids += piece
        made.append(Window(tuple(ids), tuple(spans)))
        first = spans[-1][0] + 1
    return made


def _context(sentences: Sequence[Sequence[int]], first: int) -> int:
    """Where the context before sentence ``first`` begins; it fills at most half a window."""
    start, room = first, WINDOW // 2
    while start > max(0, first - N_CONTEXT) and len(sentences[start - 1]) <= room:
        start -= 1
        room -= len(sentences[start])
    return start


def pooled(hidden: Sequence[Tensor], read: Sequence[Window]) -> Tensor:
    """Mean and last token of each sentence that counts: (T, C) a window -> (sentences, 2 C)."""
    rows = []
    for states, window in zip(hidden, read, strict=True):
        for _, start, end in window.spans:
            own = states[start:end].float()
            rows.append(torch.cat((own.mean(0), own[-1])))
    return torch.stack(rows)


def of_words(
    hidden: Sequence[Tensor], read: Sequence[Window], words: Sequence[Sequence[int]]
) -> dict[int, Tensor]:
    """What belongs to each word, by sentence: (T, …) a window -> (words, …) a sentence.

    ``words`` holds for each sentence of the article the token that each of its words ends with;
    words beyond what was read of a sentence get what the last token has that was.
    """
    found = {}
    for tokens, window in zip(hidden, read, strict=True):
        for number, start, end in window.spans:
            found[number] = tokens[[min(start + token, end - 1) for token in words[number]]]
    return found


def last_tokens(line: str, offsets: Sequence[tuple[int, int]]) -> list[int]:
    """The token that each word of a line ends with; ``offsets`` are the tokens' characters."""
    starts = [start for start, _ in offsets]
    return [bisect_left(starts, end) - 1 for _, end in texts.runs(line)]
