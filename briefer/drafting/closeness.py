"""How closely a line follows a sentence: the share of its words that stand there in its order.

The precision of ROUGE-L (Lin, ROUGE, ACL workshop 2004). Knows nothing of passages or models.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from briefer import text


def closeness(line: str, sentences: Iterable[str]) -> float:
    """The share for the sentence that the line follows most closely; 1 for an empty line."""
    words = text.folded_words(line)
    if not words:
        return 1.0
    longest = (_common(words, text.folded_words(sentence)) for sentence in sentences)
    return max(longest, default=0) / len(words)


def _common(words: Sequence[str], others: Sequence[str]) -> int:
    """The length of the longest common subsequence."""
    lengths = [0] * (len(others) + 1)
    for word in words:
        before = 0
        for place, other in enumerate(others, 1):
            here = lengths[place]
            lengths[place] = before + 1 if word == other else max(here, lengths[place - 1])
            before = here
    return lengths[-1]
