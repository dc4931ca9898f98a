"""Drawing the lifecycle into its document (docs/lifecycle.md) from the table itself. Standard library only."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import cast

from tracker.progress.workflow import BEGINS, FINAL, FOLLOWS, GUARDS, TRANSITIONS, Subject, Transition

_DRAWING = re.compile(r"(?<=<!-- drawn: )(\w+)( -->\n)(.*?)(?=\n\n|\Z)", re.DOTALL)
"""A mark, and what is drawn below it as far as the next empty line."""


def states(subject: Subject) -> tuple[str, ...]:
    """All states of a subject, as they are first named."""
    named = [BEGINS[subject], *(state for one in _of(subject) for state in (one.source, one.target))]
    return tuple(dict.fromkeys(named))


def _of(subject: Subject) -> Iterable[Transition]:
    return (one for one in TRANSITIONS if one.subject == subject)


def mermaid(subject: Subject) -> str:
    """The drawing of a subject's lifecycle: lines of a Mermaid state diagram, without the fence."""
    lines = ["stateDiagram-v2", f"    [*] --> {BEGINS[subject]}"]
    for one in _of(subject):
        who = "" if one.roles == (FOLLOWS,) else " / ".join(one.roles)
        guards = f" [{', '.join(one.guards)}]" if one.guards else ""
        lines.append(f"    {one.source} --> {one.target}: {one.word} {one.verb}{f' ({who})' if who else ''}{guards}")
    lines += [f"    {state} --> [*]" for state in states(subject) if state in FINAL[subject]]
    return "\n".join(lines)


def guard_table() -> str:
    """What each guard holds on, as a table."""
    return "\n".join(
        ["| guard | holds where |", "|---|---|", *(f"| `{name}` | {one.words} |" for name, one in GUARDS.items())]
    )


def marked(text: str) -> list[str]:
    """What a document has drawings of, in its order."""
    return [found[0] for found in _DRAWING.findall(text)]


def redrawn(text: str) -> str:
    """The document with everything below its marks (`<!-- drawn: return -->`) as the table has it now. Raises KeyError
    for a mark that names nothing."""
    return _DRAWING.sub(lambda found: f"{found[1]}{found[2]}{_drawn(found[1])}", text)


def _drawn(name: str) -> str:
    return guard_table() if name == "guards" else f"```mermaid\n{mermaid(cast('Subject', name))}\n```"
