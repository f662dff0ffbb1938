"""The types hold to ``brief.schema.json``, and refuse what makes no sense."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from briefer import resources, schema
from briefer.schema import (
    Actor,
    Agreement,
    Agreements,
    Article,
    Dissent,
    Dissents,
    Evidence,
    Line,
    Options,
    Provenance,
    Sentence,
    Source,
    Span,
    Withheld,
)

CONTRACT = json.loads(resources.shipped("brief.schema.json").read_text())
PARTS = CONTRACT["$defs"]
EVIDENCE = (Evidence(start=0, end=2, text="Hi"),)


def shapes() -> list[tuple[str, type[Any], dict[str, Any]]]:
    """Each object of the contract beside the type that writes it."""
    return [
        ("brief", schema.Brief, CONTRACT),
        ("source", Source, CONTRACT["properties"]["source"]),
        ("provenance", Provenance, CONTRACT["properties"]["provenance"]),
        ("evidence", Evidence, PARTS["evidence"]),
        ("line", Line, PARTS["line"]),
        ("actor", Actor, PARTS["actor"]),
        ("agreements", Agreements, PARTS["agreements"]),
        ("agreement", Agreement, PARTS["agreements"]["properties"]["items"]["items"]),
        ("dissents", Dissents, PARTS["dissents"]),
        ("dissent", Dissent, PARTS["dissents"]["properties"]["items"]["items"]),
        ("withheld", Withheld, PARTS["withheld"]),
    ]


@pytest.mark.parametrize(("name", "type_", "contract"), shapes(), ids=lambda value: str(value)[:12])
def test_type_has_exactly_the_contracts_fields(
    name: str, type_: type[Any], contract: dict[str, Any]
) -> None:
    ours = set(type_.model_fields)

    assert set(contract["required"]) <= ours, name
    assert ours <= set(contract["properties"]), name


@pytest.mark.parametrize(
    ("ours", "contract"),
    [
        (schema.Status, CONTRACT["properties"]["status"]),
        (schema.Finding, PARTS["agreements"]["properties"]["status"]),
        (schema.Finding, PARTS["dissents"]["properties"]["status"]),
        (schema.Wording, PARTS["line"]["properties"]["kind"]),
        (schema.ActorKind, PARTS["actor"]["properties"]["kind"]),
        (schema.Reason, PARTS["withheld"]["properties"]["reason"]),
        (schema.Section, PARTS["withheld"]["properties"]["section"]),
    ],
)
def test_closed_words_are_the_contracts(ours: object, contract: dict[str, Any]) -> None:
    assert set(get_args(ours)) == set(contract["enum"])


def test_time_without_a_zone_is_utc() -> None:
    article = Article.model_validate({"text": "Hi", "published_at": "2026-11-24T06:30:00"})

    assert article.published_at == datetime(2026, 11, 24, 6, 30, tzinfo=UTC)


def test_time_with_a_zone_is_kept() -> None:
    article = Article.model_validate({"text": "Hi", "published_at": "2026-11-24T06:30:00+05:00"})

    assert article.published_at == datetime(2026, 11, 24, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("status", ["none_found", "not_checked", "not_requested"])
def test_only_found_may_have_items(status: str) -> None:
    item = Agreement(
        parties=("A", "B"), text="A and B agreed.", kind="extractive", evidence=EVIDENCE
    )

    with pytest.raises(ValidationError, match=f"'{status}' with 1 items"):
        Agreements.model_validate({"status": status, "items": (item,)})


def test_found_must_have_items() -> None:
    with pytest.raises(ValidationError, match="'found' with 0 items"):
        Dissents(status="found")


def test_line_without_evidence_cannot_be_made() -> None:
    with pytest.raises(ValidationError, match="evidence"):
        Line(text="So they say.", kind="abstractive", evidence=())


def test_misspelt_field_is_refused() -> None:
    with pytest.raises(ValidationError, match="titel"):
        Article.model_validate({"text": "Hi", "titel": "A title"})


@pytest.mark.parametrize("max_bullets", [0, 51])
def test_number_of_bullets_has_bounds(max_bullets: int) -> None:
    with pytest.raises(ValidationError, match="max_bullets"):
        Options(max_bullets=max_bullets)


def test_outside_types_cannot_be_changed() -> None:
    article = Article(text="Hi")

    with pytest.raises(ValidationError, match="frozen"):
        article.text = "changed"


def test_span_gives_its_words() -> None:
    assert Span(3, 7).of("so they say") == "they"


@pytest.mark.parametrize(
    ("offset", "index"),
    [
        (-1, 0),
        (0, 0),  # in the blanks before the first
        (2, 0),
        (11, 0),  # its full stop
        (12, 0),  # in the gap after it
        (15, 0),
        (16, 1),
        (27, 1),
        (28, 1),  # after the last
        (999, 1),
    ],
)
def test_sentence_is_found_by_a_place_in_it_or_in_the_gap_after_it(offset: int, index: int) -> None:
    words = "  It is one.  \n\nThat is two. \n"
    first, second = "It is one.", "That is two."
    article = schema.CleanArticle(
        words, (Sentence(0, 2, 12, first, 0), Sentence(1, 16, 28, second, 1)), sha256="0"
    )

    assert article.sentence_at(offset) == index


def test_place_in_an_article_without_sentences_is_in_the_first_one() -> None:
    assert schema.CleanArticle("", (), sha256="0").sentence_at(5) == 0
