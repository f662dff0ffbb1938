"""Time zones by their names in the IANA database, and moments in them.

Knows nothing of what a day is asked for.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator


def known(name: str) -> str:
    """The name, if a time zone has it.

    Raises:
        ValueError: there is no such time zone.
    """
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"no time zone is called {name!r}; write it like Asia/Karachi") from error
    return name


TimeZone = Annotated[str, AfterValidator(known)]
"""The name of a time zone, as a field of what users set."""


def local(moment: datetime, timezone: str | None) -> datetime:
    """An aware moment in a time zone; ``None`` is the machine's."""
    return moment.astimezone(ZoneInfo(timezone) if timezone else None)
