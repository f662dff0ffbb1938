"""What goes wrong while training; all under ``BrieferError``.

TrainingError             anything that training says went wrong
├── GoldError             the articles with gold briefs are not there
└── UntrainedError        what an earlier step writes is not there
"""

from __future__ import annotations

from briefer.errors import BrieferError


class TrainingError(BrieferError):
    """Anything that training says went wrong."""


class GoldError(TrainingError):
    """The articles with gold briefs are not there."""


class UntrainedError(TrainingError):
    """What an earlier step writes is not there."""
