"""The reference engine: any model of transformers, greedy, whatever its own settings say."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import (
    AutoModelForCausalLM,
    AutoTokenizer,
    GenerationConfig,
    T5Config,
    T5ForConditionalGeneration,
)

from briefer.errors import EngineUnavailable, GenerationFailed
from briefer.models import convert, sources, transformers
from briefer.models.base import Prompt
from briefer.models.sources import Source
from tests import tiny
from tests.engines import ask, opened, real

NO_SYSTEM_TURN = (
    "{% if messages[0]['role'] == 'system' %}{{ raise_exception('no system turn') }}{% endif %}"
    "{% for turn in messages %}<|im_start|>{{ turn['content'] }}<|im_end|>{% endfor %}"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The tiny model as ``save_pretrained`` would write it."""
    source = tiny.write_gguf(tmp_path / "tiny.gguf")
    home = convert.checkpoint(source, cache=tmp_path)
    copy = tmp_path / "model"
    AutoModelForCausalLM.from_pretrained(home).save_pretrained(copy)
    AutoTokenizer.from_pretrained(convert.tokenizer(source, cache=tmp_path)).save_pretrained(copy)
    return copy


def load(folder: Path) -> Any:
    return transformers.load(sources.resolve(str(folder)), precision="float32")


def test_models_own_settings_change_nothing(folder: Path) -> None:
    plain = ask(load(folder), "One two three", max_new_tokens=12)

    GenerationConfig(  # type: ignore[no-untyped-call]
        repetition_penalty=5.0, do_sample=True, temperature=9.0, num_beams=3, min_new_tokens=3
    ).save_pretrained(folder)

    assert ask(load(folder), "One two three", max_new_tokens=12) == plain


def test_answer_is_the_same_alone_and_beside_longer_prompts(folder: Path) -> None:
    engine = load(folder)
    texts = ["One", "One two three four five six", "One two three four five six seven eight"]
    prompts = [Prompt(text, form="plain", max_new_tokens=8) for text in texts]

    together = engine.generate(prompts)

    alone = [engine.generate([prompt])[0] for prompt in prompts]
    for one, same in zip(together, alone, strict=True):
        assert one.log_likelihood == pytest.approx(same.log_likelihood, abs=1e-3)
        assert replace(one, log_likelihood=None) == replace(same, log_likelihood=None)


def test_likelihoods_are_the_models_own(folder: Path) -> None:
    engine = load(folder)
    prompt = Prompt("One two three", form="plain", max_new_tokens=1)
    model: Any = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    tokenizer = AutoTokenizer.from_pretrained(folder)

    (greedy,) = engine.generate([prompt])
    (found,) = engine.propose([prompt], 20)

    with torch.inference_mode():
        said = model(**tokenizer(prompt.text, return_tensors="pt")).logits[0, -1].log_softmax(-1)
    assert greedy.log_likelihood == pytest.approx(float(said.max()), abs=1e-4)
    letters = {one.text: one.log_likelihood for one in found if re.fullmatch("[a-z]", one.text)}
    wanted = {letter: float(said[tokenizer.encode(letter)[0]]) for letter in letters}
    assert letters
    assert letters == pytest.approx(wanted, abs=1e-4)


def test_template_without_system_turn_gets_the_instruction_in_the_users(folder: Path) -> None:
    (folder / "chat_template.jinja").write_text(NO_SYSTEM_TURN)
    engine = load(folder)

    (answer,) = engine.generate([Prompt("Who?", instruction="Be brief.", max_new_tokens=1)])

    wanted = engine.count_tokens("<|im_start|>Be brief.\n\nWho?<|im_end|>")
    assert answer.n_prompt_tokens == wanted


def test_model_without_template_reads_instruction_and_text(folder: Path) -> None:
    (folder / "chat_template.jinja").unlink()
    engine = load(folder)

    (answer,) = engine.generate([Prompt("Who?", instruction="Be brief.", max_new_tokens=1)])

    assert answer.n_prompt_tokens == engine.count_tokens("Be brief.\n\nWho?")


