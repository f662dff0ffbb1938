"""The parser: offsets, sentences, long and hostile texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefer.errors import WeightsError
from briefer.models.syntax import Parser
from tests.parsing import article, parse

pytestmark = pytest.mark.model

PROSE = "Ruth Amari closed the harbour of Port Selby on Monday. Nobody was hurt.\n\nIt rained."


def test_parse_has_the_articles_text_and_offsets() -> None:
    found = parse(PROSE)

    assert found.text == article(PROSE).text
    assert [PROSE[token.idx : token.idx + len(token)] for token in found] == [
        token.text for token in found
    ]


def test_sentences_start_where_the_article_says() -> None:
    starts = [sentence.start_char for sentence in parse(PROSE).sents]

    assert starts == [sentence.start for sentence in article(PROSE).sentences]


def test_names_and_dependencies_are_there() -> None:
    found = parse(PROSE)

    assert [entity.text for entity in found.ents][:2] == ["Ruth Amari", "Port Selby"]
    assert found[1].dep_ == "nsubj"
    assert found[1].pos_ == "PROPN"


def test_glued_words_are_parted() -> None:
    words = '(CNN)The harbour is closed, "and lost."That is all, she said.'

    tokens = [token.text for token in parse(words)]

    assert "The" in tokens
    assert "That" in tokens


def test_long_text_is_parsed_in_parts_and_joined() -> None:
    words = "Ruth Amari closed the harbour on Monday. " * 700

    found = parse(words)

    assert len(found) > 5000
    assert found.text == article(words).text
    assert [s.start_char for s in found.sents] == [s.start for s in article(words).sentences]


@pytest.mark.parametrize("words", ["", " ", "\n\n", ".", "\u200d", "🌊" * 50])
def test_odd_text_is_parsed(words: str) -> None:
    assert parse(words).text == article(words).text


def test_endless_word_is_cut_and_keeps_its_text() -> None:
    words = "a" * 30_000 + " end. " + "b," * 9_000

    assert parse(words).text == article(words).text


def test_missing_model_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="briefer model pull"):
        Parser(tmp_path).parse(article(PROSE))
