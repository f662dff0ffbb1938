"""Editions go out once: to a folder, by mail, to a webhook, into a feed; or corrected."""

from __future__ import annotations

import asyncio
import json
import os
import re
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from briefer import digest as digests
from briefer import feeds
from briefer import store as stores
from briefer.cli.reporting import ExitCode
from briefer.errors import RenderError, UnknownOption
from briefer.nightly import delivery, documents, load
from briefer.nightly.config import Delivery, Mail
from briefer.nightly.delivery import Parcel, deliver
from briefer.store import Store
from tests import loopback
from tests.handmade import DAY, brief, plain_brief

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC).timestamp()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = stores.open(str(tmp_path / "store"), clock=lambda: NOON)
    yield opened
    opened.close()


def parcel(store: Store, *forms: Any) -> Parcel:
    made = digests.build([brief(), plain_brief("b", "Rain fell on Brno.")], day=DAY)
    store.save_digest(made)
    stored = store.digest_of(DAY)
    assert stored is not None
    return Parcel(stored, forms or ("html", "json"))


class Inbox:
    """A mail server that keeps what it is sent, and refuses what it is told to."""

    def __init__(self) -> None:
        self.letters: list[bytes] = []
        self.refuses = False
        self.thinks_s = 0.0
        self.goodbye = "221 Bye"
        self.strangers: set[str] = set()

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if address in self.strangers:
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.refuses:
            return "451 later"
        self.letters.append(envelope.content)
        await asyncio.sleep(self.thinks_s)
        return "250 OK"

    async def handle_QUIT(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        return self.goodbye


@pytest.fixture
def mail() -> Iterator[tuple[Inbox, Mail]]:
    inbox = Inbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    yield (
        inbox,
        Mail.model_validate(
            {
                "host": "127.0.0.1",
                "port": port,
                "sender": "briefer@news.example",
                "recipients": ["desk@news.example"],
                "security": "none",
            }
        ),
    )
    controller.stop()


@pytest.fixture
def webhook() -> Iterator[tuple[str, list[tuple[dict[str, str], bytes]], list[int]]]:
    received: list[tuple[dict[str, str], bytes]] = []
    statuses: list[int] = []

    class Handler(loopback.Quiet, BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.append((dict(self.headers), body))
            self.send_response(statuses.pop(0) if statuses else 204)
            self.end_headers()

    with loopback.answering(Handler) as port:
        yield f"http://127.0.0.1:{port}/hook", received, statuses


def test_mail_has_text_and_page_and_the_pdf_attached(
    store: Store, mail: tuple[Inbox, Mail], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(os.environ, "SOURCE_DATE_EPOCH", "0")
    inbox, wanted = mail

    problems = deliver(store, parcel(store, "pdf", "html"), Delivery(mail=wanted))

    assert problems == []
    letter = message_from_bytes(inbox.letters[0], policy=policy.default)
    assert letter["Subject"] == "The Morning Brief, 2026-11-26"
    assert letter["Message-ID"] == "<digest-2026-11-26-1@news.example>"
    kinds = [part.get_content_type() for part in letter.walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "text/html", "application/pdf"]
    attached = [part for part in letter.walk() if part.get_content_type() == "application/pdf"]
    assert attached[0].get_filename() == "2026-11-26.pdf"
    assert attached[0].get_payload(decode=True)[:5] == b"%PDF-"  # type: ignore[index]


def test_an_edition_is_never_delivered_twice(
    store: Store, mail: tuple[Inbox, Mail], webhook: Any, tmp_path: Path
) -> None:
    inbox, wanted = mail
    url, received, _ = webhook
    everywhere = Delivery(mail=wanted, webhook=url, folder=tmp_path / "www")

    for _ in range(2):
        assert deliver(store, parcel(store), everywhere) == []

    assert (len(inbox.letters), len(received)) == (1, 1)
    assert received[0][0]["Idempotency-Key"] == "2026-11-26-1"
    assert json.loads(received[0][1])["day"] == "2026-11-26"
    assert sorted(path.name for path in (tmp_path / "www").iterdir()) == [
        "2026-11-26.html",
        "2026-11-26.json",
    ]


def test_a_delivery_that_failed_is_said_and_tried_again(
    store: Store, mail: tuple[Inbox, Mail], webhook: Any
) -> None:
    inbox, wanted = mail
    url, received, statuses = webhook
    inbox.refuses, statuses[:] = True, [500]
    everywhere = Delivery(mail=wanted, webhook=url)

    first = deliver(store, parcel(store), everywhere)
    inbox.refuses = False
    second = deliver(store, parcel(store), everywhere)

    assert [problem.split(" failed")[0][:7] for problem in first] == ["mail 12", "webhook"]
    assert second == []
    assert (len(inbox.letters), len(received)) == (1, 2)


@pytest.mark.parametrize("error", [RenderError("no fonts"), UnicodeError("ä"), ZeroDivisionError()])
def test_a_delivery_is_tried_again_whatever_broke(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def breaks(*_: object) -> bytes:
        raise error

    wanted = Delivery(folder=tmp_path / "www", feed=tmp_path / "feed.xml")
    with monkeypatch.context() as broken:
        broken.setattr(documents, "document", breaks)
        (problem,) = deliver(store, parcel(store), wanted)
    again = deliver(store, parcel(store), wanted)

    told = "no fonts" if isinstance(error, RenderError) else type(error).__name__
    assert problem == f"folder {tmp_path / 'www'} failed: {told}"
    assert (tmp_path / "feed.xml").exists()
    assert again == []
    assert (tmp_path / "www/2026-11-26.json").exists()


def test_a_mail_account_without_its_password_is_told(
    store: Store, mail: tuple[Inbox, Mail], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BRIEFER_SMTP_PASSWORD", raising=False)
    wanted = mail[1].model_copy(update={"user": "desk"})

    (problem,) = deliver(store, parcel(store), Delivery(mail=wanted))

    assert "failed: desk has no password; set BRIEFER_SMTP_PASSWORD" in problem


def test_a_webhooks_address_is_in_no_message(store: Store, webhook: Any) -> None:
    url, _, statuses = webhook
    statuses[:] = [500]
    addresses = [f"{url}/SECRET", "http://127.0.0.1:9/SECRET"]

    told = [deliver(store, parcel(store), Delivery(webhook=one))[0] for one in addresses]

    assert [problem.split(" failed: ")[1] for problem in told] == ["status 500", "ConnectError"]
    assert "SECRET" not in " ".join(told)


def test_refused_recipients_are_named_and_the_others_get_one_mail(
    store: Store, mail: tuple[Inbox, Mail]
) -> None:
    inbox, one = mail
    inbox.strangers = {"left@news.example"}
    wanted = one.model_copy(update={"recipients": ("desk@news.example", "left@news.example")})

    (problem,) = deliver(store, parcel(store), Delivery(mail=wanted))
    again = deliver(store, parcel(store), Delivery(mail=wanted))

    assert problem.endswith(" refused left@news.example (550 no such user)")
    assert (again, len(inbox.letters)) == ([], 1)


@pytest.mark.parametrize(("thinks_s", "goodbye"), [(1.0, "221 Bye"), (0.0, "250 Bye")])
def test_a_letter_that_the_mail_server_has_is_not_sent_again(
    store: Store,
    mail: tuple[Inbox, Mail],
    monkeypatch: pytest.MonkeyPatch,
    thinks_s: float,
    goodbye: str,
) -> None:
    """One that looks at letters for long has them by then, and so has one that ends oddly."""
    monkeypatch.setattr(delivery, "_TIMEOUT_S", 0.5)
    inbox, wanted = mail
    inbox.thinks_s, inbox.goodbye = thinks_s, goodbye

    problems = [deliver(store, parcel(store), Delivery(mail=wanted)) for _ in range(2)]

    assert (problems, len(inbox.letters)) == ([[], []], 1)


def test_feed_of_digests_lists_the_editions(store: Store, tmp_path: Path) -> None:
    wanted = Delivery(feed=tmp_path / "feed.xml", base_url="https://d.example/")

    deliver(store, parcel(store), wanted)

    feed = feeds.read((tmp_path / "feed.xml").read_bytes(), name="feed")
    assert feed.title == "The Morning Brief"
    (entry,) = feed.entries
    assert entry.article.url == "https://d.example/2026-11-26.html"
    assert "Port Selby's harbour workers strike" in entry.article.text


def test_a_feed_that_cannot_be_written_is_said_and_the_rest_goes_out(
    store: Store, tmp_path: Path
) -> None:
    (tmp_path / "feed.xml").mkdir()
    wanted = Delivery(folder=tmp_path / "www", feed=tmp_path / "feed.xml")

    (problem,) = deliver(store, parcel(store), wanted)

    assert problem.startswith("feed failed: ")
    assert str(tmp_path / "feed.xml") in problem
    assert (tmp_path / "www/2026-11-26.json").exists()


def test_a_corrected_edition_says_so_and_is_delivered(
    store: Store, mail: tuple[Inbox, Mail]
) -> None:
    inbox, wanted = mail
    first = parcel(store)
    deliver(store, first, Delivery(mail=wanted))

    corrected = digests.withdraw(first.digest, "harbour", "The agency took it back.")
    store.save_digest(corrected)
    stored = store.digest_of(DAY)
    assert stored is not None
    deliver(store, Parcel(stored, ("html",)), Delivery(mail=wanted))

    assert stored.edition == 2
    letter = message_from_bytes(inbox.letters[1], policy=policy.default)
    assert letter["Subject"] == "The Morning Brief, 2026-11-26 (corrected)"
    body = letter.get_body(("plain",))
    assert body is not None
    words = " ".join(body.get_content().split())
    assert "Withdrawn after this edition had appeared: Harbour workers walk out" in words
    assert "120 lost jobs" not in words


def test_withdrawing_what_is_not_there_is_refused(store: Store) -> None:
    with pytest.raises(UnknownOption, match="no article 'nothing'"):
        digests.withdraw(parcel(store).digest, "nothing", "")


def test_the_example_configuration_is_one() -> None:
    wanted = load(Path(__file__).parent.parent / "deploy/night.toml")

    assert [source.kind for source in wanted.sources] == ["feed", "opml", "folder", "url", "store"]
    assert wanted.delivery.mail is not None


def test_the_configuration_that_the_page_calls_enough_is_enough(tmp_path: Path) -> None:
    page = (Path(__file__).parent.parent / "docs/nightly.md").read_text("utf-8")
    (written,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    (tmp_path / "night.toml").write_text(written)

    wanted = load(tmp_path / "night.toml")

    assert [source.kind for source in wanted.sources] == ["feed", "folder"]


def test_the_unit_repeats_what_may_go_well_later_and_nothing_else() -> None:
    unit = (Path(__file__).parent.parent / "deploy/briefer-nightly.service").read_text()

    def codes(name: str) -> set[int]:
        return {
            int(code) for line in re.findall(rf"^{name}=(.*)$", unit, re.M) for code in line.split()
        }

    ended = {ExitCode.PARTIAL, ExitCode.NOTHING_TO_REPORT}
    assert codes("SuccessExitStatus") == ended
    assert codes("RestartPreventExitStatus") == {ExitCode.BAD_USAGE}


def test_timer_and_crontab_start_each_night_once_more() -> None:
    """What did not go out is sent by the second run: nothing else starts one that ended with 4."""
    deploy = Path(__file__).parent.parent / "deploy"
    timer, crontab = ((deploy / name).read_text() for name in ("briefer-nightly.timer", "crontab"))

    hours = re.findall(r"^OnCalendar=\*-\*-\* (\d\d):00:00 Asia/Karachi$", timer, re.MULTILINE)
    listed = re.findall(r"^0 ([\d,]+) \* \* \* ", crontab, re.MULTILINE)

    assert hours == ["03", "04"]
    assert listed == ["3,4"]
