"""What several forms read or offer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from tracker.assessment.scoring.numbers import read_number
from tracker.web.forms import options

NO_PLAN = ""


def typed_number(text: str | None) -> Decimal | None:
    """The decimal that was typed, full-width digits too; None where it is none."""
    return read_number((text or "").strip())


def choices_of(labels: Mapping[str, Any]) -> list[SelectChoice]:
    return options(labels.items())


def plan_choices(plans: Iterable[tuple[int, str]]) -> list[SelectChoice]:
    return options([(NO_PLAN, _("暂不指定")), *plans])
