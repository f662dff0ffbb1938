"""What a real server says to connections that ask nothing, too slowly, too many or no HTTP."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator

import httpx
import pytest

from briefer.server.connections import Connection
from tests.serving import TEXT, app_of, listening

ASKING = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n"
POSTING = b"POST /v1/briefs HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"


class Impatient(Connection):
    head_timeout_s = 0.5


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with listening(app_of(), http=Impatient, limit_concurrency=3) as address:
        yield address


def connected(address: str) -> socket.socket:
    host, port = address.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=20)


def until_closed(connection: socket.socket) -> bytes:
    """All that comes; fails when the server keeps the connection for longer than 20 s."""
    answer = b""
    while part := connection.recv(65536):
        answer += part
    return answer


def send_on(connection: socket.socket, part: bytes) -> None:
    """Send the part again and again, for 10 s."""
    for _ in range(200):
        connection.sendall(part)
        time.sleep(0.05)


def problem_of(answer: bytes) -> dict[str, object]:
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"content-type: application/problem+json" in head
    assert b"connection: close" in head.lower()
    told: dict[str, object] = json.loads(body)
    return told


@pytest.mark.parametrize(
    "begun",
    [b"", b"GET", ASKING, ASKING + b"\r\n" + ASKING],
    ids=["nothing", "a word", "half a head", "half a second head"],
)
def test_connection_on_which_no_request_comes_is_closed(address: str, begun: bytes) -> None:
    with connected(address) as connection:
        connection.sendall(begun)
        answer = until_closed(connection)

    assert answer.count(b"HTTP/1.1 200") == begun.count(b"\r\n\r\n")


def test_body_that_was_refused_is_not_read_for_ever(address: str) -> None:
    with connected(address) as connection:
        connection.sendall(POSTING + b"\r\n")
        with pytest.raises(ConnectionError):
            send_on(connection, b"1\r\nx\r\n")


def test_request_may_take_longer_than_its_head(address: str) -> None:
    with connected(address) as connection:
        body = json.dumps({"text": TEXT}).encode()
        head = POSTING + b"Content-Type: application/json\r\nConnection: close\r\n\r\n"
        connection.sendall(head + b"%x\r\n" % len(body) + body)
        time.sleep(1)
        connection.sendall(b"\r\n0\r\n\r\n")
        answer = until_closed(connection)

    assert answer.startswith(b"HTTP/1.1 200 ")


def test_one_connection_too_many_is_told_so_by_a_problem(address: str) -> None:
    with connected(address), connected(address), connected(address), connected(address) as last:
        last.sendall(ASKING + b"\r\n")
        answer = until_closed(last)

    assert answer.startswith(b"HTTP/1.1 503 ")
    assert b"retry-after: " in answer
    assert b"x-content-type-options: nosniff" in answer
    assert problem_of(answer)["type"] == "/problems/busy"
    time.sleep(1)  # by then the others are closed
    assert httpx.get(f"{address}/healthz").status_code == 200


@pytest.mark.parametrize(
    "sent",
    [b"hello\r\n\r\n", ASKING + b"Host: twice\r\n\r\n", POSTING + b"X: " + b"a" * 100_000],
    ids=["no HTTP", "two hosts", "endless header"],
)
def test_what_is_no_http_is_told_so_by_a_problem(address: str, sent: bytes) -> None:
    with connected(address) as connection:
        connection.sendall(sent)
        answer = until_closed(connection)

    assert answer.startswith(b"HTTP/1.1 400 ")
    assert problem_of(answer)["type"] == "/problems/bad-request"


def test_answer_that_has_begun_is_not_answered_again(address: str) -> None:
    """The refusal for want of a type, then a chunk that is none."""
    with connected(address) as connection:
        connection.sendall(POSTING + b"\r\n")
        time.sleep(0.2)
        connection.sendall(b"ZZ\r\n")
        answer = until_closed(connection)

    assert answer.startswith(b"HTTP/1.1 415 ")
    assert answer.count(b"HTTP/1.1 ") == 1
