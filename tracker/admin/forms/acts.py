"""Ordering an act of reorganisation: one form, of which each kind of act shows its own fields."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from tracker.admin.forms.fields import UnitField, UnitsField
from tracker.admin.forms.units import KINDS
from tracker.errors import DomainError
from tracker.units.acts import NewBody, Terms
from tracker.web.forms import DateField, Form, options

ASKED: dict[str, tuple[str, ...]] = {
    "rename": ("unit", "name", "short_name", "kind"),
    "merge": ("units", "into", "name", "short_name", "kind", "parent"),
    "split": ("unit", "bodies", "stays"),
    "move": ("unit", "parent"),
    "plate": ("unit", "plate", "taken_off"),
    "duplicate": ("unit", "into"),
}
"""Which fields each kind of act shows, besides its day and its papers."""
PAPERS = ("on", "document", "reason")
_PARTS = re.compile(r"[|｜,，\t]")


class OrganisationActForm(Form):
    unit = UnitField(_l("单位"), [Optional()])
    units = UnitsField(_l("哪些单位"), [Optional()])
    into = UnitField(_l("并入哪个单位"), [Optional()], nothing=_l("（成立新单位）"))
    name = StringField(_l("新名称"), [Optional(), Length(max=120, message=_l("单位名称最多 120 个字。"))])
    short_name = StringField(_l("新简称"), [Optional(), Length(max=60, message=_l("简称最多 60 个字。"))])
    kind = SelectField(_l("类别"), [Optional()], choices=options([("", _l("与原来相同")), *KINDS]))
    parent = UnitField(_l("上级单位"), [Optional()], nothing=_l("与原来相同"))
    bodies = TextAreaField(
        _l("拆出的单位"),
        [Optional(), Length(max=2000)],
        description=_l("每行一个：全称，简称。原单位不保留时，未办结的任务由第一行的单位承接。"),
    )
    stays = BooleanField(_l("原单位保留（分设），任务和人员仍在原单位"))
    plate = StringField(
        _l("牌子的名称"), [Optional(), Length(max=120, message=_l("单位名称最多 120 个字。"))],
        description=_l("例如市市场监管局挂“市知识产权局”牌子。导入时见到牌子就认出这个单位。"),
    )  # fmt: skip
    taken_off = BooleanField(_l("摘牌：从生效日期起不再挂这块牌子"))
    on = DateField(
        _l("生效日期"), [InputRequired(_l("请填写日期，例如 2026-03-05。"))],
        description=_l("晚于今天的，到那一天自动生效。"),
    )  # fmt: skip
    document = StringField(_l("文号"), [Optional(), Length(max=120, message=_l("文号最多 120 个字。"))])
    reason = TextAreaField(_l("理由"), [Optional(), Length(max=1000, message=_l("理由最多 1000 个字。"))])
    seen = HiddenField()
    """The mark of the order whose effect the person was shown."""

    def offer(self, act: str, units: Sequence[dict[str, str]]) -> OrganisationActForm:
        self.act = act
        for one in (self.unit, self.units, self.into, self.parent):
            one.units = units
        if act == "duplicate":
            self.unit.label.text, self.into.label.text = _l("重复的单位"), _l("保留哪个单位")
            self.into.nothing = _l("请选择")
        if act == "move":
            self.parent.label.text, self.parent.nothing = _l("新的上级单位"), _l("请选择")
        return self

    @property
    def asked(self) -> list[Any]:
        """The fields of this kind of act, in order."""
        return [self[name] for name in (*ASKED[self.act], *PAPERS)]

    def terms(self, kept: dict[int, tuple[str, int]]) -> Terms:
        """What is ordered. `kept` gives kind and parent of each unit, for what stays as it was. Raises DomainError."""
        before = self.units.in_order() if self.act == "merge" else tuple(filter(None, (self.unit.data,)))
        into = self.into.data if self.act in {"merge", "duplicate"} else None
        kind, parent = kept.get(before[0], ("", 0)) if before else ("", 0)
        kind = self.kind.data if self.kind.data and self.act in {"rename", "merge"} else kind
        above = (self.parent.data or parent) if self.act == "merge" else parent
        return Terms(
            self.act, before, self.on.data, (self.document.data or "").strip(), (self.reason.data or "").strip(),
            () if into else tuple(NewBody(name, short, kind, above) for name, short in self._named()), into,
            bool(self.stays.data) and self.act == "split", self.parent.data if self.act == "move" else None,
            (self.plate.data or "").strip() if self.act == "plate" else "",
            bool(self.taken_off.data) and self.act == "plate",
        )  # fmt: skip

    def _named(self) -> list[tuple[str, str]]:
        """(name, short name) of each body that is founded."""
        if self.act in {"rename", "merge"}:
            name = (self.name.data or "").strip()
            return [(name, (self.short_name.data or "").strip())] if name else []
        if self.act != "split":
            return []
        found = []
        for line in (self.bodies.data or "").splitlines():
            parts = [part.strip() for part in _PARTS.split(line) if part.strip()]
            if len(parts) > 2 or any(len(part) > 120 for part in parts):
                raise DomainError(str(_l("每行写全称和简称，中间用逗号。")), field="bodies")
            found += [(parts[0], parts[1] if len(parts) > 1 else "")] if parts else []
        return found
