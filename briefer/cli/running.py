"""Articles become briefs, one failure never costing another article its brief."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Protocol

from briefer.errors import BrieferError, GenerationFailed, InputError
from briefer.schema import Article, Brief, Options

# As many as the pipeline puts into one batch of the model.
_ARTICLES_AT_ONCE = 4


class Briefs(Protocol):
    """What makes briefs; ``briefing.Briefer`` does."""

    def brief(self, article: Article, options: Options | None = None) -> Brief:
        """Brief one article."""
        ...

    def brief_many(
        self, articles: Iterable[Article], options: Options | None = None
    ) -> Iterator[Brief]:
        """Brief articles in the order given."""
        ...


Outcome = tuple[Article | None, Brief | BrieferError]
"""An article with its brief or with the error of the model; an unreadable one has no article."""


def brief_each(
    items: Iterable[Article | InputError], briefer: Briefs, options: Options
) -> Iterator[Outcome]:
    """The outcomes in the order of the items, lazily, reading a few ahead.

    Raises:
        ModelError: there is no usable model; a model that fails on an article is an outcome.
    """
    waiting = iter(items)
    while some := list(islice(waiting, _ARTICLES_AT_ONCE)):
        found = [item for item in some if isinstance(item, Article)]
        briefs = iter(_brief_some(found, briefer, options))
        for item in some:
            yield (item, next(briefs)) if isinstance(item, Article) else (None, item)


def _brief_some(
    found: Sequence[Article], briefer: Briefs, options: Options
) -> Sequence[Brief | BrieferError]:
    try:
        return list(briefer.brief_many(found, options))
    except GenerationFailed as error:
        if len(found) == 1:
            return [error]
    return [_brief_alone(article, briefer, options) for article in found]


def _brief_alone(article: Article, briefer: Briefs, options: Options) -> Brief | BrieferError:
    try:
        return briefer.brief(article, options)
    except GenerationFailed as error:
        return error
