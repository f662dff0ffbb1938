"""Acts of opposition told without speech: a vote, a protest, a lawsuit, a refusal.

The holder is the subject that opens the sentence, or who is named there. Knows nothing of tags or
statements.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from briefer import terms
from briefer.mentions import lexicon
from briefer.passages import cues
from briefer.schema import Character, CleanArticle, Sentence, Span

_MAX_HOLDER_WORDS = 8
_LEAD_IN = (
    r"(?:(?:but|and|so|yet) |(?:meanwhile|however|still|also|earlier|later|(?:on |last )?\w+day)"
    r"(?: \w+){0,2}, )?"
)
_DEEDS = (
    r"voted (?:down|against|to reject)|voted no|protest(?:ed|ing|s? against)|march(?:ed|ing)|"
    r"demonstrat(?:ed|ing)|rall(?:ied|ying) against|walked out|went on strike|boycott(?:ed|ing)?|"
    r"sued|suing|vetoed|abstained|filed (?:an? )?(?:\w+ )?(?:lawsuit|suit|complaint|"
    r"appeal|petition|objection|injunction)|appealed|resigned in protest|blocked|threw out|"
    r"turned down|pulled out|clashed with|stands? against|want(?:s|ed)? to (?:stop|block|ban|end)"
)
_ALSO_NOUNS = (
    "attack attacks blame challenge challenges doubt doubts fear fears object objects protest "
    "protests question questions"
)
# A subject with one of these is more than a subject.
_CLAUSE = re.compile(
    r"\b(?:he|she|it|they|we|i|you|this|that|which|who|has|have|had|is|are|was|were|be|been|not|"
    r"will|would|as|after|if|when|there|what)\b|\band$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^[Tt]he ")
_OPENING = re.compile(
    rf"(?:\([A-Z]{{2,}}\)\s*)?(?:{_LEAD_IN})(?:in \w+(?: \w+){{0,2}}, )?(?:the )?", re.IGNORECASE
)
_GOES_ON = re.compile(r"['’]|-\w")
_SUFFERS = re.compile(
    r"(?:, [^,]{1,80},)? (?:is|are|was|were|ha(?:s|ve|d) been) (?:\w+ly )?(?:under|(?:accus|"
    r"critici[sz]|condemn|denounc|blam|charg|su|attack|reject|bann|block|arrest|fin)ed)\b"
)
_OF = re.compile(r" of (?:the )?")
_AND_OTHERS = re.compile(r" and other (?:\w+ ){0,2}\w+s\b")
_AUXILIARIES = (
    r"(?:(?:has|have|had|is|are|was|were|also|strongly|repeatedly|publicly|continues? to) ){0,3}"
)


def holder(sentence: Sentence) -> str | None:
    """Who opposes something in the sentence, in the article's words; ``None`` if nobody does.

    Example: "39 Democrats voted against the bill." -> ``"39 Democrats"``.
    """
    match = _pattern().match(sentence.text)
    if match is None:
        return None
    holder = _ARTICLE.sub("", match["holder"])
    is_clause = _CLAUSE.search(holder) is not None
    return None if is_clause or len(holder.split()) > _MAX_HOLDER_WORDS else holder


def opener(
    sentence: Sentence, article: CleanArticle, characters: Sequence[Character]
) -> str | None:
    """The one whose name, or two whose joined names, open the sentence; no place.

    Nobody where something is done to that one: "Lee was accused". Example: "In 2012, Lee refused
    to shake hands." -> ``"Lee"``, by the full name.
    """
    match = _OPENING.match(sentence.text)
    start = sentence.start + (match.end() if match else 0)
    first = _named_at(start, article, characters) or _named_at(sentence.start, article, characters)
    if first is None or _SUFFERS.match(article.text, first.end):
        return None
    name = _name(first, article, characters)
    if article.text.startswith(" of ", first.end):
        return _of_whom(first, article, characters)
    others = _AND_OTHERS.match(article.text, first.end)
    second = _named_at(first.end + len(" and "), article, characters)
    if others:
        return f"{name}{others[0]}"
    is_joined = second is not None and article.text.startswith(" and ", first.end)
    return f"{name} and {_name(second, article, characters)}" if is_joined and second else name


def _of_whom(mention: Span, article: CleanArticle, characters: Sequence[Character]) -> str | None:
    """A description with the name it belongs to: "Leaders of Norland"; else nobody knows whose."""
    words = _OF.match(article.text, mention.end)
    owner = _named_at(words.end(), article, characters) if words else None
    return None if owner is None else article.text[mention.start : owner.end]


def _named_at(place: int, article: CleanArticle, characters: Sequence[Character]) -> Span | None:
    """The mention that begins there, of anybody who can act."""
    for one in characters:
        for mention in one.mentions:
            if mention.start == place and not _is_part(mention, article):
                return None if one.kind == "place" else mention
    return None


def _is_part(mention: Span, article: CleanArticle) -> bool:
    """Whether the words belong to another name: "Lee's", "Selby-led", "Iranian officials"."""
    word = lexicon.key(mention.of(article.text))
    is_adjective = word in lexicon.demonyms() and not word.endswith("ns")
    return is_adjective or _GOES_ON.match(article.text, mention.end) is not None


def _name(mention: Span, article: CleanArticle, characters: Sequence[Character]) -> str:
    """The full name; the words themselves where they tell more than it ("other unions")."""
    words = mention.of(article.text)
    name = next(one.name for one in characters if mention in one.mentions)
    is_name = name[:1].isupper() and terms.content(words) <= terms.content(name)
    return name if is_name else words


@cache
def _pattern() -> re.Pattern[str]:
    forms = cues.forms(cues.OPPOSING) - set(_ALSO_NOUNS.split())
    verbs = "|".join(sorted(form for form in forms if not form.endswith("ing")))
    return re.compile(
        rf"(?i:{_LEAD_IN})(?P<holder>(?:[A-Z\d]|(?i:some|many|several|most|the|a|an) )"
        rf"[^,;:()\"“”.!?]{{1,80}}?) {_AUXILIARIES}(?:{_DEEDS}|{verbs})\b"
    )
