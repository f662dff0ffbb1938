"""A fact that the article only has as somebody's words says whose they are."""

from __future__ import annotations

from dataclasses import replace

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


GUN = "The man carried a loaded gun."


@pytest.mark.parametrize(
    ("words", "cue"),
    [
        ("Police refused to confirm that the man carried a loaded gun.", "refused to confirm"),
        ("Police declined to say that the man carried a loaded gun.", "declined to say"),
        ("Police stopped claiming that the man carried a loaded gun.", "stopped claiming"),
        ("Police stopped claiming that the man carried a loaded gun.", "claiming"),
        ("Police failed to report that the man carried a loaded gun.", "failed to report"),
        ("Police can report that the man carried a loaded gun.", "can report"),
        ("Police can now report that the man carried a loaded gun.", "report"),
        ("Police falsely claimed that the man carried a loaded gun.", "falsely claimed"),
        ("Police did not say that the man carried a loaded gun.", "say"),
        ("Police didn't say that the man carried a loaded gun.", "say"),
        ("If police say that the man carried a loaded gun, a trial will follow.", "say"),
        ("Lee asks whether police said that the man carried a loaded gun.", "said"),
        ("No police said that the man carried a loaded gun.", "said"),
        ("Did police claim that the man carried a loaded gun?", "claim"),
        ("So police say that the man carried a loaded gun?", "say"),
    ],
)
def test_what_a_source_does_not_assert_is_not_put_in_its_mouth(words: str, cue: str) -> None:
    article = cleaned(words)
    source = "Police" if "Police" in words else "police"
    statement = said(article, source, cue, "the man carried a loaded gun", "police")

    assert credited(GUN, article, statement).text == GUN


def test_question_of_a_source_is_no_answer() -> None:
    article = cleaned('"The man carried a loaded gun?" Lee said.')
    statement = said(article, "Lee", "said", "The man carried a loaded gun?", "Ann Lee")

    assert credited(GUN, article, statement).text == GUN


def test_words_that_somebody_denies_were_said_are_not_credited() -> None:
    article = cleaned("Lee denied that police said the man carried a loaded gun.")
    outer = said(article, "Lee", "denied", "police said the man carried a loaded gun", "Ann Lee")
    inner = said(article, "police", "said", "the man carried a loaded gun", "police")

    told = credited(GUN, article, outer, replace(inner, nested_in=0))

    assert told.text == GUN


@pytest.mark.parametrize(
    ("words", "cue", "expected"),
    [
        (
            "Police have also said the man carried a loaded gun.",
            "have also said",
            "The man carried a loaded gun, police said.",
        ),
        (
            "Police also say the man carried a loaded gun if he was afraid.",
            "say",
            "The man carried a loaded gun, police say.",
        ),
    ],
)
def test_plain_saying_is_credited(words: str, cue: str, expected: str) -> None:
    article = cleaned(words)
    statement = said(article, "Police", cue, "the man carried a loaded gun", "police")

    assert credited(GUN, article, statement).text == expected


def test_condition_within_what_is_said_is_no_condition_of_saying_it() -> None:
    article = cleaned("If the storm is not over, the port is shut, police say.")
    content = "If the storm is not over, the port is shut"
    statement = said(article, "police", "say", content, "police")

    told = credited("The port is shut if the storm is not over.", article, statement)

    assert told.text == "The port is shut if the storm is not over, police say."


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("The port shut at 10 a.m.", "The port shut at 10 a.m., police say."),
        ("The port sent him to the U.S.", "The port sent him to the U.S., police say."),
        ("The port hired Norland Corp.", "The port hired Norland Corp., police say."),
        ('The port shut "at 10 a.m."', 'The port shut "at 10 a.m.," police say.'),
        ("The port lost 2.5.", "The port lost 2.5, police say."),
    ],
)
def test_abbreviation_keeps_its_stop_before_the_source(line: str, expected: str) -> None:
    content = line.rstrip('."').replace('"', "")
    article = cleaned(f"Police say {content}. A day went by.")
    statement = said(article, "Police", "say", content, "police")

    assert credited(line, article, statement).text == expected


@pytest.mark.parametrize("body", ["WHO", "IT"])
def test_body_that_is_written_like_a_pronoun_is_a_source(body: str) -> None:
    article = cleaned(f"The port is shut, {body} says.")
    statement = said(article, body, "says", "The port is shut", body)

    told = credited("The port is shut.", article, statement)

    assert told.text == f"The port is shut, {body} says."


def test_name_within_another_word_is_not_the_sources() -> None:
    article = cleaned("The port is shut, Lowell says.")
    statement = said(article, "Lowell", "says", "The port is shut", "Ann Low")

    told = credited("The port is shut.", article, statement)

    assert told.text == "The port is shut, Ann Low says."


def test_article_of_a_longer_name_is_not_the_shorter_ones() -> None:
    article = cleaned("The port is shut, he said. The Lowell and the Lowell again left Low.")
    statement = said(article, "he", "said", "The port is shut", "Low")

    told = credited("The port is shut.", article, statement)

    assert told.text == "The port is shut, Low said."
