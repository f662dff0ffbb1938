"""Verbs that tell dissent from other speech. Knows nothing of who speaks or what is said."""

from __future__ import annotations

from collections.abc import Container

from briefer import text
from briefer.mentions import lexicon
from briefer.schema import CleanArticle, Statement

OPPOSING = lexicon.words("opposing_verbs")
"""Lemmas of verbs by which somebody opposes, denies, doubts or warns."""
SUPPORTING = text.forms(
    "agree announce applaud appreciate back champion commend confirm congratulate credit describe "
    "endorse explain highlight hope laud praise report salute support thank welcome wish"
)
"""Lemmas of verbs that rather speak against dissent."""


def lemma(article: CleanArticle, statement: Statement) -> str | None:
    """The lemma of a statement's verb: "had sharply criticised" -> ``criticise``."""
    if statement.cue is None:
        return None
    words = statement.cue.of(article.text).casefold().split()
    verbs = lexicon.cue_verbs()
    known = (verbs[word][0] for word in reversed(words) if word in verbs)
    return next(known, None)


def forms(lemmas: Container[str]) -> frozenset[str]:
    """Every form of the verbs: "deny", "denies", "denied", "denying"."""
    return frozenset(form for form, (lemma, _) in lexicon.cue_verbs().items() if lemma in lemmas)
