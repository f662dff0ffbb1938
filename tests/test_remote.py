"""The engine over HTTP: what it asks, what it makes of answers, how it bears a bad server."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from briefer.errors import EngineUnavailable, GenerationFailed
from briefer.models import remote, trained, weights
from briefer.models.base import Prompt, Shared
from briefer.models.remote import RemoteEngine
from tests import loopback

Reply = tuple[int, Any]


@dataclass
class ModelServer:
    """A server that answers what ``reply`` says to the request's body, with the ``headers``."""

    url: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    reply: Callable[[dict[str, Any]], Reply] = lambda _: (200, said("yes"))
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    keys: set[str | None] = field(default_factory=set)


def said(words: str, finish: str = "stop") -> dict[str, Any]:
    return {
        "choices": [{"message": {"content": words}, "text": words, "finish_reason": finish}],
        "usage": {"prompt_tokens": 7, "completion_tokens": 3},
    }


@pytest.fixture
def server() -> Iterator[ModelServer]:
    known = ModelServer()

    class Handler(loopback.Quiet, BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send(200, {"data": [{"id": "tiny"}]})

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            known.asked.append((self.path, body))
            known.keys.add(self.headers.get("Authorization"))
            self._send(*known.reply(body))

        def _send(self, status: int, body: Any) -> None:
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            for name, value in known.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

    with loopback.answering(Handler) as port:
        known.url = f"http://127.0.0.1:{port}/v1"
        yield known


def engine(server: ModelServer, waits: list[float] | None = None) -> RemoteEngine:
    sleep = waits.append if waits is not None else lambda _: None
    return RemoteEngine(server.url, "tiny", timeout_s=5, sleep=sleep)


def test_chat_prompts_go_as_turns_and_plain_ones_as_they_stand(server: ModelServer) -> None:
    prompts = [
        Prompt("Rain fell.", "Condense.", max_new_tokens=20),
        Prompt("Rain fell.", "Condense: ", form="plain"),
    ]

    for prompt in prompts:
        engine(server).generate([prompt])

    (chat_path, chat), (plain_path, plain) = server.asked
    assert (chat_path, plain_path) == ("/v1/chat/completions", "/v1/completions")
    assert chat["messages"] == [
        {"role": "system", "content": "Condense."},
        {"role": "user", "content": "Rain fell."},
    ]
    assert (chat["max_tokens"], chat["temperature"]) == (20, 0)
    assert plain["prompt"] == "Condense: Rain fell."


def test_a_schema_goes_as_response_format(server: ModelServer) -> None:
    schema = {"type": "object", "properties": {"a": {"type": "integer"}}}
    server.reply = lambda _: (200, said('{"a": 1}'))

    engine(server).generate([Prompt("x", schema=schema)])

    assert server.asked[0][1]["response_format"] == {
        "type": "json_schema",
        "json_schema": {"name": "answer", "strict": True, "schema": schema},
    }


def test_answers_keep_the_order_of_the_prompts(server: ModelServer) -> None:
    server.reply = lambda body: (200, said(body["messages"][-1]["content"].upper()))

    answers = engine(server).generate([Prompt(f"p{number}") for number in range(20)])

    assert [one.text for one in answers] == [f"P{number}" for number in range(20)]
    assert {(one.n_prompt_tokens, one.n_output_tokens) for one in answers} == {(7, 3)}


def test_a_cut_answer_and_a_stop_word_are_told(server: ModelServer) -> None:
    server.reply = lambda _: (200, said("one line\nanother", "length"))

    (answer,) = engine(server).generate([Prompt("x", stop=("\n",))])

    assert (answer.text, answer.stop_reason) == ("one line", "length")


def test_a_busy_server_is_asked_again_with_longer_waits(server: ModelServer) -> None:
    replies = iter([(503, {}), (429, {}), (200, said("at last"))])
    server.reply = lambda _: next(replies)
    waits: list[float] = []

    (answer,) = engine(server, waits).generate([Prompt("x")])

    assert answer.text == "at last"
    assert waits == [1.0, 2.0]


@pytest.mark.parametrize(("said", "wait"), [("3", 3.0), ("²", None), ("soon", None)])
def test_a_server_may_say_how_long_to_wait(
    server: ModelServer, said: str, wait: float | None
) -> None:
    server.reply = lambda _: (503, {})
    server.headers = {"Retry-After": said}
    waits: list[float] = []

    with pytest.raises(GenerationFailed, match="answered 503"):
        engine(server, waits).generate([Prompt("x")])

    assert waits == [wait or 1.0, wait or 2.0, wait or 4.0]


@pytest.mark.parametrize("address", ["http://host:port/v1#qwen", "http://#qwen", "host:80#qwen"])
def test_an_address_that_is_none_is_refused_before_it_is_asked(address: str) -> None:
    with pytest.raises(EngineUnavailable, match=r"needs the server's address .* is none: it"):
        remote.load(address)


def test_tries_are_bounded(server: ModelServer) -> None:
    server.reply = lambda _: (500, {"error": "out of memory"})
    waits: list[float] = []

    with pytest.raises(GenerationFailed, match=r"answered 500.*out of memory"):
        engine(server, waits).generate([Prompt("x")])

    assert len(server.asked) == 4
    assert waits == [1.0, 2.0, 4.0]


def test_what_was_not_sent_yet_is_not_sent_after_a_failure(server: ModelServer) -> None:
    server.reply = lambda _: (400, {"error": "no such model"})

    with pytest.raises(GenerationFailed, match="answered 400"):
        engine(server).generate([Prompt(f"{n}") for n in range(200)])

    assert len(server.asked) < 100


@pytest.mark.parametrize(
    ("status", "mend"), [(401, "BRIEFER_REMOTE_KEY"), (403, "may it use"), (404, "after the #")]
)
def test_what_no_other_prompt_would_change_is_no_usable_model(
    server: ModelServer, status: int, mend: str
) -> None:
    server.reply = lambda _: (status, {"error": {"message": "not for you", "code": status}})

    with pytest.raises(EngineUnavailable, match=rf"{status}: not for you\..*{mend}"):
        engine(server).generate([Prompt("x")])

    assert len(server.asked) == 1


def test_a_field_that_the_server_does_not_know_is_left_out_from_then_on(
    server: ModelServer,
) -> None:
    def strict(body: dict[str, Any]) -> Reply:
        if "chat_template_kwargs" in body:
            return 400, {"error": {"message": "Unrecognized argument: chat_template_kwargs"}}
        return 200, said("yes")

    server.reply = strict
    made = engine(server)

    answers = [made.generate([Prompt(text)])[0].text for text in ("a", "b")]

    assert answers == ["yes", "yes"]
    assert ["chat_template_kwargs" in body for _, body in server.asked] == [True, False, False]


TOWN = {
    "type": "object",
    "properties": {"town": {"type": "string", "maxLength": 20}},
    "required": ["town"],
    "additionalProperties": False,
}


def test_a_server_that_ignores_the_schema_is_told_of(server: ModelServer) -> None:
    server.reply = lambda _: (200, said("The town of Brno."))

    with pytest.raises(GenerationFailed, match="did not obey the JSON Schema"):
        engine(server).generate([Prompt("Name a town.", schema=TOWN)])


def test_a_prompt_that_is_refused_says_why_and_of_which_model(server: ModelServer) -> None:
    server.reply = lambda _: (400, {"detail": "Server is pinned to 'a'"})

    with pytest.raises(GenerationFailed) as failed:
        engine(server).generate([Prompt("x")])

    assert "answered 400: Server is pinned to 'a'. It was asked for the model 'tiny'." in str(
        failed.value
    )
    assert len(server.asked) == 1


def test_requests_of_all_threads_together_are_bounded(server: ModelServer) -> None:
    lock, n_now, most = threading.Lock(), 0, 0

    def slow(_: dict[str, Any]) -> Reply:
        nonlocal n_now, most
        with lock:
            n_now += 1
            most = max(most, n_now)
        threading.Event().wait(0.02)
        with lock:
            n_now -= 1
        return 200, said("yes")

    server.reply = slow
    made = RemoteEngine(server.url, "tiny", concurrency=4)
    threads = [
        threading.Thread(target=made.generate, args=([Prompt(f"{n}") for n in range(6)],))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert most == 4
    assert len(server.asked) == 18


@pytest.mark.parametrize(("concurrency", "n_threads"), [(1, 1), (4, 2), (16, 5), (64, 17)])
def test_more_requests_at_once_want_more_articles_at_once(concurrency: int, n_threads: int) -> None:
    made = remote.load("http://127.0.0.1:9/v1#tiny", concurrency=concurrency)

    assert isinstance(made, Shared)
    assert made.n_threads == n_threads


@pytest.mark.parametrize("body", [{}, {"choices": []}, {"choices": [{}]}, [1], b"<html>"])
def test_a_server_of_another_kind_is_a_failure_and_no_crash(server: ModelServer, body: Any) -> None:
    server.reply = lambda _: (200, body)

    with pytest.raises(GenerationFailed):
        engine(server).generate([Prompt("x")])


def test_key_comes_from_the_environment_and_is_never_shown(
    server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFER_REMOTE_KEY", "s3cret")

    made = remote.load(server.url)
    made.generate([Prompt("x")])

    assert server.keys == {"Bearer s3cret"}
    assert "s3cret" not in repr(made)


def test_model_is_named_after_the_hash_else_the_servers_first(server: ModelServer) -> None:
    assert remote.load(f"{server.url}#big").card.model == "big"
    assert remote.load(f"{server.url}/").card.model == "tiny"


def test_a_server_said_to_have_briefers_own_model_is_asked_as_that_was_trained(
    server: ModelServer,
) -> None:
    made = remote.load(f"{server.url}#tiny#qwen2.5-coder-1.5b")

    made.generate([Prompt("x", form="plain")])

    pin = weights.named("qwen2.5-coder-1.5b")
    part = trained.find("condenser", pin.sha256)
    assert part is not None
    assert (made.card.is_trained, made.card.weights_sha256) == (True, pin.sha256)
    assert (made.card.engine, made.card.adapters) == ("remote", {"condenser": part.sha256})
    assert server.asked[0][1]["model"] == "tiny"


def test_a_model_that_no_condenser_was_trained_on_is_not_briefers_own(server: ModelServer) -> None:
    with pytest.raises(EngineUnavailable, match=r"trained on 'smollm2-135m'.*qwen2.5-coder-1.5b"):
        remote.load(f"{server.url}#tiny#smollm2-135m")


@pytest.mark.parametrize("model", [None, "qwen", "http://127.0.0.1:9/v1"])
def test_no_server_says_what_to_do(model: str | None) -> None:
    with pytest.raises(EngineUnavailable, match=r"--model http|running"):
        remote.load(model)


def test_a_server_that_never_answered_is_no_usable_model_and_one_that_did_has_failed(
    server: ModelServer,
) -> None:
    dead = RemoteEngine("http://127.0.0.1:9/v1", "tiny", sleep=lambda _: None)
    known = engine(server)
    known.generate([Prompt("x")])
    known.url = dead.url

    with pytest.raises(EngineUnavailable, match=r"did not answer .* Is it running"):
        dead.generate([Prompt("x")])
    with pytest.raises(GenerationFailed, match=r"did not answer .* Is it running"):
        known.generate([Prompt("x")])


def test_closed_engine_refuses(server: ModelServer) -> None:
    made = engine(server)
    made.close()

    with pytest.raises(GenerationFailed, match="closed"):
        made.generate([Prompt("x")])


@pytest.mark.model
def test_a_real_llama_cpp_server_obeys_a_schema() -> None:
    xllamacpp = pytest.importorskip("xllamacpp", reason="the extra llamacpp is not installed")
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(weights.find("smollm2-135m"))
    parameters.n_ctx = 1024
    parameters.n_parallel = 1
    parameters.cpuparams.n_threads = 2
    parameters.port = 0
    served = xllamacpp.Server(parameters)

    made = RemoteEngine(f"{served.listening_address}/v1", "smollm2")
    plain, obeying = made.generate(
        [
            Prompt("Rain fell on Brno on", form="plain", max_new_tokens=4),
            Prompt("Name a town.", schema=TOWN),
        ]
    )

    assert plain.n_output_tokens == 4
    assert plain.stop_reason == "length"
    assert list(json.loads(obeying.text)) == ["town"]
