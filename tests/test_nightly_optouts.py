"""What a publisher keeps to itself, however it says so."""

from __future__ import annotations

import pytest

from briefer.fetching import Fetched
from briefer.nightly.optouts import is_reserved, read
from briefer.nightly.robots import decision

EVERYTHING = '{"location": "/", "tdm-reservation": 1}'


@pytest.mark.parametrize(
    ("rules", "path", "said"),
    [
        ('{"location": "/articles/", "tdm-reservation": 1}', "/articles/1", True),
        ('{"location": "/articles/", "tdm-reservation": 1}', "/about", None),
        ('{"location": "/", "tdm-reservation": "1"}', "/articles/1", True),
        ('{"location": "/*", "tdm-reservation": 1}', "/articles/1", True),
        ('{"location": "/images/*.jpg$", "tdm-reservation": 1}', "/images/a/b.jpg", True),
        ('{"location": "/images/*.jpg$", "tdm-reservation": 1}', "/images/a.png", None),
        ('{"tdm-reservation": 1}', "/a", True),
        ('{"location": "/a", "tdm-reservation": 0}, ' + EVERYTHING, "/a/1", False),
        ('{"location": "/a", "tdm-reservation": 0}, ' + EVERYTHING, "/b", True),
        (EVERYTHING + ', {"location": "/a/long", "tdm-reservation": 0}', "/a/long", True),
        ('{"location": "/a"}, ' + EVERYTHING, "/a", True),  # no rule at all
        ('{"location": ["/a"], "tdm-reservation": [1]}, "/a", 1, null', "/a", None),
    ],
)
def test_first_rule_that_fits_a_path_decides(rules: str, path: str, *, said: bool | None) -> None:
    assert decision(read(f"[{rules}]".encode()), path) is said


@pytest.mark.parametrize("content", [b"", b"<html>", b"{}", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_list_of_rules_reserves_nothing(content: bytes) -> None:
    assert read(content) == ()


def page(head: str, **headers: str) -> Fetched:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    html = f"<!doctype html><html><head>{head}</head><body><p>A.</p></body></html>"
    return Fetched("https://news.example/a", 200, html.encode(), named)


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="tdm-reservation" content="1">',
        '<meta content="1" name="tdm-reservation">',
        "<META NAME=TDM-Reservation CONTENT=1 />",
        '<meta property="2 > 1" content=\'1\' name="tdm-reservation">',
        '<meta name="robots" content="noai, noimageai">',
        '<meta content="index,NOAI" name="Robots">',
    ],
)
def test_a_page_may_reserve_itself(head: str) -> None:
    assert is_reserved(page(head))


@pytest.mark.parametrize(
    "head",
    [
        "",
        '<meta name="tdm-reservation" content="0">',
        '<meta name="tdm-policy" content="1">',
        '<!-- <meta name="tdm-reservation" content="1"> -->',
        '<meta name="robots" content="noindex, noaid">',
        '<meta name="description" content="noai">',
    ],
)
def test_a_page_that_says_something_else_is_not_reserved(head: str) -> None:
    assert not is_reserved(page(head))


def test_headers_may_reserve_a_page() -> None:
    assert is_reserved(page("", tdm_reservation=" 1 "))
    assert is_reserved(page("", x_robots_tag="noindex, noai"))
    assert not is_reserved(page("", tdm_reservation="0", x_robots_tag="noindex"))


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n\x00\xff", b"\xff\xfe<\x00m\x00", b"{}"])
def test_what_is_no_page_is_read_over(content: bytes) -> None:
    assert not is_reserved(Fetched("https://news.example/a", 200, content, {}))
