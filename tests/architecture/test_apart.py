"""What somebody sent is read in a process apart, with its bounds: nothing of the web reads a document by itself."""

from __future__ import annotations

from tests.architecture.sources import Source, imported, product

READERS = {
    "imports.readers": {"read_document", "read_pasted"},
    "imports.pipeline": {"understand"},
    "tracker.drafts.reading": {
        "read_bytes", "read_draft", "read_laid_out", "read_shapes", "read_whole", "understood", "whole_of",
    },
}  # fmt: skip
"""What reads a document right where it is called."""
APART = {
    "tracker/assessment/printed/tables.py",
    "tracker/drafts/marked/apart.py",
    "tracker/drafts/reading.py",
    "tracker/progress/kits/apart.py",
    "tracker/units/listed.py",
}
"""What is named in a request to a process apart (`imports.apart.Request`), and runs there."""
OWN = {"tracker/upkeep/doctor/trial.py": "reads a document of its own, not one that was sent"}


def here(source: Source) -> list[str]:
    if not source.path.startswith("tracker/") or source.path in APART or source.path in OWN:
        return []
    return [
        f"{source.path}:{line} reads documents by {name}: ask a process apart"
        for module, name, line in imported(source.tree)
        if name in READERS.get(module, ())
    ]


def test_documents_are_read_apart():
    assert [fault for source in product() for fault in here(source)] == []


def test_a_reader_in_the_web_is_found():
    fault = Source("tracker/drafts/queries/heads.py", "from tracker.drafts.reading import Understood, read_bytes\n")
    assert len(here(fault)) == 1
    assert [one for one in product() if one.path in APART | OWN.keys()], "the exceptions are there"
