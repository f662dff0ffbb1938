"""Agreement and rejection, sentence by sentence, against PLOVER's codes.

AGREE and COOPERATE are agreements; REJECT, ACCUSE and PROTEST are rejections (PLOVER codebook,
Halterman et al. 2023). The tagger's score is ranked; ``passages`` says what becomes an item and
whose it is. The sentences are single ones, so anything that needs its article's context is blind.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from briefer import passages
from briefer.schema import Options, Passage
from briefer.tagging import Tagger
from eval.metrics import names, ranking
from eval.metrics.figures import Ratio, f1, measure
from eval.metrics.ranking import Scored
from eval.readers.fields import Event
from eval.rows import Heading, Row
from eval.stages.readings import Readings, plain

FIELD = "agreement and rejection"
HEADING = Heading(FIELD, "plover")
AGREEMENT = frozenset(("AGREE", "COOPERATE"))
REJECTION = frozenset(("REJECT", "ACCUSE", "PROTEST"))


def run(
    events: Iterable[Event], tagger: Tagger, readings: Readings, heading: Heading = HEADING
) -> list[Row]:
    """Ranking by the tagger; items chosen; their actors."""
    events = list(events)
    tags = [tagger.tag(plain(event.sentence)) for event in events]
    agreed = [
        Scored(max((tag.agreement for tag in tag_row), default=0), event.event in AGREEMENT)
        for event, tag_row in zip(events, tags, strict=True)
    ]
    rejected = [
        Scored(max((tag.dissent for tag in tag_row), default=0), event.event in REJECTION)
        for event, tag_row in zip(events, tags, strict=True)
    ]
    chosen = [_chosen(event, tagger, readings) for event in events]
    return [
        *_ranked(heading, "agreement", agreed),
        *_ranked(heading, "rejection", rejected),
        *heading.pooled(
            [_items(event, found) for event, found in zip(events, chosen, strict=True)]
        ),
    ]


def _ranked(heading: Heading, name: str, decisions: Sequence[Scored]) -> list[Row]:
    def best(drawn: Sequence[Scored]) -> float | None:
        found = ranking.best_f1(drawn)
        return found[0] if found else None

    return [
        heading.row(f"{name}: average precision", measure(decisions, ranking.average_precision)),
        heading.row(f"{name}: best F1 of the score", measure(decisions, best)),
    ]


def _chosen(event: Event, tagger: Tagger, readings: Readings) -> list[Passage]:
    article = plain(event.sentence)
    tags = tagger.tag(article)
    spoken, characters = readings(article, tags)
    options = Options(sections=("agreements", "dissent"))
    return list(passages.choose(article, tags, spoken, characters, options))


def _items(event: Event, found: Sequence[Passage]) -> dict[str, Ratio]:
    agreed = [passage for passage in found if passage.kind == "agreement"]
    rejected = [passage for passage in found if passage.kind == "dissent"]
    parties = [party for passage in agreed for party in passage.parties]
    holders = [passage.speaker for passage in rejected if passage.speaker]
    return {
        "agreement: F1 of items": _f1(event.event in AGREEMENT, agreed),
        "rejection: F1 of items": _f1(event.event in REJECTION, rejected),
        "agreement: a party right": _who(
            event.event in AGREEMENT, agreed, parties, [event.source, event.target]
        ),
        "rejection: holder right": _who(
            event.event in REJECTION, rejected, holders, [event.source]
        ),
    }


def _f1(is_positive: bool, found: Sequence[Passage]) -> Ratio:  # noqa: FBT001 - a gold label
    return f1(is_positive and bool(found), is_positive, bool(found))


def _who(
    is_positive: bool,  # noqa: FBT001 - a gold label
    found: Sequence[Passage],
    given: Sequence[str],
    wanted: Sequence[str],
) -> Ratio:
    """Of the items rightly found, those with a right actor."""
    is_hit = is_positive and bool(found)
    return Ratio(is_hit and names.match(wanted, given), is_hit)
