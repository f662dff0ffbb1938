"""The exact words that go beside a view: its quotation, and what it is against.

Knows nothing of tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from briefer import terms, text
from briefer.passages import cues
from briefer.schema import CleanArticle, Sentence, Span, Statement

# The object of these is whom somebody tells, or what is said.
_WITHOUT_TARGET = (
    "allege argue complain contend decline demand fear insist question refuse threaten vow warn"
)
_OPEN_MARKS = "\"“‘'"
# An expert's quote has 6 words in the median, 4 to 12 in the middle eight tenths.
_MIN_QUOTE_WORDS, _MAX_QUOTE_WORDS = 2, 30
_MIN_SHARED = 2  # content words of a quotation and its line
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
_APPOSITION = re.compile(r", (?:an?|the) [^,]{1,80},")
# After one of these somebody else may be the subject.
_ANOTHER_CLAUSE = re.compile(
    r"[,;:\"“”]|\b(?:that|who|which|whom|while|after|before|as|because|if|when|despite|but|said|says|"
    r"against|over)\b"
)
_TRAILING = re.compile(r"(?:\s+(?:of|in|on|at|to|with|by|from|a|an|the|and|or|such))+$")


def quotations(
    article: CleanArticle, told: Iterable[Statement], statements: Sequence[Statement], line: str
) -> list[Span]:
    """The quotations of what was told that say what the line says, without marks, best first.

    ``statements`` are all of the article: a quotation that is another speaker's does not count,
    nor one of a single word, nor the title of a work.
    """
    said = terms.content(line)
    found = [
        _shortened(article, span)
        for statement in told
        for content in statement.content
        for span in _inside_marks(article, content)
        if not _is_of_another(span, statement, statements)
    ]
    fitting = [span for span in found if _goes_with(span.of(article.text), said)]
    return sorted(fitting, key=lambda span: -len(terms.content(span.of(article.text)) & said))


def _goes_with(words: str, said: frozenset[str]) -> bool:
    """Whether a quotation is whole, and shares two content words with a line or half of its own."""
    own = terms.content(words)
    is_title = all(word[:1].isupper() or terms.is_stop_word(word) for word in text.words(words))
    is_open = words.count("‘") > words.count("’")
    if len(words.split()) < _MIN_QUOTE_WORDS or is_title or is_open:
        return False
    return len(own & said) >= min(_MIN_SHARED, max(len(own) / 2, 1))


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


def _inside_marks(article: CleanArticle, content: Span) -> Iterator[Span]:
    """The quotations within a stretch of content, without marks and final comma."""
    words = content.of(article.text)
    whole = re.fullmatch(r"[‘']([^‘]{3,})[’']", words)
    for match in (*re.finditer(r'["“]([^"“”]{3,})["”]', words), *([whole] if whole else [])):
        start = content.start + match.start(1)
        yield Span(start, start + len(match[1].rstrip(" ,")))


def _shortened(article: CleanArticle, span: Span) -> Span:
    """Whole sentences from the beginning, as many as fit; at least one."""
    if len(span.of(article.text).split()) <= _MAX_QUOTE_WORDS:
        return span
    ends = [one.end for one in article.sentences if span.start < one.end < span.end]
    n_words = {end: len(article.text[span.start : end].split()) for end in ends}
    fitting = [end for end in ends if n_words[end] <= _MAX_QUOTE_WORDS]
    return Span(span.start, max(fitting, default=span.end))


def against(article: CleanArticle, holder: str, statements: Iterable[Statement]) -> Span | None:
    """What the most telling statement is aimed at, in the article's words; never at its holder.

    Nor at the holder's own side, by the words the statement has for its source: "the Lee campaign"
    for "Lee campaign manager Ann Dole".
    """
    for statement in statements:
        target = statement.target
        source = statement.source.of(article.text) if statement.source else ""
        if target is not None and not _is_own(target.of(article.text), f"{holder} {source}"):
            return target
    return None


def _is_own(words: str, holder: str) -> bool:
    """Whether a target is who holds the view: "was accused by Lee", a slip of the syntax."""
    return not terms.content(words) - terms.content(holder)


def against_in(article: CleanArticle, sentence: Sentence) -> Span | None:
    """What an act told without speech opposes: "39 Democrats voted against [the bill]".

    Only in the clause that the sentence opens with, which is the holder's.
    """
    match = _opposing().search(sentence.text)
    if match is None:
        return None
    if _ANOTHER_CLAUSE.search(_APPOSITION.sub("", sentence.text[: match.start()])):
        return None
    return _object(article, Span(sentence.start + match.end(), sentence.end))


@cache
def _opposing() -> re.Pattern[str]:
    verbs = "|".join(sorted(cues.forms(cues.OPPOSING - set(_WITHOUT_TARGET.split()))))
    return re.compile(
        rf"\b(?:against|opposed to|critical of|opposition to|(?:{verbs})(?: against)?) "
    )


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
