"""How likely a short brief must name somebody: features for a trained model.

Knows nothing of the weights' training.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc, Token

from briefer.actors.candidates import Candidate
from briefer.actors.deeds import ALIKE, does, is_active
from briefer.actors.scale import Scale
from briefer.mentions import appositions, kinds, lexicon
from briefer.models import linear
from briefer.text import folded, forms

MODELS = "salience"
"""The trained model (``training/salience.py``)."""
MODELS_READ = "salience_read"
"""The one for articles that a tagger has read: it weighs ``Tags.acting`` besides, what a part of
kind ``acting`` says, and is fitted together with those parts (``training/acting.py``)."""

_LEAD = 3
# Below, of an article that a tagger has read, all but named people who speak are left out: of such
# from .4 on half are wrong to readers of unseen articles, from here to .55 two of seven (LOG
# 2026-11-28). Where no tagger has read it would cost a tenth of the key actors.
_SILENT = 0.5
# Below, a kind of which the model thinks too highly is left out. On train and val, of the states
# from .4 to .45 none of 22 is key, of the nameless bodies from .4 to .55 three of 31. Nameless
# people ("the man") and states that do nothing: what strict readers called no actors in two pools.
# A bare noun ("officials", "students") is nobody to readers of briefs; of 18 such on dev-briefs and
# val the experts list eight, two of them as key.
_LEAST = {
    "state": 0.45,
    "place": 0.5,
    "nameless organisation": 0.55,
    "bare": 0.6,
    "anybody": 0.9,
    "idle state": 0.6,
}
_UNDERGOING = forms(
    "become becomes became die dies died exist exists existed experience experienced face faces "
    "faced feel feels felt get gets got grow grows grew had has have having hear hears heard know "
    "knows knew lie lies lay live lives lived lose loses lost need needs needed own owns owned "
    "receive receives received remain remains remained saw see sees seen sit sits stand stands "
    "suffer suffers suffered"
)
_ANYBODY = lexicon.words("family_nouns") | frozenset(
    ("baby", "boy", "child", "girl", "guy", "kid", "lady", "man", "princess", "teen", "teenager",
     "toddler", "woman")
)  # fmt: skip
# Features that weigh differently for a person, a body and a state are told for each.
_CROSSED = (
    "has said", "in title", "lead", "first sentence", "ever subject", "ever main subject", "once",
    "opens", "local", "most named", "judged",
)  # fmt: skip


def probability(scale: Scale, candidate: Candidate) -> float:
    """How likely a short brief must name the candidate, told so that naming pays from 0.5 on.

    Most candidates are not key, so the plain probability is low for nearly all. Its odds are taken
    against those of the trained threshold, as if key and other candidates were as frequent there.
    """
    model = linear.load(MODELS_READ if scale.is_read else MODELS)["key"]
    plain = model.probability(features(scale, candidate))
    yes, no = plain * (1 - model.threshold), (1 - plain) * model.threshold
    likely = yes / (yes + no)
    return likely if likely >= _least(scale, candidate) else 0.0


def _least(scale: Scale, candidate: Candidate) -> float:
    """The salience below which somebody is left out."""
    is_named_person = candidate.is_named and candidate.kind == "person"
    is_silent = not (is_named_person and scale.said(candidate))
    least = _SILENT if is_silent and scale.is_read else 0.0
    return max(_LEAST.get(_class(scale, candidate), 0.0), least)


def _class(scale: Scale, candidate: Candidate) -> str:
    if candidate.is_named:
        return f"idle {candidate.kind}" if _is_idle(scale, candidate) else candidate.kind
    is_anybody = candidate.name.casefold().split()[-1] in _ANYBODY
    is_anybody = is_anybody and "'" not in candidate.name  # "Amari's brother"
    if is_anybody:
        return "anybody"
    return f"nameless {candidate.kind}" if " " in candidate.name else "bare"


def _is_idle(scale: Scale, candidate: Candidate) -> bool:
    """Whether a state that the article is not about does nothing in it."""
    is_topic = scale.rank(candidate) == 0 or _in_title(scale, candidate)
    if candidate.kind != "state" or is_topic or scale.said(candidate):
        return False
    return not any(_strives(scale, candidate))


def _strives(scale: Scale, candidate: Candidate) -> Iterator[bool]:
    """For each mention whether somebody does something, not only has, is or undergoes it."""
    for place in candidate.places:
        token = appositions.outermost(scale.parse[place], ALIKE)
        yield does(token) and token.head.lower_ not in _UNDERGOING


def features(scale: Scale, candidate: Candidate) -> Mapping[str, float]:
    """The features of one candidate; values 0 to about 2, log-odds as they are."""
    places = [place for place in candidate.places if place < len(scale.parse)]
    sentences = {scale.sentence[place] for place in places}
    first = min(sentences, default=0)
    said = scale.said(candidate)
    found = {
        "mentions": min(len(places), 12) / 6,
        "mentions, of most": len(places) / scale.most,
        "once": float(len(places) == 1),
        "spread": len(sentences) / scale.n_sentences,
        "lead": float(first < _LEAD),
        "first sentence": float(first == 0),
        "early": 1 - first / scale.n_sentences,
        "said": min(said, 5) / 5,
        "has said": float(said > 0),
        "said, share": said / max(scale.n_said, 1),
        "judged": float(scale.judged(candidate) > 0),
        "adjectives": min(candidate.n_adjectives, 6) / 6,
        "told": min(scale.told(candidate) * 3, 1.0),
        "told several": float(scale.told(candidate) * scale.n_sentences >= 3),
        "in title": float(_in_title(scale, candidate)),
        "short article": float(scale.n_sentences < 15),
    }
    found["acting"] = scale.acting(candidate)
    found.update(_ranks(scale, candidate))
    found.update(_shares(scale.parse, places))
    found.update(_acts(scale, candidate, places))
    found.update(_in_lead(scale, places))
    found.update(_labels(scale.parse, candidate))
    found.update(dict.fromkeys(_traits(scale, candidate), 1.0))
    kind = candidate.kind if candidate.is_named else "nameless"
    found.update({f"{kind}: {name}": found.get(name, 0.0) for name in _CROSSED})
    return {name: value for name, value in found.items() if value}


def _ranks(scale: Scale, candidate: Candidate) -> Mapping[str, float]:
    """Where somebody stands among the article's candidates."""
    rank, order = scale.rank(candidate), scale.order(candidate)
    return {
        "most named": float(rank == 0),
        "rank": 1 / (1 + rank),
        "rank < 3": float(rank < 3),
        "rank < 6": float(rank < 6),
        "order": 1 / (1 + order),
        "order < 3": float(order < 3),
        "order < 6": float(order < 6),
    }


