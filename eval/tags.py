"""Learned tags kept in a file, keyed by the trained part and the text.

They differ in the last digits between processors, and reading an article for them takes seconds.
The taggers of this module are drop-in ones for the pipeline.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from importlib.util import find_spec

from briefer import tagging
from briefer.models import trained
from briefer.models.base import ModelCard
from briefer.schema import CleanArticle, Tags
from briefer.tagging import Tagger
from eval.errors import MissingCompletion
from eval.stored import CARD, REFRESH, Store, digest


def stored_adapters(store: Store) -> dict[str, str]:
    """Whose tags a store holds; empty for the rules', which nobody stores."""
    entry = store.get(CARD)
    return dict(entry["adapters"]) if entry else {}


def score_key(adapters: Mapping[str, str], article: CleanArticle) -> str:
    """The hash of the artefacts and of the article's text and cut into sentences."""
    cuts = [(sentence.start, sentence.end) for sentence in article.sentences]
    return digest(
        {"adapters": dict(adapters), "text": article.sha256, "title": article.title, "cuts": cuts}
    )


_OF_WORDS = "acting"


class StoredTagger:
    """Tags from a store, never from a model."""

    def __init__(self, store: Store, adapters: Mapping[str, str]) -> None:
        self._store = store
        self._adapters = adapters

    @property
    def adapters(self) -> Mapping[str, str]:
        """The artefacts whose tags these are."""
        return self._adapters

    def holds(self, article: CleanArticle) -> bool:
        """Whether the article's tags are stored."""
        return score_key(self._adapters, article) in self._store

    def tag(self, article: CleanArticle) -> tuple[Tags, ...]:
        """The stored tags, one a sentence.

        Raises:
            MissingCompletion: these artefacts never tagged this text.
        """
        entry = self._store.get(score_key(self._adapters, article))
        if entry is None:
            raise MissingCompletion(
                f"no stored tags for {article.ref or article.title!r}: its text, its cut into "
                f"sentences or the trained part changed. If that is meant, run {REFRESH}."
            )
        return tuple(
            replace(Tags(*row), acting=None if odds is None else tuple(odds))
            for row, odds in zip(entry["tags"], entry["acting"], strict=True)
        )


class RecordingTagger(StoredTagger):
    """Tags from a store where it has them, else from the tagger, which is loaded only then."""

    def __init__(
        self, load: Callable[[], Tagger], adapters: Mapping[str, str], store: Store
    ) -> None:
        super().__init__(store, adapters)
        self._load = load
        self.asked: set[str] = set()

    def tag(self, article: CleanArticle) -> tuple[Tags, ...]:
        """One ``Tags`` a sentence, in order."""
        key = score_key(self.adapters, article)
        self.asked.add(key)
        if key not in self._store:
            tags = self.inner.tag(article)
            rows = [_rounded(one) for one in tags]
            self._store.add(key, {"tags": rows, "acting": [_of_words(one) for one in tags]})
        return super().tag(article)

    @cached_property
    def inner(self) -> Tagger:
        """The tagger itself, loaded now if it was not yet."""
        return self._load()


def _rounded(tags: Tags) -> list[float | None]:
    """The values in the order of the fields; more digits than these differ between processors."""
    return [None if value is None else round(value, 5) for value in _of_sentence(tags)]


def _of_sentence(tags: Tags) -> list[float | None]:
    return [getattr(tags, field.name) for field in fields(tags) if field.name != _OF_WORDS]


def _of_words(tags: Tags) -> list[float] | None:
    """Log-odds of -9 to 9, of which a mean over mentions is taken: a tenth says enough."""
    return None if tags.acting is None else [round(odds, 1) for odds in tags.acting]


def recorded_tagger(card: ModelCard, store: Store) -> Tagger:
    """The tagger the pipeline uses beside that model; a trained one's tags are kept in the store.

    A trained part that belongs to these weights is known without loading them.
    """
    part = trained.find("tagger", card.weights_sha256) if find_spec("torch") else None
    if part is not None:
        adapters = tagging.adapters_of(part, trained.of_tagger("acting", part))
        return RecordingTagger(lambda: tagging.load(card), adapters, store)
    tagger = tagging.load(card)
    if not tagger.adapters:
        return tagger
    return RecordingTagger(lambda: tagger, tagger.adapters, store)


@dataclass(frozen=True, slots=True)
class Drift:
    """The largest difference between a stored tag and the same computed here.

    ``of_words`` is that of the words' log-odds, of which a tenth is rounding.
    """

    n_articles: int
    largest: float
    of_words: float


def drift(tagger: Tagger, store: Store, articles: Sequence[CleanArticle]) -> Drift:
    """Compute the tags of some articles anew and compare them with the stored ones."""
    largest = of_words = 0.0
    for article in articles:
        stored = StoredTagger(store, tagger.adapters).tag(article)
        fresh = tagger.tag(article)
        largest = max(largest, _apart(map(_of_sentence, stored), map(_of_sentence, fresh)))
        words = ((one.acting or () for one in tags) for tags in (stored, fresh))
        of_words = max(of_words, _apart(*words))
    return Drift(len(articles), largest, of_words)


_Rows = Iterable[Sequence[float | None]]


def _apart(some: _Rows, others: _Rows) -> float:
    """The largest difference between values at one place of two tables of one form."""
    pairs = (zip(*rows, strict=True) for rows in zip(some, others, strict=True))
    known = ((a, b) for row in pairs for a, b in row if a is not None and b is not None)
    return max((abs(a - b) for a, b in known), default=0.0)
