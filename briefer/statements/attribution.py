"""From a cue ("said", "according to", "the claim that") to its source and its content.

Reads dependencies; works on tokens. Knows nothing of who a source is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from briefer.mentions import lexicon
from briefer.mentions.lexicon import CueClass

TokenRange = tuple[int, int]

_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_CLIMB = ("xcomp", "pcomp", "prep", "conj", "advcl", "aux", "ccomp")
_RELATIVES = frozenset(("who", "which", "that", "whom"))
_CONTENT = ("ccomp", "xcomp")
_OBJECTS = ("dobj", "obj", "prep", "oprd", "attr", "acomp", "pobj")
# Nouns that carry somebody's words; who stands behind them is looked for.
CARRIERS = frozenset(
    "statement letter report tweet post message email e-mail memo interview speech article book "
    "blog video study survey poll document complaint lawsuit petition release comment remark "
    "testimony note column editorial broadcast announcement ruling affidavit filing leaflet "
    "communique communiqué tape recording declaration open-letter".split()
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """One cue with its source and content as token ranges, end exclusive.

    ``head`` is the source's head token; ``content`` may be in several pieces.
    """

    cue: TokenRange
    kind: CueClass
    head: int | None
    source: TokenRange | None
    content: tuple[TokenRange, ...]


def find(parse: Doc) -> list[Attribution]:
    """The attributions of a text in the order of their cues."""
    found: list[Attribution] = []
    for token in parse:
        found.extend(_at(token))
    return found


def _at(token: Token) -> Iterator[Attribution]:
    word = token.lower_
    if word == "according":
        yield from _according(token)
    elif token.tag_.startswith("VB") and word in lexicon.cue_verbs():
        yield from _verb(token)
    elif token.tag_ in ("NN", "NNS") and lexicon.singular(word) in lexicon.words("cue_nouns"):
        yield from _noun(token)


# ── verbs ────────────────────────────────────────────────────────────────────────────────────


def _verb(verb: Token) -> Iterator[Attribution]:
    kind = lexicon.cue_verbs()[verb.lower_][1]
    head = _source_of(verb)
    content = _content_of(verb, head)
    if kind in ("mind", "show") and not _has_clause(verb):
        return
    source = None if head is None else _phrase(head)
    yield Attribution(_cue_range(verb), kind, head and head.i, source, content)


def _has_clause(verb: Token) -> bool:
    return any(child.dep_ == "ccomp" for child in verb.children) or _is_parenthetical(verb)


def _cue_range(verb: Token) -> TokenRange:
    """The verb with its auxiliaries and negation, when they stand right before it."""
    start = verb.i
    while start > 0 and verb.doc[start - 1].head == verb:
        if verb.doc[start - 1].dep_ not in ("aux", "auxpass", "neg", "advmod"):
            break
        start -= 1
    end = verb.i + 1
    if end < len(verb.doc) and verb.doc[end].dep_ == "prt":
        end += 1
    return start, end


def _source_of(verb: Token) -> Token | None:
    """The one who speaks: the subject, the agent of a passive, or the subject further up."""
    agent = _agent(verb)
    if agent is not None:
        return agent
    subject = _subject(verb)
    if subject is None:
        return _inherited(verb)
    if subject.dep_ == "nsubjpass" and not _is_quoting_passive(verb):
        return None
    if subject.lower_ in _RELATIVES and verb.dep_ == "relcl":
        return verb.head
    return subject


def _subject(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_ in _SUBJECTS), None)


def _agent(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "agent":
            return next((grand for grand in child.children if grand.dep_ == "pobj"), None)
    return None


def _is_quoting_passive(verb: Token) -> bool:
    """ "He was quoted as saying", "she was adamant": the subject is the speaker after all."""
    return verb.lower_ in ("quoted", "cited", "concerned", "worried", "convinced", "disappointed")


def _inherited(verb: Token) -> Token | None:
    """The subject of the verb this one hangs on, at most four steps up."""
    current = verb
    for _ in range(4):
        if current.dep_ in ("acl", "relcl"):
            return _behind_carrier(current.head)
        if current.dep_ not in _CLIMB:
            return None
        current = current.head
        subject = _subject(current)
        if subject is not None and current.pos_ in ("VERB", "AUX"):
            if subject.lower_ in _RELATIVES and current.dep_ == "relcl":
                return current.head
            return subject
    return None


def _behind_carrier(noun: Token) -> Token | None:
    """Who stands behind "a statement saying …": its owner, its author, who issued it, or itself."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from"):
            owner = next((grand for grand in child.children if grand.dep_ == "pobj"), None)
            if owner is not None:
                return owner
    if lexicon.singular(noun.lower_) in CARRIERS and noun.dep_ in ("dobj", "pobj"):
        verb = noun.head if noun.dep_ == "dobj" else noun.head.head
        subject = _subject(verb)
        if subject is not None and subject.dep_ == "nsubj":
            return subject
    return noun


