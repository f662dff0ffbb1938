"""How far a night is: rate, time left, and who hears of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefer import store as stores
from briefer.cli.reporting import Reporter
from briefer.nightly import Alone, Night, Pace, run
from briefer.nightly.documents import write_whole
from briefer.schema import Article, Brief
from tests.newsstand import FirstSentences
from tests.test_nightly import DAY, config, words_of


class Clock:
    """Seconds that pass only when told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Slow(FirstSentences):
    """A desk that takes ten seconds an article, by a clock of its own."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.clock = clock

    def brief(self, article: Article) -> Brief:
        self.clock.now += 10
        return super().brief(article)


@pytest.mark.parametrize(
    ("pace", "words"),
    [
        (Pace(0, 60, 0, 0.0), "0 of 60 articles"),
        (Pace(12, 60, 10, 160.0), "12 of 60 articles, 225 an hour, about 13 min left"),
        (Pace(58, 60, 58, 928.0), "58 of 60 articles, 225 an hour, about 32 s left"),
        (Pace(10, 10_000, 10, 160.0), "10 of 10000 articles, 225 an hour, about 44.4 h left"),
        (Pace(60, 60, 60, 960.0), "60 of 60 articles, 225 an hour"),
        (Pace(60, 60, 0, 0.0), "60 of 60 articles"),
    ],
)
def test_pace_tells_rate_and_time_left(pace: Pace, words: str) -> None:
    assert pace.words == words


def test_a_night_tells_its_pace_and_counts_no_brief_that_it_had(tmp_path: Path) -> None:
    for number in range(3):
        write_whole(tmp_path / f"box/{number}.txt", words_of("Alder", number).encode())
    store, clock = stores.open(str(tmp_path / "store")), Clock()
    wanted = config(tmp_path, {"kind": "folder", "at": str(tmp_path / "box")}, formats=["md"])
    had = Article(text=words_of("Alder", 0))
    store.save(FirstSentences().brief(had), had, id=FirstSentences().identify(had))
    heard: list[str] = []

    run(
        Night(
            wanted,
            store,
            Alone(Slow(clock)),
            DAY,
            paced=lambda pace, name: heard.append(f"{pace.words}: {Path(name).name}"),
            seconds=clock,
        )
    )

    assert heard == [
        "0 of 3 articles: ",
        "1 of 3 articles: 0.txt",
        "2 of 3 articles, 360 an hour, about 10 s left: 1.txt",
        "3 of 3 articles, 360 an hour: 2.txt",
    ]
    store.close()


def test_without_a_terminal_a_line_a_minute_and_the_last(
    capsys: pytest.CaptureFixture[str],
) -> None:
    clock = Clock()

    with Reporter("normal").pacing(clock) as paced:
        for number in range(13):
            paced(Pace(number, 12, number, number * 10.0), f"{number}.txt")
            clock.now += 10

    assert capsys.readouterr().err.splitlines() == [
        "briefer: 0 of 12 articles.",
        "briefer: 6 of 12 articles, 360 an hour, about 60 s left.",
        "briefer: 12 of 12 articles, 360 an hour.",
    ]


def test_on_a_terminal_a_bar_with_rate_and_time_left(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "120")

    with Reporter("normal").pacing() as paced:
        paced(Pace(6, 12, 6, 60.0), "a\x1b[31m.txt")

    shown = capsys.readouterr().err
    assert "6 of 12 articles, 360 an hour, about 60 s left" in shown
    assert "\x1b[31m.txt" not in shown


def test_a_quiet_night_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with Reporter("quiet").pacing() as paced:
        paced(Pace(12, 12, 12, 1.0), "a.txt")

    assert capsys.readouterr().err == ""
