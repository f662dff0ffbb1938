"""The HTTP API from Python: the same calls and the same errors as with a model of one's own.

``Client`` blocks, ``AsyncClient`` awaits; both send and read the same things (``wire.py``,
``events.py``). Knows nothing of models or of the server's code.
"""

from __future__ import annotations

from briefer.client.awaiting import AsyncClient
from briefer.client.blocking import TIMEOUT_S, Client
from briefer.client.events import Event
from briefer.client.wire import Pending

__all__ = ["TIMEOUT_S", "AsyncClient", "Client", "Event", "Pending"]
