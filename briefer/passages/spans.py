"""The exact words that go beside a view: its quotation, and what it is against.

Knows nothing of tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from briefer import terms
from briefer.passages import cues
from briefer.schema import CleanArticle, Sentence, Span, Statement

# The object of these is whom somebody tells, or what is said.
_WITHOUT_TARGET = (
    "allege argue complain contend decline demand fear insist question refuse threaten vow warn"
)
_OPEN_MARKS = "\"“‘'"
# An expert's quote has 6 words in the median, 4 to 12 in the middle eight tenths.
_MIN_QUOTE_WORDS, _MAX_QUOTE_WORDS = 2, 30
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_MAX_AGAINST_WORDS = 10
# Where the thing that a verb is about ends and what is said about it begins.
_AGAINST_END = re.compile(
    r"[,;:\"“”()]| -|—|\b(?:for|as|because|saying|who|which|after|before|when|while|if|unless|"
    r"since|but|so|in a|in an|on \w+day)\b|\bof (?:having |not )?\w+ing\b"
)
_NO_OBJECT = re.compile(
    r"(?:that|and|or|to|if|whether|how|why|what|it|he|she|they|there|at|by|about|of|on|in|within|with|"
    r"th(?:is|ese|ose|em|eir)|such|him|his|her|its)\b|"
    r"(?:the|an?|all|any) (?:claim|accusation|allegation|criticism|charge|figure|note|remark|"
    r"report|suggestion|idea|view|other)s?$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|must|can|could|should|do|does)\b"
)
_TRAILING = re.compile(r"(?:\s+(?:of|in|on|at|to|with|by|from|a|an|the|and|or|such))+$")


def quotation(
    article: CleanArticle, told: Iterable[Statement], statements: Sequence[Statement]
) -> Span | None:
    """The first quotation of what was told that is more than a scrap, without its marks.

    ``statements`` are all of the article: a quotation that is another speaker's does not count.
    """
    for statement in told:
        for content in statement.content:
            span = _inside_marks(article, content)
            is_scrap = span is None or len(span.of(article.text).split()) < _MIN_QUOTE_WORDS
            if span and not is_scrap and not _is_of_another(span, statement, statements):
                return _shortened(article, span)
    return None


def _is_of_another(span: Span, own: Statement, statements: Sequence[Statement]) -> bool:
    """Whether a narrower statement of somebody else holds the quotation."""
    width = max(content.end - content.start for content in own.content)
    return any(
        content.start <= span.start and span.end <= content.end
        for other in statements
        if other.speaker != own.speaker
        for content in other.content
        if content.end - content.start < width
    )


def _inside_marks(article: CleanArticle, content: Span) -> Span | None:
    """The first quotation within a stretch of content, without marks and final comma."""
    words = content.of(article.text)
    match = re.search(r'["“]([^"“”]{3,})["”]', words) or re.fullmatch(r"[‘']([^‘]{3,})[’']", words)
    if match is None:
        return None
    start = content.start + match.start(1)
    return Span(start, start + len(match[1].rstrip(" ,")))


def _shortened(article: CleanArticle, span: Span) -> Span:
    """Whole sentences from the beginning, as many as fit; at least one."""
    words = span.of(article.text)
    end = len(words)
    for match in _SENTENCE_END.finditer(words):
        if len(words[: match.start()].split()) <= _MAX_QUOTE_WORDS:
            end = match.start()
    is_long = len(words.split()) > _MAX_QUOTE_WORDS
    return Span(span.start, span.start + end) if is_long else span


def against(article: CleanArticle, holder: str, statements: Iterable[Statement]) -> Span | None:
    """What the most telling statement is aimed at, in the article's words; never at its holder."""
    for statement in statements:
        target = statement.target
        if target is not None and not _is_the_holder(target.of(article.text), holder):
            return target
    return None


def _is_the_holder(words: str, holder: str) -> bool:
    """Whether a target is who holds the view: "was accused by Lee", a slip of the syntax."""
    return not terms.content(words) - terms.content(holder)


def against_in(article: CleanArticle, sentence: Sentence) -> Span | None:
    """What an act told without speech opposes: "39 Democrats voted against [the bill]"."""
    match = _opposing().search(sentence.text)
    if match is None:
        return None
    return _object(article, Span(sentence.start + match.end(), sentence.end))


@cache
def _opposing() -> re.Pattern[str]:
    verbs = "|".join(sorted(cues.forms(cues.OPPOSING - set(_WITHOUT_TARGET.split()))))
    return re.compile(rf"\b(?:against|opposed to|critical of|opposition to|{verbs}) ")


def _object(article: CleanArticle, content: Span) -> Span | None:
    words = content.of(article.text)
    if words[:1] in _OPEN_MARKS:
        return None
    end = _AGAINST_END.search(words)
    words = _TRAILING.sub("", (words[: end.start()] if end else words).rstrip(" .!?"))
    if _NO_OBJECT.match(words) or _CLAUSE.search(words):
        return None
    if len(words.split()) > _MAX_AGAINST_WORDS or not terms.content(words):
        return None
    return Span(content.start, content.start + len(words))
