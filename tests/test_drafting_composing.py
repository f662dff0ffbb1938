"""Views put together by code of holder, verb and clause."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefer.drafting import composing
from briefer.schema import CleanArticle, Passage
from tests.fakes import cleaned, says, span


def composed(
    words: str, speaker: str, source: str | None, cue: str | None, content: str, **changes: object
) -> str | None:
    article = cleaned(words)
    statement = replace(
        says(article, speaker, content),
        source=span(article, source) if source else None,
        cue=span(article, cue) if cue else None,
        **changes,  # type: ignore[arg-type]
    )
    view = _view(article, speaker)
    return composing.compose(article, view, [statement]) or composing.quote(
        article, view, [statement]
    )


def _view(article: CleanArticle, speaker: str) -> Passage:
    every = tuple(sentence.index for sentence in article.sentences)
    return Passage("dissent", every, 1.0, speaker=speaker, statements=(0,))


@pytest.mark.parametrize(
    "words",
    [
        "“It was never our plan.”",
        "“And they were never asked.”",
        "“But nobody at all was asked.”",
        "“unlawfully claimed a right to punish”",
    ],
)
def test_quotation_that_leans_on_what_was_said_or_is_a_part_stands_for_nothing(words: str) -> None:
    article = cleaned(words)
    statement = says(article, "Tom Okoro", words)

    assert composing.quote(article, _view(article, "Tom Okoro"), [statement]) is None


@pytest.mark.parametrize(
    ("words", "source", "cue", "content", "line"),
    [
        (
            "He denied the charge of theft.",
            "He",
            "denied",
            "the charge of theft",
            "Tom Okoro denied the charge of theft.",
        ),
        (
            "Losing the port is a disaster for the town, Okoro said.",
            "Okoro",
            "said",
            "Losing the port is a disaster for the town",
            "Tom Okoro said losing the port is a disaster for the town.",
        ),
        (
            "Okoro has not accepted the ruling of the court.",
            "Okoro",
            "accepted",
            "the ruling of the court",
            "Tom Okoro has not accepted the ruling of the court.",
        ),
        (
            "The plan is a betrayal of the coast, Okoro said.",
            "Okoro",
            "said",
            "The plan is a betrayal of the coast,",
            "Tom Okoro said the plan is a betrayal of the coast.",
        ),
        (
            "“We were never asked about it,” Okoro told reporters.",
            "Okoro",
            "told",
            "“We were never asked about it,”",
            'Tom Okoro said: "We were never asked about it".',
        ),
        (
            "“We were never asked about it.”",
            None,
            None,
            "“We were never asked about it.”",
            'Tom Okoro said: "We were never asked about it."',
        ),
        (
            "The union boss, a former docker, called the deal a fraud.",
            "The union boss",
            "called",
            "the deal a fraud",
            "Tom Okoro called the deal a fraud.",
        ),
        (
            "Okoro, telling reporters the deal was a fraud.",
            "Okoro",
            "telling",
            "the deal was a fraud",
            "Tom Okoro told reporters the deal was a fraud.",
        ),
        (
            'Okoro said the board "never asked us about it," and left.',
            "Okoro",
            "said",
            'the board "never asked us about it,"',
            'Tom Okoro said the board "never asked us about it".',
        ),
        (
            "He pointed out that the levy had tripled.",
            "He",
            "pointed out",
            "out that the levy had tripled",
            "Tom Okoro pointed out that the levy had tripled.",
        ),
        (
            "Okoro also denied the charge of theft.",
            "Okoro",
            "denied",
            "the charge of theft",
            "Tom Okoro denied the charge of theft.",
        ),
        (
            'Okoro said the pay is "a joke", but he stayed.',
            "Okoro",
            "said",
            'the pay is "a joke", but',
            'Tom Okoro said the pay is "a joke".',
        ),
        (
            "Many of his men left, Okoro said.",
            "Okoro",
            "said",
            "Many of his men left,",
            "Tom Okoro said many of his men left.",
        ),
        (
            "He answered then with a letter.",
            "He",
            "answered",
            "then with a letter",
            "Tom Okoro answered with a letter.",
        ),
        (
            'He threatened a "flood of suits" if the levy, now due in May, is raised.',
            "He",
            "threatened",
            'a "flood of suits"',
            'Tom Okoro threatened a "flood of suits" if the levy, now due in May, is raised.',
        ),
    ],
)
def test_view_is_holder_verb_and_content(
    words: str, source: str | None, cue: str | None, content: str, line: str
) -> None:
    assert composed(words, "Tom Okoro", source, cue, content) == line


@pytest.mark.parametrize(
    ("words", "source", "cue", "content"),
    [
        ("Okoro rejected this as unfair to him.", "Okoro", "rejected", "this as unfair to him"),
        ("Okoro said I am not your friend.", "Okoro", "said", "I am not your friend"),
        ("Okoro, who never denied it, said no.", "Okoro", "said", "no"),
        ('Okoro said it was "a long and', "Okoro", "said", 'it was "a long and'),
        ("Okoro said " + "a very long speech " * 10 + ".", "Okoro", "said", "a very long speech"),
        ("Okoro said no.", "Okoro", "said", "no"),
    ],
)
def test_parts_that_do_not_fit_compose_nothing(
    words: str, source: str, cue: str, content: str
) -> None:
    line = composed(words, "Tom Okoro", source, cue, content)

    assert line is None or len(line.split()) <= 25


def test_unnamed_source_keeps_the_articles_words_for_it() -> None:
    line = composed(
        "Two officials denied the report about the ships.",
        "Two officials",
        "Two officials",
        "denied",
        "the report about the ships",
        is_named=False,
    )

    assert line == "Two officials denied the report about the ships."


def test_body_gets_its_article_at_the_head_of_the_line() -> None:
    line = composed(
        "It denied the whole report.", "British government", "It", "denied", "the whole report"
    )

    assert line == "The British government denied the whole report."


def test_author_is_never_composed() -> None:
    assert (
        composed("I think the plan is bad.", "the author", "I", "think", "the plan is bad") is None
    )
