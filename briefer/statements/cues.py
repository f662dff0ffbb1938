"""The cues of an article ("said", "according to", "the claim that") with source and content.

Reads dependencies; works on tokens. Knows nothing of who a source is, nor of quotation marks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Token

from briefer.mentions import lexicon
from briefer.statements import phrases, sources
from briefer.statements.phrases import TokenRange

CueForm = Literal["verb", "adjective", "noun", "according", "words", "dialogue"]

_CLAUSE = "ccomp"
_OBJECTS = frozenset(("dobj", "obj", "prep", "oprd", "attr", "acomp", "dative", "xcomp", "prt"))
_BE = frozenset(
    ("is", "was", "are", "were", "be", "been", "'s", "'re", "’s", "feels", "felt", "remains")
)
_MAX_CUE_WORDS = 7


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue: its words, its source's head and words, its content in one or more pieces.

    ``at`` is the verb, adjective or noun itself; ``kind`` its class in ``cue_verbs.txt``.
    """

    at: int
    form: CueForm
    kind: lexicon.CueClass
    lemma: str
    words: TokenRange
    head: int | None
    source: TokenRange | None
    content: tuple[TokenRange, ...]
    has_clause: bool = False


def find(parse: Doc) -> list[Cue]:
    """The cues of a text in order, doubtful ones too (``signals`` tells how likely they are)."""
    found = [cue for token in parse for cue in _at(token)]
    return _without_frames(found)


def _at(token: Token) -> Iterator[Cue]:
    word = token.lower_
    if word == "according":
        yield from _according(token)
    elif word in ("words", "view", "opinion", "eyes"):
        yield from _in_words_of(token)
        yield from _noun(token)
    elif token.tag_.startswith("VB"):
        if word in lexicon.cue_verbs() or _follows_quote(token):
            yield _verb(token)
    elif token.tag_ in ("JJ", "JJR") and word in lexicon.words("cue_adjectives"):
        yield from _adjective(token)
    elif token.tag_ in ("NN", "NNS"):
        yield from _noun(token)


def _without_frames(cues: list[Cue]) -> list[Cue]:
    """Leave out a verb that only carries another cue ("was quoted as saying", "tried to argue")."""
    carried = {word for cue in cues for word in range(*cue.words) if word != cue.at}
    return [cue for cue in cues if cue.at not in carried]


def _verb(verb: Token) -> Cue:
    lemma, kind = lexicon.cue_verbs().get(verb.lower_, ("other", "quote"))
    head = sources.of_verb(verb)
    clauses = [child for child in verb.children if child.dep_ == _CLAUSE and child != head]
    clauses = [clause for clause in clauses if clause.i > verb.i or not _is_relative(clause)]
    if clauses:
        content = phrases.pieces([phrases.subtree(clause) for clause in clauses], verb)
    elif _is_parenthetical(verb):
        content = _around(verb)
    else:
        content = _objects(verb, head) or _rest(verb, head)
    return Cue(
        at=verb.i,
        form="verb",
        kind=kind,
        lemma=lemma,
        words=_verb_group(verb),
        head=None if head is None else head.i,
        source=None if head is None else phrases.noun_phrase(head),
        content=content,
        has_clause=bool(clauses) or _is_parenthetical(verb),
    )


def _follows_quote(verb: Token) -> bool:
    """Whether a verb of any kind, with its subject, comes right after a quotation."""
    if verb.tag_ not in ("VBD", "VBZ", "VBP") or not sources.has_subject(verb):
        return False
    subject = (
        min(child.left_edge.i for child in verb.children if child.dep_ == "nsubj")
        if any(child.dep_ == "nsubj" for child in verb.children)
        else verb.i
    )
    start = min(subject, verb.i)
    return sources.ends_quotation(verb.doc, start) and bool(verb.doc[start - 1].whitespace_)


def _is_relative(clause: Token) -> bool:
    return any(child.lower_ in ("who", "which") for child in clause.children)


def _objects(verb: Token, head: Token | None) -> tuple[TokenRange, ...]:
    """What is praised, rejected, asked for …: everything after the verb that hangs on it."""
    ranges = [
        phrases.subtree(child)
        for child in verb.children
        if child.dep_ in _OBJECTS and child != head and child.i > verb.i
    ]
    return phrases.pieces(ranges, verb)


def _rest(verb: Token, head: Token | None) -> tuple[TokenRange, ...]:
    """The rest of the sentence, where nothing hangs on the verb ("What she says is that …")."""
    sentence = verb.sent
    subject = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    if subject is not None and subject != head:
        return phrases.trimmed(verb.doc, [phrases.subtree(subject)])
    end = verb.i if head is None else phrases.noun_phrase(head)[1]
    last = max(end, verb.i + 1)
    return phrases.trimmed(verb.doc, ((last, sentence.end),))


