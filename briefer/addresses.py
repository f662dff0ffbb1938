"""What is an address on the web that can be called.

Knows nothing of who calls it, or of which may be fetched.
"""

from __future__ import annotations

import httpx


def fault_of(address: str) -> str | None:
    """Why an address is none of http or https, ``None`` where it is one.

    Nothing of the address is told: who knows the rest of some can call them.
    """
    try:
        parts = httpx.URL(address)
    except httpx.InvalidURL:  # "http://host:port"
        return "its host, its port or a sign in it cannot be read"
    if parts.scheme not in ("http", "https"):
        return "it begins with neither http:// nor https://"
    return None if parts.host else "it names no host"
