"""The fake engine: plausible, deterministic, obedient to tables and schemas."""

from __future__ import annotations

import json

import jsonschema
import pytest

from briefer import prompts
from briefer.errors import GenerationFailed
from briefer.models.base import Completion, Engine, Prompt
from briefer.models.fake import FakeEngine

VARIABLES: dict[str, object] = {
    "kind": "fact",
    "title": "Ferry runs again",
    "before": "It was Monday.",
    "start": "The ferry stood still.",
    "context": "It was Monday.",
    "passage": "The ferry to Lom runs again. It had been idle since May.",
    "speaker": None,
    "parties": [],
    "line": None,
}


@pytest.mark.parametrize("version", ["v1", "v3", "v4"])
def test_line_is_the_first_sentence_of_the_passage(version: str) -> None:
    rendered = prompts.render("condense", version, **VARIABLES)

    (answer,) = FakeEngine().generate([Prompt(rendered.text, rendered.instruction)])

    assert answer.text == "The ferry to Lom runs again."


def test_long_sentence_is_shortened_to_twenty_five_words() -> None:
    passage = " ".join(f"word{number}" for number in range(40)) + "."

    (answer,) = FakeEngine().generate([Prompt(f"Passage: {passage}")])

    assert answer.text == " ".join(f"word{number}" for number in range(25)) + "."


def test_table_answers_for_the_prompts_that_hold_its_keys() -> None:
    engine = FakeEngine(answers={"ferry": "It runs."})

    answers = engine.generate([Prompt("A bus came."), Prompt("The ferry came.")])

    assert [answer.text for answer in answers] == ["A bus came.", "It runs."]


def test_answer_stops_at_the_limit_and_says_so() -> None:
    (answer,) = FakeEngine().generate([Prompt("One two three four five.", max_new_tokens=3)])

    assert answer == Completion("One two three", 6, 3, "length")


def test_answer_can_be_cut_off_whatever_the_prompt_allows() -> None:
    (answer,) = FakeEngine(cut_after=2).generate([Prompt("One two three.", max_new_tokens=60)])

    assert (answer.text, answer.stop_reason) == ("One two", "length")


def test_answer_stops_before_a_stop_string() -> None:
    engine = FakeEngine(answers={"x": "one\ntwo"})

    (answer,) = engine.generate([Prompt("x", stop=("\n",))])

    assert (answer.text, answer.stop_reason) == ("one", "end")


def test_failure_names_what_it_failed_on() -> None:
    engine = FakeEngine(fails_on="ferry")

    with pytest.raises(GenerationFailed, match="ferry"):
        engine.generate([Prompt("A bus."), Prompt("A ferry.")])


def test_schema_with_every_simple_type_is_obeyed() -> None:
    schema = {
        "type": "object",
        "properties": {
            "kind": {"enum": ["fact", "view"]},
            "one": {"const": 1},
            "either": {"anyOf": [{"type": "null"}, {"type": "string"}]},
            "names": {"type": "array", "items": {"type": "string"}, "minItems": 2},
            "count": {"type": "integer", "minimum": 3},
            "share": {"type": "number"},
            "is_old": {"type": "boolean"},
            "line": {"type": "string", "maxLength": 9},
        },
        "required": ["kind", "names", "line"],
    }

    (answer,) = FakeEngine().generate(
        [Prompt("Text: The ferry runs.", schema=schema, max_new_tokens=99)]
    )

    said = json.loads(answer.text)
    jsonschema.validate(said, schema)
    assert said["line"] == "The ferry"


def test_fake_obeys_the_protocol() -> None:
    engine: Engine = FakeEngine()

    assert engine.card.engine == "fake"
