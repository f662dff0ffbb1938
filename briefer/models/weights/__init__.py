"""Find, fetch and verify model weights by name; the SHA-256 decides, not the source."""

from __future__ import annotations

from briefer.models.weights.cache import find, named, root
from briefer.models.weights.pins import DEFAULT, PINNED, Pin

__all__ = ["DEFAULT", "PINNED", "Pin", "find", "named", "root"]
