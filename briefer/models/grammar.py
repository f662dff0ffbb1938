"""JSON Schemas as llguidance's grammars: checked, and without loose white space.

Knows nothing of tokens or engines.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from llguidance import LLMatcher

from briefer.errors import GenerationFailed

if TYPE_CHECKING:
    from llguidance._lib import JsonCompileOptions  # a typed dict that only the stubs have

# A model may otherwise write newlines between two parts until the limit.
COMPACT: JsonCompileOptions = {
    "whitespace_flexible": False,
    "item_separator": ",",
    "key_separator": ":",
}


def of_schema(schema: Mapping[str, Any]) -> str:
    """The grammar of the JSON that obeys the schema.

    Raises:
        GenerationFailed: it is no schema, or one that llguidance does not know how to obey.
    """
    try:
        grammar = LLMatcher.grammar_from_json_schema(dict(schema), overrides=COMPACT)
    except ValueError as error:
        raise GenerationFailed(f"The JSON Schema cannot be obeyed: {error}") from error
    if complaint := LLMatcher.validate_grammar(grammar):
        raise GenerationFailed(f"The JSON Schema cannot be obeyed: {complaint}")
    return grammar
