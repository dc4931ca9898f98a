"""Running text as a tree of items: by numbering in all printed forms, by heading styles, by the lines that name units."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from imports.document import Paragraph, Piece
from imports.phrases.chars import BLANKS, fold, one_line
from imports.phrases.numbering import Label, as_whole_number, read_label
from imports.phrases.units import take_notes
from imports.phrases.units.labels import unspaced
from imports.phrases.units.notes import is_units_sentence, leading_note
from imports.phrases.units.vocabulary import LABEL
from imports.recognise.bullets import GOAL_LABEL, HISTORY_LABEL, NAME_LABEL, TEXT_LABEL, bullet_items
from imports.recognise.cards import card_heads
from imports.recognise.footnotes import with_footnotes
from imports.recognise.inline import apart
from imports.recognise.items import binds
from imports.recognise.left_out import part_closing
from imports.recognise.lines import (
    LONGEST_NOTE,
    ends_in_bracket,
    is_broken,
    is_cut,
    is_list_line,
    is_note_line,
    notes_behind_title,
    split_title,
)
from imports.recognise.nodes import Group, Node
from imports.recognise.remarks import REMARK, Remarks
from imports.recognise.unnumbered import unnumbered_heads

_UNLABELLED_RANK = 8.0
_BRACKETED_RANK = -40.0
_WITHIN = 0.4
_IN_BRACKETS = re.compile(r"【[^【】:]{2,30}】")
"""A line all in brackets is a heading: `【稳增长】`."""


class OutlineBuilder:
    """Takes the paragraphs in order; `root` is the tree, whose own groups hold what stands before the first item."""

    def __init__(self) -> None:
        self.root = Node(-100.0, None, "", [])
        self.stack = [self.root]
        self.last: tuple[Group, str] | None = None
        """The group whose last text may be continued, and that text."""
        self.open_note: Group | None = None
        """The group whose last note has no closing bracket yet."""
        self.listing: Group | None = None
        """The group whose last note is a line of units that may go on in the next."""
        self.remarks = Remarks()

    @property
    def node(self) -> Node:
        return self.stack[-1]

    def add(self, paragraph: Paragraph, *, is_item: bool = False) -> None:
        """`is_item`: a point behind a dash that names its units, and therefore a task of its own."""
        text = paragraph.text
        plain = fold(text).strip(BLANKS)
        if not plain:
            return
        if self.last is not None and ends_in_bracket(self.last[1]):
            self._extend_broken(self.last[0], (paragraph.locator, text))
            return
        listing, self.listing = self.listing, None
        if is_note_line(plain):
            self._note((paragraph.locator, text))
            return
        if self._takes_line((paragraph.locator, text), plain):
            return
        label = self._label_of(text)
        if listing is not None and label is None and is_list_line(listing.notes[-1][1], plain):
            place, raw = listing.notes[-1]
            listing.notes[-1] = (place, raw.rstrip(BLANKS) + "\n" + text.strip(BLANKS))
            self.listing = listing
            return
        if TEXT_LABEL.match(plain):
            label, is_item = None, False
        is_item = is_item or (label is not None and label.form not in {"bullet", "latin"})
        if label is not None and is_item and not self._is_middle(label, plain):
            self._labelled(paragraph, text, label)
            return
        if _IN_BRACKETS.fullmatch(plain):
            self.open(Node(_BRACKETED_RANK, None, plain[1:-1].strip(BLANKS), [(paragraph.locator, text)]))
            return
        if paragraph.heading_level is not None and len(plain) <= 60 and not plain.endswith("。"):
            self.open(Node(-50.0 + paragraph.heading_level, None, one_line(text), [(paragraph.locator, text)]))
            return
        self._plain((paragraph.locator, text), plain)

    def close(self) -> None:
        """Ends every item at hand."""
        self.stack = [self.root]
        self.last = self.open_note = self.listing = None

    def _takes_line(self, piece: Piece, plain: str) -> bool:
        """Does a line say by its label what is reached by the item at hand, or what it is called that has but a number so far?
        Or is it a further point of a remark?"""
        if self.remarks.go_on(plain):
            self._aside(piece)
            return True
        if HISTORY_LABEL.match(plain) and self.node is not self.root and not self.node.groups:
            self.node.history.append(piece)
            return True
        if GOAL_LABEL.match(plain) and self.node is not self.root:
            self.node.goals.append(piece)
            return True
        node, found = self.node, NAME_LABEL.match(plain)
        if found is None or node.label is None or node.title or node.groups:
            return False
        node.title = one_line(piece[1].lstrip(BLANKS)[found.end() :])
        node.pieces.append(piece)
        return True

    def _label_of(self, text: str) -> Label | None:
        """`9.6…` is number 9 where 8 stood before, whatever it begins with."""
        label = read_label(text)
        whole = as_whole_number(text) if label is None or label.form == "decimal" else None
        if whole is None:
            return label
        last = next((node.label for node in reversed(self.stack) if node.label and node.label.form == "digit"), None)
        begins = label is None and last is None and whole.value == 1 and self.last is None
        return whole if begins or (last is not None and last.value + 1 == whole.value) else label

    def _is_middle(self, label: Label, plain: str) -> bool:
        """A label-like start inside a sentence that a hard line break cut: it does not follow on the numbers before."""
        if self.last is None or not is_broken(self.last[1], inline=self.node.inline):
            return False
        return (
            label.form in {"digit", "decimal"}
            and label.value != 1
            and all(
                node.label is None or node.label.form != label.form or node.label.value + 1 != label.value
                for node in self.stack
            )
        )

    def _labelled(self, paragraph: Paragraph, text: str, label: Label) -> None:
        said = TEXT_LABEL.match(fold(text), label.length)
        if said:  # `1.任务:…`
            label = replace(label, length=said.end())
        noted = label.length + leading_note(text[label.length :])
        title, body_start = split_title(text[noted:])
        cut = noted + body_start
        pieces = [(paragraph.locator, text[: label.length] + text[noted:cut])]
        titled = take_notes(title)
        node = Node(self._rank(label), label, titled.body if titled.notes else title, pieces)
        self.open(node)
        body = text[cut:]
        behind = notes_behind_title(text[noted:], body_start)
        self.last = None
        if body.strip(BLANKS) and not behind:
            node.inline = True
            self._text(node, (paragraph.locator, body))
        before = [text[label.length : noted], *(note.text for note in (*titled.notes, *behind))]
        notes = [(paragraph.locator, note) for note in before if note.strip(BLANKS)]
        if notes:
            if not node.groups:
                node.groups.append(Group())
            node.groups[-1].notes[:0] = notes

    def takes_noted(self, paragraph: Paragraph) -> bool:
        """`(市城管局、各区)1.拆除违法建设…`: is it an item with who is to do it before its number?"""
        text = paragraph.text
        noted = leading_note(text)
        label = read_label(text[noted:]) if noted else None
        if label is None or label.form not in {"digit", "digit-bracket", "cn-bracket"}:
            return False
        self.listing = None
        self._labelled(paragraph, text[noted:], label)
        node = self.node
        if not node.groups:
            node.groups.append(Group())
        node.groups[-1].notes.insert(0, (paragraph.locator, text[:noted]))
        return True

    def _rank(self, label: Label) -> float:
        """`第一,` stands over 一、 where it comes first, and within the item at hand where it does not."""
        if label.form != "ordinal":
            return label.rank
        known = next(
            (node.rank for node in self.stack if node.label is not None and node.label.form == label.form), None
        )
        return known if known is not None else max(label.rank, self.node.rank + _WITHIN)

    def open(self, node: Node) -> None:
        while len(self.stack) > 1 and self.stack[-1].rank >= node.rank:
            self.stack.pop()
        self.open_note = None
        node.parent = self.node
        self.node.children.append(node)
        self.stack.append(node)
        self.last = None

    def _note(self, piece: Piece) -> None:
        node = self.node
        if node.trailing and node.has_notes and not binds(piece[1]):
            node.trailing.append(piece)  # 联系人:… under closing words
            return
        if node.trailing:
            node.groups.append(Group(texts=node.trailing))
            node.trailing = []
        if not node.groups:
            node.groups.append(Group())
        node.groups[-1].notes.append(piece)
        self.last = None
        self.listing = node.groups[-1]

    def _plain(self, piece: Piece, plain: str) -> None:
        node = self.node
        if self.open_note is not None and ")" in plain and "(" not in plain.split(")", 1)[0]:
            place, raw = self.open_note.notes[-1]
            self.open_note.notes[-1] = (place, raw.rstrip(BLANKS) + piece[1].strip(BLANKS))
            self.open_note = None
            return
        if self.last is not None and is_broken(self.last[1], inline=self.node.inline):
            self._extend_broken(self.last[0], piece)
            return
        if self._resumes(node, piece, plain):
            return
        if node is self.root:
            self._text(node, piece)
        elif REMARK.match(plain):
            self._aside(piece)
        elif self._awaits_text(node) or self._noted_first(node, plain):
            self._said(node, piece)
        elif node.inline or (node.groups and node.groups[-1].notes):
            if take_notes(piece[1]).notes:
                self._closed(node, piece)
            else:
                self._aside(piece)
        else:
            self._text(node, piece)

    def _aside(self, piece: Piece) -> None:
        self.node.trailing.append(piece)
        self.last = None

    def _resumes(self, node: Node, piece: Piece, plain: str) -> bool:
        """Does a line go on with what was taken for the title above it?"""
        if self.last is not None or not node.title or node.groups or node.label is None:
            return False
        if not is_cut(node.title, plain):
            return False
        self._untitle(node, node.label)
        self._extend_broken(node.groups[-1], piece)
        return True

    def _untitle(self, node: Node, label: Label) -> None:
        """What was taken for a title is the beginning of a sentence."""
        place, raw = node.pieces[0]
        node.pieces[0] = (place, raw[: label.length])
        node.title, node.inline = "", True
        node.groups.append(Group(texts=[(place, raw[label.length :])]))
        self.last = (node.groups[-1], raw)

    def _noted_first(self, node: Node, plain: str) -> bool:
        """Units and time stand before the task that they are for, which says so by its own label."""
        return bool(node.groups) and not any(group.texts for group in node.groups) and bool(TEXT_LABEL.match(plain))

    def _said(self, node: Node, piece: Piece) -> None:
        found = TEXT_LABEL.match(fold(piece[1]))
        if found:
            node.pieces.append((piece[0], piece[1][: found.end()]))
            piece = (piece[0], piece[1][found.end() :])
        self._extend(node.groups[-1], piece)

    def _closed(self, node: Node, piece: Piece) -> None:
        """A paragraph without a number that ends in a note: it closes the item, or is a task of its own behind a closed one."""
        if node.inline and node.groups and not node.has_notes:
            node.groups[-1].texts.extend(node.trailing)
            node.trailing = []
            self._extend(node.groups[-1], piece)
        else:
            self._text(node, piece, fresh=True)

    def _extend_broken(self, group: Group, piece: Piece) -> None:
        group.broken.add(len(group.texts))
        if self.last is not None and ends_in_bracket(self.last[1]):
            group.texts.append(piece)
            self.last = (group, piece[1]) if ends_in_bracket(piece[1]) else None
        else:
            self._extend(group, piece)

    def _awaits_text(self, node: Node) -> bool:
        """A heading with its note in the same line (`(一)推进共享(责任单位:…)`), its text still to come: it is no sentence."""
        if node.pieces and fold(node.pieces[-1][1]).rstrip(BLANKS).endswith(("。", ";")):
            return False
        group = node.groups[-1] if node.inline and node.groups else None
        return group is not None and not group.text and bool(group.notes) and group.notes[-1][0] == node.locator

    def _text(self, node: Node, piece: Piece, fresh: bool = False) -> None:
        if fresh or not node.groups or node.groups[-1].notes:
            node.groups.append(Group())
        self._said(node, piece)

    def _extend(self, group: Group, piece: Piece) -> None:
        """Adds a text; a note at its end is cut off and closes the group."""
        folded = unspaced(fold(piece[1]))
        if (LABEL.match(folded) and len(folded) < LONGEST_NOTE) or is_units_sentence(folded):
            group.notes.append(piece)
            self.last = None
            return
        taken = take_notes(piece[1])
        if taken.notes:
            group.texts.append((piece[0], taken.body))
            group.notes.extend((piece[0], note.text) for note in taken.notes)
            self.last = None
            self.open_note = None if taken.notes[-1].closed else group
        else:
            group.texts.append(piece)
            self.last = (group, piece[1])


def build_outline(paragraphs: Sequence[Paragraph], parts: Collection[str] = ()) -> Node:
    """`parts`: the locators of paragraphs that begin another annex: nothing above them goes on."""
    builder = OutlineBuilder()
    lines = list(with_footnotes(list(apart(paragraphs))))
    items, cards = bullet_items(lines), card_heads(lines)
    heads = {} if cards else unnumbered_heads(lines)
    for position, paragraph in enumerate(lines):
        if paragraph.locator in parts:
            builder.close()
        head = cards.get(position)
        if head is not None:
            builder.open(head.node())
        elif position in heads:
            builder.open(Node(_BRACKETED_RANK, None, heads[position], [(paragraph.locator, paragraph.text)]))
        elif position not in cards and not builder.takes_noted(paragraph):
            builder.add(paragraph, is_item=position in items)
    part_closing(list(builder.root.walk()))
    return builder.root
