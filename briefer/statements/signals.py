"""What speaks for and against a cue: features for the trained filter.

Knows nothing of the weights.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.tokens import Doc, Token

from briefer.mentions import Cast, lexicon
from briefer.statements.contents import Said
from briefer.statements.cues import Cue

_MODALS = frozenset(
    ("will", "would", "can", "could", "may", "might", "should", "must", "'ll", "wo")
)
_CONDITIONS = frozenset(("if", "unless", "when", "while", "before", "after", "until"))


def of(parse: Doc, cast: Cast, said: Said) -> Mapping[str, float]:
    """The features of something said with a cue; every value is 0 to 1."""
    cue = said.cue
    if cue is None:
        return {}
    token = parse[cue.at]
    found = dict.fromkeys(_of_cue(cue, token), 1.0)
    found.update(dict.fromkeys(_of_source(parse, cast, cue), 1.0))
    found.update(dict.fromkeys(_of_content(parse, said, cue), 1.0))
    return found


def _of_cue(cue: Cue, token: Token) -> Iterator[str]:
    yield f"form={cue.form}"
    yield f"kind={cue.kind}"
    yield f"lemma={cue.lemma}"
    yield f"tag={token.tag_}"
    yield f"dep={token.dep_}"
    for child in token.children:
        if child.dep_ in ("aux", "auxpass", "neg", "mark"):
            yield from _of_auxiliary(child, cue)
    if cue.words[0] < cue.at and cue.form == "verb":
        yield f"carrier={token.doc[cue.words[0]].lower_}"


def _of_auxiliary(child: Token, cue: Cue) -> Iterator[str]:
    word = child.lower_
    if child.dep_ == "neg":
        yield "negated"
    elif word in _MODALS:
        yield "modal"
    elif word == "to":
        yield "infinitive"
    elif word in _CONDITIONS:
        yield "condition"
    elif child.dep_ == "auxpass":
        yield "passive"
        yield f"passive:{cue.kind}"


def _of_source(parse: Doc, cast: Cast, cue: Cue) -> Iterator[str]:
    kind = _source_kind(parse, cast, cue)
    yield f"source={kind}"
    yield f"{cue.kind}:source={kind}"


def _source_kind(parse: Doc, cast: Cast, cue: Cue) -> str:
    """What kind of thing speaks: a name's kind, a pronoun, a noun's class, or ``none``."""
    if cue.head is None:
        return "none"
    number = cast.by_token.get(cue.head)
    if number is not None:
        return cast.members[number].kind
    head = parse[cue.head]
    word = lexicon.singular(head.text)
    if head.lower_ in lexicon.pronouns():
        return f"pronoun:{head.lower_}"
    for name in ("person_nouns", "group_nouns", "organisation_nouns", "carriers"):
        if word in lexicon.words(name):
            return name
    return f"other:{head.pos_}"


def _of_content(parse: Doc, said: Said, cue: Cue) -> Iterator[str]:
    clause = "clause" if cue.has_clause else "no clause"
    quote = "quote" if said.quotations else "no quote"
    yield clause
    yield quote
    yield f"{cue.kind}:{clause}:{quote}"
    yield f"lemma={cue.lemma}:{clause}:{quote}"
    if said.inside is not None:
        yield "inside"
        yield f"inside:{cue.kind}"
    if said.is_embedded:
        yield "embedded"
        yield f"embedded:{cue.kind}:{clause}"
    if not said.content:
        yield "empty"
    if cue.content:
        yield f"opens={_opening(parse[cue.content[0][0]])}"


def _opening(token: Token) -> str:
    return token.lower_ if token.lower_ in ("that", "to", "if", "of", "for", "on") else token.pos_
