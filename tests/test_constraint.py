"""Schemas as masks over the tokens of a model that would write anything."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import jsonschema
import pytest
import torch
from llguidance import LLTokenizer
from llguidance.hf import from_tokenizer
from transformers import AutoTokenizer

from briefer.models import convert
from briefer.models.constraint import SchemaMask
from tests import tiny

N_WIDE = 288  # logits of a model that pads its vocabulary, as Qwen does

SCHEMA = {
    "type": "object",
    "properties": {
        "holder": {"type": "string", "maxLength": 12},
        "sentences": {"type": "array", "items": {"enum": [1, 2, 3]}, "maxItems": 3},
        "kind": {"enum": ["fact", "view"]},
        "quote": {"anyOf": [{"type": "null"}, {"type": "string", "maxLength": 5}]},
    },
    "required": ["holder", "sentences", "kind", "quote"],
    "additionalProperties": False,
}


@pytest.fixture(scope="module")
def fast(tmp_path_factory: pytest.TempPathFactory) -> Any:
    home = tmp_path_factory.mktemp("constraint")
    source = tiny.write_gguf(home / "tiny.gguf")
    return AutoTokenizer.from_pretrained(convert.tokenizer(source, cache=home))


@pytest.fixture(scope="module")
def tokens(fast: Any) -> LLTokenizer:
    return from_tokenizer(fast, n_vocab=N_WIDE)


def written(
    fast: Any, tokens: LLTokenizer, schemas: Sequence[Mapping[str, Any] | None], seed: int
) -> list[str]:
    """What rows of random logits write under the schemas, each to its end token."""
    torch.manual_seed(seed)
    mask = SchemaMask(tokens, schemas, N_WIDE)
    ids = torch.zeros(len(schemas), 3, dtype=torch.long)  # (B, T): a prompt of three tokens
    for _ in range(200):
        scores = mask(ids, torch.randn(len(schemas), N_WIDE))
        ids = torch.cat((ids, scores.argmax(-1, keepdim=True)), 1)
    rows = ids[:, 3:].tolist()
    end = fast.eos_token_id
    return [fast.decode(row[: row.index(end)] if end in row else row) for row in rows]


@pytest.mark.parametrize("seed", range(5))
def test_random_logits_write_json_that_obeys(fast: Any, tokens: LLTokenizer, seed: int) -> None:
    (text,) = written(fast, tokens, [SCHEMA], seed)

    jsonschema.validate(json.loads(text), SCHEMA)
    assert ": " not in text.replace('": "', "")


def test_each_row_obeys_its_own_schema(fast: Any, tokens: LLTokenizer) -> None:
    first, second = written(fast, tokens, [{"const": [1, 2]}, {"const": {"a": None}}], seed=1)

    assert (first, second) == ("[1,2]", '{"a":null}')


def test_row_without_schema_is_free(tokens: LLTokenizer) -> None:
    mask = SchemaMask(tokens, [None, {"const": 1}], N_WIDE)
    scores = torch.randn(2, N_WIDE)

    masked = mask(torch.zeros(2, 1, dtype=torch.long), scores)

    assert torch.equal(masked[0], scores[0])
    assert torch.isfinite(masked[1]).sum() == 1


def test_scores_that_are_given_are_not_changed(tokens: LLTokenizer) -> None:
    scores = torch.zeros(1, N_WIDE)

    SchemaMask(tokens, [{"const": 1}], N_WIDE)(torch.zeros(1, 1, dtype=torch.long), scores)

    assert torch.equal(scores, torch.zeros(1, N_WIDE))
