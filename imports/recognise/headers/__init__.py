"""A table's header (表头): where it stands, and what each of its columns holds."""

from imports.recognise.headers.find import find_header, guess_header, is_header_alone, is_label_row, is_repeated
from imports.recognise.headers.sampling import Header

__all__ = ["Header", "find_header", "guess_header", "is_header_alone", "is_label_row", "is_repeated"]
