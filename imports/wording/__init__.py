"""Every wording by its code: `reading` for what readers say of a file, `content` for what checks say of its text."""

from imports.wording.content import CONTENT
from imports.wording.reading import READING

CATALOGUE = {**READING, **CONTENT}
