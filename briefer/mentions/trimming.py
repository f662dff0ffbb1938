"""What of a token range is the name itself: titles, offices, articles and marks are cut off.

Knows nothing of who is who.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefer.mentions import joining, lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_NO_EDGE_TAGS = frozenset(
    ("DT", "IN", "CC", "VBG", "VBN", "VBD", "VBZ", "VBP", "VB", "RB", "WRB", "WDT", "WP", "UH",
     "MD")
)  # fmt: skip
_BRACKETS = frozenset("[]{}")
_EDGE = frozenset("'\"’‘“”`-–—.,;:!?()[]{}/|&*#\n")
# The model opens a name with these now and then; they are never part of one.
_NO_NAME = lexicon.words("no_names")
# Titles that are given names and surnames too, or parts of a ruler's name.
_NAMES_TOO = frozenset(
    ("baron", "bishop", "chief", "dean", "duke", "earl", "emperor", "father", "judge", "justice",
     "king", "lady", "lord", "major", "marshal", "miss", "naba", "oba", "pope", "prince",
     "princess", "queen", "sir", "sultan")
)  # fmt: skip
_RANKS_TOO = frozenset(("general", "major"))
_OFFICES = (lexicon.words("titles") | {"analyst", "lawyer", "manager"}) - _NAMES_TOO
# "House Minority leader", "Hale County District attorney".
_RANKS = frozenset(("district", "majority", "minority"))
_PREPOSITIONS = frozenset(("of", "for"))
_CHAMBERS = frozenset(("assembly", "house", "parliament", "representatives", "senate"))
_NOT = frozenset(("n't", "n’t"))  # the parser cuts it off its verb
_SIDES = ("anti-", "pro-")
_FOR = frozenset(("anti", "pro"))
_QUOTES = frozenset(('"', "“", "”", "``", "''"))
_SCORE = re.compile(r"1?\d?\d[-–]1?\d?\d")  # not "747-400"
_MAX_WORK = 6
_OFFICE_WORDS = 3  # "Speaker of the"
_POST_WORDS = 6  # "Ambassador of the Oru Isles to"
_TO = frozenset(("of", "to"))
_SEATS = frozenset(("headquarters", "hq"))
_SMALL = 3  # letters of the words that titles of works leave small: "of", "the"
# A first word of an occupation is cut off where a whole name is left ("Technologist Seth Ward").
_WHOLE_NAME = 2

Trimmed = tuple[int, int, int]
"""First token of the name, the one after the last, first token of the title before it."""


def trim(parse: Doc, start: int, end: int, label: str) -> Trimmed | None:
    """The name in a range, or ``None`` where there is none."""
    start, end = _without_edges(parse, start, end)
    first = start
    while start < end - 1 and _is_title(parse[start]) and not joining.is_body(parse[end - 1]):
        if label == "ORG" and _opens_body(parse, start):
            break
        if start > 0 and parse[start].lower_ in _NAMES_TOO and _is_title(parse[start - 1]):
            break  # "Gov. Earl Low"
        start += 1
    start = _after_office(parse, start, end, label)
    start = _after_matter(parse, start, end)
    if start >= end or parse[start].lower_ in _PREPOSITIONS:
        return None
    if not _is_name(parse, start, end) or _is_matter_of_office(parse, start, end):
        return None
    if _is_in_work(parse, start, end):
        return None
    return start, end, _title_start(parse, first)


def _opens_body(parse: Doc, start: int) -> bool:
    """Whether a title opens a body's name: "General Motors", "Doctors Without Borders"."""
    first = parse[start]
    is_whole = first.lower_ in _RANKS_TOO and first.ent_iob_ == "B"
    return is_whole or parse[start + 1].text == "Without"


def _is_in_work(parse: Doc, start: int, end: int) -> bool:
    """Whether a name only stands in a work's: "Have You Heard Ruth Amari?" in quotation marks."""
    before = parse[max(start - _MAX_WORK, 0) : start]
    opening = next((t for t in reversed(list(before)) if t.text in _QUOTES), None)
    after = parse[end : end + _MAX_WORK]
    closing = next((t for t in after if t.text in _QUOTES), None)
    if opening is None or closing is None or not _is_opening(opening) or _is_opening(closing):
        return False
    words = [t for t in (*parse[opening.i + 1 : start], *parse[end : closing.i]) if t.is_alpha]
    return bool(words) and all(t.text[0].isupper() or len(t) <= _SMALL for t in words)


