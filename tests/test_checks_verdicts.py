"""Lines that convict somebody who is only accused."""

from __future__ import annotations

import pytest

from briefer.checks import verdicts


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("Lee was convicted of murder.", "Lee was charged with murder."),
        ("Lee is guilty of fraud.", "Lee, accused of fraud, goes on trial."),
        ("The conviction of Lee drew protests.", "The arrest of Lee drew protests."),
    ],
)
def test_conviction_where_the_text_has_charges_is_found(line: str, source: str) -> None:
    assert verdicts.hastened(line, source) != ""


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("Lee was convicted of murder.", "Lee, charged with murder, was sentenced to life."),
        ("Lee was convicted of murder.", "Lee is in prison since his arrest."),
        ("Lee pleaded not guilty.", "Lee denied the charges."),
        ("Lee faces ten years if convicted.", "Lee is accused of fraud and faces ten years."),
        ("Lee was charged.", "Lee was charged."),
    ],
)
def test_verdict_of_the_text_or_none_passes(line: str, source: str) -> None:
    assert verdicts.hastened(line, source) == ""
