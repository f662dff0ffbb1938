"""What a reader makes of a line decides whether it is told, where that can matter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from briefer import drafting
from briefer.drafting import TRAINED, Request, condensers
from briefer.models.base import Completion, Prompt
from briefer.schema import DraftLine, Passage
from tests.fakes import ScriptedEngine, cleaned, draft_one

ARTICLE = cleaned("The harbour of Lom closed on Tuesday. Mayor Ann Lee denounced the strike.")
FACT, VIEW = Passage("fact", (0,), 0.9), Passage("dissent", (1,), 0.9, speaker="Ann Lee")
LINE = "The harbour of Lom closed."
OWN = condensers.Logistic(bias=2.0, likelihood=4.0, log_odds=0.0)
WITH_SECOND = replace(OWN, probes={"holds": 1.0})
READ = condensers.Trust(WITH_SECOND, WITH_SECOND, least=0.5, sure=0.5)
TRUST = condensers.Trust(OWN, OWN, least=0.5, sure=0.5, reread=READ, readable=0.4)
CONDENSER = replace(TRAINED, trust={"fact": TRUST, "dissent": replace(TRUST, reread=None)})


@dataclass
class Sure(ScriptedEngine):
    """Finds every line of its own as likely as this, and says that it holds."""

    log_likelihood: float = -0.5

    def generate(self, prompts: Sequence[Prompt]) -> list[Completion]:
        return [
            replace(one, text=" yes", log_likelihood=-0.1)
            if prompt.max_new_tokens == 1
            else replace(one, log_likelihood=self.log_likelihood)
            for prompt, one in zip(prompts, super().generate(prompts), strict=True)
        ]


@dataclass
class Second:
    """A second model that finds of lines what a table says."""

    table: Mapping[str, float]
    sha256: str = "5" * 64
    read: list[tuple[str, str]] = field(default_factory=list)

    def probe(
        self, prompts: Sequence[Prompt], answers: Sequence[str], names: Sequence[str]
    ) -> list[tuple[float, ...]]:
        self.read += [(one.text, answer) for one, answer in zip(prompts, answers, strict=True)]
        return [tuple(self.table[answer] for _ in names) for answer in answers]


def drafted(second: Second | None, *, own: float = -0.5, passage: Passage = FACT) -> DraftLine:
    engine = Sure(lambda _: LINE, log_likelihood=own)
    draft = draft_one(Request(ARTICLE, (passage,)), engine, CONDENSER, second)
    return next(line for line in draft.candidates[0] if line.origin == "model")


def test_line_that_a_second_model_finds_faulty_is_doubted() -> None:
    alone, liked, disliked = (
        drafted(None),
        drafted(Second({LINE: 1.0})),
        drafted(Second({LINE: -20.0})),
    )

    assert [line.is_doubtful for line in (alone, liked, disliked)] == [False, False, True]


def test_second_model_reads_the_line_after_its_passage_without_the_opening() -> None:
    second = Second({LINE: 1.0})

    drafted(second)

    ((prompt, answer),) = second.read
    assert answer == LINE
    assert "Text: The harbour of Lom closed on Tuesday." in prompt
    assert prompt.rstrip().endswith("Fact:")


def test_fact_that_is_disbelieved_anyway_or_hardly_matters_is_not_read() -> None:
    second = Second({LINE: 1.0})

    drafted(second, own=-60.0)
    drafted(second, passage=replace(FACT, score=0.1))

    assert second.read == []


def test_lines_of_views_are_read_alone_whoever_worded_them() -> None:
    said = "Mayor Ann Lee denounced the strike."
    reader = Second(defaultdict(lambda: -0.5, {said: 2.5}))
    engine, passages = Sure(lambda _: said), (FACT, VIEW)

    (draft,) = drafting.read_views(
        [draft_one(Request(ARTICLE, passages), engine, CONDENSER)], reader
    )

    facts, views = draft.candidates
    assert [line.opposes for line in facts] == [None] * len(facts)
    assert [line.opposes for line in views if line.origin == "model"] == [2.5]
    assert all(line.opposes is not None for line in views)
    assert reader.read == [("", line.text) for line in views]


class Idle:
    """A reader that is not to be asked."""

    sha256 = "7" * 64

    def probe(
        self, prompts: Sequence[Prompt], answers: Sequence[str], names: Sequence[str]
    ) -> list[tuple[float, ...]]:
        raise AssertionError("there is nothing to read")


def test_reader_of_views_is_not_asked_where_there_are_none() -> None:
    draft = draft_one(Request(ARTICLE, (FACT,)), Sure(lambda _: LINE), CONDENSER)

    assert drafting.read_views([draft], Idle()) == [draft]
    assert drafting.read_views([], Idle()) == []
