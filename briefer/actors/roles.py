"""The role of an actor in the article's own words: an apposition, a title, an office.

A wrong role costs more than none: where the words are not plain and readable by themselves, there
is none. Knows nothing of what a reader would like to hear.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from briefer.actors.candidates import Candidate
from briefer.mentions import Description, lexicon, places
from briefer.mentions.descriptions import is_honorific
from briefer.mentions.quotes import Quotation, covering
from briefer.schema import Span
from briefer.text import forms

# brief.schema.json and the gold of train-briefs keep roles to a dozen words.
_MAX_WORDS = 12
_POSSESSIVE = frozenset(("its", "his", "her", "their", "my", "our", "your", "whose"))
_DEMONSTRATIVE = frozenset(("this", "that", "these", "those", "another", "one", "no", "any"))
_EDGES = frozenset(("``", "''", ",", ":", "-LRB-", "-RRB-", "HYPH", ".", "_SP", "POS"))
# "A harsh critic of": what follows is the name itself.
_OPEN_TAGS = frozenset(("CC", "DT", "IN", "TO"))
_DASHES = frozenset(("-", "--", "–", "—", ";", ":", "(", "[", "/"))
_MARKS = frozenset(('"', "“", "”", "…", "'", "‘", "’", "*", "=", "|"))
# "The Right Reverend", "the Most Reverend".
_HONOURED = frozenset(("right", "most", "very"))
# Nouns that say only that somebody is a person, whatever stands with them.
_ANYBODY = forms("boy girl guy man person teen teenager woman")
# Who says so has an opinion; a role is what somebody is to all.
_JUDGING = forms(
    "beloved brilliant controversial corrupt crooked dangerous disgraced embattled evil fierce "
    "greatest hands-down heroic infamous legendary notorious self-styled so-called undisputed "
    "unfaithful"
)
# What somebody was: told only where nothing else is.
_FORMER = forms("ex former late once one-time onetime past")
_VAGUE = forms("member one star body legend icon genius separatist conservative liberal moderate")
# What somebody is only for somebody else: "the leader" of what?
_RELATIVE = lexicon.words("family_nouns") | forms(
    "ally assistant boss chief colleague companion countryman co-star critic deputy enemy fan "
    "follower friend guest head hero host leader master neighbor neighbour opponent owner "
    "partner peer predecessor rival sponsor staffer successor supporter suspect teammate "
    "victim winner"
)
_PREFERENCE = ("after", "before", "title", "is", "who")


def choose(parse: Doc, candidate: Candidate, quotations: Sequence[Quotation]) -> Span | None:
    """The first plain description of a person or body: apposition, words before, title, predicate.

    One of several words goes before a single one.
    """
    if candidate.kind not in ("person", "organisation", "group") or not candidate.is_named:
        return None
    ranges = [
        found
        for form in _PREFERENCE
        for description in candidate.descriptions
        if description.form == form
        and (found := _plain(parse, candidate, description))
        and not _is_quoted(parse, found, quotations)
    ]
    if not ranges:
        return None
    longer = [found for found in ranges if found[1] - found[0] > 1]
    start, end = min(longer or ranges, key=lambda found: _is_former(parse, found))
    return places.span(parse, start, end)


def _is_former(parse: Doc, found: tuple[int, int]) -> bool:
    """Whether words tell what somebody was, and no more may be; of several the first stays."""
    return any(token.lower_ in _FORMER for token in parse[found[0] : found[0] + 2])


def _plain(parse: Doc, candidate: Candidate, description: Description) -> tuple[int, int] | None:
    """A description trimmed to words that can stand alone, or ``None``."""
    head = parse[description.head]
    if description.form == "who":
        return _clause(parse, candidate, description)
    if not _is_one(head) or not _fits(candidate, head, description):
        return None
    start = _start(parse, description)
    end = _end(parse, description)
    if candidate.kind == "organisation" and not _is_preposition(parse, description.head + 1):
        if any(token.text.islower() for token in parse[description.head + 1 : end]):
            return None  # "the task force tackles Two Rivers"
        end = min(end, description.head + 1)  # "the aid group Two", of "Two Rivers Relief"
    if start is None or start >= end:
        return None
    words = list(parse[start:end])
    if (
        len(words) > _MAX_WORDS
        or words[-1].tag_ in _OPEN_TAGS
        or any(_is_unreadable(token) for token in words)
    ):
        return None
    if any(a <= start < b or a < end <= b for a, b in candidate.names):  # it tells the name again
        return None
    return (start, end) if _stands_alone(words, head) else None


def _stands_alone(words: Sequence[Token], head: Token) -> bool:
    """Whether words tell a reader of nothing else who somebody is."""
    points_elsewhere = _is_another(words, head) or _is_of_thing(words, head)
    return _says_something(words, head) and not points_elsewhere and not _is_judged(words)


def _is_judged(words: Sequence[Token]) -> bool:
    """Whether words praise or blame, or tell only of a time: "then-candidate"."""
    text = words[0].doc[words[0].i : words[-1].i + 1].text.casefold()
    is_then = text.startswith(("then-", "then "))
    return is_then or not _JUDGING.isdisjoint(text.split())


def _is_another(words: Sequence[Token], head: Token) -> bool:
    """Whether the words are somebody's name themselves: "Ann Low MP, Ruth Amari"."""
    is_name = words[0].ent_type_ == head.ent_type_ == "PERSON" and words[0].i < head.i
    return is_name and not any(token.tag_ == "POS" for token in words)


