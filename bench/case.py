"""Runs one case of one row in this process: `python -m bench.case bench.rows.NAME CASE FOLDER`. Prints its sample."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

from bench.harness import peak_mb


def main(module: str, case: str, folder: str) -> None:
    sample = getattr(importlib.import_module(module), case)(Path(folder))
    print(json.dumps(sample | {"peak_mb": peak_mb()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
