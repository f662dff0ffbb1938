"""How likely each candidate is meant by a pronoun, a description or a quotation without a cue.

Features for a trained ranker (``_data/speech-*.json``). Knows nothing of how candidates were found.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Token

from briefer.mentions import appositions, lexicon
from briefer.mentions.lexicon import Gender, Number
from briefer.models import linear
from briefer.statements.referents import Referent

Form = Literal["he", "it", "they", "description", "body", "group", "document", "quote"]
MODELS = "speech"
"""The trained models of this package (``training/speaker.py``)."""

# Farther back nobody is meant: the farthest of the training part's pronouns stood 300 tokens off.
WINDOW = 500
# They speak for themselves in nine of the experts' eleven statements (train-briefs).
_COURT_PAPERS = frozenset(("affidavit", "complaint", "indictment", "lawsuit", "suit"))
# Of 706 speakers called "he" or "she" in the training part one in seventy was less likely a person.
_MIN_PERSON = 0.15


Candidate = tuple[Referent, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What stands at token ``place``.

    ``noun`` is the head of a description, singular; ``states`` are those that it tells.
    """

    place: int
    form: Form
    gender: Gender
    number: Number | Literal["?"]
    noun: str | None
    states: frozenset[str] = frozenset()


def best(wanted: Wanted, found: Sequence[Candidate]) -> Referent | None:
    """The likeliest candidate, or ``None`` where none reaches the form's threshold."""
    model = linear.load(MODELS)[f"speaker: {wanted.form}"]
    scored = [
        (model.probability(features), -number, referent)
        for number, (referent, features) in enumerate(found)
    ]
    if not scored:
        return None
    probability, _, winner = max(scored, key=lambda row: row[:2])
    return winner if probability >= model.threshold else None


def pronoun_form(word: str) -> Form:
    """What kind of source a pronoun is."""
    if word in ("it", "its", "itself"):
        return "it"
    return "they" if word in ("they", "them", "their", "theirs", "themselves") else "he"


def noun_form(new: Referent, noun: str) -> Form:
    """What kind of source a definite description is, by its head, singular."""
    if noun in lexicon.words("carriers"):
        return "document"
    if new.grammar == "p":
        return "group"
    return "body" if new.kind == "organisation" else "description"


def candidates(
    parse: Doc, wanted: Wanted, referents: Sequence[Referent], recent: Referent | None
) -> list[Candidate]:
    """Those mentioned before who fit in number and gender, with features.

    ``recent`` is who spoke last.
    """
    found = []
    for referent in referents:
        last = _last(referent, wanted.place)
        if last is None or wanted.place - last > WINDOW or not _fits(wanted, referent):
            continue
        features = _features(parse, wanted, referent, last)
        if referent is recent:
            features["spoke last"] = 1.0
        found.append((referent, features))
    return _compared(parse, wanted, found)


def _compared(parse: Doc, wanted: Wanted, found: list[Candidate]) -> list[Candidate]:
    """Add what only the comparison tells: who is nearest, and which subjects came since."""
    order = sorted(found, key=lambda pair: -(_last(pair[0], wanted.place) or 0))
    subjects = 0
    for rank, (referent, features) in enumerate(order):
        if rank < 2:
            features[f"nearest {rank + 1}"] = 1.0
        if subjects:
            features[f"subjects since={min(subjects, 2)}"] = 1.0
            if "spoke last" in features:
                features[f"spoke last, subjects since={min(subjects, 2)}"] = 1.0
        last = _last(referent, wanted.place)
        subjects += int(last is not None and _role_of(parse[last]) == "subject")
    if len(found) == 1:
        found[0][1]["only one"] = 1.0
    return found


def _role_of(token: Token) -> str:
    """The role of a mention in its sentence, that of the noun it stands with for appositions."""
    token = appositions.outermost(token)
    if token.dep_ in ("nsubj", "nsubjpass"):
        return "subject"
    if token.dep_ in ("dobj", "dative", "attr"):
        return "object"
    return token.dep_ if token.dep_ in ("pobj", "poss", "conj", "ROOT") else "other"


def _is_main(token: Token) -> bool:
    """Whether a mention is the subject of its sentence's main clause."""
    token = appositions.outermost(token)
    return token.dep_ in ("nsubj", "nsubjpass") and token.head.dep_ == "ROOT"


