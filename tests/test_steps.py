"""Where rows of a batch end, and how likely each was."""

from __future__ import annotations

from math import log

import pytest
import torch

from briefer.models.base import Prompt
from briefer.models.steps import Bounds, Sureness


class Letters:
    """A tokenizer whose tokens are letters."""

    def decode(self, ids: torch.Tensor) -> str:
        return "".join(chr(ord("a") + int(token)) for token in ids)


def test_likelihood_of_a_step_is_that_of_the_likeliest_token() -> None:
    sureness = Sureness()
    for scores in ([[0.0, 0.0], [log(3.0), 0.0]], [[0.0, log(9.0)], [0.0, 0.0]]):
        sureness(torch.zeros(2, 1), torch.tensor(scores))

    assert sureness.of(0) == pytest.approx([log(1 / 2), log(9 / 10)])
    assert sureness.of(1) == pytest.approx([log(3 / 4), log(1 / 2)])


def test_scores_go_on_as_they_came() -> None:
    scores = torch.tensor([[1.0, 2.0]])

    assert Sureness()(torch.zeros(1, 1), scores) is scores


def test_row_ends_at_its_limit_or_behind_its_stop_string() -> None:
    prompts = [Prompt("", max_new_tokens=2), Prompt("", max_new_tokens=9, stop=("b",))]
    bounds = Bounds(Letters(), prompts, n_before=1)

    assert bounds(torch.tensor([[7, 0], [7, 0]])).tolist() == [False, False]
    assert bounds(torch.tensor([[7, 0, 0], [7, 0, 1]])).tolist() == [True, True]


def test_beams_of_one_prompt_share_its_bounds() -> None:
    prompts = [Prompt("", max_new_tokens=2), Prompt("", max_new_tokens=9, stop=("b",))]
    bounds = Bounds(Letters(), prompts, n_before=1)

    ended = bounds(torch.tensor([[7, 0, 0], [7, 1, 1], [7, 0, 1], [7, 0, 0]]))

    assert ended.tolist() == [True, True, True, False]
