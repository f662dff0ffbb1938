"""Contents in characters: the syntax's pieces and the quotation marks brought together.

Every quotation belongs to one cue at most; those that none claims are left over as ``loose``.
Knows nothing of who speaks.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from briefer.mentions import places
from briefer.mentions.quotes import Quotation, covering, is_told
from briefer.schema import CleanArticle, Sentence, Span
from briefer.statements.cues import Cue
from briefer.statements.dialogue import Turn
from briefer.statements.signatures import Signed


@dataclass(frozen=True, slots=True)
class Said:
    """Something said: with a cue, or a loose quotation (``cue`` is ``None``).

    ``inside`` is the number of the quotation in which the cue itself stands, ``quotations`` those
    that belong to the content, ``quoted`` where they stand; ``is_embedded`` says that the cue
    stands in another one's content. ``place`` is a token for ordering; ``signer`` the name that
    signs it.
    """

    place: int
    cue: Cue | None
    content: tuple[Span, ...]
    inside: int | None = None
    quotations: tuple[int, ...] = ()
    is_embedded: bool = False
    signer: Span | None = None
    quoted: tuple[Span, ...] = ()


class Layout:
    """An article's sentences, tokens and quotations, and where each lies in the others."""

    def __init__(
        self,
        parse: Doc,
        article: CleanArticle,
        quotations: Sequence[Quotation],
        signed: Sequence[Signed] = (),
    ) -> None:
        self.text = parse.text
        self.parse = parse
        self.sentences = article.sentences
        self.sentence_at = article.sentence_at
        self.quotations = quotations
        self._signed = {piece for one in signed for piece in one.content}
        self._tokens = [token.idx for token in parse]

    def sentences_of(self, spans: Sequence[Span]) -> tuple[int, ...]:
        """The indexes of all sentences that the spans touch."""
        touched: set[int] = set()
        for one in spans:
            touched.update(range(self.sentence_at(one.start), self.sentence_at(one.end - 1) + 1))
        return tuple(sorted(touched))

    def token_at(self, offset: int) -> int:
        """The index of the token at a character."""
        return max(bisect_right(self._tokens, offset) - 1, 0)

    def is_signed(self, quotation: int) -> bool:
        """Whether somebody has signed a quotation, so that no cue can claim it."""
        return self.quotations[quotation].span in self._signed

    def quotations_in(self, sentence: int) -> range:
        """The numbers of the quotations that touch a sentence."""
        one = self.sentences[sentence]
        first = bisect_right(self.quotations, one.start, key=lambda quote: quote.span.end)
        last = bisect_left(self.quotations, one.end, key=lambda quote: quote.span.start)
        return range(first, max(last, first))


def join(layout: Layout, cues: Sequence[Cue]) -> list[Said]:
    """Give every cue its content, and add the loose quotations, in reading order."""
    embedded = _embedded(cues)
    said = [_from_cue(layout, cue, is_embedded=cue.at in embedded) for cue in cues]
    owners = _owners(layout, said)
    owned: dict[int, list[int]] = {}
    for quotation, owner in sorted(owners.items()):
        owned.setdefault(owner, []).append(quotation)
    complete = [_complete(layout, one, owned.get(number, [])) for number, one in enumerate(said)]
    loose = [
        _from_quotation(layout, number)
        for number in range(len(layout.quotations))
        if number not in owners and not layout.is_signed(number)
        if _is_speech(layout, number) or _is_whole(layout, number)
    ]
    return sorted([*complete, *loose], key=lambda one: one.place)


def _embedded(cues: Sequence[Cue]) -> set[int]:
    """The cues that stand in the content of another."""
    pieces = sorted(piece for cue in cues if cue.kind != "quote" for piece in cue.content)
    found: set[int] = set()
    reached, number = -1, 0
    for at in sorted(cue.at for cue in cues):
        while number < len(pieces) and pieces[number][0] <= at:
            reached = max(reached, pieces[number][1])
            number += 1
        if reached > at:
            found.add(at)
    return found


def _from_cue(layout: Layout, cue: Cue, *, is_embedded: bool) -> Said:
    inside = covering(layout.quotations, layout.parse[cue.at].idx)
    content = tuple(places.span(layout.parse, *piece) for piece in cue.content)
    return Said(cue.at, cue, content, inside, is_embedded=is_embedded)


def _owners(layout: Layout, said: Sequence[Said]) -> dict[int, int]:
    """For every quotation the number of the cue it belongs to."""
    by_sentence: dict[int, list[int]] = {}
    for number, one in enumerate(said):
        if one.inside is None:
            sentence = layout.sentence_at(layout.parse[one.place].idx)
            by_sentence.setdefault(sentence, []).append(number)
    owners: dict[int, int] = {}
    for sentence in range(len(layout.sentences)):
        for quotation in layout.quotations_in(sentence):
            if layout.is_signed(quotation):
                continue
            nearby = by_sentence.get(sentence) or _before_colon(layout, sentence, by_sentence)
            owner = _owner(layout, said, quotation, nearby)
            if owner is not None:
                owners.setdefault(quotation, owner)
    return owners


