"""How torch is told to look for an answer, and which tokens end one."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from transformers import GenerationConfig

from briefer.models import searches
from briefer.models.searches import Searches


@dataclass
class Spelling:
    """A tokenizer that only knows how its special tokens are spelled."""

    eos_token_id: int | None = None
    pad_token_id: int | None = None
    vocabulary: dict[str, int] = field(default_factory=dict)

    def get_vocab(self) -> dict[str, int]:
        return self.vocabulary


def settings(**own: object) -> GenerationConfig:
    return GenerationConfig(**own)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize(
    ("said", "ends"), [(7, (3, 5, 7)), ([9, 7], (3, 5, 7, 9)), (None, (3, 5)), (5, (3, 5))]
)
def test_answer_ends_where_model_tokenizer_or_template_end_it(
    said: int | list[int] | None, ends: tuple[int, ...]
) -> None:
    tokenizer = Spelling(eos_token_id=5, vocabulary={"<|im_end|>": 3, "word": 4})

    assert searches.of(settings(eos_token_id=said), tokenizer).ends == ends


def test_rows_are_filled_with_the_pad_token_even_if_it_is_the_first() -> None:
    assert searches.of(settings(), Spelling(eos_token_id=5, pad_token_id=0)).pad == 0


def test_rows_without_pad_token_are_filled_with_the_first_end() -> None:
    tokenizer = Spelling(eos_token_id=5, vocabulary={"</s>": 2})

    assert searches.of(settings(), tokenizer).pad == 2


def test_greedy_search_keeps_where_a_model_begins_and_nothing_else_of_its_settings() -> None:
    own = settings(
        bos_token_id=11,
        decoder_start_token_id=12,
        forced_bos_token_id=13,
        do_sample=True,
        num_beams=4,
        repetition_penalty=5.0,
    )

    chosen = Searches(own, ends=(2, 5), pad=0).greedy(8).to_diff_dict()

    del chosen["transformers_version"]
    assert chosen == {
        "max_new_tokens": 8,
        "do_sample": False,
        "num_beams": 1,
        "eos_token_id": [2, 5],
        "pad_token_id": 0,
        "bos_token_id": 11,
        "decoder_start_token_id": 12,
        "forced_bos_token_id": 13,
        "return_dict_in_generate": True,
    }


def test_all_beams_come_back_with_the_sum_of_their_likelihoods() -> None:
    config = Searches(settings(), ends=(5,), pad=0).beams(8, 3)

    assert (config.num_beams, config.num_return_sequences) == (3, 3)
    assert (config.max_new_tokens, config.do_sample) == (8, False)
    assert (config.output_scores, config.length_penalty) == (True, 0.0)
