"""What is missing or odd on this machine, one finding a line, each with its mend.

    machine.py   Python, briefer's own files, libraries, fonts, the processor
    chosen.py    what the settings ask for: an engine, weights, memory, disk, the store
    finding.py   what is told of one thing

Looks and changes nothing; loads no model.
"""

from __future__ import annotations

from briefer.doctor import chosen, machine
from briefer.doctor.finding import Finding, State

__all__ = ["Finding", "State", "examine"]


def examine() -> list[Finding]:
    """Look at everything that briefing and printing need, at the machine first."""
    return [*machine.examine(), *chosen.examine()]
