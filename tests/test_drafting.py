"""Candidates for every passage: the model's line, a composed view, a trimmed sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import get_args

import pytest

from briefer import drafting
from briefer.drafting import TRAINED, UNTRAINED, Request, composing, condensers
from briefer.models import trained
from briefer.models.base import Completion, Prompt
from briefer.schema import DraftLine, Passage, PassageKind, Statement
from tests.fakes import ScriptedEngine, cleaned, draft_one, says, span

ARTICLE = cleaned(
    "Meanwhile, the harbour (the largest on the coast) closed on Tuesday, according to Lee. "
    "Mayor Ann Lee denounced the strike as theft. "
    "“We had no money left,” she said.",
    title="Harbour closes",
)
DENOUNCED = replace(
    says(ARTICLE, "Ann Lee", "the strike as theft"),
    source=span(ARTICLE, "Mayor Ann Lee"),
    cue=span(ARTICLE, "denounced"),
)
SAID = replace(
    says(ARTICLE, "Ann Lee", "“We had no money left,”"),
    source=span(ARTICLE, "she"),
    cue=span(ARTICLE, "said"),
)


@dataclass
class Unsure(ScriptedEngine):
    """Says of every answer that it is so likely."""

    likelihood: float | None = None

    def generate(self, prompts: Sequence[Prompt]) -> list[Completion]:
        return [
            replace(answer, log_likelihood=self.likelihood) for answer in super().generate(prompts)
        ]


FACT = Passage("fact", (0,), 0.9)
VIEW = Passage("dissent", (1, 2), 0.8, speaker="Ann Lee", statements=(0, 1))


def drafted(answer: str, *passages: Passage) -> tuple[tuple[DraftLine, ...], ...]:
    request = Request(ARTICLE, passages, (DENOUNCED, SAID))
    return draft_one(request, ScriptedEngine(lambda _: answer)).candidates


def test_fact_gets_the_models_line_first_then_the_articles_own_words() -> None:
    (lines,) = drafted("The harbour shut on Tuesday, Lee said.", FACT)

    assert [(line.origin, line.text) for line in lines] == [
        ("model", "The harbour shut on Tuesday, Lee said."),
        ("trimmed", "The harbour closed on Tuesday, according to Lee."),
        ("sentence", ARTICLE.sentences[0].text),
    ]


CLAUSE = "Ann Lee denounced the strike as theft."
QUOTATION = 'Ann Lee said: "We had no money left".'


@pytest.mark.parametrize(
    ("condenser", "expected"),
    [
        (UNTRAINED, [CLAUSE, "Ann Lee attacked the strike.", QUOTATION]),
        (TRAINED, ["Ann Lee attacked the strike.", CLAUSE, QUOTATION]),
    ],
)
def test_only_a_trained_condenser_words_views_before_code_does(
    condenser: drafting.Condenser, expected: list[str]
) -> None:
    engine = ScriptedEngine(lambda _: "Ann Lee attacked the strike.")

    draft = draft_one(Request(ARTICLE, (VIEW,), (DENOUNCED, SAID)), engine, condenser)

    assert [line.text for line in draft.candidates[0]] == expected


def test_bare_quotation_is_no_candidate_where_the_condenser_saw_no_view() -> None:
    (lines,) = drafted("none", VIEW)

    assert [line.text for line in lines] == [CLAUSE, ""]


def test_candidates_come_in_the_order_of_the_passages() -> None:
    first, second = drafted("A line.", VIEW, FACT)

    assert {line.passage for line in first} == {VIEW}
    assert {line.passage for line in second} == {FACT}


def test_several_articles_are_one_batch_and_tokens_are_counted_by_article() -> None:
    engine = ScriptedEngine(lambda _: "one two three")
    other = cleaned("The bridge is open.")

    first, second = drafting.draft_many(
        [Request(ARTICLE, (FACT, VIEW), (DENOUNCED, SAID)), Request(other, (FACT,))], engine
    )

    assert [len(batch) for batch in engine.asked] == [3]
    assert (first.n_output_tokens, second.n_output_tokens) == (6, 3)
    assert first.n_prompt_tokens > second.n_prompt_tokens > 0


def test_nothing_to_draft_never_reaches_the_engine() -> None:
    engine = ScriptedEngine(lambda _: "")

    draft = draft_one(Request(ARTICLE, ()), engine)

    assert (draft.candidates, engine.asked) == ((), [])


@pytest.mark.parametrize(
    ("condenser", "form", "label"),
    [(UNTRAINED, "chat", "condense@v1"), (TRAINED, "plain", "condense@v4")],
)
def test_trained_models_are_asked_in_their_own_form(
    condenser: drafting.Condenser, form: str, label: str
) -> None:
    engine = ScriptedEngine(lambda _: "A line.")

    draft_one(Request(ARTICLE, (FACT,)), engine, condenser)

    assert [prompt.form for prompt in engine.asked[0]] == [form]
    assert list(drafting.prompts_of(condenser)) == [label]


def prompted(passage: Passage) -> str:
    """The prompt that is sent for one passage."""
    engine = ScriptedEngine(lambda _: "A line.")
    draft_one(Request(ARTICLE, (passage,), (DENOUNCED, SAID)), engine)
    return engine.asked[0][0].text


def test_prompt_tells_a_passage_with_its_gaps() -> None:
    deal = replace(FACT, kind="agreement", sentences=(0, 2))

    assert "according to Lee. … “We had no money left,”" in prompted(deal)


@pytest.mark.parametrize(
    ("sentences", "odds", "core"),
    [
        ((1, 2), (0.5, 0.9), "Mayor Ann Lee denounced the strike as theft."),
        ((0, 2), (0.5, 0.9), "“We had no money left,” she said."),
        ((0, 2), (), "Meanwhile, the harbour (the largest on the coast) closed on Tuesday"),
    ],
)
def test_view_is_asked_for_from_the_sentence_of_its_most_telling_statement(
    sentences: tuple[int, ...], odds: tuple[float, ...], core: str
) -> None:
    prompt = prompted(replace(VIEW, sentences=sentences, odds=odds))

    assert f"Passage: {core}" in prompt
    assert " … " not in prompt
    assert 'Begin with "Ann Lee"' in prompt


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        ("none", ""),
        (" None.\n", ""),
        ("The passage states that the harbour shut.", "The harbour shut."),
        ("Headline: Harbour shuts", "Harbour shuts"),
        ("- a harbour\n shut", "A harbour shut"),
    ],
)
def test_models_wrapping_and_refusal_are_taken_off(answer: str, line: str) -> None:
    (lines,) = drafted(answer, FACT)

    assert lines[0].text == line


def test_line_that_used_all_its_tokens_is_marked_cut_off() -> None:
    class Wordy(ScriptedEngine):
        def generate(self, prompts):  # type: ignore[no-untyped-def]
            return [replace(one, stop_reason="length") for one in super().generate(prompts)]

    draft = draft_one(Request(ARTICLE, (FACT,)), Wordy(lambda _: "The harbour"))

    assert [line.is_cut_off for line in draft.candidates[0]] == [True, False, False]


def test_statement_outside_the_passage_is_not_used() -> None:
    article = cleaned("Rain fell. Okoro denied the charge of theft.")
    statement = replace(
        says(article, "Tom Okoro", "the charge of theft"),
        source=span(article, "Okoro"),
        cue=span(article, "denied"),
    )
    passage = Passage("dissent", (0,), 1.0, speaker="Tom Okoro", statements=(0,))

    assert composing.compose(article, passage, [statement]) is None


def test_opening_pronoun_of_a_fact_is_resolved() -> None:
    article = cleaned("She closed the harbour, she said.")
    statement: Statement = replace(
        says(article, "Ann Lee", "closed the harbour"), source=span(article, "She")
    )

    resolved = composing.resolved(article, article.sentences[0], [statement])

    assert resolved == "Ann Lee closed the harbour, she said."


BARE = replace(VIEW, statements=())


def answered_by_kind(prompt: Prompt) -> str:
    """A condenser that sees no view but knows a fact."""
    return "none" if "View" in prompt.text else "Ann Lee spoke of theft."


def test_sure_view_that_the_condenser_refuses_is_asked_for_as_a_fact() -> None:
    engine = ScriptedEngine(answered_by_kind)

    draft = draft_one(Request(ARTICLE, (BARE, FACT)), engine, TRAINED)

    assert [line.text for line in draft.candidates[0]] == ["Ann Lee spoke of theft."]
    assert [len(batch) for batch in engine.asked] == [2, 1]
    read = sum(len((one.instruction + one.text).split()) for b in engine.asked for one in b)
    assert draft.n_prompt_tokens == read


def test_doubtful_view_that_the_condenser_refuses_is_none() -> None:
    engine = ScriptedEngine(answered_by_kind)

    draft = draft_one(Request(ARTICLE, (replace(BARE, score=0.5),)), engine, TRAINED)

    assert [line.text for line in draft.candidates[0]] == [""]


@pytest.mark.parametrize(("is_sure", "ways"), [(True, ["model", "trimmed"]), (False, ["model"])])
def test_refused_agreement_is_told_by_code_where_it_is_sure(
    is_sure: object, ways: list[str]
) -> None:
    deal = Passage("agreement", (0,), 0.5, parties=("Lyr",), is_sure=is_sure is True)

    draft = draft_one(Request(ARTICLE, (deal,)), ScriptedEngine(lambda _: "none"), TRAINED)

    assert [line.origin for line in draft.candidates[0]] == ways


def test_view_without_a_holder_is_asked_for_as_a_fact() -> None:
    engine = ScriptedEngine(answered_by_kind)

    draft = draft_one(Request(ARTICLE, (replace(BARE, speaker=None),)), engine, TRAINED)

    assert [line.text for line in draft.candidates[0]] == ["Ann Lee spoke of theft."]


HEADLINE = Passage("headline", (0,), 0.9)


def test_headline_is_the_fact_of_its_lead_then_the_title_then_the_lead_itself() -> None:
    engine = ScriptedEngine(
        lambda prompt: "The U.S. harbour closed." if "Fact" in prompt.text else ""
    )

    draft = draft_one(Request(ARTICLE, (HEADLINE,)), engine, TRAINED)

    assert [(line.origin, line.text) for line in draft.candidates[0]] == [
        ("model", "The U.S. harbour closed"),
        ("sentence", "Harbour closes"),
        ("trimmed", "The harbour closed on Tuesday, according to Lee."),
        ("sentence", ARTICLE.sentences[0].text),
    ]


def test_sentence_that_heads_a_brief_has_no_dateline() -> None:
    article = cleaned("SELMOR, March 3 (CW) - The harbour of Oru closed.")

    (lines,) = draft_one(
        Request(article, (HEADLINE,)), ScriptedEngine(lambda _: "none"), TRAINED
    ).candidates

    assert lines[-1].text == "The harbour of Oru closed."


def test_headline_keeps_the_point_of_an_abbreviation() -> None:
    engine = ScriptedEngine(lambda _: "Harbour closed in the U.S.")

    draft = draft_one(Request(ARTICLE, (HEADLINE,)), engine, TRAINED)

    assert draft.candidates[0][0].text == "Harbour closed in the U.S."


KINDS: tuple[PassageKind, ...] = get_args(PassageKind)
# Doubts below a natural-log likelihood of -.38 a word, disbelieves below -.46.
LIKELIHOOD = condensers.Logistic(bias=0.0, likelihood=1.0, log_odds=0.0)
BY_LIKELIHOOD = condensers.Trust(LIKELIHOOD, LIKELIHOOD, least=0.387, sure=0.406)
TRUSTED = replace(TRAINED, trust=dict.fromkeys(KINDS, BY_LIKELIHOOD), asks_itself=False)


@pytest.mark.parametrize(
    ("likelihood", "origins"),
    [(-1.1, ["model"]), (-1.2, ["model, doubtful"]), (None, ["model"])],  # of three words
)
def test_line_that_the_shipped_condenser_was_unsure_of_is_doubtful(
    likelihood: float | None, origins: list[str]
) -> None:
    engine = Unsure(lambda _: "The harbour shut.", likelihood=likelihood)

    (lines,) = draft_one(Request(ARTICLE, (FACT,)), engine, TRUSTED).candidates

    shown = [line.origin + ", doubtful" * line.is_doubtful for line in lines]
    assert shown == [*origins, "trimmed", "sentence"]


def test_sure_view_that_the_condenser_was_unsure_of_is_asked_for_as_a_fact() -> None:
    engine = Unsure(lambda _: "Ann Lee spoke.", likelihood=-20.0)

    draft_one(Request(ARTICLE, (BARE,)), engine, TRUSTED)

    assert [len(batch) for batch in engine.asked] == [1, 1]


@dataclass
class SurerAt(ScriptedEngine):
    """Is surer of what it answers in its second batch, or less sure."""

    likelihoods: tuple[float, float] = (-3.0, -0.3)

    def generate(self, prompts: Sequence[Prompt]) -> list[Completion]:
        likelihood = self.likelihoods[len(self.asked)]
        return [replace(one, log_likelihood=likelihood) for one in super().generate(prompts)]


@pytest.mark.parametrize(
    ("likelihoods", "shipped"),
    [((-3.0, -0.3), ("The port closed.", False)), ((-3.0, -6.0), ("The harbour shut.", True))],
)
def test_doubtful_fact_is_asked_for_again_and_the_likelier_answer_taken(
    likelihoods: tuple[float, float], shipped: tuple[str, bool]
) -> None:
    engine = SurerAt(
        lambda prompt: "The harbour shut." if "(the largest" in prompt.text else "The port closed.",
        likelihoods=likelihoods,
    )

    draft = draft_one(Request(ARTICLE, (FACT,)), engine, TRUSTED)

    line = draft.candidates[0][0]
    assert (line.text, line.is_doubtful) == shipped
    assert "closed on Tuesday, according to Lee." in engine.asked[1][0].text
    assert draft.n_output_tokens == 3 + 3


@pytest.mark.parametrize(("score", "n"), [(0.59, 1), (0.6, 3)])
def test_doubtful_fact_is_told_in_the_articles_words_only_where_it_matters(
    score: float, n: int
) -> None:
    engine = Unsure(lambda _: "The harbour shut.", likelihood=-3.0)

    (lines,) = draft_one(
        Request(ARTICLE, (Passage("fact", (0,), score),)), engine, TRUSTED
    ).candidates

    assert len(lines) == n
    assert lines[0].is_doubtful


@pytest.mark.parametrize(
    ("score", "likelihood", "shown"),
    [(0.5, -1.2, (False, True)), (0.5, -1.5, (True, True)), (0.85, -1.2, (True, True))],
)
def test_minor_fact_that_is_a_little_unlikely_is_unsure(
    score: float, likelihood: float, shown: tuple[bool, bool]
) -> None:
    engine = Unsure(lambda _: "The harbour shut.", likelihood=likelihood)

    (lines,) = draft_one(
        Request(ARTICLE, (Passage("fact", (0,), score),)), engine, TRUSTED
    ).candidates

    assert (lines[0].is_doubtful, lines[0].is_unsure) == shown


@pytest.mark.parametrize(
    ("line", "unsure"),
    [
        ("The harbour closed on Tuesday, according to Lee.", []),
        ("The biggest port shut.", ["The biggest port shut."]),
    ],
)
def test_line_in_words_of_its_own_needs_more_trust_than_one_close_to_its_sentence(
    line: str, unsure: list[str]
) -> None:
    engine = Unsure(lambda _: line, likelihood=-0.2 * len(line.split()))  # trusted by .45
    stricter = replace(TRUSTED, trust=dict.fromkeys(KINDS, replace(BY_LIKELIHOOD, reworded=0.5)))

    (lines,) = draft_one(Request(ARTICLE, (FACT,)), engine, stricter).candidates

    assert [one.text for one in lines if one.is_unsure] == unsure
    assert not any(one.is_doubtful for one in lines)


def test_doubtful_fact_whose_sentence_cannot_be_trimmed_is_not_asked_for_again() -> None:
    engine = Unsure(lambda _: "She attacked the strike.", likelihood=-9.0)

    draft_one(Request(ARTICLE, (Passage("fact", (1,), 0.9),)), engine, TRUSTED)

    assert len(engine.asked) == 1


def test_likelihood_of_other_weights_says_nothing() -> None:
    engine = Unsure(lambda _: "The harbour shut.", likelihood=-50.0)

    (lines,) = draft_one(Request(ARTICLE, (FACT,)), engine, TRAINED).candidates

    assert not any(line.is_doubtful for line in lines)


def test_trust_is_in_a_shipped_condenser() -> None:
    shipped = {part.sha256 for part in trained.all_of("condenser")}

    assert set(condensers._TRUST) <= shipped


@dataclass
class Asked(ScriptedEngine):
    """Says of a line whether it holds, with a likelihood."""

    says: str = "yes"
    likelihood: float | None = -0.1

    def generate(self, prompts: Sequence[Prompt]) -> list[Completion]:
        return [
            replace(one, text=f" {self.says}", log_likelihood=self.likelihood)
            if prompt.text.endswith("True:")
            else replace(one, log_likelihood=-0.3)
            for prompt, one in zip(prompts, super().generate(prompts), strict=True)
        ]


# Doubts a line where "no" is likelier.
ODDS = condensers.Logistic(bias=0.0, likelihood=0.0, log_odds=1.0)
BY_ODDS = condensers.Trust(ODDS, ODDS, least=0.5, sure=0.5)
SELF_ASKING = replace(TRAINED, trust=dict.fromkeys(KINDS, BY_ODDS))


@pytest.mark.parametrize(
    ("says", "likelihood", "is_doubtful"),
    [("yes", -0.1, False), ("no", -0.1, True), ("no", -1.0, False), ("no", None, False)],
)
def test_trained_condenser_is_asked_whether_its_line_holds(
    says: str,
    likelihood: float | None,
    is_doubtful: bool,  # noqa: FBT001
) -> None:
    engine = Asked(lambda _: "The harbour shut.", says=says, likelihood=likelihood)

    (lines,) = draft_one(Request(ARTICLE, (FACT,)), engine, SELF_ASKING).candidates

    assert lines[0].is_doubtful == is_doubtful


def test_question_repeats_the_prompt_and_its_tokens_count() -> None:
    engine = Asked(lambda _: "The harbour shut.")

    draft = draft_one(Request(ARTICLE, (FACT,)), engine, SELF_ASKING)

    (first,), (question,) = engine.asked
    assert question.text == f"{first.text} The harbour shut.\nTrue:"
    assert question.max_new_tokens == 1
    assert draft.n_output_tokens == 3 + 3  # the script writes three words each time


@pytest.mark.parametrize(
    ("line", "condenser"),
    [("none", SELF_ASKING), ("The harbour shut.", TRAINED)],
    ids=["a refusal", "weights that were not measured"],
)
def test_nothing_is_asked_that_nobody_can_use(line: str, condenser: drafting.Condenser) -> None:
    engine = Asked(lambda _: line)

    draft_one(Request(ARTICLE, (FACT,)), engine, condenser)

    assert len(engine.asked) == 1


def test_engine_without_likelihoods_is_asked_for_lines_only() -> None:
    engine = ScriptedEngine(lambda _: "The harbour shut.")

    draft_one(Request(ARTICLE, (FACT,)), engine, SELF_ASKING)

    assert len(engine.asked) == 1


def test_lines_are_weighed_by_standing_alone_and_doubted_by_not_being_wrong() -> None:
    trust = condensers.Trust(stands=ODDS, holds=LIKELIHOOD, least=0.3, sure=0.4)
    condenser = replace(TRAINED, trust={"fact": trust})
    dangling = condensers.Answer(Completion("It shut.", 9, 2, "end", log_likelihood=-0.2), -2.0)
    wrong = condensers.Answer(Completion("It shut.", 9, 2, "end", log_likelihood=-2.0), 2.0)

    told = [condenser.disbelieves(one, "fact") for one in (dangling, wrong)]
    weights = [round(condenser.probability(one, "fact"), 2) for one in (dangling, wrong)]

    assert told == [False, True]
    assert weights == [0.12, 0.88]


@pytest.mark.parametrize(
    ("odds", "is_disbelieved", "is_doubted"),
    [(-3.0, True, True), (-0.4, False, True), (0.0, False, False)],
)
def test_line_that_cannot_stand_alone_is_not_believed_however_likely(
    odds: float,
    is_disbelieved: bool,  # noqa: FBT001
    is_doubted: bool,  # noqa: FBT001
) -> None:
    likely = Completion("The harbour shut.", 9, 3, "end", log_likelihood=-0.3)
    trust = condensers.Trust(ODDS, ODDS, least=0.01, sure=0.45, stranded=0.1)
    condenser = replace(TRAINED, trust={"fact": trust})

    answer = condensers.Answer(likely, odds)

    assert condenser.disbelieves(answer, "fact") == is_disbelieved
    assert condenser.doubts(answer, "fact") == is_doubted


@pytest.mark.parametrize(
    ("likelihood", "first"), [(0.0, "Ann Lee attacked the strike."), (-5.0, CLAUSE)]
)
def test_composed_view_comes_before_an_improbable_one(likelihood: float, first: str) -> None:
    engine = Unsure(lambda _: "Ann Lee attacked the strike.", likelihood=likelihood)
    trust = replace(BY_LIKELIHOOD, least=0.0, sure=0.0)
    condenser = replace(TRUSTED, trust={"dissent": trust})

    (lines,) = draft_one(Request(ARTICLE, (VIEW,), (DENOUNCED, SAID)), engine, condenser).candidates

    assert lines[0].text == first
