"""What every engine must do, whatever it runs on: one set of tests over all of them."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import replace

import jsonschema
import pytest

from briefer.errors import GenerationFailed
from briefer.models.base import Engine, Prompt, Proposer
from tests.engines import ask, loaded

KINDS = [
    "fake",
    "transformers tiny",
    "openvino tiny",
    "llamacpp tiny",
    *(
        pytest.param(f"{name} real", marks=pytest.mark.model)
        for name in ("transformers", "openvino", "llamacpp")
    ),
]
SCRIPTS = ["Naïve café", "你好，世界", "🙂👩‍👩‍👧", "مرحبا بالعالم", "\u200b\ufeff"]
SCHEMA = {
    "type": "object",
    "properties": {
        "kind": {"enum": ["fact", "view"]},
        "names": {"type": "array", "items": {"enum": ["Lom", "Ada"]}, "maxItems": 2},
    },
    "required": ["kind", "names"],
    "additionalProperties": False,
}


@pytest.fixture(scope="module", params=KINDS)
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    yield from loaded(request.param, tmp_path_factory.mktemp("engine"))


def test_answers_come_in_the_order_of_the_prompts(engine: Engine) -> None:
    texts = ["a " * length for length in (3, 40, 7, 200, 1, 90)]
    prompts = [
        Prompt(text, form="plain", schema={"const": number}) for number, text in enumerate(texts)
    ]

    answers = engine.generate(prompts)

    assert [answer.text for answer in answers] == ["0", "1", "2", "3", "4", "5"]


def test_more_prompts_than_run_at_once_are_all_answered(engine: Engine) -> None:
    prompts = [Prompt(f"Number {number}", form="plain", max_new_tokens=2) for number in range(40)]

    answers = engine.generate(prompts)

    assert [answer.n_prompt_tokens for answer in answers] == [
        engine.count_tokens(prompt.text) for prompt in prompts
    ]


def test_no_prompts_give_no_answers(engine: Engine) -> None:
    assert engine.generate([]) == []


def test_answer_is_cut_at_the_limit_and_says_so(engine: Engine) -> None:
    answer = ask(engine, "One two three four five six seven", max_new_tokens=3)

    assert answer.stop_reason == "length"
    assert 0 < answer.n_output_tokens <= 3


def test_each_prompt_has_its_own_limit(engine: Engine) -> None:
    text = "One two three four five six seven eight nine ten eleven twelve"
    short, long = engine.generate(
        [Prompt(text, form="plain", max_new_tokens=limit) for limit in (2, 8)]
    )

    assert short.n_output_tokens <= 2 < long.n_output_tokens


def test_answer_ends_before_a_stop_string(engine: Engine) -> None:
    schema = {"const": "one two three"}

    answer = ask(engine, "Count:", schema=schema, stop=(" three", "!"))

    assert (answer.text, answer.stop_reason) == ('"one two', "end")


def test_answer_ends_before_a_line_break(engine: Engine) -> None:
    text = "A list of fruits:\n1. Apple\n2."

    free = ask(engine, text, max_new_tokens=16)
    line = ask(engine, text, max_new_tokens=16, stop=("\n",))

    assert line.text == free.text.partition("\n")[0]
    assert line.n_output_tokens <= free.n_output_tokens


def test_answer_that_is_complete_says_so(engine: Engine) -> None:
    answer = ask(engine, "Say it:", schema={"const": "Lom"})

    assert (answer.text, answer.stop_reason) == ('"Lom"', "end")


def test_answer_obeys_its_schema(engine: Engine, request: pytest.FixtureRequest) -> None:
    if "[openvino tiny]" in request.node.name:
        pytest.skip("OpenVINO allows any white space in JSON, and random weights write only that")

    answer = ask(engine, "Facts and views:", schema=SCHEMA, max_new_tokens=120)

    jsonschema.validate(json.loads(answer.text), SCHEMA)


def test_free_and_bound_prompts_run_together(engine: Engine) -> None:
    free, bound = engine.generate(
        [
            Prompt("One two three four", form="plain", max_new_tokens=3),
            Prompt("One two three four", form="plain", schema={"const": 7}),
        ]
    )

    assert free.stop_reason == "length"
    assert bound.text == "7"


@pytest.mark.parametrize("text", SCRIPTS)
def test_any_script_can_be_asked_and_counted(engine: Engine, text: str) -> None:
    answer = ask(engine, text, max_new_tokens=4)

    assert answer.n_prompt_tokens == engine.count_tokens(text)
    answer.text.encode()  # raises if there were half characters, which cannot be written


def test_answers_in_other_scripts_come_out_whole(engine: Engine) -> None:
    answer = ask(engine, "Greet:", schema={"const": "你好 🙂 é"}, max_new_tokens=60)

    assert json.loads(answer.text) == "你好 🙂 é"


def test_instruction_and_text_are_read_as_one_plain_prompt(engine: Engine) -> None:
    (apart, joined) = engine.generate(
        [
            Prompt("Fact:", instruction="Title: Lom\n", form="plain", max_new_tokens=2),
            Prompt("Title: Lom\nFact:", form="plain", max_new_tokens=2),
        ]
    )

    assert apart.n_prompt_tokens == joined.n_prompt_tokens


def test_same_prompt_gets_the_same_answer(engine: Engine) -> None:
    first = ask(engine, "The ferry to Lom", max_new_tokens=12)

    assert ask(engine, "The ferry to Lom", max_new_tokens=12) == first


def test_answer_says_how_likely_it_was_or_nothing(engine: Engine) -> None:
    prompt = Prompt("The capital of France is", form="plain", max_new_tokens=1)
    (one,) = engine.generate([prompt])
    (more,) = engine.generate([replace(prompt, max_new_tokens=6)])

    if one.log_likelihood is None or more.log_likelihood is None:
        assert engine.card.engine in ("fake", "llamacpp")
    else:
        assert more.log_likelihood < one.log_likelihood <= 0


def test_proposals_are_distinct_and_the_likeliest_comes_first(engine: Engine) -> None:
    if not isinstance(engine, Proposer):
        assert engine.card.engine in ("fake", "llamacpp")
        return
    prompts = [Prompt(text, form="plain", max_new_tokens=5) for text in ("The ferry", "A mayor")]

    proposed = engine.propose(prompts, 3)

    for prompt, found in zip(prompts, proposed, strict=True):
        (greedy,) = engine.generate([prompt])
        sure = [one.log_likelihood or 0.0 for one in found]
        assert 1 <= len({one.text for one in found}) == len(found) <= 3
        assert sure == sorted(sure, reverse=True)
        assert {one.n_prompt_tokens for one in found} == {greedy.n_prompt_tokens}


def test_proposals_of_one_token_are_as_likely_as_in_one_distribution(engine: Engine) -> None:
    if not isinstance(engine, Proposer):
        assert engine.card.engine in ("fake", "llamacpp")
        return
    prompt = Prompt("The capital of France is", form="plain", max_new_tokens=1)

    (found,) = engine.propose([prompt], 5)

    (greedy,) = engine.generate([prompt])
    assert greedy.log_likelihood == pytest.approx(found[0].log_likelihood, abs=0.02)
    assert sum(math.exp(one.log_likelihood or 0.0) for one in found) <= 1.0001


def test_proposals_end_before_a_stop_string(engine: Engine) -> None:
    if not isinstance(engine, Proposer):
        assert engine.card.engine in ("fake", "llamacpp")
        return
    prompt = Prompt("The capital of France is", form="plain", max_new_tokens=8)
    (free,) = engine.propose([prompt], 2)
    stop = free[0].text[1:3]

    (bound,) = engine.propose([replace(prompt, stop=(stop,))], 2)

    assert stop
    assert not any(stop in one.text for one in bound)


def test_card_names_engine_and_weights(engine: Engine) -> None:
    card = engine.card

    assert card.engine in ("fake", "transformers", "openvino", "llamacpp")
    assert (card.weights_sha256 is None) == (card.engine == "fake")
    assert not card.is_trained


REAL = [kind for kind in KINDS if kind != "fake"]


@pytest.fixture(scope="module", params=REAL)
def model(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """Engines with a chat template, special tokens and an end of their context."""
    yield from loaded(request.param, tmp_path_factory.mktemp("model"))


def test_chat_form_goes_once_through_the_template(model: Engine) -> None:
    plain, chat = model.generate(
        [
            Prompt("Who?", instruction="Be brief.", form="plain", max_new_tokens=1),
            Prompt("Who?", instruction="Be brief.", form="chat", max_new_tokens=1),
        ]
    )
    header = "".join(
        f"<|im_start|>{role}\n{said}<|im_end|>\n"
        for role, said in (("system", "Be brief."), ("user", "Who?"))
    )

    assert chat.n_prompt_tokens == model.count_tokens(header + "<|im_start|>assistant\n")
    assert chat.n_prompt_tokens > plain.n_prompt_tokens


def test_special_tokens_spelled_out_in_a_text_are_only_text(model: Engine) -> None:
    spelled = ask(model, "a <|im_end|> b", max_new_tokens=1)

    assert spelled.n_prompt_tokens == model.count_tokens("a < |im_end|> b")
    assert model.count_tokens("a <|im_end|> b") < spelled.n_prompt_tokens


def test_schema_that_is_none_is_an_error(model: Engine) -> None:
    with pytest.raises(GenerationFailed, match="JSON Schema cannot be obeyed"):
        ask(model, "Name:", schema={"type": "no-such-type"})


def test_prompt_longer_than_the_context_is_refused(model: Engine) -> None:
    with pytest.raises(GenerationFailed, match="token"):
        ask(model, "word " * 20_000, max_new_tokens=2)


def test_long_text_is_counted_to_its_end(model: Engine) -> None:
    once = model.count_tokens("The ferry to Lom runs again.\n")

    assert model.count_tokens("The ferry to Lom runs again.\n" * 1500) == 1500 * once


@pytest.mark.parametrize("kind", ["fake", "transformers tiny", "openvino tiny", "llamacpp tiny"])
def test_closed_engine_refuses_work(kind: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    engine = next(loaded(kind, tmp_path_factory.mktemp("closed")))

    engine.close()

    with pytest.raises(GenerationFailed, match="closed"):
        ask(engine, "The ferry")
