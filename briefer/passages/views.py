"""Dissenting views, one passage an item: runs of one speaker, acts of opposition, the author's own.

An item's odds are those of its sentences taken together, raised or lowered by the verb and by who
speaks. Knows nothing of wording.
"""

from __future__ import annotations

import math
import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from briefer import text
from briefer.mentions import lexicon
from briefer.passages import acts, cues, openers, spans
from briefer.schema import AUTHOR, Character, CleanArticle, Passage, Span, Statement, Tags

# A view goes on over gaps of up to three sentences (93 % of the experts' items in train-briefs).
_MAX_GAP = 3
# 96 % of the experts' items cite at most four sentences.
_MAX_SENTENCES = 4
# Precision .66 and must-recall .57 of runs on the 467 training articles, with tags of held-out
# folds, from .4 on; with the experts' own tags .70 and .83, for a run counts as wrong where its
# speaker is named otherwise. Between .3 and .4 the trained condenser refuses what is none: of 10
# on val it words 5 that are views and 1 that is not.
_THRESHOLD = 0.3
# A sentence below this belongs to an item only if nothing better does.
_SENTENCE_THRESHOLD = 0.2
# Weights of a logistic regression on the same runs; average precision .69, of the pooled odds
# alone .67. More was tried and gave nothing: maximum, mean and number of sentences, quotations,
# place in the article, the odds of the other labels. Experts name the unnamed in other words (-0.72
# by their names, +0.17 where any dissent counts); at -0.3 what is added on val is right in 7 of 8.
_BIAS, _ODDS = -0.89, 0.56
_OPPOSING_CUE, _SUPPORTING_CUE, _UNNAMED, _MEDIUM = 0.44, -0.39, -0.3, -1.2
# From here on a sentence is told as a view though code found no speaker: of 13 such on val 11 are
# experts' views; of 15 between .6 and .8 the condenser finds a holder in none.
_SURE = 0.8
# What the author of an opinion piece says in its own voice has no verb and no speaker to go by.
_AUTHOR_THRESHOLD = 0.5
# Of the experts' 1,093 views of train none is a court's; of 11 such passages (odds from .3) 6 hold
# no view at all, the others somebody else's.
_COURT = re.compile(r"\b(?:court|tribunal|jury)\b", re.IGNORECASE)
# "Two of whom", "one of them": nobody knows of which.
_OF_THEM = re.compile(
    r"\bof (?:whom|which|them|these|those)$|"
    r"^(?:one|two|three|four|five|some|several|many|most) of (?:its|his|her|their)\b",
    re.IGNORECASE,
)
# Articles with more than ten views are rare (2 of 467).
_MAX_VIEWS = 10
_MAX_AUTHOR_VIEWS = 3
# Of 1,096 holders in train-briefs 1,077 have one or two views.
_MAX_OF_ONE = 3


@dataclass(frozen=True, slots=True)
class _Item:
    """What may become a view: a holder, sentences, and the statements that report it."""

    holder: str
    sentences: tuple[int, ...]
    statements: tuple[int, ...]
    is_named: bool


def find(
    article: CleanArticle,
    tags: Sequence[Tags],
    statements: Sequence[Statement],
    characters: Sequence[Character],
) -> tuple[Passage, ...]:
    """The views that the article reports, surest first."""
    runs = list(_runs(article, statements))
    spoken = {number for run in runs for number in run.sentences}
    silent = [number for number in range(len(article.sentences)) if number not in spoken]
    quoted = {number for one in statements if one.cue is None for number in one.sentences}
    items = list(runs)
    if article.genre == "opinion":
        # What others do there is the author's account of it: of six such acts one is theirs.
        items += _author_items(silent, tags)
    else:
        items += _acts(article, [n for n in silent if n not in quoted], characters)
    scored = ((_odds(article, item, tags, statements), item) for item in items)
    ranked = sorted(scored, key=lambda pair: -pair[0])
    likely = [item for odds, item in ranked if odds >= _THRESHOLD]
    found = [_passage(article, item, tags, statements) for item in likely]
    told = {number for passage in found for number in passage.sentences}
    found = [one for one in found if not _is_court(str(one.speaker), characters)]
    found = _few_of_each(one for one in found if not _is_messenger(one, likely))
    found += _unattributed(told, tags) if article.genre != "opinion" else ()
    return tuple(found[:_MAX_VIEWS])


