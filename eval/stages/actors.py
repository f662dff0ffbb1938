"""Actors: salient entities of Wikinews articles, key actors of train-briefs val.

``wikinews_salience`` lists linked entities of every sort (places, substances, concepts). Counted
are those that can act: the parser calls a mention a person, an organisation, a people or a state
at least once. A found actor that is no listed entity is not judged, for entities without a
Wikipedia page are not listed. Salience: Trani, Lucchese et al., SEL: a unified algorithm for
salient entity linking (2018); salient is 2.0 or more of 3.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

from briefer import assembly
from briefer.schema import Options, Provenance
from briefer.settling import Settled
from eval.gold import GoldBrief
from eval.metrics import names
from eval.metrics.figures import Ratio, f1
from eval.readers.fields import Entity, SalientArticle
from eval.rows import Heading, Row
from eval.stages.readings import Reading, Readings, plain

FIELD = "actors"
SALIENT = 2.0
_ACTING = frozenset(("PERSON", "ORG", "NORP", "GPE"))
_ONLY_ACTORS = Options(sections=("actors",))
_NO_MODEL = Provenance(
    model="none",
    revision=None,
    weights_sha256=None,
    engine="none",
    prompts={},
    briefer_version="eval",
    created_at=datetime(1970, 1, 1, tzinfo=UTC),
    seconds=0,
)
_N_FREQUENT = 3

Named = Sequence[Sequence[str]]
"""For each actor its names."""


def salient(articles: Iterable[SalientArticle], readings: Readings) -> list[Row]:
    """Precision and recall of the salient actors, ours and the floor's."""
    read = [
        (article, readings.of(plain(article.text, title=article.title))) for article in articles
    ]
    ours, floor = [], []
    for article, reading in read:
        entities = acting(article.entities, reading)
        ours.append(compare(entities, shown(reading)))
        floor.append(compare(entities, _frequent(entities, reading)))
    return [
        *Heading(FIELD, "wikinews_salience").pooled(ours),
        *Heading(FIELD, "wikinews_salience", "three most frequent").pooled(floor),
    ]


def shown(reading: Reading) -> Named:
    """The actors that a brief of the article names, as ``briefer.assembly`` chooses them."""
    brief = assembly.assemble(
        reading.article, Settled(), reading.characters, _ONLY_ACTORS, _NO_MODEL
    )
    return [(actor.name, *actor.aliases) for actor in brief.actors]


def acting(entities: Sequence[Entity], reading: Reading) -> list[Entity]:
    """The entities that can act, by what the parser calls their mentions."""
    called = [ent.text for ent in reading.parse.ents if ent.label_ in _ACTING]
    return [entity for entity in entities if names.match(entity.names, called)]


def compare(entities: Sequence[Entity], found: Named) -> dict[str, Ratio]:
    """Precision among the listed entities and recall of the salient ones, in one article."""
    wanted = [entity.names for entity in entities if entity.salience >= SALIENT]
    listed = [one for one in found if any(names.match(one, entity.names) for entity in entities)]
    n_met = sum(any(names.match(entity, one) for one in found) for entity in wanted)
    n_right = sum(any(names.match(one, entity) for entity in wanted) for one in listed)
    return {
        "salient: precision": Ratio(n_right, len(listed)),
        "salient: recall": Ratio(n_met, len(wanted)),
        "salient: F1": f1((n_right + n_met) / 2, len(wanted), len(listed)),
    }


def _frequent(entities: Sequence[Entity], reading: Reading) -> Named:
    """The floor: the three listed entities that are mentioned most."""
    lower = reading.article.text.casefold()
    counts = Counter(
        {
            entity.names: sum(lower.count(name.casefold()) for name in entity.names)
            for entity in entities
        }
    )
    return [found for found, _ in counts.most_common(_N_FREQUENT)]


Finder = Callable[[GoldBrief], Named]


def key_actors(briefs: Iterable[GoldBrief], find: Finder, heading: Heading) -> list[Row]:
    """Recall of the key actors; precision against all actors and against the key ones."""
    return heading.pooled([_key(brief, find(brief)) for brief in briefs])


def _key(brief: GoldBrief, found: Named) -> dict[str, Ratio]:
    key = [actor.names for actor in brief.actors if actor.is_key]
    every = [actor.names for actor in brief.actors]
    n_met = sum(any(names.match(one, wanted) for one in found) for wanted in key)
    return {
        "key: recall": Ratio(n_met, len(key)),
        "key: precision": Ratio(_n_right(found, key), len(found)),
        "any: precision": Ratio(_n_right(found, every), len(found)),
    }


def _n_right(found: Named, wanted: Named) -> int:
    return sum(any(names.match(one, other) for other in wanted) for one in found)


def of_briefer(readings: Readings) -> Finder:
    """The actors briefer would name in an article."""
    return lambda brief: shown(readings.of(brief.clean))
