"""The source of a cue in the syntax: who is said to speak, as a head token.

Knows nothing of names; a pronoun or "who" is followed only as far as the sentence tells.
"""

from __future__ import annotations

from itertools import takewhile

from spacy.tokens import Token

from briefer.mentions import lexicon

_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_RELATIVES = frozenset(("who", "which", "that", "whom"))
_CLIMB = frozenset(("xcomp", "pcomp", "prep", "conj", "advcl", "ccomp", "dep", "acomp"))
_MAX_STEPS = 5
_AFTER_QUOTE = frozenset(('"', "”", "'", "’", "''"))
_MAX_INVERTED = 8
_FINITE = frozenset(("VBD", "VBZ", "VBP"))
_NOMINATIVES = frozenset(("he", "she", "they", "we", "i"))
# Passives whose subject speaks ("was quoted", "is concerned").
_SPEAKING_PASSIVES = frozenset(
    ("quoted", "cited", "concerned", "worried", "convinced", "disappointed")
)


def has_subject(verb: Token) -> bool:
    """Whether the verb has a subject of its own."""
    return _subject(verb) is not None


def of_verb(verb: Token) -> Token | None:
    """The subject, the agent of a passive, or a subject further up ("…, saying")."""
    agent = _agent(verb)
    if agent is not None:
        return agent
    subject = _subject(verb)
    if subject is None:
        return _beside(verb) or _inherited(verb)
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
    """Whose words: "X's words", "the words of X", "a letter from X"."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child
    for child in noun.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "of", "from"):
            return next((grand for grand in child.children if grand.dep_ == "pobj"), None)
    return None


def _beside(verb: Token) -> Token | None:
    """A subject that the parser missed: `…?" asked Ann Low`, "the office of X, in Y, said"."""
    parse, at = verb.doc, verb.i
    if at > 0 and parse[at - 1].text in _AFTER_QUOTE:
        return _inverted(verb)
    if verb.tag_ not in _FINITE and verb.dep_ != "ROOT":
        return None
    end = at
    while end > verb.sent.start and (parse[end - 1].head == verb or parse[end - 1].text == ","):
        if parse[end - 1].dep_ not in ("aux", "neg", "advmod", "punct"):
            break
        end -= 1
    return _noun_ending(parse[end - 1]) if end > verb.sent.start else None


def _inverted(verb: Token) -> Token | None:
    """Who stands right after a verb that follows a quotation: a name, else the first noun."""
    following = list(takewhile(_is_in_phrase, verb.doc[verb.i + 1 : verb.i + 1 + _MAX_INVERTED]))
    names = [token for token in following if token.tag_ in ("NNP", "NNPS")]
    if names:
        run = list(
            takewhile(
                lambda token: token.tag_ in ("NNP", "NNPS"), following[names[0].i - verb.i - 1 :]
            )
        )
        return run[-1]
    return next((t for t in following if t.tag_ in ("NN", "NNS") or t.lower_ in _NOMINATIVES), None)


def _is_in_phrase(token: Token) -> bool:
    return not token.is_punct and not token.is_space and token.tag_ not in ("VBD", "VBZ", "IN")


def _noun_ending(last: Token) -> Token | None:
    """The head of the noun phrase that ends with a token."""
    head = last
    while head.head.i < head.i and head.head.right_edge.i == last.i and head.head.pos_ != "VERB":
        head = head.head
    is_noun = head.pos_ in ("NOUN", "PROPN") or head.lower_ in _NOMINATIVES
    return head if is_noun and head.dep_ != "dobj" else None


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
        is_quoted = current.dep_ == "prep" and current.lower_ == "as"
        current = current.head
        quoted = _quoted(current) if is_quoted else None
        subject = quoted or _subject(current)
        if subject is not None:
            return _antecedent(subject, current)
        if current.dep_ == "agent":
            return None
    return None


def _quoted(verb: Token) -> Token | None:
    """Who is quoted: "the agency quoted an official as saying"."""
    if verb.lower_ not in ("quoted", "quotes", "quoting", "cited", "cites", "citing"):
        return None
    return next((child for child in verb.children if child.dep_ == "dobj"), None)


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
