"""The source of a cue in the syntax: who is said to speak, as a head token.

Knows nothing of names; a pronoun or "who" is followed only as far as the sentence tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from spacy.tokens import Doc, Token

from briefer.mentions import lexicon
from briefer.statements import phrases
from briefer.text import forms

_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_RELATIVES = frozenset(("who", "which", "that", "whom"))
_CONTENT = "ccomp"
_CLIMB = frozenset(("xcomp", "pcomp", "prep", "conj", "advcl", "ccomp", "dep", "acomp"))
_MAX_STEPS = 5
_AFTER_QUOTE = frozenset(('"', "”", "'", "’", "''"))
_QUOTE_ENDS = frozenset((",", ".", "?", "!", "…", "...", "--", "—", "-"))
_MAX_INVERTED = 8
# Nouns whose "of" tells the target: "criticism of the mayor", "fear of the police".
_AIMED = frozenset(
    ("accusation", "allegation", "charge", "complaint", "criticism", "denial", "doubt", "fear",
     "suspicion", "threat", "warning")
)  # fmt: skip
_SENDING = forms(
    "address addressed deliver delivered send sends sent sending submit submitted write writes "
    "writing written wrote"
)
# "Documents obtained by the Herald" say nothing of the Herald's own.
_READING = forms(
    "accessed acquired analysed analyzed cited collected examined found got heard obtained quoted "
    "read received reviewed seen studied uncovered verified viewed watched"
)
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
    if subject is not None and subject.i < verb.i:
        subject = _across_quotation(verb, subject) or _nearer(verb, subject) or subject
    if subject is None:
        return _beside(verb) or _inherited(verb)
    if subject.dep_ == "nsubjpass" and verb.lower_ not in _SPEAKING_PASSIVES:
        return None
    noun = _antecedent(subject, verb)
    return noun if noun is subject else _behind_carrier(noun)


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
        is_made = child.dep_ == "acl" and child.tag_ == "VBN" and child.lower_ not in _READING
        if is_made and _agent(child) is not None:
            return _agent(child)
    is_aimed = lexicon.singular(noun.text) in _AIMED
    for child in noun.children:
        if child.dep_ not in ("prep", "agent") or child.lower_ not in ("by", "of", "from"):
            continue
        behind = phrases.object_of(child)
        if behind is not None and (child.lower_ != "of" or (not is_aimed and _can_speak(behind))):
            return behind
    return None


def _can_speak(noun: Token) -> bool:
    """Whether a noun stands for people or a body: "a video of the fire" is not the fire's."""
    word = lexicon.singular(noun.text)
    return noun.pos_ in ("PROPN", "PRON") or any(
        word in lexicon.words(name)
        for name in ("person_nouns", "group_nouns", "organisation_nouns")
    )


def ends_quotation(parse: Doc, at: int) -> bool:
    """Whether a quotation with a mark of its own (",", "?") ends right before a token."""
    if at < 2:
        return False
    last, before = parse[at - 1], parse[at - 2]
    is_inside = last.text in _AFTER_QUOTE and before.text in _QUOTE_ENDS
    return is_inside or (last.text == "," and before.text in _AFTER_QUOTE)


def _beside(verb: Token) -> Token | None:
    """A subject that the parser missed: `…?" asked Ann Low`, "the office of X, in Y, said"."""
    parse, at = verb.doc, verb.i
    if at > 0 and (parse[at - 1].text in _AFTER_QUOTE or ends_quotation(parse, at)):
        return _inverted(verb)
    if verb.tag_ not in _FINITE and verb.dep_ != "ROOT":
        return None
    end = at
    while end > verb.sent.start and (parse[end - 1].head == verb or parse[end - 1].text == ","):
        if parse[end - 1].dep_ not in ("aux", "neg", "advmod", "punct"):
            break
        end -= 1
    return _noun_ending(parse[end - 1]) if end > verb.sent.start else None


def _nearer(verb: Token, subject: Token) -> Token | None:
    """A name right before the verb that the parser put elsewhere: "…, and the council says"."""
    before = verb.doc[verb.i - 1]
    if before.i <= subject.i or before.tag_ not in ("NNP", "NNPS") or before in subject.subtree:
        return None
    if before.ent_type_ in ("DATE", "TIME") or before.dep_ in ("npadvmod", "dobj"):
        return None
    return _noun_ending(before)


def _inverted(verb: Token) -> Token | None:
    """Who stands right after a verb that follows a quotation: a name, else the first noun."""
    following = list(takewhile(_is_in_phrase, verb.doc[verb.i + 1 : verb.i + 1 + _MAX_INVERTED]))
    return _likeliest(following)


def _likeliest(phrase: Sequence[Token]) -> Token | None:
    """Who speaks among the words of a phrase: the last name of a person, else name, else noun."""
    people = [token for token in phrase if token.ent_type_ == "PERSON"]
    names = [token for token in phrase if token.tag_ in ("NNP", "NNPS")]
    nouns = [t for t in phrase if t.tag_ in ("NN", "NNS") or t.lower_ in _NOMINATIVES]
    found = people or names or nouns[:1]
    return found[-1] if found else None


