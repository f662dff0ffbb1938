"""JSON Schemas as llguidance's grammars: checked, and without loose white space; who obeyed one.

Knows nothing of tokens or engines.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from llguidance import LLMatcher, LLTokenizer

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


def is_obeyed(schema: Mapping[str, Any], text: str, *, is_cut: bool) -> bool:
    """Whether the text is JSON that obeys the schema, properties in its order; spaces are free.

    Of a text that was cut it is enough that it begins so.

    Raises:
        GenerationFailed: that is no schema.
    """
    of_schema(schema)
    matcher = LLMatcher(_bytes(), LLMatcher.grammar_from_json_schema(dict(schema)))
    content = list(text.strip().encode())
    n_fitting = matcher.try_consume_tokens(content)
    return n_fitting == len(content) and (is_cut or matcher.is_accepting())


@cache
def _bytes() -> LLTokenizer:
    """A vocabulary in which every byte is a token."""
    return LLTokenizer("byte")
