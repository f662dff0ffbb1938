"""Whether somebody named can be an actor of the article at all, or only stands in its text.

Mere places, who wrote the article, who signs it and whoever distributed it do nothing in it.
Knows nothing of importance.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc, Token

from briefer.actors import deeds
from briefer.actors.candidates import Candidate
from briefer.actors.scale import Scale
from briefer.mentions import appositions, kinds, lexicon
from briefer.schema import CleanArticle, Sentence
from briefer.text import forms

# Bodies by the word, but where things happen; they act when they say something.
_BUILDINGS = frozenset(("airport", "mosque", "palace", "plant", "station"))
# Bodies that bear the name of who leads them.
_NAMED_AFTER = frozenset(("administration", "campaign"))
# Whose plane it is may be the story.
_VEHICLES = frozenset(("aircraft", "airliner", "flight", "jet", "plane", "ship", "vessel"))
_INSIDE = frozenset(("amod", "compound", "nmod"))
_AT = forms("aboard around at behind beside in inside near opposite outside")
# "In front of the Hale Center".
_SIDES = forms("back corner east edge front north outside side south steps west")
_AREAS = kinds.DIVISIONS | forms("area campus neighborhood neighbourhood suburb")
# "Dressed as Hale", "the role of Hale", "portrays Hale", "the character Hale".
_AS_PLAYED = forms(
    "appear appeared appearing appears cast dressed going portrayed return returned returning "
    "returns star starred starring stars"
)
_PORTRAYING = forms("portray portrayed portraying portrays")
_PLAYING = forms("play played playing plays")
_PARTS_OF = forms("character part portrayal role")
_CHARACTERS = forms("character heroine protagonist superhero villain")
_ON_STAGE = forms("actor actress biopic character drama film movie musical role series show sitcom")
_NAMING = forms("called known referred")
_CREDITED = forms("AFP AP EPA Getty Handout Images Photo Pool Reuters")
_REPORTING = forms("report reported reporting reports")
_TOLD = forms("tell telling tells told")
_SOURCING = _TOLD | forms("according said")
# "Agency" and "record" are not only theirs.
_OUTLETS = lexicon.words("media_words") - {"agency", "record"}
_OUTLETS_ARE = forms("affiliate broadcaster magazine news newspaper tabloid")
_FACING = frozenset(("against", "between", "with"))
_RESTING = frozenset(("had", "has", "have", "lies", "remained", "remains", "sits", "stands"))
# "(CNN)" and "LONDON (Reuters)" open a report with who distributes it.
_AGENCY = re.compile(r"[^()\n]{0,60}\(([A-Z][\w.\s]{1,30})\)")
# A line without a verb that is no longer is a signature, a caption or a heading.
_MAX_LINE = 8
_WORD = re.compile(r"[^\W\d_][\w'’]*")
_TELLING = forms("are had has is said was were")
_SMALL = 3  # letters of the words that headings leave small
_CLOSING = "\"'”’)]»"
_MIN_HEADING = 4  # long words; fewer may be a name and a short verb


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
            heads = [self._scale.parse[place] for place in candidate.places]
            return not self._is_only_cited(candidate, heads)  # "the Hale news agency"
        if self._aside.issuperset(self._scale.sentences_of(candidate.places)):
            return False
        places = [_head(self._scale.parse[place]) for place in candidate.places]
        if all(map(_is_credit, places)) or self._is_character(candidate, places):
            return False
        if candidate.kind in ("place", "other"):
            return any(_does(place) for place in places)
        if candidate.kind == "state":
            is_topic = self._scale.rank(candidate) == 0 and not all(map(_is_scene, places))
            return is_topic or self._scale.said(candidate) > 0 or any(map(_is_party, places))
        return _is_met(candidate, places) and not self._is_only_cited(candidate, places)

    def _is_only_cited(self, candidate: Candidate, places: Sequence[Token]) -> bool:
        """Whether an outlet or a reporter is only who told the news, or who was told."""
        if lexicon.key(candidate.name) in self._scale.title or not all(map(_is_cited, places)):
            return False
        if candidate.kind == "person":
            return any(_is_of_outlet(place) for place in places)
        return _is_outlet(self._scale.parse, candidate)

    def _is_character(self, candidate: Candidate, places: Sequence[Token]) -> bool:
        """Whether somebody is only played or made up, and says nothing."""
        is_silent = candidate.kind == "person" and not self._scale.said(candidate)
        return is_silent and any(map(_is_played, places))


def _head(token: Token) -> Token:
    """The word that a number after it counts: "School" in "Hale School 12"."""
    return token.head if token.dep_ == "nummod" and token.head.i < token.i else token


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
    if place.dep_ == "pobj" and place.head.lower_ == "as":
        return place.head.head.lower_ in _NAMING  # "a plea referred to as NGI"
    if place.dep_ not in _INSIDE:
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
    if place.dep_ in _INSIDE:
        return False  # "Hale volcanologist Ruth Amari said"
    is_faced = place.dep_ == "pobj" and place.head.lower_ in _FACING
    return deeds.is_active(place) or is_faced


def _is_where(place: Token) -> bool:
    """Whether a body is only told as where something happens: "at the Hale Museum"."""
    if place.dep_ == "compound":
        return place.head.lower_ in _AREAS
    is_beside = place.head.lower_ == "of" and place.head.head.lower_ in _SIDES
    return place.dep_ == "pobj" and (place.head.lower_ in _AT or is_beside)


def _is_scene(place: Token) -> bool:
    """Whether a state is only where something is, or whose somebody is: "Hale's ministry"."""
    is_local = place.dep_ == "pobj" and place.head.lower_ in _AT
    return is_local or place.dep_ in (*_INSIDE, "poss")


def _is_played(place: Token) -> bool:
    """Whether a mention is that of a part: "dressed as Hale", "the character Hale"."""
    noun = appositions.outermost(place)
    if any(token.lower_ in _CHARACTERS for token in (noun, place.head)) and noun is not place:
        return True
    above = noun.head
    if noun.dep_ == "pobj":
        is_as = above.lower_ == "as" and above.head.lower_ in _AS_PLAYED
        return is_as or (above.lower_ == "of" and above.head.lower_ in _PARTS_OF)
    is_on_stage = any(token.lower_ in _ON_STAGE for token in place.sent)
    return noun.dep_ == "dobj" and (
        above.lower_ in _PORTRAYING or (above.lower_ in _PLAYING and is_on_stage)
    )


def _is_credit(place: Token) -> bool:
    """Whether a name signs a photograph: "Ruth Amari / AP", "AP Photo/Ruth Amari"."""
    around = place.doc[max(place.i - 4, 0) : place.i + 3]
    has_slash = any(token.text == "/" or "/" in token.text for token in around)
    return has_slash and any(part in _CREDITED for t in around for part in t.text.split("/"))


def _is_cited(place: Token) -> bool:
    """Whether a mention only tells a source: "Hale News reported", "told Hale News", "to it"."""
    noun = appositions.outermost(place)
    above = noun.head
    if noun.dep_ == "pobj":
        return above.lower_ == "to" and above.head.lower_ in _SOURCING
    if noun.dep_ == "poss":
        return above.ent_type_ == "PERSON"  # "Hale News' Ruth Amari"
    is_told = noun.dep_ in ("dative", "dobj") and above.lower_ in _TOLD
    return is_told or (noun.dep_ == "nsubj" and above.lower_ in _REPORTING)


def _is_outlet(parse: Doc, candidate: Candidate) -> bool:
    """Whether a body's name, or a word beside it, is a news outlet's: "affiliate KXYZ"."""
    if not _OUTLETS.isdisjoint(lexicon.key(candidate.name).split()):
        return True
    return any(
        not _OUTLETS_ARE.isdisjoint(token.lower_ for token in parse[max(start - 1, 0) : end + 2])
        for start, end in candidate.names
    )


def _is_of_outlet(place: Token) -> bool:
    """Whether a person is an outlet's: "Hale News' Ruth Amari", "Hale News reporter Ruth Amari"."""
    return any(
        child.lower_ in _OUTLETS and child.dep_ in ("poss", *_INSIDE) for child in place.children
    )


