"""Who is a party to what was agreed: words of agreeing, told as done, with their parties.

By syntax: the subject of "agreed", "signed a deal" or "voted", whom it was done with or by, those
that a "deal with" or "treaty between" names, and those who do something "jointly". What is only
sought, denied or possible is left out. Knows nothing of names or importance.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from spacy.tokens import Doc, Token

from briefer.actors.deeds import (
    POSSIBLE,
    STRIVE,
    is_passive,
    is_told,
    objects,
    partners,
    spread,
    subjects,
)
from briefer.mentions import lexicon
from briefer.text import forms

_AGREE = forms(
    "agreed agree agrees agreeing settled settle settles ratified ratify ratifies merged merge "
    "partnered partnering teamed initialled reconciled allied undertook"
)
# Verbs that need a deal: "reached an agreement", "signed up to the treaty".
_MAKE = forms(
    "reach reached reaching sign signed signing signs strike struck seal sealed conclude concluded "
    "forge forged clinch clinched ink inked finalise finalised finalize finalized announce "
    "announced made make making enter entered entering came come coming renewed extended "
    "completed have has had won secured form formed forming launched created issue issued "
    "initialled unveiled drew drawn agreed agree approve approved adopted ratified ratify closed "
    "worked hammered negotiated brokered endorsed declared"
)
_DEALS = forms(
    "deal deals agreement agreements accord accords pact pacts treaty treaties settlement "
    "settlements truce ceasefire cease-fire compromise compromises contract contracts partnership "
    "partnerships memorandum memorandums mou alliance alliances coalition merger protocol "
    "convention consensus understanding terms bargain arrangement arrangements compact communique "
    "communiqué declaration reconciliation takeover cooperation co-operation covenant charter"
)
# What two sign, launch or promise together they have agreed on; what one promises, nobody has.
_SIGN = forms(
    "signed issued launched unveiled declared announced resolved swapped pledged promised "
    "promising committed vowed reaffirmed"
)
# What somebody may accept who then has agreed.
_ACCEPT = forms("accept accepts accepted accepting")
_OFFERS = forms(
    "offer offers proposal proposals terms invitation invitations amendment amendments condition "
    "conditions demand demands plan request requests bid"
)
_JOINT = forms("joint jointly mutually combined")
# A "joint appearance" agrees on nothing.
_OCCASIONS = forms("conference appearance briefing interview meeting session photo rally trip")
_TRADE = forms("buy buys bought purchase purchased acquire acquires acquired sell sells sold")
_VOTE = forms(
    "voted passed approved adopted ratified ratify ratifies endorsed elected backed decided chose "
    "chosen repealed rejected enacted resolved passes approves adopts cleared refused opted"
)
_MAKING = _MAKE | _ACCEPT
_TELLING = _AGREE | _MAKING | _SIGN | _VOTE
# Who decides by voting; a company that "approved" is none.
_BODIES = forms(
    "parliament senate house congress council councils assembly committee board synod commission "
    "voters delegates lawmakers mps deputies knesset duma bundestag riigikogu legislature "
    "legislators cabinet shareholders members conference caucus party league union governors "
    "ministers trustees directors senators representatives councillors councilors states countries "
    "nations leaders commons lords electorate residents workers panel chamber bloc bishops "
    "cardinals partners creditors unions parliamentarians citizens"
)
# What something is passed by or with, and that passes nothing itself: "by 121 votes to 98".
_VOTINGS = forms("vote votes ballot majority margin referendum poll show acclamation consensus")
# "Both sides" are known by those named before, not by these words.
_PLACEHOLDERS = forms("sides side parties pair duo couple two three both each one ones")
# "House of Representatives", "Parliament of the Faroe Islands".
_MAX_NAME = 4
# "HALDERSUND, Brennoy, March 3 (Agency) - " is never longer.
_MAX_DATELINE = 16


Pact = tuple[Token, tuple[Token, ...]]
"""A word of agreeing, and the heads of its parties."""


def find(parse: Doc, known: Collection[int]) -> Iterator[Pact]:
    """Each word of agreeing with the heads of its parties, in the order of the text.

    ``known`` are the tokens that stand for somebody: of "representatives of Egypt" the party is
    Egypt, of "Toyota, the car maker" whichever is known; nouns may stand for nobody known.
    """
    dateline = _dateline(parse)
    for word in parse:
        parties = [one for head in _heads(word) for one in _stand_for(head, known, dateline)]
        if parties:
            yield word, tuple(dict.fromkeys(parties))


def _heads(word: Token) -> list[Token]:
    if word.lower_ in _DEALS:
        return _of_noun(word)
    if word.lower_ in _JOINT:
        return _of_joint(word)
    return _of_verb(word) if word.tag_[:2] == "VB" else []


def _of_verb(verb: Token) -> list[Token]:
    """Subject and partners of a verb of agreeing; none where it is not one, or is not done."""
    if verb.lower_ in _TRADE:
        return _of_trade(verb)
    if verb.lower_ not in _TELLING:
        return []
    deals = _deals_of(verb)
    is_agreeing = verb.lower_ in _AGREE or (verb.lower_ in _MAKING and bool(deals))
    if not (is_agreeing or verb.lower_ in _VOTE or verb.lower_ in _SIGN) or not is_told(verb):
        return []
    doers = _doers(verb)
    others = [one for word in (verb, *deals) for one in partners(word)]
    is_joint = verb.lower_ in _SIGN and len(doers) + len(others) > 1
    is_vote = verb.lower_ in _VOTE and any(_is_body(one) for one in doers)
    return [*doers, *others] if is_agreeing or is_joint or is_vote else []


def _is_body(head: Token) -> bool:
    """Whether somebody decides by voting: a parliament, its members, a people."""
    is_people = head.tag_ == "NNPS" and lexicon.key(head.text) in lexicon.demonyms()
    return is_people or head.lower_ in _BODIES


def _doers(verb: Token) -> list[Token]:
    """Its subject; of a passive those by, through or in whom it was done."""
    by = objects(verb, ("by",))
    tallies = [one for one in by if one.lower_ in _VOTINGS or one.tag_ == "CD"]
    voting = [one for vote in tallies for one in objects(vote, ("of", "in"))]
    agents = voting or [one for one in by if one not in tallies]
    within = objects(verb, ("in", "through", "at"))
    if verb.lower_ in _VOTE and not agents:
        agents = [one for one in within if _is_body(one)]
    return agents if is_passive(verb) or (agents and verb.lower_ == "passed") else subjects(verb)


def _of_trade(verb: Token) -> list[Token]:
    """Who buys from, or sells to, whom; a sale that is only announced is agreed on too.

    What is sold is a party only where nobody else is: "Selby Oil will buy Norland Gas".
    """
    others = [one for one in objects(verb, ("from", "to", "by")) if one.tag_[:3] == "NNP"]
    things = [
        one
        for child in verb.children
        if child.dep_ in ("dobj", "nsubjpass")
        for one in spread(child)
        if one.tag_[:3] == "NNP"
    ]
    doers = _doers(verb)
    sides = [one for one in (*doers, *(others or things)) if one.tag_[:3] == "NNP"]
    return sides if doers and len(set(sides)) > 1 and is_told(verb, POSSIBLE) else []


def _of_joint(word: Token) -> list[Token]:
    """Those who do what a "joint" or "jointly" says: two or more, or one with somebody."""
    if word.head.lower_ in _OCCASIONS:
        return []
    verb = word
    while verb.tag_[:2] != "VB" and verb.head != verb:
        verb = verb.head
    if verb.tag_[:2] != "VB" or not is_told(verb, POSSIBLE):
        return []
    doers = [*_doers(verb), *partners(word.head), *partners(verb)]
    return doers if len(set(doers)) > 1 else []


def _of_noun(deal: Token) -> list[Token]:
    """Those that a deal is said to be between: "Sony's deal with Marvel", "a treaty between"."""
    others = partners(deal)
    is_sought = deal.head.lower_ in STRIVE or not is_told(deal.head)
    if not others or is_sought or _is_any(deal):
        return []
    return others


def _deals_of(verb: Token) -> list[Token]:
    """The deals that a verb has for its object, or for its subject in the passive."""
    found = [
        one
        for child in verb.children
        if child.dep_ in ("dobj", "nsubjpass", "attr")
        for one in spread(child)
    ]
    found += objects(verb, ("to", "into", "on"))
    if verb.dep_ == "acl" and is_passive(verb):
        found.append(verb.head)
    wanted = _DEALS | _OFFERS if verb.lower_ in _ACCEPT else _DEALS
    return [one for one in found if one.lower_ in wanted and not _is_any(one)]


def _is_any(deal: Token) -> bool:
    """Whether it is "any deal" or "no deal": one that is not there yet."""
    return any(child.lower_ in ("any", "no") for child in deal.children)


def _stand_for(head: Token, known: Collection[int], dateline: int) -> list[Token]:
    """The ones that a party's head stands for, known ones first; none for a pronoun."""
    if head.i <= dateline:
        return [one for one in _after_dateline(head.doc, known, dateline) if one.i in known]
    named = [one for one in objects(head, ("of", "from")) if one.i in known]
    if named and (head.i not in known or head.tag_ in ("NN", "NNS")):
        return named
    if head.i in known:
        return [head]
    beside = [child for child in head.children if child.dep_ in ("appos", "compound", "nmod")]
    return [one for one in beside if one.i in known][:1] or _nameless(head)


def _nameless(head: Token) -> list[Token]:
    """A body, or a name of several words, that nobody is known by: still a party."""
    start, end = phrase(head)
    is_name = head.tag_ in ("NNP", "NNPS") and end - start > 1
    is_party = is_name or _is_body(head)
    return [head] if is_party and head.lower_ not in _PLACEHOLDERS else []


def phrase(party: Token) -> tuple[int, int]:
    """From where to where a party's name goes: "the Oruban House of Lords" without the article."""
    start, end = party.i, party.i + 1
    before = [one for one in party.subtree if one.i < party.i and _is_of_name(one, party)]
    for one in reversed(before):
        if one.i == start - 1:
            start = one.i
    for name in objects(party, ("of",)):
        if name.tag_[:3] == "NNP" and name.i - end <= _MAX_NAME:
            end = max(end, name.i + 1)
    return start, end


def _is_of_name(word: Token, party: Token) -> bool:
    is_job = party.tag_[:3] == "NNP" and word.is_lower  # "shipbuilder Harrandt Marine"
    return word.dep_ in ("compound", "amod", "nmod") and not is_job


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
            return spread(token)
        if token.tag_[:2] == "VB":
            break
    return []
