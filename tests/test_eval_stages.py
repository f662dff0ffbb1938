"""Measures of single stages, with small gold and stages whose answers are known."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from briefer.errors import UnreadableInput
from briefer.schema import Article, Brief, CleanArticle, DraftLine, Span, Statement, Tags
from eval import floors, suite
from eval.gold import GoldActor, GoldBrief, GoldDissent, GoldFact, GoldSpeech, unannotated
from eval.metrics.figures import Ratio
from eval.readers.documents import Excerpt, Feed, Page, SharedEvent
from eval.readers.fields import (
    AlignedEvent,
    AttributedArticle,
    Entity,
    SupportedClaim,
)
from eval.rows import Heading, Row
from eval.stages import (
    actors,
    checks,
    evidence,
    faults,
    highlights,
    ingestion,
    sentences,
    speech,
    stories,
)
from eval.stages.readings import of_sentences, plain
from eval.systems import extracts
from tests.fakes import FixedTagger, cleaned, says

TEXT = (
    "Harbour workers walked out on Monday after the city cut 120 jobs. "
    "Mayor Ruth Amari may reopen talks. "
    'Union leader Jan Holt said the cuts were "a cruel betrayal of us". '
    "Rain fell in the evening."
)
ARTICLE = cleaned(TEXT)
S = tuple(Span(sentence.start, sentence.end) for sentence in ARTICLE.sentences)
GOLD = replace(
    unannotated("walkout", ARTICLE),
    facts=(GoldFact("Workers walked out after 120 jobs were cut.", (S[0],)),),
    actors=(
        GoldActor("Jan Holt", ("the union leader",), is_key=True),
        GoldActor("Ruth Amari", ("Amari",), is_key=True),
    ),
    dissent=(
        GoldDissent(
            "Jan Holt",
            'Jan Holt calls the cuts "a cruel betrayal of us".',
            "the cuts",
            is_must=True,
            spans=(S[2],),
        ),
    ),
    speech=(GoldSpeech("Jan Holt", (S[2],)), GoldSpeech("Ruth Amari", (S[1],))),
    has_speech=True,
)


def value(rows: Sequence[Row], measure: str, system: str | None = None) -> float | None:
    found = [r for r in rows if r.measure == measure and system in (None, r.system)]
    assert len(found) == 1, [r.measure for r in rows]
    return found[0].figure.value


def test_sentence_choice_ranks_and_cuts_the_tags() -> None:
    tags = {
        0: Tags(0.9, 0.1, 0.0, 0.1),
        1: Tags(0.8, 0.6, 0.0, 0.9),
        2: Tags(0.1, 0.5, 0.0, 0.8),
        3: Tags(0.1, 0.1, 0.0, 0.1),
    }

    rows = sentences.run(FixedTagger(tags), {"train-briefs val": [GOLD]})

    assert value(rows, "fact: average precision") == 1.0
    assert value(rows, "dissent: average precision") == 0.5
    assert value(rows, "dissent: F1") == pytest.approx(2 / 3)  # 2 * 1 / (1 gold + 2 found)
    assert value(rows, "speech: F1") == 1.0
    assert value(rows, "agreement: average precision") is None


def test_threshold_of_val_holds_for_other_sets() -> None:
    val = FixedTagger({0: Tags(0.9, 0, 0, 0)})
    other = replace(GOLD, facts=(GoldFact("Rain fell.", (S[3],)),), has_speech=False)

    rows = sentences.run(val, {"train-briefs val": [GOLD], "dev-briefs": [other]})

    assert [r.figure.value for r in rows if r.measure == "fact: F1"] == [1.0, 0.0]
    assert not [r for r in rows if r.gold == "dev-briefs" and "speech" in r.measure]


def test_second_annotator_is_compared_sentence_by_sentence() -> None:
    second = replace(GOLD, facts=(GoldFact("Workers walked out.", (S[0], S[1])),))

    rows = sentences.second_annotator([(GOLD, second)])

    assert value(rows, "fact: F1") == pytest.approx(2 / 3)
    assert value(rows, "dissent: F1") == 1.0


@dataclass(frozen=True)
class FixedReading:
    article: CleanArticle
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class FixedReadings:
    """Finds the same statements in every article."""

    statements: tuple[Statement, ...]

    def of(self, article: CleanArticle) -> FixedReading:
        return FixedReading(article, self.statements)


def piece(text: str, words: str) -> dict[str, object]:
    start = text.index(words)
    return {"text": words, "spans": [[start, start + len(words)]]}


def test_attributions_are_compared_part_by_part_without_marks_at_their_edges() -> None:
    text = '"We go," said Jan Holt. Amari denied it.'
    article = AttributedArticle.model_validate(
        {
            "id": "p",
            "title": "",
            "text": text,
            "attributions": [
                {
                    "source": [piece(text, "Jan Holt")],
                    "cue": [piece(text, "said")],
                    "content": [piece(text, '"We go,"')],
                },
                {"source": [piece(text, "Amari")], "cue": [piece(text, "denied")], "content": []},
            ],
        }
    )
    found = Statement(
        source=Span(14, 22),
        cue=Span(9, 22),
        content=(Span(1, 6),),
        sentences=(0,),
        speaker="Jan Holt",
        is_named=True,
    )

    rows = speech.spans_of_polnear([article], FixedReadings((found,)))  # type: ignore[arg-type]

    assert value(rows, "source, exact: recall") == 0.5
    assert value(rows, "source, exact: precision") == 1.0
    assert value(rows, "cue, overlap: recall") == 0.0  # "said Jan Holt" shares 4 of 13
    assert value(rows, "content, exact: F1") == 1.0


def test_speakers_are_judged_by_sentence_and_by_alias() -> None:
    def found(brief: GoldBrief) -> list[tuple[Span, str | None]]:
        return [(S[2], "the union leader"), (S[1], None), (S[3], "Jan Holt")]

    rows = speech.resolved([GOLD], found)

    assert value(rows, "speech sentence: precision") == pytest.approx(2 / 3)
    assert value(rows, "speech sentence: recall") == 1.0
    assert value(rows, "speaker resolved") == 0.5
    assert value(rows, "speaker right, of resolved") == 1.0
    assert value(rows, "speaker right, of all speech sentences") == 0.5


def test_wrong_speaker_is_wrong() -> None:
    rows = speech.resolved([GOLD], lambda _: [(S[2], "Ruth Amari")])

    assert value(rows, "speaker right, of resolved") == 0.0


def test_salient_actors_are_judged_among_the_listed() -> None:
    entities = [
        Entity(entity="Jan Holt", mention="holt", salience=3.0),
        Entity(entity="Ruth Amari", mention="amari", salience=1.0),
    ]
    found = [("Holt",), ("Amari",), ("somebody unlisted",)]

    ratios = actors.compare(entities, found)

    assert ratios["salient: precision"] == Ratio(1, 2)
    assert ratios["salient: recall"] == Ratio(1, 1)


def test_key_actors_are_wanted_and_any_is_right() -> None:
    gold = replace(GOLD, actors=(*GOLD.actors, GoldActor("the city", (), is_key=False)))

    rows = actors.key_actors([gold], lambda _: [("Holt",), ("city",)], Heading("actors", "test"))

    assert value(rows, "key: recall") == 0.5
    assert value(rows, "key: precision") == 0.5
    assert value(rows, "any: precision") == 1.0


def test_evidence_counts_the_alternative_that_is_met_best() -> None:
    claim = SupportedClaim(
        id="c",
        claim="x",
        sentences=("a", "b", "c", "d"),
        supporting_sentences=((0, 1), (2,)),
        label="supported",
    )

    rows = evidence.claims([claim], lambda *_: (0, 3))

    assert value(rows, "recall of the best-met set") == 0.5
    assert value(rows, "precision") == 0.5
    assert value(rows, "a whole set found") == 0.0
    rows = evidence.claims([claim], lambda *_: (2,))
    assert value(rows, "a whole set found") == 1.0


def test_claims_that_nothing_supports_are_left_out() -> None:
    claim = SupportedClaim(
        id="c", claim="x", sentences=("a",), supporting_sentences=((),), label="not_supported"
    )

    assert evidence.claims([claim], lambda *_: (0,)) == []


def test_aligned_evidence_is_sufficient_when_it_carries_as_much() -> None:
    event = AlignedEvent.model_validate(
        {
            "id": "e",
            "articles": [
                {"file": "0", "sentences": ["Workers walked out.\n", "Workers left.", "Rain fell."]}
            ],
            "alignments": [
                {"file": "0", "sent_idx": n, "summary_sentence": "Workers walked."} for n in (0, 1)
            ],
        }
    )

    rows = evidence.summaries([event], lambda *_: (0, 2))

    assert value(rows, "recall of what aligned sentences carry") == 1.0
    assert value(rows, "recall of aligned sentences") == 0.5
    assert value(rows, "precision") == 0.5
    assert value(rows, "an aligned sentence found") == 1.0


def test_given_sentences_keep_their_indexes() -> None:
    article = of_sentences(["One.\n", " ", "Two  words."])

    assert [one.text for one in article.sentences] == ["One.", "–", "Two words."]
    assert article.text[article.sentences[2].start : article.sentences[2].end] == "Two words."


LINES = {line.text: line for line in faults.lines(GOLD)}
FACT, VIEW = LINES.values()


def test_a_number_becomes_one_the_article_does_not_have() -> None:
    assert faults.change_number(FACT, GOLD) == "Workers walked out after 127 jobs were cut."
    assert faults.change_number(VIEW, GOLD) is None


def test_a_name_becomes_another_actor_and_a_view_another_speakers() -> None:
    assert faults.swap_name(VIEW, GOLD) == 'Ruth Amari calls the cuts "a cruel betrayal of us".'
    assert faults.swap_speaker(VIEW, GOLD) == 'Ruth Amari calls the cuts "a cruel betrayal of us".'
    assert faults.swap_speaker(FACT, GOLD) is None


def test_a_quotation_is_bent_by_one_word() -> None:
    assert faults.bend_quote(VIEW, GOLD) == 'Jan Holt calls the cuts "a certainly betrayal of us".'


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("Amari may reopen talks.", "Amari will reopen talks."),
        ("Amari denied a deal.", "Amari confirmed a deal."),
        ("The talks did not fail.", "The talks did fail."),
        ("The alleged thief fled.", "The proven thief fled."),
        ("Rain fell.", None),
    ],
)
def test_modality_becomes_fact(line: str, wrong: str | None) -> None:
    assert faults.change_modality(faults.GoldLine(line, ()), GOLD) == wrong


def test_planted_faults_are_counted_by_kind_and_false_alarms_apart() -> None:
    def review(line: DraftLine, sentences: tuple[int, ...], reading: object) -> str | None:
        return "number_not_in_evidence" if "127" in line.text else None

    readings = FixedReadings(())
    rows = checks.planted([GOLD], readings, Heading("checks", "test"), review)  # type: ignore[arg-type]

    assert value(rows, "right lines rejected") == 0.0
    assert value(rows, "stopped: number changed") == 1.0
    assert value(rows, "stopped: quote bent") == 0.0


def test_a_check_that_stops_everything_is_seen() -> None:
    readings = FixedReadings(())
    heading = Heading("checks", "test")

    rows = checks.planted([GOLD], readings, heading, lambda *_: "unsupported")  # type: ignore[arg-type]

    assert value(rows, "right lines rejected") == 1.0


def test_own_lines_judged_by_hand_give_escapes_with_exact_intervals() -> None:
    lines = [
        *[checks.JudgedLine(id="w", verdict="wrong", was_rejected=True)] * 3,
        *[checks.JudgedLine(id="w", verdict="wrong", was_rejected=False)] * 1,
        *[checks.JudgedLine(id="r", verdict="right", was_rejected=True)] * 2,
        *[checks.JudgedLine(id="r", verdict="right", was_rejected=False)] * 14,
    ]

    rows = checks.by_hand(lines)

    assert value(rows, "drafted wrong (p)") == 0.2
    assert value(rows, "wrong ones caught (s)") == 0.75
    assert value(rows, "right ones lost (f)") == 0.125
    assert value(rows, "shipped wrong") == pytest.approx(1 / 15)
    assert value(rows, "shipped misleading") == 0.0
    assert rows[3].figure.high == pytest.approx(0.3195, abs=0.0001)


def test_judged_lines_are_called_by_the_commit_that_wrote_them(tmp_path: Path) -> None:
    line = {"id": "a S0", "verdict": "misleading", "was_rejected": False, "pattern": "hedge"}
    (tmp_path / "abc1234.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")

    rows = suite.judged_by_hand(tmp_path)

    assert {row.system for row in rows} == {"briefer abc1234"}
    assert [row.measure for row in rows] == ["shipped wrong", "shipped misleading"]
    assert value(rows, "shipped misleading") == 1.0
    assert floors.figures(rows) == {}


def test_the_lines_judged_so_far_can_be_read() -> None:
    rows = suite.judged_by_hand()

    assert {row.lower_is_better for row in rows if row.measure.startswith("shipped")} == {True}


def test_stories_are_grouped_over_a_mixed_pile() -> None:
    events = [
        SharedEvent(id="e1", articles=(Excerpt(title="b", text=""), Excerpt(title="d", text=""))),
        SharedEvent(id="e2", articles=(Excerpt(title="a", text=""), Excerpt(title="c", text=""))),
    ]
    seen: list[str | None] = []

    def group(pile: Sequence[Article]) -> list[int]:
        seen.extend(article.title for article in pile)
        return [0, 1, 0, 1]

    rows = stories.run(events, group)

    assert seen == ["a", "b", "c", "d"]
    assert value(rows, "pairwise F1") == 1.0
    assert value(rows, "B-cubed F1") == 1.0


def test_an_unrelated_article_in_a_story_costs_precision() -> None:
    event = SharedEvent(id="e", articles=(Excerpt(title="a", text=""), Excerpt(title="b", text="")))
    other = Article(text="", title="c")

    alone = stories.run([event], lambda _: [0, 0, 1], apart=[other])
    mixed = stories.run([event], lambda _: [0, 0, 0], apart=[other])

    assert value(alone, "pairwise precision") == value(alone, "pairwise recall") == 1.0
    assert value(mixed, "pairwise precision") == pytest.approx(1 / 3)
    assert value(mixed, "B-cubed precision") == pytest.approx(5 / 9)


def test_highlights_score_by_common_words() -> None:
    made: Brief = extracts.lead(GOLD, 1)

    rows = highlights.run([([TEXT.split(". ")[0]], made)], "lead-1")

    assert value(rows, "ROUGE-1 F") == 1.0


def test_a_page_is_judged_by_its_words_title_and_date() -> None:
    page = Page("x", b"", "Walkout in Port", None, "2026-11-25T08:00", "Workers walked out today.")

    def read(html: bytes) -> Article:
        return Article(text="Workers walked home.", title="Walkout in Port | The Paper")

    rows = ingestion.pages([page], read)

    assert value(rows, "body: precision") == pytest.approx(2 / 3)
    assert value(rows, "body: recall") == 0.5
    assert value(rows, "title right") == 1.0
    assert value(rows, "date right") == 0.0


def test_a_byline_is_right_when_all_of_it_is_expected() -> None:
    def page(byline: str | None) -> Page:
        return Page("x", b"", None, byline, None, "")

    by_ann = [page("by Ann Lee22 Dec 2016"), page("Ann Lee and Jo Fry"), page(None)]

    assert value(ingestion.bylines(by_ann, lambda _: "Ann Lee"), "byline right") == 1.0
    assert value(ingestion.bylines(by_ann, lambda _: "Jo Fry"), "byline right") == 0.5
    assert value(ingestion.bylines(by_ann, lambda _: None), "byline right") == 0.0


def test_well_formed_feeds_must_be_read() -> None:
    def read(content: bytes) -> list[str]:
        if content == b"bad":
            raise UnreadableInput("bad")
        return ["Example title"]

    feeds = [
        Feed("wellformed/a.xml", b"", "not bozo and entries[0]['title'] == 'Example <b>name</b>'"),
        Feed("wellformed/b.xml", b"bad", "not bozo"),
        Feed("illformed/c.xml", b"bad", "bozo"),
    ]

    rows = ingestion.feeds(feeds, read)

    assert value(rows, "well-formed feeds read") == 0.5
    assert value(rows, "words of the first entry kept") == 0.5


def test_plain_text_keeps_its_words() -> None:
    assert plain("By A. Writer\n\nRain  fell.").text == "By A. Writer\n\nRain fell."
    assert says(ARTICLE, "Jan Holt", "a cruel betrayal of us").sentences == (2,)
