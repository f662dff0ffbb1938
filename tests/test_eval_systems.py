"""Systems that make briefs for the table, and what is kept of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from briefer import tagging
from briefer.briefing import NOBODY
from briefer.errors import EngineUnavailable
from briefer.models import EngineName
from briefer.models.base import Completion, Prompt
from briefer.schema import Brief, CleanArticle, Span, Tags
from eval import bench, verifying
from eval.data import samples
from eval.errors import DataError, MissingCompletion
from eval.gold import GoldBrief, GoldFact, unannotated
from eval.probed import RecordingProber, StoredProber, known_probers, stored_probers
from eval.stored import CARD as CARD_KEY
from eval.stored import RecordingEngine, Store, StoredEngine, completion_key
from eval.suite import Tools
from eval.systems import annotator, extracts, foreign, one_shot, whole
from eval.systems.whole import Timer
from eval.tags import RecordingTagger, StoredTagger, drift
from tests.fakes import CARD, FixedTagger, ScriptedEngine, cleaned

TEXT = (
    "Harbour workers in Port Selby walked out on Monday. "
    "The city and the dockers' union agreed to talk for ten days. "
    "Mayor Ruth Amari rejected the criticism of the cuts. "
    "The harbour workers of Port Selby want the cuts of the city undone."
)
ARTICLE = cleaned(TEXT, title="Walkout")
S = tuple(Span(sentence.start, sentence.end) for sentence in ARTICLE.sentences)
GOLD = replace(
    unannotated("walkout", ARTICLE),
    headline="Workers walk out",
    facts=(GoldFact("Workers walked out.", (S[0],)),),
)


def answered(text: str) -> Completion:
    return Completion(text, 10, 10, "end")


ANSWER = """**HEADLINE:** Port Selby workers walk out
BULLETS:
- Harbour workers walked out on Monday.
1. Talks will last ten days.

KEY ACTORS:
* Ruth Amari: mayor
AGREEMENTS:
- The city and the Dockers' Union agreed to talk.
DISSENTING VIEWS:
Ruth Amari: rejects the criticism
"""


def test_the_one_shot_answer_is_read_section_by_section() -> None:
    brief = one_shot.read(GOLD, answered(ANSWER))

    assert brief.headline is not None
    assert brief.headline.text == "Port Selby workers walk out"
    assert [line.text for line in brief.summary] == [
        "Harbour workers walked out on Monday.",
        "Talks will last ten days.",
    ]
    assert [(actor.name, actor.role) for actor in brief.actors] == [("Ruth Amari", "mayor")]
    assert brief.agreements.items[0].parties[-1] == "Dockers' Union"
    assert brief.dissent.items[0].holder == "Ruth Amari"


def test_its_lines_are_given_the_sentences_closest_to_them() -> None:
    brief = one_shot.read(GOLD, answered(ANSWER))

    assert (
        brief.summary[0].evidence[0].text == "Harbour workers in Port Selby walked out on Monday."
    )
    assert brief.summary[1].evidence[0].text.startswith("The city and the dockers' union agreed")


@pytest.mark.parametrize("none", ["None", "- None.", "No dissenting views.", "none mentioned"])
def test_none_is_no_item(none: str) -> None:
    brief = one_shot.read(GOLD, answered(f"DISSENTING VIEWS:\n{none}\n"))

    assert brief.dissent.status == "none_found"


def test_an_answer_without_sections_is_an_empty_brief() -> None:
    brief = one_shot.read(GOLD, answered("The workers walked out."))

    assert (brief.headline, brief.summary) == (None, ())


def test_the_one_shot_prompt_holds_the_whole_article() -> None:
    prompt = one_shot.prompt(ARTICLE)

    assert TEXT in prompt.text
    assert "DISSENTING VIEWS:" in prompt.instruction


def test_extracts_take_sentences_as_they_stand() -> None:
    lead = extracts.lead(GOLD, 2)
    ranked = extracts.lex_rank(GOLD, 2)

    assert [line.text for line in lead.summary] == [one.text for one in ARTICLE.sentences[:2]]
    assert {line.kind for line in lead.summary} == {"extractive"}
    assert lead.dissent.status == "not_checked"
    assert len(ranked.summary) == 2
    assert all(line.text in TEXT for line in ranked.summary)
    assert len(extracts.text_rank(GOLD, 99).summary) == 4


def test_always_none_says_none_found() -> None:
    brief = extracts.nothing(GOLD)

    assert (brief.agreements.status, brief.dissent.status) == ("none_found", "none_found")


def prompt(text: str) -> Prompt:
    return Prompt(text=text, instruction="Condense.")


@dataclass
class Proposing(ScriptedEngine):
    """Proposes the prompt's text with a number."""

    sought: list[str] = field(default_factory=list)

    def propose(self, prompts: Sequence[Prompt], n: int) -> list[tuple[Completion, ...]]:
        self.sought += [one.text for one in prompts]
        return [
            tuple(Completion(f"{one.text} {place}", 1, 2, "end", -1.0) for place in range(n))
            for one in prompts
        ]


