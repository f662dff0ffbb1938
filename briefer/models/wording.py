"""From a prompt to what a model is sent, and from its tokens to the text; shared by the engines.

Knows nothing of torch, OpenVINO or llama.cpp.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal

from briefer.errors import GenerationFailed
from briefer.models.base import Completion, Prompt

Turns = list[dict[str, str]]
Special = Literal["none", "added"]
"""Whether a tokenizer adds the special tokens that a text of its own has, such as a beginning."""

TEMPLATE_WORDS: Mapping[str, bool] = {"enable_thinking": False}
"""Told to every chat template: Qwen3 and its kin would think aloud first, the others ignore it."""

ENDS = ("<|im_end|>", "<|endoftext|>", "<|eot_id|>", "<|end|>", "<end_of_turn>", "</s>")
"""How the end of an answer is spelled in the vocabularies of the chat models we know.

A GGUF file names one end token; a model may write another (llama.cpp keeps the same list).
"""

# How vocabularies of chat models spell what steers them: <|im_end|>, </s>, <end_of_turn>, [INST].
_MARK = re.compile(
    r"[<\[](?=[|\uff5c][^<>\s]{1,40}[|\uff5c]>|/?s>|[be]os>|(?:start|end)_of_turn>|/?think>|/?INST\])"
)
_BETWEEN_WORDS = re.compile(r"(?<=[^\W\d_]) (?=[^\W\d_])")


def turns(prompt: Prompt) -> Turns:
    """The chat turns of a prompt: the instruction as system turn, the text as user turn."""
    system = [{"role": "system", "content": prompt.instruction}] if prompt.instruction else []
    return [*system, {"role": "user", "content": prompt.text}]


def one_turn(prompt: Prompt) -> Turns:
    """The same in a single user turn, for chat templates that know no system turn."""
    return [{"role": "user", "content": f"{prompt.instruction}\n\n{prompt.text}".strip()}]


def untemplated(prompt: Prompt) -> str:
    """The prompt for a model without chat template, or in the plain form."""
    between = "\n\n" if prompt.form == "chat" and prompt.instruction else ""
    return prompt.instruction + between + prompt.text


def defuser(specials: Iterable[str]) -> Callable[[str], str]:
    """Make a function that breaks a model's special tokens where a text spells them out.

    An article that holds ``<|im_end|>`` would otherwise end its own turn: tokenizers turn the
    characters into the token. The text stays readable, ``<|im_end|>`` becomes ``< |im_end|>``.
    """
    known = sorted((special for special in specials if len(special) > 1), key=len, reverse=True)
    if not known:
        return str
    spelled = re.compile("|".join(map(re.escape, known)))
    return lambda text: spelled.sub(lambda found: f"{found[0][0]} {found[0][1:]}", text)


def break_marks(text: str) -> str:
    """The text with all that may be a special token broken, for a model that is not known."""
    return _MARK.sub(lambda found: f"{found[0]} ", text)


def defused(prompt: Prompt, defuse: Callable[[str], str]) -> Prompt:
    """The prompt with instruction and text defused."""
    return Prompt(
        text=defuse(prompt.text),
        instruction=defuse(prompt.instruction),
        form=prompt.form,
        max_new_tokens=prompt.max_new_tokens,
        stop=prompt.stop,
        schema=prompt.schema,
    )


def require_room(n_tokens: int, n_context: int | None, model: str) -> None:
    """Refuse what is longer than the model can read; nothing is cut in silence.

    Raises:
        GenerationFailed: prompt and answer together are too long.
    """
    if n_context is not None and n_tokens > n_context:
        raise GenerationFailed(
            f"Prompt and answer need {n_tokens} tokens, {model} reads {n_context}. "
            "Ask with a shorter text."
        )


def before_stop(text: str, stops: Sequence[str]) -> tuple[str, bool]:
    """The text before the first stop string in it, and whether there was one."""
    places = [place for stop in stops if (place := text.find(stop)) >= 0]
    return (text[: min(places)], True) if places else (text, False)


def pieces(text: str, n_chars: int) -> list[str]:
    """The text in pieces of at most ``n_chars``, cut before a blank between words where possible.

    Byte-pair tokenizers begin a token at such a blank, so the pieces' tokens are the text's.
    """
    cut: list[str] = []
    while len(text) > n_chars:
        blanks = [found.start() for found in _BETWEEN_WORDS.finditer(text, n_chars // 2, n_chars)]
        place = blanks[-1] if blanks else n_chars
        cut.append(text[:place])
        text = text[place:]
    return [*cut, text]


def distinct(found: Iterable[Completion]) -> tuple[Completion, ...]:
    """Each text once, with its likeliest spelling in tokens; likeliest first."""
    likeliest: dict[str, Completion] = {}
    for one in sorted(found, key=lambda one: -(one.log_likelihood or 0.0)):
        likeliest.setdefault(one.text, one)
    return tuple(likeliest.values())