def _in_lead(scale: Scale, places: Sequence[int]) -> Mapping[str, float]:
    """What somebody does in the first three sentences; a dateline names only a place."""
    parse = scale.parse
    lead = [place for place in places if scale.sentence[place] < _LEAD]
    opening = [place for place in lead if scale.sentence[place] == 0]
    dated = [place for place in opening if parse[place].idx < scale.dateline]
    roles = {role for place in lead for role in _roles(parse[place])}
    first = {role for place in opening for role in _roles(parse[place])}
    return {
        "dateline": float(bool(dated)),
        "dateline only": float(len(dated) == len(places)),
        "opens": float("main subject" in first),
        "subject in lead": float("subject" in roles),
        "subject in first": float("subject" in first),
        "twice in lead": float(len(lead) > 1),
    }


def _labels(parse: Doc, candidate: Candidate) -> Mapping[str, float]:
    """What the parser calls somebody, and whether the name ends like an event's or a thing's."""
    if not candidate.is_named:
        return {}
    n = len(candidate.names)
    counts = Counter(parse[start].ent_type_ or "none" for start, _ in candidate.names)
    found = {f"label={label}": count / n for label, count in counts.items()}
    found["the"] = sum(_has_article(parse, start) for start, _ in candidate.names) / n
    found[f"the: {candidate.kind}"] = found["the"]
    words = [lexicon.singular(word) for word in candidate.name.split()]
    found["thing"] = float(words[-1] in lexicon.words("thing_nouns"))
    found["thing inside"] = float(any(word in lexicon.words("thing_nouns") for word in words))
    found["words"] = min(len(words), 4) / 4
    found["likely person"] = candidate.likely_person
    found["capital"] = float(lexicon.key(candidate.name) in lexicon.capitals())
    return found


