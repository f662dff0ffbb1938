"""Pages fetched politely: as robots.txt allows, not against an opt-out, not too fast, not twice.

robots.txt by RFC 9309 (a host whose robots.txt cannot be had for its fault is left alone); opt-outs
from text and data mining by the TDM Reservation Protocol (W3C community group, 2024) and
``X-Robots-Tag: noai``. A page's redirects are asked one by one, each by its own host's rules and at
its pace. Knows nothing of articles.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import partial
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from briefer.errors import FetchRefused, InputError, UnreadableInput
from briefer.fetching import USER_AGENT, Fetched, Policy, fetch, fetch_once, redirect_of
from briefer.nightly.config import Fetching
from briefer.store import Validators

_MAX_DELAY_S = 30.0
"""A longer Crawl-delay would take the night."""
_GIVES_UP_AFTER = 3
"""Failures in a row after which a host is left alone for the night."""
_META_OPT_OUT = re.compile(
    rb"""<meta[^>]{0,200}name=["']?tdm-reservation["']?[^>]{0,200}content=["']?1""", re.IGNORECASE
)
_Ask = Callable[[str, Policy], Fetched]


@dataclass
class _Host:
    lock: threading.Lock = field(default_factory=threading.Lock)
    next_at: float = 0.0
    n_requests: int = 0
    n_failures: int = 0
    robots: RobotFileParser | None = None
    reserved: tuple[str, ...] | None = None
    delay_s: float = 0.0


class Courier:
    """Fetches for one night; safe for several threads, which wait for each other by host."""

    def __init__(
        self,
        rules: Fetching,
        validators_of: Callable[[str], Validators],
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._rules = rules
        self._validators_of = validators_of
        self._sleep = sleep
        policy = Policy(timeout_s=rules.timeout_s)
        if rules.allow_private:
            policy = Policy(lambda _: True, ports=None, timeout_s=rules.timeout_s)
        self._policy = policy
        self._hosts: dict[str, _Host] = {}
        self._adding = threading.Lock()

    def get(self, url: str) -> Fetched:
        """A page.

        Raises:
            FetchRefused: robots.txt or an opt-out forbids it.
            UnreadableInput: the host is dead, has not got it, or was asked enough for a night.
            InputTooLarge: there is too much of it.
        """
        return self._ask(url, Validators(url))

    def get_if_changed(self, url: str) -> tuple[Fetched | None, Validators]:
        """A page and what makes the next request conditional; ``None`` when it is the same."""
        known = self._validators_of(url)
        answer = self._ask(url, known)
        if answer.status == 304:
            return None, known
        headers = answer.headers
        return answer, Validators(url, headers.get("etag"), headers.get("last-modified"))

    def _ask(self, url: str, known: Validators) -> Fetched:
        said = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
        ask = partial(fetch_once, headers={k: v for k, v in said.items() if v})
        at = url
        for _ in range(self._policy.max_redirects + 1):
            answer = self._hop(at, ask)
            onward = redirect_of(answer)
            if onward is None:
                return self._usable(answer, url)
            at = onward
        raise UnreadableInput(f"{url} redirects more than {self._policy.max_redirects} times.")

    def _hop(self, url: str, ask: _Ask) -> Fetched:
        """One request, if its host's rules allow it; no other host is waited for meanwhile."""
        parts = urlsplit(url)
        host = self._host(f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}")
        with host.lock:
            if host.n_failures >= _GIVES_UP_AFTER:
                raise UnreadableInput(f"{parts.hostname} failed before; it is left alone tonight.")
            self._check(host, url)
            return self._paced(host, url, ask)

    def _usable(self, answer: Fetched, url: str) -> Fetched:
        if answer.status >= 400:
            raise UnreadableInput(f"{url} answered {answer.status}.")
        if self._rules.respect_opt_outs and _opts_out(answer):
            raise FetchRefused(f"{url} is reserved by its publisher (tdm-reservation or noai).")
        return answer

    def _host(self, origin: str) -> _Host:
        with self._adding:
            return self._hosts.setdefault(origin, _Host(delay_s=self._rules.delay_s))

    def _paced(self, host: _Host, url: str, ask: _Ask = fetch) -> Fetched:
        """An answer, at the host's pace; its robots.txt may lie on another (RFC 9309, 2.3.1.2)."""
        if host.n_requests >= self._rules.max_per_host:
            raise UnreadableInput(f"{urlsplit(url).hostname}: the night's limit is used up.")
        wait = host.next_at - time.monotonic()
        if wait > 0:
            self._sleep(wait)
        host.n_requests += 1
        try:
            answer = ask(url, self._policy)
        except UnreadableInput:
            host.n_failures += 1
            raise
        finally:
            host.next_at = time.monotonic() + host.delay_s
        host.n_failures = 0
        return answer

    def _check(self, host: _Host, url: str) -> None:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if self._rules.respect_robots:
            if host.robots is None:
                host.robots = self._robots(host, origin)
            if not host.robots.can_fetch(USER_AGENT, url):
                raise FetchRefused(f"{parts.hostname}'s robots.txt does not allow {parts.path}.")
        if self._rules.respect_opt_outs:
            if host.reserved is None:
                host.reserved = self._reserved(host, origin)
            if any(fnmatchcase(parts.path or "/", pattern) for pattern in host.reserved):
                raise FetchRefused(f"{parts.hostname} reserves text and data mining (tdmrep.json).")

    def _robots(self, host: _Host, origin: str) -> RobotFileParser:
        answer = self._paced(host, f"{origin}/robots.txt")
        parser = RobotFileParser()
        if answer.status >= 500:
            parser.parse(["User-agent: *", "Disallow: /"])
        else:
            said = answer.content.decode("utf-8", "replace") if answer.status < 400 else ""
            parser.parse(said.splitlines())
        delay = parser.crawl_delay(USER_AGENT)
        if delay is not None:
            host.delay_s = min(max(host.delay_s, float(delay)), _MAX_DELAY_S)
        return parser

    def _reserved(self, host: _Host, origin: str) -> tuple[str, ...]:
        try:
            answer = self._paced(host, f"{origin}/.well-known/tdmrep.json")
            rules = json.loads(answer.content) if answer.status == 200 else []
        except (InputError, ValueError, RecursionError):
            return ()
        listed = [one for one in rules if isinstance(one, dict)] if isinstance(rules, list) else []
        return tuple(
            str(one.get("location", "*"))
            for one in listed
            if one.get("tdm-reservation") in (1, "1")
        )


def _opts_out(answer: Fetched) -> bool:
    if answer.headers.get("tdm-reservation", "").strip() == "1":
        return True
    if "noai" in re.split(r"[,\s]+", answer.headers.get("x-robots-tag", "").lower()):
        return True
    return _META_OPT_OUT.search(answer.content[:100_000]) is not None
