"""The words before a passage: whom its pronouns mean, and when.

Knows nothing of prompts or models.
"""

from __future__ import annotations

from collections.abc import Sequence

# Two or three sentences of news. One (30 words) leaves "he", "the bureau" and "at the time" open;
# each word more is read for every passage.
_N_WORDS = 60


def sentences_before(sentences: Sequence[str], first: int) -> str:
    """The whole sentences before the one at ``first``, as many as fit into 60 words.

    Of a last sentence that is longer its last 60 words.
    """
    told: list[str] = []
    n_words = 0
    for sentence in reversed(sentences[:first]):
        words = sentence.split()
        if told and n_words + len(words) > _N_WORDS:
            break
        told.append(" ".join(words[-_N_WORDS:]))
        n_words += len(words)
    return " ".join(reversed(told))
