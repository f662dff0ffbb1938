"""Names of a line that its sentences do not name."""

from __future__ import annotations

import pytest

from briefer.checks import names


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("British troops left.", "Troops of the United Kingdom left."),
        ("The UK's troops left.", "Britain's troops left."),
        ("US officials left.", "American officials left."),
        ("Officials of the U.S. left.", "Officials of the United States left."),
        ("The EU agreed.", "The European Union agreed."),
        ("The European Union agreed.", "The EU agreed."),
        ("The World Climate Assembly met.", "The WCA met."),
        ("The WCDP met.", "The Wareni Commission for Displaced Persons met."),
        ("Senator Crane spoke.", "Sen. Crane spoke."),
        ("Dems voted no.", "Democrats voted no."),
        ("Officials deny it.", "The ministry denied it."),
        ("Several villages burnt.", "Villages burnt."),
        ("Tehran refused.", "Iran refused."),
        ("Saudi-led forces left.", "Forces led by Saudi Arabia left."),
        ("He left on Monday, 3 May.", "He left."),
        ("Kerry's plan failed.", "The plan of Kerry failed."),
        ("Escorra was booed.", "The crowd booed d'Escorra."),
        ("Twelve people died.", "12 people died."),
        ("Forty-seven Republicans wrote.", "47 Republicans wrote."),
        ("Failure to pay costs more.", "They must pay."),
        ("Earlier talks failed.", "They talked before."),
        ("United Kingdom ministers met.", "Ministers of the UK met."),
    ],
)
def test_name_in_another_form_is_known(line: str, source: str) -> None:
    assert names.missing(line, source, source) == ()


@pytest.mark.parametrize(
    ("line", "source", "strange"),
    [
        ("John Kerry spoke.", "Kerry spoke.", ("John Kerry",)),
        ("The French ministry spoke.", "The German ministry spoke.", ("French",)),
        ("It was the work of Hamas.", "It was the work of Fatah.", ("Hamas",)),
        ("The BBC reported it.", "The station reported it.", ("BBC",)),
        ("Obama said so.", "He said so.", ("Obama",)),
        ("Late Lee of Oru spoke.", "He spoke.", ("Lee Oru",)),
        ("They met Earlier Money.", "They met him.", ("Earlier Money",)),
        ("Us officials met IT experts.", "Let us meet it.", ("IT",)),
    ],
)
def test_name_that_is_nowhere_is_missing(line: str, source: str, strange: tuple[str, ...]) -> None:
    assert names.missing(line, source, source) == strange


def test_full_name_may_be_made_of_a_surname_that_the_article_gives_in_full() -> None:
    assert names.missing("John Kerry spoke.", "Kerry spoke.", "John Kerry came. Kerry spoke.") == ()


def test_name_from_elsewhere_in_the_article_is_missing() -> None:
    assert names.missing("Hamas spoke.", "Fatah spoke.", "Fatah spoke. Hamas left.") == ("Hamas",)


SCHOOLS = (
    "The parents of Oru rally to save the schools of their town, says Ann Lee. A plan was read."
)


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("Oru Parents Rally To Save Their Schools", "Oru parents rally to save their schools"),
        ("Oru Mayor Slams Plan For Schools", "Oru Mayor slams plan for schools"),
        ("Parents Rally For Schools In Selby", "parents rally for schools in Selby"),
        ("Parents Rally With Bo Vass For Schools", "parents rally with Bo Vass for schools"),
        (
            "Parents Rally For US Schools, Ann Lee Says",
            "parents rally for US schools, Ann Lee says",
        ),
        ("Parents of Oru Rally for schools", "Parents of Oru Rally for schools"),
        ("Ann Lee Rallies", "Ann Lee Rallies"),
    ],
)
def test_title_case_is_read_without_the_capitals_of_plain_words(title: str, read: str) -> None:
    assert names.in_sentence_case(title, SCHOOLS) == read
