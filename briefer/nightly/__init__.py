"""The night's run: what the sources gave becomes one document, unattended, and safe to repeat.

    config.py      one TOML file, frozen
    identity.py    which articles are one: addresses, texts, near-duplicates
    robots.py      robots.txt by RFC 9309
    optouts.py     what publishers keep to themselves: tdmrep.json, headers, meta elements
    courier.py     pages fetched politely: as those allow, conditional requests, limits a host
    sources.py     feeds, folders, addresses, the store become articles
    lease.py       who runs, and who takes over from the dead
    crews.py       who briefs: one desk here, or a cluster's
    cluster.py     workers on the machines of a Ray cluster
    shifts.py      which worker gets which article; what dies is tried again, and how often
    pace.py        how far a night is, and how long it will take
    night.py       what a run needs, counts and comes to
    ingest.py      each source is read once a night, and recorded
    running.py     the run itself: ingest, brief, build, print, deliver; the file to read first
    documents.py   files that appear whole or not at all
    delivery.py    folder, mail, webhook, feed: each edition once
    watching.py    metrics and the dead man's switch

Everything that is done is in the store before the next thing begins, so that a run that died goes
on where it was. Knows nothing of how articles are briefed.
"""

from __future__ import annotations

from briefer.nightly.cluster import LOCAL, Cluster
from briefer.nightly.config import Config, load
from briefer.nightly.crews import Alone, Crew
from briefer.nightly.night import Night, Outcome
from briefer.nightly.pace import Pace
from briefer.nightly.running import metrics, plan, run

__all__ = [
    "LOCAL",
    "Alone",
    "Cluster",
    "Config",
    "Crew",
    "Night",
    "Outcome",
    "Pace",
    "load",
    "metrics",
    "plan",
    "run",
]
