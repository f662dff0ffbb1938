"""What a line must say to be an agreement, and what may not be told as agreed or coming."""

from __future__ import annotations

import pytest

from briefer import checks
from briefer.checks import meaning
from briefer.schema import DraftLine, Passage, Reason
from tests.fakes import character, cleaned

ARTICLE = cleaned("Lyr and Tessmark signed a treaty. Lyr would pay for it.")


@pytest.mark.parametrize(
    ("words", "odds", "reason"),
    [
        ("Lyr smokes less in public places.", "sure", "not_an_agreement"),
        ("Lyr would sign a treaty with Tessmark.", "unsure", "not_an_agreement"),
        ("Lyr has not signed a treaty with Tessmark.", "unsure", "not_an_agreement"),
        ("Lyr withdrew its envoys from Tessmark.", "unsure", "not_an_agreement"),
        ("Voters elected a new government.", "sure", "not_an_agreement"),
        ("If Lyr signs the deal, Tessmark pays.", "sure", "not_an_agreement"),
        ("The treaty also urges Lyr to leave the islands.", "sure", "not_an_agreement"),
        ("Lyr and Tessmark held joint naval exercises.", "sure", "not_an_agreement"),
        ("Lyr and Tessmark are expected to sign a treaty in May.", "sure", "not_an_agreement"),
        ("Lyr and Tessmark have been negotiating a treaty.", "sure", "not_an_agreement"),
        ("Both parliaments must ratify the treaty.", "sure", "not_an_agreement"),
        ("The two sides did not agree on whom the treaty covers.", "sure", "not_an_agreement"),
        ("Three governors rejected a share of the money.", "sure", "not_an_agreement"),
        ("Selby and Lyr agreed to merge after rejecting a bid by Oru.", "sure", "no_evidence"),
        ("The treaty with Tessmark was rejected by Lyr's parliament.", "sure", "not_an_agreement"),
        ("Calls for a joint commission were rejected by the council.", "sure", "not_an_agreement"),
        ("The council voted to refuse a request for more time.", "sure", "not_an_agreement"),
        ("Lyr agreed that both parliaments must ratify the treaty.", "sure", "no_evidence"),
        ("Lyr's congress voted to refuse the envoy's resignation.", "sure", "no_evidence"),
        ("Lyr would sign a treaty with Tessmark.", "sure", "no_evidence"),
        ("Lyr reached a deal that calls for a truce.", "sure", "no_evidence"),
        ("Lyr signed a treaty with Tessmark.", "unsure", "no_evidence"),
    ],
)
def test_line_of_an_agreement_tells_that_it_was_agreed(
    words: str, odds: str, reason: Reason
) -> None:
    passage = Passage("agreement", (0,), 0.3, is_sure=odds == "sure")
    line = DraftLine(passage, words, "model")

    assert checks.review(line, (), ARTICLE, (), ()).reason == reason


def test_party_of_another_agreement_is_not_told_as_the_one_there() -> None:
    article = cleaned("Oruba waits. Lyr and Tessmark signed a treaty.")
    everybody = [character(article, name) for name in ("Oruba", "Lyr", "Tessmark")]
    passage = Passage("agreement", (1,), 0.9, parties=("Oruba", "Tessmark"))
    wrong = DraftLine(passage, "Oruba and Tessmark signed a treaty.", "model")
    right = DraftLine(passage, "Lyr and Tessmark signed a treaty.", "model")

    found = [checks.review(line, (1,), article, (), everybody).reason for line in (wrong, right)]

    assert found == ["name_not_in_evidence", None]


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("Officials agreed to meet in May.", "The officials are expected to meet in May."),
        ("Adults will buy 28 grammes a week.", "Under it adults may buy 28 grammes a week."),
        ("The agency will not verify it.", "The agency could not verify it."),
        ("The charity will visit the camp.", "They also let the charity visit the camp."),
        ("The flight will be late.", "It took off to be seen, and the flight may be late."),
    ],
)
def test_what_may_or_can_be_is_not_told_as_agreed_or_coming(line: str, source: str) -> None:
    assert meaning.changed_modality(line, source)


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("Officials agreed to meet in May.", "The officials settled on a meeting in May."),
        ("Congress will not feel it.", "Congress won't feel it, and it may hurt others."),
        ("The team will verify the truce.", "The team is to verify the truce, if it can."),
    ],
)
def test_what_is_agreed_or_planned_may_be_told_as_coming(line: str, source: str) -> None:
    assert meaning.changed_modality(line, source) == ""
