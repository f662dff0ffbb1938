"""Names told whole, told apart, folded; what kind of thing they plainly stand for."""

from __future__ import annotations

import pytest

from briefer.mentions import acronyms
from tests.parsing import cast, forms

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("The Alliance to Keep Our Harbours (AKOH) marched on Monday.",
         "Alliance to Keep Our Harbours"),
        ("The Hale County Coroner's Office said no.", "Hale County Coroner's Office"),
        ("The report was made by the Center on Poverty and Inequality.",
         "Center on Poverty and Inequality"),
        ("She met the federal Securities and Exchange Commission on Monday.",
         "Securities and Exchange Commission"),
    ],
)  # fmt: skip
def test_body_has_its_whole_name(words: str, name: str) -> None:
    assert name in cast(words)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Department of Veterans Affairs", "VA"),
        ("University of Oklahoma", "OU"),
        ("Centers for Disease Control and Prevention", "CDC"),
        ("World Health Organization", "WHO"),
    ],
)
def test_name_is_known_by_the_letters_of_its_words(name: str, form: str) -> None:
    assert form in set(acronyms.forms(name))


def test_acronym_in_brackets_need_not_be_spelled_by_the_name() -> None:
    words = "The Orban Workers' Party (PKO) met on Monday. The PKO said no."

    assert forms(cast(words)["Orban Workers' Party"]) == {"Orban Workers' Party", "PKO"}


def test_two_people_joined_by_and_are_two() -> None:
    found = cast("Ruth Amari and Paul Novak sang. The judge ordered Amari and Novak to pay.")

    assert forms(found["Ruth Amari"]) == {"Ruth Amari", "Amari"}
    assert forms(found["Paul Novak"]) == {"Paul Novak", "Novak"}


def test_suffix_and_initial_do_not_part_a_person() -> None:
    words = "Robert S. Maller III spoke on Monday. Robert Maller left. Maller came back."

    assert forms(cast(words)["Robert S. Maller III"]) == {
        "Robert S. Maller III",
        "Robert Maller",
        "Maller",
    }


def test_name_before_the_wedding_is_folded() -> None:
    words = "Ellen Fetter wrote the programs. Years later Ellen Gold, née Fetter, spoke of them."

    assert {"Ellen Fetter", "Ellen Gold"} <= forms(cast(words)["Ellen Fetter"])


@pytest.mark.parametrize(
    ("words", "name", "kind"),
    [
        ("Eluned Parr, 21, died on Monday.", "Eluned Parr", "person"),
        ("Farmers want to join the state of Jefferton. Jefferton would be small.", "Jefferton",
         "place"),
        ("Officers were sent to the 15700 block of Tafton Lane on Monday.", "Tafton Lane", "place"),
        ("An eastbound Hyundai turned onto the tracks on Monday.", "Hyundai", "other"),
        ("The merits of the EB-5 program were debated. Investors like EB-5.", "EB-5", "other"),
    ],
)  # fmt: skip
def test_kind_is_plain_from_the_words_beside(words: str, name: str, kind: str) -> None:
    assert cast(words)[name].kind == kind


def test_mister_is_not_folded_into_a_woman() -> None:
    words = "Michelle Novak danced. Mr. Novak said that Mr. Novak would not dance."

    assert forms(cast(words)["Michelle Novak"]) == {"Michelle Novak"}


@pytest.mark.parametrize(
    ("words", "name", "kind"),
    [
        ("Van R. Newkirk II, a writer for the magazine, said no.", "Van R. Newkirk II", "person"),
        ("The suit against Aaron Fitz Construction was filed.", "Aaron Fitz Construction",
         "organisation"),
    ],
)  # fmt: skip
def test_kind_is_plain_from_the_name(words: str, name: str, kind: str) -> None:
    assert cast(words)[name].kind == kind


def test_earl_after_a_governors_title_is_a_given_name() -> None:
    assert "Earl Novak" in cast("Gov. Earl Novak of West Virginia lauded the plan on Monday.")


def test_mister_may_have_a_given_name_of_either_gender() -> None:
    found = cast("Robin Thorne sang on Monday. Mr. Thorne said that Mr. Thorne was glad.")

    assert forms(found["Robin Thorne"]) == {"Robin Thorne", "Thorne"}


def test_firm_with_an_ampersand_is_one_though_a_half_is_somebodys_surname() -> None:
    words = (
        "Ruth Harrow spoke. Novak & Harrow bought the port of Tessmark in May. "
        "In June Novak & Harrow sold it to the city of Lyr."
    )

    assert "Novak & Harrow" in cast(words)


@pytest.mark.parametrize(
    ("words", "name", "others"),
    [
        (
            "The Justice Department sued. The Department of Justice won.",
            "Department of Justice",
            {"Justice Department"},
        ),
        (
            "The United Nations Food Agency met. The U.N. Food Agency paid.",
            "United Nations Food Agency",
            {"U.N. Food Agency"},
        ),
        (
            "Ruth Tess Amari sang on Monday. R.T. Amari sang again.",
            "Ruth Tess Amari",
            {"R.T. Amari"},
        ),
    ],
)
def test_two_ways_to_write_a_name_are_one(words: str, name: str, others: set[str]) -> None:
    found = cast(words)

    assert forms(found[name]) == {name, *others}


