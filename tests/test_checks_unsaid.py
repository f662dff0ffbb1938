"""Lines that have somebody say what the text has as nobody's words, or as another's."""

from __future__ import annotations

import pytest

from briefer import checks
from briefer.checks import unsaid
from briefer.checks.cases import case_of
from briefer.schema import CleanArticle, DraftLine, Passage, PassageKind, Statement, Voice
from tests.fakes import cleaned, says

SALE = "the old bridge will be sold"


def found(
    words: str,
    article: CleanArticle,
    *statements: Statement,
    kind: PassageKind = "fact",
    speaker: str | None = None,
) -> list[str]:
    line = DraftLine(Passage(kind, (0,), 1.0, speaker), words, "model")
    return list(unsaid.find(case_of(line, (0,), article, statements, ())))


@pytest.mark.parametrize(
    ("line", "source"),
    [
        (f"Mayor Bo Vass said {SALE}.", "Mayor Bo Vass"),
        (f"{SALE.capitalize()}, Bo Vass said.", "Bo Vass"),
        (f"{SALE.capitalize()}, according to the Selby Board.", "the Selby Board"),
        (f"Bo Vass wrote that {SALE}.", "Bo Vass"),
        ("Bo Vass wrote three novels on the bridge.", None),
        ("Sula Line added 300 jobs.", None),
        ("Bo Vass believes in the old bridge.", None),
        (f"The author says {SALE}.", None),
        (f"The site says {SALE}.", None),
        (f"{SALE.capitalize()}, it said.", None),
        (f"{SALE.capitalize()}.", None),
    ],
)
def test_what_nobody_says_is_nobodys(line: str, source: str | None) -> None:
    article = cleaned(f"{SALE.capitalize()}.")

    expected = [f"nobody there says so, nor does {source}"] if source else []

    assert found(line, article) == expected
    assert found(line, article, kind="headline") == expected
    assert found(line, article, kind="dissent") == []


@pytest.mark.parametrize(
    "text",
    [
        f'"{SALE.capitalize()}."',
        f"Vass: {SALE}.",
        f"According to the town, {SALE}.",
        f"Bo Vass made it known and also said {SALE}.",
    ],
)
def test_words_that_are_somebodys_may_be_his(text: str) -> None:
    assert found(f"Bo Vass said {SALE}.", cleaned(text)) == []


def test_source_without_a_verb_of_saying_says_nothing() -> None:
    article = cleaned("Bo Vass sold the old bridge in May.")

    assert found("Bo Vass said he sold the old bridge in May.", article) != []


def test_who_speaks_in_the_text_is_its_author() -> None:
    article = cleaned(f"{SALE.capitalize()}.", voice=Voice("Bo Vass"))

    assert found(f"Vass says {SALE}.", article) == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (f"Bo Vass said {SALE}.", ["it is Ann Low who speaks there, not Bo Vass"]),
        (f"Ann Low said {SALE}.", []),
        (f"The Selby Board said {SALE}.", []),
    ],
)
def test_words_of_another_are_not_those_of_somebody_not_named_there(
    line: str, expected: list[str]
) -> None:
    article = cleaned(f"Ann Low said {SALE}.")

    assert found(line, article, says(article, "Ann Low", SALE)) == expected


def test_he_may_be_whoever_the_line_names() -> None:
    article = cleaned(f"He said {SALE}.")

    assert found(f"Bo Vass said {SALE}.", article, says(article, "Ann Low", SALE)) == []


def test_line_of_nobodys_words_has_the_wrong_speaker() -> None:
    article = cleaned(f"{SALE.capitalize()}. Mayor Bo Vass is glad.")
    line = DraftLine(Passage("fact", (0, 1), 1.0), f"Mayor Bo Vass said {SALE}.", "model")

    assert checks.review(line, (0, 1), article, (), ()).reason == "wrong_speaker"
