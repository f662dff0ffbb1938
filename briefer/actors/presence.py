"""Whether somebody named can be an actor of the article at all, or only stands in its text.

Mere places, who wrote the article, who signs it and whoever distributed it do nothing in it.
Knows nothing of importance.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Token

from briefer.actors import salience
from briefer.actors.candidates import Candidate
from briefer.actors.scale import Scale
from briefer.mentions import lexicon
from briefer.schema import CleanArticle, Sentence

# Bodies by the word, but where things happen; they act when they say something.
_BUILDINGS = frozenset(("airport", "mosque", "palace", "plant", "station"))
# Bodies that bear the name of who leads them.
_NAMED_AFTER = frozenset(("administration", "campaign"))
# Whose plane it is may be the story.
_VEHICLES = frozenset(("aircraft", "airliner", "flight", "jet", "plane", "ship", "vessel"))
_AT = frozenset(("at", "in", "inside", "near", "outside"))
_FACING = frozenset(("against", "between", "with"))
_RESTING = frozenset(("had", "has", "have", "lies", "remained", "remains", "sits", "stands"))
# "(CNN)" and "LONDON (Reuters)" open a report with who distributes it.
_AGENCY = re.compile(r"[^()\n]{0,60}\(([A-Z][\w.\s]{1,30})\)")
# A line without a verb that is no longer is a signature, a caption or a heading.
_MAX_LINE = 8


class Presence:
    """One article's lines and signatures."""

    def __init__(self, article: CleanArticle, scale: Scale) -> None:
        self._article = article
        self._scale = scale
        self._publishers = {scale.publisher, *_agency(article)}
        named_in = article.voice.named_in if article.voice else ()
        untold = article.asides.difference(named_in)
        self._aside = untold.union(_aside(article.sentences, scale))

    def acts(self, candidate: Candidate) -> bool:
        """Whether somebody can be an actor: more than a place, a signature, a word of a name."""
        if lexicon.key(candidate.name) in self._publishers:
            return False
        if not candidate.is_named:
            return True
        if self._aside.issuperset(self._scale.sentences_of(candidate.places)):
            return False
        places = [self._scale.parse[place] for place in candidate.places]
        if candidate.kind in ("place", "other"):
            return any(_does(place) for place in places)
        if candidate.kind == "state":
            is_topic = self._scale.rank(candidate) == 0 or self._scale.said(candidate) > 0
            return is_topic or any(map(_is_party, places))
        return _is_met(candidate, places)


def _is_met(candidate: Candidate, places: Sequence[Token]) -> bool:
    """Whether a person or body is met for itself, not only where something is, or in a title."""
    if all(_belongs(candidate, place) for place in places):
        return False
    last = lexicon.singular(candidate.name.split()[-1])
    if candidate.kind != "organisation":
        return True
    if last in _BUILDINGS:
        return any(_is_speaking(place) for place in places)
    return not all(_is_where(place) for place in places)


def _belongs(candidate: Candidate, place: Token) -> bool:
    """Whether a name only opens another: "Obama" an administration, "Senate" a candidate's title.

    A body's may stand for the body itself ("Hale Air officials").
    """
    noun = lexicon.singular(place.head.text)
    if place.dep_ not in ("amod", "compound", "nmod"):
        return False
    if noun in _NAMED_AFTER and candidate.kind not in ("state", "place"):
        return True
    if candidate.kind == "person":
        return noun in lexicon.words("organisation_nouns")
    is_office = noun == place.head.lower_ and noun in lexicon.words("person_nouns")
    is_one = is_office or place.head.ent_type_ in ("NORP", "PERSON")
    is_thing = noun in lexicon.words("thing_nouns") - _VEHICLES
    return candidate.kind == "organisation" and (is_one or is_thing)


def _is_party(place: Token) -> bool:
    """Whether a state does something, or something is done with or against it."""
    is_faced = place.dep_ == "pobj" and place.head.lower_ in _FACING
    return salience.is_active(place) or is_faced


def _is_where(place: Token) -> bool:
    """Whether a body is only told as where something happens: "at the Hale Museum"."""
    return place.dep_ == "pobj" and place.head.lower_ in _AT


def _does(place: Token) -> bool:
    """Whether a place does more than to lie and to have."""
    return salience.does(place) and place.head.lower_ not in _RESTING


def _is_speaking(token: Token) -> bool:
    """Whether a mention is the subject of a verb of saying or judging."""
    return token.dep_ == "nsubj" and token.head.lower_ in lexicon.cue_verbs()


def _agency(article: CleanArticle) -> Iterator[str]:
    """Who distributes an article, by its first words."""
    found = _AGENCY.match(article.text)
    if found is not None:
        yield lexicon.key(found[1])


def _aside(sentences: Sequence[Sentence], scale: Scale) -> Iterator[int]:
    """The sentences that only sign, caption or head the article."""
    verbs = {scale.sentence[token.i] for token in scale.parse if token.pos_ in ("VERB", "AUX")}
    for line in _paragraphs(sentences):
        n_words = sum(len(one.text.split()) for one in line)
        if n_words <= _MAX_LINE and not any(one.index in verbs for one in line):
            yield from (one.index for one in line)


def _paragraphs(sentences: Iterable[Sentence]) -> Iterator[list[Sentence]]:
    line: list[Sentence] = []
    for one in sentences:
        if line and one.paragraph != line[0].paragraph:
            yield line
            line = []
        line.append(one)
    if line:
        yield line
