"""What goes wrong while measuring; all under ``BrieferError``.

EvalError                 anything the evaluation says went wrong
├── DataError             a data file is missing, broken or not what its reader expects
├── MissingCompletion     a stored completion or score is not there for this prompt or text
└── GateClosed            a figure is under its floor, or the floors do not fit this checkout
"""

from __future__ import annotations

from briefer.errors import BrieferError


class EvalError(BrieferError):
    """Anything the evaluation says went wrong."""


class DataError(EvalError):
    """A data file is missing, broken or not what its reader expects."""


class MissingCompletion(EvalError):
    """A stored completion or score is not there for this prompt or text."""


class GateClosed(EvalError):
    """A figure is under its floor, or the floors do not fit this checkout."""
