"""What a night remembers: where it read last, what it fetched, which texts it still needs."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from briefer.schema import Article
from briefer.store import Sighting, Store, Validators
from tests.fakes import Clock
from tests.handmade import brief, source

DAY = date(2026, 11, 24)


def seen(article: str = "a", *, is_news: bool = True, is_copy: bool = False) -> Sighting:
    document = Article(text="The pier will close.", ref=article, publisher="Post")
    return Sighting(article, document, (f"u:{article}",), (), "s", is_news, is_copy)


def arrive(store: Store, ref: str) -> None:
    """An article comes in through the API."""
    store.save(brief(id=ref, source=source(ref)), Article(text=ref, ref=ref))


def arrived(store: Store, since: datetime | None = None) -> list[str | None]:
    """What a night finds there; it is marked as read."""
    articles, mark = store.arrivals(since)
    store.record_source(DAY, "store", [], fetched=[mark])
    return [one.ref for one in articles]


def test_arrivals_are_read_from_where_they_were_read_last_and_a_day_before(
    store: Store, clock: Clock
) -> None:
    arrive(store, "first")
    clock.seconds += 2 * 86_400
    arrive(store, "second")
    both = arrived(store)
    clock.seconds += 1
    arrive(store, "third")

    assert both == ["first", "second"]
    assert arrived(store) == ["second", "third"]


def test_arrivals_that_were_read_and_not_recorded_are_read_again(
    store: Store, clock: Clock
) -> None:
    arrive(store, "first")
    clock.seconds += 2 * 86_400
    store.arrivals(None)

    assert arrived(store) == ["first"]


def test_arrivals_begin_after_the_last_edition_only_where_they_were_never_read(
    store: Store, clock: Clock
) -> None:
    arrive(store, "before")
    edition = datetime.fromtimestamp(clock.seconds, UTC)
    clock.seconds += 2 * 86_400
    first = arrived(store, edition)
    arrive(store, "after")

    later = arrived(store, edition + timedelta(days=9))

    assert (first, later) == ([], ["after"])


@pytest.mark.parametrize(("first", "n_letters"), [(ord("a"), 26), (ord("一"), 9_973)])
@pytest.mark.parametrize("n_chars", [90, 2_000, 2_090, 9_000])
def test_addresses_of_any_length_are_remembered(
    store: Store, first: int, n_letters: int, n_chars: int
) -> None:
    words = "".join(chr(first + n * n % n_letters) for n in range(n_chars))
    begin = f"page https://n.example/{words}"
    one, other = Validators(f"{begin}/1", etag="read"), Validators(f"{begin}/2", etag="refused")

    store.record_source(DAY, "paper", [], fetched=[one, other])

    assert (store.validators_of(one.url), store.validators_of(other.url)) == (one, other)


def test_news_are_work_even_where_they_are_a_copy(store: Store) -> None:
    store.record_source(DAY, "herald", [seen(is_news=False)])
    store.record_source(DAY, "post", [seen(is_copy=True)])

    assert [one.article for one in store.items_of(DAY)] == ["a"]
    assert store.copies_of(["a"]) == {"a": ("Post",)}
