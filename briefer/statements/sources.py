"""The source of a cue in the syntax: who is said to speak, as a head token.

Knows nothing of names; a pronoun or "who" is followed only as far as the sentence tells.
"""

from __future__ import annotations

from spacy.tokens import Token

from briefer.mentions import lexicon

_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_RELATIVES = frozenset(("who", "which", "that", "whom"))
_CLIMB = frozenset(("xcomp", "pcomp", "prep", "conj", "advcl", "ccomp", "dep", "acomp"))
_MAX_STEPS = 5
# Passives whose subject speaks ("was quoted", "is concerned").
_SPEAKING_PASSIVES = frozenset(
    ("quoted", "cited", "concerned", "worried", "convinced", "disappointed")
)


def has_subject(verb: Token) -> bool:
    """Whether the verb has a subject of its own."""
    return _subject(verb) is not None


def of_verb(verb: Token) -> Token | None:
    """The subject, the agent of a passive, or the subject further up ("…, saying", "tried to say")."""
    agent = _agent(verb)
    if agent is not None:
        return agent
    subject = _subject(verb)
    if subject is None:
        return _inherited(verb)
    if subject.dep_ == "nsubjpass" and verb.lower_ not in _SPEAKING_PASSIVES:
        return None
    return _antecedent(subject, verb)


def of_noun(noun: Token) -> Token | None:
    """Who stands behind a noun such as "claim": its owner, or the subject of its verb."""
    behind = owner(noun)
    if behind is not None:
        return behind
    if noun.dep_ == "dobj":
        return of_verb(noun.head)
    return None


def owner(noun: Token) -> Token | None:
    """"X's words", "the words of X", "a letter from X"."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child
    for child in noun.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "of", "from"):
            return next((grand for grand in child.children if grand.dep_ == "pobj"), None)
    return None


def _subject(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_ in _SUBJECTS), None)


def _antecedent(subject: Token, verb: Token) -> Token:
    """The noun that "who" stands for."""
    if subject.lower_ not in _RELATIVES:
        return subject
    clause = verb
    while clause.dep_ == "conj":
        clause = clause.head
    return clause.head if clause.dep_ == "relcl" else subject


def _agent(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "agent":
            return next((grand for grand in child.children if grand.dep_ == "pobj"), None)
    return None


def _inherited(verb: Token) -> Token | None:
    current = verb
    for _ in range(_MAX_STEPS):
        if current.dep_ in ("acl", "relcl"):
            return _behind_carrier(current.head)
        if current.dep_ not in _CLIMB:
            return None
        current = current.head
        subject = _subject(current)
        if subject is not None:
            return _antecedent(subject, current)
        if current.dep_ == "agent":
            return None
    return None


def _behind_carrier(noun: Token) -> Token:
    """Who stands behind "a statement saying …": its owner, who issued it, or the thing itself."""
    behind = owner(noun)
    if behind is not None:
        return behind
    if lexicon.singular(noun.text) in lexicon.words("carriers"):
        verb = noun.head if noun.dep_ == "dobj" else noun.head.head
        subject = _subject(verb) if noun.dep_ in ("dobj", "pobj") else None
        if subject is not None and subject.dep_ == "nsubj":
            return _antecedent(subject, verb)
    return noun
