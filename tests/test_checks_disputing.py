"""Who is told to dispute what they say themselves."""

from __future__ import annotations

import pytest

from briefer import checks
from briefer.checks import disputing
from briefer.schema import DraftLine, Passage
from tests.fakes import character, cleaned


@pytest.mark.parametrize(
    ("line", "source"),
    [
        (
            'Lee rejects the charge that her refusal to use the word "flood" is a made-up issue.',
            "Mayor Lee responded by saying her refusal to use the word “flood” was a “made-up” "
            "issue.",
        ),
        (
            "Oru Air denied that the threat was false and said the search took 32 minutes.",
            "Oru Air said the threat was later proven to be “false” and that the search had only "
            "taken 32 minutes.",
        ),
        (
            "Bo Vass dismisses the claim that General Low was relieved of command in June.",
            "Bo Vass dismissed the claim, saying that General Low had been relieved of command in "
            "June.",
        ),
        (
            "Lee rejects the argument that members who use wheelchairs voted in favour.",
            "Lee rejected this as unfair, noting that two members use wheelchairs and both voted "
            "in favour.",
        ),
    ],
)
def test_own_claim_told_as_disputed_is_found(line: str, source: str) -> None:
    assert disputing.find(line, source, [source])


@pytest.mark.parametrize(
    ("line", "source"),
    [
        (
            "Top Gear denies that the numbers were chosen deliberately.",
            "Top Gear said the numbers had not been chosen deliberately.",
        ),
        (
            "Putin denies that troops are in eastern Ukraine.",
            "Putin's continual denials that troops are in eastern Ukraine lack credibility.",
        ),
        (
            "Low denies being racist and says she does not tolerate it.",
            "Low insists she's not racist and does not tolerate it.",
        ),
        (
            "Officials deny that Oru subsidises them, saying donations do.",
            "Officials deny this, saying they are subsidised by donations, not by Oru.",
        ),
        (
            "Lee denied that her group had stopped the ambulance, saying a rockfall did.",
            "Lee denied that her group had stopped the ambulance, saying a rockfall did.",
        ),
        (
            "The mayor does not deny that the bridge is unsafe.",
            "The mayor admits that the bridge is unsafe.",
        ),
        ("Lee says the bridge is safe.", "Lee said the bridge is safe."),
    ],
)
def test_what_the_text_disputes_too_passes(line: str, source: str) -> None:
    assert disputing.find(line, source, [source]) == ""


def test_view_turned_into_its_opposite_is_withheld_as_contradicted() -> None:
    article = cleaned("Mayor Ann Lee said the lost report on the bridge was a forgery.")
    line = "Ann Lee rejects the claim that the lost report on the bridge was a forgery."
    view = DraftLine(Passage("dissent", (0,), 1.0, speaker="Ann Lee"), line, "model")

    verdict = checks.review(view, (0,), article, (), (character(article, "Ann Lee"),))

    assert verdict.reason == "contradicted"
