"""Pages from the web, fetched so that nobody can make this machine talk to its own network.

Only http and https to the usual ports. A host's addresses are looked up once, must all be public
ones, and the connection goes to the address that was checked, so a name cannot change its mind in
between (DNS rebinding). Every redirect is checked anew. No proxies, cookies or credentials; bounded
in size, packed and unpacked, and in time. Knows nothing of articles.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import zlib
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import httpx

from briefer.errors import FetchRefused, InputTooLarge, UnreadableInput

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Lookup = Callable[[str, int], Iterable[str]]
"""A host's addresses as text."""

USER_AGENT = "briefer"
_MAX_URL = 2000
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# What a host may pack its page as unasked (RFC 9110, 8.4.1): those that zlib unpacks by the piece.
_PACKINGS = frozenset({"gzip", "x-gzip", "deflate"})
# Global unicast is all there is of IPv6 (RFC 4291, 2.4). Not these parts of it: 6to4 and Teredo,
# which carry an IPv4 address that some gateway would unwrap, and the examples of documentation.
_UNICAST = ipaddress.IPv6Network("2000::/3")
_REFUSED_V6 = tuple(map(ipaddress.IPv6Network, ("2002::/16", "2001::/23", "3fff::/20")))
# IETF assignments (some clouds' metadata among them), 6to4 relays, Azure's host services.
_REFUSED_V4 = tuple(
    map(ipaddress.IPv4Network, ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32"))
)


def is_public(address: Address) -> bool:
    """Whether an address is one of the open Internet, by IANA's registries and then some."""
    if not address.is_global or address.is_multicast:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in _REFUSED_V4)
    # An IPv4 address written as IPv6 is none of unicast's, so it is refused in every spelling.
    return address in _UNICAST and not any(address in network for network in _REFUSED_V6)


def look_up(host: str, port: int) -> list[str]:
    """The host's addresses, from the system's resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


@dataclass(frozen=True, slots=True)
class Policy:
    """What may be fetched. No body is larger, as sent or unpacked; ``timeout_s`` is for it all.

    Of a body that is, ``larger="cut"`` gives the beginning.
    """

    is_allowed: Callable[[Address], bool] = is_public
    look_up: Lookup = look_up
    ports: frozenset[int] | None = frozenset({80, 443, 8080, 8443})
    max_bytes: int = 5 * 2**20
    larger: Literal["refuse", "cut"] = "refuse"
    timeout_s: float = 15.0
    max_redirects: int = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page. ``url`` is where the redirects ended; header names are lower case."""

    url: str
    status: int
    content: bytes = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)


def fetch(
    url: str, policy: Policy | None = None, headers: Mapping[str, str] | None = None
) -> Fetched:
    """As ``fetch_async``, for threads without an event loop."""
    return asyncio.run(fetch_async(url, policy, headers))


async def fetch_async(
    url: str, policy: Policy | None = None, headers: Mapping[str, str] | None = None
) -> Fetched:
    """Fetch a page; an answer of status 304, 4xx or 5xx comes back as it is.

    Raises:
        FetchRefused: the address, or one it redirects to, may not be fetched.
        InputTooLarge: the page is larger than allowed.
        UnreadableInput: the host does not answer, not in time, or redirects without end.
    """
    policy = policy or Policy()
    return await _in_time(_follow(url, policy, headers or {}), policy)


def fetch_once(
    url: str, policy: Policy | None = None, headers: Mapping[str, str] | None = None
) -> Fetched:
    """As ``fetch``, but a redirect comes back as it is; ``redirect_of`` says where it leads."""
    policy = policy or Policy()
    return asyncio.run(_in_time(_ask(url, policy, headers or {}), policy))


def redirect_of(answer: Fetched) -> str | None:
    """The whole address that an answer sends on to; ``None`` when it does not.

    Raises:
        FetchRefused: it sends on to something that is no URL.
    """
    location = answer.headers.get("location")
    if answer.status not in _REDIRECTS or not location:
        return None
    base = httpx.URL(answer.url)
    try:
        return str(base.join(location))
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise FetchRefused(f"{base.host} redirects to something that is no URL.") from error


def spelled(url: str) -> str:
    """The address as it is asked for: its host in small letters, no usual port, no fragment.

    Raises:
        FetchRefused: it is no address, or none that is ever fetched.
    """
    return str(_target(url))


async def _in_time(asking: Awaitable[Fetched], policy: Policy) -> Fetched:
    try:
        async with asyncio.timeout(policy.timeout_s):
            return await asking
    except TimeoutError as error:
        raise UnreadableInput(f"no answer within {policy.timeout_s:g} seconds.") from error


