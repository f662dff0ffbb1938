"""The subject of a sentence that only a pronoun stands for: "He left", "When she won, she wept".

By its words alone, without syntax. Knows nothing of who is meant.
"""

from __future__ import annotations

import calendar
import re
from functools import cache

from briefer import terms, text
from briefer.mentions import lexicon

# What may stand before the subject, alone or with a clause: "Instead, she", "In May he".
_LEADING = (
    "but and so yet then instead still now also however later meanwhile in on at by for from with "
    "without during after before when while as if although though despite because since until once "
    "rather under over among following unlike like just even what"
)
_SUBJECT = re.compile(
    rf"(?:(?:{'|'.join(_LEADING.split())})(?=[ ,])(?P<before>[^;:\"“]{{0,140}}?,? ))?"
    r"(?P<pronoun>he|she|they|it)\b"
    r"(?! (?:is|was|has been|remains|will be) [\w ]{1,30} (?:that|to|whether|how|who|if)\b)",
    re.IGNORECASE,
)
_DATES = frozenset(
    (*calendar.month_name, *calendar.month_abbr, *calendar.day_name, *calendar.day_abbr)
)


def unnamed(sentence: str) -> re.Match[str] | None:
    """The ``pronoun`` that opens a sentence, or follows a clause that names nobody."""
    found = _SUBJECT.match(sentence)
    if found and not (found["before"] and speaks_of_somebody(found["before"])):
        return found
    return None


def speaks_of_somebody(words: str) -> bool:
    """Whether a name is among the words, or a person ("gunman", "baker", "artist")."""
    return any(
        lexicon.singular(word) in _persons()
        or lexicon.singular(word).endswith(("man", "er", "or", "ist"))
        or (word[0].isupper() and word not in _DATES)
        for word in text.words(words)
        if not terms.is_stop_word(word)
    )


@cache
def _persons() -> frozenset[str]:
    lists: tuple[lexicon.WordList, ...] = (
        *("person_nouns", "group_nouns", "titles", "family_nouns", "male_words", "female_words"),
    )
    return frozenset().union(*map(lexicon.words, lists))
