"""Whether a publisher keeps text and data mining to itself: for a site, by header, in a page.

By the TDM Reservation Protocol (W3C community group, 2024) and ``noai``, as a header or a meta
element for robots. Knows nothing of who asks.
"""

from __future__ import annotations

import json
import re

from lxml import etree

from briefer.fetching import Fetched
from briefer.nightly.robots import Rules, pattern

_HEAD_BYTES = 100_000


def read(content: bytes) -> Rules:
    """The rules of a tdmrep.json in its order: the first that fits a path says if it is reserved.

    Locations are patterns as in robots.txt. What is no rule, or no JSON at all, reserves nothing.
    """
    try:
        rules = json.loads(content)
    except (ValueError, RecursionError):
        return ()
    listed = [one for one in rules if isinstance(one, dict)] if isinstance(rules, list) else []
    return tuple(
        (pattern(str(one.get("location", "/"))), one["tdm-reservation"] in (1, "1"))
        for one in listed
        if one.get("tdm-reservation") in (0, 1, "0", "1")
    )


def is_reserved(answer: Fetched) -> bool:
    """Whether a page or its headers reserve it."""
    headers = answer.headers
    said = [("tdm-reservation", headers.get("tdm-reservation", ""))]
    said += [("robots", headers.get("x-robots-tag", "")), *_metadata(answer.content[:_HEAD_BYTES])]
    return any(map(_reserves, said))


def _reserves(said: tuple[str, str]) -> bool:
    name, value = said
    if name == "tdm-reservation":
        return value.strip() == "1"
    return name == "robots" and "noai" in re.split(r"[,\s]+", value.lower())


def _metadata(head: bytes) -> list[tuple[str, str]]:
    """Names and contents of the meta elements."""
    try:
        root = etree.HTML(head)
    except etree.LxmlError:
        return []
    found = root.iter("meta") if root is not None else ()
    return [
        (str(one.get("name", "")).strip().lower(), str(one.get("content", ""))) for one in found
    ]
