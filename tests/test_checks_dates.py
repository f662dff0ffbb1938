"""Dates of a line that its sentences do not give, counted from the day of the article."""

from __future__ import annotations

from datetime import date

import pytest

from briefer.checks import dates, numbers

THURSDAY = date(2015, 3, 12)


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("on 10 March", "on Tuesday"),
        ("on March 10, 2015", "on Tuesday"),
        ("on Tuesday", "on 10 March"),
        ("on Wednesday", "yesterday"),
        ("on 13 March", "tomorrow"),
        ("in 2014", "last year"),
        ("in February", "last month"),
        ("next year", "in 2016"),
        ("in March 2015", "in March"),
        ("in May 2014", "in May"),
        ("on 3 May 2015", "on 3 May"),
        ("in January 2016", "in January"),
        ("in January 2014", "in January last year"),
        ("in January of last year", "in January 2014"),
        ("in March 2014", "in March of last year"),
        ("on 5 January 2014", "on 5 January last year"),
        ("in March 2014", "last March"),
        ("in January 2014", "last January"),
        ("in January 2015", "last January"),
        ("in June 2016", "next June"),
        ("in June 2015", "this June"),
        ("March 3rd", "3 March 2015"),
        ("in May", "on 5 May"),
        ("2015-03-12", "today"),
        ("on FRIDAY", "on Friday"),
        ("in the 1990s", "in the 1990s"),
        ("from 2010 to 2014", "in 2010–2014"),
        ("from 2010 to 2011", "in 2010-11"),
        ("in 2010-11", "in 2010/11"),
        ("in 2015", "in mid-2015"),
        ("2000 people", "more than 2,000 people"),
        ("1500-2000 men", "1,500 to 2,000 men"),
    ],
)
def test_date_in_another_form_is_known(line: str, source: str) -> None:
    assert dates.missing(line, source, THURSDAY) == ()


@pytest.mark.parametrize(
    ("line", "source", "strange"),
    [
        ("on Monday", "on Tuesday", ("Monday",)),
        ("on 11 March", "on Tuesday", ("11 March",)),
        ("in 2013", "last year", ("2013",)),
        ("on 5 May", "in May", ("5 May",)),
        ("on 3 March 2014", "on 3 March 2015", ("3 March 2014",)),
        ("yesterday", "on Tuesday", ("yesterday",)),
        ("31 June", "30 June", ("31 June",)),
        ("in March 2014", "in March", ("March 2014",)),
        ("on 2 March 2016", "on 2 March", ("2 March 2016",)),
        ("in May 2016", "in May", ("May 2016",)),
        ("in January 2015", "in January last year", ("January 2015",)),
        ("in January last year", "in January", ("January", "last year")),
        ("in March 2015", "last March", ("March 2015",)),
        ("in 2012", "in 2010-2014", ("2012",)),
        ("2010-2014", "from 2010 on", ("2014",)),
        ("mid-2015", "in 2014", ("2015",)),
        ("2010-11", "in 2010", ("11",)),
    ],
)
def test_date_that_is_nowhere_is_missing(line: str, source: str, strange: tuple[str, ...]) -> None:
    assert dates.missing(line, source, THURSDAY) == strange


def test_relative_dates_are_only_themselves_without_a_publication_date() -> None:
    assert dates.missing("on Tuesday", "on Tuesday", None) == ()
    assert dates.missing("on 10 March", "on Tuesday", None) == ("10 March",)


def test_mayor_and_march_are_not_months() -> None:
    assert dates.missing("Mayor Lee led marchers", "A mayor led them", THURSDAY) == ()


@pytest.mark.parametrize("line", ["12 Marines died.", "Lyon beat Marseille 2-1.", "Marlins 5-4."])
def test_words_that_begin_like_a_month_are_no_dates(line: str) -> None:
    assert dates.missing(line, "They won.", THURSDAY) == ()
    assert dates.without(line) == line


@pytest.mark.parametrize(
    "words", ["on FRİDAY", "on Frıday", "THİS YEAR", "thıs month", "in May THİS YEAR", "Thıs May"]
)
def test_turkish_letters_make_no_date_and_break_nothing(words: str) -> None:
    assert dates.missing("They met on Thursday", f"They met {words}", THURSDAY) == ("Thursday",)


@pytest.mark.parametrize("day", [date.min, date.max])
@pytest.mark.parametrize("words", ["on Friday", "yesterday", "tomorrow", "last year in May"])
def test_an_article_may_say_that_it_is_of_the_first_or_last_day(words: str, day: date) -> None:
    assert dates.missing(words, words, day) == ()


@pytest.mark.parametrize(
    ("line", "strange"),
    [
        ("Theresa May wants a deal.", ()),
        ("April Jones and June Low met.", ()),
        ("They met in May.", ("May",)),
        ("Since early June it has rained.", ("June",)),
        ("They met on 6 June and May 5.", ("6 June", "May 5")),
        ("They met in mid-August.", ("August",)),
        ("The August 2014 talks failed.", ("August 2014",)),
    ],
)
def test_month_that_may_be_a_name_is_one_only_in_company(line: str, strange: tuple[str]) -> None:
    assert dates.missing(line, "They met on Monday.", THURSDAY) == strange


def test_any_may_of_the_text_may_be_a_month() -> None:
    assert dates.missing("in May", "May saw rain.", THURSDAY) == ()


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ("In June 12 people died.", "In June 12 people died."),
        ("By May 18 countries met in 2014.", "By May 18 countries met in 2014."),
        ("In May 1900 shops shut.", "In May 1900 shops shut."),
        ("On May 14 officials met.", "On   officials met."),
        ("It fell on March 14, 2014 and May 14.", "It fell on   and  ."),
    ],
)
def test_only_days_of_a_source_are_certainly_no_numbers(source: str, left: str) -> None:
    assert dates.without_days(source) == left


def test_numbers_of_dates_are_not_numbers() -> None:
    line = dates.without("On 10 March 2015 some 300 men met")

    assert numbers.missing(line, "300 men met") == ()
