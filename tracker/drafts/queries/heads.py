"""The heads of a document's tables, as a person is shown them who says what their columns are."""

from __future__ import annotations

from imports.problems import UnreadableDocument
from tracker import storage
from tracker.db import session
from tracker.drafts.apart import shapes_apart
from tracker.drafts.layout import TableShape
from tracker.drafts.models import Draft
from tracker.drafts.wording import unreadable
from tracker.errors import DomainError


def tables(draft_id: int) -> list[TableShape]:
    """As they are taken now. Whether the viewer may know of the draft, the page has asked. Reads the file again; raises
    DomainError where that cannot be done."""
    draft = session.get_one(Draft, draft_id)
    data = storage.load(draft.file_key)
    try:
        return shapes_apart(data, file_name=draft.file_name, pasted=draft.pasted, layout=draft.layout)
    except UnreadableDocument as error:
        raise DomainError(unreadable(error)) from error
