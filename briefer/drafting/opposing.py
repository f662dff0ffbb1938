"""How far a reader finds that the lines of views oppose something.

The one fault that neither the writer nor the words of a line tell well. Knows nothing of models.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefer.models.base import Prober, Prompt
from briefer.schema import Draft, DraftLine

_PROBE = "opposes"


def read_views(drafts: Sequence[Draft], prober: Prober | None) -> list[Draft]:
    """The drafts, each line of a view with the log-odds that it opposes something.

    As they are where there is no prober; one is not asked where there is no such line.
    """
    told = [line.text for draft in drafts for line in _lines(draft) if _is_view(line)]
    if prober is None or not told:
        return list(drafts)
    odds = iter(prober.probe([Prompt("")] * len(told), told, [_PROBE]))

    def read(line: DraftLine) -> DraftLine:
        return replace(line, opposes=next(odds)[0]) if _is_view(line) else line

    return [_with_lines(draft, map(read, _lines(draft))) for draft in drafts]


def _is_view(line: DraftLine) -> bool:
    return line.passage.kind == "dissent" and bool(line.text)


def _lines(draft: Draft) -> Iterator[DraftLine]:
    for found in draft.candidates:
        yield from found


def _with_lines(draft: Draft, lines: Iterator[DraftLine]) -> Draft:
    candidates = tuple(tuple(next(lines) for _ in found) for found in draft.candidates)
    return replace(draft, candidates=candidates)