def test_branch_in_a_country_is_not_the_firm() -> None:
    found = cast("Yorvik said it would sell its stake in Yorvik Japan. Yorvik did so on Monday.")

    assert {"Yorvik", "Yorvik Japan"} <= found.keys()


def test_somebody_with_a_countrys_name_is_a_person() -> None:
    found = cast("Rep. Jim Jordan, a Republican, said so. Jordan asked it twice.")

    assert found["Jim Jordan"].kind == "person"


def test_letter_changed_in_a_quotation_is_no_name() -> None:
    found = cast('"[W]e will pay," Ruth Amari said. "W]e must pay," she said.')

    assert not any("]" in name for name in found)


@pytest.mark.parametrize(
    "name",
    [
        "World Travel and Tourism Council",
        "Hazmar-Ilyar Joint Commission for Economic, Trade and Technical Cooperation",
    ],
)
def test_name_with_and_or_commas_inside_is_whole(name: str) -> None:
    assert name in cast(f"That is what the {name} said on Monday.")


def test_family_is_not_its_member() -> None:
    found = cast(
        "Taffi Dollar spoke. The Dollars live in Selby. Dollar owns it, Taffi Dollar said."
    )

    assert "Dollars" not in found or len(found["Dollars"].entity.names) == 1


def test_states_that_share_a_word_are_two() -> None:
    found = cast("North and South Korea will send one team. The North agreed on Monday.")

    assert "North" in forms(found["North Korea"])
    assert "South Korea" in found


def test_compass_point_alone_is_no_surname() -> None:
    found = cast("Kanye West sang on Monday. West left early, and the crowd cheered West.")

    assert forms(found["Kanye West"]) == {"Kanye West", "West"}


def test_house_is_the_house_of_representatives() -> None:
    found = cast(
        "The United States House of Representatives voted on Monday. The House passed the bill."
    )

    assert "House" in forms(found["United States House of Representatives"])


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("The lecturers signed a memorandum of understanding (MoU). The MoU ends in May.", "MoU"),
        ("October is National Baking Month in the country.", "National Baking Month"),
        ("The strain H5N1 was found in a duck.", "H5N1"),
        ("The Thalia, renamed the Ruth, left the port of Hale. The Ruth sank.", "Ruth"),
        ("Teachers wrote the Common Harbour School Standards.", "Common Harbour School Standards"),
    ],
)
def test_plain_thing_never_acts(words: str, name: str) -> None:
    member = cast(words).get(name)

    assert member is None or member.is_thing


def test_committee_for_a_budget_is_a_body() -> None:
    found = cast("The Committee for a Fair Budget warned the mayor on Monday.")

    assert not found["Committee for a Fair Budget"].is_thing


@pytest.mark.parametrize(
    ("words", "name", "kind"),
    [
        ("The Petrenkos wept. Ruth Amari thanked the Petrenkos.", "Petrenkos", "group"),
        ("Super PACs spent more. The mayor blamed Super PACs.", "Super PACs", "group"),
        ('Brad Smith, the company\'s general council, said no. "Never," Smith said.',
         "Brad Smith", "person"),
    ],
)  # fmt: skip
def test_kind_is_told_by_number_and_by_full_name(words: str, name: str, kind: str) -> None:
    assert cast(words)[name].kind == kind


@pytest.mark.parametrize("words", ["Islam is old.", "Bank managers knew of it."])
def test_faith_and_first_noun_of_a_sentence_are_no_names(words: str) -> None:
    assert not cast(words)


def test_side_and_seat_are_no_part_of_a_name() -> None:
    found = cast("She spoke from Google HQ. The pro-Amari Harbour Forward Action paid for it.")

    assert "Google" in found
    assert not any("pro" in name for name in found)


@pytest.mark.parametrize(
    ("words", "name", "form"),
    [
        ("Ruth Holt won on Monday. In May Democrat Holt beat Ann Petersen by ten votes.",
         "Ruth Holt", "Democrat Holt"),
        ("Nelson Petrov Jr. drove. Later Petrov Jr. crashed.", "Nelson Petrov Jr.", "Petrov Jr."),
        ("Mohammed Amari spoke on Monday. Mohamed Amari left.", "Mohammed Amari", "Mohamed Amari"),
        ("Islamic State fighters fled. ISIL lost the town, and ISIS left.", "Islamic State",
         "ISIL"),
    ],
)  # fmt: skip
def test_one_name_has_several_spellings(words: str, name: str, form: str) -> None:
    assert form in forms(cast(words)[name])


def test_chamber_of_a_speaker_is_no_part_of_the_name() -> None:
    found = cast("The Speaker of the House Nancy Amari said no on Monday.")

    assert "Nancy Amari" in found
