"""Agreements, dissent and actors of a brief against gold: recall of what must be told, precision.

An item matches a gold item where the party or holder is the same by name or alias, and the item's
own words or its evidence overlap the gold's. Recall counts must-items; an item that matches only
extras (``must: false``) is neither hit nor error (README of dev-briefs).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from briefer.schema import Brief, Span
from eval.gold import GoldBrief
from eval.metrics import coverage, names, spans, words
from eval.metrics.figures import Ratio

# Share of the gold item's content words, holders' names left out, that an item without common
# evidence must hold.
WORDS_OVERLAP = 0.5


@dataclass(frozen=True, slots=True)
class Item:
    """An agreement or a view, of gold or of a brief: who (all names), its words, its spans."""

    who: tuple[str, ...]
    text: str
    spans: tuple[Span, ...]
    is_must: bool = True


def matches(gold: Item, found: Item) -> bool:
    """Whether a brief's item is the gold item."""
    if not names.match(gold.who, found.who):
        return False
    if spans.touch(gold.spans, found.spans):
        return True
    own_names = words.content(" ".join(gold.who))
    wanted = words.content(gold.text) - own_names
    return len(wanted & words.content(found.text)) >= WORDS_OVERLAP * max(1, len(wanted))


def compare(gold: Sequence[Item], found: Sequence[Item]) -> dict[str, Ratio]:
    """Recall of must-items; precision without the items that match only extras.

    An item may match several gold items and several items one. "One to one" gives each a single
    partner, so that one line for two views is one hit and a second line for one view is an error.
    """
    pairs = [
        (g, f) for g in range(len(gold)) for f in range(len(found)) if matches(gold[g], found[f])
    ]
    n_must = sum(item.is_must for item in gold)
    n_met = len({g for g, _ in pairs if gold[g].is_must})
    right = {f for g, f in pairs if gold[g].is_must}
    extras = {f for _, f in pairs} - right
    paired = [gold[g].is_must for g in _one_to_one(gold, pairs)]
    n_paired_extras = len(paired) - sum(paired)
    return {
        "recall": Ratio(n_met, n_must),
        "precision": Ratio(len(right), len(found) - len(extras)),
        "recall, one to one": Ratio(sum(paired), n_must),
        "precision, one to one": Ratio(sum(paired), len(found) - n_paired_extras),
    }


def _one_to_one(gold: Sequence[Item], pairs: Iterable[tuple[int, int]]) -> set[int]:
    """The gold items that get a partner of their own, as many as can, must-items first.

    Kuhn's augmenting paths: who has a partner keeps one, so that no extra displaces a must-item.
    """
    partners = _grouped(pairs)
    taken: dict[int, int] = {}

    def find(g: int, tried: set[int]) -> bool:
        for f in partners[g] - tried:
            tried.add(f)
            if f not in taken or find(taken[f], tried):
                taken[f] = g
                return True
        return False

    for g in sorted(partners, key=lambda g: not gold[g].is_must):
        find(g, set())
    return set(taken.values())


def agreements(gold: GoldBrief, brief: Brief) -> dict[str, Ratio]:
    """Recall and precision of the agreements; something where there must be, nothing elsewhere."""
    wanted, found = agreement_items(gold, brief)
    return compare(wanted, found) | _presence(wanted, found) | parties(gold, brief)


def parties(gold: GoldBrief, brief: Brief) -> dict[str, Ratio]:
    """In agreements that are gold's: the named parties are parties, and the parties are named.

    A match needs one right party only, so that neither recall nor precision sees a list of parties
    that holds a place, a common noun or half a name beside it.
    """
    fold = _folder(gold, brief)
    wanted, found = agreement_items(gold, brief)
    given = [item.parties for item in brief.agreements.items]
    sought = [item.parties for item in gold.agreements]
    pairs = [(g, f) for g, w in enumerate(wanted) for f, one in enumerate(found) if matches(w, one)]

    def share(
        of: Sequence[Sequence[str]], among: Sequence[Item], to: Mapping[int, set[int]]
    ) -> list[bool]:
        return [
            any(names.match(fold((who,)), among[other].who) for other in to[number])
            for number in to
            for who in of[number]
        ]

    right = share(given, wanted, _grouped((f, g) for g, f in pairs))
    named = share(sought, found, _grouped(pairs))
    return {
        "parties: precision": Ratio(sum(right), len(right)),
        "parties: recall": Ratio(sum(named), len(named)),
    }


