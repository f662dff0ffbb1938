"""Measures of whole briefs, on an article whose figures are counted by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefer.schema import Brief, Span
from eval.gold import (
    GoldActor,
    GoldAgreement,
    GoldBrief,
    GoldDissent,
    GoldFact,
    labels,
    unannotated,
)
from eval.metrics import copying, coverage, items, whole
from eval.metrics.figures import Ratio
from eval.systems import annotator
from eval.systems.assembled import Contents, assemble
from tests.fakes import cleaned

TEXT = (
    "Harbour workers in Port Selby walked out on Monday after the city cut 120 jobs. "
    "The city and the dockers' union agreed on Tuesday to talk for ten days under a mediator. "
    "Mayor Ruth Amari rejected the criticism. "
    'Union leader Jan Holt said the cuts were "a betrayal of the port". '
    "Rain fell in the evening."
)
ARTICLE = cleaned(TEXT, title="Walkout in Port Selby")
S = tuple(Span(sentence.start, sentence.end) for sentence in ARTICLE.sentences)
GOLD = replace(
    unannotated("walkout", ARTICLE),
    headline="Port Selby harbour workers walk out over job cuts",
    facts=(
        GoldFact("Port Selby harbour workers walked out over 120 lost jobs.", (S[0],)),
        GoldFact("City and union will talk for ten days with a mediator.", (S[1],)),
    ),
    actors=(
        GoldActor("Ruth Amari", ("the mayor", "Amari"), is_key=True),
        GoldActor("Jan Holt", (), is_key=True),
        GoldActor("Port Selby", ("the city",), is_key=False),
    ),
    agreements=(
        GoldAgreement(
            ("the city", "dockers' union"), "They agreed to talk.", is_must=True, spans=(S[1],)
        ),
    ),
    dissent=(
        GoldDissent(
            "Jan Holt", "Holt calls the cuts a betrayal.", "the cuts", is_must=True, spans=(S[3],)
        ),
        GoldDissent(
            "Ruth Amari", "Amari rejects the criticism.", None, is_must=False, spans=(S[2],)
        ),
    ),
)


def brief(**contents: object) -> Brief:
    return assemble(GOLD, "test", Contents(**contents))  # type: ignore[arg-type]


def test_gold_scored_against_itself_is_perfect() -> None:
    scores = whole.score(GOLD, annotator.brief(GOLD))

    assert scores["facts", "covered"] == Ratio(2, 2)
    assert scores["actors", "key recall"] == Ratio(2, 2)
    assert scores["actors", "precision"] == Ratio(3, 3)
    assert scores["agreements", "recall"] == Ratio(1, 1)
    assert scores["agreements", "precision"] == Ratio(1, 1)
    assert scores["dissent", "recall"] == Ratio(1, 1)
    assert scores["dissent", "precision"] == Ratio(1, 1)  # the extra is neither hit nor error
    assert scores["dissent", "precision, one to one"] == Ratio(1, 1)
    assert scores["lines", "repeated"] == Ratio(0, 6)


def test_a_fact_is_covered_by_words_and_evidence_together() -> None:
    fact = GOLD.facts[0]  # port selby harbour worker walk 120 lost job
    said = "Dockers at Port Selby left work after 120 jobs went."

    right = coverage.Claim("summary", said + " Harbour workers.", (S[0],))
    elsewhere = coverage.Claim("summary", said, (S[4],))
    empty = coverage.Claim("summary", "Something happened on Monday.", (S[0],))

    assert coverage.is_covered(fact, [right])
    assert not coverage.is_covered(fact, [elsewhere])
    assert not coverage.is_covered(fact, [empty])


def test_two_lines_may_cover_a_fact_together() -> None:
    fact = GOLD.facts[0]
    lines = [
        coverage.Claim("summary", "Harbour workers walked out.", (S[0],)),
        coverage.Claim("summary", "Port Selby cut jobs.", (S[0],)),
    ]

    assert not any(coverage.is_covered(fact, [line]) for line in lines)
    assert coverage.is_covered(fact, lines)


def test_nearly_all_words_cover_a_fact_whatever_is_cited() -> None:
    line = coverage.Claim("summary", "Port Selby's harbour workers walked out; 120 jobs lost.", ())

    assert coverage.is_covered(GOLD.facts[0], [line])


def test_a_view_needs_its_holder() -> None:
    wrong = brief(dissent=[("Ruth Amari", "Amari calls it a betrayal.", None, None, (S[3],))])
    right = brief(dissent=[("Holt", "Holt objects.", None, None, (S[3],))])

    assert items.dissent(GOLD, wrong)["recall"] == Ratio(0, 1)
    assert items.dissent(GOLD, wrong)["precision"] == Ratio(0, 1)
    assert items.dissent(GOLD, right)["recall"] == Ratio(1, 1)


def test_a_view_needs_common_evidence_or_words() -> None:
    elsewhere = brief(dissent=[("Jan Holt", "Holt likes the rain.", None, None, (S[4],))])
    by_words = brief(dissent=[("Jan Holt", "Cuts are a betrayal, says Holt.", None, None, (S[4],))])

    assert items.dissent(GOLD, elsewhere)["recall"] == Ratio(0, 1)
    assert items.dissent(GOLD, by_words)["recall"] == Ratio(1, 1)


def test_an_extra_is_neither_hit_nor_error() -> None:
    extra = brief(dissent=[("Amari", "Amari rejects the criticism.", None, None, (S[2],))])

    assert items.dissent(GOLD, extra)["recall"] == Ratio(0, 1)
    assert items.dissent(GOLD, extra)["precision"] == Ratio(0, 0)


def test_one_line_for_two_views_is_one_hit_where_each_has_its_own_partner() -> None:
    second = replace(GOLD.dissent[0], text="Holt calls the port betrayed.")
    gold = replace(GOLD, dissent=(GOLD.dissent[0], second))

    found = items.dissent(gold, brief(dissent=[("Holt", "Holt objects.", None, None, (S[3],))]))

    assert found["recall"] == Ratio(2, 2)
    assert found["recall, one to one"] == Ratio(1, 2)
    assert found["precision, one to one"] == Ratio(1, 1)


def test_second_line_for_a_view_is_an_error_where_each_has_its_own_partner() -> None:
    twice = brief(dissent=[("Holt", "Holt objects.", None, None, (S[3],))] * 2)

    found = items.dissent(GOLD, twice)

    assert found["precision"] == Ratio(2, 2)
    assert found["precision, one to one"] == Ratio(1, 2)


def test_partners_are_moved_so_that_as_many_as_can_have_one() -> None:
    both, betrayal = (
        items.Item(("Holt",), "", (S[2], S[3])),
        items.Item(("Holt",), "", (S[3],)),
    )
    rejection = items.Item(("Holt",), "", (S[2],))
    extra = items.Item(("Holt",), "", (S[3],), is_must=False)

    moved = items.compare([both, betrayal], [betrayal, rejection])
    kept = items.compare([extra, betrayal], [betrayal])

    assert moved["recall, one to one"] == Ratio(2, 2)
    assert kept["recall, one to one"] == Ratio(1, 1)
    assert kept["precision, one to one"] == Ratio(1, 1)


def test_an_agreement_is_known_by_an_alias_of_its_party() -> None:
    found = brief(agreements=[(("Port Selby", "the union"), "Talks were agreed.", (S[1],))])

    assert items.agreements(GOLD, found)["recall"] == Ratio(1, 1)


def test_parties_of_an_agreement_are_judged_one_by_one() -> None:
    given = ("the city", "Monday", "a mediator")

    found = items.agreements(GOLD, brief(agreements=[(given, "Talks were agreed.", (S[1],))]))

    assert found["parties: precision"] == Ratio(1, 3)
    assert found["parties: recall"] == Ratio(1, 2)


def test_parties_of_agreements_that_are_not_golds_are_not_judged() -> None:
    found = items.agreements(GOLD, brief(agreements=[(("Rain",), "It rained.", (S[4],))]))

    assert found["parties: precision"] == Ratio(0, 0)
    assert found["parties: recall"] == Ratio(0, 0)


@pytest.mark.parametrize(
    ("agreements", "invented", "right"), [((), Ratio(0, 1), Ratio(1, 1)), (None, None, None)]
)
def test_nothing_is_right_where_there_is_nothing(
    agreements: object, invented: Ratio | None, right: Ratio | None
) -> None:
    empty = replace(GOLD, agreements=())
    one = [(("A", "B"), "A and B agreed.", (S[4],))]
    found = items.agreements(empty, brief(agreements=one if agreements is None else agreements))

    assert found["invented where none"] == (invented or Ratio(1, 1))
    assert found["presence right"] == (right or Ratio(0, 1))


def test_actors_are_right_key_or_not_and_key_ones_are_wanted() -> None:
    named = [(name, (), None, None, ()) for name in ("Amari", "Port Selby", "Zurich")]

    found = items.actors(GOLD, brief(actors=named))

    assert found["key recall"] == Ratio(1, 2)
    assert found["precision"] == Ratio(2, 3)


def test_lines_with_loose_details_are_counted_against_evidence_and_article() -> None:
    lines = [
        ("Workers walked out over 120 jobs.", (S[0],)),
        ("Jan Holt objects to 120 job cuts.", (S[3],)),  # 120 stands in another sentence
        ("Workers walked out over 130 jobs.", (S[0],)),
    ]

    found = whole.score(GOLD, brief(summary=lines))

    assert found["lines", "with a detail not in their evidence"] == Ratio(2, 3)
    assert found["lines", "with a detail not in the article"] == Ratio(1, 3)


def test_copied_and_repeated_lines_are_counted() -> None:
    lines = [
        ("Rain fell in the evening.", (S[4],)),
        ("In the evening rain fell.", (S[4],)),
    ]

    made = brief(summary=lines)

    assert copying.wording(made, TEXT)["copied lines"] == Ratio(1, 2)
    assert copying.wording(made, TEXT)["copied share"] == Ratio(1 + 3 / 5, 2)
    assert copying.repeats(made) == Ratio(1, 2)


def test_kinds_and_lengths_are_shares() -> None:
    made = brief(
        headline=("Walkout over jobs", (S[0],)),
        actors=[("Ruth Amari", (), None, "the mayor", (S[2],))],
    )

    assert copying.kinds(made)["abstractive"] == Ratio(1, 1)
    assert copying.lengths(made, TEXT)["words per word"] == Ratio(3 + 4, 56)
    assert copying.lengths(made, TEXT)["words per word, long articles"] == Ratio(0, 0)


def test_sentences_are_labelled_by_what_cites_half_of_them() -> None:
    sentences = [Span(0, 10), Span(11, 20)]

    assert labels(sentences, [[Span(0, 12)]]) == [True, False]
    assert labels(sentences, [[Span(12, 14)]]) == [False, True]
    assert labels(sentences, []) == [False, False]


def test_totals_pool_over_articles() -> None:
    perfect: GoldBrief = GOLD
    scores = [whole.score(perfect, annotator.brief(perfect)), whole.score(perfect, brief())]

    assert whole.totals(scores)["facts", "covered"].value == 0.5
