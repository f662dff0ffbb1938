"""What the gold sets have in common: an article as published, a date as written, an actor.

Knows nothing of the rest of an annotation.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

from briefer import text
from briefer.schema import Article, Span
from eval.errors import DataError
from eval.gold import GoldActor
from eval.readers.lines import Record


class GivenArticle(Record):
    """An article as its set has it."""

    id: str
    title: str | None
    text: str
    publisher: str | None = None
    url: str | None = None
    licence: str = ""

    def as_article(self, written_date: str | None) -> Article:
        """The same as briefer takes it."""
        return Article(
            text=self.text,
            title=self.title,
            url=self.url,
            publisher=self.publisher,
            published_at=_date(written_date, self.id),
            ref=self.id,
        )


class GivenActor(Record):
    """An actor as its set has it; ``sentences`` only where the set cites them."""

    name: str
    aliases: tuple[str, ...]
    key: bool
    role: str | None = None
    kind: str | None = None
    sentences: tuple[int, ...] = ()

    def as_gold(self, spans: tuple[Span, ...] = ()) -> GoldActor:
        """The same with the spans that carry it."""
        return GoldActor(self.name, self.aliases, self.key, self.role, self.kind, spans)


def _date(written: str | None, where: str) -> datetime | None:
    """A date as the sets write it: ``2010-10-09`` or ``May 30, 2008``."""
    if not written:
        return None
    for form in ("%Y-%m-%d", "%B %d, %Y"):
        with suppress(ValueError):
            return datetime.strptime(written, form).replace(tzinfo=UTC)
    raise DataError(f"{where}: {written!r} is not a date.")


def text_hash(article: str) -> str:
    """A hash that survives differences of white space, punctuation and case."""
    return text.fingerprint("".join(filter(str.isalnum, article.casefold())))