def _few_of_each(found: Iterable[Passage]) -> list[Passage]:
    """The surest views of each holder."""
    kept: list[Passage] = []
    for one in found:
        if sum(other.speaker == one.speaker for other in kept) < _MAX_OF_ONE:
            kept.append(one)
    return kept


def _is_court(holder: str, characters: Sequence[Character]) -> bool:
    """Whether the holder is a court, whose rulings are facts, and nobody called so."""
    is_person = any(one.kind == "person" and one.name == holder for one in characters)
    return not is_person and _COURT.search(holder) is not None


def _is_messenger(passage: Passage, items: Sequence[_Item]) -> bool:
    """Whether a medium only passes on what somebody else says there ("…, state media reported")."""
    if not _is_medium(str(passage.speaker)):
        return False
    others = (one.sentences for one in items if not _is_medium(one.holder))
    return any(set(passage.sentences) <= set(sentences) for sentences in others)


def _is_medium(holder: str) -> bool:
    return not lexicon.words("media_words").isdisjoint(map(str.casefold, text.words(holder)))


def _unattributed(told: Container[int], tags: Sequence[Tags]) -> Iterator[Passage]:
    """Sentences that surely dissent and are in no view yet; who holds it the condenser must say."""
    run: list[int] = []
    for number, one in enumerate((*tags, None)):
        if one is not None and number not in told and one.dissent >= _SURE:
            run.append(number)
        elif run:
            sentences = tuple(run[:_MAX_SENTENCES])
            odds = tuple(tags[n].dissent for n in sentences)
            yield Passage("dissent", sentences, max(odds), odds=odds)
            run = []


def _is_asked(article: CleanArticle, statement: Statement) -> bool:
    """Whether a question only takes it that somebody says so: "What if the union tells them …?"."""
    cue = statement.cue
    if cue is None or statement.content[0].start < cue.start:
        return False
    asking = article.sentences[article.sentence_at(cue.start)]
    quotes = any(mark in statement.content[0].of(article.text) for mark in '"“')
    return asking.text.rstrip("\"”’' ").endswith("?") and not quotes


def _runs(article: CleanArticle, statements: Sequence[Statement]) -> Iterator[_Item]:
    """Statements of one speaker that stand close together.

    What one says within another's quotation is that other's telling of it, true or not.
    """
    full = _full_names({one.speaker for one in statements if one.speaker and one.is_named})
    spoken = [
        (index, one)
        for index, one in enumerate(statements)
        if one.speaker and one.nested_in is None and not _is_asked(article, one)
        if not _OF_THEM.search(str(one.speaker)) and not acts.is_nobody(str(one.speaker))
    ]

    def speaks(pair: tuple[int, Statement]) -> str:
        return full.get(str(pair[1].speaker), str(pair[1].speaker))

    spoken.sort(key=lambda pair: (speaks(pair), pair[1].sentences))
    for speaker, group in groupby(spoken, key=speaks):
        run: list[tuple[int, Statement]] = []
        for index, statement in group:
            if run and statement.sentences[0] - _last(run) > _MAX_GAP + 1:
                yield _run(speaker, run)
                run = []
            run.append((index, statement))
        yield _run(speaker, run)


def _full_names(speakers: Iterable[str]) -> dict[str, str]:
    """Each name that is the end of exactly one longer one, with that: "Lee" of "Ann Lee".

    "Ann Lee" is not short for "Lea Cho and Ann Lee".
    """
    words = {one: re.split(r"[\s-]+", one) for one in speakers if " and " not in one}
    full = {}
    for short, parts in words.items():
        longer = [
            name
            for name, others in words.items()
            if len(others) > len(parts) and others[-len(parts) :] == parts
        ]
        longest = max(longer, key=len, default=short)
        if all(longest.endswith(name) for name in longer):
            full[short] = longest
    return full


def _last(run: Sequence[tuple[int, Statement]]) -> int:
    return max(one.sentences[-1] for _, one in run)