def _across_quotation(verb: Token, subject: Token) -> Token | None:
    """Who speaks where the parser took quoted words for the subject: `"…, he?" wrote Ann Low`."""
    for at in range(verb.i, max(subject.i + 1, verb.i - _MAX_INVERTED), -1):
        if ends_quotation(verb.doc, at):
            return _inverted(verb) if at == verb.i else _likeliest(list(verb.doc[at : verb.i]))
    return None


def _is_in_phrase(token: Token) -> bool:
    if token.is_punct or token.is_space or token.ent_type_ in ("DATE", "TIME"):
        return False
    return token.tag_ not in ("VBD", "VBZ", "IN", "TO", "RB", "WP", "WRB")


def _noun_ending(last: Token) -> Token | None:
    """The head of the noun phrase that ends with a token.

    A name that the parser joined to an object stands alone: "… lost the case and Lee accused them".
    """
    if last.dep_ == "conj" and last.head.dep_ == "dobj" and last.tag_ in ("NNP", "NNPS"):
        return last
    head = last
    while head.head.i < head.i and head.head.right_edge.i == last.i and head.head.pos_ != "VERB":
        head = head.head
    is_noun = head.pos_ in ("NOUN", "PROPN") or head.lower_ in _NOMINATIVES or is_aged(head)
    return head if is_noun and head.dep_ != "dobj" else None


def is_aged(token: Token) -> bool:
    """Whether somebody is called by age: "the 60-year-old"."""
    return token.lower_ == "old" and token.i > 1 and token.nbor(-2).lower_ in ("year", "years")


def _subject(verb: Token) -> Token | None:
    """The subject; of two ("which lecturers say …") the one right before the verb."""
    found = [child for child in verb.children if child.dep_ in _SUBJECTS]
    before = [child for child in found if child.i < verb.i]
    nearest = before[-1:] or found[:1]
    return nearest[0] if nearest else None


def _antecedent(subject: Token, verb: Token) -> Token:
    """The noun that "who" stands for."""
    if subject.lower_ not in _RELATIVES and not _is_of_whom(subject):
        return subject
    clause = verb
    while clause.dep_ == "conj":
        clause = clause.head
    if clause.dep_ != "relcl":
        return subject
    return _person_in(clause.head) if subject.lower_ == "who" else clause.head


def _is_of_whom(subject: Token) -> bool:
    """Whether somebody is told from a clause before: "[many] of whom say"."""
    objects = (one for child in subject.children if child.dep_ == "prep" for one in child.children)
    return any(one.lower_ in ("whom", "which") for one in objects)


def _person_in(noun: Token) -> Token:
    """The person before a body that "who" cannot mean: "an official of the union, who said"."""
    before = noun.head.head if noun.dep_ == "pobj" else noun
    is_body = lexicon.is_body(noun.text)
    is_person = lexicon.singular(before.text) in lexicon.words("person_nouns")
    return before if is_body and is_person else noun


def _agent(verb: Token) -> Token | None:
    by = next((child for child in verb.children if child.dep_ == "agent"), None)
    return None if by is None else phrases.object_of(by)


def _inherited(verb: Token) -> Token | None:
    current = verb
    for _ in range(_MAX_STEPS):
        if current.dep_ in ("acl", "relcl"):
            return _sender(current) or _behind_carrier(current.head)
        if current.dep_ not in _CLIMB:
            return None
        is_quoted = current.dep_ == "prep" and current.lower_ == "as"
        current = current.head
        quoted = _quoted(current) if is_quoted else None
        subject = quoted or _subject(current)
        if subject is not None and not (current.dep_ == _CONTENT and _is_thing(subject)):
            return _antecedent(subject, current)
        if current.dep_ == "agent":
            return None
    return None


def _sender(clause: Token) -> Token | None:
    """Who wrote to somebody: "they sent a letter to the board opposing it"."""
    to = clause.head.head
    is_addressed = clause.head.dep_ in ("pobj", "dative") and to.lower_ == "to"
    if not is_addressed or clause.tag_ != "VBG":
        return None
    verb = to.head.head if to.head.dep_ == "dobj" else to.head
    subject = _subject(verb) if verb.lower_ in _SENDING else None
    return subject if subject is not None and subject.dep_ == "nsubj" else None


def _is_thing(subject: Token) -> bool:
    """Whether a subject cannot say anything: "she said the plan was fair and denied that …"."""
    is_carrier = lexicon.singular(subject.text) in lexicon.words("carriers")
    return subject.pos_ == "NOUN" and not is_carrier and not _can_speak(subject)


def _quoted(verb: Token) -> Token | None:
    """Who is quoted: "the agency quoted an official as saying"."""
    if verb.lower_ not in ("quoted", "quotes", "quoting", "cited", "cites", "citing"):
        return None
    return next((child for child in verb.children if child.dep_ == "dobj"), None)


def _behind_carrier(noun: Token) -> Token:
    """Who stands behind "a statement saying …": its owner, who issued it, or the thing itself.

    "An official of the union who says …" speaks for nobody else.
    """
    is_person = lexicon.singular(noun.text) in lexicon.words("person_nouns")
    behind = None if is_person else owner(noun)
    if behind is not None:
        return behind
    if lexicon.singular(noun.text) in lexicon.words("carriers"):
        verb = noun.head if noun.dep_ == "dobj" else noun.head.head
        subject = _subject(verb) if noun.dep_ in ("dobj", "pobj") else None
        if subject is not None and subject.dep_ == "nsubj":
            return _antecedent(subject, verb)
    return noun
