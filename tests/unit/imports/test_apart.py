"""A child that hangs, devours memory or dies takes nobody with it, and is said in one line."""

from __future__ import annotations

import os
import signal
import socket
from concurrent.futures import ThreadPoolExecutor

import pytest

from imports.apart import Fault, Request, nursery, run
from imports.apart.frames import receive, send
from imports.problems import UnreadableDocument

WORK = "tests.support.apart"


def code_of(function: str, *, seconds: int = 60, megabytes: int = 1024) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        run(Request(f"{WORK}:{function}", seconds=seconds, megabytes=megabytes), b"x")
    assert "\n" not in str(caught.value)
    return caught.value.problem.code


def test_an_answer_comes_from_another_process() -> None:
    said = run(Request(f"{WORK}:answer", {"word": "任务"}), bytes(3_000_000))
    assert (said["size"], said["word"]) == (3_000_000, "任务")
    assert os.getpid() not in (said["pid"], said["parent"])


def test_a_refusal_comes_back_as_it_was_raised() -> None:
    with pytest.raises(UnreadableDocument) as caught:
        run(Request(f"{WORK}:refuse"), b"")
    assert dict(caught.value.problem.params) == {"place": "line 7", "offset": "9"}


def test_a_child_that_hangs_is_ended_at_its_time() -> None:
    assert code_of("hang", seconds=1) == "too-slow"


def test_a_child_that_devours_memory_is_refused_by_name() -> None:
    assert code_of("devour", megabytes=256) == "too-much-memory"


def test_a_child_that_dies_is_said() -> None:
    assert code_of("fall") == "reader-lost"


def test_a_fault_of_ours_keeps_its_trace_for_the_log() -> None:
    with pytest.raises(Fault) as caught:
        run(Request(f"{WORK}:err"), "甲".encode())
    assert caught.value.problem.code == "reader-fault"
    assert "KeyError: '甲'" in caught.value.trace


def test_no_setting_of_the_server_reaches_a_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "x")
    assert "SECRET_KEY" not in run(Request(f"{WORK}:settings"), b"")


def test_threads_ask_at_once_and_each_gets_its_own_answer() -> None:
    def ask(number: int) -> str:
        return str(run(Request(f"{WORK}:answer", {"word": str(number)}), b"")["word"])

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(40))) == [str(number) for number in range(40)]


def test_an_empty_document_is_sent_whole_though_the_other_side_has_already_answered_and_gone() -> None:
    """The length says everything of a frame without bytes: a quick child answers it and ends before its sender goes on."""
    ours, theirs = socket.socketpair()

    class Quick(socket.socket):
        def sendall(self, data: bytes, flags: int = 0) -> None:  # type: ignore[override]
            super().sendall(data, flags)
            if theirs.fileno() != -1:
                assert receive(theirs) == b""
                send(theirs, b"answer")
                theirs.close()

    with Quick(fileno=ours.detach()) as stream:
        send(stream, b"")
        assert receive(stream) == b"answer"


def test_a_nursery_that_was_lost_is_replaced() -> None:
    before = run(Request(f"{WORK}:answer", {"word": ""}), b"")["parent"]
    os.kill(before, signal.SIGKILL)
    os.waitpid(before, 0)
    assert run(Request(f"{WORK}:answer", {"word": ""}), b"")["parent"] != before


def test_each_module_is_loaded_once_whichever_is_asked_first(monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = nursery._Keeper()
    monkeypatch.setattr(nursery, "_keeper", keeper)
    assert run(Request("json:loads"), b"1") == 1
    loaded, born = run(Request(f"{WORK}:loaded_by"), b"")
    assert loaded == born
    keeper.close()


def test_a_module_that_cannot_be_loaded_is_said_and_harms_nobody() -> None:
    with pytest.raises(Fault) as caught:
        run(Request(f"{WORK}.missing:answer"), b"")
    assert "ModuleNotFoundError" in caught.value.trace
    assert run(Request(f"{WORK}:answer", {"word": ""}), b"")["size"] == 0
