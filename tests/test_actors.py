"""Who acts: names, kinds, order, roles in the article's own words."""

from __future__ import annotations

import pytest

from briefer import actors, mentions
from briefer.schema import Character, Tags
from tests.parsing import actors_in, article, assembled, parse, statements_in

pytestmark = pytest.mark.model

STORY = (
    "Residents of Port Selby protested on Monday against the closing of the harbour.\n\n"
    'Mayor Ruth Amari rejected the criticism. "We had no money left," Amari said. '
    "She promised to pay the dockers until the spring.\n\n"
    "The Selby Dockers' Union (SDU) voted to go to court. Paul Novak, the union's secretary, "
    "said the SDU had been promised more. The residents cheered when Novak spoke.\n\n"
    "The harbour was built in 1904 by engineers from Hamburg."
)


def by_name(words: str) -> dict[str, Character]:
    return {found.name: found for found in actors_in(words)}


def role(words: str, name: str) -> str | None:
    found = by_name(words)[name].role
    return None if found is None else found.of(article(words).text)


def test_people_bodies_and_groups_are_found_with_their_kinds() -> None:
    found = by_name(STORY)

    assert found["Ruth Amari"].kind == "person"
    assert found["Selby Dockers' Union"].kind == "organisation"
    assert found["Residents"].kind == "group"


def test_aliases_and_mentions_are_folded() -> None:
    found = by_name(STORY)["Selby Dockers' Union"]

    assert "SDU" in found.aliases
    assert [span.of(STORY) for span in found.mentions] == ["Selby Dockers' Union", "SDU", "SDU"]


def test_who_acts_and_speaks_comes_before_who_only_occurs() -> None:
    names = [found.name for found in actors_in(STORY)]

    assert set(names[:3]) >= {"Ruth Amari", "Paul Novak"}
    saliences = [found.salience for found in actors_in(STORY)]
    assert saliences == sorted(saliences, reverse=True)
    assert all(0 <= salience <= 1 for salience in saliences)


def test_mere_place_is_no_actor() -> None:
    assert "Hamburg" not in by_name(STORY)


def test_title_of_the_article_lifts_a_name() -> None:
    plain = {found.name: found.salience for found in actors_in(STORY)}

    lifted = {found.name: found.salience for found in actors_in(STORY, "Novak goes to court")}

    assert lifted["Paul Novak"] > plain["Paul Novak"]


@pytest.mark.parametrize(
    ("words", "name", "expected"),
    [
        (
            "Kamal Rashid, the foreign minister of Norland, said no.",
            "Kamal Rashid",
            "the foreign minister of Norland",
        ),
        ("Norland's foreign minister, Kamal Rashid, said no.", "Kamal Rashid",
         "Norland's foreign minister"),
        ("Police spokesman Kamal Rashid said no.", "Kamal Rashid", "Police spokesman"),
        ("President Kamal Rashid said no.", "Kamal Rashid", "President"),
        (
            "The vice-president for policy, Kamal Rashid, said no.",
            "Kamal Rashid",
            "The vice-president for policy",
        ),
        # Readable only without the pronoun.
        ("The union was angry. Its secretary, Kamal Rashid, said no.", "Kamal Rashid", "secretary"),
        # An honorific after the office is none.
        ("The union's secretary, Dr Kamal Rashid, said no.", "Kamal Rashid",
         "The union's secretary"),
    ],
)  # fmt: skip
def test_role_is_in_the_articles_own_words(words: str, name: str, expected: str) -> None:
    assert role(words, name) == expected


@pytest.mark.parametrize(
    ("words", "name"),
    [
        # Kinship with a pronoun says nothing by itself.
        ("Ann Low wept. Her sister, Kamala Rashid, said no.", "Kamala Rashid"),
        # The apposition belongs to somebody else.
        ("Adam Rashid and his brother Peter, a former player, said no.", "Adam Rashid"),
        # An opinion is no office.
        ('"Kamal Rashid is a liar and a thief," the mayor said.', "Kamal Rashid"),
        ("Mr. Kamal Rashid said no.", "Kamal Rashid"),
        ("Kamal Rashid is not the mayor of Selby, the court said.", "Kamal Rashid"),
        ("The Right Reverend Hugh Amorsby voted for the strike.", "Hugh Amorsby"),
    ],
)
def test_doubtful_role_is_none(words: str, name: str) -> None:
    assert role(words, name) is None


