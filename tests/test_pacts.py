"""Who is a party to what was agreed, by syntax."""

from __future__ import annotations

import pytest

from tests.parsing import actors_in, article

pytestmark = pytest.mark.model


def agreeing(words: str) -> dict[str, list[str]]:
    """Each actor that is a party to something, with the words of agreeing."""
    text = article(words).text
    return {
        one.name: [word.of(text) for word in one.pacts] for one in actors_in(words) if one.pacts
    }


def test_subjects_of_a_verb_of_agreeing_are_parties() -> None:
    found = agreeing("France and Germany agreed on Monday to share the cost.")

    assert found == {"France": ["agreed"], "Germany": ["agreed"]}


def test_partner_named_after_with_is_a_party() -> None:
    found = agreeing("Toyota signed a contract with Germany on Monday.")

    assert set(found) == {"Toyota", "Germany"}


def test_those_that_a_deal_is_between_are_parties() -> None:
    found = agreeing("The treaty between France and Germany holds.")

    assert found == {"France": ["treaty"], "Germany": ["treaty"]}


def test_body_that_votes_is_a_party() -> None:
    assert agreeing("The Senate approved the budget on Tuesday.") == {"Senate": ["approved"]}


def test_body_of_a_passive_vote_is_a_party() -> None:
    assert "Congress" in agreeing("The law was passed by Congress in May.")


@pytest.mark.parametrize(
    ("words", "body"),
    [
        ("The Senate passed the budget by 121 votes to 98.", "Senate"),
        ("The budget was passed by 121 votes to 98 in the Senate.", "Senate"),
        ("The law was adopted by a majority of Congress.", "Congress"),
    ],
)
def test_tally_is_not_who_passed_something(words: str, body: str) -> None:
    assert list(agreeing(words)) == [body]


def test_those_represented_are_the_parties() -> None:
    found = agreeing("Representatives of Egypt and Sudan reached an agreement on the dam.")

    assert set(found) == {"Egypt", "Sudan"}


@pytest.mark.parametrize(
    "words",
    [
        "France and Germany hope to sign a treaty.",
        "France has not agreed with Germany.",
        "France could sign a deal with Germany.",
        "France failed to reach an agreement with Germany.",
        "France will withdraw if Germany signs the treaty.",
        "France is seeking a deal with Germany.",
        "France rejected any deal with Germany.",
        "France claimed that Germany had agreed.",
        "The company approved the budget.",
    ],
)
def test_what_is_sought_denied_or_possible_is_no_pact(words: str) -> None:
    assert agreeing(words) == {}


@pytest.mark.timeout(60)  # the way up to a verb once had no end where there is none
def test_sentence_without_a_verb_agrees_on_nothing() -> None:
    assert agreeing("A joint statement of France and Germany. Joint talks in Paris.") == {}


@pytest.mark.parametrize(
    "words",
    [
        "France promised to help Germany.",
        "France is accepting comments from Germany.",
        "France and Germany held a joint press conference.",
        "France might buy Renault from Germany.",
        "Most Republicans voted against the bill.",
    ],
)
def test_one_sides_promise_is_no_pact(words: str) -> None:
    assert agreeing(words) == {}


@pytest.mark.parametrize(
    "words",
    [
        "France and Germany pledged to share the cost.",
        "France and Germany will send a combined team to the games.",
        "France and Germany issued a joint statement on Monday.",
        "France accepted an offer that was made by Germany, and agreed with Germany on the rest.",
    ],
)
def test_what_two_do_together_is_a_pact(words: str) -> None:
    assert set(agreeing(words)) == {"France", "Germany"}


def test_announced_sale_is_a_pact_of_both_sides() -> None:
    found = agreeing("Toyota said it will buy Scania from Volkswagen for 3 billion dollars.")

    assert set(found) == {"Toyota", "Volkswagen"}


def test_what_is_sold_is_a_party_where_no_other_side_is_named() -> None:
    assert set(agreeing("Toyota will buy Scania for 3 billion dollars.")) == {"Toyota", "Scania"}


def test_firm_with_an_ampersand_is_one_party() -> None:
    found = agreeing("Western & Coal bought Scania from Volkswagen in May.")

    assert set(found) == {"Western & Coal", "Volkswagen"}


def test_share_of_the_voters_is_the_voters() -> None:
    found = agreeing("More than 70 percent of voters approved the new constitution.")

    assert list(found) == ["voters"]


def test_body_that_is_no_actor_is_a_party_under_its_own_words() -> None:
    words = "The bill was passed by the Oruban House of Deputies on Monday."

    (party,) = (one for one in actors_in(words) if one.pacts)

    assert party.name == "Oruban House of Deputies"


def test_people_that_vote_are_a_party() -> None:
    assert "voted" in agreeing("Egyptians voted to amend the constitution.").get("Egyptians", [])


def test_signing_that_is_only_asked_for_is_no_pact() -> None:
    assert agreeing("The Selby Dockers require members to sign, agreeing to stay.") == {}


def test_which_after_a_comma_is_the_noun_before_it() -> None:
    words = "He pushed for the pullout within his Likud Party, which in a vote approved the plan."

    assert "approved" in agreeing(words)["Likud Party"]


def test_body_that_votes_by_majority_is_the_party_of_a_passive() -> None:
    found = agreeing("The governor was chosen by a voice vote of the Selby Board of Governors.")

    assert any("Board" in name for name in found)


def test_agreeing_to_sign_counts_as_done() -> None:
    assert "sign" in agreeing("France agreed to sign the treaty.")["France"]


def test_place_of_a_dateline_is_no_party() -> None:
    found = agreeing("PARIS (AP) - France and Germany agreed on Tuesday to share the cost.")

    assert "PARIS" not in found
    assert "France" in found
