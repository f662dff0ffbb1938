"""All measures that need no language model, in the order of the table.

Each entry is a field and what computes its rows; the caller decides which fields and keeps time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefer import articles, feeds
from briefer import stories as grouping
from briefer.articles import decoding
from briefer.articles.pages import read_page
from briefer.schema import Article, CleanArticle
from briefer.tagging import RuleTagger, Tagger
from eval.data import Data
from eval.gold import GoldBrief, unannotated
from eval.readers import documents, fields
from eval.readers.fields import Event, SalientArticle
from eval.readers.lines import records
from eval.rows import Heading, Row
from eval.stages import (
    actors,
    checks,
    events,
    evidence,
    highlights,
    ingestion,
    sentences,
    speech,
    stories,
)
from eval.stages.readings import Readings, plain
from eval.systems import extracts

THIRD = "a third of agreement and rejection"
JUDGED = Path(__file__).parent / "judged"


@dataclass(frozen=True)
class Tools:
    """What the stages need besides gold."""

    tagger: Tagger
    readings: Readings

    @classmethod
    def of(cls, tagger: Tagger) -> Tools:
        """The tagger, and articles read with it."""
        return cls(tagger, Readings(tagger))


Measure = Callable[[Data, Tools], list[Row]]


def sentence_choice(data: Data, tools: Tools) -> list[Row]:
    """Which sentences carry what: ours, rules alone, the second annotator."""
    sets = {"train-briefs val": data.val, "dev-briefs": data.dev}
    return [
        *sentences.run(tools.tagger, sets),
        *sentences.run(RuleTagger(), sets, "rules"),
        *sentences.second_annotator(data.pairs()),
    ]


def who_said_what(data: Data, tools: Tools) -> list[Row]:
    """Spans against PolNeAR, speakers against train-briefs val."""
    both = {second.id: second for _, second in data.pairs()}
    annotated = [brief for brief in data.val if brief.id in both]
    return [
        *speech.spans_of_polnear(fields.polnear(data.sets), tools.readings),
        *speech.resolved(data.val, speech.speakers(tools.readings)),
        *speech.resolved(annotated, speech.annotated(both), "second annotator"),
    ]


def agreement_and_rejection(data: Data, tools: Tools) -> list[Row]:
    """Single sentences of PLOVER."""
    return events.run(fields.plover(data.sets), tools.tagger, tools.readings)


def third_of_agreement_and_rejection(data: Data, tools: Tools) -> list[Row]:
    """Every third of these sentences: what the gate has time for."""
    heading = Heading(events.FIELD, "plover, every third")
    return events.run(_third_of_plover(data), tools.tagger, tools.readings, heading)


def _third_of_plover(data: Data) -> list[Event]:
    return list(fields.plover(data.sets))[::3]


def who_acts(data: Data, tools: Tools) -> list[Row]:
    """Salient entities and key actors."""
    unseen = _unseen_wikinews(data)
    find = actors.of_briefer(tools.readings)
    return [
        *actors.salient(unseen, tools.readings),
        *actors.key_actors(data.val, find, Heading(actors.FIELD, "train-briefs val")),
        *actors.key_actors(data.dev, find, Heading(actors.FIELD, "dev-briefs")),
    ]


def _unseen_wikinews(data: Data) -> list[SalientArticle]:
    return list(fields.wikinews_salience(data.sets, leave_out=data.trained_on))


def evidence_found(data: Data, tools: Tools) -> list[Row]:
    """Sufficient sets for human lines."""
    del tools
    return [
        *evidence.claims(fields.wice(data.sets)),
        *evidence.summaries(fields.multinews(data.sets)),
    ]


def planted_faults(data: Data, tools: Tools) -> list[Row]:
    """Faults planted in experts' lines."""
    heading = Heading(checks.FIELD, "train-briefs val, planted faults")
    return [*checks.planted(data.val, tools.readings, heading), *judged_by_hand()]


def judged_by_hand(folder: Path = JUDGED) -> list[Row]:
    """What readers made of the lines of former commits; the file is named after the commit.

    Lines of articles that the trained parts have learned from are left out.

    The system is called by its commit too: these figures do not move with the code.
    """
    rows: list[Row] = []
    for path in sorted(folder.glob("*.jsonl")):
        lines = [one for one in records(path, checks.JudgedLine) if not one.trained_on]
        rows += checks.by_hand(lines, f"briefer {path.stem}")
    return rows


