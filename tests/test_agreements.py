"""Which sentences tell of an agreement, and whose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from briefer.passages import agreements, parties
from briefer.schema import ActorKind, Character, CleanArticle, Span, Tags
from tests.fakes import character, cleaned

QUIET = Tags(fact=0.3, dissent=0.02, agreement=0.02, speech=0.1)
AGREED = replace(QUIET, agreement=0.9)


def party(article: CleanArticle, name: str, *words: str, kind: ActorKind = "state") -> Character:
    """Somebody whom the syntax makes a party to those words of agreeing."""
    pacts = tuple(
        Span(article.text.index(word), article.text.index(word) + len(word)) for word in words
    )
    return replace(character(article, name), kind=kind, pacts=pacts)


def test_agreement_takes_the_terms_that_follow_it() -> None:
    article = cleaned(
        "Lyr and Tessmark signed a treaty. Under it both pay half. Rain fell on the crowd."
    )
    both = [party(article, name, "signed") for name in ("Lyr", "Tessmark")]

    found = agreements.find(article, [AGREED, replace(QUIET, agreement=0.2), QUIET], both)

    assert [(one.sentences, one.parties) for one in found] == [((0, 1), ("Lyr", "Tessmark"))]


def test_words_of_agreeing_are_gone_through_once_however_many_sentences_there_are() -> None:
    walks: list[str] = []

    class Watched(tuple[Span, ...]):
        def __iter__(self) -> Iterator[Span]:
            walks.append("through")
            return super().__iter__()

    article = cleaned("Lyr signed a treaty. " + "Rain fell on the crowd. " * 40)
    lyr = party(article, "Lyr", "signed")

    agreements.find(
        article, [replace(QUIET, agreement=0.001)] * 41, [replace(lyr, pacts=Watched(lyr.pacts))]
    )

    assert walks == ["through"]


def test_pacts_are_in_the_sentences_of_their_words() -> None:
    article = cleaned("Lyr and Tessmark signed a treaty. Rain fell. The Senate approved it.")
    everybody = [
        party(article, "Lyr", "signed"),
        party(article, "Tessmark", "signed"),
        party(article, "Senate", "approved"),
    ]

    assert parties.pacts_in(article, everybody) == [
        [("Lyr", "signed"), ("Tessmark", "signed")],
        [],
        [("Senate", "approved")],
    ]


def test_agreements_of_different_parties_stay_apart() -> None:
    article = cleaned(
        "Lyr and Tessmark signed a treaty. The Senate approved the budget by 51 to 9."
    )
    everybody = [
        party(article, "Lyr", "signed"),
        party(article, "Tessmark", "signed"),
        party(article, "Senate", "approved", kind="organisation"),
    ]

    found = agreements.find(article, [AGREED, AGREED], everybody)

    assert {one.parties for one in found} == {("Lyr", "Tessmark"), ("Senate",)}


def test_done_pact_counts_where_the_tagger_doubts() -> None:
    article = cleaned("Lyr and Tessmark agreed on a truce.")
    doubtful = replace(QUIET, agreement=0.15)
    silent = [party(article, "Lyr"), party(article, "Tessmark")]
    agreeing = [party(article, name, "agreed") for name in ("Lyr", "Tessmark")]

    assert agreements.find(article, [doubtful], agreeing)
    assert agreements.find(cleaned("Lyr and Tessmark seek to end it."), [doubtful], silent) == ()


def test_talks_and_wishes_are_no_agreement() -> None:
    words = "Lyr and Tessmark are in talks and hope that they could sign it."
    article = cleaned(words)
    both = [party(article, "Lyr"), party(article, "Tessmark")]

    assert agreements.find(article, [replace(QUIET, agreement=0.5)], both) == ()


def test_one_person_agrees_with_nobody() -> None:
    article = cleaned("Ann Lee accepted it.")
    alone = [party(article, "Ann Lee", "accepted", kind="person")]

    assert agreements.find(article, [replace(QUIET, agreement=0.3)], alone) == ()


def test_agreement_without_any_party_is_none() -> None:
    article = cleaned("It was agreed to wait.")

    assert agreements.find(article, [AGREED], ()) == ()


def test_sentence_that_only_may_tell_of_one_is_not_sure() -> None:
    article = cleaned("Lyr and Tessmark keep the truce.")
    both = [party(article, "Lyr"), party(article, "Tessmark")]

    found = [
        agreements.find(article, [replace(QUIET, agreement=odds)], both)
        for odds in (0.3, 0.9, 0.99)
    ]

    assert [[one.is_sure for one in passages] for passages in found] == [[], [False], [True]]


def test_what_must_still_be_agreed_is_sure_only_with_better_odds() -> None:
    must, done = "Lyr and Tessmark must approve the treaty.", "Lyr and Tessmark keep the treaty."

    def is_sure(words: str, odds: float) -> bool:
        article = cleaned(words)
        both = [party(article, "Lyr"), party(article, "Tessmark")]
        return agreements.find(article, [replace(QUIET, agreement=odds)], both)[0].is_sure

    assert is_sure(done, 0.98)
    assert not is_sure(must, 0.98)
    assert is_sure(must, 0.999)


def test_two_countries_are_the_states_that_the_article_is_about() -> None:
    article = cleaned("The two countries agreed to meet. Lyr hailed it, and so did Tessmark.")
    both = [party(article, "Lyr"), party(article, "Tessmark")]

    assert parties.find(article, (0,), both) == ("Lyr", "Tessmark")


def test_surest_agreement_comes_first() -> None:
    article = cleaned("Lyr agreed to wait. Rain fell. Snow fell. Tessmark and Lyr signed a treaty.")
    both = [party(article, "Lyr", "agreed", "signed"), party(article, "Tessmark", "signed")]
    tags = [replace(QUIET, agreement=0.6), QUIET, QUIET, AGREED]

    found = agreements.find(article, tags, both)

    assert [one.sentences for one in found] == [(3,), (0,)]


def test_parties_stand_in_the_order_of_the_text() -> None:
    article = cleaned("Lyr signed a treaty with Tessmark. Oruba was not there.")
    everybody = [
        party(article, "Oruba"),
        party(article, "Tessmark", "treaty"),
        party(article, "Lyr", "signed"),
    ]

    assert parties.find(article, (0,), everybody) == ("Lyr", "Tessmark")


@pytest.mark.parametrize(
    "words",
    [
        "The two sides agreed to meet again in May.",
        "They also agreed to meet again in May.",
        "Under the deal half of it is paid in May.",
        "The treaty runs for ten years.",
    ],
)
def test_both_sides_are_those_named_before(words: str) -> None:
    assert parties.find(cleaned(words), (0,), (), ("Lyr", "Tessmark")) == ("Lyr", "Tessmark")


def test_they_are_another_pair_where_the_last_sentence_names_one() -> None:
    article = cleaned("Ann Lee accused Jo Dole of copying it. They settled.")
    pair = [party(article, name, kind="person") for name in ("Ann Lee", "Jo Dole")]
    former = [
        replace(character(cleaned("Sam Hall"), "Sam Hall"), kind="person", mentions=()),
        replace(character(cleaned("Tom Poe"), "Tom Poe"), kind="person", mentions=()),
    ]

    found = parties.find(article, (1,), [*pair, *former], ("Sam Hall", "Tom Poe"))

    assert found == ("Ann Lee", "Jo Dole")


def test_they_stay_the_parties_before_where_the_last_sentence_names_others_beside_one() -> None:
    article = cleaned("Lyr and Oruba met. They settled.")
    everybody = [party(article, name) for name in ("Lyr", "Oruba")]
    former = replace(character(cleaned("Tessmark"), "Tessmark"), kind="state", mentions=())

    found = parties.find(article, (1,), [*everybody, former], ("Lyr", "Tessmark"))

    assert found == ("Lyr", "Tessmark")


def test_nameless_partners_are_those_of_the_agreement_before() -> None:
    article = cleaned("The two parties have agreed to freeze the levy.")
    nameless = party(article, "parties", "agreed", kind="group")

    found = parties.find(article, (0,), [nameless], ("Civic Union", "Farmers' League"))

    assert found == ("Civic Union", "Farmers' League")


def test_they_are_the_two_named_together_last() -> None:
    article = cleaned("Oruba looked on. Lyr and Tessmark had quarrelled. They agreed to wait.")
    everybody = [party(article, name) for name in ("Oruba", "Lyr", "Tessmark")]

    assert parties.find(article, (2,), everybody) == ("Lyr", "Tessmark")


def test_common_noun_brings_whose_it_is() -> None:
    article = cleaned("Yesterday representatives of 111 countries have adopted a ban.")
    nameless = party(article, "representatives", "adopted", kind="group")

    assert parties.find(article, (0,), [nameless]) == ("representatives of 111 countries",)


def test_voting_body_is_the_party_where_nobody_is_known() -> None:
    article = cleaned("On Tuesday, the Oruban Senate approved the budget.")

    assert parties.find(article, (0,), ()) == ("Oruban Senate",)


def test_people_and_bodies_named_in_one_list_are_not_mixed() -> None:
    article = cleaned("Ann Lee and Lyr went home. Tessmark and Oruba share the cost.")
    everybody = [
        party(article, "Ann Lee", kind="person"),
        *(party(article, name) for name in ("Lyr", "Tessmark", "Oruba")),
    ]

    assert parties.find(article, (0, 1), everybody) == ("Tessmark", "Oruba")


def test_place_of_the_dateline_is_no_party() -> None:
    article = cleaned("SELMOR, Tarvia, March 3 (CW) - The deal with Lyr was welcomed in Oruba.")
    everybody = [party(article, name) for name in ("SELMOR", "Tarvia", "CW", "Lyr")]

    assert parties.find(article, (0,), everybody) == ("Lyr",)


def test_nameless_pair_gives_way_to_those_with_names() -> None:
    article = cleaned("The union and Sula Line reached it; captains and engineers stay out.")
    everybody = [
        party(article, "captains", kind="group"),
        party(article, "engineers", kind="group"),
        party(article, "Sula Line", kind="organisation"),
    ]

    assert parties.find(article, (0,), everybody) == ("Sula Line",)


def test_panel_that_decides_is_the_only_party() -> None:
    article = cleaned("A House panel voted to hold him in contempt of Congress.")
    everybody = [
        party(article, "House panel", "voted", kind="organisation"),
        party(article, "Congress", kind="organisation"),
    ]

    assert parties.find(article, (0,), everybody) == ("House panel",)


def test_nameless_party_is_called_as_the_sentence_calls_it() -> None:
    article = cleaned("Growers met. Kenyan growers signed a pact with Lyr.")
    growers = replace(
        party(article, "growers", "signed", kind="group"),
        mentions=(Span(article.text.index("Kenyan"), article.text.index(" signed")),),
    )

    found = parties.find(article, (1,), [growers, party(article, "Lyr", "pact")])

    assert found == ("Kenyan growers", "Lyr")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The companies signed it with Lyr and Tessmark.", ("Lyr", "Tessmark")),
        ("The companies signed it with Lyr.", ("companies", "Lyr")),
        ("The members signed it with Lyr.", ("Lyr",)),
    ],
)
def test_noun_that_stands_for_the_named_is_no_party_beside_them(
    words: str, expected: tuple[str, ...]
) -> None:
    article = cleaned(words)
    names = (name for name in ("companies", "members", "Lyr", "Tessmark") if name in words)
    everybody = [party(article, name, "signed") for name in names]

    assert parties.find(article, (0,), everybody) == expected


def test_owner_of_the_body_that_agreed_is_not_named_twice() -> None:
    article = cleaned("Lyr's parliament approved it, and Lyr signed the treaty.")
    body = party(article, "Lyr's parliament", "approved", kind="organisation")

    found = parties.find(article, (0,), [party(article, "Lyr", "signed"), body])

    assert found == ("Lyr's parliament",)


def test_three_parties_are_three_bodies_and_no_people() -> None:
    article = cleaned(
        "Ann Lee met Jo Dole. Greens, Reds and Blues had quarrelled. The three parties agreed."
    )
    everybody = [
        *(party(article, name, kind="person") for name in ("Ann Lee", "Jo Dole")),
        *(party(article, name, kind="organisation") for name in ("Greens", "Reds", "Blues")),
    ]

    assert parties.find(article, (2,), everybody) == ("Greens", "Reds", "Blues")


def test_committee_is_called_after_whose_it_is() -> None:
    article = cleaned("The committee of creditors approved it.")

    found = parties.find(article, (0,), [party(article, "committee", "approved", kind="group")])

    assert found == ("committee of creditors",)


@pytest.mark.parametrize(
    ("words", "body", "found"),
    [
        ("The crew agreed on a route.", "crew", []),
        ("The committee agreed on a route.", "committee", [("committee",)]),
        ("Norland agreed on a route.", "Norland", [("Norland",)]),
    ],
)
def test_nameless_body_alone_agrees_with_nobody_unless_it_decides(
    words: str, body: str, found: list[tuple[str, ...]]
) -> None:
    article = cleaned(words)
    alone = party(article, body, "agreed", kind="group")

    passages = agreements.find(article, [replace(QUIET, agreement=0.45)], [alone])

    assert [one.parties for one in passages] == found
