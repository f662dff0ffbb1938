"""The nightly run: nothing lost, nothing doubled, whatever dies and whenever."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from briefer import digest as digests
from briefer import store as stores
from briefer.errors import ConfigError, StoreError
from briefer.nightly import Alone, Config, Night, Outcome, load, metrics, plan, run, watching
from briefer.nightly.documents import write_whole
from briefer.schema import Article, Brief, Digest
from briefer.store import Keeping, Store
from briefer.store.tables import SITE
from tests.databases import kept_articles, n_editions
from tests.fakes import Clock
from tests.newsstand import Crowd, FirstSentences, Newsstand, newsstand
from tests.test_articles_printed import pdf

DAY = date(2026, 11, 24)
TOWNS = ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse", "Hazel", "Ivy", "Juniper")


def words_of(town: str, number: int = 0) -> str:
    """An article that no other resembles."""
    own = " ".join(f"{town.lower()}{number}item{k}" for k in range(60))
    return (
        f"The council of {town} voted on measure {number} for its harbour on Monday.\n\n"
        f"Residents of {town} had waited for {own} since the storm.\n\n"
        f"Mayor {town}son said that work on measure {number} would begin in the spring."
    )


@pytest.fixture
def stand() -> Iterator[Newsstand]:
    with newsstand() as made:
        yield made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = stores.open(str(tmp_path / "store"))
    yield opened
    opened.close()


def config(tmp_path: Path, *sources: dict[str, str], **known: Any) -> Config:
    return Config.model_validate(
        {
            "sources": sources,
            "out": tmp_path / "out",
            "formats": ("html", "md", "json"),
            "fetching": {"delay_s": 0, "allow_private": True, "timeout_s": 5},
            **known,
        }
    )


def publish(stand: Newsstand, paper: str, items: dict[str, str]) -> dict[str, str]:
    """A paper with a feed and a page an article; the feed as a source."""
    name = paper.lower()
    for town, words in items.items():
        stand.page(f"/{name}/{town}", paper, f"{town} votes on its harbour", words)
    listed = [(f"/{name}/{town}?utm_source=rss", f"{town} votes on its harbour") for town in items]
    return {"kind": "feed", "at": stand.feed(f"/{name}.xml", paper, listed)}


def night_of(
    wanted: Config, store: Store, desk: FirstSentences, day: date = DAY, **known: Any
) -> Night:
    return Night(wanted, store, Alone(desk), day, **known)


def forgetful(tmp_path: Path, clock: Clock) -> Store:
    """A store that keeps articles for thirty days."""
    return stores.open(str(tmp_path / "store"), keeping=Keeping(days=30), clock=clock)


def titles(outcome: Outcome) -> list[str]:
    assert outcome.digest is not None
    return sorted(brief.source.title or "" for brief in outcome.digest.briefs)


def test_feeds_become_documents(stand: Newsstand, store: Store, tmp_path: Path) -> None:
    source = publish(stand, "Herald", {town: words_of(town) for town in TOWNS[:3]})

    outcome = run(night_of(config(tmp_path, source), store, FirstSentences()))

    assert outcome.state == "done"
    assert titles(outcome) == [f"{town} votes on its harbour" for town in TOWNS[:3]]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        f"{DAY}.html",
        f"{DAY}.json",
        f"{DAY}.md",
    ]
    assert (held := store.holder_of(DAY)) is not None
    assert held.state == "done"


def test_night_drops_what_the_store_may_keep_no_longer(stand: Newsstand, tmp_path: Path) -> None:
    began = datetime(2026, 11, 24, 4, tzinfo=UTC).timestamp()
    store = stores.open(str(tmp_path / "store"), keeping=Keeping(days=30), clock=lambda: began)
    alder = publish(stand, "Herald", {"Alder": words_of("Alder")})
    first = run(night_of(config(tmp_path, alder), store, FirstSentences()))
    assert first.digest is not None
    (old,) = first.digest.briefs
    kept = store.brief_for(old.id)

    later = began + 32 * 86_400
    store = stores.open(str(tmp_path / "store"), keeping=Keeping(days=30), clock=lambda: later)
    birch = publish(stand, "Post", {"Birch": words_of("Birch")})
    run(night_of(config(tmp_path, birch), store, FirstSentences(), DAY + timedelta(32)))

    assert kept == old
    assert store.brief_for(old.id) is None
    assert [one.title for one in kept_articles(store)] == ["Birch votes on its harbour"]
    assert store.digest_of(DAY) is not None


@pytest.mark.parametrize("days_later", [30.01, 32])  # of a day in part and as a whole
def test_a_day_that_is_older_than_its_articles_are_kept_can_be_corrected(
    stand: Newsstand, tmp_path: Path, days_later: float
) -> None:
    clock, desk = Clock(datetime(2026, 11, 24, 4, tzinfo=UTC).timestamp()), FirstSentences()
    store = forgetful(tmp_path, clock)
    wanted = config(
        tmp_path, publish(stand, "Herald", {town: words_of(town) for town in TOWNS[:2]})
    )
    first = run(night_of(wanted, store, desk))
    clock.seconds += days_later * 86_400
    run(night_of(wanted, store, desk, DAY + timedelta(int(days_later))))
    assert first.digest is not None
    alder = next(one for one in first.digest.briefs if "Alder" in (one.source.title or ""))
    store.save_digest(digests.withdraw(first.digest, alder.id, "It was wrong."))

    again = run(night_of(wanted, store, desk))

    assert titles(again) == ["Birch votes on its harbour"]
    assert n_editions(store, DAY) == 2


def test_brief_that_was_deleted_leaves_its_day_where_articles_are_dropped_later(
    stand: Newsstand, tmp_path: Path
) -> None:
    clock, desk = Clock(datetime(2026, 11, 24, 4, tzinfo=UTC).timestamp()), FirstSentences()
    store = forgetful(tmp_path, clock)
    source = publish(stand, "Herald", {town: words_of(town) for town in TOWNS[:2]})
    wanted = config(tmp_path, source)
    first = run(night_of(wanted, store, desk))
    assert first.digest is not None
    alder = next(one for one in first.digest.briefs if "Alder" in (one.source.title or ""))

    store.delete_brief(alder.id, SITE)

    assert titles(run(night_of(wanted, store, desk))) == ["Birch votes on its harbour"]


def test_feed_that_comes_back_for_a_day_long_past_changes_nothing(
    stand: Newsstand, tmp_path: Path
) -> None:
    clock, desk = Clock(datetime(2026, 11, 24, 4, tzinfo=UTC).timestamp()), FirstSentences()
    store = forgetful(tmp_path, clock)
    late = {"kind": "feed", "at": f"{stand.url}/tribune.xml"}
    stand.pages["/tribune.xml"] = b"<html>no feed</html>"
    wanted = config(tmp_path, publish(stand, "Herald", {"Alder": words_of("Alder")}), late)
    first = run(night_of(wanted, store, desk))
    clock.seconds += 32 * 86_400
    run(night_of(wanted, store, desk, DAY + timedelta(32)))
    publish(stand, "Tribune", {"Birch": words_of("Birch")})

    assert titles(run(night_of(wanted, store, desk))) == titles(first)
    assert n_editions(store, DAY) == 1


def test_second_run_of_a_day_does_nothing_again(
    stand: Newsstand, store: Store, tmp_path: Path
) -> None:
    wanted = config(tmp_path, publish(stand, "Herald", {"Alder": words_of("Alder")}))
    desk = FirstSentences()
    run(night_of(wanted, store, desk))
    before = (tmp_path / f"out/{DAY}.json").read_bytes()
    asked = stand.asked.copy()

    again = run(night_of(wanted, store, desk))

    assert (again.n_briefed, again.n_reused) == (0, 0)
    assert set(desk.made.values()) == {1}
    assert (tmp_path / f"out/{DAY}.json").read_bytes() == before
    assert stand.asked == asked
    assert n_editions(store, DAY) == 1


def test_text_that_the_service_kept_with_a_brief_is_not_published(
    store: Store, tmp_path: Path
) -> None:
    write_whole(tmp_path / "box/a.txt", words_of("Alder").encode())
    article, desk = Article(text=words_of("Alder")), FirstSentences()
    made = desk.brief(article)
    about = made.source.model_copy(update={"text": article.text})
    store.save(made.model_copy(update={"source": about}), article)

    wanted = config(tmp_path, {"kind": "folder", "at": str(tmp_path / "box")})
    outcome = run(night_of(wanted, store, desk))

    assert (outcome.n_briefed, outcome.n_reused) == (0, 1)
    assert "alder0item59" not in (tmp_path / f"out/{DAY}.json").read_text()


def test_one_failing_article_costs_only_itself(
    stand: Newsstand, store: Store, tmp_path: Path
) -> None:
    source = publish(stand, "Herald", {town: words_of(town) for town in TOWNS[:3]})
    desk = FirstSentences(fails_on="council of Alder", breaks_on="council of Birch")

    outcome = run(night_of(config(tmp_path, source), store, desk))

    assert outcome.digest is not None
    assert outcome.digest.state == "partial"
    assert titles(outcome) == ["Cedar votes on its harbour"]
    assert {(one.reason, one.message) for one in outcome.digest.failures} == {
        ("model_failed", "no answer about council of Alder"),
        ("other", "ZeroDivisionError: a library broke"),
    }


def test_what_failed_is_tried_again_on_the_next_night(
    stand: Newsstand, store: Store, tmp_path: Path
) -> None:
    wanted = config(tmp_path, publish(stand, "Herald", {"Alder": words_of("Alder")}))
    run(night_of(wanted, store, FirstSentences(fails_on="Alder")))

    tomorrow = run(night_of(wanted, store, FirstSentences(), DAY + timedelta(days=1)))

    assert titles(tomorrow) == ["Alder votes on its harbour"]
    assert tomorrow.digest is not None
    assert tomorrow.digest.failures == ()


def test_what_was_given_up_is_named_and_not_asked_for_again_where_no_texts_are_kept(
    tmp_path: Path,
) -> None:
    store = stores.open(str(tmp_path / "store"), keeping=Keeping(texts="cited"))
    write_whole(tmp_path / "box/a.txt", words_of("Alder").encode())
    wanted = config(tmp_path, {"kind": "folder", "at": str(tmp_path / "box")})
    for _ in range(3):
        failed = run(night_of(wanted, store, FirstSentences(fails_on="Alder")))

    again = run(night_of(wanted, store, FirstSentences()))

    assert again.n_briefed == 0
    assert again.digest == failed.digest
    assert again.digest is not None
    assert [one.message for one in again.digest.failures] == ["no answer about Alder"]
    assert [one.document.text for one in store.items_of(DAY)] == [""]


def test_a_dead_model_is_not_asked_for_every_article(store: Store, tmp_path: Path) -> None:
    box = tmp_path / "box"
    for number in range(9):
        write_whole(box / f"{number}.txt", words_of("Alder", number).encode())
    wanted = config(tmp_path, {"kind": "folder", "at": str(box)})

    outcome = run(night_of(wanted, store, FirstSentences(fails_on="Alder")))

    assert outcome.digest is not None
    told = [one.message for one in outcome.digest.failures]
    assert outcome.digest.state == "broken"
    assert [one.startswith("no answer") for one in told].count(True) == 5
    assert len(told) == 9


def test_articles_lie_side_by_side_where_the_desk_likes_that_and_the_edition_is_the_same(
    tmp_path: Path,
) -> None:
    for number in range(9):
        write_whole(tmp_path / f"box/{number}.txt", words_of("Alder", number).encode())
    wanted = config(tmp_path, {"kind": "folder", "at": str(tmp_path / "box")}, formats=["md"])
    crowd = Crowd(n_at_once=3, n_together=3)

    editions = []
    for name, desk in (("one", FirstSentences()), ("many", crowd)):
        store = stores.open(str(tmp_path / name))
        editions.append(run(night_of(wanted, store, desk)).digest)
        store.close()

    assert editions[0] == editions[1]
    assert crowd.most_at_once == 3
    assert len(crowd.made) == 9


def test_a_dead_model_is_given_up_by_all_who_ask_it_at_once(store: Store, tmp_path: Path) -> None:
    for number in range(20):
        write_whole(tmp_path / f"box/{number}.txt", words_of("Alder", number).encode())
    wanted = config(tmp_path, {"kind": "folder", "at": str(tmp_path / "box")})

    outcome = run(night_of(wanted, store, FirstSentences(fails_on="Alder", n_at_once=3)))

    assert outcome.digest is not None
    told = [one.message for one in outcome.digest.failures]
    assert 5 <= [one.startswith("no answer") for one in told].count(True) <= 5 + 3
    assert len(told) == 20


def test_articles_that_a_dead_model_was_not_asked_for_keep_their_tries(
    store: Store, tmp_path: Path
) -> None:
    for number in range(12):
        write_whole(tmp_path / f"box/{number:02}.txt", words_of("Alder", number).encode())
    wanted = config(tmp_path, {"kind": "folder", "at": str(tmp_path / "box")})
    for night in range(4):
        run(night_of(wanted, store, FirstSentences(fails_on="Alder"), DAY + timedelta(night)))

    mended = run(night_of(wanted, store, FirstSentences(), DAY + timedelta(4)))

    # Five are asked for a night. After three nights these five are left, and the next five are
    # asked for once; nobody asked for the last two.
    assert mended.n_briefed == 7


def test_pdfs_in_a_drop_box_and_behind_links_become_articles(
    stand: Newsstand, store: Store, tmp_path: Path
) -> None:
    def printed(town: str) -> bytes:
        told = "".join(f"<p>{part}</p>" for part in words_of(town).split("\n\n"))
        return pdf(f"<h1>{town} votes</h1>{told}")

    write_whole(tmp_path / "box/a.pdf", printed("Alder"))
    stand.pages |= {"/b.pdf": printed("Birch"), "/c.pdf": printed("Cedar")}
    feed = stand.feed("/herald.xml", "Herald", [("/c.pdf", "Cedar votes")])
    wanted = config(
        tmp_path,
        {"kind": "folder", "at": str(tmp_path / "box")},
        {"kind": "url", "at": f"{stand.url}/b.pdf"},
        {"kind": "feed", "at": feed},
    )

    outcome = run(night_of(wanted, store, FirstSentences()))

    assert titles(outcome) == ["Alder votes", "Birch votes", "Cedar votes"]
    assert outcome.digest is not None
    assert outcome.digest.failures == ()


def test_dead_hosts_broken_feeds_and_missing_pages_are_listed(
    stand: Newsstand, store: Store, tmp_path: Path
) -> None:
    good = publish(stand, "Herald", {"Alder": words_of("Alder"), "Birch": words_of("Birch")})
    del stand.pages["/herald/Birch"]
    stand.pages["/broken.xml"] = b"<html>no feed</html>"
    dead = {"kind": "feed", "at": "http://127.0.0.1:9/feed.xml"}
    broken = {"kind": "feed", "at": f"{stand.url}/broken.xml"}

    outcome = run(night_of(config(tmp_path, dead, broken, good), store, FirstSentences()))

    assert outcome.digest is not None
    assert titles(outcome) == ["Alder votes on its harbour"]
    told = {(one.kind, str(one.ref).replace(stand.url, "")) for one in outcome.digest.failures}
    assert told == {
        ("article", "/herald/Birch?utm_source=rss"),
        ("source", "feed /broken.xml"),
        ("source", f"feed {dead['at']}"),
    }
    counts = outcome.digest.counts
    assert (counts.n_articles, counts.n_failed) == (2, 1)
    assert (counts.n_sources, counts.n_sources_failed) == (3, 2)


def test_a_folder_that_is_gone_is_a_source_and_a_bad_file_in_one_an_article(
    store: Store, tmp_path: Path
) -> None:
    write_whole(tmp_path / "box/bad.json", b"{")
    write_whole(tmp_path / "box/good.txt", words_of("Alder").encode())
    folders = [{"kind": "folder", "at": str(tmp_path / name)} for name in ("box", "gone")]

    outcome = run(night_of(config(tmp_path, *folders), store, FirstSentences()))

    assert outcome.digest is not None
    assert {(one.kind, one.ref) for one in outcome.digest.failures} == {
        ("article", str(tmp_path / "box/bad.json")),
        ("source", str(tmp_path / "gone")),
    }


def test_an_address_that_is_none_costs_no_night(store: Store, tmp_path: Path) -> None:
    bad = {"text": words_of("Alder"), "title": "Alder", "url": "http://[2001:db8/alder"}
    write_whole(tmp_path / "box/bad.json", json.dumps(bad).encode())
    write_whole(tmp_path / "box/good.txt", words_of("Birch").encode())
    wanted = config(tmp_path, {"kind": "folder", "at": str(tmp_path / "box")})

    outcome = run(night_of(wanted, store, FirstSentences()))

    assert outcome.digest is not None
    assert len(outcome.digest.briefs) == 2


@pytest.mark.parametrize("kind", ["feed", "opml", "url"])
def test_a_source_that_is_no_address_costs_only_itself(
    store: Store, tmp_path: Path, kind: str
) -> None:
    write_whole(tmp_path / "box/good.txt", words_of("Birch").encode())
    box = {"kind": "folder", "at": str(tmp_path / "box")}
    wanted = config(tmp_path, {"kind": kind, "at": "http://[2001:db8/rss"}, box)

    outcome = run(night_of(wanted, store, FirstSentences()))

    assert outcome.digest is not None
    assert [(one.kind, one.ref) for one in outcome.digest.failures] == [
        ("source", f"{kind} http://[2001:db8/rss")
    ]
    assert len(outcome.digest.briefs) == 1


def test_how_many_feeds_a_list_names_is_not_known_beforehand(tmp_path: Path) -> None:
    herald = {"kind": "feed", "at": "https://herald.example/rss"}
    listed = {"kind": "opml", "at": "feeds.opml"}

    assert config(tmp_path, herald, herald).n_sources == 2
    assert config(tmp_path, herald, listed).n_sources is None


def test_a_night_without_articles_says_so(stand: Newsstand, store: Store, tmp_path: Path) -> None:
    outcome = run(night_of(config(tmp_path, publish(stand, "Herald", {})), store, FirstSentences()))

    assert outcome.digest is not None
    assert outcome.digest.state == "nothing_to_report"
    assert (tmp_path / f"out/{DAY}.md").exists()


def test_next_night_briefs_only_what_is_new(stand: Newsstand, store: Store, tmp_path: Path) -> None:
    items = {"Alder": words_of("Alder")}
    wanted = config(tmp_path, publish(stand, "Herald", items))
    desk = FirstSentences()
    run(night_of(wanted, store, desk))
    publish(stand, "Herald", items | {"Birch": words_of("Birch")})

    second = run(night_of(wanted, store, desk, DAY + timedelta(days=1)))

    assert titles(second) == ["Birch votes on its harbour"]
    assert (stand.asked["/herald/Alder"], stand.unchanged["/herald/Alder"]) == (2, 1)


CORRECTED = words_of("Alder").replace("voted on", "did not vote on")


def test_a_page_that_is_corrected_behind_the_same_teaser_is_seen_the_next_night(
    stand: Newsstand, store: Store, tmp_path: Path
) -> None:
    wanted = config(tmp_path, publish(stand, "Herald", {"Alder": words_of("Alder")}))
    run(night_of(wanted, store, FirstSentences()))
    publish(stand, "Herald", {"Alder": CORRECTED, "Birch": words_of("Birch")})

    second = run(night_of(wanted, store, FirstSentences(), DAY + timedelta(days=1)))

    assert titles(second) == [f"{town} votes on its harbour" for town in TOWNS[:2]]


def test_a_page_is_looked_at_again_twice_and_then_when_its_entry_changes(
    stand: Newsstand, store: Store, tmp_path: Path
) -> None:
    wanted = config(tmp_path, publish(stand, "Herald", {"Alder": words_of("Alder")}))
    asked = []
    for night in range(5):
        run(night_of(wanted, store, FirstSentences(), DAY + timedelta(night)))
        stand.pages["/herald.xml"] += b" "  # as a feed that lists other articles
        asked.append((stand.asked["/herald/Alder"], stand.unchanged["/herald/Alder"]))

    publish(stand, "Herald", {"Alder": CORRECTED})
    stand.pages["/herald.xml"] = stand.pages["/herald.xml"].replace(b"Read more", b"Corrected")
    last = run(night_of(wanted, store, FirstSentences(), DAY + timedelta(5)))

    assert asked == [(1, 0), (2, 1), (3, 2), (3, 2), (3, 2)]
    assert titles(last) == ["Alder votes on its harbour"]
    assert stand.asked["/herald/Alder"] == 4


def test_a_page_that_is_gone_when_it_is_looked_at_again_is_no_failure(
    stand: Newsstand, store: Store, tmp_path: Path
) -> None:
    wanted = config(tmp_path, publish(stand, "Herald", {"Alder": words_of("Alder")}))
    run(night_of(wanted, store, FirstSentences()))
    del stand.pages["/herald/Alder"]
    stand.pages["/herald.xml"] += b" "

    second = run(night_of(wanted, store, FirstSentences(), DAY + timedelta(days=1)))

    assert stand.asked["/herald/Alder"] == 2
    assert second.digest is not None
    assert second.digest.state == "nothing_to_report"


def test_pages_are_looked_at_again_after_the_new_ones_and_not_beyond_half_of_the_limit(
    stand: Newsstand, store: Store, tmp_path: Path
) -> None:
    limited = {"delay_s": 0, "allow_private": True, "max_per_host": 10}
    source = publish(stand, "Herald", {town: words_of(town) for town in TOWNS[:6]})
    wanted = config(tmp_path, source, fetching=limited)
    run(night_of(wanted, store, FirstSentences()))
    publish(stand, "Herald", {town: words_of(town) for town in TOWNS[:7]})

    second = run(night_of(wanted, store, FirstSentences(), DAY + timedelta(days=1)))

    assert titles(second) == [f"{TOWNS[6]} votes on its harbour"]
    # The site's two files, the feed and the new page leave one of the five.
    assert sum(stand.unchanged.values()) == 1


def test_an_unchanged_feed_is_not_sent_twice(
    stand: Newsstand, store: Store, tmp_path: Path
) -> None:
    wanted = config(tmp_path, publish(stand, "Herald", {"Alder": words_of("Alder")}))
    run(night_of(wanted, store, FirstSentences()))

    second = run(night_of(wanted, store, FirstSentences(), DAY + timedelta(days=1)))

    assert stand.unchanged["/herald.xml"] == 1
    assert second.digest is not None
    assert second.digest.state == "nothing_to_report"


def test_a_source_that_could_not_be_read_is_asked_again_by_the_next_run_of_the_same_day(
    stand: Newsstand, store: Store, tmp_path: Path
) -> None:
    herald = publish(stand, "Herald", {"Alder": words_of("Alder")})
    post = publish(stand, "Post", {"Birch": words_of("Birch")})
    wanted = config(tmp_path, herald, post)
    feed = stand.pages.pop("/post.xml")
    desk = FirstSentences()
    first = run(night_of(wanted, store, desk))
    planned = plan(night_of(wanted, store, desk))
    stand.pages["/post.xml"] = b"<html>at work</html>"
    still = run(night_of(wanted, store, desk))
    stand.pages["/post.xml"] = feed

    second = run(night_of(wanted, store, desk))

    assert first.digest is not None
    assert first.digest == still.digest  # another message, and no other edition
    assert f"feed {herald['at']}: read already" in planned
    assert f"feed {post['at']}: to read" in planned
    assert second.digest is not None
    assert (first.digest.state, second.digest.state) == ("partial", "complete")
    assert titles(second) == ["Alder votes on its harbour", "Birch votes on its harbour"]
    assert n_editions(store, DAY) == 2
    assert (stand.asked["/herald.xml"], set(desk.made.values())) == (1, {1})


def test_a_source_added_since_is_read_by_the_next_run_of_the_day_and_not_of_one_that_is_over(
    stand: Newsstand, store: Store, tmp_path: Path
) -> None:
    herald = publish(stand, "Herald", {"Alder": words_of("Alder")})
    post = publish(stand, "Post", {"Birch": words_of("Birch")})
    gazette = publish(stand, "Gazette", {"Cedar": words_of("Cedar")})
    run(night_of(config(tmp_path, herald), store, FirstSentences()))
    both = config(tmp_path, herald, post)
    planned = plan(night_of(both, store, FirstSentences()))

    second = run(night_of(both, store, FirstSentences()))
    run(night_of(both, store, FirstSentences(), DAY + timedelta(days=1)))
    three = config(tmp_path, herald, post, gazette)
    over = plan(night_of(three, store, FirstSentences()))
    third = run(night_of(three, store, FirstSentences()))

    assert f"feed {post['at']}: to read" in planned
    assert titles(second) == ["Alder votes on its harbour", "Birch votes on its harbour"]
    assert f"feed {gazette['at']}: left alone, for a later day has its edition" in over
    assert titles(third) == titles(second)


def test_a_page_that_failed_is_asked_for_again_though_its_feed_has_not_changed(
    stand: Newsstand, store: Store, tmp_path: Path
) -> None:
    wanted = config(
        tmp_path, publish(stand, "Herald", {town: words_of(town) for town in TOWNS[:2]})
    )
    page = stand.pages.pop("/herald/Alder")
    first = run(night_of(wanted, store, FirstSentences()))
    stand.pages["/herald/Alder"] = page

    second = run(night_of(wanted, store, FirstSentences(), DAY + timedelta(days=1)))
    run(night_of(wanted, store, FirstSentences(), DAY + timedelta(days=2)))

    assert titles(first) == ["Birch votes on its harbour"]
    assert titles(second) == ["Alder votes on its harbour"]
    assert (stand.asked["/herald/Birch"], stand.unchanged["/herald/Birch"]) == (2, 1)
    assert stand.unchanged["/herald.xml"] == 1


def test_a_page_is_asked_for_again_where_only_the_robots_txt_of_its_host_failed(
    stand: Newsstand, store: Store, tmp_path: Path
) -> None:
    with newsstand() as other:
        publish(other, "Herald", {"Alder": words_of("Alder")})
        stand.pages["/herald.xml"] = other.pages["/herald.xml"]
        wanted = config(tmp_path, {"kind": "feed", "at": f"{stand.url}/herald.xml"})
        other.statuses["/robots.txt"] = 503
        first = run(night_of(wanted, store, FirstSentences()))
        del other.statuses["/robots.txt"]

        second = run(night_of(wanted, store, FirstSentences(), DAY + timedelta(days=1)))

    assert first.digest is not None
    assert [(one.reason, one.message) for one in first.digest.failures] == [
        ("unreadable", "127.0.0.1 answered 503 for its robots.txt; it is left alone tonight.")
    ]
    assert titles(second) == ["Alder votes on its harbour"]


def test_a_page_that_its_publisher_keeps_to_itself_is_named_once(
    stand: Newsstand, store: Store, tmp_path: Path
) -> None:
    wanted = config(tmp_path, publish(stand, "Herald", {"Alder": words_of("Alder")}))
    stand.headers["/herald/Alder"] = {"X-Robots-Tag": "noai"}

    nights = [
        run(night_of(wanted, store, FirstSentences(), DAY + timedelta(days=n))) for n in range(2)
    ]

    states = [night.digest.state for night in nights if night.digest is not None]
    assert states == ["broken", "nothing_to_report"]
    assert stand.asked["/herald/Alder"] == 1


def test_a_page_in_two_feeds_is_fetched_once(
    stand: Newsstand, store: Store, tmp_path: Path
) -> None:
    herald = publish(stand, "Herald", {"Alder": words_of("Alder")})
    top = stand.feed("/top.xml", "Herald", [("/herald/Alder?utm_medium=top", "Alder votes")])

    outcome = run(
        night_of(config(tmp_path, herald, {"kind": "feed", "at": top}), store, FirstSentences())
    )

    assert len(titles(outcome)) == 1
    assert stand.asked["/herald/Alder"] == 1


def test_a_page_in_two_feeds_of_a_list_is_fetched_once(
    stand: Newsstand, store: Store, tmp_path: Path
) -> None:
    herald = publish(stand, "Herald", {"Alder": words_of("Alder")})["at"]
    top = stand.feed("/top.xml", "Herald", [("/herald/Alder?utm_medium=top", "Alder votes")] * 2)
    outlines = "".join(f'<outline xmlUrl="{one}"/>' for one in (herald, top))
    write_whole(tmp_path / "feeds.opml", f"<opml><body>{outlines}</body></opml>".encode())
    wanted = config(tmp_path, {"kind": "opml", "at": str(tmp_path / "feeds.opml")})

    outcome = run(night_of(wanted, store, FirstSentences()))

    assert len(titles(outcome)) == 1
    assert stand.asked["/herald/Alder"] == 1


def test_a_missed_night_is_caught_up_with(stand: Newsstand, store: Store, tmp_path: Path) -> None:
    wanted = config(tmp_path, publish(stand, "Herald", {"Alder": words_of("Alder")}))
    run(night_of(wanted, store, FirstSentences()))
    publish(stand, "Herald", {town: words_of(town) for town in TOWNS[:3]})

    later = run(night_of(wanted, store, FirstSentences(), DAY + timedelta(days=3)))

    assert later.digest is not None
    assert titles(later) == [f"{town} votes on its harbour" for town in TOWNS[1:3]]
    assert later.digest.previous_day == DAY


def test_same_article_in_two_feeds_is_one_and_the_copy_is_named(
    stand: Newsstand, store: Store, tmp_path: Path
) -> None:
    words = words_of("Alder")
    herald = publish(stand, "Herald", {"Alder": words})
    again = {"kind": "feed", "at": stand.feed("/top.xml", "Herald", [("/herald/Alder#top", "x")])}
    post = publish(stand, "Post", {"Alder": words})

    outcome = run(night_of(config(tmp_path, herald, again, post), store, FirstSentences()))

    assert outcome.digest is not None
    assert len(outcome.digest.briefs) == 1
    (story,) = outcome.digest.stories
    assert story.also_in == ("Post",)


def test_a_copy_that_changes_is_briefed_anew_and_is_no_copy_of_itself(
    store: Store, tmp_path: Path
) -> None:
    def publish_in(paper: str, words: str) -> dict[str, str]:
        piece = {"text": words, "url": f"http://{paper}.example/1", "publisher": paper}
        write_whole(tmp_path / paper / "a.json", json.dumps(piece).encode())
        return {"kind": "folder", "at": str(tmp_path / paper)}

    words = words_of("Alder")
    wanted = config(tmp_path, publish_in("Herald", words), publish_in("Post", words))
    first = run(night_of(wanted, store, FirstSentences()))
    publish_in("Post", words.replace("voted on", "rejected"))

    second = run(night_of(wanted, store, FirstSentences(), DAY + timedelta(days=1)))

    told = [
        (one.source.publisher, story.also_in)
        for made in (first.digest, second.digest)
        if made is not None
        for one, story in zip(made.briefs, made.stories, strict=True)
    ]
    assert told == [("Herald", ("Post",)), ("Post", ())]


@pytest.mark.parametrize(
    ("published", "told"),
    [
        ((None, None), "rejected"),  # the later one in the order of the sources
        (("2026-11-23T10:00:00Z", "2026-11-23T12:00:00Z"), "rejected"),
        (("2026-11-23T12:00:00Z", "2026-11-23T10:00:00Z"), "voted on"),
    ],
)
def test_of_two_versions_on_one_night_the_newer_is_briefed(
    store: Store, tmp_path: Path, published: tuple[str | None, str | None], told: str
) -> None:
    words = words_of("Alder")
    versions = (words, words.replace("voted on", "rejected"))
    for number, (version, at) in enumerate(zip(versions, published, strict=True)):
        piece = {"text": version, "url": "http://wire.example/1", "published_at": at}
        write_whole(tmp_path / f"box/{number}.json", json.dumps(piece).encode())
    desk = FirstSentences()

    outcome = run(
        night_of(config(tmp_path, {"kind": "folder", "at": str(tmp_path / "box")}), store, desk)
    )

    assert outcome.digest is not None
    (made,) = outcome.digest.briefs
    assert told in made.summary[0].text
    assert desk.made.total() == 1


def test_a_version_that_another_source_has_later_makes_the_days_edition_anew(
    store: Store, tmp_path: Path
) -> None:
    def publish_in(place: str, words: str) -> dict[str, str]:
        piece = {"text": words, "url": "http://wire.example/1"}
        write_whole(tmp_path / place / "a.json", json.dumps(piece).encode())
        return {"kind": "folder", "at": str(tmp_path / place)}

    words = words_of("Alder")
    sources = [publish_in("wire", words)]
    run(night_of(config(tmp_path, *sources), store, FirstSentences()))
    sources.append(publish_in("late", words.replace("voted on", "rejected")))

    second = run(night_of(config(tmp_path, *sources), store, FirstSentences()))

    assert second.digest is not None
    (made,) = second.digest.briefs
    assert "rejected" in made.summary[0].text
    assert n_editions(store, DAY) == 2


def test_what_comes_through_the_api_is_in_the_next_edition_at_whatever_moment(
    tmp_path: Path, clock: Clock
) -> None:
    store, desk = stores.open(str(tmp_path / "store"), clock=clock), FirstSentences()
    wanted = config(tmp_path, {"kind": "store"})

    def come(town: str) -> None:
        clock.seconds += 600
        article = Article(text=words_of(town), title=town)
        store.save(desk.brief(article), article)
        clock.seconds += 600

    def passed(step: str, _: str) -> None:
        if step == "source":
            come("Birch")

    come("Alder")
    first = run(night_of(wanted, store, desk, passed=passed))
    come("Cedar")
    assert first.digest is not None
    store.save_digest(digests.withdraw(first.digest, first.digest.briefs[0].id, "It was wrong."))

    second = run(night_of(wanted, store, desk, DAY + timedelta(days=1)))
    third = run(night_of(wanted, store, desk, DAY + timedelta(days=2)))

    assert (titles(first), titles(second), titles(third)) == (["Alder"], ["Birch", "Cedar"], [])
    assert set(desk.made.values()) == {1}


def test_a_story_told_again_says_what_has_changed(store: Store, tmp_path: Path) -> None:
    box = tmp_path / "box"
    wanted = config(tmp_path, {"kind": "folder", "at": str(box)})
    write_whole(
        box / "a.json",
        json.dumps({"text": words_of("Alder"), "url": "http://a.example/1"}).encode(),
    )
    run(night_of(wanted, store, FirstSentences()))
    changed = words_of("Alder").replace("voted on", "after a recount rejected") + " New ends." * 40
    write_whole(box / "a.json", json.dumps({"text": changed, "url": "http://a.example/1"}).encode())

    second = run(night_of(wanted, store, FirstSentences(), DAY + timedelta(days=1)))

    assert second.digest is not None
    assert [brief.source.url for brief in second.digest.briefs] == ["http://a.example/1"]


class Killed(BaseException):
    """What a test dies of; not an ``Exception``, so that nothing catches it."""


def dies_at(count: int) -> Callable[[str, str], None]:
    left = iter(range(count))

    def passed(step: str, name: str) -> None:
        if next(left, None) is None:
            raise Killed(f"{step} {name}")

    return passed


def test_dying_after_any_step_changes_nothing_in_the_end(tmp_path: Path) -> None:
    boxes: list[str] = []
    for number, town in enumerate(TOWNS[:3]):
        box = tmp_path / f"box{number % 2}"
        write_whole(box / f"{town}.txt", words_of(town).encode())
        boxes = [*boxes, str(box)]
    papers = [{"kind": "folder", "at": box} for box in dict.fromkeys(boxes)]
    calm = stores.open(str(tmp_path / "calm"))
    wanted = run(night_of(config(tmp_path, *papers, formats=["md"]), calm, FirstSentences()))
    assert wanted.digest is not None
    assert len(wanted.digest.briefs) == 3

    n_deaths = 0
    for count in range(10):
        store, desk = stores.open(str(tmp_path / f"store{count}")), FirstSentences()
        again = config(tmp_path, *papers, formats=["md"])
        try:
            run(night_of(again, store, desk, passed=dies_at(count)))
        except Killed:
            n_deaths += 1
        done = run(night_of(again, store, desk))
        assert done.digest == wanted.digest
        assert set(desk.made.values()) == {1}
        assert n_editions(store, DAY) == 1
        store.close()
    assert n_deaths == 9  # 2 sources, ingested, 3 articles, built, printed, delivered


def test_dying_among_several_at_once_loses_and_doubles_nothing(tmp_path: Path) -> None:
    for number in range(6):
        write_whole(tmp_path / f"box/{number}.txt", words_of("Alder", number).encode())
    wanted = config(tmp_path, {"kind": "folder", "at": str(tmp_path / "box")}, formats=["md"])

    for count in range(2, 8):  # 1 source, ingested, then 6 articles
        store = stores.open(str(tmp_path / f"store{count}"))
        with pytest.raises(Killed):
            run(night_of(wanted, store, FirstSentences(n_at_once=3), passed=dies_at(count)))
        n_kept = [one.state for one in store.items_of(DAY)].count("briefed")
        again = run(night_of(wanted, store, desk := FirstSentences(n_at_once=3)))
        assert again.digest is not None
        assert (n_kept, len(again.digest.briefs)) == (count - 1, 6)
        assert len(desk.made) == 6 - n_kept
        store.close()


SCRIPT = """
import os, signal, sys
from datetime import date
from pathlib import Path
from briefer import store as stores
from briefer.nightly import Alone, Config, Night, run
from tests.newsstand import FirstSentences

