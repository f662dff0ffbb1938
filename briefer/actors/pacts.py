"""Who is a party to what was agreed: words of agreeing, told as done, with their parties.

By syntax: the subject of "agreed", "signed a deal" or "voted", whom it was done with or by, and
those that a "deal with" or "treaty between" names. What is only sought, denied or possible is left
out. Knows nothing of names or importance.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from spacy.tokens import Doc, Token


def _forms(words: str) -> frozenset[str]:
    return frozenset(words.split())


_AGREE = _forms(
    "agreed agree agrees agreeing settled settle settles ratified ratify ratifies merged merge "
    "partnered partnering teamed initialled pledged promised promising accepted accepting "
    "undertook committed vowed reconciled allied"
)
# Verbs that need a deal: "reached an agreement", "signed up to the treaty".
_MAKE = _forms(
    "reach reached reaching sign signed signing signs strike struck seal sealed conclude concluded "
    "forge forged clinch clinched ink inked finalise finalised finalize finalized announce "
    "announced made make making enter entered entering came come coming renewed extended accept "
    "accepted completed have has had won secured form formed forming launched created issue issued "
    "initialled unveiled drew drawn agreed agree approved approve adopted ratified ratify closed "
    "worked hammered negotiated brokered endorsed declared"
)
_DEALS = _forms(
    "deal deals agreement agreements accord accords pact pacts treaty treaties settlement "
    "settlements truce ceasefire cease-fire compromise compromises contract contracts partnership "
    "partnerships memorandum memorandums mou alliance alliances coalition merger protocol "
    "convention consensus understanding terms bargain arrangement arrangements compact communique "
    "communiqué declaration reconciliation takeover cooperation co-operation covenant charter"
)
# What two sign, launch or issue together they have agreed on.
_SIGN = _forms("signed issued launched unveiled declared announced resolved joined swapped")
_VOTE = _forms(
    "voted passed approved adopted ratified ratify ratifies endorsed elected backed decided chose "
    "chosen repealed rejected enacted resolved passes approves adopts cleared refused opted"
)
# Who decides by voting; a company that "approved" is none.
_BODIES = _forms(
    "parliament senate house congress council councils assembly committee board synod commission "
    "voters delegates lawmakers mps deputies knesset duma bundestag riigikogu legislature "
    "legislators cabinet shareholders members conference caucus party league union governors "
    "ministers trustees directors senators representatives councillors councilors states countries "
    "nations leaders commons lords electorate residents workers panel chamber bloc bishops "
    "cardinals democrats republicans partners creditors unions parliamentarians"
)
_NOT_YET = _forms("would could may might should must can ca will shall wo 'll 'd")
_CONDITIONS = _forms("if unless whether")
# "Agreed to sign" is as good as done, "hopes to sign" is not.
_SUCCEED = _forms("agreed agree agrees voted decided managed helped pledged promised accepted went")
_STRIVE = _forms(
    "seek seeks seeking sought hope hopes hoped hoping want wants wanted try tries tried trying "
    "urge urged urges urging call called calls calling fail failed refuse refused plan plans "
    "planned planning expect expected expects need needed needs intend intends ask asked demand "
    "demanded demands considered considering propose proposed decline declined offer "
    "offered require required effort efforts attempt attempts bid talks pressure chance denied "
    "denies insisted without toward towards of instead about against discuss discussed "
    "discussing negotiating proposal plan no"
)
_WITH = _forms("with between among amongst alongside")
_SUBJECTS = _forms("nsubj nsubjpass")
_CLIMBS = _forms("conj xcomp advcl pcomp prep ccomp acl dobj pobj")
_RELATIVES = _forms("who which that")
# No sentence of ours nests deeper; a parser's slip must not loop.
_MAX_CLIMB = 6
# "HALDERSUND, Brennoy, March 3 (Agency) - " is never longer.
_MAX_DATELINE = 16


def find(parse: Doc, known: Collection[int]) -> Iterator[tuple[Token, tuple[Token, ...]]]:
    """Each word of agreeing with the heads of its parties, in the order of the text.

    ``known`` are the tokens that stand for somebody: of "representatives of Egypt" the party is
    Egypt, of "Toyota, the car maker" whichever is known.
    """
    dateline = _dateline(parse)
    for word in parse:
        if word.lower_ not in _DEALS and word.tag_[:2] != "VB":
            continue
        heads = _of_noun(word) if word.lower_ in _DEALS else _of_verb(word)
        parties = [party for head in heads for party in _stand_for(head, known, dateline)]
        if parties:
            yield word, tuple(dict.fromkeys(parties))


def _of_verb(verb: Token) -> list[Token]:
    """Subject and partners of a verb of agreeing; none where it is not one, or is not done."""
    deals = _deals_of(verb)
    is_agreeing = verb.lower_ in _AGREE or (verb.lower_ in _MAKE and bool(deals))
    if not (is_agreeing or verb.lower_ in _VOTE or verb.lower_ in _SIGN) or not _is_done(verb):
        return []
    subjects = _objects(verb, ("by",)) if _is_passive(verb) else _subjects(verb)
    partners = [one for word in (verb, *deals) for one in _partners(word)]
    is_joint = verb.lower_ in _SIGN and len(subjects) + len(partners) > 1
    is_vote = verb.lower_ in _VOTE and any(one.lower_ in _BODIES for one in subjects)
    return [*subjects, *partners] if is_agreeing or is_joint or is_vote else []


def _of_noun(deal: Token) -> list[Token]:
    """Those that a deal is said to be between: "Sony's deal with Marvel", "a treaty between"."""
    partners = _partners(deal)
    is_sought = deal.head.lower_ in _STRIVE or not _is_done(deal.head)
    if not partners or is_sought or _is_any(deal):
        return []
    return partners


def _partners(word: Token) -> list[Token]:
    owners = [one for child in word.children if child.dep_ == "poss" for one in _spread(child)]
    partners = _objects(word, _WITH)
    return [*owners, *partners] if partners else []


def _deals_of(verb: Token) -> list[Token]:
    """The deals that a verb has for its object, or for its subject in the passive."""
    objects = [
        one
        for child in verb.children
        if child.dep_ in ("dobj", "nsubjpass", "attr")
        for one in _spread(child)
    ]
    objects += _objects(verb, ("to", "into", "on"))
    if verb.dep_ == "acl" and _is_passive(verb):
        objects.append(verb.head)
    return [one for one in objects if one.lower_ in _DEALS and not _is_any(one)]


def _is_any(deal: Token) -> bool:
    """Whether it is "any deal" or "no deal": one that is not there yet."""
    return any(child.lower_ in ("any", "no") for child in deal.children)


def _objects(word: Token, prepositions: Collection[str]) -> list[Token]:
    """The objects of a word's prepositions, those in a chain ("in partnership with") included."""
    found = []
    for child in word.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in prepositions:
            found += [
                one for leaf in child.children if leaf.dep_ == "pobj" for one in _spread(leaf)
            ]
    return found


