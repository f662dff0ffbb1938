"""Pages fetched politely: robots, opt-outs, pace, limits, hosts that are dead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from briefer.errors import FetchRefused, InputError, UnreadableInput
from briefer.nightly.config import Fetching
from briefer.nightly.courier import Courier
from briefer.store import Validators
from tests.newsstand import Newsstand, newsstand


@pytest.fixture
def stand() -> Iterator[Newsstand]:
    with newsstand() as made:
        made.pages |= {"/a": b"one", "/b": b"two", "/private/c": b"three"}
        yield made


@pytest.fixture
def other() -> Iterator[Newsstand]:
    """A second host, whose rules are its own."""
    with newsstand() as made:
        made.pages |= {"/a": b"other one", "/private/c": b"other three"}
        yield made


def courier(waits: list[float] | None = None, **rules: Any) -> Courier:
    known = {"delay_s": 0.0, "allow_private": True, "timeout_s": 5.0}
    sleep = waits.append if waits is not None else lambda _: None
    return Courier(Fetching.model_validate(known | rules), Validators, sleep)


def test_robots_txt_is_obeyed_unless_configured(stand: Newsstand) -> None:
    with pytest.raises(FetchRefused, match=r"robots.txt does not allow /private/c"):
        courier().get(f"{stand.url}/private/c")

    assert courier(respect_robots=False).get(f"{stand.url}/private/c").content == b"three"


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_host_that_cannot_answer_for_its_robots_txt_is_left_alone_tonight(
    stand: Newsstand, status: int
) -> None:
    stand.statuses["/robots.txt"] = status
    polite = courier()

    for path in ("/a", "/b"):
        with pytest.raises(UnreadableInput, match=f"answered {status} for its robots.txt; it is"):
            polite.get(stand.url + path)

    assert stand.asked == {"/robots.txt": 1}


def test_a_robots_txt_that_is_not_to_be_had_forbids_nothing(stand: Newsstand) -> None:
    stand.statuses["/robots.txt"] = 403

    assert courier().get(f"{stand.url}/private/c").content == b"three"


def test_robots_txt_that_is_larger_than_any_page_may_be_is_read_as_far_as_rules_count(
    stand: Newsstand,
) -> None:
    rules = b"User-agent: *\nDisallow: /private/\n"
    stand.pages["/robots.txt"] = rules + b"# and so on\n" * (6 * 2**20 // 12)
    polite = courier()

    with pytest.raises(FetchRefused, match=r"robots.txt does not allow /private/c"):
        polite.get(f"{stand.url}/private/c")

    assert polite.get(f"{stand.url}/a").content == b"one"
    assert stand.asked["/robots.txt"] == 1


def test_robots_txt_is_asked_for_once(stand: Newsstand) -> None:
    polite = courier()

    for path in ("/a", "/b"):
        polite.get(stand.url + path)

    assert stand.asked["/robots.txt"] == 1


def test_crawl_delay_of_the_host_sets_the_pace(stand: Newsstand) -> None:
    stand.pages["/robots.txt"] = b"User-agent: *\nCrawl-delay: 7\n"
    waits: list[float] = []

    courier(waits, respect_opt_outs=False).get(f"{stand.url}/a")

    assert waits == []  # the delay holds between requests; robots.txt itself had none
    polite = courier(waits, respect_opt_outs=False)
    polite.get(f"{stand.url}/a")
    polite.get(f"{stand.url}/b")
    assert [round(wait) for wait in waits] == [7]


@pytest.mark.parametrize(
    "headers", [{"tdm-reservation": "1"}, {"X-Robots-Tag": "noindex, noai"}], ids=["tdm", "noai"]
)
def test_opt_outs_in_headers_are_respected_unless_configured(
    stand: Newsstand, headers: dict[str, str]
) -> None:
    stand.headers["/a"] = headers

    with pytest.raises(FetchRefused, match="reserved by its publisher"):
        courier().get(f"{stand.url}/a")
    assert courier(respect_opt_outs=False).get(f"{stand.url}/a").content == b"one"


def test_opt_outs_in_the_page_and_for_the_site_are_respected(stand: Newsstand) -> None:
    stand.pages["/a"] = b'<html><head><meta name="tdm-reservation" content="1"></head>'
    with pytest.raises(FetchRefused, match="reserved by its publisher"):
        courier().get(f"{stand.url}/a")

    stand.pages["/.well-known/tdmrep.json"] = b'[{"location": "/b", "tdm-reservation": 1}]'
    with pytest.raises(FetchRefused, match="tdmrep"):
        courier().get(f"{stand.url}/b?page=2")


def test_a_site_may_leave_a_part_unreserved(stand: Newsstand) -> None:
    stand.pages["/.well-known/tdmrep.json"] = (
        b'[{"location": "/a", "tdm-reservation": 0}, {"location": "/", "tdm-reservation": 1}]'
    )
    polite = courier()

    assert polite.get(f"{stand.url}/a").content == b"one"
    with pytest.raises(FetchRefused, match="tdmrep"):
        polite.get(f"{stand.url}/b")


def test_a_redirect_leads_to_what_the_other_host_allows(stand: Newsstand, other: Newsstand) -> None:
    stand.moved = {"/go": "/on", "/on": f"{other.url}/a"}

    page = courier().get(f"{stand.url}/go")

    assert (page.url, page.content) == (f"{other.url}/a", b"other one")
    assert (stand.asked["/robots.txt"], other.asked["/robots.txt"]) == (1, 1)


def test_robots_txt_of_the_host_redirected_to_is_obeyed(stand: Newsstand, other: Newsstand) -> None:
    stand.moved = {"/go": f"{other.url}/private/c", "/on": "/private/c"}

    for path in ("/go", "/on"):
        with pytest.raises(FetchRefused, match=r"robots.txt does not allow /private/c"):
            courier().get(stand.url + path)

    assert (stand.asked["/private/c"], other.asked["/private/c"]) == (0, 0)


def test_opt_out_of_the_host_redirected_to_is_respected(stand: Newsstand, other: Newsstand) -> None:
    stand.moved = {"/go": f"{other.url}/a"}
    other.pages["/.well-known/tdmrep.json"] = b'[{"location": "/*", "tdm-reservation": 1}]'

    with pytest.raises(FetchRefused, match="tdmrep"):
        courier().get(f"{stand.url}/go")

    assert other.asked["/a"] == 0


def test_redirects_keep_each_hosts_pace_and_limit(stand: Newsstand, other: Newsstand) -> None:
    stand.moved = {"/go": "/on", "/on": f"{other.url}/a"}
    waits: list[float] = []
    polite = courier(waits, delay_s=7, max_per_host=3, respect_robots=False, respect_opt_outs=False)

    polite.get(f"{stand.url}/go")

    assert [round(wait) for wait in waits] == [7]  # before /on; the other host was not asked before
    with pytest.raises(UnreadableInput, match="limit is used up"):
        polite.get(f"{stand.url}/go")
    assert (stand.asked["/go"], stand.asked["/on"]) == (2, 1)


def test_redirects_without_end_are_given_up(stand: Newsstand) -> None:
    stand.moved = {"/go": "/go"}

    with pytest.raises(UnreadableInput, match="redirects more than 5 times"):
        courier().get(f"{stand.url}/go")

    assert stand.asked["/go"] == 6


@pytest.mark.parametrize("location", ["file:///etc/passwd", "http://a:b@c.example/"])
def test_a_redirect_to_what_is_never_fetched_is_refused(stand: Newsstand, location: str) -> None:
    stand.moved = {"/go": location}

    with pytest.raises(FetchRefused):
        courier().get(f"{stand.url}/go")


def test_a_moved_page_that_has_not_changed_is_not_sent_again(stand: Newsstand) -> None:
    stand.moved = {"/go": "/a"}
    _, validators = courier().get_if_changed(f"{stand.url}/go")
    known = Courier(Fetching(delay_s=0, allow_private=True), lambda _: validators, lambda _: None)

    assert known.get_if_changed(f"{stand.url}/go") == (None, validators)


def test_a_host_is_one_however_its_name_is_written(stand: Newsstand) -> None:
    polite = courier(max_per_host=4)
    named = stand.url.replace("127.0.0.1", "localhost")
    shouted = named.replace("http://localhost", "HTTP://LocalHost")

    contents = [polite.get(f"{at}{path}").content for at, path in ((named, "/a"), (shouted, "/b"))]

    assert contents == [b"one", b"two"]
    assert stand.asked["/robots.txt"] == 1
    with pytest.raises(UnreadableInput, match="limit is used up"):
        polite.get(f"{shouted}/a")


@pytest.mark.parametrize("url", ["http://[bad/", "http://us℀er@host.example/", "feed.xml", ""])
def test_what_is_no_address_is_an_error_of_its_source(url: str) -> None:
    with pytest.raises(InputError):
        courier().get(url)


def test_a_night_asks_a_host_only_so_often(stand: Newsstand) -> None:
    polite = courier(max_per_host=2, respect_robots=False, respect_opt_outs=False)
    for path in ("/a", "/b"):
        polite.get(stand.url + path)

    with pytest.raises(UnreadableInput, match="limit is used up"):
        polite.get(f"{stand.url}/a")


def test_a_dead_host_is_left_alone_after_three_failures() -> None:
    polite = courier()
    for _ in range(3):
        with pytest.raises(UnreadableInput, match="could not be read"):
            polite.get("http://127.0.0.1:9/a")

    with pytest.raises(UnreadableInput, match="left alone tonight"):
        polite.get("http://127.0.0.1:9/a")


@pytest.mark.parametrize("status", [429, 500])
def test_a_host_that_cannot_answer_is_left_alone_after_three_times(
    stand: Newsstand, status: int
) -> None:
    stand.statuses["/a"] = status
    polite = courier()
    for _ in range(3):
        with pytest.raises(UnreadableInput, match=f"/a answered {status}"):
            polite.get(f"{stand.url}/a")

    with pytest.raises(UnreadableInput, match=f"answered {status} before; it is left alone"):
        polite.get(f"{stand.url}/b")
    assert (stand.asked["/a"], stand.asked["/b"]) == (3, 0)


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_asks_for_a_pause_is_left_alone_at_once(stand: Newsstand, status: int) -> None:
    stand.statuses["/a"] = status
    stand.headers["/a"] = {"Retry-After": "3600"}
    polite = courier()
    with pytest.raises(UnreadableInput, match=f"/a answered {status}"):
        polite.get(f"{stand.url}/a")

    with pytest.raises(UnreadableInput, match=f"answered {status} and asks for a pause; it is"):
        polite.get(f"{stand.url}/b")
    assert stand.asked["/b"] == 0


def test_a_page_that_is_missing_is_no_failure_of_its_host(stand: Newsstand) -> None:
    polite = courier()
    for _ in range(4):
        with pytest.raises(UnreadableInput, match="answered 404"):
            polite.get(f"{stand.url}/nothing")

    assert polite.get(f"{stand.url}/a").content == b"one"


def test_private_addresses_are_refused_unless_configured(stand: Newsstand) -> None:
    with pytest.raises(FetchRefused):
        courier(allow_private=False).get(f"{stand.url}/a")


def test_a_page_that_has_not_changed_is_not_sent_again(stand: Newsstand) -> None:
    first, validators = courier().get_if_changed(f"{stand.url}/a")
    known = Courier(Fetching(delay_s=0, allow_private=True), lambda _: validators, lambda _: None)

    second, same = known.get_if_changed(f"{stand.url}/a")

    assert first is not None
    assert (second, same) == (None, validators)


def test_a_page_whose_marks_cannot_be_sent_back_is_read_again(stand: Newsstand) -> None:
    stand.pages["/page"] = b"news"
    known = Validators(f"{stand.url}/page", etag='"M\xe4rz"', last_modified="24. M\xe4rz")
    rules = Fetching(delay_s=0, allow_private=True)

    answer, _ = Courier(rules, lambda _: known).get_if_changed(known.url)

    assert answer is not None
    assert answer.content == b"news"


def test_a_missing_page_says_so(stand: Newsstand) -> None:
    with pytest.raises(UnreadableInput, match="answered 404"):
        courier().get(f"{stand.url}/nothing")
