"""Names folded into people, bodies and states; what else they are called."""

from __future__ import annotations

import pytest

from briefer.mentions import lexicon
from tests.parsing import cast, forms, parse

pytestmark = pytest.mark.model


def described(words: str, name: str) -> list[tuple[str, str]]:
    document = parse(words)
    return [
        (one.form, document[one.start : one.end].text) for one in cast(words)[name].descriptions
    ]


def test_surname_is_folded_into_the_full_name() -> None:
    found = cast("Zalmay Khalilzad met the envoys on Monday. Khalilzad said little.")

    assert forms(found["Zalmay Khalilzad"]) == {"Zalmay Khalilzad", "Khalilzad"}


def test_surname_of_two_is_that_of_the_one_named_more_often() -> None:
    words = (
        "Hori Varata called the tribe. Hori Varata is 75. The whales come, says Varata. "
        "His son, Tom Robert Varata, helped. Varata went on."
    )

    found = cast(words)

    assert len(found["Hori Varata"].entity.names) == 4
    assert len(found["Tom Robert Varata"].entity.names) == 1


def test_thing_known_before_a_person_of_its_name_is_not_that_person() -> None:
    found = cast(
        "As planets go, Mercury doesn't get a lot of love. People search for the Queen singer "
        "Freddy Mercury more often. The moon is about the same size, but Mercury reflects less."
    )

    assert forms(found["Freddy Mercury"]) == {"Freddy Mercury"}
    assert forms(found["Mercury"]) == {"Mercury"}


def test_surname_before_the_full_name_is_that_persons() -> None:
    found = cast(
        "Varata won the vote, and Varata thanked the tribe. On Monday Hori Varata goes home."
    )

    assert forms(found["Hori Varata"]) == {"Hori Varata", "Varata"}


def test_verb_between_two_names_parts_them() -> None:
    found = cast(
        'Bemoaning the "phony system," Lee accused Holt of bias, a review of records says.'
    )

    assert not any("accused" in name for name in found)


def test_acronym_in_brackets_is_folded() -> None:
    found = cast(
        "The World Health Organization (WHO) met in Geneva. The WHO will publish its report."
    )

    assert forms(found["World Health Organization"]) == {"World Health Organization", "WHO"}


def test_state_has_its_listed_names() -> None:
    found = cast("The United States signed the treaty on Monday. The U.S. will pay half of it.")

    assert found["United States"].kind == "state"
    assert forms(found["United States"]) == {"United States", "U.S."}


def test_country_is_not_folded_into_a_body_that_bears_its_name() -> None:
    found = cast("The U.S. Senate voted on Monday. Talks between France and the U.S. go on.")

    assert "U.S." in found or "United States" in found


def test_title_is_no_part_of_the_name() -> None:
    words = "President Ruth Amari signed the treaty. Mr. Novak did not."

    found = cast(words)

    assert {"Ruth Amari", "Novak"} <= set(found)
    assert described(words, "Ruth Amari")[0] == ("title", "President")


@pytest.mark.parametrize(
    ("words", "name", "form", "expected"),
    [
        (
            "Kamal Rashid, the foreign minister of Norland, left on Sunday.",
            "Kamal Rashid",
            "after",
            "the foreign minister of Norland",
        ),
        (
            "The foreign minister, Kamal Rashid, left on Sunday.",
            "Kamal Rashid",
            "before",
            "The foreign minister",
        ),
        ("Police spokesman Kamal Rashid said so.", "Kamal Rashid", "before", "Police spokesman"),
        ("Kamal Rashid is the mayor of Selby.", "Kamal Rashid", "is", "the mayor of Selby"),
    ],
)
def test_descriptions_stand_with_the_name(words: str, name: str, form: str, expected: str) -> None:
    assert (form, expected) in described(words, name)


def test_apposition_of_another_is_not_taken() -> None:
    words = "Adam Ndlovu and his brother Peter, also a former player, were hurt on Sunday."

    assert ("after", "also a former player") not in described(words, "Adam Ndlovu")


@pytest.mark.parametrize(
    ("words", "name", "gender"),
    [
        ("Mrs. Novak spoke first.", "Novak", "f"),
        ("Sir Novak spoke first.", "Novak", "m"),
        ("Maria Kowal, the union's spokeswoman, spoke first.", "Maria Kowal", "f"),
        ("Peter Kowal spoke first.", "Peter Kowal", "m"),
    ],
)
def test_gender_is_told_by_titles_nouns_and_given_names(words: str, name: str, gender: str) -> None:
    assert cast(words)[name].gender == gender


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        ("ministries", "ministry"),
        ("Officials", "official"),
        ("people", "person"),
        ("policemen", "policeman"),
        ("boss", "boss"),
        ("churches", "church"),
        ("crisis", "crisis"),
    ],
)
def test_singular_of_nouns(plural: str, singular: str) -> None:
    assert lexicon.singular(plural) == singular


def test_keys_fold_case_dots_and_articles() -> None:
    assert lexicon.key("The U.S. Senate") == "us senate"
    assert lexicon.key("Côte d’Ivoire") == "côte d'ivoire"


def test_every_word_list_is_lower_case_and_without_doubles() -> None:
    for name in ("person_nouns", "organisation_nouns", "titles", "media_words", "cue_nouns"):
        words = lexicon.lines(name)
        assert len(words) == len(set(words)), name
        assert all(word == word.lower() for word in words), name


