"""The states of plans and assignments, and the roles a unit may have in a task."""

from __future__ import annotations

ROLES = ("lead", "responsible", "support", "supervise")
"""牵头, 责任, 配合, 督办."""

ROLE_ORDER = {role: order for order, role in enumerate(ROLES)}

PLAN_STATES = ("adopted", "issued", "closed")
"""已入库, 已下发, 已归档."""

ASSIGNMENT_STATES = ("draft", "to_sign", "handed_back", "in_progress", "done", "moved", "withdrawn")
"""待下发, 待签收, 已退回, 办理中, 已办结, 已改派, 已撤销."""

LIVE = ("to_sign", "handed_back", "in_progress", "done")
"""Assignments that count: those a unit has before it, and those it has finished."""

GONE = ("moved", "withdrawn")
"""Assignments that count for nobody any more."""

REPORTING_ROLES = ("lead", "responsible", "support")
"""Roles that owe returns; a supervising unit looks on."""

CHANGE_KINDS = ("new", "on", "off", "ended", "changed", "role")
"""What an edition is to a unit: a new task, put on a task, taken off, its task dropped, its task changed, its role changed."""