def _last(referent: Referent, place: int) -> int | None:
    number = bisect_left(referent.places, place) - 1
    named = referent.places[number] if number >= 0 else -1
    last = max(named, referent.last_said if referent.last_said < place else -1)
    return last if last >= 0 else None


def _fits(wanted: Wanted, referent: Referent) -> bool:
    if wanted.form == "quote":
        return True
    if wanted.states and not wanted.states >= lexicon.states_in(referent.speaker):
        return False
    if wanted.noun in referent.nouns:
        return True
    if wanted.form in ("they", "group"):
        return referent.grammar == "p" or referent.kind in ("organisation", "group", "state")
    if wanted.form in ("it", "body"):
        return referent.kind != "person" and referent.grammar == "s"
    if wanted.form == "document":
        return wanted.noun not in _COURT_PAPERS
    is_person = (
        referent.grammar == "s" and referent.likely_person >= _MIN_PERSON and not _is_body(referent)
    )
    return is_person and ("?" in (referent.gender, wanted.gender) or _agree(wanted, referent))


def _is_body(referent: Referent) -> bool:
    """Whether the name says that it is no person ("the Selby Chronicle")."""
    last = lexicon.singular(referent.speaker.split()[-1])
    bodies = ("organisation_nouns", "media_words", "thing_nouns")
    return referent.kind != "person" and any(last in lexicon.words(name) for name in bodies)


def _agree(wanted: Wanted, referent: Referent) -> bool:
    # Names of unknown kind (the model marks a surname as a place) may still be people.
    return referent.gender in (wanted.gender, "n")


def _features(parse: Doc, wanted: Wanted, referent: Referent, last: int) -> dict[str, float]:
    n_sentences = min(_n_sentences(parse, last, wanted.place), 4)
    n_before = bisect_left(referent.places, wanted.place)
    role = _role_of(parse[last])
    is_colon = wanted.form == "quote" and wanted.place > 0 and parse[wanted.place - 1].text == ":"
    found = {
        "near": 1.0 / (1.0 + (wanted.place - last) / 15),
        f"sentences={n_sentences}": 1.0,
        f"role={role}": 1.0,
        f"sentences={n_sentences}:role={role}": 1.0,
        "main subject": float(_is_main(parse[last])),
        f"sentences={n_sentences}:main subject": float(_is_main(parse[last])),
        f"kind={referent.kind}": 1.0,
        "noun": float(wanted.noun in referent.nouns),
        f"noun, sentences={n_sentences}": float(wanted.noun in referent.nouns),
        "called otherwise": float(bool(referent.nouns) and wanted.noun not in referent.nouns),
        "person noun": float(wanted.noun in lexicon.words("person_nouns")),
        "person": referent.likely_person,
        "named": float(referent.is_named),
        "gender known": float(referent.gender == wanted.gender != "?"),
        "introduced": float(n_before == 1),
        "frequent": min(n_before, 6) / 6,
        "said": min(referent.n_said, 4) / 4,
        "has said": float(referent.n_said > 0),
        "said at last": float(referent.last_said == last),
        f"{wanted.gender}: given name in -a": float(_may_be_womans(referent)),
        "plural": float(referent.grammar == "p"),
        f"colon, sentences={n_sentences}": float(is_colon),
        f"colon, sentences={n_sentences}:role={role}": float(is_colon),
        "same paragraph": float(_same_paragraph(parse, last, wanted.place)),
    }
    return {name: value for name, value in found.items() if value}


def _may_be_womans(referent: Referent) -> bool:
    """Whether a given name of no known gender ends as most women's names do."""
    first, *rest = referent.speaker.split()
    return referent.is_named and referent.gender == "?" and bool(rest) and first.endswith("a")


def _n_sentences(parse: Doc, start: int, end: int) -> int:
    """Sentence starts between two tokens, at most four are counted."""
    count = 0
    for index in range(end, start, -1):
        if index < len(parse) and parse[index].is_sent_start:
            count += 1
            if count == 4:
                break
    return count


def _same_paragraph(parse: Doc, start: int, end: int) -> bool:
    return not any(parse[index].is_space for index in range(max(start, end - 150), end))
