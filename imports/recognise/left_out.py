"""What of a running text is no task: put where the reviewer finds it, an item that the table restates by itself."""

from __future__ import annotations

from collections.abc import Sequence

from imports.draft import UnreadKind
from imports.recognise.front import is_closing
from imports.recognise.items import number_of, path_of
from imports.recognise.nodes import Group, Node
from imports.recognise.reading import BodyItem, Reading
from imports.recognise.tasks import short_title


def leave_out(reading: Reading, node: Node) -> None:
    """An item with all that stands under it."""
    reading.set_aside(node.pieces)
    _leave_out_text(reading, node)
    for child in node.children:
        leave_out(reading, child)


def leave_out_own_text(reading: Reading, node: Node, *, heading: UnreadKind | None) -> None:
    """A heading's own lead-in is no task. `heading`: why the heading is none either; None where it stands in the path of its
    items."""
    if heading is not None:
        reading.set_aside(node.pieces, heading)
    _leave_out_text(reading, node)


def leave_out_restated(reading: Reading, node: Node, groups: Sequence[Group]) -> None:
    """An item beside a task table, which is asked whether it says the same."""
    text = "".join(group.text for group in groups) or node.title
    reading.body.append(
        BodyItem(node.locator, number_of(node), node.title or short_title(text), text, tuple(path_of(node)))
    )
    reading.set_aside(node.pieces, "body")
    for group in groups:
        reading.set_aside(group.texts, "body")


def part_closing(nodes: Sequence[Node]) -> None:
    """Closing words under the last of items that say all in one line are no text of it."""
    if not nodes:
        return
    last = nodes[-1]
    texts = [piece for group in last.groups for piece in group.texts]
    alone = any(node.rank == last.rank and not node.groups and not node.children for node in nodes[:-1])
    if alone and texts and not (last.inline or last.has_notes) and is_closing(texts[0][1]):
        last.groups, last.trailing = [], [*texts, *last.trailing]


def _leave_out_text(reading: Reading, node: Node) -> None:
    reading.set_aside([*node.history, *node.goals])
    for group in node.groups:
        reading.set_aside([*group.texts, *group.notes])
    reading.set_aside(node.trailing)