def _is_opening(token: Token) -> bool:
    before = token.nbor(-1) if token.i > 0 else None
    return before is None or bool(before.whitespace_) or before.is_space or before.text in "(["


def _without_edges(parse: Doc, start: int, end: int) -> tuple[int, int]:
    while start < end and (_is_edge(parse[start]) or _is_plain(parse[start])):
        start += 1
    while end > start and _is_after(parse[end - 1]):
        end -= 1
    end = _before_score(parse, start, end)
    marks = [token.i for token in parse[start:end] if token.text in _QUOTES]
    if len(marks) == 1:
        start = marks[0] + 1  # 'Ruth "Ru|" Amari'
    if end - start > 3 and parse[start].lower_ in _FOR and parse[start + 1].text in joining.HYPHENS:
        start += 3  # "pro-Low Hale Forward"
    return start, end


def _before_score(parse: Doc, start: int, end: int) -> int:
    """Where a name ends that the parser takes a score for a part of: "Hale Town 2-1"."""
    for first in (end - 3, end - 1):  # "2–1" is one token
        if first > start and _SCORE.fullmatch(parse[first:end].text):
            return _before_score(parse, start, first)
    return end


def _is_after(token: Token) -> bool:
    """Whether a word only stands after a name: a mark, an owner's "'s", "HQ"."""
    is_seat = token.lower_ in _SEATS and token.tag_ in ("NNP", "NNPS")
    return is_seat or _is_edge(token) or joining.is_possessive(token)


def _is_plain(token: Token) -> bool:
    """Whether a small adjective only stands before a name: "federal", "pro-Hale", not "al"."""
    is_adjective = token.tag_ == "JJ" and len(token) > _SMALL
    return (is_adjective or token.text.startswith(_SIDES)) and token.text[:1].islower()


def is_given_name(token: Token) -> bool:
    """Whether a given name within a sentence is taken for a preposition: "Per"; not "Will"."""
    is_small = token.tag_ == "IN" and token.text.istitle() and not token.is_sent_start
    return is_small and token.lower_ in lexicon.given_names()


def _is_edge(token: Token) -> bool:
    if token.lower_ in _NOT:
        return True
    if is_given_name(token):
        return False
    if all(char in _EDGE for char in token.text):
        return True
    if token.text == "All" and not token.is_sent_start and token.ent_type_ in ("ORG", "GPE"):
        return False  # "the All Progressives Congress"
    is_greeting = token.text in ("Dear", "Meet") and token.is_sent_start
    return is_greeting or (token.tag_ in _NO_EDGE_TAGS and not token.text.isupper())


def _after_office(parse: Doc, start: int, end: int, label: str) -> int:
    """Where the person's name begins: "Harrow CEO Dwight Sorensen" is no name."""
    if label not in ("PERSON", "") or joining.is_body(parse[end - 1]):
        return start
    offices = [
        token.i
        for token in parse[start + 1 : end - 1]
        if token.text.casefold() in _OFFICES and parse[end - 1].text.casefold() not in _OFFICES
    ]
    start = offices[-1] + 1 if offices else start
    if end - start > _WHOLE_NAME and lexicon.key(parse[start].text) in lexicon.demonyms():
        start += 1  # "Belgian Frank De Winne"
    first = parse[start]
    is_named_so = first.lower_ in lexicon.given_names()
    if end - start > _WHOLE_NAME and is_office(first) and not is_named_so:
        return start + 1
    return start


def _after_matter(parse: Doc, start: int, end: int) -> int:
    """Where the name begins in "Minister of Public Safety Simon Low"."""
    if _is_post(parse, start, end):
        return start + 1
    before = parse[max(start - _OFFICE_WORDS, 0) : start]
    is_of = any(token.lower_ in _PREPOSITIONS for token in (*before, *parse[start:end]))
    if not is_of or not any(is_office(token) for token in before):
        return start
    first = start
    while first < end and (
        _is_matter(parse[first])
        or parse[first].lower_ in _CHAMBERS
        or parse[first].lower_ in _PREPOSITIONS
    ):
        first += 1
    is_person = end - first >= _WHOLE_NAME and not any(joining.is_body(t) for t in parse[first:end])
    return first if is_person else start