def _grouped(pairs: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    """For each first one, those that go with it."""
    found: dict[int, set[int]] = {}
    for first, second in pairs:
        found.setdefault(first, set()).add(second)
    return found


def dissent(gold: GoldBrief, brief: Brief) -> dict[str, Ratio]:
    """Recall and precision of the views; something where there must be, nothing elsewhere."""
    wanted, found = dissent_items(gold, brief)
    return compare(wanted, found) | _presence(wanted, found)


def agreement_items(gold: GoldBrief, brief: Brief) -> tuple[list[Item], list[Item]]:
    """The agreements of gold and of the brief, with all names of their parties."""
    fold = _folder(gold, brief)
    wanted = [
        Item(fold(item.parties), item.text, item.spans, item.is_must) for item in gold.agreements
    ]
    found = [
        Item(fold(item.parties), item.text, coverage.cited(item.evidence))
        for item in brief.agreements.items
    ]
    return wanted, found


def dissent_items(gold: GoldBrief, brief: Brief) -> tuple[list[Item], list[Item]]:
    """The views of gold and of the brief, with all names of their holders."""
    fold = _folder(gold, brief)
    wanted = [
        Item(fold((item.holder,)), item.text, item.spans, item.is_must) for item in gold.dissent
    ]
    found = [
        Item(fold((item.holder,)), item.text, coverage.cited(item.evidence))
        for item in brief.dissent.items
    ]
    return wanted, found


def met(gold: GoldBrief, brief: Brief) -> tuple[list[bool], list[bool]]:
    """For each gold agreement, and for each gold view, whether the brief has it."""
    agreed, viewed = agreement_items(gold, brief), dissent_items(gold, brief)
    return _met(*agreed), _met(*viewed)


def _met(wanted: Sequence[Item], found: Sequence[Item]) -> list[bool]:
    return [any(matches(one, item) for item in found) for one in wanted]


def _folder(gold: GoldBrief, brief: Brief) -> Callable[[Sequence[str]], tuple[str, ...]]:
    """Adds to names the aliases that gold, or the brief itself, has for them."""
    known = [*gold.names_of_actors(), *((actor.name, *actor.aliases) for actor in brief.actors)]

    def fold(listed: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for one in listed for name in names.folded(one, known)))

    return fold


def _presence(gold: Sequence[Item], found: Sequence[Item]) -> dict[str, Ratio]:
    """Something where it must be told, nothing where there is nothing.

    Articles with extras only are right either way and not counted.
    """
    is_empty = not gold
    is_judged = is_empty or any(item.is_must for item in gold)
    return {
        "invented where none": Ratio(bool(found) and is_empty, is_empty),
        "presence right": Ratio(is_judged and bool(found) != is_empty, is_judged),
    }


def actors(gold: GoldBrief, brief: Brief) -> dict[str, Ratio]:
    """Recall of the key actors; precision against all actors of gold, key or not."""
    named = [(actor.name, *actor.aliases) for actor in brief.actors]
    key = [actor for actor in gold.actors if actor.is_key]
    n_met = sum(any(names.match(actor.names, found) for found in named) for actor in key)
    n_right = sum(any(names.match(found, actor.names) for actor in gold.actors) for found in named)
    return {"key recall": Ratio(n_met, len(key)), "precision": Ratio(n_right, len(named))}
