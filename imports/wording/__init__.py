"""Every wording by its code: `reading` for what readers say of a file, `apart` for bounds that were broken, `content` for what
checks say of its text, `returned` for what a marked-up workbook brought and was not taken in."""

from imports.wording.apart import APART
from imports.wording.content import CONTENT
from imports.wording.reading import READING
from imports.wording.returned import RETURNED

CATALOGUE = {**READING, **APART, **CONTENT, **RETURNED}
