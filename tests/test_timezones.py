"""Which time zones there are, and what the clocks in them show."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from pydantic import TypeAdapter, ValidationError

from briefer import timezones


@pytest.mark.parametrize("name", ["Karachi", "../../etc/passwd", "", "Asia/Karachi\0"])
def test_name_that_no_time_zone_has_is_refused(name: str) -> None:
    with pytest.raises(ValidationError, match=r"no time zone is called .* like Asia/Karachi"):
        TypeAdapter(timezones.TimeZone).validate_python(name)


def test_moment_is_told_as_the_clocks_of_a_time_zone_show_it() -> None:
    moment = datetime(2026, 11, 26, 20, 30, tzinfo=UTC)

    assert timezones.local(moment, "Asia/Karachi").isoformat() == "2026-11-27T01:30:00+05:00"


@pytest.fixture
def _machine_in_karachi(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Asia/Karachi")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("_machine_in_karachi")
def test_moment_without_a_time_zone_is_told_as_the_clocks_of_the_machine_show_it() -> None:
    moment = datetime(2026, 11, 26, 20, 30, tzinfo=UTC)

    assert timezones.local(moment, None).isoformat() == "2026-11-27T01:30:00+05:00"
