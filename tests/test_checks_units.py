"""Numbers and rates that a line counts in another unit than its text."""

from __future__ import annotations

import pytest

from briefer.checks import units


@pytest.mark.parametrize(
    ("line", "source", "told"),
    [
        ("Lee got six years.", "Lee got six months.", "6 year"),
        ("A 10-day strike began.", "A 10-hour strike began.", "10 day"),
        ("It lasted two more weeks.", "It lasted two more days.", "2 week"),
        ("It is 40 miles off.", "It is 40 km off.", "40 mile"),
        ("The wall is 30 metres high.", "The wall is 30 feet high.", "30 metre"),
        ("It burnt 500 acres.", "It burnt 500 hectares.", "500 acre"),
        ("It spilt 90 gallons.", "It spilt 90 litres.", "90 gallon"),
        ("It pays $50 a month.", "It pays $50 a year.", "a month"),
        ("It kills ten per day.", "It kills ten each week.", "a day"),
    ],
)
def test_other_unit_of_the_same_family_is_found(line: str, source: str, told: str) -> None:
    assert units.changed(line, source) == told


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("Lee got six years.", "Lee got a 6-year term, six months of it at home."),
        ("It is 25 miles off.", "It is 40 km (25 miles) off."),
        ("The hall holds 300.", "The hall is 300 metres long."),
        ("It is 40 kilometers off.", "It is 40km off."),
        ("It rose 5 percent in two days.", "It rose 5 percent in two days a year."),
        ("It took one day.", "It took one week."),
        ("It pays $50 a month.", "It pays $50 monthly, more than any year."),
        ("It pays $50 a year.", "It pays $50 annually, a month late."),
        ("It began a month ago.", "It pays $50 a year."),
        ("It drove at 60 mph.", "It drove at 60 miles an hour."),
    ],
)
def test_same_unit_in_another_form_is_known(line: str, source: str) -> None:
    assert units.changed(line, source) == ""
