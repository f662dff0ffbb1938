"""The command line with a model that is none, for the tests of its commands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from typer.testing import CliRunner, Result

from briefer import articles
from briefer.briefing import Briefer, Stages
from briefer.cli import app
from briefer.cli.options import Tools
from briefer.cli.running import Briefs
from briefer.drafting import UNTRAINED
from briefer.errors import GenerationFailed
from briefer.models.base import Prompt
from briefer.schema import Article, Brief, Character, CleanArticle, Options, Statement, Tags
from tests.fakes import FixedTagger, ScriptedEngine, noon

COOKIES = (
    "We value your privacy. We and our 842 partners store information on a device, such as "
    "cookies, and process personal data for personalised ads. You may click to consent or manage "
    "your preferences. Accept all. Reject all."
)


def condense(prompt: Prompt) -> str:
    return "Tellmouth will close its old pier" if "headline" in prompt.text else "It was said."


def find_nobody(
    article: CleanArticle, tags: Sequence[Tags]
) -> tuple[tuple[Statement, ...], tuple[Character, ...]]:
    return (), ()


def stages() -> Stages:
    return Stages(
        prepare=articles.prepare,
        read=find_nobody,
        tagger=FixedTagger({0: Tags(0.9, 0.01, 0.01, 0.01), 1: Tags(0.8, 0.01, 0.01, 0.5)}),
        engine=ScriptedEngine(condense),
        condenser=UNTRAINED,
        now=noon,
    )


@dataclass
class BrokenBriefer:
    """A briefer that fails on articles whose text holds a word."""

    word: str
    error: type[Exception] = GenerationFailed
    briefer: Briefs = field(default_factory=lambda: Briefer.of(stages()))
    n_at_once: int = 1

    def brief(self, article: Article, options: Options | None = None) -> Brief:
        if self.word in article.text:
            raise self.error(f"no answer about {self.word}")
        return self.briefer.brief(article, options)

    def brief_many(
        self, articles: Iterable[Article], options: Options | None = None
    ) -> Iterator[Brief]:
        for article in list(articles):
            yield self.brief(article, options)


def run(*arguments: str | Path, briefer: Briefs | None = None, stdin: bytes = b"") -> Result:
    tools = Tools(lambda *_: briefer or Briefer.of(stages()))
    return CliRunner().invoke(app, [str(one) for one in arguments], obj=tools, input=stdin)
