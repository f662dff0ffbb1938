"""Lines that tell as done what their text only has to come, or as wanted."""

from __future__ import annotations

import pytest

from briefer.checks import happening


@pytest.mark.parametrize(
    ("line", "source", "verb"),
    [
        ("The council approved the plan.", "The council will approve the plan.", "approved"),
        ("Oru has accepted an offer.", "Oru would accept an offer, Lee said.", "accepted"),
        ("Oru sold its stake.", "Oru will sell its stake.", "sold"),
        ("The stake was sold.", "The stake will be sold.", "sold"),
        ("He resigned over the order.", "He would resign over the order, he said.", "resigned"),
        ("Lee made the cut.", "Lee failed to make the cut.", "made"),
        ("Oru's plan closed a school.", "Oru plans to close a school.", "closed"),
        ("Lee gave in to the call.", "Lee is asked to give in to the call.", "gave"),
    ],
)
def test_coming_event_told_as_done_is_found(line: str, source: str, verb: str) -> None:
    assert happening.hastened(line, source) == verb


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("The council may have approved it.", "The council will approve it."),
        ("Oru plans to have sold it by May.", "Oru will sell it by May."),
        ("Oru has a school built by Lee.", "Oru will build a school."),
        ("The board, expanded to 11 seats, met.", "It will expand its board to 11 seats."),
        ("Oru will vote, with the rule scrapped.", "Oru will scrap the rule."),
        ("Oru postponed the vote.", "Oru announced that the vote would be postponed."),
        ("Oru paid $5 million.", "Oru has agreed to pay $5 million."),
        ("Lee thanked the crowd.", '"I want to thank the crowd."'),
        ("Lee gave no reason.", "Lee declined to give a reason."),
        ("Oru tried her.", "Oru said it would try her. On Monday it did."),
        ("Oru sold its stake.", "Oru sold its stake and will sell more."),
        ("Lee wants the meeting of May declared void.", "Lee asks the court to declare it void."),
    ],
)
def test_what_has_happened_or_is_no_verb_of_its_clause_passes(line: str, source: str) -> None:
    assert happening.hastened(line, source) == ""
