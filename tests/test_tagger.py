"""The learned tagger: windows, a tiny reader against the training code, head, calibration."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

import numpy as np
import pytest
import torch

from briefer.errors import WeightsError
from briefer.models import packed, tagger
from briefer.models.base import Prompt
from briefer.models.reader import token_ids
from briefer.models.sources import Source
from briefer.models.tagger import Platt, sentences, stance
from briefer.models.tagger.head import HINTS, LABELS, Head
from briefer.models.trained import Part
from tests import tiny

TEXTS = [[5, 90, 3, 17, 41, 8, 8, 200], [9, 12, 44]]


def test_windows_hold_every_sentence_once_and_begin_with_the_title() -> None:
    title = [1, 2, 3]
    pieces = [[k] * 300 for k in range(20)]

    made = sentences.windows(title, pieces)

    assert [number for window in made for number, _, _ in window.spans] == list(range(20))
    for window in made:
        assert window.ids[:3] == (1, 2, 3)
        assert len(window.ids) <= sentences.WINDOW
        for number, start, end in window.spans:
            assert window.ids[start:end] == (number,) * 300


def test_later_windows_begin_with_sentences_before() -> None:
    made = sentences.windows([1], [[k] * 100 for k in range(40)])

    assert made[0].spans[-1] == (14, 1401, 1501)
    assert made[1].ids[1:601] == tuple(k for k in range(9, 15) for _ in range(100))
    assert made[1].spans[0] == (15, 601, 701)


def test_one_endless_sentence_and_title_fit_a_window() -> None:
    (only,) = sentences.windows([7] * 5000, [[8] * 5000])

    assert only.spans == ((0, 384, 768),)


def test_sentence_is_the_mean_and_the_last_of_its_tokens() -> None:
    states = torch.tensor([[0.0], [1.0], [3.0], [9.0]])
    window = sentences.Window((0, 0, 0, 0), ((0, 1, 3), (1, 3, 4)))

    assert sentences.pooled([states], [window]).tolist() == [[2.0, 3.0], [9.0, 9.0]]


def test_word_is_the_last_of_its_tokens() -> None:
    states = torch.tensor([[0.0], [1.0], [2.0], [3.0], [4.0], [5.0]])
    window = sentences.Window((0,) * 6, ((0, 1, 4), (1, 4, 6)))

    words = sentences.of_words([states], [window], [[0, 2], [1, 7]])

    assert words[0].tolist() == [[1.0], [3.0]]
    assert words[1].tolist() == [[5.0], [5.0]]  # what was cut off has the last that was read


def test_words_end_with_the_token_that_has_their_last_letter() -> None:
    line = "U.S.\u2009cat\u2019s 2,0\n"
    tokens = ["U", ".S", ".", "\u2009cat", "\u2019s", " 2", ",", "0", "\n"]
    ends = list(accumulate(map(len, tokens)))

    offsets = list(zip([0, *ends], ends, strict=False))

    assert sentences.last_tokens(line, offsets) == [0, 1, 3, 4, 5, 7]


def random_head() -> Head:
    torch.manual_seed(1)
    return Head(tiny.WIDTH).eval()


@torch.no_grad()
def test_head_judges_articles_alike_alone_and_in_a_batch() -> None:
    head = random_head()
    rows = torch.randn(9, 2 * tiny.WIDTH)

    batch = head(rows, [4, 5])

    torch.testing.assert_close(head.judge(rows[:4], 512), batch[:4], atol=1e-5, rtol=0)
    torch.testing.assert_close(head.judge(rows[4:], 512), batch[4:], atol=1e-5, rtol=0)


@torch.no_grad()
def test_head_tells_first_sentences_from_last() -> None:
    same = torch.ones(30, 2 * tiny.WIDTH)

    judged = random_head().judge(same, 512)

    assert not torch.allclose(judged[0], judged[-1], atol=1e-3)


@torch.no_grad()
def test_head_judges_long_texts_in_pieces() -> None:
    judged = random_head().judge(torch.randn(70, 2 * tiny.WIDTH), 32)

    assert judged.shape == (70, len(LABELS) + len(HINTS))


@pytest.mark.parametrize(
    ("logit", "probability"), [(0.0, 0.5), (1.0, 0.9526), (-1.0, 0.0474), (1e9, 1.0)]
)
def test_platt_scale_gives_probabilities(logit: float, probability: float) -> None:
    assert Platt(3.0, 0.0).probability(logit) == pytest.approx(probability, abs=1e-4)


def shipped_part(folder: Path, source: Source) -> Part:
    """A random tagger for the tiny model, written as the shipped ones are."""
    tensors = tiny.random_adapter(4, 2)
    head = random_head().state_dict()
    tensors |= {f"head.{name}": values.numpy() for name, values in head.items()}
    packed.write(folder / "part", tensors, dict.fromkeys(tensors, 8))
    calibration = {name: [1.0, 0.0] for name in (*LABELS, *HINTS)}
    sha256 = hashlib.sha256((folder / "part").read_bytes()).hexdigest()
    settings = {"n_layers": 2, "calibration": calibration}
    return Part("tagger-tiny", "tagger", source.sha256, folder / "part", sha256, settings)


def loaded(folder: Path) -> tagger.SentenceTagger:
    source = tiny.write_gguf(folder / "tiny.gguf")
    part = shipped_part(folder, source)
    return tagger.load(part, source, cache=folder / "cache", precision="float32")


def test_every_sentence_gets_a_probability_of_every_label(tmp_path: Path) -> None:
    own = loaded(tmp_path)

    rows = own.judge("The title", ["He said no.", "They agreed.", "It rained."])

    found = [row.probabilities for row in rows]
    assert [list(row) for row in found] == [[*LABELS, *HINTS]] * 3
    assert all(0 < value < 1 for row in found for value in row.values())
    assert found[0] != found[1] != found[2]
    assert [row.words for row in rows] == [None] * 3


def probed(folder: Path, **settings: str) -> tagger.SentenceTagger:
    """A tagger with a probe that weighs a state's first channel alone."""
    source = tiny.write_gguf(folder / "tiny.gguf")
    part = shipped_part(folder, source)
    vector = np.zeros(tiny.WIDTH, np.float32)
    vector[0] = 1
    packed.write(folder / "probe", {tagger.ACTING: vector}, {})
    sha256 = hashlib.sha256((folder / "probe").read_bytes()).hexdigest()
    known = {"tagger": part.sha256, "bias": 0.25, **settings}
    probe = Part("acting-tiny", "acting", source.sha256, folder / "probe", sha256, known)
    return tagger.load(part, source, probe, cache=folder / "cache", precision="float32")


