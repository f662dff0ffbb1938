"""Who says what a line tells, put behind it where the line leaves it out: "…, the police said".

Only of what stands mostly within one's words and not outside them: of 399 such facts of train the
experts name the source in 309, in 65 they have another word for it. Knows nothing of checks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from briefer import terms, text
from briefer.mentions import lexicon
from briefer.schema import AUTHOR, CleanArticle, DraftLine, Span, Statement

# The shares of a line's terms that its source's words hold, and that stand around them.
_WITHIN, _AROUND = 0.7, 0.34
# What follows these is held to be so; what is asked for, denied or planned is not.
_ASSERTS = frozenset(
    (
        *("acknowledge", "add", "allege", "announce", "argue", "assert", "believe", "caution"),
        *("claim", "conclude", "confirm", "contend", "declare", "disclose", "estimate"),
        *("explain", "find", "insist", "learn", "maintain", "mention", "note", "observe"),
        *("predict", "recall", "remark", "report", "reveal", "say", "state", "stress", "suggest"),
        *("suspect", "tell", "testify", "think", "warn", "write"),
    )
)
# "Added" goes on from nothing, "told" lacks whom.
_PLAINLY = {"add": "said", "tell": "said"}
_SAYING = frozenset(("said", "says", "say", "saying", "told", "tells", "according"))
_ACCORDING = "according to"
_SAID = "said"
_AUXILIARY = re.compile(r"(?:has|have|had) \w+|\w+")
# All that a cue may be: "refused to confirm", "did not say", "falsely claimed" assert nothing.
_PLAIN_CUE = re.compile(r"(?:(?:has|have|had) )?(?:also )?\w+")
# "If police say", "no official said", "nobody has ever claimed".
_NOT_SO = re.compile(
    r"\b(?:if|whether|unless|until|lest|not|never|no|none|nobody|nothing|neither|nor|cannot|"
    r"without|\w+n['’]t)\b",
    re.IGNORECASE,
)
# "Police [can] report", "to [claim]", "stopped [saying]", where the cue is the verb alone.
_GOVERNED = re.compile(
    r"\b(?:to|can|could|may|might|must|shall|should|will|would|do|does|did|stop\w*|avoid\w*|"
    r"den(?:y|ie[ds]|ying))(?: (?:also|later|then|now|\w+ly))?\s*$",
    re.IGNORECASE,
)
_ASKED = re.compile(r"\?[\s\"'“”’)]*$")
# Bodies are written like these in capitals: WHO, IT.
_PRONOUN = re.compile(
    r"(?:[Ss]he|[Hh]e|[Tt]hey|[Ii]t|[Ww]e|I|[Yy]ou|[Ww]ho|[Ww]hich|[Tt]hat|[Oo]thers?|[Ss]ome|"
    r"[Mm]any|[Oo]ne)\b"
)
_CUT = re.compile(r",|;| \(| who | which | that |[\"“”]")
_MAX_WORDS = 8  # of a source; a longer one is no part of a line
_FIRST_PERSON = re.compile(r"\b(?:I|me|my|mine|myself)\b")
_THE_AUTHOR = re.compile(r"\b[Tt]he author\b")
# "There were no issues with him": nobody knows with whom, whoever said so.
_HIM = re.compile(r"\b(?:s?he|him|his|hers?)\b")
_NAME = re.compile(r"[A-Z]")
_SURE_END = re.compile(r"[\w)%]\.?\"?$")


@dataclass(frozen=True, slots=True)
class _Words:
    """What one source says in the sentences of a line, and how it is told there."""

    statement: Statement
    spans: tuple[Span, ...]

    def of(self, article: CleanArticle) -> str:
        """All that is said."""
        return " ".join(span.of(article.text) for span in self.spans)


def credit(
    line: DraftLine,
    sentences: Sequence[int],
    article: CleanArticle,
    statements: Sequence[Statement],
) -> DraftLine:
    """The line of a fact with its source, if these sentences have it only as somebody's words."""
    if line.passage.kind != "fact" or not sentences or not _stands_alone(line.text):
        return line
    words = _told(line.text, sentences, article, statements)
    if words is None or _is_credited(line.text, words, article):
        return line
    source = _source(words.statement, article)
    if not source or (_FIRST_PERSON.search(words.of(article)) and not words.statement.is_named):
        return line
    told = _with(line.text, source, words.statement, article)
    return replace(line, text=told, named_in=(*line.named_in, *_where(words.statement, article)))