def _does(place: Token) -> bool:
    """Whether a place does more than to lie and to have."""
    return deeds.does(place) and place.head.lower_ not in _RESTING


def _is_speaking(token: Token) -> bool:
    """Whether a mention is the subject of a verb of saying or judging."""
    return token.dep_ == "nsubj" and token.head.lower_ in lexicon.cue_verbs()


def _agency(article: CleanArticle) -> Iterator[str]:
    """Who distributes an article, by its first words."""
    found = _AGENCY.match(article.text)
    if found is not None:
        yield lexicon.key(found[1])


def _aside(sentences: Sequence[Sentence], scale: Scale) -> Iterator[int]:
    """The sentences that only sign, caption or head the article, or link to another."""
    verbs = {scale.sentence[token.i] for token in scale.parse if token.pos_ in ("VERB", "AUX")}
    for line in _paragraphs(sentences):
        n_words = sum(len(one.text.split()) for one in line)
        if n_words <= _MAX_LINE and not any(one.index in verbs for one in line):
            yield from (one.index for one in line)
    yield from (one.index for one in sentences if _is_heading(one.text))


def _is_heading(text: str) -> bool:
    """Whether a sentence is set as headings are: all its longer words have capitals."""
    long = [word for word in _WORD.findall(text) if len(word) > _SMALL]
    is_told = not _TELLING.isdisjoint(text.split())  # "Ruth Amari is Professor of Hale Studies"
    if is_told or text.rstrip(_CLOSING).endswith((".", "!", "?")):
        return False
    return len(long) >= _MIN_HEADING and all(word[0].isupper() for word in long)


def _paragraphs(sentences: Iterable[Sentence]) -> Iterator[list[Sentence]]:
    line: list[Sentence] = []
    for one in sentences:
        if line and one.paragraph != line[0].paragraph:
            yield line
            line = []
        line.append(one)
    if line:
        yield line