@dataclass
class CountingProber:
    """Finds that a line holds less the longer it is."""

    sha256: str = "5" * 64
    read: list[str] = field(default_factory=list)

    def probe(
        self, prompts: Sequence[Prompt], answers: Sequence[str], names: Sequence[str]
    ) -> list[tuple[float, ...]]:
        self.read += answers
        return [tuple(-float(len(answer)) for _ in names) for answer in answers]


def test_a_completion_is_computed_once_and_kept(tmp_path: Path) -> None:
    engine = ScriptedEngine(lambda asked: asked.text.upper())
    path = tmp_path / "completions.jsonl"

    first = RecordingEngine(engine, Store(path)).generate([prompt("a"), prompt("b"), prompt("a")])
    second = RecordingEngine(engine, Store(path)).generate([prompt("b"), prompt("c")])

    assert [one.text for one in first] == ["A", "B", "A"]
    assert [one.text for one in second] == ["B", "C"]
    assert [[one.text for one in asked] for asked in engine.asked] == [["a", "b"], ["c"]]


def test_a_stored_engine_says_what_is_missing_and_how_to_get_it(tmp_path: Path) -> None:
    store = Store(tmp_path / "completions.jsonl")
    RecordingEngine(ScriptedEngine(lambda _: "A"), store).generate([prompt("a")])
    stored = StoredEngine(store, CARD)

    assert stored.generate([prompt("a")])[0].text == "A"
    with pytest.raises(MissingCompletion, match="refresh"):
        stored.generate([prompt("a changed prompt")])


def test_proposals_are_searched_for_once_and_kept(tmp_path: Path) -> None:
    engine = Proposing(lambda _: "greedy")
    path = tmp_path / "completions.jsonl"

    first = RecordingEngine(engine, Store(path)).propose([prompt("a"), prompt("b")], 2)
    second = RecordingEngine(engine, Store(path)).propose([prompt("b")], 2)
    stored = StoredEngine(Store(path), CARD).propose([prompt("a")], 2)

    assert [[one.text for one in found] for found in first] == [["a 0", "a 1"], ["b 0", "b 1"]]
    assert [*second, *stored] == [first[1], first[0]]
    assert engine.sought == ["a", "b"]
    with pytest.raises(MissingCompletion, match="refresh"):
        StoredEngine(Store(path), CARD).propose([prompt("a")], 3)


def test_second_model_reads_a_line_once_and_what_it_says_is_kept(tmp_path: Path) -> None:
    second, path = CountingProber(), tmp_path / "completions.jsonl"
    both = [prompt("a"), prompt("b")]

    first = RecordingProber(second, Store(path)).probe(both, ["A", "BB"], ["holds"])
    again = RecordingProber(second, Store(path)).probe([prompt("b")], ["BB"], ["holds"])
    stored = StoredProber(Store(path), second.sha256)

    assert (first, again) == ([(-1.0,), (-2.0,)], [(-2.0,)])
    assert stored.probe([prompt("a")], ["A"], ["holds"]) == [(-1.0,)]
    assert second.read == ["A", "BB"]
    for line, name in (("another line", "holds"), ("A", "opposes")):
        with pytest.raises(MissingCompletion, match="refresh"):
            stored.probe([prompt("a")], [line], [name])


def test_store_says_whose_readings_of_which_lines_it_holds(tmp_path: Path) -> None:
    store = Store(tmp_path / "completions.jsonl")
    assert stored_probers(store) == NOBODY

    store.add(CARD_KEY, {"card": {}, "probers": {"views": "5" * 64}})

    found = stored_probers(store)
    assert known_probers(found) == {"views": "5" * 64}
    assert found.facts is None


