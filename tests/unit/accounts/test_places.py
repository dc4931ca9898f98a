"""How many passwords are hashed at a time: each takes 19 MiB."""

from __future__ import annotations

import threading

from tracker.accounts import passwords


def test_no_more_are_hashed_at_a_time_than_there_are_places_in_the_folder(tmp_path, monkeypatch):
    """Each thread is a process of its own here: nothing but the folder counts them."""
    monkeypatch.setattr(passwords, "CORES", 2)
    monkeypatch.setattr(passwords, "_folder", tmp_path)
    monkeypatch.setattr(passwords, "_turns", threading.BoundedSemaphore(9))
    inside, most, guard, go = [0], [0], threading.Lock(), threading.Event()

    def work() -> None:
        with passwords._place():
            with guard:
                inside[0] += 1
                most[0] = max(most[0], inside[0])
            go.wait(0.02)
            with guard:
                inside[0] -= 1

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert most == [2]
    assert inside == [0]


def test_a_folder_that_cannot_be_written_keeps_nobody_out(tmp_path, monkeypatch):
    monkeypatch.setattr(passwords, "_folder", tmp_path / "missing")
    assert passwords.verify_password(passwords.NOBODY, "nobody signs in with this")
