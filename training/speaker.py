"""Train who said what: which cues count, and whom pronouns mean.

``python -m training.speaker SHARED`` trains on the training part of train-briefs, prints figures
out of fold, and writes ``speech-<hash>.json``. Run ``training.kinds`` before it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import numpy as np

from briefer import mentions, resources
from briefer.models import linear
from briefer.statements import finding, heads, ranking, signals
from briefer.statements.contents import Layout, Said
from briefer.statements.ranking import Form
from briefer.statements.referents import Referent
from briefer.statements.scene import Scene
from training import fitting
from training.fitting import Examples, Features, Settings
from training.parsed import Parsed, is_same, read

# Strength by five folds: .03 to 1 within a point of F1; threshold: best F1 of sentences.
CUE = Settings(strength=0.1, threshold=0.42, min_count=5)
# Strength by five folds for each form. Thresholds: out of fold .94 of the answers are right for
# "he", .72 for "they", .83 for a quotation; below them more are wrong than right.
SPEAKER: dict[Form, Settings] = {
    "he": Settings(0.1, 0.2),
    "quote": Settings(0.1, 0.2),
    "it": Settings(0.1, 0.25),
    "they": Settings(0.1, 0.3),
    "description": Settings(0.3, 0.3),
    "body": Settings(0.3, 0.3),
    "group": Settings(0.3, 0.4),
    "document": Settings(0.1, 0.35),
}
ABOUT = "cues and speakers; trained on the speech of train-briefs, split train"


@dataclass
class Choice:
    """One source to be resolved: the features of its candidates, and which are right."""

    features: list[Features]
    is_right: list[bool]
    article: int


def collect_cues(articles: list[Parsed]) -> Examples:
    """Every possible cue, labelled by whether its sentence is speech of that speaker in gold.

    Cues within somebody's words whose speaker only a pronoun tells are left out: gold does not say
    whether they count.
    """
    found: list[tuple[Features, int, int]] = []
    for number, one in enumerate(articles):
        scene = Scene(one.parse, mentions.assemble(one.parse))
        layout, said = finding.gather(one.article, one.parse)
        for cue in said:
            if finding.can_be(one.parse, cue):
                label = _counts(one, scene, layout, cue)
                if label is not None:
                    found.append((signals.of(one.parse, scene.cast, cue), int(label), number))
    return _examples(found)


def _examples(rows: list[tuple[Features, int, int]]) -> Examples:
    return Examples([r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows])


def _counts(one: Parsed, scene: Scene, layout: Layout, said: Said) -> bool | None:
    speakers = one.speakers().get(layout.sentence_at(one.parse[said.place].idx), [])
    if not speakers:
        return False
    question = finding.question(said)
    speaker = scene.sure(question)
    if speaker is None and not finding.is_main(said):
        is_open = scene.wanted(question) is not None or question.head is None
        speaker = None if is_open else scene.resolve(question)
        return None if speaker is None else _is_any(one, speaker, speakers)
    return speaker is None or _is_any(one, speaker, speakers)


def _is_any(one: Parsed, referent: Referent, speakers: list[str]) -> bool:
    return any(is_same(referent.speaker, (name, *one.aliases(name))) for name in speakers)


def collect_choices(articles: list[Parsed]) -> dict[Form, list[Choice]]:
    """Every source that must be resolved, in sentences with one speaker in gold."""
    found: dict[Form, list[Choice]] = {form: [] for form in get_args(Form)}
    for number, one in enumerate(articles):
        scene = Scene(one.parse, mentions.assemble(one.parse))
        layout, said = finding.gather(one.article, one.parse)
        likely = [cue for cue in said if finding.is_likely(scene, cue)]
        teacher = _teacher(one, number, layout, found)
        for _ in finding.attribute(scene, layout, likely, teacher):
            pass
    return found


def _teacher(
    one: Parsed, number: int, layout: Layout, found: dict[Form, list[Choice]]
) -> Callable[[Scene, Said], Referent | None]:
    """Resolves by gold where gold tells, and keeps the choice as an example."""
    speakers = one.speakers()

    def resolve(scene: Scene, said: Said) -> Referent | None:
        question = finding.question(said)
        names = speakers.get(layout.sentence_at(one.parse[said.place].idx), [])
        wanted = None if scene.sure(question) else scene.wanted(question)
        is_clear = len(names) == 1 and finding.is_main(said)
        if wanted is None or not is_clear or heads.is_first_person(one.parse, question.head):
            return scene.resolve(question)
        candidates = scene.candidates(wanted)
        is_right = [_is_any(one, referent, names) for referent, _ in candidates]
        if candidates:
            choice = Choice([features for _, features in candidates], is_right, number)
            found[wanted.form].append(choice)
        right = [
            referent for (referent, _), is_it in zip(candidates, is_right, strict=True) if is_it
        ]
        return right[0] if right else scene.resolve(question)

    return resolve


def train_speaker(form: Form, choices: list[Choice]) -> linear.Linear:
    """The ranker of a form; prints how often it is right out of fold, and how often it answers."""
    rows = [
        (features, int(is_it), choice.article)
        for choice in choices
        for features, is_it in zip(choice.features, choice.is_right, strict=True)
    ]
    examples, settings = _examples(rows), SPEAKER[form]
    scores = fitting.out_of_fold(examples, settings)
    n_right = n_answered = start = 0
    for choice in choices:
        part = scores[start : start + len(choice.features)]
        start += len(choice.features)
        best = int(np.argmax(part))
        n_answered += int(part[best] >= settings.threshold)
        n_right += int(part[best] >= settings.threshold and choice.is_right[best])
    print(f"{form}, out of fold: {n_right} of {n_answered} answers right, {len(choices)} asked")
    return fitting.fit(examples, settings)


def train_cue(examples: Examples) -> linear.Linear:
    """The filter of cues; prints its F1 out of fold."""
    is_yes = fitting.out_of_fold(examples, CUE) >= CUE.threshold
    labels = np.array(examples.labels)
    f1 = 2 * (is_yes & (labels == 1)).sum() / (is_yes.sum() + labels.sum())
    print(f"cues, out of fold: F1 {f1:.3f} of {len(labels)}")
    return fitting.fit(examples, CUE)


def main(shared: Path) -> None:
    """Train the filter, then the rankers on what it lets through, and write both."""
    articles = list(read(shared, "train"))
    models = dict(linear.load(ranking.MODELS)) | {"cue": train_cue(collect_cues(articles))}
    fitting.write(ranking.MODELS, models, ABOUT, resources.shipped(""))
    for form, choices in collect_choices(articles).items():
        models[f"speaker: {form}"] = train_speaker(form, choices)
    print(fitting.write(ranking.MODELS, models, ABOUT, resources.shipped("")))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