def _is_of_thing(words: Sequence[Token], head: Token) -> bool:
    """Whether the role is that in something told before: "the show's creator"."""
    owners = list(words[: next((n for n, token in enumerate(words) if token.tag_ == "POS"), 0)])
    if not owners or owners[-1].i > head.i or any(token.tag_[:3] == "NNP" for token in owners):
        return False
    return lexicon.singular(owners[-1].text) in lexicon.words("thing_nouns")


def _is_preposition(parse: Doc, index: int) -> bool:
    return index < len(parse) and parse[index].tag_ == "IN"


def _clause(parse: Doc, candidate: Candidate, description: Description) -> tuple[int, int] | None:
    """What a person heads, owns or runs, where it can be read by itself."""
    words = parse[description.start : description.end]
    if candidate.kind != "person" or any(_is_unreadable(token) for token in words):
        return None
    return description.start, description.end


def _is_one(head: Token) -> bool:
    if head.lower_ == "right":
        return False  # "Right Reverend"
    return head.tag_ in ("NN", "NNP") and lexicon.singular(head.text) == head.lower_


def _fits(candidate: Candidate, head: Token, description: Description) -> bool:
    """Whether the noun says what a person (or a body) is, and not something else."""
    word = head.lower_.rpartition("-")[2]
    is_person_noun = word in lexicon.words("person_nouns") or word in lexicon.words("titles")
    if candidate.kind == "person":
        is_title = is_honorific(head) and description.end - description.start == 1
        return is_person_noun and not is_title
    if description.form in ("title", "is") or _is_place(head, description):
        return False
    is_part = head.i > 0 and _is_hyphen(head.nbor(-1))
    return word in lexicon.words("organisation_nouns") and not is_person_noun and not is_part


def _is_place(head: Token, description: Description) -> bool:
    """Whether what is described stands after "in" or "of", as places do."""
    noun = head.head if description.form == "after" else head
    return noun.dep_ == "pobj" and noun.head.lower_ in ("in", "of", "at", "near", "from", "to")


def _start(parse: Doc, description: Description) -> int | None:
    """The first word, without a pronoun before it; ``None`` where it cannot stand without."""
    start = _after_age(parse, description.start)
    if start == description.start and _is_cut(parse, description):
        return None
    for token in parse[start : description.head]:
        is_outside = token.text == "," or (token.text in _DASHES and not _is_hyphen(token))
        start = token.i + 1 if is_outside else start
    while start < description.head and _is_lead_in(parse, start):
        start += 1
    first = parse[start].lower_
    if first in _DEMONSTRATIVE:
        return None
    if first in _POSSESSIVE:
        word = parse[description.head].lower_
        can_stand = word in lexicon.words("person_nouns") and word not in _RELATIVE
        return start + 1 if can_stand else None
    return start


