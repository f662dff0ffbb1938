"""Articles become briefs, one failure never costing another article its brief."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Protocol

from briefer import abreast
from briefer.errors import BrieferError, GenerationFailed, InputError
from briefer.schema import Article, Brief, Options

# As many as the pipeline puts into one batch of the model.
_ARTICLES_A_BATCH = 4


class Briefs(Protocol):
    """What makes briefs; ``briefing.Briefer`` does."""

    @property
    def n_at_once(self) -> int:
        """From how many threads it is worth asking at once."""
        ...

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
    for item in waiting:
        if isinstance(item, Article):
            yield from _brief_rest(chain([item], waiting), briefer, options)
        else:
            yield None, item


def _brief_rest(
    items: Iterable[Article | InputError], briefer: Briefs, options: Options
) -> Iterator[Outcome]:
    """As ``brief_each``; the model is loaded."""
    n_at_once = briefer.n_at_once
    batches = abreast.batches(items, _ARTICLES_A_BATCH if n_at_once == 1 else 1)
    brief = partial(_brief_batch, briefer=briefer, options=options)
    for outcomes in abreast.in_order(brief, batches, n_at_once):
        yield from outcomes


def _brief_batch(
    batch: Sequence[Article | InputError], briefer: Briefs, options: Options
) -> list[Outcome]:
    found = [item for item in batch if isinstance(item, Article)]
    briefs = iter(_brief_some(found, briefer, options))
    return [(item, next(briefs)) if isinstance(item, Article) else (None, item) for item in batch]


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
