"""What a table does not show, and the command that would show it.

A table that leaves something out without a word is taken for the whole. Knows nothing of figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from eval.gold import GoldBrief
from eval.stored import REFRESH, Store
from eval.systems import whole

NEVER = (
    "checks on qags: no row, for briefer ships no learned support score.",
    "second annotator on dev-briefs: no row, for that set has one annotator; the ceiling is taken "
    "on the 43 articles of train-briefs val that have two.",
)
"""What no command brings."""


def of_briefs(
    sets: Mapping[str, Sequence[GoldBrief]], stores: Mapping[str, Store]
) -> Iterator[str]:
    """A line for every system that has not briefed all articles of a set."""
    for system, store in stores.items():
        for name, golds in sets.items():
            n_missing = len(whole.missing(golds, store))
            if n_missing:
                command = "pipeline" if system == "briefer" else system
                yield (
                    f"{system} on {name}: {n_missing} of {len(golds)} briefs not made; "
                    f"`python -m eval brief {command} --minutes 5` makes some, again and again."
                )


def of_fields(
    asked: Sequence[str], known: Sequence[str], untagged: Mapping[str, int]
) -> Iterator[str]:
    """The fields that ``--only`` left out, and those whose texts nobody has tagged."""
    for name, n_texts in untagged.items():
        yield f"{name}: {n_texts} texts not tagged yet; `{REFRESH} --minutes 5` tags some."
    left_out = [name for name in known if name not in asked]
    if left_out:
        yield f"not asked for: {', '.join(left_out)}."