def test_roles_and_mentions_are_spans_of_the_text() -> None:
    for found in actors_in(STORY):
        for span in (*found.mentions, *([found.role] if found.role else [])):
            assert 0 <= span.start < span.end <= len(STORY)
            assert span.of(STORY) == span.of(STORY).strip()


def test_capital_and_adjective_are_no_actors_beside_their_state() -> None:
    words = (
        "Iran rejected the offer on Monday. Iranian officials met in Tehran on Tuesday. "
        "Iran will answer in writing."
    )

    found = by_name(words)

    assert found["Iran"].kind == "state"
    assert "Iranian" not in found


def test_same_article_gives_the_same_actors() -> None:
    first, second = (
        actors.find(
            article(STORY), parse(STORY), mentions.assemble(parse(STORY)), statements_in(STORY)
        )
        for _ in range(2)
    )

    assert first == second


@pytest.mark.parametrize(
    "words",
    [
        "",
        ".",
        "'",
        "The",
        "said",
        "(((",
        "Mr. Mr. Mr. Mr.",
        "A, B, C, D, E and F (G) (H).",
        "X " * 900,
    ],
)
def test_odd_text_does_no_harm(words: str) -> None:
    cleaned = article(words)

    for found in actors_in(words):
        assert all(0 <= span.start < span.end <= len(cleaned.text) for span in found.mentions)


def test_body_is_one_with_the_noun_in_its_name() -> None:
    words = (
        "The Selby Dockers' Union rejected the offer on Monday. The union said it would go to "
        "court. A union in Norland had done so before."
    )

    found = {one.name for one in actors_in(words)}

    assert "Selby Dockers' Union" in found
    assert "The union" not in found
    assert "union" in {name.casefold() for name in found}


def test_nameless_actor_is_told_without_words_that_point_elsewhere() -> None:
    words = "Dave Marsh, whose office charged him, met Hamas and other militant groups on Monday."

    names = {one.name for one in actors_in(words)}

    assert "office" in names
    assert "militant groups" in names


@pytest.mark.parametrize(
    ("words", "name", "expected"),
    [
        ("U.S. Secretary of State Ruth Amari said no.", "Ruth Amari", "U.S. Secretary of State"),
        ("Selby Mayor Ruth Amari said no.", "Ruth Amari", "Selby Mayor"),
        ("Ruth Amari, 52, who owns a mill near Selby, said no.", "Ruth Amari",
         "owns a mill near Selby"),
        ("Ruth Amari, the treasurer of the Selby Fund, a charity for orphans, said no.",
         "Ruth Amari", "the treasurer of the Selby Fund"),
        ("Its leader, former army chief Kamal Rashid, said no.", "Kamal Rashid",
         "former army chief"),
    ],
)  # fmt: skip
def test_role_is_told_by_offices_and_clauses(words: str, name: str, expected: str) -> None:
    assert role(words, name) == expected


def test_role_of_a_speaker_is_not_the_body_she_speaks_for() -> None:
    words = "Ruth Amari, a director for the humanitarian organization Hale Aid, said no."

    found = by_name(words)

    assert found["Hale Aid"].kind == "organisation"
    assert role(words, "Hale Aid") == "the humanitarian organization"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("The tanker Nipaya sank on Monday. Nipaya had left Selby at noon.", "Nipaya"),
        ("People in Selby wept on Monday. Members of the club left.", "People"),
    ],
)
def test_thing_and_people_at_large_are_no_actors(words: str, name: str) -> None:
    assert name not in by_name(words)


def test_bare_company_is_the_body_named_last() -> None:
    words = "Hale Mining closed the pit on Monday. The company said that it would pay."

    assert not any(name.casefold() == "company" for name in by_name(words))


