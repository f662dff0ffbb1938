"""An article as given becomes an article that every stage can read, or one that says why not.

Cleaned, freed of its boilerplate, its title and its date line (they are facts about the article,
not sentences of it), cut into sentences, with language, genre and status.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from briefer import text
from briefer.articles import boilerplate, judging, languages, manner
from briefer.articles.blocks import CELL_SEPARATOR
from briefer.articles.credits import NAME
from briefer.articles.dates import parse_date_line
from briefer.articles.manner import Manner
from briefer.schema import Article, CleanArticle


def prepare(article: Article) -> CleanArticle:
    """Clean, cut and judge an article; never fails, whatever the text.

    The body's offsets count in the text that is returned. When nothing of the text is an
    article, the whole cleaned text is returned, so that a reader can see what was refused.
    """
    cleaned = text.clean(article.text)
    head = _Head(text.one_line(article.title), article.published_at)
    head, body = _take_head(head, cleaned)
    stripped = boilerplate.strip(body)
    sentences = text.sentences(stripped.text)
    language = languages.identify(cleaned, article.language)
    judgement = judging.judge(stripped.text, sentences, language=language, removed=stripped.removed)
    if judgement.status == "ok" and languages.is_english(language):
        told = manner.find(head.title, stripped, sentences, genre=article.genre)
    elif judgement.status == "ok" or sentences:
        told = Manner(stripped.text, sentences, article.genre)
    else:
        told = Manner(cleaned, text.sentences(cleaned), article.genre)
    return CleanArticle(
        text=told.text,
        sentences=told.sentences,
        sha256=text.fingerprint(told.text),
        status=judgement.status,
        note=judgement.note,
        title=head.title,
        url=text.one_line(article.url),
        publisher=text.one_line(article.publisher),
        published_at=head.published_at,
        language="en" if language is None and judgement.status == "ok" else language,
        genre=told.genre,
        ref=article.ref,
        voice=told.voice,
        asides=told.asides,
    )


@dataclass(frozen=True, slots=True)
class _Head:
    title: str | None
    published_at: datetime | None


_N_HEAD = 4  # title, date line, byline, a caption


def _take_head(head: _Head, cleaned: str) -> tuple[_Head, str]:
    """Take title, date line and byline off the beginning of a text; they become the head's."""
    paragraphs = cleaned.split("\n\n")
    if head.title is None and _is_headline(paragraphs):
        head = replace(head, title=paragraphs[0])
    kept: list[str] = []
    for paragraph in paragraphs[:_N_HEAD]:
        moment = _date_line(paragraph, head.title)
        if moment is not None and _agrees(moment, head.published_at):
            head = replace(head, published_at=head.published_at or moment)
        elif not (head.title and _same_words(paragraph, head.title)):
            kept.append(paragraph)
    return head, "\n\n".join([*kept, *paragraphs[_N_HEAD:]])


_MAX_TITLE_WORDS = 25
_MAX_TITLE_CHARS = 200
_MIN_LEAD_WORDS = 12
_BY_SOMEBODY = re.compile(rf"(?:By|BY) {NAME}")
_OPENING, _CLOSING = "\"'“‘", "\"'”’"  # a line that is all quotation is the article's, not its head


def _is_headline(paragraphs: Sequence[str]) -> bool:
    """Whether a text without a title begins with one: a short line without a stop, then prose."""
    first, rest = paragraphs[0], paragraphs[1:]
    if not rest or len(first) > _MAX_TITLE_CHARS or first.count(" ") >= _MAX_TITLE_WORDS:
        return False
    if first[-1:] in ".!:;,|" or first.count(" ") < 2 or CELL_SEPARATOR in first:
        return False
    if parse_date_line(first) or boilerplate.is_line(first) or boilerplate.is_byline(first):
        return False
    if _BY_SOMEBODY.match(first) or (first[0] in _OPENING and first[-1] in _CLOSING):
        return False
    return any(paragraph.count(" ") >= _MIN_LEAD_WORDS for paragraph in rest[: _N_HEAD - 1])


def _date_line(paragraph: str, title: str | None) -> datetime | None:
    """The day of a line that is a date, or the title and a date."""
    if title and len(paragraph) > len(title) and paragraph.startswith(title):
        return parse_date_line(paragraph[len(title) :])
    return parse_date_line(paragraph)


def _agrees(moment: datetime, published_at: datetime | None) -> bool:
    """Whether a date line says no more than what is known; time zones shift a day."""
    return published_at is None or abs(moment - published_at) <= timedelta(days=2)


def _same_words(paragraph: str, title: str) -> bool:
    if len(paragraph) > 2 * len(title) + 20:
        return False
    return text.folded_words(paragraph) == text.folded_words(title)
