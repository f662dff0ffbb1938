"""What is no address on the web, and why."""

from __future__ import annotations

import pytest

from briefer import addresses


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:8000", "https://news.example/", "HTTP://x", "http://[::1]:65535/a b"],
)
def test_address_of_http_has_no_fault(address: str) -> None:
    assert addresses.fault_of(address) is None


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("", "it begins with neither http:// nor https://"),
        ("127.0.0.1:8000", "it begins with neither http:// nor https://"),
        ("news.example/rss", "it begins with neither http:// nor https://"),
        ("ftp://news.example/", "it begins with neither http:// nor https://"),
        ("https://", "it names no host"),
        ("http://:8000/", "it names no host"),
        ("http://news.example:secret/", "its host, its port or a sign in it cannot be read"),
        ("http://news.example/\n", "its host, its port or a sign in it cannot be read"),
        ("http://xn--a/", "its host, its port or a sign in it cannot be read"),
        ("http://x:99999999/", "its host, its port or a sign in it cannot be read"),
        ("http://x:-1/", "its host, its port or a sign in it cannot be read"),
        ("http://ex ample/", "its host, its port or a sign in it cannot be read"),
    ],
)
def test_what_is_no_address_is_said_without_telling_it(address: str, fault: str) -> None:
    assert addresses.fault_of(address) == fault
