"""Briefs and articles in the store: what goes in comes out, once, for its owner."""

from __future__ import annotations

import sqlite3
import time
from datetime import UTC, date, datetime
from pathlib import Path

from briefer import store as stores
from briefer.schema import Article
from briefer.store import Keeping, Store
from tests.databases import job, kept_articles
from tests.fakes import Clock
from tests.handmade import HARBOUR_TEXT, HOSTILE, brief, source

ARTICLE = Article(text=HARBOUR_TEXT, title="Harbour workers walk out", ref="a-1")


def test_brief_and_article_come_back_as_they_were(store: Store) -> None:
    hostile = ARTICLE.model_copy(update={"title": HOSTILE, "text": HARBOUR_TEXT + "\x00😀"})
    kept = brief(source=source(HARBOUR_TEXT, title=HOSTILE, text=HARBOUR_TEXT))

    store.save(kept, hostile)

    assert store.brief_for("harbour") == kept
    assert kept_articles(store) == [hostile]
    assert store.briefs_for(["harbour", "other"]) == {"harbour": kept}


def test_owner_sees_only_its_own(store: Store) -> None:
    store.save(brief(), ARTICLE, "alice")

    assert store.brief_for("harbour", "alice") == brief()
    assert store.brief_for("harbour", "bob") is None
    assert store.brief_for("harbour") is None
    assert store.delete_brief("harbour", "bob") is False


def test_brief_is_found_under_the_name_it_was_asked_for_too(store: Store) -> None:
    store.save(brief(), ARTICLE, id="asked-with-the-old-model")

    assert store.brief_for("asked-with-the-old-model") == store.brief_for("harbour") == brief()


def test_deleting_a_brief_takes_its_article_and_its_other_briefs(store: Store) -> None:
    store.save(brief(), ARTICLE)
    store.save(brief(id="shorter"), ARTICLE)

    was_there = store.delete_brief("harbour")

    assert was_there
    assert store.brief_for("shorter") is None
    assert kept_articles(store) == []


def test_nothing_of_a_deleted_article_stays_in_the_files(tmp_path: Path) -> None:
    store = stores.open(str(tmp_path))
    store.save(brief(source=source(HARBOUR_TEXT, text=HARBOUR_TEXT)), ARTICLE)
    before = b"".join(path.read_bytes() for path in tmp_path.iterdir())

    store.delete_brief("harbour")

    after = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"dockers" in before
    assert b"dockers" not in after


def test_deleting_while_a_backup_reads_holds_up_nobody_and_is_made_good_later(
    tmp_path: Path,
) -> None:
    store = stores.open(str(tmp_path))
    store.save(brief(source=source(HARBOUR_TEXT, text=HARBOUR_TEXT)), ARTICLE)
    reader = sqlite3.connect(tmp_path / "briefer.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM briefs").fetchone()

    began = time.monotonic()
    store.delete_brief("harbour")
    took_s = time.monotonic() - began
    reader.close()
    store.erase_owed()

    # The store's own patience, for which nobody else could have written, is 30 s.
    assert took_s < 10
    assert b"dockers" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_what_a_killed_process_left_in_the_log_is_erased_by_the_next(tmp_path: Path) -> None:
    killed = stores.open(str(tmp_path))
    killed.save(brief(source=source(HARBOUR_TEXT, text=HARBOUR_TEXT)), ARTICLE)
    with killed._transaction() as connection:
        connection.exec_driver_sql("DELETE FROM briefs")
        connection.exec_driver_sql("DELETE FROM articles")

    stores.open(str(tmp_path)).erase_owed()

    assert b"dockers" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_store_can_keep_no_text_but_what_is_cited(store_url: str) -> None:
    store = stores.open(store_url, keeping=Keeping(texts="cited"))
    whole = brief(source=source(HARBOUR_TEXT, text=HARBOUR_TEXT))

    store.save(whole, ARTICLE)

    kept = store.brief_for("harbour")
    assert kept is not None
    assert (kept.source.text, kept_articles(store)) == (None, [])
    assert kept.summary == whole.summary
    assert [line.text for line in kept.withheld] == [None] * len(whole.withheld)


def test_what_is_too_old_is_purged(store_url: str, clock: Clock) -> None:
    store = stores.open(store_url, keeping=Keeping(days=30), clock=clock)
    store.save(brief(), ARTICLE)
    store.enqueue(job(1))
    (taken,) = store.claim("w", lease_s=10, limit=1)
    store.finish(taken, "w")
    store.enqueue(job(2))
    clock.seconds += 29 * 86_400
    young = store.purge()
    clock.seconds += 2 * 86_400

    old = store.purge()

    assert (young.n_briefs, young.n_articles, young.n_jobs) == (0, 0, 0)
    assert (old.n_briefs, old.n_articles, old.n_jobs) == (1, 1, 1)
    assert store.job_of("j2") is not None


def seen(article: str) -> stores.Sighting:
    return stores.Sighting(
        article, ARTICLE, keys=(f"u:{article}",), bands=(), signature="s", is_news=True
    )


def test_text_of_an_article_leaves_the_night_s_list_with_its_brief(store: Store) -> None:
    store.record_source(date(2026, 11, 24), "paper", [seen("a"), seen("b")])
    first, _ = store.items_of(date(2026, 11, 24))

    store.finish_item(first, "brief-a")

    done, waiting = store.items_of(date(2026, 11, 24))
    assert (done.document.text, done.document.ref) == ("", ARTICLE.ref)
    assert waiting.document == ARTICLE


def test_articles_that_no_night_could_brief_are_purged_too(store_url: str, clock: Clock) -> None:
    clock.seconds = datetime(2026, 11, 24, tzinfo=UTC).timestamp()
    store = stores.open(store_url, keeping=Keeping(days=30), clock=clock)
    store.record_source(date(2026, 11, 24), "paper", [seen("a")])
    clock.seconds += 30 * 86_400
    store.purge()
    young = store.items_of(date(2026, 11, 24))
    clock.seconds += 86_400

    store.purge()

    assert (len(young), store.items_of(date(2026, 11, 24))) == (1, [])
