"""Phrases: what a preposition leads to, and the token ranges of subtrees, trimmed and joined.

Knows nothing of cues or speakers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

TokenRange = tuple[int, int]

SET_OFF = frozenset((",", '"', "”", "'", "’", "—", "–", "-", "--", "("))
_EDGE = frozenset((",", ";", ":", "—", "–", "-", "--", "."))
_LOOSE = frozenset(("relcl", "advcl", "ccomp", "parataxis"))


def subtree(token: Token) -> TokenRange:
    """The words that hang on a token, itself included."""
    return token.left_edge.i, token.right_edge.i + 1


def object_of(preposition: Token) -> Token | None:
    """The noun that a preposition leads to."""
    return next((child for child in preposition.children if child.dep_ == "pobj"), None)


def noun_phrase(head: Token) -> TokenRange:
    """A noun with its modifiers and appositions, without the clauses that hang on it."""
    if head.dep_ == "poss":
        return head.left_edge.i, head.i + 1
    start, end = subtree(head)
    for child in head.children:
        if child.dep_ in _LOOSE and child.left_edge.i > head.i:
            end = min(end, child.left_edge.i)
    start, end = trim(head.doc, start, max(end, head.i + 1)) or (head.i, head.i + 1)
    return _whole_words(head.doc, start, end)


def _whole_words(parse: Doc, start: int, end: int) -> TokenRange:
    """A range with its first and last word whole, where the parser cut them ("co-|driver")."""
    while start > 1 and _is_inner_hyphen(parse, start - 1):
        start = min(parse[start - 2].left_edge.i, start - 2)
    while end + 1 < len(parse) and _is_inner_hyphen(parse, end):
        end += 2
    return start, end


def _is_inner_hyphen(parse: Doc, at: int) -> bool:
    is_hyphen = parse[at].text in ("-", "‐", "‑") and not parse[at].whitespace_
    return is_hyphen and at > 0 and not parse[at - 1].whitespace_


def pieces(ranges: Iterable[TokenRange], cue: Token) -> tuple[TokenRange, ...]:
    """Ranges joined where they touch, cut where the cue itself stands inside."""
    found: list[TokenRange] = []
    cut = [piece for start, end in sorted(ranges) for piece in _without(start, end, cue.i)]
    for start, end in trimmed(cue.doc, cut):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)


def _without(start: int, end: int, index: int) -> Iterator[TokenRange]:
    if start <= index < end:
        yield start, index
        yield index + 1, end
    else:
        yield start, end


def trimmed(parse: Doc, ranges: Iterable[TokenRange]) -> tuple[TokenRange, ...]:
    """Ranges without marks at their ends; those that hold nothing else are left out."""
    cut = (trim(parse, start, end) for start, end in ranges)
    return tuple(piece for piece in cut if piece is not None)


def trim(parse: Doc, start: int, end: int) -> TokenRange | None:
    """A range without commas, dashes, full stops and blanks at its ends."""
    while start < end and (parse[start].is_space or parse[start].text in _EDGE):
        start += 1
    while end > start and (parse[end - 1].is_space or parse[end - 1].text in _EDGE):
        end -= 1
    return (start, end) if start < end else None
