"""Which rule set of lights a plan goes by."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField

from tracker.progress.labels_lights import RULE_SET_NAMES
from tracker.web.forms import Form, options
from tracker.web.numbers import whole_number


class LightsForm(Form):
    lights = RadioField(_l("亮灯规则"), choices=options(RULE_SET_NAMES.items()))
    version = HiddenField(filters=[whole_number])
