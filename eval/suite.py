"""All measures that need no language model, in the order of the table.

Each entry is a field and what computes its rows; the caller decides which fields and keeps time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from briefer import articles, feeds
from briefer.tagging import RuleTagger, Tagger
from eval.data import Data
from eval.gold import unannotated
from eval.readers import documents, fields
from eval.rows import Heading, Row
from eval.stages import actors, checks, events, evidence, highlights, ingestion, sentences, speech
from eval.stages.readings import Readings, plain
from eval.systems import extracts


@dataclass(frozen=True)
class Tools:
    """What the stages need besides gold."""

    tagger: Tagger
    readings: Readings = field(default_factory=Readings)


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


def who_acts(data: Data, tools: Tools) -> list[Row]:
    """Salient entities and key actors."""
    unseen = fields.wikinews_salience(data.sets, leave_out=data.trained_on)
    find = actors.of_briefer(tools.readings)
    return [
        *actors.salient(unseen, tools.readings),
        *actors.key_actors(data.val, find, Heading(actors.FIELD, "train-briefs val")),
        *actors.key_actors(data.dev, find, Heading(actors.FIELD, "dev-briefs")),
    ]


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
    return checks.planted(data.val, tools.readings, heading)


def lead_on_highlights(data: Data, tools: Tools) -> list[Row]:
    """What the first three sentences score: the alarm's yardstick."""
    del tools
    sample = documents.cnndm(data.sets, leave_out=data.in_train_briefs)
    bare = [(one.reference, unannotated(one.id, plain(one.text))) for one in sample]
    pairs = [(reference, extracts.lead(article, 3)) for reference, article in bare]
    return highlights.run(pairs, "lead-3")


def pages_and_feeds(data: Data, tools: Tools) -> list[Row]:
    """Real web pages, and feeds of every make."""
    del tools
    return [
        *ingestion.pages(documents.pages(data.sets), articles.from_html),
        *ingestion.feeds(documents.feeds(data.sets), _entries),
    ]


def _entries(content: bytes) -> list[str]:
    feed = feeds.read(content, name="feed")
    return [words for e in feed.entries for words in (e.article.title or "", e.article.text)]


MEASURES: Mapping[str, Measure] = {
    sentences.FIELD: sentence_choice,
    speech.FIELD: who_said_what,
    events.HEADING.field: agreement_and_rejection,
    actors.FIELD: who_acts,
    evidence.FIELD: evidence_found,
    checks.FIELD: planted_faults,
    "headline and summary": lead_on_highlights,
    ingestion.FIELD: pages_and_feeds,
}

# What each took on two cores of an EPYC without AVX-512, nothing else running.
SECONDS: Mapping[str, float] = {
    sentences.FIELD: 6,
    speech.FIELD: 40,
    events.HEADING.field: 18,
    actors.FIELD: 10,
    evidence.FIELD: 4,
    checks.FIELD: 12,
    "headline and summary": 2,
    ingestion.FIELD: 20,
}
