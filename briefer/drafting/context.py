"""The words around a passage: whom its pronouns mean, and what the article is about.

Knows nothing of prompts or models.
"""

from __future__ import annotations

from collections.abc import Sequence

# Two or three sentences of news. One (30 words) leaves "he", "the bureau" and "at the time" open;
# each word more is read for every passage.
_N_BEFORE = 60
# One or two sentences, read once for all passages. Of 2,776 lines that readers wrote with the whole
# article in view the prompt has the names, numbers and words of .83 without these, of .90 so.
_N_OPENING = 45


def sentences_before(sentences: Sequence[str], first: int) -> str:
    """The whole sentences before the one at ``first``, as many as fit into 60 words.

    Of a last sentence that is longer its last 60 words.
    """
    told = _just_before(sentences, first)
    return " ".join(" ".join(words[-_N_BEFORE:]) for words in reversed(told))


def opening(sentences: Sequence[str], first: int) -> str:
    """The article's first sentences, as many as fit into 45 words; of a longer one its first 45.

    Empty where one of them is the one at ``first`` or among those before it that are told.
    """
    told = _at_the_start(sentences, first)
    return " ".join(" ".join(words[:_N_OPENING]) for words in told)


def shown(sentences: Sequence[str], first: int) -> tuple[int, ...]:
    """The numbers of the sentences, whole or cut, that are shown with the one at ``first``."""
    n_before, n_opening = len(_just_before(sentences, first)), len(_at_the_start(sentences, first))
    return (*range(n_opening), *range(first - n_before, first))


def _just_before(sentences: Sequence[str], first: int) -> list[list[str]]:
    """The words of the sentences told before the one at ``first``, the nearest first."""
    return _fitting(sentences[:first][::-1], _N_BEFORE)


def _at_the_start(sentences: Sequence[str], first: int) -> list[list[str]]:
    told = _fitting(sentences, _N_OPENING)
    is_apart = len(told) <= first - len(_just_before(sentences, first))
    return told if is_apart else []


def _fitting(sentences: Sequence[str], most: int) -> list[list[str]]:
    """The words of the first sentences that together are no more; the very first in any case."""
    told: list[list[str]] = []
    n_words = 0
    for sentence in sentences:
        words = sentence.split()
        if told and n_words + len(words) > most:
            break
        told.append(words)
        n_words += len(words)
    return told
