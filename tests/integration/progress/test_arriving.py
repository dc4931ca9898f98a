"""Evidence in pieces: a broken line costs a piece, and what has come is gone on from."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from tests.support.place import AT
from tracker.progress import queries, service
from tracker.progress.arriving import KEPT_FOR, arriving, sweep

CONTENT = b"%PDF-1.7 " + bytes(range(256)) * 40
SIZE = len(CONTENT)


@pytest.fixture
def first(plan, writing):
    with writing():
        one = plan.obligations("压减审批时限", "市财政局")[0]
        service.sign(one.assignment_id, by=plan.viewer("reporter"), at=AT)
        return one.id


def address(obligation_id, offset=None, size=SIZE, name="台账.pdf"):
    piece = "" if offset is None else f"&offset={offset}"
    return f"/obligations/{obligation_id}/evidence/pieces?name={name}&size={size}&modified=1&editor=a{piece}"


def test_a_file_goes_on_where_it_broke_off(first, sign_in_as, reading):
    reporter = sign_in_as("reporter")
    assert reporter.get(address(first)).json == {"offset": 0}
    assert reporter.post(address(first, 0), data=CONTENT[:4000]).json == {"offset": 4000}
    assert reporter.post(address(first, 0), data=CONTENT[:4000]).json == {"offset": 4000}, (
        "its answer was lost: not twice"
    )
    assert reporter.post(address(first, 9000), data=CONTENT[9000:]).json == {"offset": 4000}, "no gap is left"
    assert sign_in_as("reporter").get(address(first)).json == {"offset": 4000}, "on a page opened anew, too"
    with reading():
        assert queries.versions(first, inside=True) == [], "nothing is on record before it is whole"
    done = reporter.post(address(first, 4000), data=CONTENT[4000:] + b"too much")
    assert done.json["name"] == "台账.pdf"
    assert reporter.get(done.json["href"]).data == CONTENT
    assert reporter.get(address(first)).json == {"offset": 0}, "nothing of it is left beside"
    again = reporter.post(address(first, 0), data=CONTENT)
    assert again.json["id"] == done.json["id"], "the last answer was lost: the same file is there once"
    with reading():
        assert len(queries.versions(first, inside=True)[0].files) == 1


def test_what_is_whole_is_judged_as_any_file(first, sign_in_as):
    reporter = sign_in_as("reporter")
    told = reporter.post(address(first, 0, size=4), data=b"MZ\x90\x00")
    assert told.status_code == 422
    assert "程序文件" in told.json["message"]
    assert reporter.get(address(first, size=4)).json == {"offset": 0}
    for size, words in ((51 << 20, "50 MB"), (0, "空文件")):
        refused = reporter.post(address(first, 0, size=size), data=b"a")
        assert refused.status_code == 422
        assert words in refused.json["message"]


def test_pieces_of_one_person_are_not_anothers(first, sign_in_as, plan):
    reporter, other = sign_in_as("reporter"), sign_in_as("other_reporter")
    reporter.post(address(first, 0), data=CONTENT[:10])
    assert other.get(address(first)).status_code == 404
    assert other.post(address(first, 10), data=CONTENT[10:]).status_code == 404


def test_what_never_became_whole_is_dropped_after_a_day(tmp_path: Path):
    kept, old = arriving(tmp_path, 10, "new"), arriving(tmp_path, 10, "old")
    for one in (kept, old):
        one.take(0, io.BytesIO(b"12345"))
    os.utime(old.path, ((AT - KEPT_FOR).timestamp() - 60,) * 2)
    os.utime(kept.path, (AT.timestamp(),) * 2)
    sweep(tmp_path, AT)
    assert (kept.offset, old.offset) == (5, 0)


def test_one_that_is_taken_away_while_somebody_looks_is_not_there(tmp_path: Path):
    """As a colleague's does, which became whole between the listing of the folder and the look at it."""
    gone = arriving(tmp_path, 5, "gone")
    gone.path.symlink_to(tmp_path / "taken away")
    sweep(tmp_path, AT)
    assert (gone.offset, gone.whole()) == (0, None)
