"""A finished edition goes out: to a folder, by mail, to a webhook, into an Atom feed; each once.

An edition is marked before it is sent and unmarked when sending fails, so a crash in between costs
a delivery and never doubles one. A webhook's address is a secret and is never told. Knows nothing
of how an edition is made.
"""

from __future__ import annotations

import hashlib
import os
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import httpx
from lxml import etree

from briefer import render, text
from briefer.errors import BrieferError, ConfigError
from briefer.nightly.config import Delivery, Format, Mail
from briefer.nightly.documents import document, write_all, write_whole
from briefer.schema import Digest
from briefer.store import Store, StoredDigest

_TIMEOUT_S = 30.0
_ACCEPTS_WITHIN_S = 600.0
"""So long a mail server may take to accept a letter (RFC 5321, 4.5.3.2.6): it has it by then, and
who gives up earlier sends it twice."""
_ATOM = "http://www.w3.org/2005/Atom"
_N_IN_FEED = 30


@dataclass(frozen=True, slots=True)
class Parcel:
    """An edition on its way, in the forms that were asked for."""

    stored: StoredDigest
    forms: tuple[Format, ...]

    @property
    def digest(self) -> Digest:
        """What is delivered."""
        return self.stored.digest

    @property
    def subject(self) -> str:
        """Title and day, and that it is a corrected edition."""
        corrected = " (corrected)" if self.digest.withdrawn else ""
        return f"{self.digest.title}, {self.digest.day.isoformat()}{corrected}"


Send = Callable[[Parcel], str | None]
"""Sends an edition; what of it did not arrive although the rest did, in words."""


def deliver(store: Store, parcel: Parcel, wanted: Delivery) -> list[str]:
    """Send an edition everywhere it has not been; what failed, in words.

    A feed is not sent but written anew, with the editions of the last days.
    """
    problems = []
    for channel, send in _channels(wanted).items():
        day, edition = parcel.digest.day, parcel.stored.edition
        if not store.mark_delivered(day, edition, channel):
            continue
        try:
            missing = send(parcel)
        # Whatever broke, the edition did not go out; left marked it would never be sent.
        except Exception as error:  # noqa: BLE001
            store.unmark_delivered(day, edition, channel)
            missing = f"failed: {_why(error)}"
        if missing:
            problems.append(f"{channel} {missing}")
    if wanted.feed is not None:
        try:
            write_whole(wanted.feed, feed(store, wanted.base_url, parcel.digest.title))
        except (OSError, BrieferError) as error:
            problems.append(f"feed failed: {_why(error)}")
    return problems


def _why(error: Exception) -> str:
    """An error in words, where its words are known to hold no webhook's address and no password."""
    if isinstance(error, httpx.HTTPStatusError):
        return f"status {error.response.status_code}"
    if isinstance(error, OSError | BrieferError):
        return str(error) or type(error).__name__
    return type(error).__name__


def channels(wanted: Delivery) -> list[str]:
    """The names of what an edition is sent to."""
    return list(_channels(wanted))


def _channels(wanted: Delivery) -> dict[str, Send]:
    """Names stay the same from night to night: they are what "once" is measured by."""
    found: dict[str, Send] = {}
    if wanted.folder is not None:
        folder = wanted.folder
        found[f"folder {folder}"[:200]] = lambda parcel: _to_folder(parcel, folder)
    if wanted.mail is not None:
        mail = wanted.mail
        people = hashlib.sha256(" ".join(mail.recipients).encode()).hexdigest()[:12]
        found[f"mail {mail.host} {people}"] = lambda parcel: _by_mail(parcel, mail)
    if wanted.webhook is not None:
        url = wanted.webhook
        short = hashlib.sha256(url.encode()).hexdigest()[:12]
        found[f"webhook {short}"] = lambda parcel: _to_webhook(parcel, url)
    return found


def _to_folder(parcel: Parcel, folder: Path) -> None:
    write_all(parcel.digest, parcel.forms, folder)