def test_engine_that_cannot_search_proposes_nothing(tmp_path: Path) -> None:
    engine = RecordingEngine(ScriptedEngine(lambda _: "A"), Store(tmp_path / "completions.jsonl"))

    assert engine.propose([prompt("a")], 2) == [()]


def test_another_adapter_or_limit_is_another_key() -> None:
    keys = {
        completion_key(prompt("a"), CARD),
        completion_key(prompt("a"), replace(CARD, adapters={"condenser": "1" * 64})),
        completion_key(replace(prompt("a"), max_new_tokens=9), CARD),
        completion_key(replace(prompt("a"), instruction="Other."), CARD),
    }

    assert len(keys) == 4
    assert completion_key(prompt("a"), replace(CARD, engine="other")) in keys


def test_a_broken_store_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "completions.jsonl"
    path.write_text('{"key": "a"}\nnonsense\n', encoding="utf-8")

    with pytest.raises(DataError, match=r"completions\.jsonl, line 2"):
        Store(path)


def test_a_store_forgets_what_is_not_kept(tmp_path: Path) -> None:
    store = Store(tmp_path / "x.jsonl")
    store.add("b", {"n": 1})
    store.add("a", {"n": 2})

    store.keep_only(frozenset("a"))

    assert len(Store(tmp_path / "x.jsonl")) == 1
    assert "b" not in store


class TrainedTagger(FixedTagger):
    """Says to have been trained."""


def test_tags_are_kept_by_artefact_and_text(tmp_path: Path) -> None:
    tagger = TrainedTagger({0: Tags(0.9, 0.1, 0.2, 0.3)}, adapters={"tagger": "2" * 64})
    store = Store(tmp_path / "tags.jsonl")
    RecordingTagger(lambda: tagger, tagger.adapters, store).tag(ARTICLE)

    stored = StoredTagger(Store(store.path), tagger.adapters)

    assert stored.tag(ARTICLE)[0] == Tags(0.9, 0.1, 0.2, 0.3)
    with pytest.raises(MissingCompletion, match="no stored tags for 'Walkout'"):
        StoredTagger(store, {"tagger": "3" * 64}).tag(ARTICLE)


def test_what_is_seen_of_words_is_kept_in_tenths(tmp_path: Path) -> None:
    plain = Tags(0.9, 0.1, 0.2, 0.3)
    seen = {
        0: replace(plain, acting=(1.234, -0.06)),
        1: replace(plain, acting=()),
        2: plain,
    }
    adapters = {"tagger": "2" * 64}
    store = Store(tmp_path / "tags.jsonl")
    article = cleaned("One two. ... Three.")
    RecordingTagger(lambda: TrainedTagger(seen, adapters=adapters), adapters, store).tag(article)

    stored = StoredTagger(Store(store.path), adapters).tag(article)

    wanted = ((1.2, -0.1), (), None)
    assert [one.acting for one in stored] == list(wanted[: len(stored)])


def test_drift_of_words_is_told_apart(tmp_path: Path) -> None:
    adapters = {"tagger": "2" * 64}
    store = Store(tmp_path / "tags.jsonl")
    first, second = (Tags(0.9, 0, 0, 0, acting=(odds, 1.0)) for odds in (2.0, 2.7))
    RecordingTagger(lambda: TrainedTagger({0: first}, adapters=adapters), adapters, store).tag(
        ARTICLE
    )

    found = drift(TrainedTagger({0: second}, adapters=adapters), store, [ARTICLE])

    assert found.largest == 0.0
    assert found.of_words == pytest.approx(0.7)


def test_drift_is_the_largest_difference(tmp_path: Path) -> None:
    adapters = {"tagger": "2" * 64}
    store = Store(tmp_path / "tags.jsonl")
    tagger = TrainedTagger({0: Tags(0.9, 0, 0, 0)}, adapters=adapters)
    RecordingTagger(lambda: tagger, adapters, store).tag(ARTICLE)

    same = drift(TrainedTagger({0: Tags(0.9, 0, 0, 0)}, adapters=adapters), store, [ARTICLE])
    other = drift(TrainedTagger({0: Tags(0.7, 0, 0, 0)}, adapters=adapters), store, [ARTICLE])

    assert same.largest == 0.0
    assert other.largest == pytest.approx(0.2)


