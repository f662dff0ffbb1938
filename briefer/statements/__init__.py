"""Who said what: every attributed statement of an article as source, cue and content.

``find`` is the way in. Generates nothing; knows nothing of models or of what is dissent.
"""

from __future__ import annotations

from briefer.statements.finding import find

__all__ = ["find"]
