"""The words of a target by its head: those that can stand for themselves, or none.

Knows nothing of cues.
"""

from __future__ import annotations

from spacy.tokens import Token

from briefer.mentions import lexicon
from briefer.schema import Span
from briefer.statements import phrases
from briefer.text import forms

# These say what they are only with the clause that follows: "the suggestion that …".
_EMPTY = forms("reports suggestion notion idea view assertion impression possibility fact")
_INTO = forms("of to between against over")
_CLAUSES = forms("relcl acl advcl pcomp")
_NONE = forms("any no some")
QUOTE_MARKS = '"“”'
_MAX_WORDS, _MAX_CLAUSE_WORDS = 10, 15


def of(head: Token) -> Span | None:
    """The words of a target that stands for itself: not "it", "people", "any deal", "the idea"."""
    start, end = _start(head), _end(head)
    is_name = head.tag_ in ("NNP", "NNPS")
    is_bare = end is not None and end - start == 1 and not is_name
    is_none = any(child.lower_ in _NONE for child in head.children)
    if end is None or is_bare or is_none or not (is_name or head.pos_ == "NOUN"):
        return None
    words = head.doc[start:end]
    if sum(words.text.count(mark) for mark in QUOTE_MARKS) % 2:
        return None
    return Span(words.start_char, words.end_char)


def _start(head: Token) -> int:
    start = head.left_edge.i
    while start < head.i and (head.doc[start].is_punct or head.doc[start].dep_ == "predet"):
        start += 1
    return start


def _end(head: Token) -> int | None:
    """Where a noun phrase ends: with the clause that tells a claim, or short phrases beside it."""
    clause = next((c for c in head.children if c.dep_ == "acl" and _opens_with_that(c)), None)
    if clause is not None and clause.right_edge.i - head.left_edge.i < _MAX_CLAUSE_WORDS:
        return int(clause.right_edge.i + 1)
    if lexicon.singular(head.text) in _EMPTY or head.i - head.left_edge.i >= _MAX_WORDS:
        return None
    end = int(head.i) + 1
    if head.head.lower_.startswith("accus"):  # "accused Lee of lying"
        return end
    for child in head.rights:
        longer = _end_of_phrase(child) if child.i == end else None
        if longer is None or longer - head.left_edge.i > _MAX_WORDS:
            return None if child.i == end and child.lower_ == "of" else end
        end = longer
    return end


def _opens_with_that(clause: Token) -> bool:
    return any(child.lower_ == "that" and child.dep_ == "mark" for child in clause.children)


def _end_of_phrase(preposition: Token) -> int | None:
    """Where "of the levy" ends; ``None`` where it is not one that belongs to a name for a thing."""
    noun = phrases.object_of(preposition)
    is_close = preposition.lower_ in _INTO or (preposition.lower_ == "in" and _is_name(noun))
    if noun is None or preposition.dep_ != "prep" or not is_close:
        return None
    inner = [one for one in preposition.subtree if one.i >= preposition.i]
    cut = (one.left_edge.i for one in inner if one.dep_ in _CLAUSES or one.is_punct)
    end = min(cut, default=inner[-1].i + 1)
    return int(end) if end > noun.i else None


def _is_name(noun: Token | None) -> bool:
    return noun is not None and noun.tag_ in ("NNP", "NNPS")