def message(parcel: Parcel, mail: Mail) -> EmailMessage:
    """The edition as text and HTML, with the PDF attached if it is one of the forms."""
    letter = EmailMessage()
    letter["Subject"] = parcel.subject
    letter["From"], letter["To"] = mail.sender, ", ".join(mail.recipients)
    letter["Date"] = format_datetime(parcel.stored.saved_at)
    day, domain = parcel.digest.day.isoformat(), mail.sender.rpartition("@")[2].strip("<> ")
    letter["Message-ID"] = f"<digest-{day}-{parcel.stored.edition}@{domain}>"
    letter.set_content(render.text(parcel.digest))
    letter.add_alternative(render.html(parcel.digest), subtype="html")
    if "pdf" in parcel.forms:
        printed = render.pdf(parcel.digest)
        letter.add_attachment(printed, maintype="application", subtype="pdf", filename=f"{day}.pdf")
    return letter


def _by_mail(parcel: Parcel, mail: Mail) -> str | None:
    """One letter to all; whom the server refuses is told, and not tried again: the rest have it."""
    letter = message(parcel, mail)
    secure = ssl.create_default_context()
    if mail.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            mail.host, mail.port, timeout=_TIMEOUT_S, context=secure
        )
    else:
        server = smtplib.SMTP(mail.host, mail.port, timeout=_TIMEOUT_S)
    with server:
        if mail.security == "starttls":
            server.starttls(context=secure)
        if mail.user is not None:
            server.login(mail.user, _password(mail.user))
        _wait(server, _ACCEPTS_WITHIN_S)
        refused = server.send_message(letter)
        _wait(server, _TIMEOUT_S)
        with suppress(smtplib.SMTPException):  # they have it, however they say goodbye
            server.quit()
        server.close()
    told = [
        f"{who} ({status} {reason.decode(errors='replace')})"
        for who, (status, reason) in refused.items()
    ]
    return f"refused {', '.join(told)}" if told else None


def _wait(server: smtplib.SMTP, seconds: float) -> None:
    if server.sock is not None:
        server.sock.settimeout(seconds)


def _password(user: str) -> str:
    password = os.environ.get("BRIEFER_SMTP_PASSWORD")
    if not password:
        raise ConfigError(f"{user} has no password; set BRIEFER_SMTP_PASSWORD, or leave user out.")
    return password


def _to_webhook(parcel: Parcel, url: str) -> None:
    """The record, as JSON; ``Idempotency-Key`` names the edition."""
    key = f"{parcel.digest.day.isoformat()}-{parcel.stored.edition}"
    answer = httpx.post(
        url,
        content=document(parcel.digest, "json"),
        headers={"Content-Type": "application/json", "Idempotency-Key": key},
        timeout=_TIMEOUT_S,
    )
    answer.raise_for_status()


def feed(store: Store, base_url: str, title: str) -> bytes:
    """An Atom feed (RFC 4287) of the last editions, newest first."""
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})  # type: ignore[dict-item]
    base = base_url.rstrip("/")
    found = [store.digest_of(day) for day in store.digest_days(limit=_N_IN_FEED)]
    editions = [one for one in found if one is not None]
    _add(root, "title", title)
    _add(root, "id", base or "urn:briefer:digests")
    _add(_add(root, "author"), "name", "briefer")
    if editions:
        _add(root, "updated", max(one.saved_at for one in editions).isoformat())
    for stored in editions:
        day = stored.digest.day.isoformat()
        entry = _add(root, "entry")
        _add(entry, "title", Parcel(stored, ()).subject)
        _add(entry, "id", f"{base or 'urn:briefer:digests'}/{day}")
        _add(entry, "updated", stored.saved_at.isoformat())
        _add(entry, "link").set("href", f"{base}/{day}.html")
        _add(entry, "summary", "; ".join(_headlines(stored.digest)) or "No stories.")
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return written


def _headlines(digest: Digest) -> list[str]:
    told = {story.id: story for story in digest.stories}
    stories = [told[one] for one in digest.front if one in told]
    return [_plain(one.headline.text) for one in stories if one.headline is not None]


def _add(parent: etree._Element, name: str, words: str | None = None) -> etree._Element:
    child = etree.SubElement(parent, f"{{{_ATOM}}}{name}")
    if words is not None:
        child.text = _plain(words)
    return child


def _plain(words: str) -> str:
    """Without what XML cannot hold."""
    return text.clean(words)
