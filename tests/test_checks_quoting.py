"""What stands between quotation marks, and what only looks so."""

from __future__ import annotations

import pytest

from briefer.checks import additions, dangling, hedges, qualifiers, quoting, wording


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('Lee said: "We won."', ["We won"]),
        ("Lee said: 'We won.'", ["We won"]),
        ("Lee said: 'It won't work for us.'", ["It won't work for us"]),
        ("Lee called it ‘a mess that can’t be fixed’.", ["a mess that can't be fixed"]),
        ("The drivers' union said 'never' and its members' pay fell.", ["never"]),
        ("In the '90s the farmers' union won.", []),
        ("It's Lee's harbour and the dockers' fund.", []),
        ('The grade is an "A".', []),
    ],
)
def test_apostrophes_neither_open_nor_close_a_quotation(line: str, found: list[str]) -> None:
    assert list(quoting.find(line)) == found


def test_blanked_line_keeps_its_marks() -> None:
    assert quoting.blanked("Lee said: 'I don't know.'") == 'Lee said: ""'
    assert quoting.blanked("The drivers’ union said “no”.") == 'The drivers\' union said "".'


def test_quotation_in_single_marks_is_held_against_the_text() -> None:
    said = "'We can't pay the players,' he said."

    assert wording.bent_quotations("He said: 'We won't ever pay.'", said) == ("We won't ever pay",)
    assert wording.bent_quotations("He said: 'We can't pay the players.'", said) == ()
    assert wording.personal("He said: 'I don't know.'") == ""


def test_rules_of_wording_leave_quotations_in_single_marks_alone() -> None:
    assert list(dangling.find("Ann Lee said: 'We don't know this narrative.'")) == []
    assert list(additions.find("Ann Lee called it 'the only one that's left'.", "It goes.")) == []
    assert list(hedges.lost("Lee wrote 'Low said he must go, so it's on'.", "We must go.")) == []
    assert list(qualifiers.lost("Lee says 'it's the mayor'.", "Former mayor Low left.")) == []
