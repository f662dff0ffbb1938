"""How a condenser is asked: its prompt, the order of wordings, and how far it is trusted.

Knows nothing of articles or engines.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from briefer.models.base import Completion, ModelCard
from briefer.schema import PassageKind

Way = Literal["model", "clause", "quotation", "title", "trimmed", "sentence"]

Strategy = Mapping[PassageKind, tuple[Way, ...]]
"""How the candidates of a passage are worded, the preferred one first."""
_IN_OWN_WORDS: Strategy = {
    "headline": ("model", "title", "trimmed", "sentence"),
    "fact": ("model", "trimmed", "sentence"),
    "agreement": ("model", "trimmed"),
    "dissent": ("model", "clause", "quotation"),
}
# An untrained model gets .5 to .7 of the views right (findings of the probes), the clause that code
# composes nine in ten (45 read beside the experts' lines of train-briefs).
_VIEWS_COMPOSED: Strategy = {**_IN_OWN_WORDS, "dissent": ("clause", "model", "quotation")}


@dataclass(frozen=True, slots=True)
class Condenser:
    """Which version of the prompt is asked, in which form, and how far the model is trusted.

    ``least_likely`` is the natural-log likelihood a word below which its lines are not believed,
    for each kind of line; ``least_sure`` the one below which they are told only for want of others.
    """

    version: str
    form: Literal["chat", "plain"]
    strategy: Strategy
    least_likely: Mapping[PassageKind, float] | None = None
    least_sure: Mapping[PassageKind, float] | None = None

    def fitted(self, card: ModelCard) -> Condenser:
        """The condenser with what was measured on these very weights."""
        adapter = card.adapters.get("condenser", "")
        return replace(
            self, least_likely=_LEAST_LIKELY.get(adapter), least_sure=_LEAST_SURE.get(adapter)
        )

    def disbelieves(self, answer: Completion, kind: PassageKind) -> bool:
        """Whether the answer is less likely, word by word, than nearly all of its lines that hold.

        Where the engine tells no likelihood, or none was measured on the weights, it never is.
        """
        return _is_below(answer, kind, self.least_likely)

    def doubts(self, answer: Completion, kind: PassageKind) -> bool:
        """Whether the answer is less likely than most of its lines that hold."""
        return _is_below(answer, kind, self.least_sure)


def _is_below(
    answer: Completion, kind: PassageKind, bounds: Mapping[PassageKind, float] | None
) -> bool:
    mean = mean_log_likelihood(answer)
    return bounds is not None and mean is not None and mean < bounds[kind]


def mean_log_likelihood(answer: Completion) -> float | None:
    """The natural-log likelihood of an answer by its number of words, so that length is no fault.

    The length-normalised score of beam search (Wu et al. 2016, sec. 7, with alpha 1).
    """
    n_words = len(answer.text.split())
    if answer.log_likelihood is None or not n_words:
        return None
    return answer.log_likelihood / n_words


# Of 380 lines judged by readers, blind to it, .48 of the wrong ones, .22 of the misleading ones
# and .05 of the right ones are less likely than -.55 a word; area under the curve, wrong against
# right, .90 (.84 by the whole line's likelihood). Facts are written for more passages than there
# is room for, so that they may be chosen more strictly: of 676 judged facts and headlines (dev,
# val, and 36 articles of other outlets) .27 of the wrong, .11 of the misleading and .06 of the
# right ones lie below -.46, .68, .39 and .19 below -.38. Asked of views -.46 costs .05 of their
# recall, for nothing stands in for them. By the SHA-256 of the condenser's file.
_SHIPPED = "78e8fd8de8cae71577ac8ff519b94405b3de705b087e59422c519af4c7cfd595"
_OTHERS: Mapping[PassageKind, float] = {"headline": -0.40, "agreement": -0.55, "dissent": -0.55}
_LEAST_LIKELY: Mapping[str, Mapping[PassageKind, float]] = {_SHIPPED: {**_OTHERS, "fact": -0.46}}
_LEAST_SURE: Mapping[str, Mapping[PassageKind, float]] = {_SHIPPED: {**_OTHERS, "fact": -0.38}}

UNTRAINED = Condenser("v1", "chat", _VIEWS_COMPOSED)
TRAINED = Condenser("v2", "plain", _IN_OWN_WORDS)
