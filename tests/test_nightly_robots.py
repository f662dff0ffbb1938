"""robots.txt as RFC 9309 reads it: groups, the longest match, patterns, spellings."""

from __future__ import annotations

import time

import pytest

from briefer.nightly.robots import read


def allows(robots: str, path: str, agent: str = "briefer") -> bool:
    return read(robots.encode(), agent).allows(f"https://news.example{path}")


@pytest.mark.parametrize(
    ("rules", "path", "is_allowed"),
    [
        ("Allow: /\nDisallow: /premium/", "/premium/x", False),  # the longest, in any order
        ("Disallow: /\nAllow: /articles/", "/articles/1", True),
        ("Disallow: /\nAllow: /articles/", "/about", False),
        ("Disallow: /a\nAllow: /a", "/a", True),  # Allow where two are alike
        ("Allow: /example/page/\nDisallow: /example/page/disallowed.gif", "/example/page/", True),
        (
            "Allow: /example/page/\nDisallow: /example/page/disallowed.gif",
            "/example/page/disallowed.gif",
            False,
        ),
        ("Disallow:", "/a", True),
        ("Disallow: /private # and /b", "/private/a", False),
        ("Disallow: /private # and /b", "/b", True),
        ("Disallow: /Private", "/private", True),  # paths have a case
        ("DISALLOW : /private", "/private", False),  # and keys have none
        ("Disallow /private", "/private", True),
        ("Disallow: /a", "", True),
        ("Disallow: /$", "", False),
    ],
)
def test_longest_match_decides(rules: str, path: str, *, is_allowed: bool) -> None:
    assert allows(f"User-agent: *\n{rules}\n", path) == is_allowed


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("/*?print=", "/a/story?print=1", True),
        ("/*?print=", "/a/story?page=1", False),
        ("/*print=", "/a/story?page=1&print=1", True),
        ("/*.pdf$", "/x.pdf", True),
        ("/*.pdf$", "/x.pdf?page=1", False),
        ("/*.pdf$", "/x.pdf.pdf", True),
        ("/p*/", "/premium/x", True),
        ("/p*/", "/premium", False),
        ("/a*b*c$", "/a1b2c3c", True),
        ("/a*b*c$", "/a1c", False),
        ("/ab*b$", "/ab", False),  # a character counts once
        ("/a$", "/ab", False),
        ("*/private", "/a/private", True),
        ("*", "/", True),
        ("/a$b", "/a$b/c", True),  # only the last one is the end
    ],
)
def test_star_is_anything_and_dollar_the_end(pattern: str, path: str, *, fits: bool) -> None:
    assert allows(f"User-agent: *\nDisallow: {pattern}\n", path) != fits


@pytest.mark.parametrize(
    ("pattern", "path"),
    [  # RFC 9309, 2.2.2 and 2.2.3
        ("/foo/bar?baz=quz", "/foo/bar?baz=quz"),
        ("/foo/bar?baz=https://foo.bar", "/foo/bar?baz=https%3A%2F%2Ffoo.bar"),
        ("/foo/bar/ツ", "/foo/bar/%E3%83%84"),
        ("/foo/bar/%E3%83%84", "/foo/bar/ツ"),
        ("/foo/bar/%e3%83%84", "/foo/bar/%E3%83%84"),
        ("/foo/bar/%62%61%7A", "/foo/bar/baz"),
        ("/foo/bar/baz", "/foo/bar/%62%61%7A"),
        ("/path/file-with-a-%2A.html", "/path/file-with-a-*.html"),
        ("/path/foo-%24", "/path/foo-$"),
    ],
)
def test_paths_are_compared_in_one_spelling(pattern: str, path: str) -> None:
    assert not allows(f"User-agent: *\nDisallow: {pattern}\n", path)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [("/a/b", "/a%2Fb"), ("/a-%2A", "/a-b"), ("/a%24", "/a"), ("/a", "/%2561")],
)
def test_what_is_encoded_with_reason_is_something_else(pattern: str, path: str) -> None:
    assert allows(f"User-agent: *\nDisallow: {pattern}\n", path)


GROUPS = """\
User-agent: *
Disallow: *.gif$
Disallow: /example/
Allow: /publications/

User-Agent: foobot
Disallow: /
Allow: /example/page.html
Allow: /example/allowed.gif

User-Agent: barbot
User-Agent: bazbot
Disallow: /example/page.html

User-Agent: quxbot
"""


@pytest.mark.parametrize(
    ("agent", "path", "is_allowed"),
    [  # RFC 9309, 5.1
        ("foobot", "/example/page.html", True),
        ("FooBot", "/publications/a", False),
        ("barbot", "/example/page.html", False),
        ("barbot", "/example/a.gif", True),
        ("bazbot", "/example/page.html", False),
        ("quxbot", "/example/page.html", True),
        ("briefer", "/example/page.html", False),
        ("briefer", "/a.gif", False),
        ("briefer", "/publications/a", True),
    ],
)
def test_a_crawler_obeys_its_own_group_or_that_for_all(
    agent: str, path: str, *, is_allowed: bool
) -> None:
    assert allows(GROUPS, path, agent) == is_allowed


@pytest.mark.parametrize("agent", ["*", "briefer", "Briefer/2.0 (news)"])
def test_groups_of_one_crawler_are_one(agent: str) -> None:
    robots = (
        f"User-agent: {agent}\nDisallow: /a/\n\nUser-agent: other\nDisallow: /b/\n\n"
        f"User-agent: {agent}\nDisallow: /premium/\n"
    )

    assert [allows(robots, path) for path in ("/a/", "/b/", "/premium/x")] == [False, True, False]


def test_other_records_and_blank_lines_end_no_group() -> None:
    robots = (
        "User-agent: briefer\n\nSitemap: https://news.example/map\nCrawl-delay: 7\n"
        "User-agent: other\nDisallow: /a\n\nDisallow: /b\n"
    )

    assert not allows(robots, "/a")
    assert not allows(robots, "/b", "other")
    assert (read(robots.encode(), "briefer").delay_s, read(robots.encode(), "other").delay_s) == (
        7.0,
        None,
    )


def test_rules_before_any_crawler_and_of_one_like_us_are_not_ours() -> None:
    assert allows("Disallow: /\n\nUser-agent: briefer-pro\nDisallow: /\n", "/a")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_byte_order_mark_and_any_line_ends_are_read_over(end: str) -> None:
    assert not allows(f"\ufeffUser-agent: *{end}Disallow: /premium/{end}", "/premium/x")


@pytest.mark.parametrize("said", ["nan", "-1", "soon", "1e9"])
def test_a_crawl_delay_that_is_no_number_of_seconds_is_none(said: str) -> None:
    assert read(f"User-agent: *\nCrawl-delay: {said}\n".encode(), "briefer").delay_s is None


def test_a_hostile_robots_txt_takes_no_time() -> None:
    stars = "Disallow: /" + "*a" * 100_000 + "b$\n"
    many = "Disallow: /*a*a*a*a*a*b$\n" * 20_000
    began = time.perf_counter()

    found = read(f"User-agent: *\n{stars}{many}".encode(), "briefer")

    assert found.allows("https://news.example/" + "a" * 1900)
    assert time.perf_counter() - began < 5.0