def _owner(
    layout: Layout, said: Sequence[Said], quotation: int, nearby: Sequence[int]
) -> int | None:
    """The cue whose content touches the quotation, else the nearest cue of saying."""
    quote = layout.quotations[quotation].span
    touching = [
        number
        for number in nearby
        if any(
            piece.start < quote.end and quote.start < piece.end for piece in said[number].content
        )
    ]
    speaking = [number for number in nearby if _can_quote(said[number])]
    for candidates in (touching, speaking):
        if candidates:
            return min(candidates, key=lambda number: _gap(layout, said[number], quote))
    return None


def _can_quote(one: Said) -> bool:
    return one.cue is not None and one.cue.kind in ("speech", "stance", "quote")


def _gap(layout: Layout, one: Said, quote: Span) -> int:
    """Characters between a cue and a quotation."""
    at = layout.parse[one.place].idx
    return max(quote.start - at, at - quote.end, 0)


def _before_colon(
    layout: Layout, sentence: int, by_sentence: dict[int, list[int]]
) -> Sequence[int]:
    """The cues of the sentence before, where it ends in a colon."""
    if sentence == 0 or not layout.sentences[sentence - 1].text.rstrip().endswith(":"):
        return ()
    return by_sentence.get(sentence - 1, ())


def _complete(layout: Layout, one: Said, quotations: Sequence[int]) -> Said:
    """A cue's content with its quotations whole."""
    quoted = tuple(layout.quotations[quote].span for quote in quotations)
    content = joined([*one.content, *quoted])
    return replace(one, content=content, quotations=tuple(quotations), quoted=quoted)


def joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans in order, joined where they touch or only a blank stands between them."""
    found: list[Span] = []
    for one in sorted(spans):
        if found and one.start <= found[-1].end + 1:
            found[-1] = Span(found[-1].start, max(found[-1].end, one.end))
        else:
            found.append(one)
    return tuple(found)


def follows(layout: Layout, before: Said, quotation: Said) -> bool:
    """Whether a loose quotation goes on with what was quoted just before, in the same paragraph."""
    if not before.quotations or before.inside is not None:
        return False
    last = layout.sentences[layout.sentences_of(before.content)[-1]]
    at = layout.sentence_at(layout.parse[before.place].idx)
    last = max(last, layout.sentences[at], key=lambda sentence: sentence.index)
    first = layout.sentences[layout.sentence_at(quotation.content[0].start)]
    return first.paragraph == last.paragraph and first.index <= last.index + 1


def _is_speech(layout: Layout, number: int) -> bool:
    quotation = layout.quotations[number]
    return quotation.continues or is_told(quotation.span.of(layout.text).split())


def _is_whole(layout: Layout, number: int) -> bool:
    """Whether a short quotation is a sentence of its own right after another quotation."""
    quote = layout.quotations[number].span
    sentence = layout.sentences[layout.sentence_at(quote.start)]
    is_alone = sentence.start == quote.start and sentence.end <= quote.end
    before = number > 0 and layout.quotations[number - 1].span.end
    return bool(before) and is_alone and _is_near(layout, sentence, before)


def _is_near(layout: Layout, sentence: Sentence, offset: int) -> bool:
    previous = layout.sentences[layout.sentence_at(offset - 1)]
    return previous.paragraph == sentence.paragraph and sentence.index - previous.index <= 1


def from_turns(layout: Layout, turns: Sequence[Turn]) -> list[Said]:
    """The turns of a dialogue as something said; the colon is the cue."""
    found = []
    for turn in turns:
        start, end = layout.token_at(turn.name.start), layout.token_at(turn.name.end - 1) + 1
        cue = Cue(
            at=end,
            form="dialogue",
            kind="speech",
            lemma="dialogue",
            words=(end, end + 1),
            head=end - 1,
            source=(start, end),
            content=(),
        )
        found.append(Said(end, cue, (turn.content,)))
    return found


def from_signed(layout: Layout, signed: Sequence[Signed]) -> list[Said]:
    """What is signed below as something said, without a cue."""
    found = []
    for one in signed:
        numbers = (covering(layout.quotations, piece.start) for piece in one.content)
        quotations = tuple(number for number in numbers if number is not None)
        place = layout.token_at(one.content[0].start)
        found.append(Said(place, None, one.content, None, quotations, signer=one.name))
    return found


def _from_quotation(layout: Layout, number: int) -> Said:
    quote = layout.quotations[number].span
    return Said(layout.token_at(quote.start), None, (quote,), None, (number,), quoted=(quote,))