def _content_of(verb: Token, source: Token | None) -> tuple[TokenRange, ...]:
    clauses = [child for child in verb.children if child.dep_ in _CONTENT]
    clauses = [child for child in clauses if child.dep_ == "ccomp"] or clauses
    if clauses:
        return _pieces([_subtree(clause) for clause in clauses], verb)
    if _is_parenthetical(verb):
        return _around(verb)
    objects = [child for child in verb.children if child.dep_ in _OBJECTS and child != source]
    return _pieces([_subtree(child) for child in objects if child.i > verb.i], verb)


def _is_parenthetical(verb: Token) -> bool:
    """ "The plan, he said, would fail": the parser hangs the cue on the content's verb."""
    if verb.dep_ == "parataxis":
        return True
    left = verb.left_edge.i
    is_set_off = left > 0 and verb.doc[left - 1].text in (",", '"', "”", "—", "-")
    return verb.dep_ in ("ccomp", "dep", "advcl") and is_set_off and _subject(verb) is not None


def _around(verb: Token) -> tuple[TokenRange, ...]:
    """The clause that a parenthetical cue interrupts, without the cue's own words."""
    start, end = _subtree(verb.head)
    inner_start, inner_end = _subtree(verb)
    pieces = ((start, min(inner_start, end)), (max(inner_end, start), end))
    return tuple(piece for piece in (_trim(verb.doc, *piece) for piece in pieces) if piece)


def _subtree(token: Token) -> TokenRange:
    return token.left_edge.i, token.right_edge.i + 1


def _pieces(ranges: list[TokenRange], verb: Token) -> tuple[TokenRange, ...]:
    """Ranges joined where they touch, cut where the cue itself stands inside."""
    found: list[TokenRange] = []
    for start, end in sorted(ranges):
        for piece in _without(start, end, verb.i):
            trimmed = _trim(verb.doc, *piece)
            if trimmed is None:
                continue
            if found and trimmed[0] <= found[-1][1]:
                found[-1] = (found[-1][0], max(found[-1][1], trimmed[1]))
            else:
                found.append(trimmed)
    return tuple(found)


def _without(start: int, end: int, index: int) -> Iterator[TokenRange]:
    if start <= index < end:
        yield start, index
        yield index + 1, end
    else:
        yield start, end


def _trim(parse: Doc, start: int, end: int) -> TokenRange | None:
    """A range without commas and blanks at its ends."""
    while start < end and (parse[start].is_space or parse[start].text in ",;:—–-."):
        start += 1
    while end > start and (parse[end - 1].is_space or parse[end - 1].text in ",;:—–-."):
        end -= 1
    return (start, end) if start < end else None


def _phrase(head: Token) -> TokenRange:
    """A source's words: its subtree without the clauses that hang on it."""
    if head.dep_ == "poss":
        return head.left_edge.i, head.i + 1
    start, end = _subtree(head)
    for child in head.children:
        if child.dep_ in ("relcl", "advcl", "ccomp", "parataxis") and child.left_edge.i > head.i:
            end = min(end, child.left_edge.i)
    return _trim(head.doc, start, max(end, head.i + 1)) or (head.i, head.i + 1)


# ── "according to", nouns ────────────────────────────────────────────────────────────────────


def _according(token: Token) -> Iterator[Attribution]:
    to = next((child for child in token.children if child.lower_ == "to"), None)
    source = None if to is None else next((c for c in to.children if c.dep_ == "pobj"), None)
    if to is None or source is None:
        return
    start, end = _subtree(token.head)
    own_start, own_end = _subtree(token)
    sentence = token.sent
    start, end = min(start, sentence.start), max(end, sentence.end)
    pieces = (_trim(token.doc, start, own_start), _trim(token.doc, own_end, end))
    content = tuple(piece for piece in pieces if piece)
    yield Attribution((token.i, to.i + 1), "speech", source.i, _phrase(source), content)


def _noun(noun: Token) -> Iterator[Attribution]:
    clauses = [c for c in noun.children if c.dep_ in ("acl", "ccomp") and _is_that_clause(c)]
    if not clauses:
        return
    head = _behind_noun(noun)
    source = None if head is None else _phrase(head)
    content = tuple(_subtree(clause) for clause in clauses)
    yield Attribution((noun.i, noun.i + 1), "speech", head and head.i, source, content)


def _is_that_clause(clause: Token) -> bool:
    return any(child.dep_ == "mark" and child.lower_ == "that" for child in clause.children)


def _behind_noun(noun: Token) -> Token | None:
    for child in noun.children:
        if child.dep_ == "poss":
            return child
        if child.dep_ == "prep" and child.lower_ in ("by", "of", "from"):
            return next((grand for grand in child.children if grand.dep_ == "pobj"), None)
    if noun.dep_ == "dobj":
        return _subject(noun.head) or _inherited(noun.head)
    return None