def _stands_alone(line: str) -> bool:
    """Whether a line is a whole one of whom it tells, and not told as the author's."""
    is_whole = _SURE_END.search(line) is not None and not _THE_AUTHOR.search(line)
    opens_with_name = not terms.is_stop_word(line.split()[0])
    return is_whole and (opens_with_name or not _HIM.search(line) or bool(_NAME.search(line[1:])))


def _told(
    line: str, sentences: Sequence[int], article: CleanArticle, statements: Sequence[Statement]
) -> _Words | None:
    """The fewest words of one source that hold the line, where what is around them does not."""
    wanted = terms.content(line)
    holding = [
        words
        for words in _sources(sentences, statements, article)
        if len(wanted & terms.content(words.of(article))) >= _WITHIN * len(wanted)
        and len(wanted & terms.content(_around(words, sentences, article))) <= _AROUND * len(wanted)
    ]
    return min(holding, key=lambda words: len(words.of(article)), default=None)


def _sources(
    sentences: Sequence[int], statements: Sequence[Statement], article: CleanArticle
) -> Iterator[_Words]:
    """What each known source says in the sentences, by the first statement that asserts it."""
    speakers: dict[str, list[Statement]] = {}
    for one in statements:
        is_there = not set(one.sentences).isdisjoint(sentences)
        if not is_there or not one.speaker or one.speaker == AUTHOR:
            continue
        if _holds(one, statements, article):
            speakers.setdefault(one.speaker, []).append(one)
    for said in speakers.values():
        yield _Words(said[0], tuple(span for one in said for span in one.content))


def _holds(statement: Statement, statements: Sequence[Statement], article: CleanArticle) -> bool:
    """Whether a statement is told as one that was made, and so is the one that it stands in."""
    outer = statement.nested_in
    is_in_told = outer is None or _asserts(statements[outer], article)
    return is_in_told and _asserts(statement, article)


def _asserts(statement: Statement, article: CleanArticle) -> bool:
    """Whether the source says that it is so; not where it refuses to, might, or is asked."""
    if any(_ASKED.search(span.of(article.text)) for span in statement.content):
        return False
    if statement.cue is None:
        return True  # a quotation that goes on
    cue = statement.cue.of(article.text).casefold()
    is_asserting = cue == _ACCORDING or (
        _PLAIN_CUE.fullmatch(cue) is not None and _lemma(cue) in _ASSERTS
    )
    return is_asserting and _is_so(statement, statement.cue, article)


def _is_so(statement: Statement, cue: Span, article: CleanArticle) -> bool:
    """Whether the cue's sentence is no question, and nothing before the cue denies it."""
    sentence = article.sentences[article.sentence_at(cue.start)]
    before = _outside(statement.content, sentence.start, cue.start, article)
    is_asked = _ASKED.search(sentence.text) is not None
    return not (is_asked or _NOT_SO.search(before) or _GOVERNED.search(before))


def _lemma(cue: str) -> str:
    return lexicon.cue_verbs().get(cue.split()[-1], ("", "quote"))[0]


def _outside(spans: Sequence[Span], start: int, end: int, article: CleanArticle) -> str:
    """A stretch of the text with blanks for the spans in it; nothing else of the text is read."""
    left = list(article.text[start:end])
    for span in spans:
        first, last = max(span.start - start, 0), min(span.end, end) - start
        left[first : max(first, last)] = " " * (last - first)
    return "".join(left)


