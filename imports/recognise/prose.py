"""From an outline to tasks and milestones: which items are tasks, which are aims, steps, lead-ins or closing words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from imports.document import Paragraph, Piece
from imports.draft import DraftTask
from imports.phrases.chars import BLANKS, squeeze
from imports.phrases.deadlines import parse_deadlines
from imports.phrases.units import take_notes
from imports.recognise.covering import is_letter_alone, issues_something
from imports.recognise.front import is_closing
from imports.recognise.genre import assigns_nothing, tells
from imports.recognise.handed import hand_down, inherited_note, shared_note, time_of_heading
from imports.recognise.items import (
    binds,
    closes_rules,
    cut_at_notes,
    gives_tasks_openly,
    goals_of,
    head_of_chapter,
    heads_its_points,
    is_aims,
    is_sentence,
    is_steps,
    names_one_unit,
    number_of,
    path_of,
    points_in_line,
    said_first,
    sentence_of,
    stands_under_its_body,
    text_of,
    unit_head,
    units_of_heading,
    within_aims,
)
from imports.recognise.left_out import leave_out, leave_out_own_text, leave_out_restated
from imports.recognise.nodes import Group, Node
from imports.recognise.openly import named_openly
from imports.recognise.outline import build_outline
from imports.recognise.reading import PrintedLabel, Reading
from imports.recognise.stages import milestone_of
from imports.recognise.tasks import build_task
from imports.recognise.title import is_annex

_LEAST_LINES = 2
_THE_SAME = frozenset({"同上", "同前", "〃"})


def read_prose(
    reading: Reading, paragraphs: Sequence[tuple[int, Paragraph]], *, has_table: bool, parts: Collection[str] = ()
) -> None:
    """Reads paragraphs (each with its position in the document) as an outline and adds its tasks to the draft.

    `has_table`: the document has a task table; items that name no units then only restate it and are set aside. `parts`:
    where another annex begins.
    """
    positions = {paragraph.locator: position for position, paragraph in paragraphs}
    outline = build_outline([paragraph for _, paragraph in paragraphs], parts)
    ProseReader(reading, outline, positions, has_table).read()


class ProseReader:
    def __init__(self, reading: Reading, outline: Node, positions: dict[str, int], has_table: bool) -> None:
        self.reading, self.outline, self.positions, self.has_table = reading, outline, positions, has_table
        nodes = list(outline.walk())
        self.nodes = nodes
        leaves = [node for node in nodes if not node.children]
        counted = Counter(node.rank for node in leaves if not is_aims(node) and not within_aims(node))
        self.main_rank = max(counted, key=lambda rank: (counted[rank], -rank), default=0.0)
        self.closed_inline = sum(1 for node in nodes if node.inline and node.trailing)
        self.last = nodes[-1] if nodes else None
        self.ranks_over_sentences = {
            node.rank for node in leaves if not node.inline and sum(1 for group in node.groups if group.notes) > 1
        }
        """Ranks of headings under which every sentence with its unit lines is a task."""
        self.under_bodies = {node.locator for node in nodes if stands_under_its_body(node)}
        self.noted = any(node.has_notes for node in nodes)
        self.openly = gives_tasks_openly(outline)
        """Does the text itself say who acts, item by item, with no notes at all?"""
        self.only_named = False
        """Rules (办法) that tell bodies what to do: what names nobody there is no task."""

    def read(self) -> None:
        if is_letter_alone(self.reading, self.outline, has_table=self.has_table):
            leave_out(self.reading, self.outline)
            if not self.has_table:
                self.reading.find("list-apart", self.outline.children[0].locator)
            return
        if not self.has_table and assigns_nothing(self.reading.draft.document.title, self.outline):
            if not self.openly or tells(self.reading.draft.document.title, self.outline):
                leave_out(self.reading, self.outline)
                self._say_why()
                return
            self.only_named = True
        self._labels(self.outline, "")
        self._loose(self.outline)
        for node in self.outline.children:
            self._visit(node)

    def _say_why(self) -> None:
        """A text in which nothing was assigned is whole; a table beside it speaks for itself."""
        if next(self.reading.document.tables(), None) is None:
            self.reading.find("text-only", *(one.locator for one in self.reading.draft.unread if one.kind == "text"))

    def _labels(self, node: Node, group: str) -> None:
        for child in node.children:
            if child.label is not None and child.label.value:
                form = f"text/{child.label.form}"
                self.reading.labels.append(
                    PrintedLabel(f"{form}/{group}", child.label.value, child.label.cite, child.locator, form)
                )
            self._labels(child, f"{group}/{child.locator}")

    def _loose(self, root: Node) -> None:
        """Text before the first item: groups closed by a unit note are tasks without a number, the rest is introduction."""
        for group in root.groups:
            if (
                group.texts
                and any(binds(raw) for _, raw in group.notes)
                and not (issues_something(group.text) or is_annex(group.text))
            ):
                self._task(root, group, title="", path=[], number=None)
            else:
                self.reading.set_aside([*group.texts, *group.notes], "text")
        self.reading.set_aside(root.trailing)

    def _visit(self, node: Node) -> None:
        if is_aims(node) and not node.has_notes and not any(child.has_notes for child in node.walk()):
            leave_out(self.reading, node)
            return
        if node.children and is_steps(node):
            for child in node.children:
                self._settle_trailing(child)
                self.reading.draft.milestones.append(milestone_of(child, self.reading.year))
            leave_out_own_text(self.reading, node, heading="body" if self.has_table else "text")
            return
        if node.children:
            self._parent(node)
            return
        self._leaf(node)

    # --- items that hold items --------------------------------------------------------------------------------------

    def _parent(self, node: Node) -> None:
        below = list(node.walk())
        covered = node.has_notes and node.rank > 1.0 and not any(child.has_notes for child in below)
        if covered and not heads_its_points(node):
            self._whole(node, below)
            return
        last = shared_note(node)
        if last is not None:
            self.reading.find("unit-note-shared", last[0][0])
        shared = last or inherited_note(node) or units_of_heading(node)
        timed = time_of_heading(node, self.reading.year)
        if node.has_notes and shared is None:
            self._leaf(node)
        else:
            leave_out_own_text(self.reading, node, heading="body" if self.has_table else None)
        for child in node.children:
            if shared or timed:
                hand_down(child, [*(shared or ()), *timed], self.reading.year)
            self._visit(child)

    def _whole(self, node: Node, below: Sequence[Node]) -> None:
        """An item whose own note covers the numbered points under it: one task, the points part of its text."""
        group = Group(notes=[note for own in node.groups for note in own.notes])
        group.texts = [piece for own in node.groups for piece in own.texts]
        for child in below:
            group.texts.extend(child.pieces)
            group.texts.extend(piece for own in child.groups for piece in own.texts)
            self.reading.set_aside(child.trailing)
        self._task(node, group, title=node.title, path=path_of(node), number=number_of(node))
        self.reading.set_aside(node.trailing)

    # --- items without items ----------------------------------------------------------------------------------------

    def _leaf(self, node: Node) -> None:
        if self._by_unit(node):
            return
        if (
            self._is_talk(node)
            or closes_rules(node)
            or (self.only_named and not named_openly(text_of(node), sets=True))
        ):
            leave_out(self.reading, node)
            return
        self._settle_trailing(node)
        groups = node.groups or [Group()]
        noted = [group for group in groups if group.notes]
        if not node.groups and not is_sentence(node):
            self.reading.set_aside(node.pieces)
            return
        if self.has_table and not noted:
            leave_out_restated(self.reading, node, groups)
            return
        if noted and node.groups[0].texts and not node.inline and node.rank in self.ranks_over_sentences:
            self._children_by_notes(node, groups)
            return
        for order, group in enumerate(groups):
            if order and not group.notes:
                self.reading.set_aside(group.texts)
            elif order:
                self._task(node, group, title="", path=[*path_of(node), node.title], number=number_of(node))
            else:
                self._first(node, group)

    def _by_unit(self, node: Node) -> bool:
        """A chapter of lines without numbers, each headed by who is to do it (职责分工): every line is a task."""
        lines = [*(piece for group in node.groups for piece in group.texts), *node.trailing]
        heads = [unit_head(raw) for _, raw in lines]
        if node.has_notes or len(lines) < _LEAST_LINES or not all(heads):
            return False
        path = [*path_of(node), node.title] if node.title else path_of(node)
        for order, ((place, raw), head) in enumerate(zip(lines, heads, strict=True)):
            notes = [(place, raw[:head].strip(BLANKS + ":："))]
            for at, (number, text) in enumerate(points_in_line(raw[head:])):
                self._task(
                    node, Group([(place, text)], notes), title="", path=path, number=number, heading=order + at == 0
                )
        return True

    def _first(self, node: Node, group: Group) -> None:
        if not group.notes and (names_one_unit(node) or node.locator in self.under_bodies):
            group.notes = [(node.locator, head_of_chapter(node.title) or node.title)]
            node.title = ""
        parts = cut_at_notes(group)
        if len(parts) == 1:
            self._task(node, parts[0], title=node.title, path=path_of(node), number=number_of(node))
            return
        for order, part in enumerate(parts):
            path = [*path_of(node), node.title] if node.title else path_of(node)
            self._task(node, part, title="", path=path, number=number_of(node), heading=order == 0)

    def _children_by_notes(self, node: Node, groups: Sequence[Group]) -> None:
        """A heading over several sentences, each closed by its unit lines: every sentence is a task."""
        path = [*path_of(node), node.title] if node.title else path_of(node)
        for order, group in enumerate(groups):
            if group.notes:
                self._task(node, group, title="", path=path, number=None, heading=order == 0)
            else:
                self.reading.set_aside(group.texts)

    def _is_talk(self, node: Node) -> bool:
        """A chapter of running text beside chapters of items (工作要求, 组织实施) is no task unless it names units, or a date where
        no item names any."""
        if node.has_notes or node.rank > 1.0 or self.main_rank <= 1.0:
            return False
        if node.rank < 0 and not node.groups:
            return True
        if self.noted:
            return True
        return not any(parse_deadlines(group.text, self.reading.year) for group in node.groups)

    def _settle_trailing(self, node: Node) -> None:
        """Paragraphs without a number after a complete item: part of it in the middle of a text, closing words at its end."""
        if not node.trailing:
            return
        ends = node is self.last
        closing = ends and (self.closed_inline <= 1 or any(is_closing(raw) for _, raw in node.trailing))
        if node.has_notes or closing or not node.groups:
            self.reading.set_aside(node.trailing)
        else:
            node.groups[-1].texts.extend(node.trailing)
        node.trailing = []

    def _task(
        self, node: Node, group: Group, *, title: str, path: list[str], number: str | None, heading: bool = True
    ) -> None:
        requirement = group.text
        pieces = list(group.texts)
        notes = list(group.notes)
        goals = list(node.goals) if heading else []
        sentence = said_first(node) if heading and title == node.title and requirement else ""
        if sentence and take_notes(requirement).body:
            requirement, pieces = sentence + requirement, [*node.pieces, *pieces]
            title, heading = "", False
        if requirement and node.pieces and not take_notes(requirement).body:
            notes.append((pieces[0][0], requirement))  # `(完成时` / `限:12月底前)`: the sentence before it is the title
            requirement = ""
        if not requirement and goals:
            requirement, pieces, goals = "".join(goal.text for goal in goals_of(goals)), goals, []
        if not requirement:
            requirement, pieces = sentence_of(node) or title, list(node.pieces)
        path_pieces = [piece for ancestor in node.ancestors() for piece in ancestor.pieces]
        sources: dict[str, list[Piece]] = {}
        if path_pieces:
            sources["path"] = path_pieces
        if node.pieces and heading:
            sources["name"] = list(node.pieces)
        history = list(node.history) if heading or title == node.title else []
        if goals or history:
            sources["extras"] = [*history, *goals]
        task = build_task(
            requirement=requirement,
            requirement_pieces=pieces,
            path=[part for part in path if part],
            number=number,
            name=title,
            unit_cells=[(piece, "responsible") for piece in notes],
            goals=goals,
            extras=goals_of([*history, *goals]),
            sources=sources,
            year=self.reading.year,
        )
        if self.openly and not task.units:
            task.units = list(named_openly(task.requirement, sets=True))
        self._repeat_units(task)
        self.reading.add_task(task, self.positions.get(task.locator, 0))

    def _repeat_units(self, task: DraftTask) -> None:
        """`责任单位:同上` repeats those of the task before."""
        before = self.reading.draft.tasks
        if before and task.units and all(squeeze(unit.text) in _THE_SAME for unit in task.units):
            task.units = list(before[-1].units)
