"""A fact that the article only has as somebody's words says whose they are."""

from __future__ import annotations

import pytest

from briefer.naming import credit
from briefer.schema import CleanArticle, DraftLine, Passage, PassageKind, Statement
from tests.fakes import cleaned, span


def said(
    article: CleanArticle, source: str | None, cue: str, content: str, speaker: str | None
) -> Statement:
    return Statement(
        source=span(article, source) if source else None,
        cue=span(article, cue) if cue else None,
        content=(span(article, content),),
        sentences=(0,),
        speaker=speaker,
        is_named=speaker is not None and speaker[0].isupper(),
    )


def credited(
    line: str, article: CleanArticle, *statements: Statement, kind: PassageKind = "fact"
) -> DraftLine:
    draft = DraftLine(Passage(kind, (0,), 0.9), line, "model")
    return credit(draft, (0,), article, statements)


FERRY = "All 40 passengers were taken off the ferry, the coast guard says."
OFF = "All 40 passengers were taken off the ferry"


@pytest.mark.parametrize(
    ("words", "source", "cue", "content", "speaker", "line", "expected"),
    [
        (
            FERRY,
            "the coast guard",
            "says",
            OFF,
            "coast guard",
            "All 40 passengers left the ferry.",
            "All 40 passengers left the ferry, the coast guard says.",
        ),
        (
            "Officials say the port is shut.",
            "Officials",
            "say",
            "the port is shut",
            "officials",
            "The port is shut.",
            "The port is shut, officials say.",
        ),
        (
            "The port is shut, according to Ann Lee, a pilot.",
            "Ann Lee, a pilot",
            "according to",
            "The port is shut",
            "Ann Lee",
            "The port is shut.",
            "The port is shut, according to Ann Lee.",
        ),
        (
            "The Norland Post has learned that the port is shut.",
            "The Norland Post",
            "has learned",
            "the port is shut",
            "Norland Post",
            "The port is shut.",
            "The port is shut, the Norland Post has learned.",
        ),
        (
            "The port is shut, Ms Lee added.",
            "Ms Lee",
            "added",
            "The port is shut",
            "Ann Lee",
            "The port is shut.",
            "The port is shut, Ms Lee said.",
        ),
        (
            "The port is shut, she argues.",
            "she",
            "argues",
            "The port is shut",
            "Ann Lee",
            "The port is shut.",
            "The port is shut, Ann Lee said.",
        ),
        (
            'Lee insists the port is "a ruin."',
            "Lee",
            "insists",
            'the port is "a ruin."',
            "Ann Lee",
            'The port is "a ruin."',
            'The port is "a ruin," Lee insists.',
        ),
    ],
    ids=["unnamed", "plural", "according", "perfect", "added", "pronoun", "quotation"],
)
def test_source_is_put_behind_what_it_says(
    words: str, source: str, cue: str, content: str, speaker: str, line: str, expected: str
) -> None:
    article = cleaned(words)

    told = credited(line, article, said(article, source, cue, content, speaker))

    assert told.text == expected
    assert told.named_in == (0,)


def test_quotation_that_goes_on_is_its_speakers() -> None:
    article = cleaned('"The port is shut for good."')
    going_on = said(article, None, "", "The port is shut for good.", "Ann Lee")

    told = credited("The port is shut for good.", article, going_on)

    assert told.text == "The port is shut for good, Ann Lee said."


def test_name_takes_its_article_where_the_text_mostly_writes_it_so() -> None:
    article = cleaned("The port is shut, it said. The Selby Board met; the Selby Board left.")
    statement = said(article, "it", "said", "The port is shut", "Selby Board")

    told = credited("The port is shut.", article, statement)

    assert told.text == "The port is shut, the Selby Board said."


@pytest.mark.parametrize(
    "line",
    [
        "The coast guard took all 40 passengers off the ferry.",
        "All 40 passengers were taken off the ferry, officials said.",
        "All 40 passengers were reportedly saved, it was reported.",
        "The author took all 40 passengers off the ferry.",
        "All 40 passengers were taken off the ferry:",
    ],
)
def test_line_with_a_source_or_no_end_stays_as_it_is(line: str) -> None:
    article = cleaned(FERRY)

    assert credited(
        line, article, said(article, "the coast guard", "says", OFF, "coast guard")
    ) == (DraftLine(Passage("fact", (0,), 0.9), line, "model"))


@pytest.mark.parametrize(
    ("words", "source", "cue", "content", "speaker", "line"),
    [
        # Nobody asserts what is asked for.
        ("Lee urged all to go home.", "Lee", "urged", "all to go home", "Ann Lee", "All go home."),
        # Only a pronoun is known.
        (
            "The port is shut, he said.",
            "he",
            "said",
            "The port is shut",
            "pilot",
            "The port is shut.",
        ),
        ("The port is shut, he said.", "he", "said", "The port is shut", None, "The port is shut."),
        # An opinion piece's own words are told as its author's elsewhere.
        (
            "I say the port is shut.",
            "I",
            "say",
            "the port is shut",
            "the author",
            "The port is shut.",
        ),
        # Nameless, and told of himself.
        (
            "I left the port, a man said.",
            "a man",
            "said",
            "I left the port",
            "man",
            "Bo Vass left the port.",
        ),
        # Nobody to be "him".
        (
            "There were no issues with him, Lee said.",
            "Lee",
            "said",
            "There were no issues with him",
            "Ann Lee",
            "There were no issues with him.",
        ),
    ],
)
def test_what_nobody_known_asserts_stays_as_it_is(
    words: str, source: str, cue: str, content: str, speaker: str | None, line: str
) -> None:
    article = cleaned(words)

    assert credited(line, article, said(article, source, cue, content, speaker)).text == line


def test_what_the_text_tells_itself_has_no_source() -> None:
    article = cleaned("The ferry sank off Selby on Tuesday, and a storm is near, Lee said.")
    statement = said(article, "Lee", "said", "a storm is near", "Ann Lee")

    told = credited("The ferry sank off Selby on Tuesday.", article, statement)

    assert told.text == "The ferry sank off Selby on Tuesday."


def test_words_within_words_are_the_inner_ones_speakers() -> None:
    article = cleaned("The Post reported that Ann Lee said the old port is shut.")
    outer = said(article, "The Post", "reported", "Ann Lee said the old port is shut", "Post")
    inner = said(article, "Ann Lee", "said", "the old port is shut", "Ann Lee")

    told = credited("The old port is shut.", article, outer, inner)

    assert told.text == "The old port is shut, Ann Lee said."


def test_views_are_left_to_their_holders() -> None:
    article = cleaned(FERRY)
    statement = said(article, "the coast guard", "says", OFF, "coast guard")

    told = credited("All 40 passengers left the ferry.", article, statement, kind="dissent")

    assert told.text == "All 40 passengers left the ferry."


def test_long_description_of_a_source_is_not_put_behind() -> None:
    source = "two of the many officials of the old port authority of Selby"
    article = cleaned(f"The port is shut, {source} said.")
    statement = said(article, source, "said", "The port is shut", "two officials")

    assert credited("The port is shut.", article, statement).text == "The port is shut."