def _has_article(parse: Doc, start: int) -> bool:
    return start > 0 and parse[start - 1].lower_ == "the"


def _acts(scale: Scale, candidate: Candidate, places: Sequence[int]) -> Mapping[str, float]:
    """How often somebody does something, and how often the name only stands before a noun."""
    doing = [place for place in places if is_active(scale.parse[place])]
    before = sum(scale.parse[place].dep_ == "compound" for place in places) / max(len(places), 1)
    share = len(doing) / max(len(places), 1)
    return {
        "acts": min(len(doing), 5) / 5,
        "acts, share": share,
        f"acts: {candidate.kind}": share,
        "acts, sentences": len({scale.sentence[place] for place in doing}) / scale.n_sentences,
        "before noun": before,
        f"before noun: {candidate.kind}": before,
    }


def _in_title(scale: Scale, candidate: Candidate) -> bool:
    """Whether the title has the name, an alias, or a person's surname."""
    names = (candidate.name, *candidate.aliases) if candidate.is_named else (candidate.name,)
    if any(folded(name) in scale.title for name in names if len(name) > 2):
        return True
    last = folded(candidate.name).split()[-1:]
    return candidate.kind == "person" and candidate.is_named and scale.title_words.issuperset(last)


def _shares(parse: Doc, places: Sequence[int]) -> Mapping[str, float]:
    counts: Counter[str] = Counter()
    for place in places:
        counts.update(set(_roles(parse[place])))
    found = {name: count / max(len(places), 1) for name, count in counts.items()}
    found.update({f"ever {name}": 1.0 for name in counts})
    return found


def _roles(token: Token) -> Iterator[str]:
    """The role of a mention, that of the noun it stands or is joined with ("A and B signed")."""
    token = appositions.outermost(token, ALIKE)
    if token.dep_ in ("nsubj", "nsubjpass", "agent"):
        yield from _of_subject(token)
    elif token.dep_ in ("dobj", "dative"):
        yield "object"
    elif token.dep_ == "poss":
        yield "owner"
    elif token.dep_ == "pobj":
        yield "local" if token.head.lower_ in kinds.LOCAL else f"after {token.head.lower_}"
    else:
        yield "elsewhere"


def _of_subject(token: Token) -> Iterator[str]:
    yield "subject"
    if token.head.lower_ in lexicon.cue_verbs():
        yield "subject of cue"
    if token.head.dep_ == "ROOT":
        yield "main subject"
    if token.dep_ == "nsubj" and token.head.pos_ == "VERB":
        yield "doer"


def _traits(scale: Scale, candidate: Candidate) -> Iterator[str]:
    named = "named" if candidate.is_named else "nameless"
    yield f"{named} {candidate.kind}"
    if candidate.descriptions:
        yield "described"
    if candidate.n_described:
        yield "called"
    parts = lexicon.key(candidate.name).split()
    if candidate.is_named and any(part in lexicon.words("media_words") for part in parts):
        yield "media"
    if scale.publisher and lexicon.key(candidate.name) in scale.publisher:
        yield "publisher"
    if not candidate.is_named:
        yield f"noun={lexicon.singular(scale.parse[candidate.places[0]].text)}"
