"""What a statement is aimed at: "denounced [the letter]", "said [the pact] was a sham".

By syntax alone, and only where it is told beside the cue; whether the statement opposes anything
is for others to say. Knows nothing of who speaks.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from briefer.mentions import lexicon
from briefer.schema import Span
from briefer.statements import extents
from briefer.text import forms

# Lemmas of cue verbs whose object is what the speaker is against.
_AT_OBJECT = forms(
    "accuse admonish assail attack bemoan berate blame blast brand castigate challenge chide "
    "condemn counter criticise criticize decry denounce deny deplore deride disavow discredit "
    "dismiss dispute doubt lambast lambaste lament mock oppose protest question rebuke refute "
    "reject repudiate ridicule scold scorn slam"
)
# Those whose object is given a name: "called the plan a sham", "described the vote as rigged".
_NAMING = forms("brand call denounce dismiss label")
# Of what is called "a victory" or "a victim", or said to be "needed", nobody is against it.
_PRAISE = forms(
    "appropriate best better constitutional evidence excellent fair good great help helped helps "
    "hero heroes heroic historic honest important improvement innocent justified lawful legal "
    "legitimate milestone necessary need needed needs opportunity overdue patriot patriots "
    "positive progress protect protects reasonable responsible right safe step strong success "
    "successful triumph victim victims victory vindication vital welcome welcomed win wise work "
    "works"
)
# What is said to be so is believed: "the allegations were serious".
_GRANTED = forms("accurate credible plausible serious true valid")
# By these something is said against a matter; "insisted", "added", "noted" as often defend it.
_SAYING = forms("allege argue claim complain contend say suggest warn")
# What somebody wants stopped he is against: "asked the court to suspend the treaty".
_ASKING = forms("ask beg call demand petition press seek urge want")
_ENDING = forms(
    "abandon annul annulled block blocked cancel canceled cancelled end ended halt halted overturn "
    "overturned quash quashed reject repeal repealed reverse reversed scrap scrapped shelve "
    "shelved stop stopped suspend suspended withdraw withdrawn struck"
)
# Words with the prepositions that lead to what somebody is against.
_TOWARDS: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        forms(
            "complain complained complains complaint complaints concern concerns concerned worried "
            "worries worry doubts doubt reservations outrage anger angry outraged alarm alarmed "
            "dismay dismayed furious frustration skeptical sceptical scepticism skepticism unhappy "
            "disappointment disappointed"
        ),
        forms("about over at by with"),
    ),
    **dict.fromkeys(forms("lashed scoffed railed lash scoff swipe dig"), forms("at against")),
    **dict.fromkeys(
        forms("object objects objected objection objections opposed opposition resistance"),
        forms("to"),
    ),
    **dict.fromkeys(
        forms("protest protested protesting protests demonstration demonstrations"),
        forms("against at over"),
    ),
    **dict.fromkeys(forms("criticism critical condemnation wary denial rejection"), forms("of")),
    **dict.fromkeys(forms("disagree disagrees disagreed disagreement dissatisfied"), forms("with")),
    **dict.fromkeys(
        forms(
            "vote voted voting votes warn warned warns "
            "warning appeal appealed campaign campaigned campaigning rally rallied demonstrated "
            "demonstrating march marched marching fight fighting fought argued argue spoke "
            "speaking lawsuit suit petition boycott"
        ),
        forms("against"),
    ),
}
# Who voices one of these nouns has it himself; who cites or rejects it has not.
_VOICING = forms(
    "cast express expressed expressing file filed filing had has have held issue issued issuing "
    "join joined launched lead led lodged made make makes making mounted raise raised raises "
    "raising renewed repeated share shared shares staged voice voiced voices voicing"
)
_OWN = forms("i we he she they it my our his her their its")
# What people are for or against: as the subject of what was said it is what the words are about.
_MATTERS = forms(
    "accord agreement allegation alliance amendment annexation appointment argument arrangement "
    "arrest article attack ban bill blockade bombing budget campaign cap ceiling claim clause "
    "closure compromise contract crackdown criticism cut deal decision decree demand detention "
    "election embargo exercise fee fine hike increase intervention invasion judgement judgment "
    "law lawsuit legislation letter levy measure merger move notice occupation offensive offer "
    "operation order pact plan policy program programme project proposal protocol quota raid "
    "referendum reform refusal remark report resolution restriction rule ruling sanction scheme "
    "settlement shooting shutdown speech standard statement story strike suspension system "
    "takeover target tariff tax term test threat treaty truce verdict vote war warrant withdrawal"
)
_SUBJECTS = forms("nsubj nsubjpass")
_DEFINITE = forms("the this these that those")
_COMPLEMENTS = forms("oprd ccomp xcomp attr acomp acl conj dep")


def of(parse: Doc, at: int, lemma: str) -> Span | None:
    """The target of the cue at a token, in characters; ``None`` where the syntax tells none."""
    cue = parse[at]
    for head in (*_heads(cue, lemma), *_beside(cue)):
        span = extents.of(head)
        if span is not None:
            return span
    return None


def _beside(cue: Token) -> Iterator[Token]:
    """The target of the verb that the cue goes with: "attacked [the plan], saying it …"."""
    if cue.dep_ in ("advcl", "xcomp") and not _is_denied(cue.head):
        if lexicon.cue_verbs().get(cue.head.lower_, ("", ""))[0] in _AT_OBJECT:
            yield from _objects(cue.head)
        yield from _towards(cue.head)


def _heads(cue: Token, lemma: str) -> Iterator[Token]:
    if _is_denied(cue):
        return
    if lemma in _NAMING:
        yield from _named(cue)
    if lemma in _AT_OBJECT:
        yield from _objects(cue)
    yield from _towards(cue)
    yield from (noun for child in cue.children for noun in _below(child))
    if lemma in _ASKING:
        yield from _ended(cue)
    if lemma in _SAYING:
        yield from _subjects_of_content(cue)
    yield from _within(cue)


def _named(cue: Token) -> Iterator[Token]:
    """What is called something bad: the object of the verb, or the subject of its complement."""
    if cue.lower_.startswith("call") and not _is_called_ill(cue):
        return
    for child in cue.children:
        if child.dep_ in ("ccomp", "oprd", "xcomp"):
            yield from (one for one in child.children if one.dep_ == "nsubj" and one.i > cue.i)
        elif child.dep_ == "dobj":
            yield child


def _is_called_ill(cue: Token) -> bool:
    """Whether something is called something, and nothing good: not "called the hearing because"."""
    below = [one for child in cue.rights for one in (child, *child.rights)]
    is_called = any(one.dep_ in _COMPLEMENTS or one.text in extents.QUOTE_MARKS for one in below)
    return is_called and not any(one.lower_ in _PRAISE for one in cue.subtree)


def _objects(verb: Token) -> Iterator[Token]:
    """What is done to: the object, the subject of a passive, and who is blamed "on"."""
    if verb.lower_.startswith("blam"):
        blamed = (verb, *(child for child in verb.children if child.dep_ == "dobj"))
        yield from (noun for word in blamed for noun in _objects_of(word, forms("on")))
    is_passive = any(child.dep_ == "auxpass" for child in verb.children)
    wanted = "nsubjpass" if is_passive else "dobj"
    yield from (child for child in verb.children if child.dep_ == wanted)


def _ended(cue: Token) -> Iterator[Token]:
    """The matters that what was said wants stopped."""
    for clause in cue.children:
        if clause.dep_ not in ("ccomp", "xcomp"):
            continue
        for verb in (clause, *(one for one in clause.children if one.dep_ in ("xcomp", "ccomp"))):
            if verb.lower_ in _ENDING and not _is_denied(verb):
                yield from (noun for noun in _objects(verb) if _is_matter(noun))


def _below(child: Token) -> Iterator[Token]:
    """The targets of the words that hang on a cue: "voiced [anger] at …", "is [opposed] to …"."""
    is_voiced = child.dep_ != "dobj" or child.head.lower_ in _VOICING
    if child.dep_ in ("dobj", "acomp", "attr", "pobj") and is_voiced:
        yield from _towards(child)
    elif child.dep_ in ("xcomp", "prep"):
        yield from (noun for one in child.children for noun in _below(one))
        yield from _towards(child)


def _towards(word: Token) -> Iterator[Token]:
    """The objects of the prepositions by which a word leads to its target."""
    yield from _objects_of(word, _TOWARDS.get(word.lower_, frozenset()))


def _objects_of(word: Token, prepositions: frozenset[str]) -> Iterator[Token]:
    for child in word.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in prepositions:
            yield from (one for one in child.children if one.dep_ == "pobj")


def _subjects_of_content(cue: Token) -> Iterator[Token]:
    """The subject of what was said, if people take sides on it and nothing is said for it."""
    for clause in cue.children:
        is_for = any(one.lower_ in _PRAISE for one in clause.subtree) or any(
            one.dep_ == "acomp" and one.lower_ in _GRANTED for one in clause.children
        )
        if clause.dep_ != "ccomp" or is_for or _is_denied(clause):
            continue
        yield from (one for one in clause.children if one.dep_ in _SUBJECTS and _is_matter(one))


def _within(cue: Token) -> Iterator[Token]:
    """The targets of what the speaker does himself, as he says: "said [she] opposed the plan"."""
    for verb in _own_verbs(cue):
        lemma = lexicon.cue_verbs().get(verb.lower_, ("", ""))[0]
        if lemma in _AT_OBJECT and lemma != "question":
            yield from (child for child in verb.children if child.dep_ == "dobj")
        if lemma in _ASKING:
            yield from _ended(verb)
        yield from _towards(verb)
        yield from (noun for child in verb.children for noun in _below(child))


def _own_verbs(cue: Token) -> Iterator[Token]:
    """What the speaker, or somebody of his, does in what is said or beside it."""
    for child in cue.children:
        if child.dep_ in ("xcomp", "advcl", "acl", "conj"):
            if not _is_denied(child) and not any(one.dep_ in _SUBJECTS for one in child.children):
                yield child
        elif child.dep_ == "ccomp":
            verbs = (child, *child.conjuncts)
            yield from (verb for verb in verbs if _is_of_speaker(verb) and not _is_denied(verb))


def _is_of_speaker(verb: Token) -> bool:
    """Whether the speaker, or somebody of his, does what a clause says: "we", "her party"."""
    return any(
        child.dep_ in _SUBJECTS and any(one.lower_ in _OWN for one in (child, *child.children))
        for child in verb.children
    )


def _is_denied(word: Token) -> bool:
    return any(child.dep_ == "neg" for child in word.children)


def _is_matter(noun: Token) -> bool:
    return lexicon.singular(noun.text) in _MATTERS and _is_definite(noun)


def _is_definite(noun: Token) -> bool:
    """Whether a noun points at a certain matter: "the deal", "Lee's plan", not "our plan"."""
    return any(
        child.lower_ in _DEFINITE
        or (child.dep_ == "poss" and child.tag_ != "PRP$")
        or (child.dep_ in ("compound", "nmod") and child.tag_ == "NNP")
        for child in noun.children
    )
