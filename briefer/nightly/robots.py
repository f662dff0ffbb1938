"""robots.txt by RFC 9309: whose group is ours, and which of its rules decides on an address.

The groups of one crawler are one (2.2.1), and the one for all counts where it has none of its own;
of the rules that match the longest decides, ``Allow`` where two are alike (2.2.2), each compared in
one spelling of percent-encoding (2.2.2), with ``*`` and ``$`` (2.2.3). Other records end no group
(2.2.4). ``Crawl-delay`` is none of the RFC's and is read along. Knows nothing of HTTP.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

_MAX_BYTES = 500 * 2**10
"""So much has to be read at least (RFC 9309, 2.5); a rule behind it is none."""
_OCTET = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_TOKEN = re.compile(r"[a-z_-]+|\*(?=\s|$)")
_SECONDS = re.compile(r"\d{1,6}(?:\.\d{1,6})?")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A path or the beginning of one; ``*`` is anything, ``$`` at the end is the end."""

    pieces: tuple[str, ...]
    is_whole: bool
    n_characters: int

    def matches(self, target: str) -> bool:
        """Whether the pattern fits a target as ``spelled``; looks at each of its pieces once."""
        head, *rest = self.pieces
        if not target.startswith(head):
            return False
        at = len(head)
        for piece in rest:
            last, at = at, target.find(piece, at) + len(piece)
            if at - len(piece) < 0:
                return False
        if not self.is_whole or at == len(target):
            return True
        return bool(rest) and target.endswith(rest[-1]) and len(target) - len(rest[-1]) >= last


Rules = Sequence[tuple[Pattern, bool]]
"""Patterns and what they say, the one that counts most first."""


def pattern(written: str) -> Pattern:
    """A pattern as somebody wrote it."""
    one = spelled(written.removesuffix("$"), keeps="*")
    return Pattern(tuple(one.split("*")), written.endswith("$"), len(one) + written.endswith("$"))


def spelled(target: str, keeps: str = "") -> str:
    """A path, with or without a query, in the spelling that is compared (RFC 9309, 2.2.2).

    What needs no percent-encoding has none and all else has it, but for ``/`` and ``?``; in a query
    ``%2F`` is ``/``.
    """
    path, mark, query = _OCTET.sub(_octet, target).partition("?")
    return quote(path + mark + query.replace("%2F", "/"), safe=f"/?%{keeps}")


def _octet(encoded: re.Match[str]) -> str:
    character = chr(int(encoded[1], 16))
    return character if _UNRESERVED.fullmatch(character) else encoded[0].upper()


def decision(rules: Rules, target: str) -> bool | None:
    """What the first rule that matches says; ``None`` when none does."""
    target = spelled(target)
    return next((said for one, said in rules if one.matches(target)), None)


@dataclass(slots=True)
class Group:
    """What a robots.txt has for one crawler; ``rules`` say whether it is allowed."""

    rules: list[tuple[Pattern, bool]] = field(default_factory=list)
    delay_s: float | None = None

    def allows(self, url: str) -> bool:
        """Whether an address may be fetched."""
        parts = urlsplit(url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return decision(self.rules, target) is not False


def read(content: bytes, agent: str) -> Group:
    """What a robots.txt says to the crawler with this product token."""
    groups: dict[str, Group] = {}
    named: list[Group] = []
    has_rules = False
    for key, value in _records(content):
        if key == "user-agent":
            named, has_rules = ([] if has_rules else named), False
            token = _TOKEN.match(value.lower())
            named.append(groups.setdefault(token[0] if token else "", Group()))
        elif key in ("allow", "disallow"):
            has_rules = True
            _add(named, value, is_allowed=key == "allow")
        elif key == "crawl-delay" and _SECONDS.fullmatch(value):
            for group in named:
                group.delay_s = max(group.delay_s or 0.0, float(value))
    ours = groups.get(agent.lower()) or groups.get("*") or Group()
    ours.rules.sort(key=lambda rule: (rule[0].n_characters, rule[1]), reverse=True)
    return ours


def _records(content: bytes) -> Iterator[tuple[str, str]]:
    """The lines that say something, keys in lower case; one that the limit cuts is left out."""
    lines = content[:_MAX_BYTES].removeprefix(b"\xef\xbb\xbf").splitlines()
    for line in lines[: -1 if len(content) > _MAX_BYTES else None]:
        key, colon, value = line.partition(b"#")[0].decode("utf-8", "replace").partition(":")
        if colon:
            yield key.strip().lower(), value.strip()


def _add(named: Sequence[Group], value: str, *, is_allowed: bool) -> None:
    if value:  # an empty one matches nothing
        one = pattern(value)
        for group in named:
            group.rules.append((one, is_allowed))