async def _follow(url: str, policy: Policy, headers: Mapping[str, str]) -> Fetched:
    for _ in range(policy.max_redirects + 1):
        answer = await _ask(url, policy, headers)
        onward = redirect_of(answer)
        if onward is None:
            return answer
        url = onward
    raise UnreadableInput(f"it redirects more than {policy.max_redirects} times.")


async def _ask(url: str, policy: Policy, headers: Mapping[str, str]) -> Fetched:
    target = _target(url)
    return await _get(target, await _pinned(target, policy), policy, headers)


def _target(url: str) -> httpx.URL:
    """The address taken apart, in the one spelling that everything after uses."""
    if len(url) > _MAX_URL or any(
        ord(character) < 33 or ord(character) == 127 for character in url
    ):
        raise FetchRefused("the address is too long, or has blanks or control characters in it.")
    if "\\" in url:
        raise FetchRefused("the address has a backslash in it, which programs read differently.")
    try:
        target = httpx.URL(url)
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise FetchRefused(
            "the address is no URL; send one like https://news.example/a."
        ) from error
    if target.scheme not in ("http", "https"):
        raise FetchRefused(
            f"only http and https are fetched, not {target.scheme or 'no scheme'!r}."
        )
    if not target.host:
        raise FetchRefused("the address has no host.")
    if target.userinfo:
        raise FetchRefused("the address has a user name or password in it; none is ever sent.")
    return target.copy_with(fragment=None)


async def _pinned(target: httpx.URL, policy: Policy) -> str:
    """The address to connect to: of the host's addresses the first, if all may be reached."""
    port = target.port or {"http": 80, "https": 443}[target.scheme]
    if policy.ports is not None and port not in policy.ports:
        raise FetchRefused(f"port {port} is not one that pages are fetched from.")
    try:
        listed = await asyncio.to_thread(policy.look_up, target.host, port)
        found = [ipaddress.ip_address(text) for text in listed]
    except (OSError, UnicodeError, ValueError) as error:
        raise UnreadableInput(f"the host {target.host!r} is not known.") from error
    # One private address among public ones is an attack or a mistake: none of them is used.
    if not found or not all(policy.is_allowed(address) for address in found):
        raise FetchRefused(f"{target.host} is not an address of the open Internet.")
    return str(found[0])


async def _get(
    target: httpx.URL, pinned: str, policy: Policy, headers: Mapping[str, str]
) -> Fetched:
    """One request to the pinned address, which speaks for the target's name."""
    own = {"Host": target.netloc.decode("ascii"), "User-Agent": USER_AGENT, "Accept": "*/*"}
    asked = {**headers, **own, "Accept-Encoding": "identity"}  # nothing that could swell
    try:
        async with (
            # The deadline is around all of this; the client's own would be for each packet.
            httpx.AsyncClient(timeout=policy.timeout_s, trust_env=False) as client,
            client.stream(
                "GET",
                target.copy_with(host=pinned),
                headers=asked,
                extensions={"sni_hostname": target.host},
            ) as answer,
        ):
            is_redirect = answer.status_code in _REDIRECTS
            content = b"" if is_redirect else await _read(answer, target, policy)
            return Fetched(str(target), answer.status_code, content, dict(answer.headers))
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        kind = type(error).__name__
        raise UnreadableInput(f"{target.host} could not be read ({kind}).") from error


async def _read(answer: httpx.Response, target: httpx.URL, policy: Policy) -> bytes:
    received = bytearray()
    async for part in answer.aiter_raw():  # aiter_bytes would unpack a bomb before we see its size
        received += part
        if len(received) > policy.max_bytes:
            break
    packed = _bounded(bytes(received), target, policy)
    packing = answer.headers.get("content-encoding", "").strip().lower()
    if not packed or packing in ("", "identity"):
        return packed
    if packing not in _PACKINGS:
        raise UnreadableInput(
            f"{target.host} packs its page as {packing!r}, unasked. Send the text itself."
        )
    content = _unpacked(packed, target, policy.max_bytes + 1)
    return _bounded(content, target, policy)


def _bounded(content: bytes, target: httpx.URL, policy: Policy) -> bytes:
    if len(content) > policy.max_bytes and policy.larger == "refuse":
        raise InputTooLarge(
            f"{target.host} sent more than {policy.max_bytes:,} bytes. Send the text itself."
        )
    return content[: policy.max_bytes]


def _unpacked(packed: bytes, target: httpx.URL, max_bytes: int) -> bytes:
    """The first so many bytes of what is packed; nothing behind them is unpacked."""
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)  # tells gzip from zlib by its head
    try:
        content = unpacker.decompress(packed, max_bytes)
    except zlib.error as error:
        raise UnreadableInput(f"{target.host} packed its page wrongly ({error}).") from error
    if not unpacker.eof and len(content) < max_bytes:
        raise UnreadableInput(f"{target.host} sent only a part of its packed page.")
    return content
