"""Names put where a line only describes somebody whom the article has named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefer import naming
from briefer.naming import descriptions
from briefer.schema import ActorKind, Character, CleanArticle, DraftLine, Passage, Statement
from tests.fakes import character, cleaned, span


def body(article: CleanArticle, name: str, kind: ActorKind = "organisation") -> Character:
    return replace(character(article, name), kind=kind)


def named(
    words: str,
    article: CleanArticle,
    *characters: Character,
    statements: tuple[Statement, ...] = (),
) -> DraftLine:
    """What becomes of a line made of the article's last sentence."""
    passage = Passage("fact", (len(article.sentences) - 1,), 0.9)
    line = DraftLine(passage, words, "model")
    return naming.resolve(line, article, statements, characters)


FUND = cleaned("The Norland Fund met in Oru. The fund warned that prices will rise.")


def test_description_gives_way_to_the_one_name_that_ends_in_it() -> None:
    line = named("The fund warned of higher prices.", FUND, body(FUND, "Norland Fund"))

    assert line.text == "The Norland Fund warned of higher prices."
    assert line.named_in == (0,)


def test_possessive_stays_with_the_name() -> None:
    article = cleaned("Dock Packers is a company in Oru. The company's plan is to sell.")
    packers = replace(body(article, "Dock Packers"), role=span(article, "a company"))

    assert named("The company's plan is to sell.", article, packers).text == (
        "Dock Packers' plan is to sell."
    )


@pytest.mark.parametrize(
    ("name", "told"),
    [("Selby City", "Selby City's"), ("Selby Port Board", "the Selby Port Board's")],
)
def test_no_article_stands_before_a_citys_name(name: str, told: str) -> None:
    noun = name.rpartition(" ")[2].lower()
    article = cleaned(f"{name} met on Monday. Crews replace the {noun}'s pipes.")

    line = named(f"Crews replace the {noun}'s pipes.", article, body(article, name))

    assert line.text == f"Crews replace {told} pipes."


def test_title_that_the_article_puts_before_the_name_stays() -> None:
    article = cleaned("Governor Ann Lee spoke in Oru. On Friday the governor signed the bill.")

    line = named("On Friday the governor signed the bill.", article, character(article, "Ann Lee"))

    assert line.text == "On Friday Governor Ann Lee signed the bill."


def test_country_is_the_only_state_spoken_of() -> None:
    article = cleaned("Roses come from Kenya. The country exported more of them than ever.")
    kenya = body(article, "Kenya", "state")

    assert named("The country exported more roses.", article, kenya).text == (
        "Kenya exported more roses."
    )


def test_source_that_was_resolved_gives_the_name() -> None:
    article = cleaned("Hale Relief is in Oru. The group said nothing was left.")
    source, said = span(article, "The group"), span(article, "nothing was left")
    statement = Statement(source, None, (said,), (1,), "Hale Relief", is_named=True)

    line = named(
        "The group said nothing was left.",
        article,
        body(article, "Hale Relief"),
        statements=(statement,),
    )

    assert line.text == "Hale Relief said nothing was left."


@pytest.mark.parametrize(
    ("article", "words", "name", "kind"),
    [
        pytest.param(
            "The Norland Fund met. A pension fund paid. The fund warned of it.",
            "The fund warned of it.",
            "Norland Fund",
            "organisation",
            id="another fund",
        ),
        pytest.param(
            "The fund warned of it, the Norland Fund said.",
            "The fund warned of it.",
            "Norland Fund",
            "organisation",
            id="named only later",
        ),
        pytest.param(
            "The Norland Fund met. It warned of higher prices.",
            "The fund warned of higher prices.",
            "Norland Fund",
            "organisation",
            id="not in the passage",
        ),
        pytest.param(
            "The Norland Fund for Relief met. The fund warned of it.",
            "The fund warned of it.",
            "Norland Fund",
            "organisation",
            id="name found in part",
        ),
        pytest.param(
            "Former president Ann Lee spoke. The president signed it.",
            "The president signed it.",
            "Ann Lee",
            "person",
            id="former president",
        ),
        pytest.param(
            "Governor Ann Lee spoke. She was the governor.",
            "Bo Vass was the governor.",
            "Ann Lee",
            "person",
            id="predicate",
        ),
        pytest.param(
            "The Norland Fund met. The fund of funds was closed.",
            "The fund of funds was closed.",
            "Norland Fund",
            "organisation",
            id="noun goes on",
        ),
        pytest.param(
            "The Norland Fund met. The fund warned Norland.",
            "The fund warned Norland.",
            "Norland Fund",
            "organisation",
            id="name is told",
        ),
    ],
)
def test_line_stays_where_the_name_is_not_sure(
    article: str, words: str, name: str, kind: ActorKind
) -> None:
    read = cleaned(article)

    line = named(words, read, body(read, name, kind))

    assert line.text == words
    assert line.named_in == ()


def test_two_of_a_kind_leave_a_description_alone() -> None:
    article = cleaned("The Norland Fund and the Selby Fund met. The fund warned of it.")
    funds = (body(article, "Norland Fund"), body(article, "Selby Fund"))

    assert named("The fund warned of it.", article, *funds).text == "The fund warned of it."


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("The panel's chair and the prime minister said no.", ["panel", "prime minister"]),
        ('"The panel said no," Lee said.', []),
        ("The company plane crashed.", []),
        ("The Selby council said no.", []),
        ("The Council said no.", ["council"]),
    ],
)
def test_descriptions_are_whole_and_outside_quotations(line: str, expected: list[str]) -> None:
    assert [one.words for one in descriptions.find(line)] == expected


@pytest.mark.parametrize(
    ("article", "others"),
    [
        pytest.param("Dock and Hale met in Oru. The company will pay.", ("Hale",), id="two"),
        pytest.param("The Dock is far from Oru. The company will pay.", (), id="no business"),
    ],
)
def test_company_is_named_only_where_one_body_can_be_one(
    article: str, others: tuple[str, ...]
) -> None:
    read = cleaned(article)
    bodies = [body(read, name) for name in ("Dock", *others)]

    assert named("The company will pay.", read, *bodies).text == "The company will pay."


def test_body_with_a_bare_name_is_the_company() -> None:
    article = cleaned("Dock met its workers in Oru. The company will pay.")

    line = named("The company will pay.", article, body(article, "Dock"))

    assert line.text == "Dock will pay."


@pytest.mark.parametrize(
    ("words", "speaker", "expected"),
    [
        ("Governor Ann Lee met former governor Bo Hill. The governor said so.", "Bo Hill",
         "The governor said so."),
        ("Bo Hill met the former Oru governor Ann Lee. The governor said so.", "Ann Lee",
         "The governor said so."),
        ("Gov. Ann Lee met former Gov. Bo Hill. The governor said so.", "Ann Lee",
         "Ann Lee said so."),
        ("Senator Ann Lee met Senator Bo Hill. The senator said so.", "Bo Hill",
         "The senator said so."),
        ("Ann Lee met Bo Hill. The governor said so.", "Bo Hill", "Bo Hill said so."),
    ],
)  # fmt: skip
def test_speaker_is_named_only_where_nobody_else_is_called_so(
    words: str, speaker: str, expected: str
) -> None:
    article = cleaned(words)
    source, said = (
        span(article, words[words.index("The ") :][: -len(" said so.")]),
        span(article, "so"),
    )
    people = (character(article, "Ann Lee"), character(article, "Bo Hill"))
    statement = Statement(source, None, (said,), (1,), speaker, is_named=True)

    line = named(article.sentences[-1].text, article, *people, statements=(statement,))

    assert line.text == expected
