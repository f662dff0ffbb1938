"""Other lines are sought where the first may not stand, and the best of all comes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from briefer import drafting
from briefer.drafting import TRAINED, Request, condensers
from briefer.drafting.searching import N_BEAMS
from briefer.models.base import Completion, Prompt, Proposer
from briefer.schema import DraftLine, Passage
from tests.fakes import ScriptedEngine, cleaned, draft_one

ARTICLE = cleaned("The harbour of Lom closed on Tuesday. Mayor Ann Lee denounced the strike.")
FACT = Passage("fact", (0,), 0.9)
GREEDY, BETTER, WORSE = "It closed.", "The harbour of Lom closed.", "Ann Lee closed Lom."
# How likely each line is, in natural logarithms of the whole.
LIKELIHOODS = {GREEDY: -1.0, BETTER: -0.5, WORSE: -20.0}
BY_LIKELIHOOD = condensers.Logistic(bias=2.0, likelihood=4.0, log_odds=0.0)
TRUST = condensers.Trust(BY_LIKELIHOOD, BY_LIKELIHOOD, least=0.3, sure=0.3, enough=0.75)
UNPREFERRED = replace(TRUST, enough=0.0)
CONDENSER = replace(TRAINED, asks_itself=False, trust={"fact": TRUST, "dissent": UNPREFERRED})


@dataclass
class Searching(ScriptedEngine):
    """Offers these lines for whatever it is asked to search for."""

    lines: Sequence[str] = (BETTER, WORSE, GREEDY)
    sought: list[tuple[list[Prompt], int]] = field(default_factory=list)

    def propose(self, prompts: Sequence[Prompt], n: int) -> list[tuple[Completion, ...]]:
        self.sought.append((list(prompts), n))
        found = tuple(self._told(Completion(line, 9, 2, "end")) for line in self.lines)
        return [found for _ in prompts]

    def generate(self, prompts: Sequence[Prompt]) -> list[Completion]:
        return [self._told(one) for one in super().generate(prompts)]

    def _told(self, one: Completion) -> Completion:
        return replace(one, log_likelihood=LIKELIHOODS.get(one.text, -0.5))


def drafted(engine: ScriptedEngine, passage: Passage = FACT) -> tuple[DraftLine, ...]:
    (lines,) = draft_one(Request(ARTICLE, (passage,)), engine, CONDENSER).candidates
    return tuple(line for line in lines if line.origin == "model")


def test_best_of_the_lines_found_is_told_first_and_doubtful_ones_not_at_all() -> None:
    engine = Searching(lambda _: GREEDY)

    lines = drafted(engine)

    assert isinstance(engine, Proposer)
    assert [line.text for line in lines] == [BETTER, GREEDY]
    assert engine.sought == [(engine.asked[0], N_BEAMS)]


def test_line_that_is_better_than_all_others_stays() -> None:
    lines = drafted(Searching(lambda _: GREEDY, lines=(WORSE,)))

    assert [line.text for line in lines] == [GREEDY]


def test_doubted_answer_comes_after_every_line_that_is_not() -> None:
    by_length = condensers.Logistic(bias=9.0, likelihood=0.0, log_odds=0.0)
    doubting = replace(TRUST, stands=by_length, sure=0.8, enough=1.0)
    condenser = replace(CONDENSER, trust={"fact": doubting})
    engine = Searching(lambda _: GREEDY, lines=(BETTER,))

    (lines,) = draft_one(Request(ARTICLE, (FACT,)), engine, condenser).candidates

    assert [line.text for line in lines if line.origin == "model"] == [BETTER, GREEDY]
    assert [line.is_unsure for line in lines[:2]] == [False, True]


def test_other_line_is_found_where_the_model_refused() -> None:
    lines = drafted(Searching(lambda _: "none"))

    assert [line.text for line in lines] == [BETTER, GREEDY]


@pytest.mark.parametrize(
    ("answer", "passage"),
    [
        (BETTER, FACT),
        (GREEDY, replace(FACT, score=0.29)),
        ("none", replace(FACT, score=0.49)),
        (GREEDY, Passage("agreement", (0,), 0.9)),
        ("none", Passage("agreement", (0,), 0.9)),
        ("none", Passage("dissent", (1,), 0.9)),
    ],
    ids=[
        "surely stands",
        "matters little",
        "likely refused with reason",
        "of unknown trust",
        "refused, of unknown trust",
        "refused, of a kind that is not searched",
    ],
)
def test_nothing_is_sought(answer: str, passage: Passage) -> None:
    engine = Searching(lambda _: answer)

    drafted(engine, passage)

    assert not engine.sought


def test_only_the_weightiest_of_an_article_are_searched() -> None:
    engine = Searching(lambda _: GREEDY)
    scores = (0.4, 0.9, 0.5, 0.8, 0.6, 0.7, 0.3)
    passages = tuple(replace(FACT, score=score, speaker=f"{score}") for score in scores)
    others = (replace(FACT, score=0.35, speaker="other"),)
    requests = [Request(ARTICLE, passages), Request(cleaned("Oru is open."), others)]

    drafting.draft_many(requests, engine, CONDENSER)

    ((prompts, _),) = engine.sought
    speakers = [prompt.text.partition("said by ")[2].removesuffix(":") for prompt in prompts]
    assert speakers == ["0.9", "0.8", "0.6", "0.7", "other"]


def test_engine_that_cannot_search_gives_its_one_line() -> None:
    @dataclass
    class Greedy(ScriptedEngine):
        def generate(self, prompts: Sequence[Prompt]) -> list[Completion]:
            return [replace(one, log_likelihood=-1.0) for one in super().generate(prompts)]

    lines = drafted(Greedy(lambda _: GREEDY))

    assert [line.text for line in lines] == [GREEDY]


def test_tokens_of_a_search_count_with_its_prompt_read_once() -> None:
    engine = Searching(lambda _: GREEDY, lines=(BETTER, WORSE))

    draft = draft_one(Request(ARTICLE, (FACT,)), engine, CONDENSER)

    ((prompt,),) = engine.asked
    assert draft.n_prompt_tokens == len(prompt.text.split()) + 9
    assert draft.n_output_tokens == 2 + 2 + 2