def _is_post(parse: Doc, start: int, end: int) -> bool:
    """Whether a name opens with where an office is held: "Envoy of Hale to Oru Ann Low"."""
    if start < 2 or end - start <= _WHOLE_NAME or parse[start - 1].lower_ not in _TO:
        return False
    before = list(parse[max(start - _POST_WORDS, 0) : start - 1])
    office = next((n for n, token in enumerate(before) if _is_title(token)), None)
    is_office_of = office is not None and all(
        token.lower_ in _PREPOSITIONS or token.text[0].isupper() for token in before[office:]
    )
    names = lexicon.given_names()
    return is_office_of and parse[start].lower_ not in names and parse[start + 1].lower_ in names


def _is_matter(token: Token) -> bool:
    return token.lower_ in lexicon.words("portfolios")


def _is_matter_of_office(parse: Doc, start: int, end: int) -> bool:
    """Whether the words only tell of which office: "Defense" in "Defense Secretary Low"."""
    words = [token for token in parse[start:end] if token.is_alpha]
    matter = [token for token in words if _is_matter(token)]
    if start > 1 and len(matter) == len(words) and parse[start - 1].lower_ in _PREPOSITIONS:
        return is_office(parse[start - 2])
    if not words or end >= len(parse) or not is_office(parse[end]):
        return False
    last = words[-1]  # unlike "State Department"
    return last.lower_ in _RANKS or (_is_matter(last) and parse[end].text[0].isupper())


def _is_title(token: Token) -> bool:
    word = token.text.rstrip(".").casefold()
    return not lexicon.words("titles").isdisjoint((word, lexicon.singular(word)))


def is_office(token: Token) -> bool:
    """Whether a word is a title or what a person may be: "secretary", "coroner"."""
    word = lexicon.singular(token.text)
    return word in lexicon.words("person_nouns") or _is_title(token)


def _is_name(parse: Doc, start: int, end: int) -> bool:
    words = parse[start:end].text
    if words[0] in "-‐‑–" or not _BRACKETS.isdisjoint(words):
        return False  # half a name, a letter changed in a quotation: "W]e"
    if words.casefold() in _NO_NAME or (end - start == 1 and _is_title(parse[start])):
        return False
    # A capitalised run that ends in an office ("Executive Secretary") names nobody.
    is_person = any(token.ent_type_ == "PERSON" for token in parse[start:end])
    is_body = _is_body_of(parse, start, end) or _is_club(parse[start:end])
    if is_office(parse[end - 1]) and not is_person and not is_body:
        return False
    return any(char.isupper() for char in words) and any(char.isalpha() for char in words)


def _is_club(name: Span) -> bool:
    """Whether a body bears the plural of an office: "Selby Chiefs", not "Republican Senators"."""
    first, last = name[0], name[-1]
    is_named = len(name) > 1 and all(token.ent_type_ == "ORG" for token in name)
    is_place = first.tag_ == "NNP" and not joining.is_country_word(first.text)
    return is_named and is_place and last.tag_ == "NNPS" and not _is_body_before(last)


def _is_body_before(last: Token) -> bool:
    """Whether an office is a body's: "Supreme Court Justices"; a city has its club."""
    body = last.nbor(-1)
    return joining.is_body(body) and body.lower_ != "city"


def _is_body_of(parse: Doc, start: int, end: int) -> bool:
    """Whether a name goes on after a body: "Department of Justice"."""
    return any(
        t.lower_ in _PREPOSITIONS and joining.is_body(t.nbor(-1)) for t in parse[start + 1 : end]
    )


def _title_start(parse: Doc, start: int) -> int:
    """Where the titles right before a name begin ("Mr", "Prime Minister")."""
    while start > 0 and parse[start - 1].text[0].isupper() and _is_title(parse[start - 1]):
        start -= 1
    return start
