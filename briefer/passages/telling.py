"""Which sentences tell something by themselves: no scrap, no item of a list, no link.

By their words alone. Knows nothing of tags.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefer.schema import CleanArticle, Sentence

_MIN_WORDS = 5
# What ends in "!" outside a quotation is a remark to the reader: 22 of 16,748 sentences; of 11 in
# train-briefs one carries a fact ("OMG!").
_ENDS = re.compile(r"(?:[.…][\"'”’)]*|![\"'”’]+)$")
# "Lacks even the basic grasp.", "Read the full reply.": a verb that nobody does, an item of a list
# or an order to the reader. Of 11,700 sentences of train-briefs ten open so, none carries an item.
_SUBJECTLESS = re.compile(
    r"(?!(?:This|As|Is|Was|Has|Does|Perhaps|Towards|Besides|Always|Sometimes|Indeed|Across|Plus|"
    r"Unless|Whereas|Versus|Afterwards) )"
    r"(?:[A-Z][a-z]*(?:s|ed)|Ran|Took|Made|Gave|Told|Won|Lost|Got|Held|Led|Left|Kept|Broke|Sold|"
    r"Bought|Built|Paid|Spent|Sent|Brought|Read|See|Watch|Track|View|Visit|Follow|Check)"
    r" (?:(?:even|also|only) )?(?:an?|the|his|her|its|their|my|our|him|them|us|it|up)\b"
)
# "Read more: …", "Get involved: …", "Opinion: …" before a headline of the same site.
_LINK = re.compile(
    r"\W*(?:(?:read|see|watch|hear|listen|more|related|also|join|get involved|inspire|follow|share|"
    r"click|gallery|photos?|pictures?|in pictures|videos?|audio|podcast|quiz|poll|opinion|analysis|"
    r"interactive|map|timeline|graphic|don['’]t miss|up next|reporter['’]s notebook|sources?)"
    r"(?: (?:more|this|also|now|next|on|here|it|all|the \w+)){0,2}): ?\W?[A-Z\d]",
    re.IGNORECASE,
)

_ORDER = re.compile(r"\W*(?:click|tap|scroll|swipe) (?:here|down|through|on)\b", re.IGNORECASE)

# An item of such a list may open with a verb only: "Filed for six bankruptcies."
_MAY_BE_VERB = re.compile(r"(?:[A-Z][a-z]+(?:s|ed)|Had|Ran|Took|Made|Gave|Told|Went) [a-z]")
_BESIDE = 2  # sentences


def find(article: CleanArticle) -> tuple[Sentence, ...]:
    """The sentences that are statements: no aside, fragment, question, link or item of a list."""
    items = _items(article.sentences) | article.asides
    return tuple(one for one in article.sentences if one.index not in items and _is_whole(one.text))


def _is_whole(sentence: str) -> bool:
    is_whole = len(sentence.split()) >= _MIN_WORDS and bool(_ENDS.search(sentence))
    return is_whole and not _LINK.match(sentence) and not _ORDER.match(sentence)


def _items(sentences: Sequence[Sentence]) -> frozenset[int]:
    """The sentences without a subject, and those beside them that may have none."""
    found = {one.index for one in sentences if _SUBJECTLESS.match(one.text)}
    maybe = {one.index for one in sentences if _MAY_BE_VERB.match(one.text)} if found else set()
    while beside := {n for n in maybe if any(abs(n - item) <= _BESIDE for item in found)}:
        found |= beside
        maybe -= beside
    return frozenset(found)
