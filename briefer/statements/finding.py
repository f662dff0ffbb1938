"""From a parsed article to its statements: the order of the steps.

Cues and quotations are found, doubtful cues dropped, speakers resolved in reading order, and
sentences that go on with what was said added.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from briefer import mentions
from briefer.models import linear
from briefer.schema import CleanArticle, Statement
from briefer.statements import contents, cues, quotes, signals, weights
from briefer.statements.contents import Layout, Said
from briefer.statements.referents import AUTHOR, Referent
from briefer.statements.speakers import Question, Scene, is_first_person


def find(article: CleanArticle, parse: Doc) -> tuple[Statement, ...]:
    """The statements of an article in the order of their cues or quotations.

    A sentence may belong to several statements (chains: "A said B had denied it"). Sentences of a
    quotation that goes on belong to the statement that opened it.
    """
    scene = Scene(parse, mentions.assemble(parse))
    layout, said = gather(article, parse)
    likely = [one for one in said if is_likely(scene, one)]
    return tuple(_statements(scene, layout, likely))


def gather(article: CleanArticle, parse: Doc) -> tuple[Layout, list[Said]]:
    """All cues and loose quotations of an article, doubtful ones too."""
    layout = Layout(parse, article.sentences, quotes.find(article.text, article.sentences))
    return layout, contents.join(layout, cues.find(parse))


def is_likely(scene: Scene, said: Said) -> bool:
    """Whether a cue reports something said, by the trained filter; quotations always do."""
    if said.cue is None:
        return True
    if not said.content or (said.inside is not None and is_first_person(scene.parse, said.cue.head)):
        return False
    if said.cue.kind == "quote" and not said.quotations:
        return False
    return linear.load(weights.FILE)["cue"].holds(signals.of(scene.parse, scene.cast, said))


def question(said: Said) -> Question:
    """What the scene is asked about something said."""
    if said.cue is None:
        return Question(said.place, None, None)
    source = said.cue.source
    place = said.cue.head if said.cue.head is not None else said.place
    return Question(place, said.cue.head, source or (said.place, said.place))


def _statements(scene: Scene, layout: Layout, said: list[Said]) -> Iterator[Statement]:
    outer: dict[int, tuple[int, Referent | None]] = {}
    before: tuple[Said, Referent | None] | None = None
    for number, one in enumerate(said):
        nested_in, speaker = outer.get(-1 if one.inside is None else one.inside, (None, None))
        head = None if one.cue is None else one.cue.head
        if one.cue is None and before is not None and contents.follows(layout, before[0], one):
            speaker = before[1]
        elif not is_first_person(scene.parse, head):
            speaker = scene.resolve(question(one))
        elif one.inside is None:
            speaker = None
        if speaker is not None and one.inside is None and not one.is_embedded:
            scene.speaks(speaker, one.place)
        if one.inside is None and not one.is_embedded:
            before = (one, speaker)
        outer.update(dict.fromkeys(one.quotations, (number, speaker)))
        is_author = is_first_person(scene.parse, head) and one.inside is None
        yield Statement(
            source=None if one.cue is None or one.cue.source is None
            else contents.span(scene.parse, *one.cue.source),
            cue=None if one.cue is None else contents.span(scene.parse, *one.cue.words),
            content=one.content,
            sentences=_sentences(layout, one),
            speaker=AUTHOR if is_author else speaker.speaker if speaker else None,
            is_named=speaker is not None and speaker.is_named,
            nested_in=nested_in,
        )


def _sentences(layout: Layout, one: Said) -> tuple[int, ...]:
    spans = list(one.content)
    if one.cue is not None:
        spans.append(contents.span(layout.parse, *one.cue.words))
    return layout.sentences_of(spans)
