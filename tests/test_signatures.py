"""Quotations signed below by a dash and a name, by written-out paragraphs."""

from __future__ import annotations

import time

import pytest

from briefer.mentions import quotes
from briefer.statements import signatures
from tests.parsing import article, statements_in

WAIT = "“We wait far too long for a bus here.”"
FARE = "“My fare has doubled within a single year.”"
PLAIN = "The bus is late on every day of the week."


def signed(*paragraphs: str) -> list[tuple[str, list[str]]]:
    told = article("\n\n".join(paragraphs))
    found = signatures.find(told.text, told.sentences)
    return [(one.name.of(told.text), [span.of(told.text) for span in one.content]) for one in found]


@pytest.mark.parametrize("dash", ["― ", "— ", "– ", "- ", "-- ", "—"])
def test_a_name_after_a_dash_signs_what_stands_before_it(dash: str) -> None:
    found = signed("Readers wrote to us.", WAIT, f"{dash}Ann Lee", FARE, f"{dash}Bo de Cho, baker.")

    assert found == [("Ann Lee", [WAIT]), ("Bo de Cho", [FARE])]


def test_a_signature_may_end_the_paragraph_that_it_signs() -> None:
    found = signed(f"{WAIT} ― Ann Lee", "Photo by the town.", f"{FARE}― Bo K. Cho.")

    assert found == [("Ann Lee", [WAIT]), ("Bo K. Cho", [FARE])]


def test_a_mark_that_opens_wrongly_opens_all_the_same() -> None:
    turned = "”We wait far too long for a bus here.”"

    assert signed(turned, "— Ann Lee", FARE, "— Bo Cho")[0] == ("Ann Lee", [turned])


def test_several_paragraphs_are_signed_together() -> None:
    opening = "“We wait far too long for a bus here."
    middle = "“The last one leaves at six."
    closing = "Nobody tells us why.”"

    found = signed("They wrote.", opening, middle, closing, "— Ann Lee", WAIT, FARE, "— Bo Cho")

    assert found == [("Ann Lee", [opening, middle, closing]), ("Bo Cho", [WAIT, FARE])]


def test_words_without_marks_are_signed_between_two_signatures_only() -> None:
    found = signed(PLAIN, "— Ann Lee", WAIT, "— Bo Cho", PLAIN, "— Di Low", FARE, "— Ed Roe")

    assert found == [("Bo Cho", [WAIT]), ("Di Low", [PLAIN]), ("Ed Roe", [FARE])]


@pytest.mark.parametrize("n_paragraphs", [1, 6])
def test_a_byline_signs_nothing_of_the_report_behind_the_last_quotation(n_paragraphs: int) -> None:
    report = [PLAIN] * n_paragraphs

    found = signed(WAIT, "— Ann Lee", FARE, "— Bo Cho", *report, "— Jim Hill", PLAIN, "— Di Low")

    assert found == [("Ann Lee", [WAIT]), ("Bo Cho", [FARE])]


def test_several_paragraphs_without_marks_are_a_report() -> None:
    found = signed(WAIT, "— Ann Lee", PLAIN, PLAIN, "— Jim Hill", FARE, "— Bo Cho")

    assert found == [("Ann Lee", [WAIT]), ("Bo Cho", [FARE])]


@pytest.mark.parametrize("date", ["— Tuesday", "— MAY", "- 3 May", "— Friday, 3 May", "— June."])
def test_days_and_months_sign_nothing(date: str) -> None:
    found = signed(WAIT, date, FARE, "— Bo Cho", WAIT, "— April May Lee")

    assert found == [("Bo Cho", [FARE]), ("April May Lee", [WAIT])]


def test_a_line_cut_at_its_dash_is_too_long() -> None:
    line = "— Di Low, who has".ljust(98, "o") + "."

    found = signed(WAIT, "— Ann Lee", f"{PLAIN} {line}", FARE, "— Bo Cho")

    assert found == [("Ann Lee", [WAIT]), ("Bo Cho", [FARE])]


@pytest.mark.parametrize(
    "paragraphs",
    [
        (WAIT, "— Ann Lee"),
        ("The winners are:", "- Ann Lee, Oslo", "- Bo Cho, Bergen", "- Di Low, Oslo"),
        ("The bus is late.", "— Ann Lee", "The fare is up.", "— Bo Cho"),
        (WAIT, "— Associated Press", FARE, "— Selby News"),
        ("“Late Buses” - Ann Lee", "“The Long Road Home” - Bo Cho"),
        ("“We wait,” said Roe. “We wait long.”", "— Ann Lee", "“We pay,” he said.”", "— Bo Cho"),
        (WAIT, "— said nobody in the town", FARE, "— Ann Lee of the town told us so."),
        (WAIT, "The mayor laughed.", "— Ann Lee", FARE, "The mayor wept.", "— Bo Cho"),
    ],
)
def test_other_dashes_sign_nothing(paragraphs: tuple[str, ...]) -> None:
    assert signed(*paragraphs) == []


def test_lines_without_words_between_them_sign_nothing() -> None:
    found = signed(WAIT, "— Ann Lee", "— Di Low", FARE, "— Bo Cho")

    assert found == [("Ann Lee", [WAIT]), ("Bo Cho", [FARE])]


def test_many_signatures_take_no_longer_than_they_must() -> None:
    told = article("\n\n".join([WAIT, "— Ann Lee"] * 5_000 + [WAIT] * 5_000 + ["— Bo Cho"]))
    apart = quotes.find(told.text, told.sentences)
    began = time.perf_counter()

    found = signatures.find(told.text, told.sentences)
    whole = signatures.marked(apart, found)

    assert (len(found), len(whole)) == (5_001, 10_000)
    assert time.perf_counter() - began < 2  # 0.2 s; comparing each with each adds 1.8 s


@pytest.mark.model
def test_signed_words_are_their_signers() -> None:
    words = "\n\n".join(("Readers told us:", WAIT, "— Ann Lee, teacher", FARE, "— Bo Cho, Oslo"))

    one, two = (found for found in statements_in(words) if found.cue is None)

    assert (one.speaker, one.is_named, one.sentences) == ("Ann Lee", True, (1,))
    assert one.source is not None
    assert one.source.of(words) == "Ann Lee"
    assert [span.of(words) for span in one.content] == [WAIT]
    assert (two.speaker, [span.of(words) for span in two.content]) == ("Bo Cho", [FARE])


@pytest.mark.model
@pytest.mark.parametrize("place", ["France", "Los Angeles", "Selby"])
def test_a_place_signs_nothing(place: str) -> None:
    report = f"The mayor of the town of {place} spoke. The buses in {place} were late again."
    words = "\n\n".join((report, WAIT, f"— {place}", FARE, "— Bo Cho", WAIT, "— Ann Lee"))

    found = [one.source.of(words) for one in statements_in(words) if one.source and not one.cue]

    assert found == ["Bo Cho", "Ann Lee"]


@pytest.mark.model
def test_what_is_said_within_signed_words_is_nested_there() -> None:
    told = "”Mayor Ruth Amari said that the buses were fine. I told her they are not.”"
    words = "\n\n".join((told, "— Ann Lee", FARE, "— Bo Cho"))

    found = statements_in(words)

    assert [one.speaker for one in found if one.nested_in is None] == ["Ann Lee", "Bo Cho"]
    assert [(one.speaker, one.nested_in) for one in found[1:-1]] == [("Ruth Amari", 0)]


@pytest.mark.model
def test_a_single_line_leaves_the_quotation_as_it_was() -> None:
    words = "\n\n".join((WAIT, "— Ann Lee"))

    assert all(one.source is None for one in statements_in(words))
