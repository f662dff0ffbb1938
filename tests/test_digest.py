"""A day's record: its order, its counts, its state, and that it is what its schema says."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import permutations
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource

from briefer import digest, errors, schema, stories
from briefer.resources import shipped
from briefer.schema import Brief, Failure, Withheld
from tests.handmade import (
    DAY,
    HARBOUR_TEXT,
    brief,
    hostile_brief,
    line,
    plain_brief,
    provenance,
    source,
    unbriefable,
)

HasEvidence = schema.StoryLine | schema.StoryActor | schema.StoryAgreement | schema.StoryDissent
BROKEN = Failure(ref="a.txt", reason="model_failed", message="The engine broke.")

DEAD = Failure(kind="source", ref="feed b", reason="unreadable", message="b did not answer.")


def dated(key: str, day: int, **known: Any) -> Brief:
    moment = datetime(2026, 11, day, tzinfo=UTC)
    return plain_brief(key, key, source=source(key, title=key, published_at=moment, **known))


def schema_of(name: str) -> Any:
    return json.loads(shipped(name).read_text("utf-8"))


def test_record_obeys_its_published_schema() -> None:
    made = digest.build(
        [brief(), hostile_brief(), unbriefable(), plain_brief("b", "Rain fell.")],
        day=DAY,
        failures=[BROKEN, DEAD],
    )
    briefs = Resource.from_contents(schema_of("brief.schema.json"))
    validator = jsonschema.Draft202012Validator(
        schema_of("digest.schema.json"),
        registry=Registry().with_resource("brief.schema.json", briefs),
        format_checker=jsonschema.FormatChecker(),
    )

    problems = [error.message for error in validator.iter_errors(json.loads(digest.dump(made)))]

    assert problems == []


@pytest.mark.parametrize(
    ("part", "model"),
    [
        (None, schema.Digest),
        ("evidence", schema.StoryEvidence),
        ("line", schema.StoryLine),
        ("actor", schema.StoryActor),
        ("agreement", schema.StoryAgreement),
        ("dissent", schema.StoryDissent),
        ("story", schema.Story),
        ("failure", schema.Failure),
        ("counts", schema.DigestCounts),
        ("maker", schema.Maker),
        ("version", schema.Version),
        ("difference", schema.Difference),
        ("withdrawn", schema.Withdrawn),
    ],
)
def test_published_schema_names_every_field_and_no_other(part: str | None, model: Any) -> None:
    published = schema_of("digest.schema.json")
    published = published["$defs"][part] if part else published

    assert sorted(published["properties"]) == sorted(model.model_fields)
    assert published["additionalProperties"] is False


def test_stored_record_reads_back_as_it_was() -> None:
    made = digest.build([brief(), unbriefable()], day=DAY, failures=[BROKEN])

    assert schema.Digest.model_validate_json(digest.dump(made)) == made


def test_same_briefs_give_the_same_characters_in_any_order() -> None:
    briefs = [brief(), unbriefable(), plain_brief("b", "Rain fell.")]

    dumped = {digest.dump(digest.build(given, day=DAY)) for given in permutations(briefs)}

    assert len(dumped) == 1


def test_newer_articles_come_first_and_opinion_last() -> None:
    briefs = [dated("old", 20), dated("essay", 26, genre="opinion"), dated("new", 25)]

    made = digest.build(briefs, day=DAY)

    assert [story.id for story in made.stories] == ["new", "old", "essay"]


def test_article_without_a_date_comes_after_dated_ones() -> None:
    undated = plain_brief("undated", "x", source=source("x", title="x", published_at=None))

    made = digest.build([undated, dated("old", 1)], day=DAY)

    assert [story.id for story in made.stories] == ["old", "undated"]


def test_dates_at_the_ends_of_time_do_not_upset_the_order() -> None:
    ends = [
        plain_brief(key, key, source=source(key, title=key, published_at=moment))
        for key, moment in (
            ("first", "0001-01-01T00:00:00+14:00"),
            ("last", "9999-12-31T23:59:59-12:00"),
        )
    ]

    made = digest.build(ends, day=DAY)

    assert [story.id for story in made.stories] == ["last", "first"]


def test_brief_given_twice_is_one_story_whichever_came_first() -> None:
    twice = [
        brief(source=brief().source.model_copy(update={"ref": ref})) for ref in ("b.txt", "a.txt")
    ]

    made = [digest.build(given, day=DAY) for given in (twice, twice[::-1])]

    assert [one.counts.n_stories for one in made] == [1, 1]
    assert [one.briefs[0].source.ref for one in made] == ["a.txt", "a.txt"]


def test_counts_name_what_was_shown_withheld_and_missed() -> None:
    made = digest.build(
        [brief(), plain_brief("b", "Rain fell."), unbriefable("too_short")],
        day=DAY,
        failures=[BROKEN],
    )

    assert made.counts.model_dump() == {
        "n_articles": 4,
        "n_briefed": 2,
        "n_not_briefable": 1,
        "n_failed": 1,
        "n_stories": 2,
        "n_lines": 6,
        "n_agreements": 1,
        "n_dissent": 1,
        "n_withheld": 3,
        "not_briefable": {"too_short": 1},
        "failed": {"model_failed": 1},
        "withheld": {"number_not_in_evidence": 2, "wrong_speaker": 1},
        "n_sources": None,
        "n_sources_failed": 0,
    }


def test_sources_that_could_not_be_read_are_counted_apart_from_articles() -> None:
    made = digest.build(
        [brief()], day=DAY, failures=[BROKEN, DEAD], layout=digest.Layout(n_sources=6)
    )

    counts = made.counts
    assert (counts.n_articles, counts.n_failed, counts.failed) == (2, 1, {"model_failed": 1})
    assert (counts.n_sources, counts.n_sources_failed) == (6, 1)
    assert made.failures == (BROKEN, DEAD)


def test_withdrawing_keeps_what_is_known_of_sources() -> None:
    made = digest.build(
        [brief(), plain_brief("b", "Rain fell.")],
        day=DAY,
        failures=[DEAD],
        layout=digest.Layout(n_sources=6),
    )

    left = digest.withdraw(made, "b", "Wrong.")

    assert (left.counts.n_sources, left.counts.n_sources_failed) == (6, 1)


def test_withdrawing_an_article_keeps_what_is_new_in_the_others() -> None:
    talks, rain = "Talks begin on Friday.", "Rain fell on the valley."
    left, gone = told_again("b", CUT, WALKED, talks), told_again("c", CUT, WALKED, rain)
    today = digest.build(
        [left, gone],
        day=DAY,
        stories=[stories.tell([left, gone], also_in=["Coast FM"])],
        layout=digest.Layout(previous=digest.build([told_again("a", CUT, WALKED)], day=DAY)),
    )

    (story,) = digest.withdraw(today, "c", "It was not so.").stories

    assert set(today.stories[0].changes) == {talks, rain}
    assert (story.news, story.changes, story.also_in) == ("changed", (talks,), ())


@pytest.mark.parametrize(
    ("briefs", "failures", "state"),
    [
        ([brief()], [], "complete"),
        ([brief(), unbriefable()], [], "complete"),
        ([brief()], [BROKEN], "partial"),
        ([brief()], [DEAD], "partial"),
        ([], [BROKEN], "broken"),
        ([], [DEAD], "broken"),
        ([unbriefable()], [BROKEN], "broken"),
        ([unbriefable()], [], "nothing_to_report"),
        ([], [], "nothing_to_report"),
    ],
)
def test_state_tells_a_broken_day_from_an_empty_one(
    briefs: list[Brief], failures: list[Failure], state: str
) -> None:
    assert digest.build(briefs, day=DAY, failures=failures).state == state


def test_every_evidence_of_a_story_names_its_article() -> None:
    (story,) = digest.build([brief()], day=DAY).stories

    lines: list[HasEvidence] = [*story.summary, *story.actors, *story.agreements.items]
    lines += [line for line in (story.headline, *story.dissent.items) if line]
    told = [evidence for line in lines for evidence in line.evidence]

    assert {evidence.article for evidence in told} == {"harbour"}
    assert len(told) == 8


def test_story_says_exactly_what_its_brief_says() -> None:
    (story,) = digest.build([brief()], day=DAY).stories

    sections = {"headline", "summary", "actors", "agreements", "dissent"}
    told = story.model_dump(include=sections, mode="json")

    assert without_article(told) == brief().model_dump(include=set(told), mode="json")


def test_brief_that_is_no_story_stays_in_the_record_with_its_reason() -> None:
    made = digest.build([unbriefable("incomplete")], day=DAY)

    assert made.stories == ()
    assert [one.status for one in made.briefs] == ["incomplete"]


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (errors.UnreadableInput("no text"), "unreadable"),
        (errors.InputTooLarge("big"), "too_large"),
        (errors.FetchRefused("private"), "fetch_refused"),
        (errors.UnknownOption("what"), "bad_option"),
        (errors.GenerationFailed("broke"), "model_failed"),
        (errors.StoreError("full"), "other"),
    ],
)
def test_failure_keeps_the_kind_and_the_message(error: errors.BrieferError, reason: str) -> None:
    failure = digest.failure("a.txt", error)

    assert (failure.ref, failure.reason, failure.message) == ("a.txt", reason, str(error))


def test_makers_are_counted_most_briefs_first() -> None:
    other = provenance(model="example/other", adapters=None)
    briefs = [
        plain_brief("a", "a", provenance=other),
        plain_brief("b", "b"),
        plain_brief("c", "c", provenance=provenance(seconds=99.0)),
    ]

    made = digest.build(briefs, day=DAY)

    assert [(maker.model, maker.n_briefs) for maker in made.made_by] == [
        ("example/tiny-1b", 2),
        ("example/other", 1),
    ]
    assert made.seconds == 124.0


def without_article(told: Any) -> Any:
    if isinstance(told, list):
        return [without_article(part) for part in told]
    if isinstance(told, dict):
        return {key: without_article(part) for key, part in told.items() if key != "article"}
    return told


CUT = "The council of Port Selby cut 120 jobs at the harbour on Monday."
WALKED = "Harbour workers walked out and left eleven ships unloaded."


def told_again(key: str, headline: str, *lines: str) -> Brief:
    """A brief of the harbour story, with an actor by whom it is known again."""
    whole = " ".join((headline, *lines))
    return plain_brief(
        key,
        whole,
        headline=line(headline, whole),
        summary=tuple(line(one, whole) for one in lines),
        actors=(
            schema.Actor(
                name="Port Selby",
                kind="place",
                role=None,
                aliases=(),
                evidence=line(headline, whole).evidence,
            ),
        ),
    )


@pytest.mark.parametrize(
    ("headline", "lines", "news", "changes"),
    [
        (CUT, (WALKED,), "unchanged", ()),
        ("Jobs go at the harbour of Port Selby", (WALKED,), "unchanged", ()),
        (CUT, (WALKED, "Talks begin on Friday."), "changed", ("Talks begin on Friday.",)),
        (CUT, (WALKED.replace("eleven", "12"),), "changed", (WALKED.replace("eleven", "12"),)),
        (
            CUT,
            (WALKED.replace("eleven", "twelve"),),
            "changed",
            (WALKED.replace("eleven", "twelve"),),
        ),
        (CUT, (WALKED.replace("eleven", "11"),), "unchanged", ()),
        (CUT.replace("120", "150"), (WALKED,), "changed", (CUT.replace("120", "150"),)),
        (CUT.replace("cut", "raised"), (WALKED,), "changed", (CUT.replace("cut", "raised"),)),
    ],
    ids=[
        "same",
        "other wording",
        "another line",
        "a line's figure",
        "a figure in words",
        "the same in digits",
        "the headline's figure",
        "the opposite",
    ],
)
def test_a_story_told_again_says_what_has_changed(
    headline: str, lines: tuple[str, ...], news: str, changes: tuple[str, ...]
) -> None:
    yesterday = digest.build([told_again("a", CUT, WALKED)], day=DAY)

    today = digest.build(
        [told_again("b", headline, *lines)], day=DAY, layout=digest.Layout(previous=yesterday)
    )

    (story,) = today.stories
    assert (story.news, story.changes) == (news, changes)


def test_texts_of_briefs_stay_out() -> None:
    drafted = Withheld(section="summary", reason="wrong_speaker", text="Amari joined the strike.")
    whole = brief(source=source(HARBOUR_TEXT, text=HARBOUR_TEXT), withheld=(drafted,))

    (held,) = digest.build([whole], day=DAY).briefs

    assert (held.source.text, [line.text for line in held.withheld]) == (None, [None])
    assert (held.source.sha256, held.summary) == (whole.source.sha256, whole.summary)


def test_a_day_of_nothing_but_known_stories_is_quiet() -> None:
    yesterday = digest.build([told_again("a", CUT, WALKED)], day=DAY)

    today = digest.build(
        [told_again("b", CUT, WALKED)], day=DAY, layout=digest.Layout(previous=yesterday)
    )

    assert (yesterday.state, today.state) == ("complete", "quiet")
    assert today.front == ()


def test_another_event_is_new() -> None:
    yesterday = digest.build([told_again("a", CUT, WALKED)], day=DAY)

    today = digest.build(
        [plain_brief("c", "Rain fell on the valley.")],
        day=DAY,
        layout=digest.Layout(previous=yesterday),
    )

    assert [story.news for story in today.stories] == ["new"]
