"""Fetching against real servers on loopback, and every spelling of an address that is refused."""

from __future__ import annotations

import base64
import gzip
import ipaddress
import socket
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler

import pytest

from briefer import fetching
from briefer.errors import FetchRefused, InputTooLarge, UnreadableInput
from briefer.fetching import Policy, fetch, is_public
from tests import loopback

PAGE = b"<html><body><p>The harbour board of Tellmouth voted on Monday.</p></body></html>"
# 16 MiB of zeros in brotli, quality 11: 27 bytes.
BROTLI_BOMB = base64.b64decode("y///P/gnAOKxQCD3/o///3/wTwDEYRGA7v3f")
PACKED = {
    "gzip": ("gzip", gzip.compress(PAGE)),
    "xgzip": ("X-GZIP", gzip.compress(PAGE)),
    "deflate": ("deflate", zlib.compress(PAGE)),
    "plain": ("identity", PAGE),
    "nothing": ("br", b""),
    "full": ("gzip", gzip.compress(b"x" * 100_000)),
    "gzipbomb": ("gzip", gzip.compress(b"x" * 100_001)),
    "deflatebomb": ("deflate", zlib.compress(bytes(50_000_000))),
    "swollen": ("gzip", gzip.compress(b"", 0) * 10_000),
    "brotli": ("br", BROTLI_BOMB),
    "twice": ("gzip, gzip", gzip.compress(gzip.compress(PAGE))),
    "lie": ("gzip", PAGE),
    "half": ("gzip", gzip.compress(PAGE)[:-20]),
}
SEEN: list[tuple[str, dict[str, str]]] = []


class Site(loopback.Quiet, BaseHTTPRequestHandler):
    """A web site that misbehaves by path."""

    def do_GET(self) -> None:
        SEEN.append((self.path, {key.lower(): value for key, value in self.headers.items()}))
        getattr(self, f"_{self.path.strip('/').split('?')[0]}", self._page)()

    def _page(self) -> None:
        self._answer(200, PAGE)

    def _gone(self) -> None:
        self._answer(404, b"gone")

    def _huge(self) -> None:
        self._answer(200, b"x" * 200_000)

    def _packed(self) -> None:
        packing, content = PACKED[self.path.partition("?")[2]]
        self.send_response(200)
        self.send_header("Content-Encoding", packing)
        self.end_headers()
        self.wfile.write(content)

    def _endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(1000):
            self.wfile.write(b"x" * 10_000)

    def _drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(50):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.1)

    def _slow(self) -> None:
        time.sleep(3)

    def _loop(self) -> None:
        self._redirect("/loop")

    def _once(self) -> None:
        self._redirect("/page")

    def _inside(self) -> None:
        self._redirect("http://inside.example:8080/secret")

    def _metadata(self) -> None:
        self._redirect("http://169.254.169.254/latest/meta-data/")

    def _file(self) -> None:
        self._redirect("file:///etc/passwd")

    def _credentials(self) -> None:
        self._redirect("http://user:pass@public.example/")

    def _redirect(self, location: str) -> None:
        self.send_response(302)
        self.send_header("Location", location)
        self.end_headers()

    def _answer(self, status: int, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Set-Cookie", "a=b")
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with loopback.answering(Site) as number:
        yield number


NAMES = {"public.example": ["127.0.0.1"], "inside.example": ["10.0.0.5"]}


def look_up(host: str, port: int) -> list[str]:
    return NAMES[host] if host in NAMES else fetching.look_up(host, port)


# The test's own server plays the open Internet.
POLICY = Policy(
    is_allowed=lambda address: str(address) == "127.0.0.1" or is_public(address),
    look_up=look_up,
    ports=None,
    max_bytes=100_000,
    timeout_s=2,
)


def test_page_is_fetched_by_its_name(port: int) -> None:
    SEEN.clear()

    page = fetch(f"http://public.example:{port}/page?a=1#part", POLICY)

    ((path, headers),) = SEEN
    assert (page.status, page.content) == (200, PAGE)
    assert page.url == f"http://public.example:{port}/page?a=1"
    assert path == "/page?a=1"
    assert headers["host"] == f"public.example:{port}"
    assert {"cookie", "authorization"} & set(headers) == set()


def test_error_of_a_site_is_an_answer(port: int) -> None:
    assert fetch(f"http://public.example:{port}/gone", POLICY).status == 404


def test_redirect_is_followed_without_cookies(port: int) -> None:
    SEEN.clear()

    page = fetch(f"http://public.example:{port}/once", POLICY)

    assert (page.url, page.content) == (f"http://public.example:{port}/page", PAGE)
    assert "cookie" not in SEEN[1][1]


@pytest.mark.parametrize(
    "path", ["inside", "metadata", "file", "credentials"], ids=lambda path: path
)
def test_redirect_to_what_may_not_be_fetched_is_refused(port: int, path: str) -> None:
    with pytest.raises(FetchRefused):
        fetch(f"http://public.example:{port}/{path}", POLICY)


def test_redirects_without_end_are_given_up(port: int) -> None:
    with pytest.raises(UnreadableInput, match="redirects more than 5 times"):
        fetch(f"http://public.example:{port}/loop", POLICY)


@pytest.mark.parametrize("path", ["huge", "endless"])
def test_page_that_is_too_large_is_given_up(port: int, path: str) -> None:
    with pytest.raises(InputTooLarge, match="more than 100,000 bytes"):
        fetch(f"http://public.example:{port}/{path}", POLICY)


@pytest.mark.parametrize("path", ["endless", "packed?gzipbomb"])
def test_of_a_page_that_is_too_large_the_beginning_comes_where_that_is_wanted(
    port: int, path: str
) -> None:
    page = fetch(f"http://public.example:{port}/{path}", replace(POLICY, larger="cut"))

    assert len(page.content) == 100_000


@pytest.mark.parametrize("what", ["gzip", "xgzip", "deflate", "plain"])
def test_page_that_is_packed_unasked_is_unpacked(port: int, what: str) -> None:
    SEEN.clear()

    assert fetch(f"http://public.example:{port}/packed?{what}", POLICY).content == PAGE
    assert SEEN[0][1]["accept-encoding"] == "identity"


def test_packed_page_may_be_as_large_as_any(port: int) -> None:
    assert fetch(f"http://public.example:{port}/packed?full", POLICY).content == b"x" * 100_000
    assert fetch(f"http://public.example:{port}/packed?nothing", POLICY).content == b""


@pytest.mark.parametrize("what", ["gzipbomb", "deflatebomb", "swollen"])
def test_packed_page_that_is_too_large_is_given_up_while_it_is_unpacked(
    port: int, what: str
) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(InputTooLarge, match="more than 100,000 bytes"):
            fetch(f"http://public.example:{port}/packed?{what}", POLICY)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert peak < 5_000_000


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ("brotli", "packs its page as 'br', unasked"),
        ("twice", "packs its page as 'gzip, gzip', unasked"),
        ("lie", "packed its page wrongly"),
        ("half", "only a part of its packed page"),
    ],
)
def test_page_packed_as_nobody_can_bound_or_read_is_refused(port: int, what: str, why: str) -> None:
    with pytest.raises(UnreadableInput, match=why):
        fetch(f"http://public.example:{port}/packed?{what}", POLICY)


