"""Who agreed: the parties of an agreement, in the article's own words.

They are the subject of the verb of agreeing and whoever it was made with or between; for "both
sides" those named last before. Knows nothing of tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefer import text
from briefer.schema import Character, CleanArticle

_VERB = (
    r"(?:agreed|agree|signed|sign|initialled|reached|struck|accepted|settled|approved|passed|"
    r"adopted|ratified|voted|concluded|pledged|promised|committed|merged|formed|cleared|endorsed|"
    r"backed|negotiated|announced|resolved|decided|exchanged|sealed|inked|clinched|entered into|"
    r"teamed up|joined forces|came together|are to|will)"
)
_AUXILIARY = (
    r"(?:(?:have|has|had|also|both|jointly|unanimously|finally|already|\w+ly|on \w+day) ){0,3}"
)
_SUBJECT = re.compile(
    r"(?:^|[,:] |\b(?:that|as|after|when|while|under which|and) )"
    rf"(?P<subject>[^,:;()\"“”]{{2,60}}(?:, [^,:;()\"“”]{{2,40}}){{0,3}}?),? {_AUXILIARY}{_VERB}\b"
)
_WITH = re.compile(
    r"\b(?:with|between|among) (?P<others>(?:the |a |an |its |their )?[^,.;:()\"“”]{2,70})"
)
_OTHERS_END = re.compile(
    r" (?:on|over|to|for|in|at|by|that|which|who|under|after|before|about|lasting|worth|whose|will|"
    r"is|are|was|were|has|have|had|as|from|holds?|fell|ends?|ended|collapsed|came|means|gives)\b"
)
_BOTH = re.compile(
    r"\b(?:both|the two|two|the three|all) (?:sides|parties|countries|companies|states|"
    r"governments|leaders|nations|groups|unions|clubs|partners|neighbours|neighbors|men|women|teams)\b"
    r"|\bthe (?:parties|sides|partners|agreement|deal|accord|treaty|pact)\b|\b(?:they|each)\b",
    re.IGNORECASE,
)
_NO_PARTY = re.compile(
    r"\b(?:said|says|who|which|that|it|he|she|they|this|agreement|deal|accord|treaty|pact|terms|"
    r"memorandum|protocol|resolution|vote|sides|parties|talks|both|minutes|document|text|bill|act|"
    r"measure|plan|court|judge|i|we|\w+day|was|were|is|are|have|has|will|would|after|before|when|"
    r"while|since|hours?|percent|per cent|years?|months?|rate|return|addition|compact|"
    r"countr(?:y|ies)|outline|understanding|settlement|treaty|repeal|decision|recommendation|seen|paid|owned|signing|statement|meeting|session|result|move|clause|condition|stipulation)\b",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(
    r"^(?:[^–—:.]{0,40}\([A-Z][\w /]+\)\s*(?:[–—-]+\s*)?|[A-Z]{3}[A-Z .]*(?:, [\w .]{2,30})?"
    r"(?: \([^)]*\))?\s*[:–—-]+\s*)"
    r"|^(?:on|in|after|under|at|last|earlier|late|meanwhile|however|but|and)\b[^,]{0,60}, ",
    re.IGNORECASE,
)
_EDGES = re.compile(
    r"^(?:while|when|as|after|that|and|both|but|in|of|by|between|with) |"
    r" (?:have|has|had|also|then|jointly|both|all|\d+)$"
)
_ARTICLE = re.compile(r"^[Tt]he (?=[A-Z])")  # "the Senate", but "the city"
_MAX_WORDS = 8


def find(
    article: CleanArticle,
    sentences: Sequence[int],
    characters: Sequence[Character],
    before: tuple[str, ...] = (),
) -> tuple[str, ...]:
    """The parties of what the sentences report, at most six; ``before`` are those named before."""
    words = [_LEAD_IN.sub("", article.sentences[number].text) for number in sentences]
    named = [party for sentence in words for party in _named(sentence)]
    if len(named) < 2 and any(_BOTH.search(sentence) for sentence in words):
        named = [*named, *before]
    if len(named) < 2:
        named += _mentioned(article, sentences, characters)
    return tuple(dict.fromkeys(_full_name(party, characters) for party in named))[:6]


def _named(sentence: str) -> Iterator[str]:
    """Subjects of a verb of agreeing, then partners after "with" or "between"."""
    for match in _SUBJECT.finditer(sentence):
        yield from _split(match["subject"])
    for match in _WITH.finditer(sentence):
        yield from _split(_OTHERS_END.split(match["others"], maxsplit=1)[0])


def _split(phrase: str) -> Iterator[str]:
    """``"A, B and C"`` into its names; what is no name, body or group is left out."""
    for part in re.split(r",\s*(?:and )?| and ", phrase):
        party = _EDGES.sub("", part.strip(" .,;"))
        is_name = any(word[:1].isupper() or word[:1].isdigit() for word in party.split())
        is_noun = party.casefold().startswith(("the ", "its ", "their "))
        if (
            (is_name or is_noun)
            and len(party.split()) <= _MAX_WORDS
            and not _NO_PARTY.search(party)
        ):
            yield _ARTICLE.sub("", party)


def _mentioned(
    article: CleanArticle, sentences: Sequence[int], characters: Sequence[Character]
) -> list[str]:
    """The bodies and states that the sentences name, people only where there are none."""
    spans = [article.sentences[number] for number in sentences]
    here = [
        one
        for one in characters
        if any(s.start <= mention.start < s.end for s in spans for mention in one.mentions)
    ]
    bodies = [one.name for one in here if one.kind in ("organisation", "state", "group")]
    return bodies or [one.name for one in here if one.kind == "person"]


def _full_name(party: str, characters: Sequence[Character]) -> str:
    """A party by the name that the article gives it in full."""
    folded = text.normalise(party).casefold()
    for one in characters:
        if folded in (name.casefold() for name in (one.name, *one.aliases)):
            return one.name
    return party
