"""Keeps the English catalogue beside the source, whose text is Chinese.

usage: python tools/messages.py update   collects the messages of the source into the catalogue, drops what is gone
       python tools/messages.py check    only looks
Both end with the messages that have no English, or an English that lost a placeholder, and exit 1 where there are any.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
ENGLISH = ROOT / "translations/en/LC_MESSAGES/messages.po"
HEADER = """\
# English texts of Luoshi 落实. The source text is Chinese.
msgid ""
msgstr ""
"Project-Id-Version: luoshi\\n"
"Language: en\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
"""Fixed, so that a change of the file is a change of its messages."""
KEYWORDS = ("_", "_l", "N_", "_n:1,1")
"""`_n` counts: its text is one form in the source, and English has two for it."""
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w+\}")


def collect(target: Path) -> None:
    """Writes the template of all messages that the source marks now."""
    keywords = [part for keyword in KEYWORDS for part in ("-k", keyword)]
    options = ["-F", str(ROOT / "pyproject.toml"), *keywords, "-o", str(target)]
    CommandLineInterface().run(["pybabel", "-q", "extract", *options, str(ROOT)])  # type: ignore[no-untyped-call]  # Babel's


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def _texts(value: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else list(value or [""])


def _fault(source: Message, found: Message | None) -> str | None:
    if found is None or not all(_texts(found.string)):
        return "no English"
    if found.fuzzy:
        return "fuzzy"
    wanted = set(PLACEHOLDER.findall(_texts(source.id)[-1]))
    if any(set(PLACEHOLDER.findall(text)) - wanted for text in _texts(found.string)):
        return "a placeholder that the source lacks"
    if wanted - set(PLACEHOLDER.findall(_texts(found.string)[-1])):
        return "a placeholder is lost"
    return None


def faults(template: Catalog, english: Catalog) -> Iterator[str]:
    """One line a message that is not fit to be shown to an English reader."""
    for source in template:
        if not source.id:
            continue
        fault = _fault(source, english.get(source.id, source.context))
        if fault:
            yield f"{fault}: {_texts(source.id)[0]}"


def update(template: Catalog, english: Catalog) -> None:
    english.update(template, no_fuzzy_matching=True)
    body = io.BytesIO()
    write_po(body, english, width=120, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)
    ENGLISH.write_text(HEADER + body.getvalue().decode().strip() + "\n", encoding="utf-8")


def main(command: str) -> int:
    with TemporaryDirectory() as folder:
        target = Path(folder) / "messages.pot"
        collect(target)
        template = read(target)
    if command == "update":
        update(template, read(ENGLISH))
    found = list(faults(template, read(ENGLISH)))
    print("\n".join(found) if found else "English is complete.")
    return 1 if found else 0


if __name__ == "__main__":
    if sys.argv[1:] not in (["update"], ["check"]):
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
