"""A week of nights: papers on a local web server, each night dying at another point.

``python -m tests.week --articles 60`` prints a table a night; the suite runs a small week. Articles
are made up, or taken from a folder of JSON Lines with ``--data``.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from briefer import store as stores
from briefer.nightly import Alone, Config, Night, Outcome, run
from briefer.nightly.crews import Desk
from briefer.store import Store
from tests.newsstand import FirstSentences, Newsstand, newsstand

MONDAY = date(2026, 11, 23)
PAPERS = ("Herald", "Post", "Courier")
_EVERY = 10
"""One in ten articles is carried by a second paper, one in ten is rewritten the next day."""


class Killed(BaseException):
    """What a night dies of."""


@dataclass(frozen=True)
class Piece:
    """An article on its way to the papers; ``number`` counts through the week."""

    number: int
    title: str
    words: str


@dataclass(frozen=True)
class NightReport:
    """What came of a night: ``died_at`` is the step after which the first run was killed."""

    day: date
    n_published: int
    n_rewritten: int
    n_copied: int
    died_at: int
    outcome: Outcome
    n_model_calls: int
    seconds: float


def made_up(n: int) -> list[Piece]:
    """Articles that do not resemble each other."""
    return [
        Piece(
            number,
            f"Council {number} votes on its harbour",
            f"The council of Town{number} voted on measure {number} on Monday. "
            + " ".join(f"item{number}x{k}" for k in range(80))
            + f".\n\nMayor Ada{number} Berg{number} said that work would begin in the spring.",
        )
        for number in range(n)
    ]


def from_data(path: Path, n: int) -> list[Piece]:
    """The first ``n`` articles of a JSON Lines file that are long enough to brief."""
    lines = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    long = [one["text"] for one in lines if len(one["text"].split()) > 120]
    return [Piece(number, f"Article {number}", words) for number, words in enumerate(long[:n])]


def simulate(
    folder: Path, pieces: Sequence[Piece], desk: Desk, *, n_a_day: int
) -> list[NightReport]:
    """Seven nights of ``n_a_day`` articles each, one store, one folder of documents."""
    with newsstand() as stand, closing(stores.open(str(folder / "store"))) as store:
        return list(_nights(folder, pieces, (stand, store, desk), n_a_day))


def _nights(
    folder: Path, pieces: Sequence[Piece], parts: tuple[Newsstand, Store, Desk], n_a_day: int
) -> Iterator[NightReport]:
    stand, store, desk = parts
    listed: dict[str, list[tuple[str, str]]] = {paper: [] for paper in PAPERS}
    for number in range(7):
        today = pieces[number * n_a_day : (number + 1) * n_a_day]
        yesterday = pieces[max(0, number - 1) * n_a_day : number * n_a_day]
        rewritten = [one for one in yesterday if one.number % _EVERY == 1]
        copied = [one for one in today if one.number % _EVERY == 2]
        for one in today:
            _publish(stand, listed, one, PAPERS[one.number % 3])
        for one in copied:
            _publish(stand, listed, one, PAPERS[(one.number + 1) % 3])
        for one in rewritten:
            _rewrite(stand, folder, one)
        began = time.monotonic()
        calls = _calls(desk)
        day = MONDAY + timedelta(days=number)
        night = Night(_config(folder, stand, listed), store, Alone(desk), day)
        died_at = _die(night, 1 + number * 2)
        outcome = run(night)
        yield NightReport(
            night.day,
            len(today),
            len(rewritten),
            len(copied),
            died_at,
            outcome,
            _calls(desk) - calls,
            time.monotonic() - began,
        )


def _calls(desk: Desk) -> int:
    return desk.made.total() if isinstance(desk, FirstSentences) else 0


def _publish(
    stand: Newsstand, listed: dict[str, list[tuple[str, str]]], one: Piece, paper: str
) -> None:
    path = f"/{paper.lower()}/{one.number}"
    stand.page(path, paper, one.title, one.words)
    listed[paper].append((f"{path}?utm_campaign=week", one.title))


def _rewrite(stand: Newsstand, folder: Path, one: Piece) -> None:
    """The article comes again through the drop-box, at its address, with another half."""
    url = f"{stand.url}/{PAPERS[one.number % 3].lower()}/{one.number}"
    words = one.words[: len(one.words) // 2] + " A recount changed it all. " + one.words[::-1][:600]
    record = {"text": words, "url": url, "title": one.title, "publisher": PAPERS[one.number % 3]}
    box = folder / "box"
    box.mkdir(exist_ok=True)
    (box / f"{one.number}.json").write_text(json.dumps(record), "utf-8")


def _config(folder: Path, stand: Newsstand, listed: dict[str, list[tuple[str, str]]]) -> Config:
    (folder / "box").mkdir(exist_ok=True)
    feeds = [stand.feed(f"/{name}.xml", name, items) for name, items in listed.items()]
    stand.pages["/broken.xml"] = b"<rss><channel><item><title>cut o"
    stand.pages["/no-feed.xml"] = b"<html><body>404 but not really</body></html>"
    extra = [f"{stand.url}/no-feed.xml", f"{stand.url}/broken.xml", "http://127.0.0.1:9/rss"]
    return Config.model_validate(
        {
            "sources": [
                *({"kind": "feed", "at": at} for at in (*feeds, *extra)),
                {"kind": "folder", "at": str(folder / "box")},
            ],
            "out": folder / "out",
            "formats": ["md", "json"],
            "fetching": {"delay_s": 0, "allow_private": True, "max_per_host": 100_000},
        }
    )


def _die(night: Night, after: int) -> int:
    """Run the night and kill it after so many steps; how many it did."""
    n_passed = 0

    def passed(step: str, name: str) -> None:
        nonlocal n_passed
        n_passed += 1
        if n_passed >= after:
            raise Killed(f"{step} {name}")

    mortal = Night(night.config, night.store, night.crew, night.day, passed=passed)
    try:
        run(mortal)
    except Killed:
        return n_passed
    return 0


def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=60, help="a day")
    parser.add_argument("--data", type=Path, help="JSON Lines with a text each")
    chosen = parser.parse_args()
    n = chosen.articles * 7
    pieces = from_data(chosen.data, n) if chosen.data else made_up(n)
    desk = FirstSentences()
    print("| night | published | rewritten | copied | briefs | stories | failed | calls | s |")  # noqa: T201
    with tempfile.TemporaryDirectory() as folder:
        for one in simulate(Path(folder), pieces, desk, n_a_day=chosen.articles):
            made = one.outcome.digest
            counts = made.counts if made else None
            cells = [one.day, one.n_published, one.n_rewritten, one.n_copied]
            cells += (
                [counts.n_briefed, counts.n_stories, counts.n_failed + counts.n_sources_failed]
                if counts
                else []
            )
            print("|", " | ".join(map(str, [*cells, one.n_model_calls, f"{one.seconds:.0f}"])), "|")  # noqa: T201
    doubled = sum(n > 1 for n in desk.made.values())
    print(f"{desk.made.total()} model calls, {doubled} articles briefed twice")  # noqa: T201


if __name__ == "__main__":
    _main()