def _run(speaker: str, members: Sequence[tuple[int, Statement]]) -> _Item:
    sentences = sorted({number for _, one in members for number in one.sentences})
    is_named = any(one.is_named for _, one in members)
    return _Item(speaker, tuple(sentences), tuple(index for index, _ in members), is_named)


def _acts(
    article: CleanArticle, silent: Sequence[int], characters: Sequence[Character]
) -> Iterator[_Item]:
    """Sentences without speech whose subject opposes something."""
    named = openers.index(article, characters)
    for number in silent:
        sentence = article.sentences[number]
        holder = acts.holder(sentence) or openers.find(sentence, article, named)
        if holder and not acts.is_denied(sentence):
            yield _Item(holder, (number,), (), is_named=True)


def _author_items(silent: Sequence[int], tags: Sequence[Tags]) -> list[_Item]:
    """What an opinion piece says against something in its own voice, neighbours together."""
    items: list[list[int]] = []
    for number in silent:
        if tags[number].dissent < _AUTHOR_THRESHOLD:
            continue
        if items and number - items[-1][-1] == 1 and len(items[-1]) < _MAX_SENTENCES:
            items[-1].append(number)
        else:
            items.append([number])
    found = [_Item(AUTHOR, tuple(numbers), (), is_named=True) for numbers in items]
    found.sort(key=lambda item: -_pooled(item.sentences, tags))
    return found[:_MAX_AUTHOR_VIEWS]


def _odds(
    article: CleanArticle, item: _Item, tags: Sequence[Tags], statements: Sequence[Statement]
) -> float:
    """The probability that the item is a dissenting view."""
    pooled = min(_pooled(item.sentences, tags), 0.999)
    if item.holder == AUTHOR:
        return pooled
    lemmas = {cues.lemma(article, statements[index]) for index in item.statements}
    logit = (
        _BIAS
        + _ODDS * math.log(pooled / (1 - pooled))
        + _OPPOSING_CUE * bool(lemmas & cues.OPPOSING)
        + _SUPPORTING_CUE * bool(lemmas & cues.SUPPORTING)
        + _UNNAMED * (not item.is_named)
        + _MEDIUM * _is_medium(item.holder)
    )
    return 1 / (1 + math.exp(-logit))


def _pooled(sentences: Sequence[int], tags: Sequence[Tags]) -> float:
    """The probability that at least one of the sentences dissents, were they independent.

    Of the ways to pool that were tried (maximum, mean of the log-odds, sum of the two best) none
    ranks the training runs better.
    """
    return max(1 - math.prod(1 - tags[number].dissent for number in sentences), 1e-6)


def _passage(
    article: CleanArticle, item: _Item, tags: Sequence[Tags], statements: Sequence[Statement]
) -> Passage:
    likely = sorted(item.sentences, key=lambda number: -tags[number].dissent)
    sure = [number for number in likely if tags[number].dissent >= _SENTENCE_THRESHOLD]
    sentences = tuple(sorted((sure or likely[:1])[:_MAX_SENTENCES]))
    inside = [i for i in item.statements if set(statements[i].sentences) <= set(sentences)]
    telling = sorted(inside, key=lambda i: -_telling(article, statements[i], tags))
    told = [statements[i] for i in telling]
    return Passage(
        kind="dissent",
        sentences=sentences,
        score=_odds(article, item, tags, statements),
        speaker=item.holder,
        against=_against(article, item, told, sentences),
        statements=tuple(telling),
        odds=tuple(tags[number].dissent for number in sentences),
    )


def _against(
    article: CleanArticle, item: _Item, told: Sequence[Statement], sentences: Sequence[int]
) -> Span | None:
    if item.statements or item.holder == AUTHOR:
        return spans.against(article, item.holder, told)
    return spans.against_in(article, article.sentences[sentences[0]])


def _telling(article: CleanArticle, statement: Statement, tags: Sequence[Tags]) -> float:
    """How likely the statement is the one that dissents: its sentences, its verb."""
    odds = max(tags[number].dissent for number in statement.sentences)
    return odds + (0.5 if cues.lemma(article, statement) in cues.OPPOSING else 0.0)
