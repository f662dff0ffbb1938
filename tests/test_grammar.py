"""Schemas become grammars, or an error that says what is wrong with them."""

from __future__ import annotations

import pytest

from briefer.errors import GenerationFailed
from briefer.models import grammar


def test_schema_becomes_a_grammar() -> None:
    assert grammar.of_schema({"type": "object", "properties": {"a": {"type": "integer"}}})


@pytest.mark.parametrize(
    ("schema", "complaint"),
    [
        ({"type": "no-such-type"}, "no-such-type"),
        ({"type": "string", "pattern": "("}, "regex"),
        ({"$ref": "#/nowhere"}, "nowhere"),
    ],
)
def test_what_is_no_schema_is_said(schema: dict[str, str], complaint: str) -> None:
    with pytest.raises(GenerationFailed, match=f"cannot be obeyed: .*{complaint}"):
        grammar.of_schema(schema)
