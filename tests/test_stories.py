"""Stories: which briefs are one event, what they tell together, where their outlets differ."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from briefer import stories, text
from briefer.schema import (
    Actor,
    Agreement,
    Agreements,
    Article,
    Brief,
    Dissent,
    Dissents,
    Evidence,
    Line,
)
from briefer.stories import ranking
from briefer.stories.wording import figures
from tests.handmade import plain_brief, source

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


def whole(words: str) -> tuple[Evidence, ...]:
    return (Evidence(start=0, end=len(words), text=words),)


def told(words: str) -> Line:
    return Line(text=words, kind="abstractive", evidence=whole(words))


def outlet(name: str, *lines: str, **changed: Any) -> Brief:
    known = {
        "summary": tuple(told(line) for line in lines),
        "source": source(lines[0], title=lines[0], publisher=name, published_at=NOON),
    }
    return plain_brief(name, lines[0], **(known | changed))


def view(holder: str, words: str, quote: str | None = None) -> Dissents:
    one = Dissent(
        holder=holder,
        text=words,
        against=None,
        quote=quote,
        kind="abstractive",
        evidence=whole(words),
    )
    return Dissents(status="found", items=(one,))


def deal(*parties: str, words: str) -> Agreements:
    one = Agreement(parties=parties, text=words, kind="abstractive", evidence=whole(words))
    return Agreements(status="found", items=(one,))


HERALD = "Harbour workers in Port Selby walked out after the city cut 120 jobs."
POST = "After the city cut 120 jobs, harbour workers in Port Selby walked out on Monday."


def test_line_of_two_outlets_stands_once_with_evidence_in_both() -> None:
    story = stories.tell([outlet("Herald", HERALD), outlet("Post", POST)])

    (line,) = story.summary
    assert [one.article for one in line.evidence] == ["Post", "Herald"]


def test_line_that_more_outlets_say_comes_first() -> None:
    one = outlet("Herald", "The mayor flew home from Oslo at night.", HERALD)

    story = stories.tell([one, outlet("Post", POST)])

    assert story.summary[0].text == HERALD
    assert len(story.summary) == 2


def test_two_lines_of_one_article_are_never_merged() -> None:
    story = stories.tell([outlet("Herald", HERALD, POST)])

    assert [line.text for line in story.summary] == [HERALD, POST]


def test_different_figures_are_told_with_their_outlets_and_not_merged() -> None:
    other = POST.replace("120", "150")

    story = stories.tell([outlet("Herald", HERALD), outlet("Post", other)])

    assert len(story.summary) == 2
    figure = next(one for one in story.differences if one.kind == "figure")
    assert figure.about == "jobs"
    assert {(one.outlet, one.text) for one in figure.versions} == {
        ("Herald", HERALD),
        ("Post", other),
    }
    assert {one.evidence[0].article for one in figure.versions} == {"Herald", "Post"}


FIRE = "Six people were killed in a fire at a factory in Selby."


@pytest.mark.parametrize(
    "other",
    [
        FIRE.replace("Six", "Nine"),
        FIRE.replace("Six", "60"),
        FIRE.replace("Six people were killed", "Six people survived"),
    ],
)
def test_lines_of_other_figures_or_of_the_opposite_stay_apart(other: str) -> None:
    story = stories.tell([outlet("Herald", FIRE), outlet("Post", other)])

    assert {line.text for line in story.summary} == {FIRE, other}


def test_figure_in_words_and_in_digits_is_one() -> None:
    other = FIRE.replace("Six", "6")

    (line,) = stories.tell([outlet("Herald", FIRE), outlet("Post", other)]).summary

    assert {one.article for one in line.evidence} == {"Herald", "Post"}


def test_agreements_and_views_of_other_figures_stay_apart() -> None:
    words = "Tarvia and Selmor agreed to exchange 40 prisoners."
    critical = "Amari said the deal would free 40 killers of policemen."
    briefs = [
        outlet(
            name,
            HERALD,
            agreements=deal("Tarvia", "Selmor", words=words.replace("40", number)),
            dissent=view("Ruth Amari", critical.replace("40", number)),
        )
        for name, number in (("Herald", "40"), ("Post", "60"))
    ]

    story = stories.tell(briefs)

    assert len(story.agreements.items) == 2
    assert len(story.dissent.items) == 2


def test_a_rounded_figure_contradicts_no_exact_one() -> None:
    story = stories.tell(
        [outlet("Herald", HERALD), outlet("Post", POST.replace("120", "about 100"))]
    )

    assert [one for one in story.differences if one.kind == "figure"] == []


def test_outlet_does_not_differ_from_itself() -> None:
    words = "we had no money left for it"
    morning = outlet("am", HERALD, dissent=view("Ruth Amari", "Amari defended it.", words))
    evening = outlet(
        "pm", HERALD.replace("120", "150"), dissent=view("Lund", "Lund defended it.", words)
    )
    one_paper = [
        brief.model_copy(
            update={"source": brief.source.model_copy(update={"publisher": "The Herald"})}
        )
        for brief in (morning, evening)
    ]

    assert {one.kind for one in stories.tell([morning, evening]).differences} == {
        "figure",
        "attribution",
    }
    assert stories.tell(one_paper).differences == ()


def test_one_quotation_in_two_mouths_is_an_attribution_that_differs() -> None:
    words = "we had no money left for it"
    one = outlet("Herald", HERALD, dissent=view("Ruth Amari", "Amari defended it.", words))
    other = outlet("Post", POST, dissent=view("Karim Lund", "Lund defended it.", words))

    story = stories.tell([one, other])

    (split,) = [each for each in story.differences if each.kind == "attribution"]
    assert [version.outlet for version in split.versions] == ["Post", "Herald"]


def test_surname_and_full_name_are_one_mouth() -> None:
    words = "we had no money left for it"
    one = outlet("Herald", HERALD, dissent=view("Ruth Amari", "Amari defended it.", words))
    other = outlet("Post", POST, dissent=view("Amari", "Amari defended it.", words))

    assert stories.tell([one, other]).differences == ()


def test_headlines_that_share_little_are_each_outlets_framing() -> None:
    one = outlet("Herald", HERALD, headline=told("City stands firm against strikers"))
    other = outlet("Post", POST, headline=told("Dockers fight for their livelihood"))

    (framing,) = stories.tell([one, other]).differences

    assert framing.kind == "framing"
    assert sorted(version.outlet for version in framing.versions) == ["Herald", "Post"]


def test_outlets_that_say_the_same_make_no_agreement() -> None:
    story = stories.tell([outlet("Herald", HERALD), outlet("Post", POST)])

    assert (story.agreements.status, story.agreements.items) == ("none_found", ())


def test_agreement_of_parties_that_two_outlets_report_stands_once() -> None:
    words = "The city and the dockers' union agreed to talk for ten days."
    briefs = [
        outlet(name, line, agreements=deal("the city", "dockers' union", words=words))
        for name, line in (("Herald", HERALD), ("Post", POST))
    ]

    (item,) = stories.tell(briefs).agreements.items

    assert item.parties == ("the city", "dockers' union")
    assert {one.article for one in item.evidence} == {"Herald", "Post"}


def test_none_found_needs_every_article_to_have_been_looked_at() -> None:
    looked = outlet("Herald", HERALD)
    not_looked = outlet("Post", POST, dissent=Dissents(status="not_checked"))

    assert stories.tell([looked, not_looked]).dissent.status == "not_checked"
    assert stories.tell([looked]).dissent.status == "none_found"


def test_actor_known_by_an_alias_is_one_actor() -> None:
    def actor(name: str, *aliases: str) -> Actor:
        return Actor(name=name, kind="person", role=None, aliases=aliases, evidence=whole(HERALD))

    one = outlet("Herald", HERALD, actors=(actor("Ruth Amari", "Amari"),))
    other = outlet("Post", POST, actors=(actor("Amari"),))

    (merged,) = stories.tell([one, other]).actors

    assert {each.article for each in merged.evidence} == {"Herald", "Post"}


def test_a_story_does_not_depend_on_the_order_of_its_briefs() -> None:
    briefs = [outlet("Herald", HERALD), outlet("Post", POST)]

    assert stories.tell(briefs) == stories.tell(briefs[::-1])


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("The city cut 120 jobs.", {"job": "120"}),
        ("It cut twelve jobs and 1,200 posts.", {"job": "12", "post": "1200"}),
        ("It costs 4 million crowns.", {"crown": "4 million"}),
        ("In 2024 it was 3 May, at 12 years old.", {}),
        ("More than 50 people; 60 people came.", {"peopl": "60"}),
        ("Up to 40 homes and as many as 300 people.", {}),
        ("As few as 12 of up to another 40 homes; the toll rose to 15 people.", {"peopl": "15"}),
        ("12 jobs here, 14 jobs there.", {}),
    ],
)
def test_figures_are_exact_and_have_a_unit(line: str, found: dict[str, str]) -> None:
    assert figures(line).items() >= found.items()
    assert len(figures(line)) == len(found)


STRIKE = "Dockers at Port Selby harbour strike over job cuts by mayor Amari"
STRIKE_TOO = "Port Selby dockers stop work, mayor Amari defends job cuts at harbour"
FLOOD = "Flood waters of the Morava rise above Brezno bridges, army sent by Novak"
FLOOD_TOO = "Army sent to Brezno as Morava flood rises, says minister Novak"


def article(words: str, *, days: int = 0) -> Article:
    when = NOON + timedelta(days=days)
    return Article(text=f"{words}. It happened.", title=words, ref=words, published_at=when)


def by_words(*articles: Article) -> list[int]:
    return stories.group([stories.told_by(one) for one in articles], None)


def test_articles_on_one_event_are_one_story_and_others_are_not() -> None:
    pile = [article(words) for words in (STRIKE, FLOOD, STRIKE_TOO, FLOOD_TOO)]

    assert by_words(*pile) == [0, 1, 0, 1]


def test_days_too_far_apart_are_two_stories() -> None:
    noise = [article(FLOOD), article(FLOOD_TOO)]

    assert by_words(article(STRIKE), article(STRIKE_TOO, days=9), *noise)[:2] == [0, 1]


def test_no_name_in_common_is_two_stories_whatever_the_vectors_say() -> None:
    def all_alike(texts: Sequence[str]) -> NDArray[np.float32]:
        return np.tile(np.array([1, 0], np.float32), (len(texts), 1))

    pile = [article("Ruth Amari resigns after vote"), article("Karim Lund resigns after vote")]
    tales = [stories.told_by(one) for one in pile]
    apart = [
        stories.Told(one.id, one.title, one.lead, frozenset(name), one.published_at)
        for one, name in zip(tales, (["amari"], ["lund"]), strict=True)
    ]

    assert stories.group(apart, all_alike) == [0, 1]


def test_nothing_groups_to_nothing() -> None:
    assert stories.group([], None) == []


def synthetic(n: int, seed: int = 7) -> list[stories.Told]:
    """``n`` articles, three on each event, of words drawn from a long-tailed vocabulary."""
    chance = np.random.default_rng(seed)
    told_by = []
    for number in range(n):
        event = number % (n // 3)
        own = [f"q{event:x}{letter}" for letter in "kmpbvz"]
        common = [f"w{k}" for k in chance.zipf(1.3, 40).tolist()]
        name = frozenset({f"name{event}"})
        told_by.append(stories.Told(f"a{number}", " ".join(own), " ".join(common), name))
    return told_by


def test_a_brief_is_known_by_the_sentences_behind_its_lines_each_once_in_order() -> None:
    first, second = "Rain fell on Brezno.", "The river Morava rose by two metres."
    lines = [
        Line(
            text=words, kind="abstractive", evidence=(Evidence(start=at, end=at + 1, text=behind),)
        )
        for words, at, behind in (
            ("Water rises", 21, second),
            ("It rains", 0, first),
            ("Flood", 21, second),
        )
    ]
    brief = outlet("Herald", "x", headline=lines[0], summary=tuple(lines[1:]))

    known = stories.told_by(brief)

    assert known.lead == f"{first} {second}"
    assert {"brezno", "morava"} <= known.names


def test_work_grows_with_the_articles_and_not_with_their_pairs() -> None:
    def steps(n: int) -> int:
        """Calls made: unlike seconds they are the same on a busy machine."""
        pile, calls = synthetic(n), Counter[str]()
        sys.setprofile(lambda _frame, event, _called: calls.update([event]))
        try:
            found = stories.group(pile, None)
        finally:
            sys.setprofile(None)
        assert len(set(found)) == n // 3
        return calls["call"] + calls["c_call"]

    steps(1800)  # what is kept of words is kept from here on

    assert steps(1800) < 3 * steps(900)  # twice the articles; by pairs it would be 4


def test_stories_of_more_outlets_and_of_interest_come_first() -> None:
    briefs = [outlet("A", FLOOD), outlet("B", STRIKE), outlet("C", STRIKE_TOO)]
    by_id = {brief.id: brief for brief in briefs}
    flood, strike = stories.tell(briefs[:1]), stories.tell(briefs[1:])

    plain = ranking.ranked([flood, strike], by_id)
    wanted = ranking.ranked([strike, flood], by_id, ["brezno", "Novak", "Atlantis"])

    assert plain == (strike, flood)
    assert wanted == (flood, strike)


def test_a_story_stands_in_the_first_section_that_it_fits() -> None:
    flood, strike = stories.tell([outlet("A", FLOOD)]), stories.tell([outlet("B", STRIKE)])

    placed = ranking.placed([strike, flood], [("Rivers", ("Morava",)), ("All", ("Brezno", "x"))])

    assert [story.section for story in placed] == ["Rivers", None]


def test_terms_of_sections_are_whole_words() -> None:
    (story,) = ranking.placed([stories.tell([outlet("A", FLOOD)])], [("Bridge", ("bridge",))])

    assert story.section is None


def test_story_of_one_brief_keeps_its_id() -> None:
    assert stories.tell([outlet("Herald", HERALD)]).id == "Herald"
    both = stories.tell([outlet("Herald", HERALD), outlet("Post", POST)])
    assert both.id == text.fingerprint("Herald Post")[:32]
