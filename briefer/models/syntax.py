"""The parser: a cleaned article becomes a spaCy ``Doc`` whose offsets are the text's own.

Knows nothing of statements or actors; it is the only module that loads the spaCy model.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import compile_infix_regex

from briefer.errors import WeightsError
from briefer.models import weights
from briefer.schema import CleanArticle

# The rule lemmatizer costs a tenth of the time (4,800 -> 5,400 tokens/s on a two-core EPYC), and
# nothing here reads lemmas.
_UNUSED = ("lemmatizer", "senter")
# Parser and entity recogniser need about 1 GB for 100,000 characters (spaCy, errors E088); 4,000
# tokens keep them under 250 MB, and no news article is cut by it.
_MAX_TOKENS = 4000
# A "word" longer than this is no word; the tokenizer's regular expressions would crawl over it.
_MAX_WORD = 2000
# Words that lost the blank between them: "(CNN)The", "lost."That", "said.“We".
_GLUED = (
    r"(?<=[A-Za-z])\)(?=[A-Za-z])",
    r"(?<=[a-z])[.!?,][\"”](?=[A-Za-z])",
    r"(?<=[.,!?])[“\"](?=\w)",
)


class Parser:
    """Parses cleaned articles; loads its model on first use, once in a process and path."""

    def __init__(self, model_path: Path | None = None) -> None:
        self._model_path = model_path

    def parse(self, article: CleanArticle) -> Doc:
        """Words, parts of speech, dependencies and names of ``article.text``.

        ``doc.text == article.text``; a sentence starts where ``article.sentences`` say so, and
        besides where a stretch of more than 4,000 tokens without a boundary had to be cut.
        """
        language = _load(self._model_path or weights.find(weights.PARSER))
        words = _tokenize(language, article.text)
        starts = _first_tokens(words, article)
        parts = [
            _parse_part(language, words, cut, starts) for cut in _cuts(starts, n_tokens=len(words))
        ]
        return Doc.from_docs(parts, ensure_whitespace=False) if len(parts) > 1 else parts[0]


@lru_cache(maxsize=2)
def _load(model_path: Path) -> Language:
    try:
        language = spacy.load(model_path, exclude=_UNUSED)
    except (OSError, ValueError) as error:
        raise WeightsError(
            f"the parser's model at {model_path} cannot be loaded ({error}); "
            f"fetch it again with `briefer model pull`"
        ) from error
    infixes = [*(language.Defaults.infixes or ()), *_GLUED]
    tokenizer: Any = language.tokenizer
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    return language


def _tokenize(language: Language, text: str) -> Doc:
    if all(len(word) <= _MAX_WORD for word in text.split()):
        return language.make_doc(text)
    words, spaces = [], []
    for piece, is_spaced in _pieces(text):
        words.append(piece)
        spaces.append(is_spaced)
    return Doc(language.vocab, words=words, spaces=spaces)


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Hostile text (endless words) cut at blanks and every ``_MAX_WORD`` characters."""
    chunks = text.split(" ")
    for number, chunk in enumerate(chunks):
        is_last = number == len(chunks) - 1
        if not chunk:
            if not is_last:
                yield " ", False
            continue
        for start in range(0, len(chunk), _MAX_WORD):
            is_end = start + _MAX_WORD >= len(chunk)
            yield chunk[start : start + _MAX_WORD], is_end and not is_last


def _first_tokens(words: Doc, article: CleanArticle) -> list[int]:
    """Indexes of the tokens that open a sentence, ascending, always beginning with 0."""
    offsets = [token.idx for token in words]
    firsts = {0}
    for sentence in article.sentences:
        firsts.add(bisect_left(offsets, sentence.start))
    return sorted(first for first in firsts if first < max(len(offsets), 1))


def _cuts(starts: list[int], *, n_tokens: int) -> list[tuple[int, int]]:
    """Ranges of tokens of at most ``_MAX_TOKENS``, cut between sentences where there are any."""
    cuts, begin = [], 0
    while n_tokens - begin > _MAX_TOKENS:
        last = starts[bisect_right(starts, begin + _MAX_TOKENS) - 1]
        end = last if last > begin else begin + _MAX_TOKENS
        cuts.append((begin, end))
        begin = end
    return [*cuts, (begin, n_tokens)]


def _parse_part(language: Language, words: Doc, cut: tuple[int, int], starts: list[int]) -> Doc:
    begin, end = cut
    tokens = words[begin:end]
    firsts = set(starts[bisect_left(starts, begin) : bisect_left(starts, end)])
    part = Doc(
        language.vocab,
        words=[token.text for token in tokens],
        spaces=[bool(token.whitespace_) for token in tokens],
        sent_starts=[token.i in firsts or token.i == begin for token in tokens],
    )
    parsed: Doc = language(part)
    return parsed