def test_second_end_token_ends_an_answer_too(folder: Path) -> None:
    engine = load(folder)

    spelled = AutoTokenizer.from_pretrained(folder).get_vocab()

    assert {spelled["<|im_end|>"], spelled["<|endoftext|>"]} <= set(engine._searches.ends)


def test_encoder_decoder_model_answers(folder: Path, tmp_path: Path) -> None:
    engine = load(tiny_t5(tmp_path / "t5", tokenizer=folder))
    prompts = [
        Prompt("abc", form="plain", max_new_tokens=4),
        Prompt("abcdef", form="plain", max_new_tokens=4, schema={"const": 1}),
    ]

    free, bound = engine.generate(prompts)

    assert (free.n_prompt_tokens, bound.n_prompt_tokens) == (3, 6)
    assert free.n_output_tokens <= 4
    assert bound.text == "1"


def tiny_t5(home: Path, *, tokenizer: Path) -> Path:
    """A random encoder-decoder model with the tokenizer of another."""
    fast = AutoTokenizer.from_pretrained(tokenizer)
    fast.save_pretrained(home)
    torch.manual_seed(1)
    config = T5Config(vocab_size=len(fast), d_model=16, d_kv=8, d_ff=32, num_layers=1, num_heads=2)
    config.decoder_start_token_id = fast.pad_token_id
    T5ForConditionalGeneration(config).save_pretrained(home)
    return home


def test_tokenizer_that_schemas_cannot_be_bound_to_is_said(folder: Path, tmp_path: Path) -> None:
    home = tiny_t5(tmp_path / "t5", tokenizer=folder)
    change(home / "tokenizer.json", decoder={"type": "Fuse"})
    change(home / "tokenizer_config.json", tokenizer_class="PreTrainedTokenizerFast")

    with pytest.raises(GenerationFailed, match="cannot be bound to a JSON Schema"):
        ask(load(home), "One", schema={"const": 1})


def change(path: Path, **values: object) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text()), **values}))


def test_folder_that_no_engine_knows_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"model_type": "no-such-type"}')
    (tmp_path / "model.safetensors").write_bytes(b"")

    with pytest.raises(EngineUnavailable, match="transformers cannot load"):
        transformers.load(sources.resolve(str(tmp_path)))


def test_precision_can_be_chosen(folder: Path) -> None:
    source = sources.resolve(str(folder))

    half = transformers.load(source, precision="bfloat16")

    assert half._model.dtype == torch.bfloat16
    assert transformers.load(source, precision="float32")._model.dtype == torch.float32


@pytest.fixture(scope="module")
def smollm2() -> Source:
    return real()


@pytest.mark.model
@pytest.mark.parametrize(
    ("name", "options"), [("transformers", {"precision": "float32"}), ("llamacpp", {})]
)
def test_real_model_continues_what_it_knows(
    name: str, options: dict[str, Any], smollm2: Source
) -> None:
    engine = opened(name, smollm2, **options)

    answer = ask(engine, "The capital of France is", max_new_tokens=2, stop=(".",))

    assert answer.text == " Paris"


@pytest.mark.model
def test_openvino_finds_the_same_answers_likely(smollm2: Source) -> None:
    """It rounds in its own way; 8-bit sums move a likelihood by .1, wrong weights by 1."""
    prompts = [
        Prompt("The capital of France is", form="plain", max_new_tokens=1),
        Prompt("Paris is the capital of France. The Louvre is in", form="plain", max_new_tokens=1),
    ]
    wanted = opened("transformers", smollm2, precision="float32").propose(prompts, 4)

    found = opened("openvino", smollm2).propose(prompts, 20)

    differences = [
        abs((told[one.text] or 0.0) - (one.log_likelihood or 0.0))
        for row, other in zip(found, wanted, strict=True)
        for told in [{one.text: one.log_likelihood for one in row}]
        for one in other
    ]
    assert max(differences) < 0.4
