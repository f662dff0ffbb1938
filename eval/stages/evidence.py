"""Evidence: are the sentences found a sufficient set, and no more than that?

Lines and articles come from humans; ``briefer.evidence.find`` sees the whole article and is not
told the passage. WiCE lists alternative sufficient sets: recall is against the one best met,
precision against all their sentences (Kamoi et al., WiCE, EMNLP 2023). Multi-News aligns spans of
each article of an event with each summary sentence (Slobodkin et al., Attribute First, then
Generate, ACL 2024), often several sentences that say the same. So recall is also of the line's
content words: what the found ones of the aligned sentences hold, of what all of them hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from briefer import evidence
from briefer.schema import CleanArticle
from eval.metrics import words
from eval.metrics.figures import Ratio
from eval.readers.fields import AlignedEvent, SupportedClaim
from eval.rows import Heading, Row
from eval.stages.readings import of_sentences

FIELD = "evidence"
Find = Callable[[str, CleanArticle], tuple[int, ...]]


def claims(gold: Iterable[SupportedClaim], find: Find = evidence.find) -> list[Row]:
    """Recall, precision and sufficiency on the wholly supported claims of WiCE."""
    scores = []
    for claim in gold:
        alternatives = [frozenset(one) for one in claim.supporting_sentences if one]
        if claim.label == "supported" and alternatives:
            found = frozenset(find(claim.claim, of_sentences(claim.sentences)))
            scores.append(_against_alternatives(alternatives, found))
    return Heading(FIELD, "wice").pooled(scores)


def _against_alternatives(
    alternatives: list[frozenset[int]], found: frozenset[int]
) -> dict[str, Ratio]:
    best = max(alternatives, key=lambda one: (len(one & found) / len(one), -len(one)))
    named = frozenset[int]().union(*alternatives)
    return {
        "recall of the best-met set": Ratio(len(best & found) / len(best), 1),
        "precision": Ratio(len(named & found), len(found)),
        "a whole set found": Ratio(any(one <= found for one in alternatives), 1),
    }


def summaries(gold: Iterable[AlignedEvent], find: Find = evidence.find) -> list[Row]:
    """Recall and precision on the aligned summary sentences of Multi-News."""
    scores = [_event(event, find) for event in gold]
    return Heading(FIELD, "multinews_attributed").pooled(scores)


def _event(event: AlignedEvent, find: Find) -> dict[str, Ratio]:
    lines = [
        (line, article, wanted, frozenset(find(line, article)))
        for line, article, wanted in _aligned(event)
    ]
    carried = [_carried(line, article, wanted) for line, article, wanted, _ in lines]
    by_found = [_carried(line, article, wanted & found) for line, article, wanted, found in lines]
    n_common = sum(len(wanted & found) for _, _, wanted, found in lines)
    return {
        "recall of what aligned sentences carry": Ratio(sum(by_found), sum(carried)),
        "recall of aligned sentences": Ratio(n_common, sum(len(w) for _, _, w, _ in lines)),
        "precision": Ratio(n_common, sum(len(found) for _, _, _, found in lines)),
        "an aligned sentence found": Ratio(sum(bool(w & f) for _, _, w, f in lines), len(lines)),
    }


def _carried(line: str, article: CleanArticle, sentences: frozenset[int]) -> int:
    """How many content words of the line the sentences hold together."""
    held = frozenset[str]().union(*(words.content(article.sentences[n].text) for n in sentences))
    return len(words.content(line) & held)


def _aligned(event: AlignedEvent) -> Iterator[tuple[str, CleanArticle, frozenset[int]]]:
    """Each summary sentence with each article that has sentences aligned with it."""
    for source in event.articles:
        article = of_sentences(source.sentences)
        aligned: dict[str, set[int]] = {}
        for alignment in event.alignments:
            if alignment.file == source.file and alignment.sent_idx < len(source.sentences):
                aligned.setdefault(alignment.summary_sentence, set()).add(alignment.sent_idx)
        for line, wanted in aligned.items():
            yield line, article, frozenset(wanted)