def lead_on_highlights(data: Data, tools: Tools) -> list[Row]:
    """What the first three sentences score: the alarm's yardstick."""
    del tools
    pairs = [(reference, extracts.lead(article, 3)) for reference, article in highlighted(data)]
    return highlights.run(pairs, "lead-3")


def highlighted(data: Data) -> list[tuple[tuple[str, ...], GoldBrief]]:
    """The fixed sample of CNN/DM: highlights, and the article that nobody annotated."""
    sample = documents.cnndm(data.sets, leave_out=data.in_train_briefs)
    return [(one.reference, unannotated(one.id, plain(one.text))) for one in sample]


def one_event_one_story(data: Data, tools: Tools) -> list[Row]:
    """The even events of NeuS among 200 articles of Wikinews: by words, and by vectors too."""
    del tools
    even = list(documents.neus(data.sets))[::2]
    others = fields.wikinews_salience(data.sets, leave_out=frozenset())
    apart = [Article(text=one.text, title=one.title) for one in others]
    encode = grouping.encoder_for("auto")
    systems = {"briefer by words": None} | ({"briefer": encode} if encode else {})

    def rows(system: str) -> list[Row]:
        def group(pile: Sequence[Article]) -> list[int]:
            return grouping.group(list(map(grouping.told_by, pile)), systems[system])

        heading = Heading(stories.FIELD, "neus among wikinews", system)
        return stories.run(even, group, apart=apart, heading=heading)

    return [row for system in systems for row in rows(system)]


def pages_and_feeds(data: Data, tools: Tools) -> list[Row]:
    """Real web pages, and feeds of every make."""
    del tools
    return [
        *ingestion.pages(documents.pages(data.sets), articles.from_html),
        *ingestion.bylines(documents.pages(data.sets), _byline),
        *ingestion.feeds(documents.feeds(data.sets), _entries),
    ]


def _byline(content: bytes) -> str | None:
    return read_page(decoding.decode(content, name="page")).about.byline


def _entries(content: bytes) -> list[str]:
    feed = feeds.read(content, name="feed")
    return [words for e in feed.entries for words in (e.article.title or "", e.article.text)]


MEASURES: Mapping[str, Measure] = {
    sentences.FIELD: sentence_choice,
    speech.FIELD: who_said_what,
    events.FIELD: agreement_and_rejection,
    actors.FIELD: who_acts,
    evidence.FIELD: evidence_found,
    checks.FIELD: planted_faults,
    stories.FIELD: one_event_one_story,
    "headline and summary": lead_on_highlights,
    ingestion.FIELD: pages_and_feeds,
}


def _articles(data: Data) -> list[CleanArticle]:
    return [gold.clean for gold in (*data.val, *data.dev)]


def _with_actors(data: Data) -> list[CleanArticle]:
    unseen = [plain(one.text, title=one.title) for one in _unseen_wikinews(data)]
    return [*_articles(data), *unseen]


def _single_sentences(found: Iterable[Event]) -> list[CleanArticle]:
    return [plain(event.sentence) for event in found]


TAGGED: Mapping[str, Callable[[Data], list[CleanArticle]]] = {
    sentences.FIELD: _articles,
    actors.FIELD: _with_actors,
    checks.FIELD: _articles,
    events.FIELD: lambda data: _single_sentences(fields.plover(data.sets)),
    THIRD: lambda data: _single_sentences(_third_of_plover(data)),
}
"""What a tagger is needed for, and the texts that it must have read."""


def untagged(name: str, data: Data, holds: Callable[[CleanArticle], bool]) -> int:
    """How many texts of a field still have to be tagged."""
    texts = TAGGED[name](data) if name in TAGGED else []
    return sum(not holds(text) for text in texts)


# What each took on two cores of an EPYC without AVX-512, nothing else running.
SECONDS: Mapping[str, float] = {
    sentences.FIELD: 6,
    speech.FIELD: 40,
    events.FIELD: 18,
    actors.FIELD: 10,
    evidence.FIELD: 4,
    checks.FIELD: 12,
    stories.FIELD: 30,
    "headline and summary": 2,
    ingestion.FIELD: 20,
}