folder, steps = Path(sys.argv[1]), int(sys.argv[2])
def passed(step, name):
    global steps
    steps -= 1
    if steps == 0:
        os.kill(os.getpid(), signal.SIGKILL)
wanted = Config.model_validate({"sources": [{"kind": "folder", "at": str(folder / "box")}],
    "out": folder / "out", "formats": ["json"]})
crew = Alone(FirstSentences())
run(Night(wanted, stores.open(str(folder / "store")), crew, date(2026, 11, 24), passed=passed))
"""


def test_kill_9_then_a_new_process_finishes_the_night(tmp_path: Path) -> None:
    for number in range(4):
        write_whole(tmp_path / f"box/{number}.txt", words_of("Alder", number).encode())
    root = Path(__file__).parent.parent

    def start(steps: int) -> int:
        arguments = [sys.executable, "-c", SCRIPT, str(tmp_path), str(steps)]
        return subprocess.run(arguments, cwd=root, check=False).returncode

    killed, finished = start(4), start(0)

    assert (killed, finished) == (-signal.SIGKILL, 0)
    made = Digest.model_validate_json((tmp_path / f"out/{DAY}.json").read_text())
    assert len(made.briefs) == 4
    assert [path.name for path in (tmp_path / "out").iterdir()] == [f"{DAY}.json"]


def test_an_earlier_night_that_died_gets_its_own_edition(
    stand: Newsstand, store: Store, tmp_path: Path
) -> None:
    wanted = config(tmp_path, publish(stand, "Herald", {"Alder": words_of("Alder")}))
    with pytest.raises(Killed):
        run(night_of(wanted, store, FirstSentences(), passed=dies_at(2)))
    publish(stand, "Herald", {town: words_of(town) for town in TOWNS[:2]})

    today = run(night_of(wanted, store, FirstSentences(), DAY + timedelta(days=1)))

    first = store.digest_of(DAY)
    assert first is not None
    assert [one.source.title for one in first.digest.briefs] == ["Alder votes on its harbour"]
    assert titles(today) == ["Birch votes on its harbour"]


def test_an_earlier_night_that_cannot_be_written_is_told_and_costs_no_later_one(
    stand: Newsstand, store: Store, tmp_path: Path
) -> None:
    wanted = config(tmp_path, publish(stand, "Herald", {"Alder": words_of("Alder")}))
    (in_the_way := tmp_path / f"out/{DAY}.md").mkdir(parents=True)
    with pytest.raises(OSError, match="directory"):
        run(night_of(wanted, store, FirstSentences()))
    publish(stand, "Herald", {town: words_of(town) for town in TOWNS[:2]})

    today = run(night_of(wanted, store, FirstSentences(), DAY + timedelta(days=1)))
    in_the_way.rmdir()
    again = run(night_of(wanted, store, FirstSentences(), DAY + timedelta(days=1)))

    (problem,) = today.problems
    assert problem.startswith(f"{DAY}: the documents could not be made: ")
    assert str(in_the_way) in problem
    assert titles(today) == ["Birch votes on its harbour"]
    assert again.problems == ()
    assert in_the_way.is_file()


def test_a_delivery_of_an_earlier_night_that_fails_is_told_with_its_day(
    stand: Newsstand, store: Store, tmp_path: Path
) -> None:
    away = tmp_path / "away"
    wanted = config(
        tmp_path,
        publish(stand, "Herald", {"Alder": words_of("Alder")}),
        delivery={"folder": away},
    )
    with pytest.raises(Killed):
        run(night_of(wanted, store, FirstSentences(), passed=dies_at(4)))
    away.write_text("a file where the folder should be")

    def passed(step: str, day: str) -> None:
        if (step, day) == ("delivered", DAY.isoformat()):
            away.unlink()

    today = run(night_of(wanted, store, FirstSentences(), DAY + timedelta(days=1), passed=passed))

    (problem,) = today.problems
    assert problem.startswith(f"{DAY}: folder {away} failed: ")
    assert not today.succeeded
    assert (away / f"{DAY + timedelta(days=1)}.md").exists()


def test_a_second_start_leaves_a_living_run_alone(
    stand: Newsstand, store: Store, tmp_path: Path
) -> None:
    wanted = config(tmp_path, publish(stand, "Herald", {"Alder": words_of("Alder")}))
    inside: list[Outcome] = []

    def passed(step: str, _: str) -> None:
        if step == "briefed":
            inside.append(run(night_of(wanted, store, FirstSentences())))

    outer = run(night_of(wanted, store, FirstSentences(), passed=passed))

    assert [one.state for one in inside] == ["busy"]
    assert outer.state == "done"


def test_a_store_that_dies_ends_the_run_and_loses_nothing(
    stand: Newsstand, store: Store, tmp_path: Path
) -> None:
    wanted = config(tmp_path, publish(stand, "Herald", {"Alder": words_of("Alder")}))

    class Full(FirstSentences):
        def brief(self, article: Any) -> Brief:
            raise StoreError("the disk is full")

    with pytest.raises(StoreError, match="full"):
        run(night_of(wanted, store, Full()))
    done = run(night_of(wanted, store, FirstSentences()))

    assert titles(done) == ["Alder votes on its harbour"]


def test_documents_that_cannot_be_written_leave_the_night_open(
    stand: Newsstand, store: Store, tmp_path: Path
) -> None:
    wanted = config(tmp_path, publish(stand, "Herald", {"Alder": words_of("Alder")}))
    (tmp_path / "out").write_text("a file where the folder should be")

    with pytest.raises(OSError, match="out"):
        run(night_of(wanted, store, FirstSentences()))
    (tmp_path / "out").unlink()
    done = run(night_of(wanted, store, FirstSentences()))

    assert done.n_briefed == 0
    assert (tmp_path / f"out/{DAY}.html").exists()


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-10-24T21:30+00:00", "2026-10-24"),  # 23:30 of summer time
        ("2026-10-24T22:30+00:00", "2026-10-25"),
        ("2026-10-25T00:30+00:00", "2026-10-25"),  # 02:30, the first time
        ("2026-10-25T01:30+00:00", "2026-10-25"),  # 02:30, the second time
        ("2026-10-25T22:30+00:00", "2026-10-25"),  # 23:30 of winter time
        ("2026-03-29T00:59+00:00", "2026-03-29"),
        ("2026-03-29T01:01+00:00", "2026-03-29"),  # 03:01: there is no 02:01
    ],
)
def test_the_edition_follows_its_time_zone_through_the_changes_of_the_clock(
    tmp_path: Path, moment: str, day: str
) -> None:
    wanted = config(tmp_path, {"kind": "store"}, timezone="Europe/Berlin")

    assert wanted.day_at(datetime.fromisoformat(moment), None) == date.fromisoformat(day)


def test_a_run_in_the_evening_makes_tomorrows_edition(tmp_path: Path) -> None:
    wanted = config(tmp_path, {"kind": "store"}, timezone="Asia/Karachi", evening=time(20))

    late, early = (
        wanted.day_at(datetime(2026, 11, 24, hour, tzinfo=UTC), None) for hour in (15, 14)
    )

    assert (late, early) == (date(2026, 11, 25), date(2026, 11, 24))


def test_plan_names_what_would_be_done_and_does_nothing(
    stand: Newsstand, store: Store, tmp_path: Path
) -> None:
    source = publish(stand, "Herald", {"Alder": words_of("Alder")})
    wanted = config(tmp_path, source, delivery={"folder": tmp_path / "away"})

    lines = plan(night_of(wanted, store, FirstSentences()))

    assert lines[0] == "edition of 2026-11-24, after none before"
    assert f"feed {source['at']}: to read" in lines
    assert f"deliver to folder {tmp_path / 'away'}" in lines
    assert stand.asked == {}
    assert store.holder_of(DAY) is None


def test_plan_tells_where_the_edition_is_already(
    stand: Newsstand, store: Store, tmp_path: Path
) -> None:
    source = publish(stand, "Herald", {"Alder": words_of("Alder")})
    run(
        night_of(
            config(tmp_path, source, delivery={"folder": tmp_path / "www"}), store, FirstSentences()
        )
    )
    both = {"folder": tmp_path / "www", "webhook": "http://127.0.0.1:9/hook"}

    lines = plan(night_of(config(tmp_path, source, delivery=both), store, FirstSentences()))

    to_folder, to_webhook = lines[-2:]
    assert to_folder == f"deliver to folder {tmp_path / 'www'}, if the edition changes"
    assert to_webhook.startswith("deliver to webhook ")
    assert "changes" not in to_webhook


def test_metrics_are_gauges_of_a_night(stand: Newsstand, store: Store, tmp_path: Path) -> None:
    wanted = config(tmp_path, publish(stand, "Herald", {"Alder": words_of("Alder")}))
    outcome = run(night_of(wanted, store, FirstSentences()))
    began = datetime(2026, 11, 24, 3, tzinfo=UTC)

    measured = metrics(outcome, began=began, now=began + timedelta(seconds=90))
    watching.write_metrics(tmp_path / "night.prom", measured)

    lines = (tmp_path / "night.prom").read_text().splitlines()
    assert "briefer_nightly_briefs_made 1" in lines
    assert "briefer_nightly_seconds 90" in lines
    assert f"briefer_nightly_last_run_timestamp_seconds {began.timestamp() + 90:.0f}" in lines
    assert "briefer_nightly_succeeded 1" in lines


@pytest.mark.parametrize(("fails_on", "succeeded"), [(None, True), ("Alder", False)])
def test_a_night_of_failures_only_has_not_succeeded(
    store: Store, tmp_path: Path, fails_on: str | None, *, succeeded: bool
) -> None:
    write_whole(tmp_path / "box/a.txt", words_of("Alder").encode())
    wanted = config(tmp_path, {"kind": "folder", "at": str(tmp_path / "box")})

    outcome = run(night_of(wanted, store, FirstSentences(fails_on=fails_on)))

    assert outcome.succeeded == succeeded


def test_ping_tells_good_nights_from_bad_ones(stand: Newsstand) -> None:
    stand.pages |= {"/ping": b"ok", "/ping/fail": b"ok"}

    problems = [watching.ping(f"{stand.url}/ping", succeeded=one) for one in (True, False)]
    dead = watching.ping("http://127.0.0.1:9/ping", succeeded=True)

    assert problems == [None, None]
    assert (stand.asked["/ping"], stand.asked["/ping/fail"]) == (1, 1)
    assert dead == "the ping to 127.0.0.1 failed: ConnectError"


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("http://ping.example:secret/", "the ping failed: what is to be called is no address"),
        (f"http://{'a' * 64}.example/x", f"the ping to {'a' * 64}.example failed: UnicodeError"),
        ("ping", "the ping to  failed: UnsupportedProtocol"),
    ],
)
def test_ping_of_what_is_no_address_fails_in_words(url: str, told: str) -> None:
    assert watching.ping(url, succeeded=True) == told


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("sources = [", "is no TOML"),
        ("sources = []", "sources: at least one is needed"),
        ('title = "Mine"', "sources: at least one is needed"),
        ('sources = [{kind = "feed", atx = "x"}]', "sources.0.atx is no setting"),
        ('sources = [{kind = "feed"}]', "sources.0: at = '' is no address; write it like https://"),
        ('sources = [{kind = "url", at = "a.example"}]', "sources.0: at = 'a.example' is no add"),
        ('sources = [{kind = "folder"}]', "sources.0: a source of the kind folder needs its place"),
        ('sources = ["https://a.example/rss"]', "sources.0: write it like {kind = .feed., at = "),
        (
            'sources = [{kind = "store"}]\n[delivery]\nwebhook = "hooks.example/secret"',
            r"delivery.webhook: this is no address: it begins .*//; write it like https://hooks\S+$",
        ),
        (
            'sources = [{kind = "store"}]\n[delivery]\nwebhook = "https://hooks.example:secret"',
            r"delivery.webhook: this is no address: its host, .* read; write it like https://\S+$",
        ),
        ('outt = "x"\nsources = [{kind = "store"}]', "outt is no setting; did you mean out"),
        ('sources = [{kind = "store"}]\n[mail]', r"mail is no setting; mail belongs under \[del"),
        (
            '[fetching]\ndelay_s = 1.0\nsources = [{kind = "store"}]',
            r"fetching.sources is no setting; sources belongs above the first \[table\]",
        ),
        ('formats = "pdf"\nsources = [{kind = "store"}]', "formats: write it as a list, in "),
        ('evening = "6pm"\nsources = [{kind = "store"}]', "'6pm' is no time; .* like 18:00:00"),
        ('timezone = "Mars/Base"\nsources = [{kind = "store"}]', "timezone: no time zone is"),
    ],
)
def test_a_wrong_configuration_says_where(tmp_path: Path, written: str, message: str) -> None:
    path = tmp_path / "night.toml"
    path.write_text(written)

    with pytest.raises(ConfigError, match=message):
        load(path)
