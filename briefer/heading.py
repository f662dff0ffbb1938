"""What heads a brief: the article's title as one of its lines, or a fact where nothing else holds.

Knows nothing of how a line is checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from briefer import text
from briefer.schema import CleanArticle, DraftLine

# A title is of the whole article; this is as much of it as news has, and no book.
_OF_TITLE = 60  # sentences
# The longest headline in the article's words (95 in 100 of the experts' are no longer), and the
# sentences in which another is looked for.
_LONGEST, _OPENING = 21, 3
# A fact less likely than this to be a key one heads nothing but a brief that has no headline.
_HEADS = 0.7
_AUTHORS = "The author "
_STOPS = (".", "!", "?", '"', "”")
_LOOSE_ENDS = " ;:,"  # of a title whose second line is lost
# What may go from the end of a long sentence, and how many words are a headline without it.
_BEHIND = re.compile(
    r", (?:after|amid|as(?! long)|because|days|following|hours|weeks|when|where|while)\b"
)
_SHORTEST = 8


def candidates(lines: Sequence[DraftLine], article: CleanArticle) -> Iterator[DraftLine]:
    """A passage's lines, the article's title among them as one of the whole article.

    A title that asks tells nothing, so it is an empty line.
    """
    for line in lines:
        if line.passage.kind != "headline" or line.text != article.title:
            yield line
        elif line.text.endswith("?"):
            yield replace(line, text="")
        else:
            yield _of_all(line, article)


def _of_all(line: DraftLine, article: CleanArticle) -> DraftLine:
    everywhere = tuple(sentence.index for sentence in article.sentences[:_OF_TITLE])
    passage = replace(line.passage, sentences=everywhere, speaker=None)
    return replace(line, passage=passage, text=text.without_point(line.text.rstrip(_LOOSE_ENDS)))


def fact_instead(lines: Mapping[int, DraftLine]) -> int | None:
    """The place of the fact that is to head a brief, if one is.

    In place of a long sentence the likeliest fact of the opening, in the model's words and short;
    where there is no headline the author's first view, else the first fact: in dev and val that has
    .34 of the words of the experts' headline, the likeliest fact .17.
    """
    head = next((one for one in lines.values() if one.passage.kind == "headline"), None)
    if head is not None and (head.origin == "model" or _n_words(head) <= _LONGEST):
        return None
    facts = {place: one for place, one in lines.items() if one.passage.kind == "fact"}
    opening = {place: one for place, one in facts.items() if _opens(one)}
    if opening:
        return max(opening, key=lambda place: opening[place].passage.score)
    if head is not None:
        return None
    return min(facts, key=lambda place: _lateness(facts[place]), default=None)


def shortened(line: DraftLine) -> DraftLine:
    """A long headline in the article's words without the clauses that follow its main one."""
    is_the_models = line.origin == "model"
    if line.passage.kind != "headline" or is_the_models or _n_words(line) <= _LONGEST:
        return line
    shorter = (line.text[: clause.start()] for clause in _BEHIND.finditer(line.text))
    fitting = (one for one in shorter if _SHORTEST <= len(one.split()) <= _LONGEST)
    whole = [one for one in fitting if one.count('"') % 2 == 0 and one.count("“") == one.count("”")]
    return replace(line, text=whole[-1]) if whole else line


def headline_of(fact: DraftLine) -> DraftLine:
    """The fact as a headline."""
    passage = replace(fact.passage, kind="headline")
    return replace(fact, passage=passage, text=text.without_point(fact.text))


def fact_of(headline: DraftLine) -> DraftLine:
    """A headline that is none as a fact."""
    stop = "" if headline.text.endswith(_STOPS) else "."
    passage = replace(headline.passage, kind="fact")
    return replace(headline, passage=passage, text=f"{headline.text}{stop}")


def _opens(fact: DraftLine) -> bool:
    is_early = fact.passage.sentences[0] < _OPENING and fact.passage.score >= _HEADS
    return is_early and _is_short(fact)


def _lateness(fact: DraftLine) -> tuple[bool, tuple[int, ...]]:
    return not fact.text.startswith(_AUTHORS), fact.passage.sentences


def _is_short(line: DraftLine) -> bool:
    return line.origin == "model" and _n_words(line) <= _LONGEST


def _n_words(line: DraftLine) -> int:
    return len(line.text.split())