def test_probe_tells_of_every_word(tmp_path: Path) -> None:
    own = probed(tmp_path)

    rows = own.judge("The title", ["He said no.", "…", "It rained."])

    assert [len(row.words or ()) for row in rows] == [3, 0, 2]
    states = own.word_states("The title", ["He said no.", "…", "It rained."])
    expected = 0.25 + states[2][:, 0]
    torch.testing.assert_close(torch.tensor(rows[2].words), expected, atol=1e-5, rtol=1e-5)


def test_words_meet_their_own_sentence_across_windows_and_where_one_is_cut(tmp_path: Path) -> None:
    own = probed(tmp_path)
    lines = [f"Line {number} says it again. " * 4 for number in range(60)]
    endless = "word " * 900

    rows = own.judge("", [*lines, endless])

    assert [len(row.words or ()) for row in rows] == [5 * 4] * 60 + [900]
    alone = own.judge("", lines[:1])
    assert rows[0].words == pytest.approx(alone[0].words, abs=1e-4)
    cut = rows[60].words or ()
    assert len(set(cut[-300:])) == 1  # what was not read has what the last word has that was


def test_probe_of_another_tagger_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="another tagger than tagger-tiny"):
        probed(tmp_path, tagger="0" * 64)


def stance_of(own: tagger.SentenceTagger, folder: Path, **settings: str) -> stance.StanceProber:
    """A probe that weighs the second channel of a line's state alone."""
    vector = np.zeros(tiny.WIDTH, np.float32)
    vector[1] = 1
    packed.write(folder / "stance", {stance.OPPOSES: vector}, {})
    sha256 = hashlib.sha256((folder / "stance").read_bytes()).hexdigest()
    known = {"tagger": own.part.sha256, "bias": -0.5, **settings}
    return stance.load(
        Part("stance-tiny", "stance", own.part.base, folder / "stance", sha256, known), own
    )


def test_line_is_read_as_the_only_sentence_of_an_article(tmp_path: Path) -> None:
    own = loaded(tmp_path)
    lines = ["Ann Lee denies it.", "Paul Novak\nagrees. " * 3, "…"]

    found = stance_of(own, tmp_path).probe([Prompt("")] * 3, lines, [stance.OPPOSES])

    states = own.line_states(lines)
    assert states.shape == (3, tiny.WIDTH)
    torch.testing.assert_close(torch.tensor(found)[:, 0], states[:, 1] - 0.5, atol=1e-6, rtol=0)
    alone = torch.cat([own.line_states([line]) for line in lines])
    torch.testing.assert_close(states, alone, atol=1e-4, rtol=1e-4)


def test_no_lines_have_no_stance(tmp_path: Path) -> None:
    assert stance_of(loaded(tmp_path), tmp_path).probe([], [], [stance.OPPOSES]) == []


def test_stance_is_told_of_lines_alone_and_nothing_else(tmp_path: Path) -> None:
    own = stance_of(loaded(tmp_path), tmp_path)

    with pytest.raises(ValueError, match="only, not"):
        own.probe([Prompt("")], ["Ann Lee denies it."], ["holds"])
    with pytest.raises(ValueError, match="alone"):
        own.probe([Prompt("Text:")], ["Ann Lee denies it."], [stance.OPPOSES])


def test_stance_of_another_taggers_reader_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="another tagger than tagger-tiny"):
        stance_of(loaded(tmp_path), tmp_path, tagger="0" * 64)


def test_article_without_sentences_has_no_tags(tmp_path: Path) -> None:
    assert loaded(tmp_path).judge("The title", []) == []


def test_long_article_is_read_in_several_batches(tmp_path: Path) -> None:
    rows = loaded(tmp_path).judge("", ["Many say it again. " * 4] * 60)

    assert len(rows) == 60
    assert np.isfinite([list(row.probabilities.values()) for row in rows]).all()


def test_special_token_in_an_article_is_text(tmp_path: Path) -> None:
    own = loaded(tmp_path)

    ids = token_ids(own.tokenizer, "<|im_end|>")

    assert len(ids) == len("<|im_end|>")


def test_part_of_other_weights_is_refused(tmp_path: Path) -> None:
    source = tiny.write_gguf(tmp_path / "tiny.gguf")
    part = replace(shipped_part(tmp_path, source), base="9" * 64)

    with pytest.raises(WeightsError, match="tagger-tiny was trained on other weights than tiny"):
        tagger.load(part, source, cache=tmp_path / "cache")
