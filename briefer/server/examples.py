"""What the API's description shows as examples, all of it invented.

Knows nothing of routes.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from briefer import digest as digests
from briefer.schema import (
    Agreements,
    Brief,
    Dissent,
    Dissents,
    Evidence,
    Line,
    Provenance,
    Source,
)

TEXT = (
    "The council of Tellmouth voted on Monday to repair the old pier before the summer. "
    "The shopkeepers' league rejected the plan."
)
_SOURCE = Source(
    ref=None,
    title="Pier to be repaired",
    url=None,
    publisher=None,
    published_at=None,
    language="en",
    genre="news",
    sha256="0" * 64,
    n_chars=len(TEXT),
    n_sentences=2,
    share_read=1.0,
)
_PROVENANCE = Provenance(
    model="example",
    revision=None,
    weights_sha256=None,
    engine="fake",
    prompts={},
    briefer_version="0.1.0",
    created_at=datetime(2026, 11, 26, 4, 0, tzinfo=UTC),
    seconds=7.5,
)


def _brief() -> Brief:
    first = Evidence(start=0, end=82, text=TEXT[:82])
    second = Evidence(start=83, end=len(TEXT), text=TEXT[83:])
    view = Dissent(
        holder="the shopkeepers' league",
        text="The shopkeepers' league rejected the plan.",
        against=None,
        quote=None,
        kind="extractive",
        evidence=(second,),
    )
    return Brief(
        id="4f8f41b8f3c6f0a9d2f6a3f2c0a1b7de",
        status="ok",
        headline=Line(text="Tellmouth to repair its pier", kind="abstractive", evidence=(first,)),
        summary=(Line(text=first.text, kind="extractive", evidence=(first,)),),
        actors=(),
        agreements=Agreements(status="none_found"),
        dissent=Dissents(status="found", items=(view,)),
        withheld=(),
        source=_SOURCE,
        provenance=_PROVENANCE,
    )


BRIEF = _brief()
DIGEST = digests.build([BRIEF], day=date(2026, 11, 24))
