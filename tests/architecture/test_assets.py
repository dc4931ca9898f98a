"""Pages ask no other host, and hold nothing that the content security policy would refuse."""

from __future__ import annotations

import re
from pathlib import Path

from tests.architecture.sources import ROOT

NAMESPACES = "http://www.w3.org/"
"""Names, not addresses."""
ADDRESS = re.compile(r"""(?:https?:)?//[\w.-]+\.[a-z]{2,}[^\s"'<)]*|url\(\s*["']?//""")
INLINE = re.compile(
    r"""<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*["']|<script(?![^>]*(\bsrc=|type="application/json"))[^>]*>"""
)
EXPRESSION = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
COMMENT = re.compile(r"\{#.*?#\}|<!--.*?-->|/\*.*?\*/|^\s*//.*$", re.DOTALL | re.MULTILINE)


def own_files() -> list[Path]:
    templates = sorted((ROOT / "templates").rglob("*.html"))
    static = [
        path
        for path in sorted((ROOT / "static").rglob("*"))
        if path.suffix in {".css", ".js", ".svg"} and "vendor" not in path.relative_to(ROOT).parts
    ]
    return templates + static


def outside_addresses(text: str) -> list[str]:
    return [found for found in ADDRESS.findall(COMMENT.sub("", text)) if not found.startswith(NAMESPACES)]


def inline_parts(text: str) -> list[str]:
    return [match.group(0).strip() for match in INLINE.finditer(EXPRESSION.sub("", COMMENT.sub("", text)))]


def _faults(rule, suffixes: set[str]) -> dict[str, list[str]]:
    found = {
        path.relative_to(ROOT).as_posix(): rule(path.read_text("utf-8"))
        for path in own_files()
        if path.suffix in suffixes
    }
    return {path: faults for path, faults in found.items() if faults}


def test_own_files_are_found():
    assert len(own_files()) > 20


def test_no_file_of_ours_asks_another_host():
    assert _faults(outside_addresses, {".html", ".css", ".js", ".svg"}) == {}


def test_templates_have_no_inline_style_or_script():
    assert _faults(inline_parts, {".html"}) == {}


def test_every_vendored_file_has_its_licence():
    vendor = ROOT / "static/vendor"
    readme = (vendor / "README.md").read_text("utf-8")
    unnamed = [path.name for path in vendor.iterdir() if path.suffix in {".js", ".css"} and path.name not in readme]
    assert unnamed == []


def test_the_rules_find_what_they_look_for():
    assert outside_addresses('<script src="https://cdn.example.com/a.js">') == ["https://cdn.example.com/a.js"]
    assert outside_addresses('@import "//fonts.example.com/a.css"') == ["//fonts.example.com/a.css"]
    assert not outside_addresses('<svg xmlns="http://www.w3.org/2000/svg">')
    assert len(inline_parts('<p style="a"><b onclick="x()"><script>1</script><script src="a"></script><style>')) == 4
