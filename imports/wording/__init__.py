"""Every wording by its code: `reading` for what readers say of a file, `apart` for bounds that were broken, `content` for what
checks say of its text."""

from imports.wording.apart import APART
from imports.wording.content import CONTENT
from imports.wording.reading import READING

CATALOGUE = {**READING, **APART, **CONTENT}
