"""What a night remembers: where it read last, what it fetched, which texts it still needs."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from briefer import store as stores
from briefer.schema import Article, Failure
from briefer.store import Item, Keeping, Sighting, Store, Validators
from tests.fakes import Clock
from tests.handmade import brief, source

DAY, NEXT_DAY = date(2026, 11, 24), date(2026, 11, 25)
TEXT = "The pier will close."
FAILURE = Failure(ref="a", reason="other", message="A library broke.")


def seen(article: str = "a", *, is_news: bool = True, is_copy: bool = False) -> Sighting:
    document = Article(text=TEXT, ref=article, publisher="Post")
    return Sighting(article, document, (f"u:{article}",), (), "s", is_news, is_copy)


def states(store: Store, day: date = DAY) -> list[tuple[str, str]]:
    return [(one.state, one.document.text) for one in store.items_of(day)]


def only(store: Store, day: date = DAY) -> Item:
    (item,) = store.items_of(day)
    return item


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


def test_arrivals_that_were_read_by_a_clock_that_ran_ahead_hide_no_later_ones(
    store: Store, clock: Clock
) -> None:
    clock.seconds += 400 * 86_400
    arrived(store)
    clock.seconds -= 399 * 86_400
    arrive(store, "first")

    assert arrived(store) == ["first"]


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


@pytest.mark.parametrize("mark", ["\u2028", "\x85", "\x0b", "\n"])
def test_what_could_not_be_read_is_told_as_it_was_whatever_breaks_its_lines(
    store: Store, mark: str
) -> None:
    failures = [Failure(ref=f"a{mark}b", reason="unreadable", message=mark), FAILURE]

    store.record_source(DAY, "feed", [], failures=failures)
    store.record_source(DAY, "folder", [])

    assert store.source_failures(DAY) == {"feed": failures, "folder": []}


def test_news_are_work_even_where_they_are_a_copy(store: Store) -> None:
    store.record_source(DAY, "herald", [seen(is_news=False)])
    store.record_source(DAY, "post", [seen(is_copy=True)])

    assert [one.article for one in store.items_of(DAY)] == ["a"]
    assert store.copies_of(["a"]) == {"a": ("Post",)}


def test_the_text_of_an_article_goes_with_it_to_the_next_night(store: Store) -> None:
    store.record_source(DAY, "post", [seen()])
    store.fail_item(only(store), FAILURE)

    n_carried = store.carry_over(NEXT_DAY)

    assert n_carried == 1
    assert states(store) == [("carried", "")]
    assert states(store, NEXT_DAY) == [("waiting", TEXT)]
    assert only(store).failure == FAILURE


def test_what_fails_late_in_a_night_that_the_next_one_took_it_from_stays_taken(
    store: Store,
) -> None:
    store.record_source(DAY, "post", [seen()])
    store.fail_item(only(store), FAILURE)
    asked_again = only(store)
    store.carry_over(NEXT_DAY)

    store.fail_item(asked_again, FAILURE)
    store.leave_item(asked_again, FAILURE)

    assert states(store) == [("carried", "")]


def test_a_text_that_is_tried_no_more_stays_only_where_articles_are_kept(store_url: str) -> None:
    store = stores.open(store_url, keeping=Keeping(texts="cited"))
    store.record_source(DAY, "post", [seen("a")])
    store.record_source(DAY, "post", [seen("b")])
    first, second = store.items_of(DAY)

    for _ in range(3):
        store.leave_item(first, FAILURE)
        store.fail_item(second, FAILURE)
        _, second = store.items_of(DAY)

    assert states(store) == [("failed", TEXT), ("given_up", "")]
    assert second.failure == Failure(ref="b", reason="other", message="A library broke.")
    store.keeping = Keeping(texts="whole")
    for _ in range(3):
        store.fail_item(store.items_of(DAY)[0], FAILURE)
    assert states(store)[0] == ("failed", TEXT)
    store.close()


def test_texts_of_a_night_are_not_left_in_the_files(tmp_path: Path) -> None:
    store = stores.open(str(tmp_path), keeping=Keeping(texts="cited"))
    store.record_source(DAY, "post", [seen()])
    before = b"".join(path.read_bytes() for path in tmp_path.iterdir())

    store.finish_item(only(store), "brief-a")
    store.purge()

    after = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert TEXT.encode() in before
    assert TEXT.encode() not in after
    store.close()
