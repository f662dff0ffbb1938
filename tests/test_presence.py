"""Who only stands in a text and does nothing in it; who is met under two names."""

from __future__ import annotations

import pytest

from tests.parsing import actors_in, read

pytestmark = pytest.mark.model


def names(words: str) -> set[str]:
    """Those who count for something."""
    return {found.name for found in actors_in(words) if found.salience > 0}


def test_state_that_only_stands_in_the_text_may_still_be_a_party() -> None:
    walk = "Ruth Amari walked a path in Spain. Amari likes the food of Spain. Amari is fine."

    assert [one.salience for one in actors_in(walk) if one.name == "Spain"] == [0]


def test_who_reported_and_who_signed_are_no_actors() -> None:
    words = (
        "HARROW (Corvus) - The mayor of Harrow, Ruth Amari, closed the port on Monday.\n\n"
        "Paul Novak - Harrow Gazette"
    )

    found = names(words)

    assert "Ruth Amari" in found
    assert found.isdisjoint({"Corvus", "Paul Novak"})


TALK = (
    "The harbour master, Ruth Amari, spoke about her pier on Sunday's show.\n\n"
    "“NOVAK: Why close it now, and what does Anna Lindqvist say?\n\n"
    "“AMARI: We have no money for it, and I would not let my children walk on it.\n\n"
    "“The storm of last year took our whole reserve, and nobody helped us.\n\n"
    "“NOVAK: Have you asked the shopkeepers?\n\n"
    "“AMARI: I asked all of them in the spring, and they wrote to Elin Berg at once."
)


def test_who_only_asks_or_is_asked_about_is_no_actor() -> None:
    _, found = read(TALK, "Amari defends her plan")

    acting = {one.name.casefold() for one in found if one.salience > 0}
    assert "ruth amari" in acting
    assert acting.isdisjoint({"novak", "anna lindqvist"})


def test_author_named_only_in_a_note_is_an_actor() -> None:
    piece = "The council surely must not tear down our pier. It is simply wrong, and I say so."
    note = "Ruth Amari is the former mayor of Harrow."

    _, found = read(f"{piece} {piece} {piece} {piece}\n\n{note}", "Opinion: Keep the pier")

    assert [one.salience for one in found if one.name == "Ruth Amari"] == [0.7]


def test_administration_is_not_its_president_too() -> None:
    found = names("The Novak administration closed the port on Monday, voters said.")

    assert "Novak" not in found
    assert "Novak administration" in found


def test_museum_where_something_happens_does_nothing() -> None:
    assert "Hale Museum" not in names("Ruth Amari spoke at the Hale Museum on Monday.")
    assert "Hale Museum" in names("The Hale Museum dismissed Ruth Amari on Monday.")


def test_state_that_is_only_a_place_does_nothing() -> None:
    walk = "Ruth Amari walked a path in Spain. Amari likes the food of Spain. Amari is fine."

    assert "Spain" not in names(walk)
    assert "Spain" in names("Spain closed the path on Monday.")


def test_singer_is_the_one_named_before() -> None:
    found = names("Ruth Amari opened the races on Monday. The singer will be on stage for an hour.")

    assert "Ruth Amari" in found
    assert "singer" not in found


def test_driver_is_somebody_else_than_the_one_named_before() -> None:
    assert "driver" in names("Ruth Amari was hit by a van on Monday. The driver fled the scene.")


def test_government_of_a_state_is_the_state() -> None:
    found = names("Iran closed the port on Monday. The Iranian government gave no reason.")

    assert "Iran" in found
    assert not any("government" in name for name in found)


def test_police_are_the_only_force_that_is_named() -> None:
    found = names("The Harrow Police Department arrested two men. Police said they were armed.")

    assert "Harrow Police Department" in found
    assert "Police" not in found


def test_house_is_not_the_white_house() -> None:
    found = {
        one.name: one.aliases
        for one in actors_in(
            "The White House said no. House Speaker Paul Novak said that the House would vote."
        )
    }

    assert "House" not in found["White House"]


def test_judge_of_the_lead_is_the_one_named_later() -> None:
    found = names(
        "A federal judge threw out the order on Friday. U.S. District Judge Ruth Amari said that "
        "the order was void."
    )

    assert "Ruth Amari" in found
    assert "federal judge" not in found


def test_agency_is_the_department_named_before() -> None:
    found = names(
        "The Department of Fisheries closed the bay on Monday. "
        "The agency said that the bay would open in May."
    )

    assert found == {"Department of Fisheries"}


def test_government_is_not_the_office_that_reviews_it() -> None:
    found = names(
        "The Government Accountability Office reported on Monday. "
        "The government said it would pay, and the government was praised."
    )

    assert found == {"Government Accountability Office", "government"}


