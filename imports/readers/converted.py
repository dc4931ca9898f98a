"""Files of other office programs turned into ours by LibreOffice, where it is installed: `.doc`, `.wps`, `.rtf`, `.odt`, ….

Each conversion has a process group, a profile and a folder of its own, and a time limit that outlives us. The profile
forbids macros and whatever a document would fetch. What comes out is as unknown as what went in, and read like an upload.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Literal

from imports.problems import UnreadableDocument

Target = Literal["docx", "xlsx"]

_SECONDS = 40
_PROGRAMS = ("soffice", "libreoffice")
_FILTERS: dict[Target, str] = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"""


@lru_cache(maxsize=1)
def program() -> str | None:
    """The path of LibreOffice, None where it is not installed."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def converted(data: bytes, suffix: str, target: Target) -> bytes:
    """The file as `.docx` or `.xlsx`. Raises UnreadableDocument where LibreOffice makes nothing of it."""
    office = program() or _PROGRAMS[0]
    with tempfile.TemporaryDirectory(prefix="luoshi-office-") as name:
        folder = Path(name)
        source, out = folder / f"source.{suffix}", folder / "out"
        source.write_bytes(data)
        profile = folder / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        command = [
            *("timeout", "--kill-after=5", str(_SECONDS), office, f"-env:UserInstallation=file://{profile}"),
            *("--headless", "--norestore", "--nolockcheck", "--convert-to", _FILTERS[target]),
            *("--outdir", str(out), str(source)),
        ]
        _run(command, folder)
        made = out / f"source.{target}"
        if not made.is_file():
            raise UnreadableDocument("not-converted")
        return made.read_bytes()


def _run(command: list[str], folder: Path) -> None:
    """Runs LibreOffice with nothing of ours in its environment; a proxy that is not there answers what it would fetch."""
    nowhere = "http://127.0.0.1:9"
    environment = {"PATH": os.defpath, "HOME": str(folder), "LANG": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp"}
    environment |= dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), nowhere)
    try:
        subprocess.run(  # noqa: S603 the program that was found, on a file name of ours
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True, check=False, timeout=_SECONDS + 10,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UnreadableDocument("not-converted") from error
