"""Kept lines become the sections of a brief; every state of a section says what it is."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import get_args

import jsonschema
import pytest

from briefer import assembly, text
from briefer.resources import shipped
from briefer.schema import (
    Brief,
    CleanArticle,
    DraftLine,
    Finding,
    Options,
    Passage,
    Provenance,
    Reason,
    Status,
    Withheld,
)
from briefer.settling import Kept, Settled
from tests.fakes import character, cleaned, noon, span

ARTICLE = cleaned(
    "Mayor Ann Lee denounced the strike as theft. “We had no money,” Lee said. "
    "Lyr and Tessmark signed a treaty.",
    title="Strike",
    ref="strike.txt",
)
PROVENANCE = Provenance(
    model="scripted",
    revision=None,
    weights_sha256=None,
    engine="fake",
    prompts={"condense@v1": "0" * 64},
    briefer_version="0",
    created_at=noon(),
    seconds=1.0,
)
VIEW = Kept(
    DraftLine(
        Passage(
            "dissent",
            (0, 1),
            0.9,
            speaker="Ann Lee",
            against=span(ARTICLE, "the strike"),
            quote=span(ARTICLE, "We had no money"),
        ),
        "Ann Lee denounced the strike as theft.",
        "composed",
    ),
    (0,),
)
DEAL = Kept(
    DraftLine(
        Passage("agreement", (2,), 0.9, parties=("Lyr", "Tessmark")),
        "Lyr and Tessmark signed a treaty.",
        "trimmed",
    ),
    (2,),
)


def assembled(
    settled: Settled | None = None,
    options: Options | None = None,
    article: CleanArticle = ARTICLE,
    provenance: Provenance = PROVENANCE,
) -> Brief:
    lee = character(article, "Ann Lee", "Lee")
    brief = assembly.assemble(
        article, settled or Settled(), (lee,), options or Options(), provenance
    )
    schema = json.loads(shipped("brief.schema.json").read_text("utf-8"))
    jsonschema.validate(json.loads(brief.model_dump_json()), schema)
    return brief


def test_view_shows_quote_and_what_it_is_against_as_spans_of_the_text() -> None:
    (view,) = assembled(Settled((VIEW,))).dissent.items

    assert (view.holder, view.against, view.quote) == ("Ann Lee", "the strike", "We had no money")
    assert str(view.quote) in ARTICLE.text


def test_trimmed_sentence_is_extractive_and_composed_line_is_not() -> None:
    brief = assembled(Settled((VIEW, DEAL)))

    assert brief.agreements.items[0].kind == "extractive"
    assert brief.dissent.items[0].kind == "abstractive"


@pytest.mark.parametrize(
    ("settled", "options", "status", "finding"),
    [
        (Settled((VIEW,)), Options(), "ok", "found"),
        (Settled(), Options(), "ok", "none_found"),
        (Settled(), Options(sections=("summary",)), "ok", "not_requested"),
        (Settled(), Options(), "too_short", "not_checked"),
        (Settled(), Options(sections=("summary",)), "too_short", "not_requested"),
        (
            Settled((), (Withheld(section="dissent", reason="not_dissent"),)),
            Options(),
            "ok",
            "none_found",
        ),
        (
            Settled((), (Withheld(section="dissent", reason="wrong_speaker"),)),
            Options(),
            "ok",
            "not_checked",
        ),
        (
            Settled((), (Withheld(section="summary", reason="wrong_speaker"),)),
            Options(),
            "ok",
            "none_found",
        ),
    ],
)
def test_state_of_dissent_says_what_was_found(
    settled: Settled, options: Options, status: Status, finding: Finding
) -> None:
    brief = assembled(settled, options, replace(ARTICLE, status=status))

    assert brief.dissent.status == finding


def test_article_that_was_not_read_has_no_share_read_and_no_actors() -> None:
    brief = assembled(article=replace(ARTICLE, status="incomplete"))

    assert (brief.source.share_read, brief.actors) == (0.0, ())


def test_actor_has_the_sentence_that_first_names_it() -> None:
    (lee,) = assembled().actors

    assert (lee.name, lee.aliases) == ("Ann Lee", ("Lee",))
    assert [one.text for one in lee.evidence] == ["Mayor Ann Lee denounced the strike as theft."]


def test_withheld_text_comes_only_when_asked_for() -> None:
    line = Withheld(section="summary", reason="cut_off", text="The harbour", detail="stops")

    hidden = assembled(Settled((), (line,)))
    shown = assembled(Settled((), (line,)), Options(include=("withheld_text",)))

    assert [(one.text, one.detail) for one in hidden.withheld] == [(None, "")]
    assert [(one.text, one.detail) for one in shown.withheld] == [("The harbour", "stops")]


def test_every_reason_is_one_of_the_contract() -> None:
    schema = json.loads(shipped("brief.schema.json").read_text("utf-8"))

    assert set(get_args(Reason)) == set(schema["$defs"]["withheld"]["properties"]["reason"]["enum"])


CHANGES: dict[str, dict[str, object]] = {
    "text": {"article": replace(ARTICLE, sha256=text.fingerprint("other"))},
    "title": {"article": replace(ARTICLE, title="Other")},
    "publisher": {"article": replace(ARTICLE, publisher="Other")},
    "published_at": {"article": replace(ARTICLE, published_at=noon())},
    "genre": {"article": replace(ARTICLE, genre="opinion")},
    "sections": {"options": Options(sections=("summary",))},
    "length": {"options": Options(length="long")},
    "max_bullets": {"options": Options(max_bullets=3)},
    "model": {"provenance": PROVENANCE.model_copy(update={"model": "other"})},
    "revision": {"provenance": PROVENANCE.model_copy(update={"revision": "other"})},
    "weights": {"provenance": PROVENANCE.model_copy(update={"weights_sha256": "1" * 64})},
    "engine": {"provenance": PROVENANCE.model_copy(update={"engine": "other"})},
    "adapters": {"provenance": PROVENANCE.model_copy(update={"adapters": {"tagger": "1"}})},
    "prompts": {"provenance": PROVENANCE.model_copy(update={"prompts": {"condense@v4": "1"}})},
}


@pytest.mark.parametrize("what", sorted(CHANGES))
def test_id_changes_with(what: str) -> None:
    changed = assembled(**CHANGES[what])  # type: ignore[arg-type]

    assert changed.id != assembled().id


@pytest.mark.parametrize(
    "changes",
    [
        {"article": replace(ARTICLE, ref="other", url="https://example.org/")},
        {"options": Options(include=("source_text", "withheld_text"))},
        {"options": Options(sections=("dissent", "agreements", "actors", "summary", "headline"))},
        {"provenance": PROVENANCE.model_copy(update={"seconds": 9.0, "briefer_version": "2"})},
    ],
)
def test_id_does_not_change_with_what_decides_nothing(changes: dict[str, object]) -> None:
    assert assembled(**changes).id == assembled().id  # type: ignore[arg-type]