def _verb_group(verb: Token) -> TokenRange:
    """The verb with what carries it: auxiliaries, negation, "went on to", "tried to"."""
    top = verb
    while top.dep_ in ("xcomp", "pcomp") and verb.i - top.head.i < _MAX_CUE_WORDS:
        above = top.head.head if top.head.dep_ == "prep" else top.head
        if above.pos_ not in ("VERB", "AUX", "ADJ") or above.i > top.i:
            break
        if any(child.dep_ in ("dobj", "nsubj") and child.i > above.i for child in above.children):
            break
        top = above
    start = top.i
    while start > 0 and _carries(verb.doc[start - 1], top):
        start -= 1
    end = verb.i + 1
    if end < len(verb.doc) and verb.doc[end].dep_ == "prt" and verb.doc[end].head == verb:
        end += 1
    return start, end


def _carries(token: Token, verb: Token) -> bool:
    if token.head != verb and token.head.head != verb:
        return False
    is_name = token.text[:1].isupper() and not token.is_sent_start
    return (token.dep_ in ("aux", "auxpass", "neg") and not is_name) or (
        token.dep_ == "advmod" and token.head == verb and token.tag_ == "RB"
    )


def _is_parenthetical(verb: Token) -> bool:
    """Such as "the plan, he said, would fail": the cue hangs on the content's verb."""
    if verb.dep_ == "parataxis":
        return True
    left = verb.left_edge.i
    is_set_off = left > verb.sent.start and verb.doc[left - 1].text in phrases.SET_OFF
    return verb.dep_ in ("ccomp", "dep", "advcl") and is_set_off and sources.has_subject(verb)


def _around(verb: Token) -> tuple[TokenRange, ...]:
    """The clause that a parenthetical cue interrupts, without the cue's own words."""
    start, end = phrases.subtree(verb.head)
    inner_start, inner_end = phrases.subtree(verb)
    pieces = ((start, min(inner_start, end)), (max(inner_end, start), end))
    return phrases.trimmed(verb.doc, pieces)


def _adjective(adjective: Token) -> Iterator[Cue]:
    """Such as "he is convinced that …", "critical of …"."""
    verb = adjective.head
    if adjective.dep_ != "acomp" or verb.lower_ not in _BE:
        return
    head = sources.of_verb(verb)
    if head is None:
        return
    children = [
        child
        for child in adjective.children
        if child.dep_ in ("ccomp", "xcomp", "prep") and child.i > adjective.i
    ]
    yield Cue(
        at=adjective.i,
        form="adjective",
        kind="mind",
        lemma=adjective.lower_,
        words=(verb.i, adjective.i + 1),
        head=head.i,
        source=phrases.noun_phrase(head),
        content=phrases.pieces([phrases.subtree(child) for child in children], adjective),
        has_clause=any(child.dep_ == _CLAUSE for child in children),
    )


def _according(token: Token) -> Iterator[Cue]:
    to = next((child for child in token.children if child.lower_ == "to"), None)
    if to is None and token.i + 1 < len(token.doc) and token.nbor().lower_ == "to":
        to = token.nbor()
    source = None if to is None else phrases.object_of(to)
    if to is not None and source is not None:
        yield _adverbial("according", token, (token.i, to.i + 1), source)


def _in_words_of(noun: Token) -> Iterator[Cue]:
    """Such as "in the words of X", "in X's view"."""
    if noun.dep_ != "pobj" or noun.head.lower_ not in ("in", "to"):
        return
    source = sources.owner(noun)
    if source is not None:
        yield _adverbial("words", noun.head, (noun.head.i, noun.i + 1), source)


def _adverbial(form: CueForm, top: Token, words: TokenRange, source: Token) -> Cue:
    """A cue beside its content: the content is the clause around it."""
    sentence = top.sent
    own_start, own_end = phrases.subtree(top)
    clause_start, clause_end = phrases.subtree(top.head)
    start, end = max(clause_start, sentence.start), min(clause_end, sentence.end)
    content = phrases.trimmed(top.doc, ((start, own_start), (own_end, end)))
    if not content:
        pieces = ((sentence.start, own_start), (own_end, sentence.end))
        content = phrases.trimmed(top.doc, pieces)
    return Cue(
        at=words[0],
        form=form,
        kind="speech",
        lemma=form,
        words=words,
        head=source.i,
        source=phrases.noun_phrase(source),
        content=content,
        has_clause=True,
    )


def _noun(noun: Token) -> Iterator[Cue]:
    """Such as "the claim that …", "a warning from X that …"."""
    word = lexicon.singular(noun.text)
    if word not in lexicon.words("cue_nouns") and noun.lower_ not in lexicon.words("cue_nouns"):
        return
    clauses = [child for child in noun.children if _is_that_clause(child)]
    if not clauses:
        return
    head = sources.of_noun(noun)
    yield Cue(
        at=noun.i,
        form="noun",
        kind="speech",
        lemma=word,
        words=(noun.i, noun.i + 1),
        head=None if head is None else head.i,
        source=None if head is None else phrases.noun_phrase(head),
        content=tuple(phrases.subtree(clause) for clause in clauses),
        has_clause=True,
    )


def _is_that_clause(clause: Token) -> bool:
    return clause.dep_ in ("acl", "ccomp") and any(
        child.dep_ == "mark" and child.lower_ == "that" for child in clause.children
    )
