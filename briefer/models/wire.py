"""OpenAI's protocol: a prompt as a request, a server's answer as a completion, its complaint.

What is optional in the protocol is optional here. Knows nothing of connections.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from typing import Any

from briefer.errors import GenerationFailed
from briefer.models import grammar, wording
from briefer.models.base import Completion, Prompt, StopReason

OPTIONAL = ("chat_template_kwargs", "logprobs")
"""Fields that not every server knows, and that an answer can do without."""

_MAX_COMPLAINT = 200
_WORD = re.compile(r"\w+|[^\w\s]")
_THOUGHTS_END = "</think>"


def request(prompt: Prompt, model: str, without: Collection[str] = ()) -> tuple[str, Any]:
    """The route and the body; ``without`` are optional fields that the server does not know."""
    prompt = wording.defused(prompt, wording.break_marks)
    body: dict[str, Any] = {
        "model": model,
        "max_tokens": prompt.max_new_tokens,
        "temperature": 0,
        "stream": False,
    }
    if prompt.stop:
        body["stop"] = list(prompt.stop)
    if prompt.schema is not None:
        named = {"name": "answer", "strict": True, "schema": dict(prompt.schema)}
        body["response_format"] = {"type": "json_schema", "json_schema": named}
    if prompt.form == "plain":
        route = "/completions"
        body |= {"prompt": prompt.instruction + prompt.text, "logprobs": 1}
    else:
        route = "/chat/completions"
        body |= {
            "messages": wording.turns(prompt),
            "chat_template_kwargs": dict(wording.TEMPLATE_WORDS),
        }
    return route, {name: body[name] for name in body if name not in without}


def completion(answer: Any, prompt: Prompt) -> Completion:
    """What the server wrote.

    Raises:
        GenerationFailed: the answer has another form, the model only thought aloud, or what it
            wrote does not obey the prompt's schema.
    """
    try:
        choice = answer["choices"][0]
        said = _spoken(choice["message"]) if prompt.form == "chat" else choice["text"]
        is_cut = choice.get("finish_reason") == "length"
        used = answer.get("usage") or {}
        n_read, n_written = used.get("prompt_tokens"), used.get("completion_tokens")
        likelihood = _likelihood(choice.get("logprobs"))
        words, is_stopped = wording.before_stop(str(said or ""), prompt.stop)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        raise GenerationFailed("The model server's answer has not OpenAI's form.") from error
    _check_schema(prompt, words, is_cut=is_cut or is_stopped)
    reason: StopReason = "length" if is_cut else "end"
    return Completion(
        words,
        n_read if isinstance(n_read, int) else n_words(prompt.text),
        n_written if isinstance(n_written, int) else n_words(words),
        reason,
        likelihood,
    )


def complaint(content: str) -> str:
    """What an error answer says: OpenAI's, FastAPI's or any other, shortened."""
    said: Any = content
    with suppress(ValueError):  # a proxy's page, most likely
        said = json.loads(content)
    for name in ("error", "detail", "message"):
        if isinstance(said, Mapping) and said.get(name):
            said = said[name]
    return " ".join(str(said).split())[:_MAX_COMPLAINT].rstrip(".")


def n_words(text: str) -> int:
    """Words and marks: an estimate of tokens, for the protocol has no way to ask."""
    return len(_WORD.findall(text))


def _likelihood(told: Any) -> float | None:
    """The sum over the tokens, as vLLM tells it (OpenAI's old form) or llama.cpp (the new one).

    Without the end, which servers leave out of what they tell.
    """
    if not told:
        return None
    if "content" in told:
        return sum(float(token["logprob"]) for token in told["content"])
    return sum(float(one) for one in told["token_logprobs"] if one is not None)


def _spoken(message: Mapping[str, Any]) -> str:
    """What a chat model said, without what it thought."""
    said = str(message["content"] or "").lstrip()
    is_thinking = said.startswith("<think>") and _THOUGHTS_END not in said
    if is_thinking or (not said and (message.get("reasoning_content") or message.get("reasoning"))):
        raise GenerationFailed(
            "The model on the server thinks aloud and came to no answer in the tokens of a line. "
            "Start the server with thinking switched off, or serve a model that does not think."
        )
    return said.partition(_THOUGHTS_END)[2].lstrip() if said.startswith("<think>") else said


def _check_schema(prompt: Prompt, words: str, *, is_cut: bool) -> None:
    if prompt.schema is None or grammar.is_obeyed(prompt.schema, words, is_cut=is_cut):
        return
    raise GenerationFailed(
        "The model server did not obey the JSON Schema that it was sent as response_format: "
        "transformers serve never does, llama.cpp only in chats. Serve the model with another one."
    )
