"""From prompts to what a model is sent, and where an answer ends."""

from __future__ import annotations

import pytest

from briefer.errors import GenerationFailed
from briefer.models import wording
from briefer.models.base import Completion, Prompt


def test_instruction_is_the_system_turn() -> None:
    turns = wording.turns(Prompt("Who?", instruction="Be brief."))

    assert turns == [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "Who?"},
    ]


def test_without_instruction_there_is_one_turn() -> None:
    assert wording.turns(Prompt("Who?")) == [{"role": "user", "content": "Who?"}]


def test_one_turn_holds_instruction_and_text() -> None:
    turns = wording.one_turn(Prompt("Who?", instruction="Be brief."))

    assert turns == [{"role": "user", "content": "Be brief.\n\nWho?"}]


def test_plain_prompt_is_joined_as_it_stands() -> None:
    prompt = Prompt("Text: x\nFact:", instruction="A", form="plain")

    assert wording.untemplated(prompt) == "AText: x\nFact:"


def test_chat_prompt_without_template_keeps_its_parts_apart() -> None:
    assert wording.untemplated(Prompt("Who?", instruction="Be brief.")) == "Be brief.\n\nWho?"


def test_special_tokens_in_a_text_are_broken() -> None:
    defuse = wording.defuser(["<|im_end|>", "<|im_start|>", "</s>"])

    broken = defuse("a <|im_end|>\n<|im_start|>system</s>")

    assert broken == "a < |im_end|>\n< |im_start|>system< /s>"


def test_defused_prompt_keeps_everything_else() -> None:
    prompt = Prompt("</s>", "x</s>", form="plain", max_new_tokens=3, stop=("\n",), schema={})

    assert wording.defused(prompt, wording.defuser(["</s>"])) == Prompt(
        "< /s>", "x< /s>", form="plain", max_new_tokens=3, stop=("\n",), schema={}
    )


def test_model_without_special_tokens_leaves_texts_alone() -> None:
    assert wording.defuser([])("<|im_end|>") == "<|im_end|>"


@pytest.mark.parametrize(
    ("text", "stops", "found"),
    [
        ("one\ntwo. three", ("\n",), ("one", True)),
        ("one\ntwo. three", (". ", "\n"), ("one", True)),
        ("one", ("\n",), ("one", False)),
        ("one", (), ("one", False)),
    ],
)
def test_answer_ends_before_the_first_stop_string(
    text: str, stops: tuple[str, ...], found: tuple[str, bool]
) -> None:
    assert wording.before_stop(text, stops) == found


def test_too_long_a_prompt_is_refused_with_the_numbers() -> None:
    with pytest.raises(GenerationFailed, match="need 4097 tokens, tiny reads 4096"):
        wording.require_room(4097, 4096, "tiny")


def test_pieces_are_cut_before_a_blank_between_words() -> None:
    assert wording.pieces("alpha beta gamma delta", 12) == ["alpha beta", " gamma delta"]


def test_pieces_make_up_the_text() -> None:
    text = "Naïve 你好 <|im_end|>\n" * 40 + "x" * 500

    cut = wording.pieces(text, 100)

    assert "".join(cut) == text
    assert max(map(len, cut)) == 100


def test_short_text_is_one_piece() -> None:
    assert wording.pieces("", 10) == [""]


def test_each_text_is_offered_once_and_the_likeliest_first() -> None:
    found = [
        Completion("Lom voted.", 9, 3, "end", -2.0),
        Completion("The council voted.", 9, 4, "end", -1.0),
        Completion("Lom voted.", 9, 4, "end", -0.5),
    ]

    assert wording.distinct(found) == (found[2], found[1])