def test_state_of_little_salience_is_left_out() -> None:
    story = "Ruth Amari won against Spain. Rain fell. " * 2 + "Snow fell on Selby on Monday. " * 9

    assert "Ruth Amari" in names(story)
    assert "Spain" not in names(story)


@pytest.mark.parametrize(
    "words",
    [
        "The film stars Earl Low as billionaire Adrian Stone. Stone has a boat.",
        "He came to school dressed as Adrian Stone. Stone is in every shop.",
        "Earl Low signed on for the role of Adrian Stone. The show begins in May.",
    ],
)
def test_part_that_is_played_is_no_actor(words: str) -> None:
    assert "Adrian Stone" not in names(words)


def test_who_is_played_and_speaks_is_one() -> None:
    words = (
        "The film stars Earl Low as the mayor, Ruth Amari. Amari said that she had seen it. "
        "Amari praised the director."
    )

    assert "Ruth Amari" in names(words)


def test_names_of_headings_links_and_photographs_do_nothing() -> None:
    words = (
        "Joel Berg / AP\n\nResidents of Selby protested on Monday against the mayor, Ruth Amari. "
        "Amari rejected the criticism. Read: Paul Novak Defends Harbour Comments: 'Nobody Was Told'"
    )

    found = names(words)

    assert "Ruth Amari" in found
    assert not any("Novak" in name or "Berg" in name for name in found)


@pytest.mark.parametrize(
    "where",
    [
        "A bomb went off in a crowded Elmsea neighborhood. Police found another one in Elmsea.",
        "The tree stands in front of the Elmsea Center. It was cut down by Ruth Amari.",
        "Her daughter is happy at Elmsea School 12. She sings there.",
    ],
)
def test_where_something_happens_is_no_actor(where: str) -> None:
    assert not any("Elmsea" in name for name in names(where))


def test_state_whose_ministry_speaks_does_nothing_itself() -> None:
    words = (
        "New Zealand volcanologist Ruth Amari said on Monday that the island was growing. The "
        "photo was released by New Zealand's ministry. Amari works for a New Zealand agency."
    )

    assert "New Zealand" not in names(words)


def test_states_are_teams_in_a_match() -> None:
    words = (
        "Italy beat Israel 3-0 in a qualifier on Saturday. Their striker scored two goals after "
        "halftime. Israel played without their goalkeeper. Italy won again."
    )
    kinds = {found.name: found.kind for found in actors_in(words)}

    assert kinds["Italy"] == "organisation"


@pytest.mark.parametrize(
    "second",
    [
        "Italy scored points, scoring its goals, defenders and a defender of the accord said.",
        "Italy scored its goals before the semifinals of a semifinal, scoring points.",
    ],
)
def test_states_stay_states_without_many_words_of_sport(second: str) -> None:
    words = f"Italy attacked Israel on Saturday, its ministers said. {second} Italy won again."
    kinds = {found.name: found.kind for found in actors_in(words)}

    assert kinds["Italy"] == "state"


@pytest.mark.parametrize(
    ("words", "outlet"),
    [
        ("The mayor, Ruth Amari, resigned on Monday, the Hale Times reported.", "Hale Times"),
        ('"I am tired," Ruth Amari told CNN affiliate KWCH on Monday.', "KWCH"),
        ("Ruth Amari told CNN's Jake Tapper that she would rest.", "Jake Tapper"),
        ("Ruth Amari resigned, Russia's state-run Tass news agency reported.", "Tass news agency"),
    ],
)
def test_outlet_or_reporter_that_is_only_cited_is_no_actor(words: str, outlet: str) -> None:
    assert not any(outlet in name for name in names(words))


def test_outlet_with_an_act_of_its_own_is_one() -> None:
    assert "BBC" in names("The BBC fired its editor on Monday. Ruth Amari told the BBC to stop.")


def test_short_sentence_of_names_is_no_heading() -> None:
    words = (
        "British Prime Minister Theresa Amari Met French President Emmanuel Novak. "
        "It rained in the town on Monday, and nobody came."
    )

    assert any("Novak" in name for name in names(words))


def test_police_of_two_states_are_two_actors() -> None:
    found = names(
        "Turkish police said on Monday that they had arrested the man. British police had warned "
        "of the plot. Turkish police praised their help. British police said the man was 24."
    )

    assert {"Turkish police", "British police"} <= found


def test_bare_police_are_those_last_called_so() -> None:
    words = (
        "Turkish police arrested a man on Monday. British police had warned of him. Police said "
        "the man was 24."
    )
    found = {one.name: len(one.mentions) for one in actors_in(words)}

    assert found["British police"] + found.get("police", 0) == 2
    assert found["Turkish police"] == 1
