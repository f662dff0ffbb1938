"""Who does what a verb tells, with whom, and whether it is told as done: by syntax alone.

Knows nothing of agreements, names or importance.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from spacy.tokens import Token

from briefer.mentions import appositions
from briefer.text import forms

POSSIBLE = forms("would could may might should must can ca 'd")
_NOT_YET = POSSIBLE | forms("will shall wo 'll")
_CONDITIONS = forms("if unless whether")
# "Agreed to sign" is as good as done, "hopes to sign" is not.
_SUCCEED = forms("agreed agree agrees voted decided managed helped pledged promised accepted went")
STRIVE = forms(
    "seek seeks seeking sought hope hopes hoped hoping want wants wanted try tries tried trying "
    "urge urged urges urging call called calls calling fail failed refuse refused plan plans "
    "planned planning expect expected expects need needed needs intend intends ask asked demand "
    "demanded demands considered considering propose proposed decline declined offer "
    "offered require required effort efforts attempt attempts bid talks pressure chance denied "
    "denies insisted without toward towards of instead about against discuss discussed "
    "discussing negotiating proposal plan no claim claims claimed allege alleges alleged"
)
_WITH = forms("with between among amongst alongside")
_SUBJECTS = forms("nsubj nsubjpass")
_CLIMBS = forms("conj xcomp advcl pcomp prep ccomp acl dobj pobj")
_RELATIVES = forms("who which that")
_PRONOUNS = forms("it he she they we")
# "77 % of voters", "a majority of the members" are voters and members.
_SHARES = forms(
    "% percent per-cent majority minority most all some many half two-thirds three-quarters "
    "third number dozens hundreds thousands members handful rest lot both each none"
)
ALIKE = appositions.BESIDE | {"conj"}
"""How a noun hangs on another that does the same: "A and B signed"."""
# No sentence of ours nests deeper; a parser's slip must not loop.
_MAX_CLIMB = 6


def does(token: Token) -> bool:
    """Whether a word is the subject of an act, or who it was done by."""
    return (token.dep_ == "nsubj" and token.head.pos_ == "VERB") or token.dep_ == "agent"


def is_active(token: Token) -> bool:
    """Whether a mention does something, alone or with others ("A and B signed")."""
    return does(appositions.outermost(token, ALIKE))


def subjects(verb: Token) -> list[Token]:
    """The subject of a verb, or of the verb that it shares one with."""
    for _ in range(_MAX_CLIMB):
        own = [child for child in verb.children if child.dep_ in _SUBJECTS]
        if own and not _is_said_of_itself(verb, own):
            return [one for subject in own for one in spread(_antecedent(subject))]
        if verb.dep_ == "relcl" or (verb.dep_ == "acl" and verb.tag_ == "VBG"):
            return spread(verb.head)
        if verb.dep_ not in _CLIMBS:
            return []
        verb = verb.head
    return []


def _is_said_of_itself(verb: Token, own: list[Token]) -> bool:
    """Whether "it" is the one who says so: "Orell said it will buy"."""
    return verb.dep_ == "ccomp" and all(one.lower_ in _PRONOUNS for one in own)


def _antecedent(subject: Token) -> Token:
    """Whom a "who" or "which" stands for, anybody else himself."""
    if subject.lower_ not in _RELATIVES:
        return subject
    near = _noun_before(subject)
    verb = subject.head
    while verb.dep_ in ("conj", "xcomp"):
        verb = verb.head
    if verb.dep_ != "relcl":
        return subject
    return near or verb.head


def _noun_before(pronoun: Token) -> Token | None:
    """The noun that a comma parts from a "which": the parser may take one further off."""
    place = pronoun.i - 2
    if place < 0 or pronoun.nbor(-1).text != "," or pronoun.doc[place].tag_[:2] != "NN":
        return None
    return pronoun.doc[place]


def objects(word: Token, prepositions: Collection[str]) -> list[Token]:
    """The objects of a word's prepositions, all that are joined by "and" included."""
    found = []
    for child in word.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in prepositions:
            found += [one for leaf in child.children if leaf.dep_ == "pobj" for one in spread(leaf)]
    return found


def partners(word: Token) -> list[Token]:
    """Those that a word says it is done with, and whose it then is: "Sony's deal with Marvel"."""
    owners = [one for child in word.children if child.dep_ == "poss" for one in spread(child)]
    others = objects(word, _WITH)
    return [*owners, *others] if others else []


def spread(head: Token) -> list[Token]:
    """A noun and all that is joined to it by "and"; of a share those that it is one of."""
    found = []
    for one in _joined(head):
        whole = objects(one, ("of",)) if one.lower_ in _SHARES else []
        found += whole or [one]
    return found


def _joined(head: Token) -> Iterator[Token]:
    yield head
    for child in head.children:
        if child.dep_ == "conj":
            yield from _joined(child)


def is_passive(verb: Token) -> bool:
    """Whether a verb tells what is done to its subject."""
    has_auxiliary = any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children)
    return has_auxiliary or (verb.dep_ == "acl" and verb.tag_ == "VBN")


def is_told(verb: Token, open_words: Collection[str] = _NOT_YET) -> bool:
    """Whether a verb tells what is so, not what is sought, denied, possible or conditional.

    ``open_words`` are the auxiliaries under which it is not; ``POSSIBLE`` lets "will" be.
    """
    for _ in range(_MAX_CLIMB):
        marks = {child.lower_ for child in verb.children if child.dep_ in ("aux", "mark")}
        is_denied = any(child.dep_ == "neg" for child in verb.children)
        if is_denied or not marks.isdisjoint(_CONDITIONS | frozenset(open_words)):
            return False
        governor = verb.head
        if verb.dep_ in ("ROOT", "relcl", "parataxis") or governor is verb:
            return True
        if "to" in marks and governor.lower_ not in _SUCCEED:
            return False
        if verb.dep_ in ("xcomp", "pcomp", "ccomp") and governor.lower_ in STRIVE:
            return False
        is_part = verb.dep_ == "advcl" and verb.tag_ == "VBG"  # "must sign, agreeing to stay"
        if verb.dep_ not in ("conj", "xcomp", "pcomp") and not is_part:
            return True
        verb = governor
    return True