def _around(words: _Words, sentences: Sequence[int], article: CleanArticle) -> str:
    """The sentences without what is said, who says it and the word for it."""
    statement = words.statement
    out = [span for span in (*words.spans, statement.source, statement.cue) if span]
    told = (article.sentences[number] for number in sentences)
    return " ".join(_outside(out, one.start, one.end, article) for one in told)


def _is_credited(line: str, words: _Words, article: CleanArticle) -> bool:
    """Whether a line names the source, or has a word of saying that is none of what is said."""
    statement = words.statement
    source = statement.source.of(article.text) if statement.source else ""
    names = terms.content(f"{statement.speaker} {source}")
    said = frozenset(map(terms.stem, text.words(words.of(article))))
    told = [word.casefold() for word in text.words(line)]
    says = any(word in lexicon.cue_verbs() and terms.stem(word) not in said for word in told)
    is_plain = not _SAYING.isdisjoint(told)
    return says or is_plain or not names.isdisjoint(map(terms.stem, told))


def _source(statement: Statement, article: CleanArticle) -> str:
    """The article's own words for a source, or its name; empty where only a pronoun is there."""
    there = statement.source.of(article.text).strip() if statement.source else ""
    there = _CUT.split(there)[0].strip()
    speaker = statement.speaker or ""
    is_meant = bool(there) and not _PRONOUN.match(there)
    if is_meant and (not statement.is_named or _times(speaker.split()[-1], there)):
        source = there
    elif statement.is_named:
        source = _named(speaker, article)
    else:
        return ""
    if len(source.split()) > _MAX_WORDS:
        return ""
    if statement.is_named:
        return f"the {source[4:]}" if source.startswith("The ") else source
    return _small(source, article)


def _named(name: str, article: CleanArticle) -> str:
    """The name, with "the" where the article mostly writes it so."""
    n_so = _times(f"the {name}", article.text) + _times(f"The {name}", article.text)
    return f"the {name}" if 2 * n_so > _times(name, article.text) else name


def _times(words: str, told: str) -> int:
    """How often the words stand there whole: no "Low" in "Lowell"."""
    return len(re.findall(rf"(?<!\w){re.escape(words)}(?!\w)", told))


def _small(source: str, article: CleanArticle) -> str:
    """A description as it stands within a sentence: "Police say" tells of the police."""
    first = source.split()[0]
    is_noun = lexicon.singular(first.lower()) in _nouns()
    is_common = is_noun or terms.is_stop_word(first) or f" {first.lower()} " in article.text
    return f"{source[0].lower()}{source[1:]}" if is_common and first.istitle() else source


@cache
def _nouns() -> frozenset[str]:
    lists: tuple[lexicon.WordList, ...] = ("person_nouns", "organisation_nouns", "cue_nouns")
    return frozenset().union(*map(lexicon.words, lists))


def _with(line: str, source: str, statement: Statement, article: CleanArticle) -> str:
    is_quoted = line.endswith('"')
    body = text.without_point(line.rstrip('"'))
    body = f'{body},"' if is_quoted else f"{body},"
    cue = statement.cue.of(article.text).casefold() if statement.cue else ""
    if cue == _ACCORDING:
        return f"{body} {_ACCORDING} {source}."
    return f"{body} {source} {_verb(cue, statement, article)}."


def _verb(cue: str, statement: Statement, article: CleanArticle) -> str:
    """The article's own verb where it is one that can follow its source."""
    source = statement.source.of(article.text) if statement.source else ""
    is_finite = _AUXILIARY.fullmatch(cue) is not None and not cue.endswith("ing")
    if not is_finite or _PRONOUN.match(source):
        return _SAID
    return _PLAINLY.get(_lemma(cue), cue)


def _where(statement: Statement, article: CleanArticle) -> tuple[int, ...]:
    """The sentence that has the source."""
    if statement.source is None:
        return ()
    return (article.sentence_at(statement.source.start),)
