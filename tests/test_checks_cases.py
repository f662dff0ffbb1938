"""What a line is held against."""

from __future__ import annotations

from briefer.checks.cases import case_of
from briefer.schema import DraftLine, Passage
from tests.fakes import character, cleaned


def test_case_reads_evidence_and_passage_and_names_who_is_there() -> None:
    article = cleaned("Ann Lee left. Bo Vass spoke. He wept.", title="A quarrel in Oru")
    people = (character(article, "Ann Lee"), character(article, "Bo Vass"))
    line = DraftLine(Passage("fact", (1, 2), 0.9), "Bo Vass spoke.", "model")

    case = case_of(line, (1,), article, (), people)

    assert case.evidence == "Bo Vass spoke."
    assert case.read == "Bo Vass spoke. He wept. "
    assert [one.name for one in case.present] == ["Bo Vass"]
    assert "Ann Lee left." in case.near
    assert "A quarrel in Oru" in case.far
    assert "Ann Lee" not in case.own


def test_title_is_not_held_against_itself() -> None:
    article = cleaned("Ann Lee left. Bo Vass spoke.", title="Ann Lee quarrels in Oru;")
    line = DraftLine(Passage("headline", (0, 1), 0.9), "Ann Lee quarrels in Oru", "sentence")

    case = case_of(line, (0,), article, (), ())

    assert "Oru" not in case.far
    assert "Oru" not in case.near


def test_title_proves_nothing_of_itself_when_code_has_changed_it() -> None:
    article = cleaned("At least 14 growers were hurt in Oru.", title="Vass: 14 growers hurt in Oru")
    words = "Vass: at least 14 growers hurt in Oru"
    line = DraftLine(Passage("headline", (0,), 0.9), words, "sentence")

    case = case_of(line, (0,), article, (), ())

    assert "Vass" not in case.far
    assert "Vass" not in case.near


def test_headline_in_the_models_words_may_take_names_from_the_title() -> None:
    article = cleaned("At least 14 growers were hurt.", title="Growers hurt in Oru")
    line = DraftLine(Passage("headline", (0,), 0.9), "14 growers in Oru are hurt", "model")

    assert "Oru" in case_of(line, (0,), article, (), ()).far