@pytest.mark.parametrize("path", ["slow", "drip"])
def test_slow_page_is_given_up_after_the_whole_time(port: int, path: str) -> None:
    began = time.monotonic()

    with pytest.raises(UnreadableInput, match=r"within 0\.5 seconds"):
        fetch(f"http://public.example:{port}/{path}", replace(POLICY, timeout_s=0.5))

    assert time.monotonic() - began < 2


def test_connection_goes_to_the_address_that_was_checked(port: int) -> None:
    """A name that answers differently the second time is asked only once."""
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.5"]

    page = fetch(f"http://rebinding.example:{port}/page", replace(POLICY, look_up=rebinding))

    assert (page.status, asked) == (200, ["rebinding.example"])


def test_host_with_one_private_address_among_public_ones_is_refused() -> None:
    mixed = replace(POLICY, look_up=lambda _host, _port: ["93.184.216.34", "192.168.0.1"])

    with pytest.raises(FetchRefused, match="not an address of the open Internet"):
        fetch("http://mixed.example/", mixed)


def test_unknown_host_and_closed_port_are_unreadable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    with pytest.raises(UnreadableInput, match="could not be read"):
        fetch(f"http://public.example:{port}/", POLICY)
    with pytest.raises(UnreadableInput, match="is not known"):
        fetch("http://no-such-host.invalid/")


REFUSED = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "http://017700000001/",
    "http://127.255.255.254/",
    "http://0.0.0.0/",
    "http://0/",
    "http://localhost/",
    "http://LOCALHOST/",
    "http://[::1]/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[2001:0:7f00:1::]/",
    "http://[fe80::1]/",
    "http://[fc00::1]/",
    "http://[fd00:ec2::254]/",
    "http://[ff02::1]/",
    "http://[fec0::1]/",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://172.31.255.255/",
    "http://192.168.1.1/",
    "http://100.64.0.1/",
    "http://100.100.100.200/",
    "http://169.254.169.254/latest/meta-data/",
    "http://2852039166/",
    "http://0xa9fea9fe/",
    "http://168.63.129.16/",
    "http://192.0.0.192/",
    "http://198.18.0.1/",
    "http://224.0.0.1/",
    "http://239.255.255.250/",
    "http://255.255.255.255/",
    "http://240.0.0.1/",
    "http://127.0.0.1:8080/",
    "http://１２７.０.０.１/",
    "http://①②⑦.⓪.⓪.①/",
    "http://user@127.0.0.1/",
    "http://news.example@127.0.0.1/",
    "http://127.0.0.1#@news.example/",
    "http://127.0.0.1\\@news.example/",
    "http://93.184.216.34:22/",
    "http://93.184.216.34:25/",
    "file:///etc/passwd",
    "ftp://93.184.216.34/",
    "gopher://93.184.216.34/",
    "data:text/html,x",
    "javascript:alert(1)",
    "//93.184.216.34/",
    "http:///",
    "http://",
    "",
    "news.example/a",
    "http://news.example/\r\nHost: x",
    "http://news.example/a b",
    "http://[::1",
    "http://news.example:99999/",
    "http://" + "a" * 3000,
]


@pytest.mark.parametrize("url", REFUSED, ids=lambda url: url[:60] or "empty")
def test_address_that_is_not_of_the_open_internet_is_refused(url: str) -> None:
    with pytest.raises((FetchRefused, UnreadableInput)) as caught:
        fetch(url)

    # What no resolver of ours reads as an address is unknown; nothing was connected to.
    is_unknown = "is not known" in str(caught.value)
    assert isinstance(caught.value, FetchRefused) or is_unknown


@pytest.mark.parametrize("text", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "1.1.1.1"])
def test_addresses_of_the_open_internet_are_public(text: str) -> None:
    assert is_public(ipaddress.ip_address(text))
