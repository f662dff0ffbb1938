"""How likely a short brief must name somebody: features for a trained model.

Knows nothing of the weights' training.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc, Token

from briefer.actors.candidates import Candidate
from briefer.mentions import lexicon
from briefer.models import linear
from briefer.schema import CleanArticle, Statement
from briefer.text import normalise

MODELS = "salience"
"""The trained model (``training/salience.py``)."""

_LOCAL = frozenset(
    ("in", "at", "near", "from", "to", "into", "across", "outside", "around", "through")
)
_LEAD = 3
_MAX_LEAD_IN = 12


class Scale:
    """What the candidates of one article are measured against."""

    def __init__(
        self,
        article: CleanArticle,
        parse: Doc,
        candidates: Sequence[Candidate],
        statements: Sequence[Statement],
    ) -> None:
        self.parse = parse
        self.title = normalise(article.title or "").casefold()
        self.publisher = lexicon.key(article.publisher or "")
        self.n_sentences = max(len(article.sentences), 1)
        self.most = max((len(one.places) for one in candidates), default=1)
        self.n_said = len(statements)
        self._said = Counter(one.speaker for one in statements if one.is_named)
        self._told: dict[str, set[int]] = {}
        for one in statements:
            if one.is_named and one.speaker and one.nested_in is None:
                self._told.setdefault(one.speaker, set()).update(one.sentences)
        self._sources = sorted(one.source.start for one in statements if one.source)
        self.sentence = _sentence_of(parse)

    def said(self, candidate: Candidate) -> int:
        """How many statements are somebody's; those of the nameless are told by their words."""
        if candidate.is_named:
            return self._said[candidate.name]
        offsets = (self.parse[start].idx for start, _ in candidate.names)
        return sum(self._opens_source(offset) for offset in offsets)

    def told(self, candidate: Candidate) -> float:
        """The share of the article's sentences that are told by somebody named."""
        return len(self._told.get(candidate.name, ())) / self.n_sentences

    def _opens_source(self, offset: int) -> bool:
        number = bisect_right(self._sources, offset) - 1
        # An article or a number may stand before the noun.
        return number >= 0 and offset - self._sources[number] <= _MAX_LEAD_IN


def _sentence_of(parse: Doc) -> list[int]:
    found, number = [], -1
    for token in parse:
        number += bool(token.is_sent_start)
        found.append(max(number, 0))
    return found


def probability(scale: Scale, candidate: Candidate) -> float:
    """How likely a short brief must name the candidate, told so that naming pays from 0.5 on.

    Most candidates are not key, so the plain probability is low for nearly all. Its odds are taken
    against those of the trained threshold, as if key and other candidates were as frequent there.
    """
    model = linear.load(MODELS)["key"]
    plain = model.probability(features(scale, candidate))
    yes, no = plain * (1 - model.threshold), (1 - plain) * model.threshold
    return yes / (yes + no)


def features(scale: Scale, candidate: Candidate) -> Mapping[str, float]:
    """The features of one candidate; values 0 to about 2."""
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
        "adjectives": min(candidate.n_adjectives, 6) / 6,
        "told": min(scale.told(candidate) * 3, 1.0),
        "told several": float(scale.told(candidate) * scale.n_sentences >= 3),
        "in title": float(_in_title(scale, candidate)),
        "short article": float(scale.n_sentences < 15),
    }
    found.update(_shares(scale.parse, places))
    found.update(dict.fromkeys(_traits(scale, candidate), 1.0))
    return {name: value for name, value in found.items() if value}


def _in_title(scale: Scale, candidate: Candidate) -> bool:
    names = (candidate.name, *candidate.aliases) if candidate.is_named else (candidate.name,)
    return any(normalise(name).casefold() in scale.title for name in names if len(name) > 2)


def _shares(parse: Doc, places: Sequence[int]) -> Mapping[str, float]:
    counts: Counter[str] = Counter()
    for place in places:
        counts.update(set(_roles(parse[place])))
    found = {name: count / max(len(places), 1) for name, count in counts.items()}
    found.update({f"ever {name}": 1.0 for name in counts})
    return found


def _roles(token: Token) -> Iterator[str]:
    while token.dep_ in ("appos", "compound", "flat", "nmod") and token.head.i != token.i:
        token = token.head
    if token.dep_ in ("nsubj", "nsubjpass", "agent"):
        yield "subject"
        if token.head.lower_ in lexicon.cue_verbs():
            yield "subject of cue"
        if token.head.dep_ == "ROOT":
            yield "main subject"
    elif token.dep_ in ("dobj", "dative"):
        yield "object"
    elif token.dep_ == "poss":
        yield "owner"
    elif token.dep_ == "pobj":
        yield "local" if token.head.lower_ in _LOCAL else f"after {token.head.lower_}"
    else:
        yield "elsewhere"


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
