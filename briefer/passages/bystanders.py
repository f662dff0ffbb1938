"""Who is named beside an agreement without being a party to it: who judges it, where it was signed.

By the name and the words around it. Knows nothing of who agreed.
"""

from __future__ import annotations

import re

from briefer.mentions import lexicon
from briefer.schema import CleanArticle, Span

# Nouns that the article uses for people but that are no party of anything.
_VAGUE = frozenset(
    (
        *("man", "woman", "person", "people", "others", "group", "jury", "executive"),
        *("force", "site", "country", "state"),
    )
)
# Who is named beside an agreement but only hears of it, judges it or wrote it down.
_NO_PARTIES = frozenset(
    (
        *("arbitrator", "author", "child", "court", "defendant", "judge", "mou", "officer"),
        *("patient", "student", "tribunal", "witness"),
    )
)
_MEDIA = lexicon.words("media_words")
# Where somebody is named for a place, a way or an end: "before the court", "through a charity",
# "the mayor of Hale".
_ASIDE = re.compile(
    r"(?:\b(?:in|at|on|from|through|before|to|into|via|under|without|for|near|called|named)"
    r" (?:(?:the|its|his|her|their|an?) )?(?:[a-z-]+ )?|\("
    r"|\b(?:[Aa]rchbishop|[Bb]ishop|[Mm]ayor|residence|outskirts|streets|port) of (?:the )?)$"
)
# What makes a name an adjective: "the Hale treaty", "Hale Secretary".
_GOES_ON = re.compile(
    r"-\w| (?:[A-Z]|(?:agreement|deal|accord|treaty|pact|convention|attacks?|police|officials?)\b)"
)
# Who is told of as one who did not agree: "with only Oruba and Tarvia in opposition". A pact "with
# Oruba against piracy" is one of Oruba's.
_OTHER = r" (?:the )?[A-Z][\w.’'-]{0,40}(?: [A-Z][\w.’'-]{0,40}){0,6}"
_AGAINST = re.compile(
    rf"(?:(?: and|,| or){_OTHER}){{0,12}}(?:,? and{_OTHER})?"
    r"(?:, (?:who|which))? (?:(?:(?:has|have|had|is|are|was|were) )?"
    r"(?:vot(?:ed|ing) (?:no|against)|in opposition|opposed(?! to)|opposing|abstain(?:ed|ing)|"
    r"objecting|dissenting|against(?=[.,;]|$))|(?:is|are|was|were) against)\b"
)
# "They signed it with Oruba, and Tarvia abstained": a clause of its own, not the end of a list.
_NEXT_CLAUSE = re.compile(rf", and{_OTHER} ")
_MAX_BEFORE = 40  # letters: a preposition, an article and an adjective


def is_one(name: str) -> bool:
    """Whether a name is a court's or a medium's, which only tell, or a noun for anybody."""
    words = name.casefold().split()
    is_no_party = lexicon.singular(words[-1]) in _NO_PARTIES
    return name.casefold() in _VAGUE or is_no_party or not _MEDIA.isdisjoint(words)


def is_against(article: CleanArticle, mention: Span) -> bool:
    """Whether somebody is named there as one who did not agree: "…, and Lee abstained"."""
    is_listed = article.text.endswith(", ", 0, mention.start)
    is_alone = not is_listed and _NEXT_CLAUSE.match(article.text, mention.end) is not None
    return not is_alone and _AGAINST.match(article.text, mention.end) is not None


def is_aside(article: CleanArticle, mention: Span) -> bool:
    """Whether somebody is named there only for where, whereby or for whom something is."""
    before = article.text[max(mention.start - _MAX_BEFORE, 0) : mention.start]
    is_part = _GOES_ON.match(article.text, mention.end) is not None
    return is_part or _ASIDE.search(before) is not None
