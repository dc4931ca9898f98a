"""What a fault of ours leaves in the log: where it happened, and nothing of what people sent."""

from __future__ import annotations

from tests.support.databases import ON_SQLITE
from tracker.desk.routes import index

pytestmark = ON_SQLITE


def test_a_traceback_tells_no_values(sign_in_as, monkeypatch, capsys):
    def broken(*_args: object, **_named: object) -> None:
        secret = "a word that nobody else may read"
        raise LookupError(len(secret))

    monkeypatch.setattr(index, "desk", broken)
    lead = sign_in_as("lead")
    assert lead.get("/").status_code == 500
    logged = capsys.readouterr().out
    assert "LookupError" in logged
    assert "in broken" in logged
    assert "a word that" not in logged.replace('secret = "a word that nobody else may read"', "")
    assert "'token'" not in logged
