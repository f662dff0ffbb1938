"""What is an address on the web that can be called.

Knows nothing of who calls it, or of which may be fetched.
"""

from __future__ import annotations

import httpx

_UNREADABLE = "its host, its port or a sign in it cannot be read"
_LAST_PORT = 65_535


def fault_of(address: str) -> str | None:
    """Why an address is none of http or https, ``None`` where it is one.

    Nothing of the address is told: who knows the rest of some can call them.
    """
    try:
        parts = httpx.URL(address)
        host = parts.host  # decoded only here: "http://xn--a/" is a UnicodeError
    except (httpx.InvalidURL, UnicodeError):  # "http://host:port"
        return _UNREADABLE
    if parts.scheme not in ("http", "https"):
        return "it begins with neither http:// nor https://"
    if not host:
        return "it names no host"
    is_port = parts.port is None or 0 <= parts.port <= _LAST_PORT
    return None if is_port and "%20" not in host else _UNREADABLE  # httpx quotes a blank
