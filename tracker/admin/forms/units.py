"""Units, aliases and collectives."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import IntegerField, SelectField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from tracker.admin.forms.fields import UnitField, UnitsField
from tracker.units.words import KIND_NAMES
from tracker.web.forms import DateField, Filters, Form, chosen_file, options

KINDS = list(KIND_NAMES.items())


class UnitFilterForm(Filters):
    q = StringField(_l("名称、简称、别名或拼音首字母"), [Optional()])
    kind = SelectField(_l("类别"), [Optional()], choices=options([("", _l("全部")), *KINDS]))
    day = DateField(_l("截至"), [Optional()])
    below = StringField(_l("上级"), [Optional()])


class _Names:
    name = StringField(
        _l("单位名称"),
        [DataRequired(_l("请填写单位名称。")), Length(max=120, message=_l("单位名称最多 120 个字。"))],
    )
    short_name = StringField(
        _l("简称"),
        [Optional(), Length(max=60, message=_l("简称最多 60 个字。"))],
        description=_l("文件里常用的短名，例如“市财政局”。导入时按它匹配。"),
    )


class NewUnitForm(_Names, Form):
    kind = SelectField(_l("类别"), [InputRequired(_l("请选择类别。"))], choices=options([("", _l("请选择")), *KINDS]))
    parent = UnitField(_l("上级单位"), [InputRequired(_l("请选择上级单位。"))])
    since = DateField(_l("设立日期"), [InputRequired(_l("请填写日期，例如 2026-03-05。"))])

    def offer(self, units: Sequence[dict[str, str]]) -> NewUnitForm:
        self.parent.units = units
        return self


class DirectoryForm(Form):
    file = FileField(
        _l("选择文件"),
        description=_l(
            "Excel 或 CSV，表头要有“单位”“类别”，可有“简称”“上级”“别名”“自”“至”。"
            "上级要列在下级前面。导出的“其他名称”“机构改革”两张表也会读入。"
        ),
    )
    since = DateField(_l("设立日期"), [InputRequired(_l("请填写日期，例如 2026-03-05。"))])

    @property
    def upload(self) -> tuple[bytes, str] | None:
        return chosen_file(self.file)


class UnitNameForm(_Names, Form):
    pass


class PlaceForm(Form):
    place = IntegerField(
        _l("排在第几位"),
        [InputRequired(_l("请填写次序。")), NumberRange(1, 9999, _l("请填写 1 至 9999 之间的整数。"))],
    )


class EndUnitForm(Form):
    valid_to = DateField(
        _l("最后一天"),
        [InputRequired(_l("请填写日期，例如 2026-03-05。"))],
        description=_l("这一天之后不再向该单位分派任务；它做过的事仍记在它名下。"),
    )


class AliasForm(Form):
    alias = StringField(
        _l("别名"), [DataRequired(_l("请填写别名。")), Length(max=120, message=_l("别名最多 120 个字。"))]
    )
    kind = SelectField(_l("种类"), choices=options([("alias", _l("别名")), ("short", _l("简称"))]), default="alias")
    since = DateField(_l("自"), [Optional()])
    until = DateField(_l("至"), [Optional()], description=_l("只在一段时间内用的名称填写起止日期；不填表示一直有效。"))


class KindsField(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class CollectiveForm(Form):
    phrase = StringField(
        _l("称谓"),
        [DataRequired(_l("请填写称谓。")), Length(max=120, message=_l("称谓最多 120 个字。"))],
        description=_l("文件里的说法，例如“各县区政府”。同一称谓再次保存会更改它的范围。"),
    )
    below = UnitField(_l("在哪个单位之下"), [Optional()])
    kinds = KindsField(_l("包括哪些类别"), [Optional()], choices=options(KINDS))
    depth = IntegerField(
        _l("往下几级"),
        [Optional(), NumberRange(1, 6, _l("请填写 1 至 6 之间的整数。"))],
        default=1,
    )
    units = UnitsField(
        _l("或者逐个列出单位"),
        [Optional()],
        description=_l(
            "输入名称、简称或拼音首字母即可查找。列出后以此为准，不再看上面的类别；以后新设的单位不会自动加入。"
        ),
    )

    def offer(self, units: Sequence[dict[str, str]]) -> CollectiveForm:
        self.below.units = units
        self.units.units = units
        return self
