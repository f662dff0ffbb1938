"""Who briefs a night's articles, and what became of each.

    Alone      one desk in this process, with as many articles at once as its engine likes
    Cluster    many, on the machines of a Ray cluster                    cluster, shifts

Knows nothing of stores, lists of failures or documents.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from briefer import abreast
from briefer.schema import Article, Brief
from briefer.store import Item

Has = Callable[[str], bool]
"""Whether the store has the brief of an id already."""


class Desk(Protocol):
    """What briefs articles, and knows a brief's id before it is made."""

    @property
    def n_at_once(self) -> int:
        """From how many threads it is worth asking at once; loads the model."""
        ...

    def identify(self, article: Article) -> str:
        """The id of the brief that ``brief`` would make."""
        ...

    def brief(self, article: Article) -> Brief:
        """Brief an article."""
        ...


OpenDesk = Callable[[], Desk]
"""Loads what a desk needs; may be called on another machine."""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of an article: ``error``, a new ``brief``, or neither where one was kept."""

    item: Item
    id: str = ""
    brief: Brief | None = None
    error: Exception | None = None


class Crew(Protocol):
    """Briefs many articles."""

    def brief_each(self, items: Sequence[Item], has: Has) -> Generator[Done, None, None]:
        """What became of each, once and in any order; closing it ends the work.

        Raises:
            ClusterError: nobody is left who could work.
        """
        ...


@dataclass(frozen=True, slots=True)
class Alone:
    """A crew of one."""

    desk: Desk

    def brief_each(self, items: Sequence[Item], has: Has) -> Generator[Done, None, None]:
        """What became of each, in their order where there is one at once."""
        if items:
            yield from abreast.as_done(partial(self._attempt, has=has), items, self.desk.n_at_once)

    def _attempt(self, item: Item, has: Has) -> Done:
        try:
            id_ = self.desk.identify(item.document)
            return Done(item, id_, None if has(id_) else self.desk.brief(item.document))
        # The night's boundary: an article that breaks a library in a way nobody foresaw must not
        # take the other articles' night with it. It is named in the document and tried again.
        except Exception as error:  # noqa: BLE001
            return Done(item, error=error)
