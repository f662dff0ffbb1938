"""Right lines made wrong in one known way: what a check must stop.

Experts' lines with one detail changed, by rule and without chance, so that the same line always
gets the same fault. Detectors that stop these need not stop a model's own errors (those are judged
by hand), but one that lets them pass is broken. After Kryscinski et al., Evaluating the factual
consistency of abstractive text summarization (EMNLP 2020), and Falke et al. (ACL 2019).
Knows nothing of checks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from briefer.schema import Span
from eval.gold import GoldBrief


@dataclass(frozen=True, slots=True)
class GoldLine:
    """An expert's line with what it stands on; ``holder`` for a dissenting view."""

    text: str
    spans: tuple[Span, ...]
    holder: str | None = None
    parties: tuple[str, ...] = ()


def lines(brief: GoldBrief) -> Iterator[GoldLine]:
    """The facts, agreements and views of an annotation that cite something."""
    for fact in brief.facts:
        yield GoldLine(fact.text, fact.spans)
    for item in brief.agreements:
        yield GoldLine(item.text, item.spans, parties=item.parties)
    for view in brief.dissent:
        yield GoldLine(view.text, view.spans, holder=_named(view.holder))


def _named(holder: str) -> str | None:
    return None if holder.startswith("unnamed") else holder


Fault = Callable[[GoldLine, GoldBrief], str | None]
"""The line made wrong, or ``None`` where it has nothing to be changed."""


def change_number(line: GoldLine, brief: GoldBrief) -> str | None:
    """The first number of two digits or more becomes one that is not in the article."""
    match = re.search(r"(?<![\d.,])\d{2,}(?![\d.,]*\d)", line.text)
    if match is None:
        return None
    number = int(match[0])
    wrong = next(n for n in range(number + 7, number + 1000) if str(n) not in brief.text)
    return line.text[: match.start()] + str(wrong) + line.text[match.end() :]


def swap_name(line: GoldLine, brief: GoldBrief) -> str | None:
    """The first actor named becomes another actor of the article whom the line's source lacks."""
    cited = " ".join(span.of(brief.text) for span in line.spans)
    named = next((a.name for a in brief.actors if a.name in line.text and a.name in cited), None)
    other = next((a.name for a in brief.actors if not _occurs(a.names, cited + line.text)), None)
    if named is None or other is None:
        return None
    return line.text.replace(named, other, 1)


def _occurs(names: tuple[str, ...], text: str) -> bool:
    """Whether any word of three letters or more of any of the names is in the text."""
    lower = text.casefold()
    return any(word.casefold() in lower for name in names for word in re.findall(r"\w{3,}", name))


def bend_quote(line: GoldLine, brief: GoldBrief) -> str | None:
    """A word inside the first quotation of three words or more becomes another one."""
    match = re.search(r'"([^"\s]+ )([^"\s]+)( [^"]+)"', line.text)
    if match is None:
        return None
    wrong = next(w for w in ("certainly", "perhaps", "utterly") if w not in brief.text)
    return line.text[: match.start(2)] + wrong + line.text[match.end(2) :]


def swap_speaker(line: GoldLine, brief: GoldBrief) -> str | None:
    """A view is put into the mouth of another speaker of the article."""
    if line.holder is None or line.holder not in line.text:
        return None
    cited = " ".join(span.of(brief.text) for span in line.spans)
    others = (s.speaker for s in brief.speech if _named(s.speaker) is not None)
    other = next((o for o in others if not _occurs((o,), f"{cited} {line.holder}")), None)
    return None if other is None else line.text.replace(line.holder, other, 1)


_STRENGTHENED = (
    (r"\b(?:may|might|could) ", "will "),
    (r"\b(?:denied|denies) ", "confirmed "),
    (r"\balleged(?:ly)? ", "proven "),
    (r"\b(?:plans|proposes|wants|hopes) to ", "decided to "),
    (r"\b(?:has|have|had|is|are|was|were|did|does|do|will|would|should|must|can|could) not ", None),
)


def change_modality(line: GoldLine, brief: GoldBrief) -> str | None:
    """What may be, is denied, alleged or planned becomes fact; a "not" is dropped."""
    del brief
    for pattern, wrong in _STRENGTHENED:
        match = re.search(pattern, line.text)
        if match:
            new = wrong if wrong is not None else match[0].replace("not ", "")
            return line.text[: match.start()] + new + line.text[match.end() :]
    return None


FAULTS: Mapping[str, Fault] = {
    "number changed": change_number,
    "name swapped": swap_name,
    "quote bent": bend_quote,
    "speaker swapped": swap_speaker,
    "modality changed": change_modality,
}
