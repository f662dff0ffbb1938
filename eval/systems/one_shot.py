"""The baseline to beat: one prompt over the whole article, its answer read as it comes.

The answer cites nothing, so each line is given the sentences that hold most of its words, which is
kind to it. Knows nothing of stores: the caller's engine may remember.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec

from briefer import models, prompts
from briefer.models import EngineName, processor, sources
from briefer.models.base import Completion, Engine, Prompt
from briefer.schema import Brief, CleanArticle, Span
from eval.gold import GoldBrief
from eval.metrics import words
from eval.systems.assembled import (
    ActorContents,
    AgreementContents,
    Cited,
    Contents,
    DissentContents,
    assemble,
)

# 400 tokens out: the brief that the quality issue compares wall time with.
MAX_NEW_TOKENS = 400
_HEADINGS = ("HEADLINE", "BULLETS", "KEY ACTORS", "AGREEMENTS", "DISSENTING VIEWS")
_HEADING = re.compile(rf"^[\s#*]*({'|'.join(_HEADINGS)})[\s*]*:?[\s*]*(.*)$", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s*")
_NONE = re.compile(r"^\W*(?:none|no (?:agreements?|dissent\w*|dissenting views))\b.{0,40}$", re.I)
_NAME_RUN = re.compile(r"[A-Z][\w'.-]*(?:\s+(?:of\s+|the\s+)?[A-Z][\w'.-]*)*")
_MARKS = " *_-–—:"


def load_untrained(model: str | None, engine: EngineName) -> Engine:
    """The model as it was published, without the parts that briefer trains.

    Raises:
        ModelError: there are no such weights here, or no engine for them.
    """
    if engine == "fake":
        return models.load(model, engine=engine)
    module = import_module(f"briefer.models.{chosen(engine)}")
    loaded: Engine = module.load(sources.resolve(model))
    return loaded


def chosen(engine: EngineName) -> EngineName:
    """The engine that "auto" stands for here, as ``models.load`` picks it."""
    if engine != "auto":
        return engine
    has_openvino = find_spec("openvino_genai") is not None
    return "openvino" if has_openvino and not processor.has_cuda() else "transformers"


def prompt(article: CleanArticle) -> Prompt:
    """The one prompt for an article."""
    rendered = prompts.render("one_shot", "v1", title=article.title or "", passage=article.text)
    return Prompt(
        text=rendered.text,
        instruction=rendered.instruction,
        form="chat",
        max_new_tokens=MAX_NEW_TOKENS,
    )


def read(gold: GoldBrief, completion: Completion) -> Brief:
    """The answer's sections as a brief; what stands under no heading is lost."""
    sections = _sections(completion.text)
    article = gold.clean
    headlines = [_cited(article, line) for line in sections["HEADLINE"][:1]]
    return assemble(
        gold,
        "one-shot",
        Contents(
            headline=headlines[0] if headlines else None,
            summary=[_cited(article, line) for line in sections["BULLETS"]],
            actors=[_actor(article, line) for line in sections["KEY ACTORS"]],
            agreements=[_agreement(article, line) for line in sections["AGREEMENTS"]],
            dissent=[_view(article, line) for line in sections["DISSENTING VIEWS"]],
        ),
    )


def _sections(answer: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {heading: [] for heading in _HEADINGS}
    current: list[str] | None = None
    for line in answer.split("\n"):
        match = _HEADING.match(line)
        if match:
            current = found[match[1].upper()]
            line = match[2]
        item = _BULLET.sub("", line).strip(_MARKS)
        if current is not None and item and not _NONE.match(item):
            current.append(item)
    return found


def _cited(article: CleanArticle, line: str) -> Cited:
    return line, tuple(closest(article, line))


def closest(article: CleanArticle, line: str) -> Iterator[Span]:
    """The sentence with most of the line's content words, and a second one that adds to it."""
    missing = words.content(line)
    bags = {s: words.content(s.text) for s in article.sentences}
    for _ in range(2):
        best = max(bags, key=lambda s: (len(missing & bags[s]), -s.index), default=None)
        if best is None or not missing & bags[best]:
            return
        yield Span(best.start, best.end)
        missing -= bags.pop(best)


def _actor(article: CleanArticle, line: str) -> ActorContents:
    name, _, role = line.partition(":")
    name = name.strip(_MARKS)
    return name, (), None, role.strip(_MARKS) or None, tuple(closest(article, name))


def _agreement(article: CleanArticle, line: str) -> AgreementContents:
    return tuple(_names(line)) or (line,), line, tuple(closest(article, line))


def _view(article: CleanArticle, line: str) -> DissentContents:
    holder, colon, _ = line.partition(":")
    if not colon:
        holder = next(iter(_names(line)), line)
    return holder.strip(_MARKS) or line, line, None, None, tuple(closest(article, line))


def _names(line: str) -> Sequence[str]:
    return _NAME_RUN.findall(line)