def test_number_is_no_part_of_a_nameless_actor() -> None:
    words = "At least 67 workers left the pit on Monday. A 16-year-old nephew of one spoke."

    names = set(by_name(words))

    assert {"workers", "nephew"} <= names


@pytest.mark.parametrize(
    ("words", "name", "expected"),
    [
        ("He met 18-year-old office clerk Diana Bianchi on Monday.", "Diana Bianchi",
         "office clerk"),
        ("The team's 17 year old driver Max Novak won on Monday.", "Max Novak", "driver"),
        ("Florida will see both President Ruth Amari and her son on Monday.", "Ruth Amari",
         "President"),
    ],
)  # fmt: skip
def test_role_begins_with_a_whole_word_of_its_own(words: str, name: str, expected: str) -> None:
    assert role(words, name) == expected


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Ruth Amari left the hall in Hale on Monday, and her union said no. A man had shouted at "
         "Amari. Paul Novak, the mayor, promised more.", "man"),
        ("Ruth Amari beat Paul Novak, a baker and current world champion.", "champion"),
        ("A Polish-American nurse, Ruth Amari, spoke. The Polish-American has two sons.",
         "Polish-American"),
    ],
)  # fmt: skip
def test_description_without_a_name_is_no_second_actor(words: str, name: str) -> None:
    shown = [one for one in actors_in(words) if one.salience > 0]

    assert not any(name in one.name for one in shown)


def test_state_that_only_has_something_is_no_actor() -> None:
    words = (
        "Ruth Amari and Paul Novak met on Monday. Novak accused Amari of fraud. Amari denied it. "
        "Amari leads the union. Novak leads the harbour. Brazil had a drought in May."
    )

    assert by_name(words)["Brazil"].salience == 0.0


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Ruth Amari, the show's creator, said no.", "Ruth Amari"),
        ("Amari took the place of countryman Paul Novak on Monday.", "Paul Novak"),
    ],
)
def test_role_in_something_else_is_none(words: str, name: str) -> None:
    assert role(words, name) is None


def test_bare_noun_needs_more_salience_than_a_described_one() -> None:
    found = by_name(
        "The mayor of Selby, Ruth Amari, opened the port on Monday. Amari thanked the crews. "
        "Students had waited for an hour, and the port was full. Port officials closed the road."
    )
    marched = by_name(
        "Protesters marched to the port on Monday. Protesters demanded that the mayor, Ruth "
        "Amari, resign. The protesters said they would stay."
    )

    assert found["Students"].salience == 0.0
    assert found["Port officials"].salience > 0.4
    assert marched["Protesters"].salience > 0.6


def test_surname_that_seems_a_noun_is_no_group() -> None:
    found = by_name(
        "Cheryl Mills kept the letters, the mayor of Selby said on Monday. For one: how was Mills, "
        "a witness to it, allowed to stay? Mills got an offer on Tuesday, the mayor said."
    )

    assert "Mills" not in found


def test_who_says_nothing_needs_more_salience_where_a_tagger_has_read() -> None:
    words = (
        "The council of Selby met the Harbour Board of Hale on Monday. The harbour was closed in "
        "spring. Paul Novak said he had lost his boat. The weather was fine, and the road was dry."
    )
    saliences = [
        {
            found.name: found.salience
            for found in actors.find(
                article(words),
                parse(words),
                assembled(words),
                statements_in(words),
                read_as(words, odds / 4),
            )
        }
        for odds in range(-24, 13)
    ]

    board = [one["Harbour Board of Hale"] for one in saliences]
    assert all(one == 0.0 or one >= 0.5 for one in board)
    assert any(board)
    assert any(0.4 < one["Paul Novak"] < 0.5 for one in saliences)


def read_as(words: str, odds: float) -> list[Tags]:
    """The tags of a tagger to which all words are as likely to name one who acts."""
    return [
        Tags(0.5, 0.1, 0.1, 0.1, acting=(odds,) * len(sentence.text.split()))
        for sentence in article(words).sentences
    ]
