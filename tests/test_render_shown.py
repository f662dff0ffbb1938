"""What documents show: every part of a story, in the words of a reader, in any script."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from briefer import digest, render, schema, stories
from briefer.render import edition, pages, safety, wording
from briefer.schema import Digest, Failure, Reason
from tests.handmade import (
    BROKEN,
    DAY,
    HARBOUR_TEXT,
    brief,
    day_of_two_stories,
    line,
    plain_brief,
    source,
    unbriefable,
)
from tests.markup import Parsed

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(scope="module")
def day() -> Digest:
    return day_of_two_stories()


@pytest.mark.parametrize("form", ["md", "txt"])
def test_documents_read_as_the_golden_ones(day: Digest, form: str) -> None:
    made = render.markdown(day) if form == "md" else render.text(day)

    assert made == (GOLDEN / f"digest.{form}").read_text("utf-8")


def test_page_shows_every_part_of_a_story(day: Digest) -> None:
    told = Parsed(render.html(day)).text

    for words in (
        "The Morning Brief",
        "Thursday 26 November 2026",
        "News · The Selby Herald · 25 November 2026",
        "Harbour workers walked out on Monday over the loss of 120 jobs.",
        "Ruth Amari3 mayor of Port Selby",
        "The city · dockers' union",
        "Ruth Amari against the harbour workers",
        "“We had no money left”",
        "3 drafted lines: 2 gave a figure that the evidence does not give; "
        "1 put words in the wrong mouth.",
        "scan.txt: could not be read scan.txt holds no text.",
        "We value your privacy: not an article",
        "Harbour workers walk out, The Selby Herald, 25 November 2026, 18:30 UTC (news.example)",
        "example/tiny-1b, revision f86cb2c1fa58",
    ):
        assert words in told


def test_sentence_cited_twice_keeps_its_number() -> None:
    (chapter,) = edition.of_brief(brief()).chapters

    cited = [[cite.number for cite in point.cites] for point in chapter.points]

    assert [cite.number for cite in chapter.title_cites] == [1]
    assert cited == [[1], [2]]
    assert [cite.number for cite in chapter.opinions[0].cites] == [3, 4]
    assert [(note.number, note.text[:13]) for note in chapter.notes] == [
        (1, "Harbour worke"),
        (2, "The city and "),
        (3, "Mayor Ruth Am"),
        (4, '"We had no mo'),
    ]


def test_every_number_leads_to_its_sentence_and_back(day: Digest) -> None:
    parsed = Parsed(render.html(day))
    ids = [value for name, value in parsed.attributes if name == "id"]
    targets = {value[1:] for name, value in parsed.attributes if name == "href" and value[0] == "#"}

    assert targets <= set(ids)
    assert {"story-1-note-4", "story-1-cite-4"} <= targets
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("headline", "shown"),
    [
        ("Harbour workers strike.", "Harbour workers strike"),
        ("Will they strike?", "Will they strike?"),
        ("Strike spreads to the U.S.", "Strike spreads to the U.S."),
        ("Harbour workers walk out.", "Harbour workers walk out"),
        ("Strike reaches a Sen.", "Strike reaches a Sen."),
        ("Bread, milk etc.", "Bread, milk etc."),
        ("And then …", "And then …"),
    ],
)
def test_headline_ends_without_a_stop(headline: str, shown: str) -> None:
    made = plain_brief("a", "Rain fell.", headline=line(headline, "Rain fell."))

    assert edition.of_brief(made).chapters[0].title == shown


def test_what_may_not_be_quoted_is_named_in_one_line_and_links_still_lead_there() -> None:
    made = digest.build([brief()], day=DAY, failures=[]).model_copy(update={"max_quoted_words": 26})

    told = " ".join(Parsed(render.html(made)).words).split()
    words, written = " ".join(told), render.markdown(made)

    assert "1 Harbour workers in Port Selby walked out" in words
    # The second sentence has 17 words, of which 11 may be quoted: the rest is cut.
    assert "The city and the dockers' union agreed on Tuesday to talk […]" in words
    rest = "not quoted: this edition quotes at most 26 words of an article as evidence."
    assert f"3 , 4 {rest}" in words.replace(" ,", " , ").replace("  ", " ")
    assert f"3, 4: {rest}" in written
    assert {("id", "story-1-note-3"), ("href", "#story-1-note-3")} <= set(
        Parsed(render.html(made)).attributes
    )


def test_reader_of_markdown_sees_the_numbers_that_the_lines_name() -> None:
    long = brief(id="a", source=source(HARBOUR_TEXT, publisher="Herald"))
    short = plain_brief("b", "Rain fell.", source=source("Rain fell.", publisher="Rain Post"))
    layout = digest.Layout(max_quoted_words=15)
    made = digest.build(
        [long, short], day=DAY, stories=[stories.tell([long, short])], layout=layout
    )

    shown = Parsed(MarkdownIt("commonmark").render(render.markdown(made))).text

    assert "Rain fell. (in the article’s words) [3]" in shown
    assert "[3] Rain fell. (Rain Post)" in shown
    assert "2, 4, 5: not quoted" in shown


def test_front_page_adds_what_a_headline_does_not_say() -> None:
    made = brief()
    first, second = made.summary
    headline = first.model_copy(update={"text": "Harbour workers walk out over loss of 120 jobs"})
    repeating, other = (
        made.model_copy(update={"headline": headline, "summary": lines})
        for lines in ((first,), (first, second))
    )

    gists = [edition.of_brief(one).chapters[0].gist for one in (repeating, other)]

    assert gists == [(), (second.text,)]


def test_last_two_words_of_a_headline_stay_together_if_they_are_short() -> None:
    assert pages.headline("Rain fell on <Oslo>") == "Rain fell on\N{NO-BREAK SPACE}&lt;Oslo&gt;"
    assert pages.headline("Rain") == "Rain"
    assert (
        pages.headline("The constitutional interpretation") == "The constitutional interpretation"
    )


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([], ""),
        ([(1, "repeated another line")], "1 drafted line: it repeated another line."),
        ([(3, "went beyond")], "3 drafted lines: they went beyond."),
        ([(2, "went beyond"), (1, "broke off")], "3 drafted lines: 2 went beyond; 1 broke off."),
    ],
)
def test_withheld_lines_are_told_with_what_they_did(rows: list[tuple[int, str]], told: str) -> None:
    assert wording.withheld(rows) == told


@pytest.mark.parametrize(
    ("n", "heading"),
    [(1, "One thing to know"), (5, "Five things to know"), (12, "12 things to know")],
)
def test_front_page_says_how_many_things_there_are_to_know(n: int, heading: str) -> None:
    assert wording.things_to_know(n) == heading


def test_actor_without_a_role_is_told_by_kind_unless_a_person() -> None:
    mayor, union = brief().actors
    nameless = mayor.model_copy(update={"role": None})

    (chapter,) = edition.of_brief(brief(actors=(nameless, union))).chapters

    assert [one.kind for one in chapter.people] == ["", "organisation"]
    assert "- **Ruth Amari** \\[" in render.markdown(brief(actors=(nameless, union)))


def test_source_without_a_title_says_so_and_where_it_was_found() -> None:
    untitled = brief(source=brief().source.model_copy(update={"title": None, "ref": "in/a.txt"}))

    assert "Source An article without a title (in/a.txt), " in Parsed(render.html(untitled)).text


def test_outlet_stands_behind_a_sentence_only_where_there_are_several() -> None:
    day = digest.build([brief(), plain_brief("b", "Rain fell.")], day=DAY)
    first, second = day.stories
    both = first.model_copy(
        update={
            "articles": tuple(one.id for one in day.briefs),
            "summary": first.summary + second.summary,
        }
    )

    (chapter,) = edition.of_digest(day.model_copy(update={"stories": (both,)})).chapters

    assert {one.publisher for one in (brief.source for brief in day.briefs)} == {"The Selby Herald"}
    assert {note.outlet for note in chapter.notes} == {None}


def test_contents_repeat_nothing_of_what_the_front_page_tells() -> None:
    briefs = [plain_brief(f"{n}", f"Town {n} voted on its harbour.") for n in range(7)]
    made = edition.of_digest(digest.build(briefs, day=DAY, failures=[]))

    page = render.html(digest.build(briefs, day=DAY, failures=[]))

    contents = page[page.index('<nav class="contents"') : page.index("</nav>")]
    listed = re.findall(r'href="#(story-\d+)"', contents)
    assert len(made.front) == 5
    assert sorted([*listed, *(chapter.anchor for chapter in made.front)]) == sorted(
        chapter.anchor for chapter in made.chapters
    )


def test_contents_lead_to_the_stories_that_are_told_by_their_headline() -> None:
    known, *new = (plain_brief(f"{n}", f"Town {n} voted on its harbour.") for n in range(3))
    layout = digest.Layout(max_chapters=1, previous=digest.build([known], day=DAY))

    page = render.html(digest.build([known, *new], day=DAY, layout=layout))

    contents = page[page.index('<nav class="contents"') : page.index("</nav>")]
    assert re.findall(r'href="#(\w+)"', contents)[:2] == ["shorts", "unchanged"]


def test_story_of_two_articles_says_which_outlet_a_sentence_is_from() -> None:
    day = digest.build(
        [
            brief(),
            plain_brief("b", "Rain fell.", source=source("Rain fell.", publisher="Rain Post")),
        ],
        day=DAY,
    )
    both = tuple(one.id for one in day.briefs)
    first, second = day.stories
    merged = first.model_copy(update={"articles": both, "summary": first.summary + second.summary})

    (chapter,) = edition.of_digest(day.model_copy(update={"stories": (merged,)})).chapters

    assert {note.outlet for note in chapter.notes} == {"The Selby Herald", "Rain Post"}
    assert [one.outlet for one in chapter.sources] == [
        day.briefs[0].source.publisher,
        day.briefs[1].source.publisher,
    ]


@pytest.mark.parametrize("status", ["none_found", "not_checked", "not_requested"])
def test_empty_section_says_why_it_is_empty(status: Any) -> None:
    made = plain_brief(
        "a",
        "Rain fell.",
        agreements=schema.Agreements(status=status),
        dissent=schema.Dissents(status=status),
    )
    said = {
        "none_found": "The article reports none.",
        "not_checked": "Could not be checked.",
        "not_requested": "Not asked for.",
    }[status]

    told = Parsed(render.html(made)).text

    assert f"Agreements {said} Dissenting views {said}" in told


def test_section_of_which_nothing_held_up_says_that_it_was_withheld() -> None:
    made = plain_brief(
        "a",
        "Rain fell.",
        agreements=schema.Agreements(status="not_checked"),
        dissent=schema.Dissents(status="not_checked"),
        withheld=(schema.Withheld(section="dissent", reason="wrong_speaker"),),
    )

    told = Parsed(render.html(made)).text

    assert "Agreements Could not be checked." in told
    assert "Dissenting views What was found did not hold up and is withheld." in told


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ("summary", "No line of the summary held up against the article."),
        ("dissent", "No line of a summary was drafted."),
    ],
)
def test_brief_without_a_summary_says_why_in_every_form(section: Any, said: str) -> None:
    refused = schema.Withheld(section=section, reason="unsupported")
    made = plain_brief("a", "Rain fell.", summary=(), withheld=(refused,))

    for shown in (Parsed(render.html(made)).text, render.markdown(made), render.text(made)):
        assert said in shown


def test_section_of_a_story_is_named_in_every_form() -> None:
    weather = digest.Section("Weather", ("rain",))
    made = digest.build(
        [plain_brief("a", "Rain fell.")], day=DAY, layout=digest.Layout(sections=(weather,))
    )

    for shown in (Parsed(render.html(made)).text, render.markdown(made), render.text(made)):
        assert "Weather · News · The Selby Herald · 25 November 2026" in shown


def test_broken_day_does_not_look_like_a_day_without_news() -> None:
    broken = digest.build([], day=DAY, failures=[BROKEN])
    quiet = digest.build([], day=DAY)

    assert "Something broke, so there are no stories today: 1 article could" in render.text(broken)
    assert "Nothing to report: no articles came in. Nothing failed." in render.text(quiet)
    assert "scan.txt holds no text." in render.text(broken)


def test_what_is_new_and_the_story_have_a_heading_each() -> None:
    made = digest.build([brief()], day=DAY)
    (story,) = made.stories
    changed = story.model_copy(update={"news": "changed", "changes": (story.summary[0].text,)})

    page = render.html(made.model_copy(update={"stories": (changed,)}))

    assert re.findall("<h3>(New|The story|Who|Agree)", page) == ["New", "The story", "Who", "Agree"]


def test_edition_whose_only_story_was_withdrawn_does_not_say_that_nothing_came_in() -> None:
    whole, in_part = (
        digest.withdraw(digest.build([brief()], day=DAY, failures=failures), "harbour", "Untrue.")
        for failures in ([], [BROKEN])
    )
    left = "No story is left in this edition: what was withdrawn is named below."

    told, of_part = (
        " ".join(render.text(one).replace("\n! ", " ").split()) for one in (whole, in_part)
    )

    assert f"{left} Withdrawn after this edition had appeared: Harbour workers" in told
    assert "Nothing failed" not in told
    assert f"{left} Also, 1 article could not be processed. The reasons are below." in of_part


DEAD = Failure(
    kind="source", ref="feed https://b.example/rss", reason="unreadable", message="It is gone."
)


@pytest.mark.parametrize(
    ("failures", "n_sources", "notice"),
    [
        ([DEAD], 6, "1 of 6 sources could not be read."),
        ([DEAD], None, "1 source could not be read."),
        ([BROKEN], 6, "1 article could not be processed."),
        (
            [BROKEN, DEAD, BROKEN],
            6,
            "1 of 6 sources could not be read and 2 articles could not be processed.",
        ),
    ],
)
def test_what_is_missing_is_told_as_sources_and_as_articles(
    failures: list[Failure], n_sources: int | None, notice: str
) -> None:
    layout = digest.Layout(n_sources=n_sources)

    told = render.text(digest.build([brief()], day=DAY, failures=failures, layout=layout))

    assert f"This edition is incomplete: {notice}" in " ".join(told.replace("\n! ", " ").split())


def test_sources_that_could_not_be_read_have_a_list_of_their_own_in_every_form() -> None:
    made = digest.build([brief()], day=DAY, failures=[BROKEN, DEAD])

    for told in (Parsed(render.html(made)).text, render.markdown(made), render.text(made)):
        unread, failed = (
            told.index("Sources that could not be read"),
            told.rindex("Articles that could not be"),
        )
        assert unread < told.index("It is gone.") < failed < told.index("scan.txt holds no text.")


def test_article_read_in_part_says_so() -> None:
    partly = brief(source=brief().source.model_copy(update={"share_read": 0.62}))

    assert "only 62% of the text was read" in Parsed(render.html(partly)).text


def test_text_that_cannot_be_briefed_gets_a_page_that_says_why() -> None:
    page = render.html(unbriefable("too_short"))

    assert "No brief: the text is too short to brief." in Parsed(page).text
    assert re.findall("<h1>(.*)</h1>", page) == ["We value your\N{NO-BREAK SPACE}privacy"]


def test_a_language_is_not_said_to_be_beyond_this_model_alone() -> None:
    page = render.html(unbriefable("unsupported_language"))

    told = "No brief: the text is in a language that briefer does not read."
    assert told in Parsed(page).text


def test_reader_has_words_for_every_code() -> None:
    assert set(wording.WITHHELD) == set(get_args(Reason))
    assert set(wording.FAILED) == set(get_args(schema.FailureReason))
    assert set(wording.NOT_BRIEFED) == set(get_args(schema.Status))
    assert set(wording.GENRES) == set(get_args(schema.Genre))


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("plain words", [("plain words", None)]),
        ("say «Вода не ждёт».", [("say «", None), ("Вода не ждёт", "und-Cyrl"), ("».", None)]),
        ("“پانی سب کا ہے”", [("“", None), ("پانی سب کا ہے", "ur"), ("”", None)]),
        ("محمد", [("محمد", "ar")]),
        ("饮水思源", [("饮水思源", "zh-Hans")]),
        ("日本語、です", [("日本語、です", "ja")]),
        ("서울 시", [("서울 시", "ko")]),
        ("שלום", [("שלום", "he")]),
    ],
)
def test_stretches_of_other_scripts_are_marked(
    words: str, marked: list[tuple[str, str | None]]
) -> None:
    assert list(safety.runs(words)) == marked


@given(st.text())
def test_marking_scripts_loses_no_character(words: str) -> None:
    assert "".join(part for part, _ in safety.runs(words)) == words


def test_article_in_another_language_is_marked_as_such() -> None:
    german = plain_brief("a", "Es regnet.", source=source("Es regnet.", language="de"))

    assert ("lang", "de") in Parsed(render.html(german)).attributes
