"""Words that the parser leaves out of a name."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from briefer.mentions import extending


def document(tagged: str, labels: dict[int, str] | None = None) -> Doc:
    """A text from "word/TAG" pairs, each word hanging on the next one."""
    words, tags = zip(*(one.rsplit("/", 1) for one in tagged.split()), strict=True)
    heads = [min(n + 1, len(words) - 1) for n in range(len(words))]
    ents = [f"B-{labels[n]}" if labels and n in labels else "O" for n in range(len(words))]
    return Doc(
        spacy.blank("en").vocab,
        words=list(words),
        tags=list(tags),
        heads=heads,
        deps=["dep"] * len(words),
        ents=ents,
    )


@pytest.mark.parametrize(
    ("tagged", "end"),
    [
        ("Wide/NNP Fund/NNP for/IN Nature/NNP ./.", 4),
        ("Hale/NNP Office/NNP for/IN the/DT Protection/NNP of/IN Birds/NNPS ./.", 7),
        ("Hale/NNP Fund/NNP for/IN years/NNS ./.", 2),
        ("Hale/NNP Singers/NNPS for/IN Peace/NNP ./.", 2),
        ("Hale/NNP Union/NNP against/IN Governor/NNP Low/NNP ./.", 2),
        ("Hale/NNP Court/NNP for/IN Mr./NNP Low/NNP ./.", 2),
        ("Hale/NNP Court/NNP for/IN Ms./NNP Low/NNP ./.", 2),
        ("Hale/NNP Fund/NNP for/IN Women/NNS Farmers/NNPS ./.", 5),
        ("Hale/NNP Center/NNP for/IN Child/NNP Health/NNP ./.", 5),
        ("Hale/NNP Executive/NNP for/IN Counter/NNP -/HYPH work/NN", 2),
    ],
)
def test_body_is_named_with_its_matter(tagged: str, end: int) -> None:
    assert extending.extend(document(tagged), (0, 2, "ORG")) == (0, end, "ORG")


def test_person_after_for_is_no_matter() -> None:
    parse = document("Hale/NNP Fund/NNP for/IN Amari/NNP ./.", {3: "PERSON"})

    assert extending.extend(parse, (0, 2, "ORG")) == (0, 2, "ORG")


def test_matter_is_given_back_where_a_person_follows_it() -> None:
    parse = document("Hale/NNP Union/NNP against/IN Justice/NNP Amari/NNP ./.", {4: "PERSON"})

    assert extending.extend(parse, (0, 2, "ORG")) == (0, 2, "ORG")


def test_number_within_a_sentence_opens_a_name() -> None:
    parse = document("the/DT band/NN Five/CD Hale/NNP sang/VBD")

    assert extending.extend(parse, (3, 4, "")) == (2, 4, "ORG")


def test_number_in_small_letters_only_counts() -> None:
    parse = document("the/DT band/NN five/CD Hale/NNP sang/VBD")

    assert extending.extend(parse, (3, 4, "")) == (3, 4, "")


def test_given_name_taken_for_a_preposition_opens_a_name() -> None:
    parse = document("defender/NN Per/IN Low/NNP told/VBD Selby/NNP", {2: "PERSON"})

    assert extending.extend(parse, (2, 3, "PERSON")) == (1, 3, "PERSON")


def test_preposition_in_small_letters_opens_no_name() -> None:
    parse = document("goals/NNS per/IN Low/NNP told/VBD Selby/NNP", {2: "PERSON"})

    assert extending.extend(parse, (2, 3, "PERSON")) == (2, 3, "PERSON")
