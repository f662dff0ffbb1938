"""Where a name begins and ends: particles, scores, offices, owners, what bodies are called."""

from __future__ import annotations

import pytest

from tests.parsing import assembled

pytestmark = pytest.mark.model


def names(words: str) -> dict[str, set[str]]:
    """The names, each with all its forms."""
    members = assembled(words).members
    return {one.entity.name: {name.text for name in one.entity.names} for one in members}


@pytest.mark.parametrize(
    ("words", "name", "form"),
    [
        ("European Commission President Ursula von der Leyen said on Monday the bloc would impose "
         "sanctions. Von der Leyen, a former German defense minister, said more would follow.",
         "Ursula von der Leyen", "Von der Leyen"),
        ("Ann Low met Charles de Gaulle's grandson on Monday. De Gaulle declined to comment.",
         "Charles de Gaulle", "De Gaulle"),
        ("Guillermo del Toro won the prize. Del Toro thanked Mexico.",
         "Guillermo del Toro", "Del Toro"),
        ("New York Mayor Bill de Blasio said no. De Blasio left.", "Bill de Blasio", "De Blasio"),
        ("Louis van Gaal, the coach, said no. Van Gaal left.", "Louis van Gaal", "Van Gaal"),
        ("Marine Le Pen lost on Sunday. Le Pen said no.", "Marine Le Pen", "Le Pen"),
    ],
)  # fmt: skip
def test_surname_keeps_its_particles(words: str, name: str, form: str) -> None:
    assert names(words)[name] >= {name, form}


def test_score_is_no_part_of_a_name() -> None:
    found = names("Hale United beat Liverpool 2-1 on Saturday. Nadal defeated Roger Federer 6-3.")

    assert {"Liverpool", "Roger Federer"} <= set(found)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("General Motors said on Monday it would cut 5,000 jobs.", "General Motors"),
        ("Major League Baseball suspended Trevor Bauer.", "Major League Baseball"),
        ("The Kansas City Chiefs beat the Las Vegas Raiders on Sunday.", "Kansas City Chiefs"),
        ("St. Louis Cardinals manager Mike Matheny was fired.", "St. Louis Cardinals"),
        ("Doctors Without Borders said its hospital was bombed.", "Doctors Without Borders"),
        ("Reporters Without Borders criticized the attack.", "Reporters Without Borders"),
    ],
)
def test_body_may_be_called_by_offices(words: str, name: str) -> None:
    assert name in names(words)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Major Ann Low said no. General Low said so too.", "Ann Low"),
        ("Ambassador of Lorinda to Sindhara Anna Verhulsen met the mayor.", "Anna Verhulsen"),
    ],
)
def test_office_is_no_part_of_a_name(words: str, name: str) -> None:
    assert name in names(words)


def test_plural_of_an_office_alone_names_nobody() -> None:
    assert "Republican Senators" not in names("Republican Senators cheered on Monday.")


def test_owner_is_not_what_is_his() -> None:
    found = names("Elon Musk's SpaceX launched a rocket on Monday.")

    assert {"Elon Musk", "SpaceX"} <= set(found)
    assert "St James' Gate Brewery" in names("St James' Gate Brewery was opened on Monday.")
