"""From a parsed article to its statements: the order of the steps.

Cues and quotations are found, doubtful cues dropped, and speakers resolved in reading order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass

from spacy.tokens import Doc

from briefer.mentions import Cast, places, quotes
from briefer.models import linear
from briefer.schema import AUTHOR, CleanArticle, Span, Statement
from briefer.statements import (
    contents,
    cues,
    dialogue,
    heads,
    referents,
    signals,
    signatures,
    targets,
)
from briefer.statements.contents import Layout, Said
from briefer.statements.ranking import MODELS
from briefer.statements.referents import Referent
from briefer.statements.scene import Question, Scene

# Kinds of names that sign nothing: "— Oslo" below a quotation is a dateline.
_UNSIGNING = frozenset(("place", "state", "group"))

Resolve = Callable[[Scene, Said], Referent | None]
"""Who says something; ``resolve`` in use, a teacher in training."""


@dataclass(frozen=True, slots=True)
class Attributed:
    """Something said with its speaker; ``nested_in`` is the number of the one it stands in."""

    said: Said
    speaker: Referent | None
    is_author: bool = False
    nested_in: int | None = None


def find(article: CleanArticle, parse: Doc, cast: Cast) -> tuple[Statement, ...]:
    """The statements of an article in the order of their cues or quotations.

    A sentence may belong to several statements (chains: "A said B had denied it"). Sentences of a
    quotation that goes on belong to the statement that opened it.
    """
    scene = Scene(parse, cast)
    layout, said = gather(article, parse, cast)
    likely = [one for one in said if is_likely(scene, one)]
    return tuple(_statement(layout, one) for one in attribute(scene, layout, likely, resolve))


def gather(
    article: CleanArticle, parse: Doc, cast: Cast | None = None
) -> tuple[Layout, list[Said]]:
    """All cues, quotations and turns of a dialogue, doubtful ones too, in order.

    Without a cast, the name of a place may be taken for one that signs a quotation.
    """
    places = frozenset[int]() if cast is None else _places(parse, cast)
    signed = signatures.find(article.text, article.sentences, places)
    marked = signatures.marked(quotes.find(article.text, article.sentences), signed)
    layout = Layout(parse, article, marked, signed)
    turns = contents.from_turns(layout, dialogue.find(article.sentences))
    talk = _talk(article)
    found = [*contents.from_signed(layout, signed), *contents.join(layout, cues.find(parse))]
    said = [one for one in found if not _is_talk(one, layout, talk)]
    return layout, sorted([*turns, *said], key=lambda one: one.place)


def _places(parse: Doc, cast: Cast) -> frozenset[int]:
    """The characters at which the words of names begin that sign nothing."""
    return frozenset(
        parse[token].idx
        for token, number in cast.by_token.items()
        if cast.members[number].kind in _UNSIGNING
    )


def _talk(article: CleanArticle) -> frozenset[int]:
    """The sentences in which an interview asks and answers; none elsewhere."""
    answers = article.voice.sentences if article.voice else frozenset[int]()
    return answers | article.asides if answers else answers


def _is_talk(said: Said, layout: Layout, talk: Set[int]) -> bool:
    """Whether quotation marks only set off what is said in an interview anyway."""
    return said.cue is None and bool(talk) and talk >= set(layout.sentences_of(said.content))


def is_likely(scene: Scene, said: Said) -> bool:
    """Whether a cue reports something said, by the trained filter; quotations always do."""
    if said.cue is None or said.cue.form == "dialogue":
        return True
    return can_be(scene.parse, said) and linear.load(MODELS)["cue"].holds(
        signals.of(scene.parse, scene.cast, said)
    )


def can_be(parse: Doc, said: Said) -> bool:
    """Whether a cue has what it takes: a content, and another speaker than its quotation's."""
    if said.cue is None or not said.content:
        return False
    if said.inside is not None and heads.is_first_person(parse, said.cue.head):
        return False
    return said.cue.kind != "quote" or bool(said.quotations)


def question(said: Said) -> Question:
    """What the scene is asked about something said."""
    if said.cue is None:
        return Question(said.place, None, None, said.quoted)
    source, head = said.cue.source or (said.place, said.place), said.cue.head
    return Question(said.place if head is None else head, head, source, said.quoted)


def resolve(scene: Scene, said: Said) -> Referent | None:
    """The likeliest speaker, or ``None``."""
    return scene.resolve(question(said))


def attribute(
    scene: Scene, layout: Layout, said: Iterable[Said], resolve: Resolve
) -> Iterator[Attributed]:
    """Give everything said its speaker, in reading order."""
    outer: dict[int | None, tuple[int, Attributed]] = {}
    before: Attributed | None = None
    for number, one in enumerate(said):
        around = outer.get(one.inside) if one.inside is not None else None
        found = _attribute(scene, layout, one, before, resolve)
        if around is not None:
            speaker = around[1].speaker if found.is_author else found.speaker
            found = Attributed(one, speaker, nested_in=around[0])
        if is_main(one):
            before = found
            if found.speaker is not None and one.signer is None:
                scene.speaks(found.speaker, one.place)
        outer.update(dict.fromkeys(one.quotations, (number, found)))
        yield found


def _attribute(
    scene: Scene, layout: Layout, one: Said, before: Attributed | None, resolve: Resolve
) -> Attributed:
    if one.signer is not None:
        return Attributed(one, _signer(scene, layout, one.signer))
    if one.cue is None and before is not None and contents.follows(layout, before.said, one):
        return Attributed(one, before.speaker, before.is_author)
    if one.cue is not None and heads.is_first_person(scene.parse, one.cue.head):
        return Attributed(one, None, is_author=True)
    return Attributed(one, resolve(scene, one))


def _signer(scene: Scene, layout: Layout, span: Span) -> Referent:
    """Who signs, by the full name where the article has it; somebody new if the cast has not."""
    name, place = span.of(layout.text), layout.token_at(span.end - 1)
    number = scene.cast.by_token.get(place)
    known = None if number is None else scene.referents[number]
    if known is not None and set(name.split()) <= set(known.speaker.split()):
        return known
    return scene.remember(referents.signer(name, place), place)


def is_main(said: Said) -> bool:
    """Whether something is said by the article itself, not within what somebody else says."""
    return said.inside is None and not said.is_embedded


def _statement(layout: Layout, one: Attributed) -> Statement:
    cue, speaker = one.said.cue, one.speaker
    words = None if cue is None else places.span(layout.parse, *cue.words)
    name = None if speaker is None else speaker.speaker
    source = places.span(layout.parse, *cue.source) if cue and cue.source else None
    return Statement(
        source=one.said.signer or source,
        cue=words,
        content=one.said.content,
        sentences=layout.sentences_of([*one.said.content, *([words] if words else [])]),
        speaker=AUTHOR if one.is_author and speaker is None else name,
        is_named=speaker is not None and speaker.is_named,
        nested_in=one.nested_in,
        target=None if cue is None else targets.of(layout.parse, cue.at, cue.lemma),
    )
