"""Pages fetched politely: as robots.txt allows, not against an opt-out, not too fast, not twice.

A host whose robots.txt cannot be had for its fault (RFC 9309, 2.3.1.4), that keeps failing, or that
asks for a pause is left alone for the night. A page's redirects are asked one by one, each by its
own host's rules and at its pace. Knows nothing of articles.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from urllib.parse import urlsplit

from briefer.errors import FetchRefused, InputError, UnreadableInput
from briefer.fetching import (
    USER_AGENT,
    Fetched,
    Policy,
    fetch,
    fetch_once,
    redirect_of,
    spelled,
)
from briefer.nightly import optouts, robots
from briefer.nightly.config import Fetching
from briefer.store import Validators

_MAX_DELAY_S = 30.0
"""A longer Crawl-delay would take the night."""
_GIVES_UP_AFTER = 3
"""Failures in a row after which a host is left alone for the night."""
_LATER = frozenset({429, 503})
"""Answers that may come with ``Retry-After`` (RFC 9110, 10.2.3; RFC 6585, 4)."""
_Ask = Callable[[str, Policy], Fetched]


@dataclass
class _Host:
    lock: threading.Lock = field(default_factory=threading.Lock)
    next_at: float = 0.0
    n_requests: int = 0
    n_failures: int = 0
    left: str = ""
    """Why the host is left alone tonight."""
    robots_txt: robots.Group | None = None
    reserved: robots.Rules | None = None
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
            FetchRefused: robots.txt or an opt-out forbids it, or it is no address.
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

    def has_time_for(self, url: str) -> bool:
        """Whether half of the night's requests to a host are left; what can wait gets no more."""
        return self._host_of(spelled(url)).n_requests * 2 < self._rules.max_per_host

    def _ask(self, url: str, known: Validators) -> Fetched:
        said = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
        # What cannot be sent back (RFC 9110, 5.5) makes no request conditional.
        ask = partial(fetch_once, headers={k: v for k, v in said.items() if v and v.isascii()})
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
        url = spelled(url)
        host = self._host_of(url)
        with host.lock:
            self._check(host, url)
            return self._paced(host, url, ask)

    def _usable(self, answer: Fetched, url: str) -> Fetched:
        if answer.status >= 400:
            raise UnreadableInput(f"{url} answered {answer.status}.")
        if self._rules.respect_opt_outs and optouts.is_reserved(answer):
            raise FetchRefused(f"{url} is reserved by its publisher (tdm-reservation or noai).")
        return answer

    def _host_of(self, url: str) -> _Host:
        with self._adding:
            return self._hosts.setdefault(_origin(url), _Host(delay_s=self._rules.delay_s))

    def _paced(self, host: _Host, url: str, ask: _Ask = fetch) -> Fetched:
        """An answer, at the host's pace; its robots.txt may lie on another (RFC 9309, 2.3.1.2)."""
        if host.left:
            raise _left(host, url)
        if host.n_requests >= self._rules.max_per_host:
            raise UnreadableInput(f"{urlsplit(url).hostname}: the night's limit is used up.")
        wait = host.next_at - time.monotonic()
        if wait > 0:
            self._sleep(wait)
        host.n_requests += 1
        try:
            answer = ask(url, self._policy)
        except UnreadableInput:
            _note_failure(host, "failed before")
            raise
        finally:
            host.next_at = time.monotonic() + host.delay_s
        if _is_at_fault(answer):
            _note_failure(host, f"answered {answer.status} before")
        else:
            host.n_failures = 0
        if answer.status in _LATER and "retry-after" in answer.headers:
            host.left = f"answered {answer.status} and asks for a pause"
        return answer

    def _check(self, host: _Host, url: str) -> None:
        parts, origin = urlsplit(url), _origin(url)
        if self._rules.respect_robots:
            if host.robots_txt is None:
                host.robots_txt = self._robots(host, origin)
            if not host.robots_txt.allows(url):
                raise FetchRefused(f"{parts.hostname}'s robots.txt does not allow {parts.path}.")
        if self._rules.respect_opt_outs:
            if host.reserved is None:
                host.reserved = self._reserved(host, origin)
            if robots.decision(host.reserved, parts.path or "/"):
                raise FetchRefused(f"{parts.hostname} reserves text and data mining (tdmrep.json).")

    def _robots(self, host: _Host, origin: str) -> robots.Group:
        answer = self._paced(host, f"{origin}/robots.txt", _fetch_beginning)
        if _is_at_fault(answer):
            host.left = f"answered {answer.status} for its robots.txt"
            raise _left(host, origin)
        group = robots.read(answer.content if answer.status < 400 else b"", USER_AGENT)
        if group.delay_s is not None:
            host.delay_s = min(max(host.delay_s, group.delay_s), _MAX_DELAY_S)
        return group

    def _reserved(self, host: _Host, origin: str) -> robots.Rules:
        try:
            answer = self._paced(host, f"{origin}/.well-known/tdmrep.json")
        except InputError:
            return ()
        return optouts.read(answer.content) if answer.status == 200 else ()


def _fetch_beginning(url: str, policy: Policy) -> Fetched:
    """A robots.txt may be larger than is read of it (RFC 9309, 2.5)."""
    return fetch(url, replace(policy, larger="cut"))


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _is_at_fault(answer: Fetched) -> bool:
    """Whether the host could not answer, or not so often, and may another night."""
    return answer.status == 429 or answer.status >= 500


def _left(host: _Host, url: str) -> UnreadableInput:
    return UnreadableInput(f"{urlsplit(url).hostname} {host.left}; it is left alone tonight.")


def _note_failure(host: _Host, told: str) -> None:
    host.n_failures += 1
    if host.n_failures >= _GIVES_UP_AFTER:
        host.left = told
