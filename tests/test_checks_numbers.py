"""Numbers of a line that its sentences do not give, however they are spelled."""

from __future__ import annotations

import pytest

from briefer.checks import numbers


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("twelve men", "12 men"),
        ("1,200 men", "1200 men"),
        ("4.5 million", "4,500,000"),
        ("$4.5bn", "4.5 billion dollars"),
        ("5%", "five per cent"),
        ("5 percent to 7 percent", "5-7%"),
        ("about 80,000 people", "81,250 people"),
        ("more than 300 men", "312 men"),
        ("two hundred and fifty thousand", "250,000"),
        ("a 44-year-old", "aged 44"),
        ("both countries", "the countries"),
        ("one of them", "some of them"),
        ("1 percent", "one percent"),
        ("1 percent", "1 to 2 percent"),
        ("one percent", "a percent"),
        ("1%", "a per cent"),
        ("$1", "a dollar"),
        ("£1", "a pound"),
        ("one percent", "one or two percent"),
        ("1 percent", "between one and two percent"),
        ("$1", "from one to three dollars"),
        ("half a dozen", "half a dozen"),
        ("two five-year terms", "two terms of five years"),
        ("the second term", "a 2nd term"),
        ("3-1", "three to one"),
        ("the 100 metres", "the 100m"),
        ("two metres high", "2m high"),
        ("a 10-kilometre race", "a 10K"),
        ("10,000 men", "10k men"),
    ],
)
def test_number_in_another_form_is_known(line: str, source: str) -> None:
    assert numbers.missing(line, source) == ()


@pytest.mark.parametrize(
    ("line", "source", "strange"),
    [
        ("13 men", "12 men", ("13",)),
        ("about 307 men", "300 men", ("307",)),
        ("about 90,000 men", "81,250 men", ("90,000",)),
        ("4.5 million", "4.5 billion", ("4.5 million",)),
        ("five percent", "five men", ("five percent",)),
        ("£50", "$50", ("£50",)),
        ("five men", "$5m", ("five",)),
        ("three men", "two men", ("three",)),
        ("1 percent", "3 percent of one bank", ("1 percent",)),
        ("$1", "$3", ("$1",)),
        ("1 percent", "half a percent", ("1 percent",)),
        ("1 percent", "a percentage of 3 percent", ("1 percent",)),
        ("1 percent", "a tenth of a percent", ("1 percent",)),
        ("1 percent", "a bank and 3 percent of one to two banks", ("1 percent",)),
        ("0 percent", "0.3 percent", ("0 percent",)),
        ("20 of 30 men", "20 men", ("30",)),
    ],
)
def test_number_that_is_nowhere_is_missing(
    line: str, source: str, strange: tuple[str, ...]
) -> None:
    assert numbers.missing(line, source) == strange


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("nineteen", 19),
        ("twenty-five", 25),
        ("one hundred and five", 105),
        ("two thousand five hundred", 2500),
        ("three million two hundred thousand", 3_200_000),
    ],
)
def test_spelled_numbers_have_their_value(words: str, value: int) -> None:
    assert numbers.missing(words, str(value)) == ()
    assert numbers.missing(words, str(value + 1)) == (words,)


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("Six of 1.5 million people", {6, 1_500_000}),
        ("twenty-five men won 1-0", {25, 1, 0}),
        ("one of hundreds of men", set()),
    ],
)
def test_numbers_of_a_text_have_one_value_however_spelled(words: str, values: set[float]) -> None:
    assert numbers.values(words) == values
