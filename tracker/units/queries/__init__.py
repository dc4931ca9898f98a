"""Reading the directory: the tree as of a day, names for matching, acts and what became of whom."""

from tracker.units.queries.acts import ActRow, act_page, acts_of, acts_page, first_day, likely_twins
from tracker.units.queries.names import directory, heirs
from tracker.units.queries.tree import (
    SiteRow,
    UnitRow,
    aliases_of,
    all_aliases,
    collective_rules,
    covers,
    expand,
    in_printed_order,
    living,
    name_of,
    names,
    root_id,
    root_name,
    siblings,
    site,
    subtree,
    tree,
    unit_of,
    unit_row,
    visible_to,
)

__all__ = [
    "ActRow", "SiteRow", "UnitRow", "act_page", "acts_of", "acts_page", "aliases_of", "all_aliases", "collective_rules",
    "covers", "directory", "expand", "first_day", "heirs", "in_printed_order", "likely_twins", "living", "name_of", "names", "root_id",
    "root_name", "siblings", "site", "subtree", "tree", "unit_of", "unit_row", "visible_to",
]  # fmt: skip
