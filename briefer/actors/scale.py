"""What the candidates of one article are measured against: who is named most, who says what.

Knows nothing of features or weights.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from briefer.actors.candidates import Candidate
from briefer.mentions import lexicon
from briefer.schema import CleanArticle, Statement, Tags
from briefer.text import folded, runs

_MAX_LEAD_IN = 12
_JOINED = re.compile(r", | and ")
# What ends the place and the agency before a report's first words: "(CNN)", "PORT SELBY -".
_DATELINE = re.compile(r"\)|\s[-–—]+\s|:\s")
_MAX_DATELINE = 60


class Scale:
    """One article's candidates side by side."""

    def __init__(
        self,
        article: CleanArticle,
        parse: Doc,
        candidates: Sequence[Candidate],
        statements: Sequence[Statement],
        tags: Sequence[Tags] = (),
    ) -> None:
        self.parse = parse
        self._tags = tags
        self.is_read = any(one.acting is not None for one in tags)
        """Whether a tagger has said what the words of the article name."""
        self._words = list(_words(article))
        self._ends = [end for end, _, _ in self._words]
        self.title = folded(article.title or "")
        self.title_words = frozenset(re.findall(r"\w+", self.title))
        self.publisher = lexicon.key(article.publisher or "")
        self.n_sentences = max(len(article.sentences), 1)
        self.most = max((len(one.places) for one in candidates), default=1)
        self.n_said = len(statements)
        self.sentence = _sentence_of(parse)
        self.dateline = _dateline_end(article.text)
        self._counts = sorted(-len(one.places) for one in candidates)
        self._firsts = sorted(min(one.places) for one in candidates)
        self._said: Counter[str] = Counter()
        self._judged: Counter[str] = Counter()
        self._told: dict[str, set[int]] = {}
        for one in statements:
            self._hear(article, one)
        self._sources = sorted(one.source.start for one in statements if one.source)

    def _hear(self, article: CleanArticle, statement: Statement) -> None:
        if not statement.is_named or statement.speaker is None:
            return
        for speaker in _JOINED.split(statement.speaker):
            self._said[speaker] += 1
            self._judged[speaker] += _is_judgement(article.text, statement)
            if statement.nested_in is None:
                self._told.setdefault(speaker, set()).update(statement.sentences)

    def said(self, candidate: Candidate) -> int:
        """How many statements are somebody's; those of the nameless are told by their words."""
        if candidate.is_named:
            return self._said[candidate.name]
        offsets = (self.parse[start].idx for start, _ in candidate.names)
        return sum(self._opens_source(offset) for offset in offsets)

    def judged(self, candidate: Candidate) -> int:
        """How many of somebody's statements praise, blame, back or reject something."""
        return self._judged[candidate.name] if candidate.is_named else 0

    def told(self, candidate: Candidate) -> float:
        """The share of the article's sentences that are told by somebody named."""
        return len(self._told.get(candidate.name, ())) / self.n_sentences

    def acting(self, candidate: Candidate) -> float:
        """The mean log-odds of a candidate's mentions that they name one who acts or speaks.

        0 where no tagger has read any of them: the end of a very long text.
        """
        read = (
            (self._tags[sentence].acting, word)
            for sentence, word in self.words(candidate)
            if sentence < len(self._tags)
        )
        found = [odds[word] for odds, word in read if odds is not None]
        return sum(found) / len(found) if found else 0.0

    def words(self, candidate: Candidate) -> list[tuple[int, int]]:
        """The words that stand for a candidate: sentence, and number of the word in it."""
        return [word for place in candidate.places if (word := self._word(place)) is not None]

    def _word(self, place: int) -> tuple[int, int] | None:
        """The last word of a token; a mark has none."""
        token = self.parse[place]
        number = bisect_right(self._ends, token.idx + len(token)) - 1
        if number < 0:
            return None
        end, sentence, word = self._words[number]
        return (sentence, word) if end > token.idx else None

    def rank(self, candidate: Candidate) -> int:
        """How many candidates are mentioned more often."""
        return bisect_left(self._counts, -len(candidate.places))

    def order(self, candidate: Candidate) -> int:
        """How many candidates are mentioned before."""
        return bisect_left(self._firsts, min(candidate.places))

    def _opens_source(self, offset: int) -> bool:
        number = bisect_right(self._sources, offset) - 1
        # An article or a number may stand before the noun.
        return number >= 0 and offset - self._sources[number] <= _MAX_LEAD_IN

    def sentences_of(self, places: Sequence[int]) -> Iterator[int]:
        """The sentence of each place."""
        return (self.sentence[place] for place in places)


def _words(article: CleanArticle) -> Iterator[tuple[int, int, int]]:
    """Where each word ends, its sentence, and its number in that."""
    for sentence in article.sentences:
        for number, (_, end) in enumerate(runs(sentence.text)):
            yield sentence.start + end, sentence.index, number


def _sentence_of(parse: Doc) -> list[int]:
    found, number = [], -1
    for token in parse:
        number += bool(token.is_sent_start)
        found.append(max(number, 0))
    return found


def _dateline_end(text: str) -> int:
    """The offset where a dateline ends; 0 without one."""
    mark = _DATELINE.search(text, 0, _MAX_DATELINE)
    return mark.end() if mark and text[: mark.start()].strip(" (")[:1].isupper() else 0


def _is_judgement(text: str, statement: Statement) -> bool:
    words = statement.cue.of(text).casefold().split() if statement.cue else []
    known = (lexicon.cue_verbs().get(word) for word in words)
    return any(one is not None and one[1] == "stance" for one in known)
