"""From gold briefs to what is trained on: labels, pairs, refusals, and what is left out."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from tests import articles
from training import corpus, examples, pairs


@pytest.fixture
def train(tmp_path: Path) -> list[corpus.Example]:
    return list(corpus.read_train(articles.write(tmp_path)))


def test_sentences_carry_the_labels_of_their_items(train: list[corpus.Example]) -> None:
    first = train[0]

    # fact, dissent, agreement, speech; lead, must, joined
    assert first.labels == (
        (1, 0, 1, 0, 1, 1, 0),
        (0, 1, 0, 1, 0, 0, 0),
        (0, 0, 0, 0, 0, 0, 0),
        (0, 1, 0, 1, 0, 0, 0),
    )


def test_sentence_of_the_same_item_as_the_one_before_is_joined() -> None:
    gold = articles.GOLD_SECOND | {"facts": [{"text": "", "sentences": [1, 2]}]}

    columns = list(zip(*corpus.labels(gold, 3), strict=True))

    assert columns[-1] == (0, 0, 1)


def by_passage(example: corpus.Example) -> dict[tuple[str, tuple[int, ...]], pairs.Pair]:
    found = pairs.make(example, random.Random(1))  # noqa: S311
    return {(pair.kind, pair.sentences): pair for pair in found}


def test_passage_marks_what_is_left_out(train: list[corpus.Example]) -> None:
    passage = by_passage(train[0])[("dissent", (1, 3))].variables["passage"]

    assert passage == f"{articles.FIRST[1]} … {articles.FIRST[3]}"


def test_line_with_a_number_of_its_own_is_not_supported(train: list[corpus.Example]) -> None:
    found = by_passage(train[1])

    assert found[("fact", (0,))].is_supported
    assert not found[("fact", (1,))].is_supported  # 12,000 books for 9,000


@pytest.mark.parametrize(
    ("line", "is_supported"),
    [
        ("Ann Lee called the deal a betrayal.", True),
        ("Ann Lee called the deal of Norland a betrayal.", False),
        ("She had two reasons.", False),
        ("She had one reason.", True),
    ],
)
def test_names_and_numbers_need_support(line: str, is_supported: bool) -> None:  # noqa: FBT001
    variables: dict[str, Any] = {
        "kind": "dissent",
        "title": "Lyr and Tessmark share shoals",
        "start": "",
        "context": "",
        "passage": articles.FIRST[1],
        "speaker": None,
        "parties": [],
    }

    assert pairs.is_supported(line, variables) is is_supported


def test_sentences_before_support_a_fact_but_no_headline(train: list[corpus.Example]) -> None:
    fact, headline = (pairs.variables_of(train[0], kind, [3]) for kind in ("fact", "headline"))

    assert pairs.is_supported("They were never asked, Ann Lee said.", fact)
    assert not pairs.is_supported("They were never asked, Ann Lee said.", headline)


def test_words_of_the_passage_in_other_forms_are_not_new(train: list[corpus.Example]) -> None:
    variables = pairs.variables_of(train[0], "fact", [0])

    assert pairs.share_of_new_words("Lyr agrees about sharing shoals.", variables) == 0.5  # about


def test_near_miss_is_a_refusal(train: list[corpus.Example]) -> None:
    lines = {
        pair.line
        for seed in range(20)
        for pair in pairs.make(train[1], random.Random(seed))  # noqa: S311
        if pair.kind == "dissent"
    }

    assert lines == {"none"}


def test_fold_of_an_article_never_changes() -> None:
    assert [corpus.fold_of(name, 5) for name in ("a", "b", "c", "d")] == [
        corpus.fold_of(name, 5) for name in ("a", "b", "c", "d")
    ]
    assert {corpus.fold_of(str(k), 5) for k in range(60)} == {0, 1, 2, 3, 4}


class Letters:
    """A tokenizer: one token a character."""

    def __call__(self, text: str, add_special_tokens: bool) -> dict[str, list[int]]:  # noqa: FBT001
        return {"input_ids": [ord(letter) for letter in text]}


def spelled(ids: list[int]) -> str:
    return "".join(map(chr, ids))


def rows_of(folder: Path, name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / f"{name}.jsonl").open()]


def test_examples_hold_prompt_and_answer_and_keep_val_apart(tmp_path: Path) -> None:
    data = articles.write(tmp_path / "data", n_copies=3)

    counts = examples.build(data, None, Letters(), tmp_path / "out", seed=7)

    rows = rows_of(tmp_path / "out", "passages")
    fact = next(row for row in rows if row["kind"] == "fact")
    assert counts["tags"] == 6
    assert spelled(fact["p"]).startswith("Title: Lyr and Tessmark share shoals\n")  # type: ignore[arg-type]
    assert spelled(fact["p"]).endswith("Fact:")  # type: ignore[arg-type]
    assert spelled(fact["o"]) == " Lyr and Tessmark will share the Ardo shoals.<|im_end|>"  # type: ignore[arg-type]
    assert {row["id"] for row in rows if row["split"] == "val"} == {"a2", "b2"}
    assert {row["split"] for row in rows if row["held_back"]} == {"val"}


def test_tag_rows_spell_title_and_sentences_on_lines_of_their_own(tmp_path: Path) -> None:
    examples.build(articles.write(tmp_path / "d"), None, Letters(), tmp_path / "out", seed=7)

    row = rows_of(tmp_path / "out", "tags")[1]

    assert spelled(row["title"]) == "Title: Orm opens library\n"  # type: ignore[arg-type]
    assert [spelled(ids) for ids in row["sentences"]] == [f"{one}\n" for one in articles.SECOND]  # type: ignore[attr-defined]


def test_whole_brief_names_sentences_by_number() -> None:
    lines = examples.brief_lines(articles.GOLD_FIRST).splitlines()

    assert lines == [
        "H | Lyr and Tessmark share shoals",
        "F 0 | Lyr and Tessmark will share the Ardo shoals.",
        "A 0 | Lyr; Tessmark | Lyr and Tessmark agreed to share the Ardo shoals.",
        "D 1,3 | Ann Lee | Ann Lee called the deal a betrayal.",
    ]
