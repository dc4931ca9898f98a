"""Writing the directory: keeping it (units, names, collectives, order), and dated acts that reorganise it."""

from tracker.units.service.carrying import carry_out
from tracker.units.service.keeping import (
    add_alias,
    confirm_collective,
    create_unit,
    end_unit,
    get_unit,
    put_at,
    rename_unit,
    take_back_alias,
)
from tracker.units.service.recalling import recall_act, recall_end, recall_name, terms_of_names
from tracker.units.service.reorganising import foresee, order_act, ordered, withdraw_act

__all__ = [
    "add_alias", "carry_out", "confirm_collective", "create_unit", "end_unit", "foresee", "get_unit", "order_act",
    "ordered", "put_at", "recall_act", "recall_end", "recall_name",
    "rename_unit", "take_back_alias", "terms_of_names", "withdraw_act",
]  # fmt: skip
