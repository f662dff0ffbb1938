"""Gold briefs become passages with the line that answers each, refusals among them.

A gold line whose names or numbers its prompt does not hold would teach invention: it is marked as
not supported. Knows nothing of tokens or prompts.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from briefer.drafting.context import opening, sentences_before
from training import corpus

REFUSAL = "none"
MAX_SENTENCES = 4  # a passage has one to four sentences (schema.Passage)

# Shares in which training passages lack what code may fail to find at run time.
P_NO_SPEAKER = 0.15
# Refusals: shares of the annotators' near misses, of plain speech and of passages with another
# speaker's name, so that about four in ten views and agreements are refused. All of them would be
# more than half, and the condenser would learn to refuse; the tagger has chosen before it.
P_NEAR = {"agreement": 0.45, "dissent": 0.5}
P_PLAIN_SPEECH = 0.1
P_WRONG_SPEAKER = 0.15

_NUMBER = re.compile(r"\d[\d,.]*")
_NAME = re.compile(r"""(?<![.!?:"'(-] )(?<!^)\b([A-Z][\w'-]{2,})""")
_LONG_WORD = re.compile(r"[a-z]{5,}")
_NUMBER_WORDS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
fifteen sixteen seventeen eighteen nineteen twenty
""".split()  # noqa: SIM905 - reads better
_PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-"})


@dataclass(frozen=True, slots=True)
class Pair:
    """A passage, how it is asked for, and the line that answers."""

    id: str
    split: str
    licence: str
    kind: str
    sentences: tuple[int, ...]
    line: str
    is_supported: bool
    variables: dict[str, Any] = field(repr=False)


def passage_of(sentences: tuple[str, ...], chosen: Iterable[int]) -> str:
    """The chosen sentences in order, " … " where some are left out."""
    parts: list[str] = []
    last = None
    for i in sorted(chosen):
        if last is not None and i != last + 1:
            parts.append("…")
        parts.append(sentences[i])
        last = i
    return " ".join(parts)


def make(example: corpus.Example, rng: random.Random) -> Iterator[Pair]:
    """All training pairs of an article, refusals among them."""
    yield from _facts(example, rng)
    yield from _dissent(example, rng)
    yield from _agreements(example)
    yield from _refusals(example, rng)
    yield from _headlines(example)


def variables_of(
    example: corpus.Example, kind: str, chosen: Sequence[int], **names: Any
) -> dict[str, Any]:
    """What the prompts of a passage are rendered with; ``names``: speaker, parties."""
    first = min(chosen)
    return {
        "kind": kind,
        "title": example.title,
        "before": example.sentences[first - 1] if first else "",
        "start": opening(example.sentences, first),
        "context": "" if kind == "headline" else sentences_before(example.sentences, first),
        "passage": passage_of(example.sentences, chosen),
        "speaker": names.get("speaker"),
        "parties": names.get("parties", []),
        "line": None,
    }


def _pair(example: corpus.Example, kind: str, chosen: list[int], line: str, **names: Any) -> Pair:
    variables = variables_of(example, kind, chosen, **names)
    return Pair(
        id=example.id,
        split=example.split,
        licence=example.licence,
        kind=kind,
        sentences=tuple(sorted(chosen)),
        line=line,
        is_supported=line == REFUSAL or is_supported(line, variables),
        variables=variables,
    )


def _facts(example: corpus.Example, rng: random.Random) -> Iterator[Pair]:
    speakers = _speakers(example)
    for fact in example.gold["facts"]:
        chosen = fact["sentences"][:MAX_SENTENCES]
        found = {speakers.get(i) for i in chosen}
        speaker = found.pop() if len(found) == 1 else None
        if example.split == "train" and rng.random() < P_NO_SPEAKER:
            speaker = None
        if chosen:
            yield _pair(example, "fact", chosen, fact["text"], speaker=speaker)


def _dissent(example: corpus.Example, rng: random.Random) -> Iterator[Pair]:
    for item in example.gold["dissent"]:
        chosen = item["sentences"][:MAX_SENTENCES]
        holder: str | None = _plain_name(item["holder"])
        if example.split == "train" and rng.random() < P_NO_SPEAKER / 2:
            holder = None
        if chosen:
            yield _pair(example, "dissent", chosen, item["text"], speaker=holder)


def _agreements(example: corpus.Example) -> Iterator[Pair]:
    for item in example.gold["agreements"]:
        chosen = item["sentences"][:MAX_SENTENCES]
        parties = [_plain_name(party) for party in item["parties"]]
        if chosen:
            yield _pair(example, "agreement", chosen, item["text"], parties=parties)
        # Agreements are rare: each is asked twice, once as if code had found no parties.
        if chosen and example.split == "train":
            yield _pair(example, "agreement", chosen, item["text"])


def _refusals(example: corpus.Example, rng: random.Random) -> Iterator[Pair]:
    speakers, gold = _speakers(example), example.gold
    dissent, agreed = _carriers(gold["dissent"]), _carriers(gold["agreements"])
    for near in gold["near"]:
        chosen = near["sentences"][:MAX_SENTENCES]
        if example.split == "train" and rng.random() >= P_NEAR[near["not"]]:
            continue
        if near["not"] == "agreement" and chosen and not agreed & set(chosen):
            yield _pair(example, "agreement", chosen, REFUSAL)
        if near["not"] == "dissent" and chosen and not dissent & set(chosen):
            speaker = speakers.get(chosen[0])
            yield _pair(example, "dissent", chosen, REFUSAL, speaker=speaker)
    yield from _plain_speech(example, rng, dissent)
    yield from _wrong_speakers(example, rng)


def _plain_speech(example: corpus.Example, rng: random.Random, dissent: set[int]) -> Iterator[Pair]:
    for group in example.gold["speech"]:
        free = [i for i in group["sentences"] if i not in dissent][:2]
        if free and rng.random() < P_PLAIN_SPEECH:
            speaker = _plain_name(group["speaker"])
            yield _pair(example, "dissent", free, REFUSAL, speaker=speaker)


def _wrong_speakers(example: corpus.Example, rng: random.Random) -> Iterator[Pair]:
    holders = {_plain_name(item["holder"]) for item in example.gold["dissent"]}
    others = {_plain_name(group["speaker"]) for group in example.gold["speech"]}
    for item in example.gold["dissent"]:
        chosen = item["sentences"][:MAX_SENTENCES]
        said = passage_of(example.sentences, chosen)
        absent = sorted(name for name in (holders | others) if not _is_mentioned(name, said))
        absent = [name for name in absent if name != _plain_name(item["holder"])]
        if absent and chosen and rng.random() < P_WRONG_SPEAKER:
            yield _pair(example, "dissent", chosen, REFUSAL, speaker=rng.choice(absent))


def _headlines(example: corpus.Example) -> Iterator[Pair]:
    line = example.gold["headline"]
    lead = list(range(min(MAX_SENTENCES, len(example.sentences))))
    facts = [i for fact in example.gold["facts"][:2] for i in fact["sentences"]]
    best = sorted(set(facts))[:MAX_SENTENCES]
    yield _pair(example, "headline", best or lead, line)
    if best and best != lead and example.split == "train":
        yield _pair(example, "headline", lead, line)


def _carriers(items: list[dict[str, Any]]) -> set[int]:
    return {i for item in items for i in item["sentences"]}


def _speakers(example: corpus.Example) -> dict[int, str]:
    groups = example.gold["speech"]
    return {i: _plain_name(group["speaker"]) for group in groups for i in group["sentences"]}


def _plain_name(name: str) -> str:
    return re.sub(r"\s*\([^()]*\)", "", name.removeprefix("unnamed:")).strip()


def _is_mentioned(name: str, passage: str) -> bool:
    low = passage.lower()
    return any(word.lower()[:5] in low for word in name.split() if len(word) > 2)


def is_supported(line: str, variables: dict[str, Any]) -> bool:
    """Whether the prompt holds the names and numbers of the line."""
    source = _told(variables)
    if _numbers(line) - _numbers(source):
        return False
    low = source.lower()
    return all(name[:5] in low for name in _names(line))


def share_of_new_words(line: str, variables: dict[str, Any]) -> float:
    """The share of the line's words of five letters and more that the prompt does not hold."""
    low = _told(variables).lower()
    words = _LONG_WORD.findall(_straight(line).lower())
    return sum(word[:5] not in low for word in words) / max(1, len(words))


def _told(variables: dict[str, Any]) -> str:
    named = [variables["speaker"] or "", *variables["parties"]]
    texts = [variables[key] for key in ("title", "start", "context", "passage")]
    return _straight(" ".join([*texts, *named]))


def _straight(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_PLAIN)


def _numbers(text: str) -> set[str]:
    low = _straight(text).lower()
    digits = {number.rstrip(".,").replace(",", "") for number in _NUMBER.findall(low)}
    words = set(re.findall(r"[a-z]+", low))
    # "one" is more often a pronoun than a number, so it asks for no support.
    return digits | {str(k) for k, word in enumerate(_NUMBER_WORDS) if word in words and k != 1}


def _names(text: str) -> set[str]:
    return {found.removesuffix("'s").lower() for found in _NAME.findall(_straight(text))}