def _after_age(parse: Doc, start: int) -> int:
    """Where words begin after half an age: "18-year|-old clerk", "17 year |old driver"."""
    if _is_hyphen(parse[start]):
        start += 2
    return start + 1 if parse[start].lower_ == "old" else start


def _is_cut(parse: Doc, description: Description) -> bool:
    """Whether a description lacks its first words."""
    start = description.start
    before = parse[start - 1] if start > 0 else None
    if before is None or before.tag_ in ("POS", "HYPH") or _is_hyphen(before):
        return before is not None
    is_single = description.form == "title" or description.end - start == 1
    return is_single and before.tag_ in ("NNP", "NN", "JJ")


def _is_lead_in(parse: Doc, index: int) -> bool:
    """Whether a word before a description does not belong to it ("also a former player")."""
    is_hyphenated = index + 1 < len(parse) and _is_hyphen(parse[index + 1])
    is_plain = parse[index].tag_ in (*_EDGES, "RB", "IN", "CC") or parse[index].lower_ == "both"
    return is_plain and not is_hyphenated


def _is_hyphen(token: Token) -> bool:
    """Whether a dash joins two words ("vice-president")."""
    is_dash = token.text in ("-", "–", "‑")
    return is_dash and token.i > 0 and not token.whitespace_ and not token.nbor(-1).whitespace_


def _without_rank(parse: Doc, start: int, end: int) -> int:
    """The end without a rank after an office ("programme director Rear Admiral")."""
    offices = [
        token.i
        for token in parse[start:end]
        if token.text in lexicon.words("person_nouns") and token.dep_ != "pobj"
    ]
    after = parse[offices[-1] + 1 : end] if offices else ()
    is_rank = bool(after) and all(token.tag_ == "NNP" for token in after)
    return offices[-1] + 1 if is_rank else end


def _is_unreadable(token: Token) -> bool:
    """Whether a word has no place in a role: a mark, a break, a "nor", a pronoun of another."""
    is_mark = token.is_space or (token.text in _MARKS and token.tag_ != "POS")
    return is_mark or token.lower_ == "nor" or token.tag_ in ("PRP", "PRP$", "WP$")


def _end(parse: Doc, description: Description) -> int:
    """The end without honorifics ("the chief of Kelewa, Naba X") and marks."""
    end = description.end
    words = parse[description.head : end]
    end = next((token.i for token in words if token.text in ("(", "[")), end)
    if description.form == "before":
        end = next((token.i for token in words if token.text == ","), end)
        end = _without_rank(parse, description.start, end)
    while end > description.start + 1 and (
        parse[end - 1].tag_ in _EDGES or is_honorific(parse[end - 1])
    ):
        end -= 1
    return end


def _says_something(words: Sequence[Token], head: Token) -> bool:
    """Whether a description is more than a name, and more than "the man" or "the company"."""
    content = [
        token
        for token in words
        if token.tag_ not in ("DT", "POS", "HYPH") and token.lower_ not in _HONOURED
    ]
    if not content or head.lower_ in _ANYBODY or (head.lower_ in _VAGUE and len(content) < 3):
        return False
    word = head.lower_
    is_known = word in lexicon.words("titles") or word in lexicon.words("person_nouns")
    has_office = len(content) > 1 or (is_known and word not in _RELATIVE)
    has_noun = is_known or any(token.tag_ in ("NN", "JJ") for token in content)
    return has_office and has_noun


def _is_quoted(parse: Doc, found: tuple[int, int], quotations: Sequence[Quotation]) -> bool:
    return covering(quotations, parse[found[0]].idx) is not None
