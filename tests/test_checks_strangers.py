"""Names that a line has from elsewhere in the article."""

from __future__ import annotations

import pytest

from briefer.checks import strangers
from briefer.checks.cases import case_of
from briefer.schema import DraftLine, Passage, PassageKind
from tests.fakes import character, cleaned

ARTICLE = cleaned(
    "Ann Lee left Oru. The Selby Fund was founded in May. The company grew. Bo Vass spoke. "
    "An official wept."
)
PEOPLE = tuple(character(ARTICLE, name) for name in ("Ann Lee", "Bo Vass"))


def found(words: str, place: int) -> list[str]:
    line = DraftLine(Passage("fact", (place,), 0.9), words, "model")
    return list(strangers.find(case_of(line, (place,), ARTICLE, (), PEOPLE)))


@pytest.mark.parametrize(
    ("words", "place", "strange"),
    [
        ("The Norland Fund grew.", 2, ["Norland Fund is not there"]),
        ("Ann Lee spoke.", 3, ["Ann Lee is not there"]),
        ("Bo Vass wept.", 4, ["Bo Vass is not there"]),
        ("The Selby Fund grew.", 2, []),
        ("Bo Vass spoke.", 3, []),
    ],
)
def test_name_from_elsewhere_is_found_unless_the_passage_can_mean_it(
    words: str, place: int, strange: list[str]
) -> None:
    assert found(words, place) == strange


TALKS = cleaned("Ann Lee met Bodo Vass in Oru to end the strike of miners. The mayor of Oru spoke.")


@pytest.mark.parametrize(
    ("words", "strange"),
    [
        ("Mayor Slams Strike Of Miners In Oru", []),
        ("Mayor Slams Strike Of Miners In Selby", ["Selby is not there"]),
        ("Ann Lee Met Bodo Vass In Selby", ["Selby is not there"]),
        ("Mayor Of Oru Met Bodo Kern To End Strike", ["Bodo Kern is not there"]),
    ],
)
def test_title_is_read_without_its_capitals_but_names_nobody_unknown(
    words: str, strange: list[str]
) -> None:
    line = DraftLine(Passage("headline", (0, 1), 0.9), words, "sentence")

    assert list(strangers.find(case_of(line, (0,), TALKS, (), ()))) == strange


@pytest.mark.parametrize("kind", ["headline", "fact", "dissent", "agreement"])
@pytest.mark.parametrize(
    ("words", "strange"),
    [
        ("Ann Lee met Bodo Vass in Selby.", ["Selby is not there"]),
        ("Ann Lee met Bodo Kern in Oru, Mayor.", ["Bodo Kern is not there"]),
    ],
)
def test_line_dense_with_names_is_no_title(
    kind: PassageKind, words: str, strange: list[str]
) -> None:
    line = DraftLine(Passage(kind, (0,), 0.9), words, "model")

    assert list(strangers.find(case_of(line, (0,), TALKS, (), ()))) == strange
