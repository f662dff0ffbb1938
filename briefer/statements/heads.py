"""What the head of a source tells by itself: definite or not, a title, the author's own "I".

Knows nothing of who else is in the article.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from briefer.mentions import lexicon

_DEFINITE = frozenset(("the", "this", "that", "these", "those"))
_FIRST_PERSON = frozenset(("i", "we", "me", "us", "my", "our"))
_BESIDE = frozenset(("compound", "nmod", "amod", "poss"))


def is_title(token: Token) -> bool:
    """Whether a token is a title such as "Dr" or its full stop."""
    return token.text == "." or token.text.rstrip(".").casefold() in lexicon.words("titles")


def is_definite(head: Token) -> bool:
    """Whether a description points at somebody ("the official"), not at anybody ("officials")."""
    return any(child.dep_ == "det" and child.lower_ in _DEFINITE for child in head.children)


def has_name(head: Token) -> bool:
    """Whether a description holds a name that tells it from others ("the Tula Road hospital").

    "The government of President Low" is no other one either.
    """
    objects = [one for child in head.children if child.lower_ == "of" for one in child.children]
    beside = [child for child in head.children if child.dep_ in _BESIDE]
    return any(one.tag_ in ("NNP", "NNPS") for one in (*objects, *beside))


def kinds(head: Token) -> frozenset[str]:
    """The nouns that tell what kind a description is: the "rights" of "the rights group"."""
    beside = (one for one in head.children if one.dep_ in ("compound", "nmod") and one.i < head.i)
    return frozenset(one.lower_ for one in beside if one.tag_ in ("NN", "NNS"))


def is_first_person(parse: Doc, head: int | None) -> bool:
    """Whether a source is the speaker of the quotation it stands in, or the author."""
    return head is not None and parse[head].lower_ in _FIRST_PERSON


def own_pronoun(head: Token) -> Token | None:
    """The pronoun that opens a description and says whose it is: "its health department"."""
    found = next((c for c in head.children if c.dep_ == "poss" and c.tag_ == "PRP$"), None)
    if found is None or found.i != head.left_edge.i or is_first_person(head.doc, found.i):
        return None
    return found
