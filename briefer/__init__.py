"""Briefs of news articles in which every line shows the sentences that carry it.

``Briefer`` and what it needs are imported on first use: ``import briefer`` is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from briefer.briefing import Briefer
    from briefer.client import AsyncClient, Client
    from briefer.schema import Article, Brief, Options

__all__ = ["Article", "AsyncClient", "Brief", "Briefer", "Client", "Options"]

_HOME = {
    "Article": "briefer.schema",
    "AsyncClient": "briefer.client",
    "Brief": "briefer.schema",
    "Briefer": "briefer.briefing",
    "Client": "briefer.client",
    "Options": "briefer.schema",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'briefer' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
