"""A view put together by code: the holder, the article's own verb, and what was said.

The holder is the resolved name and the rest are the article's words, so that nothing gets into a
mouth that the statement did not put it in. Knows nothing of models.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from briefer import text
from briefer.drafting import predicates
from briefer.drafting.trimming import MAX_WORDS, n_words, trim
from briefer.schema import AUTHOR, CleanArticle, Passage, Sentence, Statement

_MIN_WORDS = 4
# Longer descriptions of an unnamed source are cut at their first comma or relative clause.
_MAX_HOLDER_WORDS = 8
_QUOTE_MARKS = '"“”'
_COMMA_INSIDE = re.compile(r',(["”])$')
_SENTENCE_END = re.compile(r"(?<=[.!?])(?<!\b[MD]r\.)(?<!\bMrs\.)(?<!\bMs\.)\s+(?=[A-Z])")
# What a quotation that stands alone must not open with: nobody knows what "it" is, what "but" of.
_LEANING = re.compile(
    r"(?:(?:and|but|so|or|then|because|also|plus|yet)\b|"
    r"(?:he|she|it|they|this|that|these|those|them|his|her|its|their|such|there)\b)",
    re.IGNORECASE,
)
# "British government", "Ministry of Defence", but not "officials" or "Ann de Wit".
_IS_DESCRIPTION = re.compile(
    r"^(?!(?:the|an?|some|many|two|three|one|his|her|its|their)\b)(?=.*\b(?:government|ministry|"
    r"department|council|union|court|army|church|company|agency|committee|party|commission|police|"
    r"administration|office|board|federation|association|group|author|spokesm[ae]n|official|"
    r"parliament|senate|house|university|bank|team|family|opposition|alliance)$)",
    re.IGNORECASE,
)
_PRONOUNS = frozenset({"he", "she", "they", "it"})


def compose(article: CleanArticle, passage: Passage, statements: Sequence[Statement]) -> str | None:
    """A view in the article's own clause.

    Example: "Lee denounced the strike as theft." At most 25 words, or ``None`` where the parts
    do not fit together. The passage's statements are tried in order, the most telling first.
    """
    return _first(article, passage, statements, predicates.find)


def quote(article: CleanArticle, passage: Passage, statements: Sequence[Statement]) -> str | None:
    """A view in the holder's own words and no others, as in ``Lee said: "We were asleep."``."""
    return _first(article, passage, statements, _quotation)


def _first(
    article: CleanArticle,
    passage: Passage,
    statements: Sequence[Statement],
    predicate: Callable[[CleanArticle, Statement], str | None],
) -> str | None:
    if passage.speaker is None or passage.speaker == AUTHOR:
        return None
    for index in passage.statements:
        statement = statements[index]
        if set(statement.sentences) <= set(passage.sentences):
            line = _line(
                _holder(article, passage.speaker, statement), predicate(article, statement)
            )
            if line:
                return line
    return None


def _line(holder: str, predicate: str | None) -> str | None:
    if not predicate:
        return None
    line = " ".join(f"{holder} {predicate}".split()).rstrip(" ,;:")
    line = _COMMA_INSIDE.sub(r"\1", line)
    line = line if line.endswith((".", '."', '!"', '?"')) else f"{line}."
    line = trim(line) if n_words(line) > MAX_WORDS else line
    return line if _MIN_WORDS <= n_words(line) <= MAX_WORDS else None


def _holder(article: CleanArticle, speaker: str, statement: Statement) -> str:
    """The name; for an unnamed source the article's own words for it, with their determiner."""
    words = speaker
    source = statement.source.of(article.text) if statement.source else ""
    if not statement.is_named and speaker in source:
        words = source
    elif _IS_DESCRIPTION.search(words):
        words = f"the {words}"
    if n_words(words) > _MAX_HOLDER_WORDS:
        words = re.split(r",| who | which | that ", words, maxsplit=1)[0]
    return text.capitalised(words)


def _quotation(article: CleanArticle, statement: Statement) -> str | None:
    """The first quotation of a statement, whole sentences of it up to a line's length.

    One that begins small is part of a sentence: 'said: "unlawfully claimed a right"'.
    """
    for span in statement.content:
        words = span.of(article.text).strip()
        inner = words.strip(_QUOTE_MARKS).strip()
        is_whole = words[:1] in _QUOTE_MARKS and words[-1:] in _QUOTE_MARKS
        if is_whole and not inner[:1].islower() and not any(mark in inner for mark in _QUOTE_MARKS):
            kept = _fitting_sentences(inner)
            return f'said: "{kept}"' if kept else None
    return None


def _fitting_sentences(quotation: str) -> str:
    """The first sentences that fit beside a holder of three words, beginning where one does."""
    kept = ""
    for sentence in _SENTENCE_END.split(quotation):
        longer = f"{kept} {sentence}".strip()
        if n_words(longer) > MAX_WORDS - 4:
            if kept:
                break
            continue
        if not kept and _LEANING.match(sentence):
            return ""
        kept = longer
    return kept.rstrip(",") if n_words(kept) >= _MIN_WORDS else ""


def resolved(article: CleanArticle, sentence: Sentence, statements: Sequence[Statement]) -> str:
    """A sentence whose "He said" opens with the name that is meant."""
    for statement in statements:
        source = statement.source
        if source is None or source.start != sentence.start or not statement.is_named:
            continue
        if source.of(article.text).casefold() in _PRONOUNS and statement.speaker:
            return statement.speaker + article.text[source.end : sentence.end]
    return sentence.text
