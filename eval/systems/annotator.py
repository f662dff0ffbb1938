"""An annotator's reading as a brief: the ceiling of every measure.

Scored against itself it must be perfect (a test of the measures), the second annotator's against
the first is what an expert reaches. Knows nothing of files.
"""

from __future__ import annotations

from briefer.schema import Brief, Span
from eval.gold import GoldActor, GoldBrief
from eval.systems.assembled import ActorContents, Contents, assemble


def brief(gold: GoldBrief) -> Brief:
    """The annotation as a brief; the headline cites what the first fact cites."""
    return assemble(
        gold,
        "annotator",
        Contents(
            headline=(gold.headline, gold.facts[0].spans if gold.facts else ()),
            summary=[(fact.text, fact.spans) for fact in gold.facts],
            actors=[_actor(gold, actor) for actor in gold.actors],
            agreements=[(item.parties, item.text, item.spans) for item in gold.agreements],
            dissent=[
                (_holder(item.holder), item.text, item.against, item.quote, item.spans)
                for item in gold.dissent
            ],
        ),
    )


def _actor(gold: GoldBrief, actor: GoldActor) -> ActorContents:
    spans = actor.spans or _mentions(gold, actor.names)
    return (actor.name, actor.aliases, actor.kind, actor.role, spans)


def _holder(holder: str) -> str:
    """Gold writes "unnamed: critics" where a brief says "critics"."""
    return holder.removeprefix("unnamed:").strip() or holder


def _mentions(gold: GoldBrief, names: tuple[str, ...]) -> tuple[Span, ...]:
    """The first sentence in which one of the names occurs."""
    for sentence in gold.sentences:
        if any(name in sentence.of(gold.text) for name in names):
            return (sentence,)
    return ()
