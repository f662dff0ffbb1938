"""What a reader is given of an article, and what is taken of each sentence from what it read.

An article is cut into windows of whole sentences; a sentence is the mean and the last of its
tokens' hidden states. Training and use share this. Knows nothing of files or models.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

WINDOW = 1536  # tokens read at once; 99 % of the articles of train-briefs have fewer
N_CONTEXT = 6  # sentences of the window before that are read again
_SPACES = re.compile(r"\s+")

Encode = Callable[[str], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens read at once, and for each of its sentences that counts: number, start, end."""

    ids: tuple[int, ...]
    spans: tuple[tuple[int, int, int], ...]


def on_one_line(text: str) -> str:
    """The text on one line."""
    return _SPACES.sub(" ", text).strip()


def encoded(
    title: str, sentences: Sequence[str], encode: Encode
) -> tuple[Sequence[int], list[Sequence[int]]]:
    """The token ids of the title and of each sentence, each on a line of its own."""
    return encode(f"Title: {on_one_line(title)}\n"), [
        encode(f"{on_one_line(one)}\n") for one in sentences
    ]


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
