"""Units (单位): the organisation tree as of a date, names, aliases, collectives, and matching names to them."""