def test_every_state_has_a_name_and_four_columns() -> None:
    assert len(lexicon.states()) > 190
    assert lexicon.state_names()["usa"] == "United States"
    assert lexicon.demonyms()["iranian"] == "Iran"
    assert lexicon.capitals()["tehran"] == "Iran"


def test_hyphenated_surname_is_one_name() -> None:
    found = cast("Prime Minister Haider al-Abadi left. Paul Diaz-Ruz stayed. Ruz said little.")

    assert "Haider al-Abadi" in found
    assert forms(found["Paul Diaz-Ruz"]) == {"Paul Diaz-Ruz", "Ruz"}


def test_states_joined_by_a_hyphen_stay_two() -> None:
    assert "Iran-Iraq" not in cast("The Iran-Iraq border is closed.")


def test_body_is_not_folded_into_its_programme() -> None:
    found = cast("The BBC dropped the show. BBC Newsbeat asked fans. The BBC said no more.")

    assert {"BBC", "BBC Newsbeat"} <= set(found)


def test_firm_and_office_are_no_part_of_a_persons_name() -> None:
    names = set(cast("Talks with Harrow CEO Dwight Marsh failed. Marsh left."))

    assert not any("CEO" in name for name in names)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (
            "The Seafarers' and Dockers' Union (SDU) said its members on the routes would vote.",
            "Seafarers' and Dockers' Union",
        ),
        ("Hall told the All Selby Congress that he would stay.", "All Selby Congress"),
        (
            "Critics at Hope and Glory welcomed the vote. Hope and Glory had asked for it.",
            "Hope and Glory",
        ),
    ],
)
def test_name_of_several_words_is_one(words: str, name: str) -> None:
    assert name in cast(words)


@pytest.mark.parametrize(
    ("words", "name", "absent"),
    [
        ("Defense Secretary Ruth Amari said so.", "Ruth Amari", "Defense"),
        ("Secretary of State Ruth Amari said so on Monday.", "Ruth Amari", "State"),
        ("Minister of Public Safety Paul Novak said so.", "Paul Novak", "Public Safety"),
    ],
)
def test_matter_of_an_office_is_no_name(words: str, name: str, absent: str) -> None:
    found = cast(words)

    assert name in found
    assert not any(absent in one for one in found)


def test_other_name_is_folded() -> None:
    found = cast(
        "The Islamic State group, also known as ISIS, said so on Monday. ISIS will fight on."
    )

    assert forms(found["Islamic State"]) == {"Islamic State", "ISIS"}


def test_college_is_known_by_its_letters() -> None:
    found = cast("The University of Oklahoma closed on Monday. OU has been shut since.")

    assert forms(found["University of Oklahoma"]) == {"University of Oklahoma", "OU"}


def test_place_in_a_bodys_name_is_not_the_body() -> None:
    found = cast(
        "The Selby Pastoralists said no on Monday. Rain fell in Selby. Prices rose across Selby."
    )

    assert forms(found["Selby Pastoralists"]) == {"Selby Pastoralists"}


def test_senate_is_not_its_committee() -> None:
    found = cast("The Senate Finance Committee voted on Monday. The Senate will debate it in June.")

    assert forms(found["Senate Finance Committee"]) == {"Senate Finance Committee"}


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("The tanker Nipaya sank on Monday. Nipaya had left Selby.", "Nipaya"),
        ("Hurricane Wanda hit Selby on Monday. It killed two.", "Hurricane Wanda"),
        ('He wrote "Silent Harbour" in 1990. "Silent Harbour" won him fame.', "Silent Harbour"),
    ],
)
def test_ship_storm_and_book_are_things(words: str, name: str) -> None:
    found = cast(words)

    assert found[name].is_thing


def test_quoted_person_is_no_thing() -> None:
    found = cast('"Ruth Amari" was on the list. Mayor Ruth Amari spoke. Amari left.')

    assert not found["Ruth Amari"].is_thing


def test_office_with_its_matter_describes_the_name() -> None:
    words = "British Secretary of State for Defence Ruth Amari said so."

    assert ("before", "British Secretary of State for Defence") in described(words, "Ruth Amari")


def test_clause_tells_what_somebody_heads() -> None:
    words = "Ruth Amari, who heads the Selby Fund, said so."

    assert ("who", "heads the Selby Fund") in described(words, "Ruth Amari")


def test_adjective_that_opens_a_name_belongs_to_it() -> None:
    found = cast('The BBC complained about a "Top Gear" special. The BBC\'s Top Gear team left.')

    assert "Top Gear" in found
    assert "Gear" not in found


def test_name_inside_a_works_title_is_nobody() -> None:
    found = cast('She read "Have You Heard John Preach?" aloud on Monday. Amari listened.')

    assert not any("Preach" in name for name in found)


def test_name_between_two_titles_stays() -> None:
    found = cast('Lily James ("Downton Abbey") and Richard Madden ("Game of Thrones") play it.')

    assert "Richard Madden" in found


def test_given_name_taken_for_a_preposition_stays_in_the_name() -> None:
    found = cast("Amari's lawyer, Per E. Holmsund, said on Monday that the case was closed.")

    assert "Per E. Holmsund" in found