def test_making_briefs_stops_in_time_and_goes_on(tmp_path: Path) -> None:
    golds = [replace(GOLD, id=name) for name in "abc"]
    made: list[str] = []
    said: list[str] = []

    def make(gold: GoldBrief) -> Brief:
        made.append(gold.id)
        return annotator.brief(gold)

    store = Store(tmp_path / "briefs.jsonl")
    whole.make_all(golds[:1], make, store, Timer.minutes(1), said.append)
    n_left = whole.make_all(golds, make, store, Timer.minutes(0), said.append)
    assert (n_left, made) == (2, ["a"])
    assert said[-1] == "time is up, 2 briefs left; run again to go on."

    again = Store(tmp_path / "briefs.jsonl")
    assert whole.make_all(golds, make, again, Timer.minutes(1), said.append) == 0
    assert made == ["a", "b", "c"]
    assert [one.gold.id for one in whole.kept(golds, again)] == ["a", "b", "c"]


def test_a_good_brief_has_no_faults_and_a_bad_one_names_them() -> None:
    good = annotator.brief(GOLD).model_dump(mode="json")
    bad = json.loads(json.dumps(good))
    bad["summary"][0]["evidence"][0]["start"] += 1
    bad["summary"][0]["kind"] = "invented"

    assert verifying.faults(good, GOLD) == []
    found = verifying.faults(bad, GOLD)
    assert any(line.startswith("schema: summary/0/kind") for line in found)
    assert any(line.startswith("evidence at 1 is not the text there") for line in found)


def test_a_text_of_another_cleaning_is_noticed() -> None:
    brief = annotator.brief(GOLD).model_dump(mode="json")

    other = replace(GOLD, clean=replace(ARTICLE, sha256="0" * 64))

    assert verifying.faults(brief, other) == ["source.sha256 is not that of the prepared text"]


def shifted(brief: Brief, article: CleanArticle) -> dict[str, object]:
    """The brief as another program would cite a text with a longer beginning."""
    content: dict[str, object] = json.loads(brief.model_dump_json())
    for piece in foreign.pieces(content):
        piece["start"] += 100
        piece["end"] += 100
    content["source"] = content["source"] | {"sha256": "1" * 64, "ref": "in/walkout.json"}  # type: ignore[operator]
    return content


def test_foreign_briefs_are_put_on_our_text_by_their_words(tmp_path: Path) -> None:
    path = tmp_path / "briefs.jsonl"
    path.write_text(json.dumps(shifted(annotator.brief(GOLD), ARTICLE)) + "\n", encoding="utf-8")

    (judged,) = foreign.beside(foreign.read(path), [GOLD])

    assert judged.brief.summary[0].evidence[0].start == S[0].start
    assert judged.gold.id == "walkout"


def test_a_foreign_file_that_holds_no_briefs_is_named(tmp_path: Path) -> None:
    path = tmp_path / "briefs.jsonl"
    path.write_text('{"source": {}}\n', encoding="utf-8")
    with pytest.raises(DataError, match="line 1 is no brief with a source"):
        foreign.read(path)

    path.write_text('{"source": {"ref": "a"}}\n', encoding="utf-8")
    with pytest.raises(DataError, match="the brief of a: id: Field required"):
        foreign.read(path)


def test_a_short_answer_is_timed_as_if_it_had_400_tokens() -> None:
    answer = bench.OneShot(first_s=2.0, whole_s=6.0, n_tokens=101)

    assert answer.full_s == pytest.approx(2.0 + 399 * 4.0 / 100)


def test_bench_takes_the_articles_of_middle_length() -> None:
    short, middle, long = (
        unannotated(f"{n} words", cleaned("word " * n)) for n in (100, 700, 1500)
    )

    assert bench.nearest([short, long, middle], 2) == [middle, short]


def test_bench_times_the_engines_asked_for_and_says_why_one_is_not_here() -> None:
    said: list[str] = []
    scripted = ScriptedEngine(lambda _: "HEADLINE: x")

    def load(name: str) -> ScriptedEngine:
        if name == "llamacpp":
            raise EngineUnavailable("xllamacpp is not installed")
        return scripted

    asked: list[EngineName] = ["llamacpp", "transformers"]
    bench.run(samples()[-4:], Tools.of(tagging.RuleTagger()), load, asked, said.append)

    assert said[0].startswith("4 articles of ")
    assert [line.split(":")[0] for line in said[2:]] == asked
    assert said[2] == "llamacpp: xllamacpp is not installed"
    assert "the brief costs" in said[3]
    assert scripted.is_closed
