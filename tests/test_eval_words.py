"""Words, names, details and copying: what a line holds, on cases worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest

from briefer import text
from eval.metrics import copying, names, words
from eval.metrics.specifics import Specific, unsupported


def test_content_words_are_stems_without_function_words_and_verbs_of_saying() -> None:
    line = "The U.S. President's ministers said they wouldn't resign within twenty days."

    assert words.content(line) == {"us", "presid", "minist", "resign", "20", "day"}


def test_numbers_compare_by_value_in_words_and_digits() -> None:
    assert words.numbers("1,500 and twenty-two") == {1500, 20, 22, 2}
    assert words.numbers("$1.5 million") == {1.5, 1_500_000}
    assert words.numbers("three hundred, 450m, a dozen") == {3, 300, 450, 450e6, 12}
    assert words.numbers("one of them in 2011–2012") == {2011, 2012}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Khalilzad", "US Special Representative Zalmay Khalilzad"),
        ("IAEA", "International Atomic Energy Agency"),
        ("U.S.", "the United States"),
        ("unnamed: critics", "Critics"),
        ("the authors", "unnamed: author"),
        ("two officials", "two U.S. officials"),
        ("Léa Seydoux", "lea seydoux"),
    ],
)
def test_names_of_one_are_the_same(left: str, right: str) -> None:
    assert names.same(left, right)
    assert names.same(right, left)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Iran", "Iran's parliament"),
        ("Helsinki", "University of Helsinki"),
        ("Gordon Brown", "Sarah Brown"),
        ("critics", "supporters"),
        ("", "Iran"),
    ],
)
def test_names_of_two_are_not_the_same(left: str, right: str) -> None:
    assert not names.same(left, right)


@pytest.mark.parametrize(
    ("holder", "expected"),
    [
        ("White House (Dana Perino)", ["White House (Dana Perino)", "White House", "Dana Perino"]),
        ("Lee (tape not verified)", ["Lee (tape not verified)", "Lee"]),
    ],
)
def test_brackets_of_a_holder_hold_another_name_or_a_note(holder: str, expected: list[str]) -> None:
    assert names.listed(holder) == expected


def test_a_listed_holder_is_each_of_the_listed() -> None:
    assert names.listed("France, Spain and Italy") == [
        "France, Spain and Italy",
        "France",
        "Spain",
        "Italy",
    ]


@pytest.mark.parametrize(
    "name",
    ["Lyr League members other than Oru and Tessmark", "members of the Lyr League", "Lyr League"],
)
def test_members_of_a_body_are_the_body_without_whom_they_leave_out(name: str) -> None:
    assert names.match(names.listed(name), ["Lyr League"])
    assert not names.match(names.listed(name), ["Tessmark"])


def test_folding_adds_the_aliases_of_whoever_is_meant() -> None:
    folded = names.folded("Brown", [("Gordon Brown", "the prime minister"), ("David Cameron",)])

    assert folded == ["Brown", "Gordon Brown", "the prime minister"]


SUPPORT = (
    "French officials said on Friday that two of the 1,200 workers at Human Rights Watch had "
    'called the plan "a dangerous, unfair step" in Geneva.'
)


def test_supported_details_pass_in_other_forms() -> None:
    line = 'France said 2 of 1200 HRW workers in Geneva called it "a dangerous ... step".'

    assert unsupported(line, SUPPORT) == []


@pytest.mark.parametrize(
    ("line", "missing"),
    [
        ("Officials in Geneva and Zurich spoke.", Specific("name", "Zurich")),
        ("It has 1,300 workers.", Specific("number", "1300")),
        ("They spoke on Monday.", Specific("date", "Monday")),
        ('They called it "a dangerous step".', Specific("quote", "a dangerous step")),
    ],
)
def test_a_detail_that_is_not_there_is_named(line: str, missing: Specific) -> None:
    assert unsupported(line, SUPPORT) == [missing]


def test_a_common_word_at_the_start_is_no_name() -> None:
    assert unsupported("Workers object.", "Nothing.", article="The workers object.") == []
    assert unsupported("Zurich objects.", "Nothing.", article="The workers object.") == [
        Specific("name", "Zurich")
    ]


def test_a_relative_date_may_be_resolved_only_near_the_publication() -> None:
    published = date(2010, 10, 8)  # a Friday

    assert (
        unsupported(
            "It fell on Thursday, October 7, 2010.", "It fell yesterday.", published=published
        )
        == []
    )
    assert Specific("date", "March") in unsupported(
        "It fell in March.", "It fell yesterday.", published=published
    )


def test_copied_share_is_the_longest_common_run_without_quotations() -> None:
    article = text.folded_words("The council voted on Monday to close the old bridge.")

    assert copying.copied("The council voted on Monday to leave.", article) == [6 / 7]
    assert copying.copied("Members want the old bridge closed soon.", article) == [3 / 7]
    assert copying.copied('He said: "The council voted on Monday".', article) == []


def test_pieces_around_a_quotation_each_have_their_run() -> None:
    article = text.folded_words("He called the plan to close it a shame and left the room.")

    assert copying.copied('He called the plan "mad" in front of all.', article) == [4 / 8]
    assert copying.copied('He called the plan "mad" a shame and left.', article) == [8 / 8]
