"""Which candidate ships, what is withheld and why, and what only repeats."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest

from briefer import settling
from briefer.schema import Draft, DraftLine, Passage, PassageKind
from tests.fakes import character, cleaned, says, span

ARTICLE = cleaned(
    "The harbour of Port Selby closed on Tuesday. "
    "Mayor Ann Lee denounced the strike as theft. "
    "Lyr and Tessmark signed a treaty on fishing."
)


def line(
    words: str, *sentences: int, kind: PassageKind = "fact", speaker: str | None = None
) -> DraftLine:
    return DraftLine(Passage(kind, sentences, 1.0, speaker=speaker), words, "model")


def settle(*candidates: tuple[DraftLine, ...]) -> settling.Settled:
    return settling.settle(Draft(candidates), ARTICLE, (), ())


def test_first_candidate_that_holds_ships_with_its_evidence() -> None:
    wrong = line("The harbour of Port Oru closed on Tuesday.", 0)
    right = line("Port Selby's harbour closed on Tuesday.", 0)
    late = line("The harbour of Port Selby closed on Tuesday.", 0)

    settled = settle((wrong, right, late))

    assert [(one.line, one.sentences) for one in settled.kept] == [(right, (0,))]
    assert settled.withheld == ()


def test_claim_told_as_a_fact_ships_with_whose_it_is() -> None:
    article = cleaned("The harbour of Port Selby is empty, Ann Lee said.")
    claim = says(article, "Ann Lee", "The harbour of Port Selby is empty")
    told = line("Port Selby's harbour is empty.", 0)

    settled = settling.settle(Draft(((told,),)), article, (claim,), ())

    assert [one.line.text for one in settled.kept] == [
        "Port Selby's harbour is empty, Ann Lee said."
    ]


def test_passage_without_a_line_that_holds_is_withheld_for_its_best_candidate() -> None:
    best = line("The harbour of Port Oru closed.", 0)
    other = line("The harbour closed on Friday.", 0)

    settled = settle((best, other))

    assert settled.kept == ()
    assert [(one.section, one.reason, one.text, one.detail) for one in settled.withheld] == [
        ("summary", "name_not_in_evidence", best.text, "Port Oru is not there")
    ]


def test_fact_that_a_view_already_tells_is_a_duplicate() -> None:
    fact = line("Ann Lee denounced the strike as theft.", 1)
    view = line("Ann Lee denounced the strike as theft.", 1, kind="dissent", speaker="Ann Lee")

    settled = settle((fact,), (view,))

    assert [one.line for one in settled.kept] == [view]
    assert [(one.section, one.reason) for one in settled.withheld] == [("summary", "duplicate")]


def test_repeated_fact_gives_way_to_its_next_candidate_only_if_that_says_more() -> None:
    first = line("The harbour of Port Selby closed on Tuesday.", 0)
    again = line("Port Selby's harbour closed on Tuesday.", 0)

    settled = settle((first,), (again,))

    assert [one.line for one in settled.kept] == [first]
    assert [one.reason for one in settled.withheld] == ["duplicate"]


def test_fact_that_the_headline_already_tells_is_a_duplicate() -> None:
    headline = line("Harbour of Port Selby closed on Tuesday", 0, kind="headline")
    fact = line("The harbour of Port Selby closed on Tuesday.", 0)

    settled = settle((headline,), (fact,))

    assert [one.line for one in settled.kept] == [headline]
    assert [(one.section, one.reason) for one in settled.withheld] == [("summary", "duplicate")]


def test_view_may_say_what_the_headline_says() -> None:
    headline = line("Ann Lee denounced the strike as theft", 1, kind="headline")
    view = line("Ann Lee denounced the strike as theft.", 1, kind="dissent", speaker="Ann Lee")

    assert len(settle((headline,), (view,)).kept) == 2


def test_kept_lines_stay_in_the_order_of_the_passages() -> None:
    lines = (
        line("A treaty on fishing was signed by Lyr and Tessmark.", 2),
        line("Ann Lee denounced the strike as theft.", 1, kind="dissent", speaker="Ann Lee"),
        line("On Tuesday the harbour of Port Selby closed.", 0),
    )

    settled = settle(*((one,) for one in lines))

    assert tuple(one.line for one in settled.kept) == lines


HARBOUR = cleaned(
    "The harbour closed on Monday. The ferry stopped on Tuesday. The bridge opened on Wednesday. "
    "The market moved on Thursday. The school burned on Friday. The museum sank on Saturday."
)
OWN = {
    0: "On Monday the harbour closed.",
    1: "On Tuesday the ferry stopped.",
    2: "On Wednesday the bridge opened.",
    3: "On Thursday the market moved.",
}


def fact(
    words: str, place: int, score: float, *, in_reserve: bool = False, is_unsure: bool = False
) -> tuple[DraftLine, ...]:
    passage = Passage("fact", (place,), score, in_reserve=in_reserve)
    return (DraftLine(passage, words, "model", is_unsure=is_unsure),)


def bullets(*candidates: tuple[DraftLine, ...]) -> tuple[list[str], list[str | None]]:
    settled = settling.settle(Draft(candidates), HARBOUR, (), ())
    return [one.line.text for one in settled.kept], [one.text for one in settled.withheld]


def test_fact_in_reserve_takes_the_place_of_one_that_fails() -> None:
    wrong = "On Monday the airport closed in Oru."

    told, withheld = bullets(
        fact(wrong, 0, 0.9),
        fact(OWN[1], 1, 0.2, in_reserve=True),
        fact(OWN[2], 2, 0.8),
        fact(OWN[3], 3, 0.3, in_reserve=True),
    )

    assert told == [OWN[2], OWN[3]]
    assert withheld == [wrong]


def test_reserve_that_is_not_needed_or_fails_leaves_no_trace() -> None:
    told, withheld = bullets(
        fact(OWN[0], 0, 0.9),
        fact(OWN[1], 1, 0.4, in_reserve=True),
        fact("On Wednesday the airport opened in Oru.", 2, 0.3, in_reserve=True),
    )

    assert told == [OWN[0]]
    assert withheld == []


def test_own_words_go_before_the_articles_but_for_what_matters_most() -> None:
    copies = [HARBOUR.sentences[place].text for place in (4, 5)]

    told, _ = bullets(
        fact(copies[0], 4, 0.9),
        fact(copies[1], 5, 0.4),
        fact(OWN[0], 0, 0.5),
        fact(OWN[1], 1, 0.2, in_reserve=True),
    )

    assert told == [copies[0], OWN[0], OWN[1]]


def test_unsure_fact_is_told_only_where_there_are_too_few() -> None:
    unsure = fact(OWN[0], 0, 0.9, is_unsure=True)

    enough, _ = bullets(unsure, fact(OWN[1], 1, 0.8), fact(OWN[2], 2, 0.7, in_reserve=True))
    too_few, _ = bullets(unsure, fact("In Oru it rained.", 2, 0.7))

    assert enough == [OWN[1], OWN[2]]
    assert too_few == [OWN[0]]


def test_minor_copies_fill_two_thirds_of_a_brief_that_would_be_empty() -> None:
    copies = [sentence.text for sentence in HARBOUR.sentences[:3]]

    told, _ = bullets(*(fact(words, place, 0.6) for place, words in enumerate(copies)))

    assert told == copies[:2]


def head(words: str, origin: Literal["model", "sentence"] = "sentence") -> tuple[DraftLine, ...]:
    return (DraftLine(Passage("headline", (4,), 1.0), words, origin),)


ENDLESS = "The port lost money, and more money, and again more, " * 3 + "until it had to close."
HEADED = cleaned(f"{' '.join(one.text for one in HARBOUR.sentences[:4])} {ENDLESS}")


@pytest.mark.parametrize(
    ("headline", "shown"),
    [
        (head(ENDLESS), ["On Monday the harbour closed", ENDLESS, OWN[1]]),
        (head("The port of Oru closed."), ["On Monday the harbour closed", OWN[1]]),
        (head("The port had to close."), ["The port had to close.", OWN[0], OWN[1]]),
    ],
)
def test_likeliest_fact_of_the_opening_heads_a_brief_without_a_short_headline(
    headline: tuple[DraftLine, ...], shown: list[str]
) -> None:
    facts = (fact(OWN[0], 0, 0.9), fact(OWN[1], 1, 0.5))

    settled = settling.settle(Draft((headline, *facts)), HEADED, (), ())

    told = sorted(settled.kept, key=lambda one: one.line.passage.kind != "headline")
    assert [one.line.text for one in told] == shown
    assert [one.line.passage.kind for one in told].count("headline") == 1


def test_no_headline_is_made_where_none_was_asked_for() -> None:
    settled = settling.settle(Draft((fact(OWN[0], 0, 0.5),)), HARBOUR, (), ())

    assert [one.line.passage.kind for one in settled.kept] == ["fact"]


def test_article_that_only_repeats_its_asking_title_gets_no_headline_and_says_why() -> None:
    asking = cleaned("Will the port close? The port of Oru closed.", title="Will the port close?")
    passage = Passage("headline", (0,), 1.0)
    lines = tuple(DraftLine(passage, "Will the port close?", o) for o in ("model", "sentence"))

    settled = settling.settle(Draft((lines,)), asking, (), ())

    assert settled.kept == ()
    assert [(one.section, one.reason) for one in settled.withheld] == [("headline", "unsupported")]


def test_line_too_long_for_a_bullet_is_told_only_for_want_of_others() -> None:
    endless = f"On Monday {'the harbour closed and ' * 12}the harbour closed."

    instead, _ = bullets(fact(endless, 0, 0.9), fact(OWN[1], 1, 0.2, in_reserve=True))
    alone, _ = bullets(fact(endless, 0, 0.9))

    assert instead == [OWN[1]]
    assert alone == [endless]


QUOTED = cleaned(
    "Ann Lee denounced the strike as theft. She said it was “a scandal for the city”. Rain fell."
)


@pytest.mark.parametrize(
    ("words", "quote"),
    [
        ("Ann Lee called it a scandal for the city.", "a scandal for the city"),
        ("Ann Lee denounced the strike as theft.", None),
    ],
)
def test_view_shows_a_quotation_only_from_the_sentences_that_carry_it(
    words: str, quote: str | None
) -> None:
    statements = (
        says(QUOTED, "Ann Lee", "the strike as theft"),
        says(QUOTED, "Ann Lee", "it was “a scandal for the city”"),
    )
    passage = Passage("dissent", (0, 1), 1.0, speaker="Ann Lee", statements=(0, 1))
    draft = Draft(((DraftLine(passage, words, "model"),),))

    (kept,) = settling.settle(draft, QUOTED, statements, ()).kept

    shown = kept.line.passage.quote
    assert (shown.of(QUOTED.text) if shown else None) == quote


@pytest.mark.parametrize(
    ("words", "against"),
    [
        ("Ann Lee called it a scandal for the city.", "the city"),
        ("Ann Lee denounced the strike as theft.", None),
    ],
)
def test_view_shows_a_target_only_from_the_sentences_that_carry_it(
    words: str, against: str | None
) -> None:
    target = span(QUOTED, "the city")
    passage = Passage("dissent", (0, 1), 1.0, speaker="Ann Lee", against=target)
    draft = Draft(((DraftLine(passage, words, "model"),),))

    (kept,) = settling.settle(draft, QUOTED, (), ()).kept

    shown = kept.line.passage.against
    assert (shown.of(QUOTED.text) if shown else None) == against


def test_nothing_drafted_settles_to_nothing() -> None:
    assert settle() == settling.Settled()


def test_view_that_the_condenser_did_not_see_is_no_withheld_line() -> None:
    settled = settle((line("", 1, kind="dissent", speaker="Ann Lee"),))

    assert settled == settling.Settled((), ())


def test_fact_that_the_condenser_did_not_see_is_withheld() -> None:
    settled = settle((line("", 1),))

    assert [one.reason for one in settled.withheld] == ["unsupported"]


def test_view_without_a_speaker_gets_the_holder_that_its_line_names() -> None:
    settled = settle((line("Mayor Ann Lee denounced the strike as theft.", 1, kind="dissent"),))

    assert [one.line.passage.speaker for one in settled.kept] == ["Mayor Ann Lee"]


def views_of_a_couple(couples: str) -> list[str]:
    article = cleaned(
        "Ann Lee and Tom Amari say the crane never had a safe brake or a licensed driver. "
        f"{couples} "
        "Ann Lee and Tom Amari live in Port Selby."
    )
    named = article.sentences[0].text
    drafted = (
        (line(couples, 1, kind="dissent", speaker="Port Selby couple"),),
        (line(named, 0, kind="dissent", speaker="Ann Lee and Tom Amari"),),
    )
    town = replace(character(article, "Port Selby"), kind="place")
    couple = replace(character(article, "Port Selby couple"), kind="group")
    known = (character(article, "Ann Lee"), character(article, "Tom Amari"), town, couple)

    settled = settling.settle(Draft(drafted), article, (), known)

    return [str(one.line.passage.speaker) for one in settled.kept]


def test_view_told_of_a_nameless_and_of_a_named_holder_is_the_named_ones() -> None:
    couples = "A Port Selby couple says the crane never had a safe brake or licensed drivers."

    assert views_of_a_couple(couples) == ["Ann Lee and Tom Amari"]


def test_other_view_of_a_nameless_holder_stays() -> None:
    couples = "A Port Selby couple says the crane never had a name, a safe ladder or a clean cabin."

    assert views_of_a_couple(couples) == ["Port Selby couple", "Ann Lee and Tom Amari"]


@pytest.mark.parametrize("holder", ["Amnesty International", "Mayor Lee"])
def test_view_that_two_named_holders_tell_is_told_of_both(holder: str) -> None:
    article = cleaned(
        "Tom Amari says the crane never had a safe brake or a licensed driver. "
        f"{holder} says the crane never had a safe brake or a licensed driver. "
        "Ann Lee lives in Port Selby."
    )
    drafted = tuple(
        (line(article.sentences[number].text, number, kind="dissent", speaker=speaker),)
        for number, speaker in enumerate(("Tom Amari", holder))
    )
    body = replace(character(article, "Amnesty International"), kind="organisation")
    known = (character(article, "Tom Amari"), character(article, "Ann Lee"), body)

    settled = settling.settle(Draft(drafted), article, (), known)

    assert [one.line.passage.speaker for one in settled.kept] == ["Tom Amari", holder]


def test_view_whose_holder_nobody_names_is_withheld() -> None:
    settled = settle((line("The strike was denounced as theft.", 1, kind="dissent"),))

    assert [one.reason for one in settled.withheld] == ["unresolved_speaker"]


def test_title_alone_holds_no_view() -> None:
    words = "Mayor. denounced the strike as theft."

    settled = settle((line(words, 1, kind="dissent", speaker="Mayor."),))

    assert [one.reason for one in settled.withheld] == ["unresolved_speaker"]


@pytest.mark.parametrize(
    ("known", "words", "expected"),
    [
        ("role", "Ann Lee left Port Selby.", "Baker Ann Lee left Port Selby."),
        ("name", "The ASG left Port Selby.", "The Association of Selby Growers left Port Selby."),
    ],
)
def test_sentence_that_has_the_role_or_the_whole_name_is_evidence(
    known: str, words: str, expected: str
) -> None:
    article = cleaned(
        "Ann Lee and the ASG left Port Selby. Rain fell. Baker Ann Lee spoke for the "
        "Association of Selby Growers."
    )
    person = replace(character(article, "Ann Lee"), role=span(article, "Baker"))
    body = replace(character(article, "Association of Selby Growers", "ASG"), kind="organisation")
    draft = Draft(((line(words, 0),),))

    (kept,) = settling.settle(draft, article, (), (person if known == "role" else body,)).kept

    assert (kept.line.text, kept.sentences) == (expected, (0, 2))
