"""An optional judge: any model behind an OpenAI-compatible API. Off unless asked for.

Nobody should believe it before ``agreement`` has shown how often it says what humans said of the
same summaries (QAGS).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Protocol

import httpx

from briefer import prompts
from briefer.prompts import RenderedPrompt
from eval.data import Data
from eval.errors import EvalError
from eval.metrics.figures import Ratio, measure
from eval.metrics.ranking import Scored, balanced_accuracy
from eval.readers.fields import qags
from eval.rows import Heading, Row

_KEY = "EVAL_JUDGE_KEY"
_TIMEOUT_S = 120.0
_MAX_ANSWER_TOKENS = 8


class JudgeFailed(EvalError):
    """The judge's API did not answer as its interface says."""

    retryable = True


class Asked(Protocol):
    """Something that answers a prompt in one word."""

    def ask(self, prompt: RenderedPrompt) -> str:
        """The first word of the answer, lower case."""
        ...


class Judge:
    """A model behind ``{url}/chat/completions``; the key, if any, from ``EVAL_JUDGE_KEY``."""

    def __init__(self, url: str, model: str) -> None:
        key = os.environ.get(_KEY)
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._client = httpx.Client(base_url=url, headers=headers, timeout=_TIMEOUT_S)
        self._model = model

    def ask(self, prompt: RenderedPrompt) -> str:
        """The first word of the answer, lower case.

        Raises:
            JudgeFailed: no answer, or none in the form of the interface.
        """
        request = {
            "model": self._model,
            "temperature": 0,
            "max_tokens": _MAX_ANSWER_TOKENS,
            "messages": [
                {"role": "system", "content": prompt.instruction},
                {"role": "user", "content": prompt.text},
            ],
        }
        try:
            response = self._client.post("chat/completions", json=request)
            response.raise_for_status()
            answer = str(response.json()["choices"][0]["message"]["content"])
        except (httpx.HTTPError, KeyError, IndexError, TypeError, ValueError) as error:
            raise JudgeFailed(f"the judge at {self._client.base_url} failed: {error!r}") from error
        return first_word(answer)


def first_word(answer: str) -> str:
    """The first word, lower case, without marks; empty for an empty answer."""
    words = answer.split()
    return words[0].strip(" .,:;!\"'*").casefold() if words else ""


def supports(judge: Asked, article: str, claim: str) -> bool:
    """Whether the judge says that the article supports the whole claim."""
    rendered = prompts.render("judge_claim", "v1", passage=article, claim=claim)
    return judge.ask(rendered) == "yes"


def agreement(judge: Asked, data: Data, limit: int) -> list[Row]:
    """How often the judge says of QAGS summaries what humans said."""
    gold = list(qags(data.sets, "cnndm"))[:limit]
    decisions = [
        Scored(float(supports(judge, one.text, one.summary)), one.human_factual == 1)
        for one in gold
    ]

    def balanced(drawn: Sequence[Scored]) -> float | None:
        return balanced_accuracy(drawn, 0.5)  # yes is 1.0, no is 0.0

    heading = Heading("judge", "qags cnndm", "judge")
    same = [Ratio((d.score == 1) == d.is_positive, 1) for d in decisions]
    return [
        heading.row("balanced accuracy", measure(decisions, balanced)),
        *heading.pooled([{"agrees with humans": ratio} for ratio in same]),
    ]