def _spread(head: Token) -> list[Token]:
    """A noun and all that is joined to it by "and"."""
    found = [head]
    for child in head.children:
        if child.dep_ == "conj":
            found += _spread(child)
    return found


def _is_passive(verb: Token) -> bool:
    has_auxiliary = any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children)
    return has_auxiliary or (verb.dep_ == "acl" and verb.tag_ == "VBN")


def _subjects(verb: Token) -> list[Token]:
    """The subject of a verb, or of the verb that it shares one with."""
    for _ in range(_MAX_CLIMB):
        own = [child for child in verb.children if child.dep_ in _SUBJECTS]
        if own:
            return [one for subject in own for one in _spread(_antecedent(subject))]
        if verb.dep_ == "relcl" or (verb.dep_ == "acl" and verb.tag_ == "VBG"):
            return _spread(verb.head)
        if verb.dep_ not in _CLIMBS:
            return []
        verb = verb.head
    return []


def _antecedent(subject: Token) -> Token:
    """Whom a "who" or "which" stands for, anybody else himself."""
    if subject.lower_ not in _RELATIVES:
        return subject
    verb = subject.head
    while verb.dep_ in ("conj", "xcomp") and verb.head is not verb:
        verb = verb.head
    return verb.head if verb.dep_ == "relcl" else subject


def _is_done(verb: Token) -> bool:
    """Whether a verb tells what happened, not what is sought, denied, possible or still to come."""
    for _ in range(_MAX_CLIMB):
        marks = {child.lower_ for child in verb.children if child.dep_ in ("aux", "mark")}
        is_denied = any(child.dep_ == "neg" for child in verb.children)
        if is_denied or not marks.isdisjoint(_NOT_YET | _CONDITIONS):
            return False
        governor = verb.head
        if verb.dep_ in ("ROOT", "relcl", "parataxis") or governor is verb:
            return True
        if "to" in marks and governor.lower_ not in _SUCCEED:
            return False
        if verb.dep_ in ("xcomp", "pcomp", "ccomp") and governor.lower_ in _STRIVE:
            return False
        if verb.dep_ not in ("conj", "xcomp", "pcomp"):
            return True
        verb = governor
    return True


def _stand_for(head: Token, known: Collection[int], dateline: int) -> list[Token]:
    """The known ones that a party's head stands for; none for a pronoun."""
    if head.i <= dateline:
        return [one for one in _after_dateline(head.doc, known, dateline) if one.i in known]
    named = [one for one in _objects(head, ("of", "from")) if one.i in known]
    if named and (head.i not in known or head.tag_ in ("NN", "NNS")):
        return named
    if head.i in known:
        return [head]
    beside = (child for child in head.children if child.dep_ in ("appos", "compound", "nmod"))
    return [one for one in beside if one.i in known][:1]


def _dateline(parse: Doc) -> int:
    """The last token of the place and agency before the first sentence; -1 without them."""
    last = -1
    for token in parse[:_MAX_DATELINE]:
        if token.text in ("-", "–", "—", "--", ":", ")"):
            last = token.i
        elif token.is_lower:
            break
    return last


def _after_dateline(parse: Doc, known: Collection[int], dateline: int) -> list[Token]:
    """The parser takes the place for the subject: the first one known after it is meant."""
    for token in parse[dateline + 1 :]:
        if token.i in known:
            return _spread(token)
        if token.tag_[:2] == "VB":
            break
    return []
