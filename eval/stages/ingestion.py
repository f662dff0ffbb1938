"""Ingestion: real pages and feeds become articles, nothing lost, nothing added.

Pages: bag-of-words F1 of the body as in trafilatura's and Readability's own comparisons; title,
date and byline right. Feeds: read without a crash. Knows nothing of briefs.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from briefer import text
from briefer.articles.dates import parse_moment
from briefer.errors import InputError
from briefer.schema import Article
from eval.metrics.figures import Ratio
from eval.readers.documents import Feed, Page
from eval.rows import Heading, Row

FIELD = "ingestion"
ReadPage = Callable[[bytes], Article]
ReadByline = Callable[[bytes], str | None]
ReadFeed = Callable[[bytes], Sequence[str]]
"""Titles and texts of a feed's entries."""
_TAG = re.compile(r"<[^<>]*>")


def pages(gold: Iterable[Page], read: ReadPage) -> list[Row]:
    """Token F1 of the body, title and date."""
    return Heading(FIELD, "html_readability").pooled([_page(page, read) for page in gold])


def _page(page: Page, read: ReadPage) -> dict[str, Ratio]:
    try:
        article = read(page.html)
    except InputError:
        article = Article(text="")
    wanted, found = _bag(page.body), _bag(article.text)
    n_common = (wanted & found).total()
    return {
        "body: precision": Ratio(n_common, found.total()),
        "body: recall": Ratio(n_common, wanted.total()),
        "body: F1, mean of pages": Ratio(_f1(wanted, found), 1),
        "title right": Ratio(_same(page.title, article.title), page.title is not None),
        "date right": Ratio(_same_day(page, article), page.published is not None),
    }


def bylines(gold: Iterable[Page], read: ReadByline) -> list[Row]:
    """Whose page it is: all of the name we give stands in the byline expected."""
    heading = Heading(FIELD, "html_readability")
    return heading.pooled([_byline(page, read) for page in gold if page.byline])


def _byline(page: Page, read: ReadByline) -> dict[str, Ratio]:
    try:
        found = _plain(read(page.html))
    except InputError:
        found = ""
    # Expected bylines carry dates and counters of comments along: "by Ann Lee22 Dec 2016651".
    return {"byline right": Ratio(bool(found) and found in _plain(page.byline), 1)}


def _bag(words: str) -> Counter[str]:
    return Counter(text.folded_words(words))


def _f1(wanted: Counter[str], found: Counter[str]) -> float:
    total = wanted.total() + found.total()
    return 2 * (wanted & found).total() / total if total else 1.0


def _same(wanted: str | None, found: str | None) -> bool:
    """Whether one title is the other, or its beginning: sites add their names behind."""
    a, b = _plain(wanted), _plain(found)
    return bool(a and b) and (a.startswith(b) or b.startswith(a))


def _plain(title: str | None) -> str:
    return " ".join(text.folded_words(title or ""))


def _same_day(page: Page, article: Article) -> bool:
    wanted = parse_moment(page.published)
    if wanted is None or article.published_at is None:
        return False
    return wanted.date() == article.published_at.date()


def feeds(gold: Iterable[Feed], read: ReadFeed) -> list[Row]:
    """Well-formed feeds read, words of entries kept; what is no ``InputError`` stops the run."""
    return Heading(FIELD, "feeds_feedparser").pooled([_feed(feed, read) for feed in gold])


def _feed(feed: Feed, read: ReadFeed) -> dict[str, Ratio]:
    is_well_formed = feed.id.startswith("wellformed/")
    wanted = _bag(_TAG.sub(" ", html.unescape(feed.expected_words or "")))
    try:
        found = _bag("\n".join(read(feed.content)))
    except InputError:
        return {
            "well-formed feeds read": Ratio(0, is_well_formed),
            "words of the first entry kept": Ratio(0, wanted.total()),
        }
    return {
        "well-formed feeds read": Ratio(is_well_formed, is_well_formed),
        "words of the first entry kept": Ratio((wanted & found).total(), wanted.total()),
    }
