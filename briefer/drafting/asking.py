"""What the condenser is asked for each passage, and what it answers.

All passages are one batch; what was refused or is doubtful is asked for once more in other words,
in a second batch; a trained one is asked last whether its own lines hold. Nothing here is checked.
Knows nothing of the other wordings of a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import expm1, log

from briefer import prompts, text
from briefer.drafting import composing, trimming
from briefer.drafting.condensers import Answer, Condenser, mean_log_likelihood
from briefer.drafting.context import sentences_before
from briefer.models.base import Completion, Engine, Prompt
from briefer.schema import CleanArticle, Passage, PassageKind, Statement

# The experts' lines have at most 25 words (train-briefs), 24 tokens at the 95th percentile with
# Qwen's tokenizer; twice that for other tokenizers, names and a model that goes on.
_MAX_NEW_TOKENS = 48
# What models put before the line itself.
_PREAMBLE = re.compile(
    r"^(?:- |(?:headline|summary|answer): |(?:the|this) (?:passage|article|text) "
    r"(?:states|says|reports|notes|mentions) that )",
    re.IGNORECASE,
)
# On val the trained condenser refuses 9 of 38 views of gold with these odds, and 5 that are none.
INSISTS = 0.6
_HOLDS = "yes"
_REFUSALS = frozenset({"none", "none.", "n/a", "no."})
"""How a trained condenser says that the passage does not carry what was asked for."""


@dataclass(frozen=True, slots=True)
class Request:
    """An article with the passages that are to become lines."""

    article: CleanArticle
    passages: tuple[Passage, ...]
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class _Asking:
    """One way to ask for the line of a passage: as which kind, in its own words or in these."""

    article: CleanArticle
    passage: Passage
    kind: PassageKind
    words: str | None = None

    def prompt(self, condenser: Condenser) -> Prompt:
        """The prompt that asks for the line."""
        return self._prompt(condenser, None, _MAX_NEW_TOKENS)

    def question(self, condenser: Condenser, line: str) -> Prompt:
        """The prompt that asks whether the line holds; it begins as the other does."""
        return self._prompt(condenser, line, 1)

    def _prompt(self, condenser: Condenser, line: str | None, max_new_tokens: int) -> Prompt:
        article, passage = self.article, self.passage
        before = [sentence.text for sentence in article.sentences[: passage.sentences[0]]]
        rendered = prompts.render(
            "condense",
            condenser.version,
            kind=self.kind,
            title=article.title or "",
            before=before[-1] if before else "",
            context=sentences_before(before, len(before)),
            passage=self.words or passage_text(article, passage.sentences),
            speaker=passage.speaker,
            parties=list(passage.parties),
            line=line,
        )
        return Prompt(
            text=rendered.text,
            instruction=rendered.instruction,
            form=condenser.form,
            max_new_tokens=max_new_tokens,
            stop=("\n",),
        )


def answers(
    asked: Sequence[tuple[Request, Passage]], engine: Engine, condenser: Condenser
) -> Iterator[Answer]:
    """What the model writes for each passage, the better of two answers where it was asked twice.

    Tokens are those of all that was asked.
    """
    ways = [_first(request, passage) for request, passage in asked]
    prompts_sent = [way.prompt(condenser) for way in ways]
    found = _generate(engine, prompts_sent)
    again: dict[int, tuple[_Asking, Prompt]] = {}
    for number, (request, passage) in enumerate(asked):
        way = _second(request, passage, found[number], condenser)
        if way is not None and (prompt := way.prompt(condenser)) != prompts_sent[number]:
            again[number] = way, prompt
    written = _generate(engine, [prompt for _, prompt in again.values()])
    for (number, (way, _)), second in zip(again.items(), written, strict=True):
        first = found[number]
        if asked[number][1].kind == "dissent" or _is_likelier(second, first):
            ways[number], found[number] = way, _with_tokens(second, first)
        else:
            found[number] = _with_tokens(first, second)
    return iter(_asked_about(ways, found, engine, condenser))


def _generate(engine: Engine, asked: Sequence[Prompt]) -> list[Completion]:
    return list(engine.generate(asked)) if asked else []


def _asked_about(
    ways: Sequence[_Asking], found: Sequence[Completion], engine: Engine, condenser: Condenser
) -> list[Answer]:
    """The answers with what the model says of each line when it is asked whether it holds.

    Nothing is asked where nobody knows what to make of the answer, or the engine tells no
    likelihoods.
    """
    answers = [Answer(one) for one in found]
    lines = {
        number: line
        for number, (way, one) in enumerate(zip(ways, found, strict=True))
        if condenser.asks_about(way.passage.kind)
        and one.log_likelihood is not None
        and (line := condensed(one.text))
    }
    questions = [ways[number].question(condenser, line) for number, line in lines.items()]
    for number, said in zip(lines, _generate(engine, questions), strict=True):
        answers[number] = Answer(_with_tokens(found[number], said), _log_odds(said))
    return answers


def _log_odds(said: Completion) -> float | None:
    """How much likelier "yes" is than "no"; without a likelihood there is no telling."""
    if said.log_likelihood is None or said.log_likelihood >= 0:
        return None
    sure = said.log_likelihood - log(-expm1(said.log_likelihood))
    return sure if said.text.strip() == _HOLDS else -sure


def _first(request: Request, passage: Passage) -> _Asking:
    """The neutral question for a headline, and for a view whose holder the line must name.

    Asked for a headline the trained 1.5B makes things up in one of seven, asked for the fact in
    the lead in one of thirty (val, read beside the articles).
    """
    is_open = passage.kind == "dissent" and passage.speaker is None
    is_fact = is_open or passage.kind == "headline"
    return _Asking(request.article, _core(request, passage), "fact" if is_fact else passage.kind)


def _core(request: Request, passage: Passage) -> Passage:
    """Of a view that several sentences tell the one that dissents most; it is asked from first.

    Asked from several the model joins what does not belong together: readers found .40 of 47 such
    lines wrong, from the sentence with the best odds .22 of 45 (.07 where there is only one).
    """
    if passage.kind != "dissent" or len(passage.sentences) == 1:
        return passage
    told = request.statements[passage.statements[0]].sentences if passage.statements else ()
    inside = tuple(number for number in passage.sentences if number in told)
    odds = dict(zip(passage.sentences, passage.odds, strict=False))
    surest = max(inside or passage.sentences, key=lambda number: odds.get(number, 0.0))
    return replace(passage, sentences=(surest,))


def _second(
    request: Request, passage: Passage, answer: Completion, condenser: Condenser
) -> _Asking | None:
    """A sure view that fails is asked for as a fact, a doubtful fact from its one main sentence."""
    article = request.article
    is_doubtful = condenser.doubts(Answer(answer), passage.kind)
    line = condensed(answer.text)
    if passage.kind == "dissent":
        is_sure = passage.score >= INSISTS and (not line or is_doubtful)
        if is_sure and composing.compose(article, passage, request.statements) is None:
            return _Asking(article, passage, "fact")
    elif passage.kind != "agreement" and line and is_doubtful and not passage.in_reserve:
        main = replace(passage, sentences=(main_sentence(article, passage),))
        return _Asking(article, main, "fact", trimmed(request, passage))
    return None


def _is_likelier(answer: Completion, other: Completion) -> bool:
    new, old = mean_log_likelihood(answer), mean_log_likelihood(other)
    return old is None or (new is not None and new > old)


def _with_tokens(answer: Completion, other: Completion) -> Completion:
    """The answer, with the tokens of another one too."""
    return replace(
        answer,
        n_prompt_tokens=answer.n_prompt_tokens + other.n_prompt_tokens,
        n_output_tokens=answer.n_output_tokens + other.n_output_tokens,
    )


def prompts_of(condenser: Condenser) -> Mapping[str, str]:
    """The prompts that drafting may send: ``name@version`` -> SHA-256 of the file."""
    label, sha256 = prompts.identify("condense", condenser.version)
    return {label: sha256}


def passage_text(article: CleanArticle, sentences: Sequence[int]) -> str:
    """The sentences joined by a space, by `` … `` where others stand between them."""
    parts = [article.sentences[sentences[0]].text]
    for before, number in pairwise(sentences):
        parts.append(" " if number == before + 1 else " … ")
        parts.append(article.sentences[number].text)
    return "".join(parts)


def main_sentence(article: CleanArticle, passage: Passage) -> int:
    """The sentence of a passage that stands for it: the longest of the first two."""
    return max(passage.sentences[:2], key=lambda number: len(article.sentences[number].text))


def trimmed(request: Request, passage: Passage) -> str:
    """The main sentence without clutter, its speaker named where it has only a pronoun."""
    sentence = request.article.sentences[main_sentence(request.article, passage)]
    return trimming.trim(composing.resolved(request.article, sentence, request.statements))


def condensed(answer: str) -> str:
    """The model's line, empty where it refused."""
    line = _PREAMBLE.sub("", " ".join(answer.split()))
    return "" if line.casefold() in _REFUSALS else text.capitalised(line)
