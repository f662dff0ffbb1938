"""A brief as it comes: server-sent events, read line by line.

Knows nothing of connections.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from briefer import errors


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a stream: ``queued``, ``section``, ``brief`` or ``problem``."""

    name: str
    told: Mapping[str, Any]


class Events:
    """Puts the lines of an event stream together."""

    def __init__(self) -> None:
        self._name = ""

    def add(self, line: str) -> Event | None:
        """The event that a line completes, if it does; the service sends one data line each.

        Raises:
            ServiceError: it is no JSON, as an event of another server may be.
        """
        field_name, _, value = line.partition(": ")
        if field_name == "event":
            self._name = value
        if field_name == "data":
            try:
                return Event(self._name, json.loads(value))
            except ValueError as error:
                raise errors.ServiceError(
                    "The stream has something unknown; is it one of a briefer service?"
                ) from error
        return None
